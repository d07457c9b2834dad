"""Breadcrumb trails of several lines, and trails whose parts run into one another: what follows them is the headline that they end with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind

_HEADLINE_CHARS = 20
_NEAR = 4
"""Blocks behind a trail's last part within which the headline stands."""
_PREFIX = range(3, 81)
"""Characters of the names of sections before a headline."""
_KICKER_ENDS = (":", ".", "!", "?", "–", "-", "|", '"')
"""What parts a kicker from a headline, which are a headline together."""
_MOST_PARTS = 6
_FRONT_TEXT = """
home|homepage|start|startseite|accueil|inicio|início|portada|strona główna|anasayfa|ana sayfa|главная|ホーム|トップ|首页|úvod|domů|forside|voorpagina
etusivu|hem|hjem|kezdőlap|acasă|beranda|news|blog
"""
_FRONT = frozenset(_FRONT_TEXT.strip().replace("\n", "|").split("|"))
_ARROWS = " >›»/|→·"


@dataclass(frozen=True, slots=True)
class EndsWithHeadline:
    """Above the story a line that ends with the headline below it, names of sections before it, and an item of a list that is the headline."""

    id: str = "ends-with-headline"
    score: float = 0.8
    examples: tuple[Example, ...] = (
        Example(
            "⟦NewsHarbourFerriesThe last ferry leaves the island for good⟧\nThe last ferry leaves the island for good\nMara Quill\n"
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "• Sport\n• Harbour\n⟦• The last ferry leaves the island for good⟧\nThe last ferry leaves the island for good\nMara Quill\n"
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "Harbour: The last ferry leaves the island for good\nThe last ferry leaves the island for good\nMara Quill\n"
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.story is None:
            return
        head = page.blocks[: page.story[0]]
        folded = page.folded
        long = [(index, block) for index, block in enumerate(head) if block.end - block.start >= _HEADLINE_CHARS]
        endings = {folded[block.end - _HEADLINE_CHARS : block.end] for _, block in long if not block.lead}
        for index, block in long:
            if folded[block.end - _HEADLINE_CHARS : block.end] not in endings:
                continue
            line = folded[block.start + block.lead : block.end]
            for below in head[index + 1 : index + 1 + _NEAR]:
                headline = folded[below.start : below.end]
                if below.lead or len(headline) < _HEADLINE_CHARS or not line.endswith(headline):
                    continue
                prefix = line[: -len(headline)].rstrip()
                if (block.lead and not prefix) or (len(prefix) in _PREFIX and not prefix.endswith(_KICKER_ENDS)):
                    yield Hit(block.start, block.end)
                    break


@dataclass(frozen=True, slots=True)
class NumberedTrail:
    """Above the story a short list that is numbered from one, whose first item is the front page."""

    id: str = "numbered-trail"
    score: float = 0.86
    examples: tuple[Example, ...] = (
        Example(
            "⟦1. Home>\n2. Harbour>\n3. Ferries⟧\nThe last ferry leaves the island for good\n"
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "1. Oars\n2. Bread\n3. Gloves\nWhat to take along\n"
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        head = page.story[0] if page.story is not None else 0
        for index, line in page.short.items():
            if index < head and line.strip(_ARROWS) in _FRONT and self._part(page, index) == "1":
                last = index
                while last + 1 < min(head, index + _MOST_PARTS) and self._part(page, last + 1) == str(last + 2 - index):
                    last += 1
                if last > index:
                    for part in page.blocks[index : last + 1]:
                        yield Hit(part.start, part.end)

    @staticmethod
    def _part(page: Lines, index: int) -> str:
        """The number of an item that is short enough for a part of a trail; empty for any other block."""
        block = page.blocks[index]
        return page.text[block.start : block.start + block.lead].strip(" .)") if block.lead and index in page.short else ""


RULE_SET = RuleSet(
    name="breadcrumb-items",
    kind=Kind.BREADCRUMB,
    marks="Trails that end with the headline under them, and numbered lists that begin with the front page.",
    why="It says where on the site the page stands; it leads away from the story.",
    misses="Trails with bullets that don't end with the headline: they look like menus.",
    rules=(EndsWithHeadline(), NumberedTrail()),
)
