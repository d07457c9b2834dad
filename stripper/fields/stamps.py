"""The dates that a page prints about itself: near its headline, and where that has none, further away.

A date in a caption, a teaser, a comment, a copyright line or the story itself is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from stripper.fields.dates import Moment, dates_in, day_of, parse_declared
from stripper.fields.head import Head
from stripper.fields.labels import ABOUT, CHANGED, FIRST, ISSUE, MEMBER, RANGE
from stripper.fields.relative import ago
from stripper.types import Kind

READER = "text:date-line"
PREFIX = "text:date-prefix"

_ABOVE, _BELOW = 6, 4
_FAR = 45
"""Blocks above the story, and behind it, in which a date line is looked for where the head has none."""
_CLOSE = 5
"""Blocks behind the story's last that may still be about it."""
_NOT_FAR = 15
"""Blocks behind it of which the first that is labelled as the day of publication gives the page's."""
_LAST = 8
"""Blocks at the page's end among which its own date may stand."""
_MAX_LINE = 200
_MAX_OTHER = 60
"""Characters of a date line that are neither date nor time nor a word about them."""
_FEW, _SOME = 20, 24
_RESIDUE = 4
"""Letters that a label may have beside its words."""
_SHORT = 80
_LONG = 120
_SENTENCE = 0.7
"""Weight of a date in a sentence."""
_LONG_LINE = 600
"""A line that says when the story was published may be a paragraph about all that the site knows of it."""
_OPEN = frozenset({None, Kind.TIMESTAMP, Kind.AUTHOR_BIO, Kind.SHARE, Kind.TOPICS})
_NEVER = frozenset({Kind.COMMENTS, Kind.COPYRIGHT, Kind.COOKIE, Kind.PAYWALL, Kind.NEWSLETTER, Kind.CREDIT, Kind.LOGIN})
_PREFIX = re.compile(
    r"\s{0,8}(?:date|published|datum|fecha|data)\s{0,3}[:=]?\s{1,3}(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?)(?!\d)",
    re.I,
)
_MARKUP = frozenset(
    {"datepublished", "pubdate", "published", "entry-date", "post-date", "article-date", "dateline", "timestamp", "date", "byline", "meta"}
)
_OWN_MARKUP = frozenset({"datepublished", "pubdate", "published", "published-date", "entry-date", "post-date", "article-date", "dateline"})
"""Words of class names that say whose date it is."""
_PARTS = re.compile(r"[|·•⋅●»]|\s[/–—-]{1,2}\s|\n|\t")
"""What stands between the parts of a line of facts."""
_SENTENCE_ENDS = (".", "!", "?", "。")
_AFTER_SENTENCE = re.compile(r"[.?!…][\"'”’»)]{0,2}\s{0,3}(?:by [^.?!:]{3,60} on )?$", re.I)
_IN_BRACKETS = re.compile(r"(?:[^\W\d_][^\d()]{1,30})?[(\[【（]\s?|")
_BEFORE_TEXT = re.compile(r"\s?(?:[)\]】）]|[-–—|:]\s)")
_NUMBERS = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:\d\d){1,2}(?![\d/])")
_SEEN = 200_000


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


def find_stamps(head: Head, headline: int | None, declared: bool) -> list[Stamp]:
    """The dates that the page prints about itself; far from the headline only where nothing near it and nothing `declared` says a date."""
    stamps = [*_prefix(head), *_near(head, headline)]
    if not declared and not any(s.weight for s in stamps):
        seen = {s.block for s in stamps}
        for look in (_doubtful, _in_parts, _glued, _far, _beside, _at_end, _marked_up, _in_title):
            found = [s for s in look(head, headline) if s.block not in seen]
            seen |= {s.block for s in found}
            stamps += found
            if any(s.weight for s in found):
                break
    return _in_the_pages_order(head, stamps)


