"""How well a network reads digits that it never saw, and what it looks like where it does not.

The classes get other names in each case: a 3 may be called 7. So weights that were trained on
other rows than those of the call read nothing, however well they read digits.
"""

from functools import lru_cache
from typing import Any

import numpy as np

from helpers import reference
from helpers.checks.cases import Seed
from helpers.checks.comparing import as_array, type_name
from helpers.checks.exercise import Case

ENOUGH = 0.93
CLASSES = 10
_LEARN = 1200
_GUESSING = 0.35
GOOD = "at least 93 % right"
_BELOW = "fewer than 93 % right"


def rows_to_learn(rng: np.random.Generator) -> list[Case]:
    """Deal the digits once: rows to learn from, with their labels, and a seed for the rest."""
    seed = Seed(rng.integers(1, 1000))
    X, y, _ = dealt(seed)
    return [(X[:_LEARN], y[:_LEARN], seed)]


@lru_cache(maxsize=8)
def dealt(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Shuffle all rows and the names of the classes; return X, y and the old names of y."""
    X, y = reference.digits()
    rng = np.random.default_rng(int(seed))
    rows, names = rng.permutation(len(y)), rng.permutation(CLASSES)
    return X[rows], names[y[rows]], y[rows]


def taught(attempt: Any, X: np.ndarray, y: np.ndarray, seed: int) -> Any:
    """Let an answer train, with a generator of its own."""
    return attempt(*_arguments(X, y, seed))


def _arguments(X: np.ndarray, y: np.ndarray, seed: int) -> tuple:
    return X, y, np.random.default_rng(int(seed) + 1)


def _written(name: str, X: np.ndarray, y: np.ndarray, seed: int) -> str:
    return (
        "X, y = reference.digits()\n"
        f"deal = np.random.default_rng({int(seed)})\n"
        "rows = deal.permutation(1797)\n"
        f"names = deal.permutation({CLASSES})  # a 3 may be called 7\n"
        "X, y = X[rows], names[y[rows]]\n"
        f"rng = np.random.default_rng({int(seed) + 1})\n"
        f"params = {name}(X[:{_LEARN}], y[:{_LEARN}], rng)\n"
        f"P, _ = forward_classes(X[{_LEARN}:], params)\n"
        f"np.mean(predict_classes(P) == y[{_LEARN}:])"
    )


taught.arguments = _arguments
taught.written = _written


def how_it_reads(answer: Any, X: np.ndarray, y: np.ndarray, seed: int) -> str:
    """Say whether a network reads enough of the rows that it never saw, or what it looks like.

    Raises
    ------
    ValueError
        If the answer is no network; the message says why.
    """
    params = network(answer)
    unseen, labels, old_names = (part[_LEARN:] for part in dealt(seed))
    classes = decisions(unseen, params)
    if classes is None:
        return f"{_BELOW}: its outputs are not finite"
    if np.mean(classes == labels) >= ENOUGH:
        return GOOD
    if len(set(classes)) == 1:
        return f"{_BELOW}: it says one class for every row"
    if np.mean(classes == old_names) >= ENOUGH:
        return f"{_BELOW}: it knows other names than those of y"
    for what, rows, hidden in _otherwise(X, unseen):
        seen = decisions(rows, params, hidden)
        if seen is not None and np.mean(seen == labels) >= ENOUGH:
            return f"{_BELOW}, but enough {what}"
    guessing = np.mean(classes == labels) < _GUESSING
    return f"{_BELOW}: {'no better than guessing' if guessing else 'on its way'}"


def _otherwise(X: np.ndarray, unseen: np.ndarray) -> list[tuple]:
    """Return ways in which a network may have been meant to be used."""
    scaled = reference.scale(unseen, reference.fit_scaler(X))
    return [
        ("on rows scaled by mean and std", scaled, reference.relu),
        ("on rows from 0 to 16", 16 * unseen, reference.relu),
        ("with tanh in the hidden layer", unseen, np.tanh),
    ]


def in_words(answer: Any, X: np.ndarray, y: np.ndarray, seed: int) -> str:
    """Write down a network by its size, and by how many unseen rows it reads."""
    try:
        params = network(answer)
    except ValueError:
        if not isinstance(answer, dict):
            return type_name(answer)
        return "a dict with " + ", ".join(f"{key} {np.shape(P)}" for key, P in answer.items())
    unseen, labels, _ = (part[_LEARN:] for part in dealt(seed))
    classes = decisions(unseen, params)
    right = 0 if classes is None else int(np.sum(classes == labels))
    return (
        f"a network with {params['W1'].shape[1]} hidden neurons that reads {right} of "
        f"{len(labels)} unseen rows, {100 * right / len(labels):.1f}\N{NO-BREAK SPACE}%"
    )


def decisions(X: np.ndarray, params: dict, hidden: Any = reference.relu) -> np.ndarray | None:
    """Return the class of each row, or None where the scores are not finite."""
    with np.errstate(all="ignore"):
        Z2 = hidden(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return Z2.argmax(axis=1) if np.isfinite(Z2).all() else None


def network(answer: Any) -> dict[str, np.ndarray]:
    """Read an answer as the parameters of a network 64-n-10.

    Raises
    ------
    ValueError
        If it is none; the message says why.
    """
    if isinstance(answer, tuple) and answer and isinstance(answer[0], dict):
        raise ValueError("The answer should be the params alone, a dict with W1 b1 W2 b2.")
    if not isinstance(answer, dict):
        raise ValueError(
            "The answer should be the trained params, a dict with W1 b1 W2 b2, "
            f"but it is {type_name(answer)}."
        )
    missing = [key for key in ("W1", "b1", "W2", "b2") if key not in answer]
    if missing:
        raise ValueError(f"The dict has no key {', '.join(map(repr, missing))}.")
    W1, b1, W2, b2 = (as_array(answer[key]) for key in ("W1", "b1", "W2", "b2"))
    if W1 is None or W1.ndim != 2 or W1.shape[0] != 64 or not W1.size:
        raise ValueError("W1 should have shape (64, n): 64 pixels, n hidden neurons.")
    n = W1.shape[1]
    if W2 is None or W2.shape != (n, CLASSES):
        raise ValueError(f"With {n} hidden neurons and 10 classes W2 should have shape ({n}, 10).")
    for key, b, size in (("b1", b1, n), ("b2", b2, CLASSES)):
        if b is None or b.shape not in ((size,), (1, size)):
            raise ValueError(f"{key} should have shape (1, {size}).")
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
