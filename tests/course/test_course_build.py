"""From a text source to two notebooks, and what is said where that fails."""

import base64
import io
import json
import re
import shutil
import signal

import nbformat
import pytest
from PIL import Image

from helpers.course import build
from helpers.course.build import CourseError
from helpers.course.equal_pictures import keep_pictures
from helpers.course.nbgrader import exercise_name
from helpers.course.nbgrader.submission import cell_order

from .small_course import MODULES

pytestmark = pytest.mark.tier("test")


def files(folder):
    """Return the bytes of every file below a folder."""
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def edit_json(path, edit):
    """Edit a notebook by hand."""
    content = json.loads(path.read_text(encoding="utf-8"))
    edit(content)
    path.write_text(json.dumps(content), encoding="utf-8")


# What is made -------------------------------------------------------------------------------------


@pytest.mark.tier("full")
@pytest.mark.parametrize("module", MODULES)
def test_building_a_module_twice_makes_what_is_committed_and_the_same_bytes(copied, module):
    """Its pictures too, of which nbval compares the alt texts alone."""
    build.build(copied, [module])
    assert list(build.stale(copied, [module])) == []
    first = (copied / "solutions" / module / f"{module}.ipynb").read_bytes()
    build.build(copied, [module])
    assert (copied / "solutions" / module / f"{module}.ipynb").read_bytes() == first


@pytest.mark.tier("check")
def test_the_options_become_metadata(small):
    answer, check = small.notebook().cells[3:5]
    assert answer.metadata.nbgrader.grade_id == answer.id == "weighted-sum"
    assert answer.metadata.nbgrader.solution
    assert not answer.metadata.nbgrader.grade
    assert check.metadata.nbgrader.grade_id == check.id == "weighted-sum-check"
    assert check.metadata.nbgrader.points == 1
    assert check.metadata.nbgrader.locked


@pytest.mark.tier("check")
def test_an_exercise_may_itself_be_called_a_check():
    ids = ["gradient-check-check", "gradient-check"]
    assert [exercise_name(grade_id) for grade_id in ids] == ["gradient_check"] * 2
    assert sorted(ids, key=cell_order) == ids[::-1]


@pytest.mark.tier("check")
def test_inserting_a_cell_changes_no_other_id(small):
    before = [cell.id for cell in small.notebook().cells]
    small.edit(
        "# A small module", "# A small module\n\n```{code-cell} ipython3\n1 + 1\n```\n\nMore."
    )
    after = [cell.id for cell in small.notebook().cells]
    assert len(after) == len(before) + 2
    assert [name for name in after if name in before] == before


@pytest.mark.tier("check")
def test_cells_with_the_same_text_have_different_ids(small):
    small.edit("The end.", "The end.\n\n+++\n\nThe end.")
    ids = [cell.id for cell in small.notebook().cells]
    assert len(set(ids)) == len(ids)


def test_files_of_a_module_go_to_the_students(small, unexecuted):
    (small.source.parent / "points.csv").write_text("1,2\n", encoding="utf-8")
    build.build(small.root, [])
    assert (small.release.parent / "points.csv").read_text(encoding="utf-8") == "1,2\n"
    assert not small.release.with_suffix(".md").exists()


def test_only_the_modules_that_are_named_are_built(built, unexecuted):
    other = built.root / "solutions" / "02-other" / "02-other.md"
    other.parent.mkdir()
    shutil.copy(built.source, other)
    build.build(built.root, ["01"])
    assert not other.with_suffix(".ipynb").exists()
    assert list(build.stale(built.root, ["01"])) == []


# What is out of date ------------------------------------------------------------------------------


@pytest.mark.tier("check")
def test_to_see_what_is_out_of_date_no_cell_is_run(built, monkeypatch):
    monkeypatch.setattr(build, "execute", None)
    assert built.stale() == []


