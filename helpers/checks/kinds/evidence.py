"""What is known of a wrong answer."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import numpy as np

from helpers.checks.callers import Case, CaseSet
from helpers.checks.calling import Outcome
from helpers.checks.cases import Seed
from helpers.checks.comparing import as_array, difference, flat
from helpers.checks.kinds.numbers import differing, sizes

if TYPE_CHECKING:
    from helpers.checks.exercise import Exercise, Mistake

_FEWEST_CASES, _FEWEST_NUMBERS, _FEWEST_DECIMALS = 2, 3, 2
_FAR = 1e-5


@dataclass(frozen=True)
class Triple:
    """One case: its arguments by name, and the numbers that came back and were expected."""

    arguments: dict[str, Any]
    got: np.ndarray
    want: np.ndarray
    wrong: bool

    def with_entries(self) -> Triple:
        """Add the arrays of arguments that are dicts, such as W1 of params, by their own names."""
        entries = {
            name: entry
            for value in self.arguments.values()
            if isinstance(value, dict)
            for name, entry in value.items()
            if isinstance(name, str) and isinstance(entry, np.ndarray)
        }
        return (
            replace(self, arguments={**self.arguments, **entries, **self.arguments})
            if entries
            else self
        )


@dataclass(frozen=True)
class Column:
    """One part of the answer in every case; its name is empty where the answer is one thing."""

    name: str
    triples: list[Triple]

    @property
    def speaks(self) -> bool:
        """Whether enough of it is wrong to say what is wrong with it."""
        wrong = [triple for triple in self.triples if triple.wrong]
        numbers = sum(differing(triple.got, triple.want) for triple in wrong)
        return len(wrong) >= _FEWEST_CASES and numbers >= _FEWEST_NUMBERS


@dataclass
class Evidence:
    """What is known of a wrong answer.

    Attributes
    ----------
    exercise : Exercise
        What was asked for.
    known : CaseSet
        The cases, and what our own implementations answer.
    got : sequence of Outcome
        What the answer gave, case by case.
    ask : Callable
        Uses the answer on other cases.
    defaults : dict
        The default values in the answer's own signature, by name.
    suspected : tuple of Mistake
        The known mistakes that may be half of what is wrong.
    """

    exercise: Exercise
    known: CaseSet
    got: Sequence[Outcome]
    ask: Callable[[Sequence[Case]], list[Outcome]]
    defaults: dict[str, Any]
    suspected: Sequence[Mistake]
    _sizes: dict[int, dict[str, float]] = field(default_factory=dict, init=False, repr=False)

    @property
    def cases(self) -> Sequence[Case]:
        """The cases."""
        return self.known.cases

    @cached_property
    def want(self) -> list[Outcome]:
        """What was expected, case by case."""
        return self.known.expected()

    @cached_property
    def wrong(self) -> list[int]:
        """The numbers of the cases whose answer is not as expected."""
        pairs = zip(self.got, self.want, strict=True)
        return [i for i, (got, want) in enumerate(pairs) if not self.right(got, want)]

    def right(self, got: Outcome, want: Outcome) -> bool:
        """Whether what came back is what was expected."""
        return difference(got.seen, want.seen, self.exercise.tolerance) is None

    def given_by(self, attempt: Callable) -> bool:
        """Whether another implementation, which surely ends, does the same in every case."""
        theirs = self.known.answers(attempt, math.inf)
        pairs = zip_longest(self.got, theirs)  # no further than the first difference
        return all(one and other and self._alike(one, other) for one, other in pairs)

    def _alike(self, one: Outcome, other: Outcome) -> bool:
        far = abs(one.total - other.total) > _FAR * (1 + abs(one.total))  # not where it is nan
        return not far and self.exercise.alike(one, other)

    @property
    def complete(self) -> bool:
        """Whether there is an answer in every case, and no input is changed."""
        return len(self.got) == len(self.cases) and not any(
            got.error or got.value is None or got.changed for got in self.got
        )

    @cached_property
    def speaks(self) -> bool:
        """Whether there is enough to go by: an answer in every case, and several of them wrong."""
        if not self.complete:
            return False
        entries = sum(differing(self.got[i].seen, self.want[i].seen) for i in self.wrong)
        return len(self.wrong) >= _FEWEST_CASES and entries >= _FEWEST_NUMBERS

    @cached_property
    def compares(self) -> bool:
        """Whether there is enough to compare: where a case has no numbers, a sentence says why."""
        if len(self.got) != len(self.cases) or any(
            got.crashed or got.final or got.changed or (got.value is None and not got.error)
            for got in self.got
        ):
            return False
        numbers = [i for i in self.wrong if not self.got[i].error]
        entries = sum(differing(self.got[i].seen, self.want[i].seen) for i in numbers)
        return len(self.wrong) >= _FEWEST_CASES and entries >= _FEWEST_NUMBERS

    @cached_property
    def tells(self) -> bool:
        """Whether it has wrong numbers with decimals: two of these say as much as many 0 and 1."""
        if not self.complete or len(self.wrong) < _FEWEST_CASES:
            return False
        numbers = {number for i in self.wrong for number in flat(self.got[i].seen)}
        return len([n for n in numbers if math.isfinite(n) and n % 1]) >= _FEWEST_DECIMALS

    @property
    def is_complex(self) -> bool:
        """Whether complex numbers came back: no exercise asks for any."""
        return any(isinstance(n, complex) for got in self.got for n in flat(got.seen))

    @property
    def seen_as_facts(self) -> bool:
        """Whether facts about random numbers are compared: what shares them need not be alike."""
        drawn = any(isinstance(value, np.random.Generator) for value in self.cases[0])
        return drawn and isinstance(self.want[0].seen, dict)

    @property
    def has_no_numbers(self) -> bool:
        """Whether an adapter's facts are compared, of which another input may share all."""
        facts = self.want[0].seen
        drawn = any(isinstance(value, Seed) for value in self.cases[0])
        return isinstance(facts, dict) and (drawn or any(" " in str(name) for name in facts))

    @cached_property
    def values(self) -> int:
        """How many different numbers and texts came back: of one or two too much could be said."""
        found = set()
        for got in self.got:
            numbers = flat(got.seen)
            found |= {f"{number:.6g}" for number in numbers} or {repr(got.seen)}
        return len(found)

    def sizes(self, i: int) -> dict[str, float]:
        """Return the arguments of a case that are single numbers, and how long the others are."""
        if i not in self._sizes:
            self._sizes[i] = sizes(self.arguments(i))
        return self._sizes[i]

    def arguments(self, i: int) -> dict[str, Any]:
        """Return the arguments of a case by name."""
        case = self.cases[i]
        return dict(zip(self.exercise.named(case), case, strict=False))

    @cached_property
    def columns(self) -> list[Column]:
        """The parts that are wrong, in the order of computing, as far as they are numbers."""
        found: dict[str, list[Triple]] = {}
        spoiled = set()
        for i in range(len(self.cases)):
            arguments = self.arguments(i)
            for name, got, want in self._parts(i):
                one, other = as_array(got), as_array(want)
                ours = " " in name  # a fact that an adapter found: no number of the student's
                if ours or one is None or other is None or isinstance(got, tuple):
                    spoiled.add(name)
                    continue
                wrong = difference(got, want, self.exercise.tolerance) is not None
                triple = Triple(arguments, one, other, wrong)
                found.setdefault(name, []).append(triple)
        columns = [Column(name, triples) for name, triples in found.items() if name not in spoiled]
        return [column for column in columns if any(triple.wrong for triple in column.triples)]

    def _parts(self, i: int) -> Iterator[tuple[str, Any, Any]]:
        got, want = self.got[i].seen, self.want[i].seen
        theirs, ours = self.exercise.parts_of(got), self.exercise.parts_of(want)
        if not ours:
            yield "", got, want
        for name, part in ours.items():
            yield name, theirs.get(name), part
