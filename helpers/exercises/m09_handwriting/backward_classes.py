"""All four gradients, for k classes."""

import numpy as np

from helpers import reference
from helpers.checks.exercise import exercise
from helpers.exercises.m09_handwriting._cases import networks_run_forward


@exercise(
    "9.4",
    "all four gradients for several classes",
    cases=networks_run_forward,
    whole=("Y",),
    hints=(
        "These are the seven lines of exercise 5.7. One of them changes, the first: the error is "
        "yours from exercise 9.3.",
        "dZ2 = P − Y; dW2 = A1ᵀ dZ2 / m; db2 = mean of dZ2; dZ1 = (dZ2 W2ᵀ) ∗ (Z1 > 0); "
        "dW1 = Xᵀ dZ1 / m; db1 = mean of dZ1",
        'dZ2 = softmax_error(cache["A2"], Y)\ndW2 = «cache["A1"]».T @ dZ2 / len(X)\n'
        'dZ1 = (dZ2 @ params["W2"].T) * «(cache["Z1"] > 0)»',
    ),
    parts=("dW2", "db2", "dW1", "db1"),
)
def backward_classes(X, Y, params, cache):
    return back(X, Y, params, cache)


def averaged(A, dZ):
    return A.T @ dZ / len(A), dZ.mean(axis=0, keepdims=True)


def summed(A, dZ):
    return A.T @ dZ, dZ.sum(axis=0, keepdims=True)


def masked(dA, Z):
    return np.where(Z > 0, dA, 0.0)  # dA * (Z > 0) would make some zeros -0.0


def back(X, Y, params, cache, error=np.subtract, through=masked, first=averaged, second=averaged):
    """Go back; each part can be replaced by a wrong one."""
    dZ2 = error(cache["A2"], Y)
    dW2, db2 = second(cache["A1"], dZ2)
    dW1, db1 = first(X, through(dZ2 @ params["W2"].T, cache["Z1"]))
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def but(case, **wrong):
    """Change some gradients of the right answer."""
    grads = back(*case)
    return grads | {key: change(grads[key], len(case[0])) for key, change in wrong.items()}


@backward_classes.mistake(
    "All gradients are m times too large: average over the examples, divide by m."
)
def classes_back_summed(X, Y, params, cache):
    return back(X, Y, params, cache, first=summed, second=summed)


@backward_classes.mistake("dW1 and dW2 are m times too large. Divide by m, as the means for db do.")
def classes_back_weights_summed(X, Y, params, cache):
    times = {"dW1": np.multiply, "dW2": np.multiply}
    return but((X, Y, params, cache), **times)


@backward_classes.mistake("db1 and db2 are m times too large: means over the examples, not sums.")
def classes_back_biases_summed(X, Y, params, cache):
    times = {"db1": np.multiply, "db2": np.multiply}
    return but((X, Y, params, cache), **times)


@backward_classes.mistake(
    "dW1 and db1 are m times too large. They too are averages over the examples."
)
def classes_back_first_layer_summed(X, Y, params, cache):
    return back(X, Y, params, cache, first=summed)


@backward_classes.mistake(
    "All gradients are divided by m twice. Once, where examples are averaged."
)
def classes_back_averaged_twice(X, Y, params, cache):
    return back(X, Y, params, cache, error=lambda P, Y: (P - Y) / len(P))


@backward_classes.mistake(
    "All gradients are divided by k as well. The mean goes over the m examples, not the classes."
)
def classes_back_over_classes(X, Y, params, cache):
    return back(X, Y, params, cache, error=lambda P, Y: (P - Y) / P.shape[1])


@backward_classes.mistake("All signs are turned around: the error begins as P − Y, not Y − P.")
def classes_back_sign(X, Y, params, cache):
    return back(X, Y, params, cache, error=lambda P, Y: Y - P)


@backward_classes.mistake(
    "A slope P·(1 − P) is multiplied into dZ2. It has cancelled already: what is left is P − Y."
)
def classes_back_slope_again(X, Y, params, cache):
    return back(X, Y, params, cache, error=lambda P, Y: (P - Y) * P * (1 - P))


@backward_classes.mistake(
    "Only the true class sends an error back. The others do, too: dZ2 = P − Y, without a factor Y."
)
def classes_back_true_class_only(X, Y, params, cache):
    return back(X, Y, params, cache, error=lambda P, Y: (P - Y) * Y)


@backward_classes.mistake(
    "The error is −Y/P, the derivative with respect to P. Before the softmax it is P − Y."
)
def classes_back_after_the_softmax(X, Y, params, cache):
    return back(X, Y, params, cache, error=lambda P, Y: -Y / P)


@backward_classes.mistake(
    "Nothing is stopped on the way back: the ReLU mask is missing. Multiply by (Z1 > 0)."
)
def classes_back_without_mask(X, Y, params, cache):
    return back(X, Y, params, cache, through=lambda dA, Z: dA)


@backward_classes.mistake(
    "Where Z1 is exactly 0 the error gets through. The slope there is 0: Z1 > 0."
)
def classes_back_open_at_zero(X, Y, params, cache):
    return back(X, Y, params, cache, through=lambda dA, Z: dA * (Z >= 0))


@backward_classes.mistake(
    "The mask looks at the error: its negative entries become 0. It must look at Z1: (Z1 > 0)."
)
def classes_back_mask_of_the_error(X, Y, params, cache):
    return back(X, Y, params, cache, through=lambda dA, Z: np.maximum(0, dA))


