"""Lines of nothing but a date and a clock time, or the same time said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind

_MONTH = r"[^\W\d_]{3,12}\.?"
_DATE = (
    rf"(?:\d{{1,2}}[./-] ?\d{{1,2}}[./-] ?(?:\d{{4}}|\d\d)|\d{{4}}[-/.]\d\d?[-/.]\d\d?"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th)?(?: de| of)? {_MONTH}(?:,? | de )\d{{4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{4}}年 ?\d{{1,2}}月 ?\d{{1,2}}日)"
)
_CLOCK = r"(?:\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?(?:uhr|[ap]\.?m\.?|h))?|\d{1,2} ?(?:uhr|[ap]\.?m\.?)|\d{1,2}時\d{1,2}分)"
_ZONE = r"(?: ?(?:[a-z]{2,4}|\(?(?:gmt|utc) ?[+-]? ?\d{0,2}(?::?\d\d)?\)?))?"
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,? )?"
_BETWEEN = r"(?:[,|·•/ –-]| um | at | à | om | kl\. ?| kl | o godz\. | alle(?: ore)? | a las | às | в | saat ){1,4}"
_LINE = re.compile(rf"{_WEEKDAY}(?:{_DATE}{_BETWEEN}{_CLOCK}{_ZONE}|{_CLOCK}{_ZONE}{_BETWEEN}{_WEEKDAY}{_DATE})")
_LINE_CHARS = range(14, 61)


@dataclass(frozen=True, slots=True)
class DateAndClock:
    """A line that is a date with a clock time, and nothing else."""

    id: str = "date-and-clock"
    score: float = 0.62
    examples: tuple[Example, ...] = (
        Example("Storm closes the harbour\n⟦28.04.2024 | 09:36 Uhr⟧\nThe harbour stays shut."),
        Example("⟦21 May 2025 - 14:19⟧"),
        Example("⟦Friday, 22 Nov 2024 4:55 PM MYT⟧"),
        Example("⟦28. Juni 2025 - 16.03 Uhr⟧"),
        Example("⟦2025年5月4日 10:32⟧"),
        Example("21 May 2025"),
        Example("The harbour was shut on 21 May 2025 at 14:19, the office said."),
        Example("Final score 21 May 2025 - 3:1"),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        for index in page.numbered:
            block = page.blocks[index]
            if block.end - block.start in _LINE_CHARS and _LINE.fullmatch(page.folded, block.start, block.end):
                yield Hit(block.start, block.end)


@dataclass(frozen=True, slots=True)
class TimeTwice:
    """A short line that says the same twice, with a number in it: a time, for readers and for machines."""

    id: str = "time-twice"
    score: float = 0.8
    examples: tuple[Example, ...] = (
        Example("Storm closes the harbour\n⟦vor 3 Stundenvor 3 Stunden⟧\nThe harbour stays shut."),
        Example("⟦5 min ago 5 min ago⟧"),
        Example("33"),
        Example("Row Row"),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        for index, line in page.numbered.items():
            half = (len(line) + 1) // 2
            if 5 <= half <= 24 and line[0] == line[-(len(line) // 2)] and line[: len(line) // 2] == line[half:]:
                yield Hit(page.blocks[index].start, page.blocks[index].end)


RULE_SET = RuleSet(
    name="timestamp-lines",
    kind=Kind.TIMESTAMP,
    marks="Lines of nothing but a date with a clock time, or a time said twice. The date in them is still read.",
    why="It says when the page was published, not what happened.",
    misses="Times with a name or a place on the same line.",
    rules=(DateAndClock(), TimeTwice()),
)
