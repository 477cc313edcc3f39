"""A real JupyterLab in a real browser, driven the way a student drives it."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests import needs
from tests.waiting import HANGS, until

ROOT = Path(__file__).parents[2]
ARTIFACTS = ROOT / "artifacts"
TOKEN = "a-token-for-tests"
SECONDS = 180_000  # milliseconds, as Playwright counts: a busy machine takes its time
expect.set_options(timeout=120_000)
THEMES = ("light", "dark")
SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden)"


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Start JupyterLab on a folder; yield its address."""
    settings = folder.parent / "settings"
    _write_settings(settings)
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
    }
    command = ("jupyterlab", "--allow-root", f"--notebook-dir={folder}", "--expose-app-in-browser")
    with _running(command, folder, environment, folder.parent / "server") as address:
        yield address


@contextmanager
def desk(kind: str, course: Path) -> Iterator[str]:
    """Open a course as `make lab` does, for somebody who has never used Jupyter."""
    home = course.parent / "home"
    home.mkdir()
    environment = {"HOME": str(home), "PYTHONPATH": str(ROOT), "JUPYTER_CONFIG_PATH": ""}
    command = ("helpers.desk", kind)
    with _running(command, course, environment, course.parent / "server") as address:
        yield address


@contextmanager
def _running(
    module: Sequence[str], folder: Path, environment: dict[str, str], runtime: Path
) -> Iterator[str]:
    """Run a module of Python that is a Jupyter server; yield its address.

    It takes a port that is free, and says which in a file below `runtime`.
    """
    options = (
        "--no-browser",
        f"--IdentityProvider.token={TOKEN}",
        f"--MappingKernelManager.kernel_info_timeout={HANGS}",  # 60 is too few on a busy machine
    )
    command = [sys.executable, "-m", *module, *options]
    environment = {
        **os.environ,
        "OPENBLAS_NUM_THREADS": "1",
        "JUPYTER_RUNTIME_DIR": str(runtime),
        **environment,
    }
    runtime.mkdir()
    with (runtime / "log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            yield until(lambda: _address(runtime / f"jpserver-{process.pid}.json"), process)
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:  # a busy machine; its kernels end with it
                process.kill()
                process.wait()


def _write_settings(settings: Path) -> None:
    """Follow the browser's theme, and keep everything in the page so that tests can see it."""
    chosen = {
        "apputils-extension/themes": {"adaptive-theme": True},
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
        "notebook-extension/tracker": {"windowingMode": "none", "kernelShutdown": True},
    }
    for name, values in chosen.items():
        path = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))


def _get(address: str) -> list | dict:
    with urllib.request.urlopen(f"{address}?token={TOKEN}", timeout=SECONDS / 1000) as reply:
        return json.load(reply)


def _delete(address: str) -> None:
    asked = urllib.request.Request(
        address, headers={"Authorization": f"token {TOKEN}"}, method="DELETE"
    )
    with urllib.request.urlopen(asked, timeout=SECONDS / 1000):
        pass


