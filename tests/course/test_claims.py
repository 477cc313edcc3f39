"""Sentences that were false once: as they stand now, with their numbers recomputed."""

import json
import re
import warnings

import numpy as np
import pytest
from numpy.testing import assert_allclose

from helpers import reference
from helpers.reference import Network, elsewhere, two_moons
from helpers.reference.optimizers import OPTIMIZERS

from .small_course import REPOSITORY

pytestmark = pytest.mark.tier("test")


def prose(module):
    """Return the text of a module, without its code cells and on one line."""
    (source,) = REPOSITORY.glob(f"solutions/{module}-*/*.md")
    text = re.sub(r"^```.*?^```$", "", source.read_text(encoding="utf-8"), flags=re.S | re.M)
    return " ".join(text.split())


def says(module, *sentences):
    """Check that a module still says it; where it is said otherwise, this test must follow."""
    text = prose(module)
    for sentence in sentences:
        assert sentence in text, sentence


def test_each_form_of_the_sigmoid_breaks_on_one_side_only():
    says("02", "At $-1000$ the second formula is right", "At $+1000$ it makes")
    with np.errstate(over="ignore", invalid="ignore"):
        for z, second in ((-1000.0, 0.0), (1000.0, np.nan)):
            assert_allclose(np.exp(z) / (1 + np.exp(z)), second)
            assert_allclose(1 / (1 + np.exp(-z)), reference.sigmoid(z), atol=1e-300)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # "and without a warning"
        np.exp(-1000.0) / (1 + np.exp(-1000.0))


def ratios(activation, init):
    """Return dW of the tenth layer divided by that of the first, for twenty starts."""
    X, y = two_moons(100, np.random.default_rng(0))
    shape = Network((2, *[32] * 10, 1), activation=activation, init=init)
    found = []
    for seed in range(20):
        drawn = Network.from_layers(shape.initial_layers(np.random.default_rng(seed)))
        sizes = [np.abs(dW).mean() for dW, _ in drawn.backward(X, y)]
        found.append(sizes[9] / sizes[0])
    return np.array(found)


def test_a_gradient_passes_nine_sigmoids_from_layer_ten_to_layer_one():
    says("02", "From the tenth layer down to the first it passes nine activations", "262,144")
    says("02", "layer 10 gets a gradient 28,000 to 430,000 times as large as layer 1")
    says("02", "With tanh and ReLU the two differ by less than a factor of ten")
    assert 4**9 == 262_144
    sigmoid = ratios("sigmoid", "glorot_normal")
    assert_allclose([sigmoid.min(), sigmoid.max()], [28_000, 430_000], rtol=0.02)
    for activation, init in (("tanh", "glorot_normal"), ("relu", "he_normal")):
        assert np.abs(np.log10(ratios(activation, init))).max() < 1


def test_no_text_calls_ten_sigmoids_a_millionfold():
    from helpers.quiz.closing import QUESTIONS

    said = " ".join(o.why for q in QUESTIONS for o in q.options) + prose("02")
    assert "millionfold" not in said
    assert "1 part in 262,144" in said


def test_the_round_relatives_of_relu_are_as_the_table_says():
    says("02", "GELU to $-0.170$ and SiLU to $-0.278$", "up to 1.129 and 1.100")
    says("02", "| GELU | [−0.17, ∞) | 1.13 |", "| SiLU | [−0.28, ∞) | 1.10 |")
    z = np.linspace(-10, 10, 20_001)
    for name, lowest, steepest in (("gelu", -0.170, 1.129), ("silu", -0.278, 1.100)):
        function, slope = reference.ACTIVATIONS[name]
        assert_allclose([function(z).min(), slope(z).max()], [lowest, steepest], atol=5e-4)


def test_prelu_has_negative_values_only_where_alpha_is_positive():
    says("02", "| PReLU | (−∞, ∞) where α > 0 | 1, or α where α > 1 |")
    says("02", "where it is negative, PReLU has no negative values")
    z = np.linspace(-5, 5, 101)
    for alpha, negative in ((0.25, True), (-0.25, False)):
        assert (np.where(z > 0, z, alpha * z) < 0).any() == negative


