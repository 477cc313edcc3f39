"""Answers that are names: too many of them, too few, exactly the others, or spelled otherwise."""

from typing import Any

from helpers.checks.kinds.evidence import Evidence

_NONE = "none"  # as exercises write an empty list of names


def names(evidence: Evidence) -> str:
    """Say how the names that came back differ from the right ones, the same way in every case."""
    got = [_names(outcome.seen) for outcome in evidence.got]
    want = [_names(outcome.seen) for outcome in evidence.want]
    if None in got or None in want or not evidence.wrong:
        return ""
    pairs = list(zip(got, want, strict=True))
    if all(_are_others(evidence, i, *pair) for i, pair in enumerate(pairs)):
        return "Exactly the other names are listed: those that should not be."
    if all(one <= other for one, other in pairs):
        return "Every name that is listed belongs there, but some are missing."
    if all(one >= other for one, other in pairs):
        return "All names that belong there are listed, and some that do not."
    return ""


def spelling(evidence: Evidence) -> str:
    """Say that the right words are there, but for capitals, or with more behind them."""
    pairs = [(evidence.got[i].seen, evidence.want[i].seen) for i in evidence.wrong]
    texts = all(isinstance(text, str) for pair in pairs for text in pair)
    if (
        not pairs
        or not texts
        or not all(_plain(got).startswith(_plain(want)) for got, want in pairs)
    ):
        return ""
    want = pairs[0][1]
    return f"The words are right, their spelling is not. Write {want!r}, and nothing else."


def other_words(evidence: Evidence) -> str:
    """Say which word stands in place of another one, wherever that is right."""
    seen = [(one.seen, other.seen) for one, other in zip(evidence.got, evidence.want, strict=True)]
    if not all(isinstance(text, str) for pair in seen for text in pair):
        return ""
    pairs, ours = set(seen), {want for _, want in seen}
    if len(ours) < 2 or not len(pairs) == len(ours) == len({got for got, _ in pairs}):
        return ""  # a word stands for several, or several stand for one
    others = sorted(f"{got!r} for {want!r}" for got, want in pairs if got not in ours)
    return f"The names are others: {', '.join(others)}. Write them as asked." if others else ""


def _plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _names(value: Any) -> set[str] | None:
    """Return a list of names as a set; None for anything else."""
    if isinstance(value, dict) and len(value) == 1:  # as an adapter writes it
        (value,) = value.values()
    if isinstance(value, str):
        value = [] if value == _NONE else value.split(", ")
    fits = isinstance(value, list | tuple) and all(isinstance(name, str) for name in value)
    return set(value) if fits else None


def _are_others(evidence: Evidence, i: int, got: set[str], want: set[str]) -> bool:
    dicts = [value for value in evidence.arguments(i).values() if isinstance(value, dict)]
    return any(got == set(known) - want for known in dicts)