def _prefix(head: Head) -> list[Stamp]:
    """A date that a scraper put in front of the text, as " date 2024-05-06 ", and dates that rules propose."""
    found = []
    if head.page.source == "text" and (match := _PREFIX.match(head.page.text)) and (value := parse_declared(match[1])) is not None:
        start = len(match[0]) - len(match[0].lstrip())
        found.append(Stamp(0, start, match.end(), Moment(value, match.start(1), match.end(1)), 4.0, False, PREFIX, "in front of the text"))
    for mark in head.proposed:
        if mark.kind is Kind.DATE and not any(s.start < mark.end and mark.start < s.end for s in found):
            moments = dates_in(head.page.text[mark.start : mark.end], most=1)
            found += [Stamp(-1, mark.start, mark.end, m, 3.0, True, mark.rule, "where a rule found it") for m in moments]
    return found


def _near(head: Head, headline: int | None) -> list[Stamp]:
    anchor, indices = _around(head, headline)
    found: list[Stamp] = []
    for index in indices:
        if head.kinds[index] in _OPEN:
            found += _in_block(head, index, 3.2 - _distance(head, index, anchor), _before(head, index, headline), _place(index, headline))
    return found


def _around(head: Head, headline: int | None) -> tuple[int, Iterable[int]]:
    """The block that dates are expected at, and the blocks around it."""
    blocks = head.page.blocks
    anchor = headline if headline is not None else min(head.body, len(blocks) - 1)
    end = head.body + (_BELOW if headline is not None else 1)
    return anchor, (i for i in range(max(0, anchor - _ABOVE), min(len(blocks), end)) if i != headline)


def _distance(head: Head, index: int, anchor: int) -> float:
    return abs(index - anchor) * 0.05 + (0.8 if index < anchor else 0.0) + (0.6 if index > head.body else 0.0)


def _place(index: int, headline: int | None) -> str:
    if headline is None:
        return "above the story"
    return "below the headline" if index > headline else "above the headline"


def _before(head: Head, index: int, headline: int | None) -> str:
    """The line above a block, which may be its label; a headline is none, whatever words it holds."""
    return head.text(index - 1) if index and index - 1 != headline else ""


def _doubtful(head: Head, headline: int | None) -> list[Stamp]:
    """Date lines near the headline that rules take for something else: a menu, a breadcrumb, a caption. One day only, or it is none."""
    anchor, indices = _around(head, headline)
    found: list[Stamp] = []
    for index in indices:
        kind = head.kinds[index]
        text = head.text(index)
        if kind in _OPEN or kind in _NEVER or abs(index - anchor) > 3 or len(text) > _LONG or (kind is Kind.RELATED and index < anchor):
            continue
        signed = kind in (Kind.NAVIGATION, Kind.BREADCRUMB) and head.byline(index) is not None
        apart = signed or (kind is not Kind.CAPTION and bool(_in_a_part(text, head.dates(index))))
        stamps = _in_block(head, index, 1.6 - 0.2 * _distance(head, index, anchor), _before(head, index, headline), _place(index, headline))
        found += [s for s in stamps if s.alone or apart or FIRST.search(text)]
    return _of_one_day(found)


def _in_parts(head: Head, headline: int | None) -> list[Stamp]:
    """Dates near the headline that have a part of a line of facts for themselves, or stand behind the standfirst's last sentence."""
    anchor, indices = _around(head, headline)
    found: list[Stamp] = []
    for index in indices:
        text, moments = head.text(index), head.dates(index)
        if moments and head.kinds[index] in _OPEN and not ISSUE.search(text) and not MEMBER.search(text):
            leads = abs(index - anchor) <= 2 and not moments[0].start and not text.rstrip().endswith(_SENTENCE_ENDS)
            own = [moments[0]] if (leads or _is_marked(head, index)) and len(text) <= _LONG else _in_a_part(text, moments)
            found += _weighed(text, own, "", _maker(head, index, False, _place(index, headline)), 2.0 - _distance(head, index, anchor))
    return _of_one_day(found)


