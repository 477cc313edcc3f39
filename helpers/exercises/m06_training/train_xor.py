"""Train XOR from any start."""

import numpy as np

from helpers import reference
from helpers.checks.cases import Seed
from helpers.checks.exercise import exercise
from helpers.exercises.m06_training._cases import fast_step, share_right
from helpers.exercises.m06_training.behavior import solved


@exercise(
    "6.8",
    "train XOR from any start",
    cases=lambda rng: [(Seed(rng.integers(1, 1000)),)],
    hints=(
        "One start may fail. So train, test on the four rows, and draw new weights until all four "
        "are right. More hidden neurons fail less often.",
        "repeat: params = new random weights; params, history = fit(…); until the accuracy is 1",
        "while True:\n    params = a new start, drawn from rng\n"
        "    params, _ = fit(params, X, y, 1000, 4, 0.5, rng)\n"
        "    if accuracy(y, forward(X, params)[0]) == ____:\n        return ____",
    ),
    adapter=solved,
    seconds=60.0,
    suspects=False,
    parts=("right answers", "rng"),
)
def train_xor(rng):
    while True:
        params = _xor_trained(rng)
        if share_right(params, *reference.xor()) == 1:
            return params


def _xor_start(rng, hidden, scale=1.0):
    (W1, b1), (W2, b2) = reference.init_params((2, hidden, 1), rng)
    return {"W1": scale * W1, "b1": b1, "W2": scale * W2, "b2": b2}


def _xor_trained(rng, hidden=8, epochs=150, start=None):
    params = start or _xor_start(rng, hidden)
    X, y = reference.xor()
    for _ in range(epochs):
        params, _ = fast_step(params, X, y, 1.0)
    return params


def _by_hand(gain=1.0):
    """Set the weights of module 01, made a little surer by the gain."""
    return {
        "W1": np.ones((2, 2)),
        "b1": np.array([[0.0, -1.0]]),
        "W2": gain * np.array([[10.0], [-20.0]]),
        "b2": gain * np.array([[-5.0]]),
    }


@train_xor.mistake(
    "From some starts it works, from others training is stuck. Test the trained network, and draw "
    "new weights from rng until all four rows are right."
)
def without_restarts(rng):
    return _xor_trained(rng, hidden=3)


@train_xor.mistake(
    "The output is the same for every input, and the weights do not depend on rng. Do they all "
    "start at 0? Then the hidden neurons stay equal. Draw them from rng."
)
def zeros_at_the_start(rng):
    return {key: 0 * P for key, P in _xor_start(rng, 4).items()}


@train_xor.mistake(
    "The outputs are still near 0.5: the network has hardly moved. Train for more epochs, or with "
    "a larger learning rate, and keep what fit returns."
)
def hardly_trained(rng):
    return _xor_trained(rng, epochs=1, start=_xor_start(rng, 4, scale=0.01))


@train_xor.mistake(
    "Four wrong answers: the network has learned the opposite. The labels of XOR are 0, 1, 1, 0 in "
    "the order 00, 01, 10, 11."
)
def the_opposite(rng):
    return _by_hand(-1 - rng.random())


@train_xor.mistake(
    "The same weights come back whatever rng is: they are set by hand, or drawn from a generator "
    "of your own. Draw the start from the rng that is passed in, and train it."
)
def weights_by_hand(rng):
    return _by_hand()


@train_xor.mistake(
    "The same rng gives other weights, so nobody can repeat it. Draw everything from the rng that "
    "is passed in, and nothing from np.random."
)
def unseeded_start(rng):
    return _by_hand(1 + np.random.default_rng().random())


@train_xor.mistake(
    "More than the params comes back: fit returns (params, history). Take the two apart, and "
    "return the params, the dict."
)
def history_too(rng):
    return _by_hand(), {}


@train_xor.mistake(
    "No generator leads to four right answers. Test on all four rows, and go on until the accuracy "
    "is 1. The hidden layer is judged with ReLU, and one neuron is too few."
)
def three_are_enough(rng):
    gain = 10 + rng.random()
    return _by_hand() | {"W1": gain * np.ones((2, 2)), "W2": np.array([[1.0], [0.0]])}


@train_xor.variant
def xor_with_many_neurons(rng):
    tries = (_xor_trained(rng, 16, 200) for _ in range(99))
    return next(params for params in tries if share_right(params, *reference.xor()) == 1)


@train_xor.variant
def xor_with_two_neurons(rng):
    while True:
        params = _xor_trained(rng, hidden=2)
        A2, _ = reference.forward(reference.xor()[0], params)
        if np.array_equal(A2.ravel() > 0.5, [0, 1, 1, 0]):
            return params


@train_xor.variant
def xor_from_uniform_weights(rng):
    for _ in range(100):
        start = {"W1": rng.uniform(-1, 1, (2, 6)), "b1": rng.uniform(-1, 1, (1, 6))}
        start |= {"W2": rng.uniform(-1, 1, (6, 1)), "b2": np.zeros((1, 1))}
        params = _xor_trained(rng, start=start)
        if share_right(params, *reference.xor()) == 1:
            break
    return {key: P.tolist() for key, P in params.items()}
