"""One step of gradient descent."""

import copy

import numpy as np

from helpers.checks.cases import network_params
from helpers.checks.exercise import Case, exercise


def steps_downhill(rng: np.random.Generator) -> list[Case]:
    """Make parameters and gradients; once the gradients come in the order of the way back."""
    cases = []
    for (n, h, k), lr in (((3, 2, 1), 0.1), ((2, 4, 1), 0.005), ((4, 3, 2), 0.5)):
        params, slopes = network_params(rng, n, h, k), network_params(rng, n, h, k)
        grads = {f"d{name}": value for name, value in slopes.items()}
        cases.append((params, grads, lr))
    params, grads, _ = cases[0]
    backwards = {key: grads[key] for key in ("dW2", "db2", "dW1", "db1")}
    flat = {key: np.zeros_like(value) for key, value in grads.items()}
    return [*cases, (params, backwards, 0.25), (params, flat, 1.0)]


@exercise(
    "5.8",
    "one step of gradient descent",
    cases=steps_downhill,
    hints=(
        "Downhill is against the gradient. Make a new dict, and fill it parameter by parameter.",
        "new P = P − lr · dP, for each of W1, b1, W2 and b2",
        "return {name: P - lr * grads[«f'd{name}'»] for name, P in params.items()}",
    ),
    parts=("W1", "b1", "W2", "b2"),
    settings=("lr",),
)
def update(params, grads, lr):
    return {name: P - lr * grads[f"d{name}"] for name, P in params.items()}


@update.mistake("This goes uphill: the step is added. Subtract it: P − lr · dP.")
def step_uphill(params, grads, lr):
    return update.reference(params, grads, -lr)


@update.mistake("The learning rate is missing: subtract lr · dP, not dP itself.")
def step_without_rate(params, grads, lr):
    return update.reference(params, grads, 1)


@update.mistake("The gradient is divided by the learning rate. Multiply: lr · dP.")
def step_over_rate(params, grads, lr):
    return update.reference(params, grads, 1 / lr)


@update.mistake(
    "The new values are right, but they replace the caller's. Fill a new dict, "
    "new[name] = P - lr * dP. No -= here: it writes into the caller's array, even from a copied "
    "dict."
)
def step_in_place(params, grads, lr):
    for name in params:
        params[name] -= lr * grads[f"d{name}"]
    return params


@update.mistake(
    "The new values are right, but the caller's gradients are changed: *= or -= works in place. "
    "Write lr * dP."
)
def step_scales_the_gradients(params, grads, lr):
    for dP in grads.values():
        dP *= lr
    return {name: P - grads[f"d{name}"] for name, P in params.items()}


@update.mistake("The biases stay as they were. They are parameters too: update all four.")
def step_of_weights_only(params, grads, lr):
    return {k: v if "b" in k else v - lr * grads[f"d{k}"] for k, v in params.items()}


@update.mistake("The biases are missing in the new dict. Update all four: W1, b1, W2 and b2.")
def step_without_biases(params, grads, lr):
    new = update.reference(params, grads, lr)
    return {k: v for k, v in new.items() if "W" in k}


@update.mistake("Only the first parameter comes back. Is return inside the loop? Move it out.")
def step_returned_in_the_loop(params, grads, lr):
    return dict([*update.reference(params, grads, lr).items()][:1])


@update.mistake("This is the step, lr · dP. Subtract it from the parameters: P − lr · dP.")
def step_alone(params, grads, lr):
    return {name: lr * grads[f"d{name}"] for name in params}


@update.mistake("The parameters come back as they were. Subtract lr · dP from each.")
def step_not_taken(params, grads, lr):
    return dict(params)


@update.mistake(
    "The learning rate multiplies the parameter as well. It belongs to the gradient only."
)
def step_scales_everything(params, grads, lr):
    return {name: lr * (P - grads[f"d{name}"]) for name, P in params.items()}


@update.mistake('The keys should be those of params, "W1" and so on, without the d.')
def step_with_the_keys_of_gradients(params, grads, lr):
    return {f"d{name}": P for name, P in update.reference(params, grads, lr).items()}


@update.mistake('The gradient of "W1" is found under "dW1". Put a d before the name: "d" + name.')
def step_without_the_d(params, grads, lr):
    return {name: P - lr * grads[name] for name, P in params.items()}


@update.mistake(
    "Parameters and gradients are matched by their position. Their order may differ: look each "
    'gradient up by its name, "d" + name.'
)
def step_by_position(params, grads, lr):
    pairs = zip(params.items(), grads.values(), strict=True)
    return {name: P - lr * dP for (name, P), dP in pairs}


@update.mistake("The learning rate is always 0.005. Use the lr of the call.")
def step_with_fixed_rate(params, grads, lr):
    return update.reference(params, grads, 0.005)


@update.mistake("lr and the gradient are both subtracted. The step is their product: lr · dP.")
def step_subtracts_both(params, grads, lr):
    return {name: P - lr - grads[f"d{name}"] for name, P in params.items()}


@update.mistake("The step is divided by 2. The batch is averaged already: subtract lr · dP.")
def step_halved(params, grads, lr):
    return update.reference(params, grads, lr / 2)


@update.mistake("Return a dict with the keys of params, not a tuple of arrays.")
def step_as_a_tuple(params, grads, lr):
    return tuple(update.reference(params, grads, lr).values())


@update.mistake("b1 stays as it was. The rule is for all four parameters.")
def step_without_b1(params, grads, lr):
    return {**update.reference(params, grads, lr), "b1": params["b1"]}


@update.mistake("Only W2 and b2 take the step. W1 and b1 take it too.")
def step_of_the_last_layer(params, grads, lr):
    new = update.reference(params, grads, lr)
    return {**params, "W2": new["W2"], "b2": new["b2"]}


@update.mistake("Every parameter shrinks by the factor 1 − lr. Subtract lr times its gradient.")
def step_that_only_shrinks(params, grads, lr):
    return {name: P * (1 - lr) for name, P in params.items()}


@update.variant
def step_by_four_lines(params, grads, lr):
    return {
        "W1": params["W1"] - lr * grads["dW1"],
        "b1": params["b1"] - lr * grads["db1"],
        "W2": params["W2"] - lr * grads["dW2"],
        "b2": params["b2"] - lr * grads["db2"],
    }


@update.variant
def step_in_a_deep_copy(params, grads, lr):
    new = copy.deepcopy(params)
    for name in new:
        new[name] -= lr * grads["d" + name]
    return new


@update.variant
def step_by_the_gradients(params, grads, lr):
    new = {}
    for key, dP in grads.items():
        new[key[1:]] = params[key[1:]] + -lr * dP
    return new
