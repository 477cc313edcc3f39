"""Rows about wording, and about samples as printed: read, or run, in the walkthroughs."""

import ast

import numpy as np

from ..walkthroughs import cells, text_of
from . import errata_step_by_step as steps
from .errata_dissecting import classifier
from .errata_ledger import Finding, flat, row
from .errata_nets import relu, sigmoid, slope
from .samples import lint, run


def stand(letter, *phrases):
    """Check that a walkthrough has these words."""
    text = " ".join(text_of(letter).split())
    for phrase in phrases:
        assert phrase in text, phrase


@row("A22")
def two_quantities_under_one_name():
    code = "\n".join(cells("A"))
    assert "dA1 *=" in code  # in place
    assert "np.dot(X.T, dA1)" in code
    assert "dZ1" not in code
    stand("A", "→ dZ₁ →")
    return Finding()


@row("A41", runs_samples=True)
def what_the_complete_code_lacks():
    missing = {f.split()[1] for f in lint("A") if f.startswith("F821")}
    assert {
        "self",
        "np",
        "relu",
        "relu_derivative",
        "sigmoid",
        "input_dim",
        "hidden_dim",
    } <= missing
    code = "\n".join(cells("A"))
    assert not any(f"def {name}" in code for name in ("__init__", "forward", "backward"))
    assert code.count("training=") == 2
    assert "training" not in code.replace("training=", "")
    return Finding()


@row("B1")
def the_placeholder_was_left_in():
    assert text_of("B").splitlines()[2] == "Your Name"
    return Finding()


@row("B9")
def weights_may_grow_while_the_loss_falls():
    stand("B", "for which the weights and biases will be minimal")
    w, b, x, y = 0.5, 0.0, 1.0, 1.0
    losses, sizes = [], []
    for _ in range(10):
        a = sigmoid(w * x + b)
        losses.append(0.5 * (a - y) ** 2)
        sizes.append(abs(w))
        delta = (a - y) * a * (1 - a)
        w, b = w - delta * x, b - delta
    assert (np.diff(losses) < 0).all()
    assert (np.diff(sizes) > 0).all()
    return Finding()


@row("C2", runs_samples=True)
def train_is_no_method():
    assert run("C")[3]["error"].endswith("'Perceptron' object has no attribute 'train'")
    return Finding()


@row("C4")
def one_output_for_two_classes():
    stand("C", "1 for regression, n for n-class classification", "Dense(1, activation='sigmoid')")
    for z in (-3.0, 0.0, 2.0):  # one sigmoid is a softmax over two scores
        scores = np.exp([z, 0.0])
        np.testing.assert_allclose(sigmoid(z), scores[0] / scores.sum())
    return Finding()


@row("C7")
def two_conventions_in_one_network():
    (code,) = (cell for cell in cells("C") if "XOR using 2 layers" in cell)
    assert "np.dot(x, W1.T)" in code
    assert "np.dot(hidden, W2)" in code
    return Finding()


@row("C8", runs_samples=True)
def numpy_2_prints_its_types():
    (printed,) = (cell["printed"] for cell in run("C") if "XOR(" in cell["printed"])
    if int(np.__version__.split(".")[0]) >= 2:
        assert printed.startswith("XOR(np.int64(0), np.int64(0)) = 0")
    return Finding()


@row("C23")
def backpropagation_does_not_update():
    stand("C", "then uses gradient descent to update weights", "computes the gradient of the loss")
    assert "-=" not in next(cell for cell in cells("C") if "def backward_propagation" in cell)
    return Finding()


@row("C26")
def the_hidden_layer_passes_nothing_on():
    (code,) = (cell for cell in cells("C") if "def backward_hidden_layer" in cell)
    (returned,) = (
        node.value
        for function in ast.walk(ast.parse(code))
        if getattr(function, "name", "") == "backward_hidden_layer"
        for node in ast.walk(function)
        if isinstance(node, ast.Return)
    )
    assert ast.unparse(returned) == "(dW1, db1)"
    return Finding()


