"""Check gradients by measuring them."""

import copy

import numpy as np

from helpers.checks import adapters
from helpers.checks.cases import Code
from helpers.checks.comparing import Tolerance
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m05_backpropagation._cases import fractions
from helpers.reference import asd_batch, forward
from helpers.reference import backward as true_backward
from helpers.reference.activations import sigmoid


def _asd_loss(p):
    """Compute the loss of the 4-3-1 network, much faster than a forward pass that checks shapes."""
    X, y, _ = asd_batch()
    a = sigmoid(np.maximum(X @ p["W1"] + p["b1"], 0) @ p["W2"] + p["b2"])
    return float(-np.mean(np.log(np.where(y == 1, a, 1 - a))))


_LOSS = {
    Code("lambda p: np.sum(p['W'] ** 2) + 3 * np.sum(p['b'] ** 2)"): lambda p: float(
        np.sum(p["W"] ** 2) + 3 * np.sum(p["b"] ** 2)
    ),
    Code("lambda p: np.sum(p['W'] ** 2) * (1 + p['b'][0, 0])"): lambda p: float(
        np.sum(p["W"] ** 2) * (1 + p["b"][0, 0])
    ),
    Code("lambda p: np.sum(p['W'] ** 3) + np.sum(p['b'])"): lambda p: float(
        np.sum(p["W"] ** 3) + np.sum(p["b"])
    ),
    Code("lambda p: np.sin(100_000 * p['W'][0, 0])"): lambda p: float(
        np.sin(100_000 * p["W"][0, 0])
    ),
    Code("lambda p: reference.bce(y, reference.forward(X, p)[0])"): _asd_loss,
}


FINE = 1e-4  # below, gradients agree; rounding errors make the exact number a matter of chance


def right_and_wrong_gradients(rng: np.random.Generator) -> list[Case]:
    """Make gradients that are right, and some that are wrong in one place only."""
    squares, coupled, cubes, wave, network = _LOSS
    p = {"W": fractions(rng, 2, 3), "b": fractions(rng, 1, 3)}
    right = {"dW": 2 * p["W"], "db": 6 * p["b"]}

    def wrong(key: str, place: tuple[int, int], factor: float) -> dict:
        grads = {name: value.copy() for name, value in right.items()}
        grads[key][place] *= factor
        return grads

    zero = {"W": np.array([[0.5, 0.0], [-1.5, 0.02]]), "b": np.array([[0.0, 0.25]])}
    for_zero = {"dW": 2 * zero["W"], "db": 6 * zero["b"]}
    together = {"dW": 2 * zero["W"], "db": np.array([[np.sum(zero["W"] ** 2).round(6), 0.0]])}
    small = {name: value.copy() for name, value in for_zero.items()}
    small["dW"][1, 1] = 0.01
    lost, invented = ({n: v.copy() for n, v in for_zero.items()} for _ in range(2))
    lost["dW"][1, 0], invented["db"][0, 0] = 0.0, 0.25
    noise = {name: value.copy() for name, value in for_zero.items()}
    noise["dW"][0, 1] = 1e-13
    tiny = {"W": np.array([[2e-6, 0.5]]), "b": np.array([[0.25, -1.0]])}
    for_tiny = {"db": 6 * tiny["b"], "dW": 2 * tiny["W"]}
    halved = {"db": 6 * tiny["b"], "dW": np.array([[2e-6, 1.0]])}
    still = {"W": np.array([[0.0, 0.5]]), "b": np.array([[0.25]])}
    along = {"dW": np.array([[100_000.0, 0.0]]), "db": np.array([[0.0]])}
    X, y, params = asd_batch()
    grads = {k: v.round(5) for k, v in true_backward(X, y, params, forward(X, params)[1]).items()}
    return [
        (squares, p, right),
        (squares, p, right, 0.5),
        (squares, p, wrong("dW", (0, 0), 2.0)),
        (squares, p, wrong("dW", (1, 2), 0.75)),
        (squares, p, wrong("db", (0, 2), 1.25)),
        (squares, p, wrong("db", (0, 0), -1.0)),
        (squares, zero, for_zero),
        (squares, zero, small),
        (squares, zero, lost),
        (squares, zero, invented),
        (coupled, zero, together, 0.5),
        (cubes, p, {"dW": 3 * p["W"] ** 2, "db": np.ones((1, 3))}, 0.5),
        (network, params, {**grads, "dW2": 2 * grads["dW2"]}),
        (squares, zero, noise),
        (squares, tiny, for_tiny, 0.5),
        (squares, tiny, halved, 0.5),
        (wave, still, along),  # so steep that the step is seen, which is 1e-6
        (wave, still, {**along, "db": np.array([[2e-12]])}, 1e-8),  # a 5000th of 1e-8, and n is 0
    ]


