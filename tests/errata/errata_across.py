"""Rows X (between the walkthroughs) and rows R (checked and found right)."""

from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np

from . import errata_asd as asd
from . import errata_fundamentals as fundamentals
from . import errata_scratch as scratch
from . import errata_step_by_step as steps
from .errata_dissecting import classifier
from .errata_ledger import Finding, agreeing, flat, reach, row
from .errata_nets import STARTS, Net, bce, flip, relu, sigmoid, slope, teacher

POINTS = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])


def right(published, values):
    """Return the finding of a row in which every published number is right."""
    return Finding(values, published, same=frozenset(range(len(published))))


@row("X1")
def rows_of_one_update():
    fitted = classifier(max_iter=1, batch_size=8)
    np.testing.assert_array_equal(fitted.coefs_[0], classifier(max_iter=1).coefs_[0])
    return Finding([], why=[8])


@row("X2")
def updates_in_an_epoch():
    return Finding([], why=[np.ceil(1000 / batch) for batch in (16, 1000, 1)])


@row("X4", any_draw=True)
def weight_matrices():
    three_one = fundamentals.small_params(1, np.random.default_rng(0))
    each = [
        (asd.W1, asd.W2),
        (scratch.start(),),
        [name for name in three_one if name.startswith("W")],
        classifier(max_iter=1).coefs_,
        (steps.W1, steps.W2),
    ]
    return Finding([], why=[len(matrices) for matrices in each])


@row("X5")
def initial_weights():
    n_in, n_out = 4, 3
    he, glorot = np.sqrt(2 / n_in), np.sqrt(2 / (n_in + n_out))
    uniform, torch_s = (width / np.sqrt(12) for width in (2, 2 / np.sqrt(n_in)))
    glorot_uniform = 2 * np.sqrt(6 / (n_in + n_out)) / np.sqrt(12)
    return Finding([], why=[he, glorot, 0.01, uniform, glorot_uniform, torch_s])


@row("X7")
def rows_or_columns():
    W, x = np.array([[0.5, 0.5], [0.3, 0.7]]), np.array([[1.0], [2.0]])
    return Finding([], why=flat(W @ x, x.T @ W))


@row("X8")
def losses():
    a, y = asd.A2[0, 0], 1
    return Finding([], why=[a - y, (a - y) * a * (1 - a)])


@row("X10")
def guards_of_the_logarithm():
    clipped = -np.log(np.clip(1.0, 1e-8, 1 - 1e-8))
    return Finding([], why=[clipped, -np.log(1.0 + 1e-8)])


@row("X11")
def labels():
    return Finding([], why=flat((np.array([-1, 1]) + 1) / 2))


@row("X12")
def updates_until_it_stops():
    return Finding([], why=[classifier().n_iter_])


@row("X13", starts=STARTS)
def learning_rates():
    why = []
    for lr in (0.5, 0.005):
        own, others = (hidden_layer_run(start, lr=lr) for start in (own_start(), small_starts()))
        why += [lr, *own, *reach(others)]
    return Finding([], why=[1000, STARTS, *why])


@row("X15")
def derivative_of_which_argument():
    def derivative(z):
        return sigmoid(z) * (1 - sigmoid(z))

    return Finding([], why=[1, derivative(1.0), derivative(sigmoid(1.0))])


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

    # Four entries lie on a tie. No one way to round them gives all four as printed.
    exact = [
        Decimal(str(w)) - Decimal(str(lr)) * Decimal(str(g))
        for w, g in zip(np.ravel(asd.W1), np.ravel(dW1), strict=True)
    ]
    on_a_tie = [i for i, v in enumerate(exact) if v * 10**5 % 1 != 0]
    printed = [Decimal(published[4 + i]) for i in on_a_tie]
    differing = {
        mode: [
            value
            for i, value in zip(on_a_tie, printed, strict=True)
            if exact[i].quantize(Decimal("1e-5"), mode) != value
        ]
        for mode in (ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_HALF_DOWN)
    }
    assert all(differing.values())
    (odd_one_out,) = differing[ROUND_HALF_EVEN]
    return Finding(
        flat(asd.W2[:, 0] - lr * dW2, -lr * -0.029, new_W1),
        published,
        same=frozenset(range(16)),
        why=[float(exact[on_a_tie[printed.index(odd_one_out)]]), float(odd_one_out), -0.38992],
    )


@row("R6")
def too_low_is_extremely_slow():
    history = Net(asd.W1, asd.W2).fit(asd.X, asd.y, 0.00001, 1000)
    assert (np.diff(history) < 0).all()
    return Finding([asd.loss(), history[-1]], why=[1000])


@row("R7", starts=STARTS)
def l2_regularization():
    (X, y), (held_out, truth) = teacher(40, 1000)

    def validation(lam):
        net = Net.he((4, 30, 1))
        net.fit(X, y, 0.1, 1000, batch=16, lam=lam)
        return bce(truth, net.logits(held_out))

    none, some, much = validation(0), validation(0.03), validation(10)
    return Finding(
        [],
        why=[40, 1000, STARTS, 0.03, agreeing(some < none), STARTS, 10, agreeing(none < much)],
    )