@backward_classes.mistake(
    "The error is multiplied by A1, ReLU's value. Multiply by its slope: (Z1 > 0)."
)
def classes_back_times_relu(X, Y, params, cache):
    return back(X, Y, params, cache, through=lambda dA, Z: dA * np.maximum(0, Z))


@backward_classes.mistake(
    "dW2 is made with Z1. The second layer's inputs are the activations: A1.T @ dZ2 / m."
)
def classes_back_sums_for_activations(X, Y, params, cache):
    return back(X, Y, params, cache | {"A1": cache["Z1"]})


@backward_classes.mistake(
    "dW1 is made with A1, but that comes out of the first layer. What goes in is X: X.T @ dZ1 / m."
)
def classes_back_activations_for_inputs(X, Y, params, cache):
    return back(X, Y, params, cache, first=lambda X, dZ: averaged(cache["A1"], dZ))


@backward_classes.mistake(
    "The error went back through dW2. It must go through the weights: dZ2 @ W2.T."
)
def classes_back_through_the_gradient(X, Y, params, cache):
    dW2 = back(X, Y, params, cache)["dW2"]
    return back(X, Y, params, cache) | {
        key: g for key, g in back(X, Y, params | {"W2": dW2}, cache).items() if "1" in key
    }


@backward_classes.mistake(
    "dZ2 @ W2 does not fit: the error goes back through W2 the other way, dZ2 @ W2.T."
)
def classes_back_not_transposed(X, Y, params, cache):
    return back(X, Y, params | {"W2": params["W2"].T}, cache)


@backward_classes.mistake(
    "A1 @ dZ2 does not fit: both have a row for each example. Transpose A1: A1.T @ dZ2 / m."
)
def classes_back_activations_untransposed(X, Y, params, cache):
    return back(X, Y, params, cache, second=lambda A, dZ: (A @ dZ / len(A), None))


@backward_classes.mistake(
    "db1 and db2 lost a dimension. Add keepdims=True: then they are rows, (1, n)."
)
def classes_back_flat_biases(X, Y, params, cache):
    grads = back(X, Y, params, cache)
    return {key: g.ravel() if "b" in key else g for key, g in grads.items()}


@backward_classes.mistake(
    "dW1 and dW2 lie on their sides. A gradient has the shape of its weights."
)
def classes_back_transposed(X, Y, params, cache):
    grads = back(X, Y, params, cache)
    return {key: g.T if "W" in key else g for key, g in grads.items()}


@backward_classes.mistake('The keys lack their d. A gradient is called "dW1", not "W1".')
def classes_back_wrong_keys(X, Y, params, cache):
    return {key[1:]: g for key, g in back(X, Y, params, cache).items()}


@backward_classes.mistake("Only the second layer's gradients are there. Go on: dZ1, dW1 and db1.")
def classes_back_stops_halfway(X, Y, params, cache):
    grads = back(X, Y, params, cache)
    return {key: grads[key] for key in ("dW2", "db2")}


@backward_classes.mistake("Return one dict with four keys: dW1, db1, dW2 and db2.")
def classes_back_as_a_tuple(X, Y, params, cache):
    return tuple(back(X, Y, params, cache).values())


@backward_classes.mistake(
    "db1 and db2 are one number each, the mean of the whole table (for db2 that is 0). Each neuron "
    "has its own: mean(axis=0, keepdims=True)."
)
def classes_back_one_bias(X, Y, params, cache):
    one = lambda g, _: np.mean(g, keepdims=True)  # noqa: E731
    return but((X, Y, params, cache), db1=one, db2=one)


@backward_classes.mistake(
    "Everything is divided by the number of columns of X. The mean goes over the examples, which "
    "are its rows: m = len(X)."
)
def classes_back_over_columns(X, Y, params, cache):
    over = lambda g, m: g * m / X.shape[1]  # noqa: E731
    return but((X, Y, params, cache), dW1=over, db1=over, dW2=over, db2=over)


@backward_classes.mistake(
    "The hidden layer's slope is the sigmoid's, A1·(1 − A1). It is a ReLU here: multiply by "
    "(Z1 > 0)."
)
def classes_back_through_a_sigmoid(X, Y, params, cache):
    slope = cache["A1"] * (1 - cache["A1"])
    return back(X, Y, params, cache, through=lambda dA, _: dA * slope)


@backward_classes.variant
def classes_back_by_shares(X, Y, params, cache):
    dZ2 = (cache["A2"] - Y) / len(X)
    dZ1 = (dZ2 @ params["W2"].T) * (cache["A1"] > 0)
    grads = {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True)}
    return grads | {"dW2": cache["A1"].T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}


@backward_classes.variant
def classes_back_forward_again(X, Y, params, cache):
    P, cache = reference.forward_classes(X, params)
    return back(X, Y, params, cache | {"A2": P})


@backward_classes.variant
def classes_back_from_the_scores(X, Y, params, cache):
    return back(X, Y, params, cache, error=lambda _, Y: reference.softmax(cache["Z2"]) - Y)


@backward_classes.variant
def classes_back_by_examples(X, Y, params, cache):
    parts = [
        back(X[i : i + 1], Y[i : i + 1], params, {key: A[i : i + 1] for key, A in cache.items()})
        for i in range(len(X))
    ]
    return {key: sum(part[key] for part in parts) / len(X) for key in parts[0]}