@pytest.mark.tier("check")
def test_the_source_was_edited(built):
    built.edit("The end.", "The very end.")
    assert built.stale() == [
        "solutions/01-small/01-small.ipynb is not what its source makes, from cell 6 on. "
        "Run: course build",
        "notebooks/01-small/01-small.ipynb is not what its source makes, from cell 6 on. "
        "Run: course build",
    ]


@pytest.mark.parametrize("name", ["solutions", "release"])
def test_a_cell_of_a_notebook_was_edited(built, name):
    edit_json(getattr(built, name), lambda nb: nb["cells"][1].update(source=["1 + 1"]))
    (problem,) = built.stale()
    assert problem.endswith("is not what its source makes, from cell 2 on. Run: course build")


@pytest.mark.parametrize("name", ["solutions", "release"])
def test_the_metadata_of_a_cell_were_edited(built, name):
    edit_json(
        getattr(built, name), lambda nb: nb["cells"][3]["metadata"]["nbgrader"].update(points=5)
    )
    (problem,) = built.stale()
    assert "from cell 4 on" in problem


@pytest.mark.parametrize("name", ["solutions", "release"])
def test_the_metadata_of_a_notebook_were_edited(built, name):
    edit_json(getattr(built, name), lambda nb: nb["metadata"].update(title="Mine"))
    (problem,) = built.stale()
    assert "in its metadata or its last cells" in problem


@pytest.mark.parametrize("name", ["solutions", "release"])
def test_a_last_cell_was_deleted(built, name):
    edit_json(getattr(built, name), lambda nb: nb["cells"].pop())
    (problem,) = built.stale()
    assert "in its metadata or its last cells" in problem


@pytest.mark.parametrize("name", ["solutions", "release"])
def test_a_notebook_was_deleted(built, name):
    path = getattr(built, name)
    path.unlink()
    assert built.stale() == [f"{path.relative_to(built.root)} is missing. Run: course build"]


@pytest.mark.parametrize("name", ["solutions", "release"])
@pytest.mark.parametrize("content", [b"", b"<<<<<<< HEAD", b"[]", b"{}", b"\xff\xfe"])
def test_a_notebook_is_broken(built, name, content):
    path = getattr(built, name)
    path.write_bytes(content)
    assert built.stale() == [f"{path.relative_to(built.root)} is not a notebook. Run: course build"]


@pytest.mark.parametrize(
    "name",
    [
        "notebooks/01-small/extra.ipynb",
        "notebooks/02-gone/02-gone.ipynb",
        "notebooks/02-gone/01-small.ipynb",
        "solutions/01-small/extra.ipynb",
    ],
)
def test_a_notebook_has_no_source(built, name):
    (built.root / name).parent.mkdir(exist_ok=True)
    shutil.copy(built.release, built.root / name)
    assert built.stale() == [f"{name} has no source. Delete it, or write one."]


def test_outputs_and_checkpoints_are_not_compared(built):
    edit_json(built.solutions, lambda nb: nb["cells"][3].update(outputs=[], execution_count=9))
    for path in (built.solutions, built.release):
        checkpoint = path.parent / ".ipynb_checkpoints" / path.name
        checkpoint.parent.mkdir()
        shutil.copy(path, checkpoint)
    assert built.stale() == []


# What cannot be built -----------------------------------------------------------------------------

