"""Whatever running the walkthroughs' code finds wrong has a row in ERRATA.md, and is still there.

Two samples want packages that the course's tests do without. The Keras model was run by hand, with
TensorFlow 2.21 (row R22). The classifier wants pandas, for its table of thirteen rows; it is run
where pandas is installed, and row D16 runs the same classifier on the same rows without.
"""

import re
import sys
import textwrap

import numpy as np
import pytest

from ..walkthroughs import cells
from . import errata_asd as asd
from .errata_ledger import read
from .samples import defaults, lint, run

pytestmark = pytest.mark.tier("full")

ENTRIES = {entry.id: entry for entry in read()}
TORCH = pytest.param("E", marks=pytest.mark.needs("torch"))
WALKTHROUGHS = pytest.mark.parametrize("letter", [*"ABCD", TORCH])
NO_FAULT = "no fault"  # found, and harmless
FRAGMENTS = "A41"  # pieces of methods of a class that is not printed

# What stops a cell when all run in order: its place, counted from 0, and the exception.
STOPS = {
    "A": {
        f"{i} {'SyntaxError' if i in (4, 16) else 'NameError'}": FRAGMENTS
        for i in range(17)
        if i not in (5, 15)
    }
    | {"16 SyntaxError": "A39"},
    "B": {f"{i} NameError": "B16" for i in (0, 1, 3, 4)}
    | ({"5 SyntaxError": "B15"} if sys.version_info < (3, 12) else {}),
    "C": {"3 AttributeError": "C2", "29 NameError": "C27", "33 ValueError": "C34"},
    "D": {},
    "E": {},
}
NOT_INSTALLED = {"C": ["tensorflow"], "D": ["pandas"]}
# Functions that a cell makes into something else, though others still call them.
LOST = {"C": {"13 relu": "C40", "13 sigmoid": "C40"}}
# What pyflakes' rules find.
FOUND = {
    "A": {
        f"F821 {name}": FRAGMENTS
        for name in [
            "X",
            "epoch",
            "hidden_dim",
            "input_dim",
            "np",
            "relu",
            "relu_derivative",
            "self",
            "sigmoid",
        ]
    }
    | {f"F821 {name}": FRAGMENTS for name in ("self", "sigmoid", "val_loss", "y", "y_pred")}
    | {"F701 break": "A39", "F706 return": FRAGMENTS},
    "B": {f"F821 {name}": "B16" for name in ("np", "sigmoid", "x", "y")}
    | {"F823 b": "B14", "F823 w": "B14"},
    "C": {
        "F811 np": NO_FAULT,  # imported again in each practice
        "F811 plt": NO_FAULT,
        "F821 gradients": "C27",
        "F541": "C45",
        "F401 matplotlib.pyplot": "C43",
        "F401 mpl_toolkits.mplot3d.Axes3D": "C43",
        "F401 numpy": "C43",
        "F841 W1": "C43",
        "F841 Z2": "C43",
        "F841 m": "C43",
        "B007 epoch": "C43",
        "B007 i": "C43",
    },
    "D": {"F401 numpy": "D18"},
    "E": {},
}
# Each default argument, called with once.
DEFAULTS = {
    "A": {"fit.epochs=100": "A46", "fit.batch_size=16": "A40", "fit.val_data=None": "A38"},
    "B": {},
    "C": {
        "__init__.learning_rate=0.01": NO_FAULT,  # tested below
        "__init__.learning_rate=0.1": NO_FAULT,
        "train.epochs=100": "C47",
        "leaky_relu.alpha=0.01": "R14",
        "elu.alpha=1.0": "R14",
        "softmax_with_temperature.temperature=1.0": NO_FAULT,  # tested below
        "train_network.learning_rate=0.01": "C42",
        "train_network.epochs=1000": "C42",
        "numerical_gradient.eps=1e-07": "C36",
    },
    "D": {},
    "E": {},
}


@pytest.mark.parametrize("table", [STOPS, LOST, FOUND, DEFAULTS])
def test_every_fault_has_a_row(table):
    rows = {row for faults in table.values() for row in faults.values()} - {NO_FAULT}
    assert rows <= set(ENTRIES)


@WALKTHROUGHS
def test_what_stops_in_order(letter):
    errors = {i: outcome["error"] for i, outcome in enumerate(run(letter)) if outcome["error"]}
    missing = re.findall("No module named '(.+?)'", " ".join(errors.values()))
    assert set(missing) <= set(NOT_INSTALLED.get(letter, ()))
    stops = {f"{i} {error.split(':')[0]}" for i, error in errors.items()}
    assert {stop for stop in stops if "ModuleNotFoundError" not in stop} == set(STOPS[letter])


@pytest.mark.parametrize("letter", "ABC")  # the others have one cell
def test_what_stops_in_order_stops_alone(letter):
    in_order, alone = run(letter), run(letter, alone=True)
    assert all(b["error"] for a, b in zip(in_order, alone, strict=True) if a["error"])


@WALKTHROUGHS
def test_no_other_function_is_lost(letter):
    lost = {f"{i} {name}" for i, outcome in enumerate(run(letter)) for name in outcome["lost"]}
    assert lost == set(LOST.get(letter, {}))


@WALKTHROUGHS
def test_what_pyflakes_finds(letter):
    assert set(lint(letter)) == set(FOUND[letter])


@WALKTHROUGHS
def test_every_default_argument_is_judged(letter):
    assert set(defaults(letter)) == set(DEFAULTS[letter])


def in_order(letter, *chosen):
    """Return the names that the chosen cells of a walkthrough make."""
    names = {}
    for i in chosen:
        exec(cells(letter)[i], names)
    return names


