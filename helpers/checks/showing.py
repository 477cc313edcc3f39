"""What came back beside what was expected: what differs, with the digits that tell it apart."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from helpers.checks.comparing import flat
from helpers.checks.plain import digits_apart, show

_MOST_LINES = 12
_MOST_NUMBERS = 60  # that are looked at


def side_by_side(got: Any, want: Any) -> tuple[str, str]:
    """Write down both, with as few digits as tell them apart, four or more.

    >>> side_by_side(2 / 3, 1 / 3), side_by_side(0.123456, 0.123457)
    (('0.6667', '0.3333'), ('0.123456', '0.123457'))
    """
    return _beside("", got, want)


def parts_side_by_side(got: Mapping[str, Any], want: Mapping[str, Any]) -> tuple[str, str]:
    """Write down parts by name, each below the one before; first ones alone where they are long."""
    theirs, ours = [], []
    for name, part in want.items():
        if len("\n".join(ours).split("\n")) > _MOST_LINES:
            theirs.append("…")
            ours.append("…")
            break
        one, other = _beside(f"{name}{' =' if name.isidentifier() else ':'} ", got.get(name), part)
        theirs.append(one if name in got else f"{name}: missing")
        ours.append(other)
    return "\n".join(theirs), "\n".join(ours)


def _beside(prefix: str, got: Any, want: Any) -> tuple[str, str]:
    digits = digits_apart(_differing(flat(got), flat(want)))
    return show(got, digits=digits, prefix=prefix), show(want, digits=digits, prefix=prefix)


def _differing(got: list, want: list) -> list[tuple[float, float]]:
    """Return pairs of numbers that differ, where there is one number for each."""
    if len(got) != len(want):
        return []
    got, want = np.array(got), np.array(want)
    with np.errstate(all="ignore"):
        differ = ~np.isclose(got, want, rtol=1e-7, atol=1e-9, equal_nan=True)
    pairs = zip(got[differ].tolist(), want[differ].tolist(), strict=True)
    return list(pairs)[:_MOST_NUMBERS]
