"""Training corpora: folders with `cases.jsonl` (id, url, kind, body, standfirst a line) and `html/ID.html.gz`, and the ways to flatten a page."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tld import get_fld


@dataclass(frozen=True, slots=True)
class Case:
    """A page with its gold. `site` is its registered domain; pages of one site never stand on both sides of a fold."""

    id: str
    site: str
    kind: str
    body: str
    standfirst: str
    html: bytes


def load(folder: Path) -> Iterator[Case]:
    """The cases of a corpus that have a gold body. Raises FileNotFoundError where the folder is no corpus."""
    for line in (folder / "cases.jsonl").read_text("utf-8").rstrip("\n").split("\n"):
        case = json.loads(line)
        if case.get("body") is not None:  # an empty one says that nothing on the page is content
            site = get_fld(case.get("url", ""), fail_silently=True) or case["id"]
            html = gzip.decompress((folder / "html" / f"{case['id']}.html.gz").read_bytes())
            yield Case(case["id"], site, case.get("kind", "article"), case["body"], case.get("standfirst") or "", html)


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
