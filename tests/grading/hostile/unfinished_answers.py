"""Hands in generators and coroutines, which answer never or later.

Stock: no marks.
Here: no marks.
"""


def answer(name):
    """Hand in what is not finished when it is called."""

    def later(*args):
        while True:
            yield args

    async def never(*args):
        return args

    return later if len(name) % 2 else never
