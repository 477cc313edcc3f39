"""Never ends, and catches whatever would end it.

Stock: waits for the time limit, and for a kernel that does not stop; not run by the tests.
Here: stopped when the time for one cell is up.
"""

while True:
    try:
        while True:
            pass
    except BaseException:
        pass
