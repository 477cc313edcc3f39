"""Draw a surface and a path on it."""

from contextlib import contextmanager
from itertools import pairwise

import numpy as np

from helpers.checks.comparing import as_array
from helpers.checks.exercise import Case, exercise
from helpers.checks.plain import Unusable
from helpers.exercises.m08_loss_surface._cases import nonzero_quarters

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
        "W1, W2 = np.meshgrid(w1s, w2s)\nax.plot_surface(W1, W2, «L», alpha=0.5)\n"
        "ax.plot(path[:, 0], path[:, 1], «path[:, 2]»)\n"
        "ax.set_xlabel('w1')\nax.set_ylabel(«'w2'»)\nax.set_zlabel(«'loss'»)",
    ),
    adapter=judged_figure,
    seconds=20.0,  # drawing in 3D is slow on a busy machine
    suspects=False,
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
