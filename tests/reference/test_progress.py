import io
import sys
import types

import numpy as np
import pytest

from helpers.reference import Network, progress, xor

pytestmark = pytest.mark.tier("check")


@pytest.fixture
def slow_clock(monkeypatch):
    """A clock on which every look takes a second."""
    ticks = iter(range(10_000))
    monkeypatch.setattr(progress.time, "perf_counter", lambda: float(next(ticks)))


def test_a_long_run_shows_a_bar_on_stdout_and_wipes_it(slow_clock, capsys):
    X, y = xor()
    Network((2, 2, 1), rng=0, epochs=10).fit(X, y, progress=True)
    out, err = capsys.readouterr()
    assert err == ""
    assert "%" in out
    assert "left" in out
    frames = out.split("\r")
    assert frames[-1] == ""
    assert frames[-2].strip() == ""
    assert len({len(frame) for frame in frames[1:-1]}) == 1  # nothing of a frame stays behind


def test_a_run_that_stops_early_wipes_its_bar_too(slow_clock, capsys):
    for epoch in progress.track(100, show=True):
        if epoch == 5:
            break
    out, _ = capsys.readouterr()
    assert out.split("\r")[-2].strip() == ""


def test_a_short_run_shows_nothing(capsys):
    X, y = xor()
    Network((2, 2, 1), rng=0, epochs=10).fit(X, y, progress=True)
    assert capsys.readouterr() == ("", "")


def test_nobody_watching_nothing_shown(slow_clock, capsys):
    X, y = xor()
    Network((2, 2, 1), rng=0, epochs=10).fit(X, y)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("answers", [True, False])
def test_a_kernel_shows_a_bar_only_to_a_front_end_that_takes_input(monkeypatch, answers):
    IPython = pytest.importorskip("IPython")
    kernel = types.SimpleNamespace(_allow_stdin=answers)
    monkeypatch.setitem(sys.modules, "ipykernel", types.ModuleType("ipykernel"))
    monkeypatch.setattr(IPython, "get_ipython", lambda: types.SimpleNamespace(kernel=kernel))
    assert progress.someone_watches() is answers


def test_a_terminal_shows_a_bar_and_a_pipe_does_not(monkeypatch):
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    for answer in (True, False):
        stream = io.StringIO()
        stream.isatty = lambda answer=answer: answer
        monkeypatch.setattr(sys, "stdout", stream)
        assert progress.someone_watches() is answer


def test_the_bar_does_not_change_the_run(slow_clock, capsys):
    X, y = xor()
    a = Network((2, 3, 1), rng=0, epochs=9).fit(X, y, progress=True)
    b = Network((2, 3, 1), rng=0, epochs=9).fit(X, y, progress=False)
    assert a.history_ == b.history_
    assert np.array_equal(a.layers_[0][0], b.layers_[0][0])
