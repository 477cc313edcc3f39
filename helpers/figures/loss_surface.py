"""The drawings of module 08: loss surfaces, each with its contour twin and its paths."""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers.figures.base import (
    BLACK,
    BLUE,
    FAINT,
    GRAY,
    GREEN,
    ORANGE,
    SHADE,
    VERMILLION,
    number,
    scientific,
    small,
)
from helpers.reference.activations import sigmoid
from helpers.reference.by_hand import Params, backward, forward, update
from helpers.reference.data import asd_batch
from helpers.reference.optimizers import OPTIMIZERS
from helpers.reference.surface import (
    bowl,
    bowl_gradient,
    classify_critical_point,
    critical_lr,
    loss_grid,
    network_surface,
    neuron_surface,
    random_slice,
)

Heights = Callable[[np.ndarray, np.ndarray], np.ndarray]
_STYLES = {
    "gradient_descent": ("gradient descent", BLACK, "-", "o"),
    "momentum": ("momentum", VERMILLION, "--", "s"),
    "rmsprop": ("RMSprop", GREEN, "-.", "D"),
    "adam": ("Adam", BLUE, ":", "^"),
}
LABELS = {name: style[0] for name, style in _STYLES.items()}
_FAR = 1e6  # points beyond are not drawn
_STEEP = 75  # degrees: from here on a surface is seen from above
_FEW_TICKS = {"nbins": 5, "prune": "both"}
_CELLS = 20  # how many patches a surface has along each axis

# Nine rows for one neuron. The last one lies far away, on the wrong side for its label.
NEURON_X = np.array([[-4.0], [-3.0], [-2.0], [-1.0], [1.0], [2.0], [3.0], [4.0], [-16.0]])
NEURON_Y = np.array([[0], [0], [0], [1], [0], [1], [1], [1], [1]])


@dataclass(frozen=True)
class Landscape:
    """A loss of two weights, and the part of it that is worth a look.

    Attributes
    ----------
    formula : str
    height, gradient : functions of (w1, w2), arrays that broadcast
    center, half : pairs of float
        The middle of the picture and its half width, along both axes.
    names : pair of str
        What the two weights are called.
    even : bool
        Whether the height changes equally from one line of the map to the next.
    curvatures : pair of float, or None
        Those along both axes, where they are the same everywhere.
    recorded : array (k, 3), or None
        A run of training in this plane: the two coordinates, and the height there.
    """

    formula: str
    height: Heights
    gradient: Callable[[np.ndarray, np.ndarray], Sequence]
    center: tuple[float, float] = (0.0, 0.0)
    half: tuple[float, float] = (5.0, 5.0)
    names: tuple[str, str] = ("w1", "w2")
    even: bool = False
    curvatures: tuple[float, float] | None = None
    recorded: np.ndarray | None = None

    def axes(
        self, zoom: float = 1.0, points: int = 41, toward: Sequence[float] | None = None
    ) -> list[np.ndarray]:
        """Return the values of both weights that the picture shows.

        Zoom goes toward a point, where one is given, and never beyond the whole picture.

        >>> LANDSCAPES["bowl"].axes(zoom=2, points=3)[0]
        array([-2.5,  0. ,  2.5])
        >>> LANDSCAPES["bowl"].axes(zoom=5, points=3, toward=(1, 9))
        [array([0., 1., 2.]), array([3., 4., 5.])]
        """
        middle = self.center if toward is None else toward
        shown = []
        for c, h, m in zip(self.center, self.half, middle, strict=True):
            m = np.clip(m, c - h + h / zoom, c + h - h / zoom)
            shown.append(np.linspace(m - h / zoom, m + h / zoom, points).round(12))
        return shown


