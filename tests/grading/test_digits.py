"""NumPy computes the same, to the last digit, on both sides of the wall."""

import os
import subprocess
import sys
from functools import cache

import pytest

from .course_directory import REPOSITORY, needs_wall

pytestmark = [needs_wall, pytest.mark.tier("test"), pytest.mark.xdist_group("digits")]
COMPUTE = """
import hashlib, numpy as np
rng = np.random.default_rng(1)
A, B = rng.normal(size=(2, 50, 70, 90))
found = A @ B.transpose(0, 2, 1), np.exp(A), np.tanh(B), A.ravel() @ B.ravel()
print(hashlib.sha256(b"".join(np.ascontiguousarray(one).tobytes() for one in found)).hexdigest())
"""
BOTH = f"""
from helpers.course.grading.digits import compute_as_inside
from helpers.course.grading.sandbox import Sandbox
from helpers.course.grading.session import Session

code = {COMPUTE!r}
with Sandbox(slot=720) as sandbox, sandbox.submission() as inmate:
    print(Session(inmate.channel, inmate.end).run(1, code, 60)[0]["text"].strip())
compute_as_inside()
exec(code)
"""
SETTINGS = {
    "nothing": {},
    "old processor": {"OPENBLAS_CORETYPE": "Prescott"},
    "other processor": {"OPENBLAS_CORETYPE": "Haswell"},
    "two threads": {"OPENBLAS_NUM_THREADS": "2"},
    "plain NumPy": {"NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX"},
}
SOME = ["nothing", "old processor", "plain NumPy"]


@cache
def computed(name):
    """What comes of it inside and outside, in a new process."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENBLAS", "OMP", "NPY"))}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BOTH],
        env={**kept, "PYTHONPATH": str(REPOSITORY), **SETTINGS[name]},
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(done.stdout.split())


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in SOME else pytest.mark.tier("full"))
        for name in SETTINGS
    ],
)
def test_last_digits_agree(name):
    inside, outside = computed(name)
    assert inside == outside


def test_the_settings_make_a_difference():
    """Or the test above could not fail."""
    assert len(set(map(computed, SOME))) > 1
