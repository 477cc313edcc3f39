"""What several exercises of this module share."""

import numpy as np

from helpers.checks.comparing import Tolerance, as_array
from helpers.checks.exercise import Case
from helpers.checks.plain import show
from helpers.reference.data import gate_inputs

CORNERS = gate_inputs().astype(int)


INTEGERS = Tolerance(same_kind=True)


def quarters(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw multiples of 1/4 between -2 and 2."""
    return rng.integers(-8, 9, shape) / 4


def pre_activations(rng: np.random.Generator) -> list[Case]:
    """Make arrays of every rank, with points on the threshold and next to it."""
    return [
        (np.array([-1.0, 0.0, 2.0]),),
        (np.array([0.25, -0.25, 1e-9, -1e-9, 1000.0, -1000.0, 0.5]),),
        (quarters(rng, 5),),
        (quarters(rng, 5, 3),),
        (np.float64(0.75),),
        (np.float64(0.0),),
    ]


def rows_of_inputs(rng: np.random.Generator) -> list[Case]:
    """Make batches of 5 and 7 rows; some rows lie exactly on the decision line."""
    on_the_line = (np.array([[0, 0], [0, 1], [1, 0], [1, 1], [2, -1]]), np.array([1, 1]), -1)
    return [
        on_the_line,
        (quarters(rng, 7, 3), quarters(rng, 3), 0.25),
        (quarters(rng, 5, 4), quarters(rng, 4), -1.5),
        (quarters(rng, 7, 2), np.array([0.5, -1.0]), 2.0),
        (quarters(rng, 6, 2), np.array([-0.5, 0.25]), -0.75),
    ]


def _corner_sums(answer):
    """Return z at each corner."""
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        raise ValueError("The answer should be two values: return w, b.")
    w, b = (as_array(part) for part in answer)
    if w is None or w.shape != (2,):
        raise ValueError("The weights w should be two numbers, one for each input.")
    if b is None or b.size != 1:
        raise ValueError("The bias b should be one number.")
    sums = CORNERS @ w + b.item()
    return {f"{x1}{x2}": z for (x1, x2), z in zip(CORNERS, sums.tolist(), strict=True)}


def truth_table(answer, _name):
    """See weights by what they do: the output for each pair of inputs."""
    return {corner: int(_rounded(z) > 0) for corner, z in _corner_sums(answer).items()}


def _rounded(z):
    """Leave out the last digits, in which decimal fractions are rounded."""
    return np.round(z, 9)


def with_corners_on_the_line(answer, *_):
    """Write down weights, and the corners where z is 0."""
    try:
        with np.errstate(all="ignore"):
            sums = {f"'{c}'": z for c, z in _corner_sums(answer).items() if _rounded(z) == 0}
    except ValueError:
        sums = {}
    if not sums:
        return show(answer)
    corners, have = ("corners", "have") if len(sums) > 1 else ("corner", "has")
    zero = "z = 0, up to rounding" if any(sums.values()) else "z = 0"
    return f"{show(answer)}; {corners} {', '.join(sums)} {have} {zero}: on the line"


def single_examples(rng: np.random.Generator) -> list[Case]:
    """Make right and wrong predictions for both targets, and points on the line."""
    cases = [
        (np.array([0.5, -1.0]), 0.25, np.array([1.0, 1.0]), 1, 0.5),
        (np.array([1.0, -1.0]), 0.0, np.array([2.0, 2.0]), 1, 0.25),
        (np.array([1.0, -1.0]), 0.0, np.array([2.0, 2.0]), 0, 0.25),
        (np.array([0.5, -1.0]), 1.0, np.array([1.0, 1.0]), 0, 0.5),  # z = 0.5, above 0 but below 1
    ]
    for n, lr in ((3, 0.5), (5, 2.0), (2, 0.25)):
        w, x = quarters(rng, n), quarters(rng, n) + 0.25
        for b, target in ((10.0, 0), (10.0, 1), (-10.0, 0), (-10.0, 1)):
            bias = b * max(1.0, float(np.abs(w).sum()))
            cases.append((w, bias, x, target, lr))
    return cases
