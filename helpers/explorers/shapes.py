"""The shapes explorer of module 00: whether X @ W + b works, and what comes out."""

import ipywidgets as widgets
import numpy as np

from helpers.explorers.base import Explorer, choice
from helpers.figures import canvas, layer_shapes

W_SHAPES = ("(n_in, n_out)", "(n_out, n_in)")
B_SHAPES = ("(1, n_out)", "(n_out,)", "(n_out, 1)", "(m, 1)", "(1, n_in)")

_WIDTH = {"width": "20em"}


class ShapesExplorer(Explorer):
    """Choose sizes and see the shapes of X, W, b and Z, and whether they fit."""

    def __init__(self) -> None:
        self.m = _sizes("m", 5, "how many examples X has")
        self.n_in = _sizes("n_in", 3, "how many numbers each example has")
        self.n_out = _sizes("n_out", 2, "how many outputs the layer has")
        self.w = choice("W is", W_SHAPES, W_SHAPES[0])
        self.b = choice("b is", B_SHAPES, B_SHAPES[0])
        fig, self._ax = canvas(size=(7.2, 4.2))
        controls = [self.m, self.n_in, self.n_out, self.w, self.b]
        super().__init__("Shapes explorer", fig, self._draw_shapes, controls)

    def shape(self, written: str) -> tuple[int, ...]:
        """Return a shape such as ``"(1, n_out)"`` with the sliders' numbers in it."""
        sizes = {"m": self.m.value, "n_in": self.n_in.value, "n_out": self.n_out.value}
        names = [name.strip() for name in written.strip("()").split(",") if name.strip()]
        return tuple(sizes[name] if name in sizes else int(name) for name in names)

    def _draw_shapes(self) -> str:
        m, n_in = self.m.value, self.n_in.value
        w, b = self.shape(self.w.value), self.shape(self.b.value)
        said = layer_shapes(self._ax, m, w, n_in, b)
        rows = {"X": (m, n_in), "W": w, "b": b}
        table = "".join(
            f"<tr><th scope='row'>{name}</th><td>{shape}</td><td>{_count(shape)}</td></tr>"
            for name, shape in rows.items()
        )
        return (
            "<table style='text-align:left;border-spacing:.8em .1em'>"
            "<tr><td></td><th scope='col'>shape</th><th scope='col'>numbers</th></tr>"
            f"{table}</table><p style='line-height:1.4'>{said}</p>"
        )


def _count(shape: tuple[int, ...]) -> int:
    return int(np.prod(shape))


def _sizes(name: str, value: int, tooltip: str) -> widgets.IntSlider:
    return widgets.IntSlider(
        value=value,
        min=1,
        max=6,
        description=name,
        tooltip=tooltip,
        layout=_WIDTH,
    )
