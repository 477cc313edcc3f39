"""Training: mini-batches, epochs, validation and knowing when to stop."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference import _validate
from helpers.reference.backward_pass import (
    Gradients,
    backward,
    checked_targets,
    run_backward,
    update,
)
from helpers.reference.forward_pass import (
    Layer,
    Params,
    as_layers,
    as_params,
    checked_inputs,
    checked_layers,
    forward,
    run_forward,
)
from helpers.reference.losses import Loss, bce_from_logits, network_loss
from helpers.reference.optimizers import GradientDescent, Optimizer
from helpers.reference.progress import track
from helpers.reference.regularization import EarlyStopping, weight_decay

History = dict[str, list[float]]


def accuracy(y: ArrayLike, a: ArrayLike, threshold: float = 0.5) -> float:
    """Return the share of examples on the right side of the threshold.

    Parameters
    ----------
    y : array (m, 1) or (m,) of 0 and 1
    a : array (m, 1) or (m,), positive where a > threshold
    threshold : float

    Returns
    -------
    float from 0 to 1

    Raises
    ------
    ValueError
        If the lengths differ, a label is not 0 or 1, an array is empty or not finite.

    Examples
    --------
    >>> accuracy([[1], [0], [1], [0]], [[0.9], [0.5], [0.2], [0.1]])
    0.75
    """
    y = _validate.labels("y", _validate.floats("y", y)).ravel()
    a = _validate.floats("a", a).ravel()
    _validate.shape("a", a, y.shape)
    return float(np.mean((a > threshold) == y))


def minibatches(
    X: ArrayLike, y: ArrayLike, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Deal out the rows of X and y together, in random order; the last batch may be smaller.

    Parameters
    ----------
    X : array (m, …)
    y : array (m, …)
    batch_size : int, at least 1
    rng : generator

    Returns
    -------
    iterator of (Xb, yb)

    Raises
    ------
    ValueError
        If the numbers of rows differ, there are none, or the batch size is not positive.

    Notes
    -----
    Robbins and Monro (1951) for the noise, and for why it does not hurt.

    Examples
    --------
    >>> X = np.arange(5).reshape(5, 1)
    >>> [len(yb) for Xb, yb in minibatches(X, X, 2, np.random.default_rng(0))]
    [2, 2, 1]
    """
    X, y = np.asarray(X), np.asarray(y)
    if not X.ndim or not y.ndim or len(X) != len(y) or len(X) == 0:
        raise ValueError(
            f"X and y must have the same rows, at least one, but have {X.shape} and {y.shape}."
        )
    _validate.generator("rng", rng)
    return _minibatches(X, y, _validate.positive_int("batch_size", batch_size), rng)


def _minibatches(
    X: np.ndarray, y: np.ndarray, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    order = rng.permutation(len(X))
    X, y = X.take(order, axis=0), y.take(order, axis=0)  # once; the batches are slices of this
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], y[start : start + batch_size]


def train_step(
    params: Mapping[str, ArrayLike], X: ArrayLike, y: ArrayLike, lr: float
) -> tuple[Params, float]:
    """Go forward, back and one step downhill.

    Parameters
    ----------
    params : dict ``W1 b1 W2 b2``
    X : array (m, n_in)
    y : array (m, 1) of 0 and 1
    lr : float, above 0

    Returns
    -------
    (params, loss) : the new parameters and the loss before the step

    Raises
    ------
    ValueError
        As for `forward`, `backward` and `update`.

    Examples
    --------
    >>> params = {"W1": [[1.0]], "b1": [[0.0]], "W2": [[1.0]], "b2": [[0.0]]}
    >>> params, before = train_step(params, [[1.0]], [[1]], lr=0.5)
    >>> before > train_step(params, [[1.0]], [[1]], lr=0.5)[1]
    True
    """
    _, cache = forward(X, params)
    loss = bce_from_logits(y, cache[f"Z{len(cache) // 2}"])
    return update(params, backward(X, y, params, cache), lr), loss


