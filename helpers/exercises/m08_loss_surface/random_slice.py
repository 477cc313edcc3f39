"""A random direction, as large as the network."""

import numpy as np

from helpers.checks.cases import Seed, obeyed
from helpers.checks.comparing import as_array
from helpers.checks.exercise import Case, exercise
from helpers.checks.plain import NotPlain, Unusable, plain
from helpers.exercises.m08_loss_surface._cases import nonzero_quarters
from helpers.reference import surface

_ENOUGH = 1_000  # weights; fewer say little about where they were drawn from


def described(attempt, params, seed):
    """Draw a direction, and say of it what does not depend on luck."""
    before = {name: P.copy() for name, P in params.items()}
    first = _direction(attempt(params, np.random.default_rng(int(seed))))
    again, other = (
        _direction(attempt({k: P.copy() for k, P in before.items()}, np.random.default_rng(s)))
        for s in (int(seed), int(seed) + 1)
    )
    weights = [name for name in before if name.startswith("W")]
    shapes = {name: first[name].shape for name in before if name in first}
    facts = {"keys": ", ".join(sorted(first)), "shapes": _listed(shapes)}
    if list(shapes.values()) != [P.shape for P in before.values()]:
        unseen = ("biases", "norms that are kept", "drawn from rng", "draws")
        return facts | dict.fromkeys(unseen, "not looked at")
    biases = [first[name] for name in before if name not in weights]
    facts |= {
        "biases": "all 0" if not any(b.any() for b in biases) else "not all 0",
        "norms that are kept": _listed({n: _kept(first[n], before[n]) for n in weights}),
        "drawn from rng": obeyed(*([d[n] for n in weights] for d in (first, again, other))),
    }
    if all(before[name].size > _ENOUGH for name in weights):
        facts["draws"] = _listed({name: _spread(first[name], before[name]) for name in weights})
    return facts


def _listed(facts):
    return ", ".join(f"{name} {fact}" for name, fact in facts.items())


def _direction(answer):
    """Read the answer as a dict of arrays."""
    if answer is None:
        raise Unusable("The function returns None. Does every way through it end in return?")
    try:
        answer = plain(answer)
    except NotPlain as error:
        raise Unusable(f"The answer is {error}. It should be a dict like params.") from None
    if not isinstance(answer, dict) or not all(type(name) is str for name in answer):
        raise Unusable("The answer should be a dict with the same keys as params.")
    arrays = {name: as_array(value) for name, value in answer.items()}
    for name, array in arrays.items():
        if array is None or not array.size or not np.isfinite(array).all():
            raise Unusable(f"{name} should be an array of finite numbers.")
    return arrays


def _kept(D, P):
    """Say which norms a direction has in common with the weights."""
    sizes = {"of each column": 0, "of each row": 1, "of the whole matrix only": None}
    for name, axis in sizes.items():
        if np.allclose(np.linalg.norm(D, axis=axis), np.linalg.norm(P, axis=axis), rtol=1e-6):
            return name
    squares = np.sum(P**2, axis=0)
    if np.allclose(np.linalg.norm(D, axis=0), squares, rtol=1e-6):
        return "none (each column has its norm squared)"
    if np.allclose(np.linalg.norm(D, axis=0), 1, rtol=1e-6):
        return "none (each column has norm 1)"
    if np.allclose(np.linalg.norm(D, axis=0), np.linalg.norm(P), rtol=1e-6):
        return "none (each column has the norm of the whole matrix)"
    return "none"


def _spread(D, P):
    """Say how the numbers of a direction are spread: as normal ones, evenly, or else."""
    taken = _taken(D, P)
    if taken:
        return taken
    norms = np.linalg.norm(D, axis=0)
    columns = D[:, norms > 0] / norms[norms > 0]
    alike = np.mean(columns.T @ columns) - 1 / columns.shape[1]
    if np.abs(columns[:, :1].T @ columns[:, 1:]).min() > 1 - 1e-9:
        return "the same direction in every column"
    if abs(np.mean(columns > 0) - 0.5) > 0.1:
        return "not around 0"
    if alike > 0.1 or np.mean(np.abs(np.mean(columns > 0, axis=0) - 0.5)) > 0.2:
        return "in order, not at random"
    sizes = np.sort(np.abs(columns * np.sqrt(len(columns))), axis=None)
    tails = float(np.mean(sizes**4))
    if 2.2 < tails < 3.6:  # 3 for normal numbers, a little less for columns of one norm
        return "normal"
    if np.ptp(sizes) < 1e-6:
        return "all of one size"
    evenly = np.clip(sizes / np.sqrt(3), 0, 1)  # as the ranks are, where the spread is even
    gap = np.abs(evenly - np.linspace(0, 1, len(sizes))).max()
    return "even" if gap < 0.07 else "neither normal nor even"


