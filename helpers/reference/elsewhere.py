"""What other libraries compute: recorded once, and compared wherever such a library is installed.

A notebook shows recorded numbers, so that it says the same everywhere, without gigabytes of
libraries. `course record` runs the notebook's programs and writes the numbers down.
"""

import contextlib
import io
import json
import warnings
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

RECORD = Path(__file__).with_suffix(".json")
PACKAGES = {"PyTorch": "torch", "Keras": "keras", "scikit-learn": "scikit-learn"}
Numbers = dict[str, Any]  # arrays, numbers, and lists of numbers

_recording: dict[str, Any] | None = None


def run(library: str, program: Callable[..., Numbers], *args: Any, rtol: float = 1e-6) -> Numbers:
    """Return what a program of another library computes, as it was recorded.

    Where the library is installed the program runs as well, and must agree. One line says which;
    it is the only thing that differs from one computer to the next.

    Parameters
    ----------
    library : "PyTorch", "Keras" or "scikit-learn"
    program : function that imports the library, and returns a dict of arrays or numbers
    *args
        What the program is called with.
    rtol : float
        How far two numbers may lie apart, relative to the largest of their array: about 1e-6 in
        float64, 1e-3 in float32.

    Returns
    -------
    dict
        The recorded numbers; arrays where the program returns arrays.

    Raises
    ------
    AssertionError
        If the version that was recorded computes other numbers here.
    ValueError
        If nothing is recorded under the program's name.
    """
    name = program.__name__
    if _recording is not None:
        numbers = {key: _plain(value) for key, value in _run(program, args).items()}
        version = metadata.version(PACKAGES[library])
        _recording[name] = {"version": version, "numbers": numbers}
        return {key: _unplain(value) for key, value in numbers.items()}
    known = json.loads(RECORD.read_text(encoding="utf-8"))
    if name not in known:
        raise ValueError(f"nothing is recorded for {name}; there are: {', '.join(known)}.")
    recorded = {key: _unplain(value) for key, value in known[name]["numbers"].items()}
    print(f"Here: {_status(library, known[name]['version'], program, args, recorded, rtol)}")
    return recorded


@contextlib.contextmanager
def recording() -> Iterator[dict[str, Any]]:
    """Let `run` note what programs compute, in place of looking it up; yield the notes."""
    global _recording
    _recording = {}
    try:
        yield _recording
    finally:
        _recording = None


def _status(
    library: str, version: str, program: Callable, args: tuple, recorded: Numbers, rtol: float
) -> str:
    """Say how the recorded numbers compare with those of this computer."""
    try:
        numbers = _run(program, args)
    except ModuleNotFoundError as error:
        package = str(error.name).split(".")[0]
        return f"{package} is not installed. Recorded with {library} {version}."
    except (ImportError, OSError) as error:
        return f"{library} does not start ({str(error)[:80]}). Recorded with {library} {version}."
    here = metadata.version(PACKAGES[library])
    apart = differences(numbers, recorded, rtol)
    if not apart:
        return f"{library} {here} agrees with the numbers recorded with {version}."
    found = f"{library} {here} computes other numbers than those recorded with {version}: {apart}."
    if here.split("+")[0] == version.split("+")[0]:
        raise AssertionError(
            f"{found} Have you changed {program.__name__}? Then call it yourself to see what it "
            f"returns: {program.__name__}(...)."
        )
    return f"{found} The text below speaks of the recorded ones."


def differences(numbers: Numbers, recorded: Numbers, rtol: float) -> str:
    """Say where two sets of numbers differ; an empty text where they do not.

    Examples
    --------
    >>> differences({"a": 1.0}, {"a": 1.0 + 1e-9}, 1e-6)
    ''
    >>> differences({"a": [1.0, 2.0]}, {"a": [1.0, 2.5], "b": 0.0}, 1e-6)
    'a by 0.5, b is missing'
    """
    found = []
    for key in {**recorded, **numbers}:
        if key not in numbers or key not in recorded:
            found.append(f"{key} is {'missing' if key not in numbers else 'new'}")
            continue
        one, other = (np.asarray(side[key], dtype=float) for side in (numbers, recorded))
        if one.shape != other.shape:
            found.append(f"{key} has the shape {one.shape}, not {other.shape}")
            continue
        apart = np.abs(one - other).max(initial=0.0)
        if not apart <= rtol * np.abs(other).max(initial=0.0) + 1e-12:
            found.append(f"{key} by {apart:.2g}")
    return ", ".join(found)


def _run(program: Callable[..., Numbers], args: tuple) -> Numbers:
    """Run a program, and keep to ourselves what its library prints and warns of."""
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        return program(*args)


def _plain(value: Any) -> Any:
    """Return numbers as JSON can hold them: float32 with its own few digits, exactly."""
    array = np.asarray(value)
    return {"shape": list(array.shape), "data": array.astype(float).ravel().tolist()}


def _unplain(value: dict[str, Any]) -> Any:
    array = np.array(value["data"]).reshape(value["shape"])
    return array if array.ndim else float(array)