def _neuron(loss: str) -> Landscape:
    def gradient(w: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        a = sigmoid(w * NEURON_X + b)
        errors = a - NEURON_Y if loss == "bce" else (a - NEURON_Y) * a * (1 - a)
        return np.mean(errors * NEURON_X), np.mean(errors)

    name = "the cross-entropy loss" if loss == "bce" else "the ½ squared error"
    surface = neuron_surface(NEURON_X, NEURON_Y, loss)
    return Landscape(f"{name} of one neuron", surface, gradient, (0.4, 0.0), (0.8, 1.6), ("w", "b"))


LANDSCAPES: dict[str, Landscape] = {
    "bowl": Landscape("w1² + w2²", bowl, bowl_gradient, even=True, curvatures=(2.0, 2.0)),
    "ravine": Landscape(
        "½(w1² + 20·w2²)",
        lambda w1, w2: 0.5 * (np.square(w1) + 20 * np.square(w2)),
        lambda w1, w2: (w1, 20 * w2),
        half=(5.0, 2.0),
        curvatures=(1.0, 20.0),
    ),
    "two layers": Landscape(
        "½(w1·w2 − 1)²",
        lambda w1, w2: 0.5 * (w1 * w2 - 1) ** 2,
        lambda w1, w2: ((w1 * w2 - 1) * w2, (w1 * w2 - 1) * w1),
        half=(2.0, 2.0),
    ),
    "neuron, cross-entropy": _neuron("bce"),
    "neuron, squared error": _neuron("half_squared_error"),
}


@dataclass(frozen=True)
class Plane:
    """A plane through the parameters of the 4-3-1 network: center + s·along1 + t·along2."""

    center: Params
    along: tuple[Params, Params]

    def params(self, s: float, t: float) -> Params:
        """Return the parameters at one place."""
        first, second = self.along
        return {name: P + s * first[name] + t * second[name] for name, P in self.center.items()}

    def gradient(self, s: float, t: float) -> tuple[float, float]:
        """Return the two slopes of the loss along the plane."""
        X, y, _ = asd_batch()
        params = self.params(s, t)
        grads = backward(X, y, params, forward(X, params)[1])
        first, second = (
            float(sum(np.sum(grads[f"d{name}"] * D) for name, D in along.items()))
            for along in self.along
        )
        return first, second

    def landscape(self, center: tuple[float, float], half: tuple[float, float]) -> Landscape:
        """Return the loss on this plane, the part of it that is worth a look."""
        X, y, _ = asd_batch()
        height = network_surface(self.center, *self.along, X, y)
        formula = "the cross-entropy loss of the 4-3-1 network"
        return Landscape(formula, height, self.gradient, center, half, ("s", "t"))


_RUN = 200  # steps of training, with a learning rate of 0.5


@functools.cache
def _training() -> tuple[Params, ...]:
    """Train the 4-3-1 network on its two rows; return the parameters of every step."""
    X, y, params = asd_batch()
    run = [params]
    for _ in range(_RUN):
        grads = backward(X, y, params, forward(X, params)[1])
        params = update(params, grads, lr=0.5)
        run.append(params)
    return tuple(run)


@functools.cache
def slice_plane(seed: int = 1) -> Plane:
    """Cut through the trained 4-3-1 network along two random directions."""
    trained, rng = _training()[-1], np.random.default_rng(seed)
    return Plane(trained, (random_slice(trained, rng), random_slice(trained, rng)))


@functools.cache
def training_plane() -> tuple[Plane, np.ndarray]:
    """Find the plane that a run of training comes closest to, and where the run is on it.

    Returns
    -------
    plane : Plane
        Its center is the trained network, its directions are the two main ones of the run.
    run : array (steps + 1, 2)
        Each step's coordinates (s, t) on the plane.

    Notes
    -----
    Li et al., "Visualizing the loss landscape of neural nets" (2018), section 7.
    """
    run = _training()
    names = list(run[0])
    flat = np.array([np.concatenate([params[name].ravel() for name in names]) for params in run])
    away = flat - flat[-1]
    directions = np.linalg.svd(away, full_matrices=False)[2][:2]
    directions *= np.sign((directions @ away[0])[:, None])  # the run begins where both are positive

    def named(direction: np.ndarray) -> Params:
        sizes = np.cumsum([run[0][name].size for name in names])[:-1]
        parts = np.split(direction, sizes)
        return {
            name: part.reshape(run[0][name].shape) for name, part in zip(names, parts, strict=True)
        }

    plane = Plane(run[-1], (named(directions[0]), named(directions[1])))
    return plane, away @ directions.T


@functools.cache
def network_landscapes() -> dict[str, Landscape]:
    """Return the loss of the 4-3-1 network: on a random slice, and on the plane of its training."""
    plane, run = training_plane()
    low, high = run.min(axis=0), run.max(axis=0)
    middle, half = (low + high) / 2, np.maximum(0.75 * (high - low), 0.4)
    trained = plane.landscape(_pair(middle), _pair(half))
    recorded = np.column_stack([run, trained.height(*run.T)])
    return {
        "network, random slice": slice_plane().landscape((0.0, 0.0), (1.0, 1.0)),
        "network, plane of its training": replace(trained, recorded=recorded),
    }


def _pair(values: np.ndarray) -> tuple[float, float]:
    first, second = (float(f"{value:.2g}") for value in values)
    return first, second


def walk(
    landscape: Landscape, start: Sequence[float], optimizer: str, lr: float, steps: int
) -> np.ndarray:
    """Follow an optimizer over a landscape; return the rows (w1, w2, loss), start included.

    Parameters
    ----------
    landscape : Landscape
    start : pair of float
    optimizer : key of `helpers.reference.OPTIMIZERS`
    lr : float, above 0
    steps : int

    Examples
    --------
    >>> walk(LANDSCAPES["bowl"], (4, 3), "gradient_descent", 0.25, 1)
    array([[ 4.  ,  3.  , 25.  ],
           [ 2.  ,  1.5 ,  6.25]])
    """
    rule = OPTIMIZERS[optimizer]()
    w = np.array(start, dtype=float)
    state, path = rule.start(w), np.empty((steps + 1, 3))
    with np.errstate(over="ignore", invalid="ignore"):  # divergence is silent
        for i in range(steps + 1):
            path[i] = *w, landscape.height(*w)
            w, state = rule.step(w, np.array(landscape.gradient(*w), dtype=float), state, lr)
    return path


def diverges(path: np.ndarray) -> bool:
    """Whether a path ends higher than it began, or nowhere.

    >>> diverges(walk(LANDSCAPES["bowl"], (4, 3), "gradient_descent", 1.1, 20))
    True
    """
    end = path[-1, 2]
    return bool(not np.isfinite(end) or end > 1.5 * path[0, 2] + 1e-9)


def path_text(path: np.ndarray) -> str:
    """Say where a path begins and ends, and whether it diverges.

    >>> path_text(np.array([[4.0, 3.0, 25.0], [2.0, 1.5, 6.25]]))
    'from (4, 3), loss 25, in 1 step to (2, 1.5), loss 6.25'
    """
    steps = len(path) - 1
    begins = f"from {place_text(path[0])}, loss {height_text(path[0, 2])}"
    many = f"{steps} step{'s' * (steps != 1)}"
    if not np.isfinite(path).all():
        lost = int(np.argmin(np.isfinite(path).all(axis=1)))
        return f"{begins}; it diverges: at step {lost} the numbers overflow"
    end = f"{place_text(path[-1])}, loss {height_text(path[-1, 2])}"
    if diverges(path):
        return f"{begins}; it diverges: after {many} it is at {end}"
    return f"{begins}, in {many} to {end}"


def height_text(loss: float) -> str:
    """Write a loss with a sensible number of digits, large ones as powers.

    >>> height_text(25.0), height_text(0.00333), height_text(1.5e9)
    ('25', '0.0033', '1.5·10⁹')
    """
    if abs(loss) < 1e4:
        return small(loss, 4)
    return scientific(loss)


def place_text(point: np.ndarray) -> str:
    """Write the two weights of a point.

    >>> place_text(np.array([4.0, -0.5, 16.25]))
    '(4, −0.5)'
    """
    return f"({', '.join(number(v, 3) if abs(v) < 1e4 else height_text(v) for v in point[:2])})"


def solid(ax: Axes) -> Axes:
    """Put 3D axes in the place of flat ones, which are taken away; return 3D ones as they are."""
    if hasattr(ax, "get_zlim"):
        return ax
    made = ax.figure.add_subplot(
        ax.get_subplotspec(), projection="3d", computed_zorder=False
    )  # so that a path is never behind the surface
    ax.set_axis_off()
    ax.remove()
    return made


def surface(
    ax: Axes,
    w1s: np.ndarray,
    w2s: np.ndarray,
    L: np.ndarray,
    names: Sequence[str] = ("w1", "w2", "loss"),
    azimuth: float = -60,
    elevation: float = 30,
) -> None:
    """Draw heights over a grid as a surface.

    Parameters
    ----------
    ax : 3D Axes, as `solid` makes them
    w1s, w2s : array, (n1,) and (n2,)
    L : array, (n2, n1)
    names : what the three axes are called
    azimuth, elevation : float
        From where it is seen, in degrees.
    """
    ax.plot_surface(
        *np.meshgrid(w1s, w2s),
        L,
        rcount=_CELLS,
        ccount=_CELLS,
        color=SHADE,
        edgecolor=GRAY,
        linewidth=0.4,
        alpha=0.75,
        shade=False,
        zorder=1,
    )
    ax.set(xlabel=names[0], ylabel=names[1], zlabel=names[2])
    ax.set(xlim=(w1s[0], w1s[-1]), ylim=(w2s[0], w2s[-1]), zlim=(L.min(), L.max()))
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.pane.set(facecolor="white", edgecolor=FAINT)
        axis.set_major_locator(MaxNLocator(**_FEW_TICKS))
    ax.tick_params(labelsize=9, pad=0)
    ax.zaxis.labelpad = 7  # beside the longest of its numbers
    ax.view_init(elev=elevation, azim=azimuth)
    ax.set_box_aspect(None, zoom=0.9)  # so that names stay inside
    if elevation > _STEEP:  # from above, the vertical axis is one point
        ax.set(zticks=[], zlabel="")


def contours(
    ax: Axes,
    w1s: np.ndarray,
    w2s: np.ndarray,
    L: np.ndarray,
    names: Sequence[str] = ("w1", "w2"),
    even: bool = False,
) -> None:
    """Draw heights over a grid as lines of equal height.

    Parameters
    ----------
    ax : Axes
    w1s, w2s : array, (n1,) and (n2,)
    L : array, (n2, n1)
    names : what the two axes are called
    even : bool
        Whether the height changes equally from line to line. If not, there are
        more lines near the bottom.
    """
    low, high = float(L.min()), float(L.max())
    parts = np.linspace(0, 1, 11)[1:-1] if even else np.linspace(0, 1, 12)[1:-1] ** 2
    levels = low + (high - low) * parts
    levels = np.unique([float(f"{level:.2g}" if low == 0 else f"{level:.3g}") for level in levels])
    ax.set(xlabel=names[0], ylabel=names[1], xlim=(w1s[0], w1s[-1]), ylim=(w2s[0], w2s[-1]))
    ax.apply_aspect()  # labels are turned along the lines as they lie now
    if high > low:
        lines = ax.contour(w1s, w2s, L, levels=levels, colors=GRAY, linewidths=0.9, zorder=1)
        ax.clabel(lines, levels[1::2], fmt=lambda value: number(value, 3), fontsize=8)
        for label in lines.labelTexts:  # no number is cut in two by the edge
            inside = ax.bbox.padded(-1).contains
            corners = label.get_window_extent().corners()
            label.set_visible(all(inside(*corner) for corner in corners))
    ax.xaxis.set_major_locator(MaxNLocator(**_FEW_TICKS))


def _visible(path: np.ndarray, w1s: np.ndarray, w2s: np.ndarray) -> np.ndarray:
    """Return a path with nan in place of the points outside the picture."""
    inside = np.isfinite(path).all(axis=1)
    for column, values in ((0, w1s), (1, w2s)):
        inside &= (path[:, column] >= values[0]) & (path[:, column] <= values[-1])
    return np.where(inside[:, None], path, np.nan)


def landscape(
    axes: Sequence[Axes],
    shown: Landscape,
    paths: Mapping[str, np.ndarray],
    azimuth: float = -60,
    elevation: float = 30,
    zoom: float = 1.0,
) -> str:
    """Draw a landscape as a surface and as its contour twin, with the paths of optimizers.

    Parameters
    ----------
    axes : 3D Axes, or flat ones to be replaced; and flat Axes
    shown : Landscape
    paths : dict of arrays (steps + 1, 3), from `walk`
        The keys are those of `helpers.reference.OPTIMIZERS`.
    azimuth, elevation : float
        From where the surface is seen, in degrees.
    zoom : float
        How much closer to look, from 1: at the end of the first path, if that is somewhere.
    """
    ax3, ax2 = solid(axes[0]), axes[1]
    w1s, w2s = _axes(shown, paths, zoom)
    L = loss_grid(shown.height, w1s, w2s)
    surface(ax3, w1s, w2s, L, (*shown.names, "loss"), azimuth, elevation)
    round_ = shown.half[0] == shown.half[1]
    ax2.set_aspect("equal" if round_ else "auto")  # what is round looks round
    contours(ax2, w1s, w2s, L, shown.names, shown.even)
    for name, path in paths.items():
        _draw_path(ax3, ax2, name, path, _visible(path, w1s, w2s))
    if shown.recorded is not None:
        seen = _visible(shown.recorded, w1s, w2s)
        look = {"color": ORANGE, "linewidth": 3, "label": "training"}
        ax3.plot(*seen.T, **look, zorder=4)
        ax2.plot(*seen.T[:2], **look, zorder=2)
    lost = ", ".join(LABELS[name] for name, path in paths.items() if diverges(path))
    if lost:
        white = {"facecolor": "white", "edgecolor": "none", "pad": 2}
        ax2.text(0.02, 0.03, f"diverges: {lost}", transform=ax2.transAxes, bbox=white, zorder=6)
    for start in {tuple(_visible(path, w1s, w2s)[0]) for path in paths.values()}:
        if np.isfinite(start).all():
            _ring(ax3, ax2, start)
    if paths:
        above = {"loc": "lower center", "bbox_to_anchor": (0.5, 1.0), "ncols": 4}
        ax2.legend(**above, fontsize=9, frameon=False, columnspacing=1, handlelength=1.8)
    return landscape_text(shown, paths, zoom)


def _draw_path(ax3: Axes, ax2: Axes, name: str, path: np.ndarray, seen: np.ndarray) -> None:
    """Draw the path of an optimizer: what is `seen` of it on the surface, all of it on the map."""
    label, color, dash, marker = _STYLES[name]
    look = {
        "color": color,
        "linestyle": dash,
        "linewidth": 1.6,
        "marker": marker,
        "markersize": 3.5,
    }
    ax3.plot(*seen.T, **look, zorder=5)
    near = np.where(np.abs(path) < _FAR, path, np.nan)
    ax2.plot(*near.T[:2], **look, label=label, zorder=3)


def _ring(ax3: Axes, ax2: Axes, start: Sequence[float]) -> None:
    """Mark where paths begin."""
    ring = {"marker": "o", "markersize": 11, "color": "none"}
    ring |= {"markeredgecolor": ORANGE, "markeredgewidth": 2}
    ax3.plot(*([v] for v in start), **ring, zorder=6)
    ax2.plot(*start[:2], **ring, linestyle="", label="start", zorder=4)


def _axes(shown: Landscape, paths: Mapping[str, np.ndarray], zoom: float) -> list[np.ndarray]:
    """Return the values of both weights that are shown: at the end of the first path, if closer."""
    ends = [path[-1, :2] for path in paths.values() if np.isfinite(path[-1]).all()]
    return shown.axes(zoom, toward=ends[0] if ends else None)


def landscape_text(shown: Landscape, paths: Mapping[str, np.ndarray], zoom: float = 1.0) -> str:
    """Say what `landscape` shows.

    >>> landscape_text(LANDSCAPES["ravine"], {})[:55]
    'The loss ½(w1² + 20·w2²) over w1 from −5 to 5 and w2 fr'
    """
    w1s, w2s = _axes(shown, paths, zoom)
    L = loss_grid(shown.height, w1s, w2s)
    area = " and ".join(
        f"{name} from {number(v[0])} to {number(v[-1])}"
        for name, v in zip(shown.names, (w1s, w2s), strict=True)
    )
    spacing = "the same difference between all lines" if shown.even else "more near the bottom"
    said = [
        f"{_loss_name(shown.formula)} over {area}, as a surface and as lines of equal height "
        f"({spacing}), between {height_text(L.min())} and {height_text(L.max())}."
    ]
    if shown.recorded is not None:
        said.append(f"The training that was recorded goes {path_text(shown.recorded)}.")
    for name, path in paths.items():
        label = LABELS[name]
        leaves = _leaves(_visible(path, w1s, w2s), path)
        said.append(f"{label[:1].upper()}{label[1:]} {path_text(path)}.{leaves}")
    return " ".join(said)


def rate_text(shown: Landscape, lr: float) -> str:
    """Say what module 07 predicts of gradient descent with this rate; nothing where it is silent.

    >>> rate_text(LANDSCAPES["ravine"], 0.09)
    'For gradient descent the rate is below the limit 2/curvature = 0.1.'
    """
    if shown.curvatures is None:
        return ""
    limit = critical_lr(np.diag(shown.curvatures))
    if abs(lr - limit) < 1e-9:
        return (
            f"This is exactly the limit 2/curvature = {number(limit, 3)}: gradient descent bounces."
        )
    side = "above" if lr > limit else "below"
    return f"For gradient descent the rate is {side} the limit 2/curvature = {number(limit, 3)}."


def _loss_name(formula: str) -> str:
    return formula[0].upper() + formula[1:] if formula.startswith("the ") else f"The loss {formula}"


def _leaves(seen: np.ndarray, path: np.ndarray) -> str:
    """Say at which step a path leaves the picture, if it does."""
    outside = np.isnan(seen[:, 0])
    if not outside.any():
        return ""
    first = int(np.argmax(outside))
    back = " It is back at the end." if not outside[-1] else ""
    return f" Step {first} of {len(path) - 1} is outside the picture.{back}"


def cut(axes: Sequence[Axes], ends: Sequence[Sequence[float]], names: Sequence[str]) -> str:
    """Draw losses of one neuron along a straight line, each with the chord between two points.

    Parameters
    ----------
    axes : sequence of Axes, one for each loss
    ends : two points (w, b)
        The line goes through both, and a little further.
    names : keys of `LANDSCAPES`
    """
    first, last = (np.array(end, dtype=float) for end in ends)
    t, inner = np.linspace(-0.6, 1.6, 221), np.linspace(0, 1, 201)
    said = []
    for ax, name in zip(axes, names, strict=True):

        def height(t: np.ndarray, name: str = name) -> np.ndarray:
            return LANDSCAPES[name].height(*(first + np.outer(t, last - first)).T)

        chord = height([0.0, 1.0])
        ax.plot(t, height(t), color=VERMILLION, linewidth=2.5, label="loss")
        ax.plot([0, 1], chord, "--o", color=BLACK, linewidth=1.5, markersize=6, label="chord")
        ax.set(xlabel="along the line", ylabel="loss", title=name)
        over = float((height(inner) - np.linspace(*chord, len(inner))).max())
        where = f"up to {number(over, 4)} above" if over > 1e-9 else "nowhere above"
        values = " and ".join(number(value, 4) for value in chord)
        said.append(f"{name}: {values} at the ends; in between it runs {where} the chord")
    return f"Losses along a straight line. {'. '.join(said)}."


def slices(axes: Sequence[Axes], surfaces: Mapping[str, Heights], reach: float = 1.0) -> str:
    """Draw slices through the loss of a network, each as lines of equal height.

    Parameters
    ----------
    axes : sequence of Axes
    surfaces : dict of functions of (s, t)
        From `helpers.reference.network_surface`; the keys become titles.
    reach : float
        How far the picture goes along both directions.
    """
    steps = np.linspace(-reach, reach, 41)
    said = []
    for ax, (title, height) in zip(axes, surfaces.items(), strict=True):
        L = loss_grid(height, steps, steps)
        contours(ax, steps, steps, L, ("s, along direction 1", "t, along direction 2"))
        i, j = np.unravel_index(L.argmin(), L.shape)
        ax.plot(0, 0, "o", color=BLACK, markersize=7, label="the network", zorder=3)
        ax.plot(
            steps[j], steps[i], "*", color=ORANGE, markeredgecolor=BLACK, markersize=13,
            label="lowest in this part", zorder=2, clip_on=False,
        )  # fmt: skip
        ax.set(title=title, aspect="equal")
        said.append(
            f"{title}: the network, in the middle, has loss {height_text(height(0.0, 0.0))}; the "
            f"lowest in the part drawn is {height_text(L.min())} at ({number(steps[j])}, "
            f"{number(steps[i])}), the highest {height_text(L.max())}"
        )
    handles, labels = axes[0].get_legend_handles_labels()
    axes[0].figure.legend(handles, labels, loc="outside lower center", ncols=2, frameon=False)
    return f"Slices as lines of equal height, more of them near the bottom. {'; '.join(said)}."


def flat_spots(axes: Sequence[Axes], hessians: Sequence[np.ndarray]) -> str:
    """Draw ½ wᵀHw for several Hessians, each with its curvatures and its name.

    Parameters
    ----------
    axes : sequence of Axes, flat ones that are replaced, or 3D ones
    hessians : sequence of array (2, 2)
    """
    w = np.linspace(-1, 1, 21)
    said = []
    for ax, H in zip(axes, hessians, strict=True):
        ax3 = solid(ax)
        H = np.asarray(H, dtype=float)
        L = loss_grid(
            lambda u, v, H=H: 0.5 * (H[0, 0] * u**2 + 2 * H[0, 1] * u * v + H[1, 1] * v**2), w, w
        )
        surface(ax3, w, w, L, ("w1", "w2", ""))
        ax3.set(zlim=(-2, 2), xticks=[-0.5, 0.5], yticks=[-0.5, 0.5], zticks=[-1, 0, 1])
        ax3.plot([0], [0], [0], "o", color=VERMILLION, markersize=6, zorder=5)
        low, high = (number(e) for e in np.linalg.eigvalsh(H))
        ax3.set_title(f"{classify_critical_point(H)}\ncurvatures {low}, {high}", fontsize=10)
        said.append(f"curvatures {low} and {high}, {classify_critical_point(H)}")
    return f"Surfaces around a flat spot: {'; '.join(said)}."
