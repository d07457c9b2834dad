"""The headline: the line above the story that is about the same as the story; in HTML together with what the page declares.

No single place is right often enough: og:title carries the site's name, the first h1 may be the site's, metadata may be another language's.
So every candidate is scored, and those that agree count together.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from stripper.fields.head import Head, ends_sentence, normal, printable
from stripper.fields.titles import LONGEST, glued, is_variant, without_site
from stripper.types import Kind, Witness

READER = "text:headline"

_SHORTEST = 8
_LEAST = 2.6
"""Fewest points for a line of flat text to be the headline."""
_DATED = 0.35
"""A line of which dates fill so much is a date line."""
_HOPELESS = 0.5
"""With fewer points for the line itself its surroundings don't matter."""
_SAME = 0.6
"""A line that shares so many of its words with the story is about the same; more says no more."""
_CHAIN = 1.2
"""A line above the best one that is as good but for so many points comes first: the best one may be its deck or a caption."""
_NEXT = 2.0
"""The same for a line just above it."""
_DECK = 85
"""A line of more characters is more often a deck than a headline."""
_KICKER = 15
"""A line of fewer characters above a long one is its kicker, not its headline."""
_ABOVE_DECK = 3.5
_MARKUP = frozenset({"headline", "entry-title", "post-title", "article-title", "article__title", "article-headline", "story-title", "posttitle"})
_NOT_HERE = frozenset({"aside", "nav", "footer", "related", "sidebar", "recommended", "widget", "teaser", "card", "comments"})
_TRAIL = re.compile(r"[/|>›»]")
_LETTER = re.compile(r"[^\W\d_]")
_ELLIPSIS = ("...", "…")
_WEIGHTS = {"json-ld": 1.2, "opengraph": 1.0, "microdata": 1.0, "meta": 0.7, "title": 0.9, "html": 0.8, "url": 0.2}


_STATED = frozenset({"json-ld", "opengraph", "microdata", "meta", "title"})
_STEPS = re.compile(r"(?<=\S) [/>›»|] ?(?=\S)")
"""What stands between the steps of a breadcrumb; a headline may have one of them."""


class Line(NamedTuple):
    """A block that may be the headline."""

    block: int
    score: float
    text: str


def find_headline(head: Head) -> tuple[int | None, tuple[Witness, ...]]:
    """The block that prints the headline, or None, and the witnesses, the believed one first."""
    site = next((str(w.value) for w in head.page.declared if w.field == "site"), None)
    declared = _declared(head, site)
    lines = _lines(head, {normal(w.value) for w in declared})
    line = _best(lines, declared, head) or (None if declared else _first_line(head))
    witnesses = list(declared)
    if line:
        block = head.page.blocks[line.block]
        start = head.start(line.block)
        witnesses.append(Witness("headline", printable(line.text), READER, start, block.end))
    if not witnesses:
        return None, ()
    chosen = _vote(witnesses, line, head)
    is_line = line is not None and (normal(line.text) == normal(chosen.value) or is_variant(line.text, chosen.value, head))
    index = line.block if line and is_line else _printed(head, chosen.value)
    rest = [w for w in witnesses if w is not chosen]
    return index, (chosen, *rest)


def _declared(head: Head, site: str | None) -> list[Witness]:
    """What the page declares as its headline, without the site's name."""
    raw = [w for w in head.page.declared if w.field == "headline" and isinstance(w.value, str) and 1 < len(w.value.strip()) <= 400]
    titles = {normal(w.value) for w in raw}
    found = []
    for w in raw:
        value = without_site(printable(w.value), site, titles - {normal(w.value)}, head)
        if value:
            found.append(Witness("headline", value, w.origin, w.start, w.end))
    return found


def _lines(head: Head, titles: set[str]) -> list[Line]:
    found = []
    for index in (*head.before(), *range(head.body, min(head.body + 1, len(head.page.blocks)))):
        block = head.page.blocks[index]
        if not _SHORTEST <= block.end - block.start - block.lead <= LONGEST and block.level != 1:
            continue
        if index >= head.body and not block.level:
            continue
        if not _is_open(head, index):
            continue
        text = head.text(index)
        points = _points(head, index, text, titles)
        if points < _HOPELESS and len(text) < _KICKER:
            continue
        if (points >= _HOPELESS and _is_other(head, index, text)) or any(
            m.kind is not Kind.HEADLINE and m.start <= block.start and m.end >= block.end for m in head.proposed
        ):
            continue
        found.append(Line(index, points, text))
    return found


