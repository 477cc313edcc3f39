"""Softmax with a temperature."""

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.exercises.m02_activations._cases import draw
from helpers.reference import activations


def scores(rng: np.random.Generator) -> list[Case]:
    """Make scores of one to three axes, several temperatures, and scores far out."""
    far_apart = np.array([[1000.0, 998.0, -1000.0], [-1000.0, -1001.5, -1000.5]])
    return [
        (np.array([2.0, 1.0, 0.5]), 2.0),
        (np.array([2.0, 1.0, 0.5]),),
        (draw(rng, 5, 3), 0.5),
        (draw(rng, 7, 4),),
        (draw(rng, 2, 3, 4), 1.5),
        (draw(rng, 4, 4), 4.0),
        (far_apart,),
        (far_apart, 250.0),
        (far_apart, 0.5),
        (np.array([1000.0, -1000.0, -1000.0]),),
        (np.zeros((5, 2)), 0.25),
    ]


@exercise(
    "2.5",
    "softmax with a temperature",
    cases=scores,
    whole=("logits",),
    hints=(
        "Divide by the temperature, take off the largest score of each row, then e to the power. "
        "Each row is divided by its own sum.",
        "p_i = e^(z_i / T) / (e^(z_1 / T) + … + e^(z_k / T)), and z may be replaced by z − max(z). "
        "axis=-1 is the last axis, whatever the number of axes.",
        "e = np.exp((logits - logits.max(axis=-1, keepdims=«True»)) / temperature)\n"
        "return e / e.sum(axis=«-1», keepdims=«True»)",
    ),
)
def softmax(logits, temperature=1.0):
    return activations.softmax(logits, temperature)


def _softmax(logits, temperature, axis=-1, keep=True, shift=True, over=None):
    """Normalize over one axis, which may be the wrong one, with or without the maximum."""
    scaled = logits / temperature
    if shift:
        scaled = scaled - scaled.max(axis=axis, keepdims=keep)
    e = np.exp(scaled)
    return e / (e.sum(axis=axis, keepdims=keep) if over is None else over(e))


@softmax.mistake(
    "The sum runs over the whole array, so the rows share one total. Use axis=-1, keepdims=True: "
    "each row sums to 1 by itself."
)
def over_everything(logits, temperature=1.0):
    e = np.exp((logits - np.max(logits)) / temperature)
    return e / np.sum(e)


@softmax.mistake(
    "Each row's maximum is taken off, but the sum still runs over the whole array. Give it "
    "axis=-1, keepdims=True as well."
)
def sum_over_everything(logits, temperature=1.0):
    return _softmax(logits, temperature, over=np.sum)


@softmax.mistake(
    "Each row's maximum is taken off, but the sum runs down the columns. Each row sums to 1: "
    "axis=-1 for the sum, too."
)
def sum_over_the_first_axis(logits, temperature=1.0):
    return _softmax(logits, temperature, over=lambda e: e.sum(axis=0))


@softmax.mistake(
    "The sum of each row has lost its axis and does not line up with the rows. Give the sum "
    "keepdims=True, as the maximum has it."
)
def sum_without_keepdims(logits, temperature=1.0):
    return _softmax(logits, temperature, over=lambda e: e.sum(axis=-1))


@softmax.mistake(
    "The maximum of each row has lost its axis and does not line up with the rows. Give the "
    "maximum keepdims=True, as the sum has it."
)
def maximum_without_keepdims(logits, temperature=1.0):
    e = np.exp((logits - logits.max(axis=-1)) / temperature)
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "Two things: the sum runs down the columns, where each row sums to 1 with axis=-1. And e^1000 "
    "overflows, so take off each row's maximum first."
)
def over_the_first_axis_and_unstable(logits, temperature=1.0):
    return _softmax(logits, temperature, axis=0, shift=False)


@softmax.mistake(
    "Two things: without keepdims=True the sum of each row does not line up with the rows. And "
    "e^1000 overflows, so take off each row's maximum first."
)
def without_keepdims_and_unstable(logits, temperature=1.0):
    return _softmax(logits, temperature, keep=False, shift=False)


@softmax.mistake(
    "Two things: axis=1 is the last axis of a matrix only, so use axis=-1. And e^1000 overflows, "
    "so take off each row's maximum first."
)
def over_axis_one_and_unstable(logits, temperature=1.0):
    return _softmax(logits, temperature, axis=1, shift=False)


@softmax.mistake("The sum runs down the columns. Each row sums to 1: use axis=-1.")
def over_the_first_axis(logits, temperature=1.0):
    return _softmax(logits, temperature, axis=0)


@softmax.mistake(
    "axis=1 is the last axis of a matrix only. axis=-1 is the last one of any array, 1-D too."
)
def over_axis_one(logits, temperature=1.0):
    return _softmax(logits, temperature, axis=1)


@softmax.mistake(
    "Without keepdims=True the maximum and the sum of each row lose their axis, and then they do "
    "not line up with the rows."
)
def without_keepdims(logits, temperature=1.0):
    return _softmax(logits, temperature, keep=False)


