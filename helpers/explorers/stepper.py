"""The stepper of module 05: forward and backward through the network, a quantity at a time."""

import html
import math
from collections.abc import Callable

import ipywidgets as widgets
import numpy as np

from helpers.explorers.base import Explorer, button, choice, one_at_a_time
from helpers.figures import backward_step, canvas
from helpers.figures.backward_numbers import (
    PARAMETERS,
    STEPS,
    TITLES,
    Entry,
    Explanation,
    Numbers,
    Pick,
    explain,
    labels,
    training_step,
    written,
)
from helpers.reference.data import asd_batch

LR = 0.005
MOST = 100.0  # inputs, weights and biases lie between −MOST and MOST
_ROW = widgets.Layout(flex_flow="row wrap")
_USES_UNIT = {"Z1", "A1", "dW2", "dA1", "mask", "dZ1", "dW1", "db1", "update"}
_USES_INPUT = {"dW1", "update"}
_TABLE = (
    "border-collapse:separate;border-spacing:3px;text-align:right;font-size:13px;line-height:1.5"
)
_FRAMES = {
    "result": "outline:2px solid currentColor;outline-offset:-2px;font-weight:bold",
    "feeds": "outline:2px dashed currentColor;outline-offset:-2px",
}


class Stepper(Explorer):
    """Walk through one training step; every number on the way can be edited.

    Parameters
    ----------
    step : int or str
        Where to begin: a name such as ``"dZ2"``, or a number.
    """

    def __init__(self, step: int | str = 0) -> None:
        start = STEPS.index(step) if isinstance(step, str) else step
        self.back = button("Back", "Go one quantity back", lambda: self.go(-1))
        self.next = button("Next", "Go on to the next quantity", lambda: self.go(1))
        self.next.button_style = "primary"
        self.reset_all = button("Reset the numbers", "Bring back the first numbers", self.reset)
        names = [(name, i) for i, name in enumerate(STEPS)]
        wide = {"layout": widgets.Layout(width="23.5em"), "style": {"description_width": "4.5em"}}
        self.step = widgets.SelectionSlider(options=names, value=start, description="step", **wide)
        self.sample = choice("sample", [("1", 0), ("2", 1)], 0)
        self.unit = choice("neuron", [("h1", 0), ("h2", 1), ("h3", 2)], 1)
        self.feature = choice("input", [("x1", 0), ("x2", 1), ("x3", 2), ("x4", 3)], 0)
        self._first = _first_numbers()
        self.fields = {name: _field(name, value) for name, value in self._first.items()}
        self._good = dict(self._first)
        self._drawn: tuple | None = None
        self._matrices, self._words, self._warnings = (widgets.HTML() for _ in range(3))
        fig, self._ax = canvas(size=(8, 5.2))
        fig.set_layout_engine("none")
        self._ax.set_position((0, 0, 1, 1))
        walk = widgets.HBox([self.next, self.back], layout=_ROW)
        entry = widgets.HBox([self.sample, self.unit, self.feature], layout=_ROW)
        editor = self._editor()
        controls = [walk, self.step, entry, editor]
        super().__init__("Stepper", fig, self._draw_step, controls)
        self._arrange(editor)

    def _editor(self) -> widgets.Widget:
        """Lay the fields out like the matrices that they fill."""
        blocks = []
        for title, names in (
            ("inputs X and labels y", ("X", "y")),
            ("weights W1 and biases b1", ("W1", "b1")),
            ("weights W2 and bias b2", ("W2", "b2")),
        ):
            rows = self._rows(*names)
            blocks.append(widgets.VBox([widgets.HTML(f"<b>{title}</b>"), *rows]))
        last = widgets.VBox([widgets.HTML("<b>learning rate</b>"), self.fields["lr"]])
        blocks.append(widgets.VBox([last, self.reset_all]))
        layout = widgets.Layout(flex_flow="row wrap", grid_gap="0 1.5em")
        return widgets.Box(blocks, layout=layout)

    def _rows(self, first: str, second: str) -> list[widgets.Widget]:
        """Make the rows of a block: y stands beside X, a bias below its weights."""
        found = {}
        for name, made in self.fields.items():
            matrix, _, place = name.partition("[")
            if matrix in (first, second):
                row = int(place.split(",")[0]) + (99 if matrix == second != "y" else 0)
                found.setdefault(row, []).append(made)
        if first == "X":
            for row, made in found.items():
                made.insert(0, widgets.Label(f"sample {row + 1}:"))
        return [widgets.HBox(row, layout=_ROW) for row in found.values()]

    def _arrange(self, editor: widgets.Widget) -> None:
        """Put the matrices below the picture, and the fields below everything."""
        left, picture = self.widget.children
        left.children = [*(child for child in left.children if child is not editor), self._words]
        width = widgets.Layout(width=f"{picture.width}px", max_width="100%", overflow="visible")
        right = widgets.VBox([picture, self._matrices], layout=width)
        head = widgets.HTML(
            "<b>Edit the numbers.</b> Type into a field, then press Enter or Tab. "
            f"Labels are 0 or 1, the learning rate is above 0 and at most {MOST:g}; "
            f"the other numbers lie between −{MOST:g} and {MOST:g}."
        )
        top = widgets.Box([left, right], layout=self.widget.layout)
        self.widget = widgets.VBox([top, head, self._warnings, editor])

    @property
    def text(self) -> str:
        """The text twin, the diagram in words and the tables of the matrices, as HTML."""
        return self._twin.value + self._words.value + self._matrices.value

    @property
    def pick(self) -> Pick:
        """The sample, hidden neuron and input that are followed."""
        return Pick(self.sample.value, self.unit.value, self.feature.value)

    def go(self, steps: int) -> None:
        """Move by so many steps; the ends stay where they are."""
        self.step.value = min(max(self.step.value + steps, 0), len(STEPS) - 1)

    def reset(self) -> None:
        """Bring back the course's numbers; the step stays."""
        self.set(**{name: (made, _typed(self._first[name])) for name, made in self.fields.items()})

    @one_at_a_time
    def refresh(self, change: dict | None = None) -> None:
        """Draw again, unless nothing has changed."""
        if self._paused:
            return
        if self._state() != self._drawn:
            super().refresh(change)

    def _state(self) -> tuple:
        """Return all that the picture depends on."""
        return self.step.value, self.pick, *(made.value for made in self.fields.values())

    def _read(self) -> list[str]:
        """Take over every good number; return what is wrong with the others."""
        wrong = []
        for name, made in self.fields.items():
            try:
                self._good[name] = read(name, made.value)
            except ValueError as error:
                wrong.append(f"{error} The last good number is kept: {_typed(self._good[name])}.")
        return wrong

    def numbers(self) -> Numbers:
        """Compute every quantity for the numbers that are set."""
        arrays = {name: np.zeros(shape) for name, shape in _shapes().items()}
        for name, value in self._good.items():
            if name != "lr":
                matrix, i, j = _place(name)
                arrays[matrix][i, j] = value
        params = {name: arrays[name] for name in PARAMETERS}
        return training_step(arrays["X"], arrays["y"], params, self._good["lr"])

    def _draw_step(self) -> str:
        self._drawn = self._state()
        wrong, numbers, pick = self._read(), self.numbers(), self.pick
        name = STEPS[self._drawn[0]]
        self.unit.disabled = name not in _USES_UNIT
        self.feature.disabled = name not in _USES_INPUT
        self.back.disabled, self.next.disabled = name == STEPS[0], name == STEPS[-1]
        for artist in (*self._ax.lines, *self._ax.patches, *self._ax.texts):
            artist.remove()  # twice as fast as clearing the axes
        alt = backward_step(self._ax, name, numbers, pick, caption=False)
        said = explain(name, numbers, pick)
        diagram = alt[alt.index("The diagram") :]
        self._matrices.value = matrices(said, numbers)
        self._words.value = _paragraph(f"<b>In words.</b> {html.escape(diagram)}")
        self._warnings.value = "".join(
            _paragraph(f"<b>⚠ {html.escape(text)}</b>") for text in wrong
        )
        return self._warnings.value + _story(name, said, _where(said, numbers))


