"""Threads of forums and pages of questions and answers: who wrote the first post, and when.

There the author is the name under which the first post stands; a nickname is right, for it is the only name there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from stripper.fields.head import Head, normal
from stripper.fields.line.dates import EARLIEST, day_of
from stripper.fields.line.members import nickname, words
from stripper.fields.posts import Header, date_near, headers_in
from stripper.rules.base import Lines
from stripper.rules.threads import DECLARED_TYPES
from stripper.types import Witness

READER = "text:first-post"


_DATA, _STATED = frozenset({"json-ld", "microdata"}), frozenset({"meta", "opengraph"})
"""Where a page states facts of the thread itself, and where it states some of the page."""
_FORUM = words("forum forums forum-post forum-topic forum-thread postbit crawler-post")
"""Words of markup that only a forum has."""


class FirstPost(NamedTuple):
    """Who wrote the first post of a thread, and when: the witnesses, the believed ones first."""

    authors: tuple[Witness, ...]
    dates: tuple[Witness, ...]
    block: int
    """The block that prints the author's name and nothing else; -1 where there is none."""

    def before(self, authors: Sequence[Witness], dates: Sequence[Witness]) -> FirstPost:
        """The same, with what else the page says: other names after these, and its date after what the page declares.

        Where the first post is nobody's, lines that look like bylines aren't believed; where it has no date, those on the page are other posts'.
        """
        said = {w.value for w in self.authors}
        others = [w for w in authors if w.value not in said and (said or not w.origin.startswith("text:"))]
        if not self.dates and any(w.origin == READER for w in self.authors):
            dates = [w for w in dates if not w.origin.startswith("text:")]
        data = [w._replace(why=w.why or "The thread's own data says so.") for w in dates if w.origin in _DATA]
        rest = [w for w in dates if w.origin not in _DATA]
        first, second = (rest, self.dates) if rest and rest[0].origin in _STATED else (self.dates, rest)
        return self._replace(authors=_behind(self.authors, others), dates=_behind(data, _behind(first, second)))


def _behind(first: Sequence[Witness], second: Sequence[Witness]) -> tuple[Witness, ...]:
    """Witnesses, and others behind them: of these the one that would have been believed isn't."""
    return (*first, *(w._replace(why="") if first and not number else w for number, w in enumerate(second)))


def find_first_post(head: Head, headline: int | None) -> FirstPost | None:
    """The first post of a thread; None where the page is none, or nothing tells who wrote it."""
    types = {str(w.value): w.origin for w in head.page.declared if w.field == "type"}
    declared = not DECLARED_TYPES.isdisjoint(types) or types.get("Question") == "microdata"
    if not declared and any(name.endswith("Article") for name in types):
        return None
    authors = _declared(head) if declared else []
    known = normal(authors[0].value[0]) if authors else ""
    first = header = next(headers := headers_in(head, headline), None)
    if known and first is not None and normal(first.name) != known:
        header = next((found for found in headers if normal(found.name) == known), None)
    if not declared and (header is None or not _is_thread(head, header)):
        return None
    dates: list[Witness] = []
    if header is not None:
        if header.name:
            authors.append(Witness("authors", (header.name,), READER, header.start, header.end))
        if header is first and (moment := _moment(head, header)):
            dates.append(moment)
    alone = header is not None and bool(authors) and authors[0].value == (head.text(header.block).strip(),)
    return FirstPost(_explained(authors), tuple(dates), header.block if alone and header else -1)


def _is_thread(head: Head, header: Header) -> bool:
    return not head.page.blocks[header.block].words.isdisjoint(_FORUM) or Lines.of(head.page).is_thread


def _explained(authors: list[Witness]) -> tuple[Witness, ...]:
    """The witnesses; the first says why it is believed."""
    if not authors:
        return ()
    first = authors[0]
    same = any(w.origin == READER and normal(w.value[0]) == normal(first.value[0]) for w in authors[1:])
    if first.origin == READER:
        why = "The first post of the thread stands under this name."
    elif same:
        why = "The thread's own data says so, and its first post stands under this name."
    else:
        why = "The thread's own data says who wrote its first post."
    return first._replace(why=why), *authors[1:]


def _declared(head: Head) -> list[Witness]:
    """What the page's data about the thread names as its author, nicknames included."""
    found = []
    for w in head.page.declared:
        if w.field == "authors" and w.origin in _DATA and isinstance(w.value, tuple):
            names = tuple(name for value in w.value[:3] if isinstance(value, str) and (name := nickname(value)))
            if names:
                found.append(Witness("authors", names[:1], w.origin))
    return found


def _moment(head: Head, header: Header) -> Witness | None:
    """The date of the post under a name; with its time where a time element of the page tells it."""
    block, moment = header.block, header.moment
    if moment is None:
        near = date_near(head, block)
        if near is None:
            return None
        block, moment = near
    crawled = head.page.crawled
    if moment.value.year < EARLIEST or (crawled is not None and day_of(moment.value) > day_of(crawled) + timedelta(days=1)):
        return None
    start = head.start(block)
    days = {day_of(value) for value in (moment.value, moment.other) if value}
    times = [w.value for w in head.page.declared if w.field == "date" and w.origin == "html" and isinstance(w.value, datetime) and w.value.tzinfo]
    exact = next((value for value in times if day_of(value) in days), None)
    why = "It is the date of the thread's first post."
    return Witness("date", exact or moment.value, READER, start + moment.start, start + moment.end, why)
