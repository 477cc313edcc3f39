"""Prints without end.

Stock: keeps all of it in the grader's memory until the time is up; not run by the tests.
Here: the first part is kept, and the cell is stopped when its time is up.
"""

while True:
    print("x" * 10_000)
