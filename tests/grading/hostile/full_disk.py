"""Fills the disk.

Stock: fills the instructor's disk; not run by the tests.
Here: an error in the student's cell. Files are small, few, and in memory of their own.
"""

number = 0
while True:
    with open(f"/tmp/{number}", "wb") as file:
        file.write(bytes(2**20))
    number += 1