def _where(said: Explanation, numbers: Numbers) -> str:
    """Say which row and column the entry that is worked out stands in, if it is one entry."""
    name, marked = next(iter(said.results.items()))
    if len(marked) != 1:
        return ""
    (i, j), (rows, columns) = next(iter(marked)), labels(name, numbers)
    parts = [("row", i, rows[i]), ("column", j, columns[j])]
    named = [f"{kind} {place} is {label}" for kind, place, label in parts if label]
    return f"Counted from 0: {', '.join(named)}." if named else ""


def _story(name: str, said: Explanation, where: str) -> str:
    lines = [
        f"<b>Step {STEPS.index(name)} of {len(STEPS) - 1}. {name}: {TITLES[name]}.</b>",
        html.escape(said.sentence),
        f"Formula: <b><code>{html.escape(said.formula)}</code></b>",
        f"Shapes: <code>{html.escape(said.shapes).replace(', ', ',&nbsp;')}</code>",
        f"With numbers: <code>{html.escape(said.filled)}</code>",
        html.escape(where),
    ]
    return "".join(_paragraph(line) for line in lines if line)


def _paragraph(text: str) -> str:
    return f"<p style='line-height:1.4;margin:.3em 0'>{text}</p>"


def matrices(said: Explanation, numbers: Numbers) -> str:
    """Write the matrices of a step as tables; frames mark the entries that are worked out."""
    tables = [
        _table(name, numbers, marked, kind)
        for kind, found in (("feeds", said.feeds), ("result", said.results))
        for name, marked in found.items()
    ]
    key = "Solid frame: the result. Dashed frame: what it is made from. All numbers are rounded."
    style = "display:flex;flex-wrap:wrap;gap:.4em 1.6em;align-items:flex-start"
    row = f"<div style='{style}'>{''.join(tables)}</div>"
    return f"{row}{_paragraph(key)}"


