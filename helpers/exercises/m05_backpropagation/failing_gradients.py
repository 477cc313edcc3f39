"""Find the wrong gradients."""

from collections.abc import Sequence

import numpy as np

from helpers.checks.cases import network_params
from helpers.checks.comparing import type_name
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m05_backpropagation._cases import labels
from helpers.exercises.m05_backpropagation.backward import back_without_mask, backward
from helpers.reference import asd_batch, forward
from helpers.reference import backward as true_backward

_NAMES = ("dW1", "db1", "dW2", "db2")


def _with_slips(true: dict, slips: dict[str, tuple[str, int]], keys: Sequence[str]) -> dict:
    """Print gradients with three decimals, and put slips into some."""
    published = {}
    for key in keys:
        table = true[key].round(3)
        kind, place = slips.get(key, ("", 0))
        flat, exact = table.reshape(-1), true[key].reshape(-1)
        if kind == "sign":
            place = int(np.argmax(np.abs(flat)))
            flat[place] *= -1
        elif kind == "digit":  # the third decimal, rounded the wrong way
            rest = exact - flat
            place = int(np.argmin(np.abs(np.abs(rest) - 0.00025)))
            flat[place] += 0.001 * np.sign(rest[place])
        elif kind == "two":  # two slips that cancel in a sum
            flat[0] += 0.02
            flat[-1] -= 0.02
        elif kind:
            flat[place] += {"up": 0.03, "down": -0.03, "far": 0.5, "third": 0.003}[kind]
        published[key] = table.round(3)
    return published


def published_gradients(rng: np.random.Generator) -> list[Case]:
    """Make printed gradients with slips in some of them, in all, and in none."""
    slips = [
        ({"dW2": ("up", -1), "db1": ("down", 0)}, _NAMES),
        ({"dW1": ("digit", 0), "dW2": ("third", 0)}, _NAMES),
        ({"dW1": ("sign", 0)}, ("dW2", "db2", "dW1", "db1")),
        ({"dW1": ("two", 0), "db2": ("digit", 0)}, _NAMES),
        ({"dW2": ("digit", 0), "dW1": ("down", -1)}, ("dW2", "dW1")),
        ({}, _NAMES),
        ({"dW1": ("up", 1), "db1": ("far", -1), "dW2": ("down", 0), "db2": ("sign", 0)}, _NAMES),
    ]
    cases = []
    for m, (wrong, keys) in zip((5, 7, 7, 5, 7, 5, 2), slips, strict=True):
        X, y = rng.integers(1, 20, (m, 4)) / 10, labels(rng, m)
        params = network_params(rng, 4, 3, 1)
        params["b1"] = np.abs(params["b1"]) + 0.5
        true = true_backward(X, y, params, forward(X, params)[1])
        cases.append((_with_slips(true, wrong, keys), X, y, params))
    X, y, params = asd_batch()
    printed = {
        "dW2": np.array([[0.0], [0.032], [0.007]]),
        "db2": np.array([[-0.032]]),
        "db1": np.array([[0.0, 0.012, -0.009]]),
    }
    single = {"db2": np.array([[-0.032]])}
    return [*cases, (printed, X, y, params), (single, X, y, params)]


def names_in_any_order(attempt, *args):
    """Take a set, or the keys of a dict, as a list."""
    answer = attempt(*args)
    if isinstance(answer, set | frozenset | type({}.keys())):
        return sorted(map(str, answer))
    return answer


def sorted_names(answer, published, *_):
    """Put the names in order; each counts once."""
    names = list(answer) if isinstance(answer, list | tuple) else None
    if names is None or not all(isinstance(name, str) for name in names):
        raise ValueError(
            f"The answer is {type_name(answer)}. It should be a list of names: ['dW1', 'db2']."
        )
    return {"names that fail": ", ".join(sorted(set(names))) or "none"}


