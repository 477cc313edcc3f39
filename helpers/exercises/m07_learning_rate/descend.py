"""Gradient descent that keeps its path."""

from collections.abc import Callable
from typing import Any

import numpy as np

from helpers.checks.adapters import with_function
from helpers.checks.cases import Code, hundredths
from helpers.checks.exercise import Case, exercise

_SLOPES = {
    Code("lambda w: 2 * w"): lambda w: 2 * w,
    Code("lambda w: np.array([1.0, 4.0]) * w"): lambda w: np.array([1.0, 4.0]) * w,
    Code("lambda w: np.array([w[0] + w[1], w[0] + 3 * w[1]])"): lambda w: np.array(
        [w[0] + w[1], w[0] + 3 * w[1]]
    ),
    Code("lambda w: 4 * w**3 - 4 * w"): lambda w: 4 * w**3 - 4 * w,
}


def slopes_and_starts(rng: np.random.Generator) -> list[Case]:
    """Make descents in one to seven dimensions: slow, swinging, diverging, overflowing."""
    bowl, valley, tilted, two_wells = _SLOPES
    return [
        (tilted, np.array([4.0, -3.0]), 0.25, 3),
        (bowl, hundredths(rng, 5), 0.9, 4),
        (bowl, hundredths(rng, 7), 0.1, 2),
        (valley, hundredths(rng, 2), 0.6, 6),  # 0.6 is above 2/4: it diverges along w2
        (two_wells, np.array([0.0, 1.5, -0.25]), 0.05, 5),  # a start with slope 0
        (tilted, np.array([4, 3]), 0.3, 3),  # whole numbers
        (bowl, np.array([2.5]), 0.25, 1),
        (bowl, np.array([1.0, -2.0, 0.5]), 0.5, 3),  # one step arrives, the others stay
        (bowl, np.array([1.0, 0.0]), 1e155, 4),  # overflows: inf, then nan
    ]


def _without_warnings(attempt: Callable, name: str, *args: Any) -> Any:
    """Let the answer use a slope; the overflow that a case asks for is no cause for a warning."""
    with np.errstate(over="ignore", invalid="ignore"):
        return with_function(_SLOPES)(attempt, name, *args)


@exercise(
    "7.1",
    "gradient descent that keeps its path",
    cases=slopes_and_starts,
    hints=(
        "Begin a list with the start. In a loop, make a new point from the last one and append it. "
        "Return the list as an array after the loop.",
        "w ← w − lr·grad(w), as many times as steps says. Ask grad at the point of that moment.",
        "w = w - lr * grad(«w»)   # in the loop, then: path.append(w)",
    ),
    adapter=_without_warnings,
    settings=("lr", "steps"),
)
def descend(grad, start, lr, steps):
    path = [np.array(start, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] - lr * grad(path[-1]))
    return np.array(path)


@descend.mistake("The start is missing. It is the first row of the path, before any step.")
def start_left_out(grad, start, lr, steps):
    return descend.reference(grad, start, lr, steps)[1:]


@descend.mistake(
    "The last step is missing: with the start, the path has steps + 1 rows. "
    "Take as many steps as steps says."
)
def one_step_too_few(grad, start, lr, steps):
    return descend.reference(grad, start, lr, steps)[:-1]


@descend.mistake("The path takes one step too many. With the start it has steps + 1 rows.")
def one_step_too_many(grad, start, lr, steps):
    return descend.reference(grad, start, lr, steps + 1)


@descend.mistake("This walks uphill. The gradient points uphill, so lr * grad(w) is subtracted.")
def uphill(grad, start, lr, steps):
    return descend.reference(lambda w: -grad(w), start, lr, steps)


@descend.mistake("The learning rate is not used. Multiply every gradient by lr.")
def without_lr(grad, start, lr, steps):
    return descend.reference(grad, start, 1.0, steps)


@descend.mistake(
    "Every step uses the gradient at the start. Ask grad again in each step, at the newest point."
)
def gradient_of_the_start(grad, start, lr, steps):
    slope = grad(np.array(start, dtype=float))
    return descend.reference(lambda w: slope, start, lr, steps)


@descend.mistake(
    "Every step begins at the start again, so the path never gets past its first step."
)
def always_from_the_start(grad, start, lr, steps):
    first = descend.reference(grad, start, lr, 1)
    return np.vstack([first[:1], *[first[1:]] * steps])


@descend.mistake(
    "This is only where the path ends. Keep every point on the way, the start included."
)
def only_the_end(grad, start, lr, steps):
    return descend.reference(grad, start, lr, steps)[-1]


@descend.mistake("Only the first step is there. Is there a loop, and does return stand below it?")
def returns_in_the_loop(grad, start, lr, steps):
    return descend.reference(grad, start, lr, 1)