def fit(
    params: Mapping[str, ArrayLike],
    X: ArrayLike,
    y: ArrayLike,
    epochs: int,
    batch_size: int,
    lr: float,
    rng: np.random.Generator,
    val_data: tuple[ArrayLike, ArrayLike] | None = None,
) -> tuple[Params, History]:
    """Train the course's network by mini-batch gradient descent.

    Parameters
    ----------
    params : dict ``W1 b1 W2 b2``
    X : array (m, n_in)
    y : array (m, n_out) of 0 and 1
    epochs, batch_size : ints, at least 1
    lr : float, above 0
    rng : generator, for the shuffles
    val_data : (X, y) to validate on after each epoch, or None

    Returns
    -------
    params : dict like the one given
    history : dict of lists ``loss accuracy val_loss val_accuracy``, one entry per epoch

    Raises
    ------
    ValueError
        If a shape does not fit, a label is not 0 or 1, a size or the learning rate is not
        positive, an array is empty or not finite.

    Examples
    --------
    >>> params = {"W1": [[1.0]], "b1": [[0.0]], "W2": [[1.0]], "b2": [[0.0]]}
    >>> rng = np.random.default_rng(0)
    >>> params, history = fit(params, [[0.0], [1.0]], [[0], [1]], 50, 2, 1.0, rng)
    >>> history["accuracy"][-1]
    1.0
    """
    layers, history = train(
        as_layers(params), X, y, epochs=epochs, batch_size=batch_size, lr=lr, rng=rng,
        val_data=val_data,
    )  # fmt: skip
    return as_params(layers), history