@pytest.mark.parametrize("temperature", [0.1, 1.0, 5.0])
def test_the_largest_slope_of_softmax_is_a_quarter_by_the_temperature(temperature):
    says("02", r"At $p = ½$ it is $\frac{1}{4T}$, the largest slope there is")
    says("13", "Softmax is steepest where $p = ½$, with the slope $1/(4T)$")
    scores = np.random.default_rng(0).normal(size=(2000, 3))
    slopes = reference.softmax_derivative(scores, temperature)
    even = reference.softmax_derivative([1.0, 1.0], temperature)[0, 0]
    assert np.abs(slopes).max() <= even + 1e-12
    assert_allclose(even, 1 / (4 * temperature))


def sizes_in_tanh(gain, seed):
    """Return a signal's typical size after 10 and 30 tanh layers of 256 neurons."""
    rng = np.random.default_rng(seed)
    A, sizes = rng.standard_normal((50, 256)), []
    for _ in range(30):
        A = np.tanh(A @ rng.normal(0, gain / 16, (256, 256)))  # Glorot's spread is 1 / √256
        sizes.append(np.sqrt(np.mean(A**2)))
    return sizes[9], sizes[29]


@pytest.mark.parametrize(
    ("gain", "expected"), [(1, (0.225, 0.125)), (2**0.5, (0.555, 0.555)), (5 / 3, (0.65, 0.65))]
)
def test_thirty_tanh_layers_fade_under_glorots_rule_alone(gain, expected):
    says("03", "0.23 after ten layers, 0.13 after thirty", "settles at 0.56", "Glorot's at 0.65")
    says("13", "about 0.12 with Glorot's rule, 0.55 with He's, 0.65 with 5/3 times Glorot's")
    for seed in (0, 1):
        assert_allclose(sizes_in_tanh(gain, seed), expected, atol=0.02)


@pytest.mark.parametrize("value", [0.0, 0.5])
def test_hidden_weights_do_not_move_from_zeros_and_stay_copies_from_one_number(value):
    says("03", "From 0, no weight moved at all", "the three columns are equal")
    X, y, params = reference.asd_batch()
    p = {name: np.full(array.shape, value) for name, array in params.items()}
    p |= {"b1": np.zeros((1, 3)), "b2": np.zeros((1, 1))}
    for _ in range(100):
        p, _ = reference.train_step(p, X, y, lr=0.5)
    assert (p["W1"] == p["W1"][:, :1]).all()
    assert (p["W1"] == 0).all() == (p["W2"] == 0).all() == (value == 0)


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_from_zeros_only_the_bias_of_the_output_learns(activation):
    says("03", "Only the output's bias can learn. (With tanh it is the same.)")
    X, _, _ = reference.asd_batch()
    hidden = (np.zeros((4, 3)), np.zeros((1, 3)), activation)
    network = Network.from_layers([hidden, (np.zeros((3, 1)), np.zeros((1, 1)), "sigmoid")])
    (dW1, db1), (dW2, db2) = network.backward(X, [[1], [1]])
    assert not any(map(np.any, (dW1, db1, dW2)))
    assert_allclose(db2, -0.5)


def last_bias(lr, steps=1000):
    """Train the 4-3-1 network; return b2 after each of the last two steps, and the loss."""
    X, y, p = reference.asd_batch()
    for _ in range(steps):
        before, (p, _) = p, reference.train_step(p, X, y, lr)
    assert not (X @ p["W1"] + p["b1"] > 0).any()  # all hidden neurons are dead
    loss = reference.bce(y, reference.forward(X, p)[0])
    return before["b2"].item(), p["b2"].item(), loss


def test_with_one_bias_left_the_limit_is_eight():
    says("07", "7.9 arrives, 8.1 does not", "after 1000 steps $b_2$ is still 0.055")
    assert reference.critical_lr([[0.25]]) == 8
    assert_allclose(last_bias(7.9), (0, 0, np.log(2)), atol=1e-6)
    assert_allclose(last_bias(8.0), (0.055, -0.055, 0.6935), atol=5e-4)
    for lr, place, loss in ((8.1, 0.388, 0.7118), (9.0, 1.240, 0.8742), (10.0, 1.776, 1.0444)):
        one, other, found = last_bias(lr)
        assert_allclose((one, other, found), (place, -place, loss), atol=5e-4)


def judged(beta, steps):
    """Return the best loss of 41 rates, each judged by the highest of its last ten losses."""
    h, lrs = np.array([1.0, 50.0]), np.geomspace(0.001, 0.1, 41)[:, np.newaxis]
    w, v, losses = np.array([[-1.5, 1.0]]), 0.0, []
    for _ in range(steps):
        v = beta * v + h * w
        w = w - lrs * v
        losses.append(0.5 * (h * w * w).sum(axis=1))
    return np.max(losses[-10:], axis=0).min()


