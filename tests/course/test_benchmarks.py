"""A benchmark says nothing of what it has not measured."""

import importlib.util

import pytest

from .small_course import REPOSITORY

pytestmark = pytest.mark.tier("check")


@pytest.fixture
def speed():
    path = REPOSITORY / "benchmarks" / "training_speed.py"
    spec = importlib.util.spec_from_file_location("training_speed", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("ratios", "said"),
    [
        ([2.0, 0.9, 1.1, 0.8, 0.5], "PyTorch (float64) is faster from width 64 on"),
        ([0.9, 0.8, 0.9, 0.8, 0.5], "PyTorch (float64) is faster from width 8 on"),
        ([2.0, 0.9, 0.8, 0.7, 1.0], "PyTorch (float64) is faster at no width tried"),
        ([None] * 5, None),
    ],
)
def test_it_says_where_pytorch_is_faster_if_that_was_measured(speed, ratios, said):
    found = speed.overtaken(dict(zip((8, 16, 32, 64, 128), ratios, strict=True)))
    assert (f"PyTorch (float64) is faster {found}" if found else None) == said


def test_without_pytorch_nothing_is_said_of_its_speed(speed, monkeypatch, capsys):
    monkeypatch.setattr(speed, "installed", lambda name: False)
    monkeypatch.setattr(speed, "reference", lambda layers, *rest: (1.0, layers))
    speed.against_the_others(epochs=1, rounds=1)
    speed.growth(quick=True)
    said = [line for line in capsys.readouterr().out.splitlines() if "PyTorch" in line]
    assert said == ["PyTorch is not installed, so nothing is said of it."]
