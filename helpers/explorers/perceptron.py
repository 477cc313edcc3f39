"""The perceptron explorer of module 01: two weights, a bias, and a gate to learn."""

import html

import ipywidgets as widgets
import numpy as np

from helpers.explorers.base import Explorer, button, choice, one_at_a_time, slider
from helpers.figures import canvas, decision_line, number
from helpers.figures.base import clear
from helpers.reference.activations import step
from helpers.reference.data import gate
from helpers.reference.perceptron import perceptron_update

LR = 0.25
_QUARTER = 0.25
_MOST_UPDATES = 60  # 59 are enough for every gate that has a line, from every start


class PerceptronExplorer(Explorer):
    """Move the decision line by hand, or let the learning rule move it.

    Weights are multiples of 1/4, so that a point on the line is exactly on it.

    Parameters
    ----------
    gate_name : str
        The gate to begin with: ``"AND"``, ``"OR"``, ``"NAND"``, ``"NOR"`` or ``"XOR"``.
    seed : int
        Where "New start" draws its weights from.
    """

    def __init__(self, gate_name: str = "AND", seed: int = 1958) -> None:
        self._rng = np.random.default_rng(seed)
        names = ["AND", "OR", "NAND", "NOR", "XOR"]
        self.gate = choice("gate", names, gate_name)
        self.w1 = slider("w1", 1.0, -3, 3, _QUARTER)
        self.w2 = slider("w2", 1.0, -3, 3, _QUARTER)
        self.b = slider("b", -0.5, -3, 3, _QUARTER)
        self.play = widgets.Play(
            min=0, max=_MOST_UPDATES, interval=700, description="learn", show_repeat=False
        )
        self.play.observe(self._on_play, names="value")
        self._learning = False
        buttons = [
            button("One update", "Apply the learning rule to the next wrong row", self.learn),
            button("Same start", "Go back to the weights you started from", self.same_start),
            button("New start", "Begin from other weights", self.new_start),
        ]
        fig, self._ax = canvas(size=(4.6, 4.4))
        super().__init__(
            "Perceptron explorer",
            fig,
            self._draw_line,
            [
                self.gate,
                self.w1,
                self.w2,
                self.b,
                widgets.HBox([widgets.Label(f"Learn (lr = {LR}):"), self.play]),
                widgets.HBox(buttons),
            ],
        )

    @property
    def weights(self) -> tuple[float, float, float]:
        """The values of the three sliders: w1, w2, b. The browser may send them a bit off."""
        w1, w2, b = (round(s.value / _QUARTER) * _QUARTER for s in (self.w1, self.w2, self.b))
        return w1, w2, b

    def learn(self) -> bool:
        """Apply the learning rule to the next wrong row; False where no row is wrong."""
        X, y = gate(self.gate.value)
        w1, w2, b = self.weights
        w = np.array([w1, w2])
        wrong = np.flatnonzero(step(X @ w + b) != y)
        if not len(wrong):
            return False
        after = wrong[wrong >= self._next_row]
        row = int(after[0] if len(after) else wrong[0])
        self._next_row = (row + 1) % len(X)
        self._updates += 1
        x1, x2 = X[row]
        self._last = f"Update {self._updates} used the row x1 = {x1:.0f}, x2 = {x2:.0f}."
        (w1, w2), b = perceptron_update(w, b, X[row], y[row], LR)
        self._learning = True
        self._move(w1, w2, b)
        self._learning = False
        return True

    def same_start(self) -> None:
        """Go back to the weights that learning began from."""
        self._move(*self._start)

    def new_start(self) -> None:
        """Begin from other weights, drawn at random."""
        self._start = tuple(float(v) for v in self._rng.integers(-8, 9, 3) / 4)
        self.same_start()

    def _start_here(self) -> None:
        """Forget what was learned: the weights or the gate were changed by hand."""
        self._start = self.weights
        self._updates = 0
        self._next_row = 0
        self._last = ""
        self.play.playing = False
        self.play.value = 0

    def _move(self, w1: float, w2: float, b: float) -> None:
        self.set(w1=(self.w1, w1), w2=(self.w2, w2), b=(self.b, b))

    @one_at_a_time
    def _on_play(self, change: dict) -> None:
        if change["new"] > change["old"] and not self.learn():
            self.play.playing = False

    def _draw_line(self) -> str:
        if not self._learning:
            self._start_here()
        w1, w2, b = self.weights
        X, y = gate(self.gate.value)
        clear(self._ax)
        said = decision_line(self._ax, [w1, w2], b, X, y, self.gate.value)
        z = X @ [w1, w2] + b
        table = "".join(
            f"<tr><td>{x1:.0f}</td><td>{x2:.0f}</td><td>{number(zi)}</td><td>{p}</td>"
            f"<td>{target}</td><td>{'right' if p == target else '✗ wrong'}</td></tr>"
            for (x1, x2), zi, p, target in zip(X, z, step(z), y, strict=True)
        )
        errors = int((step(z) != y).sum())
        return (
            "<table style='text-align:right;white-space:nowrap;border-spacing:.8em .1em'>"
            "<tr><th>x1</th><th>x2</th><th>z</th><th>output</th><th>target</th><th></th></tr>"
            f"{table}</table><p style='line-height:1.4'><b>Errors: {errors} of 4.</b> "
            f"{html.escape(said)} {self._last}{self._progress(errors)}</p>"
        )

    def _progress(self, errors: int) -> str:
        if not self._updates:
            return ""
        if errors == 0:
            return " The rule has found a line and stops."
        if self._updates >= _MOST_UPDATES // 3 and self.gate.value == "XOR":
            return " It goes on and on: for XOR there is no line to find."
        return ""
