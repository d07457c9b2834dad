"""The headline: the line above the story that is about the same as the story; in HTML together with what the page declares.

No single place is right often enough: og:title carries the site's name, the first h1 may be the site's, metadata may be another language's.
So every candidate is scored, and those that agree count together.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from stripper.fields.head import Head, normal, printable
from stripper.fields.headline_choice import NEUTRAL, STATED, Own, best_of, candidates
from stripper.fields.headline_lines import Line, is_other, own_line
from stripper.fields.titles import LONGEST, Place, first_parts, glued, is_variant, place_of, without_site
from stripper.types import Witness

READER = "text:headline"

_LEAST = 3.5
"""Fewest points for a line to be the headline."""
_LEAST_WITHOUT_STORY = 6.5
"""The same on a page that has no story with words to share."""
_LONGEST_TITLE, _MOST_TITLES = 400, 24
"""Characters of a declared title, and titles that are looked at: those of a list of other stories say nothing."""
_MOST_HEADINGS = 4
_DECK = 85
"""A line of more characters is more often a deck than a headline."""
_WHOLE = "It is declared in two ways or more, and the page's own line differs from it by no more than a kicker, a blank or the site's name."
_MORE = "It goes on behind the name."
_KICKER = 15
"""Fewer characters are rather a kicker's than a headline's."""


def find_headline(head: Head) -> tuple[int | None, tuple[Witness, ...]]:
    """The block that prints the headline, or None, and the witnesses, the believed one first."""
    place = place_of(head)
    declared = declared_titles(head, place)
    line = own_line(head, {normal(w.value) for w in declared})
    if line and line.score < (_LEAST if head.stems else _LEAST_WITHOUT_STORY):
        line = None if declared else _first_line(head)
    printed = () if line is None else (Witness("headline", printable(line.text), READER, head.start(line.block), head.page.blocks[line.block].end),)
    witnesses = (*printed, *declared, *_headings(head, declared))
    parts = [Witness("headline", part, w.origin) for w in declared for part in first_parts(w.value)] if declared else ()
    best = best_of(candidates(witnesses, parts), Own(READER, line.score) if line else None, head, place)
    if best is None:
        return None, ()
    if best.origin == READER:
        best = _whole(best, witnesses, place)
    is_line = line is not None and (normal(line.text) == normal(best.value) or is_variant(line.text, best.value, place))
    index = line.block if line and is_line else _printed(head, best.value)
    if index is None and line and line.score >= NEUTRAL and head.story.found:
        index = line.block
    return index, (best, *(_set_aside(w, best) for w in witnesses if w[:-1] != best[:-1]))


def _set_aside(other: Witness, best: Witness) -> Witness:
    """Another witness, with the reason where it is the believed value and more behind a separator."""
    return other._replace(why=_MORE) if best.value in first_parts(other.value) else other


def declared_titles(head: Head, place: Place) -> list[Witness]:
    """What the page declares as its headline, without the site's name."""
    said = [w for w in head.page.declared if w.field == "headline" and isinstance(w.value, str)]
    raw = [w for w in said[:_MOST_TITLES] if 1 < len(w.value.strip()) <= _LONGEST_TITLE]
    titles = {normal(w.value) for w in raw}
    blocks = head.page.blocks
    printed = functools.cache(lambda: frozenset(head.said(i) for i in head.before() if blocks[i].end - blocks[i].start <= LONGEST))
    found = []
    for w in raw:
        value = without_site(printable(w.value), place, titles - {normal(w.value)}, printed)
        if value:
            found.append(Witness("headline", value, w.origin, w.start, w.end))
    return found


def _headings(head: Head, declared: list[Witness]) -> list[Witness]:
    """The h1s above the story; the page's first is among the declared."""
    starts = {w.start for w in declared}
    found = [(head.page.blocks[i], head.text(i)) for i in head.before() if head.page.blocks[i].level == 1]
    return [
        Witness("headline", printable(text), "html", b.start, b.end)
        for b, text in found[:_MOST_HEADINGS]
        if b.start not in starts and len(text) <= LONGEST
    ]


def _first_line(head: Head) -> Line | None:
    """The page's first line where it stands alone above a story that begins right below it: the title of a poem says nothing of what follows."""
    blocks = head.page.blocks
    start = min(head.story.chosen, default=0)
    if not 1 <= start <= 2 or not blocks[1].gap or head.kinds[0] is not None or head.page.source != "text":
        return None
    text = head.text(0)
    if not len(text) <= _DECK or len(text.split()) < 3 or not text[0].isupper() or text[-1] in ".,;:" or is_other(head, 0, text):
        return None
    return Line(0, _LEAST, text)


def _whole(line: Witness, witnesses: Sequence[Witness], place: Place) -> Witness:
    """What the page declares in two ways or more, where its own line differs from that by a kicker or the site's name only; else the line.

    Sites set the kicker inside the headline's element or outside of it; what they declare is whole and unglued.
    """
    stated = [w for w in witnesses if w.origin in STATED]
    for value in dict.fromkeys(w.value for w in stated):
        if value == line.value or min(len(value), len(line.value)) < _KICKER or not is_variant(line.value, value, place):
            continue
        same = [w for w in stated if w.value == value or glued(w.value) == glued(value)]
        if len({w.origin for w in same}) > 1:
            return next(w for w in same if w.value == value)._replace(why=_WHOLE)
    return line


def _printed(head: Head, value: str) -> int | None:
    """The block before the story, or its first, that prints just this; an h1 rather than its copy in a breadcrumb."""
    wanted = normal(value)
    if not wanted:
        return None
    same = [i for i in (*head.before(), head.body) if i < len(head.kinds) and head.said(i) == wanted]
    return min(same, key=lambda i: (head.page.blocks[i].level != 1, head.kinds[i] is not None, i), default=None)
