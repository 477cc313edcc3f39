"""What the cases of several modules are made of: short numbers, labels, and stand-ins.

Numbers are short so that the call in a message can be read, and pasted.
"""

from collections.abc import Callable, Sequence

import numpy as np

from helpers.checks.callers import Case


class Seed(int):
    """A seed that stands for a generator: a call shows how that is made.

    >>> Seed(7)
    np.random.default_rng(7)
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"np.random.default_rng({int(self)})"


class Code(str):
    """A piece of code that stands for a function: a call shows it without quotation marks.

    >>> Code("np.tanh")
    np.tanh
    """

    __slots__ = ()
    __repr__ = str.__str__


def hundredths(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw numbers of about size one, with two decimals, none of them 0."""
    drawn = rng.normal(size=shape).round(2)
    return np.where(drawn == 0, 0.25, drawn)


def network_params(rng: np.random.Generator, n: int, hidden: int, out: int) -> dict:
    """Draw the parameters of a network with one hidden layer, biases included."""
    return {
        "W1": hundredths(rng, n, hidden),
        "b1": hundredths(rng, 1, hidden),
        "W2": hundredths(rng, hidden, out),
        "b2": hundredths(rng, 1, out),
    }


def column(*values: float) -> np.ndarray:
    """Make one column, a row for each value."""
    return np.array(values)[:, None]


def labels(rng: np.random.Generator, m: int) -> np.ndarray:
    """Draw m labels in a column, zeros and ones mixed, not as many of one as of the other."""
    return rng.permutation(np.arange(m) % 3 == 0).astype(int)[:, None]


def chances(rng: np.random.Generator, m: int) -> np.ndarray:
    """Draw m predictions with two decimals, between 0.05 and 0.95."""
    return (rng.integers(5, 96, m) / 100)[:, None]


def with_whole_numbers(
    cases: Callable[[np.random.Generator], list[Case]], *places: int
) -> Callable[[np.random.Generator], list[Case]]:
    """Add one case to those that are made: the first one, with integers in these places.

    Numbers are rounded away from 0, so that none becomes 0.

    >>> with_whole_numbers(lambda rng: [(np.array([0.3, -1.2, 0.0]), 0.5)], 0)(None)[-1]
    (array([ 1, -2,  0]), 0.5)
    """

    def made(rng: np.random.Generator) -> list[Case]:
        drawn = cases(rng)
        whole = [
            (np.sign(given) * np.ceil(np.abs(given))).astype(int) if place in places else given
            for place, given in enumerate(drawn[0])
        ]
        return [*drawn, tuple(whole)]

    return made


def obeyed(
    drawn: Sequence[np.ndarray], repeated: Sequence[np.ndarray], others: Sequence[np.ndarray]
) -> str:
    """Say whether arrays follow from the generator, and from it alone.

    Parameters
    ----------
    drawn, repeated, others : sequence of array
        What came of a generator, of another one in the same state, and of one in
        another state.
    """

    def same(these: Sequence[np.ndarray]) -> bool:
        return all(map(np.array_equal, drawn, these))

    if not same(repeated):
        return "no: the same rng gives other numbers"
    return "no: another rng gives the same numbers" if same(others) else "yes"
