"""The line of the page's own text that is its headline: above the story, about the same, and shaped as headlines are.

Every line is weighed by a linear table, whose weights `python -m stripper.fields.train` fitted (softmax over a page's lines) on 3,300 pages with
known headlines, HTML and flat text. docs/benchmarks.md says how often they are right on sites that they didn't see.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from stripper.fields.head import SCRIPTIO_CONTINUA, Head, ends_sentence, stems
from stripper.fields.titles import LONGEST
from stripper.types import Block, Kind

WEIGHTS = {
    "topic": 4.18,  # share of its words that the story holds, up to _SAME
    "opening": 1.3,  # the same of the story's first paragraph
    "colon": 1.25,  # it has a colon within: what it is about, and what happened
    "few words": -0.15,  # each word that it has less than four
    "short": -0.6,  # fewer characters than _SHORT; twice for fewer than _VERY_SHORT
    "long": -1.69,  # more characters than a headline; twice for more than a deck
    "sentence": -2.17,  # it ends with a full stop
    "cut": -1.66,  # it ends with a comma or colon
    "item": -1.03,  # it is the item of a list
    "above": 1.14,  # an empty line stands above it, or a run of icons
    "below": 0.96,  # the same below
    "alone": 1.41,  # both
    "first": 0.77,  # none of the blocks just above it stands alone
    "kind": -0.97,  # a rule takes it for something else
    "far": -0.83,  # it stands far above the story
    "inside": -2.33,  # it stands below the story's first paragraph
    "story": -0.47,  # the locator picked it as a part of the story, and not as its first
    "date near": 0.72,  # a byline or date stands at most three lines below
    "date": 1.02,  # or six
    "date above": 0.41,  # one stands right above it
    "under": -1.5,  # the line above it stands alone, too, and could be a headline: this one is its deck; fitted -0.14, as few pages leave lines empty
    "way": 1.88,  # a breadcrumb just above ends with it
    "deck": 1.41,  # the next line is a sentence and not yet the story
    "steps": -4.69,  # it has several separators of breadcrumbs
    "twice": 0.74,  # the same line stands next to it
    "h1": -0.19,
    "h2": 1.38,
    "elsewhere": -0.16,  # its class or id calls it another thing, or it is a link
    "declared": 5.5,  # the page declares it
    "begins": 2.91,  # it begins as what the page declares, or the other way round
}
_MOST_BESIDE = WEIGHTS["date"] + WEIGHTS["date near"] + WEIGHTS["date above"]
"""No line gains more from what stands beside it."""
_BEFORE, _BEHIND = 40, 10
"""So many blocks above the story's first and from it on are looked at: a locator may begin too early."""
_FAR = 25
_SAME = 0.6
"""A line that shares so many of its words with the story is about the same; more says no more."""
_NO_STORY = 0.3
"""Share of words in a story that isn't there."""
_VERY_SHORT, _SHORT, _LONG, _VERY_LONG = 15, 24, 120, 170
"""Characters; those of scripts without blanks count twice."""
_SHORTEST = 4
_WORDS = 4
_SHORTEST_BEGINNING = 15
_SHORTEST_ALONE = 10
_NEAR, _NEAR_COPY = 6, 4
_DECK, _OPENING = 60, 600
"""Characters of a sentence below a headline at least, and of the story's first paragraph at most."""
_DATED = 0.25
"""A line of which dates fill so much is a date line."""
_LONGEST_LINE = 160
"""A longer line is no byline or date line."""
_NOT_HERE = frozenset({"aside", "nav", "footer", "related", "sidebar", "recommended", "widget", "teaser", "card", "comments"})
_OPEN = frozenset({Kind.TOPICS, Kind.CAPTION, Kind.NAVIGATION, Kind.RELATED})
"""What rules may take a headline for, where it stands alone."""
_FULL_STOP = re.compile(r"(?<!\.)[.。।۔][\"'”’»)\]」』]{0,2}$")
_LETTER = re.compile(r"[^\W\d_]")
_STEPS = re.compile(r"(?<=\S) [/>›»|] ?(?=\S)")
"""What stands between the steps of a breadcrumb; a headline may have one of them."""


class Line(NamedTuple):
    """A block that may be the headline."""

    block: int
    score: float
    text: str


