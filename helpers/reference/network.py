"""A network of any depth as one object: the functions of the course, composed."""

from collections.abc import Callable, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference import _validate
from helpers.reference.backward_pass import Gradients, backward_deep, checked_targets
from helpers.reference.classes import one_hot
from helpers.reference.data import digits
from helpers.reference.forward_pass import Cache, Layer, checked_inputs, checked_layers, run_forward
from helpers.reference.initializers import init_params, layer_sizes
from helpers.reference.losses import OUTPUTS, network_loss
from helpers.reference.optimizers import OPTIMIZERS, Optimizer
from helpers.reference.training import train


class Network:
    """A fully connected network, trained by mini-batch gradient descent.

    Parameters
    ----------
    sizes : neurons per layer, the input included, e.g. (4, 3, 1)
    activation : name for all hidden layers, or one name for each
    output : activation of the last layer; None for the one the loss was made for
    loss : "bce", "cross_entropy" (one-hot targets) or "half_squared_error"
    init : name of an initializer
    optimizer : name of an optimizer, or one with its settings, e.g. ``Adam(beta1=0.8)``
    lr : float, above 0
    schedule : function of (lr, epoch), e.g. ``step_decay``; None for a constant rate
    l2 : float, at least 0, for the L2 penalty; its gradient goes through the optimizer, so with
        Adam this is not the weight decay of AdamW
    epochs, batch_size : ints, at least 1
    patience : epochs without a better validation loss before stopping; None for never
    rng : generator or seed, for the starting weights and the shuffles

    Attributes
    ----------
    layers_ : list of (W, b, name)
    history_ : dict of lists ``loss accuracy val_loss val_accuracy``, one entry per epoch

    Notes
    -----
    Settings are checked when they are used, as in scikit-learn. What differs from it:
    `predict_proba` returns the output layer itself, (m, n_out), not one column per class.

    Examples
    --------
    >>> X, y = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]
    >>> network = Network((2, 8, 1), activation="tanh", lr=0.5, epochs=500, rng=0)
    >>> network.fit(X, y).predict(X)
    array([0, 1, 1, 0])
    """

    def __init__(
        self,
        sizes: Sequence[int],
        *,
        activation: str | Sequence[str] = "relu",
        output: str | None = None,
        loss: str = "bce",
        init: str = "he_normal",
        optimizer: str | Optimizer = "gradient_descent",
        lr: float = 0.1,
        schedule: Callable[[float, int], float] | None = None,
        l2: float = 0.0,
        epochs: int = 100,
        batch_size: int = 16,
        patience: int | None = None,
        rng: np.random.Generator | int | None = None,
    ) -> None:
        self.sizes = sizes
        self.activation = activation
        self.output = output
        self.loss = loss
        self.init = init
        self.optimizer = optimizer
        self.lr = lr
        self.schedule = schedule
        self.l2 = l2
        self.epochs = epochs
        self.batch_size = batch_size
        self.patience = patience
        self.rng = rng

    @classmethod
    def from_layers(cls, layers: Sequence[Layer], **settings: Any) -> Self:
        """Build a network around given weights, a list of (W, b, name)."""
        layers = checked_layers(layers)
        sizes = [layers[0][0].shape[0], *(W.shape[1] for W, _, _ in layers)]
        names = [name for _, _, name in layers]
        network = cls(sizes, activation=names[:-1], output=names[-1], **settings)
        network.layers_ = layers
        return network

    def initial_layers(self, rng: np.random.Generator) -> list[Layer]:
        """Draw new starting weights, without keeping them.

        Raises
        ------
        ValueError
            If the sizes, the activations, the loss or the initializer cannot be.
        """
        sizes = layer_sizes(self.sizes)
        hidden = self.activation
        if isinstance(hidden, str):
            hidden = [hidden] * (len(sizes) - 2)
        if len(hidden) != len(sizes) - 2:
            raise ValueError(
                f"activation must be one name or {len(sizes) - 2} (one per hidden layer), "
                f"but is {self.activation!r}."
            )
        _validate.choice("loss", self.loss, OUTPUTS)
        names = [*hidden, self.output or OUTPUTS[self.loss]]
        params = init_params(sizes, rng, self.init)
        return [(W, b, name) for (W, b), name in zip(params, names, strict=True)]

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        val_data: tuple[ArrayLike, ArrayLike] | None = None,
        start: Sequence[Layer] | None = None,
        progress: bool | None = None,
        on_epoch: Callable[[int, list[Layer]], None] | None = None,
    ) -> Self:
        """Train, from new random weights or from ``start``.

        Parameters
        ----------
        X : array (m, n_in)
        y : array (m, n_out), or (m,) where there is one output
        val_data : (X, y) to validate on after each epoch
        start : list of (W, b, name) to go on from, e.g. ``network.layers_``
        progress : True or False for a progress bar, None to decide by who is watching
        on_epoch : function of (epoch, layers), called after each epoch with a copy of the layers

        Raises
        ------
        ValueError
            If a setting or the data is wrong; the message says what is needed.
        """
        rng = np.random.default_rng(self.rng)
        if val_data is not None:
            X_val, y_val = _validate.pair("val_data", val_data)
            val_data = X_val, as_column(y_val)
        optimizer = self.optimizer
        if isinstance(optimizer, str):
            optimizer = OPTIMIZERS[_validate.choice("optimizer", optimizer, OPTIMIZERS)]()
        if not hasattr(optimizer, "step"):
            raise ValueError(f"optimizer must be a name or an optimizer, but is {optimizer!r}.")
        self.layers_, self.history_ = train(
            self.initial_layers(rng) if start is None else start,
            X,
            as_column(y),
            rng=rng,
            loss=self.loss,
            optimizer=optimizer,
            lr=self.lr,
            schedule=self.schedule,
            l2=self.l2,
            epochs=self.epochs,
            batch_size=self.batch_size,
            val_data=val_data,
            patience=self.patience,
            progress=progress,
            on_epoch=on_epoch,
        )
        return self

    def forward(self, X: ArrayLike) -> tuple[np.ndarray, list[Cache]]:
        """Return the output (m, n_out) and every layer's (Z, A).

        Raises
        ------
        ValueError
            If there are no weights yet, or X (m, n_in) does not fit them.
        """
        if not hasattr(self, "layers_"):
            raise ValueError("This Network has no weights yet; call fit(X, y) first.")
        X = checked_inputs("X", X, self.layers_[0][0].shape[0])
        with np.errstate(over="ignore", invalid="ignore"):  # divergence is silent
            return run_forward(X, self.layers_)

    def backward(self, X: ArrayLike, y: ArrayLike) -> Gradients:
        """Return the gradients of the mean loss, a list of (dW, db)."""
        _, caches = self.forward(X)
        return backward_deep(X, as_column(y), self.layers_, caches, self.loss)

    def mean_loss(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return the mean loss on X and y, without the L2 penalty."""
        A, caches = self.forward(X)
        y = checked_targets("y", as_column(y), self.loss, A.shape)
        return network_loss(self.loss, self.layers_[-1][2]).value(y, caches[-1][0], A)

    def predict_proba(self, X: ArrayLike) -> np.ndarray:
        """Return the output layer, (m, n_out): a probability behind a sigmoid or softmax."""
        return self.forward(X)[0]

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Return the answers for X (m, n_in).

        A sigmoid gives labels 0 and 1, (m,) for one output; a softmax the number of the class,
        (m,); any other output is returned as it is.
        """
        A = self.predict_proba(X)
        output = self.layers_[-1][2]
        if output == "softmax":
            return A.argmax(axis=1)
        if output != "sigmoid":
            return A
        labels = (A > 0.5).astype(int)
        return labels[:, 0] if labels.shape[1] == 1 else labels

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return the accuracy of `predict` on X and y (labels, (m,) or (m, 1); or one-hot).

        Raises
        ------
        ValueError
            If there is not one answer in y for each prediction.
        """
        predicted, y = self.predict(X), np.asarray(y)
        if self.layers_[-1][2] == "softmax" and y.ndim == 2 and y.shape[1] > 1:
            y = y.argmax(axis=1)
        if y.size != predicted.size:
            raise ValueError(
                f"y must have an answer for each row of X, shape {predicted.shape}, but has shape "
                f"{y.shape}."
            )
        return float(np.mean(predicted == y.reshape(predicted.shape)))

    def get_params(self, deep: bool = True) -> dict[str, Any]:  # noqa: ARG002
        """Return the settings by name, as scikit-learn does; for the weights see ``layers_``."""
        return {name: value for name, value in vars(self).items() if not name.endswith("_")}

    def set_params(self, **settings: Any) -> Self:
        """Change settings by name; returns self."""
        for name, value in settings.items():
            setattr(self, _validate.choice("setting", name, self.get_params()), value)
        return self


def as_column(y: ArrayLike) -> np.ndarray:
    """Stand a list of m labels up as a column (m, 1); leave anything else as it is.

    Examples
    --------
    >>> as_column([1, 0]).tolist()
    [[1], [0]]
    """
    y = np.asarray(y)
    return y[:, np.newaxis] if y.ndim == 1 else y


def digit_reader() -> Network:
    """Return a 64-16-10 network that has learned from the first 1500 of the `digits`.

    It is there to be looked at before training is taught; training takes a fraction of a second.

    Raises
    ------
    ImportError
        If scikit-learn, which the digits are a part of, is not installed.

    Examples
    --------
    >>> X, y = digits()
    >>> digit_reader().score(X[1500:], y[1500:]) > 0.9
    True
    """
    X, y = digits()
    network = Network((64, 16, 10), loss="cross_entropy", lr=0.3, epochs=30, batch_size=32, rng=0)
    return network.fit(X[:1500], one_hot(y[:1500], 10), progress=False)
