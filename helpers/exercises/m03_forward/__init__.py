"""Module 03, the forward pass: eight exercises.

Inputs have at most two decimals, so that the call in a message can be pasted.
"""

from itertools import pairwise

import numpy as np

from helpers.checks.cases import Code, Seed, hundredths, network_params, obeyed
from helpers.checks.comparing import Tolerance, as_array
from helpers.checks.exercise import Case, exercise
from helpers.checks.plain import NotPlain, Unusable, plain
from helpers.reference import forward_pass
from helpers.reference.activations import relu, sigmoid, tanh
from helpers.reference.data import asd_batch, two_two_one
from helpers.reference.initializers import glorot_normal

# 3.1 ---------------------------------------------------------------------------------------------

_ENOUGH = 5_000  # weights; fewer say little about where they were drawn from


def described(attempt, sizes, seed):
    """Draw weights, and say of them what does not depend on luck."""
    generators = (np.random.default_rng(int(s)) for s in (seed, seed, seed + 1))
    pairs, repeated, others = (_pairs(attempt(sizes, rng), sizes) for rng in generators)
    weights, biases = zip(*pairs, strict=True)
    facts = {
        "shapes": ", ".join(
            f"W{i} {W.shape} b{i} {b.shape}" for i, (W, b) in enumerate(pairs, start=1)
        ),
        "biases": "all 0" if not any(b.any() for b in biases) else "not all 0",
        "drawn from rng": obeyed(*([W for W, _ in p] for p in (pairs, repeated, others))),
    }
    if all(W.size > _ENOUGH for W in weights):
        facts |= {
            "measured standard deviations": [round(float(W.std()), 4) for W in weights],
            "distributions": [_distribution(W) for W in weights],
        }
    return facts


def _pairs(answer, sizes):
    """Read the answer as a list of pairs of arrays."""
    try:
        answer = plain(answer)
    except NotPlain as error:
        raise Unusable(f"The answer is {error}. It should be a list of pairs (W, b).") from None
    if not isinstance(answer, list | tuple):
        raise Unusable("The answer should be a list of pairs (W, b), one for each layer.")
    if len(answer) != len(sizes) - 1:
        entries = "entry" if len(answer) == 1 else "entries"
        raise Unusable(
            f"The list has {len(answer)} {entries}. Between {len(sizes)} sizes there are "
            f"{len(sizes) - 1} layers with weights, each a pair (W, b)."
        )
    pairs = []
    for entry in answer:
        if not isinstance(entry, list | tuple) or len(entry) != 2:
            raise Unusable("Each entry of the list should be a pair (W, b).")
        W, b = (as_array(part) for part in entry)
        if W is None or b is None or W.size == 0 or b.size == 0:
            raise Unusable("W and b should be arrays of numbers.")
        pairs.append((W, b))
    return pairs


def _distribution(W):
    """Tell a normal distribution from a uniform one by its fourth moment, 3 or 1.8."""
    spread = W.std()
    if spread == 0:
        return "all equal"
    if abs(W.mean()) > 0.1 * spread:
        return "not around 0"
    tails = float(np.mean(((W - W.mean()) / spread) ** 4))
    if abs(tails - 3) < 0.4:
        return "normal"
    return "uniform" if abs(tails - 1.8) < 0.2 else "neither normal nor uniform"


def layer_sizes(rng: np.random.Generator) -> list[Case]:
    """Make the sizes of a small network, and of two that have enough weights to measure."""
    return [
        ((4, 3, 1), Seed(rng.integers(1, 1000))),
        ((100, 300, 40), Seed(rng.integers(1, 1000))),
        ([2, 3, 2, 1], Seed(rng.integers(1, 1000))),
        ([90, 120, 160, 60], Seed(rng.integers(1, 1000))),
    ]


@exercise(
    "3.1",
    "starting weights by He's rule",
    cases=layer_sizes,
    hints=(
        "Go through the sizes in pairs: (4, 3), then (3, 1). Each pair makes one W and one b.",
        "W is drawn from a normal distribution with mean 0 and standard deviation √(2 / n_in), "
        "and has shape (n_in, n_out). b is zeros, with shape (1, n_out).",
        "W = rng.normal(0, np.sqrt(2 / ____), size=(n_in, n_out))",
    ),
    adapter=described,
    tolerance=Tolerance(rtol=0.05),
)
def init_params(sizes, rng):
    return _drawn(sizes, lambda n, k: rng.normal(0, np.sqrt(2 / n), size=(n, k)))


def _drawn(sizes, draw, bias=lambda n, k: np.zeros((1, k))):
    return [(draw(n, k), bias(n, k)) for n, k in pairwise(sizes)]


@init_params.mistake(
    "This is Glorot's rule, also called Xavier's: 2 / (n_in + n_out). He's rule is 2 / n_in; "
    "some texts mix up the names."
)
def glorots_rule(sizes, rng):
    return _drawn(sizes, lambda n, k: glorot_normal(n, k, rng))


@init_params.mistake(
    "The spread is right, but the distribution is uniform. Draw from a normal one: rng.normal."
)
def he_uniform(sizes, rng):
    return _drawn(sizes, lambda n, k: rng.uniform(-1, 1, (n, k)) * np.sqrt(6 / n))


@init_params.mistake(
    "These weights are uniform between -1 and 1, whatever the size of the layer. He's rule draws "
    "from a normal distribution and scales by √(2 / n_in)."
)
def uniform_weights(sizes, rng):
    return _drawn(sizes, lambda n, k: rng.uniform(-1, 1, (n, k)))


@init_params.mistake(
    "√(2 / n_in) multiplies numbers drawn evenly: rng.uniform(-1, 1) has a spread of 0.58. "
    "Multiply rng.standard_normal, whose spread is 1."
)
def uniform_scaled(sizes, rng):
    return _drawn(sizes, lambda n, k: rng.uniform(-1, 1, (n, k)) * np.sqrt(2 / n))


@init_params.mistake(
    "All weights are positive: rng.random draws from 0 to 1. Draw from a normal distribution "
    "around 0."
)
def positive_weights(sizes, rng):
    return _drawn(sizes, lambda n, k: rng.random((n, k)) * np.sqrt(2 / n))


@init_params.mistake(
    "The weights are not scaled: their standard deviation is 1. Multiply by √(2 / n_in)."
)
def not_scaled(sizes, rng):
    return _drawn(sizes, lambda n, k: rng.standard_normal((n, k)))


@init_params.mistake(
    "2 / n_in is the variance. rng.normal takes the standard deviation, its square root."
)
def variance_for_deviation(sizes, rng):
    return _drawn(sizes, lambda n, k: rng.normal(0, 2 / n, size=(n, k)))


@init_params.mistake(
    "The rule counts the outputs of the layer. Count what goes into a neuron: √(2 / n_in)."
)
def counts_the_outputs(sizes, rng):
    return _drawn(sizes, lambda n, k: rng.normal(0, np.sqrt(2 / k), size=(n, k)))


@init_params.mistake(
    "The spread is √(1 / n_in). He's rule has a 2 in it, for the half of the inputs that ReLU "
    "silences."
)
def without_the_two(sizes, rng):
    return _drawn(sizes, lambda n, k: rng.normal(0, np.sqrt(1 / n), size=(n, k)))