@row("C27", runs_samples=True)
def the_update_example_has_nothing_to_update():
    stopped = [i for i, cell in enumerate(run("C")) if "'gradients'" in (cell["error"] or "")]
    (place,) = stopped
    assert "def update_parameters" in cells("C")[place]
    names = {}
    (deep,) = (cell for cell in cells("C") if "def forward_deep" in cell)
    exec(deep, names)  # the last cell before it that makes `params`
    assert isinstance(names["params"], list)
    assert len(names["params"]) == 5
    return Finding()


@row("C30")
def an_iteration_is_no_epoch():
    stand("C", "many iterations (epochs)")
    assert np.ceil(1000 / 32) > 1  # updates in an epoch of mini-batches, as recommended there
    stand("C", "Mini-batch GD 32-256 samples Best of both worlds, most common")
    return Finding()


@row("D1")
def the_most_basic_network():
    stand("D", "the most basic type of neural network", "one or more middle (hidden) layers")
    stand("C", "is the simplest form of a neural network")
    return Finding()


@row("D11")
def small_steps_are_not_stochastic():
    stand("D", "This way of making small, controlled changes is called Stochastic Gradient Descent")
    return Finding()


@row("E1")
def one_sample():
    stand("E", "a small dataset", "Single input sample")
    assert cells("E")[0].count("torch.tensor(") == 1
    return Finding()


@row("E12")
def turned_around():
    stand("E", "how much the loss affects the hidden layer output")
    return Finding()


@row("E13")
def a_row_as_a_column():
    measured = slope(lambda a: float((steps.W2 @ a + steps.b2)[0, 0]), steps.a1)
    np.testing.assert_allclose(measured, steps.W2.T, atol=1e-9)
    assert steps.W2.shape == (1, 2)
    return Finding()


@row("E21")
def no_update_is_computed():
    stand("E", "we update the weights", "Where \\(\\eta\\) is the learning rate.")
    code_and_formulas = text_of("E")
    assert "\\eta =" not in code_and_formulas
    assert code_and_formulas.count("W_{\\text{new}}") == 1
    return Finding()


@row("E22")
def the_first_layer_is_no_input_layer():
    stand("E", "# Input layer: 2 inputs, 2 hidden neurons", "Hidden layer: Two neurons")
    return Finding()


@row("R9")
def formulas_of_slopes():
    for z in (-2.0, -0.1, 0.1, 2.0):
        a = sigmoid(z)
        np.testing.assert_allclose(a * (1 - a), slope(sigmoid, z), atol=1e-9)
        np.testing.assert_allclose(float(z > 0), slope(relu, z), atol=1e-9)
    u, v, W = np.array([[1.0, -2.0]]), np.array([[0.5, 3.0]]), np.array([[1.0, 2], [3, 4]])
    for f, right in ((lambda v: u + v, np.eye(2)), (lambda v: v @ W, W.T)):
        measured = [slope(lambda v, i=i, f=f: float(f(v)[0, i]), v)[0] for i in range(2)]
        np.testing.assert_allclose(measured, right, atol=1e-9)
    return Finding()


@row("R23")
def small_claims_about_scikit_learn():
    x, W, b = np.array([[2.0, -1.0]]), np.array([[0.5], [1.5]]), 0.25
    with_one = np.hstack([x, [[1.0]]]) @ np.vstack([W, [[b]]])
    np.testing.assert_allclose(with_one, x @ W + b)
    fitted = classifier(max_iter=7)
    assert fitted.n_iter_ == 7
    inputs = np.array([[3.0, 1.0]])
    np.testing.assert_array_equal(fitted.predict_proba(inputs), fitted.predict_proba(inputs))
    return Finding()


@row("R24")
def the_architecture():
    shapes = [w.shape for w in classifier(max_iter=1).coefs_]
    assert shapes == [(2, 3), (3, 2), (2, 1)]
    return Finding(flat([]))