def _address(file: Path) -> str:
    """Return where a server answers; nothing as long as it does not."""
    try:
        address = f"http://127.0.0.1:{json.loads(file.read_text())['port']}"
        _get(f"{address}/api/status")
    except (OSError, ValueError):
        return ""
    return address


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the browser without a window."""
    path = needs.browser()
    if path is None:
        raise RuntimeError("no browser: install Chromium")
    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=[*quiet, "--disable-sync"])
        try:
            yield started
        finally:
            started.close()


class Notebook:
    """One notebook, open in JupyterLab.

    Attributes
    ----------
    page : Page
        Playwright's page.
    console_errors : list of str
        What the browser's console reported as errors.
    """

    def __init__(
        self,
        browser: Browser,
        address: str,
        path: str,
        theme: str = "light",
        height: int = 1000,
        width: int = 1400,
        scale: float = 1,
    ) -> None:
        self.page: Page = browser.new_page(
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            color_scheme=theme,
        )
        self.page.set_default_timeout(SECONDS)
        self.console_errors: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.console_errors.append(str(error)))
        self.cells = self.page.locator(".jp-Notebook .jp-Cell")
        try:
            self._load(address, path)
        except AssertionError:  # seen once, on a busy machine: JupyterLab never got its kernel
            print(f"Loaded again, since there was no kernel. {self._said(address)}")
            self.console_errors.clear()
            self._load(address, path)

    def _load(self, address: str, path: str) -> None:
        """Load the page, and wait until it is connected to a kernel of its own."""
        self._end_what_is_left(address, path)
        self.page.goto(f"{address}/lab/tree/{path}?token={TOKEN}&reset")
        expect(self.cells.first).to_be_visible(timeout=SECONDS)
        self._wait_for_kernel(address, path)

    def _said(self, address: str) -> str:
        """Return what is there to find out why."""
        dialogs = self.page.locator(".jp-Dialog").all_inner_texts()
        return f"{dialogs} {self.console_errors} {_get(f'{address}/api/sessions')}"

    def _listen(self, message: object) -> None:
        if message.type == "error":
            self.console_errors.append(message.text)

    def _end_what_is_left(self, address: str, path: str) -> None:
        """End the kernel of a page that was closed while it started: it may never answer."""
        for session in _get(f"{address}/api/sessions"):
            if session["path"] == path and not session["kernel"]["connections"]:
                _delete(f"{address}/api/sessions/{session['id']}")

    def _wait_for_kernel(self, address: str, path: str) -> None:
        """Wait until the page is connected: "Run All" before that runs nothing."""

        def connected() -> bool:
            self.page.wait_for_timeout(100)  # in which the page does its part
            kernels = [s["kernel"] for s in _get(f"{address}/api/sessions") if s["path"] == path]
            return any(kernel and kernel["connections"] > 0 for kernel in kernels)

        until(connected, seconds=SECONDS / 1000)
        self.wait_until_idle()

    def open(self, path: str) -> None:
        """Open another notebook in the place of this one, in the same page."""
        self.page.evaluate(
            """async path => {
                await jupyterapp.commands.execute("application:close");
                await jupyterapp.commands.execute("docmanager:open", {path});
            }""",
            path,
        )

    def follow(self, theme: str) -> None:
        """Let the reader's system be light or dark, and wait until JupyterLab is."""
        self.page.emulate_media(color_scheme=theme)
        light = str(theme == "light").lower()
        expect(self.page.locator("body")).to_have_attribute("data-jp-theme-light", light)

    def wait_until_idle(self) -> None:
        """Wait until the kernel has done what it was asked for."""
        indicator = self.page.locator(".jp-Notebook-ExecutionIndicator").first
        expect(indicator).to_have_attribute("data-status", "idle", timeout=SECONDS)

    def cell(self, text: str) -> Locator:
        """Return the code cell whose source has a line that starts with `text`."""
        code = self.page.locator(".jp-Notebook .jp-CodeCell")
        line = self.page.locator(".jp-InputArea .cm-line").filter(
            has_text=re.compile(rf"^{re.escape(text)}")
        )
        return code.filter(has=line).first

    def output(self, text: str) -> Locator:
        """Return the output area of such a cell."""
        return self.cell(text).locator(".jp-OutputArea").first

    def run_all(self) -> None:
        """Choose Run, Run All Cells in a fresh notebook, and wait until all cells have run."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.locator('[data-command="runmenu:run-all"]').click()
        self.wait_until_run(self.page.locator(".jp-CodeCell").last)

    def wait_until_run(self, cell: Locator, number: str = "") -> None:
        """Wait until a cell has a number in its prompt, other than `number`."""
        prompt = cell.locator(".jp-InputPrompt").first
        expect(prompt).to_have_text(re.compile(r"^\[\d+\]:$"), timeout=SECONDS)
        if number:
            expect(prompt).not_to_have_text(number)
            expect(prompt).to_have_text(re.compile(r"^\[\d+\]:$"))

    def answer(self, name: str, code: str) -> None:
        """Replace the code of an answer and run it, then run the check below it."""
        check = self.cell(f"check.{name}({name}")
        before = check.locator(".jp-InputPrompt").first.inner_text()
        self.cell(f"def {name}(").locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(code)
        self.page.keyboard.press("Shift+Enter")
        self.page.keyboard.press("Shift+Enter")
        self.wait_until_run(check, before)

    def pages(self, name: str) -> None:
        """Keep pictures of the whole notebook, one for each screenful."""
        panel = self.page.locator(".jp-WindowedPanel-outer").first
        height = panel.evaluate("panel => panel.scrollHeight")
        shown = panel.evaluate("panel => panel.clientHeight")
        for i, top in enumerate(range(0, height, shown - 50)):
            panel.evaluate("(panel, top) => panel.scrollTop = top", top)
            self.page.wait_for_timeout(100)
            self.screenshot(f"{name}-{i:02d}", panel)

    def screenshot(self, name: str, target: Locator | None = None) -> Path:
        """Keep a picture among the artifacts."""
        ARTIFACTS.mkdir(exist_ok=True)
        path = ARTIFACTS / f"{name}.png"
        (target or self.page).screenshot(path=path)
        return path
