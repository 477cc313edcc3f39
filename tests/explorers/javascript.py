"""What the explorers' JavaScript says, so that tests can compare it with Python."""

import json
import math
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from helpers import explorers

FOLDER = Path(explorers.__file__).parent
# Every explorer that is drawn in the browser: NAME.py makes it, NAME.mjs draws it.
NAMES = [name for name in explorers.__all__ if (FOLDER / f"{name}.mjs").is_file()]


def _weights() -> dict[str, np.ndarray]:
    """Return weights for 64 pixels and 10 digits, drawn at random."""
    rng = np.random.default_rng(0)
    sizes = {"W1": (64, 32), "b1": (1, 32), "W2": (32, 10), "b2": (1, 10)}
    return {name: rng.normal(0, 0.3, size) for name, size in sizes.items()}


_NEEDED = {"draw_digit": _weights}  # what an explorer does not begin without


def made(name: str) -> Any:
    """Make an explorer as a notebook does."""
    given = [_NEEDED[name]()] if name in _NEEDED else []
    return getattr(explorers, name)(*given)


def call(module: str, name: str, calls: Sequence[Sequence[Any]]) -> list[Any]:
    """Call one exported function many times, in one process; return what came back.

    `name` may have a dot, as in ``explorer.describe``.
    """
    asked = {"file": (FOLDER / f"{module}.mjs").as_uri(), "name": name, "calls": calls}
    ran = subprocess.run(
        ["node", Path(__file__).with_name("run.mjs")],
        input=json.dumps(_write(asked)),
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout, object_hook=_read)


def start(explorer: Any) -> dict[str, Any]:
    """Return the state that an explorer begins with, as its module makes it."""
    (state,) = call(explorer.module, "explorer.start", [[explorer.data]])
    return state


def _write(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _write(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_write(part) for part in value]
    if hasattr(value, "tolist"):
        return _write(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return {"lost": {"inf": "Infinity", "-inf": "-Infinity"}.get(str(value), "NaN")}
    return value


def _read(found: dict) -> Any:
    return float(found["lost"].replace("Infinity", "inf")) if "lost" in found else found
