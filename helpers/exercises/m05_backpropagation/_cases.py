"""What several exercises of this module share."""

import numpy as np

from helpers.checks.cases import Code, hundredths
from helpers.checks.exercise import Case
from helpers.reference import asd_batch, forward


def labels(rng: np.random.Generator, m: int, k: int = 1) -> np.ndarray:
    """Draw a table of labels, zeros and ones mixed, not as many of one as of the other."""
    return rng.permutation(np.arange(m * k) % 3 == 0).astype(int).reshape(m, k)


def fractions(rng: np.random.Generator, *shape: int, parts: int = 4) -> np.ndarray:
    """Draw halves or quarters between -2 and 2, none of them 0: their products are exact."""
    drawn = rng.integers(1, 2 * parts + 1, shape) * rng.choice([-1, 1], shape)
    return drawn / parts


def whole_rows(rng: np.random.Generator, m: int, n: int) -> np.ndarray:
    """Draw integers from -2 to 2, as a data set may hold them; no column is all 0."""
    X = rng.integers(-2, 3, (m, n))
    X[-1] = rng.choice([-1, 1], n)
    return X


CURVE = {
    Code("lambda x: x**2"): lambda x: x**2,
    Code("lambda x: x**3"): lambda x: x**3,
    Code("lambda x: (2 * x + 1) ** 2"): lambda x: (2 * x + 1) ** 2,
    Code("np.sin"): np.sin,
    Code("np.exp"): np.exp,
    Code("lambda x: np.sin(10_000 * x)"): lambda x: np.sin(10_000 * x),  # tells one step from all
}


def points_on_curves(rng: np.random.Generator) -> list[Case]:
    """Make points on several curves, with the step that is given and with larger ones."""
    square, cube, chained, sine, exponential, wave = CURVE
    somewhere = float(rng.integers(5, 30)) / 10
    return [
        (cube, 2.0, 0.5),  # a large step first: it tells the differences apart at sight
        (square, 3.0),
        (chained, 3.0),
        (cube, -somewhere, 0.25),
        (sine, 0.0, 0.1),
        (sine, somewhere, 0.2),
        (exponential, 1.5, 0.01),
        (cube, 0.0, 0.5),
        (wave, 0.0),
    ]


def averaged_gradients(A, dZ):
    """Return the gradients of a layer: what the later mistakes depart from."""
    return A.T @ dZ / len(A), dZ.mean(axis=0, keepdims=True)


def outputs_and_labels(rng: np.random.Generator) -> list[Case]:
    """Make outputs inside (0, 1) and at its ends, for one output and for two."""

    def chances(m: int, k: int) -> np.ndarray:
        return rng.integers(5, 96, (m, k)) / 100

    ends = np.array([[1.0], [0.0], [1.0], [0.0], [0.5]])
    return [
        (chances(5, 1), labels(rng, 5)),
        (chances(7, 1), labels(rng, 7)),
        (ends, np.array([[1], [0], [0], [1], [1]])),
        (chances(5, 2), labels(rng, 5, 2)),
    ]


def activations_and_errors(rng: np.random.Generator) -> list[Case]:
    """Make what goes into a layer and the errors behind it; some neurons were silent."""
    cases = []
    for m, n, k in ((5, 3, 1), (7, 4, 2), (3, 2, 4)):
        A1 = np.maximum(hundredths(rng, m, n), 0)
        A1[0, 0] = 0.75  # at least one neuron spoke
        cases.append((A1, hundredths(rng, m, k)))
    silent = np.array([[0.0, 1.5], [0.0, 0.25], [0.0, 0.5], [0.0, 0.0], [0.0, 2.0]])
    return [*cases, (silent, np.array([[0.5], [-0.25], [0.0], [0.75], [-1.0]]))]


def mean_row(dZ):
    return dZ.mean(axis=0, keepdims=True)


