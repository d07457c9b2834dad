"""Breadcrumb trails that share a line with a metadata date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind, Mark

_TRAIL = re.compile(r"(?:[^>›→/|.!?]{2,40} ?(?:>|›|→|::) ?){1,6}[^>›→.!?]{2,60}|home ?[/|] ?[^.!?]{2,120}")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class TrailBehindDate:
    """A trail with arrows, or one that begins with the front page, behind a metadata date, up to a run of icons or the line's end."""

    id: str = "trail-behind-date"
    score: float = 0.92
    examples: tuple[Example, ...] = (
        Example("date 2021-03-09 ⟦Home > News > Harbour⟧\nThe bridge opens in May"),
        Example("pubdate 2021-03-09T10:00Z ⟦News › Harbour⟧\nThe bridge opens in May"),
        Example("published: 2021-03-09 ⟦Home / Harbour / Ferries⟧\nThe bridge opens in May"),
        Example("date 2021-03-09 Politics / Council\nThe bridge opens in May"),
        Example("date 2021-03-09 The bridge opens in May"),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        head = page.blocks[:3][-1].end if page.blocks else 0
        for date in takewhile(lambda mark: mark.start < head, marks):
            block = next((b for b in page.blocks[:3] if b.start == date.start and date.end < b.end), None) if date.kind is Kind.DATE else None
            if block is None:
                continue
            end = min([block.end, *(m.start for m in marks if date.end <= m.start < block.end and m.kind is Kind.ICON_ALT)])
            rest = page.folded[date.end : end]
            trail = rest.strip(" |-")
            if len(trail) <= _LONGEST and _TRAIL.fullmatch(trail):
                start = date.end + rest.index(trail)
                yield Hit(start, start + len(trail))


RULE_SET = RuleSet(
    name="breadcrumb-line",
    kind=Kind.BREADCRUMB,
    marks="A breadcrumb trail behind a metadata date on the page's first line.",
    why="It says where on the site the page stands; it leads away from the story.",
    misses="Trails behind dates that are no metadata.",
    rules=(TrailBehindDate(),),
)