def threshold(answer, *_):
    """Call everything below the threshold 0; how small it is depends on rounding errors."""
    if isinstance(answer, bool):
        raise ValueError(
            "The answer is True or False. Return the worst relative difference itself, a number."
        )
    number = np.asarray(answer, dtype=float) if not isinstance(answer, dict | str) else None
    if number is None or number.ndim:
        return answer
    return 0.0 if 0 <= number < FINE else answer


def _measured(loss, params, h, slope=None):
    """Measure every number's slope, with the central difference or with `slope`."""
    slope = slope or (lambda f, h: (f(h) - f(-h)) / (2 * h))
    measured = {}
    for name, P in params.items():
        dP = np.empty_like(P)
        for place in np.ndindex(P.shape):

            def nudged(by, name=name, place=place):
                copied = {key: value.copy() for key, value in params.items()}
                copied[name][place] += by
                return loss(copied)

            dP[place] = slope(nudged, h)
        measured[f"d{name}"] = dP
    return measured


def _relative(a, n):
    return np.abs(a - n) / np.maximum(np.maximum(np.abs(a), np.abs(n)), 1e-8)


def _checked(
    loss, params, grads, h, *, slope=None, ratio=_relative, worst=np.max, keys=slice(None)
):
    """Check gradients; each part can be replaced by a wrong one."""
    measured = _measured(loss, params, h, slope)
    names = [*measured][keys]
    return float(worst(np.concatenate([ratio(grads[k], measured[k]).ravel() for k in names])))


@exercise(
    "5.9",
    "check gradients by measuring them",
    cases=right_and_wrong_gradients,
    hints=(
        "Three loops in one: over the names, over the places of an array (np.ndindex), and up and "
        "down by h. Nudge one number of a copy, and call loss on that copy.",
        "n = (loss with +h − loss with −h) / (2h), for one number at a time. Its relative "
        "difference to g is |g − n| / max(|g|, |n|, 1e-8). Return the largest of all.",
        "copied = {k: v.copy() for k, v in params.items()}\ncopied[name][place] += h\n"
        "up = loss(«copied»)",
    ),
    adapter=adapters.with_function(_LOSS),
    view=threshold,
    tolerance=Tolerance(rtol=5e-3, atol=1e-4),
)
def gradient_check(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h)


@gradient_check.mistake(
    "The slopes are measured to one side only: (loss with +h − loss) / h. Nudge up and down, and "
    "divide by 2h."
)
def checked_to_one_side(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, slope=lambda f, h: (f(h) - f(0)) / h)


@gradient_check.mistake(
    "The measured slopes are twice too large: up and down lie 2h apart. Divide by 2 * h."
)
def checked_over_h(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, slope=lambda f, h: (f(h) - f(-h)) / h)


@gradient_check.mistake("The measured slopes have the wrong sign: loss with +h minus loss with −h.")
def checked_sign(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, slope=lambda f, h: (f(-h) - f(h)) / (2 * h))


@gradient_check.mistake(
    "Every measured slope is 0: the two losses are the same. Is the nudged copy what you pass to "
    "loss, and is one nudge +h, the other −h?"
)
def checked_without_a_nudge(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, slope=lambda f, h: 0.0)


@gradient_check.mistake(
    "The differences are multiplied by h: / 2 * h goes from left to right. Put parentheses around "
    "(2 * h)."
)
def checked_without_parentheses(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, slope=lambda f, h: (f(h) - f(-h)) / 2 * h)


@gradient_check.mistake(
    "All numbers of an array are nudged at once: that measures the sum of their slopes. Nudge one "
    "number at a time."
)
def checked_all_at_once(loss, params, grads, h=1e-6):
    def slope_of_all(name):
        def nudged(by):
            return loss({k: v + by if k == name else v for k, v in params.items()})

        return (nudged(h) - nudged(-h)) / (2 * h)

    return max(_relative(grads[f"d{k}"], slope_of_all(k)).max() for k in params)


