"""The loss explorer: its text follows the slider, up to the last stop."""

import numpy as np
import pytest

from helpers import explorers, reference
from helpers.explorers.loss import PREDICTIONS

pytestmark = pytest.mark.tier("test")


@pytest.fixture
def explorer():
    return explorers.loss()


def rows(explorer):
    """Return the table of the text twin without its tags."""
    table = explorer.text.split("<table")[1].split("</table>")[0]
    return [
        [cell.split("<")[0] for cell in row.split("<td>")[1:]] for row in table.split("<tr>")[2:]
    ]


def test_the_table_holds_losses_and_slopes(explorer):
    assert rows(explorer) == [
        ["cross-entropy", "0.357", "1.204"],
        ["slope dL/dŷ", "−1.429", "+3.333"],
        ["½ squared error", "0.045", "0.245"],
        ["slope dL/dŷ", "−0.3", "+0.7"],
    ]
    assert "0.7 is on the wrong side for label 0" in explorer.text
    assert "infinite" not in explorer.text


@pytest.mark.parametrize("a", [0.03, 0.2, 0.5, 0.99])
def test_the_numbers_are_those_of_the_reference(explorer, a):
    explorer.prediction.value = a
    (_, *values), (_, *slopes) = rows(explorer)[:2]
    for value, slope, y in zip(values, slopes, (1, 0), strict=True):
        assert float(value) == pytest.approx(reference.bce([y], [a]), abs=5e-4)
        signed = float(slope.replace("−", "-"))
        assert signed == pytest.approx(reference.bce_derivative([y], [a])[0], abs=5e-4)


def test_picture_and_text_follow_the_slider(explorer):
    seen = set()
    for a in PREDICTIONS[::8]:
        explorer.prediction.value = a
        seen.add((explorer._image.value, explorer.text))
    assert len({picture for picture, _ in seen}) == len({text for _, text in seen}) == len(seen)
    assert len(seen) == len(PREDICTIONS[::8])


def test_neither_side_is_taken_at_one_half(explorer):
    explorer.prediction.value = 0.5
    assert "both labels cost the same" in explorer.text


@pytest.mark.parametrize(("a", "end", "label"), [(PREDICTIONS[0], 0, 1), (PREDICTIONS[-1], 1, 0)])
def test_the_ends_are_explained(explorer, a, end, label):
    explorer.prediction.value = a
    said = f"At ŷ = {end} itself the cross-entropy for label {label} would be infinite (∞)"
    assert said in explorer.text
    assert "13.816" in explorer.text
    assert "1,000,000" in explorer.text


def test_the_slider_stays_inside_and_is_symmetric():
    values = np.array(PREDICTIONS)
    assert (np.diff(values) > 0).all()
    assert values[0] > 0
    assert values[-1] < 1
    assert values + values[::-1] == pytest.approx(1)


def test_the_slider_is_described(explorer):
    assert explorer.prediction.description == "ŷ"
    assert explorer.prediction.continuous_update
