"""Nothing that a student writes does anything to whoever looks at it."""

import re
import time
import warnings

import nbformat
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.exporters import HTMLExporter

from helpers.course.nbgrader import PICTURES
from helpers.course.nbgrader.harmless import clean_html, clean_markdown, harmless, is_harmless
from helpers.course.nbgrader.page import CleanPage
from helpers.course.nbgrader.submission import read_submission

from .course_directory import MODULES, REPOSITORY, read
from .payloads import FLAG, LEAK, PAYLOADS, notebook
from .test_feedback import PIXEL

pytestmark = pytest.mark.tier("check")
EACH = pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.name)
# Stock nbconvert, without a wall of its own, and the pages of the course.
_STOCK, _OURS = (make(template_name="classic") for make in (HTMLExporter, CleanPage))


_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*$")


def drawn(nb, exporter=_STOCK):
    """Return what an exporter makes of the cells, whether or not the notebook is a valid one."""
    with warnings.catch_warnings(action="ignore"):
        page = exporter.from_notebook_node(nb)[0]
    return page[page.index("<body") :]


def harms(page):
    """Yield what could run, load, cover or leave."""
    for part in BeautifulSoup(page, "html.parser").find_all(True):
        if part.name in {"script", "style", "iframe", "object", "embed", "svg", "base", "meta",
                         "form", "input", "video", "link", "noscript", "title"}:  # fmt: skip
            yield part.name
        for name, found in part.attrs.items():
            value = re.sub(r"[\x00-\x20]", "", str(found))
            if name.startswith("on") or name in ("srcset", "srcdoc", "poster"):
                yield name
            if name == "href" and re.match("javascript|data|vbscript", value, re.I):
                yield value
            if name == "src" and not _PICTURE.match(value):
                yield value
            if name == "style" and re.search("position|animation|url", value):
                yield value


@EACH
def test_the_gallery_bites_where_nothing_is_cleaned(payload):
    if payload.shows:
        assert list(harms(drawn(notebook(payload))))


@EACH
def test_it_is_harmless_on_any_page(payload):
    clean = harmless(notebook(payload))
    assert list(harms(drawn(clean))) == []
    assert not re.search(r"\\(href|style|class|cssId|unicode|let)\b", str(clean.cells[0]))


@EACH
def test_it_is_harmless_on_the_pages_of_the_course(payload):
    assert list(harms(drawn(harmless(notebook(payload)), _OURS))) == []


@EACH
def test_markdown_that_was_not_cleaned_is_harmless_on_the_pages_of_the_course(payload):
    if payload.cell.cell_type == "markdown" and "nbgrader" not in payload.cell.metadata:
        alone = nbformat.v4.new_markdown_cell(payload.cell.source)
        assert list(harms(drawn(nbformat.v4.new_notebook(cells=[alone]), _OURS))) == []


@EACH
def test_once_is_enough_and_a_clean_notebook_is_known_by_itself(payload):
    clean = harmless(notebook(payload))
    assert is_harmless(clean)
    assert not is_harmless(notebook(payload))
    assert nbformat.reads(nbformat.writes(clean), as_version=4) == clean


def test_the_gallery_is_large_and_its_names_are_its_own():
    assert len({payload.name for payload in PAYLOADS}) == len(PAYLOADS) >= 25
    assert FLAG in str(PAYLOADS)
    assert LEAK in str(PAYLOADS)


_PIECES = st.sampled_from(
    ["<", ">", "img ", "src=x ", "onerror=a ", "<b>", "</", "!", "[", "](", "]: ", "java",
     "script:", "data:", "&#58;", "&colon;", "http://a", ".png", "attachment:a", ")", "\n", "`",
     "$", "\\", "\\href", "a", " ", "\t", "\r", "\x00", '"', "'", "<p>", "<!--", "%0a"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_cleaning_twice_changes_nothing_more(text):
    once = clean_markdown(text)
    assert clean_markdown(once) == once
    page = clean_html(text)
    assert clean_html(page) == page


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_whatever_is_put_together_is_harmless(text):
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])
    page = drawn(harmless(nb))
    assert [harm for harm in harms(page) if not harm.endswith(".png")] == []


@pytest.mark.parametrize("module", MODULES)
def test_the_course_s_own_text_and_marks_stay_as_they_are(module):
    before = read(REPOSITORY / "notebooks" / module / f"{module}.ipynb")
    after = harmless(before)
    assert [cell.source for cell in after.cells] == [cell.source for cell in before.cells]
    assert [cell.id for cell in after.cells] == [cell.id for cell in before.cells]
    for old, new in zip(before.cells, after.cells, strict=True):
        assert new.metadata.get("nbgrader") == old.metadata.get("nbgrader")