@gradient_check.mistake("h is ignored: the same small nudge is used in every call. Use h.")
def checked_with_fixed_step(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, 1e-6)


@gradient_check.mistake(
    "This is the absolute difference. Divide each by max(|a|, |n|, 1e-8): gradients come in all "
    "sizes."
)
def checked_absolutely(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, ratio=lambda a, n: np.abs(a - n))


@gradient_check.mistake(
    "The floor is missing: where both slopes are 0 you divide 0 by 0, and two tiny slopes look "
    "100 % wrong. Divide by max(|a|, |n|, 1e-8)."
)
def checked_without_floor(loss, params, grads, h=1e-6):
    return _checked(
        loss, params, grads, h, ratio=lambda a, n: abs(a - n) / np.maximum(abs(a), abs(n))
    )


@gradient_check.mistake(
    "The difference is divided by the given slope |a| only. Take the larger of |a| and |n|."
)
def checked_relative_to_given(loss, params, grads, h=1e-6):
    return _checked(
        loss, params, grads, h, ratio=lambda a, n: abs(a - n) / np.maximum(abs(a), 1e-8)
    )


@gradient_check.mistake(
    "The difference is divided by the measured slope |n| only. Take the larger of |a| and |n|."
)
def checked_relative_to_measured(loss, params, grads, h=1e-6):
    return _checked(
        loss, params, grads, h, ratio=lambda a, n: abs(a - n) / np.maximum(abs(n), 1e-8)
    )


@gradient_check.mistake(
    "The difference is divided by the sum |a| + |n|. Divide by the larger of the two."
)
def checked_relative_to_sum(loss, params, grads, h=1e-6):
    return _checked(
        loss, params, grads, h, ratio=lambda a, n: abs(a - n) / np.maximum(abs(a) + abs(n), 1e-8)
    )


@gradient_check.mistake(
    "1 is the smallest divisor here, so small gradients are compared absolutely. The floor is "
    "1e-8: max(|a|, |n|, 1e-8)."
)
def checked_with_floor_one(loss, params, grads, h=1e-6):
    return _checked(
        loss,
        params,
        grads,
        h,
        ratio=lambda a, n: abs(a - n) / np.maximum(np.maximum(abs(a), abs(n)), 1),
    )


@gradient_check.mistake(
    "This compares the lengths of all gradients together, so one wrong number hides among many. "
    "Return the worst of the single relative differences."
)
def checked_by_norms(loss, params, grads, h=1e-6):
    measured = _measured(loss, params, h)
    a, n = (np.concatenate([g[f"d{k}"].ravel() for k in params]) for g in (grads, measured))
    return np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n))


@gradient_check.mistake(
    "This is the mean of the differences. One wrong number must show: the worst."
)
def checked_on_average(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, worst=np.mean)


@gradient_check.mistake(
    "No wrong gradient is found: the answer is always next to 0. Is a new maximum stored, "
    "worst = max(worst, …)? Return the largest difference, not the smallest."
)
def checked_at_best(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, worst=np.min)


@gradient_check.mistake("The differences are added up. Return the largest of them.")
def checked_in_sum(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, worst=np.sum)


@gradient_check.mistake(
    "Only slopes that are too large are found: the bars are missing. Take |g − n|."
)
def checked_without_bars(loss, params, grads, h=1e-6):
    ratio = lambda a, n: (a - n) / np.maximum(np.maximum(abs(a), abs(n)), 1e-8)  # noqa: E731
    return _checked(loss, params, grads, h, ratio=ratio, worst=lambda r: max(0.0, r.max()))


@gradient_check.mistake(
    "Only the first parameter is checked. Is return inside the loop? Go through all names."
)
def checked_first_parameter(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, keys=slice(1))


@gradient_check.mistake(
    "Only the last parameter counts: the worst so far is overwritten. Keep the larger: "
    "worst = max(worst, …)."
)
def checked_last_parameter(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, keys=slice(-1, None))


@gradient_check.mistake(
    "Only the very first number is checked. Go through all places of all arrays before you return."
)
def checked_first_number(loss, params, grads, h=1e-6):
    name = next(iter(params))
    return _relative(grads[f"d{name}"], _measured(loss, params, h)[f"d{name}"]).ravel()[0]


