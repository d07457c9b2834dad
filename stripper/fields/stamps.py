"""The dates that a page prints about itself: near its headline, and where that has none, further away.

A date in a caption, a teaser, a comment, a copyright line or the story itself is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from stripper.fields.dateline import (
    PARTS,
    SENTENCE,
    SENTENCE_ENDS,
    Stamp,
    is_marked,
    is_of_another,
    is_range,
    last_word,
    maker,
    may_be_dated,
    of_one_day,
    own_part,
    stamp,
    stamps_in,
    weighed,
)
from stripper.fields.head import Head
from stripper.fields.line.dates import Moment, dates_in, parse_declared
from stripper.fields.line.labels import CHANGED, CITED, FIRST, ISSUE, MEMBER
from stripper.types import Kind

PREFIX = "text:date-prefix"

_ABOVE, _BELOW = 6, 4
_BESIDE = 3
"""Blocks around the headline, and before the story, where a date line is one whatever rules take it for."""
_FAR = 45
"""Blocks above the story, and behind it, in which a date line is looked for where the head has none."""
_AT_ONCE = 2
_CLOSE = 5
"""Blocks behind the story's last that may still be about it."""
_NOT_FAR = 15
"""Blocks behind it of which the first that is labelled as the day of publication gives the page's."""
_LAST = 8
"""Blocks at the page's end among which its own date may stand."""
_LABEL = 40
_SHORT = 80
_LONG = 120
_OPEN = frozenset({None, Kind.TIMESTAMP, Kind.AUTHOR_BIO, Kind.SHARE, Kind.TOPICS})
_NEVER = frozenset({Kind.COMMENTS, Kind.COPYRIGHT, Kind.COOKIE, Kind.PAYWALL, Kind.NEWSLETTER, Kind.CREDIT, Kind.LOGIN})
_PREFIX = re.compile(
    r"\s{0,8}(?:date|published|datum|fecha|data)\s{0,3}[:=]?\s{1,3}(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?)(?!\d)",
    re.I,
)
_OWN_MARKUP = frozenset({"datepublished", "pubdate", "published", "published-date", "entry-date", "post-date", "article-date", "dateline"})
"""Words of class names that say whose date it is."""
_IN_BRACKETS = re.compile(r"(?:[^\W\d_][^\d()]{1,30})?[(\[【（]\s?|")
_BEFORE_TEXT = re.compile(r"\s?(?:[)\]】）]|[-–—|:.]\s|[„“«])")
_THIS = re.compile(
    r"(?<!\w)(?:this|dieser?|der|cet|cette|este|esta|questo|dit|den här|denne) "
    r"(?:article|post|entry|page|story|artikel|beitrag|eintrag|seite|text|billet|artículo|entrada|artigo|articolo|bericht|inlägg)(?!\w)",
    re.I,
)
_STOP = re.compile(r"[.;]\s")
_NUMBERS = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:\d\d){1,2}(?![\d/])")
_SEEN = 200_000
_MONTH_FIRST = frozenset({"US", "PH", "PR", "GU", "FM", "PW", "MH", "AS", "VI", "MP"})
"""Regions whose English dates begin with the month (Unicode CLDR's short dates)."""


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
            found += [Stamp(-1, mark.start, mark.end, m, 3.0, True, mark.rule, "that a rule marked") for m in moments]
    return found


def _near(head: Head, headline: int | None) -> list[Stamp]:
    anchor, indices = _around(head, headline)
    found: list[Stamp] = []
    for index in indices:
        if head.kinds[index] in _OPEN and may_be_dated(head, index):
            found += stamps_in(head, index, 3.2 - _distance(head, index, anchor), _before(head, index, headline), _place(index, headline))
    return found


def _around(head: Head, headline: int | None) -> tuple[int, Iterable[int]]:
    """The block that dates are expected at, and the blocks around it."""
    blocks = head.page.blocks
    anchor = headline if headline is not None else min(head.body, len(blocks) - 1)
    end = min(head.body + _BELOW, max(head.body, head.last) + 1) if headline is not None else head.body + 1
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
        between = anchor < index < head.body
        if kind in _OPEN or kind in _NEVER or not may_be_dated(head, index) or (kind is Kind.RELATED and index < anchor):
            continue
        if abs(index - anchor) > _BESIDE and not (between and head.body - index <= _BESIDE):
            continue
        text = head.text(index)
        if len(text) > _LONG:
            continue
        signed = (kind in (Kind.NAVIGATION, Kind.BREADCRUMB) or (kind is Kind.RELATED and between)) and head.byline(index) is not None
        apart = signed or (kind is not Kind.CAPTION and bool(own_part(text, head.dates(index))))
        stamps = stamps_in(head, index, 1.6 - 0.2 * _distance(head, index, anchor), _before(head, index, headline), _place(index, headline))
        found += [s for s in stamps if s.alone or apart or FIRST.search(text)]
    return of_one_day(found)


