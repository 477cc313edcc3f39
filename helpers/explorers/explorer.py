"""An explorer: what the hand moves, drawn in the browser by a module of its own.

The output of a cell holds all of it: a static figure for where scripts do not run, the data, and
the module's source. So it needs neither a kernel nor a network.
"""

import functools
import hashlib
import html
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import numpy as np

from helpers.figures.base import Picture
from helpers.figures.colors import style

_HERE = files("helpers.explorers")
_DIGITS = 6
_IMPORT = re.compile(r'^import [^;]*? from "\./([a-z_]+)\.mjs";\n', flags=re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|let|function|class) )", flags=re.MULTILINE)


class Explorer:
    """One explorer, ready to be shown.

    Parameters
    ----------
    module : str
        The name of the file in this folder, ``module.mjs``, which exports ``explorer``.
    title : str
        What the explorer is called.
    still : Picture
        What stands in its place where scripts do not run.
    data : mapping
        What the module begins with: numbers, texts, lists and arrays.

    Raises
    ------
    ValueError
        If there is no such module, or the data holds what JSON cannot hold.

    Attributes
    ----------
    data : dict
        The data as it is sent: floats with six significant digits, None where one is not finite.
    """

    def __init__(self, module: str, title: str, still: Picture, data: Mapping[str, Any]) -> None:
        self.module = module
        self.title = title
        self.still = still
        self.data = plain({"title": title, **data})
        self._code = joined(module)
        self._style = (_HERE / "kit.css").read_text(encoding="utf-8")

    def __repr__(self) -> str:
        return f"{self.title}: {self.still.alt}"

    @property
    def element(self) -> str:
        """Its element's name. Another version of the code is another element on the same page."""
        version = hashlib.sha256((self._code + self._style).encode()).hexdigest()[:8]
        return f"bbh-{self.module.replace('_', '-')}-{version}"

    @functools.cached_property
    def _figure(self) -> str:
        return self.still._repr_html_()

    def _repr_html_(self) -> str:
        data = json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))
        quoted = html.escape(data, quote=False).replace("'", "&#x27;")
        start = f"define({json.dumps(self.element)}, explorer, {json.dumps(self._style)});"
        return (
            f"<{self.element} data-lm-suppress-shortcuts=\"true\" data-state='{quoted}'>"
            f"<details><summary>{html.escape(self.title)}, as a picture</summary>"
            f"{self._figure}</details></{self.element}>"
            f"<style>{style(self.element)}</style>"
            f'<script type="module">\n{self._code}{start}\n</script>'
        )


def joined(module: str) -> str:
    """Return the source of a module, with all that it imports before it, as one module.

    Raises
    ------
    ValueError
        If there is no such module.
    """
    sources: dict[str, str] = {}

    def add(name: str) -> None:
        if name in sources:
            return
        path = _HERE / f"{name}.mjs"
        if not path.is_file():
            raise ValueError(f"module must name a file of {_HERE}, but there is no {name}.mjs")
        source = path.read_text(encoding="utf-8")
        for imported in _IMPORT.findall(source):
            add(imported)
        sources[name] = _EXPORT.sub("", _IMPORT.sub("", source))

    add(module)
    return "\n".join(sources.values())


def plain(value: Any) -> Any:
    """Turn data into what JSON can hold, with six significant digits.

    Raises
    ------
    ValueError
        If something is neither a number, a text, a truth value, None, nor made of these.

    >>> plain({"w": np.array([1 / 3, 2.0]), "n": np.int64(2), "overflow": np.inf})
    {'w': [0.333333, 2.0], 'n': 2, 'overflow': None}
    """
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}") if np.isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    raise ValueError(f"data must be made of numbers, texts and lists, but holds {value!r}")