@softmax.mistake(
    "Far out the answer is nan: e^1000 is infinite and e^-1000 is 0, so the division is inf / inf "
    "or 0 / 0. Take off the largest score of each row first: it changes no probability."
)
def unstable(logits, temperature=1.0):
    return _softmax(logits, temperature, shift=False)


@softmax.mistake(
    "A small number added to the sum hides 0 / 0, but the answers far out stay wrong: e^1000 "
    "overflows, and e^-1000 is 0. Take off each row's maximum first."
)
def unstable_with_a_small_number(logits, temperature=1.0):
    return _softmax(
        logits, temperature, shift=False, over=lambda e: e.sum(axis=-1, keepdims=True) + 1e-8
    )


@softmax.mistake(
    "Clipping keeps e^1000 from overflowing, but it makes scores equal that are not: 1000 and 998 "
    "both become the limit. Take off each row's maximum instead."
)
def softmax_clipped(logits, temperature=1.0):
    e = np.exp(np.clip(logits / temperature, -700, 700))
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "The smallest score is taken off, so the largest power is above 0 and may still overflow. Take "
    "off each row's largest score: max."
)
def minimum_taken_off(logits, temperature=1.0):
    e = np.exp((logits - logits.min(axis=-1, keepdims=True)) / temperature)
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "The mean is taken off, so the largest power is above 0 and may still overflow. Take off each "
    "row's largest score: max."
)
def mean_taken_off(logits, temperature=1.0):
    e = np.exp((logits - logits.mean(axis=-1, keepdims=True)) / temperature)
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "The scores are divided by their maximum, which changes the probabilities. Subtract it: only "
    "differences of scores count."
)
def divided_by_the_maximum(logits, temperature=1.0):
    e = np.exp(logits / logits.max(axis=-1, keepdims=True) / temperature)
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "The maximum is not divided by the temperature, but the scores are, so far out e^… is infinite "
    "or 0. Scale first, then take off the maximum of what is scaled."
)
def maximum_not_scaled(logits, temperature=1.0):
    e = np.exp(logits / temperature - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "Two things: the sum runs over the whole array, so give it axis=-1, keepdims=True. And e^1000 "
    "overflows, so take off each row's maximum first."
)
def over_everything_and_unstable(logits, temperature=1.0):
    e = np.exp(logits / temperature)
    return e / e.sum()


@softmax.mistake(
    "The largest score of the whole array is taken off every row. A row far below it becomes all "
    "zeros, and 0 / 0 is nan. Take off each row's own maximum."
)
def maximum_of_everything(logits, temperature=1.0):
    e = np.exp((logits - logits.max()) / temperature)
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "The temperature has no effect. Divide the scores by it before e to the power: the scores, not "
    "only their maximum."
)
def without_temperature(logits, temperature=1.0):
    return _softmax(logits, 1.0)


@softmax.mistake("The scores are multiplied by the temperature. Divide them by it.")
def times_temperature(logits, temperature=1.0):
    return _softmax(logits, 1 / temperature)


@softmax.mistake(
    "The probabilities are divided by the temperature, so they do not sum to 1. Divide the scores, "
    "inside the exponential."
)
def divided_at_the_end(logits, temperature=1.0):
    return _softmax(logits, 1.0) / temperature


@softmax.mistake(
    "There is no exponential: scores may be negative, probabilities may not. Use np.exp."
)
def without_exponential(logits, temperature=1.0):
    scaled = logits / temperature
    return scaled / scaled.sum(axis=-1, keepdims=True)


@softmax.mistake("These are not divided by their sum yet: each row should sum to 1.")
def not_divided(logits, temperature=1.0):
    return np.exp((logits - logits.max(axis=-1, keepdims=True)) / temperature)


@softmax.mistake("This is the sigmoid of each score by itself. Softmax divides by the row's sum.")
def sigmoid_of_each(logits, temperature=1.0):
    return activations.sigmoid(logits / temperature)


@softmax.mistake("The power has the wrong sign: the largest score gets the largest probability.")
def upside_down(logits, temperature=1.0):
    return activations.softmax(-logits, temperature)


@softmax.mistake(
    "The scores that were passed in are changed: -= and /= write into them. Write "
    "logits = logits - …, which makes a new array."
)
def softmax_in_place(logits, temperature=1.0):
    logits -= logits.max(axis=-1, keepdims=True)
    e = np.exp(logits / temperature)
    return e / e.sum(axis=-1, keepdims=True)


@softmax.variant
def scaled_first(logits, temperature=1.0):
    scaled = logits / temperature
    e = np.exp(scaled - np.max(scaled, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


@softmax.variant
def with_new_axis(logits, temperature=1.0):
    e = np.exp((logits - logits.max(-1)[..., None]) / temperature)
    return e / e.sum(-1)[..., None]


@softmax.variant
def by_log_of_the_sum(logits, temperature=1.0):
    scaled = logits / temperature
    return np.exp(scaled - np.logaddexp.reduce(scaled, axis=-1, keepdims=True))


@softmax.variant
def row_by_row(logits, temperature=1.0):
    return np.apply_along_axis(lambda row: _softmax(row, temperature), -1, logits)
