"""Module 08, the loss surface: seven exercises under six numbers.

Inputs are quarters, so that the call in a message can be pasted. Grids have more columns than
rows: what lies on its side shows by its shape.
"""

from contextlib import contextmanager
from itertools import pairwise

import numpy as np

from helpers.checks.cases import Code, Seed, obeyed
from helpers.checks.comparing import as_array
from helpers.checks.exercise import Case, exercise
from helpers.checks.plain import NotPlain, Unusable, plain
from helpers.reference import surface


def nonzero_quarters(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw multiples of 1/4 between -3 and 3, none of them 0."""
    drawn = rng.integers(-12, 13, shape) / 4
    return np.where(drawn == 0, 1.25, drawn)


# 8.1 ---------------------------------------------------------------------------------------------


def places(rng: np.random.Generator) -> list[Case]:
    """Make points as numbers, as arrays, and at the bottom."""
    return [
        (3.0, -4.0),
        (0.0, 0.0),
        (0.0, 1.5),
        (-2.5, 0.0),
        (3, 2),
        (nonzero_quarters(rng, 5), nonzero_quarters(rng, 5)),
        (nonzero_quarters(rng, 7), nonzero_quarters(rng, 7)),
        (np.array([[0, 1], [2, 3], [-1, -2]]), np.array([[4, 0], [-2, 1], [3, 5]])),
    ]


def places_that_broadcast(rng: np.random.Generator) -> list[Case]:
    """Make points, and a row of w1 with a column of w2."""
    return [*places(rng), (nonzero_quarters(rng, 1, 4), nonzero_quarters(rng, 3, 1))]


@exercise(
    "8.1",
    "the height of the bowl",
    cases=places_that_broadcast,
    hints=(
        "Square each of the two on its own. Then add the squares.",
        "L = w1² + w2². In Python the square of w1 is w1 ** 2.",
        "return w1 ** 2 + ____",
    ),
)
def bowl(w1, w2):
    return surface.bowl(w1, w2)


@bowl.mistake("The weights are added and not squared. Square each one: w1 ** 2.")
def added(w1, w2):
    return w1 + w2


@bowl.mistake("The sum is squared. Square each weight first, then add the two squares.")
def square_of_the_sum(w1, w2):
    return (w1 + w2) ** 2


@bowl.mistake("This is the distance from the bottom. The height is its square: leave out the root.")
def distance(w1, w2):
    return np.sqrt(w1**2 + w2**2)


@bowl.mistake("This is half of the height: the bowl has no factor ½.")
def halved(w1, w2):
    return 0.5 * (w1**2 + w2**2)


@bowl.mistake("The second square is subtracted. That is a saddle; a bowl adds both squares.")
def saddle_in_place_of_a_bowl(w1, w2):
    return w1**2 - w2**2


@bowl.mistake("The weights are doubled in place of squared: 2·w is the slope of w². Use w ** 2.")
def doubled(w1, w2):
    return 2 * w1 + 2 * w2


@bowl.mistake("Only w1 counts here. Add the square of w2 as well.")
def only_the_first(w1, w2):
    return w1**2 + 0 * w2


@bowl.mistake("The square of w1 is counted twice, that of w2 not at all.")
def first_twice(w1, w2):
    return w1**2 + w1**2 + 0 * w2


@bowl.mistake("The two weights are multiplied with each other. Square each one, then add.")
def product(w1, w2):
    return w1 * w2


@bowl.mistake("w2 is not squared: add w2 ** 2, not w2.")
def second_not_squared(w1, w2):
    return w1**2 + w2


@bowl.mistake("w1 is not squared: start from w1 ** 2, not w1.")
def first_not_squared(w1, w2):
    return w1 + w2**2


@bowl.mistake("In Python ^ is not a power. The square of w1 is w1 ** 2.")
def with_a_caret(w1, w2):
    return w1 ^ 2 + w2 ^ 2


@bowl.mistake("^ is not a power in Python, brackets or not. The square of w1 is w1 ** 2.")
def with_carets_in_brackets(w1, w2):
    return (w1 ^ 2) + (w2 ^ 2)


@bowl.mistake(
    "Arrays are summed up to one number. The bowl has a height at every point: add the two squares "
    "with +, without np.sum."
)
def summed_up(w1, w2):
    return np.sum(w1**2 + w2**2)


@bowl.mistake(
    "math.pow and float() take one number each, but arrays come in too. Write w1 ** 2, or "
    "np.square(w1)."
)
def with_math(w1, w2):
    import math

    return math.pow(w1, 2) + math.pow(w2, 2)


@bowl.mistake("The sizes of the weights are added, without squares. Square each one: w1 ** 2.")
def sizes_added(w1, w2):
    return np.abs(w1) + np.abs(w2)


@bowl.mistake(
    "A dot product (np.dot, np.inner or @) adds up all the points. The bowl has a height at every "
    "point: w1 ** 2 + w2 ** 2."
)
def by_dot_products(w1, w2):
    return np.dot(w1, w1) + np.dot(w2, w2)


@bowl.mistake(
    "The heights are right, but w1 and w2 were squared where they stand. Make new values: w1 ** 2."
)
def squared_in_place(w1, w2):
    w1 **= 2
    w2 **= 2
    return w1 + w2


@bowl.variant
def by_products(w1, w2):
    return w1 * w1 + w2 * w2


@bowl.variant
def by_np_square(w1, w2):
    return np.add(np.square(w1), np.square(w2))


@bowl.variant
def by_complex_numbers(w1, w2):
    return np.abs(w1 + 1j * w2) ** 2


@bowl.variant
def by_np_hypot(w1, w2):
    return np.hypot(w1, w2) ** 2


@exercise(
    "8.1",
    "the gradient of the bowl",
    cases=places,
    hints=(
        "Two slopes: one while only w1 changes, one while only w2 changes. What you hold still has "
        "the slope 0.",
        "The slope of w1² is 2·w1, and that of w2² is 2·w2.",
        "return 2 * w1, ____",
    ),
    returns=("d1", "d2"),
)
def bowl_gradient(w1, w2):
    return surface.bowl_gradient(w1, w2)


@bowl_gradient.mistake("The factor 2 is missing: the slope of w² is 2·w.")
def gradient_without_two(w1, w2):
    return w1, w2


@bowl_gradient.mistake("These are the squares themselves. The slope of w² is 2·w.")
def gradient_is_the_squares(w1, w2):
    return w1**2, w2**2


@bowl_gradient.mistake("The exponent stays behind: the slope of w² is 2·w, not 2·w².")
def gradient_keeps_the_square(w1, w2):
    return 2 * w1**2, 2 * w2**2


@bowl_gradient.mistake(
    "The signs are turned around. The gradient points uphill; the minus belongs to the step."
)
def gradient_downhill(w1, w2):
    return -2 * w1, -2 * w2


@bowl_gradient.mistake("The two slopes are swapped: first the one for w1, then the one for w2.")
def gradient_swapped(w1, w2):
    return 2 * w2, 2 * w1


@bowl_gradient.mistake("The two slopes are added. A gradient keeps them apart: return d1, d2.")
def gradient_added(w1, w2):
    return 2 * w1 + 2 * w2


@bowl_gradient.mistake(
    "Each slope holds both weights. While only w1 changes, w2² stays the same and adds nothing."
)
def gradient_of_both_in_each(w1, w2):
    return 2 * w1 + 2 * w2, 2 * w1 + 2 * w2


@bowl_gradient.mistake("The slope for w1 is returned twice. The second one is 2·w2.")
def gradient_first_twice(w1, w2):
    return 2 * w1, 2 * w1


@bowl_gradient.mistake("Only the slope for w1 is returned. Return two values: return d1, d2.")
def gradient_first_only(w1, w2):
    return 2 * w1


@bowl_gradient.mistake("This is the length of the gradient. Return its two parts: d1, d2.")
def gradient_length(w1, w2):
    return 2 * np.sqrt(w1**2 + w2**2)


@bowl_gradient.mistake("2 ** w is a power of 2. The slope of w² is 2 times w: 2 * w.")
def gradient_powers_of_two(w1, w2):
    return 2.0**w1, 2.0**w2


@bowl_gradient.mistake(
    "The slopes are measured from one side, so they are off by about the size of the nudge. "
    "Use the formula 2·w, or measure from both sides."
)
def gradient_from_one_side(w1, w2):
    h = 1e-6
    here = w1**2 + w2**2
    return ((w1 + h) ** 2 + w2**2 - here) / h, (w1**2 + (w2 + h) ** 2 - here) / h


@bowl_gradient.mistake(
    "The slopes are right, but w1 and w2 were doubled where they stand. Make new values: 2 * w1."
)
def gradient_in_place(w1, w2):
    w1 *= 2
    w2 *= 2
    return w1, w2


@bowl_gradient.variant
def gradient_as_an_array(w1, w2):
    return np.array([2 * w1, 2 * w2])


@bowl_gradient.variant
def gradient_by_np_multiply(w1, w2):
    d1 = np.multiply(w1, 2.0)
    return d1, np.add(w2, w2)


@bowl_gradient.variant
def gradient_as_a_list(w1, w2):
    return [w1 + w1, w2 + w2]


@bowl_gradient.variant
def gradient_measured_from_both_sides(w1, w2):
    h = 1e-3
    return (
        ((w1 + h) ** 2 - (w1 - h) ** 2) / (2 * h),
        ((w2 + h) ** 2 - (w2 - h) ** 2) / (2 * h),
    )


# 8.2 ---------------------------------------------------------------------------------------------


def descents(rng: np.random.Generator) -> list[Case]:
    """Make starts as tuples, lists and arrays, with rates that creep, jump, bounce and diverge."""
    return [
        ((4, 3), 0.25, 3),
        ([-2.0, 1.5], 0.1, 5),
        (nonzero_quarters(rng, 2), 0.5, 2),
        (nonzero_quarters(rng, 2), 0.01, 7),
        (np.array([0.0, -1.5]), 1.0, 4),
        ((1.0, -2.0), 1.25, 6),
        (np.array([2.5, 0.25]), 0.75, 1),
    ]


def _walk(start, lr, steps, slope=2.0):
    """Return the points of a descent, (steps + 1, 2)."""
    path = [np.array(start, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] - lr * slope * path[-1])
    return np.array(path)


def _with_heights(points):
    return np.column_stack([points, np.sum(points**2, axis=1)])


@exercise(
    "8.2",
    "a path down the bowl, with its height",
    cases=descents,
    hints=(
        "Keep a list of points and begin it with the start. In a loop: compute the gradient, step "
        "against it, append the new point.",
        "w1 ← w1 - lr·2·w1, the same for w2; each row of the path is (w1, w2, w1² + w2²).",
        "path.append((w1, w2, ____)) before the loop and after each step; return np.array(path)",
    ),
)
def descent_path_3d(start, lr, steps):
    return surface.descent_path_3d(start, lr, steps)


@descent_path_3d.mistake("The start is missing: it is the first row, so there are steps + 1 rows.")
def path_without_the_start(start, lr, steps):
    return _with_heights(_walk(start, lr, steps))[1:]


@descent_path_3d.mistake(
    "One step is missing at the end. After the start there are as many rows as steps."
)
def path_one_step_short(start, lr, steps):
    return _with_heights(_walk(start, lr, steps))[:-1]


@descent_path_3d.mistake(
    "One step too many: the path has the start and then exactly `steps` points."
)
def path_one_step_long(start, lr, steps):
    return _with_heights(_walk(start, lr, steps + 1))


@descent_path_3d.mistake("The third column is missing: the height w1² + w2² of each point.")
def path_without_heights(start, lr, steps):
    return _walk(start, lr, steps)


@descent_path_3d.mistake(
    "Each height belongs to the point before. Compute the loss after the step, for the new point."
)
def path_heights_lag(start, lr, steps):
    points = _walk(start, lr, steps)
    heights = np.sum(points**2, axis=1)
    return np.column_stack([points, np.append(heights[:1], heights[:-1])])


@descent_path_3d.mistake(
    "The start is missing, and in each row the loss is that of the point before the step. Put the "
    "start in the first row, and compute the loss after the step."
)
def path_heights_lag_without_the_start(start, lr, steps):
    points = _walk(start, lr, steps)
    return np.column_stack([points[1:], np.sum(points**2, axis=1)[:-1]])


@descent_path_3d.mistake(
    "The path climbs. Step against the gradient: w - lr·gradient. If you call bowl_gradient, check "
    "that one first."
)
def path_uphill(start, lr, steps):
    return _with_heights(_walk(start, lr, steps, slope=-2.0))


@descent_path_3d.mistake(
    "Each step is lr·w long, but the gradient of the bowl is 2·w. If you call bowl_gradient, check "
    "that one first."
)
def path_without_two(start, lr, steps):
    return _with_heights(_walk(start, lr, steps, slope=1.0))


@descent_path_3d.mistake("lr is not used: each step takes off the whole gradient.")
def path_without_lr(start, lr, steps):
    return _with_heights(_walk(start, 1.0, steps))


@descent_path_3d.mistake("The learning rate is always 0.1. Use the lr that is passed in.")
def path_with_a_fixed_rate(start, lr, steps):
    return _with_heights(_walk(start, 0.1, steps))


@descent_path_3d.mistake(
    "The path lies on its side. It has a row for each point and three columns: transpose it."
)
def path_on_its_side(start, lr, steps):
    return _with_heights(_walk(start, lr, steps)).T


@descent_path_3d.mistake("The path is one long row. Append each point as a tuple: (w1, w2, loss).")
def path_flat(start, lr, steps):
    return _with_heights(_walk(start, lr, steps)).ravel()


@descent_path_3d.mistake("The columns stand in another order: w1, w2, then the loss.")
def path_loss_first(start, lr, steps):
    return np.roll(_with_heights(_walk(start, lr, steps)), 1, axis=1)


@descent_path_3d.mistake("w2 never moves. Both weights take a step, each with its own gradient.")
def path_of_one_weight(start, lr, steps):
    points = _walk(start, lr, steps)
    points[:, 1] = points[0, 1]
    return _with_heights(points)


@descent_path_3d.mistake("Only one step is taken. Does return stand inside the loop?")
def path_returned_in_the_loop(start, lr, steps):
    return _with_heights(_walk(start, lr, 1))


@descent_path_3d.mistake("Only the last point comes back. Keep every point in a list as you go.")
def path_last_point_only(start, lr, steps):
    return _with_heights(_walk(start, lr, steps))[-1]


@descent_path_3d.mistake(
    "All rows are the last point. Either one array was appended again and again while it moved: "
    "append a copy. Or P[:] = … filled all rows: write P[i] = … for one."
)
def path_of_one_array(start, lr, steps):
    return np.repeat(_with_heights(_walk(start, lr, steps))[-1:], steps + 1, axis=0)


@descent_path_3d.mistake(
    "The path stops as soon as it is low enough. Here all steps are taken, even those that no "
    "longer change anything."
)
def path_stops_at_the_bottom(start, lr, steps):
    path = _with_heights(_walk(start, lr, steps))
    low = np.flatnonzero(path[:, 2] < 1e-6)
    return path[: low[0] + 1] if len(low) else path


@descent_path_3d.mistake(
    "The third column is 2·w1 + 2·w2, the sum of the slopes. It should be the loss, w1² + w2². If "
    "you call bowl, check that one first."
)
def path_with_slopes(start, lr, steps):
    points = _walk(start, lr, steps)
    return np.column_stack([points, 2 * points.sum(axis=1)])


@descent_path_3d.mistake(
    "The third column is the distance from the bottom. The loss is its square, w1² + w2². If you "
    "call bowl, check that one first."
)
def path_with_distances(start, lr, steps):
    points = _walk(start, lr, steps)
    return np.column_stack([points, np.hypot(*points.T)])


@descent_path_3d.mistake(
    "The third column is half of the loss. The bowl has no factor ½. If you call bowl, check that "
    "one first."
)
def path_with_half_heights(start, lr, steps):
    points = _walk(start, lr, steps)
    return np.column_stack([points, np.sum(points**2, axis=1) / 2])


@descent_path_3d.mistake(
    "The third column is w1² − w2². The loss adds the squares. If you call bowl, check that one "
    "first."
)
def path_over_a_saddle(start, lr, steps):
    points = _walk(start, lr, steps)
    return np.column_stack([points, points[:, 0] ** 2 - points[:, 1] ** 2])


@descent_path_3d.mistake(
    "The third column is (w1 + w2)². Square each weight first, then add. If you call bowl, check "
    "that one first."
)
def path_with_the_square_of_the_sum(start, lr, steps):
    points = _walk(start, lr, steps)
    return np.column_stack([points, points.sum(axis=1) ** 2])


@descent_path_3d.mistake(
    "The third column is w1 + w2. The loss is the sum of their squares. If you call bowl, check "
    "that one first."
)
def path_with_sums(start, lr, steps):
    points = _walk(start, lr, steps)
    return np.column_stack([points, points.sum(axis=1)])


@descent_path_3d.mistake(
    "Each weight steps with its square as the slope. The slope of w² is 2·w. If you call "
    "bowl_gradient, check that one first."
)
def path_with_squares_as_slopes(start, lr, steps):
    points = [np.array(start, dtype=float)]
    for _ in range(steps):
        points.append(points[-1] - lr * points[-1] ** 2)
    return _with_heights(np.array(points))


@descent_path_3d.mistake(
    "Each weight steps with the slope of the other one. w1 takes the first slope, w2 the second. "
    "If you call bowl_gradient, check that one first."
)
def path_with_slopes_swapped(start, lr, steps):
    points = [np.array(start, dtype=float)]
    for _ in range(steps):
        points.append(points[-1] - lr * 2 * points[-1][::-1])
    return _with_heights(np.array(points))


@descent_path_3d.mistake(
    "w2 steps with the slope for w1. Its own slope is 2·w2. If you call bowl_gradient, check that "
    "one first."
)
def path_with_the_first_slope_twice(start, lr, steps):
    points = [np.array(start, dtype=float)]
    for _ in range(steps):
        points.append(points[-1] - lr * 2 * points[-1][0])
    return _with_heights(np.array(points))


@descent_path_3d.mistake(
    "All steps are equal: the gradient is that of the start each time. Compute it anew at every "
    "point, inside the loop."
)
def path_with_one_gradient(start, lr, steps):
    first = np.array(start, dtype=float)
    return _with_heights(first - lr * 2 * np.outer(np.arange(steps + 1), first))


@descent_path_3d.mistake(
    "The path begins at (4, 3) whatever start is. Begin at the start that is passed in."
)
def path_from_an_own_start(start, lr, steps):
    return _with_heights(_walk((4, 3), lr, steps))


@descent_path_3d.mistake(
    "The start stands there twice, and the last point is missing. Inside the loop, step first and "
    "then append."
)
def path_start_twice(start, lr, steps):
    path = _with_heights(_walk(start, lr, steps))
    return np.vstack([path[:1], path[:-1]])


@descent_path_3d.mistake(
    "A pair of slopes cannot be multiplied by lr as a whole. Take it apart, d1, d2 = …, or make an "
    "array of it: np.array(…)."
)
def path_lr_times_a_tuple(start, lr, steps):
    return start - lr * tuple(2.0 * np.array(start))


@descent_path_3d.mistake(
    "Every number in the table has lost its decimals: a table of integers cuts them off. Make it "
    "of floats: without dtype=int."
)
def path_in_a_table_of_integers(start, lr, steps):
    return _with_heights(_walk(start, lr, steps)).astype(int)


@descent_path_3d.mistake(
    "Decimals are cut off: the path is kept in an array of integers, because the start has whole "
    "numbers. Make it with dtype=float."
)
def path_cut_to_integers(start, lr, steps):
    path = np.array([[*start, start[0] ** 2 + start[1] ** 2]] * (steps + 1))
    for i in range(steps):
        w = path[i, :2] - lr * 2 * path[i, :2]
        path[i + 1] = *w, w[0] ** 2 + w[1] ** 2
    return path


@descent_path_3d.mistake(
    "-= cannot put decimals into an array of integers. Begin with np.array(start, dtype=float)."
)
def path_minus_equals_on_integers(start, lr, steps):
    w = np.array(start)
    path = [(*w, w[0] ** 2 + w[1] ** 2)]
    for _ in range(steps):
        w -= lr * 2 * w
        path.append((*w, w[0] ** 2 + w[1] ** 2))
    return np.array(path)


@descent_path_3d.mistake(
    "A tuple cannot be multiplied by a decimal number. Take it apart, w1, w2 = start, or make an "
    "array of it: np.array(start, dtype=float)."
)
def path_of_a_tuple(start, lr, steps):
    return start - lr * 2.0 * start


@descent_path_3d.mistake(
    "The path is right, but start was moved along with it. Begin with a copy, np.array(start, "
    "dtype=float), or make a new w in each step."
)
def path_moves_the_start(start, lr, steps):
    w = np.asarray(start, dtype=float)
    path = [(*w, w @ w)]
    for _ in range(steps):
        w -= lr * 2 * w
        path.append((*w, w @ w))
    return np.array(path)


@descent_path_3d.variant
def path_as_a_list(start, lr, steps):
    w1, w2 = start
    path = [(w1, w2, w1**2 + w2**2)]
    for _ in range(steps):
        w1, w2 = w1 - lr * 2 * w1, w2 - lr * 2 * w2
        path.append((w1, w2, w1**2 + w2**2))
    return path


@descent_path_3d.variant
def path_in_closed_form(start, lr, steps):
    points = np.outer((1 - 2 * lr) ** np.arange(steps + 1), start)
    return np.hstack([points, (points**2).sum(axis=1, keepdims=True)])


@descent_path_3d.variant
def path_filled_in(start, lr, steps):
    path = np.empty((steps + 1, 3))
    path[0, :2] = start
    for i in range(steps):
        path[i + 1, :2] = path[i, :2] - lr * np.array(surface.bowl_gradient(*path[i, :2]))
    path[:, 2] = surface.bowl(path[:, 0], path[:, 1])
    return path


# 8.3 ---------------------------------------------------------------------------------------------

_LOSSES = {
    Code("lambda w1, w2: w1**2 + 3 * w2"): lambda w1, w2: w1**2 + 3 * w2,
    Code("lambda w1, w2: w1**2 + w2**2"): lambda w1, w2: w1**2 + w2**2,
    Code("lambda w1, w2: np.sin(w1) - w1 * w2"): lambda w1, w2: np.sin(w1) - w1 * w2,
}


def on_a_grid(attempt, code, w1s, w2s):
    """Let a function fill a grid, and count how often it calls the loss."""
    calls = 0

    def loss(w1, w2):
        nonlocal calls
        calls += 1
        return _LOSSES[code](w1, w2)

    L = attempt(loss, w1s, w2s)
    return None if L is None else {"grid": L, "calls of loss": calls}


def grids(rng: np.random.Generator) -> list[Case]:
    """Make two axes of different lengths, and once of the same."""
    slanted, round_, twisted = _LOSSES
    return [
        (slanted, np.array([0.0, 1.0, 2.0]), np.array([0.0, 0.5])),
        (twisted, np.sort(nonzero_quarters(rng, 7)), np.sort(nonzero_quarters(rng, 5))),
        (twisted, nonzero_quarters(rng, 4), nonzero_quarters(rng, 4)),
        (round_, nonzero_quarters(rng, 2), nonzero_quarters(rng, 5)),
        (slanted, np.array([1.5]), nonzero_quarters(rng, 3)),
        (round_, np.array([-1, 0, 2, 3]), np.array([1, 2, -4])),
    ]


@exercise(
    "8.3",
    "the loss on a grid, in one call",
    cases=grids,
    hints=(
        "Every row of the grid has its own w2, every column its own w1. NumPy fills the grid by "
        "itself if w1 comes as a row and w2 as a column.",
        "w1s as a row: shape (1, n1). w2s as a column: shape (n2, 1). Together they broadcast to "
        "(n2, n1). np.meshgrid(w1s, w2s) makes both of the full shape.",
        "return loss(w1s[np.newaxis, :], w2s[:, ____])",
    ),
    adapter=on_a_grid,
)
def loss_grid(loss, w1s, w2s):
    return loss(w1s[np.newaxis, :], w2s[:, np.newaxis])


def _table(loss, w1s, w2s):
    return np.array([[loss(w1, w2) for w1 in w1s] for w2 in w2s])


@loss_grid.mistake(
    "The numbers are right, but loss is called once for each point of the grid. One call is "
    "enough: hand the arrays to loss itself."
)
def grid_by_two_loops(loss, w1s, w2s):
    return _table(loss, w1s, w2s)


@loss_grid.mistake(
    "The numbers are right, but loss is called once for each point, and once more. A loop or "
    "np.vectorize does that. Call it once, on whole arrays."
)
def grid_by_vectorize(loss, w1s, w2s):
    return np.vectorize(loss)(*np.meshgrid(w1s, w2s))


@loss_grid.mistake(
    "The numbers are right, but loss is called once for each row. Give it all of w2s at once, as a "
    "column: w2s[:, np.newaxis]."
)
def grid_row_by_row(loss, w1s, w2s):
    return np.array([loss(w1s, w2) for w2 in w2s])


@loss_grid.mistake(
    "The numbers are right, but loss is called once for each column. Give it all of w1s at once, "
    "as a row, and w2s as a column."
)
def grid_column_by_column(loss, w1s, w2s):
    return np.column_stack([loss(w1, w2s) for w1 in w1s])


@loss_grid.mistake(
    "The grid lies on its side, and loss is called for every single point. w2 goes down the rows, "
    "w1 along the columns; and one call is enough."
)
def grid_by_two_loops_on_its_side(loss, w1s, w2s):
    return _table(loss, w1s, w2s).T


@loss_grid.mistake(
    "The grid lies on its side: w1 goes down the rows. That comes from indexing='ij', from w1s as "
    "a column, or from a .T too many. Make w1s the row and w2s the column."
)
def grid_on_its_side(loss, w1s, w2s):
    return loss(*np.meshgrid(w1s, w2s, indexing="ij"))


@loss_grid.mistake(
    "The shape is right, but loss gets its arguments in the wrong order. It takes w1 first, then "
    "w2."
)
def grid_arguments_swapped(loss, w1s, w2s):
    W1, W2 = np.meshgrid(w1s, w2s)
    return loss(W2, W1)


@loss_grid.mistake(
    "w1s and w2s have changed places: loss gets values of w2s for w1. Call np.meshgrid(w1s, w2s), "
    "and then loss(W1, W2)."
)
def grid_axes_swapped(loss, w1s, w2s):
    W1, W2 = np.meshgrid(w2s, w1s)
    return loss(W1, W2)


@loss_grid.mistake(
    "The right numbers stand in the wrong places: reshape fills row by row, but the points came "
    "column by column. In each row of the grid w2 stays the same."
)
def grid_reshaped(loss, w1s, w2s):
    W1, W2 = np.meshgrid(w1s, w2s, indexing="ij")
    return loss(W1.ravel(), W2.ravel()).reshape(len(w2s), len(w1s))


@loss_grid.mistake(
    "The right numbers stand in the wrong places, and loss is called for every point. In each row "
    "of the grid w2 stays the same; and one call is enough."
)
def grid_reshaped_from_a_loop(loss, w1s, w2s):
    values = [loss(w1, w2) for w1 in w1s for w2 in w2s]
    return np.array(values).reshape(len(w2s), len(w1s))


@loss_grid.mistake(
    "The numbers are right and in order, but in one long row. Give it the shape "
    "(len(w2s), len(w1s))."
)
def grid_flat(loss, w1s, w2s):
    W1, W2 = np.meshgrid(w1s, w2s)
    return loss(W1.ravel(), W2.ravel())


@loss_grid.mistake(
    "NumPy pairs w1s with w2s one by one, and their lengths differ. Make w2s a column, "
    "w2s[:, np.newaxis], or use np.meshgrid."
)
def grid_without_a_column(loss, w1s, w2s):
    return loss(w1s, w2s)


@loss_grid.mistake(
    "Both axes are columns, and their lengths differ. Make one of them a row: w1s[np.newaxis, :]."
)
def grid_of_two_columns(loss, w1s, w2s):
    return loss(w1s[:, np.newaxis], w2s[:, np.newaxis])


@loss_grid.mistake("loss is never called: this is the bowl, whatever loss is. Call loss itself.")
def grid_of_the_bowl(loss, w1s, w2s):
    W1, W2 = np.meshgrid(w1s, w2s)
    return W1**2 + W2**2


@loss_grid.mistake("Three arrays come back. Return only the losses.")
def grid_with_its_axes(loss, w1s, w2s):
    W1, W2 = np.meshgrid(w1s, w2s)
    return W1, W2, loss(W1, W2)


@loss_grid.mistake(
    "The rows are upside down. Row 0 belongs to w2s[0]; a plot puts it at the bottom by itself."
)
def grid_upside_down(loss, w1s, w2s):
    return loss(*np.meshgrid(w1s, w2s))[::-1]


@loss_grid.mistake(
    "loss gets one argument that holds both arrays. np.meshgrid gives two: "
    "W1, W2 = np.meshgrid(w1s, w2s), then loss(W1, W2)."
)
def grid_in_one_argument(loss, w1s, w2s):
    return loss(np.meshgrid(w1s, w2s))


@loss_grid.variant
def grid_by_meshgrid(loss, w1s, w2s):
    W1, W2 = np.meshgrid(w1s, w2s)
    return loss(W1, W2)


@loss_grid.variant
def grid_by_sparse_meshgrid(loss, w1s, w2s):
    return loss(*np.meshgrid(w1s, w2s, sparse=True)).tolist()


@loss_grid.variant
def grid_turned_back(loss, w1s, w2s):
    return loss(*np.meshgrid(w1s, w2s, indexing="ij")).T


@loss_grid.variant
def grid_by_ix(loss, w1s, w2s):
    W2, W1 = np.ix_(w2s, w1s)
    return loss(W1, W2)


@loss_grid.variant
def grid_from_one_long_row(loss, w1s, w2s):
    values = loss(np.tile(w1s, len(w2s)), np.repeat(w2s, len(w1s)))
    return values.reshape(len(w2s), len(w1s))


@loss_grid.variant
def grid_by_one_column(loss, w1s, w2s):
    return loss(w1s, w2s.reshape(-1, 1))


# 8.4 ---------------------------------------------------------------------------------------------

_SURFACES = ("plot_surface", "plot_wireframe", "plot_trisurf")  # each shows a height over a grid
_FLAT = ("contour", "contourf", "scatter")  # what is drawn in place of a surface
_LIFT = 0.03  # a path may float above the surface by this share of its height, to be seen
_GOOD = "the surface, the path as a line on it, three axes with names"


def judged_figure(attempt, w1s, w2s, L, path):
    """Let a function draw, and judge the figure as its reader would; say all that is missing."""
    given = w1s, w2s, L, path
    w1s, w2s, L, path = (part.copy() for part in given)
    figure = solid_figure(attempt, *given)
    problems = [*_surface_problems(figure, w1s, w2s, L), *_path_problems(figure, L, path)]
    if len(problems) == 2 and not figure["surfaces"] and not figure["lines"]:
        problems = _nothing_problems(figure)
    elif not problems:
        problems = _limit_problems(figure["limits"], w1s, w2s, L)
    problems += _label_problems(figure["axis labels"])
    if not figure["axes shown"]:
        problems.append("The axes are switched off, so nobody sees their names.")
    if problems and figure["elsewhere"] and (figure["surfaces"] or figure["lines"]):
        problems.append("Something was drawn with plt, on other axes. Draw it with ax.")
    if problems:
        raise Unusable(" ".join(problems))
    return _GOOD


def solid_figure(attempt, *args):
    """Let a function draw on fresh 3D axes, and read back what can be seen.

    What a surface was drawn from is recorded on the way in: Matplotlib keeps no public record of
    it, and thins large grids out.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    fig = Figure()
    FigureCanvasAgg(fig)
    ax = fig.add_subplot(projection="3d")
    for name in (*_SURFACES, *_FLAT):
        setattr(ax, name, _recorded(getattr(ax, name), name))
    with _other_figures_closed() as opened:
        attempt(ax, *args)
    drawn = [c for c in ax.collections if c.get_visible() and c.get_alpha() != 0]
    unseen = {getattr(c, "drawn_by", "") for c in ax.collections if c not in drawn}
    kinds = {getattr(collection, "drawn_by", "") for collection in drawn}
    return {
        "axis labels": [ax.get_xlabel(), ax.get_ylabel(), ax.get_zlabel()],
        "surfaces": [c.drawn_from for c in drawn if getattr(c, "drawn_by", "") in _SURFACES],
        "also": sorted(kinds.intersection(_FLAT)),
        "lines": [dict(zip("xyz", line.get_data_3d())) for line in ax.lines if _is_line(line)],
        "dots": any(_has_dots(line) for line in ax.lines if not _is_line(line)),
        "unseen surface": bool(unseen.intersection(_SURFACES)),
        "unseen line": any(not _is_line(line) and not _has_dots(line) for line in ax.lines),
        "limits": [sorted(getattr(ax, f"get_{name}lim")()) for name in "xyz"],
        "axes shown": getattr(ax, "_axis3don", True),  # axison is about flat axes
        "elsewhere": bool(opened),
    }


@contextmanager
def _other_figures_closed():
    """Close the figures that plt opens meanwhile; the list given holds them afterwards."""
    from matplotlib import pyplot as plt

    before, opened = set(plt.get_fignums()), []
    try:
        yield opened
    finally:
        opened += sorted(set(plt.get_fignums()) - before)
        for number in opened:
            plt.close(number)


def _recorded(method, name):
    """Wrap a drawing method so that what it draws remembers its data."""

    def draw(*args, **options):
        made = method(*args, **options)
        data = [*args, *(options[key] for key in ("X", "Y", "Z") if key in options)][:3]
        made.drawn_by, made.drawn_from = name, dict(zip("xyz", data))
        return made

    return draw


def _is_line(line):
    """Whether a line can be seen, and as a line."""
    joined = line.get_linestyle() not in ("None", "none", " ", "") and line.get_linewidth() > 0
    return joined and _is_seen(line)


def _has_dots(line):
    """Whether a line shows its points."""
    return line.get_marker() not in ("None", "none", " ", "", None) and _is_seen(line)


def _is_seen(line):
    """Whether a line is neither hidden nor white on white."""
    from matplotlib.colors import to_rgba

    *color, opacity = to_rgba(line.get_color())
    return line.get_visible() and line.get_alpha() != 0 and opacity > 0 and min(color) < 0.97


def _nothing_problems(figure):
    if figure["unseen surface"] or figure["unseen line"]:
        return [
            "What is drawn on ax cannot be seen (alpha, linewidth, linestyle, color or visible)."
        ]
    if figure["also"] or figure["dots"]:
        return ["There is neither a surface (ax.plot_surface) nor a line (ax.plot) on ax."]
    return ["There is nothing on ax. Draw with ax.plot_surface(…) and ax.plot(…), not with plt."]


def _surface_problems(figure, w1s, w2s, L):
    """Say what keeps the figure from showing the grid; at most one sentence."""
    if not figure["surfaces"]:
        if figure["unseen surface"]:
            return ["The surface is drawn, but invisible (alpha or visible)."]
        instead = f" There is only ax.{figure['also'][0]}." if figure["also"] else ""
        return [f"There is no surface: ax.plot_surface(…).{instead}"]
    W1, W2 = np.meshgrid(w1s, w2s)
    right = _rows(W1, W2, L)
    found = [_rows(*drawn.values()) for drawn in figure["surfaces"]]
    if any(len(rows) == len(right) and np.allclose(rows, right) for rows in found):
        return []
    places = _rows(W1, W2)
    for rows in found:
        if rows.shape == right.shape and np.allclose(_rows(*rows.T[:2]), places):
            which = "those of the bowl" if _is_bowl(rows) else "not those of L"
            return [f"The surface stands over the right grid, but its heights are {which}."]
        if rows.shape == right.shape and np.allclose(_rows(rows[:, 1], rows[:, 0]), places):
            return ["The surface is turned: w1 should run along x, and w2 along y."]
    return ["The surface does not stand over the grid of w1s and w2s."]


def _is_bowl(rows):
    return np.allclose(rows[:, 2], rows[:, 0] ** 2 + rows[:, 1] ** 2)


def _limit_problems(limits, w1s, w2s, L):
    """Say which axis ends before the surface does; at most one sentence."""
    for name, values, (low, high) in zip("xyz", (w1s, w2s, L), limits):
        if values.min() < low - 1e-6 or values.max() > high + 1e-6:
            return [f"The limits of the {name}-axis leave out a part of the surface."]
    return []


def _rows(*columns):
    """Return points as the rows of a table, in an order that does not depend on how they came."""
    try:
        arrays = np.broadcast_arrays(*(np.asarray(column, dtype=float) for column in columns))
    except (TypeError, ValueError):
        return np.empty((0, len(columns)))
    rows = np.column_stack([array.ravel() for array in arrays])
    return rows[np.lexsort(rows.T[::-1].round(9))]


def _path_problems(figure, L, path):
    """Say what keeps the figure from showing the path; at most one sentence."""
    if not figure["lines"]:
        if figure["unseen line"]:
            return [
                "There is a line, but it is invisible (alpha, linewidth, linestyle, color or "
                "visible; white on white is invisible too)."
            ]
        instead = " The dots of ax.plot are not joined." * figure["dots"]
        instead = instead or " There are only the dots of ax.scatter." * (
            "scatter" in figure["also"]
        )
        return [f"There is no line for the path: ax.plot(…).{instead}"]
    pieces = [_points(line) for line in figure["lines"]]
    lift = _LIFT * float(np.ptp(L))
    missing = [
        i for i in range(len(path) - 1) if not any(_holds(p, path[i : i + 2], lift) for p in pieces)
    ]
    if not missing:
        back = len(path) > 2 and any(_holds(p, path[[-1, 0]], lift) for p in pieces)
        return ["A line also goes from the end of path back to its start."] * back
    longest = max(pieces, key=len)
    flat = [*path[:, :2].T, np.zeros(len(path))]
    if longest.shape == path.shape and np.allclose(longest, np.column_stack(flat)):
        return ["The path lies on the floor, at height 0. Its third column is the height."]
    i = missing[0]
    ends = " to ".join(map(_place, path[i : i + 2]))
    drawn = f"The longest line has {len(longest)} points"
    drawn += f" and begins at {_place(longest[0])}" * bool(len(longest))
    return [f"No line goes from row {i} of path to row {i + 1}: {ends}. {drawn}."]


def _place(point):
    return f"({', '.join(f'{value:.4g}' for value in point)})"


def _points(line):
    """Return the points of a line as rows, none where they are not numbers."""
    arrays = [as_array(line[key]) for key in "xyz"]
    if any(a is None or a.dtype.kind not in "biuf" for a in arrays):
        return np.empty((0, 3))
    return np.column_stack(np.broadcast_arrays(*(np.ravel(a).astype(float) for a in arrays)))


def _holds(points, step, lift):
    """Whether a line goes from one point to the next, in either direction."""
    near = [np.all(np.abs(points - end) <= (1e-6, 1e-6, lift + 1e-6), axis=1) for end in step]
    there, back = near[0][:-1] & near[1][1:], near[1][:-1] & near[0][1:]
    return bool((there | back).any())


def _label_problems(labels):
    names = ("x", "y", "z")
    problems = [
        f'The {name}-axis has no label: ax.set_{name}label("…").'
        for name, label in zip(names, labels)
        if not label.strip()
    ]
    first, second, third = (label.strip().lower() for label in labels)
    if any(a and a == b for a, b in ((first, second), (first, third), (second, third))):
        problems.append("Two axes have the same name.")
    elif "loss" in first + second and third and "loss" not in third:
        problems.append("The loss is the height: its name belongs to the z-axis.")
    if "2" in first and "1" not in first and "1" in second and "2" not in second:
        problems.append("The labels of the x-axis and the y-axis are swapped.")
    return problems


def landscapes(rng: np.random.Generator) -> list[Case]:
    """Make small grids, so that a message is short, and paths across them."""
    cases = []
    for n1, n2, points in ((3, 2, 3), (2, 5, 4)):
        w1s, w2s = (np.sort(rng.choice(np.arange(-12, 13), n, replace=False)) / 4 for n in (n1, n2))
        heights = rng.choice(np.arange(1, 81), n1 * n2, replace=False).reshape(n2, n1) / 4
        cases.append((w1s, w2s, heights, np.column_stack([nonzero_quarters(rng, points, 2),
                      rng.choice(np.arange(1, 41), points, replace=False) / 4])))  # fmt: skip
    return cases


@exercise(
    "8.4",
    "draw a surface and a path on it",
    cases=landscapes,
    hints=(
        "ax is a picture with three axes. Two things go on it: the surface, with ax.plot_surface, "
        "and the path, with ax.plot. Then name all three axes.",
        "plot_surface wants three tables of one shape: W1, W2 = np.meshgrid(w1s, w2s), and L. "
        "plot wants the three columns of path: path[:, 0], path[:, 1], path[:, 2].",
        "W1, W2 = np.meshgrid(w1s, w2s); ax.plot_surface(W1, W2, ____, alpha=0.5); "
        'ax.plot(path[:, 0], path[:, 1], ____); ax.set_xlabel("w1"); ax.set_ylabel(____); '
        "ax.set_zlabel(____)",
    ),
    adapter=judged_figure,
    seconds=20.0,  # drawing in 3D is slow on a busy machine
)
def plot_surface(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, path.T)


def _draw(ax, grid, L, columns, names=("w1", "w2", "loss"), style="o-"):
    """Draw with one thing done differently."""
    if grid is not None:
        ax.plot_surface(*grid, L, alpha=0.5)
    if columns is not None:
        ax.plot(*columns, style)
    ax.set(xlabel=names[0], ylabel=names[1], zlabel=names[2])


@plot_surface.mistake(
    "NumPy pairs w1s and w2s one by one. Make a table of each: W1, W2 = np.meshgrid(w1s, w2s)."
)
def surface_without_meshgrid(ax, w1s, w2s, L, path):
    _draw(ax, (w1s, w2s), L, path.T)


@plot_surface.mistake(
    "The grid lies across L. L has a row for each w2 and a column for each w1, just as "
    "np.meshgrid(w1s, w2s) gives them."
)
def surface_across(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s, indexing="ij"), L, path.T)


