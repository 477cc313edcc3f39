"""Every line of code on the cheat sheet runs, has the shape it says, and is what we teach."""

import math
import re

import numpy as np
import pytest

from helpers import reference

from .small_course import REPOSITORY

pytestmark = pytest.mark.tier("check")
SOURCE = REPOSITORY / "solutions/13-cheat-sheet/13-cheat-sheet.md"
ROW = re.compile(r"^\|[^`]*\| `(?P<code>[^`]+)` \| `(?P<shape>\([^`]*\))` \|$", re.M)
SIZES = {"m": 7, "n_in": 4, "n1": 3, "n": 4, "d": 6, "K": 5}


def given():
    """What the sheet's tables say is given."""
    rng = np.random.default_rng(1986)
    m, n_in, n1, n, d, k = (SIZES[name] for name in ("m", "n_in", "n1", "n", "d", "K"))
    y = np.array([[1.0], [0], [1], [1], [0], [0], [1]])
    hessian = rng.normal(size=(3, 3))
    return dict(
        np=np, rng=rng, **SIZES, y=y, X=rng.normal(size=(m, n_in)), lr=0.1, lam=0.3, h=1e-6,
        W1=rng.normal(size=(n_in, n1)), b1=rng.normal(size=(1, n1)),
        W2=rng.normal(size=(n1, 1)), dW1=rng.normal(size=(n_in, n1)), b2=rng.normal(size=(1, 1)),
        x=rng.normal(size=n), w=rng.normal(size=n), b=-0.2, target=1,
        z=3 * rng.normal(size=(m, k)), alpha=0.1, T=0.7,
        a=rng.uniform(0.1, 0.9, size=(m, 1)), logit=3 * rng.normal(size=(m, 1)),
        Y=np.eye(k)[rng.integers(k, size=m)], P=rng.dirichlet(np.ones(k), size=m),
        f=np.exp, x0=0.4, slope=np.exp(0.4), H=hessian @ hessian.T,
        drop=0.5, every=10, epoch=23, epochs=40, floor=0.01, beta=0.9, rho=0.9, eps=1e-8,
        beta1=0.9, beta2=0.999, t=3, theta=rng.normal(size=d), g=rng.normal(size=d),
        v=rng.normal(size=d), s=rng.uniform(size=d), mean=rng.normal(size=d),
        w1=1.5, w2=-0.5, D=rng.normal(size=(n_in, n1)), erf=np.vectorize(math.erf),
        labels=rng.integers(k, size=m),
    )  # fmt: skip


def sections():
    """Return the sheet's sections, each as the code and the shape of its rows."""
    parts = SOURCE.read_text(encoding="utf-8").split("\n## ")[1:]
    return [[(row["code"], row["shape"]) for row in ROW.finditer(part)] for part in parts]


def run(rows):
    """Run the rows of a section, one after the other, and return what each one made."""
    names, made = given(), {}
    for code, _ in rows:
        exec(code, names)
        target = code.split(" = ")[0]
        made[target] = names[target.split(", ")[0]]
    return made


def test_every_row_is_read():
    text = SOURCE.read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\|(?!---| what \| formula)", line)]
    assert len(rows) == sum(map(len, sections())) > 50


@pytest.mark.parametrize("rows", sections(), ids=[rows[0][0].split()[0] for rows in sections()])
def test_each_row_has_the_shape_it_says(rows):
    made = run(rows)
    for code, shape in rows:
        assert np.shape(made[code.split(" = ")[0]]) == eval(shape, dict(SIZES)), code


def test_the_network_is_the_reference():
    made, use = run(sections()[0]), given()
    params = {key: use[key] for key in ("W1", "b1", "W2", "b2")}
    A2, cache = reference.forward(use["X"], params)
    grads = reference.backward(use["X"], use["y"], params, cache)
    np.testing.assert_allclose(made["A2"], A2)
    for key, grad in grads.items():
        np.testing.assert_allclose(made[key], grad)
    np.testing.assert_allclose(made["L"], reference.bce(use["y"], A2))
    np.testing.assert_allclose(made["W1"], reference.update(params, grads, use["lr"])["W1"])


def test_the_single_formulas_are_the_reference():
    made, use = {}, given()
    for rows in sections():
        made |= run(rows)
    z, y, a, theta, g, lr = (use[key] for key in ("z", "y", "a", "theta", "g", "lr"))
    v, s, mean = use["v"], use["s"], use["mean"]
    expected = {
        "sigmoid": reference.sigmoid(z),
        "sigmoid_slope": reference.sigmoid_derivative(z),
        "tanh_slope": reference.tanh_derivative(z),
        "relu": reference.relu(z),
        "relu_slope": reference.relu_derivative(z),
        "leaky_relu": reference.leaky_relu(z, use["alpha"]),
        "elu": reference.elu(z, use["alpha"]),
        "gelu": reference.gelu(z),
        "silu": reference.silu(z),
        "softmax": reference.softmax(z, use["T"]),
        "half_squared": reference.half_squared_error(y, a),
        "bce": reference.bce(y, a),
        "bce_slope": reference.bce_derivative(y, a),
        "from_logits": reference.bce_from_logits(y, use["logit"]),
        "cross_entropy": reference.cross_entropy(use["Y"], use["P"]),
        "one_hot": reference.one_hot(use["labels"], SIZES["K"]),
        "class_error": reference.softmax_error(use["P"], use["Y"]),
        "predicted": reference.predict_classes(use["P"]),
        "confusion": reference.confusion_matrix(use["labels"], use["P"].argmax(axis=1), SIZES["K"]),
        "accuracy": reference.accuracy(y, a),
        "limit": reference.critical_lr(use["H"]),
        "step_decay": reference.step_decay(lr, 23),
        "cosine": reference.cosine_decay(lr, 23, 40, 0.01),
        "with_momentum": reference.momentum_step(theta, g, v, lr)[0],
        "velocity": reference.momentum_step(theta, g, v, lr)[1],
        "with_adagrad": reference.adagrad_step(theta, g, s, lr, eps=use["eps"])[0],
        "with_rmsprop": reference.rmsprop_step(theta, g, s, lr)[0],
        "with_adam": reference.adam_step(theta, g, mean, s, 3, lr)[0],
        "with_adamw": reference.adam_step(theta, g, mean, s, 3, lr)[0] - lr * use["lam"] * theta,
        "bowl": reference.bowl(1.5, -0.5),
    }
    for name, value in expected.items():
        np.testing.assert_allclose(made[name], value, rtol=1e-9, atol=1e-12, err_msg=name)
    assert made["off"] < 1e-6
