"""A page with explorers on it, as any browser shows it: no kernel, no network."""

from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page

PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Test</title></head>'
    '<body data-jp-theme-light="{light}" style="margin:0"><main><h1>Test</h1>{body}'
    "</main></body></html>"
)


_FREE: list[Page] = []  # a new page is a new process of the browser: used again


class Shown:
    """Explorers on one page.

    Attributes
    ----------
    page : Page
        Playwright's page; its network is off.
    errors : list of str
        What the console reported.
    """

    def __init__(
        self,
        browser: Browser,
        *outputs: str,
        theme: str = "light",
        width: int = 880,
        height: int = 800,
    ) -> None:
        self.page: Page = _FREE.pop() if _FREE else _new(browser)
        self.page.set_viewport_size({"width": width, "height": height})
        self.errors: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", self._listen)
        light = str(theme == "light").lower()
        self.page.set_content(PAGE.format(light=light, body="".join(outputs)))
        self.page.evaluate("() => new Promise(requestAnimationFrame)")

    def _listen(self, said: ConsoleMessage | Error) -> None:
        self.errors.append(said.text if isinstance(said, ConsoleMessage) else str(said))

    def close(self) -> None:
        """Leave the page empty for others."""
        self.page.remove_listener("console", self._listen)
        self.page.remove_listener("pageerror", self._listen)
        self.page.unroute_all()
        self.page.mouse.move(0, 0)  # now: what follows a move on an empty page cannot be dragged
        self.page.goto("about:blank")
        _FREE.append(self.page)

    @property
    def explorers(self) -> list[Locator]:
        """The explorers that can be moved, top to bottom."""
        return self.page.locator(".explorer").all()

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )


def _new(browser: Browser) -> Page:
    page = browser.new_context(offline=True).new_page()
    page.set_default_timeout(120_000)
    return page


def seen(explorer: Locator) -> str:
    """Return what an explorer shows, by ear and by eye."""
    return explorer.evaluate(
        """node => [...node.querySelectorAll('svg, canvas, .readout, table, .words')].map(
            part => part.matches('canvas') ? part.toDataURL() : part.outerHTML).join('')"""
    )


def press_any(
    control: Locator, keys: tuple[str, ...] = ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown")
) -> bool:
    """Press arrow keys until the control's value has changed; return whether one did."""
    control.focus()
    before = control.get_attribute("aria-valuetext")
    for key in keys:
        control.press(key)
        if control.get_attribute("aria-valuetext") != before:
            return True
    return False
