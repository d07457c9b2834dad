"""When it was published, and when it was changed: printed near the headline, and declared by the page.

A date in a caption, a teaser, a comment, a copyright line or the story itself is never it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from stripper.fields.dates import EARLIEST, Moment, dates_in, day_of, parse_declared
from stripper.fields.head import Head
from stripper.types import Kind, Witness

READER = "text:date-line"
PREFIX = "text:date-prefix"

_ABOVE, _BELOW = 6, 4
_MAX_LINE = 200
_MAX_OTHER = 60
"""Characters of a date line that are neither date nor time nor a word about them."""
_OPEN = frozenset({None, Kind.TIMESTAMP, Kind.AUTHOR_BIO, Kind.SHARE, Kind.TOPICS})
_PREFIX = re.compile(
    r"\s{0,8}(?:date|published|datum|fecha|data)\s{0,3}[:=]?\s{1,3}(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?)(?!\d)",
    re.I,
)
_CHANGED = re.compile(
    r"(?:updated|modified|edited|revised|reviewed|aktualisiert|aktualisierung|geändert|akt\.|stand|mis à jour|màj|modifié|"
    r"actualizad[oa]|actualización|modificado|atualizad[oa]|atualização|"
    r"aggiornat[oa]|aggiornamento|bijgewerkt|gewijzigd|aktualizacja|zaktualizowano|güncellen|güncelleme|güncellendi|обновлен\w{0,2}|"
    r"изменен\w{0,2}|оновлено|uppdaterad|opdateret|oppdatert|päivitetty|frissítve|"
    r"aktualizováno|ažurirano|تحديث|آخر تحديث|به‌روزرسانی|更新|수정|업데이트|अपडेट|अद्यतन)",
    re.I,
)
_FIRST = re.compile(
    r"(?:published|posted|created|first published|veröffentlicht|erschienen|publié|créé|publicad[oa]|creado|pubblicat[oa]|gepubliceerd|"
    r"geplaatst|publikacja|opublikowano|dodano|yayın\w{0,6}|giriş|"
    r"опубликован\w{0,2}|опубліковано|publicerad|offentliggjort|udgivet|publisert|julkaistu|megjelent|publikováno|vydáno|objavljeno|نشر|"
    r"تاریخ انتشار|发布|發布|発表|公開|入力|입력|등록|प्रकाशित|datepublished)",
    re.I,
)
_WEIGHTS = {"json-ld": 3.0, "meta": 2.5, "microdata": 2.4, "opengraph": 2.5, "url": 1.5, "html": 1.5}
_MOST_DAYS = 2
_MARKUP = frozenset(
    {"datepublished", "pubdate", "published", "entry-date", "post-date", "article-date", "dateline", "timestamp", "date", "byline", "meta"}
)


Entry = tuple[Witness, float, date | None]
"""A witness, its weight, and the other reading of its numbers."""
_STATED = frozenset({"json-ld", "meta", "microdata", "opengraph"})
"""Origins of what a page states in so many words; a time element may be anybody's."""
_BESIDE = 16
_SEEN = 200_000
_NUMBERS = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:\d\d){1,2}(?![\d/])")
_CLOCK = re.compile(r"(?<![\d.:/-])\d{1,2}(?:[:h]\d\d(?!\d)|\.\d\d uhr)|(?<=-)\d\d:\d\d(?!\d)", re.I)


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


def find_dates(head: Head, headline: int | None) -> tuple[tuple[Stamp, ...], tuple[Witness, ...], tuple[Witness, ...]]:
    """The dates that the page prints around its headline, and the witnesses of `date` and of `modified`."""
    stamps = [*_prefix(head), *_printed(head, headline)]
    if not any(s.weight for s in stamps):
        stamps += _at_end(head)
    stamps = _in_the_pages_order(head, stamps)
    published = [(Witness("date", s.moment.value, s.reader, s.start, s.end), s.weight, s.moment.other) for s in stamps if s.weight]
    modified = [(Witness("modified", s.moment.value, s.reader, s.start, s.end), 1.0, s.moment.other) for s in stamps if not s.weight]
    declared = _declared(head)
    published += [(w, weight, None) for w, weight in declared if w.field == "date"]
    modified += [(w, weight, None) for w, weight in declared if w.field == "modified"]
    dates, changes = _ranked(_without_changes(published, modified)), _ranked(modified)
    if not dates and changes and not head.page.declared and _has_clock(head.page.text, changes[0]):
        dates = tuple(w._replace(field="date") for w in changes[:1])
    return tuple(stamps), dates, changes


