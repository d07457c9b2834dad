"""Threads of forums and pages of questions and answers: who wrote the first post, and when.

There the author is the name under which the first post stands; a nickname is right, for it is the only name there is. Forums print it in few ways,
whatever software they run: behind "by" or "started by" and before a date, behind the label "Thread starter", beside the number of the first post,
or on a line of its own that their markup calls a user's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from stripper.fields.dates import Moment, day_of
from stripper.fields.head import Head, is_prose, normal
from stripper.fields.members import ABOUT_MEMBER, LONGEST_NAME, STARTER, is_nobody, nickname, words
from stripper.rules.base import Lines
from stripper.rules.threads import DECLARED_TYPES
from stripper.types import Kind, Witness

READER = "text:first-post"


_ABOVE, _BELOW = 40, 40
"""The first post begins at most so many blocks above the headline or below it."""
_LONGEST_LINE, _LONGEST_DATED = 160, 90
_DATE_ABOVE, _DATE_BELOW = 2, 16
"""Its date stands at most so many blocks above its author's name or below it."""
_ELSEWHERE = frozenset({Kind.NAVIGATION, Kind.BREADCRUMB, Kind.LOGIN, Kind.SHARE, Kind.RELATED, Kind.COOKIE, Kind.ADVERT})
_NAMING = words(
    "username user-name bigusername author authorname author-name creator poster poster-name postername postauthor post-author topicauthor "
    "topic-author message-name user-details userdetails nickname postprofile postleft submitter asker cauthorpane_author author_information postmenu"
)
"""Words of markup around the name of who wrote a post."""
_OTHER = words(
    "usertitle user-title userbanner user-banner signature quote bbcode_quote bbcodeblock lastpost last-post latest related recent userextras "
    "message-userextras userstats user-stats profile-joined profile-posts joined reputation "
    "popupbody dropdown dropdown-content menu"
)
"""Words of markup around what else stands beside a post: its author's rank and figures, quoted posts, lists of others."""
_BY = r"(?:by|von|par|por|di|da|door|af|av|przez|от|від|tarafından)"
_NAME = r"([^\s,;:»«|•·][^\n,;»«|•]{0,38}?)"
_SIGNED = re.compile(rf"(?:[^\W\d_]{{2,14}} ){{0,2}}?(?:posted|asked|written|submitted)? ?{_BY} {_NAME} ?(?:»|«|•|·|\||–|—| - |, |@ |\bon )", re.I)
"""A line such as "Post by NAME » DATE"."""
_STARTED = re.compile(rf"(?:started|created|submitted) (?:[^,]{{3,20}} ago )?by {_NAME}(?:, | on |$)", re.I)
"""A line such as "Discussion in 'Boats' started by NAME, DATE", "submitted 3 hours ago by NAME"."""
_HINTS = (
    *("starter", "ersteller", "auteur d", "autor d", "iniciado por", "autore d", "creatore d", "trådst", "autor w", "автор темы", "topic author"),
    *("original poster", "started by", "created by", "submitted ", " #1 ", "m 1 "),
)
"""Without any of these, folded, no line says who wrote a post."""
_HINTED_ABOVE, _HINTED_BELOW = 1_000, 2_500
"""Characters around the headline in which they are looked for."""
_DIGIT = re.compile(r"\d")
_FIRST_NUMBER = re.compile(r"(?:^|\s)#\s?1(?!\d)|\s1$")
_AROUND = " \xa0·•|–—»«,:-"
_TWICE = re.compile(r"(.{2,40}) \(\1\)")
_POSTED = words("post posts message topic thread comment crawler-post post-meta post-header question")
"""Words of markup around a post."""
_STATED = frozenset({"json-ld", "microdata", "meta", "opengraph"})
_FORUM = words("forum forums forum-post forum-topic forum-thread postbit crawler-post")
"""Words of markup that only a forum has."""
_CLOCK_LETTERS = 10
"""Letters of a time behind a date: "at 8:28 pm"."""