@init_params.mistake(
    "The factor 0.01 is the same for every layer. He's rule depends on it: √(2 / n_in)."
)
def hundredth_of_normal(sizes, rng):
    return _drawn(sizes, lambda n, k: 0.01 * rng.standard_normal((n, k)))


@init_params.mistake(
    "All weights are 0. Then all neurons of a layer do the same, and learn the same. Draw them."
)
def zero_weights(sizes, rng):
    return _drawn(sizes, lambda n, k: np.zeros((n, k)))


@init_params.mistake("W is lying on its side: here its shape is (n_in, n_out), inputs first.")
def weights_transposed(sizes, rng):
    return _drawn(sizes, lambda n, k: rng.normal(0, np.sqrt(2 / n), size=(k, n)))


@init_params.mistake("b is flat, (n_out,). Make it a row with two dimensions: (1, n_out).")
def flat_biases(sizes, rng):
    return _drawn(
        sizes, lambda n, k: rng.normal(0, np.sqrt(2 / n), size=(n, k)), lambda n, k: np.zeros(k)
    )


@init_params.mistake("b is a column, (n_out, 1). In this course it is a row: (1, n_out).")
def column_biases(sizes, rng):
    return _drawn(
        sizes,
        lambda n, k: rng.normal(0, np.sqrt(2 / n), size=(n, k)),
        lambda n, k: np.zeros((k, 1)),
    )


@init_params.mistake("The biases are not 0. Use np.zeros((1, n_out)).")
def random_biases(sizes, rng):
    return _drawn(
        sizes,
        lambda n, k: rng.normal(0, np.sqrt(2 / n), size=(n, k)),
        lambda n, k: rng.normal(0, 1, size=(1, k)),
    )


@init_params.mistake(
    "The same weights come back whatever rng is. Draw from the rng that is passed in, and make no "
    "generator of your own."
)
def own_generator(sizes, rng):
    return init_params.reference(sizes, np.random.default_rng(0))


@init_params.mistake(
    "The same rng gives different weights, so nobody can repeat your run. Replace np.random by "
    "the rng that is passed in."
)
def unseeded_generator(sizes, rng):
    return init_params.reference(sizes, np.random.default_rng())


@init_params.mistake(
    "One layer is missing: there are len(sizes) - 1 with weights. Where does the loop begin, and "
    "where does it end?"
)
def last_layer_missing(sizes, rng):
    return init_params.reference(sizes[:-1], rng)


@init_params.mistake(
    "The loop goes one size too far: after the last size there is no next one. Stop at "
    "len(sizes) - 1."
)
def one_size_too_far(sizes, rng):
    layers = []
    for i in range(len(sizes)):
        n, k = sizes[i], sizes[i + 1]
        layers.append((rng.normal(0, np.sqrt(2 / n), size=(n, k)), np.zeros((1, k))))
    return layers


@init_params.mistake(
    "A generator has no randn; that belongs to np.random. Here it is rng.standard_normal((n, k)), "
    "or rng.normal(0, deviation, size=(n, k))."
)
def randn_of_the_generator(sizes, rng):
    return _drawn(sizes, lambda n, k: rng.randn(n, k) * np.sqrt(2 / n))


@init_params.mistake(
    "np.zeros takes the shape as one value, a tuple: np.zeros((1, n_out)), with two pairs of "
    "parentheses."
)
def shape_in_two_arguments(sizes, rng):
    return _drawn(
        sizes,
        lambda n, k: rng.normal(0, np.sqrt(2 / n), size=(n, k)),
        lambda n, k: np.zeros(1, k),
    )


@init_params.mistake(
    "Only one layer comes back. Is return inside the loop, or layers = []? Move both out of it."
)
def weights_returned_in_the_loop(sizes, rng):
    return init_params.reference(sizes[:2], rng)


@init_params.mistake(
    "Every layer is scaled by sizes[0]. n_in is the size of the layer before: it changes in the "
    "loop."
)
def scaled_by_the_first_size(sizes, rng):
    return _drawn(sizes, lambda n, k: rng.normal(0, np.sqrt(2 / sizes[0]), size=(n, k)))


@init_params.mistake(
    "Every W has sizes[0] rows. From the second layer on, n_in is the size of the layer before."
)
def rows_of_the_first_size(sizes, rng):
    n = sizes[0]
    return _drawn(sizes, lambda _, k: rng.normal(0, np.sqrt(2 / n), size=(n, k)))


@init_params.mistake(
    "The answer is not a list. Begin with layers = [], add layers.append((W, b)) in the loop, and "
    "return layers."
)
def weights_in_a_dict(sizes, rng):
    layers = {}
    for i, (W, b) in enumerate(init_params.reference(sizes, rng), start=1):
        layers |= {f"W{i}": W, f"b{i}": b}
    return layers


@init_params.mistake(
    "The root goes over the 2 alone: √2 / n_in. It covers the whole fraction: np.sqrt(2 / n_in)."
)
def root_of_the_two_only(sizes, rng):
    return _drawn(sizes, lambda n, k: rng.normal(0, np.sqrt(2) / n, size=(n, k)))


@init_params.mistake("The pairs are turned around. Each is (W, b), W first.")
def bias_before_weights(sizes, rng):
    return [(b, W) for W, b in init_params.reference(sizes, rng)]


@init_params.mistake(
    "sizes is unpacked into a fixed number of names, here three. There may be any number of "
    "layers: loop over neighbors, zip(sizes[:-1], sizes[1:])."
)
def three_sizes_unpacked(sizes, rng):
    n_in, n_hidden, n_out = sizes
    return init_params.reference((n_in, n_hidden, n_out), rng)


@init_params.variant
def with_standard_normal(sizes, rng):
    layers = []
    for i in range(1, len(sizes)):
        W = rng.standard_normal((sizes[i - 1], sizes[i])) * np.sqrt(2 / sizes[i - 1])
        layers.append([W, np.zeros((1, sizes[i]))])
    return tuple(layers)


@init_params.variant
def drawn_on_its_side(sizes, rng):
    return _drawn(sizes, lambda n, k: (rng.standard_normal((k, n)) * (2 / n) ** 0.5).T)


@init_params.variant
def with_biases_of_whole_numbers(sizes, rng):
    return _drawn(
        sizes,
        lambda n, k: rng.normal(scale=np.sqrt(2.0 / n), size=(n, k)),
        lambda n, k: [[0] * k],
    )


# 3.2 ---------------------------------------------------------------------------------------------


def one_layer(rng: np.random.Generator) -> list[Case]:
    """Make the inputs, weights and biases of one layer, all dimensions different."""
    X, _, params = two_two_one()
    return [
        (hundredths(rng, 5, 4), hundredths(rng, 4, 3), hundredths(rng, 1, 3)),
        (hundredths(rng, 7, 2), hundredths(rng, 2, 6), hundredths(rng, 1, 6)),
        (X, params["W1"], params["b1"]),
        (hundredths(rng, 5, 3), hundredths(rng, 3, 1), hundredths(rng, 1, 1)),
        (np.zeros((2, 3)), hundredths(rng, 3, 4), hundredths(rng, 1, 4)),
    ]


