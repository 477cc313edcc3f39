"""An exercise: a reference, its cases, and the mistakes that are known by name."""

import pkgutil
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from inspect import signature
from itertools import islice, zip_longest
from types import FunctionType
from typing import Any

import numpy as np

from helpers.checks import adapters
from helpers.checks.callers import HERE, Caller, Case, CaseSet
from helpers.checks.calling import Outcome, call
from helpers.checks.cases import with_whole_numbers
from helpers.checks.comparing import DIFFERENCE, Tolerance, at, difference, same, type_name
from helpers.checks.parts import Order, parts_of, wrong_parts
from helpers.checks.plain import NotPlain, plain, show
from helpers.checks.showing import parts_side_by_side, side_by_side
from helpers.checks.verdict import State, Verdict

OPEN_SEED = 1958  # the cases that every student sees; hidden ones come from other seeds
registry: dict[str, "Exercise"] = {}


@dataclass(frozen=True)
class Mistake:
    """A wrong implementation that students are known to write, and its hint."""

    hint: str
    attempt: Any

    @property
    def name(self) -> str:
        """The name of the wrong implementation."""
        return self.attempt.__name__


@dataclass
class Exercise:
    """One graded answer: what is right, how to tell, and what goes wrong.

    Made by the `exercise` decorator.

    Attributes
    ----------
    number, title : str
        As in ``"1.1"`` and ``"the weighted sum of one neuron"``.
    reference : Callable
        The right implementation; its name and parameters are the student's too.
    cases : Callable
        Makes the list of argument tuples from a random generator.
    hints : tuple of str
        Three steps: where to look, the formula, the line with a gap. What belongs into a gap
        stands between « and »; see `helpers.checks.hinting`.
    adapter : Callable
        How an answer is used; see `helpers.checks.adapters`.
    view : Callable
        ``view(answer, *args)`` makes the plain data that is compared, where that
        is not the answer itself: behavior instead of weights, say. It raises
        ``ValueError`` with a sentence where the answer cannot be viewed.
    write : Callable
        ``write(answer, *args)`` is how a message writes down the answer's plain data,
        where that is not the thing itself: a sentence for a figure, say.
    returns : tuple of str
        The names of the returned values, where there are several.
    parts : tuple of str or Callable
        The names of the answer's parts, in the order in which they are computed; see
        `helpers.checks.parts`.
    settings : tuple of str
        The parameters that set how it works, besides those that have a default: a learning
        rate, a number of steps; never data.
    tolerance : Tolerance
        How close numbers must be.
    silent : bool
        Whether a NumPy warning makes the answer wrong.
    seconds : float
        How long one call may take.
    suspects : bool
        Whether the model answer may be tried some hundred times, on other inputs and with other
        operations, to find out what a wrong answer looks like: not where one call takes long.
    second : bool
        Whether it comes after another one of the same number.
    """

    number: str
    title: str
    reference: Callable
    cases: Callable[[np.random.Generator], list[Case]]
    hints: tuple[str, str, str]
    adapter: Callable = adapters.function
    view: Callable = lambda answer, *_: answer
    write: Callable[..., str] = lambda answer, *_: show(answer)
    returns: tuple[str, ...] = ()
    parts: Order = ()
    settings: tuple[str, ...] = ()
    tolerance: Tolerance = field(default_factory=Tolerance)
    silent: bool = False
    seconds: float = 5.0
    suspects: bool = True
    second: bool = False
    mistakes: list[Mistake] = field(default_factory=list)
    variants: list[Any] = field(default_factory=list)
    _sets: dict[int | None, CaseSet] = field(default_factory=dict, init=False, repr=False)

    @property
    def name(self) -> str:
        """The name of the student's function, class or value."""
        return self.reference.__name__

    def order(self) -> tuple[list[int], bool]:
        """Return what exercises are sorted by."""
        return [int(part) for part in self.number.split(".")], self.second

    @property
    def module(self) -> str:
        """The two digits of the module that the exercise belongs to."""
        return f"{int(self.number.split('.')[0]):02d}"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters of the student's function or class."""
        return tuple(signature(self.reference).parameters)

    @property
    def identity(self) -> tuple[str, str]:
        """What tells it from another exercise of the same name, and not from its own reload."""
        return self.reference.__module__, self.number

    def mistake(self, hint: str) -> Callable[[Callable], Callable]:
        """Register a wrong implementation under the hint that names it."""

        def register(attempt: Callable) -> Callable:
            self.mistakes.append(Mistake(hint, attempt))
            return attempt

        return register

    def variant(self, attempt: Callable) -> Callable:
        """Register another right implementation, which must be accepted."""
        self.variants.append(attempt)
        return attempt

    def case_set(self, seed: int | None = None) -> CaseSet:
        """Return the cases of a seed, or those that students see, and what is known of them."""
        if seed not in self._sets:
            self._sets[seed] = CaseSet(self, OPEN_SEED if seed is None else seed)
        return self._sets[seed]

    def verdict(self, attempt: Any, seed: int | None = None, caller: Caller = HERE) -> Verdict:
        """Check an answer.

        Parameters
        ----------
        attempt : Any
            The student's function, class or value, or a proxy that is called the
            same way.
        seed : int, optional
            Makes other cases than the ones that students see. The verdict is
            then marked hidden.
        caller : Caller, optional
            Uses the answer: in this process, or elsewhere. See `helpers.checks.callers`.

        Returns
        -------
        Verdict
            Depends on nothing but the attempt and the seed.
        """
        if self.adapter is not adapters.value and not callable(attempt):
            return self._verdict(State.WRONG, seed, problem=self._not_callable(attempt))
        known = self.case_set(seed)
        cases = known.cases
        called = caller.outcomes(self, attempt, [*cases, cases[0]])  # one twice, at the end
        outcomes = list(islice(called, len(cases)))
        if outcomes[0].missing and not self._other_stub(outcomes[0]):
            return self._verdict(State.NOT_STARTED, seed)
        if self.adapter is adapters.value and self._is_their_function(attempt):
            return self._verdict(State.WRONG, seed, problem=_NO_VALUE.format(name=self.name))
        failure = self._failure(known, outcomes)
        if failure is None:
            return self._after_all_cases(cases, outcomes, next(called), seed)
        case, got, want, problem = failure
        order = self._order(attempt)
        mistake = None if order else self._known_mistake(known, outcomes)
        theirs, ours = self._got_and_expected(case, got, want)
        kind, likeness = "", ""
        if not (mistake or order or problem.startswith(_RIGHT_BUT)):
            kind, likeness = self._kind(attempt, known, outcomes, caller)
        return self._verdict(
            State.CRASHED if got.crashed else State.WRONG,
            seed,
            call=self._call_text(case),
            got=theirs,
            expected=ours,
            **self._right_and_wrong(known, outcomes, want),
            problem=order or self._advice(got, want, problem),
            cause=mistake.hint if mistake else "",
            mistake=mistake.name if mistake else "",
            likeness=likeness,
            kind=kind,
            calls=len(outcomes),
        )

    def _kind(
        self, attempt: Any, known: CaseSet, outcomes: list[Outcome], caller: Caller
    ) -> tuple[str, str]:
        """Name the kind of a mistake that is not known, and say what it looks like."""
        from helpers.checks import kinds  # never needed for a right answer

        def ask(cases: Sequence[Case]) -> list[Outcome]:
            return list(caller.outcomes(self, attempt, cases)) if cases else []

        found = kinds.finding(
            kinds.Evidence(self, known, outcomes, ask, _defaults(attempt), self.mistakes)
        )
        return found.kind, found.sentence

    def outcome(self, attempt: Any, case: Case, seconds: float | None = None) -> Outcome:
        """Call an answer on a case in this process, and look at what it gives.

        Parameters
        ----------
        attempt : Any
            The answer.
        case : tuple
            The arguments; the answer gets copies.
        seconds : float, optional
            How long it may take, where that is not `seconds`.
        """
        limit = self.seconds if seconds is None else seconds
        return self.viewed(call(self.adapter, attempt, case, self.named(case), limit), case)

    def named(self, case: Case) -> tuple[str, ...]:
        """Return what the arguments of a case are called."""
        return adapters.parameters(self.reference, len(case))[1]

    def viewed(self, outcome: Outcome, case: Case) -> Outcome:
        """Look at an answer the way the exercise does; None is left for the message."""
        if outcome.error:
            return outcome
        try:
            with np.errstate(all="ignore"):
                return replace(outcome, seen=self.view(outcome.value, *case))
        except Exception as error:
            if outcome.value is None:
                return outcome
            unforeseen = f"{_UNFIT} ({type(error).__name__}: {error})."
            return replace(outcome, error=str(error) if type(error) is ValueError else unforeseen)

    def _failure(
        self, known: CaseSet, outcomes: Sequence[Outcome]
    ) -> tuple[Case, Outcome, Outcome, str] | None:
        """Find a case whose answer is not right: the case, got, expected, problem.

        It is the first one; of an answer in parts, the first whose earliest part is wrong.
        """
        triples = zip(known.cases, outcomes, known.expected(), strict=False)
        failures = []
        for case, got, want in triples:
            problem = self._problem(case, got, want)
            if problem is not None:
                failures.append((case, got, want, problem))
        if not failures or failures[0][1].error:
            return failures[0] if failures else None
        return min(failures, key=lambda failure: self._earliest(failure[1], failure[2]))

    def _earliest(self, got: Outcome, want: Outcome) -> float:
        """Return the place of the first wrong part in the order of computing."""
        names, wrong = self._wrong_parts(got, want)
        return names.index(wrong[0]) if wrong else np.inf

    def _wrong_parts(self, got: Outcome, want: Outcome) -> tuple[list[str], list[str]]:
        """Return the names of all parts, and of those that are wrong; none without parts."""
        theirs, ours = self.parts_of(got.seen), self.parts_of(want.seen)
        if got.error or not theirs or len(ours) < 2:
            return [], []
        return list(ours), wrong_parts(theirs, ours, self.tolerance)

    def parts_of(self, seen: Any) -> dict[str, Any]:
        """Return what is compared, part by part, in the order of computing."""
        return parts_of(seen, self.returns, self.parts)

    def _right_and_wrong(
        self, known: CaseSet, outcomes: Sequence[Outcome], shown: Outcome
    ) -> dict[str, tuple[str, ...]]:
        """Tell which parts are right in all cases that have the parts of the one that is shown."""
        names, wrong = list(self.parts_of(shown.seen)), set()
        for got, want in zip(outcomes, known.expected(), strict=False):
            theirs, missed = self._wrong_parts(got, want)
            if theirs == names:
                wrong.update(missed)
        if not wrong:
            return {}
        return {
            "right_parts": tuple(name for name in names if name not in wrong),
            "wrong_parts": tuple(name for name in names if name in wrong),
        }

    def _verdict(self, state: State, seed: int | None, **facts: Any) -> Verdict:
        return Verdict(state, self.number, self.name, hidden=seed is not None, **facts)

    def _problem(self, case: Case, got: Outcome, want: Outcome) -> str | None:
        """Say what is wrong with one answer; None where nothing is."""
        if got.error:
            return got.error
        problem = self._difference(got, want)
        if problem is not None:
            also = f" It also changes its input {' and '.join(got.changed)}."
            return f"{problem}{also}".strip() if got.changed else problem
        if got.changed:
            inputs, remedy = " and ".join(got.changed), self._remedy(case, got.changed)
            return f"{_RIGHT_BUT}the function changes its input {inputs}. {remedy}"
        if self.silent and got.warned:
            return f"{_RIGHT_BUT}NumPy warns: {got.warned[0]}."
        return None

    def _difference(self, got: Outcome, want: Outcome) -> str | None:
        """Say how an answer differs: in its parts, in that which is computed first."""
        problem = difference(got.seen, want.seen, self.tolerance, self.returns)
        if not problem or not problem.startswith(DIFFERENCE):
            return problem
        _, wrong = self._wrong_parts(got, want)
        theirs, ours = self.parts_of(got.seen), self.parts_of(want.seen)
        if not wrong or wrong[0] not in theirs:
            return problem
        return at(wrong[0], difference(theirs[wrong[0]], ours[wrong[0]], self.tolerance) or "")

    def _remedy(self, case: Case, changed: Sequence[str]) -> str:
        """Say how to leave inputs as they are."""
        given = dict(zip(self.named(case), case, strict=False))
        for name in changed:
            if _holds_arrays(given.get(name)):
                return f"Build a new one, of new arrays: {name}.copy() alone keeps the old arrays."
        copies = "copies" if len(changed) > 1 else "a copy"
        return f"Work on {copies}: {', '.join(f'{name} = {name}.copy()' for name in changed)}"

    def _advice(self, got: Outcome, want: Outcome, problem: str) -> str:
        """Say what a `None` most often means, and whose stub it is that raised."""
        if got.missing:
            return self._other_stub(got) or f"{_UNFINISHED} ({problem})"
        if got.error or got.value is not None:
            return problem
        if self.adapter is adapters.value:
            return f"{self.name} is None. Give it a value, in place of None."
        if _prints(got.printed, want.value):
            return "The function prints its answer and returns None. Replace print(...) by return."
        return _NONE.format("prints, and returns" if got.printed else "returns")

    def _order(self, attempt: Any) -> str:
        """Say that the parameters stand in another order, if that is so."""
        try:
            theirs = tuple(signature(attempt).parameters)
        except Exception:  # a proxy may have none, and a strange object may raise anything
            return ""
        if theirs == self.parameters or sorted(theirs) != sorted(self.parameters):
            return ""
        return f"The parameters should stand in this order: {', '.join(self.parameters)}."

    def _other_stub(self, got: Outcome) -> str:
        """Say that the stub of another exercise was called, if that is so."""
        stub = re.search(r"Exercise (\d+\.\d+)", got.error)
        if stub is None or stub[1] == self.number:
            return ""
        return f"It uses exercise {stub[1]}, which is not written yet. Do that one first."

    def _is_their_function(self, attempt: Any) -> bool:
        """Whether it is a function, and none of ours that stand for values."""
        ours = (self.reference, *(mistake.attempt for mistake in self.mistakes), *self.variants)
        return isinstance(attempt, FunctionType) and all(attempt is not one for one in ours)

    def _not_callable(self, attempt: Any) -> str:
        try:
            kind = type_name(plain(attempt))
        except NotPlain as error:
            kind = str(error)
        return (
            f"{self.name} is {kind}, not a function. Give the check the function itself: "
            f"{self.name}, not {self.name}(...). Or does another cell use its name for something "
            f"else? Then run the cell that defines {self.name} again."
        )

    def _known_mistake(self, known: CaseSet, outcomes: Sequence[Outcome]) -> Mistake | None:
        """Find the mistake that does, on every case, just what the answer did."""
        for mistake in self.mistakes:
            theirs = known.answers(mistake.attempt)
            pairs = zip_longest(outcomes, theirs)  # no further than the first difference
            if all(one and other and self.alike(one, other) for one, other in pairs):
                return mistake
        return None

    def alike(self, one: Outcome, other: Outcome) -> bool:
        """Whether two calls went the same way."""
        if (one.error, one.changed) != (other.error, other.changed):
            return False
        if self.silent and one.warned != other.warned:
            return False
        return bool(one.error) or same(one.seen, other.seen, self.tolerance)

    def _after_all_cases(
        self, cases: Sequence[Case], outcomes: list[Outcome], again: Outcome, seed: int | None
    ) -> Verdict:
        """Every case is right: look at what no single case can show, the first one once more."""
        calls = 0 if self.adapter is adapters.value else len(cases) + 1
        if not self.alike(again, outcomes[0]):
            return self._verdict(
                State.WRONG,
                seed,
                call=self._call_text(cases[0]),
                got=", then ".join(self._got_text(one, cases[0]) for one in (outcomes[0], again)),
                expected="the same answer twice",
                problem="The same call gives two different answers. What does it remember?",
                calls=calls,
            )
        note = ""
        if any(outcome.printed for outcome in outcomes):
            note = "It also prints. That costs nothing, but a function should only return."
        elif not self.silent and any(outcome.warned for outcome in outcomes):
            note = f"NumPy warns on the way ({_first_warning(outcomes)}). That costs nothing here."
        return self._verdict(State.RIGHT, seed, note=note, calls=calls)

    def _got_and_expected(self, case: Case, got: Outcome, want: Outcome) -> tuple[str, str]:
        """Write down what came back and what was expected, as far as they differ."""
        if got.error:
            return self._got_text(got, case), show(want.seen)
        _, wrong = self._wrong_parts(got, want)
        if wrong:
            theirs, ours = self.parts_of(got.seen), self.parts_of(want.seen)
            texts = parts_side_by_side(theirs, {name: ours[name] for name in wrong})
        else:
            texts = side_by_side(got.seen, want.seen)
        if got.seen is got.value:
            return texts
        return f"{self.write(got.value, *case)}, which gives {texts[0]}", texts[1]

    def _got_text(self, got: Outcome, case: Case) -> str:
        if got.crashed:
            return got.line
        if got.error:
            return "" if got.value is None else self.write(got.value, *case)
        if got.seen is got.value:
            return self.write(got.value, *case)
        return f"{self.write(got.value, *case)}, which gives {show(got.seen)}"

    def _call_text(self, case: Case) -> str:
        return adapters.written(self.adapter, self.reference, case)


