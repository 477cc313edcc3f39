"""The loss as a landscape: paths downhill, grids to draw, and what a flat spot is."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference import _validate
from helpers.reference.activations import sigmoid
from helpers.reference.forward_pass import FUNCTIONS, as_layers, checked_inputs, checked_layers
from helpers.reference.losses import surprise

Surface = Callable[[ArrayLike, ArrayLike], np.ndarray]


def descend(
    grad: Callable[[np.ndarray], ArrayLike], start: ArrayLike, lr: float, steps: int
) -> np.ndarray:
    """Follow gradient descent and keep the path.

    Parameters
    ----------
    grad : function of a point (d,), returns its gradient (d,)
    start : array (d,)
    lr : float, above 0
    steps : int, at least 1

    Returns
    -------
    array (steps + 1, d), the start included; inf or nan where it diverges

    Raises
    ------
    ValueError
        If the start is not one-dimensional, or lr or steps is not positive.

    Examples
    --------
    >>> descend(lambda w: 2 * w, [4.0, 3.0], lr=0.25, steps=2)
    array([[4.  , 3.  ],
           [2.  , 1.5 ],
           [1.  , 0.75]])
    """
    w = _validate.floats("start", start, ndim=1)
    lr = _validate.positive("lr", lr)
    path = np.empty((_validate.positive_int("steps", steps) + 1, len(w)))
    path[0] = w
    with np.errstate(over="ignore", invalid="ignore"):  # divergence is silent
        for i in range(steps):
            path[i + 1] = path[i] - lr * np.asarray(grad(path[i].copy()))
    return path


def critical_lr(hessian: ArrayLike) -> float:
    """Return the learning rate above which gradient descent on a quadratic diverges.

    Parameters
    ----------
    hessian : array (d, d), symmetric

    Returns
    -------
    float, 2 / largest eigenvalue; inf where nothing curves upward

    Raises
    ------
    ValueError
        If the Hessian is not square or not symmetric.

    Notes
    -----
    Along an eigenvector each step multiplies the distance to the minimum by 1 − lr·eigenvalue,
    which must stay between −1 and 1.

    Examples
    --------
    >>> critical_lr([[2.0, 0.0], [0.0, 8.0]])
    0.25
    """
    largest = _curvatures(hessian)[-1]
    return float(2 / largest) if largest > 0 else float("inf")


def classify_critical_point(hessian: ArrayLike) -> str:
    """Say what lies at a point where the gradient is zero.

    Parameters
    ----------
    hessian : array (d, d), symmetric

    Returns
    -------
    "minimum", "maximum", "saddle", or "undetermined" where a flat direction leaves it open

    Raises
    ------
    ValueError
        If the Hessian is not square or not symmetric.

    Examples
    --------
    >>> classify_critical_point([[2.0, 0.0], [0.0, -2.0]])
    'saddle'
    """
    curvatures = _curvatures(hessian)
    if curvatures[0] < 0 < curvatures[-1]:
        return "saddle"
    if curvatures[0] > 0:
        return "minimum"
    return "maximum" if curvatures[-1] < 0 else "undetermined"


def _curvatures(hessian: ArrayLike) -> np.ndarray:
    """Return the eigenvalues from lowest to highest; those below 1e-12 in size count as 0."""
    H = _validate.floats("hessian", hessian, ndim=2)
    _validate.shape("hessian", H, (len(H), len(H)))
    if not np.allclose(H, H.T):
        raise ValueError("hessian must be symmetric, but is not.")
    eigenvalues = np.linalg.eigvalsh(H)
    return np.where(np.abs(eigenvalues) < 1e-12, 0.0, eigenvalues)


def lr_sweep(train: Callable[[float], float], lrs: ArrayLike) -> np.ndarray:
    """Train once per learning rate and collect the final losses.

    Parameters
    ----------
    train : function of a learning rate, returns a loss
    lrs : array (k,), each above 0

    Returns
    -------
    array (k,); nan becomes inf, for a run that diverged is worse than any other

    Raises
    ------
    ValueError
        If there is no learning rate or one is not positive.

    Examples
    --------
    >>> lr_sweep(lambda lr: float("nan") if lr > 1 else 1 - lr, [0.5, 2.0])
    array([0.5, inf])
    """
    lrs = [_validate.positive("lrs", lr) for lr in _validate.floats("lrs", lrs, ndim=1).tolist()]
    losses = np.array([float(train(lr)) for lr in lrs])
    return np.where(np.isnan(losses), np.inf, losses)


def bowl(w1: ArrayLike, w2: ArrayLike) -> np.ndarray:
    """Compute w1² + w2², of numbers or of arrays that broadcast.

    Examples
    --------
    >>> float(bowl(3.0, 4.0))
    25.0
    """
    return np.square(w1) + np.square(w2)


def bowl_gradient(w1: ArrayLike, w2: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Compute the gradient of the bowl, (2·w1, 2·w2).

    Examples
    --------
    >>> tuple(map(float, bowl_gradient(3.0, 4.0)))
    (6.0, 8.0)
    """
    return np.multiply(2, w1), np.multiply(2, w2)