def test_beta_decides_whether_momentum_wins():
    says("07", "is *behind* plain descent, and after 100 about level with it")
    says("07", "With 0.566 the loss is thousands of times lower than both at 40")
    assert judged(0.9, 40) > 2 * judged(0.0, 40) > 5000 * judged(0.566, 40)
    assert 0.5 < judged(0.9, 100) / judged(0.0, 100) < 2
    assert judged(0.566, 100) < 1e-14
    low, high = np.sqrt([1.0, 50.0])
    assert round(((high - low) / (high + low)) ** 2, 3) == 0.566


def best_in_a_valley(rule, turned):
    """Return the best of ten rates on curvatures 1 and 50, judged by the last ten losses."""
    turn = np.array([[1.0, -1.0], [1.0, 1.0]]) / np.sqrt(2) if turned else np.eye(2)
    H, start = turn @ np.diag([1.0, 50.0]) @ turn.T, turn @ np.array([-1.5, 1.0])
    found = []
    for lr in (0.003, 0.005, 0.01, 0.02, 0.035, 0.05, 0.1, 0.2, 0.3, 0.5):
        w, state, losses = start, rule.start(start), []
        for _ in range(100):
            w, state = rule.step(w, H @ w, state, lr)
            losses.append(0.5 * w @ H @ w)
        found.append(max(losses[-10:]))
    return min(found)


def test_rules_that_scale_each_weight_come_last_in_a_slanted_valley():
    says("07", "come last where it is slanted", "Adam, which has both parts, changes little here")
    best = {
        turned: {name: best_in_a_valley(rule(), turned) for name, rule in OPTIMIZERS.items()}
        for turned in (False, True)
    }
    for name in ("gradient_descent", "momentum"):
        assert_allclose(best[True][name], best[False][name], rtol=1e-6)
    order = [sorted(found, key=found.get) for found in best.values()]
    assert set(order[0][:2]) == set(order[1][-2:]) == {"adagrad", "rmsprop"}
    assert_allclose(best[True]["adam"], best[False]["adam"], rtol=0.1)


def test_the_l2_penalty_is_weight_decay_in_plain_descent_and_not_through_adam():
    says("07", "AdamW leaves 0.990 and 0.905, as plain descent does", "both penalties do the same")
    for lam, left in ((0.01, 0.990), (0.1, 0.905)):
        w, m, v = 1.0, 0.0, 0.0
        for t in range(1, 101):
            w, m, v = reference.adam_step(w, lam * w, m, v, t, lr=0.01)
        assert_allclose(w, 0.224, atol=5e-4)
        assert_allclose((1 - 0.01 * lam) ** 100, left, atol=5e-4)


def test_the_square_cancels_and_the_cube_remains():
    says("05", "The slope from both sides is 13, from one side 19", "Only the cube remains")
    for h in (1.0, 0.5, 0.25):
        assert_allclose(((2 + h) ** 3 - 2**3) / h, 12 + 6 * h + h**2)
        assert_allclose(((2 + h) ** 3 - (2 - h) ** 3) / (2 * h), 12 + h**2)


def test_a_central_difference_is_good_to_nine_decimals_or_so():
    """Question 13 says so of a loss of about 1: that is decimals, whatever the loss has before."""
    X, y, params = reference.asd_batch()
    grads = reference.backward(X, y, params, reference.forward(X, params)[1])
    for shift in (0.0, 1.0):
        measured = reference.numerical_gradient(
            lambda p, shift=shift: shift + reference.bce(y, reference.forward(X, p)[0]), params
        )
        off = max(np.abs(grads[name] - slope).max() for name, slope in measured.items())
        assert 1e-12 < off < 1e-9


def moons_split(seed):
    """Draw 140 noisy moons, as module 06 does: 40 training rows and 100 validation rows."""
    rng = np.random.default_rng(seed)
    X, y = two_moons(140, rng, noise=0.3)
    order = rng.permutation(140)
    train, val = order[:40], order[40:]
    return (X[train], y[train]), (X[val], y[val])


def gap(seed):
    """Return how far the validation loss of a split ends above its training loss."""
    rows, val_data = moons_split(seed)
    (W1, b1), (W2, b2) = reference.init_params((2, 8, 1), np.random.default_rng(1))
    start = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    rng = np.random.default_rng(1)
    _, history = reference.fit(start, *rows, 60, 8, 0.3, rng, val_data)
    return history["val_loss"][-1] - history["loss"][-1]


