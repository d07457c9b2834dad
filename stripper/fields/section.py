"""The section that a story stands in, as printed ("World / Asia") or as declared."""

from __future__ import annotations

import re

from stripper.fields.head import SCRIPTIO_CONTINUA, Head, normal
from stripper.fields.words import HOME
from stripper.types import Kind, Mark, Witness

READER = "text:section"

_ABOVE = 12
_LONGEST = 60
_LABEL, _SHORT_LABEL, _MENU = 24, 8, 60
"""Longest label in characters, the same in a script without blanks, and blocks above it in which the menu is looked for."""
_APART = 5
"""The label stands so many blocks below its copy: what is repeated at once is the site's name."""
_PARTS = re.compile(r"\s+[|–—:·»«•-]\s+")
_CRUMB = re.compile(r"\s*[>›»/|→]\s*|\s*\n\s*")


def find_section(head: Head, headline: int | None, title: str | None) -> tuple[tuple[Mark, ...], tuple[Witness, ...]]:
    """The rules' section labels that belong to this story, and the witnesses: printed, declared, then breadcrumbs."""
    anchor = headline if headline is not None else head.body
    declared = [
        Witness("section", " ".join(w.value.split()), w.origin, w.start, w.end)
        for w in head.page.declared
        if w.field == "section" and isinstance(w.value, str) and 1 < len(w.value.strip()) <= _LONGEST
    ]
    labels = _labels(head, anchor) or _from_menu(head, headline)
    labels = tuple(mark for mark in labels if _is_section(head, mark, declared))
    printed = [Witness("section", " ".join(head.page.text[m.start : m.end].split()), m.rule, m.start, m.end) for m in labels]
    return labels, (*printed, *declared, *_crumbs(head, anchor, title))


def _is_section(head: Head, label: Mark, declared: list[Witness]) -> bool:
    """Whether a label names the section: what the page declares, or where it declares none, not the site's own name."""
    text = head.page.text[label.start : label.end]
    if not 1 < len(text) <= _LONGEST:
        return False
    said = normal(text)
    if declared:
        return any(said in normal(w.value) or normal(w.value) in said for w in declared)
    names = {normal(str(w.value)) for w in head.page.declared if w.field == "site"}
    titles = [str(w.value) for w in head.page.declared if w.field == "headline" and w.origin == "title"]
    names |= {normal(part) for title in titles for part in _PARTS.split(title[:300])[1:]}
    return said not in names


def _from_menu(head: Head, headline: int | None) -> tuple[Mark, ...]:
    """The line right above the headline where it repeats a line of the menu above it, and isn't who holds the copyright."""
    if not headline or head.page.source != "text" or head.kinds[headline - 1] is not None:
        return ()
    block, text = head.page.blocks[headline - 1], head.text(headline - 1)
    if block.lead or text.count(" ") > 2 or not 1 < len(text) <= (_LABEL if text.isascii() or not SCRIPTIO_CONTINUA.search(text) else _SHORT_LABEL):
        return ()
    if not any(head.text(i) == text for i in range(max(1, headline - _MENU), headline - _APART)):
        return ()
    if re.search(rf"(?:©|\(c\)|copyright)[^\n]{{0,60}}{re.escape(text.lower())}", head.page.folded):
        return ()
    return (Mark(block.start, block.end, Kind.SECTION, READER, 0.8),)


def _labels(head: Head, anchor: int) -> tuple[Mark, ...]:
    """The section marks nearest above the headline; one below counts where there is none above."""
    blocks = head.page.blocks
    if not blocks:
        return ()
    first = blocks[max(0, anchor - _ABOVE)].start
    at = blocks[min(anchor, len(blocks) - 1)].start
    marks = sorted((m for m in head.proposed if m.kind is Kind.SECTION and first <= m.start <= at), key=lambda m: -m.start)
    return tuple(marks[:1])


def _crumbs(head: Head, anchor: int, title: str | None) -> list[Witness]:
    """The way to the page, without its beginning ("Home") and its end (the headline)."""
    said = normal(title) if title else ""
    for index in range(min(anchor, len(head.kinds) - 1), max(-1, anchor - _ABOVE - 1), -1):
        if head.kinds[index] is not Kind.BREADCRUMB:
            continue
        block = head.page.blocks[index]
        crumbs = [c.strip() for c in _CRUMB.split(head.text(index)[:300]) if c.strip()]
        crumbs = [c for c in crumbs if c.lower() not in HOME and normal(c) != said and not (said and said.startswith(normal(c)[:30]) and len(c) > 30)]
        value = " / ".join(crumbs)
        if len(crumbs) > 0 and 1 < len(value) <= _LONGEST and _CRUMB.search(head.text(index)):
            return [Witness("section", value, "text:breadcrumb", block.start, block.end)]
    return []
