"""All four gradients."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m05_backpropagation._cases import (
    averaged_gradients,
    averaged_twice,
    backward_with,
    networks_run_forward,
    summed_gradients,
    through_relu,
    untransposed_gradients,
)
from helpers.exercises.m05_backpropagation.hidden_error import hidden_error
from helpers.exercises.m05_backpropagation.output_error import output_error
from helpers.exercises.m05_backpropagation.output_gradients import output_gradients
from helpers.reference import asd_batch, forward
from helpers.reference import backward as true_backward
from helpers.reference.activations import sigmoid_derivative


@exercise(
    "5.7",
    "all four gradients",
    cases=networks_run_forward,
    hints=(
        "Seven lines, from the end to the beginning: dZ2, dW2, db2, dA1, dZ1, dW1, db1. The second "
        "three repeat the first three, one layer earlier.",
        "dZ2 = A2 − y; dW2 = A1ᵀ dZ2 / m; db2 = mean of dZ2; dZ1 = (dZ2 W2ᵀ) ∗ (Z1 > 0); "
        "dW1 = Xᵀ dZ1 / m; db1 = mean of dZ1",
        'dZ1 = (dZ2 @ params["W2"].T) * (cache["Z1"] > 0)\ndW1 = «X».T @ dZ1 / len(X)',
    ),
    parts=("dW2", "db2", "dW1", "db1"),
)
def backward(X, y, params, cache):
    return backward_with(X, y, params, cache)


@backward.mistake("All gradients are m times too large: average over the examples, divide by m.")
def back_summed(X, y, params, cache):
    return backward_with(X, y, params, cache, first=summed_gradients, second=summed_gradients)


@backward.mistake("dW1 and db1 are m times too large. They too are averages over the examples.")
def back_first_layer_summed(X, y, params, cache):
    return backward_with(X, y, params, cache, first=summed_gradients)


@backward.mistake(
    "dW1 and dW2 are m times too large: A.T @ dZ sums over the examples. Divide by m, as for the "
    "biases."
)
def back_weights_summed(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g * len(X) if "W" in key else g for key, g in grads.items()}


@backward.mistake("db1 and db2 are m times too large: take means over the examples, not sums.")
def back_biases_summed(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g * len(X) if "b" in key else g for key, g in grads.items()}


@backward.mistake("All gradients are divided by m twice. Divide once, where examples are averaged.")
def back_averaged_twice(X, y, params, cache):
    return backward_with(X, y, params, cache, first=averaged_twice, second=averaged_twice)


@backward.mistake(
    "dW1 and db1 are divided by m twice: the error was divided on its way, and they once more. "
    "Once is enough."
)
def back_first_layer_averaged_twice(X, y, params, cache):
    return backward_with(X, y, params, cache, first=averaged_twice)


@backward.mistake("All signs are turned around: the error begins as A2 − y, not y − A2.")
def back_sign(X, y, params, cache):
    return backward_with(X, y, params, cache, error=lambda A2, y: y - A2)


@backward.mistake(
    "The sigmoid's slope is multiplied into dZ2 once more. It has cancelled already: A2 − y."
)
def back_slope_again(X, y, params, cache):
    return backward_with(X, y, params, cache, error=lambda A2, y: (A2 - y) * A2 * (1 - A2))


@backward.mistake(
    "Nothing is stopped on the way back: the ReLU mask is missing, or it is 1 everywhere, as "
    "A1 >= 0 is. Multiply dA1 by (Z1 > 0), each entry for itself."
)
def back_without_mask(X, y, params, cache):
    return backward_with(X, y, params, cache, through=lambda dA, Z: dA)


@backward.mistake("db1 is the mean of the unmasked error, dA1. Take the mean of dZ1, as for dW1.")
def back_bias_without_mask(X, y, params, cache):
    unmasked = back_without_mask(X, y, params, cache)
    return {**backward.reference(X, y, params, cache), "db1": unmasked["db1"]}


@backward.mistake("dW1 comes from the unmasked error, dA1. Use dZ1 = dA1 * (Z1 > 0), as for db1.")
def back_weights_without_mask(X, y, params, cache):
    unmasked = back_without_mask(X, y, params, cache)
    return {**backward.reference(X, y, params, cache), "dW1": unmasked["dW1"]}


@backward.mistake("Where Z1 is exactly 0 the error gets through. The slope there is 0: Z1 > 0.")
def back_open_at_zero(X, y, params, cache):
    return backward_with(X, y, params, cache, through=lambda dA, Z: dA * (Z >= 0))


@backward.mistake(
    "The mask looks at the error: its negative entries become 0. It must look at Z1: (Z1 > 0)."
)
def back_mask_of_the_error(X, y, params, cache):
    return backward_with(X, y, params, cache, through=lambda dA, Z: np.maximum(0, dA))


@backward.mistake("The error is multiplied by A1, ReLU's value. Multiply by its slope: (Z1 > 0).")
def back_times_relu(X, y, params, cache):
    return backward_with(X, y, params, cache, through=lambda dA, Z: dA * np.maximum(0, Z))


@backward.mistake(
    "The mask is taken from the output layer, Z2. The error arrives at the hidden layer: its mask "
    "is (Z1 > 0)."
)
def back_mask_of_the_output(X, y, params, cache):
    return backward_with(X, y, params, cache, through=lambda dA, Z: dA * (cache["Z2"] > 0))


@backward.mistake(
    "The mask is taken from A2 of the output layer, where all is positive. The hidden layer's mask "
    "is (Z1 > 0), or (A1 > 0)."
)
def back_mask_of_the_prediction(X, y, params, cache):
    return backward_with(X, y, params, cache, through=lambda dA, Z: dA * (cache["A2"] > 0))


@backward.mistake(
    "dZ2 is masked too. There is no ReLU at the output: dZ2 is A2 − y, with negative numbers."
)
def back_output_masked(X, y, params, cache):
    return backward_with(X, y, params, cache, error=lambda A2, y: np.maximum(0, A2 - y))


@backward.mistake("The hidden layer has ReLU. Its slope is 0 or 1, not the sigmoid's.")
def back_sigmoid_slope(X, y, params, cache):
    return backward_with(X, y, params, cache, through=lambda dA, Z: dA * sigmoid_derivative(Z))


@backward.mistake(
    "dW2 is made with Z1. The second layer's inputs are the activations: A1.T @ dZ2 / m."
)
def back_sums_for_activations(X, y, params, cache):
    return backward_with(
        X, y, params, cache, second=lambda A, dZ: averaged_gradients(cache["Z1"], dZ)
    )


@backward.mistake(
    "dW1 is made with A1, but A1 comes out of the first layer. What goes into it is X: "
    "X.T @ dZ1 / m."
)
def back_activations_for_inputs(X, y, params, cache):
    return backward_with(
        X, y, params, cache, first=lambda X, dZ: averaged_gradients(cache["A1"], dZ)
    )


@backward.mistake(
    "W2 took a step of size 0.005 before the error went back through it. First all gradients, "
    "with the old weights; then the update."
)
def back_updated_too_early(X, y, params, cache):
    return backward_with(X, y, params, cache, W2=lambda W, dW: W - 0.005 * dW)


@backward.mistake(
    "W2 took a step of size 0.01 before the error went back through it. First all gradients, with "
    "the old weights; then the update."
)
def back_updated_too_early_by_a_hundredth(X, y, params, cache):
    return backward_with(X, y, params, cache, W2=lambda W, dW: W - 0.01 * dW)


@backward.mistake(
    "W2 took a step of size 0.1 before the error went back through it. First all gradients, with "
    "the old weights; then the update."
)
def back_updated_too_early_by_a_tenth(X, y, params, cache):
    return backward_with(X, y, params, cache, W2=lambda W, dW: W - 0.1 * dW)


@backward.mistake(
    "The error went back through dW2. It must go through the weights, W2: dZ2 @ W2.T."
)
def back_through_the_gradient(X, y, params, cache):
    return backward_with(X, y, params, cache, W2=lambda W, dW: dW)


@backward.mistake("db1 and db2 lost a dimension. Add keepdims=True: then they are rows, (1, n).")
def back_flat_biases(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g.ravel() if "b" in key else g for key, g in grads.items()}


@backward.mistake(
    "db1 and db2 are averages over everything. Each neuron has its own bias: axis=0, keepdims=True."
)
def back_biases_of_one_number(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: np.mean(g) if "b" in key else g for key, g in grads.items()}


@backward.mistake(
    "db1 and db2 have a number for each example: average over the examples, axis=0, not axis=1."
)
def back_biases_by_example(X, y, params, cache):
    def along_rows(A, dZ):
        return A.T @ dZ / len(A), dZ.mean(axis=1, keepdims=True)

    return backward_with(X, y, params, cache, first=along_rows, second=along_rows)


@backward.mistake("m is the number of examples, len(X). You divide by the number of inputs.")
def back_over_inputs(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g * X.shape[0] / X.shape[1] for key, g in grads.items()}


@backward.mistake(
    "dW1 and dW2 lie on their sides. A gradient has the shape of its weights: A.T @ dZ."
)
def back_transposed(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g.T if "W" in key else g for key, g in grads.items()}


@backward.mistake("The weights' gradients are there, the biases' are not. Add db1 and db2.")
def back_without_biases(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g for key, g in grads.items() if "W" in key}


@backward.mistake('The keys lack their d. A gradient is called by its own name: "dW1", not "W1".')
def back_wrong_keys(X, y, params, cache):
    return {key[1:]: g for key, g in backward.reference(X, y, params, cache).items()}


@backward.mistake("Return one dict with four keys: dW1, db1, dW2 and db2.")
def back_as_a_tuple(X, y, params, cache):
    return tuple(backward.reference(X, y, params, cache).values())


@backward.mistake(
    "dZ2 @ W2 does not fit: the error goes back through W2 the other way, dZ2 @ W2.T."
)
def back_not_transposed(X, y, params, cache):
    return backward_with(X, y, params, cache, W2=lambda W, dW: W.T)


@backward.mistake(
    "The error at the output went back through W1. Between output and hidden layer stands W2: "
    "dZ2 @ W2.T."
)
def back_through_first_weights(X, y, params, cache):
    return backward_with(X, y, params, cache, W2=lambda W, dW: params["W1"])


@backward.mistake(
    "W2.T @ dZ2 does not fit. Each row of dZ2 is an example, so it stands first: dZ2 @ W2.T."
)
def back_weights_first(X, y, params, cache):
    dZ2 = cache["A2"] - y
    (dW2, db2), dA1 = averaged_gradients(cache["A1"], dZ2), params["W2"].T @ dZ2
    dW1, db1 = averaged_gradients(X, dA1 * (cache["Z1"] > 0))
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


@backward.mistake(
    "A1 @ dZ2 does not fit: both have a row for each example. Transpose A1: A1.T @ dZ2 / m."
)
def back_activations_untransposed(X, y, params, cache):
    return backward_with(
        X, y, params, cache, second=untransposed_gradients, first=untransposed_gradients
    )


@backward.mistake(
    "X @ dZ1 does not fit: both have a row for each example. Transpose X: X.T @ dZ1 / m."
)
def back_inputs_untransposed(X, y, params, cache):
    return backward_with(X, y, params, cache, first=untransposed_gradients)


@backward.mistake(
    "One of A2 and y was flattened: their difference pairs every example with every other. Keep "
    "both as they are."
)
def back_all_pairs(X, y, params, cache):
    return backward_with(X, y, params, cache, error=lambda A2, y: A2.ravel() - y)


@backward.mistake(
    "dZ2 @ W2.T is a matrix product. With *, it works for one output only; several add up."
)
def back_entry_by_entry(X, y, params, cache):
    dZ2 = cache["A2"] - y
    dZ1 = through_relu(dZ2 * params["W2"].T, cache["Z1"])
    (dW1, db1), (dW2, db2) = averaged_gradients(X, dZ1), averaged_gradients(cache["A1"], dZ2)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def _but(X, y, params, cache, **wrong):
    """Replace some gradients of the right answer."""
    grads = backward.reference(X, y, params, cache)
    return grads | {key: change(grads[key], len(X)) for key, change in wrong.items()}


@backward.mistake("dW2 alone is m times too large: divide A1.T @ dZ2 by m.")
def back_second_weights_summed(X, y, params, cache):
    return _but(X, y, params, cache, dW2=lambda g, m: g * m)


@backward.mistake("dW1 alone is m times too large: divide X.T @ dZ1 by m.")
def back_first_weights_summed(X, y, params, cache):
    return _but(X, y, params, cache, dW1=lambda g, m: g * m)


@backward.mistake("dW1 alone is divided by m twice. Once is enough.")
def back_first_weights_averaged_twice(X, y, params, cache):
    return _but(X, y, params, cache, dW1=lambda g, m: g / m)


@backward.mistake("db1 lost a dimension. Add keepdims=True: then it is a row, (1, n1).")
def back_first_bias_flat(X, y, params, cache):
    return _but(X, y, params, cache, db1=lambda g, m: g.ravel())


@backward.mistake("db2 lost a dimension. Add keepdims=True: then it is a row, (1, n_out).")
def back_second_bias_flat(X, y, params, cache):
    return _but(X, y, params, cache, db2=lambda g, m: g.ravel())


@backward.mistake("db2 is a single number. It is a row like b2: axis=0, keepdims=True.")
def back_second_bias_number(X, y, params, cache):
    return _but(X, y, params, cache, db2=lambda g, m: np.mean(g))


@backward.mistake(
    "db1 and db2 lost a dimension, and are m times too large: means, not sums, with keepdims=True."
)
def back_biases_summed_flat(X, y, params, cache):
    def flat(g, m):
        return g.ravel() * m

    return _but(X, y, params, cache, db1=flat, db2=flat)


@backward.mistake(
    "dW1 and dW2 are divided by 2, as in the example with two rows. Batches have m rows: len(X)."
)
def back_over_two(X, y, params, cache):
    def halved(g, m):
        return g * m / 2

    return _but(X, y, params, cache, dW1=halved, dW2=halved)


@backward.mistake("Only the second layer's gradients are there. Go on: dA1, dZ1, dW1 and db1.")
def back_stops_halfway(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: grads[key] for key in ("dW2", "db2")}


@backward.mistake(
    "The mask is −1 where Z1 is negative: np.sign. ReLU's slope there is 0: use (Z1 > 0)."
)
def back_mask_of_signs(X, y, params, cache):
    return backward_with(X, y, params, cache, through=lambda dA, Z: dA * np.sign(Z))


@backward.mistake(
    "db1 and db2 are divided by m twice: the error already carries 1/m. Then add it up for db, do "
    "not average again."
)
def back_biases_averaged_twice(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g / len(X) if "b" in key else g for key, g in grads.items()}


@backward.mistake(
    "All gradients are divided by y.size, which counts the outputs too. m is the number of "
    "examples, len(X)."
)
def back_over_labels(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g * len(X) / y.size for key, g in grads.items()}


@backward.mistake("The hidden layer has ReLU. 1 − A1² is the slope of tanh; ReLU's is (Z1 > 0).")
def back_tanh_slope(X, y, params, cache):
    return backward_with(X, y, params, cache, through=lambda dA, Z: dA * (1 - cache["A1"] ** 2))


@backward.mistake(
    "The hidden layer has ReLU. A1(1 − A1) is the slope of a sigmoid; ReLU's is (Z1 > 0)."
)
def back_sigmoid_slope_of_activations(X, y, params, cache):
    A1 = cache["A1"]
    return backward_with(X, y, params, cache, through=lambda dA, Z: dA * A1 * (1 - A1))


@backward.mistake(
    "The error begins with the sum Z2 in place of the output. It is A2 − y, with A2 = sigmoid(Z2)."
)
def back_from_the_sum(X, y, params, cache):
    return backward_with(X, y, params, {**cache, "A2": cache["Z2"]})


@backward.mistake(
    "The forward pass was done again, and without the biases. The cache holds its numbers: "
    'cache["A1"], cache["Z1"], cache["A2"].'
)
def back_without_biases_forward(X, y, params, cache):
    unbiased = {key: 0 * P if "b" in key else P for key, P in params.items()}
    return backward_with(X, y, params, forward(X, unbiased)[1])


@backward.mistake(
    "The error goes back through the notebook's own W2, from the example. Take the one of this "
    'call: params["W2"].'
)
def back_through_the_notebooks_weights(X, y, params, cache):
    W2 = asd_batch()[2]["W2"]
    return backward_with(
        X, y, params, cache, W2=lambda W, dW: W2, through=lambda dA, Z: dA * (Z > 0)
    )


@backward.mistake(
    "This uses the notebook's dA1, from the example with two rows. Compute it here: "
    'dA1 = dZ2 @ params["W2"].T.'
)
def back_with_the_notebooks_error(X, y, params, cache):
    X0, y0, params0 = asd_batch()
    dA1 = (forward(X0, params0)[0] - y0) @ params0["W2"].T
    return backward_with(X, y, params, cache, through=lambda dA, Z: dA1 * (Z > 0))


def _stepped(X, y, params, cache, lr):
    """Let W2 step in place, before the error goes back through it."""
    dZ2 = cache["A2"] - y
    dW2, db2 = averaged_gradients(cache["A1"], dZ2)
    params["W2"] -= lr * dW2
    dW1, db1 = averaged_gradients(X, through_relu(dZ2 @ params["W2"].T, cache["Z1"]))
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


@backward.mistake(
    'params["W2"] itself took a step of size 0.005, before the error went back through it. Leave '
    "params as they are; the update is the next exercise."
)
def back_updated_in_place(X, y, params, cache):
    return _stepped(X, y, params, cache, 0.005)


@backward.mistake(
    'params["W2"] itself took a step of size 0.1, before the error went back through it. Leave '
    "params as they are; the update is the next exercise."
)
def back_updated_in_place_by_a_tenth(X, y, params, cache):
    return _stepped(X, y, params, cache, 0.1)


@backward.mistake(
    "The gradients are right, but the arrays in params are changed. backward only returns "
    "gradients; new parameters are made in the next exercise."
)
def back_and_update(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    for name in params:
        params[name] -= 0.1 * grads[f"d{name}"]
    return grads


@backward.mistake(
    "The gradients are right, but something in cache was changed in place, as -= or *= does. Make "
    'a new array: dZ2 = cache["A2"] - y.'
)
def back_in_place(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    cache["A2"] -= y
    return grads


@backward.mistake(
    "All gradients are twice too large: dZ2 is A2 − y. A 2 belongs to the squared error, which is "
    "another loss."
)
def back_doubled(X, y, params, cache):
    return backward_with(X, y, params, cache, error=lambda A2, y: 2 * (A2 - y))


@backward.mistake(
    "dZ1 holds True and False: the comparison is made last. Put parentheses around the mask, "
    "dA1 * (Z1 > 0)."
)
def back_mask_without_parentheses(X, y, params, cache):
    return backward_with(X, y, params, cache, through=lambda dA, Z: dA * Z > 0)


@backward.mistake(
    "The mask asks once for all examples: is the neuron open in any? A gate belongs to a neuron "
    "and an example: use (Z1 > 0) itself."
)
def back_mask_for_all(X, y, params, cache):
    return backward_with(X, y, params, cache, through=lambda dA, Z: dA * (Z > 0).any(axis=0))


@backward.mistake("The sign of the first error is lost. dZ2 is A2 − y, without absolute value.")
def back_without_sign(X, y, params, cache):
    return backward_with(X, y, params, cache, error=lambda A2, y: abs(A2 - y))


@backward.variant
def back_mean_folded_in(X, y, params, cache):
    dZ2 = (cache["A2"] - y) / y.shape[0]
    dZ1 = np.dot(dZ2, params["W2"].T)
    dZ1[cache["A1"] == 0] = 0
    return {
        "dW2": np.dot(cache["A1"].T, dZ2),
        "db2": np.sum(dZ2, axis=0, keepdims=True),
        "dW1": np.dot(X.T, dZ1),
        "db1": np.sum(dZ1, axis=0, keepdims=True),
    }


@backward.variant
def back_with_more_keys(X, y, params, cache):
    dZ2 = output_error.reference(cache["A2"], y)
    dW2, db2 = output_gradients.reference(cache["A1"], dZ2)
    dZ1 = hidden_error.reference(dZ2, params["W2"], cache["Z1"])
    dW1, db1 = output_gradients.reference(X, dZ1)
    return {"dZ2": dZ2, "dZ1": dZ1, "dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


@backward.variant
def back_computed_anew(X, y, params, cache):
    return true_backward(X, y, params, forward(X, params)[1])
