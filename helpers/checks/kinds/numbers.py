"""Numbers that came back, beside others."""

from typing import Any

import numpy as np

from helpers.checks.comparing import as_array, has_entries


def close(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two arrays are the same, up to the last digits of what was computed."""
    if one.shape != other.shape or not one.size:
        return False
    scale = max(np.abs(a, where=np.isfinite(a), out=np.zeros(a.shape)).max() for a in (one, other))
    return bool(np.allclose(one, other, rtol=1e-6, atol=1e-9 * scale, equal_nan=True))


def sizes(arguments: dict) -> dict[str, float]:
    """Return what a number may be too large by: arguments, and how many there are of what."""
    found = {}
    for name, value in arguments.items():
        if type(value) in (int, float):
            found[name] = float(value)
            if 0 < value < 1:
                found[f"1 − {name}"] = 1.0 - value
        array = as_array(value) if isinstance(value, np.ndarray | list | tuple) else None
        if array is None or not array.ndim:
            continue
        if array.ndim == 1:
            found[f"the number of entries of {name}"] = float(len(array))
        else:
            found[f"the number of rows of {name}"] = float(array.shape[0])
            found[f"the number of columns of {name}"] = float(array.shape[-1])
            found[f"the number of entries of {name}"] = float(array.size)
    return found


def differing(got: Any, want: Any) -> int:
    """Count the numbers that are not as expected; text counts as one."""
    if isinstance(want, dict) and isinstance(got, dict):
        return sum(differing(got.get(key), part) for key, part in want.items())
    one, other = as_array(got), as_array(want)
    if one is not None and other is not None:
        if one.shape != other.shape:
            return max(one.size, other.size)
        with np.errstate(all="ignore"):
            return int((~np.isclose(one, other, rtol=1e-7, atol=1e-12, equal_nan=True)).sum())
    if has_entries(want) and has_entries(got) and len(want) == len(got):
        return sum(differing(a, b) for a, b in zip(got, want, strict=True))
    return 1
