"""One training step."""

import numpy as np

from helpers import reference
from helpers.checks.exercise import exercise
from helpers.exercises.m06_training._cases import fast_gradients, fast_step, moved_by, steps


@exercise(
    "6.3",
    "one training step",
    cases=steps,
    whole=("X",),
    hints=(
        "Four calls, each on the result of the one before: forward, the loss, backward, update. "
        "Which of them belongs before the step?",
        "A2, cache = forward(…); loss = bce(…); grads = backward(…); new params = update(…)",
        "A2, cache = forward(X, params)\nloss = bce(y, «A2»)\n"
        "grads = backward(X, y, params, «cache»)\nreturn update(params, «grads», lr), loss",
    ),
    returns=("params", "loss"),
    parts=("loss", "W2", "b2", "W1", "b1"),
    settings=("lr",),
)
def train_step(params, X, y, lr):
    return fast_step(params, X, y, lr)


@train_step.mistake(
    "The loss is that of the new parameters. Return the loss from before the step: it belongs to "
    "the same forward pass as the gradients."
)
def loss_after_the_step(params, X, y, lr):
    new, _ = fast_step(params, X, y, lr)
    return new, reference.bce(y, reference.forward(X, new)[0])


@train_step.mistake(
    "The parameters come back as they were: no step, or its result is lost. update returns new "
    "ones: keep what it returns."
)
def step_not_kept(params, X, y, lr):
    return dict(params), fast_step(params, X, y, lr)[1]


@train_step.mistake(
    "The numbers are right, but the caller's params are changed: -= writes into the old arrays,"
    " and params[...] = ... into the old dict. Make new arrays in a new dict, as update does."
)
def step_in_place(params, X, y, lr):
    new, loss = fast_step(params, X, y, lr)
    for key in params:
        params[key][:] = new[key]
    return params, loss


@train_step.mistake("The step goes uphill. Subtract lr times the gradient.")
def uphill(params, X, y, lr):
    return fast_step(params, X, y, -lr)[0], fast_step(params, X, y, lr)[1]


@train_step.mistake(
    "The gradients are m times too large: they are summed over the batch. Divide by the number of "
    "rows, once."
)
def summed_gradients(params, X, y, lr):
    return fast_step(params, X, y, lr * len(X))[0], fast_step(params, X, y, lr)[1]


@train_step.mistake(
    "The gradients are m times too small. backward divides by the number of rows already: do not "
    "do it again."
)
def divided_twice(params, X, y, lr):
    return fast_step(params, X, y, lr / len(X))[0], fast_step(params, X, y, lr)[1]


@train_step.mistake("The learning rate is missing: the whole gradient is subtracted.")
def without_learning_rate(params, X, y, lr):
    return fast_step(params, X, y, 1.0)


@train_step.mistake(
    "lr is ignored: the step is 0.1 times the gradient, whatever lr is. Use the lr that "
    "is passed in."
)
def step_of_a_tenth(params, X, y, lr):
    return fast_step(params, X, y, 0.1)


@train_step.mistake(
    "lr is ignored: the step is 0.01 times the gradient, whatever lr is. Use the lr that "
    "is passed in."
)
def step_of_a_hundredth(params, X, y, lr):
    return fast_step(params, X, y, 0.01)


@train_step.mistake(
    "lr is ignored: the step is 0.5 times the gradient, whatever lr is. Use the lr that "
    "is passed in."
)
def step_of_a_half(params, X, y, lr):
    return fast_step(params, X, y, 0.5)


@train_step.mistake(
    "The biases stay where they were. They are parameters, too: subtract lr·db1 and lr·db2."
)
def biases_forgotten(params, X, y, lr):
    new, loss = fast_step(params, X, y, lr)
    return {**params, "W1": new["W1"], "W2": new["W2"]}, loss


@train_step.mistake(
    "The second layer moves and the first does not. Update all four: W1, b1, W2 and b2."
)
def first_layer_forgotten(params, X, y, lr):
    new, loss = fast_step(params, X, y, lr)
    return {**params, "W2": new["W2"], "b2": new["b2"]}, loss


