"""The site that `make docs` builds: every page of docs/ is in it, and it reads well with nothing but the files themselves."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import pytest

import stripper
from stripper import errors

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SITE = "out/site"
LOADING = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href", "object": "data", "embed": "src"}
"""Elements that fetch something by themselves, and the attribute that says what."""
NO_FETCH = {"canonical", "next", "prev"}
"""What a link element may say of a page that nobody fetches."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("material") is None, reason="mkdocs-material isn't installed; pip install 'scrape-stripper[dev]'"),
]


class Read(NamedTuple):
    """What a test asks of a built page."""

    ids: frozenset[str]
    loaded: tuple[str, ...]
    links: tuple[str, ...]
    code: tuple[tuple[str, bool], ...]
    """Blocks of code: the language, and whether any word of it has a colour."""


class Built(NamedTuple):
    folder: Path
    said: str
    pages: dict[str, Read]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(ROOT / ".mkdocs.yml"), "--site-dir", str(folder)]
    done = subprocess.run(command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = {path.relative_to(folder).as_posix(): read(path) for path in folder.rglob("*.html")}
    return Built(folder, done.stdout + done.stderr, pages)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.code: list[tuple[str, bool]] = []
        self.language = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attributes}
        self.ids |= {has[name] for name in ("id", "name") if name in has}
        if tag in LOADING and LOADING[tag] in has and not NO_FETCH & set(has.get("rel", "").split()):
            self.loaded.append(has[LOADING[tag]])
        elif tag == "a" and "href" in has:
            self.links.append(has["href"])
        elif tag == "div" and (language := re.search(r"\blanguage-(\w+) highlight\b", has.get("class", ""))):
            self.language = language[1]
            self.code.append((self.language, False))
        elif self.language and tag == "span" and has.get("class"):
            self.code[-1] = (self.language, True)

    def handle_endtag(self, tag: str) -> None:
        self.language = "" if tag == "div" and self.language else self.language


def read(path: Path) -> Read:
    reader = Reader()
    reader.feed(path.read_text("utf-8"))
    return Read(frozenset(reader.ids), tuple(reader.loaded), tuple(reader.links), tuple(reader.code))


def sources() -> Iterator[str]:
    """Every page of docs/, by its name in the site."""
    for path in sorted(DOCS.rglob("*.md")):
        yield path.relative_to(DOCS).with_suffix(".html").as_posix()


def test_it_builds_without_a_word_of_warning(site: Built) -> None:
    said = [line for line in site.said.splitlines() if line.strip() and not line.startswith("INFO")]
    assert said == []


def test_every_page_is_in_it_and_can_be_found(site: Built) -> None:
    assert set(sources()) <= site.pages.keys()
    linked = {resolved(name, link)[0] for name, page in site.pages.items() for link in page.links if not is_outside(link)}
    assert set(sources()) <= linked
    assert not [path for path in site.folder.rglob("*") if path.suffix in (".py", ".jinja", ".yml")]


def is_outside(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc)


def resolved(page: str, address: str) -> tuple[str, str]:
    """The file in the site, and the place in it, that an address in a page stands for."""
    parts = urlsplit(address)
    path = os.path.normpath(os.path.join(os.path.dirname(page), unquote(parts.path))) if parts.path else page
    return path, unquote(parts.fragment)


def test_pages_fetch_nothing_from_elsewhere(site: Built) -> None:
    for name, page in site.pages.items():
        if name == "404.html":  # its addresses begin at the root of a server
            continue
        assert page.loaded
        for address in page.loaded:
            assert not is_outside(address), f"{name} loads {address}"
            assert (site.folder / resolved(name, address)[0]).is_file(), f"{name} loads {address}"
        assert resolved(name, next(a for a in page.loaded if a.endswith("iframe-worker.js")))[0] == "site/iframe-worker.js"  # ours, see there
    assert (site.folder / "search" / "search_index.js").is_file()  # what the search reads where nothing can be fetched
    for style in site.folder.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:)?//|@import", style.read_text("utf-8")), style


def test_links_and_places_are_there(site: Built) -> None:
    for name, page in site.pages.items():
        for link in page.links:
            if is_outside(link) or name == "404.html":
                continue
            path, place = resolved(name, link)
            assert (site.folder / path).exists(), f"{name}: {link}"
            if place and path in site.pages:
                assert place in site.pages[path].ids, f"{name}: {link}"


def test_code_has_colours(site: Built) -> None:
    shown = {name: {language for language, _ in page.code} for name, page in site.pages.items()}
    assert {"console", "python", "html"} <= shown["tutorial.html"]
    for name, page in site.pages.items():
        for language, coloured in page.code:
            assert coloured or language == "text" or name.startswith("rules/"), f"{name}: a block of {language}"


def test_the_reference_says_what_docstrings_say(site: Built) -> None:
    api = site.pages["api/index.html"]
    assert {"stripper.clean", "stripper.Cleaner.explain", "stripper.Article.removed", "stripper.Outcome.OVERRULED"} <= api.ids
    assert "#stripper.Article" in api.links  # from the signature of what gives one
    told = {place for page in site.pages.values() for place in page.ids}
    for name in stripper.__all__:  # under that name, or under the one of the module where it is defined
        public = getattr(stripper, name)
        assert {f"stripper.{name}", f"{public.__module__}.{name}"} & told, name
    raised = [name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)]
    assert {f"stripper.errors.{name}" for name in raised} <= site.pages["api/errors.html"].ids


def test_the_hooks_add_titles_and_the_example_pack(site: Built) -> None:
    assert '<span class="filename">pages/ferry.html</span>' in (site.folder / "tutorial.html").read_text("utf-8")
    assert "<title>share - stripper</title>" in (site.folder / "rules" / "share.html").read_text("utf-8")
    assert "example-pack.html" in site.pages["writing-rules.html"].links