ANSWER = ":answer: weighted_sum"
CHECK = ":check: weighted_sum\n:points: 1"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (CHECK, ":check: weighted_sum", "cell 4: the check of weighted_sum needs :points:"),
        (CHECK, ":points: 1", "cell 4: it has :points: but no :check:"),
        (CHECK, ":check: weighted_sum\n:points: -1", "should be 0 or a number above, not -1."),
        (CHECK, ":check: weighted_sum\n:points: one", "should be 0 or a number above, not 'one'."),
        (CHECK, ":check: step\n:points: 1", "cell 4: it checks step, but no cell above answers"),
        (CHECK, ANSWER, "cell 4: the answer weighted_sum needs one line ### BEGIN SOLUTION"),
        (ANSWER, ":answer: weighted", "cell 3: there is no exercise called 'weighted'. Did you"),
        (ANSWER, ":answer: zzz", "cell 3: there is no exercise called 'zzz'. Write it in"),
        (ANSWER, ":answer: 5", "cell 3: there is no exercise called 5."),
        (CHECK, ":check: zzz\n:points: 1", "cell 4: there is no exercise called 'zzz'."),
        ("    ### END SOLUTION\n", "", "cell 3: the answer weighted_sum needs one line"),
    ],
)
def test_a_wrong_option_is_named_with_its_cell(built, old, new, sentence):
    before = files(built.root)
    built.edit(old, new)
    for run in (lambda: build.build(built.root, []), built.stale):
        with pytest.raises(CourseError) as caught:
            run()
        assert str(caught.value).startswith("01-small.md, cell ")
        assert sentence in str(caught.value)
    assert {p: b for p, b in files(built.root).items() if p.suffix == ".ipynb"} == {
        p: b for p, b in before.items() if p.suffix == ".ipynb"
    }


def test_a_check_without_points_is_practice(small, unexecuted):
    small.edit(":points: 1", ":points: 0")
    build.build(small.root, [])
    for path, tags in ((small.solutions, []), (small.release, ["raises-exception"])):
        check = nbformat.read(path, as_version=4).cells[4]
        assert check.source == "check.weighted_sum(weighted_sum)"
        assert check.metadata.get("tags", []) == tags
        assert check.metadata.nbgrader.locked
        assert not check.metadata.nbgrader.grade
        assert "points" not in check.metadata.nbgrader


@pytest.mark.tier("check")
def test_an_answer_stands_twice(small):
    cell = small.source.read_text(encoding="utf-8").split("```")[3]
    small.edit("The end.", f"```{cell}```")
    with pytest.raises(CourseError, match="cell 5: there is a cell 'weighted-sum' above"):
        small.notebook()


PRESSED = "import os, signal\nos.kill(os.getppid(), signal.SIGINT)"