class FirstPost(NamedTuple):
    """Who wrote the first post of a thread, and when: the witnesses, the believed ones first."""

    authors: tuple[Witness, ...]
    dates: tuple[Witness, ...]
    block: int
    """The block that prints the author's name and nothing else; -1 where there is none."""

    def before(self, authors: Sequence[Witness], dates: Sequence[Witness]) -> FirstPost:
        """The same, with what else the page says: other names after these, and its date after what the page declares.

        Where the first post is nobody's, lines that look like bylines aren't believed.
        """
        said = {w.value for w in self.authors}
        others = [w for w in authors if w.value not in said and (said or not w.origin.startswith("text:"))]
        first, second = (dates, self.dates) if dates and dates[0].origin in _STATED else (self.dates, dates)
        return self._replace(authors=_behind(self.authors, others), dates=_behind(first, second))


def _behind(first: Sequence[Witness], second: Sequence[Witness]) -> tuple[Witness, ...]:
    """Witnesses, and others behind them: of these the one that would have been believed isn't."""
    return (*first, *(w._replace(why="") if first and not number else w for number, w in enumerate(second)))


class _Header(NamedTuple):
    """A name above or beside a post: its block, its span in the page, and the date in the same line."""

    block: int
    start: int
    end: int
    name: str
    moment: Moment | None


def find_first_post(head: Head, headline: int | None) -> FirstPost | None:
    """The first post of a thread; None where the page is none, or nothing tells who wrote it."""
    types = {str(w.value): w.origin for w in head.page.declared if w.field == "type"}
    declared = not DECLARED_TYPES.isdisjoint(types) or types.get("Question") == "microdata"
    if not declared and any(name.endswith("Article") for name in types):
        return None
    authors = _declared(head) if declared else []
    known = normal(authors[0].value[0]) if authors else ""
    first = header = next(headers := _headers(head, headline), None)
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


def _is_thread(head: Head, header: _Header) -> bool:
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
        if w.field == "authors" and w.origin in ("json-ld", "microdata") and isinstance(w.value, tuple):
            names = tuple(name for value in w.value[:3] if isinstance(value, str) and (name := nickname(value)))
            if names:
                found.append(Witness("authors", names[:1], w.origin))
    return found


def _headers(head: Head, headline: int | None) -> Iterator[_Header]:
    """The names above posts, in the page's order, from a little above the headline on."""
    anchor = headline if headline is not None else 0
    blocks = head.page.blocks
    zone = range(max(0, anchor - _ABOVE), min(len(blocks), anchor + _BELOW))
    hinted = _is_hinted(head, blocks[anchor].start if anchor < len(blocks) else 0)
    if not hinted and head.page.source == "text":
        return
    told: dict[int, tuple[bool, bool]] = {}
    for index in zone:
        block = blocks[index]
        key = id(block.words)
        if key not in told:
            told[key] = not block.words.isdisjoint(_NAMING), not block.words.isdisjoint(_POSTED)
        named, posted = told[key]
        if not (hinted or named or posted) or block.end - block.start > _LONGEST_LINE or index == headline:
            continue
        found = None
        if head.kinds[index] not in _ELSEWHERE:
            found = (_in_line(head, index, posted) if hinted or posted else None) or (
                _labelled(head, index) or _numbered(head, index) if hinted else None
            )
        if found is None and named:
            found = _marked(head, index)
        if found is not None:
            yield found


def _is_hinted(head: Head, at: int) -> bool:
    """Whether around a place of the page stands what a line must hold that says who wrote a post."""
    start, end = max(0, at - _HINTED_ABOVE), at + _HINTED_BELOW
    said = head.page.folded[start:end]
    return " » " in head.page.text[start:end] or any(hint in said for hint in _HINTS)


def _header(head: Head, index: int, start: int, end: int, moment: Moment | None) -> _Header | None:
    """The name in a part of a block's text, if it may be one."""
    text = head.text(index)[start:end]
    said = text.strip(_AROUND)
    if (again := _TWICE.fullmatch(said)) is not None:
        said = again[1]
    name = "" if is_nobody(said) else nickname(said)
    if name is None:
        return None
    start += head.start(index) + text.index(said)
    return _Header(index, start, start + len(said), name, moment)


