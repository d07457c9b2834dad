"""The part of a page where its fields stand: around the place where the story begins. All readers look at this one view."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from stripper.types import Block, Kind, Mark, Page, Story

_SENTENCE_END = re.compile(r"[.!?…。！？।؟۔][\"'”’»)\]」』]{0,3}$")
_PROSE_CHARS = 60
_LONG_CHARS = 220
_SURE = 0.5
"""Marks with a lower score say nothing about a block."""
_COVER = 0.6
"""A mark that covers this share of a block tells what the block is."""
_VOCABULARY_CHARS = 4_000
_STEM = 5
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_WORDS = re.compile(r"[^\W_]{1,40}")

REACH = 30
"""Fields are looked for in so many blocks before the story's first."""


@dataclass(frozen=True, slots=True)
class Head:
    """A page as the field readers see it."""

    page: Page
    kinds: tuple[Kind | None, ...]
    """For each block the kind of boilerplate that rules say it is, or None."""
    proposed: tuple[Mark, ...]
    """The rules' marks of field kinds."""
    story: Story
    body: int
    """Index of the block with which the story's prose begins; the number of blocks where there is none."""
    last: int
    """Index of the story's last block; -1 where there is none."""
    stems: frozenset[str]
    """Beginnings of the words of the story's first paragraphs, to tell whether a line is about the same."""

    def text(self, index: int) -> str:
        """A block's text without its list marker."""
        block = self.page.blocks[index]
        return self.page.text[block.start + block.lead : block.end]

    def before(self) -> range:
        """The blocks before the story, as far as fields are looked for."""
        return range(max(0, self.body - REACH), min(self.body, len(self.page.blocks)))

    def coherence(self, text: str) -> float:
        """Share of a line's words that the story's beginning holds too, 0 to 1."""
        words = stems(text)
        return len(words & self.stems) / len(words) if words else 0.0


def view(page: Page, marks: Sequence[Mark], story: Story) -> Head:
    """Where the story begins, and what the rules say about each block."""
    kinds = _kinds(page, marks)
    proposed = tuple(m for m in marks if m.kind.is_field and m.score >= _SURE)
    chosen = sorted(story.chosen)
    prose = [i for i in chosen if kinds[i] is None and is_prose(page, page.blocks[i])]
    body = prose[0] if prose else chosen[0] if chosen and story.found else len(page.blocks)
    return Head(page, kinds, proposed, story, body, chosen[-1] if chosen else -1, _vocabulary(page, prose))


def is_prose(page: Page, block: Block) -> bool:
    """Whether a block reads like a paragraph: a sentence that ends, or more than any headline holds."""
    size = block.end - block.start
    if block.level or block.tag in ("figcaption", "title"):
        return False
    text = page.text[block.start : block.end]
    if size < _PROSE_CHARS:
        return size >= 20 and len(_CJK.findall(text)) > 0.5 * size and ends_sentence(text)
    return size >= _LONG_CHARS or (ends_sentence(text) and (text.count(" ") >= 7 or _CJK.search(text) is not None))


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _SENTENCE_END.search(text[-6:]) is not None


def normal(text: str) -> str:
    """A line for comparing: its words, in small letters, with single blanks."""
    return " ".join(_WORDS.findall(text[:1_000].casefold()))


def stems(text: str) -> set[str]:
    """Beginnings of the words that carry meaning: those of four letters and more; pairs of characters where a script has no blanks."""
    found: set[str] = set()
    for word in _WORDS.findall(text.casefold()):
        if _CJK.match(word):
            found.update(word[i : i + 2] for i in range(len(word) - 1))
        elif len(word) > 3:
            found.add(word[:_STEM])
    return found


def _vocabulary(page: Page, prose: Sequence[int]) -> frozenset[str]:
    room = _VOCABULARY_CHARS
    parts: list[str] = []
    for index in prose:
        block = page.blocks[index]
        parts.append(page.text[block.start : min(block.end, block.start + room)])
        room -= block.end - block.start
        if room <= 0:
            break
    return frozenset(stems(" ".join(parts)))


def _kinds(page: Page, marks: Sequence[Mark]) -> tuple[Kind | None, ...]:
    kinds: list[Kind | None] = [None] * len(page.blocks)
    best = [0.0] * len(page.blocks)
    ends = [block.end for block in page.blocks]
    for mark in marks:
        if mark.kind.is_field or mark.score < _SURE:
            continue
        index = bisect_right(ends, mark.start)
        while index < len(ends) and page.blocks[index].start < mark.end:
            block = page.blocks[index]
            covered = min(mark.end, block.end) - max(mark.start, block.start)
            if covered >= _COVER * (block.end - block.start) and mark.score > best[index]:
                kinds[index], best[index] = mark.kind, mark.score
            index += 1
    return tuple(kinds)
