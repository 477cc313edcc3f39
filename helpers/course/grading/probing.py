"""Which walls stand: each is pushed against, from where a student's code runs."""

import json
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import helpers
from helpers.course.folder import CourseError
from helpers.course.grading.sandbox import Sandbox, environment
from helpers.course.grading.session import Ended, Session

_PROBE = """
import ctypes, glob, json, os, resource, socket

def blocked(work):
    try:
        work()
    except OSError:
        return True
    return False

def limited(name):
    kind = getattr(resource, "RLIMIT_" + name, None)
    return kind is not None and resource.getrlimit(kind)[0] != resource.RLIM_INFINITY

print(json.dumps({{
    "network": blocked(lambda: socket.socket().bind(("127.0.0.1", 0))),
    "files": not any(map(os.path.exists, {hidden!r})) and os.listdir(".") == [],
    "environment": dict(os.environ),
    "user": os.getuid() != 0 and blocked(lambda: os.setgroups([0])),
    "processes": os.getpid() == 1 and not os.path.exists("/proc/1"),
    "calls": blocked(lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW))
    and bool(ctypes.CDLL(None).ptrace(0, 0, 0, 0)),
    "memory": limited("AS"),
    "time": limited("CPU"),
    "count": limited("NPROC") and os.getuid() != 0,
    "size": limited("FSIZE"),
    "exercises": [found for place in {places!r} for found in glob.glob(place)],
}}))
"""
_NAMES = {
    "network": "no network",
    "files": "own empty folder, no view of the course or of other files",
    "environment": "clean environment",
    "user": "unprivileged user",
    "processes": "own process space, which ends with the submission",
    "calls": "system call filter",
    "memory": "memory limit for each process",
    "together": "memory limit for all of them together, kept by {keeper}",
    "time": "time limit",
    "count": "process limit",
    "size": "file size limit",
}


def protections(sandbox: Sandbox) -> dict[str, bool]:
    """Try to break each wall from within; return which held.

    Raises
    ------
    CourseError
        If the probe itself does not run, or finds the exercises behind the wall.
    """
    hidden = [sandbox.course or "/etc/passwd", str(Path.home() / ".profile"), "/etc/passwd"]
    probe = _PROBE.format(hidden=hidden, places=list(_places()))
    try:
        with sandbox.submission() as inmate:
            shown = Session(inmate.channel, inmate.end).run(1, probe, 10)
            together = sandbox.keeps_memory_together()
        held = {**json.loads(shown[0]["text"]), "together": together}
        place = {"PWD": ""}  # which bubblewrap adds
        held["environment"] = {**held["environment"], **place} == {**environment(), **place}
    except (Ended, OSError, IndexError, ValueError) as error:
        raise CourseError(f"the sandbox does not work: {sandbox.complaint() or error}") from error
    found = held.get("exercises")
    if sandbox.walled and found != []:
        raise CourseError(
            f"student code could read the exercises, in {', '.join(found[:3])}. Nothing is graded. "
            "Install the course in a virtual environment of its own: python -m venv .venv"
        )
    told = {key: name.format(keeper=sandbox.keeper) for key, name in _NAMES.items()}
    return {name: bool(held.get(key)) for key, name in told.items()}


def _places() -> Iterator[str]:
    """Yield where an exercise may lie: in any folder of packages, and where this course is."""
    versions = f"{sys.base_prefix}/lib/python3*"
    folders = {
        *(folder for folder in sys.path if folder),
        *sysconfig.get_paths().values(),
        *(f"{home}/{kind}-packages" for home in (versions, *_HOMES) for kind in ("site", "dist")),
        str(Path(helpers.__file__).parents[1]),
        "/packages/*",
    }
    for folder in sorted(folders):
        for part in _TELLING:
            yield f"{folder}/helpers/{part}"


_HOMES = tuple(f"{prefix}/lib/python3*" for prefix in ("/usr", "/usr/local", "/opt/*", "/opt/*/*"))
_TELLING = ("exercises/m*", "checks/modules/m*", "quiz/modules/m*", "quiz/closing.py")


def in_words(held: dict[str, bool]) -> str:
    """Say which protections are active, and which are not.

    >>> print(in_words({"no network": True, "memory limit": False}))
    Student code runs with: no network.
    NOT active here: memory limit.
    """
    active, missing = (
        [name for name, on in held.items() if on == state] for state in (True, False)
    )
    lines = [f"Student code runs with: {', '.join(active) or 'no protection at all'}."]
    if missing:
        lines.append(f"NOT active here: {', '.join(missing)}.")
    return "\n".join(lines)
