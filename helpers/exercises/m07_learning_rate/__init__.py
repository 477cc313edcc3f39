"""Module 07, the learning rate: eight exercises.

Inputs have at most two decimals, so that the call in a message can be pasted.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from helpers.checks.adapters import with_function
from helpers.checks.cases import Code, hundredths
from helpers.checks.exercise import Case, exercise
from helpers.checks.plain import Unusable
from helpers.reference.optimizers import adagrad_step

# 7.1 ---------------------------------------------------------------------------------------------

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
        "w = w - lr * grad(____)   # in the loop, then: path.append(w)",
    ),
    adapter=_without_warnings,
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


# 7.2 ---------------------------------------------------------------------------------------------


def _symmetric(rng, n):
    H = rng.normal(size=(n, n)).round(1)
    return (H + H.T).round(1)


def curvatures(rng: np.random.Generator) -> list[Case]:
    """Make Hessians of bowls, saddles and domes, flat ones, and some that rounding spoils."""
    return [
        (np.array([[2.0, 1.0], [1.0, 3.0]]),),
        (np.array([[9.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 4.0]]),),
        (_symmetric(rng, 5),),
        (_symmetric(rng, 7),),
        (np.array([[-9.0, 1.0], [1.0, 2.0]]),),  # a saddle, steeper downward
        (np.array([[0.5]]),),
        (np.array([[4, 3], [3, 4]]),),
        (np.array([[1e-6, 0.0], [0.0, -1.0]]),),  # little, but upward
        (np.array([[-2.0, 0.5], [0.5, -1.0]]),),  # a dome
        (np.zeros((3, 3)),),
        (np.array([[-1.0, -1.0], [-1.0, -1.0]]),),  # one eigenvalue is 0 but for rounding
        (np.array([[1e-13, 0.0], [0.0, -3.0]]),),
        (np.array([[1.5e-12]]),),  # tiny, but it counts
    ]


@exercise(
    "7.2",
    "the critical learning rate",
    cases=curvatures,
    hints=(
        "The eigenvalues are the curvatures along the main directions: np.linalg.eigvalsh(hessian) "
        "gives them from lowest to highest. Only the largest one sets the limit.",
        "critical rate = 2 / largest eigenvalue; np.inf where the largest is below 1e-12",
        "return 2 / largest if largest > ____ else np.inf",
    ),
)
def critical_lr(hessian):
    largest = np.linalg.eigvalsh(hessian)[-1]
    return float(2 / largest) if largest > 1e-12 else math.inf


def _limit(rule):
    """Make a mistake that puts another number in place of the largest eigenvalue."""

    def attempt(hessian):
        value = rule(np.asarray(hessian, dtype=float))
        return float(2 / value) if value > 1e-12 else math.inf

    return attempt


@critical_lr.mistake("This is 1 / largest eigenvalue, half of the limit. Divide 2 by it.")
def one_over_the_largest(hessian):
    return critical_lr.reference(hessian) / 2


@critical_lr.mistake(
    "The smallest eigenvalue is used. The steepest direction diverges first: take the largest."
)
def smallest_eigenvalue(hessian):
    return _limit(lambda H: np.linalg.eigvalsh(H)[0])(hessian)


@critical_lr.mistake(
    "The largest entry of the matrix is not its largest curvature. "
    "Use the eigenvalues: np.linalg.eigvalsh(hessian)."
)
def largest_entry(hessian):
    return _limit(np.max)(hessian)


@critical_lr.mistake(
    "The diagonal holds the curvatures along the axes. The steepest direction may be slanted: "
    "use the eigenvalues."
)
def largest_on_the_diagonal(hessian):
    return _limit(lambda H: np.diag(H).max())(hessian)


@critical_lr.mistake(
    "2 is divided by the largest number on the diagonal. The steepest direction may be slanted: "
    "use the eigenvalues. And return np.inf where the largest is not above 1e-12."
)
def two_over_the_diagonal(hessian):
    return 2 / np.diag(hessian).astype(float).max()


@critical_lr.mistake(
    "2 is divided by the largest entry of the matrix. That is no curvature: use the eigenvalues. "
    "And return np.inf where the largest is not above 1e-12."
)
def two_over_the_largest_entry(hessian):
    return 2 / hessian.astype(float).max()


@critical_lr.mistake(
    "The trace is the sum of all curvatures. Only the largest one counts: use the eigenvalues."
)
def trace(hessian):
    return _limit(np.trace)(hessian)


@critical_lr.mistake(
    "The determinant is the product of all curvatures. Only the largest one counts: "
    "use the eigenvalues."
)
def determinant(hessian):
    return _limit(np.linalg.det)(hessian)


@critical_lr.mistake(
    "The largest eigenvalue in size may be negative: then the surface curves downward there. "
    "Take the largest with its sign."
)
def largest_in_size(hessian):
    return _limit(lambda H: np.abs(np.linalg.eigvalsh(H)).max())(hessian)


@critical_lr.mistake(
    "The norm of the Hessian ignores the sign, and mixes all curvatures. "
    "Take the largest eigenvalue, np.linalg.eigvalsh(hessian)."
)
def norm_of_the_matrix(hessian):
    return _limit(np.linalg.norm)(hessian)


@critical_lr.mistake("This is the largest curvature itself. The limit is 2 divided by it.")
def the_curvature_itself(hessian):
    return float(np.linalg.eigvalsh(hessian)[-1])


@critical_lr.mistake(
    "A learning rate came out negative. Where nothing curves upward, nothing sets a limit: "
    "return np.inf if the largest eigenvalue is not above 1e-12."
)
def negative_rate(hessian):
    return 2 / np.linalg.eigvalsh(hessian)[-1]


@critical_lr.mistake(
    "An eigenvalue that is 0 but for rounding counts as a curvature here. "
    "Below 1e-12 it should count as 0: return np.inf there."
)
def rounding_counts(hessian):
    largest = np.linalg.eigvalsh(hessian)[-1]
    return 2 / largest if largest > 0 else np.inf


@critical_lr.mistake(
    "Eigenvalues of 0 are caught, negative ones are not: a learning rate came out negative. "
    "Return np.inf wherever the largest is not above 1e-12."
)
def negative_rate_but_zero_caught(hessian):
    largest = np.linalg.eigvalsh(hessian)[-1]
    return np.inf if abs(largest) < 1e-12 else 2 / largest


@critical_lr.mistake(
    "Where nothing curves upward, no upward curvature sets a limit: return np.inf, not 0."
)
def zero_without_a_limit(hessian):
    limit = critical_lr.reference(hessian)
    return limit if math.isfinite(limit) else 0.0


@critical_lr.mistake(
    "Where nothing curves upward a huge number came out. Nothing sets a limit there: return np.inf."
)
def huge_number_without_a_limit(hessian):
    return 2 / max(np.linalg.eigvalsh(hessian)[-1], 1e-12)


@critical_lr.mistake(
    "The mean of the eigenvalues is used. The steepest direction diverges first: take the largest."
)
def mean_eigenvalue(hessian):
    return _limit(lambda H: np.linalg.eigvalsh(H).mean())(hessian)


@critical_lr.mistake("There is one rate for every eigenvalue here. Take the smallest limit only.")
def a_rate_for_each(hessian):
    eigenvalues = np.linalg.eigvalsh(hessian)
    return np.array([2 / e if e > 1e-12 else np.inf for e in eigenvalues])


@critical_lr.mistake(
    "The first number of np.linalg.eigvals need not be the largest: its order is not fixed. "
    "Take the maximum."
)
def first_of_eigvals(hessian):
    return _limit(lambda H: np.linalg.eigvals(H)[0].real)(hessian)


@critical_lr.mistake(
    "The first number of np.linalg.eigvals need not be the largest: take the maximum. "
    "And where that is not above 1e-12, return np.inf."
)
def first_of_eigvals_unguarded(hessian):
    return 2 / np.linalg.eigvals(hessian)[0]


@critical_lr.mistake(
    "The last number of np.linalg.eigvals need not be the largest: only eigvalsh sorts. "
    "Take the maximum."
)
def last_of_eigvals(hessian):
    return _limit(lambda H: np.linalg.eigvals(H)[-1].real)(hessian)


@critical_lr.mistake(
    "The last number of np.linalg.eigvals need not be the largest: only eigvalsh sorts. "
    "Take the maximum. And where that is not above 1e-12, return np.inf."
)
def last_of_eigvals_unguarded(hessian):
    return 2 / np.linalg.eigvals(hessian)[-1]


@critical_lr.mistake(
    "The smallest eigenvalue is used, and negative rates come out. Take the largest. "
    "Where that is not above 1e-12, return np.inf."
)
def smallest_eigenvalue_unguarded(hessian):
    return 2 / np.linalg.eigvalsh(hessian)[0]


@critical_lr.mistake("The fraction is upside down: this is the largest eigenvalue / 2.")
def upside_down(hessian):
    largest = np.linalg.eigvalsh(hessian)[-1]
    return largest / 2 if largest > 1e-12 else np.inf


@critical_lr.mistake(
    "The fraction is upside down: this is the largest eigenvalue / 2. Where the largest is not "
    "above 1e-12, return np.inf."
)
def upside_down_unguarded(hessian):
    return np.linalg.eigvalsh(hessian)[-1] / 2


@critical_lr.mistake(
    "The sign of the largest eigenvalue is lost. Where it is negative, nothing curves upward: "
    "return np.inf."
)
def sign_lost(hessian):
    return 2 / abs(np.linalg.eigvalsh(hessian)[-1])


@critical_lr.mistake(
    "The sign of the largest eigenvalue is lost: only those near 0 give np.inf. Return it for "
    "negative ones too."
)
def sign_lost_but_zero_caught(hessian):
    largest = abs(np.linalg.eigvalsh(hessian)[-1])
    return 2 / largest if largest > 1e-12 else np.inf


@critical_lr.mistake(
    "One eigenvalue that is negative or 0 is no reason for np.inf. Only the largest one counts."
)
def inf_for_any_negative(hessian):
    eigenvalues = np.linalg.eigvalsh(hessian)
    return np.inf if eigenvalues[0] < 0 or eigenvalues[-1] < 1e-12 else 2 / eigenvalues[-1]


@critical_lr.mistake(
    "A tiny curvature came out as np.inf. Only eigenvalues below 1e-12 count as 0."
)
def cut_off_too_high(hessian):
    largest = np.linalg.eigvalsh(hessian)[-1]
    return 2 / largest if largest > 1e-10 else np.inf


@critical_lr.mistake(
    "Only the very largest limit is wrong. Whatever the size of the limit, return it as it is."
)
def limit_cut_off(hessian):
    limit = critical_lr.reference(hessian)
    return min(limit, 1e12) if limit < np.inf else np.inf


@critical_lr.mistake(
    "eigh and eig return two things, the eigenvalues and the eigenvectors. Unpack them: "
    "values, vectors = np.linalg.eigh(hessian), or use np.linalg.eigvalsh."
)
def both_results_of_eigh(hessian):
    return 2 / np.max(np.linalg.eigh(hessian))


@critical_lr.mistake(
    "eigh returns two things, and the eigenvalues are the first of them. Unpack: "
    "values, vectors = np.linalg.eigh(hessian)."
)
def method_on_the_result_of_eigh(hessian):
    return 2 / np.linalg.eigh(hessian).max()


@critical_lr.variant
def with_eigvals(hessian):
    largest = np.linalg.eigvals(hessian).real.max()
    return 2 / largest if largest >= 1e-12 else np.inf


@critical_lr.variant
def with_eigh_and_clipping(hessian):
    values, _ = np.linalg.eigh(hessian)
    values = np.where(np.abs(values) < 1e-12, 0, values)
    if np.all(values <= 0):
        return float("inf")
    return 2.0 / np.max(values)


@critical_lr.variant
def smallest_of_the_limits(hessian):
    return min((2 / e for e in np.linalg.eigvalsh(hessian) if e > 1e-12), default=np.array(np.inf))


# 7.3 ---------------------------------------------------------------------------------------------

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
        "return np.where(np.isnan(losses), ____, losses)",
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


# 7.4 ---------------------------------------------------------------------------------------------


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
        "return lr * drop ** ____",
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
        "return floor + (lr - floor) * (1 + np.cos(____)) / 2",
    ),
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


# 7.5 ---------------------------------------------------------------------------------------------


def velocities(rng: np.random.Generator) -> list[Case]:
    """Make weights, gradients and velocities: flat ones, matrices, zeros, and single numbers."""
    cases = [
        tuple(hundredths(rng, *shape) for _ in range(3)) for shape in ((5,), (7,), (4, 3), (1, 2))
    ]
    return [
        (*cases[0], 0.1, 0.8),
        (*cases[1], 0.5),
        (*cases[2], 0.05),
        (*cases[3], 2.0, 0.0),
        (np.array([1.0, -2.0, 0.0]), np.zeros(3), np.array([0.5, 0.0, -4.0]), 0.25),
        (np.array([1.0, -2.0]), np.array([0.5, 0.25]), np.zeros(2), 0.2, 0.75),
        (np.array(1.5), np.array(-0.5), np.array(2.0), 0.2),
    ]


@exercise(
    "7.5",
    "one step with momentum",
    cases=velocities,
    hints=(
        "First the velocity, then the step. The step uses the new velocity, not the gradient.",
        "v ← β·v + g, then w ← w − lr·v",
        "v = beta * v + g; return w - lr * ____, v",
    ),
    returns=("w", "v"),
)
def momentum_step(w, g, v, lr, beta=0.9):
    v = beta * v + g
    return w - lr * v, v


@momentum_step.mistake(
    "The step uses the old velocity. Update v first, then move w with the new v."
)
def old_velocity(w, g, v, lr, beta=0.9):
    return w - lr * v, beta * v + g


@momentum_step.mistake("The step uses the gradient alone. w moves with the velocity: w - lr * v.")
def velocity_unused(w, g, v, lr, beta=0.9):
    return w - lr * g, beta * v + g


@momentum_step.mistake(
    "The gradient is multiplied by 1 - beta. Some books do that; here the whole gradient is added: "
    "v = beta * v + g."
)
def running_mean(w, g, v, lr, beta=0.9):
    v = beta * v + (1 - beta) * g
    return w - lr * v, v


@momentum_step.mistake(
    "The old velocity takes 1 - beta, and the gradient beta. Here v keeps the part beta, and the "
    "whole gradient is added: v = beta * v + g."
)
def running_mean_swapped(w, g, v, lr, beta=0.9):
    v = (1 - beta) * v + beta * g
    return w - lr * v, v


@momentum_step.mistake(
    "v points downhill, and lr * v is added. Some books do that; here v = beta * v + g and "
    "w = w - lr * v."
)
def downhill_velocity_without_lr(w, g, v, lr, beta=0.9):
    v = beta * v - g
    return w + lr * v, v


@momentum_step.mistake(
    "The learning rate is inside the velocity. Some books do that; here v = beta * v + g, and lr "
    "comes in when w moves."
)
def rate_in_the_velocity(w, g, v, lr, beta=0.9):
    v = beta * v + lr * g
    return w - v, v


@momentum_step.mistake(
    "The velocity points downhill and holds the learning rate. Some libraries do that; here "
    "v = beta * v + g and w = w - lr * v."
)
def downhill_velocity(w, g, v, lr, beta=0.9):
    v = beta * v - lr * g
    return w + v, v


@momentum_step.mistake(
    "The learning rate is in there twice, in the velocity and in the step. "
    "It belongs in the step only."
)
def rate_twice(w, g, v, lr, beta=0.9):
    v = beta * v + lr * g
    return w - lr * v, v


@momentum_step.mistake("The step goes uphill. Subtract lr * v.")
def momentum_uphill(w, g, v, lr, beta=0.9):
    v = beta * v + g
    return w + lr * v, v


@momentum_step.mistake("The gradient is subtracted from the velocity. Add it: v = beta * v + g.")
def gradient_subtracted(w, g, v, lr, beta=0.9):
    v = beta * v - g
    return w - lr * v, v


@momentum_step.mistake("The learning rate is not used. The step is lr * v.")
def momentum_without_lr(w, g, v, lr, beta=0.9):
    v = beta * v + g
    return w - v, v


@momentum_step.mistake(
    "beta is not used: the old velocity is kept whole, and nothing slows it down."
)
def without_friction(w, g, v, lr, beta=0.9):
    v = v + g
    return w - lr * v, v


@momentum_step.mistake("beta is always 0.9 here. Use the argument.")
def always_nine_tenths(w, g, v, lr, beta=0.9):
    return momentum_step.reference(w, g, v, lr)


@momentum_step.mistake(
    "beta multiplies the gradient instead of the old velocity: v = beta * v + g."
)
def beta_on_the_gradient(w, g, v, lr, beta=0.9):
    v = v + beta * g
    return w - lr * v, v


@momentum_step.mistake("beta multiplies the sum. Only the old velocity is multiplied by it.")
def beta_on_both(w, g, v, lr, beta=0.9):
    v = beta * (v + g)
    return w - lr * v, v


@momentum_step.mistake("The old velocity is forgotten: v is the gradient alone.")
def velocity_forgotten(w, g, v, lr, beta=0.9):
    return w - lr * g, g


@momentum_step.mistake(
    "The old velocity came back instead of the new one. The next step needs the new v."
)
def old_velocity_returned(w, g, v, lr, beta=0.9):
    new, _ = momentum_step.reference(w, g, v, lr, beta)
    return new, v


@momentum_step.mistake("The two are swapped: return w, v.")
def velocity_first(w, g, v, lr, beta=0.9):
    return momentum_step.reference(w, g, v, lr, beta)[::-1]


@momentum_step.mistake("Only the new weights came back. The next step needs v too: return w, v.")
def weights_alone(w, g, v, lr, beta=0.9):
    return momentum_step.reference(w, g, v, lr, beta)[0]


@momentum_step.mistake(
    "This looks ahead by another step of velocity (Nesterov's form). Here w = w - lr * v."
)
def nesterov(w, g, v, lr, beta=0.9):
    v = beta * v + g
    return w - lr * (g + beta * v), v


@momentum_step.variant
def momentum_in_one_line(w, g, v, lr, beta=0.9):
    return w - lr * (beta * v + g), g + v * beta


@momentum_step.variant
def momentum_with_copies(w, g, v, lr, beta=0.9):
    v = v.copy() * beta
    v += g
    w = np.array(w) - np.multiply(lr, v)
    return [w, v]


@momentum_step.variant
def momentum_from_before(w, g, v, lr, beta=0.9):
    new_v = np.add(np.multiply(beta, v), g)
    return np.subtract(w, lr * new_v), new_v


# 7.6 ---------------------------------------------------------------------------------------------


def running_sizes(rng: np.random.Generator) -> list[Case]:
    """Make weights, gradients and running means of squares, with zeros and tiny numbers."""

    def three(*shape: int) -> tuple[np.ndarray, ...]:
        return hundredths(rng, *shape), hundredths(rng, *shape), np.abs(hundredths(rng, *shape))

    tiny = np.array([0.5, -1.0, 2.0]), np.array([0.0, 1e-7, -1e-5]), np.zeros(3)
    return [
        (*three(5), 0.1, 0.8, 0.01),
        (*tiny, 0.1),
        (*three(7), 0.02, 0.5),
        (*three(5), 0.1),
        (*three(4, 3), 0.1, 0.99, 0.25),
        (np.array([1.0, -2.0]), np.zeros(2), np.array([4.0, 0.0]), 0.5, 0.75),
        (np.array([1.0, -2.0]), np.array([3.0, -0.5]), np.zeros(2), 0.25),
        (np.array(1.5), np.array(-0.5), np.array(2.25), 0.2, 0.0, 0.5),
    ]


@exercise(
    "7.6",
    "one step of RMSprop",
    cases=running_sizes,
    hints=(
        "First update the running mean s of the squared gradients. Then divide the step by its "
        "square root.",
        "s ← ρ·s + (1 − ρ)·g², then w ← w − lr·g / (√s + ε), with ε outside the root",
        "s = rho * s + (1 - rho) * g**2; return w - lr * g / (np.sqrt(____) + eps), s",
    ),
    returns=("w", "s"),
)
def rmsprop_step(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / (np.sqrt(s) + eps), s


@rmsprop_step.mistake("eps stands inside the root. Add it after: np.sqrt(s) + eps.")
def eps_in_the_root(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / np.sqrt(s + eps), s


@rmsprop_step.mistake(
    "eps is missing. Without it a weight whose gradients were all 0 gets 0 / 0, which is nan."
)
def without_eps(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / np.sqrt(s), s


@rmsprop_step.mistake("eps is always 1e-8 here. Use the argument.")
def eps_fixed(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, lr, rho)


@rmsprop_step.mistake(
    "eps is added to the result of the division. It belongs below the fraction line: "
    "g / (np.sqrt(s) + eps)."
)
def eps_after_the_division(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / np.sqrt(s) + eps, s


@rmsprop_step.mistake("The root is missing. Divide by the square root of s, plus eps.")
def without_the_root(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / (s + eps), s


@rmsprop_step.mistake(
    "The step uses the old s. Update s first, then divide by the root of the new s."
)
def old_size(w, g, s, lr, rho=0.9, eps=1e-8):
    return w - lr * g / (np.sqrt(s) + eps), rho * s + (1 - rho) * g**2


@rmsprop_step.mistake(
    "The squares are summed up. That is AdaGrad. RMSprop keeps a running mean: "
    "rho * s + (1 - rho) * g**2."
)
def sum_of_squares(w, g, s, lr, rho=0.9, eps=1e-8):
    return adagrad_step(w, g, s, lr, eps)


@rmsprop_step.mistake(
    "The factor 1 - rho is missing, so s grows beyond the squared gradients. It is a mean: "
    "rho * s + (1 - rho) * g**2."
)
def not_a_mean(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + g**2
    return w - lr * g / (np.sqrt(s) + eps), s


@rmsprop_step.mistake("rho and 1 - rho are swapped: the old s keeps the share rho.")
def shares_swapped(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, lr, 1 - rho, eps)


@rmsprop_step.mistake("rho is always 0.9 here. Use the argument.")
def rho_fixed(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, lr, 0.9, eps)


@rmsprop_step.mistake("The gradient is not squared in s. It is a mean of g**2.")
def gradient_not_squared(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g
    return w - lr * g / (np.sqrt(s) + eps), s


@rmsprop_step.mistake("The square covers 1 - rho too. Square only the gradient: (1 - rho) * g**2.")
def share_squared_too(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + ((1 - rho) * g) ** 2
    return w - lr * g / (np.sqrt(s) + eps), s


@rmsprop_step.mistake("The step goes uphill. Subtract it from w.")
def rmsprop_uphill(w, g, s, lr, rho=0.9, eps=1e-8):
    new, s = rmsprop_step.reference(w, g, s, lr, rho, eps)
    return 2 * w - new, s


@rmsprop_step.mistake("The learning rate is not used. The step is lr * g / (√s + eps).")
def rmsprop_without_lr(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, 1.0, rho, eps)


@rmsprop_step.mistake(
    "The gradient is missing above the fraction line, so the step has no direction."
)
def without_direction(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g**2
    return w - lr / (np.sqrt(s) + eps), s


@rmsprop_step.mistake(
    "The step is multiplied by the root. Divide by it: large gradients are slowed."
)
def multiplied_by_the_root(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g * (np.sqrt(s) + eps), s


@rmsprop_step.mistake(
    "This is a plain step of gradient descent. Divide it by the root of the new s, plus eps."
)
def plain_step(w, g, s, lr, rho=0.9, eps=1e-8):
    return w - lr * g, rho * s + (1 - rho) * g**2


@rmsprop_step.mistake(
    "One number s is kept for all weights together. Each weight has its own: leave out the sum "
    "or mean over the gradient."
)
def one_size_for_all(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * np.mean(g**2)
    return w - lr * g / (np.sqrt(s) + eps), s


@rmsprop_step.mistake(
    "The squared gradients of all weights are added up. Each weight has its own s: "
    "leave out the sum."
)
def squares_added_up(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * np.sum(g**2)
    return w - lr * g / (np.sqrt(s) + eps), s


@rmsprop_step.mistake(
    "The old s is forgotten. The new s keeps the share rho of it: rho * s + (1 - rho) * g**2."
)
def size_forgotten(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, 0 * s, lr, rho, eps)


@rmsprop_step.mistake(
    "rho is always 0.9 and eps always 1e-8. Use the arguments, not their default values."
)
def rmsprop_defaults(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, lr)


@rmsprop_step.mistake("The old s came back instead of the new one. The next step needs the new s.")
def old_size_returned(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, lr, rho, eps)[0], s


@rmsprop_step.mistake("Only the new weights came back. The next step needs s too: return w, s.")
def rmsprop_weights_alone(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, lr, rho, eps)[0]


@rmsprop_step.mistake("The two are swapped: return w, s.")
def size_first(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, lr, rho, eps)[::-1]


@rmsprop_step.mistake("In Python a square is written g**2. The sign ^ means something else.")
def caret_for_a_square(w, g, s, lr, rho=0.9, eps=1e-8):
    return rho * s + (1 - rho) * (g ^ 2)


@rmsprop_step.variant
def rmsprop_with_g_times_g(w, g, s, lr, rho=0.9, eps=1e-8):
    s = (1 - rho) * g * g + rho * s
    return w - g * (lr / (eps + s**0.5)), s


@rmsprop_step.variant
def rmsprop_moving_toward(w, g, s, lr, rho=0.9, eps=1e-8):
    s = s + (1 - rho) * (np.square(g) - s)
    return [w - np.divide(lr * g, np.sqrt(s) + eps), s]


@rmsprop_step.variant
def rmsprop_on_copies(w, g, s, lr, rho=0.9, eps=1e-8):
    s = np.array(s)
    s *= rho
    s += (1 - rho) * np.power(g, 2)
    return w + -lr * g / (np.sqrt(s) + eps), s


# 7.7 ---------------------------------------------------------------------------------------------


def moments(rng: np.random.Generator) -> list[Case]:
    """Make first and later steps, with zeros, tiny gradients and other settings."""

    def four(*shape: int) -> tuple[np.ndarray, ...]:
        w, g, m, v = (hundredths(rng, *shape) for _ in range(4))
        return w, g, m, np.abs(v)

    w, g, _, _ = four(5)
    tiny = np.array([0.0, 1e-7, -1e-5])
    return [
        (*four(5), 2, 0.1, 0.8, 0.95, 0.01),
        (w, g, np.zeros(5), np.zeros(5), 1, 0.1),
        (*four(7), 2, 0.01),
        (*four(4, 3), 3, 0.05, 0.5),
        (*four(2, 3), 10, 0.5, 0.8, 0.9),
        (np.array([0.5, -1.0, 2.0]), tiny, np.zeros(3), np.zeros(3), 1, 0.1),
        (*four(6), 4, 0.2, 0.9, 0.99, 0.25),
        (np.array([1.0, -2.0]), np.zeros(2), np.array([0.5, 0.0]), np.array([0.25, 0.0]), 5, 0.1),
        (np.array(1.5), np.array(-0.5), np.array(0.25), np.array(0.5), 2, 0.1, 0.0, 0.5, 0.5),
    ]


@exercise(
    "7.7",
    "one step of Adam",
    cases=moments,
    hints=(
        "Four lines: the running mean m of the gradients, the running mean v of their squares, "
        "both corrected, then the step.",
        "m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ), "
        "w ← w − lr·m̂ / (√v̂ + ε)",
        "m_hat = m / (1 - beta1**____); v_hat = v / (1 - beta2**____)",
    ),
    returns=("w", "m", "v"),
)
def adam_step(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps)


def _adam(  # the mistakes change one part of it
    w, g, m, v, t, lr, beta1, beta2, eps,
    power1=None, power2=None, above=None, below=None,
):  # fmt: skip
    """Take a step of Adam whose corrections, numerator and denominator can be replaced."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t if power1 is None else power1)
    v_hat = v / (1 - beta2**t if power2 is None else power2)
    top = m_hat if above is None else above(m, m_hat)
    bottom = np.sqrt(v_hat) + eps if below is None else below(v, v_hat)
    return w - lr * top / bottom, m, v


