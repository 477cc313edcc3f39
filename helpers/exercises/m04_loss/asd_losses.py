"""The losses of the two samples."""

import numpy as np

from helpers.checks import adapters
from helpers.checks.exercise import exercise
from helpers.exercises.m04_loss._cases import TO_THREE_DECIMALS, asd, surprises, two_losses


@exercise(
    "4.6",
    "the losses of the two samples",
    cases=lambda rng: [()],
    hints=(
        "The first sample has label 1, so only log(a) counts. The second has label 0, so only "
        "log(1 − a) counts. Use A2 with all its digits.",
        "Loss₁ = −log(a₁)  and  Loss₂ = −log(1 − a₂)",
        "asd_losses = [-np.log(A2[0, 0]), -np.log(«1 - A2[1, 0]»)]",
    ),
    adapter=adapters.value,
    view=two_losses,
    tolerance=TO_THREE_DECIMALS,
)
def asd_losses():
    y, a = asd()
    return surprises(y, a, 1e-12)


@asd_losses.mistake(
    "These come from the walkthrough's A2, 0.478 and 0.465, which is wrong. Use the A2 that the "
    "network computes."
)
def from_published_outputs():
    return [-np.log(0.478), -np.log(1 - 0.465)]


@asd_losses.mistake(
    "These come from A2 rounded to three decimals, which moves the losses by 0.001. Use A2 itself."
)
def from_rounded_outputs():
    y, a = asd()
    return surprises(y, a.round(3), 1e-12)


@asd_losses.mistake("The sign is turned around: a loss is never negative. Put a minus first.")
def negative_losses():
    return -asd_losses.reference()


@asd_losses.mistake("This is the logarithm to base 10. The loss uses the natural one: np.log.")
def losses_log10():
    y, a = asd()
    return surprises(y, a, 1e-12, np.log10)


@asd_losses.mistake("This is the logarithm to base 2. The loss uses the natural one: np.log.")
def losses_log2():
    y, a = asd()
    return surprises(y, a, 1e-12, np.log2)


@asd_losses.mistake(
    "The labels are swapped. The first sample has label 1 and costs −log(a); the second has "
    "label 0 and costs −log(1 − a)."
)
def losses_with_labels_swapped():
    y, a = asd()
    return surprises(1 - y, a, 1e-12)


@asd_losses.mistake(
    "Both losses use log(a). The second sample has label 0: the chance given to its truth is 1 − a."
)
def both_with_label_one():
    return -np.log(asd()[1])


@asd_losses.mistake("The two losses are in the wrong order: the first sample comes first.")
def losses_in_wrong_order():
    return asd_losses.reference()[::-1]


@asd_losses.mistake("These are ½(a − y)², the squared errors. Here the loss is cross-entropy.")
def losses_squared():
    y, a = asd()
    return 0.5 * (a - y) ** 2


@asd_losses.mistake("These are the errors |a − y|. Take the logarithm: −log(a) and −log(1 − a).")
def losses_are_errors():
    y, a = asd()
    return np.abs(a - y)


@asd_losses.mistake(
    "Each loss is divided by 2 already. These are the samples' own losses; the mean comes next."
)
def losses_divided_by_m():
    return asd_losses.reference() / 2


@asd_losses.mistake(
    "Both losses use log(1 − a). The first sample has label 1: the chance given to its truth is a."
)
def both_with_label_zero():
    return -np.log(1 - asd()[1])


@asd_losses.mistake(
    "These are the predictions, A2. Their losses are asked for: −log(a) and −log(1 − a)."
)
def predictions_handed_in():
    return asd()[1]


@asd_losses.variant
def losses_to_three_decimals():
    return [0.782, 0.651]


@asd_losses.variant
def losses_as_a_column():
    return np.array([[0.7820], [0.6513]])


@asd_losses.variant
def losses_as_a_tuple():
    return tuple(asd_losses.reference())


@asd_losses.variant
def losses_as_numpy_numbers():
    return [np.float64(0.78204), np.float32(0.65125)]
