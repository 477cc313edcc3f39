"""A table for a notebook: HTML with real headers, and the same as plain text."""

import html
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """One entry: what it says, and where it leads, if anywhere."""

    text: str
    link: str = ""


@dataclass(frozen=True)
class Table:
    """A caption, column headers and rows; the first entry of a row is its header.

    >>> print(Table("Weights", ("layer", "shape"), (("1", "(4, 3)"), ("2", "(3, 1)"))))
    Weights
    layer  shape
    1      (4, 3)
    2      (3, 1)
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | Cell]]

    def __repr__(self) -> str:
        lines = [tuple(self.columns), *(tuple(map(_text, row)) for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        padded = (
            "  ".join(
                entry.ljust(width) for entry, width in zip(line, widths, strict=True)
            ).rstrip()
            for line in lines
        )
        return "\n".join((self.caption, *padded))

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col" {_STYLE}>{html.escape(c)}</th>' for c in self.columns)
        body = "".join(f"<tr>{_row(row)}</tr>" for row in self.rows)
        caption = f'<caption style="text-align:left">{html.escape(self.caption)}</caption>'
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


_STYLE = 'style="text-align:left"'


def _text(entry: str | Cell) -> str:
    return entry.text if isinstance(entry, Cell) else entry


def _row(row: Sequence[str | Cell]) -> str:
    header, *entries = map(_inner, row)
    cells = "".join(f"<td {_STYLE}>{entry}</td>" for entry in entries)
    return f'<th scope="row" {_STYLE}>{header}</th>{cells}'


def _inner(entry: str | Cell) -> str:
    text = html.escape(_text(entry))
    if isinstance(entry, Cell) and entry.link:
        return f'<a href="{html.escape(entry.link)}">{text}</a>'
    return text