@plot_surface.mistake("L was transposed. It already fits np.meshgrid(w1s, w2s): leave it as it is.")
def surface_transposed(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L.T, path.T)


@plot_surface.mistake("The surface is turned: W1 is for the x-axis and W2 for the y-axis.")
def surface_turned(ax, w1s, w2s, L, path):
    W1, W2 = np.meshgrid(w1s, w2s)
    _draw(ax, (W2, W1), L, path.T)


@plot_surface.mistake("The surface is that of the bowl, w1² + w2². Draw the heights in L.")
def surface_of_the_bowl(ax, w1s, w2s, L, path):
    W1, W2 = np.meshgrid(w1s, w2s)
    _draw(ax, (W1, W2), W1**2 + W2**2, path.T)


@plot_surface.mistake(
    "The heights are not those of L at these points. Was L reshaped or recomputed? It already fits "
    "np.meshgrid(w1s, w2s)."
)
def surface_with_other_heights(ax, w1s, w2s, L, path):
    W1, W2 = np.meshgrid(w1s, w2s, indexing="ij")
    _draw(ax, (W1, W2), L.reshape(W1.shape), path.T)


@plot_surface.mistake(
    "The line of the path cannot be seen. Look at alpha, linewidth, linestyle, visible and the "
    "color: white on white does not show."
)
def path_invisible(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, None)
    ax.plot(*path.T, alpha=0)


