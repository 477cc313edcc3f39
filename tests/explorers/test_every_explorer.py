"""What holds for every explorer that is drawn in the browser.

An explorer is found by its two files, NAME.py and NAME.mjs; nothing is to be added here.
"""

import json
import re

import nbformat
import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import expect

from helpers.course.nbgrader.harmless import clean_html

from . import javascript
from .javascript import made, output
from .page import Shown, press_any, seen

pytestmark = pytest.mark.tier("test")
CONTROLS = {"slider", "button", "radio", "checkbox", "spinbutton"}
MOST = 250_000  # characters of one output; the longest holds 301 epochs of 33 weights
EVERY = [pytest.param(name, marks=javascript.group(name)) for name in javascript.NAMES]
every = pytest.mark.parametrize("name", EVERY)
together = pytest.mark.xdist_group("explorers together")


# Without a browser -----------------------------------------------------------------------------


@every
def test_data_and_text_are_the_same_every_time_and_small(name):
    again = javascript.make(name)
    assert again.data == made(name).data
    assert repr(again) == repr(made(name))
    assert len(output(name)) < MOST


# Drawn a second time: one in each `make test`, the one with most drawings in it.
AGAIN = [
    pytest.param(name, marks=[javascript.group(name), pytest.mark.tier(size)])
    for name in javascript.NAMES
    for size in ("test" if name == "training" else "full",)
]


@pytest.mark.parametrize("name", AGAIN)
def test_the_figure_is_the_same_every_time(name):
    assert javascript.make(name)._repr_html_() == output(name)


@every
def test_where_scripts_do_not_run_the_figure_stays(name):
    cleaned = clean_html(output(name))
    assert not re.search(r"<script|<style|const |data-state|[{}]", cleaned)
    (alt,) = re.findall(r'<img[^>]*alt="([^"]+)"', cleaned)
    assert len(alt) > 40
    assert re.search(r'src="data:image/webp;base64,[^"]{1000}', cleaned)


@every
def test_plain_text_says_what_the_figure_shows(name):
    assert re.fullmatch(r"[A-Z].* explorer: .{40}.*", repr(made(name)))


@every
@pytest.mark.needs("node")
def test_the_state_is_plain_and_describing_it_changes_nothing(name):
    state = javascript.start(made(name))
    first, second = javascript.describe(name, state, [{}, {}])
    assert first == second
    assert first["said"].endswith(".")


# In the browser ----------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=EVERY)
def shown(request, browser):
    """One explorer on a page; its tests share the page, and leave it as they like."""
    page = Shown(browser, output(request.param))
    page.name = request.param
    (page.explorer,) = page.explorers
    yield page
    page.close()


def controls_of(page):
    """Return role and name of every control, as a screen reader is told."""
    session = page.context.new_cdp_session(page)
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        role = node.get("role", {}).get("value")
        if role in CONTROLS and not node.get("ignored"):
            yield role, node.get("name", {}).get("value", "")
    session.detach()


def test_every_control_has_a_name_and_every_slider_a_value(shown):
    controls = list(controls_of(shown.page))
    assert controls
    assert all(name.strip() for _, name in controls), controls
    sliders = [name for role, name in controls if role == "slider"]
    assert len(set(sliders)) == len(sliders)
    for slider in shown.explorer.get_by_role("slider").all():
        assert slider.get_attribute("aria-valuetext").strip()


def test_keys_move_every_slider_and_handle_and_the_words_follow(shown):
    for slider in shown.explorer.get_by_role("slider").all():
        if slider.is_disabled() or not slider.is_visible():
            continue
        before = seen(shown.explorer)
        name = slider.get_attribute("aria-label") or slider.get_attribute("id")
        assert press_any(slider), f"{name} does not move"
        assert seen(shown.explorer) != before, f"{name} changes nothing"
    said = shown.explorer.locator(".words > p").text_content()
    expect(shown.explorer.get_by_role("status")).to_have_text(said)


def test_a_pointer_drags_every_handle(shown):
    """A mouse does so here; a finger too, which tests/explorers/test_touch.py has."""
    for handle in shown.explorer.locator(".handle").all():
        if not handle.is_visible():
            continue
        name, before = handle.get_attribute("aria-label"), seen(shown.explorer)
        handle.scroll_into_view_if_needed()
        box = handle.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        for dx, dy in ((45, -45), (-45, 45)):
            shown.page.mouse.move(x, y)
            shown.page.mouse.down()
            shown.page.mouse.move(x + dx, y + dy, steps=4)
            shown.page.mouse.up()
            if seen(shown.explorer) != before:
                break
        assert seen(shown.explorer) != before, f"{name} cannot be dragged"
        touched = "one => one.dispatchEvent(new Event('touchstart', { cancelable: true }))"
        assert handle.evaluate(touched) is False, f"a finger on {name} scrolls the page"


