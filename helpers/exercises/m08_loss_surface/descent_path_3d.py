"""A path down the bowl, with its height."""

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.exercises.m08_loss_surface._cases import nonzero_quarters
from helpers.reference import surface


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
    whole=("start",),
    hints=(
        "Keep a list of points and begin it with the start. In a loop: compute the gradient, step "
        "against it, append the new point.",
        "w1 ← w1 - lr·2·w1, the same for w2; each row of the path is (w1, w2, w1² + w2²).",
        "# before the loop, and after each step:\npath.append((w1, w2, «w1**2 + w2**2»))\n"
        "# at the end:\nreturn np.array(path)",
    ),
    settings=("lr", "steps"),
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