def _is_open(head: Head, index: int) -> bool:
    """Whether a block may be the headline in spite of what rules say: an h1, or a line taken for a caption or topic, which headlines resemble."""
    kind = head.kinds[index]
    if head.page.blocks[index].level == 1:
        return kind not in (Kind.RELATED, Kind.COMMENTS)
    return kind is None or kind is Kind.TOPICS or (kind is Kind.CAPTION and head.repeated(index))


def _is_other(head: Head, index: int, text: str) -> bool:
    """Whether a line is a byline, a date, or no words at all."""
    if not _LETTER.search(text) or (len(text) <= 160 and head.only_by(index)):
        return True
    if len(text) > 160:
        return False
    line = head.byline(index)
    if line and line.strength >= 2:
        return True
    dates = head.dates(index)
    return bool(dates) and sum(d.end - d.start for d in dates) > _DATED * len(text)


def _points(head: Head, index: int, text: str, titles: set[str]) -> float:
    block = head.page.blocks[index]
    words = len(text.split())
    points = 5.0 * min(_SAME, head.coherence(text))
    points += 1.0 if 24 <= len(text) <= 120 else 0.3 if len(text) <= 170 else -1.5
    points += 0.6 if words >= 4 or not text.isascii() else -0.4 if words < 3 else 0.0
    if text.endswith((",", ";", ":")) or (ends_sentence(text) and text.endswith(".") and not text.endswith(_ELLIPSIS)):
        points -= 2.5
    points -= min(2.0, 0.08 * (head.body - index))
    points -= 1.0 if block.lead else 0.0
    points -= 1.5 if len(_STEPS.findall(text)) > 1 else 0.0
    if points < _HOPELESS:
        return points
    points += _surroundings(head, index) - (1.5 if head.kinds[index] is not None else 0.0)
    points += _markup_points(head, index)
    if titles:
        said = normal(text)
        points += (
            4.0
            if said in titles
            else 2.0
            if len(said) > 15 and any(t.startswith(said) or (said.startswith(t) and len(t) > 15) for t in titles)
            else 0.0
        )
    return points


def _surroundings(head: Head, index: int) -> float:
    """A headline stands alone, with a byline or date soon below it; a line of a menu stands among its like."""
    blocks = head.page.blocks
    alone = blocks[index].gap or index == 0
    followed = index + 1 >= len(blocks) or blocks[index + 1].gap
    points = 0.6 if alone and followed else -1.0 if not alone and not followed and head.page.source == "text" else 0.0
    for below in range(index + 1, min(index + 6, head.body + 2, len(blocks))):
        if _is_beside(head, below):
            return points + (1.5 if below <= index + 3 else 0.7)
    return points


def _is_beside(head: Head, index: int) -> bool:
    """Whether a block is a byline or a date line, as they stand below headlines."""
    if head.kinds[index] is Kind.TIMESTAMP:
        return True
    text = head.text(index)
    if len(text) > 160:
        return False
    line = head.byline(index)
    return (line is not None and line.strength >= 2.5) or bool(head.dates(index)) or head.only_by(index)


def _markup_points(head: Head, index: int) -> float:
    block = head.page.blocks[index]
    if head.page.source != "html":
        return 0.0
    points = {1: 2.5, 2: 0.8}.get(block.level, -0.5)
    if block.words & _MARKUP:
        points += 1.2
    if block.words & _NOT_HERE or block.link_chars > 0.8 * (block.end - block.start):
        points -= 1.0
    return points


def _best(lines: list[Line], declared: list[Witness], head: Head) -> Line | None:
    if not lines:
        return None
    lines = _without_trails(lines, head)
    best = max(lines, key=lambda line: (line.score, -line.block))
    if best.score < (_LEAST if head.stems else _LEAST + 1):
        return None
    if head.page.source == "html":
        return best
    for line in lines:
        below = best.block - line.block
        if 0 < below <= 10 and (_heads(line, best, below) or (below == 1 and _is_headed(head, line, best))):
            if line.score < _HOPELESS and _is_other(head, line.block, line.text):
                continue
            return line
    return best


