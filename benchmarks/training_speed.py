"""Time the course's network against scikit-learn and PyTorch, in one run on one machine.

    python benchmarks/training_speed.py            # everything, a few minutes
    python benchmarks/training_speed.py --quick    # fewer rounds, epochs and sizes

All train the same network from the same weights with the same hyperparameters in float64 on one
thread; the loss they reach on the training data is printed beside the time. Times are processor
times, so that other work on the machine disturbs them less; rounds take turns, and the fastest
counts. All keep a history of loss and accuracy. PyTorch (eager) is timed in three loops:

- bare: tensors shuffled once per epoch, sliced into batches, history computed once per epoch; all
  the tricks of the reference
- plain: the same, but loss and accuracy are read off after each batch
- loader: as plain, with the batches from a DataLoader, as most tutorials write it
"""

import argparse
import importlib.util
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from helpers.reference import (
    Network,
    asd_batch,
    bce,
    forward,
    loss_grid,
    network_surface,
    neuron_surface,
    random_slice,
    sigmoid,
)
from helpers.reference.forward_pass import Layer

LR = 0.05
Data = tuple[np.ndarray, np.ndarray]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="1 round, 10 epochs, fewer sizes")
    args = parser.parse_args()
    if args.quick:
        args.epochs, args.rounds = 10, 1
    one_thread()
    against_the_others(args.epochs, args.rounds)
    grids()
    growth(args.quick)


def one_thread() -> None:
    """Give every library one thread: on networks this small, more only get in the way."""
    if installed("threadpoolctl"):
        from threadpoolctl import threadpool_limits

        threadpool_limits(1)
    else:
        print("threadpoolctl is not installed: NumPy may use several threads.")
    if installed("torch"):
        import torch

        torch.set_num_threads(1)


def installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def make_data(m: int, n: int = 4, seed: int = 0) -> Data:
    """Draw two classes that a small network separates well but not perfectly."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(m, n))
    score = X[:, 0] - X[:, 1] + 0.5 * X[:, 2] ** 2 - 0.5 + 0.3 * rng.normal(size=m)
    return X, (score > 0).astype(int)[:, np.newaxis]


def starting_layers(sizes: Sequence[int]) -> list[Layer]:
    return Network(sizes).initial_layers(np.random.default_rng(1))


# One function for each competitor: train, return the seconds and the final layers.


def reference(
    layers: list[Layer], X: np.ndarray, y: np.ndarray, epochs: int, batch_size: int
) -> tuple[float, list[Layer]]:
    network = Network.from_layers(layers, lr=LR, epochs=epochs, batch_size=batch_size, rng=2)
    start = time.process_time()
    network.fit(X, y, start=layers, progress=False)
    return time.process_time() - start, network.layers_


def scikit_learn(
    layers: list[Layer], X: np.ndarray, y: np.ndarray, epochs: int, batch_size: int
) -> tuple[float, list[Layer]]:
    from sklearn.neural_network import MLPClassifier

    mlp = MLPClassifier(
        tuple(W.shape[1] for W, _, _ in layers[:-1]),
        solver="sgd", alpha=0.0, batch_size=batch_size, learning_rate_init=LR, momentum=0.0,
        nesterovs_momentum=False, max_iter=1, tol=0.0, n_iter_no_change=10**9, warm_start=True,
        random_state=2,
    )  # fmt: skip
    labels = y[:, 0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it stops after the epochs it was given, and complains
        mlp.fit(X, labels)
        mlp.coefs_ = [W.copy() for W, _, _ in layers]
        mlp.intercepts_ = [b[0].copy() for _, b, _ in layers]
        mlp.set_params(max_iter=epochs)
        start = time.process_time()
        mlp.fit(X, labels)
        seconds = time.process_time() - start
    pairs = zip(mlp.coefs_, mlp.intercepts_, layers, strict=True)
    return seconds, [(W, b[np.newaxis], name) for W, b, (_, _, name) in pairs]


def torch_model(layers: list[Layer], dtype: Any) -> Any:
    import torch

    parts = []
    for W, b, name in layers:
        linear = torch.nn.Linear(*W.shape, dtype=dtype)
        with torch.no_grad():
            linear.weight.copy_(torch.as_tensor(W.T))
            linear.bias.copy_(torch.as_tensor(b[0]))
        parts += [linear, torch.nn.ReLU()] if name == "relu" else [linear]
    return torch.nn.Sequential(*parts)


def torch_layers(model: Any, layers: list[Layer]) -> list[Layer]:
    values = [p.detach().numpy() for p in model.parameters()]
    pairs = zip(values[::2], values[1::2], layers, strict=True)
    return [(W.T, b[np.newaxis], name) for W, b, (_, _, name) in pairs]


def pytorch_bare(
    layers: list[Layer],
    X: np.ndarray,
    y: np.ndarray,
    epochs: int,
    batch_size: int,
    dtype: str = "float64",
) -> tuple[float, list[Layer]]:
    """Keep the same history as the reference, in the same way: once per epoch."""
    import torch

    kind = getattr(torch, dtype)
    model = torch_model(layers, kind)
    loss_of = torch.nn.BCEWithLogitsLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=LR)
    Xt, yt = torch.as_tensor(X, dtype=kind), torch.as_tensor(y, dtype=kind)
    history = []
    torch.manual_seed(2)
    start = time.process_time()
    for _ in range(epochs):
        order = torch.randperm(len(Xt))
        Xs, ys, logits = Xt[order], yt[order], []
        for i in range(0, len(Xt), batch_size):
            optimizer.zero_grad()
            Z = model(Xs[i : i + batch_size])
            loss_of(Z, ys[i : i + batch_size]).backward()
            optimizer.step()
            logits.append(Z.detach())
        Z = torch.cat(logits)
        right = (Z > 0) == ys
        history.append((loss_of(Z, ys).item(), right.double().mean().item()))
    return time.process_time() - start, torch_layers(model, layers)


def pytorch_plain(
    layers: list[Layer], X: np.ndarray, y: np.ndarray, epochs: int, batch_size: int
) -> tuple[float, list[Layer]]:
    """Read off loss and accuracy after every batch; slice the batches by hand."""
    import torch

    Xt, yt = torch.as_tensor(X), torch.as_tensor(y.astype(float))

    def batches() -> Iterator[tuple[Any, Any]]:
        order = torch.randperm(len(Xt))
        Xs, ys = Xt[order], yt[order]
        for i in range(0, len(Xt), batch_size):
            yield Xs[i : i + batch_size], ys[i : i + batch_size]

    return pytorch_loop(layers, batches, len(X), epochs)


def pytorch_loader(
    layers: list[Layer], X: np.ndarray, y: np.ndarray, epochs: int, batch_size: int
) -> tuple[float, list[Layer]]:
    """Read off loss and accuracy after every batch; let a DataLoader make the batches."""
    import torch

    data = torch.utils.data.TensorDataset(torch.as_tensor(X), torch.as_tensor(y.astype(float)))
    loader = torch.utils.data.DataLoader(data, batch_size=batch_size, shuffle=True)
    return pytorch_loop(layers, lambda: iter(loader), len(X), epochs)


def pytorch_loop(
    layers: list[Layer], batches: Callable[[], Iterator[tuple[Any, Any]]], m: int, epochs: int
) -> tuple[float, list[Layer]]:
    import torch

    model = torch_model(layers, torch.float64)
    loss_of = torch.nn.BCEWithLogitsLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=LR)
    history = []
    torch.manual_seed(2)
    start = time.process_time()
    for _ in range(epochs):
        total = right = 0.0
        for Xb, yb in batches():
            optimizer.zero_grad()
            Z = model(Xb)
            loss = loss_of(Z, yb)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(Xb)
            right += ((Z > 0) == yb).sum().item()
        history.append((total / m, right / m))
    return time.process_time() - start, torch_layers(model, layers)


def competitors() -> dict[str, Callable[..., tuple[float, list[Layer]]]]:
    found: dict[str, Callable[..., tuple[float, list[Layer]]]] = {"reference": reference}
    if installed("sklearn"):
        found["scikit-learn"] = scikit_learn
    if installed("torch"):
        found |= {
            "PyTorch bare": pytorch_bare,
            "PyTorch plain": pytorch_plain,
            "PyTorch loader": pytorch_loader,
        }
    return found


def against_the_others(epochs: int, rounds: int) -> None:
    runners = competitors()
    for name, package in (("scikit-learn", "sklearn"), ("PyTorch", "torch")):
        if not installed(package):
            print(f"{name} is not installed, so nothing is said of it.")
    print(f"Training, {epochs} epochs, lr {LR}: µs per step, fastest of {rounds} rounds")
    print(f"{'network':8} {'rows':>5} {'batch':>5}  competitor      µs/step  final loss   its time")
    lowest: dict[str, float] = {}
    for sizes in ((4, 3, 1), (4, 8, 1)):
        for m in (700, 1372):
            for batch_size in (16, 32):
                X, y = make_data(m)
                layers = starting_layers(sizes)
                best = dict.fromkeys(runners, float("inf"))
                losses = {}
                for _ in range(rounds):
                    for name, run in runners.items():
                        seconds, trained = run(layers, X, y, epochs, batch_size)
                        best[name] = min(best[name], seconds)
                        losses[name] = Network.from_layers(trained).mean_loss(X, y)
                steps = epochs * -(-m // batch_size)
                for name, seconds in best.items():
                    ratio = seconds / best["reference"]
                    lowest[name] = min(lowest.get(name, ratio), ratio)
                    shape = "-".join(map(str, sizes))
                    print(
                        f"{shape:8} {m:5} {batch_size:5}  {name:14} {1e6 * seconds / steps:8.1f}"
                        f"  {losses[name]:10.4f}  {ratio:7.1f} x"
                    )
    for name, ratio in lowest.items():
        if name != "reference":
            print(f"{name}: in every row at least {ratio:.1f} times as long as the reference")
    print()


def best_of(rounds: int, run: Callable[[], object]) -> float:
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    return min(seconds)


def grids() -> None:
    """Time a loss on a grid: one call on arrays that broadcast, against the double loop."""
    rng = np.random.default_rng(3)
    axis = np.linspace(-3, 3, 61)
    x, t = rng.normal(size=(50, 1)), rng.integers(0, 2, (50, 1))
    X, y, params = asd_batch()
    d1, d2 = random_slice(params, rng), random_slice(params, rng)

    def neuron(w: float, b: float) -> float:
        return bce(t, sigmoid(w * x + b))

    def network(u: float, v: float) -> float:
        return bce(y, forward(X, {k: params[k] + u * d1[k] + v * d2[k] for k in params})[0])

    print("Loss on a 61 × 61 grid: one call against the naive double loop")
    for name, point, surface in (
        ("one neuron, 50 examples", neuron, neuron_surface(x, t)),
        ("4-3-1 network, 2 examples", network, network_surface(params, d1, d2, X, y)),
    ):
        looped = [[point(u, v) for u in axis] for v in axis]
        if not np.allclose(looped, loss_grid(surface, axis, axis), rtol=1e-9):
            raise SystemExit(f"{name}: the two grids differ")
        slow = best_of(1, lambda point=point: [[point(u, v) for u in axis] for v in axis])
        fast = best_of(5, lambda surface=surface: loss_grid(surface, axis, axis))
        print(f"{name:26} {1e3 * slow:8.1f} ms {1e3 * fast:8.2f} ms  {slow / fast:7.0f} x")
    print()


def growth(quick: bool) -> None:
    """Show how the time grows, and, if PyTorch is installed, where it overtakes."""
    print("Growth, 4 features, batch 32, 1000 rows, 1 hidden layer of 8 unless said otherwise")
    print(f"{'µs per step':18} {'reference':>12}", end="")
    print(f"{'PyTorch':>11} {'PyTorch':>10}" if installed("torch") else "")
    print(f"{'':18} {'float64':>12}", end="")
    print(f"{'float64':>11} {'float32':>10}" if installed("torch") else "")
    rows = (1000, 10_000) if quick else (1000, 10_000, 100_000)
    widths = (8, 64, 256) if quick else (8, 32, 64, 128, 256, 512, 1024)
    depths = (1, 4) if quick else (1, 2, 4, 8, 16)
    for m in rows:
        compare(f"rows {m}", (4, 8, 1), m, 32)
    for batch_size in (32, 256):
        ratios = {
            width: compare(
                f"width {width}, batch {batch_size}", (4, width, width, 1), 1000, batch_size
            )
            for width in widths
        }
        if said := overtaken(ratios):
            print(f"-> two hidden layers, batch {batch_size}: PyTorch (float64) is faster {said}")
    for depth in depths:
        compare(f"depth {depth}", (4, *[8] * depth, 1), 1000, 32)


def compare(label: str, sizes: Sequence[int], m: int, batch_size: int) -> float | None:
    """Print one row and return PyTorch's time over ours, both in float64; None if not measured."""
    X, y = make_data(m)
    layers = starting_layers(sizes)
    epochs = max(1, 3000 // m)
    steps = epochs * -(-m // batch_size)
    runs: list[Callable[[], tuple[float, list[Layer]]]] = [
        lambda: reference(layers, X, y, epochs, batch_size)
    ]
    if installed("torch"):
        for dtype in ("float64", "float32"):
            runs.append(lambda dtype=dtype: pytorch_bare(layers, X, y, epochs, batch_size, dtype))
    best = [float("inf")] * len(runs)
    for _ in range(3):
        for i, run in enumerate(runs):
            best[i] = min(best[i], run()[0])
    numbers = [f"{1e6 * seconds / steps:10.1f}" for seconds in best]
    print(f"{label:20} {' '.join(numbers)}")
    return best[1] / best[0] if len(best) > 1 else None


def overtaken(ratios: dict[int, float | None]) -> str:
    """Say from which width on PyTorch takes less time; nothing if it was not measured.

    >>> overtaken({8: 2.0, 16: 0.9, 32: 1.1, 64: 0.8, 128: 0.5})
    'from width 64 on'
    >>> overtaken({8: 2.0, 16: 1.5})
    'at no width tried'
    >>> overtaken({8: None, 16: None})
    ''
    """
    if None in ratios.values():
        return ""
    faster = None
    for width, ratio in reversed(ratios.items()):
        if ratio >= 1:
            break
        faster = width
    return f"from width {faster} on" if faster else "at no width tried"


if __name__ == "__main__":
    main()
