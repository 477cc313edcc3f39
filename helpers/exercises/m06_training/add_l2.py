"""The gradient of the L2 penalty."""

import numpy as np

from helpers import reference
from helpers.checks.exercise import exercise
from helpers.exercises.m06_training._cases import penalties


@exercise(
    "6.5",
    "the gradient of the L2 penalty",
    cases=penalties,
    hints=(
        "Make a new dict. The two weight matrices get something added, the two biases are taken "
        "over as they are.",
        "dW1 + (λ/m)·W1 and dW2 + (λ/m)·W2; db1 and db2 unchanged",
        'new = dict(grads)\nfor key in ("W1", "W2"):\n'
        '    new[f"d{key}"] = grads[f"d{key}"] + «lam / m» * params[key]\nreturn new',
    ),
    parts=("dW1", "db1", "dW2", "db2"),
    settings=("lam",),
)
def add_l2(grads, params, lam, m):
    return _decayed(grads, params, lam / m)


def _decayed(grads, params, factor, keys=("W1", "W2"), of=lambda P: P):
    return grads | {f"d{key}": grads[f"d{key}"] + factor * of(params[key]) for key in keys}


@add_l2.mistake(
    "The biases are penalized too. L2 leaves them alone: db1 and db2 stay what they were."
)
def biases_decayed(grads, params, lam, m):
    return _decayed(grads, params, lam / m, keys=("W1", "b1", "W2", "b2"))


@add_l2.mistake("The division by m is missing: add (lam / m) times the weights.")
def decay_without_m(grads, params, lam, m):
    return _decayed(grads, params, lam)


@add_l2.mistake(
    "The ½ of the penalty cancels with the 2 of the derivative. The gradient is (lam / m) * W."
)
def half_in_the_gradient(grads, params, lam, m):
    return _decayed(grads, params, lam / (2 * m))


@add_l2.mistake("The factor is twice too large: (λ/2m)·W² has the derivative (λ/m)·W.")
def two_in_the_gradient(grads, params, lam, m):
    return _decayed(grads, params, 2 * lam / m)


@add_l2.mistake(
    "The penalty is subtracted. Add its gradient: the step then subtracts it, and weights shrink."
)
def decay_subtracted(grads, params, lam, m):
    return _decayed(grads, params, -lam / m)


@add_l2.mistake("W is squared here. The square is in the penalty; its derivative has W itself.")
def decay_of_squares(grads, params, lam, m):
    return _decayed(grads, params, lam / m, of=np.square)


@add_l2.mistake(
    "Every weight gets the same amount with its sign. That is L1. L2 adds (lam / m) * W."
)
def decay_of_signs(grads, params, lam, m):
    return _decayed(grads, params, lam / m, of=np.sign)


@add_l2.mistake("The size of each weight is added, without its sign. Add (lam / m) * W itself.")
def decay_of_sizes(grads, params, lam, m):
    return _decayed(grads, params, lam / m, of=np.abs)


@add_l2.mistake(
    "The gradients are lost: only the penalty comes back. Add it to dW1 and dW2, for example with "
    "grads[...] + (lam / m) * params[...]."
)
def penalty_alone(grads, params, lam, m):
    return grads | {f"d{key}": lam / m * params[key] for key in ("W1", "W2")}


@add_l2.mistake("Only W2 is penalized. W1 holds weights, too.")
def second_layer_decayed(grads, params, lam, m):
    return _decayed(grads, params, lam / m, keys=("W2",))


@add_l2.mistake("Only W1 is penalized. W2 holds weights, too.")
def first_layer_decayed(grads, params, lam, m):
    return _decayed(grads, params, lam / m, keys=("W1",))


@add_l2.mistake(
    "The numbers are right, but the caller's grads are changed: by += or by a new value in the old "
    "dict. A copy of the dict still shares its arrays: make new ones with a + b."
)
def decayed_in_place(grads, params, lam, m):
    for key in ("W1", "W2"):
        grads[f"d{key}"] += lam / m * params[key]
    return grads


