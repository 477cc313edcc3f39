"""Numbers that remember what they were computed from, and the walk back through all of them.

What PyTorch does for arrays, here for single numbers: each operation notes its inputs and its local
slopes, and `backpropagate` multiplies along each way and adds where ways meet.
"""

import math
from numbers import Real
from typing import Self

Number = int | float


class Value:
    """A number, the Values that it was computed from, and its slope with respect to each.

    Parameters
    ----------
    data : float
    inputs : tuple of Value
    slopes : tuple of float, one for each input: its local slope

    Attributes
    ----------
    grad : float
        0 at first; what `backpropagate` brings is added to it.

    Raises
    ------
    ValueError
        If the data is not a single number.

    Examples
    --------
    >>> x, w, b = Value(2), Value(3), Value(1)
    >>> z = x * w + b
    >>> y = z * z
    >>> backpropagate(y)
    >>> y.data, w.grad, b.grad
    (49.0, 28.0, 14.0)
    """

    def __init__(
        self, data: Number, inputs: tuple["Value", ...] = (), slopes: tuple[float, ...] = ()
    ) -> None:
        if not isinstance(data, Real):
            raise ValueError(f"A Value holds one number, but this is {data!r:.60}.")
        self.data = float(data)
        self.inputs = inputs
        self.slopes = slopes
        self.grad = 0.0

    def __repr__(self) -> str:
        return f"Value({self.data:.6g}, grad={self.grad:.6g})"

    def __add__(self, other: Self | Number) -> "Value":
        other = as_value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other: Self | Number) -> "Value":
        other = as_value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __radd__(self, other: Number) -> "Value":
        return self + other

    def __rmul__(self, other: Number) -> "Value":
        return self * other

    def relu(self) -> "Value":
        """Return the number where it is above 0, else 0; the slope at exactly 0 is 0."""
        return Value(max(self.data, 0.0), (self,), (float(self.data > 0),))

    def tanh(self) -> "Value":
        """Return the hyperbolic tangent; its slope is 1 − tanh²."""
        t = math.tanh(self.data)
        return Value(t, (self,), (1 - t * t,))

    def log(self) -> "Value":
        """Return the natural logarithm of a number above 0; its slope is 1/x.

        Raises
        ------
        ValueError
            If the number is not above 0.
        """
        if not self.data > 0:
            raise ValueError(f"log needs a number above 0, but it is {self.data!r}.")
        return Value(math.log(self.data), (self,), (1 / self.data,))


def as_value(number: Value | Number) -> Value:
    """Return a Value as it is, and a plain number as a new Value."""
    return number if isinstance(number, Value) else Value(number)


def topological_order(last: Value) -> list[Value]:
    """Return all Values that the last one was computed from, each once and after its inputs.

    Parameters
    ----------
    last : Value
        Stands at the end of the list.

    Returns
    -------
    list of Value

    Notes
    -----
    A depth-first search with a stack of its own: a chain may be longer than Python's recursion is
    deep.

    Examples
    --------
    >>> x = Value(3)
    >>> y = x * x
    >>> [value.data for value in topological_order(x + y)]
    [3.0, 9.0, 12.0]
    """
    order, seen = [], set()
    waiting = [(last, False)]
    while waiting:
        value, inputs_are_done = waiting.pop()
        if inputs_are_done:
            order.append(value)
        elif value not in seen:
            seen.add(value)
            waiting.append((value, True))
            waiting.extend((part, False) for part in reversed(value.inputs))
    return order


def backpropagate(last: Value) -> None:
    """Add to the grad of every Value how fast the last one changes with it.

    Parameters
    ----------
    last : Value
        Most often a loss. Values that it shares with an earlier call, such as weights, keep what
        that call brought: gradients add up until somebody sets them to 0.

    Notes
    -----
    Reverse accumulation: S. Linnainmaa (1970).

    Examples
    --------
    >>> x = Value(3)
    >>> backpropagate(x * x)
    >>> x.grad
    6.0
    >>> backpropagate(x + x)
    >>> x.grad
    8.0
    """
    last.grad += 1.0
    for value in reversed(topological_order(last)):
        for part, slope in zip(value.inputs, value.slopes, strict=True):
            part.grad += slope * value.grad