@exercise(
    "3.2",
    "the weighted sums of a layer",
    cases=one_layer,
    hints=(
        "One matrix product makes all weighted sums of all examples. The bias row is then added "
        "to every row.",
        "Z = X @ W + b, with shapes (m, n_in) @ (n_in, n_out) + (1, n_out)",
        "return X @ ____ + ____",
    ),
)
def linear(X, W, b):
    return X @ W + b


@linear.mistake("The bias is missing: each neuron adds its own b.")
def linear_without_bias(X, W, b):
    return X @ W


@linear.mistake("The bias is subtracted. It is added, even where it is negative.")
def linear_bias_subtracted(X, W, b):
    return X @ W - b


@linear.mistake(
    "The answer lies on its side: each example should be a row, (m, n_out). Write X @ W + b, "
    "without transposing."
)
def linear_in_columns(X, W, b):
    return W.T @ X.T + b.T


@linear.mistake("W is transposed, but its inputs already come first: (n_in, n_out). Write X @ W.")
def linear_weights_transposed(X, W, b):
    return X @ W.T + b


@linear.mistake("The factors are in the wrong order. Each row of X meets W: X @ W, not W @ X.")
def linear_turned_around(X, W, b):
    return W @ X + b


@linear.mistake("np.dot(W, X) has the factors in the wrong order. Write np.dot(X, W), or X @ W.")
def linear_dot_turned_around(X, W, b):
    return np.dot(W, X) + b


@linear.mistake(
    "W.T does not fit: W already has its inputs first, (n_in, n_out). Write np.dot(X, W)."
)
def linear_dot_weights_transposed(X, W, b):
    return np.dot(X, W.T) + b


@linear.mistake("* multiplies entry by entry. The matrix product is @.")
def linear_entry_by_entry(X, W, b):
    return X * W + b


@linear.mistake(
    "All biases are added to every neuron. Add b itself: each column gets its own bias."
)
def linear_biases_summed(X, W, b):
    return X @ W + np.sum(b)


@linear.mistake("Every neuron gets the bias of the first one. Add the whole row b.")
def linear_first_bias_only(X, W, b):
    return X @ W + b[0, 0]


@linear.mistake(
    "These are already activations: the negative numbers are gone. Return the weighted sums."
)
def linear_with_relu(X, W, b):
    return np.maximum(0, X @ W + b)


@linear.mistake("The weighted sums are averaged over the inputs. Sum them, without dividing.")
def linear_averaged(X, W, b):
    return X @ W / X.shape[1] + b


@linear.variant
def linear_with_dot(X, W, b):
    return np.dot(X, W) + b.reshape(-1)


@linear.variant
def linear_with_loops(X, W, b):
    return [
        [sum(x[i] * W[i, j] for i in range(len(x))) + b[0, j] for j in range(W.shape[1])] for x in X
    ]


@linear.variant
def linear_with_einsum(X, W, b):
    return b + np.einsum("mi,ij->mj", X, W)


@linear.variant
def linear_bias_as_a_weight(X, W, b):
    return np.hstack([X, np.ones((len(X), 1))]) @ np.vstack([W, b])


# 3.3 ---------------------------------------------------------------------------------------------


_FUNCTION = {
    Code("np.tanh"): tanh,
    Code("np.arctan"): np.arctan,
    Code("lambda z: np.maximum(0, z)"): relu,
    Code("lambda z: 1 / (1 + np.exp(-z))"): sigmoid,
}


def with_activation(attempt, X, W, b, code):
    """Call a function whose last argument is the activation function that the case names."""
    return attempt(X, W, b, _FUNCTION[code])


def layers_with_activation(rng: np.random.Generator) -> list[Case]:
    """Make one layer for each activation function; one has sums that are exactly 0."""
    hyperbolic, arc, rectified, logistic = _FUNCTION
    cases = []
    for m, n, k, code in (
        (2, 3, 4, rectified),
        (5, 4, 3, rectified),
        (7, 2, 4, logistic),
        (5, 3, 2, hyperbolic),
    ):
        cases.append((hundredths(rng, m, n), hundredths(rng, n, k), hundredths(rng, 1, k), code))
    zeros = (np.zeros((2, 3)), hundredths(rng, 3, 4), np.array([[0.5, 0.0, -1.5, 2.0]]))
    return [*cases, (*zeros, arc)]


@exercise(
    "3.3",
    "one layer, with its activation",
    cases=layers_with_activation,
    hints=(
        "Two steps: the weighted sums Z, as in exercise 3.2. Then the function that you were "
        "given.",
        "Z = X @ W + b, then A = activation(Z). Call activation as you call any function.",
        "return Z, ____(Z)",
    ),
    adapter=with_activation,
    returns=("Z", "A"),
)
def layer_forward(X, W, b, activation):
    Z = X @ W + b
    return Z, activation(Z)


@layer_forward.mistake("Return both, the weighted sums and the activations: return Z, A.")
def only_the_activations(X, W, b, activation):
    return activation(X @ W + b)


@layer_forward.mistake("The two are swapped: the weighted sums Z come first, then A.")
def activations_first(X, W, b, activation):
    Z = X @ W + b
    return activation(Z), Z


@layer_forward.mistake(
    "The activation is not used: A is the same as Z. Call it: A = activation(Z). It is a "
    "function, not a name to compare with."
)
def activation_unused(X, W, b, activation):
    Z = X @ W + b
    return Z, Z


@layer_forward.mistake(
    "Z was overwritten by the activations, so both returned arrays are A. Give A a name of its own."
)
def sums_overwritten(X, W, b, activation):
    A = activation(X @ W + b)
    return A, A


@layer_forward.mistake(
    "A is ReLU of Z in every call. Use the function that is passed in: activation(Z)."
)
def always_relu(X, W, b, activation):
    Z = X @ W + b
    return Z, np.maximum(0, Z)


@layer_forward.mistake(
    "A is the sigmoid of Z, whatever activation is. Call the function that is passed in."
)
def always_sigmoid(X, W, b, activation):
    Z = X @ W + b
    return Z, sigmoid(Z)


@layer_forward.mistake("The bias is missing in Z, and so in A. Z = X @ W + b.")
def layer_without_bias(X, W, b, activation):
    Z = X @ W
    return Z, activation(Z)


@layer_forward.mistake(
    "The bias is added after the activation. It belongs into Z: A = activation(X @ W + b)."
)
def bias_after_activation(X, W, b, activation):
    Z = X @ W
    return Z, activation(Z) + b


@layer_forward.mistake(
    "The activation is applied to the inputs. First the weighted sums, then the activation."
)
def activation_of_the_inputs(X, W, b, activation):
    Z = activation(X) @ W + b
    return Z, Z


@layer_forward.mistake("The activation is applied twice. Once is enough: A = activation(Z).")
def activated_twice(X, W, b, activation):
    Z = X @ W + b
    return Z, activation(activation(Z))


@layer_forward.mistake("The second value is the function itself. Call it: activation(Z).")
def function_not_called(X, W, b, activation):
    return X @ W + b, activation


@layer_forward.variant
def layer_with_dot(X, W, b, activation):
    Z = np.dot(X, W) + b
    A = activation(Z)
    return [Z, A]


