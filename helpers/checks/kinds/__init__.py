"""Whole kinds of mistakes, named for every exercise at once where no known mistake fits.

A *namer* looks at the evidence: what came back in every case, what was expected, and what an
answer gives when it is asked once more. It says one sentence, or nothing. The namers are asked
in the order of certainty, and the first sentence stands. A sentence says what is seen in the
numbers. It must hold in every case, those that are right included; one case, or one or two
numbers, are no evidence.

Nothing here is imported before an answer is wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass

from helpers.checks.kinds.evidence import Evidence
from helpers.checks.kinds.relations import place, relation
from helpers.checks.kinds.settings import default, without_effect
from helpers.checks.kinds.suspects import other_input, other_operation, suspected
from helpers.checks.kinds.two_things import two_things

NAMERS: dict[str, Callable[[Evidence], str]] = {
    "default": default,
    "relation": relation,
    "setting": without_effect,
    "place": place,
    "two things": two_things,
    "other input": other_input,
    "other operation": other_operation,
}

__all__ = ["NAMERS", "Evidence", "Finding", "finding", "suspected"]


@dataclass(frozen=True)
class Finding:
    """The kind of a mistake, and one sentence about it; both empty where none is found."""

    kind: str = ""
    sentence: str = ""


def finding(evidence: Evidence) -> Finding:
    """Ask one namer after another.

    Parameters
    ----------
    evidence : Evidence
        What is known of a wrong answer.
    """
    if not evidence.speaks:
        return Finding()
    for kind, namer in NAMERS.items():
        sentence = namer(evidence)
        if sentence:
            return Finding(kind, sentence)
    return Finding()