def _is_headed(head: Head, line: Line, best: Line) -> bool:
    """Whether the best line is a deck between the line above it, which is about as good, and a byline."""
    if best.block + 1 >= len(head.kinds) or line.score < max(_LEAST, best.score - _CHAIN):
        return False
    byline = head.byline(best.block + 1)
    return byline is not None and byline.strength >= 3 and line.text.count(" ") >= 4 and not _TRAIL.search(line.text) and not head.dates(line.block)


def _first_line(head: Head) -> Line | None:
    """The page's first line where it stands alone above a story that begins right below it: the title of a poem says nothing of what follows."""
    blocks = head.page.blocks
    start = min(head.story.chosen, default=0)
    if not 1 <= start <= 2 or not blocks[1].gap or head.kinds[0] is not None or head.page.source != "text":
        return None
    text = head.text(0)
    if not _SHORTEST <= len(text) <= _DECK or len(text.split()) < 3 or not text[0].isupper() or text[-1] in ".,;:" or _is_other(head, 0, text):
        return None
    return Line(0, _LEAST, text)


def _without_trails(lines: list[Line], head: Head) -> list[Line]:
    """The lines but for breadcrumbs that end in a line below them ("Home / Sport / HEADLINE"), as one line or as a list."""
    said = [glued(line.text) for line in lines]
    tails = [len(tail) > 12 for tail in said]
    listed = [head.page.blocks[line.block].lead > 0 for line in lines]
    return [
        line
        for number, line in enumerate(lines)
        if not any(
            tails[below] and said[number].endswith(said[below]) and (len(lines[below].text) < len(line.text) or listed[number] > listed[below])
            for below in range(number + 1, len(lines))
        )
    ]


def _heads(line: Line, best: Line, below: int) -> bool:
    """Whether a line above the best one is the headline and that one its deck; a kicker is much shorter than the headline below it."""
    near_enough = line.score >= max(_LEAST, best.score - (_NEXT if below <= 2 else _CHAIN))
    if below == 1 and len(best.text) > _DECK and len(line.text.split()) > 2 and len(line.text) >= _KICKER:
        return line.score >= best.score - _ABOVE_DECK
    return near_enough and (len(line.text) >= 40 or len(line.text) > 0.6 * len(best.text))


def _vote(witnesses: list[Witness], line: Line | None, head: Head) -> Witness:
    """The witness whose value most weight stands behind; the page's own line wins a tie."""
    votes: dict[str, float] = {}
    for w in witnesses:
        weight = _WEIGHTS.get(w.origin, 0.5) if w.origin != READER else 1.0 + 0.35 * min(8.0, max(0.0, line.score if line else 0.0))
        votes[normal(w.value)] = votes.get(normal(w.value), 0.0) + weight
    best = max(witnesses, key=lambda w: (votes[normal(w.value)], w.origin == READER))
    return _whole(best, witnesses, head) if best.origin == READER else best


def _whole(line: Witness, witnesses: list[Witness], head: Head) -> Witness:
    """What the page declares in two ways or more, where its own line differs from that by a kicker or the site's name only; else the line.

    Sites set the kicker inside the headline's element or outside of it; what they declare is whole and unglued.
    """
    for w in witnesses:
        same = {other.origin for other in witnesses if other.origin in _STATED and glued(other.value) == glued(w.value)}
        if len(same) > 1 and min(len(w.value), len(line.value)) >= _KICKER and is_variant(line.value, w.value, head):
            return w
    return line


def _printed(head: Head, value: str) -> int | None:
    """The block before the story, or its first, that prints just this; an h1 rather than its copy in a breadcrumb."""
    wanted = normal(value)
    if not wanted:
        return None
    same = [i for i in (*head.before(), head.body) if i < len(head.kinds) and normal(head.text(i)) == wanted]
    return min(same, key=lambda i: (head.page.blocks[i].level != 1, head.kinds[i] is not None, i), default=None)