@exercise(
    "5.11",
    "find the wrong gradients",
    cases=published_gradients,
    hints=(
        "First the true gradients: forward, then backward. Then compare each published array with "
        "the true one of the same name.",
        "A name fails where any |true − published| is greater than 0.0005. Collect these names.",
        "if np.any(np.«abs»(grads[name] - published[name]) > 0.0005):\n    names.append(name)",
    ),
    adapter=names_in_any_order,
    view=sorted_names,
)
def failing_gradients(published, X, y, params):
    return _failing(published, X, y, params)


def _failing(
    published, X, y, params, fails=lambda d: np.abs(d).max() > 0.0005, back=backward.reference
):
    """Collect the names where the difference `fails`."""
    grads = back(X, y, params, forward(X, params)[1])
    return [name for name, printed in published.items() if fails(grads[name] - printed)]


@failing_gradients.mistake("The list is turned around: these are the gradients that are right.")
def names_that_pass(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.abs(d).max() <= 0.0005)


@failing_gradients.mistake(
    "Only numbers that are printed too small are found. Take the absolute value of the difference."
)
def names_too_small(published, X, y, params):
    return _failing(published, X, y, params, lambda d: d.max() > 0.0005)


@failing_gradients.mistake(
    "Only numbers that are printed too large are found. Take the absolute value of the difference."
)
def names_too_large(published, X, y, params):
    return _failing(published, X, y, params, lambda d: d.min() < -0.0005)


@failing_gradients.mistake(
    "Every name fails, also the right ones. A printed number is rounded: allow 0.0005. Or is a "
    "gradient not averaged over the examples?"
)
def names_compared_exactly(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.any(d != 0))


@failing_gradients.mistake(
    "The allowance is too generous: a slip in the third decimal gets through. It is 0.0005."
)
def names_with_a_whole_step(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.abs(d).max() > 0.001)


@failing_gradients.mistake(
    "The allowance is much too generous: 0.0005 is half a step of the third decimal, 0.005 is ten "
    "times that."
)
def names_with_two_decimals(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.abs(d).max() > 0.005)


@failing_gradients.mistake(
    "A name is listed only if all of its numbers are wrong. One is enough: np.any, not np.all."
)
def names_wrong_everywhere(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.abs(d).min() > 0.0005)


@failing_gradients.mistake(
    "Only the first number of each gradient is compared. Compare all of them."
)
def names_by_first_number(published, X, y, params):
    return _failing(published, X, y, params, lambda d: abs(d.flat[0]) > 0.0005)


@failing_gradients.mistake(
    "Differences of opposite sign cancel in a sum or a mean. Look at each one: np.any(np.abs(…) > "
    "0.0005)."
)
def names_by_sum(published, X, y, params):
    return _failing(published, X, y, params, lambda d: abs(d.sum()) > 0.0005)


@failing_gradients.mistake(
    "The differences are averaged, so one slip hides among many right numbers. One is enough: "
    "np.any."
)
def names_by_mean(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.abs(d).mean() > 0.0005)


@failing_gradients.mistake(
    "Only wrong signs are found. A number of the right sign can be wrong too: compare the "
    "difference with 0.0005."
)
def names_by_sign(published, X, y, params):
    grads = backward.reference(X, y, params, forward(X, params)[1])
    return [k for k, p in published.items() if np.any(np.sign(grads[k]) * np.sign(p) < 0)]


@failing_gradients.mistake(
    "Wrong signs get through: the bars belong around the difference, not around the two numbers."
)
def names_without_signs(published, X, y, params):
    grads = backward.reference(X, y, params, forward(X, params)[1])
    return [k for k, p in published.items() if np.any(abs(np.abs(grads[k]) - np.abs(p)) > 0.0005)]


@failing_gradients.mistake("Only the first name that fails comes back. Collect all, then return.")
def names_first_only(published, X, y, params):
    return _failing(published, X, y, params)[:1]


@failing_gradients.mistake("Only the first gradient is looked at. Is return inside the loop?")
def names_of_first_gradient(published, X, y, params):
    first = next(iter(published))
    return [name for name in _failing(published, X, y, params) if name == first]


