"""The slope of the cross-entropy."""

import numpy as np

from helpers.checks.cases import chances, column, labels
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m04_loss._cases import surprises


def labels_and_inner_chances(rng: np.random.Generator) -> list[Case]:
    """Make predictions strictly inside (0, 1), some near its ends."""
    return [
        (column(1, 0, 1, 1, 0), column(0.9, 0.2, 0.4, 0.7, 0.55)),
        (labels(rng, 7), chances(rng, 7)),
        (labels(rng, 5), chances(rng, 5)),
        (column(1, 0, 0, 1), column(0.001, 0.999, 0.001, 0.999)),
        (column(0, 1), column(0.5, 0.5)),
    ]


@exercise(
    "4.3",
    "the slope of the cross-entropy",
    cases=labels_and_inner_chances,
    hints=(
        "Differentiate each of the two terms by a. The derivative of log(a) is 1/a; that of "
        "log(1 − a) is −1/(1 − a). One slope for each row, no mean.",
        "dL/da = −y/a + (1 − y)/(1 − a), which is the same as (a − y) / (a(1 − a))",
        "return -y / a + (1 - y) / («1 - a»)",
    ),
)
def bce_derivative(y, a):
    return (a - y) / (a * (1 - a))


@bce_derivative.mistake(
    "The sign is turned around. For label 1 the loss falls as a grows, so the slope is negative: "
    "-y / a, and a - y on top."
)
def slope_turned_around(y, a):
    return (y - a) / (a * (1 - a))


@bce_derivative.mistake(
    "The second term has the wrong sign. Inside log(1 - a) stands -a, which brings one more minus: "
    "+ (1 - y) / (1 - a)."
)
def inner_minus_forgotten(y, a):
    return -y / a - (1 - y) / (1 - a)


@bce_derivative.mistake("The slope for label 0 is missing. Add (1 - y) / (1 - a).")
def slope_of_the_first_term(y, a):
    return -y / a


@bce_derivative.mistake("The slope for label 1 is missing. Add -y / a.")
def slope_of_the_second_term(y, a):
    return (1 - y) / (1 - a)


@bce_derivative.mistake(
    "a - y is the slope with respect to z, behind a sigmoid. With respect to a, divide it by "
    "a(1 - a)."
)
def slope_by_z(y, a):
    return a - y


@bce_derivative.mistake(
    "Multiplied by a(1 - a) instead of divided by it. Dividing makes the slope steep near 0 and 1."
)
def multiplied_by_the_sigmoid_slope(y, a):
    return (a - y) * a * (1 - a)


@bce_derivative.mistake(
    "Brackets: x / a * (1 - a) first divides by a, then multiplies. Write x / (a * (1 - a))."
)
def brackets_missing(y, a):
    return (a - y) / a * (1 - a)


@bce_derivative.mistake(
    "Divided by m: that is the slope of the mean. Here each row gets the slope of its own loss."
)
def slope_of_the_mean(y, a):
    return (a - y) / (a * (1 - a)) / len(y)


@bce_derivative.mistake("The slopes are averaged. Return one for each row, in the shape of a.")
def slopes_averaged(y, a):
    return np.mean((a - y) / (a * (1 - a)))


@bce_derivative.mistake("The slopes are summed. Return one for each row, in the shape of a.")
def slopes_summed(y, a):
    return np.sum((a - y) / (a * (1 - a)))


@bce_derivative.mistake("These are the losses themselves. Return their derivatives: log(a) → 1/a.")
def losses_instead_of_slopes(y, a):
    return surprises(y, a, 1e-12)


@bce_derivative.mistake("The labels are mixed up: 1/a goes with y, and 1/(1 - a) goes with 1 - y.")
def slopes_with_labels_mixed_up(y, a):
    return -(1 - y) / a + y / (1 - a)


@bce_derivative.mistake(
    "One column was flattened or transposed and the other was not, so this is an (m, m) table of "
    "all pairs. Keep both as columns, (m, 1)."
)
def slopes_of_all_pairs(y, a):
    a = np.ravel(a)
    return (a - y) / (a * (1 - a))


@bce_derivative.mistake("The slopes are flat, (m,). Keep the column: the shape of a is (m, 1).")
def slopes_flattened(y, a):
    return np.ravel((a - y) / (a * (1 - a)))


@bce_derivative.mistake(
    "The first term has the wrong sign. Both slopes come out positive, but for label 1 the loss "
    "falls as a grows: -y / a."
)
def first_sign_forgotten(y, a):
    return y / a + (1 - y) / (1 - a)


@bce_derivative.mistake("Brackets: a - y / x divides y only. Write (a - y) / (a * (1 - a)).")
def brackets_missing_on_top(y, a):
    return a - y / (a * (1 - a))


@bce_derivative.mistake(
    "Brackets: (1 - y) / 1 - a divides by 1 and then subtracts a. Write (1 - y) / (1 - a)."
)
def brackets_missing_below(y, a):
    return -y / a + (1 - y) / 1 - a


@bce_derivative.mistake("Brackets: 1 - y / (1 - a) divides y only. Write (1 - y) / (1 - a).")
def brackets_missing_around_one_minus_y(y, a):
    return -y / a + 1 - y / (1 - a)


def _measured(y, a, h):
    """Measure the slope of each row with a nudge of h up and down."""
    return (surprises(y, a + h, 1e-12) - surprises(y, a - h, 1e-12)) / (2 * h)


@bce_derivative.mistake(
    "Nearly right: this is a measured slope, with h = 1e-4. The exercise wants the formula."
)
def measured_with_a_large_step(y, a):
    return _measured(y, a, 1e-4)


@bce_derivative.mistake(
    "Nearly right: this is a measured slope, with h = 1e-5. The exercise wants the formula."
)
def measured_with_a_step(y, a):
    return _measured(y, a, 1e-5)


@bce_derivative.mistake(
    "Nearly right: this is a measured slope, with h = 1e-6. The exercise wants the formula."
)
def measured_with_a_small_step(y, a):
    return _measured(y, a, 1e-6)


@bce_derivative.mistake(
    "Nearly right: this is a slope measured with a nudge up only, h = 1e-6. The exercise wants "
    "the formula."
)
def measured_upward_only(y, a):
    return (surprises(y, a + 1e-6, 1e-12) - surprises(y, a, 1e-12)) / 1e-6


@bce_derivative.variant
def slopes_term_by_term(y, a):
    return -(y / a) + (1 - y) / (1 - a)


@bce_derivative.variant
def slopes_with_where(y, a):
    return np.where(y == 1, -1 / a, 1 / (1 - a))


@bce_derivative.variant
def slopes_as_lists(y, a):
    return [[-1 / p if t == 1 else 1 / (1 - p)] for (t,), (p,) in zip(y.tolist(), a.tolist())]


@bce_derivative.variant
def slopes_of_clipped_chances(y, a):
    a = np.clip(a, 1e-12, 1 - 1e-12)
    return -(y - a) / (a - a**2)
