"""Make the pictures of the README from the real course: ``python docs/pictures.py``.

A real JupyterLab in a real browser is driven as a student drives it. Every frame is taken when
the page shows what it should, so a slow machine makes the same pictures. It takes about a
minute, and needs Chromium.
"""

import argparse
import io
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import lab  # noqa: E402 (the harness of the browser tests)

WIDTH, HEIGHT, SCALE = 860, 580, 1.5  # of the moving picture, and pixels for each of these
CAPTION = 40  # how high the line below it is

_CAPTION = """text => {
    const line = document.getElementById('caption') ?? document.body.appendChild(
        Object.assign(document.createElement('div'), {id: 'caption'}));
    line.textContent = text;
    line.style.cssText = `position: fixed; z-index: 9999; left: LEFTpx; top: TOPpx;
        width: WIDTHpx; height: CAPTIONpx; line-height: CAPTIONpx; text-align: center;
        font: 600 17px/CAPTIONpx sans-serif; color: white; background: #1f3a5f`;
}"""
# A caret blinks with the clock, a button under the mouse looks pressed.
_STILL = """
.jp-Notebook .cm-cursorLayer, .jp-Toolbar, .jp-cell-toolbar { visibility: hidden !important; }
* { transition: none !important; animation: none !important; }
"""

# What an explorer has drawn: it stands in a shadow root.
_DRAWN = """node => [...node.querySelectorAll("*")].filter(one => one.shadowRoot)
    .flatMap(one => [...one.shadowRoot.querySelectorAll("svg, canvas")])
    .map(one => one.outerHTML).join()"""

Open = Callable[..., lab.Notebook]


@dataclass
class Film:
    """Frames of one part of a page, each with its milliseconds."""

    page: Page
    left: float
    top: float
    frames: list[Image.Image] = field(default_factory=list)
    lasting: list[int] = field(default_factory=list)

    def caption(self, text: str) -> None:
        """Say below the picture what happens."""
        script = _CAPTION
        places = {"LEFT": self.left, "TOP": self.top + HEIGHT - CAPTION, "WIDTH": WIDTH}
        for word, value in {**places, "CAPTION": CAPTION}.items():
            script = script.replace(word, str(value))
        self.page.evaluate(script, text)

    def shoot(self, milliseconds: int, clip: dict[str, float] | None = None) -> None:
        """Take one frame."""
        clip = clip or {"x": self.left, "y": self.top, "width": WIDTH, "height": HEIGHT}
        picture = Image.open(io.BytesIO(self.page.screenshot(clip=clip, animations="disabled")))
        self.frames.append(picture.convert("RGB"))
        self.lasting.append(milliseconds)

    def save(self, path: Path) -> None:
        """Write the frames as one moving picture."""
        first, *others = self.frames
        first.save(
            path,
            save_all=True,
            append_images=others,
            duration=self.lasting,
            loop=0,
            quality=82,
            method=6,
            minimize_size=True,
        )


