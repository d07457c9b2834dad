"""When it was published, and when it was changed: what the page prints (`stamps`) weighed against what it declares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from stripper.fields.dateline import READER, Stamp
from stripper.fields.head import Head
from stripper.fields.line.dates import EARLIEST, dates_in, day_of, parse_moment
from stripper.fields.stamps import find_stamps
from stripper.fields.wording import ORIGINS, listed
from stripper.read.values import date_in_url
from stripper.types import Witness

_WEIGHTS = {"json-ld": 3.0, "meta": 2.5, "microdata": 2.9, "opengraph": 2.5, "script": 2.0, "url": 1.5, "html": 1.5}
_STATED = frozenset({"json-ld", "meta", "microdata", "opengraph", "script"})
"""Origins of what a page states in so many words; a time element may be anybody's."""
_MOST_DAYS = 2
_TWICE = 0.4
_BESIDE = 16
_CLOCK = re.compile(r"(?<![\d.:/-])\d{1,2}(?:[:h]\d\d(?!\d)|\.\d\d uhr)|(?<=-)\d\d:\d\d(?!\d)", re.I)
_EARLY, _LATE = 12, 10
"""Hours of UTC before which it may still be the day before somewhere, and from which on it may be the next (zones reach from -12 to +14)."""
_SAYS = ORIGINS | {"script": "data for its scripts", "html": "a time element", "url": "its address"}
_LAST_PART = re.compile(r"[|·•–—-]\s([^|·•–—]{6,30})$")
_NEXT_DAY = timedelta(days=1)
_ONLY_CHANGED = "The page says only when it was updated."
_LAST_CHANGE = "The page says that it was changed on this day, or after it."


class Entry(NamedTuple):
    """A witness of a date, weighed."""

    witness: Witness
    weight: float
    other: date | None = None
    """The other reading of its numbers, where day and month may be swapped."""
    place: str = ""
    """Where the page prints it, in words."""

    @property
    def day(self) -> date:
        """The calendar day that it names."""
        return day_of(self.witness.value)


def find_dates(head: Head, headline: int | None) -> tuple[tuple[Stamp, ...], tuple[Witness, ...], tuple[Witness, ...]]:
    """The dates that the page prints about itself, and the witnesses of `date` and of `modified`, the believed ones first."""
    declared = _declared(head)
    stamps = find_stamps(head, headline, any(e.witness.field == "date" and e.witness.origin in _STATED and not e.other for e in declared))
    published = [_entry("date", s) for s in stamps if s.weight] + [e for e in declared if e.witness.field == "date"]
    modified = [_entry("modified", s) for s in stamps if not s.weight] + [e for e in declared if e.witness.field == "modified"]
    published, aside = _without_changes(_without_templates(published, modified), modified)
    dates, changes = _ranked(published, head.page.crawled), _ranked(modified, head.page.crawled)
    if not dates and changes and _is_shown(head, changes):
        dates = (changes[0]._replace(field="date", why=_ONLY_CHANGED),)
    elif dates:
        dates += tuple(e.witness._replace(why=_LAST_CHANGE) for e in aside)
    return tuple(stamps), dates, changes


def _entry(field: str, stamp: Stamp) -> Entry:
    return Entry(Witness(field, stamp.moment.value, stamp.reader, stamp.start, stamp.end), stamp.weight or 1.0, stamp.moment.other, stamp.place)


def _is_shown(head: Head, changes: Sequence[Witness]) -> bool:
    """Whether a page shows the day of its last change as its one day, and would say another if it had one.

    Text may have lost what the page declared, so there only news are believed, which print a change to the minute and make it on the story's day;
    guides print a day years later. A page of HTML that declares a change but in JSON-LD, which holds both days, may have lost the other, too.
    """
    if head.page.source == "text":
        return changes[0].start >= 0 and _has_clock(head.page.text, changes[0])
    day = day_of(changes[0].value)
    shown = any(w.start >= 0 and day_of(w.value) == day for w in changes)
    return shown and all(w.start >= 0 or w.origin == "json-ld" for w in changes)


def _has_clock(text: str, witness: Witness) -> bool:
    """Whether a clock time stands beside a date."""
    return _CLOCK.search(text, max(0, witness.start - _BESIDE), min(len(text), witness.end + _BESIDE)) is not None


def _declared(head: Head) -> list[Entry]:
    """What the page declares, with weights. Time elements of many days are those of comments and teasers: they only support other witnesses."""
    found = [
        Entry(w._replace(value=moment.value), _WEIGHTS.get(w.origin, 1.0), moment.other)
        for w in head.page.declared
        if w.field in ("date", "modified") and (moment := parse_moment(w.value, head.language)) is not None
    ]
    if head.page.source == "text" and head.page.url and (day := date_in_url(head.page.url)):
        found.append(Entry(Witness("date", day, "url"), _WEIGHTS["url"]))
    if not any(e.witness.field == "date" for e in found):
        found += _in_titles(head)
    days = {e.day for e in found if e.witness.origin == "html" and e.witness.field == "date"}
    others = {e.day for e in found if e.witness.origin != "html"}
    return [e for e in found if e.witness.origin != "html" or len(days) <= _MOST_DAYS or e.day in others]