@layer_forward.variant
def layer_row_by_row(X, W, b, activation):
    rows = [x @ W + b[0] for x in X]
    return np.array(rows), [activation(row).tolist() for row in rows]


@layer_forward.variant
def layer_with_linear(X, W, b, activation):
    Z = linear_with_einsum(X, W, b)
    return Z, activation(Z.copy())


# 3.4 ---------------------------------------------------------------------------------------------


def two_layers(rng: np.random.Generator) -> list[Case]:
    """Make networks of several sizes; one has weighted sums that are exactly 0."""
    at_zero = {
        "W1": np.array([[0.5, -1.0], [-0.5, 1.0], [0.25, 0.75]]),
        "b1": np.array([[0.0, -0.75]]),
        "W2": np.array([[2.0], [-1.5]]),
        "b2": np.array([[0.5]]),
    }
    X, _, params = asd_batch()
    return [
        (np.array([[1.0, 1.0, 0.0], [0.5, 0.5, 1.0], [-1.0, 0.5, 2.0]]), at_zero),
        (hundredths(rng, 5, 2), network_params(rng, 2, 3, 1)),
        (hundredths(rng, 7, 3), network_params(rng, 3, 4, 2)),
        (X, params),
        (4 * hundredths(rng, 5, 4), network_params(rng, 4, 6, 1)),
    ]


def with_whole_cache(answer, *_):
    """Ask for the four keys by name; more keys are fine."""
    if isinstance(answer, tuple | list) and len(answer) == 2 and isinstance(answer[1], dict):
        missing = [key for key in ("Z1", "A1", "Z2", "A2") if key not in answer[1]]
        if missing:
            raise ValueError(f"The cache has no key {', '.join(map(repr, missing))}.")
    return answer


@exercise(
    "3.4",
    "forward through two layers",
    cases=two_layers,
    hints=(
        "Four lines, one for each of Z1, A1, Z2, A2. Each uses the one before it.",
        "Z1 = X @ W1 + b1; A1 = relu(Z1); Z2 = A1 @ W2 + b2; A2 = sigmoid(Z2)",
        'Z2 = ____ @ params["W2"] + params["b2"]',
    ),
    view=with_whole_cache,
    returns=("A2", "cache"),
)
def forward(X, params):
    return _forward(X, **params)


