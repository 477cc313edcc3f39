"""Adapters for training, where chance has a say: what holds however the rows are drawn.

A right answer may draw from its generator in any way. So the order of the rows is never compared
with an expected one. It is found out from the answer, and then the rest must fit to it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, combinations_with_replacement, count, permutations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.checks import adapters
from helpers.checks.comparing import as_array, type_name
from helpers.checks.plain import Unusable, plain
from helpers.reference.data import xor
from helpers.reference.forward_pass import forward
from helpers.reference.losses import bce
from helpers.reference.training import accuracy, train_step

PARAMS = ("W1", "b1", "W2", "b2")
HISTORY = ("loss", "accuracy", "val_loss", "val_accuracy")
ENTIRE = {"rtol": 1e-6, "atol": 1e-9}


# Mini-batches ------------------------------------------------------------------------------------


def dealt(
    attempt: Callable[..., Iterator], X: np.ndarray, y: np.ndarray, batch_size: int, seed: int
) -> dict[str, str]:
    """Deal the rows several times, and say of the batches what does not depend on luck."""
    rows, labels = X.copy(), y.copy()

    def deal(X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> "Deal":
        batches = [_batch(item) for item in adapters.generator(attempt, X, y, batch_size, rng)]
        return Deal(batches, rows, labels)

    rng = np.random.default_rng(int(seed))
    first, second = deal(X, y, rng), deal(rows.copy(), labels.copy(), rng)
    again, *others, once_more = (
        deal(rows.copy(), labels.copy(), np.random.default_rng(int(seed) + k))
        for k in (*range(6), 5)
    )
    deals = [first, second, *others]
    if not all(deal.places for deal in deals):
        raise Unusable(
            f"Some rows are not rows of X. The shapes of the batches: {first.shapes or 'none'}."
        )
    facts = {
        "batches": first.shapes,
        "rows": _common(deal.rows for deal in deals),
        "labels": _common(deal.labels for deal in deals),
    }
    if len(X) > 1:
        facts["order"] = _order(deals, batch_size)
        repeated = [deal.places for deal in (first, others[-1])] == [again.places, once_more.places]
        facts["rng"] = _obeyed(first, second, others, repeated)
    return facts


class Deal:
    """What can be said of the batches of one pass."""

    def __init__(self, batches: list[tuple], X: np.ndarray, y: np.ndarray) -> None:
        self.shapes = ", ".join(f"{Xb.shape} and {yb.shape}" for Xb, yb in batches)
        self.sizes = [len(Xb) if Xb.ndim else 0 for Xb, _ in batches]
        parts = [Xb for Xb, _ in batches if Xb.ndim == X.ndim and Xb.shape[1:] == X.shape[1:]]
        self.places = (
            _places(np.concatenate(parts), X) if parts and len(parts) == len(batches) else []
        )
        self.rows = self._rows(len(X))
        self.labels = self._labels([yb for _, yb in batches], y)

    def _rows(self, m: int) -> str:
        if len(set(self.places)) < len(self.places):
            return "some of them twice"
        return "each once" if len(self.places) == m else "some are missing"

    def _labels(self, columns: list[np.ndarray], y: np.ndarray) -> str:
        if not self.places or any(column.shape[1:] != y.shape[1:] for column in columns):
            return "cannot be compared"
        column = np.concatenate(columns)
        if len(column) != len(self.places):
            return "not as many as rows"
        if np.array_equal(column, y[self.places]):
            return "with their rows"
        kept = np.array_equal(column, y[: len(column)])
        return "in their old order" if kept else "in another order than the rows"

    def groups(self) -> list[list[int]]:
        """Return the places of each batch, sorted."""
        ends = np.cumsum(self.sizes)[:-1]
        return [sorted(part.tolist()) for part in np.split(np.array(self.places), ends)]


def _batch(item: Any) -> tuple[np.ndarray, np.ndarray]:
    """Read a batch as a pair of arrays."""
    item = plain(item)
    if not isinstance(item, list | tuple) or len(item) != 2:
        raise Unusable("Each batch should be a pair: yield Xb, yb.")
    Xb, yb = (as_array(part) for part in item)
    if Xb is None or yb is None:
        raise Unusable("Xb and yb should be arrays of numbers.")
    return Xb, yb


def _places(rows: np.ndarray, X: np.ndarray) -> list[int]:
    """Find each row in X; an empty list where one is not there."""
    same = (rows[:, None] == X[None]).reshape(len(rows), len(X), -1).all(axis=2)
    return same.argmax(axis=1).tolist() if same.any(axis=1).all() else []


def _common(facts: Iterable[str]) -> str:
    """Return the first fact that is not the good one, or the good one."""
    good = ("each once", "with their rows")
    facts = list(facts)
    bad = [fact for fact in facts if fact not in good]
    if "in another order than the rows" in bad:  # the old order may be luck
        return "in another order than the rows"
    return bad[0] if bad else facts[0]


def _order(deals: Sequence[Deal], batch_size: int) -> str:
    if len({_key(deal.places) for deal in deals}) == 1:
        first = deals[0].places
        return "as in X" if first == sorted(first) else "the same whatever rng is"
    if len({_key(_followers(deal.places)) for deal in deals}) == 1:
        return "turned in a circle: each row has the same one after it"
    groups = [deal.groups() for deal in deals]
    if (
        1 < batch_size < len(deals[0].places)
        and len({_key(sorted(group)) for group in groups}) == 1
    ):
        return "the same rows share a batch each time"
    return "shuffled"


def _followers(places: Sequence[int]) -> list[tuple[int, int]]:
    """Pair each row with the next one; the last with the first."""
    return sorted(zip(places, [*places[1:], *places[:1]], strict=True))


def _key(value: Any) -> str:
    return repr(value)


def _obeyed(first: Deal, second: Deal, others: Sequence[Deal], repeated: bool) -> str:
    if not repeated:
        return "the same generator gives another order"
    if all(deal.places == first.places for deal in others):
        return "another generator gives the same order"
    if second.places == first.places and len(first.places) > 6:  # fewer may repeat by chance
        return "a second pass with the same generator repeats the first"
    return "obeyed"


# A whole training run ----------------------------------------------------------------------------


def trained(
    attempt: Callable[..., Any],
    params: dict,
    X: np.ndarray,
    y: np.ndarray,
    epochs: int,
    batch_size: int,
    lr: float,
    seed: int,
    val_data: tuple | None = None,
) -> Any:
    """Train; where the order of the rows matters, say of the run what does not depend on luck.

    With one batch in each epoch the answer itself is returned.
    """
    start, rest = (
        {key: P.copy() for key, P in params.items()},
        () if val_data is None else (val_data,),
    )
    rows, labels = X.copy(), y.copy()

    def run(params: dict, X: np.ndarray, y: np.ndarray, seed: int) -> Any:
        rng = np.random.default_rng(int(seed))
        return plain(attempt(params, X, y, epochs, batch_size, lr, rng, *rest))

    answer = run(params, X, y, seed)
    if answer is None or batch_size >= len(X):
        return answer
    end, history = _run(answer, start)
    again, *others = (
        _run(
            run({k: P.copy() for k, P in start.items()}, rows.copy(), labels.copy(), seed + k),
            start,
        )
        for k in range(3 if epochs > 1 else 6)
    )
    replay = Replay(start, rows, labels, batch_size, lr)
    facts = _facts(end, history, replay, epochs, rest)
    if epochs == 1 and facts["weights"] == _LAST:  # once may be luck
        for other, _ in others:
            if not _leading(replay.passes(start), other):
                raise Unusable(unexplained(other, replay))
    if epochs > 2:  # fewer may be the same by chance
        facts["rng"] = _repeats(end, again[0], [other for other, _ in others])
    return facts


def _run(answer: Any, start: dict) -> tuple[dict, dict]:
    """Read the answer as the trained parameters and the history."""
    if not isinstance(answer, list | tuple) or len(answer) != 2:
        raise Unusable("The answer should be two values: return params, history.")
    params, history = answer
    if not isinstance(params, dict) or not isinstance(history, dict):
        raise Unusable("The answer should be two dicts: return params, history.")
    for name, keys, found in (("params", PARAMS, params), ("history", HISTORY, history)):
        missing = [key for key in keys if key not in found]
        if missing:
            raise Unusable(f"{name} has no key {', '.join(map(repr, missing))}.")
    params = {key: as_array(params[key]) for key in PARAMS}
    for key, P in params.items():
        if P is None or P.shape != start[key].shape:
            raise Unusable(f"{key} should be an array of shape {start[key].shape}.")
    for key in HISTORY:
        if not isinstance(history[key], list | tuple | np.ndarray):
            raise Unusable(f"history[{key!r}] should be a list, with one entry for each epoch.")
    return params, history


_MOST_PASSES = 200
_APART = 1e-5
_MOST_PATHS = 40
_known_passes: dict[tuple, list] = {}  # the same weights are met again and again


class Pass(NamedTuple):
    """One epoch: its batches, as places of rows, what each noted before its step, the end."""

    batches: tuple[tuple[int, ...], ...]
    losses: np.ndarray
    shares: np.ndarray
    end: dict[str, np.ndarray]


class Replay:
    """All that training can do in one epoch, from given weights."""

    def __init__(
        self, start: dict, X: np.ndarray, y: np.ndarray, batch_size: int, lr: float
    ) -> None:
        self.start, self.X, self.y, self.batch_size, self.lr = start, X, y, batch_size, lr

    def passes(self, params: dict) -> list[Pass]:
        """Return one pass for every order of the batches."""
        key = (*(P.tobytes() for P in (*params.values(), self.X, self.y)), self.batch_size, self.lr)
        if key not in _known_passes:
            if len(_known_passes) >= _MOST_PASSES:
                _known_passes.clear()
            _known_passes[key] = self._passes(params)
        return _known_passes[key]

    def _passes(self, params: dict) -> list[Pass]:
        """Take the steps of all orders side by side."""
        orders = list(_orders_of(tuple(range(len(self.X))), self.batch_size))
        ends, noted = {key: params[key][None] for key in PARAMS}, []
        for chosen in zip(*orders, strict=True):  # the first batch of every order, the second, …
            rows = np.array(chosen)
            ends, losses, shares = _steps(ends, self.X[rows], self.y[rows], self.lr)
            noted.append((losses, shares))
        losses, shares = (np.stack(column, axis=1) for column in zip(*noted, strict=True))
        return [
            Pass(order, losses[i], shares[i], {key: P[i] for key, P in ends.items()})
            for i, order in enumerate(orders)
        ]

    def tells_apart(self, data: tuple, epochs: int) -> bool:
        """Whether what a run notes down shows in which order its rows came."""
        params = self.start
        for _ in range(epochs):
            passes = self.passes(params)
            losses = [np.mean([one.losses for one in passes], axis=1), _validations(passes, data)]
            if np.diff(np.sort(losses)).min() < _APART:
                return False
            params = passes[len(passes) // 2].end
        return True

    def follow(
        self, told: Sequence[float], tells: Callable[[list[Pass]], np.ndarray], end: dict
    ) -> list[Pass]:
        """Find the pass of each epoch from what the answer tells of it; stop where none fits.

        `tells` returns a row for each pass: all that may be told of it. Where two orders tell
        the same, the one that leads to the end is meant.
        """
        paths = [[]]
        for number in told:
            longer = []
            for path in paths:
                passes = self.passes(path[-1].end if path else self.start)
                fits = np.isclose(tells(passes), number, **ENTIRE).any(axis=1)
                longer += [[*path, passes[i]] for i in np.flatnonzero(fits)]
            if not longer:
                break
            paths = longer[:_MOST_PATHS]  # seldom more than one
        return next((path for path in paths if path and _same(path[-1].end, end)), paths[0])


def _orders_of(left: tuple, batch_size: int) -> Iterator[tuple]:
    """Yield every way to deal rows out in batches; the order inside a batch does not matter."""
    if not left:
        yield ()
        return
    for chosen in combinations(left, min(batch_size, len(left))):
        rest = tuple(i for i in left if i not in chosen)
        yield from ((chosen, *others) for others in _orders_of(rest, batch_size))


def _steps(
    params: dict, X: np.ndarray, y: np.ndarray, lr: float
) -> tuple[dict, np.ndarray, np.ndarray]:
    """Take many steps side by side; return what `train_step` and `accuracy` do, for each.

    Every array has one more axis in front. Those of the parameters may be 1 long: one start.
    """
    W1, b1, W2, b2 = (params[key] for key in PARAMS)
    A1 = np.maximum(X @ W1 + b1, 0)
    Z2 = A1 @ W2 + b2
    dZ2 = (1 / (1 + np.exp(-Z2)) - y) * (lr / X.shape[1])
    dZ1 = dZ2 @ W2.swapaxes(1, 2) * (A1 > 0)
    new = {
        "W1": W1 - X.swapaxes(1, 2) @ dZ1,
        "b1": b1 - dZ1.sum(axis=1, keepdims=True),
        "W2": W2 - A1.swapaxes(1, 2) @ dZ2,
        "b2": b2 - dZ2.sum(axis=1, keepdims=True),
    }
    losses = (np.logaddexp(0, Z2) - y * Z2).mean(axis=(1, 2))
    return new, losses, ((Z2 > 0) == y).mean(axis=(1, 2))


def _validations(passes: list[Pass], data: tuple) -> np.ndarray:
    """Return the loss on other rows after each pass."""
    ends = {key: np.stack([one.end[key] for one in passes]) for key in PARAMS}
    return _steps(ends, data[0][None], data[1][None], 0.0)[1]


def _means(batches: tuple, values: ArrayLike) -> np.ndarray:
    """Average over the batches, and over the rows: both are right."""
    sizes = [len(batch) for batch in batches]
    return np.stack([np.mean(values, axis=-1), np.average(values, axis=-1, weights=sizes)], axis=-1)


def _facts(
    end: dict, history: dict, replay: Replay, epochs: int, val_data: tuple
) -> dict[str, str]:
    """Say of a run in several batches what was trained, and what was noted down."""
    facts = {"entries": ", ".join(f"{key} {len(history[key])}" for key in HISTORY)}
    told = {key: _numbers(history[key]) for key in HISTORY}
    passes = replay.follow(
        told["loss"], lambda ones: _means(ones[0].batches, [one.losses for one in ones]), end
    )
    if val_data:
        validated = replay.follow(
            told["val_loss"], lambda ones: _validations(ones, val_data[0])[:, None], end
        )
        facts["val_loss"] = "of the weights after each epoch"
        if len(validated) < epochs:
            facts["val_loss"] = _other_validation(told, replay, passes, val_data[0])
        passes = max(passes, validated, key=len)
    if len(passes) < epochs == 1:
        passes = _leading(replay.passes(replay.start), end)[:1]
    if len(passes) < epochs:
        if any(len(history[key]) != epochs for key in HISTORY[: 4 if val_data else 2]):
            raise Unusable(f"Entries in the history of {epochs} epochs: {facts['entries']}.")
        raise Unusable(unexplained(end, replay) if epochs == 1 else _NO_ORDER)
    facts["loss"] = _noted(told["loss"], passes, "losses", replay)
    facts["accuracy"] = _noted(told["accuracy"], passes, "shares", replay)
    if val_data:
        shares = [_validated(one.end, val_data[0])["shares"] for one in passes]
        fits = _all_close(told["val_accuracy"], shares)
        facts["val_accuracy"] = "of the weights after each epoch" if fits else "something else"
    facts["order"] = _orders([one.batches for one in passes])
    facts["weights"] = _whose(end, [one.end for one in passes], replay.start)
    return facts


_NO_ORDER = "No order of the rows, each once per epoch, explains these weights and losses."


def unexplained(end: dict, replay: Replay) -> str:
    """Say what explains the weights after one epoch that no order of the rows explains."""
    rows, size = range(len(replay.X)), replay.batch_size
    sizes = [len(rows[i : i + size]) for i in range(0, len(rows), size)]
    for number in range(1, len(sizes) + 1):
        if _leads(end, replay, [[(tuple(rows), tuple(rows))]] * number):
            return f"After one epoch the weights are those after {number} × a step on all rows."
    for number in range(len(sizes)):
        if _leads(end, replay, [_apart(replay, k, 0) for k in sizes[:number]], again=False):
            return f"After one epoch the weights are those after {number} of {len(sizes)} batches."
    singles = [_apart(replay, 1, 0)] * len(rows)
    if _leads(end, replay, singles, again=False):
        return "After one epoch the weights are those after a step on each single row."
    if _leads(end, replay, [_apart(replay, k, k) for k in sizes], again=False):
        return "The weights are explained by rows that have the labels of other rows."
    if _leads(end, replay, [_apart(replay, k, 0, repeated=True) for k in sizes]):
        return "The weights are explained by rows of which some come twice and others never."
    return _NO_ORDER


Batch = tuple[tuple[int, ...], tuple[int, ...]]  # the rows of the inputs, those of the labels


def _apart(replay: Replay, size: int, mixed: int, repeated: bool = False) -> list[Batch]:
    """List the batches of a size: rows with their own labels, or with any, or some rows twice."""
    m = len(replay.X)
    choose = combinations_with_replacement if repeated else combinations
    return [
        (rows, labels)
        for rows in choose(range(m), size)
        for labels in (permutations(range(m), size) if mixed else [rows])
    ]


def _leads(end: dict, replay: Replay, batches: list[list[Batch]], again: bool = True) -> bool:
    """Whether steps on some batches, one from each list, lead to the end.

    Every way is tried, all side by side. With `again` a row may come in several batches.
    """
    params, used = {key: P[None] for key, P in replay.start.items()}, np.zeros((1, 2), dtype=int)
    for choices in batches:
        rows, named = (np.array(list(places)) for places in zip(*choices, strict=True))
        taken = np.stack([(1 << rows).sum(axis=1), (1 << named).sum(axis=1)], axis=1)
        free = again | ~(used[:, None] & taken).any(axis=2)
        state, choice = np.nonzero(free)
        params = {key: P[state] for key, P in params.items()}
        chosen, targets = replay.X[rows[choice]], replay.y[named[choice]]
        params, *_ = _steps(params, chosen, targets, replay.lr)
        used = used[state] | taken[choice]
    return bool(_alike(params, end).any())


_LAST = "those after the last step"


def _whose(end: dict, ends: list[dict], start: dict) -> str:
    """Say after which epoch the weights were the ones that came back."""
    if _same(ends[-1], end):
        return _LAST
    if _same(start, end):
        return "those of the start"
    earlier = any(_same(params, end) for params in ends)
    return "those after an earlier epoch" if earlier else "not those after the last step"


def _numbers(values: Any) -> list[float]:
    numbers = as_array(values)
    return [] if numbers is None else numbers.ravel().astype(float).tolist()


def _all_close(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and bool(np.allclose(one, other, **ENTIRE))


def _alike(many: dict, other: dict) -> np.ndarray:
    """Say of each of many parameters whether they are those of the other."""
    close = (np.isclose(many[key], other[key], **ENTIRE).all(axis=(1, 2)) for key in PARAMS)
    return np.logical_and.reduce(list(close))


def _same(one: dict, other: dict) -> bool:
    return bool(_alike({key: one[key][None] for key in PARAMS}, other).all())


def _leading(passes: list[Pass], end: dict) -> list[Pass]:
    """Choose the passes that lead to the end."""
    ends = {key: np.stack([one.end[key] for one in passes]) for key in PARAMS}
    return [passes[i] for i in np.flatnonzero(_alike(ends, end))]


def _validated(params: dict, data: tuple) -> dict[str, float]:
    A2, _ = forward(data[0], params)
    return {"losses": bce(data[1], A2), "shares": accuracy(data[1], A2)}


def _other_validation(told: dict, replay: Replay, passes: list[Pass], data: tuple) -> str:
    """Say what stands in place of the validation losses."""
    starts = [replay.start, *(one.end for one in passes)]
    before = [_validated(params, data)["losses"] for params in starts][: len(told["val_loss"])]
    if passes and _all_close(told["val_loss"], before):
        return "of the weights before each epoch"
    trained = [_validated(one.end, (replay.X, replay.y))["losses"] for one in passes]
    if trained and _all_close(told["val_loss"], trained):
        return "the loss of the training rows"
    return "something else"


_GOOD = "the mean over the batches, each before its step"


def _noted(told: list[float], passes: list[Pass], which: str, replay: Replay) -> str:
    """Say what stands in a list of the history: `which` is "losses" or "shares"."""
    per_pass = [(one.batches, getattr(one, which)) for one in passes]
    if len(told) != len(passes):
        return "something else"
    if all(
        np.isclose(_means(*one), t, **ENTIRE).any() for one, t in zip(per_pass, told, strict=True)
    ):
        return _GOOD
    others = {
        **_later(passes, which, replay),
        "the last batch's alone": [values[-1] for _, values in per_pass],
        "the first batch's alone": [values[0] for _, values in per_pass],
        "the sum over the batches": [sum(values) for _, values in per_pass],
        "the mean over all epochs so far": _running([values for _, values in per_pass]),
    }
    return next(
        (name for name, these in others.items() if _all_close(told, these)), "something else"
    )


def _later(passes: list[Pass], which: str, replay: Replay) -> dict[str, list[float]]:
    """Return what would be noted after the steps, and after the epochs."""
    after_steps, weighted, after_epochs, params = [], [], [], replay.start
    for batches, _, _, end in passes:
        values = []
        for rows in map(list, batches):
            params, _ = train_step(params, replay.X[rows], replay.y[rows], replay.lr)
            values.append(_validated(params, (replay.X[rows], replay.y[rows]))[which])
        for means, mean in zip((after_steps, weighted), _means(batches, values), strict=True):
            means.append(mean)
        after_epochs.append(_validated(end, (replay.X, replay.y))[which])
    return {
        "of all rows, after the epoch": after_epochs,
        "the mean over the batches, each after its step": after_steps,
        "the mean over the rows, each after its step": weighted,
    }


def _running(values: list[np.ndarray]) -> list[float]:
    return [float(np.mean(np.concatenate(values[: k + 1]))) for k in range(len(values))]


def _orders(orders: list[tuple]) -> str:
    if len(orders) > 2:  # otherwise it may be chance
        if all(sum(order, ()) == tuple(sorted(sum(order, ()))) for order in orders):
            return "as in X"
        if len(set(orders)) == 1:
            return "the same in every epoch"
    return "shuffled"


def _repeats(end: dict, again: dict, others: list[dict]) -> str:
    if not _same(end, again):
        return "the same generator gives other weights"
    if all(_same(end, other) for other in others):
        return "another generator gives the same weights"
    return "obeyed"


# Early stopping ----------------------------------------------------------------------------------


_losses_of_others = count(-1.0, -1.0)  # lower than all before: shared numbers are set back


def watched(attempt: type, patience: int, losses: Sequence[float]) -> dict[str, Any]:
    """Tell an object of the validation losses, and write into the parameters in between.

    Another object sees a very low loss first: it must not matter. And after a stop one more,
    worse loss is told.
    """
    other = attempt(patience)
    _asked(other, next(_losses_of_others), _watched_params(0.0))
    thing, params = attempt(patience), _watched_params(0.0)
    stopped, later, said = "never", "not asked", []
    for epoch, loss in enumerate(losses, start=1):
        for P in params.values():
            P[:] = epoch
        said.append(_asked(thing, loss, params))
        if said[-1]:
            stopped = f"{epoch} loss{'es' * (epoch > 1)}"
            said.append(_asked(thing, loss + 1000.0, params))
            later = "stop" if said[-1] else "go on"
            break
    for P in params.values():
        P[:] = -1
    if not hasattr(thing, "best_params"):
        raise Unusable("The object has no best_params. Set self.best_params in __init__.")
    best = plain(thing.best_params)
    goes_on = "None" if None in said else "False"
    return {
        "it stops after": stopped,
        "then, at a worse loss": later,
        "to go on it returns": goes_on,
        "best_params": best,
    }


def _watched_params(value: float) -> dict[str, np.ndarray]:
    return {"W1": np.full((1, 2), value), "b1": np.full((1, 1), value)}


def _asked(thing: Any, loss: float, params: dict) -> bool | None:
    """Call update, and read its answer."""
    if not hasattr(thing, "update"):
        raise Unusable("The object has no update. Define it with def, inside the class.")
    said = plain(thing.update(loss, params))
    if not (said is None or (isinstance(said, bool | int) and said in (0, 1))):
        raise Unusable(f"update should return True or False, but it returns {type_name(said)}.")
    return None if said is None else bool(said)


def _written_watch(name: str, patience: int, losses: Sequence[float]) -> str:
    return (
        f"other = {name}(patience={patience})\n"
        'other.update(-1.0, {"W1": np.zeros((1, 2)), "b1": np.zeros((1, 1))})\n'
        f"thing = {name}(patience={patience})\n"
        'params = {"W1": np.zeros((1, 2)), "b1": np.zeros((1, 1))}\n'
        f"for epoch, loss in enumerate({list(losses)}, start=1):\n"
        '    params["W1"][:] = params["b1"][:] = epoch\n'
        "    if thing.update(loss, params):\n"
        "        thing.update(loss + 1000, params)  # it is still True\n"
        "        break\n"
        'params["W1"][:] = params["b1"][:] = -1\n'
        "thing.best_params"
    )


watched.written = _written_watch


# XOR ---------------------------------------------------------------------------------------------

_RNGS = 8


def solved(attempt: Callable[[np.random.Generator], Any], seed: int) -> dict[str, str]:
    """Train from several generators, and say how the networks do on XOR."""
    made = [_network(attempt(np.random.default_rng(int(seed) + k))) for k in range(_RNGS)]
    again = _network(attempt(np.random.default_rng(int(seed))))
    X, y = xor()
    outputs = [_outputs(X, params) for params in made]
    right = [int(((out > 0.5) == y).sum()) for out in outputs]
    facts = {"right answers": _rights(right, outputs)}
    weights = [np.concatenate([P.ravel() for P in params]) for params in made]
    repeated = np.concatenate([P.ravel() for P in again])
    facts["rng"] = "obeyed"
    if not _equal(weights[0], repeated):
        facts["rng"] = "the same generator gives other weights"
    elif all(_equal(weights[0], w) for w in weights):
        facts["rng"] = "every generator gives the same weights"
    return facts


def _equal(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether weights are the same but for rounding, which the order of the rows changes."""
    return one.shape == other.shape and np.allclose(
        one, other, rtol=1e-6, atol=1e-9, equal_nan=True
    )


