"""The values that ERRATA.md calls right are themselves checked: by measuring, and by PyTorch."""

import numpy as np
import pytest

from . import errata_asd as asd
from . import errata_scratch as scratch
from . import errata_step_by_step as steps
from .errata_dissecting import classifier
from .errata_nets import sigmoid, slope

pytestmark = pytest.mark.tier("test")


def test_gradients_of_the_4_3_1_network():
    for gradient, name, at in (
        (asd.dW1, "W1", asd.W1),
        (asd.db1, "b1", np.zeros(3)),
        (asd.dW2, "W2", asd.W2),
        (asd.db2, "b2", np.zeros(1)),
    ):
        measured = slope(lambda p, name=name: asd.loss(**{name: p}), at)
        np.testing.assert_allclose(gradient, measured, atol=1e-9, err_msg=name)


def test_gradients_of_the_2_2_1_network():
    for gradient, name, at in (
        (steps.dW1, "W1", steps.W1),
        (steps.dz1, "b1", steps.b1),
        (steps.dW2, "W2", steps.W2),
        (steps.dz2[0], "b2", [steps.b2]),
    ):
        measured = slope(lambda p, name=name: steps.loss(**{name: p}), at)
        np.testing.assert_allclose(gradient, measured, atol=1e-9, err_msg=name)


def test_gradients_of_the_single_neuron():
    w, b, y, x = scratch.start(), 0.1, 0.3, scratch.COLUMN

    def loss(w, b):
        return float(0.5 * (sigmoid(w.T @ x + b) - y)[0, 0] ** 2)

    a = sigmoid(w.T @ x + b)
    delta = (a - y) * a * (1 - a)
    np.testing.assert_allclose(delta * x, slope(lambda v: loss(v, b), w), atol=1e-9)
    np.testing.assert_allclose(delta[0], slope(lambda v: loss(w, v), [b]), atol=1e-9)


def test_loss_derivative():
    for y in (0.0, 1.0):
        for p in (0.2, 0.9):
            measured = slope(lambda p, y=y: -(y * np.log(p) + (1 - y) * np.log(1 - p)), p)
            np.testing.assert_allclose(-(y - p) / (p * (1 - p)), measured, rtol=1e-8)


def test_momentum_off_means_plain_descent():
    a, b = classifier(max_iter=50), classifier(max_iter=50, nesterovs_momentum=False)
    for left, right in zip(a.coefs_, b.coefs_, strict=True):
        np.testing.assert_array_equal(left, right)


@pytest.mark.needs("torch")
def test_pytorch_agrees_on_the_4_3_1_network():
    import torch

    W1, b1, W2, b2 = (
        torch.tensor(v, dtype=torch.float64, requires_grad=True)
        for v in (asd.W1, np.zeros((1, 3)), asd.W2, np.zeros((1, 1)))
    )
    out = torch.sigmoid(torch.relu(torch.tensor(asd.X) @ W1 + b1) @ W2 + b2)
    loss = torch.nn.functional.binary_cross_entropy(out, torch.tensor(asd.y))
    loss.backward()
    assert float(loss.detach()) == pytest.approx(asd.loss(), rel=1e-12)
    for p, expected in ((W1, asd.dW1), (b1, asd.db1[None]), (W2, asd.dW2), (b2, asd.db2[None])):
        np.testing.assert_allclose(p.grad.numpy(), expected, rtol=1e-10, atol=1e-15)


@pytest.mark.needs("torch")
def test_pytorch_agrees_on_the_2_2_1_network():
    import torch

    hidden, output = torch.nn.Linear(2, 2).double(), torch.nn.Linear(2, 1).double()
    with torch.no_grad():
        hidden.weight[:], hidden.bias[:] = torch.tensor(steps.W1), torch.tensor(steps.b1[:, 0])
        output.weight[:], output.bias[:] = torch.tensor(steps.W2), steps.b2
    out = torch.sigmoid(output(torch.relu(hidden(torch.tensor(steps.x.T)))))
    loss = torch.nn.functional.binary_cross_entropy(out, torch.ones_like(out))
    loss.backward()
    assert float(loss.detach()) == pytest.approx(steps.loss(), rel=1e-12)
    for layer, dW, db in ((hidden, steps.dW1, steps.dz1), (output, steps.dW2, steps.dz2)):
        np.testing.assert_allclose(layer.weight.grad.numpy(), dW, rtol=1e-10)
        np.testing.assert_allclose(layer.bias.grad.numpy(), db[:, 0], rtol=1e-10)
