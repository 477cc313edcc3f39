"""Pictures inside notebooks: git keeps each version of them, so equal ones stay as they are."""

import base64
import io
import re
from collections.abc import Iterator

from nbformat import NotebookNode
from PIL import Image

_PICTURE = re.compile(r"data:image/(?P<kind>png|webp);base64,(?P<data>[A-Za-z0-9+/]+=*)")


def keep_pictures(fresh: NotebookNode, old: NotebookNode) -> None:
    """Take each picture of a fresh notebook from the old one, if that has one that looks the same.

    Another version of an image library packs the same pixels into other bytes.
    """
    packed = {
        _looks(picture): picture[0]
        for data in _shown(old)
        for text in data.values()
        for picture in _PICTURE.finditer(str(text))
    }
    for data in _shown(fresh):
        for kind, text in data.items():
            if isinstance(text, str):
                data[kind] = _PICTURE.sub(lambda new: packed.get(_looks(new), new[0]), text)


def _shown(notebook: NotebookNode) -> Iterator[NotebookNode]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield output.get("data", {})


def _looks(picture: re.Match) -> tuple[str, tuple[int, int], bytes]:
    """Return the format, the size and the pixels of a picture."""
    with Image.open(io.BytesIO(base64.b64decode(picture["data"]))) as image:
        return picture["kind"], image.size, image.convert("RGBA").tobytes()
