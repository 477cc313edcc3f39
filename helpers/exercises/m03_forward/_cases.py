"""What several exercises of this module share."""

from itertools import pairwise

import numpy as np

from helpers.checks.cases import Code, Seed, hundredths, obeyed
from helpers.checks.comparing import as_array
from helpers.checks.exercise import Case
from helpers.checks.plain import NotPlain, Unusable, plain
from helpers.reference.activations import relu, sigmoid, tanh
from helpers.reference.data import two_two_one

_ENOUGH = 5_000  # weights; fewer say little about where they were drawn from


def described(attempt, sizes, seed):
    """Draw weights, and say of them what does not depend on luck."""
    generators = (np.random.default_rng(int(s)) for s in (seed, seed, seed + 1))
    pairs, repeated, others = (_pairs(attempt(sizes, rng), sizes) for rng in generators)
    weights, biases = zip(*pairs, strict=True)
    facts = {
        "shapes": ", ".join(
            f"W{i} {W.shape} b{i} {b.shape}" for i, (W, b) in enumerate(pairs, start=1)
        ),
        "biases": "all 0" if not any(b.any() for b in biases) else "not all 0",
        "drawn from rng": obeyed(*([W for W, _ in p] for p in (pairs, repeated, others))),
    }
    if all(W.size > _ENOUGH for W in weights):
        facts |= {
            "measured standard deviations": [round(float(W.std()), 4) for W in weights],
            "distributions": [_distribution(W) for W in weights],
        }
    return facts


def _pairs(answer, sizes):
    """Read the answer as a list of pairs of arrays."""
    try:
        answer = plain(answer)
    except NotPlain as error:
        raise Unusable(f"The answer is {error}. It should be a list of pairs (W, b).") from None
    if not isinstance(answer, list | tuple):
        raise Unusable("The answer should be a list of pairs (W, b), one for each layer.")
    if len(answer) != len(sizes) - 1:
        entries = "entry" if len(answer) == 1 else "entries"
        raise Unusable(
            f"The list has {len(answer)} {entries}. Between {len(sizes)} sizes there are "
            f"{len(sizes) - 1} layers with weights, each a pair (W, b)."
        )
    pairs = []
    for entry in answer:
        if not isinstance(entry, list | tuple) or len(entry) != 2:
            raise Unusable("Each entry of the list should be a pair (W, b).")
        W, b = (as_array(part) for part in entry)
        if W is None or b is None or W.size == 0 or b.size == 0:
            raise Unusable("W and b should be arrays of numbers.")
        pairs.append((W, b))
    return pairs


def _distribution(W):
    """Tell a normal distribution from a uniform one by its fourth moment, 3 or 1.8."""
    spread = W.std()
    if spread == 0:
        return "all equal"
    if abs(W.mean()) > 0.1 * spread:
        return "not around 0"
    tails = float(np.mean(((W - W.mean()) / spread) ** 4))
    if abs(tails - 3) < 0.4:
        return "normal"
    return "uniform" if abs(tails - 1.8) < 0.2 else "neither normal nor uniform"


def layer_sizes(rng: np.random.Generator) -> list[Case]:
    """Make the sizes of a small network, and of two that have enough weights to measure."""
    return [
        ((4, 3, 1), Seed(rng.integers(1, 1000))),
        ((100, 300, 40), Seed(rng.integers(1, 1000))),
        ([2, 3, 2, 1], Seed(rng.integers(1, 1000))),
        ([90, 120, 160, 60], Seed(rng.integers(1, 1000))),
    ]


def drawn_layers(sizes, draw, bias=lambda n, k: np.zeros((1, k))):
    return [(draw(n, k), bias(n, k)) for n, k in pairwise(sizes)]


def one_layer(rng: np.random.Generator) -> list[Case]:
    """Make the inputs, weights and biases of one layer, all dimensions different."""
    X, _, params = two_two_one()
    return [
        (hundredths(rng, 5, 4), hundredths(rng, 4, 3), hundredths(rng, 1, 3)),
        (hundredths(rng, 7, 2), hundredths(rng, 2, 6), hundredths(rng, 1, 6)),
        (X, params["W1"], params["b1"]),
        (hundredths(rng, 5, 3), hundredths(rng, 3, 1), hundredths(rng, 1, 1)),
        (np.zeros((2, 3)), hundredths(rng, 3, 4), hundredths(rng, 1, 4)),
    ]


_FUNCTION = {
    Code("np.tanh"): tanh,
    Code("np.arctan"): np.arctan,
    Code("lambda z: np.maximum(0, z)"): relu,
    Code("lambda z: 1 / (1 + np.exp(-z))"): sigmoid,
}


def with_activation(attempt, X, W, b, code):
    """Call a function whose last argument is the activation function that the case names."""
    return attempt(X, W, b, _FUNCTION[code])


def layers_with_activation(rng: np.random.Generator) -> list[Case]:
    """Make one layer for each activation function; one has sums that are exactly 0."""
    hyperbolic, arc, rectified, logistic = _FUNCTION
    cases = []
    for m, n, k, code in (
        (2, 3, 4, rectified),
        (5, 4, 3, rectified),
        (7, 2, 4, logistic),
        (5, 3, 2, hyperbolic),
    ):
        cases.append((hundredths(rng, m, n), hundredths(rng, n, k), hundredths(rng, 1, k), code))
    zeros = (np.zeros((2, 3)), hundredths(rng, 3, 4), np.array([[0.5, 0.0, -1.5, 2.0]]))
    return [*cases, (*zeros, arc)]


def forward_with(X, W1, b1, W2, b2, hidden=relu, output=sigmoid):
    Z1 = X @ W1 + b1
    A1 = hidden(Z1)
    Z2 = A1 @ W2 + b2
    A2 = output(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def identity(Z):
    return Z
