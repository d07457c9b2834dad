"""Menus known by nothing but their shape: long lists of very short items, and labels of other kinds that are items of a menu."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from stripper.rules.base import UNSURE, Example, Lines, RuleSet
from stripper.types import Hit, Kind, Mark

_LEAST, _LEAST_WITHIN = 20, 30
"""Items of a list that is longer than writers make them: above the first paragraph or below the last, and between."""
_BRIDGE = 1
"""Lines without a marker between two items: what groups them."""
_DIGITS = 0.4
"""Where more of the items hold digits they are ingredients, scores or numbered chapters."""
_TILES = 0.4
"""Where more of the items are said again in the next line, these are pictures and links of goods, which a shop may be about."""
_ONE_SORT = 0.5
"""Where more of the items end in the same word they are kinds of one thing, which a page may be about."""
_DIGIT = re.compile(r"\d")
_LABELS = frozenset(
    {Kind.NEWSLETTER, Kind.PAYWALL, Kind.COOKIE, Kind.ADVERT, Kind.COMMENTS, Kind.DISCLAIMER, Kind.APP_PROMO, Kind.TIMESTAMP, Kind.CAPTION}
)
"""What sites call their services by, in menus and elsewhere. Names of networks aren't among them: where these stand in a row they are for sharing."""
_CALL = re.compile(r"[?!]|(?<!\w)(?:inbox|tips?|app store|google play|réservé|abonnés)(?!\w)")
"""What asks readers a question, or marks the title beside it, is no menu's item wherever it stands."""
_NEAR = 2
"""Blocks to either side that say whether an item is one of a menu's."""


@dataclass(frozen=True, slots=True)
class LongList:
    """Twenty or more items of lists that are very short and end no sentence, on a page that also has paragraphs; thirty between these."""

    id: str = "long-list"
    score: float = 0.66
    examples: tuple[Example, ...] = (
        Example(
            "Islands\n⟦• Tarn\n• Oldquay\n• Stell\n• Outer Island\n• Callow\n• Tarrow\n• Merrow\n• Little Stell\n• Ness\n• Harrow\n• Calf\n"
            "• Gull Rock\n• West Tarn\n• Sandholm\n• Greyholm\n• Skerry\n• Lamb Holm\n• High Island\n• Low Island\n• The Twins\n• Far Skerry⟧\n"
            "The last ferry\n12 May 2021\n"
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again.\n"
            "The yard that was to build the new one has been shut since the flood, and the money for it went to the mill and to its road.\n"
            "The council meets on Friday, and then again on Monday, and after that it will not meet before the herring has gone by."
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "• Tarn\n• Oldquay\n• Stell\n• Outer Island\n• Callow\n• Tarrow\n• Merrow\n• Little Stell\n• Ness\n• Harrow\n• Calf\n• Gull Rock\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        told = page.paragraphs(60) if page.source == "text" else ()
        if not told:
            return
        for run in _runs(page):
            within = told[0] < run[0] and run[-1] < told[-1]
            if len(run) >= (_LEAST_WITHIN if within else _LEAST) and not _has_digits(page, run):
                below = told[0] < run[0] and (page.endings[run[0] - 1] == ":" or _is_one_sort(page, run) or _are_tiles(page, run))
                score = UNSURE if below or not page.tells_something else None  # a page that tells next to nothing may be a list by nature
                for index in run:
                    yield Hit(page.blocks[index].start, page.blocks[index].end, score)


@dataclass(frozen=True, slots=True)
class LabelInMenu:
    """An item whose words are another kind's label ("Newsletter", "Cookies"), among items of a menu."""

    id: str = "label-in-menu"
    score: float = 0.97
    examples: tuple[Example, ...] = (
        Example(
            "• News\n• Harbour\n• Sport\n⟦• Newsletter⟧\n• Weather\n• Contact\n"
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again.\n"
            "Newsletter\nEvery Friday in your inbox"
        ),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        if page.source != "text":
            return
        labels = {mark.start for mark in marks if mark.kind in _LABELS}
        menu = {mark.start for mark in marks if mark.kind is Kind.NAVIGATION and mark.score >= 0.5} if labels else ()
        for start in sorted(labels) if len(menu) > _NEAR else ():
            index = bisect_left(page.starts, start)
            if (
                index < len(page.blocks)
                and page.starts[index] == start
                and index in page.items
                and not _CALL.search(page.short[index])
                and _is_among(page, index, menu)
            ):
                yield Hit(start, page.blocks[index].end)


def _is_among(page: Lines, index: int, menu: Container[int]) -> bool:
    """Whether there are items of a menu on both sides of a block, or two on one, that have markers if it has one."""
    listed = page.blocks[index].lead > 0
    sides = [
        sum(page.starts[near] in menu and (page.blocks[near].lead > 0) is listed for near in side if 0 <= near < len(page.blocks))
        for side in (range(index - _NEAR, index), range(index + 1, index + 1 + _NEAR))
    ]
    return min(sides) > 0 or max(sides) == _NEAR


def _runs(page: Lines) -> Iterator[list[int]]:
    """Items of lists that stand together, with what groups them."""
    text, starts, blocks = page.text, page.starts, page.blocks
    listed = [index for index in page.items if blocks[index].lead]
    run: list[int] = []
    for index in listed if len(listed) >= _LEAST else ():
        if not text[starts[index]].isalnum():
            if run and index - run[-1] > 1 + _BRIDGE:
                yield run
                run = []
            run.append(index)
    if run:
        yield run


def _are_tiles(page: Lines, run: Sequence[int]) -> bool:
    return sum(page.short[index] == page.short.get(index + 1) for index in run) > _TILES * len(run)


def _is_one_sort(page: Lines, run: Sequence[int]) -> bool:
    return Counter(page.short[index].rpartition(" ")[2] for index in run).most_common(1)[0][1] > _ONE_SORT * len(run)


def _has_digits(page: Lines, run: Sequence[int]) -> bool:
    return sum(_DIGIT.search(page.short[index]) is not None for index in run) > _DIGITS * len(run)


RULE_SET = RuleSet(
    name="menu-lists",
    kind=Kind.NAVIGATION,
    marks="Long lists of very short items, and labels such as 'Newsletter' where they are items of a menu.",
    why="They lead around the site.",
    misses="Menus without list markers, and short ones without a word that other sites use.",
    rules=(LongList(), LabelInMenu()),
)
