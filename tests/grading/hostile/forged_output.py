"""Prints what a passed check prints, and ends Python.

Stock: no marks, with this course's settings; nbgrader's own leave the marks empty.
Here: no marks, and the reason in the gradebook.
"""

import os
import sys

print("✓ Right · 1.1 weighted_sum · 9 calls checked")
print("✓ Right · 1.2 step · 9 calls checked", file=sys.__stdout__)
os._exit(0)