def _glued(head: Head, headline: int | None) -> list[Stamp]:
    """A date inside the headline's block, or before the first words of the story: "(18.01.2018) The farmers ..."."""
    if headline is not None:
        text, start = head.text(headline), head.start(headline)
        for moment in dates_in(text, head.language, most=2):
            before, after = text[: moment.start].strip(" ([-|"), text[moment.end :]
            if not before and (text[moment.end : moment.end + 1].isalpha() or _PARTS.match(after.lstrip(")] ")) or after[:3] in (" - ", " – ", ": ")):
                return [_stamp(headline, start, moment, 1.3, "in front of the headline")]
            if before and _PARTS.match(after.lstrip()) and head.page.blocks[headline].tag:
                return [_stamp(headline, start, moment, 1.3, "behind the headline")]
    if head.body < len(head.page.blocks):
        text, start = head.text(head.body)[:_SHORT], head.start(head.body)
        for moment in dates_in(text, head.language, most=1):
            if _IN_BRACKETS.fullmatch(text[: moment.start]) and _BEFORE_TEXT.match(text, moment.end):
                return [_stamp(head.body, start, moment, 1.2, "in front of the text")]
    return []


def _in_title(head: Head, headline: int | None) -> list[Stamp]:
    """In text the last part of its first line, which is the page's title: "... | Europe | The Bell | 28.04.2023"."""
    if head.page.source != "text" or not head.page.blocks or headline == 0:
        return []
    moments = head.dates(0)
    return [_stamp(0, head.start(0), m, 1.0, "in the page's title") for m in _in_a_part(head.text(0), moments) if m.end == len(head.text(0))]


def _stamp(index: int, start: int, moment: Moment, weight: float, place: str) -> Stamp:
    return Stamp(index, start + moment.start, start + moment.end, moment, weight, False, READER, place)


def _far(head: Head, headline: int | None) -> list[Stamp]:
    """Bylines and date lines further above the story, where contents and pictures stand between. One day only, or it is none."""
    anchor, near = _around(head, headline)
    looked = {*near, headline}
    found: list[Stamp] = []
    for index in range(max(0, anchor - _FAR), min(anchor, len(head.page.blocks))):
        if index not in looked and head.kinds[index] in _OPEN and len(head.text(index)) <= _SHORT:
            found += _in_block(head, index, 1.5, _before(head, index, headline), "above the story")
    return _of_one_day(found)


def _beside(head: Head, headline: int | None) -> list[Stamp]:
    """Bylines and date lines between the story's paragraphs that are no part of it. One day only, or it is none."""
    found: list[Stamp] = []
    for index in range(min(head.body + 1, head.last), min(head.body + _FAR, head.last)):
        text = head.text(index)
        if head.kinds[index] in _OPEN and len(text) <= _SHORT and (moments := head.dates(index)):
            before = _before(head, index, headline)
            foreign = index not in head.story.chosen and (
                _is_marked(head, index) or bool(_in_a_part(text, moments)) or head.byline(index) is not None
            )
            stamps = _in_block(head, index, 1.0, before, "beside the story")
            found += [s for s in stamps if foreign or (s.alone and index not in head.story.chosen) or FIRST.search(before[-40:])]
    return _of_one_day(found)


def _is_marked(head: Head, index: int) -> bool:
    """Whether a class says that a block holds facts about the story."""
    return not head.page.blocks[index].words.isdisjoint(_MARKUP)


def _at_end(head: Head, headline: int | None) -> list[Stamp]:
    """The line after the story that says when it was published or changed, or a date line close behind it. One day only, or it is none."""
    blocks = head.page.blocks
    found: list[Stamp] = []
    first = max(0, head.last if 0 <= head.last < len(blocks) else head.body)
    for index in (*range(first, min(len(blocks), first + _FAR)), *range(max(first + _FAR, len(blocks) - _LAST), len(blocks))):
        if index == headline or blocks[index].end - blocks[index].start > _LONG_LINE or head.kinds[index] in _NEVER:
            continue
        text, before = head.text(index), _before(head, index, headline)
        if not any(c.isdigit() for c in text[-300:]):
            continue
        if any(label.search(words) for label in (FIRST, CHANGED) for words in (text, before[-40:])):
            stamps = _in_block(head, index, 1.0, before, "below the story")
            if index - first <= _NOT_FAR and head.kinds[index] in _OPEN and any(s.weight for s in stamps):
                return _of_one_day(stamps)
            found += stamps or _labelled(head, index)
        elif index - first <= _CLOSE and head.kinds[index] in _OPEN and len(text) <= _SHORT and "#" not in text:
            found += [s for s in _in_block(head, index, 0.9, before, "below the story") if s.alone or _in_a_part(text, head.dates(index))]
    return _of_one_day(found)


