"""Captions that are known by what stands beside them: a credit under them, or nearly the same words again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stripper.rules.base import CLOSERS, UNSURE, Example, Lines, RuleSet
from stripper.types import Block, Hit, Kind, Mark

_WORD = re.compile(r"\w+")
_SENTENCE = (".", "!", "?", ":", "…", "。", "！", "？")
_LINE_CHARS = range(12, 260)
_TWIN_CHARS = range(20, 320)
_TWIN_WORDS = 5
_SHARED = 0.6
"""Two lines that share so many of the longer one's words say the same."""
_ALIKE = 5
"""Twins begin or end with so many equal characters; what doesn't isn't compared."""
_MOST_TITLES = 3
"""So many pairs that are no sentences are titles of goods or of parts, each with its picture."""
_SMALL_CHARS = range(12, 161)
_CODE_SIGNS = frozenset("/\\<>={}[]$_|:;\t@")
_CODE = re.compile(r"(?:^| )--?\w|\w[.]\w|[a-z]\d\d")
_MOST_CREDIT_CHARS = 120


@dataclass(frozen=True, slots=True)
class AboveCredit:
    """A line that ends no sentence, right above a line that does nothing but credit a picture, within the story."""

    id: str = "line-above-credit"
    score: float = 0.72
    examples: tuple[Example, ...] = (
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "⟦Islanders on the quay of Tarnport⟧\nPhoto: Mara Quill\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "Photo: Mara Quill\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example("Ferry leaves the island for good\nPhoto: Mara Quill\nThe ferry left on Monday."),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        credits = [m.start for m in marks if m.kind is Kind.CREDIT and m.score >= 0.8 and m.end - m.start <= _MOST_CREDIT_CHARS]
        if not credits or page.story is None:
            return
        taken = {m.start for m in marks if m.score >= 0.5}
        first, last = page.story
        places = {start: index for index, start in enumerate(page.starts)}
        for start in credits:
            index = places.get(start, 0)
            if first < index - 1 <= last:
                above = page.blocks[index - 1]
                if above.start not in taken and _may_be_line(page, above):
                    yield Hit(above.start, above.end)


@dataclass(frozen=True, slots=True)
class NearlyTwice:
    """Two lines in a row, or with one between them, that say nearly the same: a picture's alternative text and its caption."""

    id: str = "said-nearly-twice"
    score: float = 0.74
    examples: tuple[Example, ...] = (
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "⟦The old ferry Marrow at the quay of Tarnport\nThe old ferry Marrow lies at the quay of Tarnport, to be sold.⟧\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The harbour office has said so before.\nThe harbour school has said nothing yet.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        twins = list(_twins(page))
        titles = sum(page.endings[index] not in _SENTENCE and page.endings[again] not in _SENTENCE for index, again in twins)
        score = UNSURE if titles >= _MOST_TITLES or page.is_index else None
        for index in [index for pair in twins for index in pair]:
            yield Hit(page.blocks[index].start, page.blocks[index].end, score)


@dataclass(frozen=True, slots=True)
class InSmallLetters:
    """Between paragraphs of the story a line of three words or more without a capital and without an end: a picture's alternative text."""

    id: str = "small-letters-only"
    score: float = 0.66
    examples: tuple[Example, ...] = (
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "⟦old ferry at the quay of tarnport⟧\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which\nsome of them have done before\n"
            ", and which none of them wants to do again, whatever the harbour office says, and however long the summer is going to be."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.story is None:
            return
        first, last = page.story
        paragraphs = set(page.sentences)
        for index in range(first + 1, last):
            start, end, lead = page.blocks[index][:3]
            if index - 1 not in paragraphs or end - start not in _SMALL_CHARS or lead or not page.endings[index].isalnum():
                continue
            line, follower = page.text[start:end], page.text[page.starts[index + 1]]
            if (
                line.islower()
                and line.count(" ") >= 2
                and (line[0].isalpha() or line[:4].isdigit())
                and follower.isupper()
                and not _CODE_SIGNS.intersection(line)
                and not _CODE.search(line)
            ):
                yield Hit(start, end)


def _twins(page: Lines) -> Iterator[tuple[int, int]]:
    """Pairs of lines under a paragraph that say nearly the same, the second right below the first or below one line that is no sentence."""
    if page.story is None:
        return
    first, last = page.story
    blocks, paragraphs = page.blocks, set(page.sentences)
    for index in range(first + 1, last):
        if index - 1 not in paragraphs or blocks[index].end - blocks[index].start not in _TWIN_CHARS:
            continue
        for again in (index + 1, index + 2):
            other = blocks[min(again, last)]
            if (again > index + 1 and index + 1 in paragraphs) or paragraphs.isdisjoint((again + 1, again + 2)):
                continue
            if not _same_ends(page.folded, blocks[index], other):
                continue
            if _may_be_twin(page, blocks[index]) and _may_be_twin(page, other) and _say_the_same(page, blocks[index], other):
                yield index, min(again, last)


def _may_be_line(page: Lines, block: Block) -> bool:
    text = page.text[block.start : block.end].rstrip(CLOSERS)
    return len(text) in _LINE_CHARS and not (block.lead or block.level or text.endswith(_SENTENCE) or text[0].isdigit() or _is_titled(text))


def _is_titled(text: str) -> bool:
    """Whether all longer words have capitals, as in a heading: "The Best Bread for Rainy Days"."""
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) > 1 and not any(word[0].islower() for word in words)


def _may_be_twin(page: Lines, block: Block) -> bool:
    if block.end - block.start not in _TWIN_CHARS or block.lead or block.level:
        return False
    if page.text.count(" ", block.start, block.end) < 2:
        return False
    return page.text[block.end - 1] not in "?:" and not _is_titled(page.text[block.start : block.end])


def _same_ends(folded: str, block: Block, other: Block) -> bool:
    if folded[block.start : block.start + _ALIKE] == folded[other.start : other.start + _ALIKE]:
        return True
    return folded[block.end - _ALIKE : block.end].strip(" .") == folded[other.end - _ALIKE : other.end].strip(" .")


def _say_the_same(page: Lines, block: Block, other: Block) -> bool:
    one, two = page.folded[block.start : block.end].strip(" ."), page.folded[other.start : other.end].strip(" .")
    if one == two:
        return page.text[block.end - 1] != "." and block.end + 2 < other.start and one.count(" ") >= 2  # with a credit between them
    words, more = set(_WORD.findall(one)), set(_WORD.findall(two))
    if any(word[0].isdigit() for word in words ^ more):
        return False  # items of a list, which differ in a number
    if page.text[block.end - 1] == "." and not two.startswith(one):
        return False  # two sentences of a story that are built alike
    return min(len(words), len(more)) >= _TWIN_WORDS and len(words & more) >= _SHARED * max(len(words), len(more))


RULE_SET = RuleSet(
    name="caption-lines",
    kind=Kind.CAPTION,
    marks="Lines within the story that are captions by what stands beside them: a credit under them, or nearly the same words again.",
    why="It describes a picture that isn't there.",
    misses="Captions without a credit whose alternative text is worded otherwise.",
    rules=(AboveCredit(), NearlyTwice(), InSmallLetters()),
)