@descend.mistake(
    "All rows show the end of the path. Only the last point was repeated, or the list holds one "
    "array again and again, which w -= … changes: write w = w - …, or append w.copy()."
)
def one_array_many_times(grad, start, lr, steps):
    end = descend.reference(grad, start, lr, steps)[-1]
    return np.array([end] * (steps + 1))


@descend.mistake(
    "All rows show one point, a step past the end of the path. The list holds one array again and "
    "again, which w -= … changes. Write w = w - …, or append w.copy()."
)
def one_array_moved_too_far(grad, start, lr, steps):
    end = descend.reference(grad, start, lr, steps + 1)[-1]
    return np.array([end] * (steps + 1))


@descend.mistake(
    "w is the start itself, and w -= … changes it in place: all rows come out equal, and the "
    "caller's start is lost. Write w = w - …, which makes a new array."
)
def start_changed_in_place(grad, start, lr, steps):
    w = start
    path = [w]
    for _ in range(steps):
        w -= lr * grad(w)
        path.append(w)
    return np.array(path)


@descend.mistake(
    "w is a copy of the start, and w -= … changes it in place: all rows come out equal, and whole "
    "numbers cannot take a decimal step. Write w = w - …, which makes a new array."
)
def copy_changed_in_place(grad, start, lr, steps):
    return start_changed_in_place(grad, start.copy(), lr, steps)


@descend.mistake(
    "w -= … keeps the type of w, and a start of whole numbers cannot take a decimal step. "
    "Write w = w - …, which makes a new array."
)
def in_place_with_copies(grad, start, lr, steps):
    w = start.copy()
    path = [w.copy()]
    for _ in range(steps):
        w -= lr * grad(w)
        path.append(w.copy())
    return np.array(path)


@descend.mistake(
    "A start of whole numbers makes a path of whole numbers: the decimals are cut off at each "
    "step. Make the path an array of floats, np.zeros((steps + 1, len(start)))."
)
def decimals_cut_at_each_step(grad, start, lr, steps):
    path = np.zeros((steps + 1, len(start)), dtype=start.dtype)
    path[0] = start
    for i in range(steps):
        path[i + 1] = path[i] - lr * grad(path[i])
    return path


@descend.mistake(
    "The steps are right, but where the start is made of whole numbers, the path is stored without "
    "decimals. Store it as floats."
)
def decimals_cut_when_stored(grad, start, lr, steps):
    path = descend.reference(grad, start, lr, steps)
    return path.astype(start.dtype)


@descend.mistake(
    "The coordinates move one after the other, each with a gradient of a point already half "
    "moved. Compute the gradient once in each step, then move all coordinates."
)
def one_coordinate_after_the_other(grad, start, lr, steps):
    w = np.array(start, dtype=float)
    path = [w.copy()]
    for _ in range(steps):
        for j in range(len(w)):
            w[j] -= lr * grad(w)[j]
        path.append(w.copy())
    return np.array(path)


@descend.mistake(
    "Every point is a column here. The path has a row for each point: shape (steps + 1, d)."
)
def points_in_columns(grad, start, lr, steps):
    return descend.reference(grad, start, lr, steps).T


@descend.mistake(
    "All numbers stand in one long row. The path has a row for each point: shape (steps + 1, d)."
)
def all_in_one_row(grad, start, lr, steps):
    return descend.reference(grad, start, lr, steps).ravel()


@descend.mistake(
    "All steps have the length lr, because the gradient was divided by its own size. "
    "Leave it as it is: steep places take long steps."
)
def steps_of_one_length(grad, start, lr, steps):
    return descend.reference(lambda w: grad(w) / np.linalg.norm(grad(w)), start, lr, steps)


@descend.mistake(
    "This is the change of each step, without the point that it starts from. "
    "The new point is w - lr * grad(w)."
)
def only_the_change(grad, start, lr, steps):
    path = [np.array(start, dtype=float)]
    for _ in range(steps):
        path.append(-lr * grad(path[-1]))
    return np.array(path)


@descend.mistake(
    "These are the gradients on the way. The path holds the points: the start, then where each "
    "step leads."
)
def gradients_for_points(grad, start, lr, steps):
    return np.array([grad(w) for w in descend.reference(grad, start, lr, steps)])


@descend.mistake(
    "The path ends before all steps are taken. Take as many as steps says, also where the "
    "gradient is 0 and the point stays."
)
def stops_where_it_is_flat(grad, start, lr, steps):
    path = [np.array(start, dtype=float)]
    for _ in range(steps):
        if np.all(np.abs(grad(path[-1])) < 1e-9):
            break
        path.append(path[-1] - lr * grad(path[-1]))
    return np.array(path)


