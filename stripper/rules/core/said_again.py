"""The story once more in one piece, as pages hold it for reading aloud, for printing or for sharing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Block, Hit, Kind

_LEAST_CHARS = 400
_PARAGRAPH_CHARS = 60
_LEAST_PARAGRAPHS = 3
_COVERED = 0.5
"""Share of the block that is found so; the rest are headings, and paragraphs that follow them without a full stop between."""
_BEGINNING, _MOST_ALIKE = 24, 4
"""Paragraphs are known by so many first characters; of those that begin alike so many are compared."""
_SENTENCE_END = re.compile(r"[.!?…。！？][\"')»]{0,2} ?")


@dataclass(frozen=True, slots=True)
class InOnePiece:
    """A block that holds the whole text of three other paragraphs or more, and not much else."""

    id: str = "in-one-piece"
    score: float = 0.9
    examples: tuple[Example, ...] = (
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again.\n"
            "Some of them have asked for a bridge, which the office has promised since 1931, and for which there has never been any money.\n"
            "The mayor has written to the ministry again, and the ministry has answered that it is going to read the letter in the spring.\n"
            "Listen\n"
            "⟦The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn."
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
            "Some of them have asked for a bridge, which the office has promised since 1931, and for which there has never been any money."
            "The mayor has written to the ministry again, and the ministry has answered that it is going to read the letter in the spring.⟧"
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again.\n"
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn. "
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again. "
            "Nobody had told the school, which has to find two boats for the eleven children of the other island, and someone who rows them. "
            "Some of them have asked for a bridge, which the office has promised since 1931, and for which there has never been any money."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks."""
        long = [block for block in page.blocks if block.end - block.start >= _LEAST_CHARS]
        if not long:
            return
        paragraphs = _by_beginning(page)
        for block in long:
            held = [b.end - b.start - b.lead for b in _held(page, block, paragraphs)]
            if len(held) >= _LEAST_PARAGRAPHS and sum(held) >= _COVERED * (block.end - block.start):
                yield Hit(block.start, block.end)


def _by_beginning(page: Lines) -> Mapping[str, Sequence[Block]]:
    """The page's paragraphs by the characters that they begin with."""
    found: dict[str, list[Block]] = {}
    for block in page.blocks:
        if block.end - block.start - block.lead >= _PARAGRAPH_CHARS:
            same = found.setdefault(page.folded[block.start + block.lead : block.start + block.lead + _BEGINNING], [])
            if len(same) < _MOST_ALIKE:
                same.append(block)
    return found


def _held(page: Lines, block: Block, paragraphs: Mapping[str, Sequence[Block]]) -> Iterator[Block]:
    """Other paragraphs whose whole text stands in a block, from the beginning of one of its sentences on."""
    folded = page.folded
    begins = [block.start + block.lead, *(end.end() for end in _SENTENCE_END.finditer(folded, block.start, block.end))]
    for begin in begins:
        for other in paragraphs.get(folded[begin : begin + _BEGINNING], ()):
            size = other.end - other.start - other.lead
            if other is not block and size < block.end - begin and folded.startswith(folded[other.start + other.lead : other.end], begin):
                yield other
                break


RULE_SET = RuleSet(
    name="said-again",
    kind=Kind.WIDGET,
    marks="A block that says the story's paragraphs once more, in one piece.",
    why="It is a copy of the story that readers never see as text.",
    misses="Copies in as many blocks as the story has, and copies that are worded otherwise.",
    rules=(InOnePiece(),),
)
