"""A sweep over learning rates."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from helpers.checks.cases import Code
from helpers.checks.exercise import Case, exercise
from helpers.checks.plain import Unusable

_RUNS = {
    Code("lambda lr: (1 - lr) ** 2"): lambda lr: (1 - lr) ** 2,
    Code("lambda lr: 0.5 / lr if lr <= 1 else np.inf - np.inf"): lambda lr: (
        0.5 / lr if lr <= 1 else np.inf - np.inf  # nan, as arithmetic makes it
    ),
    Code("lambda lr: np.inf if lr > 4 else 1e6 * lr"): lambda lr: np.inf if lr > 4 else 1e6 * lr,
    Code("lambda lr: {2: np.nan, 1: 0.0}.get(lr, 1 / lr)"): lambda lr: {2: np.nan, 1: 0.0}.get(
        lr, 1 / lr
    ),
}


def runs_and_rates(rng: np.random.Generator) -> list[Case]:
    """Make trainings that end well, in nan, in inf, at exactly 0, and with a huge loss."""
    smooth, diverging, overflowing, rough = _RUNS
    factors = rng.permutation([0.01, 0.05, 0.2, 0.25, 0.5])
    return [
        (diverging, np.array([2.0, 0.1, 0.5, 4.0, 1.0])),
        (smooth, np.sort(factors)),
        (overflowing, np.append(np.sort(factors), [1.5, 8.0])),
        (diverging, np.append(8.0, factors)),
        (rough, np.array([1, 2, 4])),
        (smooth, np.array([0.3])),
    ]


def _counting_runs(attempt: Callable, name: str, lrs: np.ndarray) -> Any:
    """Let the answer train, and see that it does not train more often than it has to.

    One run more is granted: ``np.vectorize`` looks at the type of a first result.
    """
    runs = []

    def train(lr: float) -> float:
        runs.append(lr)
        return _RUNS[name](lr)

    losses = attempt(train, lrs)
    if len(runs) > len(lrs) + 1:
        raise Unusable(
            f"train was called {len(runs)} times for {len(lrs)} rates. Training takes long: call "
            "it once for each rate, and keep its answer in a variable."
        )
    return losses


@exercise(
    "7.3",
    "a sweep over learning rates",
    cases=runs_and_rates,
    hints=(
        "Call train once for each rate and collect what it returns. Then look for nan.",
        "losses[i] = train(lrs[i]); where np.isnan(losses) is true, the answer is np.inf",
        "return np.where(np.isnan(losses), «np.inf», losses)",
    ),
    adapter=_counting_runs,
)
def lr_sweep(train, lrs):
    losses = np.array([float(train(lr)) for lr in lrs.tolist()])
    return np.where(np.isnan(losses), np.inf, losses)


@lr_sweep.mistake(
    "nan stays in the answer. A run that ended in nan has diverged: put np.inf in its place. "
    "Neither == nor is finds nan, because nan equals nothing; np.isnan does."
)
def nan_stays(train, lrs):
    return np.array([train(lr) for lr in lrs.tolist()], dtype=float)


@lr_sweep.mistake(
    "nan became 0, which is the best loss of all. A run that diverged is the worst: use np.inf."
)
def nan_becomes_zero(train, lrs):
    losses = nan_stays(train, lrs)
    return np.where(np.isnan(losses), 0.0, losses)


@lr_sweep.mistake(
    "np.nan_to_num turns nan into 0 and infinity into the largest number that there is. Replace "
    "only nan, by np.inf: np.where(np.isnan(losses), np.inf, losses)."
)
def nan_to_num(train, lrs):
    return np.nan_to_num(nan_stays(train, lrs))


@lr_sweep.mistake(
    "nan became inf, but inf became the largest number that there is: np.nan_to_num does both. "
    "Give it posinf=np.inf as well, or use np.where."
)
def infinity_replaced(train, lrs):
    return np.nan_to_num(nan_stays(train, lrs), nan=np.inf)


@lr_sweep.mistake("Runs that ended in nan are left out. Each rate has its entry: np.inf for those.")
def nan_left_out(train, lrs):
    losses = nan_stays(train, lrs)
    return losses[~np.isnan(losses)]


@lr_sweep.mistake(
    "Runs that ended in nan or inf are left out. Each rate has its entry: np.inf for those."
)
def only_finite(train, lrs):
    losses = nan_stays(train, lrs)
    return losses[np.isfinite(losses)]


@lr_sweep.mistake(
    "This is the rate with the smallest loss. Return the losses themselves, one for each rate."
)
def best_rate(train, lrs):
    return lrs[np.argmin(lr_sweep.reference(train, lrs))]


@lr_sweep.mistake("This is the smallest loss only. Return one loss for each rate.")
def best_loss(train, lrs):
    return np.min(lr_sweep.reference(train, lrs))


@lr_sweep.mistake(
    "nan became the largest number that there is. Put np.inf in its place, and leave inf as it is."
)
def largest_number_for_nan(train, lrs):
    losses = nan_stays(train, lrs)
    return np.where(np.isnan(losses), np.finfo(float).max, losses)


@lr_sweep.mistake("The losses stand in the order of the sorted rates. Keep the order of lrs.")
def rates_sorted(train, lrs):
    return lr_sweep.reference(train, np.sort(lrs))


@lr_sweep.mistake("The loss of the highest rate comes first. Keep the order of lrs.")
def rates_sorted_downward(train, lrs):
    return lr_sweep.reference(train, np.sort(lrs)[::-1])


@lr_sweep.mistake("The losses are in another order than the rates: the last rate comes first.")
def rates_reversed(train, lrs):
    return lr_sweep.reference(train, lrs[::-1])


@lr_sweep.mistake("The losses are in another order than the rates. Go through lrs from its start.")
def rates_as_a_set(train, lrs):
    return lr_sweep.reference(train, np.array(list(set(lrs.tolist()))))


def _until_nan(train, lrs):
    """List the losses before the first nan."""
    losses = nan_stays(train, lrs)
    return losses[: int(np.append(np.isnan(losses), True).argmax())]


@lr_sweep.mistake(
    "The sweep ends at the first nan, without an entry for it. Put np.inf there and go on: "
    "later rates may train well."
)
def ends_before_nan(train, lrs):
    return _until_nan(train, lrs)


@lr_sweep.mistake(
    "The sweep ends at the first nan. Go on with the next rate: later ones may train well."
)
def ends_after_nan(train, lrs):
    losses = _until_nan(train, lrs)
    return losses if len(losses) == len(lrs) else np.append(losses, np.inf)


@lr_sweep.mistake(
    "After the first nan every entry is inf: the sweep stops there. Go on with the next rate."
)
def stops_with_inf(train, lrs):
    losses = _until_nan(train, lrs)
    return np.append(losses, np.full(len(lrs) - len(losses), np.inf))


@lr_sweep.mistake(
    "After the first nan every entry is 0: the sweep stops there. Go on with the next rate."
)
def stops_with_zeros(train, lrs):
    losses = _until_nan(train, lrs)
    rest = np.zeros(len(lrs) - len(losses))
    rest[:1] = np.inf
    return np.append(losses, rest)


@lr_sweep.mistake(
    "The sweep stops at the first nan, and the entries from there on are 0. Put np.inf in place "
    "of the nan, and go on with the next rate."
)
def zeros_from_nan_on(train, lrs):
    losses = _until_nan(train, lrs)
    return np.append(losses, np.zeros(len(lrs) - len(losses)))


@lr_sweep.mistake("Every entry is inf. Store each loss in the answer; np.inf only where it is nan.")
def nothing_stored(train, lrs):
    return np.full(len(lrs), np.inf)


@lr_sweep.mistake("The losses are sorted. Keep them in the order of the rates.")
def sorted_losses(train, lrs):
    return np.sort(lr_sweep.reference(train, lrs))


@lr_sweep.mistake(
    "train gets the whole array of rates, but it trains with one rate at a time. "
    "Call it in a loop, once for each rate."
)
def all_rates_at_once(train, lrs):
    losses = train(lrs)
    return np.where(np.isnan(losses), np.inf, losses)


@lr_sweep.mistake(
    "Every entry is the loss of the first rate. Call train with the rate of the loop."
)
def always_the_first_rate(train, lrs):
    return np.full(len(lrs), lr_sweep.reference(train, lrs[:1])[0])


@lr_sweep.mistake("Every entry is the loss of the last rate. Store each loss before the next run.")
def always_the_last_rate(train, lrs):
    return np.full(len(lrs), lr_sweep.reference(train, lrs[-1:])[0])


@lr_sweep.mistake("Only the first loss came back. Is there a loop, and does return stand below it?")
def first_loss_only(train, lrs):
    return lr_sweep.reference(train, lrs[:1])[0]


@lr_sweep.mistake(
    "There is one loss only, that of the first rate. Is there a loop over all rates, and does "
    "return stand below it?"
)
def list_of_the_first_loss(train, lrs):
    return lr_sweep.reference(train, lrs[:1])


@lr_sweep.mistake("The rates come back beside the losses. Return the losses alone, shape (k,).")
def pairs_of_rate_and_loss(train, lrs):
    return np.column_stack([lrs, lr_sweep.reference(train, lrs)])


@lr_sweep.mistake(
    "The losses stand in an array of whole numbers, because lrs holds whole numbers. np.zeros_like "
    "takes over that type; np.zeros(len(lrs)) makes floats."
)
def stored_like_the_rates(train, lrs):
    losses = np.zeros_like(lrs)
    for i, lr in enumerate(lrs.tolist()):
        loss = train(lr)
        losses[i] = np.inf if np.isnan(loss) else loss
    return losses


@lr_sweep.mistake(
    "nan is replaced too late: the losses stand in an array of whole numbers, because lrs holds "
    "whole numbers, and nan does not fit. np.zeros(len(lrs)) makes floats."
)
def nan_stored_like_the_rates(train, lrs):
    losses = np.zeros_like(lrs)
    for i, lr in enumerate(lrs.tolist()):
        losses[i] = train(lr)
    return np.where(np.isnan(losses), np.inf, losses)


@lr_sweep.mistake(
    "Large losses became inf as well. Only nan is replaced; a large loss that is a number stays."
)
def large_losses_replaced(train, lrs):
    losses = lr_sweep.reference(train, lrs)
    return np.where(losses > 1e3, np.inf, losses)


@lr_sweep.mistake("A loss of exactly 0 became inf. Ask for nan itself: np.isnan(loss).")
def zero_replaced(train, lrs):
    losses = lr_sweep.reference(train, lrs)
    return np.where(losses == 0, np.inf, losses)


@lr_sweep.mistake(
    "−∞ stands where a run ended in nan. That would be the best loss of all; put the worst there, "
    "np.inf."
)
def best_loss_for_nan(train, lrs):
    losses = np.array([train(lr) for lr in lrs])
    return np.where(np.isnan(losses), -np.inf, losses)


@lr_sweep.variant
def with_a_loop_and_if(train, lrs):
    losses = []
    for lr in lrs:
        loss = train(lr)
        losses.append(float("inf") if loss != loss else loss)
    return losses


@lr_sweep.variant
def filled_in_place(train, lrs):
    losses = np.zeros(len(lrs))
    for i in range(len(lrs)):
        losses[i] = train(lrs[i])
    losses[np.isnan(losses)] = np.inf
    return losses


@lr_sweep.variant
def with_nan_to_num(train, lrs):
    return np.nan_to_num(np.array([train(lr) for lr in lrs]), nan=np.inf, posinf=np.inf)


@lr_sweep.variant
def with_vectorize(train, lrs):
    losses = np.vectorize(train, otypes=[float])(lrs)
    return np.where(np.isnan(losses), math.inf, losses)
