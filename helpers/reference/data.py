"""The course's small data sets. Random ones take the generator they draw from."""

from importlib import import_module

import numpy as np

from helpers.reference import _validate

# The answers to the inputs 00, 01, 10, 11; read as binary digits they count from 0 to 15.
GATES: dict[str, tuple[int, int, int, int]] = {
    "FALSE": (0, 0, 0, 0),
    "AND": (0, 0, 0, 1),
    "X1 AND NOT X2": (0, 0, 1, 0),
    "X1": (0, 0, 1, 1),
    "X2 AND NOT X1": (0, 1, 0, 0),
    "X2": (0, 1, 0, 1),
    "XOR": (0, 1, 1, 0),
    "OR": (0, 1, 1, 1),
    "NOR": (1, 0, 0, 0),
    "XNOR": (1, 0, 0, 1),
    "NOT X2": (1, 0, 1, 0),
    "X1 OR NOT X2": (1, 0, 1, 1),
    "NOT X1": (1, 1, 0, 0),
    "X2 OR NOT X1": (1, 1, 0, 1),
    "NAND": (1, 1, 1, 0),
    "TRUE": (1, 1, 1, 1),
}


def gate_inputs() -> np.ndarray:
    """Return the four inputs of a two-input gate, (4, 2), in the order 00, 01, 10, 11.

    Examples
    --------
    >>> gate_inputs().tolist()
    [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    """
    return np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def gate(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the truth table of a two-input gate.

    Parameters
    ----------
    name : a key of ``GATES``

    Returns
    -------
    X : array (4, 2)
    y : array (4,) of int

    Raises
    ------
    ValueError
        If there is no gate of that name.

    Examples
    --------
    >>> gate("NAND")[1]
    array([1, 1, 1, 0])
    """
    _validate.choice("name", name, GATES)
    return gate_inputs(), np.array(GATES[name])


def xor() -> tuple[np.ndarray, np.ndarray]:
    """Return the XOR gate as a batch for a network: X (4, 2) and y (4, 1).

    Examples
    --------
    >>> xor()[1].ravel()
    array([0, 1, 1, 0])
    """
    X, y = gate("XOR")
    return X, y[:, np.newaxis]


def asd_batch() -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Return the two-example batch of the 4-3-1 network and its starting weights.

    Returns
    -------
    X : array (2, 4)
    y : array (2, 1)
    params : dict of W1 (4, 3), b1 (1, 3), W2 (3, 1), b2 (1, 1)

    Notes
    -----
    From the walkthrough "Neural Network Architecture: Complete Mathematical & Code Walkthrough for
    ASD Classification".

    Examples
    --------
    >>> X, y, params = asd_batch()
    >>> (X @ params["W1"] + params["b1"]).round(3)
    array([[-0.185,  0.406, -0.117],
           [ 0.008,  0.364,  0.202]])
    """
    X = np.array([[0.2, 0.5, 0.1, 0.8], [0.3, 0.7, 0.4, 0.6]])
    y = np.array([[1], [0]])
    params = {
        "W1": np.array(
            [[0.35, -0.21, 0.48], [-0.15, 0.67, 0.12], [0.44, -0.39, 0.55], [-0.28, 0.19, -0.41]]
        ),
        "b1": np.zeros((1, 3)),
        "W2": np.array([[0.58], [-0.42], [0.31]]),
        "b2": np.zeros((1, 1)),
    }
    return X, y, params


def two_two_one() -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Return the one-example batch of the 2-2-1 network and its weights, batch first.

    Returns
    -------
    X : array (1, 2)
    y : array (1, 1)
    params : dict of W1 (2, 2), b1 (1, 2), W2 (2, 1), b2 (1, 1)

    Notes
    -----
    From the PyTorch walkthrough of a simple network with one hidden layer, which writes W x: here
    its W1 is transposed.

    Examples
    --------
    >>> X, y, params = two_two_one()
    >>> X @ params["W1"] + params["b1"]
    array([[1.3, 1.8]])
    """
    params = {
        "W1": np.array([[0.2, 0.1], [0.4, 0.6]]),
        "b1": np.array([[0.3, 0.5]]),
        "W2": np.array([[0.7], [0.9]]),
        "b2": np.array([[0.2]]),
    }
    return np.array([[1.0, 2.0]]), np.array([[1]]), params


def sun_and_water() -> tuple[np.ndarray, np.ndarray]:
    """Return the table of 13 rows: sun and water, each from 0 to 3, and a label.

    Returns
    -------
    X : array (13, 2)
    y : array (13, 1); the walkthrough's label −1 is 0 here

    Notes
    -----
    From "Dissecting the math (with visuals) of a tiny neural network", which trains on the first
    eight rows and tests on the other five.

    Examples
    --------
    >>> X, y = sun_and_water()
    >>> X.shape, int(y.sum())
    ((13, 2), 7)
    """
    sun = [0, 1, 1, 2, 3, 3, 2, 3, 0, 0, 1, 2, 3]
    water = [0, 0, 1, 0, 1, 2, 3, 3, 1, 2, 3, 2, 1]
    y = [1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1]
    return np.column_stack([sun, water]).astype(float), np.array(y)[:, np.newaxis]


def sum_points(rng: np.random.Generator | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Return 200 points, labeled 1 where their two coordinates sum to more than 0.

    Parameters
    ----------
    rng : generator, or None for the very points of the walkthrough

    Returns
    -------
    X : array (200, 2)
    y : array (200, 1)

    Notes
    -----
    From "Neural Networks Fundamentals", which seeds NumPy's old global generator with 42 and draws
    one column per point. A private copy of that generator gives its points and disturbs nobody.

    Examples
    --------
    >>> X, y = sum_points()
    >>> X[0].round(4), int(y.sum())
    (array([0.4967, 0.3578]), 110)
    """
    if rng is None:
        X = np.random.RandomState(42).randn(2, 200).T
    else:
        X = _validate.generator("rng", rng).standard_normal((200, 2))
    return X, (X.sum(axis=1, keepdims=True) > 0).astype(int)


def two_moons(
    m: int, rng: np.random.Generator, noise: float = 0.1
) -> tuple[np.ndarray, np.ndarray]:
    """Return two interleaved half circles that no line separates.

    Parameters
    ----------
    m : int, at least 2, points in all
    rng : generator
    noise : float, at least 0, standard deviation added to both coordinates

    Returns
    -------
    X : array (m, 2), the upper moon first
    y : array (m, 1), 0 for the upper moon and 1 for the lower

    Raises
    ------
    ValueError
        If m is below 2 or the noise is negative.

    Notes
    -----
    At angle t the upper moon is (cos t, sin t), the lower one (1 − cos t, ½ − sin t).

    Examples
    --------
    >>> X, y = two_moons(5, np.random.default_rng(0))
    >>> X.shape, y.ravel()
    ((5, 2), array([0, 0, 0, 1, 1]))
    """
    if _validate.positive_int("m", m) < 2:
        raise ValueError(f"m must be at least 2, one point per moon, but is {m!r}.")
    noise = _validate.not_negative("noise", noise)
    _validate.generator("rng", rng)
    upper, lower = rng.uniform(0, np.pi, (m + 1) // 2), rng.uniform(0, np.pi, m // 2)
    x1 = np.concatenate([np.cos(upper), 1 - np.cos(lower)])
    x2 = np.concatenate([np.sin(upper), 0.5 - np.sin(lower)])
    y = np.concatenate([np.zeros_like(upper), np.ones_like(lower)]).astype(int)
    X = np.column_stack([x1, x2])
    return X + noise * rng.standard_normal(X.shape), y[:, np.newaxis]


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Return 1797 digits written by hand, as pictures of 8 × 8 pixels.

    Returns
    -------
    X : array (1797, 64), each pixel from 0 (paper) to 1 (ink), row by row from the upper left
    y : array (1797,) of int, 0 to 9

    Raises
    ------
    ImportError
        If scikit-learn, which the data set is a part of, is not installed.

    Notes
    -----
    E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
    Repository, 1998: its test set, of 13 writers. A drawing of 32 × 32 is cut into squares of
    4 × 4, and a pixel is how many of the 16 dots of its square are inked, here divided by 16.

    Examples
    --------
    >>> X, y = digits()
    >>> X.shape, y[:5], (X[0].reshape(8, 8)[0] * 16).astype(int)
    ((1797, 64), array([0, 1, 2, 3, 4]), array([ 0,  0,  5, 13,  9,  1,  0,  0]))
    """
    X, y = _from_scikit_learn("load_digits")
    return X / 16, y


def breast_cancer() -> tuple[np.ndarray, np.ndarray]:
    """Return 30 measurements of 569 tumors, each labeled 1 where it was benign.

    Returns
    -------
    X : array (569, 30), in units of their own: from 0.001 to 4254
    y : array (569,) of int, 0 for malignant and 1 for benign

    Raises
    ------
    ImportError
        If scikit-learn, which the data set is a part of, is not installed.

    Notes
    -----
    W. Wolberg, O. Mangasarian, N. Street and W. Street, "Breast Cancer Wisconsin (Diagnostic)",
    UCI Machine Learning Repository, 1995: mean, standard error and worst value of ten properties
    of the cell nuclei in a picture.

    Examples
    --------
    >>> X, y = breast_cancer()
    >>> X.shape, np.bincount(y)
    ((569, 30), array([212, 357]))
    """
    return _from_scikit_learn("load_breast_cancer")


def _from_scikit_learn(load: str) -> tuple[np.ndarray, np.ndarray]:
    """Return a data set that comes with scikit-learn, in arrays of the caller's own."""
    try:
        datasets = import_module("sklearn.datasets")
    except ModuleNotFoundError:
        raise ImportError(
            "This data set comes with scikit-learn, which is not installed here. Run %pip install "
            "scikit-learn in a new cell, choose Kernel, Restart Kernel, and run from the top."
        ) from None
    X, y = getattr(datasets, load)(return_X_y=True)
    return X, y.astype(int)
