"""The step function."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m01_neurons._cases import INTEGERS, pre_activations


@exercise(
    "1.2",
    "the step function",
    cases=pre_activations,
    whole=("z",),
    hints=(
        "Compare the whole array with 0 at once. Then make numbers of the answers.",
        "step(z) = 1 where z > 0, and 0 everywhere else, z = 0 included",
        "return np.where(z > 0, «1», «0»)",
    ),
    tolerance=INTEGERS,
)
def step(z):
    return np.where(np.asarray(z) > 0, 1, 0)


@step.mistake("The neuron fires at z = 0 too. Here it fires only where z is greater than 0: use >.")
def fires_at_zero(z):
    return np.where(np.asarray(z) >= 0, 1, 0)


@step.mistake(
    "A comparison gives True and False. Turn these into 0 and 1: (z > 0).astype(int), "
    "or np.where(z > 0, 1, 0)."
)
def booleans(z):
    return np.asarray(z) > 0


@step.mistake("These are the floats 0.0 and 1.0. Return integers: use astype(int).")
def floats(z):
    return (np.asarray(z) > 0).astype(float)


@step.mistake("The answer is upside down: it should be 1 where z is positive.")
def upside_down(z):
    return np.where(np.asarray(z) > 0, 0, 1)


@step.mistake("np.sign gives -1 for negative numbers. The step function gives 0 there.")
def sign(z):
    return np.sign(z).astype(int)


@step.mistake("The threshold is 0, not 0.5. The bias has already moved it to where it belongs.")
def threshold_of_one_half(z):
    return np.where(np.asarray(z) > 0.5, 1, 0)


@step.mistake(
    "An if asks one question, but z holds many numbers. Ask all of them at once: z > 0 "
    "gives one answer for each number."
)
def one_if_for_many_numbers(z):
    if z > 0:
        return 1
    return 0


@step.mistake(
    "int(...) takes a single number, but z may be a whole array. Use np.where(z > 0, 1, 0)."
)
def int_of_an_array(z):
    return int(z > 0)


@step.mistake(
    "Two things: a comparison gives True and False, and z = 0 should give 0. "
    "Use np.where(z > 0, 1, 0)."
)
def booleans_that_fire_at_zero(z):
    return np.asarray(z) >= 0


@step.variant
def with_astype(z):
    return (np.asarray(z) > 0).astype(int)


@step.variant
def times_one(z):
    return (np.asarray(z) > 0) * 1


@step.variant
def with_heaviside(z):
    return np.heaviside(z, 0).astype(np.int8)


@step.variant
def as_lists(z):
    return (np.asarray(z) > 0).astype(int).tolist()
