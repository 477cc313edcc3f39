"""The pictures of the README: small, moving where they should, and made from the real course."""

import re
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image, ImageSequence

from ..course.small_course import REPOSITORY

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
SHOWN = dict(re.findall(r"!\[([^\]]+)\]\((docs/[^)]+)\)", README))
FOLDER = REPOSITORY / "docs" / "pictures"
SAME = 4  # of 255: another font is below, another drawing above


def frames(path):
    """Return the frames of a picture, small and gray, so that fonts matter little."""
    with Image.open(path) as image:
        return [
            np.asarray(frame.convert("L").resize((64, 43), Image.Resampling.BOX), dtype=float)
            for frame in ImageSequence.Iterator(image)
        ]


def look_at(folder):
    """Fail unless the pictures are as a reader on GitHub needs them."""
    paths = sorted(folder.iterdir())
    assert [path.name for path in paths] == ["course.webp", "stepper.webp"]
    for path in paths:
        assert path.stat().st_size < 1_000_000, path.name
        with Image.open(path) as image:
            assert image.width >= 1000  # sharp on a dense screen
            assert max(image.convert("L").getextrema()) - min(image.convert("L").getextrema()) > 200
    with Image.open(folder / "course.webp") as film:
        frames = [frame.convert("RGB").tobytes() for frame in ImageSequence.Iterator(film)]
        assert film.info["loop"] == 0  # for ever
    assert len(set(frames)) == len(frames) > 15


@pytest.mark.tier("check")
def test_the_committed_pictures_are_fit_to_be_shown():
    look_at(FOLDER)


@pytest.mark.tier("check")
def test_every_picture_is_shown_with_a_description():
    assert sorted(SHOWN.values()) == sorted(
        path.relative_to(REPOSITORY).as_posix() for path in FOLDER.iterdir()
    )
    assert all(len(alt) > 100 for alt in SHOWN)


@pytest.mark.tier("full")
@pytest.mark.needs("browser")
def test_the_script_makes_them_from_the_course_as_it_is(tmp_path):
    script = REPOSITORY / "docs" / "pictures.py"
    subprocess.run([sys.executable, script, "--folder", tmp_path], check=True)
    look_at(tmp_path)
    for path in FOLDER.iterdir():
        fresh = frames(tmp_path / path.name)
        assert len(fresh) == len(frames(path)), f"{path.name} is old: python docs/pictures.py"
        for old, new in zip(frames(path), fresh, strict=True):
            assert np.abs(old - new).mean() < SAME, f"{path.name} is old: python docs/pictures.py"


@pytest.mark.tier("check")
def test_a_picture_that_it_does_not_know_is_refused():
    command = [sys.executable, REPOSITORY / "docs" / "pictures.py", "sunset.webp"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "there are course.webp, stepper.webp" in done.stderr