def _written_xor(name: str, seed: int) -> str:
    return (
        f"for seed in range({int(seed)}, {int(seed) + _RNGS}):\n"
        f"    params = {name}(np.random.default_rng(seed))"
    )


solved.written = _written_xor


def _network(answer: Any) -> list[np.ndarray]:
    """Read the answer as W1 b1 W2 b2 of a network 2-n-1."""
    answer = plain(answer)
    if not isinstance(answer, dict):
        raise Unusable(
            "The answer should be the trained params alone, a dict with W1 b1 W2 b2, "
            f"but it is {type_name(answer)}."
        )
    missing = [key for key in PARAMS if key not in answer]
    if missing:
        raise Unusable(f"The dict has no key {', '.join(map(repr, missing))}.")
    W1, b1, W2, b2 = (as_array(answer[key]) for key in PARAMS)
    if W1 is None or W1.ndim != 2 or W1.shape[0] != 2:
        raise Unusable("W1 should have shape (2, n): two inputs, n hidden neurons.")
    n = W1.shape[1]
    if b1 is None or b1.size != n or W2 is None or W2.shape != (n, 1) or b2 is None or b2.size != 1:
        raise Unusable(f"With {n} hidden neurons b1 is (1, {n}), W2 is ({n}, 1) and b2 is (1, 1).")
    return [W1, b1.reshape(1, n), W2, b2.reshape(1, 1)]


def _outputs(X: np.ndarray, params: list[np.ndarray]) -> np.ndarray:
    with np.errstate(all="ignore"):
        W1, b1, W2, b2 = params
        return 1 / (1 + np.exp(-(np.maximum(0, X @ W1 + b1) @ W2 + b2)))


def _rights(right: list[int], outputs: list[np.ndarray]) -> str:
    if all(count == 4 for count in right):
        return f"4 of 4 from each of {_RNGS} generators"
    if any(count == 4 for count in right):
        return "4 of 4 from some generators, fewer from others"
    if not any(right):
        return "0 of 4 from every generator"
    if not all(np.isfinite(out).all() for out in outputs):
        return "never 4 of 4: some outputs are nan"
    if all(np.ptp(out) < 1e-9 for out in outputs):
        return "never 4 of 4: the output is the same for every input"
    if all(np.abs(out - 0.5).max() < 0.1 for out in outputs):
        return "never 4 of 4: every output is between 0.4 and 0.6"
    return "never 4 of 4"
