"""Grading a class: student code runs walled off, and the verdict is reached outside."""

import sys

# nbformat imports jsonschema, which compiles the grammar of internationalized addresses where
# that package is installed. It takes longer than grading ten students, and no notebook needs it.
sys.modules.setdefault("rfc3987_syntax", None)