def _forward(X, W1, b1, W2, b2, hidden=relu, output=sigmoid):
    Z1 = X @ W1 + b1
    A1 = hidden(Z1)
    Z2 = A1 @ W2 + b2
    A2 = output(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def _same(Z):
    return Z


@forward.mistake(
    "The hidden layer has no activation: A1 is Z1. Put Z1 through ReLU, or two layers are only one."
)
def hidden_layer_linear(X, params):
    return _forward(X, **params, hidden=_same)


@forward.mistake("The hidden layer uses the sigmoid. Here it is ReLU; the sigmoid comes last.")
def hidden_layer_sigmoid(X, params):
    return _forward(X, **params, hidden=sigmoid)


@forward.mistake("The two activations are swapped: ReLU in the hidden layer, sigmoid at the end.")
def activations_swapped(X, params):
    return _forward(X, **params, hidden=sigmoid, output=relu)


@forward.mistake("The output layer uses ReLU. The sigmoid turns Z2 into numbers from 0 to 1.")
def output_layer_relu(X, params):
    return _forward(X, **params, output=relu)


@forward.mistake("The output has no activation: A2 is Z2. Put Z2 through the sigmoid.")
def output_layer_linear(X, params):
    return _forward(X, **params, output=_same)


@forward.mistake(
    "A1 is a mask of True and False, or 1 and 0. ReLU keeps the positive numbers themselves: "
    "np.maximum(0, Z1)."
)
def relu_as_a_mask(X, params):
    return _forward(X, **params, hidden=lambda Z: (Z > 0).astype(float))


@forward.mistake("A1 holds absolute values. ReLU makes negative numbers 0: np.maximum(0, Z1).")
def relu_as_absolute_value(X, params):
    return _forward(X, **params, hidden=np.abs)


@forward.mistake("Z2 is computed from Z1. The second layer sees the activations: A1 @ W2 + b2.")
def second_layer_skips_relu(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    Z2 = Z1 @ params["W2"] + params["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": relu(Z1), "Z2": Z2, "A2": A2}


@forward.mistake(
    "Something as wide as X meets something with a row for each hidden neuron. Is W1 transposed, "
    "or does the second layer get X or relu(X)? A1 = relu(X @ W1 + b1), Z2 = A1 @ W2 + b2."
)
def second_layer_sees_the_inputs(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    Z2 = X @ params["W2"] + params["b2"]
    return sigmoid(Z2), {"Z1": Z1, "A1": relu(Z1), "Z2": Z2, "A2": sigmoid(Z2)}


@forward.mistake("b1 is missing in the first layer: Z1 = X @ W1 + b1.")
def forward_without_b1(X, params):
    return _forward(X, **{**params, "b1": 0})


@forward.mistake("b2 is missing in the second layer: Z2 = A1 @ W2 + b2.")
def forward_without_b2(X, params):
    return _forward(X, **{**params, "b2": 0})


@forward.mistake("Both biases are missing. Add b1 to the first product and b2 to the second.")
def forward_without_biases(X, params):
    return _forward(X, **{**params, "b1": 0, "b2": 0})


@forward.mistake("The cache is missing. Return two things: return A2, cache.")
def forward_without_cache(X, params):
    return _forward(X, **params)[0]


@forward.mistake("The two returned values are swapped: first A2, then the cache.")
def forward_cache_first(X, params):
    return _forward(X, **params)[::-1]


@forward.mistake(
    "The cache lacks Z1 and Z2. The way back needs them: keep the sums and the activations."
)
def cache_without_sums(X, params):
    A2, cache = _forward(X, **params)
    return A2, {"A1": cache["A1"], "A2": A2}


@forward.mistake('The cache lacks A2. Put it in as well: "A2": A2.')
def cache_without_output(X, params):
    A2, cache = _forward(X, **params)
    return A2, {key: cache[key] for key in ("Z1", "A1", "Z2")}


@forward.mistake(
    "These are decisions, 0 or 1. Return the outputs of the sigmoid; a threshold comes later."
)
def forward_decides(X, params):
    A2, cache = _forward(X, **params)
    return (A2 > 0.5).astype(int), cache


@forward.mistake(
    "The first returned value is Z2. Return A2, the sigmoid of Z2, and then the cache."
)
def forward_returns_z2(X, params):
    _, cache = _forward(X, **params)
    return cache["Z2"], cache


@forward.mistake(
    "ReLU was written into Z1 itself, so the cache holds A1 twice. Make a new array for A1."
)
def relu_in_place(X, params):
    A2, cache = _forward(X, **params)
    return A2, cache | {"Z1": cache["A1"]}


@forward.mistake('params is a dict. Look a parameter up by its name: params["W1"], not params.W1.')
def forward_with_dots(X, params):
    return _forward(X, params.W1, params.b1, params.W2, params.b2)


@forward.mistake(
    'Unpacking a dict gives its keys, so W1 is the text "W1". Look each one up: W1 = params["W1"].'
)
def forward_unpacks_the_keys(X, params):
    W1, b1, W2, b2 = params
    return _forward(X, W1, b1, W2, b2)


@forward.mistake("The factors of the first product are in the wrong order: X @ W1, not W1 @ X.")
def forward_turned_around(X, params):
    return params["W1"] @ X + params["b1"]


@forward.mistake(
    "np.dot(W1, X) has its factors in the wrong order. Write np.dot(X, W1), or X @ W1."
)
def forward_dot_turned_around(X, params):
    return np.dot(params["W1"], X) + params["b1"]


@forward.mistake("np.dot(X, W1.T) does not fit: W1 already has its inputs first. Write X @ W1.")
def forward_dot_weights_transposed(X, params):
    return np.dot(X, params["W1"].T) + params["b1"]


@forward.mistake("X * W1 multiplies entry by entry. The matrix product is X @ W1.")
def forward_entry_by_entry(X, params):
    return X * params["W1"] + params["b1"]


@forward.mistake("The hidden layer uses tanh. In this exercise it is ReLU: A1 = relu(Z1).")
def hidden_layer_tanh(X, params):
    return _forward(X, **params, hidden=np.tanh)


@forward.mistake(
    "The output layer uses softmax on each row. With one output, that gives 1 for every example. "
    "Use the sigmoid."
)
def output_layer_softmax(X, params):
    return _forward(X, **params, output=lambda Z: _shares(Z, axis=1))


@forward.mistake(
    "The output layer uses softmax on the whole batch, so all outputs add up to 1. Use the "
    "sigmoid: each example has its own answer."
)
def output_layer_softmax_of_all(X, params):
    return _forward(X, **params, output=lambda Z: _shares(Z, axis=None))


def _shares(Z, axis):
    powers = np.exp(Z)
    return powers / powers.sum(axis=axis, keepdims=True)


@forward.mistake("In the cache Z1 and A1 are swapped. Z1 holds the sums, A1 is relu(Z1).")
def cache_swaps_the_first_layer(X, params):
    A2, cache = _forward(X, **params)
    return A2, cache | {"Z1": cache["A1"], "A1": cache["Z1"]}


@forward.mistake(
    "There is no W1 by itself: the arrays are in the dict that is passed in. Look it up by its "
    'name, in quotes: params["W1"].'
)
def forward_with_bare_names(X, params):
    return relu(X @ W1), {}  # noqa: F821


@forward.variant
def forward_written_out(X, params):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    Z1 = np.dot(X, W1) + b1
    A1 = Z1 * (Z1 > 0)
    Z2 = np.dot(A1, W2) + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "W2": W2}


@forward.variant
def forward_by_tanh(X, params):
    A2, cache = _forward(X, **params, output=lambda Z: 0.5 * (1 + np.tanh(Z / 2)))
    return [A2, cache]


@forward.variant
def forward_with_where(X, params):
    return _forward(X, **params, hidden=lambda Z: np.where(Z > 0, Z, 0))


@forward.variant
def forward_layer_by_layer(X, params):
    Z1, A1 = layer_with_dot(X, params["W1"], params["b1"], relu)
    Z2, A2 = layer_with_dot(A1, params["W2"], params["b2"], sigmoid)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2.tolist()}


# 3.5 ---------------------------------------------------------------------------------------------


def columns(rng: np.random.Generator) -> list[Case]:
    """Make networks in the other convention: a column is an example."""
    cases = [
        (hundredths(rng, m, n), network_params(rng, n, hidden, 1))
        for m, n, hidden in ((5, 3, 4), (7, 2, 3), (5, 4, 2))
    ]
    X, _, params = two_two_one()
    return [(A.T, {key: P.T for key, P in p.items()}) for A, p in [*cases, (X, params)]]


def without_cache(answer, *_):
    """Ask for A2 alone, whatever the cache beside it holds."""
    if isinstance(answer, tuple | list) and len(answer) == 2 and isinstance(answer[1], dict):
        raise ValueError("Two things come back, and the second is a dict.")
    return answer


@exercise(
    "3.5",
    "forward, with examples in columns",
    cases=columns,
    hints=(
        "Here a column of X is one example, and W1 has a row for each neuron. Which of the two "
        "goes first in the product?",
        "Z1 = W1 @ X + b1; A1 = relu(Z1); Z2 = W2 @ A1 + b2; A2 = sigmoid(Z2)",
        'Z1 = params["W1"] @ ____ + params["b1"]',
    ),
    view=without_cache,
)
def forward_columns(X, params):
    return _in_columns(X, **params)


def _in_columns(X, W1, b1, W2, b2, hidden=relu, output=sigmoid):
    return output(W2 @ hidden(W1 @ X + b1) + b2)


@forward_columns.mistake(
    "This is the formula for rows, X @ W1. With examples in columns the weights go first: W1 @ X."
)
def columns_by_the_rule_for_rows(X, params):
    return _forward(X, **params)[0]


@forward_columns.mistake(
    "np.dot(X, W1) is the formula for rows. With examples in columns write np.dot(W1, X)."
)
def columns_by_dot_for_rows(X, params):
    A1 = relu(np.dot(X, params["W1"]) + params["b1"])
    return sigmoid(np.dot(A1, params["W2"]) + params["b2"])


@forward_columns.mistake(
    "The weights are transposed, but they already fit: W1 is (n1, n) here, and X is (n, m)."
)
def columns_weights_transposed(X, params):
    return _in_columns(X, params["W1"].T, params["b1"], params["W2"].T, params["b2"])


@forward_columns.mistake(
    "The answer stands upright, (m, 1). In this convention every example is a column: (1, m)."
)
def columns_answered_in_rows(X, params):
    return _in_columns(X, **params).T


@forward_columns.mistake("The answer is flat, (m,). Keep the row that the product gives: (1, m).")
def columns_flattened(X, params):
    return _in_columns(X, **params).ravel()


@forward_columns.mistake(
    "The biases are turned into rows. Here b1 is a column (n1, 1), and each example is a column "
    "too: add it as it is."
)
def columns_with_bias_rows(X, params):
    return _in_columns(X, params["W1"], params["b1"].T, params["W2"], params["b2"])


@forward_columns.mistake(
    "The second layer sees Z1 without ReLU: is A1 computed, and is it A1 that goes on?"
)
def columns_without_relu(X, params):
    return _in_columns(X, **params, hidden=_same)


@forward_columns.mistake("The sigmoid is missing at the end: A2 = sigmoid(Z2).")
def columns_without_sigmoid(X, params):
    return _in_columns(X, **params, output=_same)


@forward_columns.mistake("The hidden layer uses the sigmoid. It is ReLU, as in exercise 3.4.")
def columns_hidden_sigmoid(X, params):
    return _in_columns(X, **params, hidden=sigmoid)


@forward_columns.mistake("The first bias, b1, is missing: Z1 = W1 @ X + b1.")
def columns_without_b1(X, params):
    return _in_columns(X, **{**params, "b1": 0})


@forward_columns.mistake("The second bias, b2, is missing: Z2 = W2 @ A1 + b2.")
def columns_without_b2(X, params):
    return _in_columns(X, **{**params, "b2": 0})


@forward_columns.mistake("Both biases are missing: add b1 to W1 @ X, and b2 to W2 @ A1.")
def columns_without_biases(X, params):
    return _in_columns(X, **{**params, "b1": 0, "b2": 0})


@forward_columns.mistake(
    "A cache comes back as well. Return A2 alone: where you call your forward, forward(...)[0]."
)
def columns_with_cache(X, params):
    A2, cache = _forward(X.T, **{key: P.T for key, P in params.items()})
    return A2.T, cache


@forward_columns.mistake(
    "The function changes the dict that it was given. Make a new one: "
    "{name: value.T for name, value in params.items()}."
)
def columns_change_the_dict(X, params):
    for key in params:
        params[key] = params[key].T
    return _forward(X.T, **params)[0].T


@forward_columns.mistake(
    "The function changes the dict that it was given, and the answer stands upright. Make a new "
    "dict with .T of every value, and transpose the answer back."
)
def columns_change_the_dict_and_stay_rows(X, params):
    return columns_change_the_dict(X, params).T


@forward_columns.mistake(
    "Only X is transposed. For the formula in rows, transpose the parameters too, and the answer "
    "back at the end."
)
def columns_transpose_x_only(X, params):
    return _forward(X.T, **params)[0].T


@forward_columns.mistake("The hidden layer uses tanh. It is ReLU, as in exercise 3.4.")
def columns_hidden_tanh(X, params):
    return _in_columns(X, **params, hidden=np.tanh)


@forward_columns.mistake("b1 is added after ReLU. It belongs into the sum: relu(W1 @ X + b1).")
def columns_bias_after_relu(X, params):
    A1 = relu(params["W1"] @ X) + params["b1"]
    return sigmoid(params["W2"] @ A1 + params["b2"])


@forward_columns.mistake(
    "W1 is not a name here, but a key of the dict that is passed in. Look it up, in quotes: "
    'params["W1"].'
)
def columns_with_bare_names(X, params):
    return W1 @ X  # noqa: F821


@forward_columns.variant
def columns_by_translation(X, params):
    return _forward(X.T, **{key: P.T for key, P in params.items()})[0].T


@forward_columns.variant
def columns_one_by_one(X, params):
    outputs = [_in_columns(X[:, [i]], **params) for i in range(X.shape[1])]
    return np.hstack(outputs).tolist()


@forward_columns.variant
def columns_with_dot(X, params):
    A1 = np.maximum(np.dot(params["W1"], X) + params["b1"], 0)
    return 1 / (1 + np.exp(-(np.dot(params["W2"], A1) + params["b2"])))


# 3.6 ---------------------------------------------------------------------------------------------


def deep_networks(rng: np.random.Generator) -> list[Case]:
    """Make networks of one to four layers; every name occurs, in the middle and at the end."""

    def network(m, sizes, names):
        layers = [
            (hundredths(rng, n, k), hundredths(rng, 1, k), name)
            for n, k, name in zip(sizes[:-1], sizes[1:], names)
        ]
        return hundredths(rng, m, sizes[0]), layers

    return [
        network(2, (2, 3, 1), ("relu", "sigmoid")),
        network(5, (2, 3, 2, 1), ("relu", "relu", "sigmoid")),
        network(7, (3, 4, 2), ("tanh", "linear")),
        network(5, (2, 4, 3, 5, 1), ("linear", "sigmoid", "relu", "tanh")),
        network(2, (3, 1), ("relu",)),
    ]


@exercise(
    "3.6",
    "forward at any depth",
    cases=deep_networks,
    hints=(
        "Write a loop over the layers. What does the second layer take as its input?",
        "Start with A = X. In each layer: Z = A @ W + b, then A = f(Z), and (Z, A) goes into the "
        "list. A dict from names to functions saves four ifs.",
        "for W, b, name in layers: Z = ____ @ W + b",
    ),
    returns=("A", "caches"),
)
def forward_deep(X, layers):
    return _deep(X, layers)


_FUNCTIONS = {"relu": relu, "sigmoid": sigmoid, "tanh": tanh, "linear": _same}


def _deep(X, layers, functions=_FUNCTIONS, entry=lambda A, Z, A_next: (Z, A_next), bias=True):
    A, caches = X, []
    for W, b, name in layers:
        Z = A @ W + b if bias else A @ W
        A_next = functions[name](Z)
        caches.append(entry(A, Z, A_next))
        A = A_next
    return A, caches


@forward_deep.mistake(
    "Every layer gets X. From the second layer on, the input is the A of the layer before."
)
def deep_from_the_inputs(X, layers):
    caches = []
    for W, b, name in layers:
        Z = X @ W + b
        A = _FUNCTIONS[name](Z)
        caches.append((Z, A))
    return A, caches


@forward_deep.mistake("The sums Z are passed on to the next layer. Pass on A, the activations.")
def deep_passes_sums_on(X, layers):
    before, caches = X, []
    for W, b, name in layers:
        Z = before @ W + b
        A = _FUNCTIONS[name](Z)
        caches.append((Z, A))
        before = Z
    return A, caches


@forward_deep.mistake("The pairs in caches are turned around: each is (Z, A), the sums first.")
def deep_pairs_turned(X, layers):
    return _deep(X, layers, entry=lambda A, Z, A_next: (A_next, Z))


@forward_deep.mistake(
    "Each pair in caches holds the layer's input. Store (Z, A) with the A that the layer puts out."
)
def deep_stores_inputs(X, layers):
    return _deep(X, layers, entry=lambda A, Z, A_next: (Z, A))


@forward_deep.mistake("caches holds only the activations. Store the pair: caches.append((Z, A)).")
def deep_stores_activations(X, layers):
    return _deep(X, layers, entry=lambda A, Z, A_next: A_next)


@forward_deep.mistake("Every layer uses ReLU. Each layer names its own activation.")
def deep_always_relu(X, layers):
    return _deep(X, layers, dict.fromkeys(_FUNCTIONS, relu))


@forward_deep.mistake(
    "ReLU is used in all layers but the last, and the sigmoid there. Look at the names instead."
)
def deep_relu_then_sigmoid(X, layers):
    names = ["relu"] * (len(layers) - 1) + ["sigmoid"]
    return _deep(X, [(W, b, name) for (W, b, _), name in zip(layers, names)])


@forward_deep.mistake(
    "No activation is used in any layer. Is A the function of Z? And name is a text: compare with "
    '"relu", in quotes and lower case.'
)
def deep_always_linear(X, layers):
    return _deep(X, layers, dict.fromkeys(_FUNCTIONS, _same))


@forward_deep.mistake('"tanh" is treated like "linear". Give it a case of its own: np.tanh(Z).')
def deep_without_tanh(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "tanh": _same})


