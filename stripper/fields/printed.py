"""Which line of the page is the byline: the one with a by-word, or a name that something else on the page shows to be the author's."""

from __future__ import annotations

import re
from typing import NamedTuple

from stripper.fields.backing import (
    common_words,
    dated_block,
    echoed,
    has_bio,
    has_portrait,
    in_headline,
    introduced,
    is_about,
    may_sign,
    of_another,
    portrait_at,
    signed,
)
from stripper.fields.head import Head
from stripper.fields.line.byline import MAX_LINE, parse
from stripper.fields.line.bywords import INTRODUCES, SOURCE
from stripper.fields.line.names import is_agency, is_person, is_role, is_team
from stripper.fields.line.people import Byline
from stripper.fields.line.words import NO_PERSON
from stripper.types import Kind

READER = "text:byline-line"

_ABOVE, _BELOW = 4, 6
"""A byline stands at most so many blocks above the headline or into the story."""
_WIDEST = 120
"""So many blocks are looked at there at most."""
_FAR, _DEEP = 45, 16
"""The same where nothing stands there."""
_OPEN = frozenset({None, Kind.TIMESTAMP, Kind.AUTHOR_BIO, Kind.CREDIT, Kind.SHARE, Kind.TOPICS, Kind.CAPTION})
"""Kinds of blocks in which a byline may stand all the same."""
_MISTAKEN = frozenset({Kind.NAVIGATION, Kind.BREADCRUMB, Kind.DISCLAIMER, Kind.LOGIN, Kind.WIDGET})
"""Kinds that a line with a byline and a date may be mistaken for."""
_NEVER = frozenset({Kind.COMMENTS, Kind.RELATED, Kind.ADVERT})
"""Kinds of blocks whose markup says who wrote something else."""
_LABELS = 8
_LABEL = re.compile(r"[^\W\d_]{3,14}: ?\S")
_NO_PERSON, _FIRST_NAME = 2.5, 0.6
"""How much less a byline convinces that names organisations only, or gives only a team or a first name."""
_MARKED, _PORTRAYED, _HINTED = 2.7, 2.6, 2.2
"""Strength of names that markup calls the author's, of one beside its portrait, and of words there that alone would be no name."""
_NEARBY = 12
"""A date somewhere near the headline tells what names are that stand so few blocks below it."""
_SHORT = 90
"""A block that markup calls the author's is no longer than this."""


class Printed(NamedTuple):
    """A byline on the page: the blocks it fills, the span of its names, and what it says."""

    first: int
    last: int
    start: int
    end: int
    line: Byline
    reader: str = READER


def at_head(head: Head, headline: int | None) -> Printed | None:
    """The byline near the headline; None where no line convinces."""
    best: tuple[float, Printed] | None = None
    near = zone(head, headline)
    lines = [*_labelled(head, near.start), *near]
    dated = any(dated_block(head, i) for i in lines if i != headline)
    for index in lines:
        if index == headline:
            continue
        found = read(head, index) if head.kinds[index] in _OPEN else _stamped(head, index)
        if found is None or not _believable(head, found, headline, dated):
            found = _shown(head, index, headline)
        elif found.line.strength < _MARKED and signed(head, index):
            found = found._replace(line=found.line._replace(strength=_MARKED))
        if found is None:
            continue
        distance = abs(index - (headline if headline is not None else head.body))
        points = (
            found.line.strength
            - _doubt(found.line)
            - 0.1 * distance
            - (0.5 if headline is not None and index < headline else 0.0)
            - (0.0 if index <= head.body else 1.0 if index <= head.body + 2 else 2.2)
        )
        if best is None or points > best[0]:
            best = points, found
    return _with_next(head, best[1]) if best else None


def _stamped(head: Head, index: int) -> Printed | None:
    """A byline with a by-word and a date in what looks like a menu or a notice: "Home | By Ana Lima | 4 March 2024"."""
    if head.kinds[index] not in _MISTAKEN or not INTRODUCES.search(head.text(index)[:MAX_LINE]):
        return None
    found = read(head, index)
    return found if found and found.line.strength >= 3 and found.line.dates else None


def _doubt(line: Byline) -> float:
    if any(is_person(n) for n in line.names):
        return 0.0
    return _FIRST_NAME if any(is_team(n) or (" " not in n and n.istitle()) for n in line.names) else _NO_PERSON


