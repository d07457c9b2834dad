"""The section that a story stands in, as printed ("World / Asia") or as declared."""

from __future__ import annotations

import re

from stripper.fields.head import Head, normal
from stripper.fields.words import HOME
from stripper.types import Kind, Mark, Witness

READER = "text:section"

_ABOVE = 12
_LONGEST = 60
_CRUMB = re.compile(r"\s*[>›»/|→]\s*|\s*\n\s*")


def find_section(head: Head, headline: int | None, title: str | None) -> tuple[tuple[Mark, ...], tuple[Witness, ...]]:
    """The rules' section labels that belong to this story, and the witnesses: printed, declared, then breadcrumbs."""
    anchor = headline if headline is not None else head.body
    labels = _labels(head, anchor)
    found = []
    for mark in labels:
        text = " ".join(head.page.text[mark.start : mark.end].split())
        if 1 < len(text) <= _LONGEST:
            found.append(Witness("section", text, mark.rule, mark.start, mark.end))
    declared = [w for w in head.page.declared if w.field == "section" and isinstance(w.value, str) and 1 < len(w.value.strip()) <= _LONGEST]
    found += [Witness("section", " ".join(w.value.split()), w.origin, w.start, w.end) for w in declared]
    found += _crumbs(head, anchor, title)
    return labels, tuple(found)


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
