"""Python's and NumPy's most frequent errors, in words that a newcomer knows."""

import re

_EXPLANATIONS = [
    (
        r"matmul: .*\(size (\d+) is different from (\d+)\)",
        "The shapes do not fit. Left of @ stands something with {1} columns, right of it something "
        "with {0} rows; these two numbers must be equal.",
    ),
    (
        r"shapes \S+ and \S+ not aligned: (\d+) \(dim \d\) != (\d+) \(dim \d\)",
        "The shapes do not fit. The left array has {0} columns, the right one {1} rows; these two "
        "numbers must be equal.",
    ),
    (
        r"operands could not be broadcast together with shapes (\([\d,]*\)) (\([\d,]*\))",
        "Arrays of the shapes {0} and {1} cannot be combined number by number.",
    ),
    (
        r"truth value of an array",
        "if asks one question, but here are many numbers. Compare all of them at once, for "
        "example with np.where.",
    ),
    (
        r"only (?:0-dimensional|length-1) arrays can be converted",
        "int(...) and float(...) take one number, but this is an array of several.",
    ),
    (
        r"NoneType",
        "Something here is None. Does a function that this line uses forget its return?",
    ),
    (
        r"NameError: name '(\w+)' is not defined",
        "Python does not know {0} here. Is it misspelled, or has its cell not been run yet?",
    ),
    (
        r"takes (?:from \d+ to )?\d+ positional arguments? but \d+ (?:was|were) given|"
        r"missing \d+ required positional argument",
        "The call above shows how many values are passed. Do the parameters after def match?",
    ),
]


def in_words(error: str) -> str:
    """Say what an error message means; nothing where it speaks for itself.

    Parameters
    ----------
    error : str
        As Python writes it: ``ValueError: …``.

    Examples
    --------
    >>> in_words("NameError: name 'zz' is not defined")
    'Python does not know zz here. Is it misspelled, or has its cell not been run yet?'
    >>> in_words("ZeroDivisionError: division by zero")
    ''
    """
    for pattern, explanation in _EXPLANATIONS:
        found = re.search(pattern, error)
        if found:
            return explanation.format(*found.groups())
    return ""
