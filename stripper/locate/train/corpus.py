"""Training corpora, and the ways to flatten a page.

A corpus is what `stripper.measure.corpus` reads; its cases also have standfirst, title, authors and date as far as they are known.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tld import get_fld

from stripper.measure.corpus import sources

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Case:
    """A page with its gold, or without: then `body` is empty and `silver` true. `site` is the registered domain."""

    id: str
    site: str
    kind: str
    body: str
    standfirst: str
    headline: str
    author: str
    date: datetime.date | None
    silver: bool
    html: bytes


def load(folder: Path) -> Iterator[Case]:
    """The cases of a corpus. Raises CorpusError where the folder is none."""
    for source in sources(folder):
        case = source.case
        yield Case(
            id=source.id,
            site=get_fld(source.url or "", fail_silently=True) or source.id,
            kind=source.kind,
            body=source.body or "",  # an empty gold says that nothing on the page is content
            standfirst=case.get("standfirst") or "",
            headline=case.get("title") or "",
            author=", ".join(case.get("authors") or ()),
            date=datetime.date.fromisoformat(case["date"]) if _DAY.fullmatch(case.get("date") or "") else None,
            silver=source.body is None,
            html=source.content(),
        )


def whole(html: bytes) -> str:
    """Every visible block on a line of its own, alternative texts included: what a WET record holds."""
    return _plain(html, main_content=False)


def main_content(html: bytes) -> str:
    """What a fast extractor leaves: the article with some residue."""
    return _plain(html, main_content=True)


def _plain(html: bytes, main_content: bool) -> str:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse_from_bytes(html, "utf-8")
    return str(extract_plain_text(tree, main_content=main_content, alt_texts=True, preserve_formatting=True, list_bullets=True, links=False))


def nodes(html: bytes) -> str:
    """Every text node on a line of its own, as naive scrapers print a page."""
    from bs4 import BeautifulSoup

    tree = BeautifulSoup(html, "lxml")
    for element in tree(["script", "style", "noscript", "template"]):
        element.decompose()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in tree.get_text("\n").splitlines()))


FLATTENED: dict[str, Callable[[bytes], str]] = {"full": whole, "residue": main_content, "soup": nodes}
"""The ways to flatten a page, by the names that the reports use."""
