"""Whole kinds of mistakes, named for every exercise at once where no known mistake fits.

A *namer* looks at the evidence: what came back in every case, what was expected, and what an
answer gives when it is asked once more. It says one sentence, or nothing. The namers are asked
in the order of certainty, and the first sentence stands. A sentence says what is seen in the
numbers. It must hold in every case, those that are right included; one case, or one or two
numbers, are no evidence. What an experiment shows needs no more than one case: the answer is right
as soon as whole numbers are given as floats, or our default is given in place of another one.

Nothing here is imported before an answer is wrong.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from helpers.checks.kinds.cases import case
from helpers.checks.kinds.evidence import Evidence
from helpers.checks.kinds.exchanged import another_part, exchanged
from helpers.checks.kinds.relations import lost, near, place, relation
from helpers.checks.kinds.settings import default, without_effect
from helpers.checks.kinds.suspects import (
    other_exercise,
    other_input,
    other_operation,
    suspected,
)
from helpers.checks.kinds.texts import names, other_words, spelling
from helpers.checks.kinds.two_things import two_things
from helpers.checks.kinds.whole import whole_numbers

NAMERS: dict[str, Callable[[Evidence], str]] = {
    "whole numbers": whole_numbers,
    "default": default,
    "exchanged": exchanged,
    "relation": relation,
    "setting": without_effect,
    "place": place,
    "two things": two_things,
    "other exercise": other_exercise,
    "other input": other_input,
    "other operation": other_operation,
    "lost": lost,
    "near": near,
    "another part": another_part,
    "names": names,
    "spelling": spelling,
    "other words": other_words,
    "case": case,
}

_EXPERIMENTS = (whole_numbers, default)
_SUSPECTS = (other_exercise, other_input, other_operation)
_OF_FEW = (names, spelling, other_words, case)  # which look at the right cases too

__all__ = ["NAMERS", "Evidence", "Finding", "finding", "findings", "suspected"]


@dataclass(frozen=True)
class Finding:
    """The kind of a mistake, and one sentence about it; both empty where none is found."""

    kind: str = ""
    sentence: str = ""


def finding(evidence: Evidence) -> Finding:
    """Ask one namer after another, and return what the first one says.

    Parameters
    ----------
    evidence : Evidence
        What is known of a wrong answer.
    """
    return next(findings(evidence), Finding())


def findings(evidence: Evidence) -> Iterator[Finding]:
    """Yield what each namer says, in the order of certainty; all of them speak of real numbers."""
    if evidence.is_complex:
        return
    for kind, namer in NAMERS.items():
        if evidence.speaks or namer in _EXPERIMENTS or _needs_little(namer, evidence):
            sentence = namer(evidence)
            if sentence:
                yield Finding(kind, sentence)


def _needs_little(namer: Callable[[Evidence], str], evidence: Evidence) -> bool:
    """Whether a namer speaks where few numbers are wrong, or some cases have none."""
    if namer in _SUSPECTS:
        return evidence.compares or evidence.tells
    return namer in _OF_FEW and evidence.complete
