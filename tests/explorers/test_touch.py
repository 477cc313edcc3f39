"""A finger on a small screen: it drags what can be dragged, and scrolls the page elsewhere."""

import pytest

from . import javascript
from .javascript import output
from .page import PAGE, seen

pytestmark = [pytest.mark.tier("full"), pytest.mark.needs("browser")]
PHONE = {"width": 400, "height": 800}
FINGER = 24  # pixels: the least that WCAG 2.2 asks of what is touched


class Phone:
    """One explorer on a screen that is touched, with room to scroll below it."""

    def __init__(self, browser, name):
        self.context = browser.new_context(viewport=PHONE, has_touch=True, offline=True)
        self.page = self.context.new_page()
        room = '<p id="text" style="height:2000px">Text</p>'
        self.page.set_content(PAGE.format(light="true", body=output(name) + room))
        self.explorer = self.page.locator(".explorer")
        self.glass = self.context.new_cdp_session(self.page)

    def touch(self, kind, *places):
        points = [{"x": x, "y": y} for x, y in places]
        self.glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def swipe(self, target, dx, dy):
        """Put a finger on the middle of something, move it, lift it; return how far it scrolled."""
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + min(box["height"], 400) / 2
        return self.swipe_from(x, y, dx, dy)

    def swipe_from(self, x, y, dx, dy):
        """Put a finger on a place, move it, lift it; return how far the page scrolled."""
        before = self.page.evaluate("scrollY")
        self.touch("touchStart", (x, y))
        for i in range(1, 9):
            self.touch("touchMove", (x + dx * i / 8, y + dy * i / 8))
        self.touch("touchEnd")
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        return abs(self.page.evaluate("scrollY") - before)


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=javascript.group(name)) for name in javascript.NAMES],
)
def phone(request, browser):
    made = Phone(browser, request.param)
    yield made
    made.context.close()


def test_a_finger_drags_every_handle_and_the_page_stays(phone):
    for handle in phone.explorer.locator(".handle").all():
        if not handle.is_visible():
            continue
        name, before = handle.get_attribute("aria-label"), seen(phone.explorer)
        for dx, dy in ((40, -60), (-40, 60)):
            assert phone.swipe(handle, dx, dy) == 0, f"{name} scrolls the page"
            if seen(phone.explorer) != before:
                break
        assert seen(phone.explorer) != before, f"{name} does not follow the finger"


def test_a_finger_beside_it_scrolls_the_page(phone):
    phone.page.evaluate("() => scrollTo(0, 0)")
    assert phone.swipe(phone.page.locator("#text"), 0, -200) > 50


FREE = """picture => {
  const { left, top, width, height } = picture.getBoundingClientRect();
  const root = picture.getRootNode();
  const parts = Array.from({ length: 19 }, (_, k) => (k + 1) / 20);
  const places = parts.flatMap(a => parts.map(b => [left + a * width, top + b * height]));
  const free = ([x, y]) => picture.contains(root.elementFromPoint(x, y))
    && !root.elementFromPoint(x, y).closest(".handle");
  return places.findLast(free);
}"""


def test_a_finger_on_a_picture_scrolls_the_page_too(phone):
    """On a phone a picture can be all that is seen; what is turned as a whole is one handle."""
    picture = phone.explorer.locator(".picture svg:not(svg svg)")
    if not picture.count():
        assert phone.explorer.locator(".picture canvas.handle").count()
        return
    phone.page.evaluate("() => scrollTo(0, 0)")
    picture.scroll_into_view_if_needed()
    assert phone.swipe_from(*picture.evaluate(FREE), 0, -200) > 50


def test_every_button_is_large_enough_for_a_finger(phone):
    """What a small handle does, a slider or a button does too."""
    sizes = phone.explorer.get_by_role("button").evaluate_all(
        "all => all.filter(one => one.matches('button') && one.checkVisibility()).map(one =>"
        " [one.ariaLabel || one.textContent, one.offsetWidth, one.offsetHeight])"
    )
    assert [size for size in sizes if min(size[1:]) < FINGER] == []