@plot_surface.mistake(
    "The surface cannot be seen. With alpha=0.5 one can look through it; 0 is air."
)
def surface_invisible(ax, w1s, w2s, L, path):
    _draw(ax, None, L, path.T)
    ax.plot_surface(*np.meshgrid(w1s, w2s), L, alpha=0)


@plot_surface.mistake(
    "The path is closed to a ring. Draw its rows as they are, without the first again."
)
def path_as_a_ring(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, np.vstack([path, path[:1]]).T)


@plot_surface.mistake("Each axis needs a name of its own: w1, w2 and the loss.")
def surface_with_one_name(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, path.T, ("w", "w", "w"))


@plot_surface.mistake("The names are mixed up: the loss is the height, so its name is the zlabel.")
def surface_with_the_loss_on_x(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, path.T, ("loss", "w2", "w1"))


@plot_surface.mistake(
    "The axes are hidden, and their names with them. Leave out ax.set_axis_off()."
)
def surface_without_axes(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, path.T)
    ax.set_axis_off()


@plot_surface.mistake(
    "The z-axis is too short for the heights in L. Leave its limits to Matplotlib."
)
def surface_cropped(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, path.T)
    ax.set_zlim(0, 0.1)


@plot_surface.mistake(
    "plt has no zlabel: it knows flat pictures only. Use ax for all three names: ax.set_zlabel."
)
def surface_named_by_plt(ax, w1s, w2s, L, path):
    from matplotlib import pyplot as plt

    _draw(ax, np.meshgrid(w1s, w2s), L, path.T, ("w1", "w2", ""))
    plt.zlabel("loss")


