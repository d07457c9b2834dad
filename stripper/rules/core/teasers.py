"""Lists of other stories without a heading: titles and decks under the story, and titles with a time in a rhythm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stripper.rules.base import CLOSERS, UNSURE, Example, Lines, RuleSet
from stripper.types import FIELD_KINDS, Block, Hit, Kind, Mark

_AGO = re.compile(
    r"(?:(?:about |updated |published )?(?:an?|\d{1,3}) ?(?:s|m|h|d|w|mo|y|secs?|mins?|hrs?|seconds?|minutes?|hours?|days?|weeks?|"
    r"months?|years?) ago|just now|yesterday"
    r"|vor (?:\d{1,3}|einer|einem) \w{3,8}|il y a \d{1,3} \w{1,8}|hace \d{1,3} \w{3,8}|há \d{1,3} \w{3,8}|\d{1,3} \w{2,9} (?:fa|"
    r"geleden|temu|önce|назад)"
    r"|\d{1,3} ?(?:時間|分|日|か月|小时|分钟|天|周)前|(?:\d{1,3} ?[-·|] ?)?\d{1,3}[ -]?min(?:ute)?s?(?:\.| read| de lectura| lesezeit)?)"
)
_DAY = re.compile(
    r"(?:[a-z]{2,9},? )?(?:\d{1,2}\.?(?:st|nd|rd|th)? [^\W\d]{3,10}\.?,? \d{4}|[^\W\d]{3,10}\.? \d{1,2},? \d{4}|"
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d)(?:,? \d{1,2}:\d\d)?"
)
_LABELS = re.compile(r"^(?:[^/|·.]{2,40} ?[/|·.] ?){1,2}(?=\d)")
"""A section's or an author's name before the time ("Harbour / 7 h ago")."""
_AGO_ENDS = (
    "ago",
    "now",
    "yesterday",
    "fa",
    "geleden",
    "temu",
    "önce",
    "назад",
    "前",
    "read",
    "min",
    "mins",
    "minutes",
    "min.",
    "lectura",
    "lesezeit",
)
_AGO_BEGINS = ("vor ", "il y a", "hace ", "há ")
_SIGNS = "|·•- "
_AGO_LAST = (*_AGO_ENDS, *_SIGNS)
_AGO_FIRST = (*_AGO_BEGINS, *_SIGNS)
"""What a line with such a time, or signs around it, ends and begins with."""
_END_MARKS = frozenset(
    {
        Kind.CREDIT,
        Kind.COPYRIGHT,
        Kind.TOPICS,
        Kind.SHARE,
        Kind.DISCLAIMER,
        Kind.NEWSLETTER,
        Kind.COMMENTS,
        Kind.AUTHOR_BIO,
        Kind.RELATED,
        Kind.PAYWALL,
    }
)
_ENDS = (".", "…", "。", "！", ":", ";", ",")
_PARAGRAPH_CHARS = 90
_TITLE_CHARS = range(20, 221)
_NAME_CHARS = 45
_TIME_CHARS = 50
_MOST_BETWEEN = 4
"""Most lines from one time to the next in a rhythm."""


@dataclass(frozen=True, slots=True)
class AfterStory:
    """Titles and decks behind the last paragraph, where a time, or a credit or another mark of a story's end, says that it has ended.

    Three or more lines of a title's length that end no sentence, and hardly anything else. Items of lists and lines that begin small are no titles.
    """

    id: str = "titles-after-story"
    score: float = 0.8
    examples: tuple[Example, ...] = (
        Example(
            "The ferry left on Monday, and the harbour office says that the next one is not due before the autumn.\n\nReuters\n\n"
            "⟦Harbour office sells the old crane\n\nIt stood on the quay for ninety years, and nobody knows who wants it\n\n"
            "Island school wins the rowing cup\n\nThe crew of six has trained since spring\n\n2 weeks ago⟧"
        ),
        Example(
            "The ferry left on Monday, and the harbour office says that the next one is not due before the autumn.\n"
            "⟦Harbour office sells the old crane\n3 h ago\nIsland school wins the rowing cup\n5 h ago\nBakers strike over the price of flour⟧"
        ),
        Example(
            "The ferry left on Monday, and the harbour office says that the next one is not due before the autumn.\nReuters\n"
            "Ready to sail with the crew? Ask now. Ferries Cranes Ropes\nLearn more about the island. Harbour School Lighthouse\n"
            "Let the harbour office find a boat. See the cranes\n2 weeks ago"
        ),
        Example(
            "She wrote it on the ferry, and it was found in her coat a year later, when the coat was sold at the market.\n"
            "The gulls went out to look for you\nThey came back in the rain with nothing\nI lit the lamp for the two of us"
        ),
        Example(
            "Bake the loaf until it sounds hollow, which takes forty minutes, and let it cool on a rack for an hour or two.\n"
            "500 g of strong white flour\n10 g of sea salt from the island\nA spoon of honey or treacle"
        ),
        Example(
            "The office named the winners of the rowing cup on Monday, after two days of rain and one of sun, in three classes.\n"
            "• Six rowers and a cox from Tarnport\n• Four rowers from the outer island\n• A pair of sisters from the school"
        ),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        last = _last_paragraph(page, marks)
        if last is None or last + 3 >= len(page.blocks):
            return
        tail = page.blocks[last + 1 :]
        ended = any(m.start >= tail[0].start and m.kind in _END_MARKS for m in marks)
        times = [i - last - 1 for i, line in page.short.items() if i > last and _ends_like_time(line) and _is_time(line)]
        if not (times or ended):
            return
        taken = {m.start for m in marks if m.start >= tail[0].start and m.score >= 0.5 and m.kind not in FIELD_KINDS and m.kind is not Kind.TIMESTAMP}
        titles = [i for i, block in enumerate(tail) if block.start not in taken and _is_title(page, block) and not _goes_on(page, block)]
        if len(titles) < 3:
            return
        region = range(titles[0], max([titles[-1], *times]) + 1)
        fitting = [i for i in region if i in titles or i in times or (tail[i].end - tail[i].start <= _NAME_CHARS and tail[i].start not in taken)]
        if len(titles) + len(times) < 0.5 * len(region):
            return
        for i in fitting:
            yield Hit(tail[i].start, tail[i].end, None if page.tells else UNSURE)


@dataclass(frozen=True, slots=True)
class Timed:
    """Titles with a time of their own ("3 hours ago", "5 min read"), three or more in a rhythm, without a sentence among them."""

    id: str = "titles-with-times"
    score: float = 0.85
    examples: tuple[Example, ...] = (
        Example(
            "⟦Harbour office sells the old crane\n3 hours ago\nIsland school wins the rowing cup\n5 hours ago\nBakers strike over "
            "flour\n1 day ago⟧\n"
            "The ferry left on Monday, and the harbour office says so."
        ),
        Example(
            "⟦Hafenamt verkauft den alten Kran\nHafen\nvor 3 Stunden\nSchule gewinnt den Pokal\nSport\nvor 5 Stunden\nBäcker "
            "streiken\nInsel\nvor 2 Tagen⟧\nEs regnet seit Montag."
        ),
        Example(
            "⟦Harbour / 7 h ago\nHarbour office sells the old crane\nSport / 9 h ago\nIsland school wins the cup\nHarbour / 11 h "
            "ago⟧\nThe ferry left on Monday."
        ),
        Example("Stage one\n20 min\nStage two is the long one along the quay, and it hurts.\n45 min\nStage three is over soon.\n10 min"),
        Example("3 hours ago the ferry left\nNobody saw it"),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        blocks = page.blocks
        times = [i for i, line in page.short.items() if line.endswith(_AGO_LAST) or line.startswith(_AGO_FIRST)]
        times = [i for i in times if len(page.short[i]) <= _TIME_CHARS and _is_ago(page.short[i])]
        if len(times) < 3:
            return
        run: list[int] = []
        for at in times:
            if run and not (1 < at - run[-1] <= _MOST_BETWEEN + 1 and all(_is_item(page, b) for b in blocks[run[-1] + 1 : at])):
                yield from _timed(page, run)
                run = []
            run.append(at)
        yield from _timed(page, run)


@dataclass(frozen=True, slots=True)
class TwiceBelow:
    """Below the story a title said twice, in two lines or in one: the alternative text of another story's picture, and its title.

    Where these titles are longer than the story they may be what the page is about: a list of books or of goods.
    """

    id: str = "title-twice"
    score: float = 0.7
    examples: tuple[Example, ...] = (
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again.\n"
            "⟦Harbour office sells the old crane\nHarbour office sells the old crane\n"
            "The school wins the rowing cup The school wins the rowing cup⟧"
        ),
        Example("Harbour office sells the old crane\nHarbour office sells the old crane\nThe ferry left on Monday."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.story is None:
            return
        text, tail = page.text, page.blocks[page.story[1] + 1 :]
        twice: list[Block] = []
        for first, second in pairwise(tail):
            line = text[first.start : first.end]
            if text[first.start] == text[second.start] and _may_be_twice(line) and text.startswith(line, second.start, second.end):
                twice += first, second
        for block in tail:
            at, again = block.start, block.end - (block.end - block.start) // 2
            once = text[again : block.end]
            if text[at] == once[:1] and _may_be_twice(once) and text.startswith(once.strip(), at):
                twice.append(block)
        few = sum(b.end - b.start for b in twice) < page.starts[page.story[1]] - page.starts[page.story[0]]
        for block in twice:
            yield Hit(block.start, block.end, None if few and page.tells else UNSURE)


def _may_be_twice(line: str) -> bool:
    return len(line) in _TITLE_CHARS and line.count(" ") >= 2


def _timed(page: Lines, run: Sequence[int]) -> Iterator[Hit]:
    if len(run) < 3:
        return
    step = min(b - a for a, b in pairwise(run))
    first = run[0]
    while first > 0 and run[0] - first < step - 1 and _is_item(page, page.blocks[first - 1]):
        first -= 1
    if not any(_is_title(page, block) for block in page.blocks[first : run[-1] + 1]):
        return
    for block in page.blocks[first : run[-1] + 1]:
        yield Hit(block.start, block.end, None if page.tells else UNSURE)


def _last_paragraph(page: Lines, marks: Sequence[Mark]) -> int | None:
    """Index of the last block that reads like a paragraph of the story and that no rule claims."""
    claimed = {m.start for m in marks if m.score >= 0.5 and m.kind not in FIELD_KINDS}
    paragraphs = reversed(page.paragraphs(_PARAGRAPH_CHARS))
    return next((i for i in paragraphs if page.starts[i] not in claimed and not _trails_off(page, i)), None)


def _trails_off(page: Lines, index: int) -> bool:
    block = page.blocks[index]
    return page.text[block.end - 4 : block.end].rstrip(CLOSERS).endswith("…")


def _is_ago(line: str) -> bool:
    line = line.strip(_SIGNS)
    return (line.endswith(_AGO_ENDS) or line.startswith(_AGO_BEGINS)) and bool(_AGO.fullmatch(_LABELS.sub("", line)))


def _ends_like_time(line: str) -> bool:
    return line[-1].isdigit() or line.endswith(_AGO_LAST) or line.startswith(_AGO_FIRST)


def _is_time(line: str) -> bool:
    return len(line) <= 40 and (_is_ago(line) or _DAY.fullmatch(line.strip(_SIGNS)) is not None)


def _is_title(page: Lines, block: Block) -> bool:
    if block.lead or page.text[block.end - 1] in _ENDS:
        return False
    if page.source == "html" and not block.level and 2 * block.link_chars < block.end - block.start:
        return False  # in HTML a title leads somewhere
    text = page.text[block.start : block.end]
    if text[0] >= "\u2e80":
        return 10 <= len(text) <= 80
    return len(text) in _TITLE_CHARS and text.count(" ") >= 3 and not text[0].islower() and not text[0].isdigit()


def _goes_on(page: Lines, block: Block) -> bool:
    """Whether a sentence ends within a line and more follows: an invitation with its links, but no title."""
    return any(page.text.find(end, block.start, block.end) >= 0 for end in (". ", "! "))


def _is_item(page: Lines, block: Block) -> bool:
    return block.end - block.start <= 220 and not page.text[block.start : block.end].endswith((".", "。", ":", ";"))


RULE_SET = RuleSet(
    name="teasers",
    kind=Kind.RELATED,
    marks="Titles and decks of other stories without a heading over them, known by where they stand and by the rhythm of their times.",
    why="They lead to other stories.",
    misses="Teasers whose decks are whole sentences, and lists without any time or mark of the story's end.",
    rules=(AfterStory(), Timed(), TwiceBelow()),
)
