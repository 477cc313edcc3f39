"""Functions that a case passes to an answer: by name, as code, or on call.

A function of NumPy's or of the course's library is looked up in the student's process. One
that reads nothing but its arguments, NumPy and functions of that library goes there as code;
students read it in the message of the check anyway. Any other one stays here and is called
for the student's, with
arguments that fit and nothing else: numbers, and small arrays and dicts of numbers, by
position. A ufunc called with ``where=False``, say, would hand out whatever lies in this
process's memory.
"""

import base64
import dis
import inspect
import marshal
import math
import sys
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from types import CodeType, FunctionType
from typing import Any

import numpy as np

LIBRARIES = ("numpy", "helpers.reference")  # where the student's process looks names up
_MOST_NUMBERS = 10_000  # in one argument
_MOST_TOGETHER = 1_000_000  # a row and a column make a table
_MOST_PARTS = 100
_KINDS = "biufc"


def public_name(function: Callable) -> str:
    """Return the name by which the student's process finds a function; empty where it cannot.

    >>> public_name(np.sin), public_name(lambda x: x)
    ('numpy.sin', '')
    """
    name = getattr(function, "__name__", "")
    home = "numpy" if isinstance(function, np.ufunc) else str(getattr(function, "__module__", ""))
    known = home in LIBRARIES or home.startswith(tuple(f"{library}." for library in LIBRARIES))
    module = sys.modules.get(home) if known else None
    return f"{home}.{name}" if getattr(module, name, None) is function else ""


def as_code(function: Callable) -> str:
    """Return a function that reads nothing but arguments, NumPy and the library; empty for others.

    >>> made_from_code("double", as_code(lambda x: 2 * x))(3)
    6
    >>> offset = 5
    >>> as_code(lambda x: x + offset)
    ''
    """
    if type(function) is not FunctionType or function.__defaults__ or function.__kwdefaults__:
        return ""
    known = inspect.getclosurevars(function)
    names = {key: public_name(value) for key, value in known.globals.items() if key != "np"}
    alone = not known.nonlocals and known.globals.get("np", np) is np and all(names.values())
    nested = any(isinstance(constant, CodeType) for constant in function.__code__.co_consts)
    if not alone or nested or _reads_unknown(function, known):
        return ""
    code = function.__code__.replace(co_filename="<case>")  # which folder it is in tells nobody
    return base64.b64encode(marshal.dumps((code, names))).decode("ascii")


def _reads_unknown(function: Callable, known: inspect.ClosureVars) -> bool:
    """Whether a function reads a global name that is not there, or not yet."""
    read = {i.argval for i in dis.get_instructions(function) if i.opname == "LOAD_GLOBAL"}
    return bool(read - known.globals.keys() - known.builtins.keys())


def found_by_name(name: str) -> Callable:
    """Return what `public_name` has named."""
    module, _, function = name.rpartition(".")
    return getattr(import_module(module), function)


def made_from_code(
    name: str, code: str, found: Callable[[str], Callable] = found_by_name
) -> FunctionType:
    """Make the function that `as_code` has written down; only where student code runs."""
    made, names = marshal.loads(base64.b64decode(code))
    known = {key: found(public) for key, public in names.items()}
    return FunctionType(made, {"np": np, **known}, name)


class OnCall:
    """A function that stays here, and may be called from behind the wall.

    Parameters
    ----------
    function : Callable
        It takes arguments by position. Its signature says how many.
    """

    def __init__(self, function: Callable) -> None:
        self._function = function
        self.name: str = getattr(function, "__name__", "function")

    @cached_property
    def _signature(self) -> inspect.Signature:
        return inspect.signature(self._function)

    @property
    def parameters(self) -> list[str]:
        """The names of its parameters."""
        return list(self._signature.parameters)

    def __call__(self, *args: Any) -> Any:
        """Call it.

        Raises
        ------
        TypeError
            If these are not as many arguments as it takes, or none that it could take.
        """
        try:
            self._signature.bind(*args)
        except TypeError:
            return self._function(*[None] * len(args))  # which Python refuses, in its own words
        sizes = [_size(arg) for arg in args]
        if any(size is None for size in sizes) or math.prod(map(int, sizes)) > _MOST_TOGETHER:
            raise TypeError(
                f"{self.name} takes numbers, and small arrays, lists or dicts of numbers."
            )
        return self._function(*args)


def _size(value: Any) -> int | None:
    """Count the numbers of an argument, 1 at least; None for what no function here takes."""
    kind = type(value)
    if kind in _PLAIN:
        return 1
    if kind is np.ndarray or isinstance(value, np.generic):
        fits = value.dtype.kind in _KINDS and value.dtype.itemsize <= 16
        return max(value.size, 1) if fits and value.size <= _MOST_NUMBERS else None
    if kind in (list, tuple, dict):
        return _size_of_parts(list(value.values()) if kind is dict else value)
    return None


def _size_of_parts(parts: list | tuple) -> int | None:
    """Count the numbers in a list of numbers, rows or arrays, or in a dict of arrays."""
    if len(parts) > _MOST_PARTS:
        return None
    sizes = [_size_of_row(part) if type(part) in (list, tuple) else _size(part) for part in parts]
    return 1 + sum(map(int, sizes)) if None not in sizes else None


def _size_of_row(row: list | tuple) -> int | None:
    plain = len(row) <= _MOST_PARTS and all(type(item) in _PLAIN for item in row)
    return len(row) if plain else None


_PLAIN = (bool, int, float, complex)
