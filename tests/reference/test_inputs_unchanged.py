"""Nothing that is passed in changes, and nothing that comes back shares its memory."""

import inspect

import numpy as np
import pytest

import helpers.reference as ref

pytestmark = pytest.mark.tier("check")


def frozen(value):
    """Return a copy that raises on any attempt to write into it."""
    if isinstance(value, np.ndarray):
        value = value.copy()
        value.setflags(write=False)
        return value
    if isinstance(value, dict):
        return {name: frozen(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(frozen(part) for part in value)
    return value


def arrays(value):
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from arrays(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from arrays(part)


RNG = np.random.default_rng(0)
X, Y, PARAMS = ref.asd_batch()
A2, CACHE = ref.forward(X, PARAMS)
GRADS = ref.backward(X, Y, PARAMS, CACHE)
LAYERS = ref.as_layers(PARAMS)
CACHES = ref.forward_deep(X, LAYERS)[1]
P = ref.softmax(X)
ONE_HOT = np.eye(4)[[0, 2]]
CLASSES = PARAMS | {
    "W2": np.array([[0.5, -0.25], [0.75, 1.0], [-1.0, 0.25]]),
    "b2": np.zeros((1, 2)),
}
V = np.array([0.5, 1.5, -2.0])
W = np.array([0.1, 0.2])


ARGUMENTS = {
    **{
        name: (X,)
        for name in ref.__all__
        if name in dir(ref.activations) and callable(getattr(ref, name))
    },
    "gradient_through_depth": (0.3, "tanh", 3),
    "reduce_drawing": ([np.array([[0.5, 0.1], [0.4, 0.9]])],),
    **dict.fromkeys(("bce", "bce_derivative", "half_squared_error"), (Y, A2)),
    **dict.fromkeys(("bce_from_logits", "bce_from_logits_derivative"), (Y, CACHE["Z2"])),
    "half_squared_error_derivative": (Y, A2),
    **dict.fromkeys(("cross_entropy", "cross_entropy_derivative"), (ONE_HOT, P)),
    "cross_entropy_from_logits": (ONE_HOT, X),
    "linear": (X, PARAMS["W1"], PARAMS["b1"]),
    "layer_forward": (X, PARAMS["W1"], PARAMS["b1"], ref.relu),
    "forward": (X, PARAMS),
    "forward_columns": (X.T, {name: value.T for name, value in PARAMS.items()}),
    "forward_deep": (X, LAYERS),
    "collapse_linear": tuple(PARAMS.values()),
    "output_error": (A2, Y),
    "output_gradients": (CACHE["A1"], A2 - Y),
    "hidden_error": (A2 - Y, PARAMS["W2"], CACHE["Z1"]),
    "backward": (X, Y, PARAMS, CACHE),
    "backward_deep": (X, Y, LAYERS, CACHES),
    "one_hot": (np.array([2, 0]), 3),
    "forward_classes": (X, CLASSES),
    "softmax_error": (P, ONE_HOT),
    "backward_classes": (X, np.eye(2), CLASSES, ref.forward_classes(X, CLASSES)[1]),
    "predict_classes": (P,),
    "confusion_matrix": (np.array([2, 0]), np.array([1, 0]), 3),
    "update": (PARAMS, GRADS, 0.1),
    "neuron_gradients": (X, Y, np.ones((4, 1)), np.zeros((1, 1))),
    "numerical_gradient": (lambda p: float(sum(v.sum() for v in p.values())), PARAMS),
    "gradient_check": (lambda p: float(sum(v.sum() for v in p.values())), PARAMS, GRADS),
    **dict.fromkeys(("momentum_step", "adagrad_step"), (V, V, V * V, 0.1)),
    "rmsprop_step": (V, V, V * V, 0.1),
    "adam_step": (V, V, V, V * V, 2, 0.1),
    "accuracy": (Y, A2),
    "train_step": (PARAMS, X, Y, 0.1),
    "fit": (PARAMS, X, Y, 3, 1, 0.1, RNG, (X, Y)),
    "add_l2": (GRADS, PARAMS, 0.1, 2),
    "l2_penalty": (PARAMS, 0.1, 2),
    "fit_scaler": (X,),
    "scale": (X, (X[:1], X[1:])),
    "weighted_sum": (V, V, 0.5),
    "perceptron_update": (W, 0.0, W, 0, 0.1),
    "train_perceptron": (X, Y[:, 0], 0.1, 5),
    "descend": (lambda w: 2 * w, V, 0.1, 3),
    "descent_path_3d": (W, 0.1, 3),
    "critical_lr": (np.diag(V),),
    "classify_critical_point": (np.diag(V),),
    "bowl": (V, V),
    "bowl_gradient": (V, V),
    "loss_grid": (ref.bowl, V, W),
    "lr_sweep": (lambda lr: lr, np.abs(V)),
    "random_slice": (PARAMS, RNG),
}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_function(name):
    arguments = frozen(ARGUMENTS[name])
    result = getattr(ref, name)(*arguments)  # writing into a frozen array would raise
    for out in arrays(result):
        for given in arrays(arguments):
            assert not np.shares_memory(out, given)


@pytest.mark.parametrize("optimizer", sorted(ref.OPTIMIZERS))
@pytest.mark.parametrize("loss", ["bce", "half_squared_error"])
def test_network(optimizer, loss):
    network = ref.Network.from_layers(
        LAYERS, optimizer=optimizer, loss=loss, l2=0.1, patience=2, epochs=5, batch_size=1, rng=0
    )
    data = frozen((X, Y))
    network.fit(*data, val_data=data, start=frozen(LAYERS))
    network.backward(*data)
    network.mean_loss(*data)
    network.score(*data)
    for out in arrays(network.layers_):
        assert not any(np.shares_memory(out, given) for given in arrays((data, LAYERS)))


def test_minibatches():
    X_frozen = frozen(X)
    for Xb, yb in ref.minibatches(X_frozen, frozen(Y), 1, np.random.default_rng(0)):
        Xb += 1
        yb += 1


def test_no_function_is_forgotten():
    makers = {"init_params", "count_parameters", "uniform", "glorot_normal", "glorot_uniform"}
    makers |= {"he_normal", "asd_batch", "gate", "gate_inputs", "sum_points", "sun_and_water"}
    makers |= {"two_moons", "two_two_one", "xor", "step_decay", "cosine_decay", "digits"}
    makers |= {"digit_reader"}
    # as_layers and as_params only rename; these take functions or are covered above
    makers |= {"as_layers", "as_params", "numerical_derivative", "minibatches", "train"}
    makers |= {"neuron_surface", "network_surface", "breast_cancer"}
    makers |= {"topological_order", "backpropagate"}  # of Values, whose grad is there to be changed
    functions = {n for n in ref.__all__ if inspect.isfunction(getattr(ref, n))}
    assert functions - makers == set(ARGUMENTS)