def _table(name: str, numbers: Numbers, marked: set[Entry], kind: str) -> str:
    rows, columns = labels(name, numbers)
    decimals = 5 if name.startswith("new ") else 3
    head = "".join(f"<th scope='col' style='padding:0 .3em'>{column}</th>" for column in columns)
    body = ""
    for i, row in enumerate(rows):
        cells = "".join(
            f"<td style='padding:0 .3em;{_FRAMES[kind] if (i, j) in marked else ''}'>"
            f"{written(numbers[name][i, j], decimals)}</td>"
            for j in range(len(columns))
        )
        body += f"<tr><th scope='row' style='font-weight:normal'>{row}</th>{cells}</tr>"
    shape = numbers[name].shape
    caption = f"<caption style='text-align:left;white-space:nowrap'><b>{name}</b> {shape}</caption>"
    return f"<table style='{_TABLE}'>{caption}<tr><td></td>{head}</tr>{body}</table>"


def _shapes() -> dict[str, tuple[int, int]]:
    X, y, params = asd_batch()
    return {"X": X.shape, "y": y.shape, **{name: P.shape for name, P in params.items()}}


def _first_numbers() -> dict[str, float]:
    """Name and list the course's numbers: ``X[0,0]`` and so on, and ``lr``."""
    X, y, params = asd_batch()
    arrays = {"X": X, "y": y, **params}
    found = {
        f"{name}[{i},{j}]": float(value)
        for name in arrays
        for (i, j), value in np.ndenumerate(arrays[name])
    }
    return {**found, "lr": LR}


def _place(name: str) -> tuple[str, int, int]:
    matrix, _, place = name.rstrip("]").partition("[")
    i, j = place.split(",")
    return matrix, int(i), int(j)


def _typed(value: float) -> str:
    """Write a number as one would type it."""
    return f"{value:g}"


def _field(name: str, value: float) -> widgets.Text:
    return widgets.Text(
        value=_typed(value),
        description=f"x{int(name[4]) + 1} = {name}" if name.startswith("X") else name,
        continuous_update=False,
        layout=widgets.Layout(width="10.6em" if name.startswith("X") else "9.2em"),
        style={"description_width": "6em" if name.startswith("X") else "4.2em"},
    )


def read(name: str, text: str) -> float:
    """Turn what was typed into a number.

    >>> read("X[0,0]", " −0.5 ")
    -0.5

    Raises
    ------
    ValueError
        If it is not a number, or not one that this field takes; the message says so.
    """
    cleaned = text.strip().replace("−", "-")
    try:
        value = float(cleaned)
        if math.isnan(value):
            raise ValueError
    except ValueError:
        raise ValueError(f"{name} is {_not_a_number(cleaned)}.") from None
    rule, holds = _rule(name)
    if not holds(value):
        raise ValueError(f"{name} must be {rule}, but is {cleaned}.")
    return value


def _not_a_number(text: str) -> str:
    if not text:
        return "empty: type a number"
    if text.count(",") == 1 and text.replace(",", "").strip("+-").isdigit():
        return f"written with a comma: type {text.replace(',', '.')}"
    return f"not a number: “{text[:20]}”"


def _rule(name: str) -> tuple[str, Callable[[float], bool]]:
    if name.startswith("y"):
        return "0 or 1", lambda value: value in (0, 1)
    if name == "lr":
        return f"above 0 and at most {MOST:g}", lambda value: 0 < value <= MOST
    return f"between −{MOST:g} and {MOST:g}", lambda value: abs(value) <= MOST
