"""What a single line says about the page's dates: whether it's a date line or a byline, and which of its dates is that of publication."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from stripper.fields.head import Head
from stripper.fields.line.dates import YEAR, Moment, dates_in, day_of
from stripper.fields.line.labels import ABOUT, CHANGED, FIRST, ISSUE, MEMBER, RANGE
from stripper.fields.line.relative import ago

READER = "text:date-line"

_MAX_LINE = 200
_MAX_LABEL = 40
_MAX_OTHER = 60
"""Characters of a date line that are neither date nor time nor a word about them."""
_FEW, _SOME = 20, 24
_RESIDUE = 4
"""Letters that a label may have beside its words."""
_VERSION = re.compile(r"(?<![\d:.])v?\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])")
_START = 80
_MAX_SEEN = 600
"""A line that says when the story was published may be a paragraph about all that the site knows of it."""
SENTENCE = 0.7
"""Weight of a date in a sentence."""
_MARKUP = frozenset(
    {"datepublished", "pubdate", "published", "entry-date", "post-date", "article-date", "dateline", "timestamp", "date", "byline", "meta"}
)
PARTS = re.compile(r"[|·•⋅●»]|\s[/–—-]{1,2}\s|\n|\t")
"""What stands between the parts of a line of facts."""
SENTENCE_ENDS = (".", "!", "?", "。")
_AFTER_SENTENCE = re.compile(r"[.?!…][\"'”’»)]{0,2}\s{0,3}(?:by [^.?!:]{3,60} on )?$", re.I)


class Stamp(NamedTuple):
    """A date that the page prints: the block, its span, and how much it weighs as day of publication (0: it says when the page was changed)."""

    block: int
    start: int
    end: int
    moment: Moment
    weight: float
    alone: bool
    """Whether the block holds nothing but dates, times and words about them."""
    reader: str = READER
    place: str = ""
    """Where it stands, in words."""


def may_be_dated(head: Head, index: int) -> bool:
    """Whether a short block can hold a date at all; most can't, and reading one costs more than this look."""
    block = head.page.blocks[index]
    if block.end - block.start > _MAX_SEEN:
        return False
    return head.page.crawled is not None or YEAR.search(head.page.text, block.start, block.end) is not None


def stamps_in(head: Head, index: int, weight: float, before: str, place: str) -> list[Stamp]:
    """The dates of a block that is a date line or a byline; none for a block that is prose."""
    block = head.page.blocks[index]
    if block.end - head.start(index) > _MAX_LINE:
        return _in_front(head, index, weight, place)
    text = head.text(index)
    moments: Sequence[Moment] = head.dates(index)
    if not moments:
        moments = ago(text, head.page.crawled) if head.page.crawled is not None else ()
        if not moments:
            return []
    rest = _without(text, moments)
    before = before if len(before) <= _MAX_LABEL and not any(c.isdigit() for c in before) else ""
    label_before = before if _words_left(before) <= _RESIDUE else ""
    said = _words_left(rest)
    if ISSUE.search(rest) or MEMBER.search(rest) or _VERSION.search(rest) or (not said and is_of_another(before)):
        return []
    if said and index > head.body and index in head.story.chosen and text.endswith(SENTENCE_ENDS):
        return []
    line = head.byline(index) if said else None
    if not _is_date_line(text, rest, said, line is not None, head.kinds[index] is None):
        return []
    weight += (0.4 if line else 0.0) + (0.5 if block.tag == "time" or is_marked(head, index) else 0.0)
    return weighed(text, moments, label_before, maker(head, index, said == 0, place), weight)


