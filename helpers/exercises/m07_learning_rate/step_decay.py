"""A rate that falls in steps."""

import math

import numpy as np

from helpers.checks.exercise import Case, exercise


def epochs_of_a_staircase(rng: np.random.Generator) -> list[Case]:
    """Make epochs on, before and after a drop, with the default staircase and others."""
    lr = float(rng.integers(2, 60)) / 100
    return [
        (0.1, 25, 0.4, 6),
        (0.1, 25),
        (lr, 0),
        (0.1, 9),
        (0.1, 10),
        (lr, 7),
        (lr, 19, 0.2),
        (0.3, 21, 0.9, 4),
        (lr, 7, 0.1, 3),
        (0.2, 6, 0.25, 3),
        (0.5, 100),
    ]


@exercise(
    "7.4",
    "a rate that falls in steps",
    cases=epochs_of_a_staircase,
    hints=(
        "How many drops have happened by this epoch? Epochs count from 0, and // divides without "
        "a remainder.",
        "lr · drop ** (epoch // every): each finished group of `every` epochs multiplies once more",
        "return lr * drop ** «(epoch // every)»",
    ),
)
def step_decay(lr, epoch, drop=0.5, every=10):
    return lr * drop ** (epoch // every)


@step_decay.mistake(
    "The rate falls a little in every epoch. It should fall in steps: epoch // every, with two "
    "slashes, counts the finished groups."
)
def smooth_decay(lr, epoch, drop=0.5, every=10):
    return lr * drop ** (epoch / every)


@step_decay.mistake(
    "The drops are multiplied by their number. Each drop multiplies once more: drop to the power "
    "epoch // every."
)
def drop_times_count(lr, epoch, drop=0.5, every=10):
    return lr * drop * (epoch // every)


@step_decay.mistake("There is only one drop. Every further group of epochs brings another one.")
def one_drop_only(lr, epoch, drop=0.5, every=10):
    return lr * drop if epoch >= every else lr


@step_decay.mistake(
    "The rate drops at single epochs and jumps back afterwards. It should stay low: count all "
    "drops so far with epoch // every."
)
def drops_and_jumps_back(lr, epoch, drop=0.5, every=10):
    return lr * drop if epoch and epoch % every == 0 else lr


@step_decay.mistake("The exponent is a remainder. % gives what is left over; // counts the groups.")
def remainder(lr, epoch, drop=0.5, every=10):
    return lr * drop ** (epoch % every)


@step_decay.mistake(
    "The drop comes one epoch too early. Epochs count from 0 here: epoch 9 is the tenth."
)
def one_epoch_too_early(lr, epoch, drop=0.5, every=10):
    return lr * drop ** ((epoch + 1) // every)


@step_decay.mistake(
    "The drop comes one epoch too late. Epochs count from 0 here: epoch 10 is the eleventh, and "
    "the drop is already there."
)
def one_epoch_too_late(lr, epoch, drop=0.5, every=10):
    return lr * drop ** (max(epoch - 1, 0) // every)


@step_decay.mistake(
    "The rate is multiplied by 1 - drop. drop is the factor that stays: 0.2 leaves a fifth."
)
def one_minus_drop(lr, epoch, drop=0.5, every=10):
    return lr * (1 - drop) ** (epoch // every)


@step_decay.mistake("The factor does not depend on drop. Use the argument instead of 0.5.")
def always_one_half(lr, epoch, drop=0.5, every=10):
    return lr * 0.5 ** (epoch // every)


@step_decay.mistake("The staircase does not depend on every. Use the argument instead of 10.")
def always_ten_epochs(lr, epoch, drop=0.5, every=10):
    return lr * drop ** (epoch // 10)


@step_decay.mistake("Neither drop nor every is used. Use the arguments, not their default values.")
def defaults_of_the_staircase(lr, epoch, drop=0.5, every=10):
    return lr * 0.5 ** (epoch // 10)


@step_decay.mistake("This is the factor. Multiply it by lr to get the rate.")
def factor_without_lr(lr, epoch, drop=0.5, every=10):
    return drop ** (epoch // every)


@step_decay.mistake("The rate grows: it is divided by drop. Multiply by drop at each step.")
def divided_by_drop(lr, epoch, drop=0.5, every=10):
    return lr / drop ** (epoch // every)


@step_decay.mistake("lr times drop is raised to the power. Only drop is: lr * drop ** (…).")
def power_of_the_product(lr, epoch, drop=0.5, every=10):
    return (lr * drop) ** (epoch // every)


@step_decay.mistake(
    "The number of drops is rounded to the nearest. A drop counts only once its group of epochs "
    "is over: round down, with //."
)
def rounded_to_the_nearest(lr, epoch, drop=0.5, every=10):
    return lr * drop ** round(epoch / every)


@step_decay.mistake(
    "The number of drops is rounded up. A drop counts only once its group of epochs is over: "
    "round down, with //. In a loop, epoch 0 must not drop."
)
def rounded_up(lr, epoch, drop=0.5, every=10):
    return lr * drop ** math.ceil(epoch / every)


@step_decay.mistake("There is one drop too many. At epoch 0 the rate is still lr.")
def one_drop_too_many(lr, epoch, drop=0.5, every=10):
    return lr * drop ** (epoch // every + 1)


@step_decay.mistake("In Python a power is written **. The sign ^ means something else.")
def caret(lr, epoch, drop=0.5, every=10):
    return lr * (drop ^ (epoch // every))


@step_decay.mistake(
    "The rate comes out as 0. Is the whole product cut off, by int(…) or by // outside the "
    "brackets?"
)
def power_before_division(lr, epoch, drop=0.5, every=10):
    return lr * drop**epoch // every


@step_decay.mistake(
    "The drop is subtracted at each step. It is a factor: multiply by drop, again and again."
)
def drop_subtracted(lr, epoch, drop=0.5, every=10):
    return lr - drop * (epoch // every)


@step_decay.mistake(
    "The rate drops in epoch 0 and at each multiple of every, and jumps back afterwards. It should "
    "stay low: count all drops so far with epoch // every."
)
def drops_at_multiples(lr, epoch, drop=0.5, every=10):
    return lr * drop if epoch % every == 0 else lr


@step_decay.variant
def step_decay_with_a_loop(lr, epoch, drop=0.5, every=10):
    for _ in range(every, epoch + 1, every):
        lr = lr * drop
    return lr


@step_decay.variant
def step_decay_with_floor(lr, epoch, drop=0.5, every=10):
    return lr * np.power(drop, np.floor(epoch / every))


@step_decay.variant
def step_decay_with_int(lr, epoch, drop=0.5, every=10):
    return lr * math.exp(int(epoch / every) * math.log(drop))


@step_decay.variant
def step_decay_by_recursion(lr, epoch, drop=0.5, every=10):
    return lr if epoch < every else drop * step_decay_by_recursion(lr, epoch - every, drop, every)
