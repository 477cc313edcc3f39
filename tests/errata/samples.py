"""The walkthroughs' code samples, run: each in order and alone, and read by pyflakes' rules.

Nothing of a sample is kept here. It is read from the walkthrough, where that is at hand, and runs
in a process of its own, in a folder that goes away.
"""

import ast
import json
import os
import re
import subprocess
import sys
import tempfile
from functools import cache

import matplotlib

from ..waiting import HANGS
from ..walkthroughs import cells

RUFF = (sys.executable, "-m", "ruff", "check", "--isolated", "--select=F,B007")
RUNNER = """
import contextlib, io, json, sys, warnings

warnings.simplefilter("default")
cells, alone = json.load(sys.stdin)
names, results = {"__name__": "__main__"}, []
for cell in cells:
    if alone:
        names = {"__name__": "__main__"}
    functions = {name for name, value in names.items() if callable(value)}
    outcome, printed = None, io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            exec(compile(cell, "cell", "exec"), names)
        except Exception as error:
            outcome = f"{type(error).__name__}: {error}"
    lost = sorted(name for name in functions if not callable(names[name]))
    results.append({"error": outcome, "printed": printed.getvalue(), "lost": lost})
print(json.dumps(results))
"""


@cache
def run(letter, alone=False, python=sys.executable):
    """Run a walkthrough's cells, in order or each alone; return what came of each.

    ``error`` is what stopped it, ``printed`` what it printed, and ``lost`` names the functions of
    earlier cells that are none any more.
    """
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [python, "-c", RUNNER],
            input=json.dumps([cells(letter), alone]),
            env=os.environ | {"MPLBACKEND": "Agg", "MPLCONFIGDIR": matplotlib.get_cachedir()},
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=HANGS,
            check=True,
        )
    return json.loads(done.stdout)


def can_run(outcome):
    """Whether a cell ran, or wants nothing but a package that is not installed."""
    return not outcome["error"] or outcome["error"].startswith("ModuleNotFoundError")


@cache
def lint(letter):
    """Return pyflakes' findings, as ruff's rules and what they name: ``F401 numpy``.

    The cells are read together, as they run in order; for unused imports also each alone.
    """
    pieces = cells(letter)
    findings = [f for code in ["\n".join(pieces), *pieces] for f in _ruff(code)]
    alone = {f for f in findings if f.startswith("F401")}
    return sorted(alone | set(_ruff("\n".join(pieces))))


def _ruff(code):
    done = subprocess.run(
        [*RUFF, "--output-format=json", "--stdin-filename=cells.py", "-"],
        input=code,
        capture_output=True,
        text=True,
        timeout=HANGS,
    )
    found = [f for f in json.loads(done.stdout) if re.fullmatch(r"[FB]\d+", f["code"] or "")]
    return [" ".join([f["code"], *re.findall("`(.+?)`", f["message"])[:1]]) for f in found]


def defaults(letter):
    """Return the default arguments of a walkthrough's functions: ``function.argument=value``."""
    found = []
    for cell in cells(letter):
        try:
            tree = ast.parse(cell)
        except SyntaxError:
            continue  # the row that names it says so
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                arguments, values = function.args.args, function.args.defaults
                for argument, value in zip(arguments[::-1], values[::-1], strict=False):
                    found.append(f"{function.name}.{argument.arg}={ast.unparse(value)}")
    return found