@adam_step.mistake(
    "The correction is missing. m and v start at zero and are too small at first: divide them by "
    "1 - beta1**t and 1 - beta2**t before the step."
)
def without_correction(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, power1=1, power2=1)


@adam_step.mistake("Only m is corrected. v is too small at first as well: v / (1 - beta2**t).")
def only_m_corrected(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, power2=1)


@adam_step.mistake("Only v is corrected. m is too small at first as well: m / (1 - beta1**t).")
def only_v_corrected(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, power1=1)


@adam_step.mistake(
    "The corrections do not depend on t: they divide by 1 - beta. Use the power: 1 - beta1**t and "
    "1 - beta2**t."
)
def correction_without_t(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, 1 - beta1, 1 - beta2)


@adam_step.mistake("The corrections multiply t instead of raising to it: beta1**t, not beta1 * t.")
def times_t(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, 1 - beta1 * t, 1 - beta2 * t)


@adam_step.mistake(
    "The corrections raise 1 - beta to the power t. Only beta is raised: 1 - beta1**t."
)
def power_of_the_difference(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, (1 - beta1) ** t, (1 - beta2) ** t)


@adam_step.mistake("v is corrected with beta1. It takes beta2: v / (1 - beta2**t).")
def both_corrected_with_beta1(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, power2=1 - beta1**t)