@pytest.fixture
def listening():
    """Hear Ctrl-C: a shell makes what it starts in the background deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_while_a_cell_runs_ends_the_build(small, listening):
    small.edit("The end.", f"```{{code-cell}} ipython3\n{PRESSED}\nsignal.pause()\n```")
    with pytest.raises(KeyboardInterrupt):
        build.build(small.root, [])
    assert not small.solutions.exists()


def test_ctrl_c_while_a_kernel_starts_ends_the_build(small, tmp_path, monkeypatch, listening):
    """nbclient would let a CancelledError out."""
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "pressed.py").write_text(PRESSED)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    with pytest.raises(KeyboardInterrupt):
        build.build(small.root, [])


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("# divide\n1 / 0", "01-small.md, cell 6 failed (# divide). ZeroDivisionError: division"),
        ("import os\nos._exit(1)", "01-small.md, cell 6 failed (import os). Kernel died"),
        (
            "import sys\nprint('careful', file=sys.stderr)",
            "01-small.md, cell 6 wrote to stderr, which costs marks: careful",
        ),
    ],
)
def test_a_cell_that_fails_is_named_and_nothing_is_written(built, code, sentence):
    notebooks = (built.solutions.read_bytes(), built.release.read_bytes())
    built.edit("The end.", f"```{{code-cell}} ipython3\n{code}\n```")
    with pytest.raises(CourseError) as caught:
        build.build(built.root, [])
    assert str(caught.value).startswith(sentence)
    assert (built.solutions.read_bytes(), built.release.read_bytes()) == notebooks


def test_a_check_that_fails_is_named(small):
    small.edit("x @ w + b", "x @ w")
    with pytest.raises(CourseError, match=r"cell 5 failed \(check.weighted_sum\(weighted_sum\)\)"):
        build.build(small.root, [])
    assert not small.solutions.exists()


def test_a_cell_that_takes_too_long_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "CELL_SECONDS", 1)
    cells = [nbformat.v4.new_code_cell("while True: pass")]
    with pytest.raises(
        CourseError, match=r"^cell 1 failed \(while True: pass\)\. KeyboardInterrupt"
    ):
        build.execute(nbformat.v4.new_notebook(cells=cells), tmp_path)


def test_nbgrader_fails(small, unexecuted):
    small.edit("from helpers import check", "from helpers import check  # BEGIN HIDDEN TESTS")
    with pytest.raises(CourseError, match="01-small: nbgrader made no student notebook"):
        build.build(small.root, [])
    assert not small.solutions.exists()


@pytest.mark.tier("check")
def test_a_source_is_not_called_like_its_folder(small):
    small.source.rename(small.source.with_name("01-tiny.md"))
    with pytest.raises(CourseError, match="like its folder"):
        build.build(small.root, [])


def test_widgets_leave_no_state_behind(small):
    small.edit(
        "The end.",
        "```{code-cell} ipython3\nimport ipywidgets\nipywidgets.IntSlider(description='w')\n```",
    )
    build.build(small.root, [])
    notebook = nbformat.read(small.solutions, as_version=4)
    assert "widgets" not in notebook.metadata
    assert "widget-view" not in small.solutions.read_text(encoding="utf-8")


# Pictures -----------------------------------------------------------------------------------------

DRAWN = """```{code-cell} ipython3
from helpers import figures

fig, ax = figures.canvas(size=(2, 1))
ax.plot([1, 2])
figures.show(fig, "A line that rises.")
```"""
PICTURE = re.compile(r"data:image/webp;base64,([\w+/]+=*)")


def repack(path):
    """Pack a notebook's picture as another version of the image library might."""
    text = path.read_text(encoding="utf-8")
    data = PICTURE.search(text)[1]
    buffer = io.BytesIO()
    image = Image.open(io.BytesIO(base64.b64decode(data)))
    image.save(buffer, "WEBP", lossless=True, quality=0, method=0)
    other = base64.b64encode(buffer.getvalue()).decode()
    assert other != data
    path.write_text(text.replace(data, other), encoding="utf-8")


def test_a_picture_that_looks_the_same_is_left_as_it_is(small):
    small.edit("The end.", DRAWN)
    build.build(small.root, [])
    repack(small.solutions)
    before = files(small.root)
    build.build(small.root, [])
    assert files(small.root) == before


def showing(*colors):
    """Return a notebook that shows small pictures of one color each."""
    cells = []
    for color in colors:
        buffer = io.BytesIO()
        Image.new("RGB", (3, 2), color).save(buffer, "PNG")
        data = base64.b64encode(buffer.getvalue()).decode()
        html = f'<img src="data:image/png;base64,{data}">'
        shown = nbformat.v4.new_output("display_data", {"text/html": html, "text/plain": "one"})
        cells.append(nbformat.v4.new_code_cell(outputs=[shown]))
    return nbformat.v4.new_notebook(cells=cells)


@pytest.mark.tier("check")
def test_a_picture_that_looks_different_is_new():
    fresh, old = showing("red", "blue"), showing("green", "red")
    expected = [cell.outputs for cell in showing("red", "blue").cells]
    keep_pictures(fresh, old)
    assert [cell.outputs for cell in fresh.cells] == expected


@pytest.mark.parametrize("content", [b"", b"<<<<<<< HEAD", b"[]", b"{}", b"\xff\xfe"])
def test_a_broken_notebook_has_no_pictures_to_keep(built, unexecuted, content):
    before = built.solutions.read_bytes()
    built.solutions.write_bytes(content)
    build.build(built.root, [])
    assert built.solutions.read_bytes() == before