def test_the_split_that_is_shown_is_typical_and_seed_six_the_exception():
    says("06", "In 25 of 30. The split above is a typical one. Seed 6 is the exception")
    says("06", "*below* the training loss, by 0.103")
    gaps = np.array([gap(seed) for seed in range(30)])
    assert (gaps > 0).sum() == 25
    assert gaps.argmin() == 6
    assert_allclose(gaps[6], -0.103, atol=5e-4)
    assert 10 <= np.argsort(np.argsort(gaps))[5] < 20  # seed 5 is in the middle third


def large(**settings):
    """Train the network of 50 hidden neurons on the rows of module 06; return its losses."""
    rows, val_data = moons_split(5)
    settings = {"lr": 0.5, "epochs": 1000, "batch_size": 40, "rng": 1} | settings
    return Network((2, 50, 1), **settings).fit(*rows, val_data=val_data).history_["val_loss"]


def test_the_run_by_heart_turns_around_where_the_text_says():
    says("06", "turns around after epoch 76, and ends 1.7 times as high", "came after 76 epochs")
    says("06", "a validation loss of 0.313 in place of 0.542")
    losses = np.array(large())
    assert losses.argmin() + 1 == 76
    assert_allclose([losses.min(), losses[-1]], [0.313, 0.542], atol=5e-4)
    assert_allclose(losses[-1] / losses.min(), 1.7, atol=0.05)
    assert len(large(patience=30)) == 106  # a tenth of the work


def test_a_batch_without_repetition_varies_a_little_less_than_independent_rows():
    says("06", "The rows of a batch are not independent: none is drawn twice")
    rng, numbers = np.random.default_rng(0), np.random.default_rng(1).normal(size=300)
    for size in (16, 64):
        means = [rng.choice(numbers, size, replace=False).mean() for _ in range(4000)]
        rule = numbers.std() / np.sqrt(size)
        assert_allclose(np.std(means), rule * np.sqrt((300 - size) / 299), rtol=0.04)


@pytest.mark.tier("full")
def test_over_a_hundred_seeds_our_network_and_scikit_learn_reach_from_0_to_1():
    """Alike in all: 600 epochs, no early stop; scikit-learn alone stops 12 of 20 before 100."""
    MLP = pytest.importorskip("sklearn.neural_network").MLPClassifier
    says("06", "over a hundred, both reach from 0 to 1")
    X, y = reference.sun_and_water()
    ours = Network((2, 3, 2, 1), init="glorot_uniform", epochs=600, batch_size=8)
    plain = {"solver": "sgd", "learning_rate_init": 0.1, "momentum": 0}
    even = plain | {"max_iter": 600, "tol": 0, "n_iter_no_change": 600}
    scores = {"ours": [], "theirs": []}
    with warnings.catch_warnings(action="ignore"):
        for seed in range(100):
            ours.set_params(rng=seed).fit(X[:8], y[:8])
            theirs = MLP((3, 2), **even, random_state=seed).fit(X[:8], y[:8, 0])
            scores["ours"].append(ours.score(X[8:], y[8:]))
            scores["theirs"].append(theirs.score(X[8:], y[8:, 0]))
        alone = [MLP((3, 2), **plain, max_iter=1000, random_state=s) for s in range(20)]
        epochs = [mlp.fit(X[:8], y[:8, 0]).n_iter_ for mlp in alone]
    assert {name: (min(of), max(of)) for name, of in scores.items()} == dict.fromkeys(
        scores, (0, 1)
    )
    assert sum(count < 100 for count in epochs) == 12


def test_two_relus_can_do_xor():
    says("06", "Two ReLUs *can* do it", "the weights of three *step* neurons by hand")
    X, y = reference.xor()
    hand = {"W1": np.ones((2, 2)), "b1": np.array([[0.0, -1.0]])}
    hand |= {"W2": np.array([[2.0], [-4.0]]), "b2": np.array([[-1.0]])}
    assert reference.accuracy(y, reference.forward(X, hand)[0]) == 1


