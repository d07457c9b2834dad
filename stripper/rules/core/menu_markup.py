"""Menus that HTML itself says to be such: its element for navigation, bars of links above the headline, and the page's footer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Block, Hit, Kind

_FOOTER = frozenset({"footer", "foot", "site-footer", "page-footer", "bottom"})
_LINKED = 0.6
"""Share of its characters that a bar of links has in links; between them stand bars and blanks."""
_NAV_CHARS = 300
"""A longer block is no link of a menu."""


@dataclass(frozen=True, slots=True)
class NavElement:
    """A block within HTML's own element for navigation."""

    id: str = "nav-element"
    score: float = 0.9
    examples: tuple[Example, ...] = (
        Example("<html><body><nav><ul><li>⟦Harbour⟧</li><li>⟦Island⟧</li></ul></nav><p>The ferry left on Monday.</p></body></html>"),
        Example("<html><body><ul><li>Harbour</li><li>Island</li></ul><p>The ferry left on Monday.</p></body></html>"),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.source == "html":
            for block in page.blocks:
                if block.end - block.start <= _NAV_CHARS and (block.tag == "nav" or "/nav/" in f"/{block.path}/"):
                    yield Hit(block.start, block.end)


@dataclass(frozen=True, slots=True)
class LinkBar:
    """In HTML, short blocks of links above the first large heading, and in what calls itself the page's footer."""

    id: str = "link-bar"
    score: float = 0.68
    examples: tuple[Example, ...] = (
        Example(
            "<html><body><div><a href='/h'>⟦Harbour</a> <a href='/i'>Island⟧</a></div><table><tr><td><a href='/t'>⟦Tides⟧</a></td></tr></table>"
            "<h1>Ferry leaves the island</h1><p>The ferry left on Monday.</p>"
            "<div class='page-footer'><a href='/x'>⟦Pilots' notices⟧</a></div></body></html>"
        ),
        Example(
            "<html><body><h1>Ferry leaves the island</h1><p>The ferry left on Monday.</p>"
            "<p><a href='/t'>The timetable of the ferry</a></p></body></html>"
        ),
        Example("<html><body><p><a href='/f'>Ferry leaves the island</a></p><p>The ferry left on Monday.</p></body></html>"),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.source != "html":
            return
        title = next((index for index, block in enumerate(page.blocks) if block.level == 1 and not _is_bar(block)), 0)
        footer = _footer(page)
        for index, block in enumerate(page.blocks):
            if _is_bar(block) and (index < title or "footer" in block.path or index in footer):
                yield Hit(block.start, block.end)


def _footer(page: Lines) -> set[int]:
    """The blocks of what calls itself a footer; where that is half of the page, it is a footer in name only."""
    footer = set(page.named(_FOOTER))
    return footer if 2 * sum(map(page.size, footer)) < len(page.text) else set()


def _is_bar(block: Block) -> bool:
    size = block.end - block.start
    return size <= _NAV_CHARS and block.link_chars >= _LINKED * size


RULE_SET = RuleSet(
    name="menu-markup",
    kind=Kind.NAVIGATION,
    marks="Blocks in HTML's element for navigation, and links above the headline and in the footer.",
    why="They lead around the site.",
    misses="Menus in elements that say nothing, beside the story.",
    rules=(NavElement(), LinkBar()),
)
