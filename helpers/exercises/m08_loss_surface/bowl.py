"""The height of the bowl."""

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.exercises.m08_loss_surface._cases import nonzero_quarters, places
from helpers.reference import surface


def places_that_broadcast(rng: np.random.Generator) -> list[Case]:
    """Make points, and a row of w1 with a column of w2."""
    return [*places(rng), (nonzero_quarters(rng, 1, 4), nonzero_quarters(rng, 3, 1))]


@exercise(
    "8.1",
    "the height of the bowl",
    cases=places_that_broadcast,
    hints=(
        "Square each of the two on its own. Then add the squares.",
        "L = w1² + w2². In Python the square of w1 is w1 ** 2.",
        "return w1 ** 2 + «w2 ** 2»",
    ),
)
def bowl(w1, w2):
    return surface.bowl(w1, w2)


@bowl.mistake("The weights are added and not squared. Square each one: w1 ** 2.")
def added(w1, w2):
    return w1 + w2


@bowl.mistake("The sum is squared. Square each weight first, then add the two squares.")
def square_of_the_sum(w1, w2):
    return (w1 + w2) ** 2


@bowl.mistake("This is the distance from the bottom. The height is its square: leave out the root.")
def distance(w1, w2):
    return np.sqrt(w1**2 + w2**2)


@bowl.mistake("This is half of the height: the bowl has no factor ½.")
def halved(w1, w2):
    return 0.5 * (w1**2 + w2**2)


@bowl.mistake("The second square is subtracted. That is a saddle; a bowl adds both squares.")
def saddle_in_place_of_a_bowl(w1, w2):
    return w1**2 - w2**2


@bowl.mistake("The weights are doubled in place of squared: 2·w is the slope of w². Use w ** 2.")
def doubled(w1, w2):
    return 2 * w1 + 2 * w2


@bowl.mistake("Only w1 counts here. Add the square of w2 as well.")
def only_the_first(w1, w2):
    return w1**2 + 0 * w2


@bowl.mistake("The square of w1 is counted twice, that of w2 not at all.")
def first_twice(w1, w2):
    return w1**2 + w1**2 + 0 * w2


@bowl.mistake("The two weights are multiplied with each other. Square each one, then add.")
def product(w1, w2):
    return w1 * w2


@bowl.mistake("w2 is not squared: add w2 ** 2, not w2.")
def second_not_squared(w1, w2):
    return w1**2 + w2


@bowl.mistake("w1 is not squared: start from w1 ** 2, not w1.")
def first_not_squared(w1, w2):
    return w1 + w2**2


@bowl.mistake("In Python ^ is not a power. The square of w1 is w1 ** 2.")
def with_a_caret(w1, w2):
    return w1 ^ 2 + w2 ^ 2


@bowl.mistake("^ is not a power in Python, brackets or not. The square of w1 is w1 ** 2.")
def with_carets_in_brackets(w1, w2):
    return (w1 ^ 2) + (w2 ^ 2)


@bowl.mistake(
    "Arrays are summed up to one number. The bowl has a height at every point: add the two squares "
    "with +, without np.sum."
)
def summed_up(w1, w2):
    return np.sum(w1**2 + w2**2)


@bowl.mistake(
    "math.pow and float() take one number each, but arrays come in too. Write w1 ** 2, or "
    "np.square(w1)."
)
def with_math(w1, w2):
    import math

    return math.pow(w1, 2) + math.pow(w2, 2)


@bowl.mistake("The sizes of the weights are added, without squares. Square each one: w1 ** 2.")
def sizes_added(w1, w2):
    return np.abs(w1) + np.abs(w2)


@bowl.mistake(
    "A dot product (np.dot, np.inner or @) adds up all the points. The bowl has a height at every "
    "point: w1 ** 2 + w2 ** 2."
)
def by_dot_products(w1, w2):
    return np.dot(w1, w1) + np.dot(w2, w2)


@bowl.mistake(
    "The heights are right, but w1 and w2 were squared where they stand. Make new values: w1 ** 2."
)
def squared_in_place(w1, w2):
    w1 **= 2
    w2 **= 2
    return w1 + w2


@bowl.mistake(
    "np.meshgrid makes a table of all pairs. Here w1 and w2 belong together already, number by "
    "number: w1 ** 2 + w2 ** 2."
)
def all_pairs(w1, w2):
    W1, W2 = np.meshgrid(w1, w2)
    return W1**2 + W2**2


@bowl.variant
def by_products(w1, w2):
    return w1 * w1 + w2 * w2


@bowl.variant
def by_np_square(w1, w2):
    return np.add(np.square(w1), np.square(w2))


@bowl.variant
def by_complex_numbers(w1, w2):
    return np.abs(w1 + 1j * w2) ** 2


@bowl.variant
def by_np_hypot(w1, w2):
    return np.hypot(w1, w2) ** 2