def _taken(D, P):
    """Say what of a direction was taken from the weights and not drawn; mostly nothing."""
    if np.allclose(np.abs(D), np.abs(P)):
        return "the sizes of the weights themselves"
    if np.allclose(np.sort(D, axis=0), np.sort(P, axis=0)):
        return "the weights themselves, in another order"
    if abs(np.sum(D * P)) > 0.3 * np.linalg.norm(D) * np.linalg.norm(P):
        return "leaning toward the weights"
    return ""


def networks(rng: np.random.Generator) -> list[Case]:
    """Make the parameters of small networks, of one with a dead column, and of a large one."""
    cases = []
    for sizes in ((4, 3, 2), (2, 5, 3), (60, 30, 40), (1, 4, 1)):
        n, k, out = sizes
        params = {
            "W1": nonzero_quarters(rng, n, k) * np.arange(1, k + 1),
            "b1": nonzero_quarters(rng, 1, k),
            "W2": nonzero_quarters(rng, k, out) * np.arange(1, out + 1),
            "b2": nonzero_quarters(rng, 1, out),
        }
        cases.append((params, Seed(rng.integers(1, 1000))))
    dead = {name: P.copy() for name, P in cases[0][0].items()}
    dead["W1"][:, 1] = 0
    return [*cases, (dead, Seed(rng.integers(1, 1000)))]


@exercise(
    "8.5",
    "a random direction, as large as the network",
    cases=networks,
    hints=(
        "Go through params. A bias gets zeros of its shape. A weight matrix gets random numbers of "
        "its shape, and then each column gets the length that it has in params.",
        "Column j of the direction is D_j · ‖W_j‖ / ‖D_j‖. np.linalg.norm(W, axis=0) gives the "
        "norms of all columns at once, and they divide a matrix column by column.",
        "D = rng.standard_normal(P.shape); "
        "direction[name] = D * np.linalg.norm(P, axis=«0») / np.linalg.norm(D, axis=«0»)",
    ),
    adapter=described,
    parts=("keys", "shapes", "biases", "norms that are kept", "draws", "drawn from rng"),
)
def random_slice(params, rng):
    return surface.random_slice(params, rng)


def _norm(P, axis=0):
    return np.linalg.norm(P, axis=axis, keepdims=True)


def _drawn(params, weight, bias=np.zeros_like):
    return {name: weight(P) if name.startswith("W") else bias(P) for name, P in params.items()}


def _scaled(D, P):
    with np.errstate(invalid="ignore"):
        return D / _norm(D) * _norm(P)


@random_slice.mistake(
    "Here every row has the norm of that row in params. A neuron is a column: use axis=0."
)
def slice_by_rows(params, rng):
    def weight(P):
        D = rng.standard_normal(P.shape)
        return D / _norm(D, 1) * _norm(P, 1)

    return _drawn(params, weight)


@random_slice.mistake(
    "Only the norm of the whole matrix is kept. np.linalg.norm needs axis=0 to give one norm for "
    "each column."
)
def slice_by_the_whole_matrix(params, rng):
    def weight(P):
        D = rng.standard_normal(P.shape)
        return D / np.linalg.norm(D) * np.linalg.norm(P)

    return _drawn(params, weight)


@random_slice.mistake(
    "Every column has the norm of the whole matrix. The norms of params need axis=0 as well."
)
def slice_columns_with_the_norm_of_the_matrix(params, rng):
    def weight(P):
        D = rng.standard_normal(P.shape)
        return D / _norm(D) * np.linalg.norm(P)

    return _drawn(params, weight)


@random_slice.mistake(
    "The columns do not have the norms that they have in params. Divide each column of the random "
    "numbers by its own norm, and multiply by that of the column in params."
)
def slice_not_scaled(params, rng):
    return _drawn(params, lambda P: rng.standard_normal(P.shape))


