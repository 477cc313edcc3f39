"""Checks as a student meets them: in IPython, and once in a real kernel."""

import re

import nbformat
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient

from helpers import check as course_check
from helpers.checks import exercises, notebook
from helpers.checks.messages import without_color
from helpers.checks.notebook import CheckFailed

pytestmark = pytest.mark.tier("test")

RIGHT = "def weighted_sum(x, w, b):\n    return x @ w + b"
WRONG = "def weighted_sum(x, w, b):\n    return x @ w"


@pytest.fixture(scope="module")
def one_shell():
    shell = InteractiveShell.instance(colors="nocolor")
    shell.history_manager.enabled = False
    shell.history_manager.end_session()
    notebook.explain_missing_names()
    yield shell
    InteractiveShell.clear_instance()


@pytest.fixture
def run(one_shell, capfd):
    """Run cells one after the other; return the last result, its output and stderr."""
    one_shell.reset(new_session=True)
    one_shell.run_cell("from helpers import check")

    def run(*cells):
        for source in cells:
            capfd.readouterr()
            result = one_shell.run_cell(source, store_history=True)
        out, err = capfd.readouterr()
        assert err == ""
        return result, without_color(out)

    return run


def test_right_prints_and_returns_none(run):
    result, out = run(RIGHT, "check.weighted_sum(weighted_sum)")
    assert result.success
    assert result.result is None
    assert out == "✓ Right · 1.1 weighted_sum · 7 calls checked\n"


def test_wrong_shows_the_message_and_nothing_else(run):
    result, out = run(WRONG, "check.weighted_sum(weighted_sum)")
    assert isinstance(result.error_in_exec, CheckFailed)
    lines = out.strip().split("\n")
    assert lines[0] == "✗ Wrong · 1.1 weighted_sum"
    assert lines[-2:] == [
        "  stuck?        Run check.weighted_sum.hints() and open one hint at a",
        "                time.",
    ]
    assert "Traceback" not in out
    assert ".py" not in out


def test_hidden_checks_are_silent_where_they_pass(run):
    result, out = run(RIGHT, "check.weighted_sum(weighted_sum, hidden=3)")
    assert result.success
    assert out == ""


def test_hidden_checks_tell_no_numbers(run):
    result, out = run(WRONG, "check.weighted_sum(weighted_sum, hidden=3)")
    assert isinstance(result.error_in_exec, CheckFailed)
    assert "got " not in out
    assert "The bias is missing." in out


def test_crash_shows_the_students_line(run):
    _, out = run(
        "def weighted_sum(x, w, b):\n    z = x @ u\n    return z",
        "check.weighted_sum(weighted_sum)",
    )
    assert "your line     line 2: z = x @ u" in out
    assert "error         NameError: name 'u' is not defined" in out


def test_a_check_before_its_answer_is_not_started(run):
    result, out = run("check.weighted_sum(weighted_sum)")
    assert isinstance(result.error_in_exec, NameError)
    assert out.startswith("○ Not started · 1.1 weighted_sum\n")
    assert "Traceback" not in out


def test_a_check_before_its_answer_with_hidden_cases_is_not_started(run):
    _, out = run("check.step(step)\ncheck.step(step, hidden=3)")
    assert out.startswith("○ Not started · 1.2 step\n")


def test_a_check_of_a_misspelled_answer_says_so(run):
    _, out = run("def steps(z):\n    return z", "check.step(step)")
    assert out.startswith("○ Not started · 1.2 step\n")
    said = " ".join(out.split())
    assert "There is no step yet, but there is steps. Give it the name step." in said


@pytest.mark.parametrize(
    ("source", "line", "error"),
    [
        ("def step(z)\n    return z > 0", "line 1: def step(z)", "SyntaxError: expected ':'"),
        ("  def step(z):\n    return (z", "line 2: return (z", "SyntaxError: '(' was never closed"),
        ("def step(z):\nreturn z", "line 2: return z", "IndentationError: expected an indented"),
    ],
)
def test_an_answer_that_python_cannot_read_has_crashed(run, source, line, error):
    _, out = run(source, "check.step(step)")
    assert out.count("⚠ Crashed · 1.2 step\n") == 1
    assert f"your line     {line}" in out
    assert error in out
    assert "so nothing in it was run" in " ".join(out.split())


def test_an_answer_whose_cell_was_stopped_has_crashed(run):
    _, out = run("1 / 0\ndef step(z):\n    return z", "check.step(step)")
    assert "⚠ Crashed · 1.2 step\n" in out
    assert "There is no step yet: its cell stopped before that." in " ".join(out.split())


