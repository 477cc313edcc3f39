"""Bad input raises ValueError that names the argument, what came and what is needed."""

import numpy as np
import pytest

import helpers.reference as ref

pytestmark = pytest.mark.tier("check")

RNG = np.random.default_rng(0)
X, Y, PARAMS = ref.asd_batch()
A2, CACHE = ref.forward(X, PARAMS)
GRADS = ref.backward(X, Y, PARAMS, CACHE)
LAYERS = ref.as_layers(PARAMS)
CACHES = ref.forward_deep(X, LAYERS)[1]
NAN = np.where(np.eye(2, 4) > 0, np.nan, X)
EMPTY = np.empty((0, 4))


def network(**settings):
    return ref.Network(settings.pop("sizes", (4, 3, 1)), rng=0, **settings)


def fit(**settings):
    return network(**settings).fit(X, Y)


# what is called, then what its message must say
CASES = {
    # activations
    "alpha 0": (lambda: ref.leaky_relu(1.0, 0.0), "alpha", "between 0 and 1", "0.0"),
    "alpha 1": (lambda: ref.leaky_relu_derivative(1.0, 1), "alpha", "between 0 and 1"),
    "elu alpha": (lambda: ref.elu(1.0, -1.0), "alpha", "positive", "-1.0"),
    "temperature": (lambda: ref.softmax([1.0, 2.0], 0.0), "temperature", "positive", "0.0"),
    "softmax number": (lambda: ref.softmax(1.0), "logits", r"\(\)"),
    "softmax empty": (lambda: ref.softmax([]), "logits", r"\(0,\)"),
    "depth": (lambda: ref.gradient_through_depth(0.0, "relu", 0), "depth", "at least 1", "0"),
    "name": (lambda: ref.gradient_through_depth(0.0, "rleu", 3), "relu", "'rleu'"),
    # losses
    "loss shapes": (lambda: ref.bce([1, 0], [[0.5], [0.5]]), r"\(2,\)", r"\(2, 1\)"),
    "loss label": (lambda: ref.bce([1, -1], [0.5, 0.5]), "y", "0 and 1", "-1"),
    "loss labels 2": (lambda: ref.bce_from_logits([1, 2], [0.5, 0.5]), "y", "0 and 1", "2"),
    "loss empty": (lambda: ref.bce([], []), "y", "empty"),
    "loss nan": (lambda: ref.bce([1.0], [np.nan]), "a", "NaN"),
    "loss inf": (lambda: ref.half_squared_error([1.0], [np.inf]), "a", "infinity"),
    "probability": (lambda: ref.bce([1.0], [1.5]), "a", "between 0 and 1", "1.5"),
    "eps": (lambda: ref.bce([1.0], [0.5], eps=0.0), "eps", "0.0"),
    "derivative at 0": (lambda: ref.bce_derivative([1.0], [0.0]), "a", "strictly"),
    "not one-hot": (lambda: ref.cross_entropy([[1, 1]], [[0.5, 0.5]]), "Y", "one 1"),
    "flat one-hot": (lambda: ref.cross_entropy([1, 0], [0.5, 0.5]), "Y", r"\(2,\)"),
    "P of 0": (lambda: ref.cross_entropy([[1, 0]], [[1.0, 0.0]]), "P", "above 0"),
    "text": (lambda: ref.bce(["yes"], [0.5]), "y", "numbers", "yes"),
    # classes
    "no class": (lambda: ref.one_hot([0, 3], 3), "labels", "from 0 to 2", "3", "k the number"),
    "negative class": (lambda: ref.one_hot([0, -1], 3), "labels", "from 0 to 2", "-1"),
    "half a class": (lambda: ref.one_hot([0.5], 3), "labels", "whole", "0.5"),
    "column of labels": (lambda: ref.one_hot([[0], [1]], 3), "labels", "1 dimension", r"\(2, 1\)"),
    "no labels": (lambda: ref.one_hot([], 3), "labels", "empty"),
    "k 0": (lambda: ref.one_hot([0], 0), "k", "at least 1", "0"),
    "k too small": (lambda: ref.confusion_matrix([0, 4], [0, 1], 3), "y", "from 0 to 2", "4"),
    "predicted no class": (lambda: ref.confusion_matrix([0], [3], 3), "predicted", "3"),
    "other length": (lambda: ref.confusion_matrix([0, 1], [0], 3), "predicted", r"\(2,\)"),
    "softmax shapes": (lambda: ref.softmax_error([[0.5, 0.5]], [[1, 0, 0]]), r"\(1, 2\)"),
    "two ones": (lambda: ref.softmax_error([[0.5, 0.5]], [[1, 1]]), "Y", "one 1"),
    "flat P": (lambda: ref.predict_classes([0.5, 0.5]), "P", "2 dimensions"),
    "classes cache": (lambda: ref.backward_classes(X, Y, PARAMS, {"Z1": 0}), "cache", "A2"),
    "k of W2": (
        lambda: ref.backward_classes(X, np.eye(2), PARAMS, ref.forward_classes(X, PARAMS)[1]),
        "y", r"\(2, 1\)", r"\(2, 2\)",
    ),
    # initializers
    "n_in": (lambda: ref.he_normal(0, 3, RNG), "n_in", "at least 1", "0"),
    "n_out": (lambda: ref.glorot_normal(3, -1, RNG), "n_out", "at least 1", "-1"),
    "n float": (lambda: ref.glorot_uniform(3.5, 1, RNG), "n_in", "whole number", "3.5"),
    "low": (lambda: ref.uniform(3, 1, RNG, 1.0, 1.0), "low", "high"),
    "sizes": (lambda: ref.init_params((4,), RNG), "sizes", r"\(4,\)"),
    "sizes 0": (lambda: ref.count_parameters((4, 0, 1)), "sizes", "0"),
    "init": (lambda: ref.init_params((4, 1), RNG, "xavier"), "init", "he_normal", "'xavier'"),
    "seed": (lambda: ref.init_params((4, 1), 42), "rng", "default_rng", "42"),
    # forward
    "columns": (lambda: ref.linear(X, np.ones((3, 2)), np.zeros((1, 2))), r"\(m, 3\)", r"\(2, 4\)"),
    "flat X": (lambda: ref.forward(X[0], PARAMS), "X", "2 dimensions", r"\(4,\)"),
    "flat b": (lambda: ref.linear(X, PARAMS["W1"], np.zeros(3)), "b1", r"\(1, 3\)", r"\(3,\)"),
    "chain": (
        lambda: ref.forward(X, PARAMS | {"W2": np.ones((2, 1))}),
        "W2", r"\(3, 1\)", r"\(2, 1\)",
    ),
    "X nan": (lambda: ref.forward(NAN, PARAMS), "X", "NaN"),
    "W nan": (lambda: ref.forward(X, PARAMS | {"W1": NAN.T @ np.ones((2, 3))}), "W1", "NaN"),
    "X empty": (lambda: ref.forward(EMPTY, PARAMS), "X", "empty", r"\(0, 4\)"),
    "params key": (lambda: ref.forward(X, {"W1": PARAMS["W1"]}), "params", "W1"),
    "hidden": (lambda: ref.forward(X, PARAMS, hidden="softplus"), "activation", "'softplus'"),
    "hidden softmax": (lambda: ref.forward(X, PARAMS, hidden="softmax"), "layer 1", "'softmax'"),
    "no layers": (lambda: ref.forward_deep(X, []), "layers", "empty"),
    "columns X": (lambda: ref.forward_columns(X.T, PARAMS), "b1"),
    "collapse": (
        lambda: ref.collapse_linear(np.ones((2, 3)), np.ones((1, 3)), np.ones((2, 1)), [[0.0]]),
        "W2", r"\(3, 1\)",
    ),
    # backward
    "y shape": (lambda: ref.output_error(A2, [1, 0]), "y", r"\(2, 1\)", r"\(2,\)"),
    "y label": (lambda: ref.output_error(A2, [[1], [-1]]), "y", "0 and 1", "-1"),
    "y nan": (lambda: ref.backward(X, [[1], [np.nan]], PARAMS, CACHE), "y", "NaN"),
    "rows": (lambda: ref.output_gradients(X, [[1.0]]), "dZ2", r"\(2, 1\)", r"\(1, 1\)"),
    "Z1": (lambda: ref.hidden_error([[1.0]], [[1.0]], [[1.0, 2.0]]), "Z1", r"\(1, 1\)"),
    "slope": (lambda: ref.hidden_error([[1.0]], [[1.0]], [[1.0]], "sin"), "'sin'", "relu"),
    "cache": (lambda: ref.backward(X, Y, PARAMS, {"Z1": 1}), "cache", "A1"),
    "caches": (lambda: ref.backward_deep(X, Y, LAYERS, CACHES[:1]), "caches", "2", "1"),
    "cache shape": (
        lambda: ref.backward(X, Y, PARAMS, CACHE | {"Z1": X}), "Z1", r"\(2, 3\)", r"\(2, 4\)",
    ),
    "loss name": (lambda: ref.backward_deep(X, Y, LAYERS, CACHES, "mse"), "loss", "'mse'", "bce"),
    "loss and output": (
        lambda: ref.backward_deep(X, Y, LAYERS, CACHES, "cross_entropy"), "softmax", "sigmoid",
    ),
    "lr 0": (lambda: ref.update(PARAMS, GRADS, 0.0), "lr", "positive", "0.0"),
    "lr nan": (lambda: ref.update(PARAMS, GRADS, np.nan), "lr", "positive", "nan"),
    "lr text": (lambda: ref.update(PARAMS, GRADS, "0.1"), "lr", "positive", "'0.1'"),
    "no gradient": (lambda: ref.update(PARAMS, {}, 0.1), "dW1"),
    "gradient shape": (
        lambda: ref.update(PARAMS, GRADS | {"db1": np.zeros(3)}, 0.1), "db1", r"\(1, 3\)",
    ),
    "neuron": (lambda: ref.neuron_gradients(X, Y, np.ones(4), [[0.0]]), "W1", r"\(4,\)"),
    # numerical
    "h": (lambda: ref.numerical_derivative(abs, 1.0, h=0), "h", "positive", "0"),
    "missing grad": (lambda: ref.gradient_check(lambda p: 0.0, PARAMS, {}), "dW1"),
    # optimizers and schedules
    "momentum beta": (lambda: ref.momentum_step([1.0], [1.0], [1.0], 0.1, beta=1.0), "beta", "1.0"),
    "momentum lr": (lambda: ref.momentum_step([1.0], [1.0], [1.0], -0.1), "lr", "-0.1"),
    "state shape": (lambda: ref.rmsprop_step([1.0], [1.0], [1.0, 1.0], 0.1), "s", r"\(1,\)"),
    "t": (lambda: ref.adam_step([1.0], [1.0], [0.0], [0.0], 0, 0.1), "t", "at least 1", "0"),
    "adagrad eps": (lambda: ref.adagrad_step([1.0], [1.0], [0.0], 0.1, eps=0.0), "eps", "0.0"),
    "every": (lambda: ref.step_decay(0.1, 1, every=0), "every", "0"),
    "epoch": (lambda: ref.step_decay(0.1, -1), "epoch", "at least 0", "-1"),
    "floor": (lambda: ref.cosine_decay(0.1, 1, 10, floor=-1.0), "floor", "-1.0"),
    # training
    "accuracy": (lambda: ref.accuracy([1, 0], [0.5]), "a", r"\(2,\)", r"\(1,\)"),
    "batch size": (lambda: ref.minibatches(X, Y, 0, RNG), "batch_size", "at least 1", "0"),
    "batch rows": (lambda: ref.minibatches(X, Y[:1], 1, RNG), "rows", r"\(2, 4\)", r"\(1, 1\)"),
    "batch empty": (lambda: ref.minibatches(EMPTY, EMPTY, 1, RNG), "at least one"),
    "batch rng": (lambda: ref.minibatches(X, Y, 1, None), "rng", "default_rng", "None"),
    "epochs": (lambda: ref.fit(PARAMS, X, Y, 0, 1, 0.1, RNG), "epochs", "at least 1", "0"),
    "fit lr": (lambda: ref.fit(PARAMS, X, Y, 1, 1, -1, RNG), "lr", "positive", "-1"),
    "fit y": (lambda: ref.fit(PARAMS, X, Y[:, 0], 1, 1, 0.1, RNG), "y", r"\(2, 1\)", r"\(2,\)"),
    "val": (lambda: ref.fit(PARAMS, X, Y, 1, 1, 0.1, RNG, (X[:, :2], Y)), "X of val_data"),
    "val y": (lambda: ref.fit(PARAMS, X, Y, 1, 1, 0.1, RNG, (X, Y + 1)), "y of val_data", "2"),
    "patience": (lambda: ref.EarlyStopping(0), "patience", "at least 1", "0"),
    "lam": (lambda: ref.l2_penalty(PARAMS, -0.1, 2), "lam", "at least 0", "-0.1"),
    "lam m": (lambda: ref.add_l2(GRADS, PARAMS, 0.1, 0), "m", "at least 1", "0"),
    "scaler": (lambda: ref.scale(X, ref.fit_scaler(X[:, :2])), "X", r"\(m, 2\)", r"\(2, 4\)"),
    "scaler empty": (lambda: ref.fit_scaler(EMPTY), "X", "empty"),
    # network
    "net sizes": (lambda: fit(sizes=(4,)), "sizes", r"\(4,\)"),
    "net size": (lambda: fit(sizes=4), "sizes", r"\(2, 3, 1\)", "4"),
    "net score": (lambda: fit().score(X, Y[:1]), "y", r"\(2,\)", r"\(1, 1\)"),
    "net activation": (lambda: fit(activation="rleu"), "activation of layer 1", "'rleu'"),
    "net activations": (lambda: fit(activation=("relu", "relu")), "activation", "1"),
    "net loss": (lambda: fit(loss="mse"), "loss", "'mse'"),
    "net output": (lambda: fit(output="relu"), "'bce'", "sigmoid", "'relu'"),
    "net optimizer": (lambda: fit(optimizer="adamw"), "optimizer", "'adamw'", "adam"),
    "net optimizer object": (lambda: fit(optimizer=3), "optimizer", "3"),
    "net lr": (lambda: fit(lr=0), "lr", "positive", "0"),
    "net l2": (lambda: fit(l2=-1.0), "l2", "at least 0", "-1.0"),
    "net epochs": (lambda: fit(epochs=2.5), "epochs", "whole number", "2.5"),
    "net batch": (lambda: fit(batch_size=True), "batch_size", "whole number", "True"),
    "net patience": (lambda: fit(patience=3), "patience", "val_data"),
    "net X": (lambda: network().fit(X[:, :3], Y), "X", r"\(m, 4\)", r"\(2, 3\)"),
    "net rows": (lambda: network().fit(X, Y[:1]), "y", r"\(2, 1\)", r"\(1, 1\)"),
    "net labels": (lambda: network().fit(X, [-1, 1]), "y", "0 and 1", "-1"),
    "net val_data": (lambda: network().fit(X, Y, val_data=X), "val_data", "pair"),
    "net unfitted": (lambda: network().predict(X), "fit"),
    "net setting": (lambda: network().set_params(rate=1), "setting", "rate", "lr"),
    # perceptron and data
    "perceptron y": (lambda: ref.Perceptron().fit(X, [1, -1]), "y", "0 and 1", "-1"),
    "perceptron shape": (lambda: ref.Perceptron().fit(X, Y), "y", "1 dimension", r"\(2, 1\)"),
    "perceptron lr": (lambda: ref.Perceptron(lr=0).fit(X, [1, 0]), "lr", "0"),
    "perceptron epochs": (lambda: ref.Perceptron(epochs=0).fit(X, [1, 0]), "epochs", "0"),
    "perceptron unfitted": (lambda: ref.Perceptron().predict(X), "fit"),
    "perceptron predict": (
        lambda: ref.Perceptron().fit(X, [1, 0]).predict(X[:, :2]), "X", r"\(2, 4\)", r"\(2, 2\)",
    ),
    "target": (lambda: ref.perceptron_update([1.0], 0.0, [1.0], 2, 0.1), "target", "2"),
    "perceptron x": (lambda: ref.perceptron_update([1.0], 0.0, [1.0, 2.0], 1, 0.1), "x", r"\(1,\)"),
    "weighted sum": (lambda: ref.weighted_sum([1.0], [1.0, 2.0], 0.0), "w", r"\(1,\)", r"\(2,\)"),
    "gate": (lambda: ref.gate("NXOR"), "name", "XNOR", "'NXOR'"),
    "moons": (lambda: ref.two_moons(1, RNG), "m", "2", "1"),
    "noise": (lambda: ref.two_moons(10, RNG, noise=-1), "noise", "at least 0", "-1"),
    # surface
    "steps": (lambda: ref.descend(lambda w: w, [1.0], 0.1, 0), "steps", "at least 1", "0"),
    "hessian": (lambda: ref.critical_lr(np.ones((2, 3))), "hessian", r"\(2, 2\)", r"\(2, 3\)"),
    "symmetric": (lambda: ref.classify_critical_point([[1, 2], [0, 1]]), "hessian", "symmetric"),
    "start": (lambda: ref.descent_path_3d([1.0], 0.1, 2), "start", r"\(2,\)", r"\(1,\)"),
    "grid": (
        lambda: ref.loss_grid(lambda a, b: np.ones((3, 1, 2)), [1, 2], [3]),
        "loss", r"\(1, 2\)", r"\(3, 1, 2\)",
    ),
    "sweep": (lambda: ref.lr_sweep(lambda lr: lr, [0.1, 0.0]), "lrs", "positive", "0.0"),
    "direction": (
        lambda: ref.network_surface(PARAMS, PARAMS, PARAMS | {"W1": np.ones((4, 4))}, X, Y),
        "b1", r"\(1, 4\)",
    ),
    "neuron surface": (lambda: ref.neuron_surface(X, Y), "X", r"\(m, 1\)", r"\(2, 4\)"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_value_error_says_what_is_wrong(case):
    call, *parts = CASES[case]
    with pytest.raises(ValueError, match=parts[0]) as error:
        call()
    for part in parts[1:]:
        assert error.match(part)


def test_a_bad_setting_is_found_before_training():
    """The data is checked once per fit, so nothing is half trained."""
    net = network(epochs=3).fit(X, Y)
    layers = net.layers_
    with pytest.raises(ValueError, match="y"):
        net.fit(X, Y + 5)
    assert net.layers_ is layers