@forward_deep.mistake('"linear" gets the sigmoid. It means: A is Z itself.')
def deep_linear_is_sigmoid(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "linear": sigmoid})


@forward_deep.mistake('"linear" gets ReLU. It means: A is Z itself, negative numbers included.')
def deep_linear_is_relu(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "linear": relu})


@forward_deep.mistake(
    'The name "linear" is not in your dict of functions. Add it, with a function that returns Z '
    "as it is."
)
def deep_linear_unknown(X, layers):
    return _deep(X, layers, {key: f for key, f in _FUNCTIONS.items() if key != "linear"})


@forward_deep.mistake(
    'In a layer named "linear" A does not change: it is still what went in. Give that name a case '
    "of its own, in which A becomes Z."
)
def deep_linear_keeps_a(X, layers):
    A, caches = X, []
    for W, b, name in layers:
        Z = A @ W + b
        if name != "linear":
            A = _FUNCTIONS[name](Z)
        caches.append((Z, A))
    return A, caches


@forward_deep.mistake("The biases are missing. Each layer computes A @ W + b.")
def deep_without_biases(X, layers):
    return _deep(X, layers, bias=False)


@forward_deep.mistake("It returns after the first layer. Move return out of the loop.")
def deep_returns_in_the_loop(X, layers):
    return _deep(X, layers[:1])