def _in_parts(head: Head, headline: int | None) -> list[Stamp]:
    """Dates near the headline that have a part of a line of facts for themselves, or stand behind the standfirst's last sentence."""
    anchor, indices = _around(head, headline)
    found: list[Stamp] = []
    for index in indices:
        if head.kinds[index] not in _OPEN or not may_be_dated(head, index):
            continue
        text, moments = head.text(index), head.dates(index)
        if moments and not (ISSUE.search(text) or MEMBER.search(text) or is_range(text, moments) or is_of_another(_before(head, index, headline))):
            leads = abs(index - anchor) <= 2 and not moments[0].start and not text.rstrip().endswith(SENTENCE_ENDS)
            own = [moments[0]] if (leads or is_marked(head, index)) and len(text) <= _LONG else own_part(text, moments)
            found += weighed(text, own, "", maker(head, index, False, _place(index, headline)), 2.0 - _distance(head, index, anchor))
    return of_one_day(found)


def _glued(head: Head, headline: int | None) -> list[Stamp]:
    """A date inside the headline's block, or before the first words of the story: "(18.01.2018) The farmers ..."."""
    if headline is not None:
        text, start = head.text(headline), head.start(headline)
        for moment in dates_in(text, head.language, most=2):
            before, after = text[: moment.start].strip(" ([-|"), text[moment.end :]
            if not before and (text[moment.end : moment.end + 1].isalpha() or PARTS.match(after.lstrip(")] ")) or after[:3] in (" - ", " – ", ": ")):
                return [stamp(headline, start, moment, 1.3, "in front of the headline")]
            if before and PARTS.match(after.lstrip()) and head.page.blocks[headline].tag:
                return [stamp(headline, start, moment, 1.3, "behind the headline")]
    if head.body < len(head.page.blocks):
        text, start = head.text(head.body)[:_SHORT], head.start(head.body)
        for moment in dates_in(text, head.language, most=1):
            if _IN_BRACKETS.fullmatch(text[: moment.start]) and _BEFORE_TEXT.match(text, moment.end):
                return [stamp(head.body, start, moment, 1.2, "in front of the text")]
    return []


def _in_title(head: Head, headline: int | None) -> list[Stamp]:
    """In text the last part of its first line, which is the page's title: "... | Coast | The Bell | 03.05.2023"."""
    if head.page.source != "text" or not head.page.blocks or headline == 0:
        return []
    moments = head.dates(0)
    return [stamp(0, head.start(0), m, 1.0, "in the page's title") for m in own_part(head.text(0), moments) if m.end == len(head.text(0))]


def _far(head: Head, headline: int | None) -> list[Stamp]:
    """Bylines and date lines further above the story, where contents and pictures stand between. One day only, or it is none."""
    anchor, near = _around(head, headline)
    looked = {*near, headline}
    found: list[Stamp] = []
    for index in range(max(0, anchor - _FAR), min(anchor, len(head.page.blocks))):
        if index not in looked and head.kinds[index] in _OPEN and may_be_dated(head, index) and len(head.text(index)) <= _SHORT:
            found += stamps_in(head, index, 1.5, _before(head, index, headline), "above the story")
    return of_one_day(found)


def _beside(head: Head, headline: int | None) -> list[Stamp]:
    """Bylines and date lines between the story's paragraphs that are no part of it. One day only, or it is none."""
    found: list[Stamp] = []
    for index in range(min(head.body + 1, head.last), min(head.body + _FAR, head.last)):
        if head.kinds[index] not in _OPEN or not may_be_dated(head, index):
            continue
        text = head.text(index)
        if len(text) <= _SHORT and (moments := head.dates(index)):
            before = _before(head, index, headline)
            stamps = stamps_in(head, index, 1.0, before, "beside the story")
            if head.kinds[index] is not Kind.TIMESTAMP and not FIRST.search(before[-_LABEL:]):
                facts = is_marked(head, index) or bool(own_part(text, moments)) or head.byline(index) is not None
                stamps = [s for s in stamps if index not in head.story.chosen and (s.alone or facts)]
            found += stamps
    return of_one_day(found)


