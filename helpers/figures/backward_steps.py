"""The 4-3-1 network on its way forward and backward: one picture for each quantity."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyBboxPatch

from helpers.figures.backward_numbers import (
    STEPS,
    TITLES,
    Numbers,
    Pick,
    explain,
    step_name,
    training_step,
    written,
)
from helpers.figures.base import BLACK, FAINT, GRAY, YELLOW, scientific
from helpers.figures.network import UNKNOWN, network, node_names

_INPUT, _HIDDEN, _OUTPUT = 0, 1, 2
_BOX = (8.0, -2.15)  # where the loss stands


@dataclass
class _Scene:
    """What stands in and below the nodes, and what is highlighted."""

    values: list[list[str]]
    notes: list[list[str]]
    names: list[list[str]]
    titles: list[str]
    weights: tuple[np.ndarray, np.ndarray]
    nodes: set[tuple[int, int]] = field(default_factory=set)
    edges: set[tuple[int, int, int]] = field(default_factory=set)
    decimals: int = 2


def backward_step(
    ax: Axes,
    step: int | str,
    numbers: Numbers | None = None,
    pick: Pick | None = None,
) -> str:
    """Draw one quantity of a training step on the diagram of the 4-3-1 network.

    Parameters
    ----------
    ax : Axes
        About 8 by 5.5 inches.
    step : int or str
        A name in `STEPS`, such as ``"dZ2"``, or its number.
    numbers : dict, optional
        From `training_step`; the course's two samples if left out.
    pick : Pick, optional
        The sample, hidden neuron and input to follow; hidden neuron 2 for sample 1 if left out.

    Returns
    -------
    str
        The alt text: the formula, its numbers, and what stands where.
    """
    name = step_name(step)
    numbers = training_step() if numbers is None else numbers
    pick = pick or Pick()
    scene = _scene(STEPS.index(name), numbers, pick)
    drawn = network(
        ax,
        scene.weights,
        scene.values,
        notes=scene.notes,
        names=scene.names,
        titles=scene.titles,
        nodes=scene.nodes,
        edges=scene.edges,
        write=partial(written, decimals=scene.decimals),
        faint=True,
    )
    off = _shade_the_silent(ax, name, numbers, pick.sample)
    _arrows(ax, scene.edges, name)
    _legend(ax, name)
    loss = _loss_box(ax, name, numbers, pick.sample)
    said = explain(name, numbers, pick)
    _caption(ax, said.formula, said.filled)
    told = (
        f"Step {STEPS.index(name)}, {name}: {TITLES[name]}.",
        f"{said.formula}; {said.filled}.",
        said.sentence,
        f"The diagram for sample {pick.sample + 1}.",
        re.sub(r": b \((new b = [^)]*)\)", r": \1", drawn),
        off,
        loss,
    )
    return " ".join(text for text in told if text)


def _caption(ax: Axes, *lines: str) -> None:
    top = ax.get_ylim()[1]
    for i, line in enumerate(lines):
        place = (4, top + 0.55 - 0.45 * i)
        weight = "normal" if i else "bold"
        ax.text(*place, line, ha="center", va="center", fontsize=10, fontweight=weight)
    ax.set_ylim(ax.get_ylim()[0], top + 0.8)


def _legend(ax: Axes, name: str) -> None:
    """Say below the diagram which way the numbers flow, and what the marks mean."""
    ax.set(ylim=(-3.55, ax.get_ylim()[1]), xlim=(-1, 9.2))
    marks = "solid edge: > 0; dashed: < 0; thick edge or circle: this step; dashed circle: off"
    ax.text(-0.5, -3.35, marks, ha="left", va="center", fontsize=9, color=GRAY)
    step = STEPS.index(name)
    way = "forward →" if step <= STEPS.index("L") else "← backward"
    if step >= STEPS.index("update"):
        way = "update" if name == "update" else "forward again →"
    ax.text(8.5, -3.35, way, ha="right", va="center", fontsize=10, fontweight="bold")


def _shade_the_silent(ax: Axes, name: str, n: Numbers, s: int) -> str:
    """Fill hidden nodes that are off, once that is known; a highlighted one keeps its yellow."""
    if STEPS.index(name) < STEPS.index("A1") or name == "update":
        return ""
    Z1 = n["Z1 after" if name == "L after" else "Z1"][s]
    circles = [patch for patch in ax.patches if isinstance(patch, Circle)]
    silent = [k for k, z in enumerate(Z1) if not z > 0]
    for k in silent:
        circle = circles[n["X"].shape[1] + k]
        if circle.get_linewidth() < 3:  # not highlighted
            circle.set_facecolor(FAINT)
        circle.set_linestyle("--")
    names = ", ".join(f"h{k + 1}" for k in silent)
    return f"Off for this sample: {names or 'none'}."


def _scene(step: int, n: Numbers, pick: Pick) -> _Scene:
    """Fill the diagram with what is known at a step."""
    name = STEPS[step]
    hidden, output = _hidden_layer(name, step, n, pick.sample), _output(name, step, n, pick.sample)
    inputs = [_short(x) for x in n["X"][pick.sample]]
    names = node_names([len(inputs), len(hidden[1]), 1])
    names[_OUTPUT] = [_output_name(name)]
    scene = _Scene(
        values=[inputs, hidden[1], [output[1]]],
        notes=[[""] * len(inputs), hidden[2], [output[2]]],
        names=names,
        titles=[f"X, sample {pick.sample + 1}", hidden[0], output[0]],
        weights=_weights(name, n),
        decimals={"dW1": 3, "dW2": 3, "update": 5}.get(name, 2),
    )
    _highlight(scene, name, n, pick)
    return scene


def _weights(name: str, n: Numbers) -> tuple[np.ndarray, np.ndarray]:
    """Choose what stands on the edges: weights, their gradients, or the new weights."""
    if name in ("update", "L after"):
        return n["new W1"], n["new W2"]
    return (n["dW1"] if name == "dW1" else n["W1"]), (n["dW2"] if name == "dW2" else n["W2"])


def _hidden_layer(name: str, step: int, n: Numbers, s: int) -> tuple[str, list[str], list[str]]:
    """Say what stands above, in and below the hidden nodes."""
    z, on = n["Z1"][s], n["mask"][s]
    state = ["on" if slope else "off" for slope in on]
    if step < STEPS.index("Z1"):
        return "hidden layer", [UNKNOWN] * len(z), [""] * len(z)
    if name == "Z1":
        return "Z1", [_short(v) for v in z], [f"b = {written(b)}" for b in n["b1"][0]]
    if step < STEPS.index("dA1"):
        notes = [f"z = {written(v)}" for v in z]
        return "A1 = ReLU(Z1)", [_short(v) for v in n["A1"][s]], notes
    if name == "dA1":
        return "dA1", [_short(v) for v in n["dA1"][s]], [f"a = {written(a)}" for a in n["A1"][s]]
    if name == "mask":
        notes = [f"{word}, z = {written(v)}" for word, v in zip(state, z, strict=True)]
        return "mask = slope of ReLU", [written(v) for v in on], notes
    if step <= STEPS.index("dW1"):
        return "dZ1 = dA1 * mask", [_short(v) for v in n["dZ1"][s]], state
    if name == "db1":
        notes = [f"db = {written(v)}" for v in n["db1"][0]]
        return "dZ1, and db1 below", [_short(v) for v in n["dZ1"][s]], notes
    if name == "update":
        notes = [f"new b = {written(b, 5)}" for b in n["new b1"][0]]
        return "new b1", ["b"] * len(z), notes
    return "A1 after", [_short(v) for v in n["A1 after"][s]], [""] * len(z)


def _output(name: str, step: int, n: Numbers, s: int) -> tuple[str, str, str]:
    """Say what stands above, in and below the output node."""
    chance, label = _near(n["A2"][s, 0]), f"y = {n['y'][s, 0]:.0f}"
    if step < STEPS.index("Z2"):
        return "output", UNKNOWN, ""
    if name == "Z2":
        return "Z2", _short(n["Z2"][s, 0]), f"b = {written(n['b2'][0, 0])}"
    if step <= STEPS.index("L"):
        return "A2 = ŷ", chance, f"z = {written(n['Z2'][s, 0])}, {label}"
    if name == "db2":
        return "dZ2, and db2 below", _short(n["dZ2"][s, 0]), f"db = {written(n['db2'][0, 0])}"
    if step <= STEPS.index("db1"):
        return "dZ2 = A2 − y", _short(n["dZ2"][s, 0]), f"ŷ = {chance}, {label}".replace("= ≈", "≈")
    if name == "update":
        return "new b2", "b", f"new b = {written(n['new b2'][0, 0], 5)}"
    return "A2 after", _near(n["A2 after"][s, 0]), f"was {chance}, {label}"


def _output_name(name: str) -> str:
    """Name the output node by what it holds."""
    if name == "Z2":
        return "output, Z2"
    if STEPS.index("dZ2") <= STEPS.index(name) <= STEPS.index("db1"):
        return "output, dZ2"
    return "output" if name == "update" else "ŷ"


def _near(a: float) -> str:
    """Write a prediction in a few letters; one that is only rounded to 1 is not called 1."""
    return "≈ 1" if a < 1 and written(a) == "1" else _short(a)


def _short(value: float) -> str:
    """Write a number so that it fits into a node."""
    text = written(value)
    if len(text) <= 7:
        return text
    return scientific(value, 0)


def _highlight(scene: _Scene, name: str, n: Numbers, pick: Pick) -> None:
    """Mark the nodes and edges that a step touches."""
    k, inputs, units = pick.unit, n["X"].shape[1], len(n["W2"])
    into = {(0, i, k) for i in range(inputs)}
    out = {(1, j, 0) for j in range(units)}
    unit, output = (_HIDDEN, k), (_OUTPUT, 0)
    marked: Mapping[str, tuple[set, set]] = {
        "X": ({(_INPUT, i) for i in range(inputs)}, set()),
        "Z1": ({unit}, into),
        "Z2": ({output}, out),
        "dW2": ({unit, output}, out),
        "dA1": ({unit, output}, {(1, k, 0)}),
        "dW1": ({(_INPUT, pick.feature), unit}, into),
        "update": ({(_INPUT, pick.feature), unit}, into | {(1, k, 0)}),
        **{step: ({output}, set()) for step in ("A2", "L", "dZ2", "db2", "L after")},
    }
    scene.nodes, scene.edges = marked.get(name, ({unit}, set()))


def _arrows(ax: Axes, edges: set[tuple[int, int, int]], name: str) -> None:
    """Put a head on the highlighted edges: to the right forward, to the left backward."""
    if name not in ("Z1", "Z2", "dA1"):
        return
    sizes = (4, 3, 1)
    for gap, i, j in edges:
        start = np.array([4.0 * gap, 3 - (i + 0.5) * 6 / sizes[gap]])
        end = np.array([4.0 * (gap + 1), 3 - (j + 0.5) * 6 / sizes[gap + 1]])
        if name == "dA1":
            start, end = end, start
        way = (end - start) / np.linalg.norm(end - start)
        ax.annotate(
            "",
            xy=end - 0.43 * way,
            xytext=end - 0.9 * way,
            arrowprops={"arrowstyle": "-|>", "color": BLACK, "mutation_scale": 18, "linewidth": 2},
            zorder=2.6,
        )


def _loss_box(ax: Axes, name: str, n: Numbers, s: int) -> str:
    """Draw the loss below the output, once it is known."""
    if STEPS.index(name) < STEPS.index("L"):
        return ""
    x, y = _BOX
    lines = [f"loss {written(n['losses'][s, 0])}", f"mean L = {written(n['L'])}"]
    if name == "L after":
        lines = [f"L = {written(float(n['L after']), 6)}", f"was {written(float(n['L']), 6)}"]
    strong = name in ("L", "L after")
    ax.plot([x, x], [-1.05, y + 0.5], color=GRAY, linewidth=3 if strong else 1, zorder=1)
    ax.add_patch(
        FancyBboxPatch(
            (x - 0.86, y - 0.42),
            1.72,
            0.84,
            boxstyle="round,pad=0.06",
            facecolor=YELLOW if strong else "white",
            edgecolor=BLACK,
            linewidth=3 if strong else 1.5,
            zorder=3,
        )
    )
    for line, height in zip(lines, (0.2, -0.2), strict=True):
        ax.text(x, y + height, line, ha="center", va="center", fontsize=9, zorder=4)
    return f"The box for the loss: {', '.join(lines)}."
