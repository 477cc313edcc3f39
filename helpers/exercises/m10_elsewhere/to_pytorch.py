"""Carry weights over to PyTorch."""

import numpy as np

from helpers.checks.cases import network_params
from helpers.checks.exercise import Case, exercise
from helpers.reference import asd_batch, two_two_one


def networks(rng: np.random.Generator) -> list[Case]:
    """Make networks of several sizes; a square matrix does not show a missing transposition."""
    return [
        (asd_batch()[2],),
        (network_params(rng, 5, 3, 2),),
        (two_two_one()[2],),
        (network_params(rng, 2, 7, 1),),
    ]


@exercise(
    "10.1",
    "carry weights over to PyTorch",
    cases=networks,
    hints=(
        "Compare the shapes in the table above: which two of the four arrays lie on their side, "
        "and which two have one dimension less?",
        "weight = Wᵀ, (n_out, n_in); bias = b without its first axis, (n_out,).",
        'return {"hidden.weight": params["W1"].T, "hidden.bias": params["b1"][0], '
        '"output.weight": «params["W2"].T», "output.bias": «params["b2"][0]»}',
    ),
    parts=("hidden.weight", "hidden.bias", "output.weight", "output.bias"),
)
def to_pytorch(params):
    return renamed(params["W1"].T, params["b1"][0], params["W2"].T, params["b2"][0])


def renamed(W1, b1, W2, b2):
    return {"hidden.weight": W1, "hidden.bias": b1, "output.weight": W2, "output.bias": b2}


@to_pytorch.mistake(
    "The weights are as NumPy has them. PyTorch's Linear keeps one row for each output: (n_out, "
    "n_in), so transpose."
)
def not_transposed(params):
    return renamed(params["W1"], params["b1"][0], params["W2"], params["b2"][0])


@to_pytorch.mistake(
    "reshape gives the right shape and puts the numbers in wrong places: it keeps their order. "
    "Rows become columns with .T."
)
def reshaped(params):
    W1, W2 = params["W1"], params["W2"]
    return renamed(
        W1.reshape(W1.shape[::-1]), params["b1"][0], W2.reshape(W2.shape[::-1]), params["b2"][0]
    )


@to_pytorch.mistake(
    "The biases still are rows, (1, n_out). PyTorch has them flat: take the first row, b[0]."
)
def biases_as_rows(params):
    return renamed(params["W1"].T, params["b1"], params["W2"].T, params["b2"])


@to_pytorch.mistake(
    "The biases are columns, (n_out, 1). PyTorch has them flat, (n_out,): take the first row, b[0]."
)
def biases_as_columns(params):
    return renamed(params["W1"].T, params["b1"].T, params["W2"].T, params["b2"].T)


@to_pytorch.mistake("The layers are swapped: hidden belongs to W1 and b1, output to W2 and b2.")
def layers_swapped(params):
    return renamed(params["W2"].T, params["b2"][0], params["W1"].T, params["b1"][0])


@to_pytorch.mistake("Only the first weight is transposed. W2 lies on its side in PyTorch as well.")
def first_transposed_only(params):
    return renamed(params["W1"].T, params["b1"][0], params["W2"], params["b2"][0])


@to_pytorch.mistake(
    'The keys are those of NumPy, "W1" and so on. Use PyTorch\'s: "hidden.weight", "hidden.bias", '
    '"output.weight", "output.bias".'
)
def old_names(params):
    return {name: P.T if name[0] == "W" else P[0] for name, P in params.items()}


@to_pytorch.mistake("The biases are all 0 here. Carry over those of params: they need not be 0.")
def biases_forgotten(params):
    b1, b2 = params["b1"][0], params["b2"][0]
    return renamed(params["W1"].T, np.zeros_like(b1), params["W2"].T, np.zeros_like(b2))


@to_pytorch.variant
def with_ravel(params):
    return renamed(
        params["W1"].transpose(),
        params["b1"].ravel(),
        params["W2"].transpose(),
        params["b2"].ravel(),
    )


@to_pytorch.variant
def in_a_loop(params):
    found = {}
    for layer, k in (("output", 2), ("hidden", 1)):
        found[f"{layer}.bias"] = np.squeeze(params[f"b{k}"], axis=0)
        found[f"{layer}.weight"] = np.swapaxes(params[f"W{k}"], 0, 1).copy()
    return found


@to_pytorch.variant
def as_lists(params):
    return {name: P.tolist() for name, P in to_pytorch.reference(params).items()}
