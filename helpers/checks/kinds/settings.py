"""Settings: another default in the signature, or one that has no effect.

Both are tried, with a few more calls. Only settings are: of data that has no effect the
numbers themselves tell.
"""

from collections.abc import Iterator
from inspect import Parameter, signature
from typing import Any

from helpers.checks.callers import Case
from helpers.checks.calling import Outcome
from helpers.checks.comparing import as_array
from helpers.checks.kinds.evidence import Evidence
from helpers.checks.plain import listed, show

_FEWEST, _MOST = 2, 8  # calls
_TINY = 1e-3


def default(evidence: Evidence) -> str:
    """Say that a default is another one, where the answer is right with ours."""
    if not (evidence.complete and evidence.wrong):
        return ""
    ours = _defaults(evidence)
    for name, theirs in evidence.defaults.items():
        if name not in ours or theirs == ours[name] or type(theirs) not in (int, float):
            continue
        cases = [_with(evidence, case, name, ours[name]) for case in _wrong_cases(evidence)]
        if None in cases:  # a wrong case that gives the setting itself
            continue
        pairs = zip(evidence.ask(cases), evidence.wrong, strict=False)
        if all(not got.error and evidence.right(got, evidence.want[i]) for got, i in pairs):
            return f"The default is {name}={theirs!r}. It should be {name}={ours[name]!r}."
    return ""


def without_effect(evidence: Evidence) -> str:
    """Say that a setting has no effect, where the answer stays the same and should not."""
    if _is_constant(evidence):
        return _the_same(evidence)
    if not all(map(_has_the_values, evidence.got, evidence.want)):
        return ""  # a value that is not returned says nothing of what it depends on
    named = (*evidence.exercise.settings, *_defaults(evidence))
    found = [name for name in dict.fromkeys(named) if _is_without_effect(evidence, name)]
    if not found:
        return ""
    several = len(found) > 1
    have, they = ("have", "they are") if several else ("has", f"{found[0]} is")
    return f"{' and '.join(found)} {have} no effect: the answer is the same whatever {they}."


def _the_same(evidence: Evidence) -> str:
    """Say that nothing has an effect, where the answer is no number; of numbers others speak."""
    kinds = {show(want.seen) for want in evidence.want}
    if as_array(evidence.got[0].seen) is not None or len(kinds) < _FEWEST:
        return ""
    names = evidence.exercise.parameters
    are = "are" if len(names) > 1 else "is"
    return f"The answer is the same in every call, whatever {listed(names)} {are}."


def _has_the_values(got: Outcome, want: Outcome) -> bool:
    """Whether as many values came back as are asked for."""
    several = isinstance(want.seen, tuple)
    return not several or (isinstance(got.seen, tuple | list) and len(got.seen) == len(want.seen))


def _is_without_effect(evidence: Evidence, name: str) -> bool:
    """Whether another value changes nothing, in many cases in which it should."""
    matters = dict(_changed(evidence, name))
    if len(matters) < _FEWEST or any(i not in matters for i in evidence.wrong):
        return False  # an answer that is wrong where the setting changes nothing is wrong otherwise
    tried = list(matters.items())[:: max(len(matters) // _MOST, 1)]
    outcomes = evidence.ask([case for _, case in tried])
    return len(outcomes) == len(tried) and all(
        evidence.exercise.alike(evidence.got[i], again)
        for (i, _), again in zip(tried, outcomes, strict=True)
    )


def _defaults(evidence: Evidence) -> dict[str, Any]:
    known = signature(evidence.exercise.reference).parameters.values()
    return {p.name: p.default for p in known if p.default is not Parameter.empty}


def _wrong_cases(evidence: Evidence) -> list[Case]:
    return [evidence.cases[i] for i in evidence.wrong]


def _with(evidence: Evidence, case: Case, name: str, value: Any) -> Case | None:
    """Add a setting to a case that leaves it out; None where it cannot be added."""
    ours, given = _defaults(evidence), case
    while (next_name := _next_name(evidence, given)) in ours:
        given = (*given, value if next_name == name else ours[next_name])
        if next_name == name:
            return given
    return None


def _next_name(evidence: Evidence, case: Case) -> str:
    """Return the parameter after those that a case gives; empty where there is none."""
    names = evidence.exercise.parameters
    place = names.index(evidence.exercise.named(case)[-1]) + 1 if case else 0
    return names[place] if place < len(names) else ""


def _changed(evidence: Evidence, name: str) -> Iterator[tuple[int, Case]]:
    """Yield cases with another value of a setting, of which the right answer is another one."""
    for i, case in enumerate(evidence.cases):
        left_out = _next_name(evidence, case) == name
        value = _defaults(evidence).get(name) if left_out else evidence.arguments(i).get(name)
        if type(value) not in (int, float):
            continue
        for other in _others(value):
            changed, want = evidence.known.elsewhere(i, name, other)
            if not want.error and not evidence.right(want, evidence.want[i]):
                yield i, changed
                break


def _others(value: float) -> tuple[float, ...]:
    """Return other values, of the same size where it is a rate: what is tiny matters seldom."""
    if isinstance(value, int):
        return value + 1, value + 2
    if value > _TINY:
        return 3 * value, value / 2
    return (1000 * value,) if value else (0.125,)


def _is_constant(evidence: Evidence) -> bool:
    first = show(evidence.got[0].seen)
    return all(show(got.seen) == first for got in evidence.got[1:])
