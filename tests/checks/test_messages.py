"""What a student reads, word for word."""

import linecache
import textwrap

import numpy as np
import pytest

from helpers.checks import State, Verdict, adapters
from helpers.checks.messages import message, without_color

from .known import COURSE, HIDDEN, every_exercise, every_plain_function, verdicts_on_mistakes

pytestmark = pytest.mark.tier("check")


def text(verdict):
    return without_color(message(verdict))


def dedent(expected):
    return textwrap.dedent(expected).strip("\n")


@pytest.fixture
def cell():
    """Run code as a notebook cell does: from a file that only linecache knows."""
    files = []

    def run(source, names=None):
        source, path = textwrap.dedent(source), f"/tmp/ipykernel_1/{100 + len(files)}.py"
        files.append(path)
        linecache.cache[path] = (len(source), None, source.splitlines(keepends=True), path)
        names = {"np": np} if names is None else names
        exec(compile(source, path, "exec"), names)
        return names

    yield run
    for path in files:
        del linecache.cache[path]


def test_right():
    verdict = COURSE["weighted_sum"].verdict(lambda x, w, b: x @ w + b)
    assert text(verdict) == "✓ Right · 1.1 weighted_sum · 7 calls checked"


def test_right_with_a_note():
    def chatty(x, w, b):
        print("z")
        return x @ w + b

    assert text(COURSE["weighted_sum"].verdict(chatty)) == dedent("""
        ✓ Right · 1.1 weighted_sum · 7 calls checked
          note          It also prints. That costs nothing, but a function
                        should only return.
    """)


def test_not_started():
    assert text(Verdict(State.NOT_STARTED, "1.2", "step")) == dedent("""
        ○ Not started · 1.2 step
          do this       Write your answer in the cell above, in place of the
                        raise line.
          then          Run that cell, and after it this one.
    """)


def test_wrong_and_named():
    assert text(COURSE["weighted_sum"].verdict(lambda x, w, b: x * w + b)) == dedent("""
        ✗ Wrong · 1.1 weighted_sum
          call          weighted_sum(
                            x=np.array([0.5, 0.3, 0.2]),
                            w=np.array([0.4, 0.6, 0.8]),
                            b=-0.1,
                        )
          got           [0.1, 0.08, 0.06]
          expected      0.44
          problem       The answer is an array of shape (3,), but it should be a
                        single number.
          likely cause  The products are not summed: x * w gives one product for
                        each input. Add them up, for example with np.sum, or
                        write x @ w.
          stuck?        Run check.weighted_sum.hints() and open one hint at a
                        time.
    """)


def test_wrong_for_no_known_reason():
    def unlucky(w, b, x, target, lr):
        return w + lr * x, b

    assert text(COURSE["perceptron_update"].verdict(unlucky)) == dedent("""
        ✗ Wrong · 1.5 perceptron_update
          call          perceptron_update(
                            w=np.array([1.0, -1.0]),
                            b=0.0,
                            x=np.array([2.0, 2.0]),
                            target=0,
                            lr=0.25,
                        )
          got           w = [1.5, -0.5]
          expected      w = [1.0, -1.0]
          parts         wrong: w, b · start with w
          problem       The first difference is in w.
          stuck?        Run check.perceptron_update.hints() and open one hint at
                        a time.
    """)


def test_matrices_stand_below_each_other():
    verdict = COURSE["predict"].verdict(lambda X, w, b: (X * w + b > 0).astype(int))
    assert text(verdict) == dedent("""
        ✗ Wrong · 1.3 predict
          call          predict(
                            X=np.array([[ 0,  0],
                                        [ 0,  1],
                                        [ 1,  0],
                                        [ 1,  1],
                                        [ 2, -1]]),
                            w=np.array([1, 1]),
                            b=-1,
                        )
          got           [[0, 0],
                         [0, 0],
                         [0, 0],
                         [0, 0],
                         [1, 0]]
          expected      [0, 0, 0, 1, 0]
          problem       The shape is (5, 2), but it should be (5,).
          likely cause  X * w multiplies without summing, so each input gets its
                        own prediction. X @ w sums over the inputs of a row.
          stuck?        Run check.predict.hints() and open one hint at a time.
    """)


def test_a_view_is_shown_beside_the_answer():
    verdict = COURSE["gate_weights"].verdict(lambda name: ([1, 1], -1.5))
    assert verdict.got == "([1, 1], -1.5), which gives {'00': 0, '01': 0, '10': 0, '11': 1}"
    assert verdict.problem == "The first difference is in '00'."


def test_an_answer_without_a_view_is_shown_as_it_is():
    verdict = COURSE["gate_weights"].verdict(lambda name: [1, 1, -1.5])
    assert verdict.got == "[1, 1, -1.5]"
    assert verdict.problem == "The answer should be two values: return w, b."


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (([1, 2, 3], 0), "The weights w should be two numbers, one for each input."),
        (([[1], [2, 3]], 0), "The weights w should be two numbers, one for each input."),
        (([1, 2], [1, 2]), "The bias b should be one number."),
        (([1, 2], None), "The bias b should be one number."),
        (
            None,
            "The function returns None. Does every way through it end in return? What stands "
            "behind that may be None, too: .append(...), say, returns nothing.",
        ),
    ],
)
def test_gate_weights_that_are_none(answer, problem):
    assert COURSE["gate_weights"].verdict(lambda name: answer).problem == problem


def test_gate_weights_out_of_all_bounds_are_wrong_quietly(capfd):
    for answer in (([1e308, 1e308], 1e308), ([np.nan, 1], 0), ([np.inf, -np.inf], 0)):
        assert COURSE["gate_weights"].verdict(lambda name, a=answer: a).state is State.WRONG
    assert capfd.readouterr() == ("", "")