def train(
    layers: Sequence[Layer],
    X: ArrayLike,
    y: ArrayLike,
    *,
    rng: np.random.Generator,
    loss: str = "bce",
    optimizer: Optimizer | None = None,
    lr: float = 0.1,
    schedule: Callable[[float, int], float] | None = None,
    l2: float = 0.0,
    epochs: int = 100,
    batch_size: int = 16,
    val_data: tuple[ArrayLike, ArrayLike] | None = None,
    patience: int | None = None,
    progress: bool | None = None,
    on_epoch: Callable[[int, list[Layer]], None] | None = None,
) -> tuple[list[Layer], History]:
    """Train a network of any depth; `fit` and `Network.fit` both end up here.

    Parameters
    ----------
    layers : list of (W, b, name), the start
    X, y : arrays (m, n_in) and (m, n_out)
    rng : generator, for the shuffles
    loss : "bce", "cross_entropy" or "half_squared_error"
    optimizer : a rule from `optimizers`; plain gradient descent if None
    lr : float, above 0
    schedule : function of (lr, epoch), or None for a constant rate
    l2 : float, at least 0, the λ of the penalty (λ/2m)ΣW², with m the rows of X, not of a batch
    epochs, batch_size : ints, at least 1
    val_data : (X, y) to validate on after each epoch, or None
    patience : stop after so many epochs without a better validation loss, and return the best
        weights; None for never
    progress : True or False for a progress bar, None to decide by who is watching
    on_epoch : function of (epoch, layers), called after each epoch with a copy of the layers

    Returns
    -------
    layers : list of (W, b, name)
    history : dict of lists ``loss accuracy val_loss val_accuracy``, one entry per epoch; the loss
        and accuracy of a batch are those before its step, without the penalty

    Raises
    ------
    ValueError
        As for `fit`; also if there is patience but no validation data.

    Notes
    -----
    A run that diverges is no error: its history ends in inf or nan.

    Examples
    --------
    >>> layers = [(np.zeros((1, 1)), np.zeros((1, 1)), "sigmoid")]
    >>> layers, history = train(layers, [[-1.0], [1.0]], [[0], [1]], rng=np.random.default_rng(0))
    >>> history["loss"][-1] < history["loss"][0]
    True
    """
    layers = checked_layers(layers)
    pair = network_loss(loss, layers[-1][2])
    X, y = _checked_data(X, y, layers, loss, "")
    if val_data is not None:
        val_data = _checked_data(
            *_validate.pair("val_data", val_data), layers, loss, " of val_data"
        )
    elif patience is not None:
        raise ValueError("patience needs val_data to judge by, but val_data is None.")
    lr, l2 = _validate.positive("lr", lr), _validate.not_negative("l2", l2)
    batch_size = _validate.positive_int("batch_size", batch_size)
    epochs = _validate.positive_int("epochs", epochs)
    _validate.generator("rng", rng)
    optimizer = optimizer or GradientDescent()
    stopper = None if patience is None else EarlyStopping(patience)

    space = workspace(layers)
    state = optimizer.start(space.theta)
    history: History = {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # divergence is silent
        for epoch in track(epochs, progress):
            rate = lr if schedule is None else schedule(lr, epoch)
            batches = _minibatches(X, y, batch_size, rng)
            seen, state = _run_epoch(batches, space, pair, (l2, len(X)), optimizer, state, rate)
            _record(history, "", pair, layers, *seen)
            if val_data is not None:
                A, caches = run_forward(val_data[0], space.layers)
                _record(history, "val_", pair, layers, val_data[1], caches[-1][0], A)
            if on_epoch:
                on_epoch(epoch, workspace(space.layers).layers)
            if stopper and stopper.update(history["val_loss"][-1], space.theta):
                break
    if stopper and stopper.best_params is not None:
        space.theta[:] = stopper.best_params
    return space.layers, history


class Workspace(NamedTuple):
    """All parameters end to end in one vector, their gradient in another, and windows on both."""

    theta: np.ndarray  # (number of parameters,)
    gradient: np.ndarray  # (number of parameters,)
    layers: list[Layer]  # of (W, b, name), windows on theta
    gradients: Gradients  # of (dW, db), windows on gradient
    is_weight: np.ndarray  # (number of parameters,), 1 for a weight and 0 for a bias


def workspace(layers: Sequence[Layer]) -> Workspace:
    """Copy the layers into one vector, so that one step moves everything at once.

    Examples
    --------
    >>> space = workspace([(np.eye(1), np.zeros((1, 1)), "sigmoid")])
    >>> space.theta, space.is_weight
    (array([1., 0.]), array([1., 0.]))
    """
    theta = flatten((W, b) for W, b, _ in layers)
    gradient = np.zeros_like(theta)
    gradients = [(dW, db) for dW, db, _ in windows(gradient, layers)]
    is_weight = flatten((np.ones_like(W), np.zeros_like(b)) for W, b, _ in layers)
    return Workspace(theta, gradient, windows(theta, layers), gradients, is_weight)


def flatten(pairs: Iterable[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Lay all weights and biases end to end in one vector.

    Parameters
    ----------
    pairs : (W, b) or (dW, db), layer by layer

    Returns
    -------
    array (number of parameters,), a copy

    Examples
    --------
    >>> flatten([(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0]]))])
    array([1., 2., 3., 4.])
    """
    return np.concatenate([array.ravel() for pair in pairs for array in pair])


def windows(theta: np.ndarray, layers: Sequence[Layer]) -> list[Layer]:
    """Look at the vector as layers again: what changes in theta changes in W and b.

    Parameters
    ----------
    theta : array (number of parameters,), from `flatten`
    layers : list of (W, b, name), for the shapes

    Returns
    -------
    list of (W, b, name), views of theta

    Examples
    --------
    >>> theta = np.array([1.0, 2.0])
    >>> [(W, b, name)] = windows(theta, [(np.eye(1), np.eye(1), "relu")])
    >>> theta += 10
    >>> W, b
    (array([[11.]]), array([[12.]]))
    """
    views = []
    start = 0
    for W, b, name in layers:
        middle, end = start + W.size, start + W.size + b.size
        views.append(
            (theta[start:middle].reshape(W.shape), theta[middle:end].reshape(b.shape), name)
        )
        start = end
    return views


def _run_epoch(
    batches: Iterable[tuple[np.ndarray, np.ndarray]],
    space: Workspace,
    pair: Loss,
    penalty: tuple[float, int],
    optimizer: Optimizer,
    state: Any,
    lr: float,
) -> tuple[list[np.ndarray], Any]:
    """Take one step per batch, with a penalty (λ, m).

    Returns what was seen on the way (y, Z, A), and the state.
    """
    theta, gradient, layers, gradients, is_weight = space
    seen = []
    for Xb, yb in batches:
        A, caches = run_forward(Xb, layers)
        Z, _ = caches[-1]
        run_backward(Xb, pair.error(yb, Z, A), layers, caches, gradients)  # fills gradient
        if penalty[0]:
            gradient += weight_decay(is_weight * theta, *penalty)
        theta[:], state = optimizer.step(theta, gradient, state, lr)
        seen.append((yb, Z, A))
    return [np.concatenate(parts) for parts in zip(*seen, strict=True)], state


def _checked_data(
    X: ArrayLike, y: ArrayLike, layers: Sequence[Layer], loss: str, where: str
) -> tuple[np.ndarray, np.ndarray]:
    X = checked_inputs(f"X{where}", X, layers[0][0].shape[0])
    return X, checked_targets(f"y{where}", y, loss, (len(X), layers[-1][0].shape[1]))


def _record(
    history: History,
    prefix: str,
    pair: Loss,
    layers: Sequence[Layer],
    y: np.ndarray,
    Z: np.ndarray,
    A: np.ndarray,
) -> None:
    history[f"{prefix}loss"].append(pair.value(y, Z, A))
    output = layers[-1][2]
    if output == "sigmoid":
        history[f"{prefix}accuracy"].append(float(np.mean((A > 0.5) == y)))
    elif output == "softmax":
        right = A.argmax(axis=1) == y.argmax(axis=1)
        history[f"{prefix}accuracy"].append(float(np.mean(right)))
