"""Starting weights by He's rule."""

import numpy as np

from helpers.checks.comparing import Tolerance
from helpers.checks.exercise import exercise
from helpers.exercises.m03_forward._cases import described, drawn_layers, layer_sizes
from helpers.reference.initializers import glorot_normal


@exercise(
    "3.1",
    "starting weights by He's rule",
    cases=layer_sizes,
    hints=(
        "Go through the sizes in pairs: (4, 3), then (3, 1). Each pair makes one W and one b.",
        "W is drawn from a normal distribution with mean 0 and standard deviation √(2 / n_in), "
        "and has shape (n_in, n_out). b is zeros, with shape (1, n_out).",
        "W = rng.normal(0, np.sqrt(2 / «n_in»), size=(n_in, n_out))",
    ),
    adapter=described,
    tolerance=Tolerance(rtol=0.05),
    parts=("shapes", "biases", "measured standard deviations", "distributions", "drawn from rng"),
)
def init_params(sizes, rng):
    return drawn_layers(sizes, lambda n, k: rng.normal(0, np.sqrt(2 / n), size=(n, k)))


@init_params.mistake(
    "This is Glorot's rule, also called Xavier's: 2 / (n_in + n_out). He's rule is 2 / n_in; "
    "some texts mix up the names."
)
def glorots_rule(sizes, rng):
    return drawn_layers(sizes, lambda n, k: glorot_normal(n, k, rng))


@init_params.mistake(
    "The spread is right, but the distribution is uniform. Draw from a normal one: rng.normal."
)
def he_uniform(sizes, rng):
    return drawn_layers(sizes, lambda n, k: rng.uniform(-1, 1, (n, k)) * np.sqrt(6 / n))


@init_params.mistake(
    "These weights are uniform between -1 and 1, whatever the size of the layer. He's rule draws "
    "from a normal distribution and scales by √(2 / n_in)."
)
def uniform_weights(sizes, rng):
    return drawn_layers(sizes, lambda n, k: rng.uniform(-1, 1, (n, k)))


@init_params.mistake(
    "√(2 / n_in) multiplies numbers drawn evenly: rng.uniform(-1, 1) has a spread of 0.58. "
    "Multiply rng.standard_normal, whose spread is 1."
)
def uniform_scaled(sizes, rng):
    return drawn_layers(sizes, lambda n, k: rng.uniform(-1, 1, (n, k)) * np.sqrt(2 / n))


@init_params.mistake(
    "All weights are positive: rng.random draws from 0 to 1. Draw from a normal distribution "
    "around 0."
)
def positive_weights(sizes, rng):
    return drawn_layers(sizes, lambda n, k: rng.random((n, k)) * np.sqrt(2 / n))


@init_params.mistake(
    "The weights are not scaled: their standard deviation is 1. Multiply by √(2 / n_in)."
)
def not_scaled(sizes, rng):
    return drawn_layers(sizes, lambda n, k: rng.standard_normal((n, k)))


@init_params.mistake(
    "2 / n_in is the variance. rng.normal takes the standard deviation, its square root."
)
def variance_for_deviation(sizes, rng):
    return drawn_layers(sizes, lambda n, k: rng.normal(0, 2 / n, size=(n, k)))


@init_params.mistake(
    "√(2 / n_in) stands where rng.normal takes the mean. First comes the mean, which is 0, then "
    "the standard deviation: rng.normal(0, np.sqrt(2 / n_in), …)."
)
def deviation_as_mean(sizes, rng):
    return drawn_layers(sizes, lambda n, k: rng.normal(np.sqrt(2 / n), size=(n, k)))


@init_params.mistake(
    "The rule counts the outputs of the layer. Count what goes into a neuron: √(2 / n_in)."
)
def counts_the_outputs(sizes, rng):
    return drawn_layers(sizes, lambda n, k: rng.normal(0, np.sqrt(2 / k), size=(n, k)))


@init_params.mistake(
    "The spread is √(1 / n_in). He's rule has a 2 in it, for the half of the inputs that ReLU "
    "silences."
)
def without_the_two(sizes, rng):
    return drawn_layers(sizes, lambda n, k: rng.normal(0, np.sqrt(1 / n), size=(n, k)))


@init_params.mistake(
    "The factor 0.01 is the same for every layer. He's rule depends on it: √(2 / n_in)."
)
def hundredth_of_normal(sizes, rng):
    return drawn_layers(sizes, lambda n, k: 0.01 * rng.standard_normal((n, k)))


@init_params.mistake(
    "All weights are 0. Then all neurons of a layer do the same, and learn the same. Draw them."
)
def zero_weights(sizes, rng):
    return drawn_layers(sizes, lambda n, k: np.zeros((n, k)))


@init_params.mistake("W is lying on its side: here its shape is (n_in, n_out), inputs first.")
def weights_transposed(sizes, rng):
    return drawn_layers(sizes, lambda n, k: rng.normal(0, np.sqrt(2 / n), size=(k, n)))


@init_params.mistake("b is flat, (n_out,). Make it a row with two dimensions: (1, n_out).")
def flat_biases(sizes, rng):
    return drawn_layers(
        sizes, lambda n, k: rng.normal(0, np.sqrt(2 / n), size=(n, k)), lambda n, k: np.zeros(k)
    )


@init_params.mistake("b is a column, (n_out, 1). In this course it is a row: (1, n_out).")
def column_biases(sizes, rng):
    return drawn_layers(
        sizes,
        lambda n, k: rng.normal(0, np.sqrt(2 / n), size=(n, k)),
        lambda n, k: np.zeros((k, 1)),
    )


@init_params.mistake("The biases are not 0. Use np.zeros((1, n_out)).")
def random_biases(sizes, rng):
    return drawn_layers(
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
    return drawn_layers(sizes, lambda n, k: rng.randn(n, k) * np.sqrt(2 / n))


@init_params.mistake(
    "np.zeros takes the shape as one value, a tuple: np.zeros((1, n_out)), with two pairs of "
    "parentheses."
)
def shape_in_two_arguments(sizes, rng):
    return drawn_layers(
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
    return drawn_layers(sizes, lambda n, k: rng.normal(0, np.sqrt(2 / sizes[0]), size=(n, k)))


@init_params.mistake(
    "Every W has sizes[0] rows. From the second layer on, n_in is the size of the layer before."
)
def rows_of_the_first_size(sizes, rng):
    n = sizes[0]
    return drawn_layers(sizes, lambda _, k: rng.normal(0, np.sqrt(2 / n), size=(n, k)))


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
    return drawn_layers(sizes, lambda n, k: rng.normal(0, np.sqrt(2) / n, size=(n, k)))


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
    return drawn_layers(sizes, lambda n, k: (rng.standard_normal((k, n)) * (2 / n) ** 0.5).T)


@init_params.variant
def with_biases_of_whole_numbers(sizes, rng):
    return drawn_layers(
        sizes,
        lambda n, k: rng.normal(scale=np.sqrt(2.0 / n), size=(n, k)),
        lambda n, k: [[0] * k],
    )