@plot_surface.mistake("The path is missing. Draw it with ax.plot and its three columns.")
def surface_alone(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, None)


@plot_surface.mistake("The surface is missing. Draw it with ax.plot_surface.")
def path_alone(ax, w1s, w2s, L, path):
    _draw(ax, None, L, path.T)


@plot_surface.mistake(
    "The path lies on the floor. ax.plot needs its third column too, path[:, 2], the height."
)
def path_on_the_floor(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, path.T[:2])


@plot_surface.mistake(
    "The path is drawn from its rows. w1, w2 and the loss are its columns: path[:, 0], …"
)
def path_from_rows(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, (path[0], path[1], path[2]))


@plot_surface.mistake(
    "ax.plot got the whole table at once. Give it the three columns: path[:, 0], path[:, 1], "
    "path[:, 2]."
)
def path_in_one_piece(ax, w1s, w2s, L, path):
    W1, W2 = np.meshgrid(w1s, w2s)
    ax.plot_surface(W1, W2, L)
    ax.plot(path)


@plot_surface.mistake("w1 and w2 of the path have changed places. Column 0 is w1, column 1 is w2.")
def path_turned(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, path.T[[1, 0, 2]])


@plot_surface.mistake("The start of the path is not drawn. Begin with row 0.")
def path_without_its_start(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, path[1:].T)


