"""The date that some scrapers print as metadata in front of a page's first line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, RuleSet
from stripper.types import Hit, Kind, Page

_ZONE = r"(?: ?(?:z|utc|gmt|[+-]\d\d:?\d\d))"
_PREFIX = re.compile(
    r"(?:meta[-_ ])?(?:(?:article|page|og)[-_:. ])?(?:pub(?:lish(?:ed)?|lication)?[-_ ]?(?:date|time|at|on)?|date(?:[-_ "
    r"]?(?:published|created|posted|time))?"
    r"|created(?:[-_ ]at)?|posted(?:[-_ ]on)?|timestamp|datum|fecha|data)[ :=]{1,3}\"?"
    rf"(?:\d{{4}}([-/.])\d{{1,2}}\1\d{{1,2}}|\d{{8}}(?!\d))(?:[t ]{{1,2}}\d{{1,2}}:\d\d(?::\d\d(?:\.\d{{1,6}})?)?{_ZONE}?)?\"?(?!\w)"
)
_FIRST_BLOCKS = 3


@dataclass(frozen=True, slots=True)
class DatePrefix:
    """A word such as "date" or "published" and a date in digits, at the beginning of one of the page's first lines."""

    id: str = "metadata-date"
    score: float = 0.95
    examples: tuple[Example, ...] = (
        Example(" ⟦date 2021-03-09⟧ Politics / Council\nThe bridge opens in May\nThe council said so."),
        Example("⟦published: 2021-03-09⟧ Close An icon of a cross. Menu An icon of three lines. Bell An icon of a bell."),
        Example("⟦pubdate 2021-03-09T10:00Z⟧\nThe bridge opens in May"),
        Example("⟦publish_date: 2021-03-09 10:00:31 +02:00⟧ The bridge opens in May"),
        Example("⟦Date: 2021/03/09⟧ News | Harbour"),
        Example("Date 2021 in your calendar: the bridge opens.\nIt will be in May."),
        Example("The bridge opens in May\nThe council met.\nIt voted.\nIt went home.\ndate 2021-03-09 was the day."),
    )

    def find(self, page: Page) -> Iterator[Hit]:
        for block in page.blocks[:_FIRST_BLOCKS]:
            if found := _PREFIX.match(page.folded, block.start, block.end):
                yield Hit(found.start(), found.end())


RULE_SET = RuleSet(
    name="date-prefix",
    kind=Kind.DATE,
    marks="A metadata date in front of the page's first line ('date 2021-03-09'). The date is read from it.",
    why="It says when the page was published; a scraper wrote it, not the author.",
    misses="Dates written in words, and prefixes without a word that says what they are.",
    rules=(DatePrefix(),),
)
