"""Faults to plant: what a careless change could break, and which tests should say so first."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One change that breaks something.

    Attributes
    ----------
    file, old, new : str
        In this file, this text, which stands there once, becomes that.
    breaks : str
        What a user would suffer.
    tests : str
        The tests that are asked first, as pytest's arguments. ``BUILD`` stands for the comparison
        of notebooks with their sources, ``NOTEBOOK`` for running one again.
    was : str
        Where the file stood in the suite that this one is compared with.
    instead : tuple of str
        What `old` and `new` were there.
    """

    file: str
    old: str
    new: str
    breaks: str
    tests: str
    was: str = ""
    instead: tuple[str, str] = ("", "")


CHECKS = "helpers/checks/"
EXERCISES = "helpers/exercises/"
GRADING = "helpers/course/grading/"
INSIDE = GRADING + "inside/"
EVERY = "tests/checks/test_every_exercise.py"
WORDS = "tests/checks/test_messages.py"
BAD = "tests/checks/test_bad_input.py"
BUILD = "tests/course/test_course_build.py"

ENGINE = [
    Fault(
        CHECKS + "comparing.py",
        "    rtol: float = 1e-7",
        "    rtol: float = 1e-2",
        "an answer that is off by a percent is right",
        f"tests/checks/test_comparing.py {EVERY}",
    ),
    Fault(
        CHECKS + "comparing.py",
        "    if number.shape != target.shape:",
        "    if number.size != target.size:",
        "a column passes for a row",
        f"tests/checks/test_comparing.py {BAD}",
    ),
    Fault(
        CHECKS + "comparing.py",
        "    if not tolerance.same_kind or kinds is None:",
        "    if True:",
        "booleans pass where integers are asked for",
        f"tests/checks/test_comparing.py {EVERY}",
    ),
    Fault(
        CHECKS + "calling.py",
        "    given = copy.deepcopy(tuple(args))",
        "    given = tuple(args)",
        "an answer that changes its inputs spoils the cases of all others",
        f"{BAD} {EVERY}",
    ),
    Fault(
        CHECKS + "calling.py",
        "        warned = tuple(dict.fromkeys(one_line(warning.message) for warning in caught))",
        "        warned = ()",
        "warnings of NumPy are never seen",
        f"{BAD} tests/checks/test_activation_checks.py",
        instead=("_text(warning.message) for warning in caught)", "() for warning in [])"),
    ),
    Fault(
        CHECKS + "calling.py",
        '            "missing": isinstance(error, NotImplementedError),',
        '            "missing": False,',
        "an exercise that is not begun counts as crashed",
        EVERY,
    ),
    Fault(
        CHECKS + "calling.py",
        "        contextlib.redirect_stdout(output),\n",
        "",
        "what an answer prints floods the notebook",
        f"{BAD} {EVERY}",
    ),
    Fault(
        CHECKS + "timing.py",
        "        pause = seconds\n",
        "        pause = 1000 * seconds\n",
        "an endless loop hangs the kernel",
        f"{BAD}::test_a_slow_answer_is_right_and_a_slower_one_is_not",
    ),
    Fault(
        CHECKS + "timing.py",
        "            if not tries and (more := left()) > 0:",
        "            if False and (more := left()) > 0:",
        "a right answer is stopped on a busy machine",
        BAD,
    ),
    Fault(
        CHECKS + "exercise.py",
        "        if got.changed:\n            inputs, remedy",
        "        if False:\n            inputs, remedy",
        "an answer may change its inputs",
        f"{BAD} {EVERY}",
    ),
    Fault(
        CHECKS + "exercise.py",
        "        if self.silent and got.warned:",
        "        if False:",
        "an overflowing sigmoid is right",
        f"{BAD} {EVERY}",
    ),
    Fault(
        CHECKS + "exercise.py",
        "        if not self.alike(again, outcomes[0]):",
        "        if False:",
        "an answer that remembers is right",
        f"{BAD} tests/checks/test_exercise.py",
    ),
    Fault(
        CHECKS + "exercise.py",
        "        for mistake in self.mistakes:\n            theirs",
        "        for mistake in self.mistakes[1:]:\n            theirs",
        "the first mistake of every exercise is never named",
        EVERY,
    ),
    Fault(
        CHECKS + "exercise.py",
        "OPEN_SEED if seed is None else seed",
        "OPEN_SEED",
        "hidden tests have the cases that students see",
        "tests/checks/test_exercise.py",
    ),
    Fault(
        CHECKS + "comparing.py",
        "    pairs = ((one, other), (other, one))",
        "    pairs = ((one, other),)",
        "a dict with too many keys is named as a mistake with fewer",
        "tests/checks",
    ),
    Fault(
        CHECKS + "messages.py",
        "    facts = _hidden_facts(verdict) if verdict.hidden else",
        "    facts = _open_facts(verdict) if verdict.hidden else",
        "messages of hidden tests tell their numbers",
        WORDS,
    ),
    Fault(
        CHECKS + "yours.py",
        "if states[name] is State.RIGHT else",
        "if callable(attempt) else",
        "a demonstration trains with an answer that is wrong",
        "tests/checks/test_yours.py",
    ),
    Fault(
        CHECKS + "notebook.py",
        "            raise CheckFailed(verdict)",
        "            print(message(verdict))",
        "a wrong answer fails no cell, so nbgrader gives full marks",
        "tests/checks/test_notebook.py",
    ),
]