@pytest.mark.parametrize(
    "source",
    [
        'raise NotImplementedError("Exercise 1.2")\nstep = 3',
        "class Other:\n    def step(z):\n        return z",
        "step == 3",
        "def step(z):\n    return z\n\ndel step",
        "def stepper(z)\n    return z",
    ],
)
def test_an_answer_that_was_not_written_is_not_started(run, source):
    _, out = run(source, "check.step(step)")
    assert "○ Not started · 1.2 step\n" in out


@pytest.mark.parametrize("source", ["step + 1", "nowhere", "check.step(nowhere)", "del nowhere"])
def test_other_missing_names_are_ordinary_errors(run, source):
    result, out = run(source)
    assert isinstance(result.error_in_exec, NameError)
    assert "NameError: name" in out
    assert "Not started" not in out


def test_a_misspelt_check_gets_a_suggestion(run):
    result, out = run("check.wieghted_sum(1)")
    assert isinstance(result.error_in_exec, AttributeError)
    assert "no exercise called 'wieghted_sum'. Did you mean check.weighted_sum?" in out


def test_a_name_like_no_other_gets_no_suggestion():
    with pytest.raises(AttributeError, match=r"no exercise called 'zzz'\.$"):
        course_check.zzz  # noqa: B018


def test_hints_are_closed_until_they_are_opened(run):
    result, out = run("check.step.hints()")
    html = result.result._repr_html_()
    assert "<details>" in html
    assert not re.search(r"<details[^>]*open", html)
    assert html.count("<summary>") == 3
    assert "np.where(z &gt; 0, ____, ____)" in html
    for hint in exercises()["step"].hints:
        assert hint not in out
    assert "3 hints for step, closed. check.step.hints(1) opens the first." in out


def test_one_hint_is_plain_text(run):
    result, out = run("check.step.hints(3)")
    assert result.result._repr_html_() is None
    assert "Hint 3, the line with a gap: return np.where(z > 0, ____, ____)" in out


@pytest.mark.parametrize("step", [0, 4, "1", 1.5])
def test_there_are_three_hints(step):
    with pytest.raises(ValueError, match="step must be 1, 2 or 3, not"):
        course_check.step.hints(step)


def test_tab_completes_every_exercise(one_shell, run):
    run("1")
    assert dir(course_check) == sorted(exercises())
    with provisionalcompleter():
        found = {c.text for c in one_shell.Completer.completions("check.wei", 9)}
    assert any("weighted_sum" in text for text in found)


def test_reprs_have_no_addresses():
    assert repr(course_check.step) == "check.step(step)"
    assert "0x" not in repr(course_check)


def test_a_demonstration_says_which_answer_is_missing(run):
    _, out = run("mine = check.yours(\n    step=step,\n    weighted_sum=weighted_sum)")
    assert out.startswith("○ Not started · 1.2 step\n")
    _, out = run("mine = check.yours(step=np.sign)")
    assert "NameError: name 'np' is not defined" in out


def test_outside_ipython_nothing_is_hooked(monkeypatch):
    import sys

    import IPython

    monkeypatch.setattr(IPython, "get_ipython", lambda: None)
    assert notebook.explain_missing_names() is None
    monkeypatch.setitem(sys.modules, "IPython", None)
    assert notebook.explain_missing_names() is None


def test_in_a_real_kernel():
    sources = (
        "from helpers import check",
        "check.step(step)",
        "def step(z):\n    return z > 0",
        "check.step(step)",
        "def step(z):\n    return z / nothing",
        "check.step(step)",
        "def step(z):\n    return (z > 0) * 1",
        "check.step(step)",
        "check.step.hints()",
    )
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    NotebookClient(nb, allow_errors=True, kernel_name="python3").execute()
    outputs = [cell.outputs for cell in nb.cells]
    assert all(output.get("name") != "stderr" for cell in outputs for output in cell)

    missing, wrong, crashed = (without_color("\n".join(outputs[i][0].traceback)) for i in (1, 3, 5))
    assert missing.startswith("○ Not started · 1.2 step")
    assert wrong.startswith("✗ Wrong · 1.2 step")
    assert "likely cause  A comparison gives True and False." in wrong
    assert "your line     line 2: return z / nothing" in crashed
    assert not re.search(r"Traceback|helpers|\.py", missing + wrong + crashed)
    assert without_color(outputs[7][0].text) == "✓ Right · 1.2 step · 8 calls checked\n"
    assert "text/html" in outputs[8][0].data
