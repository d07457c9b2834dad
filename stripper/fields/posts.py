"""Names above posts: who wrote them, as forums print it.

They do so in few ways, whatever software they run: behind "by" or "started by" and before a date, behind the label "Thread starter", beside the
number of the first post, beside the letter that stands for a picture, twice where a picture bears the name, or on a line of its own that the markup
calls a user's name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from stripper.fields.head import Head, is_prose
from stripper.fields.line.dates import EARLIEST, Moment
from stripper.fields.line.members import ABOUT_MEMBER, LONGEST_NAME, STARTER, is_nobody, nickname, words
from stripper.types import Kind

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
    "usertitle user-title userbanner user-banner comment-body comment-text comments-list quote bbcode_quote bbcodeblock lastpost last-post latest "
    "related recent userextras message-userextras userstats user-stats profile-joined profile-posts joined reputation "
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
    *("original poster", "started by", "created by", "submitted ", "posted by ", "post by ", "asked by ", " #1 ", "m 1 "),
)
"""Without any of these, folded, no line says who wrote a post."""
_HINTED_ABOVE, _HINTED_BELOW = 1_000, 2_500
"""Characters around the headline in which they are looked for."""
_DIGIT = re.compile(r"\d")
_FIRST_NUMBER = re.compile(r"(?:^|\s)#\s?1(?!\d)|\s1$")
_AROUND = " \xa0·•|–—»«,:-"
_TWICE = re.compile(r"(.{2,40}) \(\1\)", re.I)
_POSTED = words("post posts message topic thread comment crawler-post post-meta post-header question")
"""Words of markup around a post."""
_LATER = re.compile(
    r"(?:last )?(?:edited|modified|answered|replied|commented|improved|bearbeitet|beantwortet|modifiée?|répondue?|editad[oa]|respondid[oa])\b", re.I
)
"""Begins the line above the name of who came after the first post's author."""
_CLOCK_LETTERS = 10
"""Letters of a time behind a date: "at 8:28 pm"."""
_ASKED = re.compile(r"^asked (?:on )?[^\n]{4,40}$", re.M)
_LOOK = 200_000
"""Characters in which a question's end is looked for."""


class Header(NamedTuple):
    """A name above or beside a post: its block, its span in the page, and the date in the same line."""

    block: int
    start: int
    end: int
    name: str
    moment: Moment | None


def headers_in(head: Head, headline: int | None) -> Iterator[Header]:
    """The names above posts, in the page's order, from a little above the headline on."""
    anchor = headline if headline is not None else 0
    blocks = head.page.blocks
    zone = range(max(0, anchor - _ABOVE), min(len(blocks), anchor + _BELOW))
    hinted = _is_hinted(head, blocks[anchor].start if anchor < len(blocks) else 0)
    if head.page.source == "text":
        yield from _in_text(head, headline, zone, hinted)
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
        found = _said(head, index, posted, hinted) if hinted or posted else None
        if found is None and named:
            found = _marked(head, index)
        if found is not None:
            yield found


def _in_text(head: Head, headline: int | None, zone: range, hinted: bool) -> Iterator[Header]:
    """The same in flat text, where no markup tells; and who asked a question, whose name stands below it."""
    blocks = head.page.blocks
    sizes = [block[1] - block[0] for block in blocks[zone.start : zone.stop + 1]]
    for index, size, following in zip(zone, sizes, [*sizes[1:], 0], strict=False):
        twice = size == following and 1 < size <= LONGEST_NAME
        if not (hinted or twice or size == 1) or size > _LONGEST_LINE or index == headline:
            continue
        found = _said(head, index, False, True) if hinted else None
        if found is None and size == 1:
            found = _beside_initial(head, index)
        if found is None and twice:
            found = _repeated(head, index)
        if found is not None:
            yield found
    if "\nasked " in head.page.text and (asked := _ASKED.search(head.page.text, 0, _LOOK)):
        index = bisect_right(blocks, asked.start(), key=lambda block: block.start) - 1
        if (found := _below_asked(head, index)) is not None:
            yield found


def _said(head: Head, index: int, posted: bool, hinted: bool) -> Header | None:
    """What a line says by its words."""
    if head.kinds[index] in _ELSEWHERE:
        return None
    if hinted and (found := _labelled(head, index) or _numbered(head, index)):
        return found
    return _in_line(head, index, posted)