OF_EXERCISES = [
    Fault(
        EXERCISES + "m06_training/fit.py",
        '    return stepwise != trained(accuracy_after_the_epoch, *run)["accuracy"]',
        "    return True",
        "for some seeds a mistake of fit has the name of another",
        "tests/checks/test_training_adapters.py",
    ),
    Fault(
        EXERCISES + "m01_neurons/step.py",
        "    tolerance=INTEGERS,\n)\ndef step(z):",
        ")\ndef step(z):",
        "a step function that says True and False is right",
        f"{EVERY} -k step",
        "helpers/checks/modules/m01_neurons.py",
    ),
    Fault(
        EXERCISES + "m06_training/behavior.py",
        "    if not _same(end, again):",
        "    if False:",
        "a training loop that ignores its generator is right",
        f"{EVERY} -k fit",
        "helpers/checks/training.py",
    ),
    Fault(
        EXERCISES + "m06_training/behavior.py",
        "def _orders(orders: list[tuple]) -> str:\n",
        'def _orders(orders: list[tuple]) -> str:\n    return "shuffled"\n',
        "training without shuffling is right",
        f"{EVERY} -k fit",
        "helpers/checks/training.py",
    ),
    Fault(
        EXERCISES + "m06_training/behavior.py",
        '        later = "stop" if',
        '        later = "stop" if True or',
        "early stopping that goes on after its stop is right",
        f"{EVERY} -k EarlyStopping",
        "helpers/checks/training.py",
    ),
    Fault(
        CHECKS + "adapters.py",
        "    supplied = max(len(needed) - count, 0)",
        "    supplied = 0",
        "messages write the wrong arguments into the call",
        "tests/checks/test_adapters.py tests/checks/test_messages.py",
    ),
]

