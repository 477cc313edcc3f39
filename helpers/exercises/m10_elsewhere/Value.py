"""A number that remembers what it was computed from."""

import math

from helpers.checks.exercise import exercise
from helpers.exercises.m10_elsewhere.graphs import computed, operations


@exercise(
    "10.2",
    "a number that remembers",
    cases=operations,
    hints=(
        "Each method returns a new Value: the result, what went in, and how fast the result "
        "changes with each. Wrap a plain number first. For 2 * x Python looks for __rmul__.",
        "sum: slopes 1 and 1; product: the other number for each; relu: 1 above 0, else 0; "
        "tanh: 1 − tanh²; log: 1/x.",
        "def __mul__(self, other):\n    other = other if isinstance(other, Value) else Value(other)"
        "\n    return Value(self.data * other.data, (self, other), (other.data, «self.data»))\n"
        "__rmul__ = «__mul__»",
    ),
    adapter=computed,
    parts=dict,
)
class Value:
    def __init__(self, data, inputs=(), slopes=()):
        self.data, self.inputs, self.slopes = data, inputs, slopes
        self.grad = 0.0

    def made(self, data, inputs, slopes):
        return type(self)(data, inputs, slopes)

    def wrapped(self, other):
        return other if hasattr(other, "data") else type(self)(other)

    def __add__(self, other):
        other = self.wrapped(other)
        return self.made(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = self.wrapped(other)
        return self.made(self.data * other.data, (self, other), (other.data, self.data))

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def relu(self):
        return self.made(max(self.data, 0.0), (self,), (float(self.data > 0),))

    def tanh(self):
        t = math.tanh(self.data)
        return self.made(t, (self,), (1 - t**2,))

    def log(self):
        return self.made(math.log(self.data), (self,), (1 / self.data,))


_Right = Value.reference


@Value.mistake(
    "A plain number has no .data. Wrap it first: other = other if isinstance(other, Value) else "
    "Value(other)."
)
class TakesNoPlainNumbers(_Right):
    def wrapped(self, other):
        other.data  # noqa: B018 (an int has none)
        return other


@Value.mistake(
    "x * 2 works, but -2 * x does not: there Python asks the int first, then the Value for "
    "__rmul__. Write __rmul__ = __mul__ below it."
)
class WithoutRmul(_Right):
    def __rmul__(self, other):
        return NotImplemented  # None would raise another error than a method that is missing


@Value.mistake(
    "x + 2 works, but 1 + x does not: there Python asks the int first, then the Value for "
    "__radd__. Write __radd__ = __add__ below it."
)
class WithoutRadd(_Right):
    def __radd__(self, other):
        return NotImplemented


@Value.mistake(
    "With the number on the left, 2 * x and 1 + x, Python asks the int first. Add __radd__ = "
    "__add__ and __rmul__ = __mul__."
)
class WithoutNumbersOnTheLeft(WithoutRmul, WithoutRadd):
    pass


@Value.mistake(
    "The slopes of a product are swapped. When self grows, a product grows as fast as the other "
    "factor is large: (other.data, self.data)."
)
class ProductNotCrossed(_Right):
    def __mul__(self, other):
        other = self.wrapped(other)
        return self.made(self.data * other.data, (self, other), (self.data, other.data))


@Value.mistake(
    "A product has the slopes of a sum here, 1 and 1. For each factor it is the other factor."
)
class ProductLikeASum(_Right):
    def __mul__(self, other):
        return self.made((self.data * self.wrapped(other).data), (self, other), (1.0, 1.0))


@Value.mistake(
    "A sum has the slopes of a product here. A sum grows as fast as each of its parts: slopes 1 "
    "and 1."
)
class SumLikeAProduct(_Right):
    def __add__(self, other):
        other = self.wrapped(other)
        return self.made(self.data + other.data, (self, other), (other.data, self.data))


@Value.mistake(
    "In x * x only one of the two factors is remembered, as in a dict or a set. Keep both, in "
    "tuples: their slopes will be added."
)
class KeepsOneOfTwins(_Right):
    def made(self, data, inputs, slopes):
        once = dict(zip(inputs, slopes))
        return super().made(data, tuple(once), tuple(once.values()))


@Value.mistake(
    "The slope of ReLU is always 1 here. Below 0 the result does not change: there it is 0."
)
class ReluAlwaysOpen(_Right):
    def relu(self):
        return self.made(max(self.data, 0.0), (self,), (1.0,))


@Value.mistake("At exactly 0 the slope of ReLU is 0 in this course: compare with >, not with >=.")
class ReluOpenAtZero(_Right):
    def relu(self):
        return self.made(max(self.data, 0.0), (self,), (float(self.data >= 0),))


@Value.mistake("The slope of ReLU is 1 or 0, not the number itself: write float(self.data > 0).")
class ReluSlopeIsTheNumber(_Right):
    def relu(self):
        return self.made(max(self.data, 0.0), (self,), (max(self.data, 0.0),))


@Value.mistake(
    "The slope of tanh is 1 − tanh(x)², made of the result. Here x itself is squared: 1 − x²."
)
class TanhSlopeOfTheInput(_Right):
    def tanh(self):
        return self.made(math.tanh(self.data), (self,), (1 - self.data**2,))


@Value.mistake("The square is missing: the slope of tanh is 1 − tanh(x)², not 1 − tanh(x).")
class TanhWithoutSquare(_Right):
    def tanh(self):
        t = math.tanh(self.data)
        return self.made(t, (self,), (1 - t,))


@Value.mistake("This is the sigmoid's slope, t(1 − t). That of tanh is 1 − t².")
class TanhLikeASigmoid(_Right):
    def tanh(self):
        t = math.tanh(self.data)
        return self.made(t, (self,), (t * (1 - t),))


@Value.mistake("The slope of log x is 1/x; here it is 1 divided by the result, log x.")
class LogSlopeOfTheResult(_Right):
    def log(self):
        y = math.log(self.data)
        return self.made(y, (self,), (1 / y,))


@Value.mistake("This is the logarithm to base 10. Take the natural one: math.log(self.data).")
class LogToBaseTen(_Right):
    def log(self):
        return self.made(math.log10(self.data), (self,), (1 / self.data / math.log(10),))


@Value.mistake(
    "The results are right, but nothing is remembered: inputs and slopes are empty. Pass them on, "
    "Value(result, inputs, slopes), and store them in __init__."
)
class RemembersNothing(_Right):
    def made(self, data, inputs, slopes):
        return super().made(data, (), ())


@Value.mistake("grad starts at 1 here. It is 0 until somebody walks back and adds to it.")
class GradStartsAtOne(_Right):
    def __init__(self, data, inputs=(), slopes=()):
        super().__init__(data, inputs, slopes)
        self.grad = 1.0


@Value.mistake("grad starts as None here. It has to be 0: what comes back is added to it.")
class GradStartsAtNone(_Right):
    def __init__(self, data, inputs=(), slopes=()):
        super().__init__(data, inputs, slopes)
        self.grad = None


@Value.mistake(
    "+ changes the Value on its left and hands it back. Make a new one: the old number is still "
    "needed."
)
class AddsInPlace(_Right):
    def __add__(self, other):
        other = self.wrapped(other)
        self.data = self.data + other.data
        self.inputs, self.slopes = (self, other), (1.0, 1.0)
        return self


@Value.mistake(
    "relu changes the Value that it is called on and hands it back. Make a new one: the old number "
    "is still needed."
)
class ReluInPlace(_Right):
    def relu(self):
        self.data = max(self.data, 0.0)
        return self


@Value.mistake(
    "The result of relu remembers nothing. Pass on where it comes from, and its slope, as for + "
    "and *: (self,) and (1.0,) or (0.0,)."
)
class ReluForgets(_Right):
    def relu(self):
        return self.made(max(self.data, 0.0), (), ())


@Value.mistake(
    "The slopes of a sum are the numbers themselves here. A sum grows as fast as each of its "
    "parts: slopes 1 and 1."
)
class SumSlopesAreTheNumbers(_Right):
    def __add__(self, other):
        other = self.wrapped(other)
        return self.made(self.data + other.data, (self, other), (self.data, other.data))


@Value.mistake(
    "This is the logarithm to base 10, beside the slope of the natural one. Take math.log."
)
class LogToBaseTenAlone(_Right):
    def log(self):
        return self.made(math.log10(self.data), (self,), (1 / self.data,))


@Value.mistake("The slope of log x is 1/x, and here it is x itself: 1 / self.data.")
class LogSlopeIsTheNumber(_Right):
    def log(self):
        return self.made(math.log(self.data), (self,), (self.data,))


@Value.variant
class WithLists(_Right):
    def made(self, data, inputs, slopes):
        return super().made(data, list(inputs), list(slopes))


@Value.variant
class WithoutPlainInputs(_Right):
    """A plain number needs no Value of its own."""

    def __add__(self, other):
        if hasattr(other, "data"):
            return super().__add__(other)
        return self.made(self.data + other, (self,), (1,))

    def __mul__(self, other):
        if hasattr(other, "data"):
            return super().__mul__(other)
        return self.made(self.data * other, (self,), (other,))


@Value.variant
class AddsTwinsAtOnce(_Right):
    def __add__(self, other):
        return self.made(2 * self.data, (self,), (2,)) if other is self else super().__add__(other)


@Value.variant
class StopsAtShutGates(_Right):
    def relu(self):
        return super().relu() if self.data > 0 else self.made(0, (), ())


@Value.variant
class WithNumPy(_Right):
    def tanh(self):
        import numpy as np

        t = np.tanh(self.data)
        return self.made(t, (self,), (1 / np.cosh(self.data) ** 2,))
