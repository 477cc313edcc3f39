"""Forward pass, losses, gradients and optimizers against PyTorch in float64."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose

from helpers.reference import (
    ACTIVATIONS,
    AdaGrad,
    Adam,
    GradientDescent,
    Momentum,
    Network,
    RMSprop,
    bce_from_logits,
    elu,
    elu_derivative,
    leaky_relu,
    leaky_relu_derivative,
    softmax,
    train,
)

pytestmark = pytest.mark.tier("test")

RTOL = 1e-10
PAIRS = [
    ("bce", "sigmoid"),
    ("cross_entropy", "softmax"),
    ("half_squared_error", "linear"),
    ("half_squared_error", "sigmoid"),
    ("half_squared_error", "tanh"),
]


def functions(torch):
    F = torch.nn.functional
    return {
        "relu": torch.relu,
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "linear": lambda z: z,
        "leaky_relu": lambda z: F.leaky_relu(z, 0.01),
        "elu": F.elu,
        "gelu": F.gelu,
        "silu": F.silu,
        "softmax": lambda z: torch.softmax(z, dim=-1),
    }


def tensors(torch, layers):
    return [
        (torch.tensor(W, requires_grad=True), torch.tensor(b, requires_grad=True), name)
        for W, b, name in layers
    ]


def run(torch, X, layers):
    A, Z = torch.as_tensor(X), None
    for W, b, name in layers:
        Z = A @ W + b
        A = functions(torch)[name](Z)
    return Z, A


def mean_loss(torch, loss, y, Z, A):
    F = torch.nn.functional
    y = torch.as_tensor(y)
    if loss == "bce":
        return F.binary_cross_entropy_with_logits(Z, y, reduction="sum") / len(y)
    if loss == "cross_entropy":
        return F.cross_entropy(Z, y)
    return (0.5 * (A - y) ** 2).sum() / len(y)


def make(seed, loss, output, activation="relu", sizes=(4, 5, 3, 2), m=7):
    rng = np.random.default_rng(seed)
    network = Network(sizes, activation=activation, output=output, loss=loss)
    layers = [(W, rng.normal(size=b.shape), name) for W, b, name in network.initial_layers(rng)]
    network = Network.from_layers(layers, loss=loss)
    if loss == "cross_entropy":
        y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], m)]
    else:
        y = rng.integers(0, 2, (m, sizes[-1])).astype(float)
    return network, rng.normal(size=(m, sizes[0])), y


@pytest.mark.parametrize("depth", [1, 2, 4])
@pytest.mark.parametrize(("loss", "output"), PAIRS)
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_forward_loss_and_gradients(torch, activation, loss, output, depth):
    sizes = (4, *(5, 3, 4)[: depth - 1], 2)
    network, X, y = make([depth, 11], loss, output, activation, sizes)
    layers = tensors(torch, network.layers_)
    Z, A = run(torch, X, layers)
    total = mean_loss(torch, loss, y, Z, A)
    total.backward()

    assert_allclose(network.predict_proba(X), A.detach().numpy(), rtol=RTOL)
    assert_allclose(network.mean_loss(X, y), total.item(), rtol=RTOL)
    for (dW, db), (W, b, _) in zip(network.backward(X, y), layers, strict=True):
        assert_allclose(dW, W.grad.numpy(), rtol=RTOL, atol=1e-16)
        assert_allclose(db, b.grad.numpy(), rtol=RTOL, atol=1e-16)


@pytest.mark.parametrize("alpha", [0.01, 0.3])
def test_alphas_and_temperatures(torch, alpha):
    F = torch.nn.functional
    z = np.array([-1000.0, -3.0, -0.5, 0.0, 0.5, 3.0, 1000.0])
    for ours, slope, theirs in (
        (leaky_relu, leaky_relu_derivative, F.leaky_relu),
        (elu, elu_derivative, F.elu),
    ):
        t = torch.tensor(z, requires_grad=True)
        out = theirs(t, alpha)
        out.sum().backward()
        assert_allclose(ours(z, alpha), out.detach().numpy(), rtol=RTOL)
        assert_allclose(slope(z, alpha), t.grad.numpy(), rtol=RTOL)
    expected = torch.softmax(torch.tensor(z) / 5.0, dim=-1).numpy()
    assert_allclose(softmax(z, 5.0), expected, rtol=RTOL)


def rules(torch):
    optim = torch.optim
    return {
        "gradient descent": (GradientDescent(), lambda p: optim.SGD(p, lr=0.05)),
        "momentum": (Momentum(0.8), lambda p: optim.SGD(p, lr=0.05, momentum=0.8)),
        "adagrad": (AdaGrad(), lambda p: optim.Adagrad(p, lr=0.05)),
        "rmsprop": (RMSprop(0.95, 1e-7), lambda p: optim.RMSprop(p, 0.05, alpha=0.95, eps=1e-7)),
        "adam": (Adam(), lambda p: optim.Adam(p, lr=0.05)),
        "adam with settings": (
            Adam(0.8, 0.99, 1e-6),
            lambda p: optim.Adam(p, lr=0.05, betas=(0.8, 0.99), eps=1e-6),
        ),
    }


NAMES = ["gradient descent", "momentum", "adagrad", "rmsprop", "adam", "adam with settings"]


@pytest.mark.parametrize("name", NAMES)
def test_every_step_of_an_optimizer(torch, name):
    rng = np.random.default_rng(12)
    ours, theirs = rules(torch)[name]
    w = rng.normal(size=10)
    t = torch.tensor(w, requires_grad=True)
    optimizer = theirs([t])
    state = ours.start(w)
    for _ in range(50):
        g = rng.normal(size=10)
        w, state = ours.step(w, g, state, 0.05)
        t.grad = torch.tensor(g)
        optimizer.step()
        assert_allclose(w, t.detach().numpy(), rtol=RTOL)


@pytest.mark.parametrize(("loss", "output"), PAIRS)
@pytest.mark.parametrize("name", NAMES)
def test_whole_training_runs(torch, name, loss, output):
    """Thirty full-batch epochs; the L2 penalty of the weights included."""
    network, X, y = make(13, loss, output, "tanh")
    ours, theirs = rules(torch)[name]
    lam, m = 0.1, len(X)
    layers, history = train(
        network.layers_, X, y, rng=np.random.default_rng(0), loss=loss, optimizer=ours,
        lr=0.05, l2=lam, epochs=30, batch_size=m,
    )  # fmt: skip

    twins = tensors(torch, network.layers_)
    optimizer = theirs([p for W, b, _ in twins for p in (W, b)])
    losses = []
    for _ in range(30):
        optimizer.zero_grad()
        total = mean_loss(torch, loss, y, *run(torch, X, twins))
        losses.append(total.item())
        (total + lam / (2 * m) * sum((W**2).sum() for W, _, _ in twins)).backward()
        optimizer.step()
    assert_allclose(history["loss"], losses, rtol=RTOL)
    for (W, b, _), (tW, tb, _) in zip(layers, twins, strict=True):
        assert_allclose(W, tW.detach().numpy(), rtol=1e-9)
        assert_allclose(b, tb.detach().numpy(), rtol=1e-9)


@pytest.mark.parametrize("z", [-1000.0, -300.0, -30.0, 30.0, 300.0, 1000.0])
def test_bce_from_logits_far_out(torch, z):
    """PyTorch rounds small losses (1 % off at z = −30, 0 at −300); here they keep their digits."""
    for y in (0.0, 1.0):
        theirs = torch.nn.functional.binary_cross_entropy_with_logits(
            torch.tensor([[z]], dtype=torch.float64), torch.tensor([[y]], dtype=torch.float64)
        )
        assert_allclose(bce_from_logits([[y]], [[z]]), theirs.item(), rtol=RTOL, atol=2e-15)
        exact = math.log1p(math.exp(-abs(z))) + (abs(z) if (z > 0) != y else 0.0)
        assert_allclose(bce_from_logits([[y]], [[z]]), exact, rtol=1e-14)
