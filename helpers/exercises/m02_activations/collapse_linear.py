"""Two linear layers in one."""

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.exercises.m02_activations._cases import draw
from helpers.reference import forward_pass


def two_layers(rng: np.random.Generator) -> list[Case]:
    """Make pairs of linear layers of all shapes, a square one among them."""
    return [
        (
            np.array([[1.0, -2.0, 0.5], [0.0, 1.5, 3.0]]),
            np.array([[0.5, -1.0, 2.0]]),
            np.array([[2.0, 0.0, 1.0, -1.0], [1.0, 1.0, -0.5, 0.0], [0.0, 4.0, 2.0, 1.0]]),
            np.array([[0.25, -0.5, 1.0, 3.0]]),
        ),
        *(
            (draw(rng, i, h), draw(rng, 1, h), draw(rng, h, o), draw(rng, 1, o))
            for i, h, o in ((5, 2, 3), (3, 3, 3), (4, 7, 2))
        ),
    ]


@exercise(
    "2.6",
    "two linear layers in one",
    cases=two_layers,
    whole=("W1",),
    hints=(
        "Put the first layer's output into the second: (X @ W1 + b1) @ W2 + b2. Then multiply out.",
        "X @ (W1 @ W2) + (b1 @ W2 + b2): what stands with X is W, the rest is b",
        "return W1 @ W2, b1 @ «W2» + «b2»",
    ),
    returns=("W", "b"),
    parts=("W", "b"),
)
def collapse_linear(W1, b1, W2, b2):
    return forward_pass.collapse_linear(W1, b1, W2, b2)


@collapse_linear.mistake("b1 is missing. It goes through the second layer as well: b1 @ W2 + b2.")
def first_bias_missing(W1, b1, W2, b2):
    return W1 @ W2, b2


@collapse_linear.mistake("b2 is missing. The second layer adds it at the end: b1 @ W2 + b2.")
def second_bias_missing(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2


@collapse_linear.mistake("b1 goes through the second layer too, so it is multiplied by W2 first.")
def biases_added(W1, b1, W2, b2):
    return W1 @ W2, b1 + b2


@collapse_linear.mistake(
    "The order is turned around. X meets W1 first: X @ W1 @ W2. W2 @ W1 belongs to the "
    "convention with examples in columns."
)
def order_turned(W1, b1, W2, b2):
    return W2 @ W1, b1 @ W2 + b2


@collapse_linear.mistake(
    "Both orders are turned around: this is the formula for examples in columns. "
    "With examples in rows it is W1 @ W2 and b1 @ W2 + b2."
)
def columns_convention(W1, b1, W2, b2):
    return W2 @ W1, W2 @ b1 + b2


@collapse_linear.mistake("The bias is turned around: write b1 @ W2, so that the row b1 meets W2.")
def bias_order_turned(W1, b1, W2, b2):
    return W1 @ W2, W2 @ b1 + b2


@collapse_linear.mistake("* multiplies entry by entry. Layers follow each other with @.")
def entry_by_entry(W1, b1, W2, b2):
    return W1 * W2, b1 * W2 + b2


@collapse_linear.mistake("Only b1 @ W2 is multiplied by W2. b2 comes last and is left as it is.")
def second_bias_multiplied(W1, b1, W2, b2):
    return W1 @ W2, (b1 + b2) @ W2


@collapse_linear.mistake("The bias stays a row of shape (1, n_out). Leave out the ravel or [0].")
def bias_flat(W1, b1, W2, b2):
    return W1 @ W2, (b1 @ W2 + b2).ravel()


@collapse_linear.mistake("The two values are swapped: return W first, then b.")
def values_swapped(W1, b1, W2, b2):
    return b1 @ W2 + b2, W1 @ W2


@collapse_linear.mistake("This is the weights only. Return two values: return W, b.")
def weights_only(W1, b1, W2, b2):
    return W1 @ W2


@collapse_linear.variant
def collapsed_by_dot(W1, b1, W2, b2):
    return [W1.dot(W2), b2 + b1.dot(W2)]


@collapse_linear.variant
def collapsed_by_einsum(W1, b1, W2, b2):
    return np.einsum("ij,jk->ik", W1, W2), np.einsum("ij,jk->ik", b1, W2) + b2


@collapse_linear.variant
def collapsed_by_probing(W1, b1, W2, b2):
    def network(X):
        return (X @ W1 + b1) @ W2 + b2

    b = network(np.zeros((1, len(W1))))
    return network(np.eye(len(W1))) - b, b


@collapse_linear.variant
def collapsed_with_a_row_of_ones(W1, b1, W2, b2):
    both = np.vstack([W1, b1]) @ W2
    return both[:-1], both[-1:] + b2
