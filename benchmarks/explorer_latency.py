"""Print how fast the explorers answer, beside ``interact`` with inline Matplotlib, in one run.

Run it on an idle machine: ``python benchmarks/explorer_latency.py``. For each explorer:
milliseconds from a key press, and from a move of the mouse that drags a handle, to the end of
drawing with the layout forced; frames a second while it turns or plays (the perceptron learns
slowly on purpose); the size of its output; lines of code.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import lab  # noqa: E402 (the harness of the browser tests)
from tests.explorers import javascript  # noqa: E402

# A perceptron as `interact` moves it: Matplotlib in the kernel, one new PNG image for each move.
INTERACT = """
import matplotlib.pyplot as plt
from ipywidgets import interact
from helpers.figures import decision_line
from helpers.reference.data import gate

@interact(w1=(-3.0, 3.0, 0.25), w2=(-3.0, 3.0, 0.25), b=(-3.0, 3.0, 0.25))
def line(w1=1.0, w2=1.0, b=-0.5):
    fig, ax = plt.subplots(figsize=(4.6, 4.4))
    decision_line(ax, [w1, w2], b, *gate("AND"), "AND")
    plt.show()
"""
# The explorer answers within the event; reading its height makes the browser lay the page out.
_LISTEN = """node => {
    const host = node.getRootNode().host;
    window.took = [];
    for (const kind of ['keydown', 'pointermove', 'input'])
        window.addEventListener(kind, () => { window.began = performance.now(); }, true);
    host.addEventListener('drawn', () => {
        node.getBoundingClientRect();
        document.body.offsetHeight;
        window.took.push(performance.now() - window.began);
    });
}"""
_FRAMES = """node => new Promise(done => {
    const host = node.getRootNode().host, times = [];
    host.addEventListener('drawn', () => times.push(performance.now()));
    setTimeout(() => done(times), 3000);
})"""
_NEW_IMAGE = """output => {
    window.took = [];
    window.addEventListener('keydown', () => { window.began = performance.now(); }, true);
    new MutationObserver(() => {
        const image = output.querySelector('.jp-OutputArea-output img');
        if (!image || image === window.last) return;
        window.last = image;
        image.decode().then(() => { output.offsetHeight;
            window.took.push(performance.now() - window.began); });
    }).observe(output, {childList: true, subtree: true, attributes: true});
}"""


@contextmanager
def pages() -> Iterator[Callable[[str], lab.Notebook]]:
    """Start JupyterLab; yield what opens a notebook of one cell and runs it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "notebooks"
        folder.mkdir()
        with lab.server(folder) as address, lab.browser() as browser:

            def opened(source: str) -> lab.Notebook:
                name = f"{len(list(folder.glob('*.ipynb')))}.ipynb"
                kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
                cells = [nbformat.v4.new_code_cell(source.strip())]
                nbformat.write(
                    nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / name
                )
                notebook = lab.Notebook(browser, address, name, height=1000)
                notebook.run_all()
                return notebook

            yield opened


def press(page: Page, sliders: Sequence[Locator], times: int) -> None:
    """Press arrow keys on the sliders in turn; a slider at its end goes back."""
    for i in range(times):
        slider = sliders[i % len(sliders)]
        slider.focus()
        before = slider.get_attribute("aria-valuetext")
        page.keyboard.press("ArrowRight")
        if slider.get_attribute("aria-valuetext") == before:
            page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(50)


def drag(page: Page, handle: Locator, moves: int) -> None:
    """Drag a handle in a circle, slowly enough for one event at a time."""
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for i in range(moves):
        page.mouse.move(x + (30, 30, -30, -30)[i % 4] + i, y + (-30, 30, 30, -30)[i % 4])
        page.wait_for_timeout(50)
    page.mouse.up()


def taken(page: Page, act: Callable[[], None]) -> list[float]:
    """Return the milliseconds of what was drawn while `act` acted."""
    page.evaluate("() => { window.took = []; }")
    act()
    page.wait_for_timeout(300)
    return page.evaluate("() => window.took")


def spread(times: Sequence[float]) -> str:
    """Write the median and the 95th percentile; a dash where nothing was measured."""
    if len(times) < 2:
        return f"{'-':>15}"
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"{statistics.median(times):6.1f} /{p95:6.1f}"


def measure(opened: Callable[[str], lab.Notebook], name: str, times: int) -> str:
    """Return the row of one explorer."""
    # One explorer takes a network; the tests make it as they do.
    source = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
    source += f"from tests.explorers import javascript\njavascript.made({name!r})"
    notebook = opened(source)
    explorer = notebook.page.locator(".explorer").first
    explorer.scroll_into_view_if_needed()
    explorer.evaluate(_LISTEN)
    page = notebook.page
    sliders = [s for s in explorer.locator("input[type=range]").all() if s.is_visible()]
    handles = [one for one in explorer.locator(".handle").all() if one.is_visible()]
    if sliders or handles:
        press(page, sliders or handles, 3)  # warms the page up
    keys = taken(page, lambda: press(page, sliders or handles, times))
    mouse = taken(page, lambda: drag(page, handles[0], times)) if handles else []
    frames = ""
    player = explorer.locator("button[aria-pressed=false]")
    if player.count():
        player.first.click()
        drawn = explorer.evaluate(_FRAMES)
        gaps = [after - before for before, after in pairwise(drawn)]
        frames = f"{1000 / statistics.median(gaps):.0f}" if gaps else ""
    size = len(javascript.made(name)._repr_html_()) / 1000
    lines = sum(
        len((javascript.FOLDER / f"{name}{kind}").read_text(encoding="utf-8").splitlines())
        for kind in (".py", ".mjs")
    )
    page.close()
    return f"{name:14}{spread(keys)}   {spread(mouse)} {frames:>6} {size:6.0f} {lines:6}"


def interact(opened: Callable[[str], lab.Notebook], times: int) -> list[float]:
    """Return the milliseconds that ``interact`` takes from a key press to its new picture."""
    notebook = opened(INTERACT)
    output = notebook.page.locator(".jp-Cell-outputWrapper").first
    output.locator("img").first.wait_for()
    output.evaluate(_NEW_IMAGE)
    sliders = output.get_by_role("slider").all()

    def presses() -> None:
        for i in range(times):
            sliders[i % len(sliders)].focus()
            before = notebook.page.evaluate("() => window.took.length")
            notebook.page.keyboard.press("ArrowRight")
            notebook.page.wait_for_function(f"() => window.took.length > {before}")

    found = taken(notebook.page, presses)
    notebook.page.close()
    return found


def main() -> None:
    """Measure all explorers, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", help=f"of {', '.join(javascript.NAMES)}; default: all")
    parser.add_argument("--times", type=int, default=25, help="presses and moves, each")
    options = parser.parse_args()
    if unknown := set(options.names) - set(javascript.NAMES):
        parser.error(f"no explorer {', '.join(sorted(unknown))}")
    with pages() as opened:
        print("milliseconds: median / 95 %   key press        mouse   fps     kB  lines")
        for name in options.names or javascript.NAMES:
            print(measure(opened, name, options.times), flush=True)
        print(f"{'interact':14}{spread(interact(opened, options.times))}")


if __name__ == "__main__":
    main()
