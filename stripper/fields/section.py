"""The section that a story stands in, as printed ("World / Asia") or as declared."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stripper.fields.head import SCRIPTIO_CONTINUA, Head, normal
from stripper.fields.line.dates import dates_in
from stripper.fields.line.words import HOME
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
_PREFIX = re.compile(r"^(?:category|kategorie|rubrik|rubrique|section|categor[íi]a|topic|thema)\s?: ", re.I)
_CRUMBS = "text:breadcrumb"
_STEP = " / "
_LONG_VALUE, _LONGEST_STEP, _CUT = 300, 40, 30
"""Characters of a value that are read, of the longest step of a way, and of one that may be the headline, cut."""
_MARKUP = frozenset({"breadcrumb", "breadcrumbs", "breadcrumblist"})
_SAYS_NOTHING = frozenset(
    {
        *("live", "exclusive", "breaking", "breaking news", "premium", "video", "videos", "article", "articles", "post", "posts", "story", "stories"),
        *("uncategorized", "uncategorised", "allgemein", "non classé", "sin categoría", "sem categoria", "senza categoria", "без рубрики", "general"),
        *(
            "all",
            "latest",
            "latest posts",
            "default",
            "page",
            "pages",
            "none",
            "null",
            "undefined",
            "other",
            "featured",
            "blog",
            "blogs",
            "web",
            "back",
        ),
        *("breadcrumb", "breadcrumbs", "breadcrumb trail links", "you are here", "sie sind hier", "menu", "index", "www", "website", "untitled"),
    }
)
"""Labels that name no section."""


_BEFORE_DATE = " /|·•,–—-"


def find_section(head: Head, headline: int | None, title: str | None) -> tuple[tuple[Mark, ...], tuple[Witness, ...]]:
    """The rules' section labels that belong to this story, and the witnesses: a label that others confirm, declared, breadcrumbs, other labels."""
    anchor = headline if headline is not None else head.body
    others = _other_names(head, title)
    declared = [
        Witness("section", said, w.origin, w.start, w.end)
        for w in head.page.declared
        if w.field == "section" and isinstance(w.value, str) and (said := _named(w.value, others))
    ]
    labels = _labels(head, anchor) or _from_menu(head, headline)
    labels = tuple(mark for mark in labels if _is_section(head, mark, declared))
    printed = [
        Witness("section", said, m.rule, m.start, m.end)
        for m in labels
        if normal(said := _undated(" ".join(head.page.text[m.start : m.end].split()), head.language)) not in _SAYS_NOTHING
    ]
    ways = [*_declared_ways(head, others), *_crumbs(head, anchor, others)]
    return labels, _ranked(printed, list(dict.fromkeys(declared)), ways)


def _undated(label: str, language: str | None) -> str:
    """A label without the date that shares its line ("Politics / 11 January 2024")."""
    moments = dates_in(label, language, most=1)
    return label[: moments[0].start].rstrip(_BEFORE_DATE) if moments else label


def _ranked(printed: list[Witness], declared: list[Witness], ways: list[Witness]) -> tuple[Witness, ...]:
    """The witnesses, the believed one first. A declared name in small letters is an address's; the way to the page prints it as readers know it."""
    stated = [*declared, *ways]
    agreed = [w for w in printed if any(_share(w.value, other.value) for other in stated)]
    written = [w for w in declared if not _is_slug(w.value)]
    confirming = [w for w in ways if any(_share(w.value, other.value) for other in declared)]
    order = dict.fromkeys((*agreed, *written, *confirming, *ways, *printed, *declared))
    if not order:
        return ()
    first = next(iter(order))
    said = any(_share(first.value, w.value) for w in order if w.origin != first.origin)
    why = _WHY.get(first.origin, "The page's own label above the headline says so") + (", and another place names it too." if said else ".")
    return (first._replace(why=why), *list(order)[1:])


_WHY = {
    "opengraph": "The page declares it for social media",
    "json-ld": "JSON-LD says so",
    "meta": "A meta element says so",
    "microdata": "Microdata says so",
    _CRUMBS: "The page's breadcrumbs lead there",
}


def _share(one: str, other: str) -> bool:
    """Whether two sections or ways to the page have a step in common."""
    return not {normal(p) for p in one.split(_STEP)}.isdisjoint(normal(p) for p in other.split(_STEP))


def _is_slug(value: str) -> bool:
    return value == value.lower() and value != value.upper()


def _other_names(head: Head, title: str | None) -> frozenset[str]:
    """What a section isn't called: as the site, as the story."""
    names = {normal(str(w.value)) for w in head.page.declared if w.field == "site"}
    return frozenset(names | ({normal(title)} if title else set()))


def _named(value: str, others: frozenset[str]) -> str | None:
    """A declared section; the first of several; None for what names none."""
    said = _PREFIX.sub("", " ".join(value[:_LONG_VALUE].split()))
    said = said.split(",", 1)[0] if said.count(",") > 1 else said
    plain = normal(said)
    if not 1 < len(said) <= _LONGEST or plain in others or plain in _SAYS_NOTHING or plain.isdigit() or "://" in said or not plain:
        return None
    return said


def _steps(names: Iterable[str], others: frozenset[str]) -> str | None:
    """The way to the page as its section, without its beginning ("Home") and its end (the headline)."""
    steps = [_PREFIX.sub("", " ".join(name.split())) for name in names]
    named = [s for s in steps if 1 < len(s) <= _LONGEST_STEP and s.lower() not in HOME and normal(s) not in _SAYS_NOTHING]
    named = [s for s in named if normal(s) and normal(s) not in others and not any(o.startswith(normal(s)) and len(s) > _CUT for o in others)]
    named = list(dict.fromkeys(named))
    while named and len(_STEP.join(named)) > _LONGEST:
        named.pop()
    return _STEP.join(named) or None


def _declared_ways(head: Head, others: frozenset[str]) -> list[Witness]:
    ways = [w for w in head.page.declared if w.field == "breadcrumb" and isinstance(w.value, tuple)]
    return [Witness("section", said, w.origin) for w in ways if (said := _steps(w.value, others))]


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


def _crumbs(head: Head, anchor: int, others: frozenset[str]) -> list[Witness]:
    """The way to the page as it is printed: in one line, or each step in a block of its own that the markup calls a breadcrumb."""
    blocks = head.page.blocks
    run: list[int] = []
    for index in range(min(anchor, len(head.kinds)) - 1, max(-1, anchor - _ABOVE - 1), -1):
        block = blocks[index]
        if head.kinds[index] is Kind.BREADCRUMB and not run:
            text = head.text(index)[:_LONG_VALUE]
            if _CRUMB.search(text) and (said := _steps(_CRUMB.split(text), others)):
                return [Witness("section", said, _CRUMBS, block.start, block.end)]
        if not block.words.isdisjoint(_MARKUP) and block.end - block.start <= _LONGEST:
            run.insert(0, index)
        elif run:
            break
    said = _steps((part for index in run for part in _CRUMB.split(head.text(index))), others) if run else None
    return [Witness("section", said, _CRUMBS, blocks[run[0]].start, blocks[run[-1]].end)] if said else []