@adam_step.mistake("m is corrected with beta2. It takes beta1: m / (1 - beta1**t).")
def both_corrected_with_beta2(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, power1=1 - beta2**t)


@adam_step.mistake(
    "The old m and v are forgotten. The new ones keep the shares beta1 and beta2 of them."
)
def moments_forgotten(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, 0 * m, 0 * v, t, lr, beta1, beta2, eps)


@adam_step.mistake(
    "beta1 is always 0.9 and beta2 always 0.999. Use the arguments, not their default values."
)
def betas_fixed(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, 0.9, 0.999, eps)


@adam_step.mistake("beta1 is always 0.9 here. Use the argument, not its default value.")
def beta1_fixed(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, 0.9, beta2, eps)


@adam_step.mistake("beta2 is always 0.999 here. Use the argument, not its default value.")
def beta2_fixed(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, 0.999, eps)


@adam_step.mistake("beta1, beta2 and eps always have their default values. Use the arguments.")
def adam_defaults(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, 0.9, 0.999, 1e-8)


@adam_step.mistake("t is counted one too far. It is already 1 in the first step: use beta1**t.")
def t_plus_one(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(
        w, g, m, v, t, lr, beta1, beta2, eps, 1 - beta1 ** (t + 1), 1 - beta2 ** (t + 1)
    )  # fmt: skip


@adam_step.mistake(
    "Here t counts from 0, and the first correction divides by 0. t is already 1 in the first step."
)
def t_minus_one(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1 ** (t - 1)), v / (1 - beta2 ** (t - 1))
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v


@adam_step.mistake(
    "The corrections multiply. Divide m and v by 1 - beta**t, which makes them larger."
)
def multiplied_corrections(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(
        w, g, m, v, t, lr, beta1, beta2, eps, 1 / (1 - beta1**t), 1 / (1 - beta2**t)
    )  # fmt: skip


@adam_step.mistake("The two corrections are swapped: m takes beta1, and v takes beta2.")
def corrections_swapped(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, 1 - beta2**t, 1 - beta1**t)


@adam_step.mistake(
    "The corrected m and v came back. Return the uncorrected ones: the next step needs them."
)
def corrected_state(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    w, m, v = _adam(w, g, m, v, t, lr, beta1, beta2, eps)
    return w, m / (1 - beta1**t), v / (1 - beta2**t)


@adam_step.mistake("beta1 and beta2 are swapped: m keeps the share beta1, and v the share beta2.")
def betas_swapped(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta2, beta1, eps)


@adam_step.mistake("Both running means use beta1. v keeps the share beta2.")
def beta1_for_both(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta1, eps)


@adam_step.mistake("eps stands inside the root. Add it after: np.sqrt(v_hat) + eps.")
def adam_eps_in_the_root(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(
        w, g, m, v, t, lr, beta1, beta2, eps, below=lambda v, v_hat: np.sqrt(v_hat + eps)
    )  # fmt: skip


@adam_step.mistake("eps is missing. Without it a gradient of 0 gives 0 / 0, which is nan.")
def adam_without_eps(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, 0.0)


@adam_step.mistake(
    "eps is added to the result of the division. It belongs below the fraction line: "
    "m_hat / (np.sqrt(v_hat) + eps)."
)
def adam_eps_after_the_division(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    w, m, v = _adam(w, g, m, v, t, lr, beta1, beta2, 0.0)
    return w + eps, m, v


@adam_step.mistake(
    "Brackets are missing in the corrections: m / 1 - beta1**t divides by 1 only. "
    "Write m / (1 - beta1**t), and the same for v."
)
def corrections_without_brackets(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(
        w, g, m, v, t, lr, beta1, beta2, eps,
        above=lambda m, _: m - beta1**t, below=lambda v, _: np.sqrt(v - beta2**t) + eps,
    )  # fmt: skip


@adam_step.mistake("eps is always 1e-8 here. Use the argument.")
def adam_eps_fixed(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, 1e-8)


@adam_step.mistake(
    "eps is added before v is corrected. That is a shortcut of some libraries. Here: correct v, "
    "take the root, then add eps."
)
def eps_before_the_correction(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    fix = np.sqrt(1 - beta2**t)
    return _adam(
        w, g, m, v, t, lr, beta1, beta2, eps, below=lambda v, _: (np.sqrt(v) + eps) / fix
    )  # fmt: skip


@adam_step.mistake("The root comes before the correction. Correct v first, then take the root.")
def root_before_correction(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    fix = 1 - beta2**t
    return _adam(
        w, g, m, v, t, lr, beta1, beta2, eps, below=lambda v, _: np.sqrt(v) / fix + eps
    )  # fmt: skip


@adam_step.mistake("The root is missing. Divide by np.sqrt(v_hat) + eps.")
def adam_without_the_root(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, below=lambda v, v_hat: v_hat + eps)


@adam_step.mistake(
    "The gradient itself stands above the fraction line. Adam moves along the corrected mean m_hat."
)
def gradient_in_the_step(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, above=lambda m, m_hat: g)


@adam_step.mistake("The gradient is not squared in v. It is a running mean of g**2.")
def adam_gradient_not_squared(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g
    return w - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


@adam_step.mistake("The squares are taken of m, not of the gradient. v is a running mean of g**2.")
def squares_of_m(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * m**2
    return w - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


@adam_step.mistake("The factors 1 - beta1 and 1 - beta2 are missing in front of g and g**2.")
def adam_without_shares(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v = beta1 * m + g, beta2 * v + g**2
    return w - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


@adam_step.mistake("The step goes uphill. Subtract it from w.")
def adam_uphill(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, -lr, beta1, beta2, eps)


@adam_step.mistake("The learning rate is not used. The step is lr * m_hat / (√v_hat + eps).")
def adam_without_lr(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, 1.0, beta1, beta2, eps)


@adam_step.mistake(
    "The step uses the m and v of the step before. Update both first, then correct and move."
)
def old_moments(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    step = lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return w - step, beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2


@adam_step.mistake("The order is w, v, m. Return w, m, v.")
def moments_swapped(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    w, m, v = _adam(w, g, m, v, t, lr, beta1, beta2, eps)
    return w, v, m


@adam_step.mistake("Only the new weights came back. The next step needs m and v: return w, m, v.")
def adam_weights_alone(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps)[0]


@adam_step.mistake("The old m and v came back. The next step needs the new ones.")
def old_moments_returned(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps)[0], m, v


@adam_step.mistake("In Python a power is written **. The sign ^ means something else.")
def adam_caret(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return w, beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * (g ^ 2)


@adam_step.mistake("A power of beta is written with ^, which means something else. Write beta1**t.")
def caret_in_the_correction(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return w, m / (1 - (beta1 ^ t)), v


@adam_step.variant
def adam_written_out(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (g * g - v)
    return w - lr * (m / (1 - beta1**t)) / (eps + (v / (1 - beta2**t)) ** 0.5), m, v


@adam_step.variant
def adam_with_numpy(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = np.multiply(beta1, m) + (1 - beta1) * g
    v = np.multiply(beta2, v) + (1 - beta2) * np.square(g)
    corrected = v / (1 - np.power(beta2, t))
    rate = lr / (1 - np.power(beta1, t))
    return [w - rate * m / (np.sqrt(corrected) + eps), m, v]


@adam_step.variant
def adam_with_eps_scaled(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    fix = math.sqrt(1 - beta2**t)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return w - lr * fix / (1 - beta1**t) * m / (np.sqrt(v) + eps * fix), m, v
