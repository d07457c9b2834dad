"""Lines of nothing but a date and a clock time, or the same time said twice, and times in the lines above a story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import UNSURE, Example, Lines, RuleSet
from stripper.rules.times import time_words
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
_STORY = (
    "The harbour stays shut until Monday, the master said, and the two boats that lie outside will have to wait for the wind to turn once more.\n"
    "Nobody was hurt. The pier lost forty planks, which the town keeps in its yard for days like this, and the carpenters begin at dawn tomorrow."
)
_LINE_CHARS = range(14, 61)
_DAY = (
    r"(?:today|yesterday|heute|gestern|aujourd'hui|hier|hoy|ayer|hoje|ontem|oggi|ieri|vandaag|gisteren|dziś|wczoraj|bugün|dün|сегодня|вчера|i ?dag)"
)
_TODAY = rf"(?:{_DAY}(?:,| at| um| à| a las| às| alle| om| o| kl\.?| в| saat)? ?)?"
_ALONE = re.compile(rf"{_TODAY}(?:\d\d:\d\d|\d{{1,2}}[:.h]\d\d ?(?:uhr|[ap]\.?m\.?)){_ZONE}|\d{{1,2}} ?min\.?(?: lesezeit| read)?")
_BESIDE = re.compile(rf"{_WEEKDAY}{_DATE}{_BETWEEN}{_CLOCK}(?: ?uhr)?(?=[^\d]{{3,30}}$)|(?<=[, ]){_DATE}{_BETWEEN}{_CLOCK}{_ZONE}$")
_TIME_IN = re.compile(r"\d[:.h時]\d\d|\d ?(?:uhr|min|[ap]\.?m)")
_BESIDE_CHARS = 70
_FEW = 3
"""More dates with clock times than so many belong to the entries of a list."""
_HEAD = 5
"""Most steps from a time to the paragraph under it."""
_PARAGRAPH = 100
"""Characters of a paragraph that may begin a story."""


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
        """Hits on whole blocks; unsure where there are many, or on a forum: those are the times of entries and posts."""
        found = []
        for index in page.numbered:
            block = page.blocks[index]
            if block.end - block.start in _LINE_CHARS and _LINE.fullmatch(page.folded, block.start, block.end):
                found.append(block)
        score = UNSURE if len(found) > _FEW or (found and page.is_thread) else None
        for block in found:
            yield Hit(block.start, block.end, score)


@dataclass(frozen=True, slots=True)
class TimeAboveStory:
    """A clock time alone, or a date with one beside a name or a place, among the few lines above a paragraph, and only a few times on a page."""

    id: str = "time-above-story"
    score: float = 0.8
    examples: tuple[Example, ...] = (
        Example(f"Storm closes the harbour\n30 May 2025,\n⟦15:59⟧\n{_STORY}"),
        Example(f"Sturm schließt den Hafen\nAda Quill\n⟦15:59 Uhr⟧\n{_STORY}"),
        Example(f"Storm sluit de haven\n⟦Vandaag om 20:07⟧\n{_STORY}"),
        Example(f"Sturm schließt den Hafen\n⟦11.07.2026, 09:30 Uhr⟧Tarnport\n{_STORY}"),
        Example(f"Storm closes the harbour\nMara Quill, ⟦26.04.2024 10:00⟧\n{_STORY}"),
        Example(f"{_STORY}\n15:59\nMara Quill, 26.04.2024 10:00"),
        Example("".join(f"{hour}:59\n{_STORY}\n" for hour in range(10, 14))),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on the times."""
        found = []
        near = [index for index, line in page.numbered.items() if len(line) <= _BESIDE_CHARS and _TIME_IN.search(line)]
        above = {index - back for index in page.paragraphs(_PARAGRAPH) for back in range(1, _HEAD)} if near else ()
        for index in near:
            if index not in above:
                continue
            block, line = page.blocks[index], page.numbered[index]
            if _ALONE.fullmatch(line):
                found.append((block.start + block.lead, block.end))
            elif time := _BESIDE.search(line):
                found.append((block.start + block.lead + time.start(), block.start + block.lead + time.end()))
        if 0 < len(found) <= _FEW and not page.is_thread:
            yield from (Hit(start, end) for start, end in found)


@dataclass(frozen=True, slots=True)
class TimeTwice:
    """A short line that says the same time twice, for readers and for machines."""

    id: str = "time-twice"
    score: float = 0.94
    examples: tuple[Example, ...] = (
        Example("Storm closes the harbour\n⟦vor 3 Stundenvor 3 Stunden⟧\nThe harbour stays shut."),
        Example("⟦5 min ago 5 min ago⟧"),
        Example("⟦30 January 2025 / 23:07 GMT30 January 2025 / 23:07 GMT⟧"),
        Example("33"),
        Example("Row Row"),
        Example("Mill 22 Wheel Mill 22 Wheel"),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks."""
        for index, line in page.numbered.items():
            half = (len(line) + 1) // 2
            if 5 <= half <= 32 and line[0] == line[-(len(line) // 2)] and line[: len(line) // 2] == line[half:] and time_words(line[half:]):
                yield Hit(page.blocks[index].start, page.blocks[index].end, UNSURE if page.is_thread else None)


RULE_SET = RuleSet(
    name="timestamp-lines",
    kind=Kind.TIMESTAMP,
    marks="Lines of nothing but a date with a clock time, a time said twice, and times among the lines above a story. The date is still read.",
    why="It says when the page was published, not what happened.",
    misses="Times with a name or a place on the same line, away from the story's beginning.",
    rules=(DateAndClock(), TimeAboveStory(), TimeTwice()),
)
