"""Debian's Chromium through Playwright, kept away from every other machine."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A headless Chromium with a profile of its own, gone afterwards. LookupError if none is installed."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        raise LookupError("No Chromium found. Run bin/setup --tests, which names the package to install.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Visits:
    """Opens pages, each in a fresh profile, and remembers what the browser complained about."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def __call__(self, **options) -> Page:
        """A page at the portal; `options` are Playwright's for a context, such as java_script_enabled=False."""
        context = self._browser.new_context(base_url=self._address, locale="en-GB", **options)
        context.set_default_timeout(10_000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._listen)
        return page

    def close(self) -> None:
        """Closes every page opened."""
        for context in self._contexts:
            context.close()

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)


AXE = Path(__file__).with_name("axe") / "axe.min.js"
_RUN_AXE = """() => axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})"""


def axe_violations(page: Page) -> list[str]:
    """What axe-core holds against the page (WCAG 2.2 A and AA, best practice), one line for each element."""
    page.evaluate(AXE.read_text())
    return [
        f"{fault['id']}: {fault['help']} — {', '.join(map(str, node['target']))}"
        for fault in page.evaluate(_RUN_AXE)["violations"]
        for node in fault["nodes"]
    ]