@train_step.mistake(
    "W2 is updated before the error of the hidden layer is computed with it. Compute all "
    "gradients first, then update."
)
def second_layer_first(params, X, y, lr):
    new, loss = fast_step(params, X, y, lr)
    _, cache = reference.forward(X, params)
    late = reference.backward(X, y, {**params, "W2": new["W2"]}, cache)
    return {**moved_by(params, late, lr), "W2": new["W2"], "b2": new["b2"]}, loss


@train_step.mistake("The two returned values are swapped: first the parameters, then the loss.")
def loss_first(params, X, y, lr):
    return fast_step(params, X, y, lr)[::-1]


@train_step.mistake("The loss is missing. Return two things: the new parameters and the loss.")
def step_without_loss(params, X, y, lr):
    return fast_step(params, X, y, lr)[0]


@train_step.mistake("The gradients come back. Take the step with them, and return the new params.")
def gradients_returned(params, X, y, lr):
    return fast_gradients(params, X, y)


@train_step.mistake("The loss is a sum over the batch. Take the mean, as bce does.")
def loss_summed(params, X, y, lr):
    new, loss = fast_step(params, X, y, lr)
    return new, loss * len(X)


@train_step.mistake(
    "The loss is the mean of ½(a − y)², but the network trains on cross-entropy. Report that one."
)
def other_loss(params, X, y, lr):
    A2, _ = reference.forward(X, params)
    return fast_step(params, X, y, lr)[0], reference.half_squared_error(y, A2)


@train_step.mistake(
    "The first value is the output of the network. Return the updated parameters and the loss."
)
def output_returned(params, X, y, lr):
    return reference.forward(X, params)[0], fast_step(params, X, y, lr)[1]


@train_step.mistake(
    "Two steps are taken, the second with the gradients of where the first one ended. Take one."
)
def two_steps(params, X, y, lr):
    new, loss = fast_step(params, X, y, lr)
    return fast_step(new, X, y, lr)[0], loss


@train_step.mistake(
    "The gradients are those of the squared error: the slope of the sigmoid, A2·(1 − A2), is in "
    "them. With cross-entropy the output error is A2 − y alone."
)
def slope_in_the_output_error(params, X, y, lr):
    A2, cache = reference.forward(X, params)
    Z1, A1 = cache["Z1"], cache["A1"]
    dZ2 = (A2 - y) * A2 * (1 - A2) / len(X)
    dZ1 = dZ2 @ params["W2"].T * (Z1 > 0)
    grads = {"dW1": X.T @ dZ1, "db1": dZ1.sum(0), "dW2": A1.T @ dZ2, "db2": dZ2.sum(0)}
    return moved_by(params, grads, lr), fast_step(params, X, y, lr)[1]


@train_step.mistake(
    "The loss is a squared error. The network is trained by cross-entropy: report bce(y, A2)."
)
def squared_error_reported(params, X, y, lr):
    A2, _ = reference.forward(X, params)
    return train_step.reference(params, X, y, lr)[0], np.mean((A2 - y) ** 2)


@train_step.variant
def step_written_out(params, X, y, lr):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    m = len(X)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    loss = -np.mean(y * np.log(A2) + (1 - y) * np.log(1 - A2))
    dZ2 = A2 - y
    dZ1 = dZ2 @ W2.T * (A1 > 0)
    return {
        "W1": W1 - lr * X.T @ dZ1 / m,
        "b1": b1 - lr * dZ1.mean(axis=0, keepdims=True),
        "W2": W2 - lr * A1.T @ dZ2 / m,
        "b2": b2 - lr * dZ2.mean(axis=0, keepdims=True),
    }, loss


@train_step.variant
def step_on_a_copy(params, X, y, lr):
    params = {key: P.copy() for key, P in params.items()}
    grads, loss = fast_gradients(params, X, y)
    for key in params:
        params[key] -= lr * grads["d" + key]
    return [params, np.array(loss)]


@train_step.variant
def step_with_logits(params, X, y, lr):
    _, cache = reference.forward(X, params)
    grads = reference.backward(X, y, params, cache)
    loss = reference.bce_from_logits(y, cache["Z2"])
    return reference.update(params, grads, lr) | {"steps": 1}, loss
