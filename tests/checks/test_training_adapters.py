"""What is said of answers that draw at random: it must not depend on how they draw."""

import numpy as np
import pytest

from helpers import reference
from helpers.checks import State, adapters, exercises
from helpers.checks.plain import Unusable
from helpers.exercises.m06_training.behavior import dealt, solved, trained, watched

pytestmark = pytest.mark.tier("check")

X = np.arange(10.0).reshape(5, 2)
Y = 10 * X[:, :1]
GOOD = {"rows": "each once", "labels": "with their rows", "order": "shuffled", "rng": "obeyed"}


def cut(X, y, batch_size, order):
    for i in range(0, len(order), batch_size):
        yield X[order[i : i + batch_size]], y[order[i : i + batch_size]]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(
    "draw",
    [
        lambda rng, m: rng.permutation(m),
        lambda rng, m: np.argsort(rng.random(m)),
        lambda rng, m: rng.choice(m, m, replace=False),
    ],
)
def test_rows_may_be_drawn_in_any_way(draw, seed):
    facts = dealt(lambda X, y, b, rng: cut(X, y, b, draw(rng, len(X))), X, Y, 2, seed)
    assert facts == {"batches": "(2, 2) and (2, 1), (2, 2) and (2, 1), (1, 2) and (1, 1)"} | GOOD


def test_a_second_pass_that_repeats_the_first_is_seen():
    state = {}

    def remembered(X, y, b, rng):
        order = state.setdefault(id(rng), rng.permutation(len(X)))
        return cut(X, y, b, order)

    def keep(X, y, b, rng):
        state.setdefault("generators", []).append(rng)  # so that no id is used twice
        return remembered(X, y, b, rng)

    many = np.arange(24.0).reshape(12, 2)
    assert dealt(keep, many, many[:, :1], 4, 1)["rng"] == (
        "a second pass with the same generator repeats the first"
    )


@pytest.mark.parametrize("item", [(X,), X, ("a", "b"), None])
def test_batches_that_are_no_pairs(item):
    with pytest.raises(Unusable):
        dealt(lambda X, y, b, rng: iter([item]), X, Y, 2, 1)


def network(seed=0):
    rng = np.random.default_rng(seed)
    shapes = {"W1": (2, 3), "b1": (1, 3), "W2": (3, 1), "b2": (1, 1)}
    return {key: rng.normal(size=shape) for key, shape in shapes.items()}


def run_data(seed):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(5, 2)), np.array([[1], [0], [0], [1], [0]])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_run_is_followed_whatever_its_order(seed):
    facts = trained(reference.fit, *exercises()["fit"].cases(np.random.default_rng(seed))[3])
    assert facts["order"] == "shuffled"
    assert facts["weights"] == "those after the last step"
    assert facts["loss"] == facts["accuracy"] == "the mean over the batches, each before its step"
    assert facts["rng"] == "obeyed"


def test_a_run_shows_when_its_accuracies_were_measured():
    """With this seed the first network drawn says 0.67 for every batch, before and after."""
    fit = exercises()["fit"]
    mistakes = {mistake.name: mistake.attempt for mistake in fit.mistakes}
    for name in ("accuracy_after_each_step", "accuracy_after_the_epoch"):
        assert fit.verdict(mistakes[name], 13).mistake == name


def test_one_batch_is_compared_number_by_number():
    rows, labels = run_data(0)
    params, history = trained(reference.fit, network(), rows, labels, 3, 5, 0.5, 1)
    assert len(history["loss"]) == 3
    assert set(params) == {"W1", "b1", "W2", "b2"}


@pytest.mark.parametrize("answer", [1, (1, 2), ({}, {}), (network(), {}), ({"W1": 1}, {})])
def test_a_run_that_cannot_be_read(answer):
    rows, labels = run_data(0)
    with pytest.raises(Unusable):
        trained(lambda *args: answer, network(), rows, labels, 2, 2, 0.5, 1)


def test_early_stopping_is_watched_until_it_says_stop():
    seen = watched(reference.EarlyStopping, 2, [0.5, 0.4, 0.4, 0.6, 0.1])
    assert seen["it stops after"] == "4 losses"
    assert seen["then, at a worse loss"] == "stop"
    assert (seen["best_params"]["W1"] == 2).all()


def test_the_call_of_early_stopping_can_be_pasted():
    text = adapters.written(watched, reference.EarlyStopping, (2, [0.5, 0.4, 0.4, 0.6]))
    names = {"np": np, "EarlyStopping": reference.EarlyStopping}
    exec(text, names)
    assert names["epoch"] == 4
    assert (names["thing"].best_params["W1"] == 2).all()


class Lazy:
    def __init__(self, patience):
        pass

    def update(self, val_loss, params):
        return False


def test_an_object_without_its_parts():
    with pytest.raises(Unusable, match="no best_params"):
        watched(Lazy, 2, [0.5])
    with pytest.raises(Unusable, match="no update"):
        watched(lambda patience: object(), 2, [0.5])


def xor_by_hand(rng):
    gain = 1 + rng.random()
    return {
        "W1": gain * np.ones((2, 2)), "b1": gain * np.array([0.0, -1.0]),
        "W2": np.array([[10.0], [-20.0]]), "b2": [-5.0],
    }  # fmt: skip


def test_xor_is_judged_by_its_outputs():
    facts = solved(xor_by_hand, 3)
    assert facts == {"right answers": "4 of 4 from each of 8 generators", "rng": "obeyed"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"W2": np.zeros((2, 1))}, "the output is the same for every input"),
        ({"W2": np.full((2, 1), 1e-3), "b2": [0.0]}, "every output is between 0.4 and 0.6"),
        ({"b2": [np.nan]}, "some outputs are nan"),
        ({"W2": [[10.0], [-10.0]]}, "never 4 of 4"),
        ({"W2": [[-10.0], [20.0]], "b2": [5.0]}, "0 of 4 from every generator"),
    ],
)
def test_xor_that_fails(change, said):
    assert said in solved(lambda rng: xor_by_hand(rng) | change, 3)["right answers"]


@pytest.mark.parametrize(
    "change", [{"W1": np.ones((3, 2))}, {"b1": [0.0]}, {"W2": np.ones((1, 2))}, {"b2": [1.0, 2.0]}]
)
def test_xor_of_other_shapes(change):
    with pytest.raises(Unusable):
        solved(lambda rng: xor_by_hand(rng) | change, 3)


def test_a_stub_inside_an_adapter_is_not_started():
    def stub(*args):
        raise NotImplementedError("Exercise 6.8: train XOR from any start")

    assert exercises()["train_xor"].verdict(stub).state is State.NOT_STARTED