@gradient_check.mistake(
    "Only the first number of each array is checked. Go through all places: np.ndindex(P.shape)."
)
def checked_first_numbers(loss, params, grads, h=1e-6):
    n = _measured(loss, params, h)
    return max(_relative(grads[f"d{k}"], n[f"d{k}"]).ravel()[0] for k in params)


@gradient_check.mistake(
    "Only the very last number counts: the worst so far is overwritten. Keep the larger: "
    "worst = max(worst, …)."
)
def checked_last_number(loss, params, grads, h=1e-6):
    name = [*params][-1]
    return _relative(grads[f"d{name}"], _measured(loss, params, h)[f"d{name}"]).ravel()[-1]


def _nudging_the_original(loss, params, grads, h, back):
    worst = 0.0
    for name, P in params.items():
        for place in np.ndindex(P.shape):
            P[place] += h
            up = loss(params)
            P[place] -= 2 * h
            down = loss(params)
            P[place] += back
            ratio = _relative(grads[f"d{name}"][place], (up - down) / (2 * h))
            worst = max(worst, float(ratio))
    return worst


@gradient_check.mistake(
    "The caller's own numbers are nudged: += and -= lose their last digits, and params.copy() "
    "shares the arrays. Copy each array: v.copy()."
)
def checked_on_the_original(loss, params, grads, h=1e-6):
    return _nudging_the_original(loss, params, grads, h, h)


@gradient_check.mistake(
    "The caller's own numbers are nudged, and stay nudged. Copy each array, v.copy(), for every "
    "nudge."
)
def checked_and_left_nudged(loss, params, grads, h=1e-6):
    return _nudging_the_original(loss, params, grads, h, 0.0)


@gradient_check.mistake(
    "The nudges of earlier numbers are still in the copy. Make a fresh copy for every number, or "
    "put the old value back."
)
def checked_with_old_nudges(loss, params, grads, h=1e-6):
    copied = {name: P.copy() for name, P in params.items()}
    return _nudging_the_original(loss, copied, grads, h, 0.0)


@gradient_check.mistake(
    'The gradient of "W" is found under "dW". Put a d before the name: "d" + name.'
)
def checked_without_the_d(loss, params, grads, h=1e-6):
    measured = _measured(loss, params, h)
    return max(_relative(grads[k], measured[f"d{k}"]).max() for k in params)


@gradient_check.mistake(
    "loss needs the dict with all parameters, nudged in one place. It got an array instead."
)
def checked_on_an_array(loss, params, grads, h=1e-6):
    return loss(params[next(iter(params))].copy())


@gradient_check.mistake(
    "Only the weights are checked: names that begin with W. Biases have gradients too."
)
def checked_weights_only(loss, params, grads, h=1e-6):
    n = _measured(loss, params, h)
    names = [k for k in params if k.startswith("W")]
    return max(_relative(grads[f"d{k}"], n[f"d{k}"]).max() for k in names)


@gradient_check.mistake(
    "Compare nothing with a threshold here: return the worst difference itself."
)
def checked_yes_or_no(loss, params, grads, h=1e-6):
    return gradient_check.reference(loss, params, grads, h) > FINE


@gradient_check.mistake(
    "The divisor lacks its bars: for two negative slopes the larger of them is not the larger in "
    "size. max(|a|, |n|, 1e-8)."
)
def checked_without_bars_below(loss, params, grads, h=1e-6):
    return _checked(
        loss,
        params,
        grads,
        h,
        ratio=lambda a, n: np.abs(a - n) / np.maximum(np.maximum(a, n), 1e-8),
    )


@gradient_check.mistake(
    "The difference is divided by the mean of |a| and |n|. Divide by the larger of the two."
)
def checked_relative_to_mean(loss, params, grads, h=1e-6):
    return _checked(
        loss,
        params,
        grads,
        h,
        ratio=lambda a, n: abs(a - n) / np.maximum((abs(a) + abs(n)) / 2, 1e-8),
    )


@gradient_check.mistake(
    "The difference is divided by |a| alone, and a may be 0. Divide by max(|a|, |n|, 1e-8)."
)
def checked_relative_to_given_without_floor(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, ratio=lambda a, n: abs(a - n) / abs(a))


@gradient_check.mistake(
    "The difference is divided by |n| alone, and n may be 0. Divide by max(|a|, |n|, 1e-8)."
)
def checked_relative_to_measured_without_floor(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, ratio=lambda a, n: abs(a - n) / abs(n))


