"""Print how long an explorer takes from key press to new picture, in a real JupyterLab.

Run it on an idle machine: ``python benchmarks/explorer_latency.py``.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import lab  # noqa: E402 (the harness of the browser tests)

EXPLORERS = [
    ("00-start-here", "shapes"),
    ("01-neurons", "perceptron"),
    ("02-activations", "activations"),
    ("02-activations", "temperature"),
    ("02-activations", "depth"),
    ("03-forward-pass", "forward"),
    ("04-loss", "loss"),
    ("05-backpropagation", "stepper"),
    ("06-training", "training"),
    ("07-learning-rate", "learning_rate"),
    ("08-loss-surface", "surface"),
]


def latencies(module: str, explorer: str, presses: int) -> list[float]:
    """Return the milliseconds of each of `presses` presses of an arrow key."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "notebooks"
        shutil.copytree(ROOT / "notebooks" / module, folder)
        with lab.server(folder) as address, lab.browser() as browser:
            notebook = lab.Notebook(browser, address, f"{module}.ipynb")
            notebook.run_all()
            output = notebook.output(f"explorers.{explorer}(")
            output.scroll_into_view_if_needed()
            picture = output.locator("img").first
            measured = []
            sliders = output.get_by_role("slider")
            for i in range(presses + 1):
                slider = sliders.nth(i % sliders.count())
                slider.focus()  # in turn, so that every press changes the picture
                key = "ArrowRight" if lab.has_room(slider) else "ArrowLeft"
                measured.append(lab.milliseconds_to_picture(notebook.page, picture, key))
                notebook.page.wait_for_timeout(50)
            return measured[1:]  # the first press also warms the page up


def main() -> None:
    """Measure every explorer of the course."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--presses", type=int, default=25)
    presses = parser.parse_args().presses
    for module, explorer in EXPLORERS:
        measured = latencies(module, explorer, presses)
        median = statistics.median(measured)
        p95 = statistics.quantiles(measured, n=20)[-1]
        print(f"{module} {explorer}: {presses} presses, median {median:.0f} ms, p95 {p95:.0f} ms")


if __name__ == "__main__":
    main()