@plot_surface.mistake("The last step of the path is not drawn. A slice [:-1] leaves out the end.")
def path_without_its_end(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, path[:-1].T)


@plot_surface.mistake(
    "The path is only dots: nobody sees in which order they come. Join them: ax.plot(…, 'o-')."
)
def path_of_dots(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, path.T, style="o")


@plot_surface.mistake(
    "ax.scatter draws dots that nobody can follow. Draw the path as a line, with ax.plot."
)
def path_scattered(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, None)
    ax.scatter(*path.T)


@plot_surface.mistake(
    "These are level lines. They belong to the flat twin; here draw a surface, ax.plot_surface."
)
def surface_as_contours(ax, w1s, w2s, L, path):
    _draw(ax, None, L, path.T)
    ax.contour(*np.meshgrid(w1s, w2s), L)


@plot_surface.mistake("No axis has a name. Add ax.set_xlabel, ax.set_ylabel and ax.set_zlabel.")
def surface_without_names(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, path.T, ("", "", ""))


@plot_surface.mistake("The vertical axis has no name. Add ax.set_zlabel.")
def surface_without_zlabel(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, path.T, ("w1", "w2", ""))


@plot_surface.mistake("Only the vertical axis has a name. Name the two weights as well.")
def surface_with_zlabel_only(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, path.T, ("", "", "loss"))


@plot_surface.mistake("The names of the two weights are swapped: w1 runs along x, w2 along y.")
def surface_with_names_swapped(ax, w1s, w2s, L, path):
    _draw(ax, np.meshgrid(w1s, w2s), L, path.T, ("w2", "w1", "loss"))


@plot_surface.mistake(
    "You drew on another figure, or not at all. Use the ax that is passed in: ax.plot_surface(…)."
)
def surface_elsewhere(ax, w1s, w2s, L, path):
    from matplotlib.figure import Figure

    _draw(Figure().add_subplot(projection="3d"), np.meshgrid(w1s, w2s), L, path.T)


@plot_surface.variant
def surface_by_broadcasting(ax, w1s, w2s, L, path):
    ax.plot_surface(w1s[np.newaxis, :], w2s[:, np.newaxis], L, cmap="cividis", alpha=0.6)
    ax.plot3D(path[:, 0], path[:, 1], path[:, 2], color="black", marker="o", label="path")
    ax.set_xlabel("$w_1$")
    ax.set_ylabel("$w_2$")
    ax.set_zlabel("L")
    ax.set_title("down we go")
    ax.legend()
    return ax


@plot_surface.variant
def surface_as_a_wireframe(ax, w1s, w2s, L, path):
    W1, W2 = np.meshgrid(w1s, w2s, indexing="ij")
    ax.plot_wireframe(W1, W2, L.T)
    for a, b in pairwise(path):
        ax.plot([b[0], a[0]], [b[1], a[1]], [b[2], a[2]], "k")
    ax.set(xlabel="weight 1", ylabel="weight 2", zlabel="loss")


@plot_surface.variant
def surface_as_triangles(ax, w1s, w2s, L, path):
    W1, W2 = np.meshgrid(w1s, w2s)
    ax.plot_trisurf(W1.ravel(), W2.ravel(), L.ravel())
    ax.plot(path[:, 0], path[:, 1], path[:, 2] + 0.02 * np.ptp(L), linestyle="--")
    ax.scatter(*path.T)
    ax.set(xlabel="first", ylabel="second", zlabel="loss")


@plot_surface.variant
def surface_by_keywords(ax, w1s, w2s, L, path):
    W1, W2 = np.meshgrid(w1s, w2s)
    ax.contour(W1, W2, L, zdir="z", offset=0)
    ax.plot_surface(X=W1, Y=W2, Z=L)
    ax.plot(path[:, 0], path[:, 1], zs=path[:, 2])
    ax.plot(path[:, 0], path[:, 1], 0, ":")
    ax.set(xlabel="w1", ylabel="w2", zlabel="loss")


# 8.5 ---------------------------------------------------------------------------------------------