def _labelled(head: Head, index: int) -> list[Stamp]:
    """Dates in a sentence behind the story that says what day it is."""
    text, start = head.text(index), head.start(index)
    found = []
    for number, moment in enumerate(dates_in(text, head.language, most=2)):
        label, behind = text[max(0, moment.start - 60) : moment.start], text[moment.end : moment.end + 60]
        if _published_here(label, behind):
            found.append(_stamp(index, start, moment, _SENTENCE - 0.1 * number, "below the story"))
        elif CHANGED.search(label) or CHANGED.search(behind):
            found.append(_stamp(index, start, moment, 0.0, "below the story"))
    return found


_THIS = re.compile(
    r"(?<!\w)(?:this|dieser?|der|cet|cette|este|esta|questo|dit|den här|denne) "
    r"(?:article|post|entry|page|story|artikel|beitrag|eintrag|seite|text|billet|artículo|entrada|artigo|articolo|bericht|inlägg)(?!\w)",
    re.I,
)


_STOP = re.compile(r"[.;]\s")


def _published_here(label: str, behind: str) -> bool:
    """Whether the words around a date say that this text was published then: "Posted by X on", "Dieser Beitrag wurde am ... veröffentlicht"."""
    if FIRST.search(label):
        return _last(CHANGED, label) < _last(FIRST, label) and (not _STOP.search(label) or _THIS.search(label) is not None)
    return bool(_THIS.search(label)) and FIRST.search(behind) is not None


def _marked_up(head: Head, headline: int | None) -> list[Stamp]:
    """In HTML the short blocks whose class says that they hold the day of publication, wherever they stand. One day only, or it is none."""
    if head.page.source != "html":
        return []
    found: list[Stamp] = []
    for index, block in enumerate(head.page.blocks):
        if block.end - block.start <= _SHORT and index != headline and not _OWN_MARKUP.isdisjoint(block.words) and head.kinds[index] not in _NEVER:
            found += _in_block(head, index, 0.8, _before(head, index, headline), "in a place that is marked as the date's")
    return _of_one_day(found)


def _of_one_day(stamps: list[Stamp]) -> list[Stamp]:
    """The stamps, if those of publication name one day; where none does, those of changes if they name one."""
    for some in ([s for s in stamps if s.weight > _SENTENCE], [s for s in stamps if s.weight], stamps):
        if len({day_of(s.moment.value) for s in some}) == 1:
            return some
    return []


def _in_block(head: Head, index: int, weight: float, before: str, place: str) -> list[Stamp]:
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
    before = before if len(before) <= 40 and not any(c.isdigit() for c in before) else ""
    label_before = before if _words_left(before) <= _RESIDUE else ""
    said = _words_left(rest)
    if ISSUE.search(rest) or MEMBER.search(rest) or (not said and MEMBER.search(before)):
        return []
    line = head.byline(index) if said else None
    if not _is_date_line(text, rest, said, line is not None, head.kinds[index] is None):
        return []
    weight += (0.4 if line else 0.0) + (0.5 if block.tag == "time" or _is_marked(head, index) else 0.0)
    return _weighed(text, moments, label_before, _maker(head, index, said == 0, place), weight)


def _maker(head: Head, index: int, alone: bool, place: str) -> Callable[[Moment, float], Stamp]:
    start = head.start(index)
    return lambda moment, weight: Stamp(index, start + moment.start, start + moment.end, moment, weight, alone, READER, place)


