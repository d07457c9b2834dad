"""Takes the pictures of docs/pictures: python docs/pictures.py [NAME...]

Each is what a reader gets who runs the same commands on the pages of fixtures/ and of the tutorial.
Needs the extra `dev`, and a chromium on this machine.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
PAGES = ROOT / "fixtures" / "pages"
CRAWL = ROOT / "tests" / "batch" / "crawl.py"
STRIPPER = [sys.executable, "-m", "stripper"]
WIDTH, HEIGHT = 1280, 960
COLOURS = 256
"""Colours of a picture; with all of them pages of plain areas and letters look the same, at twice the size."""


def files_of_the_tutorial(folder: Path) -> None:
    for name, content in re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```\n", (ROOT / "docs" / "tutorial.md").read_text("utf-8"), re.S):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, "utf-8")


def explain(folder: Path, page: Page) -> None:
    """One page, with what is said of a span."""
    shutil.copy(PAGES / "council-web" / "page.html", folder)  # its name stands above the picture
    stripper("explain", "page.html", "--html", "explained.html", folder=folder)
    page.goto((folder / "explained.html").as_uri())
    page.evaluate("document.querySelector('.fields').open = false")
    page.locator(".mark[data-kind=share]").first.hover()


def report(folder: Path, page: Page) -> None:
    """On a crawl, since the tutorial's two pages make no charts."""
    subprocess.run([sys.executable, CRAWL, "jsonl", "crawl.jsonl", "--records", "2000", "--mean", "9000"], cwd=folder, check=True)
    stripper("batch", "crawl.jsonl", "-o", "articles.jsonl", "--removed", "--quiet", folder=folder)
    stripper("report", "articles.jsonl", "-o", "report.html", folder=folder)
    page.goto((folder / "report.html").as_uri())


def compare(folder: Path, page: Page) -> None:
    """What the tutorial's pack changes."""
    files_of_the_tutorial(folder)
    stripper("batch", "pages", "-o", "before.jsonl", "--removed", "--quiet", folder=folder)
    stripper("batch", "pages", "-o", "after.jsonl", "--removed", "--quiet", "--pack", "./wind.toml", folder=folder)
    stripper("compare", "before.jsonl", "after.jsonl", "-o", "diff.html", folder=folder, ends=1)
    page.goto((folder / "diff.html").as_uri())


def workbench(folder: Path, page: Page) -> None:
    """The tutorial's pack, open beside one of its pages."""
    files_of_the_tutorial(folder)
    (folder / "wind.toml").rename(folder / "pages" / "wind.toml")
    command = [*STRIPPER, "serve", "pages", "--pack", "pages/wind.toml", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}) as server:
        assert server.stdout is not None
        page.goto(next(found[0] for line in server.stdout if (found := re.search(r"http\S+", line))))
        page.get_by_text("0 defects").wait_for()
        page.get_by_text("2 of 2 pages").wait_for()
        server.terminate()


def stripper(*arguments: str, folder: Path, ends: int = 0) -> None:
    done = subprocess.run([*STRIPPER, *arguments], cwd=folder, check=False, stdout=subprocess.DEVNULL)
    if done.returncode != ends:
        raise SystemExit(f"stripper {' '.join(arguments)} ended with {done.returncode}")


def take(page: Page, name: str) -> None:
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    taken.quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)


TAKEN: dict[str, Callable[[Path, Page], None]] = {"explain": explain, "report": report, "compare": compare, "workbench": workbench}


def main(names: list[str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in names or TAKEN:
            with tempfile.TemporaryDirectory() as folder:
                page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
                TAKEN[name](Path(folder), page)
                take(page, name)
                page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