@add_l2.mistake("The gradients of the biases are missing. Hand them on as they are: db1 and db2.")
def weights_only(grads, params, lam, m):
    new = _decayed(grads, params, lam / m)
    return {"dW1": new["dW1"], "dW2": new["dW2"]}


@add_l2.mistake(
    "The keys have lost their d. The dict that comes back holds gradients: dW1, db1, dW2, db2."
)
def keys_without_d(grads, params, lam, m):
    return {key[1:]: value for key, value in _decayed(grads, params, lam / m).items()}


@add_l2.mistake(
    "m is the number of training rows, and it is passed in. Here the size of a matrix is taken, "
    "such as len(W1)."
)
def divided_by_the_size(grads, params, lam, m):
    return grads | {
        f"d{key}": grads[f"d{key}"] + lam / len(params[key]) * params[key] for key in ("W1", "W2")
    }


@add_l2.mistake(
    "The gradient is multiplied by (lam / m), too. Only the weights are: grads + (lam / m) * W."
)
def gradient_scaled_too(grads, params, lam, m):
    return grads | {f"d{key}": lam / m * (grads[f"d{key}"] + params[key]) for key in ("W1", "W2")}


@add_l2.mistake(
    "grads has the keys dW1, db1, dW2, db2, and params has W1, b1, W2, b2. One is asked for a key "
    'of the other: build the names with f"d{key}".'
)
def keys_mixed_up(grads, params, lam, m):
    return {key: grads[key] + lam / m * params[key] for key in ("W1", "W2")}


@add_l2.mistake(
    "grads has the keys dW1, db1, dW2, db2, and params has W1, b1, W2, b2. For the weights that "
    "belong to dW1, ask params for W1: key[1:] leaves the d out."
)
def gradient_keys_for_params(grads, params, lam, m):
    return {key: grads[key] + lam / m * params[key] for key in grads}


@add_l2.mistake(
    "Two things: the division by m is missing, and the biases are penalized too. PyTorch's "
    "weight_decay does both; here it is (lam / m) * W, for the weights alone."
)
def weight_decay_of_pytorch(grads, params, lam, m):
    return _decayed(grads, params, lam, keys=("W1", "b1", "W2", "b2"))


@add_l2.mistake(
    "The penalty itself is added, one number for all weights. Add its gradient, (lam / m) * W, "
    "which has a number for each weight."
)
def penalty_in_the_gradient(grads, params, lam, m):
    return _decayed(grads, params, lam / (2 * m), of=lambda P: np.sum(P**2))


@add_l2.mistake(
    "The gradient of the loss is divided by m as well. It is a mean already: divide lam alone."
)
def all_divided_by_m(grads, params, lam, m):
    new = _decayed(grads, params, lam)
    return new | {key: new[key] / m for key in ("dW1", "dW2")}


@add_l2.mistake(
    "A part of the gradient itself is added. The penalty pulls at the weights: add (lam / m) times "
    'params["W1"], and the same for W2.'
)
def gradient_added_to_itself(grads, params, lam, m):
    return grads | {key: (1 + lam / m) * grads[key] for key in ("dW1", "dW2")}


@add_l2.variant
def decayed_key_by_key(grads, params, lam, m):
    new = {}
    for key, gradient in grads.items():
        new[key] = gradient.copy()
        if key.startswith("dW"):
            new[key] += (lam * params[key[1:]]) / m
    return new


@add_l2.variant
def decayed_written_out(grads, params, lam, m):
    return {
        "dW1": grads["dW1"] + (lam / m) * params["W1"],
        "db1": grads["db1"],
        "dW2": grads["dW2"] + (lam / m) * params["W2"],
        "db2": grads["db2"],
    }


@add_l2.variant
def decayed_by_the_reference(grads, params, lam, m):
    return reference.add_l2(grads, params, lam, m)