@random_slice.mistake(
    "Every column has norm 1. Multiply it by the norm of the same column in params."
)
def slice_of_unit_columns(params, rng):
    def weight(P):
        D = rng.standard_normal(P.shape)
        return D / _norm(D)

    return _drawn(params, weight)


@random_slice.mistake("The norms are squared: the root is missing in √(sum of squares).")
def slice_without_the_root(params, rng):
    def weight(P):
        D = rng.standard_normal(P.shape)
        return D / _norm(D) * np.sum(P**2, axis=0)

    return _drawn(params, weight)


@random_slice.mistake("The biases move too. Their part of the direction is 0: np.zeros_like(b).")
def slice_with_random_biases(params, rng):
    return _drawn(
        params,
        lambda P: _scaled(rng.standard_normal(P.shape), P),
        lambda b: rng.standard_normal(b.shape),
    )


@random_slice.mistake(
    "The direction holds no biases. It has every key of params, with zeros for the biases."
)
def slice_without_biases(params, rng):
    return {n: _scaled(rng.standard_normal(P.shape), P) for n, P in params.items() if n[0] == "W"}


@random_slice.mistake(
    "Only the first weight matrix comes back. Go through all of params. Does return stand inside "
    "the loop?"
)
def slice_of_the_first_matrix(params, rng):
    return {"W1": _scaled(rng.standard_normal(params["W1"].shape), params["W1"])}


@random_slice.mistake(
    "The same rng gives another direction each time, so nobody can repeat your picture. Draw from "
    "the rng that is passed in, not from np.random."
)
def slice_from_np_random(params, rng):
    return random_slice.reference(params, np.random.default_rng())


@random_slice.mistake(
    "The same direction comes back whatever rng is. Draw from the rng that is passed in, and make "
    "no generator of your own."
)
def slice_from_an_own_generator(params, rng):
    return random_slice.reference(params, np.random.default_rng(0))


@random_slice.mistake(
    "Two calls with the same rng differ, and columns are not scaled. Draw with "
    "rng.standard_normal, then give each column the norm it has in params."
)
def slice_from_np_random_not_scaled(params, rng):
    return slice_not_scaled(params, np.random.default_rng())


@random_slice.mistake(
    "All numbers are positive, or most of them. A direction goes both ways: rng.standard_normal."
)
def slice_of_positive_numbers(params, rng):
    return _drawn(params, lambda P: _scaled(rng.random(P.shape), P))


@random_slice.mistake(
    "The norms are right, but the numbers are spread evenly, or nearly so: some directions are "
    "favored. Draw normal ones, rng.standard_normal, and scale them only."
)
def slice_of_even_numbers(params, rng):
    return _drawn(params, lambda P: _scaled(rng.uniform(-1, 1, P.shape), P))


@random_slice.mistake(
    "Each entry keeps its size from params; only its sign is random. Draw a whole matrix D, and "
    "rescale whole columns of it by their norms."
)
def slice_of_random_signs(params, rng):
    return _drawn(params, lambda P: np.abs(P) * np.sign(rng.standard_normal(P.shape)))


@random_slice.mistake(
    "These are the weights in another order. Draw new numbers, rng.standard_normal(P.shape), and "
    "take only the norms from params."
)
def slice_of_shuffled_weights(params, rng):
    return _drawn(params, lambda P: rng.permuted(P, axis=0))


@random_slice.mistake(
    "The direction leans toward the weights themselves. Take only their norms from params; the "
    "numbers are drawn, and params are not added to them."
)
def slice_around_the_weights(params, rng):
    return _drawn(params, lambda P: _scaled(rng.standard_normal(P.shape) + P, P))


@random_slice.mistake(
    "The numbers stand in order of size, or each column keeps to one side of 0. Leave them in the "
    "order in which rng draws them."
)
def slice_in_order(params, rng):
    return _drawn(params, lambda P: _scaled(np.sort(rng.standard_normal(P.shape), axis=0), P))


@random_slice.mistake(
    "All numbers of a column have one size; only their signs differ. Draw normal ones: "
    "rng.standard_normal."
)
def slice_of_bare_signs(params, rng):
    return _drawn(params, lambda P: _scaled(rng.choice([-1.0, 1.0], P.shape), P))