def descent_path_3d(start: ArrayLike, lr: float, steps: int) -> np.ndarray:
    """Follow gradient descent on the bowl, with the height.

    Parameters
    ----------
    start : (w1, w2)
    lr : float, above 0
    steps : int, at least 1

    Returns
    -------
    array (steps + 1, 3), columns w1, w2, loss

    Raises
    ------
    ValueError
        As for `descend`, or if the start is not a pair.

    Examples
    --------
    >>> descent_path_3d((4.0, 3.0), lr=0.25, steps=1)
    array([[ 4.  ,  3.  , 25.  ],
           [ 2.  ,  1.5 ,  6.25]])
    """
    start = _validate.floats("start", start, ndim=1)
    _validate.shape("start", start, (2,))
    path = descend(lambda w: np.stack(bowl_gradient(*w)), start, lr, steps)
    with np.errstate(over="ignore"):
        return np.column_stack([path, bowl(*path.T)])


def loss_grid(loss: Surface, w1s: ArrayLike, w2s: ArrayLike) -> np.ndarray:
    """Compute a loss on a grid in one call.

    Parameters
    ----------
    loss : function of two arrays that broadcast, called once
    w1s : array (n1,)
    w2s : array (n2,)

    Returns
    -------
    array (n2, n1), row i and column j for (w1s[j], w2s[i]): as contour plots want it

    Raises
    ------
    ValueError
        If an axis is not one-dimensional or is empty, or the loss returns another shape.

    Examples
    --------
    >>> loss_grid(bowl, [0.0, 1.0, 2.0], [0.0, 1.0])
    array([[0., 1., 4.],
           [1., 2., 5.]])
    """
    w1s = _validate.floats("w1s", w1s, ndim=1)
    w2s = _validate.floats("w2s", w2s, ndim=1)
    L = np.asarray(loss(w1s[np.newaxis, :], w2s[:, np.newaxis]))  # (1, n1), (n2, 1) -> (n2, n1)
    shape = (len(w2s), len(w1s))
    try:  # a loss that ignores one of the two may return less than the whole grid
        return np.broadcast_to(L, shape).astype(float)
    except ValueError:
        raise ValueError(f"loss must return shape {shape}, but returned {L.shape}.") from None


def neuron_surface(X: ArrayLike, y: ArrayLike, loss: str = "bce") -> Surface:
    """Make the loss of one sigmoid neuron a function of its weight and its bias.

    Parameters
    ----------
    X : array (m, 1)
    y : array (m, 1) of 0 and 1
    loss : "bce" or "half_squared_error"

    Returns
    -------
    function of (w, b), numbers or arrays that broadcast

    Raises
    ------
    ValueError
        If a shape does not fit, a label is not 0 or 1, the loss is unknown.

    Notes
    -----
    With cross-entropy the surface is convex, with squared error it is not.

    Examples
    --------
    >>> surface = neuron_surface([[1.0], [-1.0]], [[1], [0]])
    >>> surface(np.zeros(3), 0.0).round(4)
    array([0.6931, 0.6931, 0.6931])
    """
    X = checked_inputs("X", X, 1)
    y = _validate.labels("y", _validate.floats("y", y))
    _validate.shape("y", y, X.shape)
    _validate.choice("loss", loss, ("bce", "half_squared_error"))

    def surface(w: ArrayLike, b: ArrayLike) -> np.ndarray:
        w, b = np.asarray(w)[..., np.newaxis], np.asarray(b)[..., np.newaxis]
        Z = w * X[:, 0] + b  # (…, 1) * (m,) -> (…, m)
        return _losses(Z, y[:, 0], loss).mean(axis=-1)

    return surface


