"""Rows X (between the walkthroughs) and rows R (checked and found right)."""

import numpy as np

from . import errata_asd as asd
from . import errata_fundamentals as fundamentals
from . import errata_step_by_step as steps
from .errata_ledger import Finding, flat, row
from .errata_nets import Net, bce, relu, sigmoid, slope, teacher

POINTS = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])


def right(published, values):
    """Return the finding of a row in which every published number is right."""
    return Finding(values, published, same=frozenset(range(len(published))))


@row("X1")
def rows_or_columns():
    W, x = np.array([[0.5, 0.5], [0.3, 0.7]]), np.array([[1.0], [2.0]])
    return Finding(flat(W @ x), why=flat(x.T @ W))


@row("X2")
def initial_weights():
    he, glorot, uniform = np.sqrt(2 / 4), np.sqrt(2 / (4 + 3)), np.sqrt(2**2 / 12)
    return Finding([], why=[he, glorot, uniform, 0.01])


@row("X3")
def losses():
    a, y = asd.A2[0, 0], 1
    return Finding([], why=[a - y, (a - y) * a * (1 - a)])


@row("X6")
def guards_of_the_logarithm():
    clipped = -np.log(np.clip(1.0, 1e-8, 1 - 1e-8))
    return Finding([], why=[clipped, -np.log(1.0 + 1e-8)])


@row("X8")
def learning_rates():
    X, Y = fundamentals.line_data()
    ends = []
    for lr in (0.5, 0.005):
        rng = np.random.RandomState(42)
        net = Net((rng.randn(4, 2) * 0.01).T, (rng.randn(1, 4) * 0.01).T)
        ends.append(net.fit(X.T, Y.T, lr, 1000)[-1])
    return Finding([], why=[0.5, 1000, ends[0], 0.005, ends[1]])


@row("X11")
def derivative_of_which_argument():
    def derivative(z):
        return sigmoid(z) * (1 - sigmoid(z))

    return Finding([1, derivative(1.0)], why=[derivative(sigmoid(1.0)), 1])


@row("R1")
def first_entry_of_z1():
    terms = asd.X[0] * asd.W1[:, 0]
    return right(["0.07", "-0.075", "0.044", "-0.224", "-0.185"], flat(terms, terms.sum()))


@row("R2")
def probabilities_from_the_printed_z2():
    z = np.array([-0.087, -0.142])
    return right(["1.091", "1.153", "0.478", "0.465"], flat(np.exp(-z), sigmoid(z)))


@row("R3")
def losses_from_the_printed_probabilities():
    first, second = -np.log(0.478), -np.log(1 - 0.465)
    return right(["0.738", "0.625", "0.682"], [first, second, (first + second) / 2])


@row("R4")
def gradients_from_the_printed_errors():
    published = ["-0.029", "-0.303", "0.219", "-0.162", "0.270", "-0.195", "0.144"]
    return right(
        [*published, "0.012", "-0.009"],
        flat(asd.P_DZ2.mean(), asd.P_DZ2 @ asd.W2.T, asd.P_DZ1.mean(0)[1:]),
    )


@row("R5")
def updates_from_the_printed_gradients():
    dW2 = np.array([0.000, 0.032, 0.007])
    dW1 = [[0.000, 0.007, -0.011], [0.000, -0.014, 0.020]]
    dW1 += [[0.000, -0.017, 0.042], [0.000, 0.070, -0.043]]
    published = ["0.58000", "-0.42016", "0.30996", "0.000145"]
    published += ["0.35000", "-0.21004", "0.48006", "-0.15000", "0.67007", "0.11990"]
    published += ["0.44000", "-0.38991", "0.54979", "-0.28000", "0.18965", "-0.40978"]
    lr = asd.LR
    new_W1 = asd.W1 - lr * np.array(dW1)
    return right(published, flat(asd.W2[:, 0] - lr * dW2, -lr * -0.029, new_W1))


@row("R6")
def too_low_is_extremely_slow():
    history = Net(asd.W1, asd.W2).fit(asd.X, asd.y, 0.00001, 1000)
    assert (np.diff(history) < 0).all()
    return Finding([asd.loss(), history[-1]], why=[1000])


