"""Ctrl-C is never lost, and never cuts through what is being written."""

import os
import signal

import pytest

from helpers.course.grading.interrupts import Interrupts

pytestmark = pytest.mark.tier("check")


def ctrl_c():
    os.kill(os.getpid(), signal.SIGINT)


def held(interrupts, times):
    """Write something, while Ctrl-C is typed so often; return what was written."""
    done = []

    def write():
        with interrupts.held():
            for _ in range(times):
                ctrl_c()
            done.append("whole")

    with interrupts.heard(), pytest.raises(KeyboardInterrupt):
        write()
    return done


def test_what_is_held_is_done_whole():
    assert held(Interrupts(), 1) == ["whole"]


def test_a_second_one_ends_what_is_held():
    assert held(Interrupts(), 2) == []


def test_what_python_swallows_is_raised_again(monkeypatch):
    class Finalized:
        def __del__(self):
            ctrl_c()

    swallowed = []
    monkeypatch.setattr("sys.unraisablehook", lambda hook: swallowed.append(hook.exc_type))
    interrupts = Interrupts()
    with interrupts.heard():
        Finalized()
        assert swallowed == [KeyboardInterrupt]
        with pytest.raises(KeyboardInterrupt):
            interrupts.stop_if_asked()


def test_nothing_stops_where_nothing_was_asked():
    before = signal.getsignal(signal.SIGINT)
    interrupts = Interrupts()
    with interrupts.heard(), interrupts.held():
        pass
    interrupts.stop_if_asked()
    assert signal.getsignal(signal.SIGINT) == before
