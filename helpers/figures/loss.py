"""The drawings of module 04: errors, surprises, losses and their slopes."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from helpers.figures.base import BLACK, BLUE, GRAY, ORANGE, SHADE, SKY, VERMILLION, number
from helpers.reference.activations import sigmoid
from helpers.reference.losses import (
    bce,
    bce_derivative,
    half_squared_error,
    half_squared_error_derivative,
)

BCE, SQUARED = "cross-entropy", "½ squared error"
_LINES = {BCE: (VERMILLION, "-", "o"), SQUARED: (BLUE, "--", "s")}
_LOSSES = {
    BCE: (bce, bce_derivative),
    SQUARED: (half_squared_error, half_squared_error_derivative),
}
_TOP = 5.0  # curves that go to infinity are cut here


def loss_and_slope(name: str, y: int, a: float) -> tuple[float, float]:
    """Return the loss of one prediction and its slope with respect to the prediction.

    Parameters
    ----------
    name : `BCE` or `SQUARED`
    y : 0 or 1
    a : float, strictly between 0 and 1

    Examples
    --------
    >>> loss_and_slope(SQUARED, 1, 0.5)
    (0.125, -0.5)
    """
    loss, slope = _LOSSES[name]
    return loss([y], [a]), float(slope([y], [a])[0])


def errors_and_squares(axes: Sequence[Axes], y: np.ndarray, a: np.ndarray) -> str:
    """Draw the error of each row, and beside it half of its square.

    Parameters
    ----------
    axes : two Axes
    y, a : array, (m, 1)
        Labels and predictions.
    """
    error = (a - y).ravel()
    rows = np.arange(1, len(error) + 1)
    names = (("error", "error a − y"), ("½ squared error", "½(a − y)²"))
    for ax, values, (name, title) in zip(axes, (error, error**2 / 2), names, strict=True):
        up = values >= 0
        for chosen, color, hatch in ((up, ORANGE, ""), (~up, SKY, "//")):
            ax.bar(rows[chosen], values[chosen], 0.6, color=color, edgecolor=BLACK, hatch=hatch)
        for row, value in zip(rows, values, strict=True):
            where = {"va": "bottom" if value >= 0 else "top", "ha": "center"}
            ax.annotate(
                number(value, 3),
                (row, value),
                (0, 4 if value >= 0 else -4),
                textcoords="offset points",
                **where,
            )
        ax.axhline(0, color=BLACK, linewidth=1)
        ax.margins(y=0.15)
        ax.set(xlabel="row", ylabel=name, title=title, xticks=rows)
    errors, squares = (", ".join(number(v, 3) for v in values) for values in (error, error**2 / 2))
    return (
        f"Left, the errors of {len(rows)} rows: {errors}. Their sum is {number(error.sum(), 3)}. "
        f"Right, half of their squares, none of them negative: {squares}. "
        f"Their mean is {number(half_squared_error(y, a), 3)}."
    )


def surprise(ax: Axes, chances: Sequence[float]) -> str:
    """Draw −log p, and mark some chances on it.

    Parameters
    ----------
    ax : Axes
    chances : sequence of float
        Above 0, at most 1.
    """
    p = np.linspace(np.exp(-_TOP), 1, 400)
    ax.plot(p, -np.log(p), color=VERMILLION, linewidth=2.5)
    said = []
    for chance in chances:
        value = -np.log(chance)
        ax.plot(chance, value, "o", color=BLACK, markersize=7, zorder=3)
        label = f"p = {number(chance)}: {number(value, 3)}"
        ax.annotate(label, (chance, value), (8, 5), textcoords="offset points")
        said.append(f"{number(value, 3)} at p = {number(chance)}")
    ax.set(
        xlabel="chance p that you gave to what happened",
        ylabel="surprise −log p",
        xlim=(-0.03, 1.25),
        ylim=(-0.15, _TOP + 0.2),
        xticks=[0, 0.25, 0.5, 0.75, 1],
    )
    return (
        f"The surprise −log p against the chance p. It falls from infinity at p = 0 to 0 at p = 1: "
        f"{', '.join(said)}."
    )


def loss_curves(ax: Axes, y: int, a: float) -> str:
    """Draw both losses of one prediction for a label, with their slopes at one point.

    Parameters
    ----------
    ax : Axes
    y : 0 or 1
        The label.
    a : float
        The prediction to mark, strictly between 0 and 1.
    """
    grid = np.linspace(0.0005, 0.9995, 600)
    for name, (color, dash, _) in _LINES.items():
        ax.plot(
            grid, loss_of(name, y, grid), color=color, linestyle=dash, linewidth=2.5, label=name
        )
    for name, (color, _, marker) in _LINES.items():
        loss, slope = loss_and_slope(name, y, a)
        if loss <= _TOP:
            _tangent(ax, a, loss, slope)
            ax.plot(a, loss, marker, color=color, markeredgecolor=BLACK, markersize=9, zorder=4)
        else:
            ax.plot(a, _TOP - 0.1, "^", color=color, markeredgecolor=BLACK, markersize=11, zorder=4)
            side = -10 if a > 0.5 else 10
            ax.annotate(
                f"up here: {number(loss)}",
                (a, _TOP - 0.1),
                (side, -4),
                textcoords="offset points",
                ha="right" if a > 0.5 else "left",
            )
    ax.set(
        xlabel="prediction ŷ",
        ylabel="loss",
        title=f"label {y}",
        xlim=(-0.03, 1.03),
        ylim=(-0.15, _TOP),
        xticks=[0, 0.5, 1],
    )
    return loss_text(y, a)


def loss_text(y: int, a: float) -> str:
    """Say what `loss_curves` shows.

    >>> loss_text(1, 0.5)
    'Label 1, prediction 0.5: cross-entropy 0.693, slope −2; ½ squared error 0.125, slope −0.5.'
    """
    pairs = ((name, loss_and_slope(name, y, a)) for name in _LOSSES)
    said = (f"{name} {number(loss, 3)}, slope {slope_text(slope)}" for name, (loss, slope) in pairs)
    return f"Label {y}, prediction {prediction_text(a)}: {'; '.join(said)}."


def loss_of(name: str, y: int, a: np.ndarray) -> np.ndarray:
    """Return the loss of each prediction on its own; the reference returns means."""
    return -np.log(a if y else 1 - a) if name == BCE else 0.5 * (a - y) ** 2


def _tangent(ax: Axes, a: float, loss: float, slope: float) -> None:
    """Draw a piece of the tangent, of about the same length on the page for every slope."""
    name = None if "slope" in ax.get_legend_handles_labels()[1] else "slope"
    half = 0.16 / np.hypot(1, slope / _TOP)
    ends = np.array([-half, half])
    ax.plot(a + ends, loss + slope * ends, color=BLACK, linewidth=1.5, zorder=3, label=name)


def prediction_text(a: float) -> str:
    """Write a prediction so that it is never shown as 0 or 1 when it is neither.

    >>> prediction_text(0.25), prediction_text(0.001), prediction_text(0.999999)
    ('0.25', '0.001', '0.999999')
    """
    return number(a, 6)


def slope_text(slope: float) -> str:
    """Write a slope with its sign, large ones without decimals.

    >>> slope_text(-1.25), slope_text(0.5), slope_text(999999.99), slope_text(-1e-6)
    ('−1.25', '+0.5', '+1,000,000', '−0.000001')
    """
    decimals = 0 if abs(slope) >= 1000 else 3 if abs(slope) >= 0.001 else 6
    text = f"{number(abs(slope), decimals)}" if decimals else f"{abs(slope):,.0f}"
    return f"{'−' if slope < 0 else '+'}{text}"


def batch_losses(ax: Axes, y: np.ndarray, a: np.ndarray) -> str:
    """Draw the cross-entropy of each row as a bar, and their mean as a line.

    Parameters
    ----------
    ax : Axes
    y, a : array, (m, 1)
        Labels and predictions, strictly between 0 and 1.
    """
    losses = [bce([label], [p]) for label, p in zip(y.ravel(), a.ravel(), strict=True)]
    mean, rows = float(np.mean(losses)), np.arange(1, len(losses) + 1)
    ax.bar(rows, losses, 0.6, color=ORANGE, edgecolor=BLACK)
    for row, loss in zip(rows, losses, strict=True):
        ax.annotate(
            number(loss, 3),
            (row, loss),
            (0, 4),
            textcoords="offset points",
            ha="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )
    ax.axhline(mean, color=BLACK, linestyle="--", linewidth=2, zorder=0)
    ax.annotate(
        f"mean {number(mean, 3)}", (rows[-1] + 0.45, mean), (0, 5), textcoords="offset points"
    )
    names = [
        f"y = {int(label)}\nŷ = {number(p, 3)}"
        for label, p in zip(y.ravel(), a.ravel(), strict=True)
    ]
    ax.set_xticks(rows, names)
    ax.set(ylabel="loss", xlim=(0.4, len(rows) + 1.3))
    ax.margins(y=0.15)
    listed = ", ".join(number(loss, 3) for loss in losses)
    return (
        f"The losses of {len(rows)} rows: {listed}. A dashed line marks their mean, "
        f"{number(mean, 3)}; their sum is {number(float(np.sum(losses)), 3)}."
    )


def slopes_by_z(ax: Axes, z: float, y: int = 1) -> str:
    """Draw the slopes of both losses with respect to z, behind a sigmoid.

    Parameters
    ----------
    ax : Axes
    z : float
        Where to mark both curves.
    y : 0 or 1
        The label.
    """
    grid = np.linspace(-8, 8, 400)
    values = {}
    for name, (color, dash, marker) in _LINES.items():
        ax.plot(grid, slope_by_z(name, grid, y), dash, color=color, linewidth=2.5, label=name)
        values[name] = float(slope_by_z(name, np.array(z), y))
        ax.plot(z, values[name], marker, color=color, markeredgecolor=BLACK, markersize=9, zorder=4)
        label = f"z = {number(z)}: {number(values[name], 4)}"
        inward = (0, 10 if values[name] < -0.5 or 0 <= values[name] < 0.5 else -20)
        place = {"textcoords": "offset points", "ha": "center"}
        ax.annotate(label, (z, values[name]), inward, **place)
    ax.axhline(0, color=GRAY, linewidth=1)
    wrong = (-8, -3) if y == 1 else (3, 8)
    ax.axvspan(*wrong, color=SHADE, alpha=0.5, zorder=0)
    ax.annotate("confidently wrong", (np.mean(wrong), 0.09 if y == 1 else -0.09), ha="center")
    ax.set(
        xlabel="pre-activation z",
        ylabel="slope dL/dz",
        title=f"label {y}",
        xlim=(-8, 8),
        ylim=(-1.1, 0.25) if y == 1 else (-0.25, 1.1),
    )
    ratio = values[BCE] / values[SQUARED]
    return (
        f"Slopes with respect to z for label {y}. Where the neuron is confidently wrong, that of "
        f"the {BCE} is near {'−1' if y == 1 else '1'} and that of the {SQUARED} is near 0. "
        f"At z = {number(z)} they are {number(values[BCE], 4)} and {number(values[SQUARED], 4)}: "
        f"the first is {number(ratio, 0)} times the second."
    )


def slope_by_z(name: str, z: np.ndarray, y: int) -> np.ndarray:
    """Return the slope of a loss behind a sigmoid, with respect to the weighted sum z."""
    a = sigmoid(z)
    return a - y if name == BCE else (a - y) * a * (1 - a)


def hinge_and_bump(ax: Axes) -> str:
    """Draw log(1 + e^z) as the sum of max(z, 0) and log(1 + e^−|z|)."""
    z = np.linspace(-6, 6, 241)
    hinge, bump = np.maximum(z, 0), np.log1p(np.exp(-np.abs(z)))
    ax.plot(z, hinge + bump, color=BLACK, linewidth=2.5, label="log(1 + e^z): the sum")
    ax.plot(z, hinge, "--", color=BLUE, linewidth=2.5, label="max(z, 0): a hinge")
    ax.plot(z, bump, ":", color=VERMILLION, linewidth=3, label="log(1 + e^−|z|): a bump")
    ax.set(xlabel="z", ylim=(-0.2, 6.2))
    ax.legend(frameon=False, loc="upper left")
    return (
        f"log(1 + e^z) is a hinge plus a bump. The hinge, max(z, 0), is 0 up to z = 0 and then "
        f"rises with slope 1. The bump, log(1 + e^−|z|), is highest at z = 0, "
        f"{number(float(bump.max()), 3)}, and {number(float(bump[0]), 4)} at z = −6 and z = 6."
    )


def class_surprises(
    axes: Sequence[Axes], P: np.ndarray, classes: Sequence[int], names: Sequence[str]
) -> str:
    """Draw the chances of several classes, one picture for each row; the true class is marked.

    Parameters
    ----------
    axes : sequence of Axes
        One for each row.
    P : array, (m, k)
        Chances, above 0.
    classes : sequence of int, (m,)
        The true class of each row.
    names : sequence of str, (k,)
        What the classes are called.
    """
    said = []
    for i, (ax, row, true) in enumerate(zip(axes, P, classes, strict=True), start=1):
        bars = ax.bar(names, row, 0.65, color="white", edgecolor=GRAY, linewidth=1.5)
        bars[true].set(facecolor=ORANGE, edgecolor=BLACK, hatch="//")
        for place, chance in enumerate(row):
            ax.annotate(
                number(chance), (place, chance), (0, 4), textcoords="offset points", ha="center"
            )
        loss = float(-np.log(row[true]))
        ax.set(ylim=(0, 1.08), yticks=[0, 0.5, 1], title=f"row {i}: loss {number(loss, 3)}")
        said.append(
            f"row {i} is {names[true]}, which got {number(row[true])}: loss {number(loss, 3)}"
        )
    axes[0].set_ylabel("chance")
    return f"The chances of {len(names)} classes in {len(P)} rows. {'; '.join(said).capitalize()}."