@forward_deep.mistake("The last layer is left out. The loop goes through all layers.")
def deep_without_last_layer(X, layers):
    return _deep(X, layers[:-1])


@forward_deep.mistake(
    "caches holds one pair only, the last one. Make the empty list before the loop, and append "
    "inside."
)
def deep_one_cache(X, layers):
    A, caches = _deep(X, layers)
    return A, caches[-1:]


@forward_deep.mistake("Return two things: the last A, and the list of pairs.")
def deep_without_caches(X, layers):
    return _deep(X, layers)[0]


@forward_deep.mistake(
    '"relu" is treated like "linear". Names are in lower case: "relu", not "ReLU".'
)
def deep_without_relu(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "relu": _same})


@forward_deep.mistake("Each layer has three parts: for W, b, name in layers.")
def deep_with_two_parts(X, layers):
    caches = []
    for W, b in layers:
        caches.append((X @ W + b, X))
    return X, caches


@forward_deep.mistake(
    "name is a text, not a function. Look up the function in a dict: functions[name](Z)."
)
def deep_calls_the_name(X, layers):
    return _deep(X, [(W, b, name(X @ W + b)) for W, b, name in layers])


@forward_deep.mistake(
    '"tanh" and "linear" both get ReLU. Each of the four names needs a case of its own.'
)
def deep_relu_otherwise(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "tanh": relu, "linear": relu})


@forward_deep.mistake(
    '"tanh" and "linear" both get the sigmoid. Give each of the four names its own case.'
)
def deep_sigmoid_otherwise(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "tanh": sigmoid, "linear": sigmoid})


@forward_deep.mistake("The two returned values are swapped: first the last A, then caches.")
def deep_caches_first(X, layers):
    return _deep(X, layers)[::-1]


@forward_deep.mistake("The first returned value is the last Z. Return the last A, then caches.")
def deep_returns_the_sums(X, layers):
    _, caches = _deep(X, layers)
    return caches[-1][0], caches


@forward_deep.mistake(
    'The function of exercise 3.2 is called for "linear". Here "linear" means no activation: '
    "lambda z: z."
)
def deep_calls_the_weighted_sum(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "linear": forward_pass.linear})


@forward_deep.variant
def deep_with_ifs(X, layers):
    A = X
    caches = ()
    for W, b, name in layers:
        Z = np.dot(A, W) + b
        if name == "relu":
            A = np.maximum(0, Z)
        elif name == "sigmoid":
            A = 1 / (1 + np.exp(-Z))
        elif name == "tanh":
            A = np.tanh(Z)
        else:
            A = Z
        caches += ([Z, A],)
    return [A, caches]


@forward_deep.variant
def deep_by_recursion(X, layers):
    (W, b, name), *rest = layers
    Z = X @ W + b
    A = _FUNCTIONS[name](Z)
    if not rest:
        return A, [(Z, A)]
    out, caches = deep_by_recursion(A, rest)
    return out, [(Z, A), *caches]


@forward_deep.variant
def deep_tanh_by_sigmoid(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "tanh": lambda Z: 2 * sigmoid(2 * Z) - 1})


# 3.7 ---------------------------------------------------------------------------------------------


def several_sizes(rng: np.random.Generator) -> list[Case]:
    """Make networks of two to six sizes, in tuples and lists."""
    drawn = tuple(int(n) for n in rng.choice(np.arange(2, 12), 4, replace=False))
    return [((4, 3, 1),), ((3, 5),), ([2, 3, 2, 1],), (drawn,), ((10, 64, 32, 16, 8, 1),)]


@exercise(
    "3.7",
    "count the parameters",
    cases=several_sizes,
    hints=(
        "Take two neighboring sizes at a time. How many weights lie between them? How many "
        "biases belong to the second?",
        "For each pair: n_in · n_out weights and n_out biases. Add up all pairs.",
        "total += n_in * n_out + ____",
    ),
)
def count_parameters(sizes):
    return sum(n * k + k for n, k in pairwise(sizes))


@count_parameters.mistake("The biases are not counted. Each layer after the input has n_out.")
def weights_only(sizes):
    return sum(n * k for n, k in pairwise(sizes))


@count_parameters.mistake("The input layer has no biases: it passes its numbers on as they are.")
def biases_for_the_inputs(sizes):
    return weights_only(sizes) + sum(sizes)


@count_parameters.mistake(
    "The biases are those of the layer before. Each neuron that the weights go into has one: "
    "n_in·n_out + n_out."
)
def biases_of_the_layer_before(sizes):
    return weights_only(sizes) + sum(sizes[:-1])


@count_parameters.mistake("Each layer adds one bias only. Every neuron has its own: n_out of them.")
def one_bias_for_each_layer(sizes):
    return weights_only(sizes) + len(sizes) - 1


@count_parameters.mistake("Only one bias is counted in all. Every neuron after the input has one.")
def one_bias_in_all(sizes):
    return weights_only(sizes) + 1


@count_parameters.mistake("These are neurons. Count what is between them: the weights and biases.")
def neurons_counted(sizes):
    return sum(sizes)


@count_parameters.mistake("All sizes are multiplied. Multiply neighbors, and add these products.")
def all_sizes_multiplied(sizes):
    return int(np.prod(sizes))


@count_parameters.mistake("The last layer is missing. The loop ends one pair too early.")
def last_pair_missing(sizes):
    return count_parameters.reference(sizes[:-1])


@count_parameters.mistake("Only the first pair of sizes is counted. Is the return inside the loop?")
def first_pair_only(sizes):
    return count_parameters.reference(sizes[:2])


@count_parameters.mistake(
    "The loop goes one size too far: the last size has no next one. Stop at len(sizes) - 1."
)
def counts_too_far(sizes):
    return sum(sizes[i] * sizes[i + 1] + sizes[i + 1] for i in range(len(sizes)))


@count_parameters.mistake("Only the last pair is counted: use += in the loop, not =.")
def last_pair_only(sizes):
    return count_parameters.reference(sizes[-2:])


@count_parameters.mistake(
    "sizes is unpacked into three names, but it may hold two sizes, or six. Loop over neighbors: "
    "zip(sizes[:-1], sizes[1:])."
)
def count_of_three_sizes(sizes):
    n_in, n_hidden, n_out = sizes
    return n_in * n_hidden + n_hidden + n_hidden * n_out + n_out


@count_parameters.variant
def count_factored(sizes):
    total = 0
    for i in range(1, len(sizes)):
        total += (sizes[i - 1] + 1) * sizes[i]
    return total