@gradient_check.mistake(
    "The measured slope is half of a one-sided one. If you divide by 2h, one loss needs x + h and "
    "the other x − h. After += h, going down takes -= 2 * h."
)
def checked_back_to_the_middle(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, slope=lambda f, h: (f(h) - f(0)) / (2 * h))


@gradient_check.mistake(
    "params.copy() shares its arrays: the nudges up and down meet in one array, and it is the "
    "caller's. Copy each array: v.copy()."
)
def checked_on_shared_arrays(loss, params, grads, h=1e-6):
    worst = 0.0
    for name in params:
        for place in np.ndindex(params[name].shape):
            up, down = params.copy(), params.copy()
            up[name][place] += h
            down[name][place] -= h
            n = (loss(up) - loss(down)) / (2 * h)
            worst = max(worst, float(_relative(grads[f"d{name}"][place], n)))
    return worst


@gradient_check.mistake(
    "The names are written into the function. Any dict may come: go through the names in params."
)
def checked_under_fixed_names(loss, params, grads, h=1e-6):
    fixed = {name: params[name] for name in ("W1", "b1", "W2", "b2")}
    return _checked(loss, fixed, grads, h)


@gradient_check.mistake(
    "loss needs all parameters, and got one of them. Pass the whole dict: {**params, name: nudged}."
)
def checked_on_part_of_the_dict(loss, params, grads, h=1e-6):
    return max(loss({name: P + h}) for name, P in params.items())


@gradient_check.mistake("These are all the differences. Return the worst of them, one number.")
def checked_one_by_one(loss, params, grads, h=1e-6):
    measured = _measured(loss, params, h)
    return np.concatenate([_relative(grads[k], n).ravel() for k, n in measured.items()])


@gradient_check.mistake(
    "The floor below the line is missing: two tiny slopes look 100 % wrong, though they differ by "
    "next to nothing. Divide by max(|a|, |n|, 1e-8)."
)
def checked_with_zeros_skipped(loss, params, grads, h=1e-6):
    def ratio(a, n):
        larger = np.maximum(abs(a), abs(n))
        return np.where(larger == 0, 0, abs(a - n) / np.where(larger == 0, 1, larger))

    return _checked(loss, params, grads, h, ratio=ratio)


@gradient_check.mistake(
    "The floor below the line is 1e-4: wrong gradients that are small get through. It is 1e-8."
)
def checked_with_high_floor(loss, params, grads, h=1e-6):
    def ratio(a, n):
        return abs(a - n) / np.maximum(np.maximum(abs(a), abs(n)), 1e-4)

    return _checked(loss, params, grads, h, ratio=ratio)


@gradient_check.mistake(
    "Parameters and gradients are matched by their position. Their order may differ: look each "
    'gradient up by its name, grads["d" + name].'
)
def checked_by_position(loss, params, grads, h=1e-6):
    named = {f"d{name}": a for name, a in zip(params, grads.values(), strict=True)}
    return gradient_check.reference(loss, params, named, h)


@gradient_check.variant
def checked_with_restored_values(loss, params, grads, h=1e-6):
    p = copy.deepcopy(params)
    worst = 0
    for name in p:
        for i in range(p[name].shape[0]):
            for j in range(p[name].shape[1]):
                old = p[name][i, j]
                p[name][i, j] = old + h
                up = loss(p)
                p[name][i, j] = old - h
                down = loss(p)
                p[name][i, j] = old
                n, a = (up - down) / (2 * h), grads["d" + name][i, j]
                worst = max(worst, abs(a - n) / max(abs(a), abs(n), 1e-8))
    return worst


@gradient_check.variant
def checked_with_flat_arrays(loss, params, grads, h=1e-6):
    found = []
    for name, P in params.items():
        for i, a in enumerate(grads[f"d{name}"].ravel()):
            nudge = np.zeros(P.size)
            nudge[i] = h
            nudge = nudge.reshape(P.shape)
            up, down = (loss({**params, name: P + s * nudge}) for s in (1, -1))
            n = (up - down) / h / 2
            found.append(abs(a - n) / max(abs(a), abs(n), 1e-8))
    return np.max(found)


@gradient_check.variant
def checked_with_floor_added(loss, params, grads, h=1e-6):
    return _checked(
        loss, params, grads, h, ratio=lambda a, n: abs(a - n) / (np.maximum(abs(a), abs(n)) + 1e-8)
    )
