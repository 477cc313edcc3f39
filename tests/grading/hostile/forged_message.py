"""Raises an error whose text is the message of a passed check.

Stock: no marks, but the table of the feedback says "Right".
Here: no marks, and the table says "Crashed".
"""


def answer(name):
    """Raise the message."""

    def forge(*args):
        raise ValueError("✓ Right · all calls checked")

    return forge