def errors_and_sums(rng: np.random.Generator) -> list[Case]:
    """Make errors behind a layer and sums before it; some of these are exactly 0."""
    cases = []
    for m, n, k in ((5, 3, 1), (7, 4, 2), (4, 2, 3)):
        Z1 = hundredths(rng, m, n)
        Z1[0, :2], Z1[1, :2], Z1[2, 0] = (0.0, 0.5), (-0.5, 0.0), 1.25
        cases.append((hundredths(rng, m, k), hundredths(rng, n, k), Z1))
    X, y, params = asd_batch()
    A2, cache = forward(X, params)
    square = hundredths(rng, 3, 3)  # all sizes alike: wrong products fit here, and differ
    square[0], square[1], square[2, 0] = (-0.5, 0.5, -0.25), (-0.75, -1.5, 0.75), -1.25
    return [
        *cases,
        ((A2 - y).round(3), params["W2"], cache["Z1"].round(3)),
        (hundredths(rng, 3, 3), hundredths(rng, 3, 3), square),
    ]


def through_relu(dA, Z):
    return np.where(Z > 0, dA, 0.0)  # dA * (Z > 0) would make some zeros -0.0


def networks_run_forward(rng: np.random.Generator) -> list[Case]:
    """Make networks that have just run forward; some sums are exactly 0, some have two outputs.

    Into the last one went whole numbers, as those of XOR.
    """
    cases = []
    for m, n, h, k in ((3, 2, 2, 1), (5, 3, 2, 1), (3, 4, 3, 2), (7, 2, 4, 1), (5, 4, 3, 2)):
        params = {
            "W1": fractions(rng, n, h, parts=2),
            "b1": fractions(rng, 1, h, parts=2),
            "W2": fractions(rng, h, k, parts=4),
            "b2": fractions(rng, 1, k, parts=4),
        }
        X = fractions(rng, m, n, parts=2)
        X[0] = 0.0
        params["b1"][0, 0] = 0.0  # so the first sum of the first example is 0
        sums = np.full(h, 1.0) - params["b1"][0]
        fitting = np.linalg.lstsq(params["W1"].T, sums, rcond=None)[0]
        # Quarters: all sums are exact, so the call is short. Near the middle the last digit decides
        # which, and that is the processor's: it is rounded away.
        X[1] = (4 * fitting.round(6)).round() / 4
        cases.append((X, labels(rng, m, k), params, forward(X, params)[1]))
    X, y, params = asd_batch()
    cases.append((X, y, params, forward(X, params)[1]))
    sizes = {"W1": (3, 3), "b1": (1, 3), "W2": (3, 3), "b2": (1, 3)}
    square = {name: fractions(rng, *shape, parts=2) for name, shape in sizes.items()}
    square["b1"][0, 0] = -20.0  # a neuron that is silent for all
    X = fractions(rng, 3, 3, parts=2)  # all sizes alike: wrong products fit here, and differ
    cases.append((X, labels(rng, 3, 3), square, forward(X, square)[1]))
    _, _, params, _ = cases[1]
    whole = whole_rows(rng, 5, 3)
    return [*cases, (whole, labels(rng, 5), params, forward(whole, params)[1])]


def backward_with(
    X,
    y,
    params,
    cache,
    *,
    error=lambda A2, y: A2 - y,
    through=through_relu,
    first=averaged_gradients,
    second=averaged_gradients,
    W2=None,
):
    """Go back through two layers; each part can be replaced by a wrong one."""
    dZ2 = error(cache["A2"], y)
    dW2, db2 = second(cache["A1"], dZ2)
    W2 = params["W2"] if W2 is None else W2(params["W2"], dW2)
    dZ1 = through(dZ2 @ W2.T, cache["Z1"])
    dW1, db1 = first(X, dZ1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def summed_gradients(A, dZ):
    return A.T @ dZ, dZ.sum(axis=0, keepdims=True)


def averaged_twice(A, dZ):
    return A.T @ dZ / len(A) ** 2, mean_row(dZ) / len(A)


def untransposed_gradients(A, dZ):
    return A @ dZ / len(A), mean_row(dZ)
