"""What is graded and what comes of it: plain data that any machine can be sent."""

import ast
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache

from nbgrader.utils import parse_utc

from helpers.checks import exercises
from helpers.course.folder import CourseError
from helpers.course.grading.suspicions import imported
from helpers.course.nbgrader.submission import KnownCell, imports_among


@dataclass(frozen=True)
class Notebook:
    """A notebook of an assignment, as the gradebook and the release know it.

    Attributes
    ----------
    name : str
        Its file name without ``.ipynb``.
    kernelspec : dict
        The kernel of the source notebook.
    cells : tuple of KnownCell
        The cells with marks on them.
    released : frozenset of str
        The sources of the other code cells that students got, each as `bare` returns it.
    lent : frozenset of str, optional
        What the released notebook names of the course's library; None stands for all of it.
    """

    name: str
    kernelspec: dict[str, str]
    cells: tuple[KnownCell, ...]
    released: frozenset[str] = frozenset()
    lent: frozenset[str] | None = None

    @cached_property
    def plain_tests(self) -> frozenset[str]:
        """The names of the graded cells whose marks can be forged; see `is_plain_test`."""
        return frozenset(cell.name for cell in self.cells if is_plain_test(cell))

    @cached_property
    def imports(self) -> str:
        """The released cell with the imports."""
        return imports_among(self.released)

    @cached_property
    def imported(self) -> frozenset[str]:
        """What the released cells import."""
        return imported(self.released)


@dataclass(frozen=True)
class Assignment:
    """An assignment: its notebooks, and the files beside them."""

    name: str
    notebooks: tuple[Notebook, ...]
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Hidden:
    """The hidden cases that an answer meets: which set of the exercise's, and what makes it."""

    place: int
    seed: int


@dataclass(frozen=True)
class Submission:
    """What one student handed in: files by their names, read or too large to read.

    Attributes
    ----------
    student : str
        Who it is.
    files : dict of str to bytes
        What could be read.
    too_large : tuple of str
        The names of what could not.
    hidden : dict of str to Hidden
        Which hidden cases the answer to each exercise meets. Where an exercise is not in it,
        these are the ones that the check names.
    """

    student: str
    files: dict[str, bytes]
    too_large: tuple[str, ...] = ()
    hidden: dict[str, Hidden] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A name for exactly these files."""
        found = hashlib.sha256()
        for name, data in sorted(self.files.items()):
            found.update(f"{len(name)} {name} {len(data)} ".encode())
            found.update(data)
        found.update(repr(self.too_large).encode())
        return found.hexdigest()

    @property
    def handed_in(self) -> datetime | None:
        """When it was handed in, in UTC; None where that is not known."""
        data = self.files.get(TIMESTAMP, b"")
        text = data.decode("utf-8", "replace").strip() if len(data) <= _LONGEST_TIMESTAMP else ""
        try:
            return parse_utc(text) if text else None
        except (ValueError, OverflowError):
            return None

    @property
    def has_bad_timestamp(self) -> bool:
        """Whether a time was handed in that is none."""
        return bool(self.files.get(TIMESTAMP, b"").strip()) and self.handed_in is None


_LONGEST_TIMESTAMP = 100  # bytes: a parser takes its time for a number of 200,000 digits
TIMESTAMP = "timestamp.txt"  # nbgrader's name for the file that says when it was handed in


def beside(
    submission: Submission, assignment: Assignment, reserved: Iterable[str]
) -> dict[str, bytes]:
    """Return the files that lie beside the graded notebooks: the instructor's come first.

    A student's file is left out where another one needs its place, be it as a folder, and
    where it or its folder is called like a notebook or a page: whoever reads notebooks finds the
    graded ones, and whoever reads feedback finds ours.

    >>> sent = Submission("ada", {"a.txt": b"", "a.ipynb": b"", "b.html/a.txt": b""})
    >>> list(beside(sent, Assignment("neurons", ()), reserved=()))
    ['a.txt']
    """
    taken = {*reserved, *assignment.files}
    own = {
        name: data
        for name, data in submission.files.items()
        if not any(part.lower().endswith((".ipynb", ".html")) for part in name.split("/"))
        and not any(f"{name}/".startswith(f"{t}/") or t.startswith(f"{name}/") for t in taken)
    }
    return {**own, **assignment.files}


@dataclass(frozen=True)
class Mark:
    """What one check found.

    Attributes
    ----------
    grade_id : str
        The check.
    score : float or None
        What the answer earned; None where a person must decide.
    points : float
        What it could have.
    state, mistake : str
        How the answer was judged last, and which known mistake it makes.
    hidden : str
        Which hidden cases it was judged on; empty where it did not come to that.
    """

    grade_id: str
    score: float | None
    points: float
    state: str = ""
    mistake: str = ""
    hidden: str = ""


@dataclass(frozen=True)
class Graded:
    """One graded notebook.

    Attributes
    ----------
    text : str
        The notebook with its outputs, as a file holds it.
    marks : tuple of Mark
        What each check found.
    unanswered : frozenset of str
        The grade_ids of answers that are as they were released.
    trouble : str
        Why it could not be graded to its end.
    suspicions : tuple of str
        What a person should look at.
    stopped : tuple of str
        The checks and cells that were stopped because their time was up.
    """

    text: str
    marks: tuple[Mark, ...]
    unanswered: frozenset[str] = frozenset()
    trouble: str = ""
    suspicions: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What came of one submission, and how long it took.

    Attributes
    ----------
    student, digest : str
        Whose submission it is, and a name for exactly its files.
    notebooks : dict of str to Graded
        The graded notebooks, by name.
    remarks : tuple of str
        What is to be said of the files that were handed in, or were not.
    second : str
        Where it was graded twice: ``"same"``, or which marks were others the second time.
    seconds, processor_seconds : float
        How long it took.
    kilobytes : int
        The most memory that it took.
    """

    student: str
    digest: str
    notebooks: dict[str, Graded]
    remarks: tuple[str, ...] = ()
    second: str = ""
    seconds: float = 0.0
    processor_seconds: float = 0.0
    kilobytes: int = 0