@random_slice.mistake(
    "The norms are right, but the numbers are not spread as normal ones are. Draw with "
    "rng.standard_normal, and do nothing to the numbers but rescale whole columns."
)
def slice_of_clipped_numbers(params, rng):
    return _drawn(params, lambda P: _scaled(np.clip(rng.standard_normal(P.shape), -1, 1), P))


@random_slice.mistake(
    "W1 with a single row is taken for a bias. Tell the two apart by their names: "
    'name.startswith("W").'
)
def slice_with_biases_by_shape(params, rng):
    def either(P):
        return _scaled(rng.standard_normal(P.shape), P) if len(P) > 1 else np.zeros(P.shape)

    return {name: either(P) for name, P in params.items()}


@random_slice.mistake(
    "Some numbers are not finite: a column of params may be all 0, and there was a division by its "
    "norm. Divide by the norms of the random numbers, multiply by those of params."
)
def slice_with_norms_turned_over(params, rng):
    with np.errstate(all="ignore"):
        return _drawn(params, lambda P: (D := rng.standard_normal(P.shape)) * _norm(D) / _norm(P))


@random_slice.mistake(
    "Every column points the same way: one column was drawn and used for all. Draw a number for "
    "every weight, with the shape of the matrix."
)
def slice_of_one_column(params, rng):
    return _drawn(params, lambda P: _scaled(rng.standard_normal((len(P), 1)) * np.ones(P.shape), P))


@random_slice.mistake(
    "This is the network moved by the direction. Return the direction alone, without params."
)
def slice_added_to_the_network(params, rng):
    direction = random_slice.reference(params, rng)
    return {name: params[name] + direction[name] for name in params}


@random_slice.mistake(
    "The direction is right, but params was changed on the way. A new dict is not enough where "
    "its arrays are the old ones: make new arrays too, np.zeros_like(P)."
)
def slice_written_into_params(params, rng):
    params.update(random_slice.reference(params, rng))
    return params


@random_slice.mistake("The biases are flat. np.zeros_like(b) keeps the shape (1, n).")
def slice_with_flat_biases(params, rng):
    return _drawn(
        params,
        lambda P: _scaled(rng.standard_normal(P.shape), P),
        lambda b: np.zeros(b.size),
    )


@random_slice.mistake(
    "A generator has no randn; that belongs to np.random. Here it is rng.standard_normal(shape)."
)
def slice_by_randn(params, rng):
    return _drawn(params, lambda P: rng.randn(*P.shape))


@random_slice.mistake(
    "There is one norm for each row, and they do not line up with the columns. A neuron is a "
    "column: np.linalg.norm(…, axis=0)."
)
def slice_by_rows_that_do_not_fit(params, rng):
    def weight(P):
        D = rng.standard_normal(P.shape)
        return D / np.linalg.norm(D, axis=1)

    return _drawn(params, weight)


@random_slice.variant
def slice_column_by_column(params, rng):
    direction = {}
    for name, P in params.items():
        direction[name] = np.zeros(P.shape)
        if name[0] == "W":
            for j in range(P.shape[1]):
                d = rng.normal(size=len(P))
                direction[name][:, j] = d * np.sqrt(P[:, j] @ P[:, j]) / np.sqrt(d @ d)
    return direction


@random_slice.variant
def slice_by_names(params, rng):
    W2, W1 = params["W2"], params["W1"]
    D2, D1 = rng.normal(0, 3, W2.shape), rng.normal(0, 0.1, W1.shape)
    return {
        "b1": np.zeros((1, W1.shape[1])),
        "b2": np.zeros((1, W2.shape[1])),
        "W2": (D2 * np.sqrt((W2**2).sum(axis=0) / (D2**2).sum(axis=0))).tolist(),
        "W1": D1 * np.sqrt((W1**2).sum(axis=0) / (D1**2).sum(axis=0)),
    }


@random_slice.variant
def slice_divided_by_a_ratio(params, rng):
    def weight(P):
        D = rng.standard_normal(P.shape)
        return D / (np.linalg.norm(D, axis=0) / np.linalg.norm(P, axis=0))

    return _drawn(params, weight, lambda b: 0 * b)