def own_line(head: Head, titles: set[str]) -> Line | None:
    """The line with most points; the upper one of equals. `titles` are the normal forms of what the page declares."""
    best: Line | None = None
    for line in sorted(lines(head, titles), key=lambda line: -line.score):
        if best and line.score + _MOST_BESIDE < best.score:
            break
        if is_other(head, line.block, line.text) or _is_name(head, line.block):
            continue
        score = line.score + beside(head, line.block)
        if best is None or (score, -line.block) > (best.score, -best.block):
            best = line._replace(score=score)
    return best


def lines(head: Head, titles: set[str]) -> Iterator[Line]:
    """The lines that may be the headline, with points for what they are, but not for what stands beside them."""
    is_html = head.page.source == "html"
    begin, end = max(0, head.body - _BEFORE), min(len(head.page.blocks), head.body + _BEHIND)
    opening = _opening(head)
    lone = [index for index in range(max(0, begin - _NEAR), end - 1) if _is_alone(head, index)]
    for index in range(begin, end):
        if _is_candidate(head, index):
            text = head.text(index)
            points = _about(head, text, opening) + _shape(text) + _place(head, index)
            if bisect_left(lone, index - _NEAR) == bisect_left(lone, index):
                points += WEIGHTS["first"]
            if is_html:
                points += _markup(head.page.blocks[index]) + (_declared(head.said(index), titles) if titles else 0.0)
            yield Line(index, points, text)


def _is_candidate(head: Head, index: int) -> bool:
    """Whether a block may be a headline at all."""
    block, kind = head.page.blocks[index], head.kinds[index]
    size = block.end - block.start - block.lead
    if not _SHORTEST <= size <= LONGEST or (kind is not None and not _is_open(block, kind)):
        return False
    if index >= head.body and _FULL_STOP.search(head.page.text[max(block.start, block.end - 4) : block.end]):
        return False
    return not any(m.kind is not Kind.HEADLINE and m.start <= block.start and m.end >= block.end for m in head.proposed)


def _is_open(block: Block, kind: Kind) -> bool:
    """Whether a block may be the headline in spite of what rules say."""
    if block.level == 1:
        return kind not in (Kind.RELATED, Kind.COMMENTS)
    return kind in _OPEN and (block.gap or kind is Kind.CAPTION)


def _opening(head: Head) -> set[str]:
    """Stems of the story's first paragraph."""
    blocks = head.page.blocks
    return stems(head.page.text[blocks[head.body].start : blocks[head.body].end][:_OPENING]) if head.body < len(blocks) else set()


def _about(head: Head, text: str, opening: set[str]) -> float:
    """Points for words that the story holds, too."""
    words = stems(text) if head.stems else set()
    if not words:
        return WEIGHTS["topic"] * (0.0 if head.stems else _NO_STORY)
    return WEIGHTS["topic"] * min(_SAME, len(words & head.stems) / len(words)) + WEIGHTS["opening"] * len(words & opening) / len(words)


def _shape(text: str) -> float:
    """Points for the characters of a line."""
    is_dense = not text.isascii() and SCRIPTIO_CONTINUA.search(text) is not None
    size, words, points = len(text) * (1 + is_dense), text.count(" ") + 1, 0.0
    if words < _WORDS and not is_dense:
        points += WEIGHTS["few words"] * (_WORDS - words)
    if size < _SHORT:
        points += WEIGHTS["short"] * (1 + (size < _VERY_SHORT))
    elif size > _LONG:
        points += WEIGHTS["long"] * (1 + (size > _VERY_LONG))
    if text[-1] in ",;:":
        points += WEIGHTS["cut"]
    elif _FULL_STOP.search(text[-4:]):
        points += WEIGHTS["sentence"]
    if ": " in text or "：" in text:
        points += WEIGHTS["colon"]
    return points + WEIGHTS["steps"] if len(_STEPS.findall(text)) > 1 else points