def network_surface(
    params: Mapping[str, ArrayLike],
    direction1: Mapping[str, ArrayLike],
    direction2: Mapping[str, ArrayLike],
    X: ArrayLike,
    y: ArrayLike,
    loss: str = "bce",
) -> Surface:
    """Cut a plane through the loss of a whole network: its height at (s, t).

    Parameters
    ----------
    params : dict ``W1 b1 W2 b2``, the point at (0, 0); ReLU, then one sigmoid
    direction1, direction2 : dicts like params, e.g. from `random_slice`
    X : array (m, n_in)
    y : array (m, 1) of 0 and 1
    loss : "bce" or "half_squared_error"

    Returns
    -------
    function of (s, t), numbers or arrays that broadcast: the mean loss of the network with the
    parameters params + s·direction1 + t·direction2

    Raises
    ------
    ValueError
        If a shape does not fit, a label is not 0 or 1, the loss is unknown.

    Notes
    -----
    Li et al., "Visualizing the loss landscape of neural nets" (2018). All networks of a grid run at
    once, as a stack of matrices: a grid of g points needs g·m numbers per neuron.

    Examples
    --------
    >>> params = {"W1": [[1.0]], "b1": [[0.0]], "W2": [[1.0]], "b2": [[0.0]]}
    >>> surface = network_surface(params, params, params, [[1.0]], [[1]])
    >>> round(float(surface(-1.0, 0.0)), 4)
    0.6931
    """
    center = checked_layers(as_layers(params))
    along1, along2 = (checked_layers(as_layers(d)) for d in (direction1, direction2))
    for i, (here, d1, d2) in enumerate(zip(center, along1, along2, strict=True), start=1):
        _validate.shape(f"W{i} of direction1", d1[0], here[0].shape)
        _validate.shape(f"W{i} of direction2", d2[0], here[0].shape)
    X = checked_inputs("X", X, center[0][0].shape[0])
    y = _validate.labels("y", _validate.floats("y", y))
    _validate.shape("y", y, (len(X), 1))
    _validate.choice("loss", loss, ("bce", "half_squared_error"))

    def surface(s: ArrayLike, t: ArrayLike) -> np.ndarray:
        s, t = (np.asarray(part, dtype=float)[..., np.newaxis, np.newaxis] for part in (s, t))
        A = X
        for (W, b, name), (W_1, b_1, _), (W_2, b_2, _) in zip(center, along1, along2, strict=True):
            Z = A @ (W + s * W_1 + t * W_2) + (b + s * b_1 + t * b_2)  # (…, m, n_out)
            A = FUNCTIONS[name](Z)
        return _losses(Z, y, loss).mean(axis=(-2, -1))

    return surface


def _losses(Z: np.ndarray, y: np.ndarray, loss: str) -> np.ndarray:
    if loss == "bce":
        return surprise(y, Z)
    return 0.5 * (sigmoid(Z) - y) ** 2


def random_slice(
    params: Mapping[str, ArrayLike], rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Draw a random direction whose neurons are as large as those of the network.

    Parameters
    ----------
    params : dict ``W1 b1 W2 b2``
    rng : generator

    Returns
    -------
    dict like params: each column of a weight matrix has the norm of that column in params;
    biases are zero

    Raises
    ------
    ValueError
        If a parameter is not two-dimensional, is empty or not finite.

    Notes
    -----
    Li et al. (2018): filter normalization, so that slices of different networks can be compared.

    Examples
    --------
    >>> direction = random_slice({"W1": [[3.0], [4.0]], "b1": [[1.0]]}, np.random.default_rng(0))
    >>> round(float(np.linalg.norm(direction["W1"])), 6), direction["b1"]
    (5.0, array([[0.]]))
    """
    _validate.generator("rng", rng)
    direction = {}
    for name, value in params.items():
        P = _validate.floats(name, value, ndim=2)
        if name.startswith("W"):
            D = rng.standard_normal(P.shape)
            norms = np.linalg.norm(P, axis=0) / np.linalg.norm(D, axis=0)  # one per column
            direction[name] = D * norms
        else:
            direction[name] = np.zeros_like(P)
    return direction