def _beside_initial(head: Head, index: int) -> Header | None:
    """The name above or below the letter that stands for its picture."""
    letter = head.text(index).casefold()
    for other in (index + 1, index - 1):
        if 0 <= other < len(head.kinds) and letter.isalpha() and head.text(other)[:1].casefold() == letter:
            found = _alone(head, other)
            if found is not None:
                return found
    return None


def _repeated(head: Head, index: int) -> Header | None:
    """A name that is printed twice, above a date: once as its picture."""
    if head.text(index) != head.text(index + 1) or index + 2 >= len(head.page.blocks):
        return None
    moments = head.dates(index + 2)
    return _alone(head, index) if moments and not moments[0].start and not _is_of_member(head, index + 2) else None


def _below_asked(head: Head, index: int) -> Header | None:
    """The name below "asked DATE", and below its picture."""
    moments = head.dates(index)
    for other in (index + 1, index + 2):
        if not moments or other >= len(head.page.blocks):
            return None
        if not head.text(other).endswith(" avatar"):
            found = _alone(head, other)
            return found._replace(moment=None) if found else None
    return None


def _alone(head: Head, index: int) -> Header | None:
    """The name that is all that a line holds; a line that ends as sentences do is none."""
    text = head.text(index)
    return _header(head, index, 0, len(text), None) if len(text) <= LONGEST_NAME and text[-1:] not in ",.!?:;" else None


def _is_hinted(head: Head, at: int) -> bool:
    """Whether around a place of the page stands what a line must hold that says who wrote a post."""
    start, end = max(0, at - _HINTED_ABOVE), at + _HINTED_BELOW
    said = head.page.folded[start:end]
    return " » " in head.page.text[start:end] or any(map(said.__contains__, _HINTS))


def _header(head: Head, index: int, start: int, end: int, moment: Moment | None) -> Header | None:
    """The name in a part of a block's text, if it may be one."""
    text = head.text(index)[start:end]
    said = text.strip(_AROUND)
    if (again := _TWICE.fullmatch(said)) is not None:
        said = again[1]
    name = "" if is_nobody(said) else nickname(said)
    if name is None:
        return None
    start += head.start(index) + text.index(said)
    return Header(index, start, start + len(said), name, moment)


def _in_line(head: Head, index: int, posted: bool) -> Header | None:
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


def _labelled(head: Head, index: int) -> Header | None:
    """The name behind the label "Thread starter", in its line or in the next; software repeats the label for readers of the screen."""
    text = head.text(index)
    label = STARTER.match(text)
    if label is None:
        return None
    rest = text[label.end() :].lstrip(" :")
    if (again := STARTER.match(rest)) is not None:
        rest = rest[again.end() :].lstrip(" :")
    if rest:
        return _header(head, index, len(text) - len(rest), len(text), None)
    return _alone(head, index + 1) if index + 1 < len(head.page.blocks) else None


def _numbered(head: Head, index: int) -> Header | None:
    """The line below the first post's date and number."""
    text = head.text(index)
    if index + 1 >= len(head.page.blocks) or not _FIRST_NUMBER.search(text) or len(text) > LONGEST_NAME:
        return None
    moments = head.dates(index)
    if not moments or moments[0].start > len("#1 on "):
        return None
    return _alone(head, index + 1)


def _marked(head: Head, index: int) -> Header | None:
    """A line that the markup calls a user's name, with a date nearby."""
    block = head.page.blocks[index]
    if block.tag == "dd" or block.end - block.start > LONGEST_NAME or not block.words.isdisjoint(_OTHER):
        return None
    if index and _LATER.match(head.text(index - 1)):
        return None
    found = _header(head, index, 0, len(head.text(index)), None)
    return found if found and date_near(head, index) is not None else None


def date_near(head: Head, index: int) -> tuple[int, Moment] | None:
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
            return (other, moments[0]) if moments[0].value.year >= EARLIEST else None
    return None


def _is_of_member(head: Head, index: int) -> bool:
    """Whether a line tells of a member: since when, how many posts."""
    if not head.page.blocks[index].words.isdisjoint(_OTHER) or ABOUT_MEMBER.match(head.text(index)):
        return True
    label = head.text(index - 1)[:40] if index else ""
    return not any(c.isdigit() for c in label) and ABOUT_MEMBER.match(label) is not None
