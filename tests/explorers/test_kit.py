"""What every explorer is made of, in Python and in JavaScript."""

import math
import re
import subprocess
import sys
import zipfile

import numpy as np
import pytest

from helpers.explorers.explorer import Explorer, joined, plain
from helpers.figures import canvas, number, small
from helpers.figures.base import Picture, scientific
from helpers.figures.colors import COLORS, style

from . import javascript

pytestmark = pytest.mark.tier("check")


def values():
    """Return numbers of every size, and many on the edge between two roundings."""
    rng = np.random.default_rng(0)
    sizes = rng.standard_normal(2000) * 10.0 ** rng.integers(-12, 25, 2000)
    near_ties = rng.integers(-3000, 3000, 2000) / 1000
    ties = np.arange(-400, 400) / 16
    return [0.0, -0.0, 1.165, math.inf, -math.inf, math.nan, *sizes, *near_ties, *ties]


@pytest.mark.needs("node")
@pytest.mark.parametrize("decimals", [0, 1, 2, 3, 6])
def test_javascript_writes_numbers_as_python_does(decimals):
    calls = [(float(value), decimals) for value in values()]
    assert javascript.call("kit", "number", calls) == [number(*one) for one in calls]


@pytest.mark.needs("node")
@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_javascript_writes_powers_of_ten_as_python_does(decimals):
    calls = [(float(value), decimals) for value in values() if math.isfinite(value)]
    assert javascript.call("kit", "scientific", calls) == [scientific(*one) for one in calls]


@pytest.mark.needs("node")
def test_javascript_writes_small_numbers_as_python_does():
    calls = [(float(value), 3) for value in values()]
    assert javascript.call("kit", "small", calls) == [small(*one) for one in calls]


@pytest.mark.needs("node")
@pytest.mark.parametrize("name", javascript.NAMES)
def test_joined_modules_are_one_module(name, tmp_path):
    path = tmp_path / "joined.mjs"
    path.write_text(joined(name))
    subprocess.run(["node", "--check", path], check=True)
    assert "import " not in joined(name)
    assert "export " not in joined(name)
    assert "</script" not in joined(name)


def made(**changed):
    fig, ax = canvas()
    ax.plot([0, 1])
    given = {"module": "perceptron", "title": "Test", "still": Picture(fig, "A line."), "data": {}}
    return Explorer(**{**given, **changed})


def test_data_comes_with_six_digits_and_holes_where_it_overflows():
    data = {
        "a": np.array([[1 / 3, math.inf]]),
        "b": (1, 2.0, None, True, "x"),
        "c": np.float64(1e-9),
    }
    found = made(data=data).data
    assert found == {
        "title": "Test",
        "a": [[0.333333, None]],
        "b": [1, 2.0, None, True, "x"],
        "c": 1e-9,
    }


@pytest.mark.parametrize("value", [object(), {1, 2}, 1j, b"x", [lambda: 0]])
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(ValueError, match="data must be made of"):
        plain(value)


def test_a_module_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match=r"module must name a file .* no nothing\.mjs"):
        made(module="nothing")


def test_texts_cannot_leave_their_place():
    page = made(title="<b>'&\"</b>", data={"said": "</script>'><img src=x onerror=alert(1)>"})
    found = page._repr_html_()
    assert "<b>" not in found
    assert found.count("<img") == 1
    assert found.count("</script>") == 1
    assert "onerror=alert(1)&gt;" in found


def test_other_code_is_another_element(monkeypatch):
    first = made()
    monkeypatch.setattr(first, "_code", first._code + "// changed")
    assert first.element != made().element
    assert first.element.startswith("bbh-perceptron-")


def luminance(color):
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


def contrast(one, other):
    """Compute the contrast of two colors, as WCAG 2 does: 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("names", "least"),
    [(("ink", "gray", "plus", "minus"), 4.5), (("zero", "one", "focus", "first", "fourth"), 3.0)],
)
def test_colors_can_be_told_from_the_page(theme, names, least):
    paper = COLORS["paper"][theme]
    assert all(contrast(COLORS[name][theme], paper) >= least for name in names)
    assert contrast(COLORS["ink"][theme], COLORS["ones"][theme]) >= 7


def test_signs_and_classes_have_colors_of_their_own():
    for theme in (0, 1):
        pairs = {COLORS[name][theme] for name in ("zero", "one", "plus", "minus")}
        assert len(pairs) == 4


def test_every_color_that_is_drawn_is_in_the_table():
    for path in [*javascript.FOLDER.glob("*.mjs"), javascript.FOLDER / "kit.css"]:
        source = path.read_text()
        assert set(re.findall(r"var\(--([a-z-]+)\)", source)) <= set(COLORS), path.name
        assert not re.search(r"#[0-9a-fA-F]{6}\b", source), f"{path.name} has a color of its own"
    assert style("x").count("--ink:") == 3


def test_the_wheel_carries_the_modules(tmp_path):
    """Build the wheel as pip does, with the build's own program."""
    code = "import sys, hatchling.build as build; print(build.build_wheel(sys.argv[1]))"
    root = javascript.FOLDER.parents[1]
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path], cwd=root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    files = [*javascript.FOLDER.glob("*.mjs"), javascript.FOLDER / "kit.css"]
    assert {str(path.relative_to(root)) for path in files} <= names