def farther(head: Head, headline: int | None) -> Printed | None:
    """The one byline with a by-word or a portrait that stands farther from the headline, above the story or in its first blocks.

    It must have a date in it or beside it, or stand there twice; where lines there name several persons, these wrote other stories.
    """
    near, named, undated = zone(head, headline), dict[tuple[str, ...], Printed](), set[tuple[str, ...]]()
    last = min(len(head.kinds), head.body + _DEEP)
    for index in (*range(max(0, head.body - _FAR), near.start), *range(max(near.stop, head.body - _FAR), last)):
        if head.kinds[index] not in _OPEN or len(head.text(index)) > _SHORT:
            continue
        found = read(head, index) if INTRODUCES.search(head.text(index)) else None
        found = found if found and found.line.strength >= 3 else _portrayed(head, index)
        if found is None or not all(is_person(n) for n in found.line.names):
            continue
        dated = found.line.dates or any(dated_block(head, i) for i in (index - 1, found.last + 1) if 0 <= i < len(head.kinds))
        if dated or found.line.names in undated:
            named.setdefault(found.line.names, found)
        undated.add(found.line.names)
    return next(iter(named.values())) if len(named) == 1 else None


def zone(head: Head, headline: int | None) -> range:
    """The blocks in which a byline may stand."""
    first = max(0, (headline if headline is not None else head.body) - _ABOVE)
    return range(first, min(len(head.page.blocks), head.body + _BELOW, first + _WIDEST))


def read(head: Head, index: int) -> Printed | None:
    """The byline in a block, or in a by-word's block and the one after it."""
    block = head.page.blocks[index]
    start = head.start(index)
    if block.end - start > MAX_LINE:
        return None
    if index + 1 < len(head.page.blocks) and head.only_by(index):
        after = head.page.blocks[index + 1]
        if after.end - after.start > MAX_LINE:
            return None
        itself = head.byline(index + 1)
        if itself is not None and itself.strength >= 3:  # a label above a line with a by-word of its own
            return Printed(index, index + 1, head.start(index + 1) + itself.start, head.start(index + 1) + itself.end, itself)
        line = _by(head, index + 1)
        return Printed(index, index + 1, after.start + line.start, after.start + line.end, line) if line else None
    line = head.byline(index)
    return Printed(index, index, start + line.start, start + line.end, line) if line else None


def _by(head: Head, index: int) -> Byline | None:
    """A block read as if a by-word stood before it."""
    block = head.page.blocks[index]
    line = parse("by " + head.page.text[block.start : block.end], head.language)
    return line._replace(start=line.start - 3, end=line.end - 3) if line and line.start >= 3 else None


def _shown(head: Head, index: int, headline: int | None) -> Printed | None:
    """A name without a by-word that markup or the portrait beside it shows to be the author's."""
    block = head.page.blocks[index]
    if block.end - block.start > _SHORT or head.kinds[index] in _NEVER:
        return None
    found = _portrayed(head, index) or _first_name(head, index, headline) or _marked(head, index, headline)
    if found is None or of_another(head, index, found.line.names):
        return None
    return None if headline is not None and head.said(index) == head.said(headline) else found


def _portrayed(head: Head, index: int) -> Printed | None:
    """A name beside its portrait."""
    if (name := portrait_at(head, index)) is None:
        return None
    at = head.page.text.index(name, head.page.blocks[index].start)
    return Printed(index, index, at, at + len(name), Byline((name,), name, 0, len(name), _PORTRAYED))


def _marked(head: Head, index: int, headline: int | None) -> Printed | None:
    """What stands in a block that markup calls the author's."""
    if not signed(head, index) or head.only_by(index):
        return None
    itself = head.byline(index)
    if itself is not None and itself.strength >= 3:
        start = head.start(index)
        return Printed(index, index, start + itself.start, start + itself.end, itself)
    line = _by(head, index)
    rest = head.text(index)[line.end :].lstrip() if line else ""
    if line is None or (rest[:1].isalpha() and not rest.isupper()) or common_words(head, line.names):
        return None
    if in_headline(head, line.names, headline) or not all(may_sign(head, name) for name in line.names):
        return None
    start = head.page.blocks[index].start
    strength = _MARKED if all(is_person(n) or is_agency(n) for n in line.names) else _HINTED
    return Printed(index, index, start + line.start, start + line.end, line._replace(strength=strength))


