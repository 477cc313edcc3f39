"""Python's and NumPy's most frequent errors, in words that a newcomer knows."""

import re

import numpy as np

_EXPLANATIONS = [
    (
        r"^(?:Syntax|Indentation|Tab)Error",
        "Python cannot read this cell, so nothing in it was run. Look at this line and at the one "
        "before it: is a colon, a bracket, a quote or a space missing, or one too many?",
    ),
    (
        r"^EOFError",
        "input() asks whoever sits at the keyboard, and while an answer is graded nobody does. "
        "Take what you need from the parameters.",
    ),
    (
        r"matmul: .*\(size (\d+) is different from (\d+)\)",
        "The shapes do not fit. Left of @ stands something that ends in {1} columns (or, if it is "
        "one-dimensional, {1} numbers), right of it something with {0} rows (or numbers). These "
        "two counts must be equal.",
    ),
    (
        r"matmul: .*does not have enough dimensions \(has 0",
        "One side of @ is a single number. Numbers are multiplied with *.",
    ),
    (
        r"shapes \((\d+),\) and \((\d+),\) not aligned",
        "Two one-dimensional arrays of {0} numbers and {1} numbers cannot be multiplied and added "
        "up: they must be equally long.",
    ),
    (
        r"shapes \((?:\d+,)?(\d+),?\) and \((\d+),\d*\) not aligned",
        "The shapes do not fit. The left array has {0} columns (or numbers, if it is "
        "one-dimensional), the right one {1} rows (or numbers). These two counts must be equal.",
    ),
    (
        r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)",
        "There is no entry {0} here: along axis {1} there are {2} entries, and they are counted "
        "from 0. Does a loop go too far, or along another axis?",
    ),
    (
        r"(list|tuple)(?: assignment)? index out of range",
        "The {0} is shorter than that. Its entries are counted from 0, so the last one is number "
        "len(...) - 1. Does a loop go too far?",
    ),
    (
        r"too many indices for array: array is (\d+)-dimensional, but (\d+) were indexed",
        "The array has {0} axes, but the square brackets name {1}. Print its shape.",
    ),
    (
        r"not enough values to unpack \(expected 2, got 1\)",
        "Two values are expected where there is one. The shape of a one-dimensional array is (n,), "
        "a single number: it has no rows and columns.",
    ),
    (
        r"not enough values to unpack \(expected (\d+), got (\d+)\)",
        "Left of = stand {0} names, but there are {1} values.",
    ),
    (
        r"too many values to unpack \(expected (\d+)",
        "Left of = stand {0} names, but there are more values than that. A shape has a number for "
        "each axis; a function may return several values, or a dict, whose keys come out.",
    ),
    (
        r"cannot unpack non-iterable (\w+) object",
        "Several names stand left of =, but there is one value, of type {0}. Does the function "
        "that is called return several?",
    ),
    (
        r"only integer scalar arrays can be converted to a scalar index"
        r"|'(?:numpy\.)?float\d*' object cannot be interpreted as an integer"
        r"|expected a sequence of integers or a single integer",
        "A count or a place is asked for, a whole number, but something else stands there. "
        "np.zeros(...) and range(...) take sizes, not the numbers themselves: np.zeros(x.shape), "
        "or np.zeros_like(x). // divides without decimals.",
    ),
    (
        r"KeyError: '([WbZA]\d*|d[WbZA]\d*)'",
        "The dict has no entry called {0}. Which keys has it? print(dict.keys()) tells. Parameters "
        "are called W1, b1, …, the cache holds Z1, A1, …, gradients begin with d.",
    ),
    (
        r"KeyError: (.+)",
        "The dict has no entry {0}. Is the key spelled as where the dict is made?",
    ),
    (
        r"axis (\d+) is out of bounds for array of dimension (\d+)",
        "There is no axis {0}: the array has {1} axes, and they are counted from 0. An array of "
        "shape (n,) has axis 0 only, no rows and columns.",
    ),
    (
        r"cannot reshape array of size (\d+) into shape (\([\d, ]*\))",
        "{0} numbers do not fill the shape {1}. The product of its sizes must be {0}.",
    ),
    (
        r"Cannot cast ufunc '\w+' output from dtype\('float64'\) to dtype\('int",
        "The array on the left holds whole numbers, and += or -= would have to put decimals there. "
        "Make a new one, as in w = w - step.",
    ),
    (
        r"Integers to negative integer powers",
        "NumPy refuses a negative power of whole numbers, as in x**-1. Write 1 / x, or make floats "
        "of them first: x.astype(float).",
    ),
    (
        r"(?:local variable '(\w+)' referenced before|cannot access local variable '(\w+)')",
        "A name is used before it gets a value. Is it set only inside an if or a loop that was not "
        "entered?",
    ),
    (
        r"'(?:numpy\.ndarray|numpy\.float64|float|int|tuple|list)' object is not callable",
        "Round brackets behind a value call it, as if it were a function. Is a * missing before "
        "the bracket, or should it be square brackets?",
    ),
    (
        r"'(?:builtin_function_or_method|function|method)' object is not subscriptable",
        "Square brackets stand behind a function. It is called with round ones.",
    ),
    (
        r"(?:tuple|list) indices must be integers or slices, not str",
        "A tuple or a list is used as if it were a dict. Does a function return several values, "
        "and is only one of them the dict?",
    ),
    (
        r"'(float|int|numpy\.float64)' object is not (?:subscriptable|iterable)"
        r"|object of type '(?:float|int|numpy\.float64)' has no len",
        "This is a single number, but it is used as an array or a list.",
    ),
    (
        r"'str' object cannot be interpreted as an integer",
        "A text stands where a whole number is asked for, such as axis=0 or a count.",
    ),
    (
        r"shape mismatch: indexing arrays could not be broadcast together with shapes "
        r"(\([\d,]*\)) (\([\d,]*\))",
        "Two arrays in square brackets are taken in pairs: a row's place and a column's. Here they "
        "have the shapes {0} and {1}, so they make no pairs. np.argmax(..., axis=1) gives one "
        "place for each row.",
    ),
    (
        r"either both or neither of x and y should be given",
        "np.where chooses between two: np.where(condition, a, b). The second one is missing.",
    ),
    (
        r"inhomogeneous shape",
        "The rows have different lengths, so they make no table.",
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
        r"unsupported operand type\(s\) for .*'list'|can't multiply sequence by non-int"
        r"|'list' object has no attribute '(?:shape|T|sum|mean|dot)'",
        "A list does not calculate number by number. Make an array of it: np.array(...).",
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
        r"unhashable type: '(?:numpy\.)?(ndarray|list|dict)'",
        "Something of type {0} stands where a key of a dict is looked up, and a key is a name such "
        'as "W1". Are dict and array in the right order, where they are passed on?',
    ),
    (
        r"'(?:Axes\w*|\w*Subplot)' object has no attribute '([xyz](?:label|lim|ticks|scale))'",
        "An ax has nothing called {0}. What is {0} in plt is set_{0} here: ax.set_{0}(...).",
    ),
    (
        r"'(?:Axes\w*|\w*Subplot|Figure)' object has no attribute '(\w+)'",
        "Matplotlib knows nothing called {0} here. Is it misspelled?",
    ),
    (
        r"Generator' object is not callable",
        "A generator is no function. It draws by its methods: rng.permutation(n), "
        "rng.standard_normal(shape), ….",
    ),
    (
        r"must be real number, not (\w+)",
        "A function of math takes one plain number, but here it gets something of type {0}.",
    ),
    (
        r"Generator' object has no attribute '(\w+)'",
        "A generator has no {0}. It draws with rng.standard_normal(shape), rng.normal(...), "
        "rng.uniform(...), rng.integers(...), rng.permutation(...) and rng.choice(...).",
    ),
    (
        r"AttributeError: '([A-Z]\w*)' object has no attribute '(\w+)'",
        "The object keeps nothing called {1}. What is to last beyond a method belongs to self: "
        "self.{1} = … in __init__. Or is the name misspelled?",
    ),
    (
        r"AttributeError: module '(\w+)' has no attribute '(\w+)'",
        "{0} has nothing called {1}. Is it misspelled, or has an array a method of that name?",
    ),
    (
        r"'numpy\.ndarray' object has no attribute '(append|extend|insert)'",
        "An array has a fixed length, so it has no {0}. Collect in a list, and make an array of "
        "it at the end.",
    ),
    (
        r"'numpy\.ndarray' object has no attribute '(keys|items|values|get)'",
        "This is an array, but it is used as a dict. Are the arguments in the right order, and "
        "does the name stand for the whole dict?",
    ),
    (
        r"'numpy\.ndarray' object has no attribute '(\w+)'",
        "An array has nothing called {0}. Is it a function of NumPy: np.{0}(...)?",
    ),
    (
        r"'numpy\.ndarray' object has no attribute '(\w+)'",
        "An array has nothing called {0}, nor has NumPy. Is it misspelled, or a name of another "
        "library?",
    ),
    (
        r"'dict' object has no attribute '(\w+)'",
        'The entries of a dict stand in square brackets, as in ["{0}"].',
    ),
    (
        r"'tuple' object has no attribute '(\w+)'",
        "Here are several values in one tuple, as a function returns them. Take them apart first: "
        "one, other = ….",
    ),
    (
        r"'(?:float|int|numpy\.float64|bool)' object has no attribute '(\w+)'",
        "This is a single number, and a number has no {0}.",
    ),
    (
        r"'(tuple|str|numpy\.float64|float|int|range)' object does not support item assignment",
        "Something is put into an entry of a {0}, which cannot be changed. Lists, dicts and arrays "
        "can.",
    ),
    (
        r"only integers, slices \(`:`\)|arrays used as indices must be of integer"
        r"|(?:list|tuple) indices must be integers or slices, not (?:float|numpy|list|tuple)",
        "What stands in square brackets should be a whole number, but it is something else. for x "
        "in X gives the rows themselves, and range(len(X)) their numbers; .astype(int) makes "
        "whole numbers.",
    ),
    (
        r"invalid index to scalar variable",
        "This is a single number: it has no entries. Are there more square brackets than axes?",
    ),
    (
        r"could not broadcast input array from shape (\([\d,]*\)) into shape (\([\d,]*\))",
        "What is put in has the shape {0}, and its place has the shape {1}.",
    ),
    (
        r"boolean index did not match",
        "A mask picks from an array of its own shape, but these shapes differ.",
    ),
    (
        r"unsupported operand type\(s\) for .*'(tuple|str|dict|function|type|ellipsis"
        r"|builtin_function_or_method)'|bad operand type for unary .: '(?:tuple|list|str|dict)'",
        "One side of the sign is no number and no array. A tuple comes from a function that "
        "returns several values, or from a comma; a function is called with round brackets.",
    ),
    (
        r"not supported between instances of '(\w+)' and '(\w+)'",
        "{0} and {1} cannot be compared. Print both.",
    ),
    (
        r"can only concatenate (\w+) \(not ",
        "+ joins two of the type {0}, but the other side is something else. A list grows with "
        ".append(...); arrays calculate number by number.",
    ),
    (
        r"numpy boolean (?:subtract|negative)",
        "Between True and False there is no minus. Make numbers of them: .astype(int).",
    ),
    (
        r"ufunc '(?:bitwise_and|bitwise_or|bitwise_xor)' not supported",
        "&, | and ^ bind more tightly than > or ==. Put each comparison into brackets.",
    ),
    (
        r"math domain error|math range error",
        "The function of math has no value here: a log of 0 or less, a root of less than 0, or a "
        "power that is too large.",
    ),
    (
        r"all the input array.* must (?:have same number of dimensions|match exactly)",
        "What is stacked does not fit together: print the shapes. np.column_stack makes columns of "
        "flat arrays.",
    ),
    (
        r"missing \d+ required keyword|got multiple values for argument '(\w+)'",
        "An argument is missing, or given twice, by its place and by its name.",
    ),
    (
        r"'(\w+)' object is not an iterator",
        "next(...) and yield from need something that goes on by itself. iter(...) makes one.",
    ),
    (
        r"Singular matrix|must be square|at least two-dimensional|at least 2-d",
        "A function of np.linalg gets something that is no square table. Print its shape.",
    ),
    (
        r"ValueError: (\w+) (?:must|may) ",
        "The function on this line takes no such {0}. Are its arguments in the right order, and "
        "has each the shape and the values that it should have?",
    ),
    (
        r"unexpected keyword argument '(dim|keepdim)'",
        "This is PyTorch's name. NumPy says axis=… and keepdims=True.",
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

_NOUNS = {"columns": "column", "rows": "row", "numbers": "number", "entries": "entry"}
_NOUNS |= {"values": "value", "axes": "axis", "names": "name"}
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
        if found and ("np.{0}" not in explanation or hasattr(np, found[1])):
            return _singular(explanation.format(*found.groups()))
    return ""


def _singular(text: str) -> str:
    """Write one thing without the s of several: 1 column, not 1 columns."""
    for several, one in _NOUNS.items():
        text = re.sub(rf"\b1 {several}\b", f"1 {one}", text)
    return text.replace("there are 1 ", "there is 1 ")
