"""The temperature explorer of module 02: what softmax makes of three scores."""

from collections.abc import Sequence

from helpers.explorers.explorer import Explorer
from helpers.figures import canvas, softmax_bars
from helpers.figures.base import Picture

MOST = 5.0


def temperature(logits: Sequence[float] = (2.0, 1.0, 0.5)) -> Explorer:
    """Move the temperature and three scores; see what softmax makes of them.

    Parameters
    ----------
    logits : three floats
        The scores to begin with, from -5 to 5.

    Raises
    ------
    ValueError
        If there are not three scores, or one lies outside.
    """
    if len(logits) != 3:
        raise ValueError(f"logits must be three scores, but are {len(logits)}")
    if not all(-MOST <= score <= MOST for score in logits):
        raise ValueError(f"logits must lie between {-MOST:g} and {MOST:g}, but are {logits!r}")
    fig, axes = canvas(1, 3, size=(10.5, 3.4), sharey=True)
    pairs = zip(axes, (0.1, 1.0, 5.0), strict=True)
    alts = [softmax_bars(ax, list(logits), value) for ax, value in pairs]
    data = {"logits": [float(score) for score in logits], "temperature": 1.0}
    return Explorer("temperature", "Temperature explorer", Picture(fig, " ".join(alts)), data)