@pytest.mark.parametrize(
    "text",
    [
        "1 < 2, `x < y`, $a < b$, **bold**, a\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "[module 02](../02-activations/02-activations.ipynb#2.-Two) [more](https://example.org/a_(b))",
        "<https://example.org> H<sub>2</sub>O <br> <details><summary>More</summary>text</details>",
        r"$$\frac{\partial L}{\partial w} = \sum_i x_i \text{ for all } i$$",
        f"![a](data:image/png;base64,{PIXEL}) ![b](attachment:image.png) ![c](pictures/c.webp)",
        "```python\nif a < b: c[0] = 1\n```",
    ],
)
def test_what_is_harmless_stays_word_for_word(text):
    assert clean_markdown(text, ["image.png"]) == text


def test_pictures_stay_in_outputs_and_attachments():
    nb = nbformat.v4.new_notebook()
    shown = nbformat.v4.new_output("display_data", data={"image/png": PIXEL, "text/plain": "a"})
    nb.cells = [
        nbformat.v4.new_code_cell("1", outputs=[shown], execution_count=1),
        nbformat.v4.new_markdown_cell(
            "![a](attachment:a.png)", attachments={"a.png": {"image/png": PIXEL}}
        ),
    ]
    clean = harmless(nb)
    assert clean.cells[0].outputs == [shown]
    assert clean.cells[1].attachments == nb.cells[1].attachments
    page = drawn(clean, _OURS)
    assert page.count(f"data:image/png;base64,{PIXEL}") == 2


@pytest.mark.parametrize("kind", PICTURES)
def test_a_pasted_picture_is_read_and_stays(kind):
    pasted = {"a": {kind: PIXEL, "image/svg+xml": PIXEL}}
    cell = nbformat.v4.new_markdown_cell("![a](attachment:a)", attachments=pasted)
    handed_in = nbformat.writes(nbformat.v4.new_notebook(cells=[cell])).encode()
    (clean,) = harmless(read_submission(handed_in)).cells
    assert clean.attachments == {"a": {kind: PIXEL}}


def test_an_output_that_is_not_shown_is_named():
    nb = notebook(next(payload for payload in PAYLOADS if payload.name == "output-svg"))
    (output,) = harmless(nb).cells[0].outputs
    assert output.data == {"text/plain": "(An output of the kind image/svg+xml is not shown.)"}


def test_formulas_are_drawn_without_a_script():
    nb = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell(r"$x^2$ and $$\begin{aligned}a&=1\\b&=2\end{aligned}$$")
        ]
    )
    page = drawn(nb, _OURS)
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in page
    assert page.count("<math") == 2
    assert "aligned" not in page


def test_code_is_seen_in_the_order_in_which_it_runs():
    code = nbformat.v4.new_code_cell("x = 1  # \u202e\u2066 begin\u2069\x1b[2J\0 \u05d0\u200e é")
    (clean,) = harmless(nbformat.v4.new_notebook(cells=[code])).cells
    assert clean.source == "x = 1  # \\u202e\\u2066 begin\\u2069�[2J� \u05d0\u200e é"


def test_nothing_keeps_a_name():
    """A page finds its own parts by theirs: Formgrader the field for a mark by a check's."""
    assert clean_html('<h2 id="step-check">A</h2><p id="marks">B</p>') == "<h2>A</h2><p>B</p>"
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# step-check")])
    assert 'id="step-check"' not in drawn(nb, _OURS)


QUADRATIC = {  # what takes pages a time that grows with the square of its length
    "markdown": (nbformat.v4.new_markdown_cell, r"\begin{a}"),
    "code": (nbformat.v4.new_code_cell, r'"\N{'),
}


@pytest.mark.parametrize("kind", QUADRATIC)
def test_a_long_cell_keeps_no_page_waiting(kind):
    make, part = QUADRATIC[kind]

    start = time.process_time()
    drawn(nbformat.v4.new_notebook(cells=[make(part * 80_000)]), _OURS)
    assert time.process_time() - start < 10  # half a minute and more, were it drawn


@pytest.mark.parametrize(("length", "drawn_as"), [(4_000, 1), (6_000, 0)])
def test_a_cell_that_is_longer_than_the_course_s_own_is_left_plain(length, drawn_as):
    cell = nbformat.v4.new_markdown_cell("**bold** ".ljust(length, "a"))
    page = BeautifulSoup(drawn(nbformat.v4.new_notebook(cells=[cell]), _OURS), "html.parser")
    assert len(page.find_all("strong")) == drawn_as
    assert "bold" in page.get_text()


def test_many_long_cells_are_drawn_up_to_a_limit():
    cells = [nbformat.v4.new_markdown_cell(f"**bold** {'a ' * 2_000}") for _ in range(60)]
    page = BeautifulSoup(drawn(nbformat.v4.new_notebook(cells=cells), _OURS), "html.parser")
    assert 40 < len(page.find_all("strong")) < 60
    assert page.get_text().count("bold") == 60


def test_an_entity_without_end_is_text():
    clean = clean_markdown(f"[a](&#{'1' * 5_000};)")
    assert clean.startswith("[a](& #1")
    assert clean_markdown(clean) == clean


@pytest.mark.parametrize("source", ["!" * 200_000, f"[a](x:{'a' * 200_000})"], ids=["!", ":"])
def test_what_cleans_takes_a_time_in_proportion(source):
    start = time.process_time()
    clean_markdown(source)
    assert time.process_time() - start < 5