_ENOUGH = 1_000  # weights; fewer say little about where they were drawn from


def described(attempt, params, seed):
    """Draw a direction, and say of it what does not depend on luck."""
    before = {name: P.copy() for name, P in params.items()}
    first = _direction(attempt(params, np.random.default_rng(int(seed))))
    again, other = (
        _direction(attempt({k: P.copy() for k, P in before.items()}, np.random.default_rng(s)))
        for s in (int(seed), int(seed) + 1)
    )
    weights = [name for name in before if name.startswith("W")]
    shapes = {name: first[name].shape for name in before if name in first}
    facts = {"keys": ", ".join(sorted(first)), "shapes": _listed(shapes)}
    if list(shapes.values()) != [P.shape for P in before.values()]:
        unseen = ("biases", "norms that are kept", "drawn from rng", "draws")
        return facts | dict.fromkeys(unseen, "not looked at")
    biases = [first[name] for name in before if name not in weights]
    facts |= {
        "biases": "all 0" if not any(b.any() for b in biases) else "not all 0",
        "norms that are kept": _listed({n: _kept(first[n], before[n]) for n in weights}),
        "drawn from rng": obeyed(*([d[n] for n in weights] for d in (first, again, other))),
    }
    if all(before[name].size > _ENOUGH for name in weights):
        facts["draws"] = _listed({name: _spread(first[name], before[name]) for name in weights})
    return facts


def _listed(facts):
    return ", ".join(f"{name} {fact}" for name, fact in facts.items())


def _direction(answer):
    """Read the answer as a dict of arrays."""
    if answer is None:
        raise Unusable("The function returns None. Does every way through it end in return?")
    try:
        answer = plain(answer)
    except NotPlain as error:
        raise Unusable(f"The answer is {error}. It should be a dict like params.") from None
    if not isinstance(answer, dict) or not all(type(name) is str for name in answer):
        raise Unusable("The answer should be a dict with the same keys as params.")
    arrays = {name: as_array(value) for name, value in answer.items()}
    for name, array in arrays.items():
        if array is None or not array.size or not np.isfinite(array).all():
            raise Unusable(f"{name} should be an array of finite numbers.")
    return arrays


def _kept(D, P):
    """Say which norms a direction has in common with the weights."""
    sizes = {"of each column": 0, "of each row": 1, "of the whole matrix only": None}
    for name, axis in sizes.items():
        if np.allclose(np.linalg.norm(D, axis=axis), np.linalg.norm(P, axis=axis), rtol=1e-6):
            return name
    squares = np.sum(P**2, axis=0)
    if np.allclose(np.linalg.norm(D, axis=0), squares, rtol=1e-6):
        return "none (each column has its norm squared)"
    if np.allclose(np.linalg.norm(D, axis=0), 1, rtol=1e-6):
        return "none (each column has norm 1)"
    if np.allclose(np.linalg.norm(D, axis=0), np.linalg.norm(P), rtol=1e-6):
        return "none (each column has the norm of the whole matrix)"
    return "none"


def _spread(D, P):
    """Say how the numbers of a direction are spread: as normal ones, evenly, or else."""
    taken = _taken(D, P)
    if taken:
        return taken
    norms = np.linalg.norm(D, axis=0)
    columns = D[:, norms > 0] / norms[norms > 0]
    alike = np.mean(columns.T @ columns) - 1 / columns.shape[1]
    if np.abs(columns[:, :1].T @ columns[:, 1:]).min() > 1 - 1e-9:
        return "the same direction in every column"
    if abs(np.mean(columns > 0) - 0.5) > 0.1:
        return "not around 0"
    if alike > 0.1 or np.mean(np.abs(np.mean(columns > 0, axis=0) - 0.5)) > 0.2:
        return "in order, not at random"
    sizes = np.sort(np.abs(columns * np.sqrt(len(columns))), axis=None)
    tails = float(np.mean(sizes**4))
    if 2.2 < tails < 3.6:  # 3 for normal numbers, a little less for columns of one norm
        return "normal"
    if np.ptp(sizes) < 1e-6:
        return "all of one size"
    evenly = np.clip(sizes / np.sqrt(3), 0, 1)  # as the ranks are, where the spread is even
    gap = np.abs(evenly - np.linspace(0, 1, len(sizes))).max()
    return "even" if gap < 0.07 else "neither normal nor even"


def _taken(D, P):
    """Say what of a direction was taken from the weights and not drawn; mostly nothing."""
    if np.allclose(np.abs(D), np.abs(P)):
        return "the sizes of the weights themselves"
    if np.allclose(np.sort(D, axis=0), np.sort(P, axis=0)):
        return "the weights themselves, in another order"
    if abs(np.sum(D * P)) > 0.3 * np.linalg.norm(D) * np.linalg.norm(P):
        return "leaning toward the weights"
    return ""


def networks(rng: np.random.Generator) -> list[Case]:
    """Make the parameters of small networks, of one with a dead column, and of a large one."""
    cases = []
    for sizes in ((4, 3, 2), (2, 5, 3), (60, 30, 40), (1, 4, 1)):
        n, k, out = sizes
        params = {
            "W1": nonzero_quarters(rng, n, k) * np.arange(1, k + 1),
            "b1": nonzero_quarters(rng, 1, k),
            "W2": nonzero_quarters(rng, k, out) * np.arange(1, out + 1),
            "b2": nonzero_quarters(rng, 1, out),
        }
        cases.append((params, Seed(rng.integers(1, 1000))))
    dead = {name: P.copy() for name, P in cases[0][0].items()}
    dead["W1"][:, 1] = 0
    return [*cases, (dead, Seed(rng.integers(1, 1000)))]


@exercise(
    "8.5",
    "a random direction, as large as the network",
    cases=networks,
    hints=(
        "Go through params. A bias gets zeros of its shape. A weight matrix gets random numbers of "
        "its shape, and then each column gets the length that it has in params.",
        "Column j of the direction is D_j · ‖W_j‖ / ‖D_j‖. np.linalg.norm(W, axis=0) gives the "
        "norms of all columns at once, and they divide a matrix column by column.",
        "D = rng.standard_normal(P.shape); "
        "direction[name] = D * np.linalg.norm(P, axis=____) / np.linalg.norm(D, axis=____)",
    ),
    adapter=described,
)
def random_slice(params, rng):
    return surface.random_slice(params, rng)


def _norm(P, axis=0):
    return np.linalg.norm(P, axis=axis, keepdims=True)


def _drawn(params, weight, bias=np.zeros_like):
    return {name: weight(P) if name.startswith("W") else bias(P) for name, P in params.items()}


def _scaled(D, P):
    with np.errstate(invalid="ignore"):
        return D / _norm(D) * _norm(P)


@random_slice.mistake(
    "Here every row has the norm of that row in params. A neuron is a column: use axis=0."
)
def slice_by_rows(params, rng):
    def weight(P):
        D = rng.standard_normal(P.shape)
        return D / _norm(D, 1) * _norm(P, 1)

    return _drawn(params, weight)


@random_slice.mistake(
    "Only the norm of the whole matrix is kept. np.linalg.norm needs axis=0 to give one norm for "
    "each column."
)
def slice_by_the_whole_matrix(params, rng):
    def weight(P):
        D = rng.standard_normal(P.shape)
        return D / np.linalg.norm(D) * np.linalg.norm(P)

    return _drawn(params, weight)


@random_slice.mistake(
    "Every column has the norm of the whole matrix. The norms of params need axis=0 as well."
)
def slice_columns_with_the_norm_of_the_matrix(params, rng):
    def weight(P):
        D = rng.standard_normal(P.shape)
        return D / _norm(D) * np.linalg.norm(P)

    return _drawn(params, weight)


@random_slice.mistake(
    "The columns do not have the norms that they have in params. Divide each column of the random "
    "numbers by its own norm, and multiply by that of the column in params."
)
def slice_not_scaled(params, rng):
    return _drawn(params, lambda P: rng.standard_normal(P.shape))


@random_slice.mistake(
    "Every column has norm 1. Multiply it by the norm of the same column in params."
)
def slice_of_unit_columns(params, rng):
    def weight(P):
        D = rng.standard_normal(P.shape)
        return D / _norm(D)

    return _drawn(params, weight)


@random_slice.mistake("The norms are squared: the root is missing in √(sum of squares).")
def slice_without_the_root(params, rng):
    def weight(P):
        D = rng.standard_normal(P.shape)
        return D / _norm(D) * np.sum(P**2, axis=0)

    return _drawn(params, weight)


@random_slice.mistake("The biases move too. Their part of the direction is 0: np.zeros_like(b).")
def slice_with_random_biases(params, rng):
    return _drawn(
        params,
        lambda P: _scaled(rng.standard_normal(P.shape), P),
        lambda b: rng.standard_normal(b.shape),
    )


@random_slice.mistake(
    "The direction holds no biases. It has every key of params, with zeros for the biases."
)
def slice_without_biases(params, rng):
    return {n: _scaled(rng.standard_normal(P.shape), P) for n, P in params.items() if n[0] == "W"}


@random_slice.mistake(
    "Only the first weight matrix comes back. Go through all of params. Does return stand inside "
    "the loop?"
)
def slice_of_the_first_matrix(params, rng):
    return {"W1": _scaled(rng.standard_normal(params["W1"].shape), params["W1"])}


@random_slice.mistake(
    "The same rng gives another direction each time, so nobody can repeat your picture. Draw from "
    "the rng that is passed in, not from np.random."
)
def slice_from_np_random(params, rng):
    return random_slice.reference(params, np.random.default_rng())


@random_slice.mistake(
    "The same direction comes back whatever rng is. Draw from the rng that is passed in, and make "
    "no generator of your own."
)
def slice_from_an_own_generator(params, rng):
    return random_slice.reference(params, np.random.default_rng(0))


@random_slice.mistake(
    "Two calls with the same rng differ, and columns are not scaled. Draw with "
    "rng.standard_normal, then give each column the norm it has in params."
)
def slice_from_np_random_not_scaled(params, rng):
    return slice_not_scaled(params, np.random.default_rng())


@random_slice.mistake(
    "All numbers are positive, or most of them. A direction goes both ways: rng.standard_normal."
)
def slice_of_positive_numbers(params, rng):
    return _drawn(params, lambda P: _scaled(rng.random(P.shape), P))


