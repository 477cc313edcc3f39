"""The drawings of module 06: batches, loss curves and what many seeds give."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers.figures.base import BLACK, BLUE, GREEN, ONES, ORANGE, PURPLE, SHADE, YELLOW, number

_TRAINING, _VALIDATION = (GREEN, "-"), (PURPLE, "--")  # as in the explorer
_RUNS = ((BLACK, "-", 2), (BLUE, "--", 2), (ORANGE, "-", 1))  # the last is noisy: it lies behind
_FILLS = ((SHADE, ""), (ONES, "//"), ("#CFE8DD", ".."), ("#EEEEEE", "xx"))


def dealt_rows(ax: Axes, order: Sequence[int], batch_size: int) -> str:
    """Draw rows in the order in which they are dealt, cut into batches.

    Parameters
    ----------
    ax : Axes
    order : sequence of int
        Row numbers.
    batch_size : int
    """
    m = len(order)
    batches = [list(order[i : i + batch_size]) for i in range(0, m, batch_size)]
    for row in range(m):
        _cell(ax, row, 1.9, row, *_FILLS[list(order).index(row) // batch_size % len(_FILLS)])
    left = 0.0
    for k, batch in enumerate(batches):
        for row in batch:
            _cell(ax, left, 0, row, *_FILLS[k % len(_FILLS)])
            left += 1
        ax.text(left - len(batch) / 2, -0.45, f"batch {k + 1}", ha="center", va="center")
        left += 0.45
    ax.text(-0.3, 2.4, "rows of X", ha="right", va="center")
    ax.text(-0.3, 0.5, "dealt", ha="right", va="center")
    ax.set(xlim=(-2.6, left), ylim=(-0.8, 3), aspect="equal")
    ax.axis("off")
    said = "; ".join(f"batch {k}: rows {_listed(b)}" for k, b in enumerate(batches, start=1))
    return f"{m} rows are shuffled and cut into batches of {batch_size}. {said}."


def _cell(ax: Axes, x: float, y: float, row: int, color: str, hatch: str) -> None:
    ax.bar(x + 0.5, 1, 0.96, y, color=color, edgecolor=BLACK, hatch=hatch, linewidth=1)
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    ax.text(x + 0.5, y + 0.5, str(row), ha="center", va="center", bbox=box)


def _listed(values: Sequence[int]) -> str:
    return ", ".join(str(int(value)) for value in values)


def loss_by_rows(ax: Axes, runs: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> str:
    """Draw losses against the number of rows that were worked through, for several runs.

    Parameters
    ----------
    ax : Axes
    runs : dict
        At most three: a name, and (rows seen, loss on all rows after that many).
    """
    said = []
    for (name, (rows, losses)), (color, dash, layer) in zip(runs.items(), _RUNS, strict=False):
        ax.plot(rows, losses, dash, color=color, linewidth=2, label=name, zorder=layer)
        rises = float(np.mean(np.diff(losses) > 0))
        said.append(
            f"{name}: from {number(losses[0], 3)} to {number(losses[-1], 3)} in {len(losses) - 1} "
            f"steps, of which {rises:.0%} raise the loss"
        )
    ax.set(xlabel="rows worked through", ylabel="loss on all rows", ylim=(0, None))
    ax.legend(frameon=False)
    return f"The loss on all rows, step by step. {'; '.join(said)}."


def loss_history(
    ax: Axes, history: Mapping[str, Sequence[float]], best: bool = False, top: float | None = None
) -> str:
    """Draw the losses of a run, and the epoch with the best validation loss.

    Parameters
    ----------
    ax : Axes
    history : dict of lists ``loss val_loss``
        As `fit` returns it; ``val_loss`` may be empty.
    best : bool
        Whether the epoch with the lowest validation loss is marked.
    top : float, optional
        Where the axis ends; the highest loss above is written down.
    """
    said = []
    for key, name, (color, dash) in (
        ("loss", "training", _TRAINING),
        ("val_loss", "validation", _VALIDATION),
    ):
        losses = np.asarray(history[key])
        if losses.size:
            epochs = np.arange(1, losses.size + 1)
            ax.plot(epochs, losses, dash, color=color, linewidth=2, label=name)
            rises = int(np.sum(np.diff(losses) > 0))
            said.append(
                f"{name} loss from {number(losses[0], 3)} to {number(losses[-1], 3)}, higher than "
                f"before {rises} times"
            )
            highest = int(np.nan_to_num(losses, nan=-np.inf).argmax())
            if top is not None and losses[highest] > top:
                peak = f"up to {number(losses[highest], 2)} in epoch {highest + 1}"
                looks = {"color": color, "markeredgecolor": BLACK, "clip_on": False, "zorder": 5}
                ax.plot(epochs[highest], top, "^", label=f"{name}: {peak}", markersize=9, **looks)
                said[-1] += f", {peak}"
    if best:
        losses = np.asarray(history["val_loss"])
        epoch = int(losses.argmin()) + 1
        star = {"markersize": 15, "markerfacecolor": YELLOW, "markeredgecolor": BLACK}
        ax.axvline(epoch, color=BLACK, linestyle=":", linewidth=1)
        ax.plot(epoch, losses[epoch - 1], "*", zorder=4, label=f"lowest: epoch {epoch}", **star)
        said.append(f"lowest validation loss {number(losses[epoch - 1], 3)} after epoch {epoch}")
    ax.set(xlabel="epoch", ylabel="loss", ylim=(0, top))
    ax.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    ax.legend(frameon=False)
    return f"Over {len(history['loss'])} epochs: {'; '.join(said)}."


def many_seeds(
    axes: Sequence[Axes], scores: Sequence[float], dead: Sequence[int], right: Sequence[int]
) -> str:
    """Draw how often each test accuracy occurs, and training success against dead neurons.

    Parameters
    ----------
    axes : two Axes
    scores : sequence of float
        Test accuracy, a number for each seed.
    dead : sequence of int
        Hidden neurons that are 0 for every training row.
    right : sequence of int
        Training rows on the right side.
    """
    left, beside = axes
    values, counts = np.unique(np.round(scores, 6), return_counts=True)
    bars = left.bar(values, counts, 0.12, color=SHADE, edgecolor=BLACK, hatch="//")
    left.bar_label(bars, padding=2)
    left.set(xlabel="accuracy on the test rows", ylabel="seeds", xticks=values)
    left.set_xticks(values, [number(v) for v in values])
    left.margins(y=0.15)
    said = ", ".join(f"{number(v)} for {n}" for v, n in zip(values, counts, strict=True))
    pairs, often = np.unique(np.column_stack([dead, right]), axis=0, return_counts=True)
    beside.scatter(*pairs.T, s=26 * often + 20, color=ORANGE, edgecolor=BLACK, zorder=3)
    means = [(k, float(np.mean(np.asarray(right)[np.asarray(dead) == k]))) for k in np.unique(dead)]
    beside.plot(*zip(*means, strict=True), "k--", linewidth=1.5, label="mean", zorder=2)
    beside.set(xlabel="dead hidden neurons", ylabel="training rows right", ylim=(3, 8.8))
    beside.xaxis.set_major_locator(MaxNLocator(integer=True))
    for n in sorted({1, int(often.max())}):
        disc = {"markersize": (26 * n + 20) ** 0.5, "color": ORANGE, "markeredgecolor": BLACK}
        beside.plot([], [], "o", label=f"{n} seed{'s' * (n > 1)}", **disc)
    beside.legend(frameon=False, labelspacing=1.1)
    by_dead = ", ".join(f"{int(k)} dead: {number(mean, 1)}" for k, mean in means)
    return (
        f"Left, the test accuracy over {len(scores)} seeds: {said}. Right, training rows that come "
        f"out right, on average, by the number of dead hidden neurons: {by_dead}. A larger disc "
        "stands for more seeds."
    )