def test_where_all_hidden_neurons_are_dead_the_bias_of_the_output_swings_on():
    says("06", "What still moves is the bias of the output: it swings to and fro")
    X, y = reference.xor()
    network = Network((2, 8, 1), lr=1000, epochs=300, batch_size=4, rng=1)
    biases = []
    network.fit(X, y, on_epoch=lambda _, layers: biases.append(layers[1][1].item()))
    W, b, _ = network.layers_[0]
    assert not (X @ W + b > 0).any()
    assert_allclose(biases[-2:], biases[-4:-2])
    assert abs(biases[-1] - biases[-2]) > 100


@pytest.fixture(scope="module")
def handwriting():
    """Split the digits as module 09 does, and train its ten networks."""
    from helpers.checks import exercises

    X, y = reference.digits()
    order = np.random.default_rng(9).permutation(len(X))
    X, y = X[order], y[order]
    train = exercises()["train_digits"].reference
    made = [train(X[:1200], y[:1200], np.random.default_rng(seed)) for seed in range(10)]
    return X, y, made


def read(X, y, params):
    """Return the share of rows that a network reads."""
    return np.mean(reference.forward_classes(X, params)[0].argmax(axis=1) == y)


def nearest(X, rows):
    """Return the place of the nearest row of X for each row."""
    return ((rows[:, None] - X) ** 2).sum(axis=2).argmin(axis=1)


def test_ten_networks_read_handwriting_as_the_text_says(handwriting):
    says("09", "lie between 0.960 and 0.973, with a mean of 0.966", "from 96.0 to 97.3 %")
    X, y, made = handwriting
    scores = [read(X[1200:], y[1200:], params) for params in made]
    assert_allclose([min(scores), max(scores), np.mean(scores)], [0.960, 0.973, 0.966], atol=6e-4)


def test_the_nearest_picture_is_hard_to_beat(handwriting):
    says("09", "nearest mean, 0.888", "nearest *picture*, 0.980", "Then it prints 0.985")
    X, y, _ = handwriting
    means = np.array([X[:1000][y[:1000] == c].mean(axis=0) for c in range(10)])
    assert_allclose(np.mean(nearest(means, X[1200:]) == y[1200:]), 0.888, atol=5e-4)
    assert_allclose(np.mean(y[nearest(X[:1000], X[1000:1200])] == y[1000:1200]), 0.985)
    assert_allclose(np.mean(y[nearest(X[:1200], X[1200:])] == y[1200:]), 0.980, atol=5e-4)


def test_pixels_from_0_to_16_need_a_lower_rate():
    says("09", "With a tenth of the rate it learns")
    X, y = reference.digits()
    network = Network(
        (64, 32, 10), loss="cross_entropy", optimizer="momentum", lr=0.01, epochs=20,
        batch_size=32, rng=0,
    )  # fmt: skip
    assert network.fit(16 * X, reference.one_hot(y, 10)).score(16 * X, y) > 0.9


def test_the_model_card_says_where_the_network_fails(handwriting):
    says("09", "in 21 to 58 of 100 pictures", "costs more than half of the answers")
    X, y, made = handwriting
    noise = np.random.default_rng(0).uniform(size=(1000, 64))
    sure = [np.mean(reference.forward_classes(noise, p)[0].max(axis=1) > 0.9) for p in made]
    assert_allclose([min(sure), max(sure)], [0.21, 0.58], atol=5e-3)
    moved = np.roll(X[1200:].reshape(-1, 8, 8), 1, axis=2).reshape(-1, 64)
    assert max(read(moved, y[1200:], params) for params in made) < 0.5


def test_drawings_are_read_less_well_than_the_rows_of_the_test(handwriting):
    from helpers.explorers import drawings

    says("09", "The ten networks read 0.82 to 0.97 of the drawings")
    drawn = drawings()
    X = np.array([reference.reduce_drawing(one["strokes"]) for one in drawn])
    y = np.array([one["digit"] for one in drawn])
    shares = [read(X, y, params) for params in handwriting[2]]
    assert_allclose([min(shares), max(shares)], [0.82, 0.97], atol=6e-3)


def test_a_threshold_makes_letters_cheaper(handwriting):
    says("09", "0.99 is cheapest: 6.65 to 10.35 euros", "it is 32 to 48 euros", "the 29.85 euros")
    X, y, made = handwriting
    least, without = [], []
    for params in made:
        P, _ = reference.forward_classes(X[1200:], params)
        wrong, sure = P.argmax(axis=1) != y[1200:], P.max(axis=1)
        costs = {
            t: 2 * np.sum(wrong & (sure >= t)) + 0.05 * np.sum(sure < t)
            for t in (0, 0.5, 0.7, 0.9, 0.99, 0.999)
        }
        assert min(costs, key=costs.get) == 0.99
        least.append(costs[0.99])
        without.append(costs[0])
    assert_allclose([min(least), max(least)], [6.65, 10.35])
    assert_allclose([min(without), max(without), 0.05 * len(y[1200:])], [32, 48, 29.85])


