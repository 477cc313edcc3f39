"""What the explorers' JavaScript says, so that tests can compare it with Python."""

import atexit
import functools
import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

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


def make(name: str) -> Any:
    """Make an explorer as a notebook does."""
    given = [_NEEDED[name]()] if name in _NEEDED else []
    return getattr(explorers, name)(*given)


made = functools.cache(make)


@functools.cache
def output(name: str) -> str:
    """Return what a notebook shows of an explorer; its figure is drawn once for all tests."""
    return made(name)._repr_html_()


def group(name: str) -> pytest.MarkDecorator:
    """Send all tests of an explorer to one worker, which makes it once."""
    return pytest.mark.xdist_group(f"explorer {name}")


def call(
    module: str, name: str, calls: Sequence[Sequence[Any]], begun: Mapping[str, Any] | None = None
) -> list[Any]:
    """Call one exported function many times; return what came back.

    `name` may have a dot, as in ``explorer.describe``. With `begun`, the first argument of a call
    is that, but for what the call itself names.
    """
    asked = {"file": (FOLDER / f"{module}.mjs").as_uri(), "name": name, "calls": calls}
    node = _node()
    asked["begun"] = begun
    node.stdin.write(json.dumps(asked, default=lambda array: array.tolist()) + "\n")
    node.stdin.flush()
    said = json.loads(node.stdout.readline())
    assert "error" not in said, said["error"]
    return said["found"]


@functools.cache
def _node() -> subprocess.Popen:
    """Start Node, once for all calls of this process; it ends with its input."""
    program = ["node", Path(__file__).with_name("run.mjs")]
    node = subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    atexit.register(node.communicate)
    return node


def start(explorer: Any) -> dict[str, Any]:
    """Return the state that an explorer begins with, as its module makes it."""
    (state,) = call(explorer.module, "explorer.start", [[explorer.data]])
    return state


def describe(
    module: str, begun: Mapping[str, Any], changes: Sequence[Mapping[str, Any]] = ({},)
) -> list[dict[str, Any]]:
    """Describe many states; each is `begun` but for what is changed."""
    return call(module, "explorer.describe", [[changed] for changed in changes], begun)