def _first_name(head: Head, index: int, headline: int | None) -> Printed | None:
    """A single word just below the headline that is somebody whom the page introduces ("I'm Ana", "Ana is the founder of")."""
    name = head.text(index).strip()
    if (
        headline is None
        or not headline < index <= min(headline + 4, head.body)
        or " " in name
        or name.lower() in NO_PERSON
        or not is_person(name, introduced=True)
    ):
        return None
    start = head.start(index)
    if full := _with_surname(head, index, name):
        end = head.page.blocks[index + 1].end
        return Printed(index, index + 1, start, end, Byline((full,), full, 0, end - start, _HINTED))
    if not introduced(head, name) or common_words(head, (name,)):
        return None
    return Printed(index, index, start, start + len(name), Byline((name,), name, 0, len(name), _HINTED))


def _with_surname(head: Head, index: int, name: str) -> str | None:
    """A first name with the surname that is the next block, where the page introduces somebody of this name."""
    surname = head.text(index + 1).strip() if index + 1 < len(head.kinds) else ""
    full = f"{name} {surname}"
    return full if surname and " " not in surname and is_person(full) and (introduced(head, full) or echoed(head, full)) else None


def _labelled(head: Head, first: int) -> list[int]:
    """The lines "Date: ...", "Author: ..." with which a text may begin, however far above its headline, but for those from `first` on."""
    found: list[int] = []
    for index in range(min(first, _LABELS)):
        if head.page.source != "text" or not _LABEL.match(head.text(index)):
            break
        found.append(index)
    return found


def _with_next(head: Head, found: Printed) -> Printed:
    """Names on the lines below belong to the byline where it too is a line of nothing but a name."""
    line = found.line
    while line.strength <= _MARKED and not line.dates and found.last + 1 < min(head.body, found.first + 6):
        index = found.last + 1
        below = head.byline(index)
        if below is None or below.strength > 1.5 or len(below.printed) != len(head.text(index)) or common_words(head, below.names):
            break
        names = tuple(dict.fromkeys((*line.names, *below.names)))
        if len(names) > len(line.names):
            line = line._replace(names=names, printed=f"{line.printed}, {below.printed}")
            found = found._replace(end=head.page.blocks[index].end)
        found = found._replace(last=index, line=line)
    return found


def _believable(head: Head, found: Printed, headline: int | None, dated: bool) -> bool:
    """Whether a line that could be a byline is one, here.

    Names alone could be those of a caption, a menu or a topic: they need a date nearby, must not be in the headline, and stand before the story.
    """
    line, index = found.line, found.first
    if of_another(head, index, line.names):
        return False
    if line.strength >= 3:
        return index <= head.body + 2 or (head.kinds[index] is None and index <= head.body + _BELOW)
    if headline is None and line.strength < 2.5:
        return False
    portrait = has_portrait(head, index, line.printed)
    if in_headline(head, line.names, headline) or common_words(head, line.names):
        return False
    sourced = SOURCE.match(head.text(index)) is not None
    if (head.kinds[index] is Kind.CREDIT and not sourced) or (head.kinds[index] is Kind.CAPTION and not portrait):
        return False
    if line.strength >= 2.5:
        return index <= head.body + (3 if line.dates else 1)
    if line.strength >= 2:
        return headline is not None and headline < index <= head.body
    return headline is not None and _backed(head, found, headline, dated, portrait)


def _backed(head: Head, found: Printed, headline: int, dated: bool, portrait: bool) -> bool:
    """Whether a line of nothing but names has something near it that says what it is."""
    line, index, after = found.line, found.first, found.first + 1
    stamped = after < len(head.kinds) and dated_block(head, after)
    below = stamped or (after < len(head.kinds) and (head.only_by(after) or (len(head.text(after)) < 60 and is_role(head.text(after)))))
    if line.strength < 1 and not (below and index > headline):
        return False
    told = introduced(head, line.names[0]) or (index > headline and (dated or stamped) and echoed(head, line.names[0]))
    if not headline - (4 if below else 2) <= index <= head.body + (2 if told or stamped else 0):
        return False
    return has_bio(head, line.names) or (
        (told or (dated and index < headline + _NEARBY) or portrait or below or line.strength > 1)
        and not is_about(head, line.names, told or below or portrait)
    )