@row("R8", any_draw=True)
def spread_of_the_initial_weights():
    drawn = np.random.default_rng(0).normal(0, np.sqrt(2 / (3 + 1)), 100_000)
    assert abs(drawn.std() - np.sqrt(0.5)) < 0.01
    return Finding([np.sqrt(2 / 4)], why=[2 / 4])


@row("R10")
def weighted_sums():
    worked = np.dot([0.5, 0.3, 0.2], [0.4, 0.6, 0.8]) - 0.1
    practice = np.dot([0.6, 0.8], [0.5, 0.5]) - 0.4
    return right(["0.44", "0.3", "1"], [worked, practice, practice > 0])


@row("R11", starts=STARTS)
def gates():
    for target in ([0, 0, 0, 1], [0, 1, 1, 1], [0, 1, 1, 0]):
        learned = []
        for seed in range(STARTS):
            start = np.random.default_rng(seed).standard_normal(2) * 0.01
            learned.append(fundamentals.train_perceptron(target, 0.1, start) is not None)
        assert all(learned) if target != [0, 1, 1, 0] else not any(learned)
    X = fundamentals.GATES
    hidden = (X @ np.array([[1, 1], [-1, -1]]).T + np.array([-0.5, 1.5]) > 0).astype(int)
    xor = (hidden @ np.array([[1], [1]]) - 1.5 > 0).astype(int)
    return Finding(flat(xor), ["0", "1", "1", "0"], same=frozenset(range(4)), why=[STARTS])


@row("R12")
def sigmoid_and_its_derivative():
    s = sigmoid(POINTS)
    published = ["0.119", "0.269", "0.5", "0.731", "0.881"]
    return right([*published, "0.105", "0.197", "0.25", "0.197", "0.105"], flat(s, s * (1 - s)))


@row("R13")
def tanh():
    for z in (POINTS, np.array([-1000.0, -20.0, 1e-9, 20.0, 1000.0])):
        np.testing.assert_allclose(np.tanh(z), 2 * sigmoid(2 * z) - 1, atol=1e-15)
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


@row("R16", any_draw=True)
def stacked_linear_layers_collapse():
    for seed in range(STARTS):
        rng = np.random.default_rng(seed)
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


@row("R20", any_draw=True)
def backpropagation_with_one_output():
    def loss(X, Y, p):  # compute_loss without its ε
        return bce(Y, p["W2"] @ relu(p["W1"] @ X + p["b1"]) + p["b2"])

    for seed in range(STARTS):
        rng = np.random.default_rng(seed)
        p = fundamentals.small_params(1, rng, scale=1)
        X, Y = rng.standard_normal((3, 5)), rng.integers(0, 2, (1, 5))
        for name, gradient in fundamentals.code_backward(X, Y, p).items():
            measured = slope(lambda v, p=p | {}, X=X, Y=Y, n=name: loss(X, Y, p | {n: v}), p[name])
            np.testing.assert_allclose(gradient, measured, atol=1e-8)
    return Finding()


def own_start():
    """Return the weights that Module 3.1's last example starts from."""
    own = np.random.RandomState(42)
    return own.randn(1, 4, 2) * 0.01, own.randn(1, 1, 4) * 0.01


def small_starts():
    """Return other starts of the same kind."""
    rng = np.random.default_rng(0)
    return rng.standard_normal((STARTS, 4, 2)) * 0.01, rng.standard_normal((STARTS, 1, 4)) * 0.01


def hidden_layer_run(weights, activation="relu", lr=0.5, adam=0.0):
    """Return the loss of each start after 1000 epochs of Module 3.1's last example."""
    X, Y = fundamentals.line_data()
    W1, W2 = weights
    p = [W1, np.zeros_like(W1[..., :1]), W2, np.zeros_like(W2[..., :1])]
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
        dZ = (flip(p[2]) @ d) * slopes[activation](A)
        gradients = [dZ @ X.T, dZ.sum(-1, keepdims=True), d @ flip(A), d.sum(-1, keepdims=True)]
        for i, g in enumerate(gradients):
            if adam:
                m[i], v[i] = 0.9 * m[i] + 0.1 * g, 0.999 * v[i] + 0.001 * g**2
                unbiased = np.sqrt(v[i] / (1 - 0.999**t))
                p[i] = p[i] - adam * m[i] / (1 - 0.9**t) / (unbiased + 1e-8)
            else:
                p[i] = p[i] - lr * g
    return bce(Y, p[2] @ act(p[0] @ X + p[1]) + p[3])


@row("R28", starts=STARTS)
def relu_trains_faster_than_sigmoid():
    names = ("relu", "sigmoid", "tanh")
    own = [hidden_layer_run(own_start(), name)[0] for name in names]
    ends = {name: hidden_layer_run(small_starts(), name) for name in names}
    faster = agreeing(ends["relu"] < ends["sigmoid"])
    return Finding([], why=[*own, STARTS, faster, *(e for n in names for e in reach(ends[n]))])


@row("R29", starts=STARTS)
def adam_is_often_faster():
    plain = hidden_layer_run(small_starts())
    tuned, middle, usual = (hidden_layer_run(small_starts(), adam=a) for a in (0.1, 0.01, 0.001))
    assert agreeing(tuned < plain / 3) == agreeing(plain < usual / 5) == STARTS
    return Finding(
        [],
        why=[STARTS, *reach(plain), 0.1, *reach(tuned), 0.01, *reach(middle), 0.001, *reach(usual)],
    )


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
