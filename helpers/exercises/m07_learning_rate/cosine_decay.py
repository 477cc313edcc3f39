"""A rate that glides down a cosine."""

import math

import numpy as np

from helpers.checks.exercise import Case, exercise


def epochs_of_a_wave(rng: np.random.Generator) -> list[Case]:
    """Make first, middle and last epochs, with and without a floor."""
    lr = float(rng.integers(20, 90)) / 100
    return [
        (0.2, 3, 12, 0.04),
        (0.2, 3, 12),
        (lr, 0, 10),
        (lr, 10, 10),
        (0.1, 5, 10),
        (0.3, 2, 7, 0.05),
        (lr, 0, 5, 0.1),
        (lr, 5, 5, 0.02),
        (0.5, 3, 5, 0.15),
        (lr, 8, 9),
    ]


@exercise(
    "7.4",
    "a rate that glides down a cosine",
    cases=epochs_of_a_wave,
    hints=(
        "The cosine goes from 1 to −1 while its angle goes from 0 to π. (1 + cos)/2 goes from 1 "
        "to 0. Stretch that between lr and floor.",
        "floor + (lr − floor)·(1 + cos(π·epoch / epochs)) / 2",
        "return floor + (lr - floor) * (1 + np.cos(«np.pi * epoch / epochs»)) / 2",
    ),
    second=True,
    settings=("epochs",),
)
def cosine_decay(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * (1 + math.cos(math.pi * epoch / epochs)) / 2


@cosine_decay.mistake("The floor is not used. The rate ends at floor, not at 0.")
def without_the_floor(lr, epoch, epochs, floor=0.0):
    return cosine_decay.reference(lr, epoch, epochs)


@cosine_decay.mistake(
    "The floor is added on top, so the rate starts above lr. Stretch the wave between floor and "
    "lr: multiply it by lr - floor."
)
def floor_on_top(lr, epoch, epochs, floor=0.0):
    return floor + cosine_decay.reference(lr, epoch, epochs)


@cosine_decay.mistake(
    "The rate glides toward 0 and is cut off at floor. It should glide to floor: "
    "floor + (lr - floor) times the wave."
)
def cut_off_at_the_floor(lr, epoch, epochs, floor=0.0):
    return max(floor, cosine_decay.reference(lr, epoch, epochs))


@cosine_decay.mistake(
    "The wave ends at floor - floor: lr - floor is there, but the floor itself is not added. "
    "Add it at the front."
)
def floor_not_added(lr, epoch, epochs, floor=0.0):
    return cosine_decay.reference(lr, epoch, epochs, floor) - floor


@cosine_decay.mistake("The half is missing: 1 + cos goes from 2 to 0. Divide it by 2.")
def not_halved(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * (1 + math.cos(math.pi * epoch / epochs))


@cosine_decay.mistake(
    "The 1 is missing: a bare cosine goes down to −1. (1 + cos) / 2 goes from 1 to 0."
)
def bare_cosine(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * math.cos(math.pi * epoch / epochs)


@cosine_decay.mistake(
    "The 1 is missing: half a cosine begins at one half and goes below 0. Use (1 + cos) / 2."
)
def half_a_bare_cosine(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * math.cos(math.pi * epoch / epochs) / 2


@cosine_decay.mistake(
    "The rate rises from floor to lr; it should fall. Look at the sign before cos, the order of lr "
    "and floor, and the angle."
)
def rising_wave(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * (1 - math.cos(math.pi * epoch / epochs)) / 2


@cosine_decay.mistake("This is a sine. Use the cosine, which begins at 1.")
def sine(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * (1 + math.sin(math.pi * epoch / epochs)) / 2


@cosine_decay.mistake(
    "A whole wave comes down and goes up again. Half a wave is enough: the angle goes from 0 to π."
)
def whole_wave(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * (1 + math.cos(2 * math.pi * epoch / epochs)) / 2


@cosine_decay.mistake("π is missing in the angle. It goes from 0 to π: np.pi * epoch / epochs.")
def without_pi(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * (1 + math.cos(epoch / epochs)) / 2


@cosine_decay.mistake(
    "The angle is in degrees. Cosines take radians: half a turn is np.pi, not 180."
)
def degrees(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * (1 + math.cos(180 * epoch / epochs)) / 2


@cosine_decay.mistake(
    "The floor is reached one epoch too early. The angle is π·epoch / epochs, not epochs - 1."
)
def one_epoch_short(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * (1 + math.cos(math.pi * epoch / (epochs - 1))) / 2


@cosine_decay.mistake(
    "The wave is one epoch ahead. Epochs count from 0, and at epoch 0 the rate is still lr."
)
def one_epoch_ahead(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * (1 + math.cos(math.pi * (epoch + 1) / epochs)) / 2


@cosine_decay.mistake(
    "The rate falls along a straight line. Bend it with the cosine; or the bracket of cos closes "
    "too early: np.cos(np.pi * epoch / epochs)."
)
def straight_line(lr, epoch, epochs, floor=0.0):
    return lr - (lr - floor) * epoch / epochs


@cosine_decay.mistake(
    "The rate falls along a straight line, from half way between floor and lr. Does the bracket "
    "of cos close too early? np.cos(np.pi * epoch / epochs)."
)
def straight_line_from_half_way(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * (1 - epoch / epochs) / 2


@cosine_decay.mistake(
    "epoch and epochs are divided without decimals, so the angle is 0 until the end. Use one slash."
)
def whole_division(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * (1 + math.cos(math.pi * (epoch // epochs))) / 2


@cosine_decay.mistake(
    "epochs is divided by epoch. It is the other way around: epoch / epochs, the part that is done."
)
def divided_upside_down(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * (1 + math.cos(math.pi * epochs / epoch)) / 2


@cosine_decay.mistake(
    "Only the floor is halved with the wave: the brackets are off. Halve the wave, then add floor."
)
def floor_halved_too(lr, epoch, epochs, floor=0.0):
    return (floor + (lr - floor) * (1 + math.cos(math.pi * epoch / epochs))) / 2


@cosine_decay.mistake(
    "Brackets are missing: the 1 is multiplied by lr - floor, but the cosine is not. Put 1 + cos "
    "in brackets, then halve it."
)
def without_brackets_around_the_wave(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * 1 + math.cos(math.pi * epoch / epochs) / 2


@cosine_decay.mistake(
    "Only the cosine is halved, so the rate starts above lr. Put 1 + cos in brackets, then divide "
    "by 2."
)
def only_the_cosine_halved(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * (1 + math.cos(math.pi * epoch / epochs) / 2)


@cosine_decay.mistake(
    "The wave is multiplied by floor alone, not by the difference. Put lr - floor in brackets."
)
def difference_without_brackets(lr, epoch, epochs, floor=0.0):
    return floor + lr - floor * (1 + math.cos(math.pi * epoch / epochs)) / 2


@cosine_decay.mistake(
    "This is a quarter of a wave: it falls faster and faster until the end. Half a wave levels "
    "off: (1 + cos) / 2, with an angle from 0 to π."
)
def quarter_of_a_wave(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * math.cos(math.pi / 2 * epoch / epochs)


@cosine_decay.mistake(
    "In epoch number epochs the wave has begun anew, at lr. There it should have reached the "
    "floor: leave the % out."
)
def begins_anew(lr, epoch, epochs, floor=0.0):
    return cosine_decay.reference(lr, epoch % epochs, epochs, floor)


@cosine_decay.variant
def with_numpy(lr, epoch, epochs, floor=0.0):
    return floor + 0.5 * (lr - floor) * (1 + np.cos(np.pi * epoch / epochs))


@cosine_decay.variant
def with_the_square_of_a_cosine(lr, epoch, epochs, floor=0.0):
    return floor + (lr - floor) * np.cos(np.pi * epoch / epochs / 2) ** 2


@cosine_decay.variant
def as_a_weighted_mean(lr, epoch, epochs, floor=0.0):
    share = (1 - math.cos(math.pi / epochs * epoch)) / 2
    return share * floor + (1 - share) * lr
