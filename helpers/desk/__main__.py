"""Open the course: ``python -m helpers.desk lab``, ``notebook`` or ``desk``.

Options are handed on to Jupyter.
"""

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from jupyter_core.paths import jupyter_config_path

from helpers.desk import settings

PROGRAMS = {"lab": "jupyterlab", "notebook": "notebook", "desk": "jupyterlab"}
AS_ROOT = "You are root, so whatever a notebook does, it does with all rights."


def command(kind: str, course: Path, options: Sequence[str]) -> list[str]:
    """Return what opens the course for students, or for instructors (``desk``)."""
    root_dir = course if kind == "desk" else course / "notebooks"
    said = [sys.executable, "-m", PROGRAMS[kind], f"--ServerApp.root_dir={root_dir}"]
    return [*said, *(["--allow-root"] if is_root() else []), *codespace(), *options]


def environment(kind: str, course: Path) -> dict[str, str]:
    """Return the variables that lead Jupyter to the course's settings.

    nbgrader calls a program called ``alembic`` from the path.
    """
    ours = settings(student=kind != "desk", exchange=has_exchange(course))
    own = os.environ.get("JUPYTER_CONFIG_PATH")
    path = os.pathsep.join([*map(str, ours), *([own] if own else [])])
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "JUPYTER_CONFIG_PATH": path, "PATH": programs}


def has_exchange(course: Path) -> bool:
    """Say whether there is a folder through which files go between students and instructors.

    Its place is read from the line that docs/instructors.md asks for, without running the file.
    """
    root = NBGRADERS_EXCHANGE
    for folder in (*reversed(jupyter_config_path()), course):
        config = Path(folder) / "nbgrader_config.py"
        if config.is_file():
            text = config.read_text(encoding="utf-8", errors="replace")
            root = (EXCHANGE.findall(text) or [root])[-1]
    return Path(root).is_dir()


NBGRADERS_EXCHANGE = "/usr/local/share/nbgrader/exchange"
EXCHANGE = re.compile(r"""^c\.Exchange\.root *= *["'](.+?)["']""", re.M)


def codespace() -> list[str]:
    """Return what a GitHub codespace needs: its pages come from an address of GitHub's."""
    name = os.environ.get("CODESPACE_NAME")
    domain = os.environ.get("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN")
    if not name or not domain:
        return []
    origin = f"https://{name}-{CODESPACE_PORT}.{domain}"
    port = (f"--port={CODESPACE_PORT}", "--ServerApp.port_retries=0")
    return ["--no-browser", *port, f"--ServerApp.allow_origin={origin}"]


CODESPACE_PORT = 8888


def is_root() -> bool:
    """Say whether this runs with all rights."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def main(arguments: Sequence[str]) -> int:
    """Become Jupyter."""
    kind, *options = arguments
    course = Path.cwd()
    if is_root():
        print(AS_ROOT, file=sys.stderr, flush=True)
    return os.execve(sys.executable, command(kind, course, options), environment(kind, course))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