def _without_changes(published: list[Entry], modified: list[Entry]) -> list[Entry]:
    """The dates but for those that only say when the page was changed.

    What a page shows as its date is often the day of its last change. Where it declares that day as such, and another as the day of publication, it
    is believed; a time element says nothing against "Updated" on the page.
    """
    first = {day_of(w.value) for w, *_ in published if w.origin in _STATED}
    changed = {day_of(w.value) for w, *_ in modified} - first
    declared = {day_of(w.value) for w, *_ in modified if w.origin in _STATED} - first if first else set()
    return [e for e in published if day_of(e[0].value) not in (changed if e[0].origin == "html" else declared if e[0].origin == READER else ())]


def _has_clock(text: str, witness: Witness) -> bool:
    """Whether a clock time stands beside a date: news print a change to the minute and make it on the story's day, guides print a day years later."""
    return _CLOCK.search(text, max(0, witness.start - _BESIDE), min(len(text), witness.end + _BESIDE)) is not None


def _declared(head: Head) -> list[tuple[Witness, float]]:
    """What the page declares, with weights. Time elements of many days are those of comments and teasers: they only support other witnesses."""
    found = [
        (w._replace(value=value), _WEIGHTS.get(w.origin, 1.0))
        for w in head.page.declared
        if w.field in ("date", "modified") and (value := parse_declared(w.value, head.language)) is not None
    ]
    days = {day_of(w.value) for w, _ in found if w.origin == "html" and w.field == "date"}
    others = {day_of(w.value) for w, _ in found if w.origin != "html"}
    return [(w, weight) for w, weight in found if w.origin != "html" or len(days) <= _MOST_DAYS or day_of(w.value) in others]


def _prefix(head: Head) -> list[Stamp]:
    """A date that a scraper put in front of the text, as " date 2024-05-06 ", and dates that rules propose."""
    found = []
    if head.page.source == "text" and (match := _PREFIX.match(head.page.text)) and (value := parse_declared(match[1])) is not None:
        start = len(match[0]) - len(match[0].lstrip())
        found.append(Stamp(0, start, match.end(), Moment(value, match.start(1), match.end(1)), 4.0, False, PREFIX))
    for mark in head.proposed:
        if mark.kind is Kind.DATE and not any(s.start < mark.end and mark.start < s.end for s in found):
            moments = dates_in(head.page.text[mark.start : mark.end], most=1)
            found += [Stamp(-1, mark.start, mark.end, m, 3.0, True, mark.rule) for m in moments]
    return found


def _printed(head: Head, headline: int | None) -> list[Stamp]:
    blocks = head.page.blocks
    anchor = headline if headline is not None else min(head.body, len(blocks) - 1)
    found: list[Stamp] = []
    for index in range(max(0, anchor - _ABOVE), min(len(blocks), head.body + _BELOW)):
        if index == headline or head.kinds[index] not in _OPEN or (headline is None and index > head.body):
            continue
        distance = abs(index - anchor) * 0.05 + (0.8 if index < anchor else 0.0) + (0.6 if index > head.body else 0.0)
        before = head.text(index - 1) if index else ""
        found += _in_block(head, index, 3.2 - distance, before)
    return found


def _in_block(head: Head, index: int, weight: float, before: str) -> list[Stamp]:
    """The dates of a block that is a date line or a byline; none for a block that is prose."""
    block = head.page.blocks[index]
    start = head.start(index)
    if block.end - start > _MAX_LINE:
        return []
    text = head.text(index)
    moments = head.dates(index)
    if not moments:
        return []
    rest = _without(text, moments)
    label_before = before if len(before) <= 40 and not any(c.isdigit() for c in before) else ""
    if _ISSUE.search(rest) or _MEMBER.search(rest) or (not _words_left(rest) and _MEMBER.search(label_before)):
        return []
    said = _words_left(rest)
    line = head.byline(index) if said else None
    if (said > _MAX_OTHER and not line) or (said > 20 and text.rstrip().endswith((".", "!", "?")) and not line):
        return []
    if said > 24 and not line and head.kinds[index] is None and not _FIRST.search(rest) and not _CHANGED.search(rest):
        return []
    found: list[Stamp] = []
    end = 0
    for number, moment in enumerate(moments):
        between = text[end : moment.start].strip().lower()
        if number and between in _RANGE:
            return []
        label = text[end : moment.start] or ("" if number else label_before)
        end = moment.end
        changed, first = _last(_CHANGED, label), _last(_FIRST, label)
        if changed > first or (number and first < 0 and found):
            own = 0.0
        else:
            own = weight + (1.0 if first >= 0 else 0.0) + (0.4 if line else 0.0) + (0.5 if block.words & _MARKUP or block.tag == "time" else 0.0)
        found.append(Stamp(index, start + moment.start, start + moment.end, moment, own, said == 0))
    return found