_RIGHT_BUT = "The answer is right, but "
_UNFIT = "The answer cannot be used here"
_NO_VALUE = (
    "{name} is a function, but it should be the value itself: what follows computes with it. "
    "Compute it without def, or give the function another name and call it: "
    "{name} = compute()."
)
_NONE = (
    "The function {} None. Does every way through it end in return? What stands behind that "
    "may be None, too: .append(...), say, returns nothing."
)
_UNFINISHED = "The answer is not finished: for this call it still raises NotImplementedError"


def _defaults(attempt: Any) -> dict[str, Any]:
    """Return the default values in a function's signature, as far as it tells."""
    try:
        known = signature(attempt).parameters.values()
        return {p.name: p.default for p in known if type(p.default) in (int, float)}
    except Exception:  # a proxy may have none, and a strange object may raise anything
        return {}


def _holds_arrays(value: Any) -> bool:
    """Whether it is a container whose own copy would share what it holds."""
    parts = value.values() if isinstance(value, dict) else value
    holds = isinstance(value, dict | list | tuple)
    return holds and any(isinstance(part, np.ndarray | dict | list | tuple) for part in parts)


def _prints(printed: str, value: Any) -> bool:
    """Whether the numbers that were printed are those of `value`."""
    theirs, ours = (
        [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?", text)]
        for text in (printed, show(value))
    )
    return bool(ours) and len(theirs) == len(ours) and np.allclose(theirs, ours, rtol=1e-5)


def _first_warning(outcomes: list[Outcome]) -> str:
    return next(outcome.warned[0] for outcome in outcomes if outcome.warned)


def exercise(
    number: str,
    title: str,
    cases: Callable[[np.random.Generator], list[Case]],
    hints: tuple[str, str, str],
    whole: Sequence[str] = (),
    **options: Any,
) -> Callable[[Callable], Exercise]:
    """Make an `Exercise` of the decorated reference implementation, and register it.

    Parameters
    ----------
    number, title, cases, hints
        See `Exercise`.
    whole : sequence of str
        The parameters that may be arrays of whole numbers. There is one case more, in which
        they are: the first one, rounded.
    **options
        Any other attribute of `Exercise`: ``adapter``, ``view``, ``write``,
        ``returns``, ``parts``, ``settings``, ``tolerance``, ``silent``, ``seconds``,
        ``suspects``, ``second``.

    Raises
    ------
    ValueError
        If there is another exercise of that name already.
    """

    def make(reference: Callable) -> Exercise:
        places = [tuple(signature(reference).parameters).index(name) for name in whole]
        made = with_whole_numbers(cases, *places) if whole else cases
        return register(Exercise(number, title, reference, made, hints, **options))

    return make


def register(made: Exercise) -> Exercise:
    """Make an exercise known to the course.

    Raises
    ------
    ValueError
        If there is another exercise of that name already.
    """
    other = registry.get(made.name)
    if other and other.identity != made.identity:
        raise ValueError(f"there are two exercises called {made.name!r}")
    registry[made.name] = made
    return made


def exercises() -> dict[str, Exercise]:
    """Return every exercise of the course by name, in the order of the course.

    >>> list(exercises())[:2]
    ['affine', 'column_means']
    """
    _find_exercises()
    return {made.name: made for made in sorted(registry.values(), key=Exercise.order)}


@cache
def _find_exercises() -> None:
    """Import every file of exercises, by name: all other imports run the other way."""
    course = import_module("helpers.exercises")
    for module in pkgutil.walk_packages(course.__path__, f"{course.__name__}."):
        import_module(module.name)
