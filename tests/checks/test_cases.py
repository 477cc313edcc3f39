"""Cases are the same on every processor, but for the last digits of what was computed."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.tier("test")

PRINT = """
import json
import numpy as np
from helpers.checks import exercises
from helpers.checks.exercise import OPEN_SEED

np.set_printoptions(precision=6, suppress=True)
text = lambda case: "".join(repr(tuple(case)).split()).replace("-0.", "0.")
seeds = (OPEN_SEED, 1, 2, 3)
cases = {
    name: [text(case) for seed in seeds for case in exercise.cases(np.random.default_rng(seed))]
    for name, exercise in exercises().items()
}
print(json.dumps(cases))
"""


def on(core):
    """Make cases with the products of a processor; without a name, of the one that is here."""
    environment = {**os.environ, "OPENBLAS_CORETYPE": core}
    command = [sys.executable, "-c", PRINT]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_cases_are_the_same_on_another_processor():
    one, other = on(""), on("Nehalem")  # an old one; where it is not OpenBLAS, the same
    assert {name for name in one if one[name] != other[name]} == set()