def test_choices_change_what_is_seen(shown):
    for group in shown.explorer.locator("fieldset").all():
        if group.is_disabled() or not group.is_visible():
            continue
        last = group.get_by_role("radio").last
        if last.is_checked():
            last = group.get_by_role("radio").first
        before = seen(shown.explorer)
        last.focus()
        last.press("Space")
        expect(last).to_be_checked()
        assert seen(shown.explorer) != before


def test_the_picture_stays_where_it_is_and_no_error_shows(shown):
    shown.page.evaluate("() => scrollTo(0, 0)")
    picture = shown.explorer.locator(".picture")
    before = picture.bounding_box()
    shown.explorer.locator("summary").click()
    shown.explorer.locator(".words > p").evaluate(
        "node => { node.textContent += ' More.'.repeat(200); }"
    )
    assert picture.bounding_box() == before
    for slider in shown.explorer.get_by_role("slider").all()[:3]:
        press_any(slider)
    shown.page.evaluate("() => scrollTo(0, 0)")
    assert picture.bounding_box() == before
    assert shown.errors == []


# What a notebook leaves to its output on a screen of 1280 x 800, the file browser open, is 840.
@pytest.mark.parametrize(
    ("width", "beside"), [(840, True), (702, True), (690, False), (360, False)]
)
def test_it_fits(shown, width, beside):
    shown.resize(width, 800)
    main, picture = (
        shown.explorer.locator(f".{part}").bounding_box() for part in ("main", "picture")
    )
    assert (picture["x"] >= main["x"] + main["width"]) == beside
    assert shown.page.evaluate("() => document.documentElement.scrollWidth") <= width
    if width > 500:
        top, bottom = min(main["y"], picture["y"]), picture["y"] + picture["height"]
        first = shown.explorer.locator(".main > *").first.bounding_box()
        assert max(bottom, first["y"] + first["height"]) - top <= 640
    for track in shown.explorer.locator("input[type=range]").all():
        stops = int(track.get_attribute("max"))
        if track.is_visible() and width > 500:
            assert track.bounding_box()["width"] >= 2 * stops


def test_at_twice_the_size_control_and_picture_are_seen_together(shown):
    shown.resize(640, 400)
    picture = shown.explorer.locator(".picture > *").first.bounding_box()
    last = shown.explorer.locator(".main > *").last.bounding_box()
    assert picture["y"] + picture["height"] - last["y"] <= 400


@together
@pytest.mark.parametrize("theme", [pytest.param("light", marks=pytest.mark.tier("full")), "dark"])
def test_ten_on_a_page_do_not_disturb_each_other(browser, theme):
    outputs = [
        output(name) for name in javascript.NAMES for _ in range(10 // len(javascript.NAMES) + 1)
    ]
    page = Shown(browser, *outputs, theme=theme)
    assert len(page.explorers) >= 10
    states = [seen(explorer) for explorer in page.explorers]
    assert press_any(page.explorers[0].get_by_role("slider").first)
    assert seen(page.explorers[0]) != states[0]
    assert [seen(explorer) for explorer in page.explorers[1:]] == states[1:]
    back = page.explorers[0].evaluate("node => getComputedStyle(node).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", back)[:3])) > 380) == (theme == "light")
    assert page.errors == []
    page.close()


def damaged(name, state):
    """Return an explorer with other data, and without the code, which one on a page has."""
    end = f"</{made(name).element}>"
    element = output(name).partition(end)[0] + end
    return re.sub(r"data-state='[^']*'", lambda _: f"data-state='{state}'", element)


@every
def test_damaged_data_shows_the_figure_and_one_sentence(browser, name):
    whole = made(name).data
    holes = [{k: v for k, v in whole.items() if k != hole} for hole in whole if hole != "title"]
    states = ["", "{", "null", *(json.dumps(data).replace("'", "&#x27;") for data in holes)]
    page = Shown(browser, *(damaged(name, state) for state in states), output(name))
    assert len(page.explorers) == 1
    sentences = page.page.get_by_text("its data is damaged. Run its cell again.")
    assert sentences.count() == len(states)
    visible = page.page.locator("figure img").evaluate_all(
        "all => all.map(image => image.checkVisibility())"
    )
    assert visible == [True] * len(states) + [False]
    page.close()


@together
def test_an_exported_page_needs_no_kernel_and_no_network(browser):
    cells = []
    for name in javascript.NAMES:
        shown = nbformat.v4.new_output("display_data", {"text/html": output(name)})
        cells.append(nbformat.v4.new_code_cell(f"explorers.{name}()", outputs=[shown]))
    html, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=cells))
    page = Shown(browser)
    page.page.route("**/*", lambda route: route.abort())
    page.page.set_content(html, wait_until="domcontentloaded")
    expect(page.page.locator(".explorer")).to_have_count(len(javascript.NAMES))
    for explorer in page.explorers:
        before = seen(explorer)
        assert press_any(explorer.get_by_role("slider").first)
        assert seen(explorer) != before
    page.close()