def weighed(text: str, moments: Sequence[Moment], label_before: str, make: Callable[[Moment, float], Stamp], weight: float) -> list[Stamp]:
    """The stamps of a line's dates: the first is that of publication, unless words say otherwise; none where they are the ends of something."""
    if is_range(text, moments):
        return []
    found: list[Stamp] = []
    end = 0
    for number, moment in enumerate(moments):
        label = text[end : moment.start] or ("" if number else label_before)
        behind = text[moment.end : moments[number + 1].start if number + 1 < len(moments) else len(text)]
        end = moment.end
        changed, first = last_word(CHANGED, label), last_word(FIRST, label)
        if changed < 0 and first < 0 and not number:
            behind = "" if any(c.isdigit() for c in ABOUT.sub(" ", behind)) else behind
            changed, first = last_word(CHANGED, behind) if len(moments) == 1 else -1, last_word(FIRST, behind)
        if changed > first or (number and first < 0 and found):
            found.append(make(moment, 0.0))
        else:
            found.append(make(moment, weight + (1.0 if first >= 0 else 0.0)))
    return found


def is_of_another(label: str) -> bool:
    """Whether a line that is a label says that the date below it is a member's, an issue's, a product's."""
    return len(label) <= _MAX_LABEL and (MEMBER.search(label) is not None or ISSUE.fullmatch(label.strip(" :")) is not None)


def is_range(text: str, moments: Sequence[Moment]) -> bool:
    """Whether two dates of a line are the first and the last day of something."""
    return any(text[a.end : b.start].strip().lower() in RANGE for a, b in pairwise(moments))


def own_part(text: str, moments: Sequence[Moment]) -> list[Moment]:
    """The dates that have a part of a line of facts for themselves, or stand behind the last sentence of a standfirst."""
    if is_range(text, moments):
        return []
    found = []
    for moment in moments:
        start = max((m.end() for m in PARTS.finditer(text, 0, moment.start)), default=0)
        stop = PARTS.search(text, moment.end)
        end = stop.start() if stop else len(text)
        of_its_own = (start or stop) and not _words_left(text[start : moment.start] + " " + text[moment.end : end])
        if of_its_own or (not text[moment.end :].strip() and _AFTER_SENTENCE.search(text[: moment.start])):
            found.append(moment)
    return found


def _is_date_line(text: str, rest: str, said: int, signed: bool, plain: bool) -> bool:
    """Whether a line says little else than when, or who and when."""
    if signed:
        return True
    if said > _MAX_OTHER or (said > _FEW and text.rstrip().endswith(SENTENCE_ENDS)):
        return False
    return said <= _SOME or not plain or FIRST.search(rest) is not None or CHANGED.search(rest) is not None


def _in_front(head: Head, index: int, weight: float, place: str) -> list[Stamp]:
    """A long line that begins with the day of publication: "Posted on November 25, 2024 in ..."."""
    text = head.text(index)[:_START]
    label = FIRST.match(text)
    if not label:
        return []
    moments = dates_in(text, head.language, most=1)
    return [stamp(index, head.start(index), m, weight, place) for m in moments if not _words_left(text[: m.start])]


def stamp(index: int, start: int, moment: Moment, weight: float, place: str) -> Stamp:
    return Stamp(index, start + moment.start, start + moment.end, moment, weight, False, READER, place)


def maker(head: Head, index: int, alone: bool, place: str) -> Callable[[Moment, float], Stamp]:
    start = head.start(index)
    return lambda moment, weight: Stamp(index, start + moment.start, start + moment.end, moment, weight, alone, READER, place)


def of_one_day(stamps: list[Stamp]) -> list[Stamp]:
    """The stamps, if those of publication name one day; where none does, those of changes if they name one."""
    for some in ([s for s in stamps if s.weight > SENTENCE], [s for s in stamps if s.weight], stamps):
        if len({day_of(s.moment.value) for s in some}) == 1:
            return some
    return []


def is_marked(head: Head, index: int) -> bool:
    """Whether a class says that a block holds facts about the story."""
    return not head.page.blocks[index].words.isdisjoint(_MARKUP)


def last_word(pattern: re.Pattern[str], label: str) -> int:
    return max((m.start() for m in pattern.finditer(label[-60:])), default=-1)


def _without(text: str, moments: Sequence[Moment]) -> str:
    for moment in reversed(moments):
        text = text[: moment.start] + " " + text[moment.end :]
    return text


def _words_left(rest: str) -> int:
    """Letters that say something other than a time or that it was published."""
    return sum(c.isalpha() for c in FIRST.sub(" ", CHANGED.sub(" ", ABOUT.sub(" ", rest))))
