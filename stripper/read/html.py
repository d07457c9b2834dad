"""HTML to a Page."""

from __future__ import annotations

from stripper.read.text import fold
from stripper.read.tree import Walk, parse
from stripper.types import Page


def read_html(source: str, url: str | None = None) -> Page:
    """The visible text of a page and its blocks."""
    tree = parse(source.encode("utf-8", "replace"))
    walked = Walk(tree.body or tree.root)
    text = walked.text
    return Page(text=text, folded=fold(text), blocks=tuple(walked.blocks), source="html", url=url)