def _place(head: Head, index: int) -> float:
    """Points for where a line stands, and for its copies there."""
    blocks = head.page.blocks
    above = blocks[index].gap or index == 0 or head.kinds[index - 1] is Kind.ICON_ALT
    below = index + 1 >= len(blocks) or blocks[index + 1].gap
    points = WEIGHTS["above"] * above + WEIGHTS["below"] * below + WEIGHTS["alone"] * (above and below)
    if blocks[index].lead or blocks[index].tag == "li":
        points += WEIGHTS["item"]
    if head.kinds[index] is not None:
        points += WEIGHTS["kind"]
    if head.body - index > _FAR:
        points += WEIGHTS["far"]
    elif index > head.body:
        points += WEIGHTS["inside"]
    if index != head.body and index in head.story.chosen:
        points += WEIGHTS["story"]
    if _is_tail(head, index):
        points += WEIGHTS["way"]
    if head.repeated(index):
        points += WEIGHTS["twice"]
    return points + WEIGHTS["deck"] if index + 1 < min(head.body, len(blocks)) and _is_sentence(head, index + 1) else points


def _is_alone(head: Head, index: int) -> bool:
    """Whether a block has empty lines around it, and a headline's size."""
    blocks = head.page.blocks
    block = blocks[index]
    if not ((block.gap or index == 0) and blocks[index + 1].gap) or block.lead or head.kinds[index] is not None:
        return False
    return _SHORTEST_ALONE < block.end - block.start < _VERY_LONG


def _is_sentence(head: Head, index: int) -> bool:
    block = head.page.blocks[index]
    return block.end - block.start > _DECK and ends_sentence(head.page.text[block.end - 6 : block.end])


def _is_tail(head: Head, index: int) -> bool:
    """Whether a line just above ends with this line: the way to the page ends with its name."""
    folded, blocks, start = head.page.folded, head.page.blocks, head.start(index)
    said = folded[start : blocks[index].end]
    above = blocks[max(0, index - _NEAR_COPY) : index]
    return len(said) > _SHORTEST and any(folded.endswith(said, b.start, b.end) and b.end - b.start > b.lead + len(said) for b in above)


def _markup(block: Block) -> float:
    points = WEIGHTS["h1"] if block.level == 1 else WEIGHTS["h2"] if block.level == 2 else 0.0
    if block.words & _NOT_HERE or block.link_chars > 0.8 * (block.end - block.start):
        points += WEIGHTS["elsewhere"]
    return points


def _declared(said: str, titles: set[str]) -> float:
    least = _SHORTEST_BEGINNING
    if said in titles:
        return WEIGHTS["declared"]
    begins = len(said) > least and any(t.startswith(said) or (said.startswith(t) and len(t) > least) for t in titles)
    return WEIGHTS["begins"] * begins


def beside(head: Head, index: int) -> float:
    """Points for the headline, bylines and dates that stand beside a line."""
    below = next((i for i in range(index + 1, min(index + 7, len(head.kinds))) if _is_beside(head, i)), None)
    points = 0.0 if below is None else WEIGHTS["date"] + WEIGHTS["date near"] * (below <= index + 3)
    points += WEIGHTS["date above"] * any(_is_beside(head, i) for i in range(max(0, index - 2), index))
    return points + WEIGHTS["under"] * _is_deck(head, index)


def _is_deck(head: Head, index: int) -> bool:
    """Whether the line above could be a headline as well."""
    if index == 0 or not _is_alone(head, index - 1):
        return False
    text = head.text(index - 1)
    if text == head.text(index):
        return False
    return text.count(" ") >= _WORDS - 1 and not _FULL_STOP.search(text[-4:]) and not is_other(head, index - 1, text)


def _is_name(head: Head, index: int) -> bool:
    """Whether a line is nothing but a name below what could be the headline: then it is the author's."""
    return _is_deck(head, index) and head.byline(index) is not None


def _is_beside(head: Head, index: int) -> bool:
    """Whether a block is a byline or a date line, as they stand below headlines."""
    if head.kinds[index] is Kind.TIMESTAMP:
        return True
    text = head.text(index)
    if len(text) > _LONGEST_LINE:
        return False
    line = head.byline(index)
    return (line is not None and line.strength >= 2.5) or bool(head.dates(index)) or head.only_by(index)


def is_other(head: Head, index: int, text: str) -> bool:
    """Whether a line is a byline, a date, or no words at all."""
    if not _LETTER.search(text):
        return True
    if len(text) > _LONGEST_LINE:
        return False
    line = head.byline(index)
    if head.only_by(index) or (line and line.strength >= 2):
        return True
    dates = head.dates(index)
    return bool(dates) and sum(d.end - d.start for d in dates) > _DATED * len(text)