@row("R7")
def l2_regularization():
    rng = np.random.default_rng(0)
    X, y = teacher(40, rng)
    held_out, truth = teacher(1000, rng)

    def validation(lam):
        losses = []
        for seed in range(3):
            net = Net.he((4, 30, 1), np.random.default_rng(seed))
            net.fit(X, y, 0.1, 400, 16, np.random.default_rng(seed), lam=lam)
            losses.append(bce(truth, net.logits(held_out)))
        return np.mean(losses)

    none, some, much = validation(0), validation(0.1), validation(1.0)
    assert some < none < much
    return Finding([], why=[40, 0.1, 1])


@row("R8")
def spread_of_the_initial_weights():
    drawn = np.random.default_rng(0).normal(0, np.sqrt(2 / (3 + 1)), 100_000)
    assert abs(drawn.std() - np.sqrt(0.5)) < 0.01
    return Finding([np.sqrt(2 / 4)], why=[2 / 4])


@row("R10")
def weighted_sums():
    worked = np.dot([0.5, 0.3, 0.2], [0.4, 0.6, 0.8]) - 0.1
    practice = np.dot([0.6, 0.8], [0.5, 0.5]) - 0.4
    return right(["0.44", "0.3", "1"], [worked, practice, practice > 0])


@row("R11")
def gates():
    for target in ([0, 0, 0, 1], [0, 1, 1, 1]):
        for seed in range(20):
            start = np.random.default_rng(seed).standard_normal(2) * 0.01
            assert fundamentals.train_perceptron(target, 0.1, start) is not None
    assert fundamentals.train_perceptron([0, 1, 1, 0], 0.1, [0, 0]) is None
    X = fundamentals.GATES
    hidden = (X @ np.array([[1, 1], [-1, -1]]).T + np.array([-0.5, 1.5]) > 0).astype(int)
    xor = (hidden @ np.array([[1], [1]]) - 1.5 > 0).astype(int)
    return right(["0", "1", "1", "0"], flat(xor))


@row("R12")
def sigmoid_and_its_derivative():
    s = sigmoid(POINTS)
    published = ["0.119", "0.269", "0.5", "0.731", "0.881"]
    return right([*published, "0.105", "0.197", "0.25", "0.197", "0.105"], flat(s, s * (1 - s)))


@row("R13")
def tanh():
    np.testing.assert_allclose(np.tanh(POINTS), 2 * sigmoid(2 * POINTS) - 1, atol=1e-15)
    return right(["-0.964", "-0.762", "0.0", "0.762", "0.964"], flat(np.tanh(POINTS)))


@row("R14")
def the_relu_family():
    leaky = np.where(POINTS > 0, POINTS, 0.01 * POINTS)
    elu = np.where(POINTS > 0, POINTS, np.exp(POINTS) - 1)
    published = ["0", "0", "0", "1", "2", "0", "0", "0", "1", "1"]
    published += ["-0.02", "-0.01", "0", "1", "2", "-0.865", "-0.632", "0", "1", "2"]
    return right(published, flat(relu(POINTS), POINTS > 0, leaky, elu))


@row("R15")
def softmax():
    p = fundamentals.softmax(np.array([2.0, 1.0, 0.1]))
    return right(["0.659", "0.242", "0.099", "1.000"], flat(p, p.sum()))


@row("R16")
def stacked_linear_layers_collapse():
    rng = np.random.default_rng(0)
    V1, c1, V2, c2 = (rng.normal(size=s) for s in ((4, 3), (4, 1), (2, 4), (2, 1)))
    x = rng.normal(size=(3, 1))
    np.testing.assert_allclose(V2 @ (V1 @ x + c1) + c2, (V2 @ V1) @ x + (V2 @ c1 + c2))
    return Finding()


@row("R17")
def explorer_at_zero():
    return right(["0.500", "0.000", "0", "0"], flat(sigmoid(0), np.tanh(0), relu(0), 0.01 * 0))