def _in_line(head: Head, index: int, posted: bool) -> _Header | None:
    """Name and date in one line: behind a by-word, or the name in front of the date and a number behind it."""
    text = head.text(index)
    if "ed" in text and (started := _STARTED.search(text)):
        dates = [m for m in head.dates(index) if m.start >= started.end(1)]
        return _header(head, index, *started.span(1), dates[0] if dates else None)
    if not _DIGIT.search(text):
        return None
    if signed := _SIGNED.match(text):
        dates = [m for m in head.dates(index) if m.start >= signed.end(1)]
        return _header(head, index, *signed.span(1), dates[0]) if dates else None
    if len(text) > _LONGEST_DATED or not (posted or _FIRST_NUMBER.search(text)):
        return None
    moments = head.dates(index)
    if moments and moments[0].start and sum(c.isalpha() for c in text[moments[0].end :]) <= _CLOCK_LETTERS:
        return _header(head, index, 0, moments[0].start, moments[0])
    return None


def _labelled(head: Head, index: int) -> _Header | None:
    """The name behind the label "Thread starter", in its line or in the next."""
    label = STARTER.match(head.text(index))
    if label is None:
        return None
    rest = head.text(index)[label.end() :]
    if rest.strip(" :"):
        return _header(head, index, label.end() + len(rest) - len(rest.lstrip(" :")), len(head.text(index)), None)
    if index + 1 < len(head.page.blocks) and head.page.blocks[index + 1].end - head.page.blocks[index + 1].start <= LONGEST_NAME:
        return _header(head, index + 1, 0, len(head.text(index + 1)), None)
    return None


def _numbered(head: Head, index: int) -> _Header | None:
    """The line below the first post's date and number."""
    text = head.text(index)
    if index + 1 >= len(head.page.blocks) or not _FIRST_NUMBER.search(text) or len(text) > LONGEST_NAME:
        return None
    moments = head.dates(index)
    if not moments or moments[0].start > len("#1 on "):
        return None
    return _header(head, index + 1, 0, len(head.text(index + 1)), None)


def _marked(head: Head, index: int) -> _Header | None:
    """A line that the markup calls a user's name, with a date nearby."""
    block = head.page.blocks[index]
    if block.tag == "dd" or block.end - block.start > LONGEST_NAME or not block.words.isdisjoint(_OTHER):
        return None
    found = _header(head, index, 0, len(head.text(index)), None)
    return found if found and _near(head, index) is not None else None


def _moment(head: Head, header: _Header) -> Witness | None:
    """The date of the post under a name; with its time where a time element of the page tells it."""
    block, moment = header.block, header.moment
    if moment is None:
        near = _near(head, block)
        if near is None:
            return None
        block, moment = near
    start = head.start(block)
    days = {day_of(value) for value in (moment.value, moment.other) if value}
    times = [w.value for w in head.page.declared if w.field == "date" and w.origin == "html" and isinstance(w.value, date)]
    exact = next((value for value in times if day_of(value) in days), None)
    why = "It is the date of the thread's first post."
    return Witness("date", exact or moment.value, READER, start + moment.start, start + moment.end, why)


def _near(head: Head, index: int) -> tuple[int, Moment] | None:
    """The block and the date that belong to the post whose author stands in a block: just above, or below, before the post's text."""
    blocks = head.page.blocks
    below = range(index + 1, min(len(blocks), index + 1 + _DATE_BELOW))
    for other in (*range(index - 1, max(-1, index - 1 - _DATE_ABOVE), -1), *below):
        if blocks[other].end - blocks[other].start > _LONGEST_LINE:
            if other > index and is_prose(head.page, blocks[other]):
                return None
            continue
        if _is_of_member(head, other):
            continue
        if moments := head.dates(other):
            return other, moments[0]
    return None


def _is_of_member(head: Head, index: int) -> bool:
    """Whether a line tells of a member: since when, how many posts."""
    if not head.page.blocks[index].words.isdisjoint(_OTHER) or ABOUT_MEMBER.match(head.text(index)):
        return True
    label = head.text(index - 1)[:40] if index else ""
    return not any(c.isdigit() for c in label) and ABOUT_MEMBER.match(label) is not None
