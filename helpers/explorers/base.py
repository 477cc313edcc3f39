"""What every explorer is made of: controls, one picture, and its text twin.

The picture is one persistent Figure whose PNG bytes go into an image widget.
That is faster than ``interact`` with inline plots and than a canvas widget.
"""

import functools
import html
from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets as widgets
from matplotlib.figure import Figure

from helpers.figures.base import DOTS_PER_INCH, DRAWING, as_webp, png
from helpers.style import PICTURE_CLASS, STYLE_SHEET


def one_at_a_time(action: Callable[..., Any]) -> Callable[..., Any]:
    """Let an action on an explorer begin only when the one before it has ended."""

    @functools.wraps(action)
    def wait(*args: Any, **kwargs: Any) -> Any:
        with DRAWING:
            return action(*args, **kwargs)

    return wait


class Explorer:
    """Controls around a drawing function.

    Parameters
    ----------
    name : str
        What the explorer is called.
    fig : Figure
        The one figure that is drawn on again and again.
    draw : Callable
        Draws on `fig` for the controls' values, and returns the text twin as HTML.
    controls : list of Widget
        The controls, top to bottom.

    Attributes
    ----------
    text : str
        The text twin of what the picture shows.
    """

    def __init__(
        self, name: str, fig: Figure, draw: Callable[[], str], controls: list[widgets.Widget]
    ) -> None:
        self.name = name
        self._fig = fig
        self._draw = draw
        self._paused = False
        self._image = widgets.Image(format="png", width=round(fig.get_figwidth() * DOTS_PER_INCH))
        self._image.add_class(PICTURE_CLASS)
        self._twin = widgets.HTML()
        self._twin.add_class("bbh-text-twin")
        column = widgets.Layout(width="24em", flex="0 0 auto")
        layout = widgets.Layout(flex_flow="row wrap", align_items="flex-start")
        left = widgets.VBox([widgets.HTML(STYLE_SHEET), *controls, self._twin], layout=column)
        self.widget = widgets.Box([left, self._image], layout=layout)
        for control in _inside(controls):
            if not isinstance(control, widgets.Play) and control.has_trait("value"):
                control.observe(self.refresh, names="value")
        self.refresh()

    @property
    def text(self) -> str:
        """The text twin, as HTML."""
        return self._twin.value

    @one_at_a_time
    def refresh(self, change: dict | None = None) -> None:
        """Draw again for the current values of the controls."""
        if self._paused or (change is not None and _is_noise(change["old"], change["new"])):
            return
        self._twin.value = f'<div aria-live="polite">{self._draw()}</div>'
        self._image.value = self._picture()

    def _picture(self) -> bytes:
        """Make the PNG image; an explorer that knows what stays the same can do it sooner."""
        return png(self._fig)

    @one_at_a_time
    def set(self, **values: tuple[widgets.Widget, Any]) -> None:
        """Give several controls their values and draw once."""
        self._paused = True
        try:
            for control, value in values.values():
                control.value = value
        finally:
            self._paused = False
            self.refresh()

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        """Return the widget, and what stands in its place where there are no widgets.

        Written out, since ipywidgets 7 has no such method.
        """
        model = {"version_major": 2, "version_minor": 0, "model_id": self.widget.model_id}
        return {
            "text/plain": f"{self.name}: run this cell, then move the sliders.",
            "text/html": self._still(),
            "application/vnd.jupyter.widget-view+json": model,
        }

    def _still(self) -> str:
        """Return what the explorer shows now, as HTML: folded, since it may give answers away."""
        return (
            f"<details><summary>{html.escape(self.name)}: run this cell to move it. "
            f"Here is a picture of it.</summary>{STYLE_SHEET}"
            f'<figure style="margin:.5em 0"><img class="{PICTURE_CLASS}" '
            f'width="{self._image.width}" alt="What the text below says, as a picture." '
            f'src="{as_webp(self._image.value)}"></figure>{self._twin.value}</details>'
        )


def _inside(controls: list[widgets.Widget]) -> list[widgets.Widget]:
    """List the controls, those inside boxes included."""
    found = []
    for control in controls:
        found += _inside(list(control.children)) if isinstance(control, widgets.Box) else [control]
    return found


def _is_noise(old: Any, new: Any) -> bool:
    """Whether a slider sent its value back with another last digit, as sliders do."""
    return isinstance(new, float) and isinstance(old, float) and abs(new - old) < 1e-9


def slider(label: str, value: float, low: float, high: float, step: float) -> widgets.FloatSlider:
    """Make a slider that redraws while it moves, by mouse or by arrow keys."""
    return widgets.FloatSlider(
        value=value,
        min=low,
        max=high,
        step=step,
        description=label,
        continuous_update=True,
        readout_format=".2f",
        layout=widgets.Layout(width="20em"),
    )


def choice(label: str, options: Iterable, value: Any, **layout: Any) -> widgets.ToggleButtons:
    """Make buttons of which one is pressed.

    They work by keyboard. A dropdown or radio buttons do not: JupyterLab takes their
    arrow keys and moves to the next cell.
    """
    return widgets.ToggleButtons(
        options=list(options),
        value=value,
        description=label,
        style={"button_width": "auto"},
        layout=widgets.Layout(**layout),
    )


def button(label: str, tooltip: str, action: Callable[[], None]) -> widgets.Button:
    """Make a button that calls `action`."""
    made = widgets.Button(description=label, tooltip=tooltip, layout=widgets.Layout(width="auto"))
    made.on_click(one_at_a_time(lambda _button: action()))
    return made