def test_crashed(cell):
    names = cell("""
        def weighted_sum(x, w, b):
            # a slip of the pen
            return x @ v + b
    """)
    assert text(COURSE["weighted_sum"].verdict(names["weighted_sum"])) == dedent("""
        ⚠ Crashed · 1.1 weighted_sum
          call          weighted_sum(
                            x=np.array([0.5, 0.3, 0.2]),
                            w=np.array([0.4, 0.6, 0.8]),
                            b=-0.1,
                        )
          your line     line 4: return x @ v + b
          error         NameError: name 'v' is not defined
          in words      Python does not know v here. Is it misspelled, or has
                        its cell not been run yet?
          stuck?        Run check.weighted_sum.hints() and open one hint at a
                        time.
    """)


def test_an_error_inside_numpy_is_shown_at_the_students_line(cell):
    names = cell("def weighted_sum(x, w, b):\n    return np.stack([x, w[:1]])")
    verdict = COURSE["weighted_sum"].verdict(names["weighted_sum"])
    assert verdict.got == "line 2: return np.stack([x, w[:1]])"
    assert verdict.problem.startswith("ValueError: ")


def test_an_error_in_another_cell_is_shown_there(cell):
    names = cell("def helper(x):\n    y = x\n    raise ValueError('too many')")
    cell("def weighted_sum(x, w, b):\n    return helper(x)", names)
    verdict = COURSE["weighted_sum"].verdict(names["weighted_sum"])
    assert verdict.got == "helper, line 3: raise ValueError('too many')"


def test_an_error_in_a_class_is_shown_at_the_students_line(cell):
    names = cell("class Neuron:\n    def __call__(self, x, w, b):\n        return 1 / 0")
    assert COURSE["weighted_sum"].verdict(names["Neuron"]()).got == "line 3: return 1 / 0"


def test_a_line_whose_source_is_lost_is_shown_by_its_number(cell):
    names = {}
    exec(compile("\ndef f(x, w, b): return 1 / 0", "/tmp/ipykernel_1/7.py", "exec"), names)
    assert COURSE["weighted_sum"].verdict(names["f"]).got == "line 2"


def test_our_own_lines_are_never_shown():
    exercise = COURSE["step"]
    crash = next(m.attempt for m in exercise.mistakes if m.name == "one_if_for_many_numbers")
    assert exercise.verdict(crash).got == ""


@pytest.mark.parametrize("state", State)
def test_word_symbol_and_color_stand_first(state):
    symbol = {"NOT_STARTED": "○", "CRASHED": "⚠", "WRONG": "✗", "RIGHT": "✓"}[state.name]
    colored = message(Verdict(state, "1.2", "step"))
    assert colored.startswith("\x1b[1;3")
    assert text(Verdict(state, "1.2", "step")).startswith(f"{symbol} {state.value} · 1.2 step")


@every_exercise
def test_every_message_is_in_order_and_not_too_wide(exercise):
    for _, verdict in verdicts_on_mistakes(exercise):
        lines = text(verdict).split("\n")
        assert max(map(len, lines)) <= 72
        labels = [line[2:16].strip() for line in lines[1:] if line[2:16].strip()]
        first, cause = ("call", "likely cause") if verdict.call else ("got", "why not")
        order = [
            "call",
            "got",
            "your line",
            "expected",
            "error",
            "parts",
            "problem",
            cause,
            "stuck?",
        ]
        assert labels == [label for label in order if label in labels]
        assert labels[0] == first
        assert labels[-2:] == [cause, "stuck?"]
        assert all(line[15] == " " for line in lines[1:])


def assert_no_numbers_show(exercise):
    for _, verdict in verdicts_on_mistakes(exercise, HIDDEN):
        shown = " ".join(text(verdict).split())
        call = "" if exercise.adapter is adapters.value else verdict.call  # a value's is its name
        for secret in (call, verdict.got, verdict.expected, verdict.problem):
            folded = " ".join(secret.split())
            assert len(folded) < 4 or folded not in shown
        assert "The inputs you can see pass, but others do not." in shown
        assert "call" not in [line[2:6] for line in text(verdict).split("\n")]


@pytest.mark.tier("test")
@every_exercise
def test_a_hidden_message_shows_no_numbers_of_the_case(exercise):
    assert_no_numbers_show(exercise)


def test_a_hidden_message_of_a_short_exercise_shows_no_numbers_of_the_case():
    assert_no_numbers_show(COURSE["one_hot"])


def test_a_hidden_right_is_short():
    exercise = COURSE["step"]
    assert text(exercise.verdict(exercise.reference, seed=3)).startswith("✓ Right · 1.2 step")


@every_plain_function
def test_a_call_can_be_pasted_into_a_cell(exercise):
    names = {"np": np, exercise.name: exercise.reference}
    for call in dict.fromkeys(verdict.call for _, verdict in verdicts_on_mistakes(exercise)):
        assert exercise.view(eval(call, names), *_arguments(call, names)) is not None


def _arguments(call, names):
    function = call[: call.index("(")]
    return eval(f"catch{call[len(function) :]}", {**names, "catch": lambda **k: list(k.values())})


def test_lines_of_a_long_answer_are_wrapped_at_commas(double):
    verdict = double.verdict(lambda x: [0.125] * 30)
    lines = text(verdict).split("\n")
    assert max(map(len, lines)) <= 72


def test_differences_in_large_arrays_are_counted(make_exercise):
    def plus_one(x):
        return x + 1

    exercise = make_exercise(plus_one, [(np.zeros((4, 5)),)])
    wrong = np.ones((4, 5))
    wrong[2, 3] = 7
    assert exercise.verdict(lambda x: wrong).problem == (
        "1 of 20 entries differ, first at index [2, 3]: got 7.0, expected 1.0."
    )