WALL = [
    Fault(
        GRADING + "wire.py",
        '            return ["c", value.real, value.imag]',
        '            return ["c", value.imag, value.real]',
        "a complex answer arrives turned round",
        "tests/grading/test_wire.py",
    ),
    Fault(
        GRADING + "wire.py",
        "list(array.shape), _packed(array, order), order]",
        "list(array.shape), _packed(array), order]",
        "the rows of a matrix arrive as its columns",
        "tests/grading/test_wire.py",
    ),
    Fault(
        GRADING + "wire.py",
        "        if number in self._objects or (number and number % 2 == self._first % 2):",
        "        if False:",
        "a submission puts its own object in the place of one of ours",
        "tests/grading/test_wire.py",
    ),
    Fault(
        GRADING + "wire.py",
        "            if self._state(self._objects[number]) != state:",
        "            if False:",
        "what an answer does to its inputs stays",
        "tests/grading/test_wire.py",
    ),
    Fault(
        GRADING + "wire.py",
        "            if repr(content) != known:",
        "            if False:",
        "an answer that changes a list it was given is right behind the wall",
        "tests/grading/test_wire.py",
    ),
    Fault(
        GRADING + "channel.py",
        "        if length > self._most:",
        "        if False:",
        "a submission fills the grader's memory",
        "tests/grading/test_wire.py tests/grading/test_limits.py",
        instead=("        if length > MOST_BYTES:", "        if False:"),
    ),
    Fault(
        GRADING + "channel.py",
        "            if data and deadline is not None and time.monotonic() > deadline:",
        "            if False:",
        "a submission that sends a byte at a time holds the grader up for ever",
        "tests/grading/test_limits.py",
    ),
    Fault(
        GRADING + "session.py",
        "            warnings.warn(_text(text), RuntimeWarning, stacklevel=2)",
        "            _text(text)",
        "an answer that overflows is right behind the wall",
        "tests/grading/test_same_verdicts.py -k warns",
    ),
    Fault(
        GRADING + "session.py",
        '        if reply.get("endless"):',
        "        if False:",
        "an endless loop is told as something else",
        "tests/grading/test_same_verdicts.py -k never_ends",
    ),
    Fault(
        GRADING + "session.py",
        "self._limit > 0 and self._channel.received - self._received > _MOST_RECEIVED",
        "False",
        "one case may send without end",
        "tests/grading/test_limits.py",
    ),
    Fault(
        GRADING + "judge.py",
        "        if outcome.error:",
        "        if False:",
        "a fault of the course costs every student a mark",
        "tests/grading/test_same_verdicts.py -k reference_that_fails",
    ),
    Fault(
        GRADING + "judge.py",
        "    return exercise.verdict(attempt, seed, BehindTheWall",
        "    return exercise.verdict(attempt, None, BehindTheWall",
        "an answer that has the visible cases by heart gets full marks",
        "tests/grading/test_same_verdicts.py -k first_mistake",
        instead=("_exercise.verdict(attempt, seed)", "_exercise.verdict(attempt, None)"),
    ),
    Fault(
        GRADING + "marking.py",
        "            if not verdict.right:",
        "            if not verdict.right and seed is None:",
        "a hidden case that fails costs no marks",
        "tests/grading/test_kinds.py",
    ),
    Fault(
        GRADING + "sandbox.py",
        "            env=ENVIRONMENT,",
        "            env={**os.environ, **ENVIRONMENT},",
        "a submission reads the instructor's environment",
        "tests/grading/test_hostile.py",
    ),
    Fault(
        GRADING + "sandbox.py",
        '"--unshare-pid", "--unshare-net", "--unshare-uts"',
        '"--unshare-pid", "--unshare-uts"',
        "a submission reaches the network",
        "tests/grading/test_hostile.py",
    ),
    Fault(
        INSIDE + "confine.py",
        "        resource.setrlimit(kind, (value, value))",
        "        resource.getrlimit(kind)",
        "a submission takes all memory and all processes",
        "tests/grading/test_hostile.py",
    ),
    Fault(
        INSIDE + "confine.py",
        '    _mount("tmpfs", "/proc", "tmpfs", _READ_ONLY | _NO_SUID | _NO_DEV, "size=4k")',
        "    pass",
        "a submission sees the others' processes",
        "tests/grading/test_hostile.py",
    ),
]

PIPELINE = [
    Fault(
        "nbgrader_config.py",
        "    nbgrader.ClearHiddenTests,\n",
        "",
        "students get the hidden tests",
        BUILD,
    ),
    Fault(
        "nbgrader_config.py",
        "    StubAnswers,\n",
        "    nbgrader.ClearSolutions,\n",
        "the stubs do not say which exercise they are",
        BUILD,
    ),
    Fault(
        "nbgrader_config.py",
        "    TagExercises,\n",
        "",
        "Run All stops at the first exercise that is not done",
        BUILD,
    ),
    Fault(
        "nbgrader_config.py",
        "    RepairSubmission,\n",
        "",
        "a submission without a check is left without marks",
        "tests/grading/test_harms.py",
    ),
    Fault(
        "nbgrader_config.py",
        "    HideTests,\n",
        "",
        "the feedback shows the hidden tests",
        "tests/grading/test_kinds.py tests/grading/test_hidden_tests.py",
    ),
    Fault(
        "helpers/course/build.py",
        "hidden={zlib.crc32(check.encode())})",
        "hidden=1)",
        "all hidden tests have one seed, which a student may guess",
        "BUILD",
    ),
    Fault(
        "helpers/course/build.py",
        '        "locked": not solution,',
        '        "locked": False,',
        "students can edit the checks",
        BUILD,
    ),
    Fault(
        "helpers/course/build.py",
        '            if output.output_type == "stream" and output.name == "stderr":',
        "            if False:",
        "a notebook that warns is built",
        BUILD,
    ),
    Fault(
        "helpers/course/build.py",
        "        if grade_id in seen:",
        "        if False:",
        "two cells share the marks of one",
        BUILD,
    ),
    Fault(
        "helpers/course/build.py",
        "        yield from _strays(root, expected)",
        "        yield from ()",
        "a notebook without a source is not noticed",
        BUILD,
    ),
]

