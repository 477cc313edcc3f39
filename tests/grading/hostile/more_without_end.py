"""Says of each batch of answers that there is more to come, for ever.

Stock: has no such process; no marks, as there is no answer.
Here: no marks. The time of the batch is over some time, and that of its judge.
"""

import gc

student = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Student")


def endless(request):
    """Send nothing, again and again."""
    while True:
        student._channel.send({"outcomes": [], "more": True})


student._batch = endless


def answer(name):
    """Answer with a number."""
    return lambda *args: 0
