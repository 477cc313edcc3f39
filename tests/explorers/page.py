"""A page with explorers on it, as any browser shows it: no kernel, no network."""

from playwright.sync_api import Browser, Locator, Page

_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Test</title></head>'
    '<body data-jp-theme-light="{light}" style="margin:0"><main><h1>Test</h1>{body}'
    "</main></body></html>"
)


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
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(120_000)
        self.errors: list[str] = []
        self.page.on("console", lambda message: self.errors.append(message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        light = str(theme == "light").lower()
        self.page.set_content(_PAGE.format(light=light, body="".join(outputs)))
        self.page.evaluate("() => new Promise(requestAnimationFrame)")

    def close(self) -> None:
        """Close the page."""
        self.page.context.close()

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
