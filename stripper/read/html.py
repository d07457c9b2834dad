"""HTML to a Page."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from stripper.read.declared import Stated, declared, language_of
from stripper.read.text import fold
from stripper.read.tree import Walk, parse
from stripper.types import Page, Witness

_SURROGATE = re.compile(r"[\ud800-\udfff]")


def read_html(source: str, url: str | None = None) -> Page:
    """The visible text of a page, its blocks, and what it declares about itself."""
    tree = parse(_encoded(source))
    top = tree.body or tree.root
    assert top is not None  # a parsed page always has a root
    walked = Walk(top)
    found = _declared(tree, walked, url)
    return Page(
        text=walked.text,
        folded=fold(walked.text),
        blocks=tuple(walked.blocks),
        source="html",
        url=url,
        declared=found,
        language=language_of(found),
    )


def _encoded(source: str) -> bytes:
    try:
        return source.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", source).encode()


def _declared(tree: LexborHTMLParser, walked: Walk, url: str | None) -> tuple[Witness, ...]:
    head = tree.head
    stated = [Stated(node.tag or "", node.attributes, node) for node in head.iter()] if head is not None else []
    headings = [Witness("headline", walked.text[b.start : b.end], "html", b.start, b.end) for b in walked.blocks if b.level == 1]
    return declared(stated + walked.stated, tree.root, url) + tuple(headings[:1])
