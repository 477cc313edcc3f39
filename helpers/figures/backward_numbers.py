"""The numbers and the words of one training step of the 4-3-1 network, quantity by quantity.

`training_step` computes every number with `helpers.reference`; `explain` says how one
entry of one quantity comes about. Nothing here draws.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from helpers.figures.base import one_of, scientific, small
from helpers.reference.activations import relu_derivative
from helpers.reference.backward_pass import backward, hidden_error, output_error, update
from helpers.reference.data import asd_batch
from helpers.reference.forward_pass import forward
from helpers.reference.losses import bce_from_logits

Numbers = dict[str, np.ndarray]
Entry = tuple[int, int]

PARAMETERS = ("W1", "b1", "W2", "b2")
TITLES = {
    "X": "the inputs",
    "Z1": "the sums of the hidden layer",
    "A1": "the hidden layer's activations",
    "Z2": "the sum of the output",
    "A2": "the prediction ŷ",
    "L": "the loss",
    "dZ2": "the error at the output",
    "dW2": "the gradient of W2",
    "db2": "the gradient of b2",
    "dA1": "the error passed back",
    "mask": "the slopes of ReLU",
    "dZ1": "the error at the hidden sums",
    "dW1": "the gradient of W1",
    "db1": "the gradient of b1",
    "update": "the new parameters",
    "L after": "the loss after the update",
}
STEPS = tuple(TITLES)
# The letters say what the rows and the columns of a matrix stand for.
_AXES = {
    "X": "mi",
    "y": "mo",
    "W1": "ih",
    "b1": "1h",
    "W2": "ho",
    "b2": "1o",
    "losses": "mo",
    "Z1": "mh",
    "A1": "mh",
    "dA1": "mh",
    "mask": "mh",
    "dZ1": "mh",
    "Z2": "mo",
    "A2": "mo",
    "dZ2": "mo",
    "A2 after": "mo",
}


@dataclass(frozen=True)
class Pick:
    """Which entry is worked out: a sample, a hidden neuron and an input, counted from 0."""

    sample: int = 0
    unit: int = 1
    feature: int = 0


@dataclass(frozen=True)
class Explanation:
    """How one entry of one quantity comes about.

    Attributes
    ----------
    formula : str
        For the whole matrix.
    shapes : str
        The same line with shapes in place of names.
    filled : str
        The same for one entry, with its numbers.
    sentence : str
        What it means, in plain words.
    results : dict from str to a set of (row, column)
        The matrices that are made, with the entry that `filled` works out.
    feeds : dict from str to a set of (row, column)
        The matrices that it is made from, with the entries that feed it.
    """

    formula: str
    shapes: str
    filled: str
    sentence: str
    results: Mapping[str, set[Entry]]
    feeds: Mapping[str, set[Entry]] = field(default_factory=dict)


def step_name(step: int | str) -> str:
    """Return the name of a step that is given by its name or its number.

    Raises
    ------
    ValueError
        If there is no such step.

    >>> step_name(1), step_name("dZ2")
    ('Z1', 'dZ2')
    """
    if isinstance(step, str):
        return one_of("step", step, STEPS)
    if not 0 <= step < len(STEPS):
        raise ValueError(f"step must be from 0 to {len(STEPS) - 1}, but is {step}.")
    return STEPS[step]


def training_step(
    X: np.ndarray | None = None,
    y: np.ndarray | None = None,
    params: Mapping[str, np.ndarray] | None = None,
    lr: float = 0.005,
) -> Numbers:
    """Compute every quantity of one forward pass, one backward pass and one update.

    Parameters
    ----------
    X : array (m, 4)
        The inputs of the course's two samples if left out; so for `y` and `params`.
    y : array (m, 1) of 0 and 1
    params : dict of W1 (4, 3), b1 (1, 3), W2 (3, 1), b2 (1, 1)
    lr : float, above 0

    Returns
    -------
    dict from str to array
        Besides what `STEPS` names: ``losses`` (one per sample), ``new W1`` and so on,
        ``Z1 after`` and so on.
    """
    X0, y0, params0 = asd_batch()
    X = np.asarray(X0 if X is None else X, dtype=float)
    y = np.asarray(y0 if y is None else y, dtype=float)
    params = {name: np.asarray(P, dtype=float) for name, P in (params or params0).items()}
    _, cache = forward(X, params)
    dZ2 = output_error(cache["A2"], y)
    grads = backward(X, y, params, cache)
    new = update(params, grads, lr)
    _, after = forward(X, new)
    return {
        "X": X,
        "y": y,
        "lr": np.array(lr),
        **params,
        **cache,
        "losses": _losses(y, cache["Z2"]),
        "L": np.array(bce_from_logits(y, cache["Z2"])),
        "dZ2": dZ2,
        "dA1": hidden_error(dZ2, params["W2"], cache["Z1"], "linear"),
        "mask": relu_derivative(cache["Z1"]).astype(float),
        "dZ1": hidden_error(dZ2, params["W2"], cache["Z1"]),
        **grads,
        **{f"new {name}": P for name, P in new.items()},
        **{f"{name} after": value for name, value in after.items()},
        "L after": np.array(bce_from_logits(y, after["Z2"])),
    }


def _losses(y: np.ndarray, Z2: np.ndarray) -> np.ndarray:
    """Compute the loss of each sample alone."""
    pairs = zip(y, Z2, strict=True)
    return np.array([[bce_from_logits([label], [z])] for label, z in pairs])


def written(value: float, decimals: int = 3) -> str:
    """Write a number of any size in at most nine characters or so.

    >>> written(-0.1854), written(0.0000954), written(12345678.0), written(123.456)
    ('−0.185', '9.5·10⁻⁵', '1.2·10⁷', '123.5')
    """
    if abs(value) >= 1e4:
        return scientific(value)
    if abs(value) >= 100 and decimals == 3:
        return small(value, 1)
    return small(value, decimals)


def chance(a: float) -> str:
    """Write a prediction; one that is not 1 is not called 1.

    >>> chance(0.4574), chance(0.99996), chance(1.0)
    ('0.457', '0.99996', '1')
    """
    decimals = 3
    while a < 1 and decimals < 12 and written(a, decimals) == "1":
        decimals += 1
    return written(a, decimals)


def bracketed(value: float, decimals: int = 3) -> str:
    """Write a number that follows a sign: a negative one in brackets."""
    text = written(value, decimals)
    return f"({text})" if text.startswith("−") else text


def labels(name: str, numbers: Numbers) -> tuple[list[str], list[str]]:
    """Name the rows and the columns of a matrix.

    >>> labels("dW2", training_step())
    (['h1', 'h2', 'h3'], ['ŷ'])
    """
    axes = _AXES.get(name) or _AXES[name.removeprefix("new ").removeprefix("d")]
    m, inputs = numbers["X"].shape
    names = {
        "m": [f"sample {i}" for i in range(1, m + 1)],
        "i": [f"x{i}" for i in range(1, inputs + 1)],
        "h": [f"h{i}" for i in range(1, numbers["W1"].shape[1] + 1)],
        "o": [{"y": "y", "losses": "loss"}.get(name, "ŷ")],
        "1": [""],
    }
    return names[axes[0]], names[axes[1]]


def explain(step: int | str, numbers: Numbers, pick: Pick | None = None) -> Explanation:
    """Say how one entry of a quantity comes about.

    Parameters
    ----------
    step : int or str
        A name in `STEPS`, or its number.
    numbers : dict
        From `training_step`.
    pick : Pick, optional
        Which entry; hidden neuron 2 for sample 1 if left out.

    >>> explain("dZ2", training_step()).filled
    'dZ2[0, 0] = 0.457 − 1 = −0.543'
    """
    return _EXPLANATIONS[step_name(step)](numbers, pick or Pick())


def _column(rows: int, column: int) -> set[Entry]:
    return {(row, column) for row in range(rows)}


def _row(row: int, columns: int) -> set[Entry]:
    return {(row, column) for column in range(columns)}


def _shape(numbers: Numbers, name: str) -> str:
    return str(numbers[name].shape)


def _products(left: np.ndarray, right: np.ndarray) -> str:
    pairs = zip(np.ravel(left), np.ravel(right), strict=True)
    return " + ".join(f"{bracketed(a)}·{bracketed(b)}" for a, b in pairs)


def _all(m: int) -> str:
    return {1: "the one sample", 2: "both samples"}.get(m, f"all {m} samples")


def _direction(gradient: float, what: str) -> str:
    """Say which way a parameter would have to go."""
    if gradient == 0:
        return f"The gradient is 0: a tiny change of {what} leaves the loss as it is."
    way = "lower" if gradient > 0 else "raise"
    sign = "above" if gradient > 0 else "below"
    return f"The gradient is {sign} 0: to reduce the loss, {way} {what} a little."


def _x(n: Numbers, p: Pick) -> Explanation:
    s, count = p.sample, n["X"].shape[1]
    filled = ", ".join(written(v) for v in n["X"][s])
    label = int(n["y"][s, 0])
    return Explanation(
        "X and y are given",
        f"{_shape(n, 'X')} and {_shape(n, 'y')}",
        f"X[{s}] = [{filled}], y[{s}] = [{label}]",
        f"Sample {s + 1} comes in as {count} numbers; its label is {label}. "
        "Nothing has been computed yet.",
        {"X": _row(s, count), "y": {(s, 0)}},
    )


def _z1(n: Numbers, p: Pick) -> Explanation:
    s, k, count = p.sample, p.unit, n["X"].shape[1]
    z = n["Z1"][s, k]
    side = "above 0" if z > 0 else "below 0" if z < 0 else "exactly 0"
    return Explanation(
        "Z1 = X @ W1 + b1",
        f"{_shape(n, 'X')} @ {_shape(n, 'W1')} + {_shape(n, 'b1')} → {_shape(n, 'Z1')}",
        f"Z1[{s}, {k}] = {_products(n['X'][s], n['W1'][:, k])} + {bracketed(n['b1'][0, k])} "
        f"= {written(z)}",
        f"Hidden neuron {k + 1} weighs the inputs of sample {s + 1} and adds its bias: the sum is "
        f"{side}.",
        {"Z1": {(s, k)}},
        {"X": _row(s, count), "W1": _column(count, k), "b1": {(0, k)}},
    )


def _a1(n: Numbers, p: Pick) -> Explanation:
    s, k = p.sample, p.unit
    z = n["Z1"][s, k]
    if z > 0:
        said = f"is on for sample {s + 1}: its sum is above 0, so ReLU passes it on unchanged."
    else:
        said = f"is off for sample {s + 1}: its sum is not above 0, so ReLU gives 0."
    return Explanation(
        "A1 = ReLU(Z1) = max(0, Z1)",
        f"ReLU of {_shape(n, 'Z1')} → {_shape(n, 'A1')}",
        f"A1[{s}, {k}] = max(0, {written(z)}) = {written(n['A1'][s, k])}",
        f"Hidden neuron {k + 1} {said}",
        {"A1": {(s, k)}},
        {"Z1": {(s, k)}},
    )


def _z2(n: Numbers, p: Pick) -> Explanation:
    s, units = p.sample, len(n["W2"])
    z = n["Z2"][s, 0]
    if z == 0:
        said = "exactly 0, so ŷ will be 0.5."
    else:
        side = "above" if z > 0 else "below"
        said = f"{side} 0, so ŷ will be {side} 0.5."
    return Explanation(
        "Z2 = A1 @ W2 + b2",
        f"{_shape(n, 'A1')} @ {_shape(n, 'W2')} + {_shape(n, 'b2')} → {_shape(n, 'Z2')}",
        f"Z2[{s}, 0] = {_products(n['A1'][s], n['W2'][:, 0])} + {bracketed(n['b2'][0, 0])} "
        f"= {written(z)}",
        f"The output weighs the hidden neurons for sample {s + 1}: the sum is {said}",
        {"Z2": {(s, 0)}},
        {"A1": _row(s, units), "W2": _column(units, 0), "b2": {(0, 0)}},
    )


def _a2(n: Numbers, p: Pick) -> Explanation:
    s = p.sample
    z, label = n["Z2"][s, 0], int(n["y"][s, 0])
    side = "the right" if (z > 0) == (label == 1) else "the wrong"
    said = "exactly between the labels" if z == 0 else f"on {side} side of 0.5 for its label"
    return Explanation(
        "A2 = ŷ = sigmoid(Z2) = 1 / (1 + e^(−Z2))",
        f"sigmoid of {_shape(n, 'Z2')} → {_shape(n, 'A2')}",
        f"A2[{s}, 0] = 1 / (1 + e^({written(-z)})) = {chance(n['A2'][s, 0])}",
        f"The prediction for sample {s + 1} is {said}, {label}.",
        {"A2": {(s, 0)}},
        {"Z2": {(s, 0)}},
    )


def _loss_of_one(n: Numbers, s: int) -> str:
    """Write the loss of a sample; where ŷ is rounded to 0 or 1, from the sum."""
    loss, z, a = written(n["losses"][s, 0]), n["Z2"][s, 0], chance(n["A2"][s, 0])
    right = n["y"][s, 0] == 1
    if abs(z) > 15:
        sign = written(-z if right else z)
        return f"log(1 + e^({sign})) = {loss}"
    return f"−log({a}) = {loss}" if right else f"−log(1 − {a}) = {loss}"


def _mean(values: np.ndarray) -> str:
    return f"({' + '.join(bracketed(v) for v in np.ravel(values))}) / {np.size(values)}"


def _l(n: Numbers, p: Pick) -> Explanation:
    s, m = p.sample, len(n["X"])
    label = int(n["y"][s, 0])
    chance = "ŷ" if label else "1 − ŷ"
    return Explanation(
        "L = mean of −[y·log ŷ + (1 − y)·log(1 − ŷ)]",
        f"mean over {_shape(n, 'A2')} → one number",
        f"sample {s + 1}: {_loss_of_one(n, s)}; L = {_mean(n['losses'])} = {written(n['L'])}",
        f"Sample {s + 1} has label {label}, so its loss is −log of {chance}. "
        f"L is the mean over {_all(m)}.",
        {"losses": _column(m, 0)},
        {"y": _column(m, 0), "A2": _column(m, 0)},
    )


def _dz2(n: Numbers, p: Pick) -> Explanation:
    s = p.sample
    a, label, error = n["A2"][s, 0], int(n["y"][s, 0]), n["dZ2"][s, 0]
    if error == 0:
        said = "is at its label, as far as a computer can tell: no error goes back"
    else:
        side, way = ("high", "lower") if error > 0 else ("low", "higher")
        said = f"is {written(abs(error))} too {side}: a {way} sum Z2 would reduce its loss"
    return Explanation(
        "dZ2 = A2 − y",
        f"{_shape(n, 'A2')} − {_shape(n, 'y')} → {_shape(n, 'dZ2')}",
        f"dZ2[{s}, 0] = {chance(a)} − {label} = {written(error)}",
        f"The prediction for sample {s + 1} {said}.",
        {"dZ2": {(s, 0)}},
        {"A2": {(s, 0)}, "y": {(s, 0)}},
    )


def _dw2(n: Numbers, p: Pick) -> Explanation:
    k, m = p.unit, len(n["X"])
    gradient = n["dW2"][k, 0]
    said = _direction(gradient, "this weight")
    if not n["A1"][:, k].any():
        said = f"Hidden neuron {k + 1} was off for {_all(m)}: its weight could not change ŷ."
    return Explanation(
        "dW2 = A1.T @ dZ2 / m",
        f"{n['A1'].T.shape} @ {_shape(n, 'dZ2')} / {m} → {_shape(n, 'dW2')}",
        f"dW2[{k}, 0] = ({_products(n['A1'][:, k], n['dZ2'])}) / {m} = {written(gradient)}",
        f"What hidden neuron {k + 1} sent, times the error at ŷ, averaged over {_all(m)}. {said}",
        {"dW2": {(k, 0)}},
        {"A1": _column(m, k), "dZ2": _column(m, 0)},
    )


def _db2(n: Numbers, _: Pick) -> Explanation:
    m = len(n["X"])
    gradient = n["db2"][0, 0]
    return Explanation(
        "db2 = dZ2.mean(axis=0, keepdims=True)",
        f"mean of {_shape(n, 'dZ2')} over axis 0 → {_shape(n, 'db2')}",
        f"db2[0, 0] = {_mean(n['dZ2'])} = {written(gradient)}",
        f"The bias is added for every sample alike, so its gradient is the mean error. "
        f"{_direction(gradient, 'b2')}",
        {"db2": {(0, 0)}},
        {"dZ2": _column(m, 0)},
    )


def _da1(n: Numbers, p: Pick) -> Explanation:
    s, k = p.sample, p.unit
    error, passed = n["dZ2"][s, 0], n["dA1"][s, k]
    if passed == 0:
        said = (
            f"More or less from hidden neuron {k + 1} would not change the loss of sample {s + 1}."
        )
    else:
        way = "raise" if passed > 0 else "reduce"
        said = f"More from hidden neuron {k + 1} would {way} the loss of sample {s + 1}."
    return Explanation(
        "dA1 = dZ2 @ W2.T",
        f"{_shape(n, 'dZ2')} @ {n['W2'].T.shape} → {_shape(n, 'dA1')}",
        f"dA1[{s}, {k}] = {bracketed(error)}·{bracketed(n['W2'][k, 0])} = {written(passed)}",
        f"The error at ŷ goes back along the weight from hidden neuron {k + 1} to ŷ. {said}",
        {"dA1": {(s, k)}},
        {"dZ2": {(s, 0)}, "W2": {(k, 0)}},
    )


def _mask(n: Numbers, p: Pick) -> Explanation:
    s, k = p.sample, p.unit
    z, unit = n["Z1"][s, k], f"Hidden neuron {k + 1}"
    sign, slope = (">", "1") if z > 0 else ("≤", "0")
    if z > 0:
        said = f"{unit} was on for sample {s + 1}: the slope is 1, so the error passes."
    elif z < 0:
        said = f"{unit} was off for sample {s + 1}: the slope is 0, so no error passes."
    else:
        said = (
            f"The sum is exactly 0, where ReLU has a kink. The course takes slope 0 there: {unit}"
        )
        said += f" passes no error for sample {s + 1}."
    return Explanation(
        "mask = ReLU′(Z1) = (Z1 > 0)",
        f"{_shape(n, 'Z1')} > 0 → {_shape(n, 'mask')}",
        f"mask[{s}, {k}] = {slope}, because {written(z)} {sign} 0",
        said,
        {"mask": {(s, k)}},
        {"Z1": {(s, k)}},
    )


def _dz1(n: Numbers, p: Pick) -> Explanation:
    s, k = p.sample, p.unit
    unit, passed = f"Hidden neuron {k + 1}", n["dZ1"][s, k]
    if n["mask"][s, k]:
        said = f"{unit} was on for sample {s + 1}, so its error passes unchanged."
    else:
        said = f"{unit} was off for sample {s + 1}, so no error passes."
    return Explanation(
        "dZ1 = dA1 * mask",
        f"{_shape(n, 'dA1')} * {_shape(n, 'mask')} → {_shape(n, 'dZ1')}",
        f"dZ1[{s}, {k}] = {bracketed(n['dA1'][s, k])}·{written(n['mask'][s, k])} "
        f"= {written(passed)}",
        said,
        {"dZ1": {(s, k)}},
        {"dA1": {(s, k)}, "mask": {(s, k)}},
    )


def _dw1(n: Numbers, p: Pick) -> Explanation:
    i, k, m = p.feature, p.unit, len(n["X"])
    gradient = n["dW1"][i, k]
    said = _direction(gradient, "this weight")
    if not n["mask"][:, k].any():
        said = f"Hidden neuron {k + 1} was off for {_all(m)}: no error arrives at its weights."
    return Explanation(
        "dW1 = X.T @ dZ1 / m",
        f"{n['X'].T.shape} @ {_shape(n, 'dZ1')} / {m} → {_shape(n, 'dW1')}",
        f"dW1[{i}, {k}] = ({_products(n['X'][:, i], n['dZ1'][:, k])}) / {m} = {written(gradient)}",
        f"Input x{i + 1} times the error at the sum of hidden neuron {k + 1}, averaged over "
        f"{_all(m)}. {said}",
        {"dW1": {(i, k)}},
        {"X": _column(m, i), "dZ1": _column(m, k)},
    )


def _db1(n: Numbers, p: Pick) -> Explanation:
    k, m = p.unit, len(n["X"])
    gradient = n["db1"][0, k]
    return Explanation(
        "db1 = dZ1.mean(axis=0, keepdims=True)",
        f"mean of {_shape(n, 'dZ1')} over axis 0 → {_shape(n, 'db1')}",
        f"db1[0, {k}] = {_mean(n['dZ1'][:, k])} = {written(gradient)}",
        f"The mean error at the sum of hidden neuron {k + 1}. {_direction(gradient, 'this bias')}",
        {"db1": {(0, k)}},
        {"dZ1": _column(m, k)},
    )


def _update(n: Numbers, p: Pick) -> Explanation:
    i, k, lr = p.feature, p.unit, float(n["lr"])
    old, new, gradient = n["W1"][i, k], n["new W1"][i, k], n["dW1"][i, k]
    way = "stays" if new == old else "goes up" if new > old else "goes down"
    why = {"stays": "its gradient is 0", "goes up": "its gradient is below 0"}
    reason = why.get(way, "its gradient is above 0")
    if way == "stays" and gradient != 0:
        reason = "its gradient times the learning rate is too small to count"
    elif way != "stays" and written(old, 5) == written(new, 5):
        way += ", by less than the decimals show"
    return Explanation(
        "P = P − lr · dP, for each of W1, b1, W2, b2",
        "each P keeps its shape",
        f"new W1[{i}, {k}] = {written(old, 5)} − {written(lr, 5)}·{bracketed(gradient, 5)} "
        f"= {written(new, 5)}",
        f"Every parameter takes a step against its gradient. This weight {way}: {reason}.",
        {f"new {name}": {(i, k)} if name == "W1" else set() for name in PARAMETERS},
        {
            "W1": {(i, k)},
            "dW1": {(i, k)},
            **{name: set() for name in ("db1", "dW2", "db2")},
        },
    )


def _l_after(n: Numbers, _: Pick) -> Explanation:
    before, after = float(n["L"]), float(n["L after"])
    change = written(abs(after - before), 6)
    if after == before:
        said = "The loss did not change."
    elif after < before:
        said = f"The loss fell by {change}: the step went the right way."
    else:
        said = f"The loss rose by {change}: for these numbers the step was too long."
    m = len(n["X"])
    return Explanation(
        "L after: the loss of a forward pass with the new parameters",
        f"mean over {_shape(n, 'A2 after')} → one number",
        f"L before = {written(before, 6)}, L after = {written(after, 6)}",
        said,
        {"A2 after": _column(m, 0)},
        {"A2": _column(m, 0), "y": _column(m, 0)},
    )


_EXPLANATIONS: dict[str, Callable[[Numbers, Pick], Explanation]] = dict(
    zip(
        STEPS,
        (
            *(_x, _z1, _a1, _z2, _a2, _l),
            *(_dz2, _dw2, _db2, _da1, _mask, _dz1, _dw1, _db1),
            *(_update, _l_after),
        ),
        strict=True,
    )
)
