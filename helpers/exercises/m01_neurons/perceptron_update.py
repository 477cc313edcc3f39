"""One step of the learning rule."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m01_neurons._cases import single_examples
from helpers.exercises.m01_neurons.predict import predict


@exercise(
    "1.5",
    "one step of the learning rule",
    cases=single_examples,
    whole=("x",),
    hints=(
        "Predict first. Compare the prediction with the target. Change w and b only where they "
        "differ.",
        "error = target - prediction, which is -1, 0 or 1; "
        "w becomes w + lr * error * x, and b becomes b + lr * error",
        "return w + lr * error * «x», b + lr * «error»",
    ),
    returns=("w", "b"),
    parts=("w", "b"),
    settings=("lr",),
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
    "w and b come back unchanged. The arrow means: becomes. In Python, w = w + lr * error * x. Or "
    "is an if turned around, so that only right predictions move them?"
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
