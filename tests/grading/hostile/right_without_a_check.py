"""Is right, then wrong in the copy that meets hidden cases; in the copies after that is no check.

Stock: full marks: no copy is made, and the answer is right.
Here: no marks, and the table does not say Right.
"""

import os

space = get_ipython().user_ns  # noqa: F821
copies = []


def forget():
    """Forget the check, in a copy."""
    copies.append(1)
    space.pop("check", None)


os.register_at_fork(after_in_child=forget)


def answer(name):
    """Answer one exercise."""
    return (lambda x, w, b: 0 if copies else x @ w + b) if name == "weighted_sum" else None