@contextmanager
def studio() -> Iterator[Open]:
    """Start JupyterLab on a fresh copy of the course; yield what opens a module's notebook."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "notebooks"
        shutil.copytree(ROOT / "notebooks", folder)
        with lab.server(folder) as address, lab.browser() as browser:

            def opened(module: str, width: int = WIDTH + 100, height: int = 900) -> lab.Notebook:
                path = f"{module}/{module}.ipynb"
                notebook = lab.Notebook(
                    browser, address, path, height=height, width=width, scale=SCALE
                )
                notebook.page.keyboard.press("Control+b")  # no file browser
                notebook.page.add_style_tag(content=_STILL)
                return notebook

            yield opened


def run(notebook: lab.Notebook, text: str) -> Locator:
    """Run one cell; return its output."""
    cell = notebook.cell(text)
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    notebook.page.keyboard.press("Control+Enter")
    notebook.wait_until_run(cell)
    return notebook.output(text)


def show(notebook: lab.Notebook, cell: Locator, above: int = 12) -> tuple[float, float]:
    """Scroll a cell to the top of the notebook; return where its left upper corner is."""
    panel = notebook.page.locator(".jp-WindowedPanel-outer").first
    cell.scroll_into_view_if_needed()
    distance = cell.bounding_box()["y"] - panel.bounding_box()["y"] - above
    panel.evaluate("(panel, distance) => panel.scrollBy(0, distance)", distance)
    box = cell.bounding_box()
    return box["x"], box["y"] - above


def moving(opened: Open, path: Path) -> None:
    """Film module 01: a slider moves, a rule learns, a check names a mistake."""
    notebook = opened("01-neurons")
    run(notebook, "from helpers import")
    explorer = run(notebook, "explorers.perceptron(")
    film = Film(notebook.page, *show(notebook, notebook.cell("explorers.perceptron(")))
    _explore(film, explorer)
    film.left, film.top = show(notebook, notebook.cells.filter(has_text="Exercise 1.1:").first)
    _answer(film, notebook, notebook.cell("def weighted_sum("))
    film.save(path)


def _explore(film: Film, explorer: Locator) -> None:
    """Move a weight by hand, then let the learning rule find its way."""
    keyboard = film.page.keyboard
    film.caption("Predict. Then move a weight, and see what the line does.")
    slider = explorer.get_by_role("slider").first
    slider.focus()
    film.shoot(1800)
    for _ in range(5):
        _after(film, explorer, lambda: keyboard.press("ArrowRight"), 220)
    film.lasting[-1] = 1200
    film.caption("Or let Rosenblatt's rule learn, one update at a time.")
    film.shoot(900)
    update = explorer.get_by_role("button", name="One update")
    while explorer.locator("td", has_text="wrong").count():
        _after(film, explorer, update.click, 600)
        if len(film.frames) > 30:
            raise RuntimeError("The rule finds no line: what does the explorer show?")
    film.lasting[-1] = 2200


def _after(film: Film, explorer: Locator, act: Callable[[], object], milliseconds: int) -> None:
    """Do something, and take a frame when the explorer has drawn what follows."""
    before = explorer.evaluate(_DRAWN)
    act()
    film.page.wait_for_function(
        f"([node, old]) => ({_DRAWN})(node) !== old", arg=[explorer.element_handle(), before]
    )
    film.shoot(milliseconds)


def _answer(film: Film, notebook: lab.Notebook, answer: Locator) -> None:
    """Write an answer with a mistake, read the check, mend the answer."""
    page, check = notebook.page, "check.weighted_sum("
    film.caption("Then write it yourself, in NumPy.")
    film.shoot(1500)
    answer.locator(".cm-line").filter(has_text="raise NotImplementedError").click()
    page.keyboard.press("Home")
    page.keyboard.press("Control+Shift+End")  # the title of the exercise may stand on a line below
    for piece in ("return ", "x ", "@ ", "w"):
        page.keyboard.insert_text(piece)
        film.shoot(260)
    film.lasting[-1] = 900
    _check(film, notebook, check, "Wrong", "A check names your mistake.", 4200)
    answer.locator(".cm-line").filter(has_text="return x @ w").click()
    page.keyboard.press("End")
    for piece in (" +", " b"):
        page.keyboard.insert_text(piece)
        film.shoot(350)
    film.lasting[-1] = 900
    _check(film, notebook, check, "Right", "Mend it, and go on.", 3000)


def _check(
    film: Film, notebook: lab.Notebook, check: str, state: str, caption: str, milliseconds: int
) -> None:
    """Run the answer that is being written, and its check."""
    notebook.page.keyboard.press("Shift+Enter")
    notebook.page.keyboard.press("Control+Enter")
    expect(notebook.output(check)).to_contain_text(state)
    film.caption(caption)
    film.shoot(milliseconds)


def stepper(opened: Open, path: Path) -> None:
    """Take a picture of module 05's stepper, where an error goes back through a hidden layer."""
    notebook = opened("05-backpropagation", 1100, 1300)
    run(notebook, "from helpers import")
    explorer = run(notebook, "explorers.stepper(")
    film = Film(notebook.page, *show(notebook, notebook.cell("explorers.stepper(")))
    for _ in range(11):
        _after(film, explorer, explorer.get_by_role("button", name="Next").click, 0)
    film.shoot(0, explorer.bounding_box())
    film.frames[-1].save(path, lossless=True, method=6)


PICTURES = {"course.webp": moving, "stepper.webp": stepper}


def main() -> None:
    """Make all pictures, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", help=f"of {', '.join(PICTURES)}; default: all")
    parser.add_argument("--folder", type=Path, default=ROOT / "docs" / "pictures")
    options = parser.parse_args()
    if unknown := set(options.names) - set(PICTURES):
        parser.error(f"no picture {', '.join(sorted(unknown))}; there are {', '.join(PICTURES)}")
    options.folder.mkdir(parents=True, exist_ok=True)
    with studio() as opened:
        for name in options.names or PICTURES:
            path = options.folder / name
            PICTURES[name](opened, path)
            print(f"{path}: {path.stat().st_size / 1000:.0f} kB", flush=True)


if __name__ == "__main__":
    main()
