"""How much too large numbers are: by a factor, a size or an amount, up to a limit."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from helpers.checks.comparing import as_array
from helpers.checks.kinds.evidence import Triple
from helpers.checks.kinds.numbers import close, sizes

FEW = 4  # different numbers
_FEWEST = 3  # cases, or numbers
_OF_MANY = "the number of "


def floats(triple: Triple) -> tuple[np.ndarray, np.ndarray]:
    """Return what came back and what was expected, as floats."""
    return triple.got.astype(float), triple.want.astype(float)


def distinct(triples: list[Triple]) -> int:
    """Count the different numbers that came back: of a few, too much could be said."""
    return len({f"{number:.6g}" for triple in triples for number in triple.got.ravel().tolist()})


def fits(triple: Triple) -> bool:
    """Whether as many numbers came back as should."""
    return triple.got.shape == triple.want.shape and triple.got.size > 0


def _telling(triples: list[Triple]) -> list[Triple]:
    """Leave out the cases that are right because a factor changes nothing: of 0, of infinity."""
    return [t for t in triples if t.wrong or (np.isfinite(t.want).all() and t.want.any())]


def _ratios(triples: list[Triple]) -> list[float]:
    """Return by what everything is multiplied in each case; none where nothing is."""
    found = []
    for triple in triples:
        got, want = floats(triple)
        if got.shape != want.shape or not np.isfinite(want).all():
            return []
        largest = np.argmax(np.abs(want)) if want.size else 0
        if not want.size or not want.flat[largest]:
            return []
        ratio = got.flat[largest] / want.flat[largest]
        if not np.isfinite(ratio) or not ratio or not close(got, ratio * want):
            return []
        found.append(float(ratio))
    return found


def by_size(triples: list[Triple]) -> Iterator[str]:
    """Say that numbers are too large by a size or an argument, which varies from case to case."""
    triples = _telling(triples)
    ratios = _ratios(triples)
    if len({f"{ratio:.6g}" for ratio in ratios}) < 2:
        return
    every = [sizes(triple.arguments) for triple in triples]
    for name in every[0]:
        values = np.array([of.get(name, np.nan) for of in every])
        for times, first in _FIRST.items():
            for factor, words in (
                (values, f"times {name}"),
                (1 / values, f"divided by {name}"),
                (values**2, f"times the square of {name}"),
                (values / (values - 1), f"times {name}, divided by one less"),
            ):
                if np.allclose(ratios, times * factor, rtol=1e-6):
                    yield f"Every number is {first}the right one {words}."
    yield from _by_the_other_axis(every, ratios)


def _by_the_other_axis(every: list[dict[str, float]], ratios: list[float]) -> Iterator[str]:
    """Say that a mean is taken over as many columns as there are rows, or the other way."""
    for rows in every[0]:
        if not rows.startswith("the number of rows of "):
            continue
        columns = rows.replace("rows", "columns", 1)
        m, n = (np.array([of.get(name, np.nan) for of in every]) for name in (rows, columns))
        for one, other, factor in ((columns, "rows", m / n), (rows, "columns", n / m)):
            if np.allclose(ratios, factor, rtol=1e-6):
                yield f"The right numbers, but divided by {one} in place of its {other}."


_FIRST = {1: "", -1: "minus ", 2: "twice ", 0.5: "half of "}
_LOGARITHMS = {
    float(f"{np.log10(np.e):.6g}"): ", as with np.log10 in place of np.log",
    float(f"{np.log2(np.e):.6g}"): ", as with np.log2 in place of np.log",
}
_TIMES = {2.0: "twice", 0.5: "half of", -2.0: "minus two times", 0.25: "a quarter of"}


def by_a_constant(triples: list[Triple]) -> Iterator[str]:
    """Say that numbers are too large by the same factor, or by the same amount, everywhere."""
    triples = _telling(triples)
    ratios = _ratios(triples)
    numbers = sum(np.count_nonzero(triple.want) for triple in triples)
    if ratios and np.allclose(ratios, ratios[0], rtol=1e-6) and numbers >= 3:
        ratio = float(f"{ratios[0]:.6g}")
        words = _TIMES.get(ratio, f"{ratio:.4g} times")
        yield f"Every number is {words} what it should be{_LOGARITHMS.get(ratio, '')}."
    shifts = [float((t.got.astype(float) - t.want).flat[0]) for t in triples if fits(t)]
    if len(shifts) != len(triples) or not np.allclose(shifts, shifts[0], rtol=1e-6, atol=0):
        return
    if all(close(triple.got - shifts[0], triple.want.astype(float)) for triple in triples):
        size = "large" if shifts[0] > 0 else "small"
        yield f"Every number is {abs(shifts[0]):.4g} too {size}."


def from_a_size(triples: list[Triple]) -> Iterator[str]:
    """Say that numbers and the right ones add up to a size: what is left of it came back."""
    if not all(map(fits, triples)):
        return
    every = [sizes(triple.arguments) for triple in triples]
    for name in (name for name in every[0] if name.startswith(_OF_MANY)):
        pairs = [(*floats(t), of.get(name, np.nan)) for t, of in zip(triples, every, strict=True)]
        if all(close(got, size - want) for got, want, size in pairs):
            yield f"Every number is {name} minus the right one."


def by_a_power(triples: list[Triple]) -> Iterator[str]:
    """Say that numbers grow as the square, the root, or 1 divided by, the right ones."""
    triples = _telling(triples)
    if distinct(triples) < _FEWEST:
        return
    for words, power in (("square root", 0.5), ("square", 2)):
        ratios = _ratios([replace(triple, want=triple.want**power) for triple in triples])
        if ratios and np.allclose(ratios, ratios[0], rtol=1e-6):
            yield f"Every number is {ratios[0]:.4g} times the {words} of the right one."
    ratios = _ratios([replace(triple, want=1 / triple.want) for triple in triples])
    if ratios and np.allclose(ratios, ratios[0], rtol=1e-6):
        yield f"Every number is {ratios[0]:.4g} divided by the right one."


def times_an_argument(triples: list[Triple]) -> Iterator[str]:
    """Say that an argument is added several times more than it should be."""
    if not all(map(fits, triples)):
        return
    for name in triples[0].arguments:
        added = [_broadcast(triple, name) for triple in triples]
        if any(array is None for array in added):
            continue
        pairs = [(t, a) for t, a in zip(triples, added, strict=True) if t.wrong or a.any()]
        ratios = [_share(triple, array) for triple, array in pairs]
        if len(ratios) < _FEWEST or not np.isfinite(ratios).all():
            continue
        if np.allclose(ratios, ratios[0], rtol=1e-6):
            sign = "plus" if ratios[0] > 0 else "minus"
            often = "" if np.isclose(abs(ratios[0]), 1) else f"{abs(ratios[0]):.4g} times "
            yield f"The right numbers {sign} {often}{name}."
        yield from _as_often_as_a_setting_says(pairs, ratios, name)
        every = [sizes(triple.arguments) for triple, _ in pairs]
        for size in (size for size in every[0] if size.startswith(_OF_MANY)):
            counts = np.array([of.get(size, np.nan) for of in every])
            for times, factor in (("n", counts), ("(n − 1)", counts - 1)):
                if np.allclose(ratios, factor, rtol=1e-6):
                    yield (
                        f"The right numbers plus {times} · {name}, n being {size}. Is {name} "
                        "added anew in each round of a loop?"
                    )


def _as_often_as_a_setting_says(
    pairs: list[tuple[Triple, np.ndarray]], ratios: list[float], name: str
) -> Iterator[str]:
    """Say that an array is added besides, times a setting such as a learning rate."""
    if not any(np.ndim(triple.arguments.get(name)) for triple, _ in pairs):
        return
    for setting, value in pairs[0][0].arguments.items():
        values = [triple.arguments.get(setting) for triple, _ in pairs]
        if type(value) not in (int, float) or not all(values):
            continue
        shares = np.array(ratios) / np.array(values)
        if np.allclose(shares, shares[0], rtol=1e-6):
            sign, times = ("plus" if shares[0] > 0 else "minus"), abs(shares[0])
            often = "" if np.isclose(times, 1) else f"{times:.4g} · "
            yield f"The right numbers {sign} {often}{setting} · {name}."


def _broadcast(triple: Triple, name: str) -> np.ndarray | None:
    """Return an argument in the shape of the answer, as NumPy adds it; None where it cannot."""
    array = as_array(triple.arguments.get(name))
    try:
        return None if array is None else np.broadcast_to(array.astype(float), triple.want.shape)
    except ValueError:
        return None


def _share(triple: Triple, added: np.ndarray) -> float:
    """Return how many times something is added to the right numbers; nan where it is not."""
    got, want = floats(triple)
    largest = np.argmax(np.abs(added))
    share = (got - want).flat[largest] / added.flat[largest]
    return float(share) if close(got, want + share * added) else np.nan


def limited(triples: list[Triple]) -> Iterator[str]:
    """Say that no number is above or below some number, and all others are right."""
    single = all(triple.want.size == 1 for triple in triples)
    if single or not all(map(fits, triples)) or distinct(triples) <= FEW:
        return
    got, want = (np.concatenate([pair[k].ravel() for pair in map(floats, triples)]) for k in (0, 1))
    if not np.isfinite(got).all():
        return
    low, high = got.min(), got.max()
    cut = np.clip(want, low, high)
    below, above = int((want < low).sum()), int((want > high).sum())
    if below + above < _FEWEST or not close(got, cut):
        return
    under = f"below {low:.6g}" if below else ""
    over = f"above {high:.6g}" if above else ""
    yield f"No number is {' or '.join(filter(None, (under, over)))}. All others are right."
