"""Module 01, neurons and perceptrons: seven exercises.

Inputs are multiples of 1/4, so sums are exact and every way to write a right
answer puts a point on the same side of a line.
"""

import numpy as np

from helpers.checks.comparing import Tolerance, as_array
from helpers.checks.exercise import Case, exercise
from helpers.reference.data import GATES, gate_inputs

CORNERS = gate_inputs().astype(int)
INTEGERS = Tolerance(same_kind=True)


def quarters(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw multiples of 1/4 between -2 and 2."""
    return rng.integers(-8, 9, shape) / 4


# 1.1 ---------------------------------------------------------------------------------------------


def neurons(rng: np.random.Generator) -> list[Case]:
    """Make one neuron's inputs, weights and bias, several times."""
    drawn = [(rng.normal(size=n).round(2), rng.normal(size=n).round(2)) for n in (5, 7, 3)]
    return [
        (np.array([0.5, 0.3, 0.2]), np.array([0.4, 0.6, 0.8]), -0.1),
        *((x, w, b) for (x, w), b in zip(drawn, (0.5, -1.25, 3.0), strict=True)),
        (np.zeros(4), np.array([1.0, -2.0, 3.0, 4.0]), 0.75),
    ]


@exercise(
    "1.1",
    "the weighted sum of one neuron",
    cases=neurons,
    hints=(
        "Multiply each input by its own weight, add the products up, then add the bias once.",
        "z = x1·w1 + x2·w2 + … + xn·wn + b",
        "return x @ w + ____",
    ),
)
def weighted_sum(x, w, b):
    return float(x @ w + b)


@weighted_sum.mistake("The bias is missing. Add b once, after the products are summed.")
def without_bias(x, w, b):
    return x @ w


@weighted_sum.mistake("The bias is added once for every input. Sum the products first, then add b.")
def bias_for_every_input(x, w, b):
    return np.sum(x * w + b)


@weighted_sum.mistake(
    "The products are not summed: x * w gives one product for each input. "
    "Add them up, for example with np.sum, or write x @ w."
)
def products_not_summed(x, w, b):
    return x * w + b


@weighted_sum.mistake("The bias is subtracted. It is added, even where b itself is negative.")
def bias_subtracted(x, w, b):
    return x @ w - b


@weighted_sum.mistake(
    "The inputs and the weights are summed before they are multiplied. "
    "Multiply pair by pair first: x1·w1, x2·w2, …"
)
def summed_before_multiplied(x, w, b):
    return np.sum(x) * np.sum(w) + b


@weighted_sum.mistake("This is the mean of the products. A neuron adds them up: use the sum.")
def mean_of_products(x, w, b):
    return np.mean(x * w) + b


@weighted_sum.mistake("The inputs and weights are added to each other. Multiply each pair: x * w.")
def added_instead_of_multiplied(x, w, b):
    return np.sum(x + w) + b


@weighted_sum.mistake(
    "The loop ends after its first round, because return stands inside it. "
    "Move return to the left, below the loop."
)
def returned_in_the_loop(x, w, b):
    return x[0] * w[0] + b


@weighted_sum.mistake(
    "Only the first three inputs count here. There may be any "
    "number of inputs: use x @ w, or a loop over len(x)."
)
def three_fixed_terms(x, w, b):
    return x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + b


@weighted_sum.variant
def with_a_loop(x, w, b):
    total = b
    for i in range(len(x)):
        total += x[i] * w[i]
    return total


@weighted_sum.variant
def with_sum(x, w, b):
    return np.sum(x * w) + b


@weighted_sum.variant
def with_a_zero_dimensional_array(x, w, b):
    return np.array(np.dot(w, x) + b)


@weighted_sum.variant
def with_the_bias_as_a_weight(x, w, b):
    return np.append(x, 1.0) @ np.append(w, b)


# 1.2 ---------------------------------------------------------------------------------------------


def pre_activations(rng: np.random.Generator) -> list[Case]:
    """Make arrays of every rank, with points on the threshold and next to it."""
    return [
        (np.array([-1.0, 0.0, 2.0]),),
        (np.array([0.25, -0.25, 1e-9, -1e-9, 1000.0, -1000.0, 0.5]),),
        (quarters(rng, 5),),
        (quarters(rng, 5, 3),),
        (np.float64(0.75),),
        (np.float64(0.0),),
    ]


@exercise(
    "1.2",
    "the step function",
    cases=pre_activations,
    hints=(
        "Compare the whole array with 0 at once. Then make numbers of the answers.",
        "step(z) = 1 where z > 0, and 0 everywhere else, z = 0 included",
        "return np.where(z > 0, ____, ____)",
    ),
    tolerance=INTEGERS,
)
def step(z):
    return np.where(np.asarray(z) > 0, 1, 0)


@step.mistake("The neuron fires at z = 0 too. Here it fires only where z is greater than 0: use >.")
def fires_at_zero(z):
    return np.where(np.asarray(z) >= 0, 1, 0)


@step.mistake(
    "A comparison gives True and False. Turn these into 0 and 1: (z > 0).astype(int), "
    "or np.where(z > 0, 1, 0)."
)
def booleans(z):
    return np.asarray(z) > 0


@step.mistake("These are the floats 0.0 and 1.0. Return integers: use astype(int).")
def floats(z):
    return (np.asarray(z) > 0).astype(float)


@step.mistake("The answer is upside down: it should be 1 where z is positive.")
def upside_down(z):
    return np.where(np.asarray(z) > 0, 0, 1)


@step.mistake("np.sign gives -1 for negative numbers. The step function gives 0 there.")
def sign(z):
    return np.sign(z).astype(int)


@step.mistake("The threshold is 0, not 0.5. The bias has already moved it to where it belongs.")
def threshold_of_one_half(z):
    return np.where(np.asarray(z) > 0.5, 1, 0)


@step.mistake(
    "An if asks one question, but z holds many numbers. Ask all of them at once: z > 0 "
    "gives one answer for each number."
)
def one_if_for_many_numbers(z):
    if z > 0:
        return 1
    return 0


@step.mistake(
    "int(...) takes a single number, but z may be a whole array. Use np.where(z > 0, 1, 0)."
)
def int_of_an_array(z):
    return int(z > 0)


@step.mistake(
    "Two things: a comparison gives True and False, and z = 0 should give 0. "
    "Use np.where(z > 0, 1, 0)."
)
def booleans_that_fire_at_zero(z):
    return np.asarray(z) >= 0


@step.variant
def with_astype(z):
    return (np.asarray(z) > 0).astype(int)


@step.variant
def times_one(z):
    return (np.asarray(z) > 0) * 1


@step.variant
def with_heaviside(z):
    return np.heaviside(z, 0).astype(np.int8)


@step.variant
def as_lists(z):
    return (np.asarray(z) > 0).astype(int).tolist()


# 1.3 ---------------------------------------------------------------------------------------------


def rows_of_inputs(rng: np.random.Generator) -> list[Case]:
    """Make batches of 5 and 7 rows; some rows lie exactly on the decision line."""
    on_the_line = (np.array([[0, 0], [0, 1], [1, 0], [1, 1], [2, -1]]), np.array([1, 1]), -1)
    return [
        on_the_line,
        (quarters(rng, 7, 3), quarters(rng, 3), 0.25),
        (quarters(rng, 5, 4), quarters(rng, 4), -1.5),
        (quarters(rng, 7, 2), np.array([0.5, -1.0]), 2.0),
        (quarters(rng, 6, 2), np.array([-0.5, 0.25]), -0.75),
    ]


@exercise(
    "1.3",
    "predictions for a whole batch",
    cases=rows_of_inputs,
    hints=(
        "One matrix product gives the weighted sums of all rows. Then use the step function.",
        "z = X @ w + b has one number for each row; the prediction is 1 where z > 0",
        "return step(X @ w + ____)",
    ),
    tolerance=INTEGERS,
)
def predict(X, w, b):
    return np.where(X @ w + b > 0, 1, 0)


@predict.mistake("The bias is missing. Without it every line goes through the origin.")
def predict_without_bias(X, w, b):
    return np.where(X @ w > 0, 1, 0)


@predict.mistake("A point on the line, z = 0, counts as 1 here. The step function gives 0 there.")
def predict_fires_at_zero(X, w, b):
    return np.where(X @ w + b >= 0, 1, 0)


@predict.mistake("These are the weighted sums. Put them through the step function.")
def predict_sums(X, w, b):
    return X @ w + b


@predict.mistake("These are True and False. Turn them into 0 and 1 with astype(int).")
def predict_booleans(X, w, b):
    return X @ w + b > 0


@predict.mistake(
    "X * w multiplies without summing, so each input gets its own prediction. "
    "X @ w sums over the inputs of a row."
)
def predict_every_input(X, w, b):
    return np.where(X * w + b > 0, 1, 0)


@predict.mistake("The predictions stand in a column, (m, 1). Here they are flat, (m,).")
def predict_a_column(X, w, b):
    return np.where(X @ np.reshape(w, (-1, 1)) + b > 0, 1, 0)


@predict.mistake("The order is turned around: write X @ w, so that each row of X meets w.")
def predict_turned_around(X, w, b):
    return np.where(w @ X + b > 0, 1, 0)


@predict.mistake(
    "One number comes back for the whole batch: the sum runs over all rows. "
    "Sum over each row: X @ w."
)
def predict_one_number(X, w, b):
    return step.reference(np.sum(X * w) + b)


@predict.mistake("The bias is added after the step. It belongs inside: step(X @ w + b).")
def predict_bias_after_step(X, w, b):
    return step.reference(X @ w) + b


@predict.mistake("The bias is subtracted. The weighted sum is X @ w + b; compare it with 0.")
def predict_bias_subtracted(X, w, b):
    return step.reference(X @ w - b)


@predict.variant
def predict_row_by_row(X, w, b):
    return [1 if sum(xi * wi for xi, wi in zip(row, w)) + b > 0 else 0 for row in X]


@predict.variant
def predict_with_einsum(X, w, b):
    return (np.einsum("ij,j->i", X, w) > -b).astype(int)


@predict.variant
def predict_with_step(X, w, b):
    return step.reference(np.dot(X, w) + b)


@predict.variant
def predict_with_transpose(X, w, b):
    return (w @ X.T + b > 0) * 1


# 1.4 ---------------------------------------------------------------------------------------------


def truth_table(answer, name):
    """See weights by what they do: the output for each pair of inputs."""
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        raise ValueError("The answer should be two values: return w, b.")
    w, b = (as_array(part) for part in answer)
    if w is None or w.shape != (2,):
        raise ValueError("The weights w should be two numbers, one for each input.")
    if b is None or b.size != 1:
        raise ValueError("The bias b should be one number.")
    outputs = (np.round(CORNERS @ w + b.item(), 9) > 0).astype(int)
    return {f"{x1}{x2}": int(out) for (x1, x2), out in zip(CORNERS, outputs, strict=True)}


@exercise(
    "1.4",
    "weights for four gates",
    cases=lambda rng: [(name,) for name in rng.permutation(["AND", "OR", "NAND", "NOR"]).tolist()],
    hints=(
        "Draw the four corners and a line that has the 1s on one side. With w = [1, 1] the "
        "weighted sum counts how many inputs are 1: it is 0, 1 or 2.",
        "AND fires when the count is above 1.5, OR when it is above 0.5. The bias is minus that "
        "threshold. NAND and NOR are AND and OR with every sign flipped.",
        'gates = {"AND": ([1, 1], -1.5), "OR": ([1, 1], ____), "NAND": ([-1, -1], ____), '
        '"NOR": (____, ____)}',
    ),
    view=truth_table,
)
def gate_weights(name):
    return {
        "AND": ([1, 1], -1.5),
        "OR": ([1, 1], -0.5),
        "NAND": ([-1, -1], 1.5),
        "NOR": ([-1, -1], 0.5),
    }[name]


def _negated(weights):
    (w1, w2), b = weights
    return [-w1, -w2], -b


@gate_weights.mistake("Every gate gets the weights of AND. Use name to tell the gates apart.")
def always_and(name):
    return [1, 1], -1.5


@gate_weights.mistake("AND and OR are swapped, and so are their opposites: AND needs both inputs.")
def and_or_swapped(name):
    other = {"AND": "OR", "OR": "AND", "NAND": "NOR", "NOR": "NAND"}[name]
    return gate_weights.reference(other)


@gate_weights.mistake("The bias has the wrong sign. It is minus the threshold: b = -1.5 for AND.")
def bias_is_the_threshold(name):
    w, b = gate_weights.reference(name)
    return w, -b


@gate_weights.mistake(
    "A corner lies exactly on the line, where the step function gives 0. "
    "Move the line half a step, so that it passes between the corners."
)
def corner_on_the_line(name):
    return {
        "AND": ([1, 1], -2),
        "OR": ([1, 1], -1),
        "NAND": ([-1, -1], 1),
        "NOR": ([-1, -1], 0),
    }[name]


@gate_weights.mistake(
    "NAND and NOR are not opposites yet: flip the sign of both weights and the bias."
)
def opposites_not_flipped(name):
    return gate_weights.reference(
        name.removeprefix("N") if name == "NAND" else "OR" if name == "NOR" else name
    )


@gate_weights.mistake(
    "For NAND and NOR the weights are flipped, but the bias is not. Flip its sign too."
)
def only_weights_flipped(name):
    w, b = gate_weights.reference(name)
    return w, -b if name in ("NAND", "NOR") else b


@gate_weights.variant
def other_weights(name):
    return {
        "AND": (np.array([2.0, 3.0]), np.float64(-4.0)),
        "OR": (np.array([5.0, 5.0]), -1.0),
        "NAND": (np.array([-0.5, -0.25]), 0.7),
        "NOR": (np.array([-7.0, -9.0]), 1e-3),
    }[name]


@gate_weights.variant
def corners_on_the_zero_side(name):
    return {
        "AND": ((1, 1), -1),
        "OR": ((1, 1), 0),
        "NAND": ((-1, -1), 2),
        "NOR": ((-1, -1), 1),
    }[name]


@gate_weights.variant
def opposites_by_negation(name):
    if name == "AND":
        return np.ones(2), -1.5
    if name == "OR":
        return np.ones(2), -0.5
    return _negated(opposites_by_negation({"NAND": "AND", "NOR": "OR"}[name]))


# 1.5 ---------------------------------------------------------------------------------------------


def single_examples(rng: np.random.Generator) -> list[Case]:
    """Make right and wrong predictions for both targets, and points on the line."""
    cases = [
        (np.array([0.5, -1.0]), 0.25, np.array([1.0, 1.0]), 1, 0.5),
        (np.array([1.0, -1.0]), 0.0, np.array([2.0, 2.0]), 1, 0.25),
        (np.array([1.0, -1.0]), 0.0, np.array([2.0, 2.0]), 0, 0.25),
    ]
    for n, lr in ((3, 0.5), (5, 2.0), (2, 0.25)):
        w, x = quarters(rng, n), quarters(rng, n) + 0.25
        for b, target in ((10.0, 0), (10.0, 1), (-10.0, 0), (-10.0, 1)):
            bias = b * max(1.0, float(np.abs(w).sum()))
            cases.append((w, bias, x, target, lr))
    return cases


@exercise(
    "1.5",
    "one step of the learning rule",
    cases=single_examples,
    hints=(
        "Predict first. Compare the prediction with the target. Change w and b only where they "
        "differ.",
        "error = target - prediction, which is -1, 0 or 1; "
        "w becomes w + lr * error * x, and b becomes b + lr * error",
        "return w + lr * error * ____, b + lr * ____",
    ),
    returns=("w", "b"),
)
def perceptron_update(w, b, x, target, lr):
    error = target - int(x @ w + b > 0)
    return w + lr * error * x, b + lr * error


@perceptron_update.mistake(
    "The step goes the wrong way. The error is target - prediction, and the step is added."
)
def wrong_way(w, b, x, target, lr):
    error = int(x @ w + b > 0) - target
    return w + lr * error * x, b + lr * error


@perceptron_update.mistake("The bias does not learn. It moves too: b + lr * error.")
def bias_does_not_learn(w, b, x, target, lr):
    error = target - int(x @ w + b > 0)
    return w + lr * error * x, b


@perceptron_update.mistake("The learning rate is not used. Both steps are multiplied by lr.")
def learning_rate_unused(w, b, x, target, lr):
    error = target - int(x @ w + b > 0)
    return w + error * x, b + error


@perceptron_update.mistake("The learning rate is missing in the step of the bias: b + lr * error.")
def bias_without_learning_rate(w, b, x, target, lr):
    error = target - int(x @ w + b > 0)
    return w + lr * error * x, b + error


@perceptron_update.mistake(
    "The error uses the weighted sum. The perceptron compares the target with its prediction, "
    "which is 0 or 1."
)
def error_from_the_sum(w, b, x, target, lr):
    error = target - (x @ w + b)
    return w + lr * error * x, b + lr * error


@perceptron_update.mistake(
    "The weights move by lr * error alone. Multiply by x: inputs of 0 are not to blame."
)
def input_unused(w, b, x, target, lr):
    error = target - int(x @ w + b > 0)
    return w + lr * error, b + lr * error


@perceptron_update.mistake(
    "The prediction at z = 0 is 0, so target 1 is an error there and target 0 is not. Use >."
)
def update_fires_at_zero(w, b, x, target, lr):
    error = target - int(x @ w + b >= 0)
    return w + lr * error * x, b + lr * error


@perceptron_update.mistake(
    "w += … writes into the array that was passed in, so the caller's weights change as well. "
    "Write w = w + …, which makes a new array."
)
def changed_in_place(w, b, x, target, lr):
    error = target - int(x @ w + b > 0)
    w += lr * error * x
    return w, b + lr * error


@perceptron_update.mistake(
    "w and b come back unchanged. The arrow means: becomes. In Python, w = w + lr * error * x."
)
def nothing_learned(w, b, x, target, lr):
    return w, b


@perceptron_update.mistake("The prediction leaves the bias out. It is 1 where x @ w + b > 0.")
def predicted_without_bias(w, b, x, target, lr):
    error = target - int(x @ w > 0)
    return w + lr * error * x, b + lr * error


@perceptron_update.mistake(
    "The bias moves by lr * error. The factor x belongs to the weights only."
)
def bias_times_input(w, b, x, target, lr):
    error = target - int(x @ w + b > 0)
    return w + lr * error * x, b + lr * error * x


@perceptron_update.mistake("Only w comes back. Return both values: return w, b.")
def bias_not_returned(w, b, x, target, lr):
    return perceptron_update.reference(w, b, x, target, lr)[0]


@perceptron_update.variant
def update_with_ifs(w, b, x, target, lr):
    predicted = 1 if np.dot(w, x) + b > 0 else 0
    if predicted == target:
        return w, b
    if target == 1:
        return w + lr * x, b + lr
    return w - lr * x, b - lr


@perceptron_update.variant
def update_as_lists(w, b, x, target, lr):
    error = target - (1 if sum(xi * wi for xi, wi in zip(x, w)) + b > 0 else 0)
    return [[wi + lr * error * xi for wi, xi in zip(w, x)], b + lr * error]


@perceptron_update.variant
def update_on_a_copy(w, b, x, target, lr):
    w = w.copy()
    error = target - predict.reference(x[None, :], w, b)[0]
    w += lr * error * x
    b += lr * error
    return w, np.array(b)


# 1.6 ---------------------------------------------------------------------------------------------


def training_sets(rng: np.random.Generator) -> list[Case]:
    """Make gates, XOR, and random points that a line separates."""
    corners = CORNERS.astype(float)
    cases = [
        (corners, np.array(GATES["AND"]), 1.0, 20),
        (corners, np.array(GATES["NAND"]), 0.5, 20),
        (corners, np.array(GATES["XOR"]), 0.25, 6),
        (corners, np.array(GATES["OR"]), 0.5, 2),
    ]
    for m, n in ((7, 3), (5, 4)):
        X = quarters(rng, m, n)
        cases.append((X, (X @ quarters(rng, n) + 0.125 > 0).astype(int), 0.5, 12))
    return cases


@exercise(
    "1.6",
    "train a perceptron",
    cases=training_sets,
    hints=(
        "Two loops: epochs outside, rows inside. Use your perceptron_update for each row, with "
        "the weights that the row before it left.",
        "Count a row as an error when its prediction differs from its target. After each epoch "
        "list the count; stop when it is 0.",
        "for epoch in range(epochs):\n"
        "    errors = 0\n"
        "    for x, target in zip(X, y):\n"
        "        prediction = ____\n"
        "        errors += int(prediction != ____)\n"
        "        w, b = perceptron_update(w, b, x, target, lr)\n"
        "    errors_per_epoch.append(errors)\n"
        "    if ____:\n"
        "        break",
    ),
    returns=("w", "b", "errors_per_epoch"),
)
def train_perceptron(X, y, lr, epochs):
    w, b, errors_per_epoch = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        errors = 0
        for x, target in zip(X, y):
            errors += int(target != int(x @ w + b > 0))
            w, b = perceptron_update.reference(w, b, x, target, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch


def _train(X, y, lr, epochs, *, stop=True, list_clean=True, count=abs, frozen=False, learn_b=True):
    """Train with one thing done wrong."""
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        errors, w0, b0 = 0, w, b
        for x, target in zip(X, y):
            error = target - int(x @ (w0 if frozen else w) + (b0 if frozen else b) > 0)
            w, b = w + lr * error * x, b + lr * error * learn_b
            errors += count(error)
        if errors == 0 and stop:
            return w, b, history + [0] * list_clean
        history.append(errors)
    return w, b, history


@train_perceptron.mistake("Training goes on after an epoch without errors. Stop there: break.")
def never_stops(X, y, lr, epochs):
    return _train(X, y, lr, epochs, stop=False)


@train_perceptron.mistake(
    "The last, clean epoch is missing from the list. Append its 0, then stop."
)
def clean_epoch_not_listed(X, y, lr, epochs):
    return _train(X, y, lr, epochs, list_clean=False)


@train_perceptron.mistake(
    "The errors are added with their signs, so +1 and -1 cancel. Count them: every wrong row is 1."
)
def signed_errors(X, y, lr, epochs):
    return _train(X, y, lr, epochs, count=int)


@train_perceptron.mistake(
    "All rows of an epoch are predicted with the weights that the epoch began with. "
    "The perceptron uses each update at once, on the next row."
)
def weights_of_the_epoch_before(X, y, lr, epochs):
    return _train(X, y, lr, epochs, frozen=True)


@train_perceptron.mistake(
    "The bias stays 0. Keep both values: w, b = perceptron_update(...). Does your update move b?"
)
def bias_stays_zero(X, y, lr, epochs):
    return _train(X, y, lr, epochs, learn_b=False)


@train_perceptron.mistake(
    "The learning rate is not used: with it, w and b would be lr times as large."
)
def training_without_learning_rate(X, y, lr, epochs):
    return train_perceptron.reference(X, y, 1.0, epochs)


@train_perceptron.mistake(
    "The weights start anew in every epoch. Set them to zero once, before the loop."
)
def starts_anew_every_epoch(X, y, lr, epochs):
    history = []
    for _ in range(epochs):
        w, b, (errors,) = train_perceptron.reference(X, y, lr, 1)
        history.append(errors)
        if errors == 0:
            break
    return w, b, history


@train_perceptron.mistake(
    "Training stops after one epoch, although it had errors. Look at the condition of the stop, "
    "and at where return stands."
)
def one_epoch_only(X, y, lr, epochs):
    return train_perceptron.reference(X, y, lr, 1)


@train_perceptron.mistake(
    "The weights never change: what the update returns is thrown away. "
    "Write w, b = perceptron_update(...) to keep it."
)
def update_thrown_away(X, y, lr, epochs):
    wrong = int((np.asarray(y) == 1).sum())
    return np.zeros(X.shape[1]), 0.0, [wrong] * epochs


@train_perceptron.mistake(
    "The count goes on from epoch to epoch. Set errors = 0 at the start of every epoch."
)
def count_never_reset(X, y, lr, epochs):
    w, b, history = _train(X, y, lr, epochs, stop=False)
    return w, b, np.cumsum(history)


@train_perceptron.mistake(
    "A row is counted after its update, with the new weights. Predict and count first, then update."
)
def counted_after_the_update(X, y, lr, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        errors = 0
        for x, target in zip(X, y):
            w, b = perceptron_update.reference(w, b, x, target, lr)
            errors += int(target != int(x @ w + b > 0))
        history.append(errors)
        if errors == 0:
            break
    return w, b, history


@train_perceptron.mistake(
    "The errors are counted at the end of the epoch, for all rows at once. "
    "Count each row when its turn comes, before its update."
)
def counted_after_the_epoch(X, y, lr, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        for x, target in zip(X, y):
            w, b = perceptron_update.reference(w, b, x, target, lr)
        history.append(int((predict.reference(X, w, b) != y).sum()))
        if history[-1] == 0:
            break
    return w, b, history


@train_perceptron.mistake(
    "A row on the line, z = 0, is predicted 1 here. The step function gives 0 there: use >."
)
def training_fires_at_zero(X, y, lr, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        errors = 0
        for x, target in zip(X, y):
            error = target - int(x @ w + b >= 0)
            w, b = w + lr * error * x, b + lr * error
            errors += abs(error)
        history.append(errors)
        if errors == 0:
            break
    return w, b, history


@train_perceptron.variant
def training_with_one_vector(X, y, lr, epochs):
    inputs = np.column_stack([X, np.ones(len(X))])
    v, history = np.zeros(inputs.shape[1]), []
    while len(history) < epochs and (not history or history[-1] != 0):
        errors = 0
        for x, target in zip(inputs, y):
            error = target - int(v @ x > 0)
            v = v + lr * error * x
            errors += error != 0
        history.append(errors)
    return v[:-1], v[-1], np.array(history)


@train_perceptron.variant
def training_counts_before_updating(X, y, lr, epochs):
    w, b, history = np.zeros(X.shape[1]), 0, []
    for _ in range(epochs):
        wrong = []
        for x, target in zip(X, y):
            before = (w, b)
            w, b = update_with_ifs(w, b, x, target, lr)
            wrong.append(b != before[1])
        history.append(sum(wrong))
        if not any(wrong):
            break
    return w, b, history


@train_perceptron.variant
def training_as_lists(X, y, lr, epochs):
    w, b, history = [0.0] * X.shape[1], 0.0, []
    for _ in range(epochs):
        history.append(0)
        for i in range(len(X)):
            predicted = int(sum(w[j] * X[i, j] for j in range(len(w))) + b > 0)
            if predicted != y[i]:
                history[-1] += 1
                w, b = update_as_lists(w, b, X[i], y[i], lr)
        if history[-1] == 0:
            return w, b, history
    return w, b, history


# 1.7 ---------------------------------------------------------------------------------------------


def batches_of_corners(rng: np.random.Generator) -> list[Case]:
    """Make the four corners in order, and shuffled batches with repeats."""
    shuffled = [CORNERS[rng.permutation(np.r_[0:4, rng.integers(0, 4, m - 4)])] for m in (5, 7)]
    return [(CORNERS,), (shuffled[0],), (shuffled[1].astype(float),)]


@exercise(
    "1.7",
    "XOR with two layers",
    cases=batches_of_corners,
    hints=(
        "XOR says: at least one input is 1, but not both. Each half is a gate you already have.",
        "XOR = AND(OR(x1, x2), NAND(x1, x2)): two hidden neurons, one output neuron",
        "h1 = predict(X, *gate_weights(____)); h2 = predict(X, *gate_weights(____)); "
        "then stack h1 and h2 as the two columns of a new batch",
    ),
    tolerance=INTEGERS,
)
def xor_network(X):
    hidden = np.column_stack(
        [predict.reference(X, [1, 1], -0.5), predict.reference(X, [-1, -1], 1.5)]
    )
    return predict.reference(hidden, [1, 1], -1.5)


def _gate(name, X):
    return predict.reference(X, *gate_weights.reference(name))


@xor_network.mistake("This is OR: it fires for 11 too. XOR fires when exactly one input is 1.")
def xor_is_or(X):
    return _gate("OR", X)


@xor_network.mistake("This is NAND: it fires for 00 too. XOR also needs at least one 1.")
def xor_is_nand(X):
    return _gate("NAND", X)


@xor_network.mistake(
    "The answer is upside down (that gate is called XNOR). Either the output neuron or the hidden "
    "neurons are the opposite of what they should be."
)
def xor_upside_down(X):
    return 1 - xor_network.reference(X)


@xor_network.mistake(
    "Every row gives 0. Print the hidden neurons for 00, 01, 10, 11: OR should be 0 1 1 1 and "
    "NAND 1 1 1 0. Is there a step between the layers?"
)
def xor_always_zero(X):
    hidden = X @ np.array([[1, -1], [1, -1]]) + np.array([-0.5, 1.5])
    return step.reference(hidden @ np.array([1, 1]) - 1.5)


@xor_network.mistake(
    "The output neuron uses OR, so one hidden neuron is enough to fire it. It needs AND."
)
def xor_with_or_on_top(X):
    return _gate("OR", np.column_stack([_gate("OR", X), _gate("NAND", X)]))


@xor_network.mistake(
    "The same four numbers come back for every batch. Compute them from the rows of X."
)
def xor_by_heart(X):
    return np.array([0, 1, 1, 0])


@xor_network.mistake("The predictions stand in a column, (m, 1). Here they are flat, (m,).")
def xor_as_a_column(X):
    return xor_network.reference(X)[:, None]


@xor_network.mistake("These are True and False. Turn them into 0 and 1 with astype(int).")
def xor_as_booleans(X):
    return xor_network.reference(X) == 1


@xor_network.mistake(
    "The output neuron looks at X again. It should look at the hidden neurons: "
    "np.column_stack([h1, h2])."
)
def xor_output_on_the_inputs(X):
    return _gate("AND", X)


@xor_network.variant
def xor_by_one_but_not_the_other(X):
    first = predict.reference(X, [1, -1], -0.5)
    second = predict.reference(X, [-1, 1], -0.5)
    return step.reference(first + second - 0.5)


@xor_network.variant
def xor_with_matrices(X):
    hidden = step.reference(X @ np.array([[1, 1], [1, 1]]) + np.array([-0.5, -1.5]))
    return step.reference(hidden @ np.array([1, -2]) - 0.5)


@xor_network.variant
def xor_by_comparison(X):
    return (X[:, 0] != X[:, 1]).astype(int).tolist()
