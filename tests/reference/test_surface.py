import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from helpers.reference import (
    Network,
    as_params,
    asd_batch,
    bce,
    bowl,
    bowl_gradient,
    classify_critical_point,
    critical_lr,
    descend,
    descent_path_3d,
    forward,
    half_squared_error,
    loss_grid,
    lr_sweep,
    network_surface,
    neuron_surface,
    random_slice,
    sigmoid,
)

pytestmark = pytest.mark.tier("check")

w1s, w2s = np.linspace(-3, 3, 7), np.linspace(-2, 2, 5)


def test_grid_against_a_double_loop():
    L = loss_grid(bowl, w1s, w2s)
    assert L.shape == (5, 7)
    for i, w2 in enumerate(w2s):
        for j, w1 in enumerate(w1s):
            assert_allclose(L[i, j], w1**2 + w2**2)


@pytest.mark.parametrize(
    ("name", "loss"), [("bce", bce), ("half_squared_error", half_squared_error)]
)
def test_surfaces_against_one_point_at_a_time(name, loss):
    rng = np.random.default_rng(0)
    x, t = rng.normal(size=(6, 1)), rng.integers(0, 2, (6, 1))
    neuron = loss_grid(neuron_surface(x, t, name), w1s, w2s)
    X, y, params = asd_batch()
    d1, d2 = random_slice(params, rng), random_slice(params, rng)
    network = loss_grid(network_surface(params, d1, d2, X, y, name), w1s, w2s)
    for i, v in enumerate(w2s):
        for j, u in enumerate(w1s):
            assert_allclose(neuron[i, j], loss(t, sigmoid(u * x + v)), rtol=1e-9)
            moved = {p: params[p] + u * d1[p] + v * d2[p] for p in params}
            assert_allclose(network[i, j], loss(y, forward(X, moved)[0]), rtol=1e-9)


def test_bce_is_convex_along_every_line_and_squared_error_is_not():
    x, t = np.array([[1.0], [-2.0], [0.5]]), np.array([[1], [0], [0]])
    w = np.linspace(-8, 8, 201)
    bends = {n: np.diff(neuron_surface(x, t, n)(w, 0.3), 2) for n in ("bce", "half_squared_error")}
    assert bends["bce"].min() > -1e-12
    assert bends["half_squared_error"].min() < -1e-6


def test_descent_and_its_limit():
    hessian = np.diag([2.0, 8.0])
    limit = critical_lr(hessian)
    assert limit == 0.25
    for factor, shrinks in ((0.99, True), (1.01, False)):
        path = descend(lambda w: hessian @ w, [1.0, 1.0], factor * limit, 500)
        assert path.shape == (501, 2)
        assert (np.abs(path[-1, 1]) < 1) == shrinks


def test_a_grid_of_a_loss_that_ignores_an_axis():
    L = loss_grid(lambda w1, w2: w1**2, w1s, w2s)
    assert_allclose(L, np.tile(w1s**2, (5, 1)))


def test_divergence_is_silent():
    path = descent_path_3d((4.0, 3.0), lr=100.0, steps=300)
    assert path.shape == (301, 3)
    assert not np.isfinite(path[-1]).all()


def test_critical_lr_of_flat_and_downward_curvature():
    assert critical_lr([[0.0, 0.0], [0.0, -1.0]]) == float("inf")
    assert critical_lr([[1e-13]]) == float("inf")


@pytest.mark.parametrize(
    ("curvatures", "name"),
    [
        ([1, 2], "minimum"), ([-1, -2], "maximum"), ([1, -1], "saddle"), ([1, 0, -1], "saddle"),
        ([1, 0], "undetermined"), ([0, 0], "undetermined"), ([-1, 1e-13], "undetermined"),
        ([3], "minimum"),
    ],
)  # fmt: skip
def test_critical_points(curvatures, name):
    Q, _ = np.linalg.qr(np.random.default_rng(1).normal(size=(len(curvatures),) * 2))
    H = Q @ np.diag(curvatures) @ Q.T
    assert classify_critical_point((H + H.T) / 2) == name


def test_random_slice_has_the_columns_norms():
    params = as_params(Network((4, 3, 2)).initial_layers(np.random.default_rng(2)))
    direction = random_slice(params, np.random.default_rng(3))
    assert set(direction) == set(params)
    for name, P in params.items():
        assert direction[name].shape == P.shape
        if name.startswith("W"):
            norms = np.linalg.norm(direction[name], axis=0)
            assert_allclose(norms, np.linalg.norm(P, axis=0))
        else:
            assert_array_equal(direction[name], np.zeros_like(P))


def test_sweep_and_bowl():
    assert_array_equal(lr_sweep(lambda lr: np.nan if lr > 1 else lr, [0.1, 3]), [0.1, np.inf])
    assert_allclose(bowl_gradient(np.array([1.0, 2.0]), 3.0)[0], [2, 4])
