"""Set the course up, and open it: ``python3 bootstrap.py lab``.

It makes the environment ``.venv`` beside this file and mends one that is missing, unfinished,
moved or out of date. It uses the standard library only and no syntax newer than Python 3.6:
also an old Python must be able to say what is missing. ``make`` calls it too.
"""

import argparse
import hashlib
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple, Optional, Sequence, Tuple

ROOT = Path(__file__).resolve().parent
OLDEST = (3, 11)
NEWEST = (3, 14)  # the newest that every locked package has a wheel for
WINDOWS = os.name == "nt"
COURSE = "pyproject.toml"
LAB, TESTS = "requirements.txt", "requirements-test.txt"


class Cost(NamedTuple):
    """What a first set-up takes: megabytes to load, megabytes on disk, minutes."""

    load: int
    disk: int
    minutes: str


COSTS = {LAB: Cost(165, 750, "1 to 3"), TESTS: Cost(245, 1040, "2 to 5")}


class Stop(Exception):
    """Something that the person at the keyboard can mend; the message says how."""


class Failed(Exception):
    """An installer gave up; holds what it printed."""


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


def typed(command: str) -> str:
    """Return what the person has typed, to be typed again."""
    by_make = os.environ.get("BOOTSTRAP_TYPED", "").strip()
    return by_make or "%s bootstrap.py %s" % ("py" if WINDOWS else "python3", command)


# --- Which Python -------------------------------------------------------------------------------

_PROBE = """
import importlib.util as u, json, sys
has = lambda *names: all(u.find_spec(name) for name in names)
within = sys.prefix != sys.base_prefix
print(json.dumps([sys.version_info[:3], has("venv", "ensurepip"), within and has("pip")]))
"""


class Python(NamedTuple):
    """An interpreter that runs: its program and version, and what it is good for."""

    program: str
    version: Tuple[int, ...]
    can_make: bool  # environments
    can_install: bool  # into the environment that it is in

    @property
    def new_enough(self) -> bool:
        """Whether the course runs in it."""
        return self.version[:2] >= OLDEST

    def __str__(self) -> str:
        return "Python %s (%s)" % (".".join(map(str, self.version)), self.program)


def probe(program: str) -> Optional[Python]:
    """Start an interpreter and ask it what it is; None where it does not start."""
    try:
        answer = subprocess.run(
            [program, "-c", _PROBE],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=clean_environment(),
            check=True,
        ).stdout
        version, can_make, can_install = json.loads(answer.decode())
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None
    return Python(program, tuple(version), can_make, can_install)


def find_python(command: str) -> str:
    """Return a Python that can make the environment: this one, or else a newer one on the path.

    Raises
    ------
    Stop
        If there is none; says what to install.
    """
    minors = range(NEWEST[1], OLDEST[1] - 1, -1)
    names = ["python3.%d" % minor for minor in minors] + ["python3", "python"]
    programs = [sys.executable] + [path for path in map(shutil.which, names) if path]
    found = []  # type: List[Python]
    for program in programs:
        python = probe(program)
        if python and python.new_enough and python.can_make:
            if program != sys.executable and found:
                say("%s cannot be used. Using %s." % (found[0], python))
            return program
        if python:
            found.append(python)
    new_enough = [python for python in found if python.new_enough]
    if new_enough:
        raise Stop(_no_venv(new_enough[0], command))
    raise Stop(_too_old(found[0], command))


def _no_venv(python: Python, command: str) -> str:
    package = "python%d.%d-venv" % python.version[:2]
    if shutil.which("apt-get"):
        cure = "%sapt install %s" % ("" if is_root() else "sudo ", package)
    else:
        cure = "install the package %s of your system" % package
    said = "%s has no ensurepip, which makes environments. Type:\n  %s\n  %s"
    return said % (python, cure, typed(command))


def _too_old(python: Python, command: str) -> str:
    newest = "3.%d" % (NEWEST[1] - 1)
    if WINDOWS:
        cure = "  winget install Python.Python.%s\n  py -%s bootstrap.py %s"
        cure %= (newest, newest, command)
    else:
        again = "python%s bootstrap.py %s" % (newest, command)
        if typed(command).startswith("make"):
            again = "%s PYTHON=python%s" % (typed(command), newest)
        ways = (("brew", "brew install python@%s"), ("dnf", "sudo dnf install python%s"))
        way = next((how % newest for tool, how in ways if shutil.which(tool)), "")
        cure = "  %s\n  %s" % (way or "install it from https://www.python.org/downloads/", again)
    return "The course needs Python %d.%d or newer; this is %s. Type:\n%s\n%s" % (
        OLDEST[0],
        OLDEST[1],
        python,
        cure,
        "Or install uv (https://docs.astral.sh/uv/), which brings its own Python, and type: "
        + typed(command),
    )