def _in_the_pages_order(head: Head, stamps: list[Stamp]) -> list[Stamp]:
    """The stamps with day and month swapped where they may be, and the page's other numbers can only be month, day and year."""
    doubtful = [s.moment.other is not None and "/" in head.page.text[s.start : s.end] for s in stamps]
    if not any(doubtful):
        return stamps
    found = [(int(first), int(second)) for first, second in _NUMBERS.findall(head.page.text[:_SEEN])]
    if not any(second > 12 >= first for first, second in found) or any(first > 12 >= second for first, second in found):
        return stamps
    return [
        s._replace(moment=s.moment._replace(value=s.moment.other, other=None)) if swap and s.moment.other else s
        for s, swap in zip(stamps, doubtful, strict=True)
    ]


def _last(pattern: re.Pattern[str], label: str) -> int:
    return max((m.start() for m in pattern.finditer(label[-60:])), default=-1)


_RANGE = frozenset({"-", "–", "—", "/", "to", "bis", "au", "a", "al", "until", "through", "till", "t/m", "do", "~", "～"})
"""What stands between the first and the last day of something that lasts: no day of publication."""
_ISSUE = re.compile(
    r"(?<!\w)(?:issue|cover|ausgabe|edition|numéro|edición|edição|nummer|printed|print|copyright|expires?|gültig|valid|born|event|events)(?!\w)|[©]",
    re.I,
)
_MEMBER = re.compile(
    r"(?<!\w)(?:joined|join date|registered|member since|last (?:post|reply|visit)|mitglied seit|registriert|dabei seit|inscrit)(?!\w)", re.I
)
"""Words before a date that is one of a forum's members', not of what they wrote; they stand on its line or alone above it."""
_ABOUT = re.compile(
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?|\b[ap]\.?m\b\.?|(?<!\w)(?:last|first|on|at|am|um|uhr|le|à|el|il|om|op|the|date|min(?:utes?)?|read|"
    r"reading|time|of|lesezeit|de|lecture|lectura|gmt|utc|est|edt|pst|pdt|ist|bst|cet|cest|et|pt|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|"
    r"mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|sabato|domenica)(?!\w)",
    re.I,
)


def _without(text: str, moments: Sequence[Moment]) -> str:
    for moment in reversed(moments):
        text = text[: moment.start] + " " + text[moment.end :]
    return text


def _words_left(rest: str) -> int:
    """Letters that say something other than a time or that it was published."""
    return sum(c.isalpha() for c in _FIRST.sub(" ", _CHANGED.sub(" ", _ABOUT.sub(" ", rest))))


def _at_end(head: Head) -> list[Stamp]:
    """Where the head has no date: the one line after the story that says when it was first published."""
    found: list[Stamp] = []
    for index in range(max(0, head.body + 1), len(head.page.blocks)):
        block = head.page.blocks[index]
        if (
            block.end - block.start <= 80
            and head.kinds[index] in (None, Kind.TIMESTAMP)
            and _FIRST.match(text := head.text(index).lower().removeprefix("first "))
        ):
            found += [s for s in _in_block(head, index, 1.0, "") if s.weight and _words_left(_without(text, [])) < 40]
    return found if len({day_of(s.moment.value) for s in found}) == 1 else []


def _ranked(entries: list[Entry]) -> tuple[Witness, ...]:
    """The witnesses by the weight behind their day; of those that name one day, the ones that know time and zone come first.

    However often one kind of witness names a day, it counts once. Numbers that could be day and month in either order are read as another witness
    reads them. A day before 1990 needs two witnesses.
    """
    days = {day_of(w.value) for w, _, other in entries if other is None}
    settled = [(w._replace(value=other) if other in days and day_of(w.value) not in days else w, weight) for w, weight, other in entries]
    votes: dict[date, float] = {}
    counts: dict[date, int] = {}
    said: set[tuple[date, str]] = set()
    for w, weight in sorted(settled, key=lambda e: -e[1]):
        day = day_of(w.value)
        place = day, "text" if w.origin.startswith("text:") else w.origin
        votes[day] = votes.get(day, 0.0) + (weight if place not in said else 0.0)
        counts[day] = counts.get(day, 0) + 1
        said.add(place)
    kept = [(w, weight) for w, weight in settled if w.value.year >= EARLIEST or counts[day_of(w.value)] > 1]
    kept.sort(key=lambda e: (-votes[day_of(e[0].value)], not isinstance(e[0].value, datetime), -e[1]))
    return tuple(w for w, _ in kept)
