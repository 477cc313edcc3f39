"""Python's and NumPy's most frequent errors, in words that a newcomer knows."""

import re

_EXPLANATIONS = [
    (
        r"^(?:Syntax|Indentation|Tab)Error",
        "Python cannot read this cell, so nothing in it was run. Look at this line and at the one "
        "before it: is a colon, a bracket, a quote or a space missing, or one too many?",
    ),
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
        "if, and, or, a < b < c and max(...) ask one question, but here are many numbers. Ask "
        "about all of them at once, for example with np.where or np.maximum.",
    ),
    (
        r"only (?:0-dimensional|length-1) arrays can be converted",
        "Something that takes one number, such as int(...), float(...) or math.exp(...), got an "
        "array of several.",
    ),
    (
        r"NoneType",
        "Something here is None. Does a function that this line uses forget its return?",
    ),
    (
        r"for \^: |bitwise_xor",
        "^ is not a power in Python. A power is written with **, as in x**2.",
    ),
    (
        r"Cannot interpret '(.+)' as a data type",
        "{0} stands where NumPy expects a type of data, such as float. A shape is one tuple, as in "
        "np.zeros((m, n)), and keepdims needs its name: keepdims=True.",
    ),
    (
        r"setting an array element with a sequence\.?$",
        "One entry of an array holds one number, but here it gets several. Make one number of "
        "them first, or fill a whole row or column.",
    ),
    (
        r"unexpected keyword argument '(\w+)'",
        "The function that is called here has no argument named {0}. Is it misspelled?",
    ),
    (
        r"NameError: name '(m|n|n_\w+)' is not defined",
        "Python does not know {0} here. A size comes from the shape of an array, as in "
        "m, n_in = X.shape.",
    ),
    (
        r"NameError: name '(\w+)' is not defined",
        "Python does not know {0} here. Is it misspelled, or has its cell not been run yet?",
    ),
]

_ARGUMENTS = re.compile(
    r"(\w+)\(\) (?:takes (?:from \d+ to )?\d+ positional arguments? but \d+ (?:was|were) given"
    r"|missing \d+ required positional argument)"
)
_OWN_ARGUMENTS = (
    "The call above shows how many values are passed. Do the parameters after def match?"
)
_OTHER_ARGUMENTS = "On this line {}(...) gets too few values, or too many."


def in_words(error: str, name: str = "") -> str:
    """Say what an error message means; nothing where it speaks for itself.

    Parameters
    ----------
    error : str
        As Python writes it: ``ValueError: …``.
    name : str
        The student's function.

    Examples
    --------
    >>> in_words("NameError: name 'zz' is not defined")
    'Python does not know zz here. Is it misspelled, or has its cell not been run yet?'
    >>> in_words("ZeroDivisionError: division by zero")
    ''
    """
    arguments = _ARGUMENTS.search(error)
    if arguments:
        return _OWN_ARGUMENTS if arguments[1] == name else _OTHER_ARGUMENTS.format(arguments[1])
    for pattern, explanation in _EXPLANATIONS:
        found = re.search(pattern, error)
        if found:
            return explanation.format(*found.groups())
    return ""