def is_root() -> bool:
    """Say whether this runs with all rights."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def clean_environment() -> Dict[str, str]:
    """Return the variables without those that lead an installer to another place than .venv."""
    unwanted = re.compile(
        r"PYTHONHOME|PYTHONPATH|VIRTUAL_ENV|CONDA_PREFIX|__PYVENV_LAUNCHER__"
        r"|PIP_(USER|TARGET|PREFIX|ROOT|NO_DEPS|CONSTRAINT|REQUIREMENT|PYTHON|NO_INPUT)"
        r"|UV_(PYTHON|SYSTEM_PYTHON|PROJECT_ENVIRONMENT|NO_PROGRESS)"
    )
    kept = {key: value for key, value in os.environ.items() if not unwanted.fullmatch(key)}
    kept.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_ROOT_USER_ACTION="ignore", PYTHONUTF8="1")
    return kept


# --- The environment ----------------------------------------------------------------------------


class Environment:
    """The folder .venv, and what is known about it.

    Attributes
    ----------
    folder, python : Path
        Where it is, and its interpreter.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.scripts = self.folder / ("Scripts" if WINDOWS else "bin")
        self.python = self.scripts / ("python.exe" if WINDOWS else "python")
        self._note = self.folder / "bootstrap.json"

    def note(self) -> Dict:
        """Return what was written down when it was made; empty where nothing was."""
        try:
            content = json.loads(self._note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def write(self, **changes: object) -> None:
        """Write down what has changed."""
        content = dict(self.note(), folder=str(self.folder), **changes)
        fresh = self._note.with_suffix(".new")
        fresh.write_text(json.dumps(content, indent=1), encoding="utf-8")
        os.replace(str(fresh), str(self._note))

    def refuse_what_is_not_ours(self, command: str) -> None:
        """Raise Stop where .venv is something that must not be replaced."""
        if not self.folder.exists() and not self.folder.is_symlink():
            return
        known = ("pyvenv.cfg", self._note.name, "bin", "Scripts")
        is_folder = self.folder.is_dir()
        if is_folder and (
            any((self.folder / name).exists() for name in known) or not any(self.folder.iterdir())
        ):
            return
        said = "%s is not an environment. Rename it or move it away, then type: %s"
        raise Stop(said % (self.folder, typed(command)))

    def defect(self) -> str:
        """Return why it must be made anew, as a sentence; empty where it need not."""
        if self.note().get("unfinished"):
            return "An earlier set-up was broken off."
        python = probe(str(self.python))
        if python is None:
            return "The Python in .venv does not start."
        if not python.new_enough:
            return "The environment has %s." % (python,)
        if not python.can_install:
            return "The environment has no pip."
        if WINDOWS and self.moved:
            return "The folder has moved."
        return ""

    @property
    def moved(self) -> bool:
        """Whether it was made in another place than where it is now."""
        return self.note().get("folder", str(self.folder)) != str(self.folder)

    def follow_the_move(self) -> None:
        """Let what holds the old place name the new one: programs, and the course's entry."""
        old = self.note()["folder"]
        old_root, new_root = str(Path(old).parent), str(self.root)
        for script in self.scripts.iterdir():
            if script.is_file() and not script.is_symlink():
                readdress(script, old, self)
        for entry in self.folder.glob("lib/python*/site-packages/*.pth"):
            lines = entry.read_text(encoding="utf-8").split("\n")
            moved = [new_root + x[len(old_root) :] if x.startswith(old_root) else x for x in lines]
            entry.write_text("\n".join(moved), encoding="utf-8")
        self.write()

    def installed(self) -> int:
        """Count the packages that are in it."""
        places = ("lib/python*/site-packages", "Lib/site-packages")
        return sum(1 for place in places for _ in self.folder.glob(place + "/*.dist-info"))

    def remove(self) -> None:
        """Delete it."""
        if self.folder.is_symlink():
            self.folder.unlink()
        elif self.folder.exists():
            shutil.rmtree(str(self.folder))


_SHEBANG = re.compile(r"#!(/bin/sh\n'''exec' .*\n' '''|.*)\n")


def readdress(script: Path, old: str, environment: Environment) -> None:
    """Give a program in bin/ the new place of its interpreter."""
    try:
        text = script.read_text(encoding="utf-8")
    except ValueError:
        return  # a compiled program
    shebang = _SHEBANG.match(text)
    if shebang and old in shebang.group():
        python = str(environment.python)
        line = "#!%s\n" % python
        if " " in python or len(line) > 127:  # the same way around the kernel's limits as pip's
            line = "#!/bin/sh\n'''exec' \"%s\" \"$0\" \"$@\"\n' '''\n" % python
        text = line + text[shebang.end() :]
    elif script.name.lower().startswith("activate"):
        text = text.replace(old, str(environment.folder))
    else:
        return
    script.write_text(text, encoding="utf-8")


# --- Making it ----------------------------------------------------------------------------------


_STUDENTS_COURSE = (
    "This is the course for students: it has no tests, and no %s. Clone the repository that "
    "README.md names, and there type: %s"
)


def prepare(environment: Environment, tests: bool, command: str) -> None:
    """Bring the environment to what the course needs now.

    Raises
    ------
    Stop
        If that is not possible; the message says what to type.
    """
    wanted = TESTS if tests else LAB
    if not (environment.root / wanted).exists():
        raise Stop(_STUDENTS_COURSE % (wanted, typed(command)))
    environment.refuse_what_is_not_ours(command)
    defect = environment.defect() if environment.folder.exists() else ""
    if defect:
        say("%s Making it anew." % defect)
        environment.remove()
    fresh = not environment.folder.exists()
    python = find_python(command) if fresh and not shutil.which("uv") else ""
    known = environment.note().get("installed", {})
    files = [wanted, COURSE]
    if wanted in known:
        if environment.moved:
            say("The folder has moved. Its environment follows.")
            environment.follow_the_move()
        if all(known.get(name) == fingerprint(environment.root / name) for name in files):
            return
        say("What the course needs has changed since the last time. Bringing it up to date.")
    else:
        _announce(environment, wanted, known, command)
    if fresh:
        make(environment, python, command)
    try:
        install(environment, wanted)
    except Failed as failure:
        _after_failure(str(failure), wanted in known, environment, command)


def _announce(environment: Environment, wanted: str, known: Dict, command: str) -> None:
    """Say what a first set-up takes, and stop where there is no room for it."""
    cost, spent = COSTS[wanted], COSTS[LAB] if LAB in known else Cost(0, 0, "")
    load, disk = cost.load - spent.load, cost.disk - spent.disk
    free = shutil.disk_usage(str(environment.root)).free // 1_000_000
    if free < disk:
        said = "The course needs %d MB of disk, and %d are free. Make room, then type: %s"
        raise Stop(said % (disk, free, typed(command)))
    said = "Setting up: about %d MB to load, %d MB on disk, %s minutes. Once only."
    say(said % (load, disk, cost.minutes))


def _after_failure(printed: str, usable: bool, environment: Environment, command: str) -> None:
    """Go on with what is there, where that is enough; else say what to do."""
    unfinished = environment.note().get("unfinished")
    if usable and not unfinished and NO_NETWORK.search(printed):
        say("No network. Going on with the packages that are here.")
        return
    log = environment.folder / "bootstrap.log"
    log.write_text(printed, encoding="utf-8", errors="replace")
    again = typed(command)
    if "No space left" in printed or "not enough space" in printed:
        raise Stop("The disk is full. Make room, then type: %s" % again)
    if NO_NETWORK.search(printed):
        said = "The packages could not be loaded: there is no network, or a proxy is missing.\n"
        said += "Connect to the internet, then type: %s\n(What the installer said is in %s)"
        raise Stop(said % (again, log))
    lines = printed.strip().split("\n")
    errors = [line for line in lines if re.match(r"\s*error\b", line, re.I)] or lines[-8:]
    said = "The packages could not be installed. The installer said:\n%s\n"
    said += "The whole report is in %s"
    raise Stop(said % ("\n".join("  " + line.strip() for line in errors[-8:]), log))


NO_NETWORK = re.compile(
    r"connection|timed out|name resolution|name or service|getaddrinfo|failed to fetch"
    r"|error sending request|dns error|network is unreachable|proxyerror|sslerror"
    r"|from versions: none",  # what pip says where an index does not answer at once
    re.I,
)


def fingerprint(path: Path) -> str:
    """Return a short name of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def make(environment: Environment, python: str, command: str) -> None:
    """Make the environment, with pip and nothing else, so that %pip works in a notebook.

    With uv, where there is one; it finds a Python by itself.

    Raises
    ------
    Stop
        If no Python here can.
    """
    uv = shutil.which("uv")
    environment.folder.mkdir()
    environment.write(unfinished=True)
    if uv:
        request = sys.executable if sys.version_info[:2] >= OLDEST else ">=%d.%d" % OLDEST
        order = [uv, "venv", "--seed", "--allow-existing", "--python", request]
        try:
            run([*order, str(environment.folder)], ignore)
        except Failed as failure:
            say("uv could not make the environment (%s). Using pip." % last_line(failure))
            python = find_python(command)
    if python:
        try:
            run([python, "-m", "venv", str(environment.folder)], ignore)
        except Failed as failure:
            raise Stop("%s could not make an environment:\n%s" % (python, failure)) from None
    environment.write(unfinished=False)


def ignore(line: str) -> None:
    """Hear nothing."""


def install(environment: Environment, wanted: str) -> None:
    """Install the locked packages, then the course itself.

    The course is not among the locked packages: a folder has no hash.

    Raises
    ------
    Failed
        If the installer gives up.
    """
    packages = ["--require-hashes", "--no-deps", "-r", str(environment.root / wanted)]
    itself = ["--no-deps", "--no-build-isolation", "-e", str(environment.root)]
    progress = Progress(count(environment.root / wanted), environment.installed)

    def listen(line: str) -> None:
        if _BEGINS.match(line):
            environment.write(unfinished=True)  # broken off from here on, it is no good
        progress.hear(line)

    try:
        for what in (packages, itself):
            _with_any_installer(environment, what, listen)
    finally:
        progress.end()
    files = {wanted, LAB, COURSE}  # the tests' packages are the course's and more
    installed = {name: fingerprint(environment.root / name) for name in files}
    before = environment.note().get("installed", {})
    environment.write(installed=dict(before, **installed), unfinished=False)


_BEGINS = re.compile(r"Installing collected packages|Prepared \d+|Uninstalled \d+|Installed \d+")


def _with_any_installer(
    environment: Environment, what: List[str], listen: Callable[[str], None]
) -> None:
    """Install with uv where there is one; with pip where there is none or it gives up."""
    python, uv = str(environment.python), shutil.which("uv")
    if uv:
        try:
            run([uv, "pip", "install", "--python", python, *what], listen)
            return
        except Failed as failure:
            say("uv gave up (%s). Trying pip." % last_line(failure))
    run([python, "-m", "pip", "install", "--no-input", *what], listen)


def last_line(failure: Failed) -> str:
    """Return the last thing that a program said."""
    return (str(failure).strip() or "no message").split("\n")[-1].strip()


def run(command: Sequence[str], listen: Callable[[str], None]) -> None:
    """Run a program; call `listen` with each line it prints, and with "" once a second.

    Raises
    ------
    Failed
        If it fails; holds all that it printed.
    """
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=clean_environment(),
    )
    lines = queue.Queue()  # type: queue.Queue

    def read() -> None:
        with child.stdout:
            for line in child.stdout:
                lines.put(line.decode("utf-8", "replace").rstrip())
        lines.put(None)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    printed = []  # type: List[str]
    try:
        while True:
            try:
                line = lines.get(timeout=1)
            except queue.Empty:
                listen("")
                continue
            if line is None:
                break
            printed.append(line)
            listen(line)
    except BaseException:
        child.terminate()
        child.wait()
        reader.join(timeout=1)  # not longer: a child of its own may keep the pipe open
        while not lines.empty():  # what it did before it ended
            listen(lines.get() or "")
        raise
    if child.wait():
        raise Failed("\n".join(printed))


def count(requirements: Path) -> int:
    """Return how many of the locked packages this machine needs."""
    lines = requirements.read_text(encoding="utf-8").split("\n")
    only = re.compile(r"sys_platform == '(\w+)'")
    wanted = [line for line in lines if re.match(r"[\w.\[\]-]+==", line)]
    return sum(sys.platform in (only.findall(line) or [sys.platform]) for line in wanted)


class Progress:
    """One line that says how far it is; on a terminal it is written over, elsewhere it is rare."""

    SECONDS_BETWEEN_LINES = 15

    def __init__(self, packages: int, installed: Callable[[], int]) -> None:
        self._packages, self._installed = packages, installed
        self._seen, self._loaded, self._installing = 0, 0.0, False
        self._start = self._last = time.monotonic()
        self._terminal = sys.stdout.isatty()
        self._shown = ""

    def hear(self, line: str) -> None:
        """Take in a line of pip's or uv's, or none."""
        self._seen += bool(_NEXT.match(line))
        size = _SIZE.search(line)
        if size and not size.group(1).endswith(".metadata"):
            self._loaded += float(size.group(2)) * _MEGABYTES[size.group(3).upper()]
        if _BEGINS.match(line):
            self._installing = True
        if "Retrying" in line:
            self._show("no answer from the network, trying again")
        elif self._terminal or time.monotonic() - self._last >= self.SECONDS_BETWEEN_LINES:
            self._show(self._text())

    def _text(self) -> str:
        done = self._installed() if self._installing else self._seen
        doing = "installing" if self._installing else "loading"
        done = min(done, self._packages)
        return "%s: %d of %d packages, %d MB" % (doing, done, self._packages, self._loaded)

    def _show(self, text: str) -> None:
        self._last = time.monotonic()
        seconds = int(self._last - self._start)
        text = "  %d:%02d  %s" % (seconds // 60, seconds % 60, text)
        if self._terminal:
            print("\r" + text.ljust(len(self._shown)), end="", flush=True)
        else:
            say(text)
        self._shown = text

    def end(self) -> None:
        """Leave the line."""
        if self._terminal and self._shown:
            print(flush=True)
        elif self._shown:
            self._show(self._text())  # of the rare lines, the last says all of it


_NEXT = re.compile("Collecting |Requirement already satisfied: | *Downloaded ")
_SIZE = re.compile(r"(?:Downloading|Using cached) (\S+) \(([\d.]+) ?([kKMG])i?B\)")
_MEGABYTES = {"K": 1e-3, "M": 1.0, "G": 1e3}


# --- The command --------------------------------------------------------------------------------

COMMANDS = {
    "lab": "open the course in JupyterLab",
    "notebook": "open the course in Jupyter Notebook",
    "desk": "open the instructor's desk: sources, Formgrader",
    "environment": "only set up what the course needs",
    "test-environment": "only set up what the tests need",
}


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Run the command; return the exit status."""
    listing = "\n".join("  %-18s%s" % pair for pair in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="bootstrap.py",
        description="Set the course up, and open it.\n\n" + listing,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=list(COMMANDS), metavar="COMMAND")
    parser.add_argument("handed_on", nargs=argparse.REMAINDER, help="options for Jupyter")
    options = parser.parse_args(arguments)
    environment = Environment(ROOT)
    try:
        prepare(environment, options.command == "test-environment", options.command)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. To go on, type: %s" % typed(options.command), file=sys.stderr)
        return 130
    except PermissionError as error:
        print(_refused(environment, error, options.command), file=sys.stderr)
        return 1
    except OSError as error:
        print("%s. Mend that, then type: %s" % (error, typed(options.command)), file=sys.stderr)
        return 1
    if options.command.endswith("environment"):
        return 0
    desk = [str(environment.python), "-m", "helpers.desk", options.command]
    return start([*desk, *options.handed_on])


def _refused(environment: Environment, error: PermissionError, command: str) -> str:
    """Say why a file may not be written, and what to do."""
    again = typed(command)
    if not environment.folder.exists():
        return "You may not write in %s. Copy it to a folder of your own, and there type: %s" % (
            environment.root,
            again,
        )
    if WINDOWS:
        return "%s is in use. Close Jupyter and its windows, then type: %s" % (
            error.filename,
            again,
        )
    said = "%s may not be written: it belongs to somebody else. Was it made with sudo? Type:\n"
    return (said + "  sudo rm -rf '%s'\n  %s") % (error.filename, environment.folder, again)


def start(command: List[str]) -> int:
    """Become another program; on Windows, which cannot do that, wait for it."""
    if WINDOWS:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is Jupyter's to answer
        return subprocess.call(command, cwd=str(ROOT), env=clean_environment())
    os.chdir(str(ROOT))
    return os.execve(command[0], command, clean_environment())


if __name__ == "__main__":
    sys.exit(main())