def _in_titles(head: Head) -> list[Entry]:
    """Dates that are the last part of a declared title: "... | Coast | The Bell | 03.05.2023"."""
    found = []
    for w in head.page.declared:
        if w.field == "headline" and w.origin in ("title", "opengraph") and isinstance(w.value, str) and (cut := _LAST_PART.search(w.value[-60:])):
            moments = dates_in(cut[1], head.language, most=1)
            found += [Entry(Witness("date", m.value, "title"), 1.0, m.other) for m in moments if m.start == 0 and m.end == len(cut[1])]
    return found


def _without_templates(published: list[Entry], modified: list[Entry]) -> list[Entry]:
    """The dates; those of templates that state the last change twice weigh less where something else states an earlier day."""
    same = {(e.witness.origin, e.day) for e in modified}
    earliest = min((e.day for e in published if (e.witness.origin, e.day) not in same and e.witness.origin != "html"), default=date.max)
    return [e._replace(weight=e.weight * _TWICE) if (e.witness.origin, e.day) in same and e.day > earliest else e for e in published]


def _without_changes(published: list[Entry], modified: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The dates but for those that only say when the page was changed, and these.

    What a page shows as its date is often the day of its last change, or of the one before. Where it declares that day as such, or a later one, and
    another as the day of publication, it is believed; a time element says nothing against "Updated" on the page.
    """
    first = {e.day for e in published if e.witness.origin in _STATED}
    changed = {e.day for e in modified} - first
    declared = {e.day for e in modified if e.witness.origin in _STATED} - first if first else set()
    timed = {e.day for e in published if e.witness.origin == "html"}
    kept: list[Entry] = []
    aside: list[Entry] = []
    for e in published:
        against = changed if e.witness.origin == "html" else declared if e.witness.origin == READER else set()
        between = e.witness.origin == READER and bool(declared) and e.day not in timed and max(first) + _NEXT_DAY < e.day < max(declared)
        (aside if between or e.day in against else kept).append(e)
    return kept, aside


def _ranked(entries: Sequence[Entry], crawled: date | None) -> tuple[Witness, ...]:
    """The witnesses by the weight behind their day; of those that name one day, the ones that know time and zone come first.

    However often one kind of witness names a day, it counts once. A day before 1990 or after the page was read needs two witnesses.
    """
    settled = _in_local_days(_in_one_order(entries))
    votes: dict[date, float] = {}
    places: dict[date, set[str]] = {}
    for day, e in sorted(settled, key=lambda s: -s[1].weight):
        place = "text" if e.witness.origin.startswith("text:") else e.witness.origin
        if place not in places.setdefault(day, set()):
            votes[day] = votes.get(day, 0.0) + e.weight
            places[day].add(place)
    latest = day_of(crawled) + _NEXT_DAY if crawled is not None else date.max
    kept = [(day, e) for day, e in settled if (day.year >= EARLIEST and day <= latest) or len(places[day]) > 1]
    kept.sort(key=lambda s: (-votes[s[0]], s[0], s[1].day != s[0], not isinstance(s[1].witness.value, datetime), -s[1].weight))
    found = [e.witness for _, e in kept]
    return (found[0]._replace(why=_why(kept)), *found[1:]) if found else ()


def _in_one_order(entries: Iterable[Entry]) -> list[Entry]:
    """The entries; those whose numbers could be day and month in either order as another witness reads them."""
    entries = list(entries)
    days = {e.day for e in entries if e.other is None}
    return [
        e._replace(witness=e.witness._replace(value=e.other), other=None) if e.other in days and e.day not in days and e.other else e for e in entries
    ]


def _in_local_days(entries: Sequence[Entry]) -> list[tuple[date, Entry]]:
    """The entries, each with the day that it speaks for.

    A moment given in UTC is a day earlier or later where the page is, if the page prints that day or has it in its address.
    """
    local = {e.day for e in entries if e.witness.origin in (READER, "url") or e.place}
    return [(_local_day(e, local), e) for e in entries]


def _local_day(entry: Entry, local: set[date]) -> date:
    value = entry.witness.value
    if entry.day in local or entry.witness.origin not in _STATED or not isinstance(value, datetime) or value.utcoffset() != UTC.utcoffset(None):
        return entry.day
    if value.hour < _EARLY and (before := entry.day - _NEXT_DAY) in local:
        return before
    if value.hour >= _LATE and (after := entry.day + _NEXT_DAY) in local:
        return after
    return entry.day


def _why(kept: Sequence[tuple[date, Entry]]) -> str:
    """Who says so, and who names other days."""
    day = kept[0][0]
    same = [e for d, e in kept if d == day]
    says = listed(dict.fromkeys(_name(e) for e in same if e.day == day))
    shifted = any(e.day != day for e in same)
    against = list(dict.fromkeys(_name(e) for d, e in kept if d != day))
    reason = f"{says[:1].upper()}{says[1:]} {'says' if says.count(' and ') == 0 else 'say'} so"
    if shifted:
        reason += "; the moment declared in UTC falls on this day there"
    if against:
        reason += f"; {listed(dict.fromkeys(against))} {'names' if len(against) == 1 else 'name'} another day"
    return reason + "."


def _name(entry: Entry) -> str:
    return f"the line {entry.place}" if entry.place else _SAYS.get(entry.witness.origin, entry.witness.origin)
