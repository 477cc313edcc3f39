"""Rows E: "Step-by-Step Math Behind the Neural Network" (the 2-2-1 example)."""

import numpy as np
import pytest

from .errata_ledger import Finding, flat, reach, row
from .errata_nets import bce, relu, sigmoid, slope

# The walkthrough's inputs; examples in columns, as there.
x = np.array([[1.0], [2.0]])
W1, b1 = np.array([[0.2, 0.4], [0.1, 0.6]]), np.array([[0.3], [0.5]])
W2, b2 = np.array([[0.7, 0.9]]), 0.2

# What follows from them, for y = 1.
z1 = W1 @ x + b1
a1 = relu(z1)
z2 = W2 @ a1 + b2
y_hat = sigmoid(z2)
dz2 = y_hat - 1
dW2 = dz2 @ a1.T
da1 = W2.T @ dz2
dz1 = da1 * (z1 > 0)
dW1 = dz1 @ x.T


def loss(W1=W1, b1=b1, W2=W2, b2=b2):
    return bce(1, W2 @ relu(W1 @ x + b1) + b2)


@row("E2", starts=1000)
def worked_weights_in_the_model():
    # The model's own start: uniform within 1/sqrt(2) for both layers, biases too.
    rng = np.random.default_rng(0)
    bound = 1 / np.sqrt(2)
    outputs = []
    for _ in range(1000):
        V1, c1 = rng.uniform(-bound, bound, (2, 2)), rng.uniform(-bound, bound, (2, 1))
        V2, c2 = rng.uniform(-bound, bound, (1, 2)), rng.uniform(-bound, bound, (1, 1))
        outputs.append(float(sigmoid(V2 @ relu(V1 @ x + c1) + c2)[0, 0]))
    return Finding(flat(y_hat, 1000, *reach(outputs)))


@row("E3")
def second_linear_step():
    return Finding(flat(z2), ["3.18"], why=flat(z2))


@row("E4")
def prediction():
    return Finding(flat(y_hat), ["0.938"], why=flat(z2, y_hat))


@row("E5")
def prediction_in_the_text():
    return Finding(flat(y_hat), ["0.96"], why=flat(3.18, sigmoid(3.18)))


@row("E6")
def loss_of_the_example():
    assert loss() == pytest.approx(-np.log(y_hat[0, 0]))
    return Finding([loss()], ["0.064"])


@row("E7")
def slope_of_the_loss():
    return Finding(flat(-1 / y_hat), ["-1.066"])


@row("E8")
def slope_of_the_sigmoid():
    return Finding(flat(y_hat * (1 - y_hat)), ["0.0582"])


@row("E9")
def output_error():
    return Finding(flat(dz2), ["-0.062"])


@row("E10")
def gradient_of_a_row_is_a_row():
    measured = slope(lambda W: loss(W2=W), W2)
    assert measured.shape == W2.shape
    as_printed = np.array([[-0.0806], [-0.1116]])
    assert (W2 - as_printed).shape == (2, 2)  # broadcasts; no error is raised
    return Finding(flat(W2.shape), why=[*as_printed.shape, *(W2 - as_printed).shape])


@row("E11")
def output_weight_gradient():
    return Finding(flat(dW2), ["-0.0806", "-0.1116"])


@row("E14")
def output_error_again():
    published = -0.039936
    earlier_draft = -1.04 * 0.0384
    assert earlier_draft == pytest.approx(published, abs=1e-9)
    return Finding(flat(dz2), ["-0.039936"], why=[-1.04, 0.0384, 0.96, -0.062])


@row("E15")
def hidden_activation_gradient():
    return Finding(flat(da1), ["-0.02796", "-0.03594"])


@row("E16")
def relu_jacobian():
    measured = np.column_stack(
        [(relu(z1 + h) - relu(z1 - h)) / 2e-6 for h in 1e-6 * np.eye(2)[..., None]]
    )
    np.testing.assert_allclose(measured, np.eye(2), atol=1e-9)
    return Finding(flat(np.eye(2)))


@row("E17")
def hidden_error():
    return Finding(flat(dz1), ["-0.02796", "-0.03594"])


@row("E18")
def outer_product():
    with pytest.raises(ValueError, match="mismatch"):
        dz1 @ x
    assert (dz1 * x).shape != dW1.shape
    return Finding([], why=flat(dz1.shape, x.shape))


@row("E19")
def hidden_weight_gradient():
    published = ["-0.02796", "-0.07188", "-0.03594", "-0.08985"]
    from_printed_inputs = np.array([[-0.02796], [-0.03594]]) @ x.T
    np.testing.assert_allclose(np.array([2, 2.5]) * -0.03594, [-0.07188, -0.08985])
    return Finding(flat(dW1), published, why=flat(from_printed_inputs[:, 1], 2, 2.5, -0.03594))


@row("E20")
def bias_gradients():
    return Finding(flat(dz2, dz1))