@dataclass(frozen=True)
class Check:
    """A check cell: which exercise it checks, by which name, with which hidden cases."""

    exercise: str
    name: str
    seeds: tuple[int | None, ...]


@lru_cache(maxsize=1000)  # a class has the same checks
def read_check(source: str) -> Check | None:
    r"""Read a check cell; None where it is something else.

    >>> read_check("check.step(step)\ncheck.step(step, hidden=7)")
    Check(exercise='step', name='step', seeds=(None, 7))
    >>> read_check("check.step.hints()")
    """
    try:
        calls = [_read_call(line) for line in ast.parse(source).body]
    except SyntaxError:
        return None
    if not calls or None in calls or len({call[:2] for call in calls if call}) != 1:
        return None
    (exercise, name, _), *_ = calls
    return Check(exercise, name, tuple(call[2] for call in calls))


def _read_call(line: ast.stmt) -> tuple[str, str, int | None] | None:
    match line:
        case ast.Expr(
            ast.Call(
                func=ast.Attribute(value=ast.Name("check"), attr=exercise),
                args=[ast.Name(name)],
                keywords=keywords,
            )
        ):
            match keywords:
                case []:
                    return exercise, name, None
                case [ast.keyword(arg="hidden", value=ast.Constant(int() as seed))]:
                    return exercise, name, seed
    return None


def is_plain_test(cell: KnownCell) -> bool:
    """Whether a graded cell is an instructor's own test, such as ``assert f(2) == 4``.

    It runs in the student's process, behind the wall, so that student code can make it pass.
    """
    if cell.points is None or cell.solution or cell.kind != "code":
        return False
    check = read_check(cell.source)
    return check is None or check.exercise not in exercises()


def plain_tests(assignment: Assignment) -> list[str]:
    """Return the names of the graded cells whose marks can be forged."""
    return [
        cell.name
        for notebook in assignment.notebooks
        for cell in notebook.cells
        if cell.name in notebook.plain_tests
    ]


def require_checks(assignment: Assignment) -> None:
    """Make sure that there is something to grade, and that no check would be passed over.

    Raises
    ------
    CourseError
        If there is nothing, or if an instructor's own test calls a check: behind the wall
        that does nothing, so that anybody would pass.
    """
    cells = [cell for notebook in assignment.notebooks for cell in notebook.cells]
    if all(cell.points is None for cell in cells):
        raise CourseError(f"{assignment.name} has nothing to grade.")
    for cell in filter(is_plain_test, cells):
        if _mentions_check(cell.source):
            raise CourseError(
                f"the graded cell {cell.name!r} of {assignment.name} uses check, and is not of "
                "the form check.NAME(NAME) with an exercise of this course. Write the check into "
                "a cell of its own, and other tests into another one."
            )


def _mentions_check(source: str) -> bool:
    try:
        names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    except SyntaxError:  # such as a line that only IPython understands
        return "check" in source
    return "check" in names
