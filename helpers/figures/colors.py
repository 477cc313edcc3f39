"""What each color means, in the whole course: the one table, for figures and for explorers.

A color never stands alone: a marker, a dash, a sign or a label says the same.
"""

from typing import NamedTuple

from helpers.figures.base import BLACK, BLUE, ONES, ONES_EDGE, VERMILLION


class Shade(NamedTuple):
    """One meaning, on a light page and on a dark one."""

    light: str
    dark: str


PLUS, MINUS = "#007A5A", "#A0468B"  # Okabe and Ito's green and purple, darkened to be read as text

COLORS: dict[str, Shade] = {
    "ink": Shade(BLACK, "#F2F2F2"),  # text, axes, the line that the hand moves
    "paper": Shade("#FFFFFF", "#161616"),
    "gray": Shade("#5C5C5C", "#B4B4B4"),  # frames and second-rate text
    "faint": Shade("#E4E4E4", "#3A3A3A"),  # grids, tracks
    "focus": Shade("#0B57D0", "#8AB4F8"),  # the ring around what the keyboard moves
    "zero": Shade(BLUE, "#66B8F2"),  # class 0: hollow circles
    "one": Shade(VERMILLION, "#FF9A4D"),  # class 1: filled squares
    "ones": Shade(ONES, "#4A2A12"),  # where class 1 is predicted
    "ones-edge": Shade(ONES_EDGE, "#8A5228"),  # its hatching
    "mark": Shade("#F7E95C", "#5C5300"),  # what is chosen
    "plus": Shade(PLUS, "#4CC9A0"),  # positive numbers
    "minus": Shade(MINUS, "#E39AD0"),  # negative numbers
    "first": Shade(VERMILLION, "#FF9A4D"),  # curves side by side: solid
    "second": Shade(BLUE, "#66B8F2"),  # dashed
    "third": Shade("#007A5A", "#4CC9A0"),  # dash and dot
    "fourth": Shade("#A0468B", "#E39AD0"),  # dotted
}


def style(selector: str) -> str:
    """Return the table as CSS variables of what `selector` finds, in every theme it can meet.

    JupyterLab, Jupyter Notebook and pages made by nbconvert say their theme on ``<body>``. Any
    other page has the one that the reader's system asks for.

    >>> style("p")[:16], "--plus:#4CC9A0" in style("p")
    ('p{--ink:#000000;', True)
    """
    light, dark = (
        "".join(f"--{name}:{shade[i]};" for name, shade in COLORS.items()) for i in (0, 1)
    )
    themed = f'[data-jp-theme-light="false"] {selector},.vscode-dark {selector}'
    unsaid = f":root:not(:has([data-jp-theme-light],[data-vscode-theme-kind])) {selector}"
    return (
        f"{selector}{{{light}}}{themed},.theme-dark {selector}{{{dark}}}"
        f"@media (prefers-color-scheme:dark){{{unsaid}{{{dark}}}}}"
    )
