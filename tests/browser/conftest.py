"""A real browser: Debian's chromium, driven by Playwright. Whatever a page does that it should not is seen, and fails its test.

Screenshots are kept outside the repository: in $STRIPPER_PICTURES, or in stripper-pictures in the folder for temporary files.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PICTURES = Path(os.environ.get("STRIPPER_PICTURES") or Path(tempfile.gettempdir()) / "stripper-pictures")
PATIENCE = 120_000
"""Milliseconds that anything may take, on a machine that starts engines meanwhile."""
HERE = Path(__file__).parent
HOSTILE = HERE.parents[1] / "fixtures" / "hostile"

CONTRAST = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/^rgba.*, 0\\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  let worst = [99, ""];
  for (const element of document.querySelectorAll("body *")) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) || !element.checkVisibility()) continue;
    const pair = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => b - a);
    const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (contrast < worst[0]) worst = [contrast, element.outerHTML.slice(0, 200)];
  }
  return worst;
}"""
"""The least contrast of any text with what is behind it, after WCAG 2.2, section 1.4.3, and where."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.slow)


@dataclass
class Seen:
    """What a page did since it was opened."""

    requests: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """Those that came to nothing, with the reason: "csp" where the page's policy forbids them."""
    said: list[str] = field(default_factory=list)
    """What stands in the console, the browser's own complaints about the page's policy included."""
    failed: list[str] = field(default_factory=list)
    """Errors in scripts, windows that opened, dialogs, downloads."""


@pytest.fixture(scope="module")
def browser() -> Iterator:
    api = pytest.importorskip("playwright.sync_api", reason="no Playwright; pip install playwright")
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine; apt-get install chromium")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # chromium refuses to start its sandbox as root
    api.expect.set_options(timeout=PATIENCE)
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS + sandbox, timeout=PATIENCE)
        yield started
        started.close()


@pytest.fixture
def watched(browser) -> Iterator[Callable]:
    """Opens an address in a new window: `watched(url, dark=True, width=500)` gives Playwright's page and what was seen."""
    contexts = []

    def opened(url: str, dark: bool = False, width: int = 1300, height: int = 900, touch: bool = False):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", has_touch=touch)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        seen = Seen()
        page = context.new_page()
        context.on("request", lambda request: seen.requests.append(request.url))
        context.on("requestfailed", lambda request: seen.refused.update({request.url: request.failure or ""}))
        context.on("page", lambda other: seen.failed.append(f"a window: {other.url}"))
        page.on("console", lambda message: seen.said.append(message.text))
        page.on("pageerror", lambda error: seen.failed.append(f"an error: {error}"))
        page.on("dialog", lambda dialog: (seen.failed.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
        page.on("download", lambda download: seen.failed.append(f"a download: {download.url}"))
        page.goto(url)
        return page, seen

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def look(watched) -> Iterator[Callable]:
    """The same for pages that must do nothing of their own: at the end of the test nothing but the page itself, or what begins with its
    address and is asked by our scripts, was fetched, nothing of a scraped page ran, and the console is empty."""
    opened = []

    def looked(target: str | Path, **window):
        url = target.as_uri() if isinstance(target, Path) else target
        page, seen = watched(url, **window)
        opened.append((url, page, seen))
        return page

    yield looked
    for url, page, seen in opened:
        own = url.split("#")[0]
        assert [request for request in seen.requests if not request.startswith(own)] == []
        assert seen.said == []
        assert seen.failed == []
        assert page.evaluate("window.ran") is None
        assert page.url.startswith(own)


@pytest.fixture
def until() -> Callable:
    """Lets a page go on until that is true: `until(page, lambda: seen.said)`. A page is told of what it did in the order in which it
    happened, but not at once; what `expect` can ask for is asked by it."""

    def waited(page, true: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE / 1000
        while not true():
            assert time.monotonic() < end, "it never came true"
            page.wait_for_timeout(20)

    return waited


@pytest.fixture
def shot() -> Callable:
    """Keeps a picture of a page for whoever wants to look."""

    def taken(page, name: str, whole: bool = False) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)

    return taken


@pytest.fixture
def least_contrast() -> Callable:
    """Tells the least contrast of a page's text with what is behind it, and where: 4.5 is what text must have."""
    return lambda page: page.evaluate(CONTRAST)
