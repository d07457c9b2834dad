"""Teasers in a rhythm, and single ones within the story, known by the date or time that stands with each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stripper.rules.base import CLOSERS, UNSURE, Example, Lines, RuleSet
from stripper.types import Block, Hit, Kind

_MONTH = r"[^\W\d_]{3,12}\.?"
_UNIT = r"(?:s|m|h|d|w|secs?|mins?|hrs?|seconds?|minutes?|hours?|days?|weeks?|months?|years?)"
_CLOCK = r"\d{1,2}(?:[:h]\d\d|\.\d\d ?uhr)(?: ?uhr| ?[ap]\.?m\.?)?(?!\d)"
_AGO = r"(?:min|ore|ora|giorni|uur|dagen|godz|dni|saat|gün|час\w*|дн\w*|мин\w*)\.? (?:fa|geleden|temu|önce|назад)"
_BY_NUMBER = (
    r"\d{1,2}[./-] ?\d{1,2}[./-] ?(?:\d{4}|\d\d)(?!\d)|\d{4}[-/.]\d\d?[-/.]\d\d?(?!\d)|(?:\d{4}年)?\d{1,2}月\d{1,2}日"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th)?(?: de| of)? {_MONTH}(?:,? | de )(?:\d{{4}}|\d\d)(?!\d)"
)
_BY_WORD = rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?, \d{{4}}(?!\d)"
_SINCE_NUMBER = rf"\d{{1,3}} ?(?:{_UNIT} ago|{_AGO}|(?:時間|分|日|小时|分钟|天)前)"
_SINCE_WORD = (
    rf"an? ?{_UNIT} ago|vor (?:\d{{1,3}}|eine[rmn]) (?:sekunde|minute|stunde|tag|woche|monat|jahr)(?:e?n)?"
    r"|il y a \d{1,3} [a-z]{1,8}|hace \d{1,3} [^\W\d_]{3,8}|há \d{1,3} [^\W\d_]{3,8}"
)
_TIME = re.compile(rf"(?<!\d)(?=\d)(?:{_BY_NUMBER}|{_CLOCK}|{_SINCE_NUMBER})|(?<![^\W_])(?=[^\W\d_])(?:{_SINCE_WORD}|{_BY_WORD})|(?<=\d)vor \d+ \w+")
_DIGITS = re.compile(r"\d[./:h-] ?\d|\d.* \d\d|月\d")
_SINCE = ("ago", "vor ", " fa", "geleden", "temu", "önce", "назад", "前", "il y a", "hace ", "há ")
"""A line without one of these holds no such time, and is known so quickly."""
_DAY = r"včera|dnes|heute|gestern|today|yesterday|wczoraj|dziś|ieri|oggi|hier|ayer|hoy|ontem|hoje"
_FULL_TIME = re.compile(rf"(?:[a-z]{{2,10}},? )?(?:{_BY_NUMBER}|{_BY_WORD}|{_DAY})[,|· -]{{1,4}}(?:um )?{_CLOCK}")
"""A date and a clock time, and nothing else."""
_TIME_CHARS = 64
_REST_CHARS = 26
"""So many other characters may stand with a time: a section's or an author's name."""
_TITLE_CHARS = range(20, 221)
_MOST_CHARS = 420
"""More than a deck and a caption hold; what is longer is a paragraph of a story."""
_MOST_SENTENCES = 2
"""A deck and a caption."""
_STEP = range(2, 8)
"""Blocks from one time to the next."""
_LEAST = 3
_PARAGRAPH_CHARS = 80
_MOST_SHARE = 0.5
"""Teasers of more than this share of the story's characters may be the page's own list."""
_SENTENCE_ENDS = (".", "…", "。", "！", ":", ";", ",")
_HEAD_BLOCKS = 5


@dataclass(frozen=True, slots=True)
class Dated:
    """Titles with a date or a time each, three or more in a rhythm, with decks, captions and names between them that are no longer than a deck."""

    id: str = "titles-with-dates"
    score: float = 0.76
    examples: tuple[Example, ...] = (
        Example(
            "The ferry left on Monday.\n⟦Harbour office sells the old crane\nIt stood on the quay for ninety years.\n10.06.2026\n"
            "Island school wins the rowing cup\nThe crew of six has trained since spring.\n9.06.2026\n"
            "Bakers strike over the price of flour\nThe mill has asked for twice as much.\n7.06.2026⟧"
        ),
        Example(
            "The ferry left on Monday.\n⟦19:00\nHarbour office sells the old crane\n18:20\nIsland school wins the rowing cup\n16:05\n"
            "Bakers strike over the price of flour⟧\n"
        ),
        Example(
            "12 May 2021\nThe ferry was built in Tarnport, and nobody on the island had asked for it.\n14 May 2021\n"
            "The crew went aboard, and the harbour office gave them flags.\n16 May 2021\nThe ferry sailed for the first time."
        ),
        Example("Harbour office sells the old crane\n10.06.2026\nThe crane stood on the quay for ninety years, and nobody knows who wants it."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        dated = {*page.numbered, *page.holding(" ago"), *page.holding("vor eine")}
        times = [index for index in sorted(dated) if _is_time(page.short.get(index, ""))] if len(dated) >= _LEAST else []
        rows = list(_rows(page, times)) if len(times) >= _LEAST else []
        if rows and not _is_about(page, rows):
            score = UNSURE if not page.tells or page.is_thread or _is_most(page, rows) else None
            for block in (block for row in rows for block in page.blocks[row.start : row.stop]):
                yield Hit(block.start, block.end, score)


@dataclass(frozen=True, slots=True)
class DatedWithin:
    """Between paragraphs of the story a title, and under it nothing but a date with a clock time: another story's."""

    id: str = "dated-title-within"
    score: float = 0.75
    examples: tuple[Example, ...] = (
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "⟦Harbour office sells the old crane\n23. 12. 2024 13:31⟧\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "Ferry leaves the island for good\n23. 12. 2024 13:31\n"
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.story is None:
            return
        first, last = page.story
        for index, line in page.numbered.items():
            if first + 1 < index <= last and line[-1].isdigit() and len(line) <= _TIME_CHARS:
                title, time = page.blocks[index - 1], page.blocks[index]  # the day may pass for an item's number
                if _FULL_TIME.fullmatch(page.folded, time.start, time.end) and _is_title(page, title):
                    yield Hit(title.start, time.end)


def _is_time(line: str) -> bool:
    if not 3 < len(line) <= _TIME_CHARS or line[-1] in ":!?,;":
        return False
    if not _DIGITS.search(line) and not any(word in line for word in _SINCE):
        return False
    rest, found = _TIME.subn("", line)
    return found > 0 and len(rest.strip(" |·•-,/")) <= _REST_CHARS


def _is_cycle(page: Lines, start: int, end: int) -> bool:
    """Whether a title stands between two times, and what else a teaser holds."""
    if end - start not in _STEP:
        return False
    between = page.blocks[start + 1 : end]
    told = [block.end - block.start for block in between if _is_told(page, block)]
    return any(_is_title(page, block) for block in between) and len(told) <= _MOST_SENTENCES and sum(told) <= _MOST_CHARS


def _is_told(page: Lines, block: Block) -> bool:
    """Whether a block is a sentence, or too long for a title."""
    return block.end - block.start > _TITLE_CHARS.stop or page.text[block.end - 4 : block.end].rstrip(CLOSERS).endswith((".", "。"))


def _rows(page: Lines, times: Sequence[int]) -> Iterator[range]:
    """The blocks of each run of teasers."""
    run: list[int] = []
    for at in (*times, len(page.blocks) + _STEP.stop):
        if run and not _is_cycle(page, run[-1], at):
            if len(run) >= _LEAST:
                yield _with_ends(page, run)
            run = []
        run.append(at)


def _with_ends(page: Lines, run: Sequence[int]) -> range:
    """A run from its first title to its last, without the story's own head."""
    step = min(b - a for a, b in pairwise(run))
    first, last = run[0], run[-1]
    while first > 0 and run[0] - first < step - 1 and page.size(first - 1) < _TITLE_CHARS.stop and not page.blocks[first - 1].level:
        first -= 1
    while first < run[0] and _is_told(page, page.blocks[first]):
        first += 1  # the end of what stands before
    if not any(_is_title(page, block) for block in page.blocks[first : run[0]]):  # each time stands above its title
        first = run[0]
        while last + 1 < len(page.blocks) and last - run[-1] < step - 1 and _is_item(page, page.blocks[last + 1]):
            last += 1
    if page.story is not None and last < page.story[0] <= last + _HEAD_BLOCKS:
        last = run[-2]
    return range(first, last + 1)


def _is_about(page: Lines, rows: Sequence[range]) -> bool:
    """Whether the page holds more text in these rows than beside them: it is about them, a list of events or of news."""
    paragraphs = page.paragraphs(_PARAGRAPH_CHARS)
    within = {index for row in rows for index in row}
    inside = sum(page.size(index) for index in paragraphs if index in within)
    return 2 * inside > sum(map(page.size, paragraphs))


def _is_most(page: Lines, rows: Sequence[range]) -> bool:
    """Whether these rows are so large beside the story that they may be what the page is for."""
    if page.story is None:
        return True
    story = sum(page.size(index) for index in page.paragraphs(_PARAGRAPH_CHARS) if page.story[0] <= index <= page.story[1])
    return sum(map(page.size, (index for row in rows for index in row))) > _MOST_SHARE * story


def _is_title(page: Lines, block: Block) -> bool:
    text = page.text[block.start + block.lead : block.end]
    if not text or text.rstrip(CLOSERS).endswith(_SENTENCE_ENDS):
        return False
    if text[0] >= "\u2e80":
        return 10 <= len(text) <= 80
    return len(text) in _TITLE_CHARS and text.count(" ") >= 2 and not text[0].islower()


def _is_item(page: Lines, block: Block) -> bool:
    return not block.level and not _is_told(page, block)


RULE_SET = RuleSet(
    name="teaser-rows",
    kind=Kind.RELATED,
    marks="Titles of other stories with the date or time that stands with each: three or more in a rhythm, or one between the story's paragraphs.",
    why="They lead to other stories.",
    misses="Teasers without a date, and rhythms that change from one to the next by more than a few lines.",
    rules=(Dated(), DatedWithin()),
)
