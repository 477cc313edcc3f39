"""Asks for more memory than there is.

Stock: takes what the machine has, and may bring down the grader; not run by the tests.
Here: a MemoryError in the student's cell.
"""

hoard = []
while True:
    hoard.append(bytearray(2**28))