@random_slice.mistake(
    "The norms are right, but the numbers are spread evenly, or nearly so: some directions are "
    "favored. Draw normal ones, rng.standard_normal, and scale them only."
)
def slice_of_even_numbers(params, rng):
    return _drawn(params, lambda P: _scaled(rng.uniform(-1, 1, P.shape), P))


@random_slice.mistake(
    "Each entry keeps its size from params; only its sign is random. Draw a whole matrix D, and "
    "rescale whole columns of it by their norms."
)
def slice_of_random_signs(params, rng):
    return _drawn(params, lambda P: np.abs(P) * np.sign(rng.standard_normal(P.shape)))


@random_slice.mistake(
    "These are the weights in another order. Draw new numbers, rng.standard_normal(P.shape), and "
    "take only the norms from params."
)
def slice_of_shuffled_weights(params, rng):
    return _drawn(params, lambda P: rng.permuted(P, axis=0))


@random_slice.mistake(
    "The direction leans toward the weights themselves. Take only their norms from params; the "
    "numbers are drawn, and params are not added to them."
)
def slice_around_the_weights(params, rng):
    return _drawn(params, lambda P: _scaled(rng.standard_normal(P.shape) + P, P))


@random_slice.mistake(
    "The numbers stand in order of size, or each column keeps to one side of 0. Leave them in the "
    "order in which rng draws them."
)
def slice_in_order(params, rng):
    return _drawn(params, lambda P: _scaled(np.sort(rng.standard_normal(P.shape), axis=0), P))


@random_slice.mistake(
    "All numbers of a column have one size; only their signs differ. Draw normal ones: "
    "rng.standard_normal."
)
def slice_of_bare_signs(params, rng):
    return _drawn(params, lambda P: _scaled(rng.choice([-1.0, 1.0], P.shape), P))


@random_slice.mistake(
    "The norms are right, but the numbers are not spread as normal ones are. Draw with "
    "rng.standard_normal, and do nothing to the numbers but rescale whole columns."
)
def slice_of_clipped_numbers(params, rng):
    return _drawn(params, lambda P: _scaled(np.clip(rng.standard_normal(P.shape), -1, 1), P))


@random_slice.mistake(
    "W1 with a single row is taken for a bias. Tell the two apart by their names: "
    'name.startswith("W").'
)
def slice_with_biases_by_shape(params, rng):
    def either(P):
        return _scaled(rng.standard_normal(P.shape), P) if len(P) > 1 else np.zeros(P.shape)

    return {name: either(P) for name, P in params.items()}


@random_slice.mistake(
    "Some numbers are not finite: a column of params may be all 0, and there was a division by its "
    "norm. Divide by the norms of the random numbers, multiply by those of params."
)
def slice_with_norms_turned_over(params, rng):
    with np.errstate(all="ignore"):
        return _drawn(params, lambda P: (D := rng.standard_normal(P.shape)) * _norm(D) / _norm(P))


@random_slice.mistake(
    "Every column points the same way: one column was drawn and used for all. Draw a number for "
    "every weight, with the shape of the matrix."
)
def slice_of_one_column(params, rng):
    return _drawn(params, lambda P: _scaled(rng.standard_normal((len(P), 1)) * np.ones(P.shape), P))


@random_slice.mistake(
    "This is the network moved by the direction. Return the direction alone, without params."
)
def slice_added_to_the_network(params, rng):
    direction = random_slice.reference(params, rng)
    return {name: params[name] + direction[name] for name in params}


@random_slice.mistake(
    "The direction is right, but params was changed on the way. A new dict is not enough where "
    "its arrays are the old ones: make new arrays too, np.zeros_like(P)."
)
def slice_written_into_params(params, rng):
    params.update(random_slice.reference(params, rng))
    return params


@random_slice.mistake("The biases are flat. np.zeros_like(b) keeps the shape (1, n).")
def slice_with_flat_biases(params, rng):
    return _drawn(
        params,
        lambda P: _scaled(rng.standard_normal(P.shape), P),
        lambda b: np.zeros(b.size),
    )


@random_slice.mistake(
    "A generator has no randn; that belongs to np.random. Here it is rng.standard_normal(shape)."
)
def slice_by_randn(params, rng):
    return _drawn(params, lambda P: rng.randn(*P.shape))


@random_slice.mistake(
    "There is one norm for each row, and they do not line up with the columns. A neuron is a "
    "column: np.linalg.norm(…, axis=0)."
)
def slice_by_rows_that_do_not_fit(params, rng):
    def weight(P):
        D = rng.standard_normal(P.shape)
        return D / np.linalg.norm(D, axis=1)

    return _drawn(params, weight)


@random_slice.variant
def slice_column_by_column(params, rng):
    direction = {}
    for name, P in params.items():
        direction[name] = np.zeros(P.shape)
        if name[0] == "W":
            for j in range(P.shape[1]):
                d = rng.normal(size=len(P))
                direction[name][:, j] = d * np.sqrt(P[:, j] @ P[:, j]) / np.sqrt(d @ d)
    return direction


@random_slice.variant
def slice_by_names(params, rng):
    W2, W1 = params["W2"], params["W1"]
    D2, D1 = rng.normal(0, 3, W2.shape), rng.normal(0, 0.1, W1.shape)
    return {
        "b1": np.zeros((1, W1.shape[1])),
        "b2": np.zeros((1, W2.shape[1])),
        "W2": (D2 * np.sqrt((W2**2).sum(axis=0) / (D2**2).sum(axis=0))).tolist(),
        "W1": D1 * np.sqrt((W1**2).sum(axis=0) / (D1**2).sum(axis=0)),
    }


@random_slice.variant
def slice_divided_by_a_ratio(params, rng):
    def weight(P):
        D = rng.standard_normal(P.shape)
        return D / (np.linalg.norm(D, axis=0) / np.linalg.norm(P, axis=0))

    return _drawn(params, weight, lambda b: 0 * b)


# 8.6 ---------------------------------------------------------------------------------------------


def _rotated(rng, curvatures):
    """Make a symmetric matrix of whole numbers with curvatures of the given signs."""
    n = len(curvatures)
    M = np.eye(n, dtype=int)
    for i in range(n):
        for j in range(i):
            M[i, j] = rng.choice([-2, -1, 1, 2])
    return M @ np.diag(curvatures) @ M.T  # Sylvester: the signs stay


def hessians(rng: np.random.Generator) -> list[Case]:
    """Make matrices of every kind and of several sizes, and eigenvalues next to 0."""
    tiny, low, small = 1e-13, 1e-11, 1e-8
    diagonal = [[2.0, 8.0], [2.0, -2.0], [-1.0, -3.0], [2.0, 0.0], [0.0, 0.0], [-2.0, 0.0],
                [2.0, tiny], [2.0, -tiny], [-3.0, tiny], [2.0, small], [2.0, -small],
                [-1.0, -small], [1.0, 0.0, -1.0], [-1.0, -2.0, -3.0], [-1.0, -2.0, 3.0],
                [4.0], [-0.5], [1.0, 2.0, 3.0, 4.0], [5.0, 4.0, 3.0, -1.0],
                [1.0, low], [small, -small], [1e4, 2e-9]]  # fmt: skip
    signs = [[1, 2], [1, -9], [-1, -1], [1, 0], [-1, 0], [1, 2, 1], [-1, -1, -2], [-1, -2, -1, -1],
             [1, 1, -1], [1, 1, 0], [3, 0, -1], [-2, -1, 0], [1, 1, 2, 1, -9]]  # fmt: skip
    return [
        (np.diag([2.0, 2.0]),),
        (np.array([[1, 3], [3, 1]]),),
        (np.array([[3, 1], [1, 3]]),),
        (np.array([[3, -1], [-1, 3]]),),
        (np.array([[1, 1], [1, 1]]),),
        *((np.diag(entries),) for entries in diagonal),
        *((_rotated(rng, entries),) for entries in signs),
    ]


@exercise(
    "8.6",
    "what lies at a flat spot",
    cases=hessians,
    hints=(
        "The eigenvalues of the Hessian are the curvatures along its own directions. What do their "
        "signs say?",
        "All positive: minimum. All negative: maximum. Both signs: saddle, whatever else there is. "
        "None of these: undetermined. Those between -1e-12 and 1e-12 count as 0.",
        "e = np.linalg.eigvalsh(hessian); up, down = e > 1e-12, e < ____; "
        'if up.any() and down.any(): return "saddle"; if up.all(): return ____',
    ),
)
def classify_critical_point(hessian):
    return surface.classify_critical_point(hessian)


def _named(e, tolerance=1e-12):
    """Name a point after its curvatures."""
    up, down = np.asarray(e) > tolerance, np.asarray(e) < -tolerance
    if up.any() and down.any():
        return "saddle"
    if up.all():
        return "minimum"
    return "maximum" if down.all() else "undetermined"


@classify_critical_point.mistake(
    "One half of the matrix was left out, or only the diagonal looked at. What stands beside it "
    "tilts the directions: take the eigenvalues of all of hessian."
)
def critical_by_the_diagonal(hessian):
    return _named(np.diag(hessian))


@classify_critical_point.mistake(
    "The entries of the matrix were looked at. Their signs say little: take the eigenvalues."
)
def critical_by_the_entries(hessian):
    return _named(hessian.ravel())


@classify_critical_point.mistake(
    "The rule with the determinant holds for two weights only. For any size, take the eigenvalues."
)
def critical_by_the_determinant(hessian):
    d = np.linalg.det(hessian)
    if d > 1e-12:
        return "minimum" if hessian[0, 0] > 0 else "maximum"
    return "saddle" if d < -1e-12 else "undetermined"


@classify_critical_point.mistake(
    "The names are swapped: where all directions curve upward, the point is a minimum."
)
def critical_upside_down(hessian):
    return _named(-np.linalg.eigvalsh(hessian))


@classify_critical_point.mistake(
    "A flat direction leaves it open: with an eigenvalue of 0 and no negative one, the point is "
    '"undetermined". The same holds the other way round.'
)
def critical_with_flat_directions(hessian):
    e = np.linalg.eigvalsh(hessian)
    if (e >= -1e-12).all():
        return "minimum"
    return "maximum" if (e <= 1e-12).all() else "saddle"


