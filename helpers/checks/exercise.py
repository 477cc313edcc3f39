"""An exercise: a reference, its cases, and the mistakes that are known by name."""

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from inspect import signature
from typing import Any

import numpy as np

from helpers.checks import adapters
from helpers.checks.calling import Outcome, call
from helpers.checks.comparing import Tolerance, difference, type_name
from helpers.checks.plain import show
from helpers.checks.verdict import State, Verdict

Case = tuple
_OPEN_SEED = 1958  # the cases that every student sees; hidden ones come from other seeds
_registry: dict[str, "Exercise"] = {}


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
        Three steps: where to look, the formula, the line with a gap.
    adapter : Callable
        How an answer is used; see `helpers.checks.adapters`.
    view : Callable
        ``view(answer, *args)`` makes the plain data that is compared, where that
        is not the answer itself: behavior instead of weights, say. It raises
        ``ValueError`` with a sentence where the answer cannot be viewed.
    returns : tuple of str
        The names of the returned values, where there are several.
    tolerance : Tolerance
        How close numbers must be.
    silent : bool
        Whether a NumPy warning makes the answer wrong.
    seconds : float
        How long one call may take.
    """

    number: str
    title: str
    reference: Callable
    cases: Callable[[np.random.Generator], list[Case]]
    hints: tuple[str, str, str]
    adapter: Callable = adapters.function
    view: Callable = lambda answer, *_: answer
    returns: tuple[str, ...] = ()
    tolerance: Tolerance = field(default_factory=Tolerance)
    silent: bool = False
    seconds: float = 5.0
    mistakes: list[Mistake] = field(default_factory=list)
    variants: list[Any] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the student's function, class or value."""
        return self.reference.__name__

    @property
    def module(self) -> str:
        """The two digits of the module that the exercise belongs to."""
        return f"{int(self.number.split('.')[0]):02d}"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the arguments of a case."""
        return tuple(signature(self.reference).parameters)

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

    def verdict(self, attempt: Any, seed: int | None = None) -> Verdict:
        """Check an answer.

        Parameters
        ----------
        attempt : Any
            The student's function, class or value, or a proxy that is called the
            same way.
        seed : int, optional
            Makes other cases than the ones that students see. The verdict is
            then marked hidden.

        Returns
        -------
        Verdict
            Depends on nothing but the attempt and the seed.
        """
        if self.adapter is not adapters.value and not callable(attempt):
            problem = f"{self.name} is {type_name(attempt)}, not a function: write it with def."
            return self._verdict(State.WRONG, seed, problem=problem)
        cases = self.cases(np.random.default_rng(_OPEN_SEED if seed is None else seed))
        outcomes = self._outcomes(attempt, cases)
        if outcomes[-1].missing:
            return self._verdict(State.NOT_STARTED, seed)
        expected = self._outcomes(self.reference, cases)
        for case, got, want in zip(cases, outcomes, expected, strict=False):
            problem = self._problem(got, want)
            if problem is not None:
                break
        else:
            return self._after_all_cases(attempt, cases, outcomes, seed)
        state = State.CRASHED if got.crashed else State.WRONG
        known = self._known_mistake(cases, outcomes)
        return self._verdict(
            state,
            seed,
            call=self._call_text(case),
            got=self._got_text(got),
            expected=show(want.seen),
            problem=self._advice(got, problem),
            cause=known.hint if known else "",
            mistake=known.name if known else "",
            calls=len(outcomes),
        )

    def _verdict(self, state: State, seed: int | None, **facts: Any) -> Verdict:
        return Verdict(state, self.number, self.name, hidden=seed is not None, **facts)

    def _outcomes(self, attempt: Any, cases: Sequence[Case]) -> list[Outcome]:
        """Call `attempt` on every case; stop where going on would be no use."""
        outcomes = []
        for case in cases:
            outcome = call(self.adapter, attempt, case, self.parameters, self.seconds)
            outcomes.append(outcome if outcome.error else self._viewed(outcome, case))
            if outcome.missing or outcome.endless:
                break
        return outcomes

    def _viewed(self, outcome: Outcome, case: Case) -> Outcome:
        """Look at an answer the way the exercise does."""
        try:
            return replace(outcome, seen=self.view(outcome.value, *case))
        except ValueError as error:
            return replace(outcome, error=str(error))

    def _problem(self, got: Outcome, want: Outcome) -> str | None:
        """Say what is wrong with one answer; None where nothing is."""
        if got.error:
            return got.error
        problem = difference(got.seen, want.seen, self.tolerance, self.returns)
        if problem is not None:
            return problem
        if got.changed:
            inputs = " and ".join(got.changed)
            return (
                f"The answer is right, but the function changes its input {inputs}. {_COPY_ADVICE}"
            )
        if self.silent and got.warned:
            return f"The answer is right, but NumPy warns: {got.warned[0]}."
        return None

    def _advice(self, got: Outcome, problem: str) -> str:
        """Add what a `None` most often means."""
        if got.error or got.value is not None:
            return problem
        if got.printed:
            return "The function prints its answer and returns None. Replace print(...) by return."
        return "The function returns None. Does its last line say return?"

    def _known_mistake(self, cases: Sequence[Case], outcomes: list[Outcome]) -> Mistake | None:
        """Find the mistake that does, on every case, just what the answer did."""
        for mistake in self.mistakes:
            theirs = self._outcomes(mistake.attempt, cases)
            if len(theirs) == len(outcomes) and all(map(self._alike, outcomes, theirs)):
                return mistake
        return None

    def _alike(self, one: Outcome, other: Outcome) -> bool:
        """Whether two calls went the same way."""
        if (one.error, one.changed) != (other.error, other.changed):
            return False
        if self.silent and bool(one.warned) != bool(other.warned):
            return False
        return bool(one.error) or difference(one.seen, other.seen, self.tolerance) is None

    def _after_all_cases(
        self, attempt: Any, cases: Sequence[Case], outcomes: list[Outcome], seed: int | None
    ) -> Verdict:
        """Every case is right: look at what no single case can show."""
        again = call(self.adapter, attempt, cases[0], self.parameters, self.seconds)
        again = again if again.error else self._viewed(again, cases[0])
        calls = len(cases) + 1
        if not self._alike(again, outcomes[0]):
            return self._verdict(
                State.WRONG,
                seed,
                call=self._call_text(cases[0]),
                got=f"{self._got_text(outcomes[0])}, then {self._got_text(again)}",
                expected="the same answer twice",
                problem="The same call gives two different answers. What does it remember?",
                calls=calls,
            )
        note = ""
        if any(outcome.printed for outcome in outcomes):
            note = "It also prints. That costs nothing, but a function should only return."
        elif not self.silent and any(outcome.warned for outcome in outcomes):
            note = (
                f"NumPy warns on the way ({outcomes_warning(outcomes)}). That costs nothing here."
            )
        return self._verdict(State.RIGHT, seed, note=note, calls=calls)

    def _got_text(self, got: Outcome) -> str:
        if got.error:
            return got.line
        if got.seen is got.value:
            return show(got.value)
        return f"{show(got.value)}, which gives {show(got.seen)}"

    def _call_text(self, case: Case) -> str:
        """Write the call so that it can be pasted into a cell."""
        if not case:
            return self.name
        pairs = [
            f"{name}={show(arg, code=True)}"
            for name, arg in zip(self.parameters, case, strict=True)
        ]
        one_line = f"{self.name}({', '.join(pairs)})"
        if len(one_line) <= _LINE and "\n" not in one_line:
            return one_line
        lines = (f"    {pair}," for pair in pairs)
        return "\n".join((f"{self.name}(", *lines, ")"))


_LINE = 80
_COPY_ADVICE = "Work on a copy: write w = w + …, not w += …"


def outcomes_warning(outcomes: list[Outcome]) -> str:
    """Return the first warning among `outcomes`."""
    return next(outcome.warned[0] for outcome in outcomes if outcome.warned)


def exercise(
    number: str,
    title: str,
    cases: Callable[[np.random.Generator], list[Case]],
    hints: tuple[str, str, str],
    **options: Any,
) -> Callable[[Callable], Exercise]:
    """Make an `Exercise` of the decorated reference implementation, and register it.

    Parameters
    ----------
    number, title, cases, hints
        See `Exercise`.
    **options
        Any other attribute of `Exercise`: ``adapter``, ``view``, ``returns``,
        ``tolerance``, ``silent``, ``seconds``.

    Raises
    ------
    ValueError
        If another module already has an exercise of that name.
    """

    def make(reference: Callable) -> Exercise:
        made = Exercise(number, title, reference, cases, hints, **options)
        other = _registry.get(made.name)
        if other and other.reference.__module__ != reference.__module__:
            raise ValueError(f"there are two exercises called {made.name!r}")
        _registry[made.name] = made
        return made

    return make


def exercises() -> dict[str, Exercise]:
    """Return every exercise of the course by name, in the order of the course.

    >>> list(exercises())[:2]
    ['weighted_sum', 'step']
    """
    from helpers.checks import modules

    for module in pkgutil.iter_modules(modules.__path__):
        import_module(f"{modules.__name__}.{module.name}")
    in_order = sorted(_registry.values(), key=lambda e: [int(part) for part in e.number.split(".")])
    return {made.name: made for made in in_order}
