"""The loss of the batch."""

import numpy as np

from helpers.checks import adapters
from helpers.checks.exercise import exercise
from helpers.exercises.m04_loss._cases import TO_THREE_DECIMALS, asd
from helpers.exercises.m04_loss.asd_losses import (
    asd_losses,
    both_with_label_one,
    both_with_label_zero,
    from_published_outputs,
    from_rounded_outputs,
    losses_log2,
    losses_log10,
    losses_squared,
    losses_with_labels_swapped,
)


@exercise(
    "4.6",
    "the loss of the batch",
    cases=lambda rng: [()],
    hints=(
        "The loss of a batch is the mean over its samples. There are two.",
        "L = (Loss₁ + Loss₂) / 2",
        "asd_loss = np.mean(«asd_losses»)",
    ),
    adapter=adapters.value,
    tolerance=TO_THREE_DECIMALS,
    second=True,
)
def asd_loss():
    return float(np.mean(asd_losses.reference()))


@asd_loss.mistake("This is the sum of the two losses. The loss of the batch is their mean.")
def total_of_two():
    return np.sum(asd_losses.reference())


@asd_loss.mistake(
    "This comes from the walkthrough's A2, 0.478 and 0.465, which is wrong. Use the A2 that the "
    "network computes."
)
def mean_from_published_outputs():
    return np.mean(from_published_outputs())


@asd_loss.mistake(
    "This comes from A2 rounded to three decimals. Use A2 itself, and round at the end."
)
def mean_from_rounded_outputs():
    return np.mean(from_rounded_outputs())


@asd_loss.mistake("The sign is turned around: a loss is never negative.")
def negative_mean():
    return -asd_loss.reference()


@asd_loss.mistake("This is the mean to base 10. The loss uses the natural logarithm: np.log.")
def mean_log10():
    return np.mean(losses_log10())


@asd_loss.mistake("This is the mean to base 2. The loss uses the natural logarithm: np.log.")
def mean_log2():
    return np.mean(losses_log2())


@asd_loss.mistake(
    "The labels are swapped. The first sample has label 1 and costs −log(a); the second has "
    "label 0 and costs −log(1 − a)."
)
def mean_with_labels_swapped():
    return np.mean(losses_with_labels_swapped())


@asd_loss.mistake(
    "Both losses use log(a), or A2 was averaged before the logarithm. Take each sample's loss "
    "first; the second has label 0 and costs −log(1 − a)."
)
def mean_with_label_one():
    return np.mean(both_with_label_one())


@asd_loss.mistake("This is the mean of ½(a − y)². Here the loss is cross-entropy.")
def mean_of_squares():
    return np.mean(losses_squared())


@asd_loss.mistake(
    "This is the loss of the first sample alone. The loss of the batch is the mean over both."
)
def first_loss_only():
    return asd_losses.reference()[0]


@asd_loss.mistake(
    "This is the loss of the second sample alone. The loss of the batch is the mean over both."
)
def second_loss_only():
    return asd_losses.reference()[1]


@asd_loss.mistake("These are the two losses. The loss of the batch is their mean, one number.")
def losses_not_averaged():
    return asd_losses.reference()


@asd_loss.mistake(
    "Both losses use log(1 − a), or 1 − A2 was averaged before the logarithm. Take each sample's "
    "loss first; the first has label 1 and costs −log(a)."
)
def mean_with_label_zero():
    return np.mean(both_with_label_zero())


@asd_loss.mistake(
    "This is the mean of the predictions, A2. Take the mean of their losses: np.mean(asd_losses)."
)
def mean_of_predictions():
    return np.mean(asd()[1])


@asd_loss.variant
def mean_to_three_decimals():
    return 0.717


@asd_loss.variant
def mean_as_numpy_number():
    return np.float32(asd_loss.reference())


@asd_loss.variant
def mean_of_rounded_losses():
    return np.array((0.782 + 0.651) / 2)
