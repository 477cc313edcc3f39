"""Puts a thing in the place of check whose name says "Right", for the table in the feedback.

Stock: no marks.
Here: no marks, and the table says that nothing was checked.
"""

check = type("✓ Right", (), {})()