@row("R18")
def practice_layer():
    z = np.array([[0.5, 0.5], [0.3, 0.7]]) @ np.array([1, 2])
    return right(["1.5", "1.7", "1.5", "1.7"], flat(z, relu(z)))


@row("R19")
def chain_rule():
    g = 2 * 3 + 1
    z = 2 * 3 + 1
    numeric = ((2 * (3 + 1e-5) + 1) ** 2 - z**2) / 1e-5
    published = ["7", "14", "28", "7", "49", "28", "14", "28.0"]
    return right(published, flat(g, 2 * g, 2 * g * 2, z, z**2, 2 * z * 2, 2 * z, numeric))


@row("R20")
def backpropagation_with_one_output():
    rng = np.random.default_rng(3)
    p = fundamentals.small_params(1, rng, scale=1)
    X, Y = rng.standard_normal((3, 5)), rng.integers(0, 2, (1, 5))
    gradients = fundamentals.code_backward(X, Y, p)
    for name, gradient in gradients.items():
        measured = slope(
            lambda v, name=name: fundamentals.code_loss(
                fundamentals.code_forward(X, p | {name: v})[2], Y
            ),
            p[name],
        )
        np.testing.assert_allclose(gradient, measured, atol=1e-7)
    return Finding()


def hidden_layer_run(activation="relu", adam=0.0):
    """Return the loss after 1000 epochs of Module 3.1's last example, at its rate of 0.5."""
    X, Y = fundamentals.line_data()
    rng = np.random.default_rng(0)
    p = [rng.standard_normal((4, 2)) * 0.01, np.zeros((4, 1))]
    p += [rng.standard_normal((1, 4)) * 0.01, np.zeros((1, 1))]
    m, v = [np.zeros_like(q) for q in p], [np.zeros_like(q) for q in p]
    act = {"relu": relu, "sigmoid": sigmoid, "tanh": np.tanh}[activation]
    slopes = {
        "relu": lambda A: A > 0,
        "sigmoid": lambda A: A * (1 - A),
        "tanh": lambda A: 1 - A**2,
    }
    for t in range(1, 1001):
        A = act(p[0] @ X + p[1])
        d = (sigmoid(p[2] @ A + p[3]) - Y) / 200
        dZ = (p[2].T @ d) * slopes[activation](A)
        gradients = [dZ @ X.T, dZ.sum(1, keepdims=True), d @ A.T, d.sum(1, keepdims=True)]
        for i, g in enumerate(gradients):
            if adam:
                m[i], v[i] = 0.9 * m[i] + 0.1 * g, 0.999 * v[i] + 0.001 * g**2
                unbiased = np.sqrt(v[i] / (1 - 0.999**t))
                p[i] = p[i] - adam * m[i] / (1 - 0.9**t) / (unbiased + 1e-8)
            else:
                p[i] = p[i] - 0.5 * g
    return bce(Y, p[2] @ act(p[0] @ X + p[1]) + p[3])


@row("R28")
def relu_trains_faster_than_sigmoid():
    return Finding([], why=[hidden_layer_run(a) for a in ("relu", "sigmoid", "tanh")])


@row("R29")
def adam_is_often_faster():
    plain, usual, tuned = (
        hidden_layer_run(),
        hidden_layer_run(adam=0.001),
        hidden_layer_run(adam=0.1),
    )
    assert tuned < plain / 3
    return Finding([], why=[plain, 0.1, 0.001, usual])


@row("R25")
def hidden_layer():
    return right(["1.3", "1.8", "1.3", "1.8"], flat(steps.z1, steps.a1))


@row("R26")
def steps_from_the_printed_predecessors():
    y_hat, dz2, again = 0.938, -0.062, -0.039936
    published = ["0.064", "-1.066", "0.0582", "-0.062", "-0.0806", "-0.1116"]
    values = [-np.log(y_hat), -1 / y_hat, y_hat * (1 - y_hat), -1.066 * 0.0582]
    values += [dz2 * 1.3, dz2 * 1.8, again * 0.7, again * 0.9]
    return right([*published, "-0.02796", "-0.03594"], values)


@row("R27")
def the_model_with_the_worked_weights():
    return Finding(flat(steps.y_hat))