def test_the_network_of_the_first_page_reads_the_digits_that_are_shown():
    says("00", "It has seen 1500 other digits", "another number from 1500 to 1796")
    says("03", "One of the sixteen has died", "64 inputs, 16 hidden neurons and 10 outputs")
    says("04", "It gives the 3 a chance of 0.77", "The 9 had a chance of about one in a thousand")
    (X, y), network = reference.digits(), reference.digit_reader()
    P, caches = network.forward(X)
    assert (P.argmax(axis=1) == y)[1500:].mean() > 0.9
    assert (y[1670], y[1662]) == (3, 9)
    assert_allclose(P[1670, [3, 5]], [0.77, 0.18], atol=0.005)
    assert P[1662].argmax() == 1
    assert_allclose(P[1662, 9], 0.0012, atol=5e-5)
    assert (caches[0][1] == 0).all(axis=0).sum() == 1


def test_the_slope_of_log_sum_exp_is_softmax():
    says("04", "That is a familiar fraction", "P_j - Y_j")
    z, Y = np.random.default_rng(0).normal(size=10), np.eye(10)[4]

    def loss(scores):
        return np.log(np.exp(scores).sum()) - scores[4]

    measured = [(loss(z + step) - loss(z - step)) / 2e-6 for step in 1e-6 * np.eye(10)]
    assert_allclose(measured, reference.softmax(z) - Y, atol=1e-8)


def read_right(first, second):
    """Return the errors of a perceptron on 200 pictures of two digits, and how it reads others."""
    X, y = reference.digits()
    rows = (y == first) | (y == second)
    X, y = X[rows], (y[rows] == second).astype(int)
    w, b, errors = reference.train_perceptron(X[:200], y[:200], 1.0, 100)
    return errors, np.mean((X[200:] @ w + b > 0) == y[200:]), w


def test_a_perceptron_tells_zeros_from_ones():
    says("01", "In the first epoch it was wrong twice, in the second never")
    says("01", "The other 160 it never sees", "Twos and threes are harder")
    errors, share, w = read_right(0, 1)
    assert (errors, share) == ([2, 0], 157 / 160)
    assert read_right(2, 3)[1] < 0.9
    w = w.reshape(8, 8)
    assert w[2:6, 3:5].mean() > 0.3 > -0.3 > w[2:6, 2].mean()  # in the middle; at the sides


def cells_read(seed, scaled):
    """Train a 30-8-1 network on 400 of the tumors; return it and the rows it has not seen."""
    X, y = reference.breast_cancer()
    order = np.random.default_rng(seed).permutation(len(X))
    train, val = order[:400], order[400:]
    if scaled:
        X = reference.scale(X, reference.fit_scaler(X[train]))
    network = Network((30, 8, 1), epochs=30, batch_size=32, rng=1).fit(X[train], y[train])
    return network, X[val], y[val], X


def test_unscaled_columns_kill_every_hidden_neuron():
    says("06", "every hidden neuron dies, and the network says *benign* to everybody")
    says("06", "Always saying *benign* gets 0.615", "About 95 to 99 of a hundred")
    network, X_val, y_val, X = cells_read(0, scaled=False)
    assert (network.forward(X)[1][0][1] == 0).all()
    assert_allclose([network.score(X_val, y_val), y_val.mean()], 0.615, atol=5e-4)
    for seed in range(10):
        network, X_val, y_val, _ = cells_read(seed, scaled=True)
        assert 0.94 < network.score(X_val, y_val) < 0.995
        wrong = network.predict(X_val) != y_val
        assert seed or (y_val[wrong] == 0).any()  # a malignant one, called benign