@failing_gradients.mistake(
    "Go through the names in published: it need not hold all four gradients."
)
def names_of_all_four(published, X, y, params):
    grads = backward.reference(X, y, params, forward(X, params)[1])
    return [k for k in grads if np.abs(grads[k] - published[k]).max() > 0.0005]


@failing_gradients.mistake(
    "A mask answers True or False for each name. Return the names that fail."
)
def names_as_a_mask(published, X, y, params):
    failing = _failing(published, X, y, params)
    return [name in failing for name in published]


@failing_gradients.mistake(
    "This is one answer for all of them, or a count. Return the names that fail, in a list."
)
def number_of_names(published, X, y, params):
    return len(_failing(published, X, y, params))


@failing_gradients.mistake('The names lack their d: these are gradients, "dW1", not "W1".')
def names_of_parameters(published, X, y, params):
    return [name[1:] for name in _failing(published, X, y, params)]


@failing_gradients.mistake(
    "An if asks one question, and there is an answer for each number. Put np.any(…) around the "
    "comparison."
)
def names_with_a_plain_if(published, X, y, params):
    grads = backward.reference(X, y, params, forward(X, params)[1])
    return [k for k, p in published.items() if np.abs(grads[k] - p) > 0.0005]


@failing_gradients.mistake(
    "backward needs the cache, and got something else. forward returns two things: A2, cache = "
    "forward(X, params)."
)
def names_without_a_cache(published, X, y, params):
    cache = forward(X, params)
    return [k for k in published if np.any(cache["A2"] - y)]


@failing_gradients.mistake(
    "The ReLU mask is missing in the gradients that you compare with. Is your exercise 5.7 right?"
)
def names_by_unmasked_gradients(published, X, y, params):
    return _failing(published, X, y, params, back=back_without_mask)


@failing_gradients.mistake(
    "The differences of an array are added up, so the small errors of rounding look like a slip. "
    "Compare each number by itself."
)
def names_by_sum_of_sizes(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.abs(d).sum() > 0.0005)


@failing_gradients.mistake(
    "A norm adds up the differences of an array: many small errors of rounding look like a slip. "
    "Compare each number by itself."
)
def names_by_norm(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.linalg.norm(d) > 0.0005)


@failing_gradients.mistake(
    "backward got everything that forward returns, in place of the cache. forward returns two "
    "things: A2, cache = reference.forward(X, params)."
)
def names_with_both_for_a_cache(published, X, y, params):
    true_backward(X, y, params, forward(X, params))
    return []


@failing_gradients.mistake(
    "backward needs the cache, and got the outputs A2. forward returns both: "
    "A2, cache = reference.forward(X, params)."
)
def names_with_outputs_for_a_cache(published, X, y, params):
    true_backward(X, y, params, forward(X, params)[0])
    return []


@failing_gradients.mistake(
    "Only the largest numbers of the two arrays are compared. Subtract the arrays first, then look "
    "at every difference."
)
def names_by_largest_number(published, X, y, params):
    grads = backward.reference(X, y, params, forward(X, params)[1])
    return [k for k, p in published.items() if abs(grads[k].max() - p.max()) > 0.0005]


@failing_gradients.variant
def names_by_rounding(published, X, y, params):
    grads = true_backward(X, y, params, forward(X, params)[1])
    return tuple(k for k in published if not np.array_equal(grads[k].round(3), published[k]))


@failing_gradients.variant
def names_in_a_set(published, X, y, params):
    grads = backward.reference(X, y, params, forward(X, params)[1])
    return {k for k, p in published.items() if not np.allclose(p, grads[k], rtol=0, atol=0.0005)}


@failing_gradients.variant
def names_backwards_and_twice(published, X, y, params):
    grads = backward.reference(X, y, params, forward(X, params)[1])
    names = []
    for name in reversed(list(published)):
        for one, other in zip(grads[name].ravel(), published[name].ravel(), strict=True):
            if abs(one - other) > 0.0005:
                names.append(name)
    return names