def test_the_perceptron_with_its_default_rate_learns_its_gate():
    names = in_order("C", 0, 2)
    names["Perceptron"].train = names["train"]
    for seed in range(20):
        np.random.seed(seed)  # noqa: NPY002 (what the sample draws from)
        perceptron = names["Perceptron"](2)
        inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        perceptron.train(inputs, np.array([0, 0, 0, 1]))
        assert [perceptron.predict(x) for x in inputs] == [0, 0, 0, 1]


def test_the_perceptron_says_nothing_when_it_has_not_converged(capsys):
    names = in_order("C", 0, 2)
    names["Perceptron"].train = names["train"]
    perceptron = names["Perceptron"](2)
    inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    perceptron.train(inputs, np.array([0, 1, 1, 0]))
    assert capsys.readouterr().out == ""
    perceptron.train(inputs, np.array([0, 1, 1, 1]))
    assert "Converged" in capsys.readouterr().out


def test_a_temperature_of_one_is_plain_softmax():
    names = in_order("C", 7, 11, 15)
    logits = np.array([2.0, 1.0, 0.1])
    np.testing.assert_allclose(
        names["softmax_with_temperature"](logits), names["softmax"](logits), rtol=1e-15
    )


def test_the_functions_that_became_arrays_fail_when_they_are_called():
    names = in_order("C", 7, 9, 13)
    with pytest.raises(TypeError, match="not callable"):
        names["sigmoid_derivative"](0.0)


def test_the_default_rate_of_the_network_does_not_learn_its_example(capsys):
    names = in_order("C", 16, 17, 19, 21, 28, *range(30, 31))
    exec(cells("C")[29].split("# Example")[0], names)
    X = np.random.RandomState(42).randn(2, 200)
    Y = (X[0] + X[1] > 0).astype(int).reshape(1, -1)
    params, losses = names["train_network"](X, Y, (2, 4, 1))
    predictions, _ = names["forward_propagation"](X, params)
    assert losses[-1] == pytest.approx(0.68, abs=0.005)
    assert np.mean((predictions > 0.5) == Y) == np.mean(Y)


def test_the_layers_functions_do_not_fit_the_names_of_the_examples():
    names = in_order("C", 16, 17, 18, 19, 21, 26)
    with pytest.raises(ValueError, match="not aligned"):
        names["backward_output_layer"](names["A2"], names["Y"], names["A1"])


def test_a_network_of_any_depth_takes_any_name_for_linear_and_drops_layers():
    names = in_order("C", 24)
    layers = [(-np.ones((3, 2)), np.zeros((3, 1))), (np.ones((1, 3)), np.zeros((1, 1)))]
    x = np.ones((2, 1))
    wrong_name, _ = names["forward_deep"](x, layers, ["ReLU", "sigmoid"])
    assert wrong_name == names["forward_deep"](x, layers, ["identity", "sigmoid"])[0]
    short, _ = names["forward_deep"](x, layers, ["relu"])
    assert short.shape == (3, 1)


def test_the_function_of_the_single_neuron_lacks_its_start():
    whole = cells("B")[5]
    if sys.version_info < (3, 12):
        whole = whole.replace("\n\n      w.flat", " w.flat").replace("loss = {\n", "loss = {")
    names = in_order("B", 2)
    names.update(np=np, learning_rate=0.005)
    exec(whole, names)
    column = np.array([[0.2], [0.5], [0.1]])
    with pytest.raises(UnboundLocalError, match="'w'"):
        names["feedforward_nn"](1, column, 1.0)

    start = textwrap.indent(cells("B")[0], " " * 6)
    exec(whole.replace("      # ... (initialization code)\n", start), names)
    with pytest.raises(TypeError, match="format"):  # the progress line: row B10
        names["feedforward_nn"](1, column, 1.0)


def assembled():
    """Return the class of the 4-3-1 network: its printed pieces, and what row A41 misses."""
    pieces = cells("A")
    source = "import numpy as np\n" + pieces[5] + "class Network:\n"
    for head, chosen in (
        ("def __init__(self, input_dim, hidden_dim):", pieces[:1]),
        ("def forward(self, X, training):", pieces[1:5]),
        ("def backward(self, X, y, y_pred):", pieces[6:14]),
    ):
        source += f"    {head}\n" + textwrap.indent("".join(chosen), " " * 8)
    names = {
        "relu": lambda z: np.maximum(0, z),
        "relu_derivative": lambda z: z > 0,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    }
    exec(source + textwrap.indent(pieces[15], "    "), names)
    return names["Network"]


def test_the_pieces_of_the_4_3_1_network_fit_together(capsys):
    X = np.array([[0.2, 0.5, 0.1, 0.8], [0.3, 0.7, 0.4, 0.6]])
    column = np.array([[1.0], [0.0]])
    network = assembled()(4, 3)
    network.W1, network.W2 = np.array(asd.W1), np.array(asd.W2)
    network.lr = 0  # the same network throughout

    for y in (column, column.ravel()):  # row A37: right for a column alone
        history = network.fit(X, y)
        assert len(history["loss"]) == 100
        assert history["val_loss"] == [0] * 100  # row A38
        assert (history["loss"][-1] == pytest.approx(asd.loss())) == (y is column)

    network.lr = asd.LR
    network.fit(X, column, epochs=1)
    np.testing.assert_allclose(network.W1, asd.W1 - asd.LR * asd.dW1, rtol=1e-12)
    np.testing.assert_allclose(network.b1[0], -asd.LR * asd.db1, rtol=1e-12)
    np.testing.assert_allclose(network.W2, asd.W2 - asd.LR * asd.dW2, rtol=1e-12)
