"""The diagram of a network: numbers on the nodes, weights on the edges.

`network` draws whatever numbers it is given, forward or backward; `forward_network`
fills it in with a forward pass, up to any step.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from helpers.figures.base import BLACK, GRAY, YELLOW, number, one_of
from helpers.figures.colors import MINUS, PLUS
from helpers.reference.forward_pass import FUNCTIONS, Layer, forward_deep

UNKNOWN = "?"
ACTIVATION_NAMES = {"relu": "ReLU", "leaky_relu": "leaky ReLU", "elu": "ELU"}

_RADIUS = 0.43
_GAP = 4.0  # between two layers
_HEIGHT = 6.0
_ALONE = 0.38  # the same, where only highlighted edges have labels
_ALONG = np.linspace(0.27, 0.72, 24)  # where along an edge its label may stand


def network(
    ax: Axes,
    weights: Sequence[np.ndarray],
    values: Sequence[Sequence[str]],
    *,
    notes: Sequence[Sequence[str]] | None = None,
    names: Sequence[Sequence[str]] | None = None,
    titles: Sequence[str] = (),
    nodes: Collection[tuple[int, int]] = (),
    edges: Collection[tuple[int, int, int]] = (),
    decimals: int = 2,
    write: Callable[[float], str] | None = None,
    faint: bool = False,
) -> str:
    """Draw a network with numbers on its nodes and edges.

    Parameters
    ----------
    ax : Axes
        About 2.5 inches for each gap between layers, and 1.2 for each node of the
        largest layer.
    weights : sequence of arrays (n_in, n_out)
        The numbers on the edges: weights, or gradients of weights.
    values : sequence of sequences of str
        What stands in each node, layer by layer.
    notes : like `values`
        What stands below each node.
    names : like `values`
        What stands above each node; x1 …, h1 …, ŷ if left out.
    titles : sequence of str
        One above each layer.
    nodes : collection of (layer, index)
        Nodes to highlight; layer 0 is the input.
    edges : collection of (gap, i, j)
        Edges to highlight, from node i to node j; gap 0 lies after the input.
    decimals : int
        How many decimals the edges show.
    write : function of a number, optional
        How the edges' numbers are written, in place of `decimals`.
    faint : bool
        Draw the edges that are not highlighted faintly, and without their numbers.

    Returns
    -------
    str
        The alt text: every number of the picture.
    """
    sizes = [len(weights[0]), *(W.shape[1] for W in weights)]
    names = names or node_names(sizes)
    write = write or partial(number, decimals=decimals)
    places = [_places(layer, size) for layer, size in enumerate(sizes)]
    for gap, W in enumerate(weights):
        _draw_edges(ax, gap, W, places[gap], places[gap + 1], edges, write, faint)
    for layer, centers in enumerate(places):
        for i, center in enumerate(centers):
            note = notes[layer][i] if notes else ""
            texts = (names[layer][i], values[layer][i], note)
            _draw_node(ax, center, *texts, marked=(layer, i) in nodes)
    for layer, title in enumerate(titles):
        ax.text(layer * _GAP, _HEIGHT / 2 + 0.2, title, ha="center", va="bottom", color=GRAY)
    top = _HEIGHT / 2 + (0.9 if titles else 0.1)
    ax.set(xlim=(-0.9, _GAP * len(weights) + 0.9), ylim=(-_HEIGHT / 2 - 0.1, top), aspect="equal")
    ax.axis("off")
    return _say(sizes, weights, values, notes, names, nodes, edges, write, faint)


def node_names(sizes: Sequence[int]) -> list[list[str]]:
    """Name the nodes: x for inputs, h for hidden ones (with the layer, if there are several), ŷ.

    >>> node_names([2, 2, 1])
    [['x1', 'x2'], ['h1', 'h2'], ['ŷ']]
    """
    hidden = len(sizes) - 2
    named = [[f"x{i}" for i in range(1, sizes[0] + 1)]]
    for layer in range(1, hidden + 1):
        prefix = "ghk"[layer - 1] if 1 < hidden <= 3 else "h"
        named.append([f"{prefix}{i}" for i in range(1, sizes[layer] + 1)])
    outputs = sizes[-1]
    return [*named, ["ŷ"] if outputs == 1 else [f"ŷ{i}" for i in range(1, outputs + 1)]]


def _places(layer: int, size: int) -> list[tuple[float, float]]:
    """Spread the nodes of a layer evenly over the height."""
    step = _HEIGHT / size
    return [(layer * _GAP, _HEIGHT / 2 - (i + 0.5) * step) for i in range(size)]


@lru_cache
def label_places(n_in: int, n_out: int) -> dict[tuple[int, int], float]:
    """Choose where along each edge of a gap its label stands, from 0 to 1.

    One edge after the other, steep ones first: as far as can be from other edges
    and from the labels that stand already.
    """
    starts, ends = np.array(_places(0, n_in)), np.array(_places(1, n_out))
    edges = [(i, j) for i in range(n_in) for j in range(n_out)]
    edges.sort(key=lambda edge: -abs(ends[edge[1]][1] - starts[edge[0]][1]))
    chosen, labels = {}, []
    for i, j in edges:
        way = ends[j] - starts[i]
        spots = starts[i] + _ALONG[:, None] * way
        room = np.full(len(spots), 0.4)
        for k, n in edges:
            if (k, n) != (i, j):
                for shift in (-0.25, 0, 0.25):  # the label has a length
                    along = spots + shift * way / np.linalg.norm(way)
                    other = starts[k][1] + along[:, 0] / _GAP * (ends[n][1] - starts[k][1])
                    slope = np.hypot(1, (ends[n][1] - starts[k][1]) / _GAP)
                    room = np.minimum(room, abs(along[:, 1] - other) / slope)
        for label in labels:
            room = np.minimum(room, np.linalg.norm(spots - label, axis=1) - 0.65)
        best = int(np.argmax(room - 0.05 * abs(_ALONG - 0.4)))
        chosen[i, j] = float(_ALONG[best])
        labels.append(spots[best])
    return chosen


def _draw_edges(
    ax: Axes,
    gap: int,
    W: np.ndarray,
    starts: Sequence[tuple[float, float]],
    ends: Sequence[tuple[float, float]],
    marked: Collection[tuple[int, int, int]],
    write: Callable[[float], str],
    faint: bool,
) -> None:
    places = label_places(*W.shape)
    for (i, j), w in np.ndenumerate(W):
        (x0, y0), (x1, y1) = starts[i], ends[j]
        strong = (gap, i, j) in marked
        color = MINUS if w < 0 else PLUS
        ax.plot(
            [x0, x1],
            [y0, y1],
            linestyle="--" if w < 0 else "-",
            color=color,
            linewidth=3 if strong else 1,
            alpha=1 if strong or not (marked or faint) else 0.35,
            zorder=1.5 if strong else 1,
        )
        if faint and not strong:
            continue
        t = _ALONE if faint else places[i, j]
        ax.text(
            x0 + t * (x1 - x0),
            y0 + t * (y1 - y0),
            write(w),
            ha="center",
            va="center",
            fontsize=10 if strong else 9,
            fontweight="bold" if strong else "normal",
            color=BLACK,
            rotation=np.degrees(np.arctan2(y1 - y0, x1 - x0)),
            rotation_mode="anchor",
            bbox={
                "facecolor": YELLOW if strong else "white",
                "edgecolor": "none",
                "boxstyle": "square,pad=0.12",
            },
            zorder=2.5 if strong else 2,
        )


def _draw_node(
    ax: Axes, center: tuple[float, float], name: str, value: str, note: str, marked: bool
) -> None:
    x, y = center
    ax.add_patch(
        Circle(
            center,
            _RADIUS,
            facecolor=YELLOW if marked else "white",
            edgecolor=BLACK,
            linewidth=3 if marked else 1.5,
            zorder=3,
        )
    )
    behind = {"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.85}
    ax.text(x, y, value, ha="center", va="center", fontsize=10, zorder=4)
    ax.text(x, y + _RADIUS + 0.08, name, ha="center", va="bottom", fontsize=10, bbox=behind)
    if note:
        ax.text(
            x, y - _RADIUS - 0.1, note, ha="center", va="top", fontsize=9, bbox=behind, zorder=2.8
        )


def _say(
    sizes: Sequence[int],
    weights: Sequence[np.ndarray],
    values: Sequence[Sequence[str]],
    notes: Sequence[Sequence[str]] | None,
    names: Sequence[Sequence[str]],
    nodes: Collection[tuple[int, int]],
    edges: Collection[tuple[int, int, int]],
    write: Callable[[float], str],
    faint: bool,
) -> str:
    said = [f"A {'-'.join(map(str, sizes))} network."]
    for layer, row in enumerate(values):
        texts = []
        for i, value in enumerate(row):
            note = f" ({notes[layer][i]})" if notes and notes[layer][i] else ""
            shown = "not known yet" if value == UNKNOWN else value
            texts.append(f"{names[layer][i]}: {shown}{note}")
        said.append(f"{'; '.join(texts)}.")
    short = [[name.split(",")[0] for name in row] for row in names]
    for gap, W in enumerate(weights):
        for j, name in enumerate(short[gap + 1]):
            shown = [i for i in range(len(W)) if not faint or (gap, i, j) in edges]
            if shown:
                listed = ", ".join(write(W[i, j]) for i in shown)
                said.append(f"On the edges into {name}: {listed}.")
    if nodes:
        said.append(f"Highlighted: {', '.join(short[layer][i] for layer, i in sorted(nodes))}.")
    if edges:
        pairs = (f"{short[gap][i]} to {short[gap + 1][j]}" for gap, i, j in sorted(edges))
        said.append(f"Highlighted edges: {', '.join(pairs)}.")
    return " ".join(said).replace("\n", ", ")


@dataclass(frozen=True)
class Step:
    """One step of a forward pass.

    Attributes
    ----------
    kind : str
        ``"input"``, ``"sum"`` (one neuron) or ``"activation"`` (a whole layer).
    layer, neuron : int
        Layer 0 is the input; the neuron counts from 0.
    """

    kind: str
    layer: int = 0
    neuron: int = 0


def forward_steps(sizes: Sequence[int]) -> list[Step]:
    """List the steps of a forward pass: each weighted sum, and each layer's activation.

    >>> [step.kind for step in forward_steps([4, 3, 1])]
    ['input', 'sum', 'sum', 'sum', 'activation', 'sum', 'activation']
    """
    steps = [Step("input")]
    for layer, size in enumerate(sizes[1:], start=1):
        steps += [Step("sum", layer, neuron) for neuron in range(size)]
        steps.append(Step("activation", layer))
    return steps


def forward_network(
    ax: Axes,
    x: Sequence[float],
    layers: Sequence[Layer],
    step: int | None = None,
    decimals: int = 2,
) -> str:
    """Draw one example on its way through a network.

    Parameters
    ----------
    ax : Axes
    x : sequence of float, (n_in,)
    layers : sequence of (W, b, name)
    step : int, optional
        How far the pass has come, as an index into `forward_steps`; to its end if
        left out. The nodes and edges of that step are highlighted.
    decimals : int
        How many decimals the edges show.

    Returns
    -------
    str
        The alt text, with every number that is known at that step.
    """
    sizes = [len(x), *(np.shape(W)[1] for W, _, _ in layers)]
    steps = forward_steps(sizes)
    last = len(steps) - 1 if step is None else step
    _, caches = forward_deep(np.reshape(x, (1, -1)), layers)
    values, notes = [[number(v, 3) for v in x]], [[""] * len(x)]
    for layer, (Z, A) in enumerate(caches, start=1):
        summed = [steps.index(Step("sum", layer, k)) <= last for k in range(sizes[layer])]
        active = steps.index(Step("activation", layer)) <= last
        value, note = _state(Z[0], A[0], summed, active)
        values.append(value)
        notes.append(note)
    nodes, edges = ((), ()) if step is None else _highlights(steps[step], sizes)
    return network(
        ax,
        [np.asarray(W) for W, _, _ in layers],
        values,
        notes=notes,
        names=_names_with_biases(sizes, layers),
        titles=["input", *(f"sums, then {_activation(name)}" for _, _, name in layers)],
        nodes=nodes,
        edges=edges,
        decimals=decimals,
    )


def _activation(name: str) -> str:
    return ACTIVATION_NAMES.get(one_of("name", name, FUNCTIONS), name)


def _state(
    z: np.ndarray, a: np.ndarray, summed: Sequence[bool], active: bool
) -> tuple[list[str], list[str]]:
    """Say what stands in the nodes of a layer, and below them."""
    values = [
        number(ai if active else zi, 3) if known else UNKNOWN
        for zi, ai, known in zip(z, a, summed, strict=True)
    ]
    notes = [
        _sum_note(zi) if active else "this is z" if known else ""
        for zi, known in zip(z, summed, strict=True)
    ]
    return values, notes


def _sum_note(z: float) -> str:
    """Write a sum; one that is only rounded to 0 is not called 0."""
    text = number(z, 3)
    return "z ≈ 0" if text == "0" and z != 0 else f"z = {text}"


def _names_with_biases(sizes: Sequence[int], layers: Sequence[Layer]) -> list[list[str]]:
    """Name the nodes, and put each bias beside its node's name, unless all are 0."""
    names = node_names(sizes)
    if not any(np.any(b) for _, b, _ in layers):
        return names
    for layer, (_, b, _) in enumerate(layers, start=1):
        names[layer] = [
            f"{name}, b = {number(bias)}"
            for name, bias in zip(names[layer], np.ravel(b), strict=True)
        ]
    return names


def _highlights(step: Step, sizes: Sequence[int]) -> tuple[set, set]:
    if step.kind == "sum":
        gap = step.layer - 1
        return {(step.layer, step.neuron)}, {(gap, i, step.neuron) for i in range(sizes[gap])}
    return {(step.layer, k) for k in range(sizes[step.layer])}, set()