PICTURES = [
    Fault(
        "helpers/explorers/backward_numbers.mjs",
        "(d, i, j) => d * n.mask[i][j]",
        "(d) => d",
        "the stepper forgets the slope of ReLU",
        "tests/explorers/test_stepper.py",
    ),
    Fault(
        "helpers/explorers/editing.mjs",
        "    if (keep) take(field.value);",
        "",
        "a number that is typed in place is dropped",
        "tests/explorers/test_forward.py",
    ),
    Fault(
        "helpers/explorers/perceptron.mjs",
        "out = z.map((v) => (v > 0 ? 1 : 0))",
        "out = z.map((v) => (v >= 0 ? 1 : 0))",
        "the explorer predicts 1 on the line itself",
        "tests/explorers/test_perceptron.py",
    ),
    Fault(
        "helpers/explorers/reference.mjs",
        "relu: [relu, (z) => (z > 0 ? 1 : 0)],",
        "relu: [relu, (z) => (z >= 0 ? 1 : 0)],",
        "the explorer gives ReLU a slope at its corner",
        "tests/explorers/test_activations.py",
    ),
    Fault(
        "helpers/explorers/surfaces.mjs",
        "hidden && after[j] <= 0",
        "hidden && after[j] < 0",
        "a neuron that is off counts for the slope of the network",
        "tests/explorers/test_surface.py",
    ),
    Fault(
        "helpers/explorers/relu_curve.mjs",
        "slope - (slopes[i - 1] ?? 0)",
        "slope - (slopes[i] ?? 0)",
        "the units of the explorer are not those of its curve",
        "tests/explorers/test_relu_curve.py",
    ),
    Fault(
        "helpers/explorers/kit.mjs",
        "    nudge(...ARROWS[event.key]);",
        "",
        "a handle does not hear the arrow keys",
        "tests/explorers/test_every_explorer.py",
    ),
    Fault(
        "helpers/explorers/training.mjs",
        'to("Lowest loss", state.best,',
        'to("Lowest loss", state.best + 1,',
        "the button for the lowest loss goes beside it",
        "tests/explorers/test_training.py",
    ),
    Fault(
        "helpers/reference/backward_pass.py",
        "    dZ = dZ / len(X)",
        "    dZ = dZ / (len(X) + 1)",
        "every gradient is too small",
        "tests/reference/test_gradients.py",
    ),
    Fault(
        "helpers/reference/activations.py",
        "    return e / (1.0 + e) ** 2",
        "    return e / (1.0 + e)",
        "the slope of the sigmoid is wrong",
        "tests/reference/test_activations.py",
    ),
    Fault(
        "helpers/quiz/questions.py",
        "        return random.Random(self.text).sample(self.options, len(self.options))",
        "        return list(self.options)",
        "the right option stands in the same place each time",
        "tests/quiz",
    ),
]

NOTEBOOKS = [
    Fault(
        "solutions/01-neurons/01-neurons.md",
        "    return np.where(z > 0, 1, 0)",
        "    return np.where(z >= 0, 1, 0)",
        "the solution of an exercise is wrong",
        "BUILD",
    ),
    Fault(
        "solutions/01-neurons/01-neurons.ipynb",
        "sum of the products = 0.54",
        "sum of the products = 0.45",
        "a notebook shows a number that its code does not print",
        "NOTEBOOK solutions/01-neurons/01-neurons.ipynb",
    ),
    Fault(
        "notebooks/01-neurons/01-neurons.ipynb",
        'raise NotImplementedError(\\"Exercise 1.2: the step function\\")',
        "return np.where(z > 0, 1, 0)",
        "students get a solution",
        "BUILD",
    ),
    Fault(
        "ERRATA.md",
        "standard deviation `0.707`",
        "standard deviation `0.717`",
        "a correction of a published number is itself wrong",
        "tests/errata/test_errata.py -k A1",
    ),
]

FAULTS = [*ENGINE, *OF_EXERCISES, *WALL, *PIPELINE, *PICTURES, *NOTEBOOKS]