def _at_end(head: Head, headline: int | None) -> list[Stamp]:
    """The line after the story that says when it was published or changed, or a date line close behind it. One day only, or it is none."""
    blocks = head.page.blocks
    found: list[Stamp] = []
    first = max(0, head.last if 0 <= head.last < len(blocks) else head.body)
    for index in (*range(first, min(len(blocks), first + _FAR)), *range(max(first + _FAR, len(blocks) - _LAST), len(blocks))):
        if index == headline or head.kinds[index] in _NEVER or not may_be_dated(head, index):
            continue
        text, before = head.text(index), _before(head, index, headline)
        if CITED.search(text):
            continue
        if any(label.search(words) for label in (FIRST, CHANGED) for words in (text, before[-_LABEL:])):
            stamps = stamps_in(head, index, 1.0, before, "below the story")
            if index - first <= _NOT_FAR and head.kinds[index] in _OPEN and any(s.weight for s in stamps):
                return of_one_day(stamps)
            found += stamps or _labelled(head, index)
        elif _is_behind(head, index, index - first) and len(text) <= _SHORT and "#" not in text:
            found += [s for s in stamps_in(head, index, 0.9, before, "below the story") if s.alone or own_part(text, head.dates(index))]
    return of_one_day(found)


def _is_behind(head: Head, index: int, distance: int) -> bool:
    """Whether a block so close behind the story may hold its facts; what rules take for teasers only where it follows at once."""
    return distance <= (_AT_ONCE if head.kinds[index] is Kind.RELATED else _CLOSE if head.kinds[index] in _OPEN else -1)


def _labelled(head: Head, index: int) -> list[Stamp]:
    """Dates in a sentence behind the story that says what day it is."""
    text, start = head.text(index), head.start(index)
    if ISSUE.search(text) and not _THIS.search(text):
        return []
    found = []
    for number, moment in enumerate(dates_in(text, head.language, most=2)):
        label, behind = text[max(0, moment.start - 60) : moment.start], text[moment.end : moment.end + 60]
        if _published_here(label, behind):
            found.append(stamp(index, start, moment, SENTENCE - 0.1 * number, "below the story"))
        elif CHANGED.search(label) or CHANGED.search(behind):
            found.append(stamp(index, start, moment, 0.0, "below the story"))
    return found


def _published_here(label: str, behind: str) -> bool:
    """Whether the words around a date say that this text was published then: "Posted by X on", "Dieser Beitrag wurde am ... veröffentlicht"."""
    if FIRST.search(label):
        return last_word(CHANGED, label) < last_word(FIRST, label) and (not _STOP.search(label) or _THIS.search(label) is not None)
    return bool(_THIS.search(label)) and FIRST.search(behind) is not None


def _marked_up(head: Head, headline: int | None) -> list[Stamp]:
    """In HTML the short blocks whose class says that they hold the day of publication, wherever they stand. One day only, or it is none."""
    if head.page.source != "html":
        return []
    found: list[Stamp] = []
    for index, block in enumerate(head.page.blocks):
        if _OWN_MARKUP.isdisjoint(block.words) or block.end - block.start > _SHORT or index == headline or head.kinds[index] in _NEVER:
            continue
        if may_be_dated(head, index):
            found += stamps_in(head, index, 0.8, _before(head, index, headline), "in a place that is marked as the date's")
    return of_one_day(found)


def _in_the_pages_order(head: Head, stamps: list[Stamp]) -> list[Stamp]:
    """The stamps with day and month swapped where they may be, and the page must mean month, day and year."""
    doubtful = [s.moment.other is not None and "/" in head.page.text[s.start : s.end] for s in stamps]
    if not any(doubtful) or not month_first(head):
        return stamps
    return [
        s._replace(moment=s.moment._replace(value=s.moment.other, other=None)) if swap and s.moment.other else s
        for s, swap in zip(stamps, doubtful, strict=True)
    ]


def month_first(head: Head) -> bool:
    """Whether numbers with slashes are month and day: others on the page can be nothing else, or its region writes them so."""
    found = [(int(first), int(second)) for first, second in _NUMBERS.findall(head.page.text[:_SEEN])]
    if any(first > 12 >= second for first, second in found):
        return False
    region = next((w.value for w in head.page.declared if w.field == "region"), None)
    return (region in _MONTH_FIRST and head.language == "en") or any(second > 12 >= first for first, second in found)
