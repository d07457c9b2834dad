"""Speed, measured by `make bench`; in the normal suite every benchmark runs once, unmeasured.

A round is one pass over all pages, so divide by the number of pages in the group's name. BENCH_PAGES=FOLDER measures a folder of .html files
instead of the fixtures, which are smaller than most pages of the web.
"""

from __future__ import annotations

import functools
import html
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import stripper
from stripper.read import read

trafilatura = pytest.importorskip("trafilatura")

FIXTURES = Path(__file__).parents[2] / "fixtures" / "pages"
Benchmark = Callable[..., Any]


@functools.cache
def pages() -> tuple[bytes, ...]:
    """The HTML pages to measure, as bytes."""
    folder = os.environ.get("BENCH_PAGES")
    files = sorted(Path(folder).glob("*.html")) if folder else sorted(FIXTURES.glob("*/page.html"))
    assert files, f"no pages in {folder or FIXTURES}"
    return tuple(file.read_bytes() for file in files)


@functools.cache
def texts() -> tuple[str, ...]:
    """The pages' visible text, as crawls and datasets hold it."""
    return tuple(read(page, as_="html").text for page in pages())


def grouped(benchmark: Any, what: str, sizes: list[int]) -> None:
    benchmark.group = f"{what}, {len(sizes)} pages of {sum(sizes) / len(sizes) / 1000:.0f} kB"


def test_html_stripper(benchmark: Any) -> None:
    grouped(benchmark, "html", [len(page) for page in pages()])
    cleaner = stripper.Cleaner()
    cleaned = benchmark(lambda: [cleaner.clean(page, as_="html") for page in pages()])
    assert any(article.body for article in cleaned)


def test_html_trafilatura(benchmark: Any) -> None:
    grouped(benchmark, "html", [len(page) for page in pages()])
    cleaned = benchmark(lambda: [trafilatura.bare_extraction(page, with_metadata=True, include_comments=False) for page in pages()])
    assert any(document and document.text for document in cleaned)


def test_text_stripper(benchmark: Any) -> None:
    grouped(benchmark, "text", [len(text) for text in texts()])
    cleaner = stripper.Cleaner()
    cleaned = benchmark(lambda: [cleaner.clean(text, as_="text") for text in texts()])
    assert any(article.body for article in cleaned)


def test_text_trafilatura_of_wrapped_lines(benchmark: Any) -> None:
    grouped(benchmark, "text", [len(text) for text in texts()])

    def extract(text: str) -> str | None:
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
        found: str | None = trafilatura.extract(f"<html><body>{lines}</body></html>", include_comments=False)
        return found

    assert any(benchmark(lambda: [extract(text) for text in texts()]))


@pytest.mark.parametrize("code", ["pass", "import stripper", "import stripper; stripper.Cleaner()"])
def test_start(benchmark: Any, code: str) -> None:
    benchmark.group = "start"
    benchmark.pedantic(subprocess.run, ([sys.executable, "-c", code],), {"check": True}, rounds=10, warmup_rounds=1)