def test_the_race_of_four_settings_has_no_lasting_leader():
    says("07", "the lead changes again and again", "With these rates all four arrive")
    H = np.diag([1.0, 50.0])
    rules = {"gradient_descent": 0.037, "momentum": 0.005, "rmsprop": 0.02, "adam": 0.3}
    losses = []
    for name, lr in rules.items():
        rule = reference.OPTIMIZERS[name]()
        w, state = np.array([-1.5, 1.0]), rule.start(np.zeros(2))
        losses.append([])
        for _ in range(101):
            losses[-1].append(0.5 * w @ H @ w)
            w, state = rule.step(w, H @ w, state, lr)
    leaders = np.argmin(losses, axis=0)
    assert np.count_nonzero(np.diff(leaders)) > 30
    assert max(run[-1] for run in losses) < 1e-3
    rises = [np.count_nonzero(np.diff(run) > 0) for run in losses]
    assert rises[0] == rises[2] == 0
    assert min(rises[1], rises[3]) > 10


def test_keras_adds_eps_before_the_correction_and_counts_in_float32():
    says("10", "that is 32 times Keras's ε, and 316 times ours", "Most of the difference is gone")
    assert round(1 / np.sqrt(1 - 0.999)) == 32
    assert round(1e-7 / np.sqrt(1 - 0.999) / 1e-8) == 316
    keras = np.reshape(recorded("dense_in_keras")["Adam"]["data"], -1)

    class AsInKeras(reference.Adam):
        number = float

        def step(self, w, g, state, lr):
            m, v, t = state
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            one, first, second = self.number(1), self.number(0.9), self.number(0.999)
            size = lr * np.sqrt(one - second ** (t + 1)) / (one - first ** (t + 1))
            return w - float(size) * m / (np.sqrt(v) + 1e-7), (m, v, t + 1)

    class AsInKerasInFloat32(AsInKeras):
        number = np.float32

    apart = [
        np.abs(keras_twin(rule) - keras).max()
        for rule in (reference.Adam(), AsInKeras(), AsInKerasInFloat32())
    ]
    assert apart[0] > 10 * apart[1] > 100 * apart[2]  # the 1 − 0.999 in float32 is the rest
    assert apart[2] < 3e-7


def recorded(program):
    """Return what module 10 shows of a program of another library."""
    return json.loads(elsewhere.RECORD.read_text(encoding="utf-8"))[program]["numbers"]


def keras_twin(optimizer):
    """Return the losses of the run that module 10 compares with Keras."""
    X, y = reference.sum_points()
    start = reference.init_params((2, 128, 64, 1), np.random.default_rng(0))
    layers = [(W, b, name) for (W, b), name in zip(start, ("relu", "relu", "sigmoid"), strict=True)]
    rng = np.random.default_rng(0)
    return reference.train(
        layers, X, y, rng=rng, optimizer=optimizer, lr=0.001, epochs=20, batch_size=200
    )[1]["loss"]


def test_a_softmax_twice_has_a_floor():
    says(
        "10", "cannot get its loss below 1.461 with ten classes", "stays above 1.46 on ten classes"
    )
    surest = reference.softmax(np.eye(10)[0])
    assert_allclose(-np.log(surest[0]), 1.461, atol=5e-4)


def test_without_zero_grad_the_neuron_learns_faster_and_a_bowl_never_rests():
    says("10", "the loss even falls faster!", "It swings through the bottom forever")
    losses = {
        name: recorded(name)["losses"]["data"]
        for name in ("neuron_in_pytorch", "neuron_without_zero_grad")
    }
    ours, w, b = [], np.array([[0.1], [-0.2], [0.4]]), np.array([[0.3]])
    rows = np.array([[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)], dtype=float)
    wanted = (rows.sum(axis=1, keepdims=True) >= 2).astype(float)
    dw, db = 0, 0
    for _ in range(50):
        ours.append(reference.half_squared_error(wanted, reference.sigmoid(rows @ w + b)))
        gradients = reference.neuron_gradients(rows, wanted, w, b)
        dw, db = dw + gradients[0], db + gradients[1]  # momentum that never forgets
        w, b = w - 5 * dw, b - 5 * db
    assert_allclose(losses["neuron_without_zero_grad"], ours, rtol=1e-9)
    assert losses["neuron_without_zero_grad"][-1] < 1e-6 * losses["neuron_in_pytorch"][-1]


def test_in_float32_the_nudge_itself_is_wrong():
    says("10", "From 2 upward", "about 0.0000002 apart", "the nudge itself is wrong by 5 %")
    assert round(float(np.spacing(np.float32(2))), 7) == 2e-7
    for side in (-1, 1):
        nudge = (np.float32(2) + side * np.float32(1e-6)) - np.float32(2)
        assert round(100 * (1 - side * float(nudge) / 1e-6)) == 5