@descend.mistake(
    "The path begins after the first step, and has a step too many at its end. Put the start into "
    "the path before the loop, then take as many steps as steps says."
)
def starts_one_step_late(grad, start, lr, steps):
    return descend.reference(grad, start, lr, steps + 1)[1:]


@descend.mistake(
    "Only the start is there. Each new point must be stored: path.append(w) on a list. A bare "
    "np.append(path, w) stores nothing, it returns a new array."
)
def only_the_start(grad, start, lr, steps):
    return descend.reference(grad, start, lr, steps)[:1]


@descend.mistake(
    "The last step has no row to go to. Besides the start there is a row for each step: "
    "steps + 1 rows."
)
def one_row_too_few(grad, start, lr, steps):
    path = np.zeros((steps, len(start)))
    path[0] = start
    for i in range(steps):
        path[i + 1] = path[i] - lr * grad(path[i])
    return path


@descend.mistake(
    "The start is there twice, and the last point is missing. In the loop first move, then append."
)
def appended_before_the_step(grad, start, lr, steps):
    path = descend.reference(grad, start, lr, steps)
    return np.vstack([path[:1], path[:-1]])


@descend.mistake(
    "Only the start and the end are there. Store each point on the way too, inside the loop."
)
def appended_after_the_loop(grad, start, lr, steps):
    return descend.reference(grad, start, lr, steps)[[0, -1]]


@descend.mistake(
    "There is one row only, the end of the path. Store the start, then each point, inside the loop."
)
def one_row_with_the_end(grad, start, lr, steps):
    return descend.reference(grad, start, lr, steps)[-1:]


@descend.mistake(
    "Every step sets out from the start again, with the gradient of the last point. "
    "Set out from the last point: w = w - lr * grad(w)."
)
def start_minus_each_gradient(grad, start, lr, steps):
    path = [np.array(start, dtype=float)]
    for _ in range(steps):
        path.append(start - lr * grad(path[-1]))
    return np.array(path)


@descend.mistake(
    "The path sets out from 0, not from start. Put the start into row 0 before the loop."
)
def sets_out_from_zero(grad, start, lr, steps):
    return descend.reference(grad, np.zeros(len(start)), lr, steps)


@descend.mistake("The steps are right, but row 0 holds zeros. It should hold the start.")
def first_row_never_set(grad, start, lr, steps):
    path = descend.reference(grad, start, lr, steps)
    path[0] = 0
    return path


@descend.mistake("grad is a function. Call it at the point of that moment: grad(w).")
def grad_not_called(grad, start, lr, steps):
    return start - lr * grad


@descend.mistake(
    "The point is a list, and 2 * w repeats a list instead of doubling its numbers. "
    "Keep the point as an array."
)
def start_as_a_list(grad, start, lr, steps):
    w = start.tolist()
    path = [w]
    for _ in range(steps):
        w = w - lr * grad(w)
        path.append(w)
    return np.array(path)


@descend.mistake(
    "The path ends where the numbers overflow. Go on: a rate that is too high leads to inf and "
    "nan, and the path has steps + 1 rows all the same."
)
def ends_at_the_overflow(grad, start, lr, steps):
    path = descend.reference(grad, start, lr, steps)
    return path[np.isfinite(path).all(axis=1)]


@descend.mistake(
    "Every step is lr long: the gradient is divided by its length. Leave that out, so that steps "
    "are short where the slope is gentle."
)
def rate_over_the_size(grad, start, lr, steps):
    path = [np.array(start, dtype=float)]
    for _ in range(steps):
        g = grad(path[-1])
        path.append(path[-1] - lr * g / np.linalg.norm(g))
    return np.array(path)


@descend.variant
def with_an_array_of_rows(grad, start, lr, steps):
    path = np.empty((steps + 1, len(start)))
    path[0] = start
    for i in range(1, steps + 1):
        path[i] = path[i - 1] - lr * grad(path[i - 1])
    return path


@descend.variant
def as_a_list_of_lists(grad, start, lr, steps):
    w, path = start, [start.tolist()]
    while len(path) <= steps:
        w = w + -lr * grad(w)
        path.append(w.tolist())
    return path


@descend.variant
def in_place_on_a_copy(grad, start, lr, steps):
    w = start.astype(float)
    path = [w.copy()]
    for _ in range(steps):
        w -= grad(w) * lr
        path.append(w.copy())
    return np.vstack(path)


@descend.variant
def by_recursion(grad, start, lr, steps):
    if steps == 0:
        return np.array([start], dtype=float)
    before = by_recursion(grad, start, lr, steps - 1)
    return np.vstack([before, before[-1] - lr * grad(before[-1])])
