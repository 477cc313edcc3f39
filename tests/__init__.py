"""The tests; `python -m tests` runs them."""

import sys

# jsonschema compiles a grammar of addresses in every process, which costs a second; without it,
# it does not look at addresses.
sys.modules.setdefault("rfc3987_syntax", None)