@count_parameters.variant
def count_by_building(sizes):
    layers = init_params.reference(sizes, np.random.default_rng(0))
    return sum(W.size + b.size for W, b in layers)


@count_parameters.variant
def count_with_arrays(sizes):
    n = np.array(sizes)
    return n[:-1] @ n[1:] + n[1:].sum()


@count_parameters.variant
def count_as_a_float(sizes):
    return float(count_factored(sizes))


# 3.8 ---------------------------------------------------------------------------------------------


def published_sums(rng: np.random.Generator) -> list[Case]:
    """Make tables with slips in them: wrong signs, last digits, gross errors, none at all.

    The true sums end in 2 ten-thousandths, so none lies between two roundings.
    """
    cases = []
    for m, n, k in ((5, 4, 3), (7, 3, 2), (3, 2, 4)):
        X = rng.integers(1, 10, (m, n)) / 10
        W, b = hundredths(rng, n, k), (rng.integers(1, 60, (1, k)) / 100 + 0.0002).round(4)
        b[0, 0] = 0.0002
        published = (X @ W + b).round(3)
        slips = rng.choice([0, 0, 0, 0.001, -0.001, 0.004, -0.25, 0.3], (m, k))
        slips[:2, :2] = [[0.001, 0], [-0.25, 0.3]]
        slips[-1, -1] = 0  # there only the sign is wrong
        published = (published + slips).round(3)
        published[-1, -1] *= -1
        cases.append((X, W, b, published))
    X, W, b, _ = cases[0]
    return [*cases, (X, W, b, (X @ W + b).round(3))]


@exercise(
    "3.8",
    "find the wrong entries",
    cases=published_sums,
    hints=(
        "Compute Z1 yourself. Then compare it with the published table, entry by entry.",
        "An entry is wrong where |Z1 − published| is greater than 0.0005. The bars matter: a "
        "published number can be too large or too small.",
        "return np.____(X @ W1 + b1 - published) > 0.0005",
    ),
)
def wrong_entries(X, W1, b1, published):
    return np.abs(X @ W1 + b1 - published) > 0.0005


@wrong_entries.mistake("The mask is turned around: True belongs where an entry is wrong.")
def right_entries(X, W1, b1, published):
    return np.abs(X @ W1 + b1 - published) <= 0.0005


@wrong_entries.mistake(
    "Only entries that are too small are found. Take the absolute value of the difference."
)
def too_small_only(X, W1, b1, published):
    return X @ W1 + b1 - published > 0.0005


@wrong_entries.mistake("Only entries that are too large are found. Use np.abs on the difference.")
def too_large_only(X, W1, b1, published):
    return published - (X @ W1 + b1) > 0.0005


@wrong_entries.mistake(
    "Every entry is called wrong, also the right ones. Is your Z1 right (X @ W1 + b1, no "
    "activation, no rounding)? And is 0.0005 allowed?"
)
def exact_comparison(X, W1, b1, published):
    return X @ W1 + b1 != published


@wrong_entries.mistake(
    "The allowance is too generous: a slip in the third decimal gets through. It is 0.0005. Or is "
    "the difference squared? Use np.abs."
)
def allowance_of_two_decimals(X, W1, b1, published):
    return np.abs(X @ W1 + b1 - published) > 0.005


@wrong_entries.mistake(
    "An allowance of 0.001 is a whole step of the third decimal. Half a step is right: 0.0005."
)
def allowance_of_a_whole_step(X, W1, b1, published):
    return np.abs(X @ W1 + b1 - published) > 0.001


@wrong_entries.mistake("Z1 is wrong because of b1: it should be added once.")
def slips_without_bias(X, W1, b1, published):
    return np.abs(X @ W1 - published) > 0.0005


@wrong_entries.mistake(
    "Z1 comes before the activation. Compare the weighted sums themselves, without ReLU."
)
def slips_after_relu(X, W1, b1, published):
    return np.abs(relu(X @ W1 + b1) - published) > 0.0005


@wrong_entries.mistake("These are the differences. Compare them with 0.0005 to get True or False.")
def differences_only(X, W1, b1, published):
    return np.abs(X @ W1 + b1 - published)


@wrong_entries.mistake(
    "These are the differences, with their signs. Take absolute values, then compare with 0.0005."
)
def signed_differences(X, W1, b1, published):
    return X @ W1 + b1 - published


@wrong_entries.mistake("This is one answer for the whole table. Return one for each entry.")
def any_entry(X, W1, b1, published):
    return bool(np.any(np.abs(X @ W1 + b1 - published) > 0.0005))


@wrong_entries.mistake(
    "These are positions. Return the mask itself: True and False, in the shape of the table."
)
def positions(X, W1, b1, published):
    return np.argwhere(np.abs(X @ W1 + b1 - published) > 0.0005)


@wrong_entries.mistake("This is the number of wrong entries. Return the mask, without summing.")
def number_of_slips(X, W1, b1, published):
    return int(np.sum(np.abs(X @ W1 + b1 - published) > 0.0005))


@wrong_entries.mistake(
    "np.isclose finds the entries that are right, and you kept them. Turn its answer around "
    "with ~, and allow atol=0.0005."
)
def isclose_as_it_is(X, W1, b1, published):
    return np.isclose(X @ W1 + b1, published)


@wrong_entries.mistake(
    "`if` and a < b < c ask one question, but there is an answer for each entry. Return the "
    "comparison itself: np.abs(...) > 0.0005."
)
def one_if_for_all_entries(X, W1, b1, published):
    return bool(np.abs(X @ W1 + b1 - published) > 0.0005)


@wrong_entries.mistake(
    "np.where with one argument gives the positions, rows and columns apart. Return the mask "
    "itself, without np.where."
)
def positions_apart(X, W1, b1, published):
    return np.where(np.abs(X @ W1 + b1 - published) > 0.0005)


@wrong_entries.mistake(
    "Only wrong signs are found. A number of the right sign can be wrong as well: compare the "
    "difference with 0.0005."
)
def wrong_signs_only(X, W1, b1, published):
    return np.sign(X @ W1 + b1) != np.sign(published)


@wrong_entries.mistake(
    "A number with the wrong sign gets through: signs count. Take np.abs of the difference, not of "
    "the two numbers."
)
def signs_ignored(X, W1, b1, published):
    return np.abs(np.abs(X @ W1 + b1) - np.abs(published)) > 0.0005


@wrong_entries.variant
def slips_by_rounding(X, W1, b1, published):
    return np.round(X @ W1 + b1, 3) != published


@wrong_entries.variant
def slips_with_isclose(X, W1, b1, published):
    return ~np.isclose(published, X @ W1 + b1, rtol=0, atol=0.0005)


@wrong_entries.variant
def slips_as_lists(X, W1, b1, published):
    Z = linear.reference(X, W1, b1)
    return [
        [bool(abs(z - p) > 5e-4) for z, p in zip(*rows, strict=True)] for rows in zip(Z, published)
    ]


@wrong_entries.variant
def slips_in_ones_and_zeros(X, W1, b1, published):
    difference = published - np.dot(X, W1) - b1
    return np.where((difference > 0.0005) | (difference < -0.0005), 1, 0)
