"""The loss explorer of module 04: one prediction, two labels, two losses."""

import ipywidgets as widgets

from helpers.explorers.base import Explorer
from helpers.figures import canvas, loss_curves, number, prediction_text
from helpers.figures.base import scientific
from helpers.figures.loss import BCE, SQUARED, loss_and_slope, slope_text

# Hundredths, and a few steps closer to both ends, but never on them: there log 0 is waiting.
_NEAR = [1e-6, 1e-5, 1e-4, 1e-3]
PREDICTIONS = [*_NEAR, *(k / 100 for k in range(1, 100)), *(1 - p for p in reversed(_NEAR))]


class LossExplorer(Explorer):
    """Drag a prediction and read both losses and their slopes, for both labels.

    Parameters
    ----------
    prediction : float
        Where to begin; one of the slider's values, such as 0.7.
    """

    def __init__(self, prediction: float = 0.7) -> None:
        self.prediction = widgets.SelectionSlider(
            options=[(prediction_text(p), p) for p in PREDICTIONS],
            value=prediction,
            description="ŷ",
            continuous_update=True,
            layout=widgets.Layout(width="20em"),
        )
        fig, self._axes = canvas(1, 2, size=(7.6, 3.9))
        super().__init__("Loss explorer", fig, self._draw_losses, [self.prediction])
        fig.set_layout_engine("none")  # the first drawing found the layout; this halves the time

    def _draw_losses(self) -> str:
        a = self.prediction.value
        for ax, y in zip(self._axes, (1, 0), strict=True):
            ax.clear()
            loss_curves(ax, y, a)
        self._axes[0].legend(loc="upper right", frameon=False)
        rows = "".join(_rows(name, a) for name in (BCE, SQUARED))
        return (
            "<table style='text-align:right;white-space:nowrap;border-spacing:.5em .1em'>"
            f"<tr><th></th><th>label 1</th><th>label 0</th></tr>{rows}</table>"
            f"<p style='line-height:1.4'>{_remark(a)}</p>"
        )


def _rows(name: str, a: float) -> str:
    """Write two rows: the loss, and its slope, for both labels."""
    (loss1, slope1), (loss0, slope0) = (loss_and_slope(name, y, a) for y in (1, 0))
    return (
        f"<tr><td>{name}</td><td>{_value(loss1)}</td><td>{_value(loss0)}</td></tr>"
        f"<tr><td>slope dL/dŷ</td><td>{slope_text(slope1)}</td><td>{slope_text(slope0)}</td></tr>"
    )


def _value(loss: float) -> str:
    small = number(loss, 6) if loss >= 1e-6 else scientific(loss, 0)
    return number(loss, 3) if loss >= 0.0005 else small


def _remark(a: float) -> str:
    """Say what the numbers mean, and what the ends of the slider would bring."""
    text = prediction_text(a)
    if a == 0.5:
        return f"ŷ = {text}: both labels cost the same, because the prediction takes no side."
    wrong, end = (1, 0) if a < 0.5 else (0, 1)
    steep = abs(loss_and_slope(BCE, wrong, a)[1])
    said = (
        f"ŷ = {text} is on the wrong side for label {wrong}. There the slope of the {BCE} is "
        f"{slope_text(steep).lstrip('+')} in size; that of the {SQUARED} is never above 1."
    )
    if min(a, 1 - a) < 0.05:
        said += (
            f" At ŷ = {end} itself the {BCE} for label {wrong} would be infinite (∞), because it "
            f"contains log 0; the {SQUARED} would be 0.5. The slider stops short of that."
        )
    return said