@classify_critical_point.mistake(
    "One curvature up and one down already make a saddle, even if a third is 0. Ask for the saddle "
    "first."
)
def critical_flat_first(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "undetermined" if (np.abs(e) < 1e-12).any() else _named(e)


@classify_critical_point.mistake(
    "Eigenvalues come with rounding errors. Those smaller than 1e-12 in size count as 0: compare "
    "with 1e-12 and -1e-12, not with 0."
)
def critical_without_tolerance(hessian):
    return _named(np.linalg.eigvalsh(hessian), 0)


@classify_critical_point.mistake(
    "The tolerance is too wide: an eigenvalue of 1e-8 is a true curvature. Only below 1e-12 does "
    "one count as 0."
)
def critical_with_a_wide_tolerance(hessian):
    return _named(np.linalg.eigvalsh(hessian), 1e-6)


@classify_critical_point.mistake(
    "The tolerance is a little too wide: an eigenvalue of 1e-11 is a true curvature. Compare with "
    "1e-12 and -1e-12."
)
def critical_with_a_less_wide_tolerance(hessian):
    return _named(np.linalg.eigvalsh(hessian), 1e-10)


@classify_critical_point.mistake(
    "Small eigenvalues are taken for 0 when another one is large. The tolerance is 1e-12 for every "
    "matrix: do not multiply it by the largest."
)
def critical_with_a_relative_tolerance(hessian):
    e = np.linalg.eigvalsh(hessian)
    return _named(e, 1e-12 * max(1, np.abs(e).max()))


@classify_critical_point.mistake(
    "Two small curvatures of both signs are a saddle too. Their product is smaller still: compare "
    "each one with 1e-12 or -1e-12, not the product."
)
def critical_by_the_product(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "saddle" if e[0] * e[-1] < -1e-12 else _named(e) if e[0] * e[-1] > 0 else "undetermined"


@classify_critical_point.mistake(
    "One positive eigenvalue is not enough for a minimum: all must be positive. Use .all(), and "
    "ask for the saddle first."
)
def critical_by_any(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "minimum" if e[-1] > 1e-12 else "maximum" if e[0] < -1e-12 else "undetermined"


@classify_critical_point.mistake(
    "One positive eigenvalue is not enough for a minimum, nor one above 0 by rounding. Use .all(), "
    "compare with 1e-12, and ask for the saddle first."
)
def critical_by_any_above_zero(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "minimum" if e[-1] > 0 else "maximum" if e[0] < 0 else "undetermined"


@classify_critical_point.mistake(
    "Saddles are found, but one positive eigenvalue beside zeros is called a minimum, one negative "
    "a maximum. For those two, all must have the sign: .all()."
)
def critical_saddle_then_any(hessian):
    e = np.linalg.eigvalsh(hessian)
    up, down = e[-1] > 1e-12, e[0] < -1e-12
    return "saddle" if up and down else "minimum" if up else "maximum" if down else "undetermined"


@classify_critical_point.mistake(
    "An eigenvalue of 0 counts as a curvature here, as with >= 0 or <= 0. Then flat directions "
    "make a minimum or a maximum. Compare with > 1e-12 and < -1e-12."
)
def critical_by_at_least_zero(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "minimum" if (e >= 0).all() else "maximum" if (e <= 0).all() else "saddle"


@classify_critical_point.mistake(
    "The sum of the curvatures decides here (or that of the diagonal, which is the same). Look at "
    "the sign of each eigenvalue."
)
def critical_by_the_trace_or_saddle(hessian):
    trace = np.trace(hessian)
    return "minimum" if trace > 0 else "maximum" if trace < 0 else "saddle"


@classify_critical_point.mistake(
    "One half of the matrix, or all beside the diagonal, was left out, and there is no tolerance. "
    "Take the eigenvalues, and compare with 1e-12 and -1e-12."
)
def critical_by_the_diagonal_above_zero(hessian):
    return _named(np.diag(hessian), 0)


@classify_critical_point.mistake(
    "There may be only one eigenvalue, or more than two: e[0] and e[1] will not do. e[0] is the "
    "lowest and e[-1] the highest; or use .all() and .any()."
)
def critical_by_first_and_second(hessian):
    e = np.linalg.eigvalsh(hessian)
    return _named([e[0], e[1]])


@classify_critical_point.mistake(
    "There may be one eigenvalue, or more than two: e[0] and e[1] are not all. Nor is a tiny one "
    "different from 0: compare with 1e-12."
)
def critical_by_first_and_second_above_zero(hessian):
    e = np.linalg.eigvalsh(hessian)
    return _named([e[0], e[1]], 0)


@classify_critical_point.mistake(
    "Everything that is neither a minimum nor a maximum is called a saddle, and tiny eigenvalues "
    'count. A saddle needs both signs beyond 1e-12; what is left is "undetermined".'
)
def critical_saddle_for_the_rest_above_zero(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "minimum" if (e > 0).all() else "maximum" if (e < 0).all() else "saddle"


@classify_critical_point.mistake(
    "One positive eigenvalue makes a minimum here, and a saddle needs none at all. Minimum and "
    "maximum need .all(); a saddle needs one of each sign."
)
def critical_by_any_or_saddle(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "minimum" if (e > 0).any() else "maximum" if (e < 0).any() else "saddle"


@classify_critical_point.mistake(
    "One half of the matrix, or all beside the diagonal, was left out, and what is left over is "
    "called a saddle. Take the eigenvalues; a saddle has both signs."
)
def critical_by_the_diagonal_or_saddle(hessian):
    e = np.diag(hessian)
    return "minimum" if (e > 0).all() else "maximum" if (e < 0).all() else "saddle"


@classify_critical_point.mistake('The fourth name is "undetermined", not "inconclusive".')
def critical_inconclusive(hessian):
    return _named(np.linalg.eigvalsh(hessian)).replace("undetermined", "inconclusive")


@classify_critical_point.mistake(
    "Negative eigenvalues have no effect here: there is never a saddle or a maximum. If small ones "
    "should count as 0, ask for the size: abs(eigenvalue) < 1e-12."
)
def critical_by_one_sided_tolerance(hessian):
    e = np.linalg.eigvalsh(hessian)
    return _named(np.where(e < 1e-12, 0, e))


@classify_critical_point.mistake(
    "The trace is the sum of the curvatures. One large one can hide a negative one: look at each."
)
def critical_by_the_trace(hessian):
    return _named([np.trace(hessian)])


@classify_critical_point.mistake("Only two eigenvalues were looked at. There may be more, or one.")
def critical_by_two_eigenvalues(hessian):
    return _named(np.linalg.eigvalsh(hessian)[:2])


@classify_critical_point.mistake(
    "Everything that is neither a minimum nor a maximum is called a saddle. A saddle needs both "
    'signs; what is left is "undetermined".'
)
def critical_saddle_for_the_rest(hessian):
    named = _named(np.linalg.eigvalsh(hessian))
    return "saddle" if named == "undetermined" else named


@classify_critical_point.mistake(
    "Everything that is neither a minimum nor a saddle is called a maximum. A maximum needs all "
    'curvatures negative; what is left is "undetermined".'
)
def critical_maximum_for_the_rest(hessian):
    named = _named(np.linalg.eigvalsh(hessian))
    return "maximum" if named == "undetermined" else named


@classify_critical_point.mistake(
    "A saddle is never found. Eigenvalues of both signs make one, whatever the others are."
)
def critical_without_saddles(hessian):
    named = _named(np.linalg.eigvalsh(hessian))
    return "undetermined" if named == "saddle" else named


@classify_critical_point.mistake('The saddle should be called "saddle", without "point".')
def critical_saddle_point(hessian):
    named = _named(np.linalg.eigvalsh(hessian))
    return "saddle point" if named == "saddle" else named


@classify_critical_point.mistake("The names are right, but they should be in small letters.")
def critical_in_capitals(hessian):
    return _named(np.linalg.eigvalsh(hessian)).capitalize()


@classify_critical_point.mistake(
    "An if asks one question, but there are several eigenvalues. Add .all() or .any()."
)
def critical_with_one_if(hessian):
    e = np.linalg.eigvalsh(hessian)
    if e > 0:
        return "minimum"
    return "maximum"


@classify_critical_point.mistake(
    "np.linalg.eigh and eig return two things: the eigenvalues and the directions. Use "
    "np.linalg.eigvalsh for the eigenvalues alone."
)
def critical_by_eigh(hessian):
    e = np.linalg.eigh(hessian)
    return "minimum" if (e > 0).all() else "maximum"


@classify_critical_point.mistake(
    "np.linalg.eig returns two things: the eigenvalues and the directions. For the eigenvalues of "
    "a symmetric matrix, use np.linalg.eigvalsh."
)
def critical_by_eig(hessian):
    e = np.linalg.eig(hessian)
    return "minimum" if (e > 0).all() else "maximum"


@classify_critical_point.mistake(
    "Whatever has no eigenvalue of exactly 0 is called a minimum. Are the brackets right? "
    "(e > 0).all() asks every eigenvalue; e.all() > 0 does not."
)
def critical_by_all_above_zero(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "minimum" if e.all() else "undetermined"


@classify_critical_point.variant
def critical_by_its_ends(hessian):
    e = np.linalg.eigh(hessian)[0]
    low, high = e[0], e[-1]
    if low < -1e-12 and high > 1e-12:
        return "saddle"
    if low > 1e-12:
        return "minimum"
    if high < -1e-12:
        return "maximum"
    return "undetermined"


@classify_critical_point.variant
def critical_by_signs(hessian):
    e = np.linalg.eigvals(hessian).real
    signs = {0 if abs(value) < 1e-12 else int(np.sign(value)) for value in e}
    if {1, -1} <= signs:
        return "saddle"
    return {1: "minimum", -1: "maximum"}.get(sum(signs) if 0 not in signs else 0, "undetermined")


@classify_critical_point.variant
def critical_by_counting(hessian):
    e = np.linalg.eigvalsh(hessian)
    n, up, down = len(e), int((e > 1e-12).sum()), int((e < -1e-12).sum())
    if up and down:
        return "saddle"
    return "minimum" if up == n else "maximum" if down == n else "undetermined"