def _is_date_line(text: str, rest: str, said: int, signed: bool, plain: bool) -> bool:
    """Whether a line says little else than when, or who and when."""
    if signed:
        return True
    if said > _MAX_OTHER or (said > _FEW and text.rstrip().endswith(_SENTENCE_ENDS)):
        return False
    return said <= _SOME or not plain or FIRST.search(rest) is not None or CHANGED.search(rest) is not None


def _in_a_part(text: str, moments: Sequence[Moment]) -> list[Moment]:
    """The dates that have a part of a line of facts for themselves, or stand behind the last sentence of a standfirst."""
    found = []
    for moment in moments:
        start = max((m.end() for m in _PARTS.finditer(text, 0, moment.start)), default=0)
        stop = _PARTS.search(text, moment.end)
        end = stop.start() if stop else len(text)
        of_its_own = (start or stop) and not _words_left(text[start : moment.start] + " " + text[moment.end : end])
        if of_its_own or (not text[moment.end :].strip() and _AFTER_SENTENCE.search(text[: moment.start])):
            found.append(moment)
    return found


def _in_front(head: Head, index: int, weight: float, place: str) -> list[Stamp]:
    """A long line that begins with the day of publication: "Posted on November 25, 2024 in ..."."""
    text = head.text(index)[:_SHORT]
    label = FIRST.match(text)
    if not label:
        return []
    moments = dates_in(text, head.language, most=1)
    return [_stamp(index, head.start(index), m, weight, place) for m in moments if not _words_left(text[: m.start])]


def _weighed(text: str, moments: Sequence[Moment], label_before: str, stamp: Callable[[Moment, float], Stamp], weight: float) -> list[Stamp]:
    """The stamps of a line's dates: the first is that of publication, unless words say otherwise; none where they are the ends of something."""
    found: list[Stamp] = []
    end = 0
    for number, moment in enumerate(moments):
        if number and text[end : moment.start].strip().lower() in RANGE:
            return []
        label = text[end : moment.start] or ("" if number else label_before)
        behind = text[moment.end : moments[number + 1].start if number + 1 < len(moments) else len(text)]
        end = moment.end
        changed, first = _last(CHANGED, label), _last(FIRST, label)
        if changed < 0 and first < 0 and not number:
            behind = "" if any(c.isdigit() for c in ABOUT.sub(" ", behind)) else behind
            changed, first = _last(CHANGED, behind) if len(moments) == 1 else -1, _last(FIRST, behind)
        if changed > first or (number and first < 0 and found):
            found.append(stamp(moment, 0.0))
        else:
            found.append(stamp(moment, weight + (1.0 if first >= 0 else 0.0)))
    return found


def _last(pattern: re.Pattern[str], label: str) -> int:
    return max((m.start() for m in pattern.finditer(label[-60:])), default=-1)


def _without(text: str, moments: Sequence[Moment]) -> str:
    for moment in reversed(moments):
        text = text[: moment.start] + " " + text[moment.end :]
    return text


def _words_left(rest: str) -> int:
    """Letters that say something other than a time or that it was published."""
    return sum(c.isalpha() for c in FIRST.sub(" ", CHANGED.sub(" ", ABOUT.sub(" ", rest))))


def _in_the_pages_order(head: Head, stamps: list[Stamp]) -> list[Stamp]:
    """The stamps with day and month swapped where they may be, and the page's other numbers can only be month, day and year."""
    doubtful = [s.moment.other is not None and "/" in head.page.text[s.start : s.end] for s in stamps]
    if not any(doubtful):
        return stamps
    found = list(_pairs(head.page.text[:_SEEN]))
    if not any(second > 12 >= first for first, second in found) or any(first > 12 >= second for first, second in found):
        return stamps
    return [
        s._replace(moment=s.moment._replace(value=s.moment.other, other=None)) if swap and s.moment.other else s
        for s, swap in zip(stamps, doubtful, strict=True)
    ]


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    return ((int(first), int(second)) for first, second in _NUMBERS.findall(text))
