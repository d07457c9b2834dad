"""The story once more in one piece, as pages hold it for reading aloud, for printing or for sharing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Block, Hit, Kind

_LEAST_CHARS = 400
_PARAGRAPH_CHARS = 60
_LEAST_PARAGRAPHS = 3
_COVERED = 0.7
"""Share of the block that other blocks say as well; what the copy adds are headings, captions and blanks."""
_PROBE = 32
"""Characters looked for elsewhere before a block is compared with all others."""


@dataclass(frozen=True, slots=True)
class InOnePiece:
    """A block that holds the whole text of three other paragraphs or more, and little else."""

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
        for block in page.blocks:
            if block.end - block.start >= _LEAST_CHARS and _may_be_copy(page, block) and _is_copy(page, block):
                yield Hit(block.start, block.end)


def _may_be_copy(page: Lines, block: Block) -> bool:
    """Whether what stands at two places of the block stands elsewhere on the page."""
    folded, size = page.folded, block.end - block.start
    for place in (block.start + size // 3, block.start + 2 * size // 3):
        probe = folded[place : place + _PROBE]
        if folded.find(probe, 0, block.start) < 0 and folded.find(probe, block.end) < 0:
            return False
    return True


def _is_copy(page: Lines, block: Block) -> bool:
    whole = page.folded[block.start : block.end]
    held = [
        b.end - b.start - b.lead
        for b in page.blocks
        if b is not block and _PARAGRAPH_CHARS <= b.end - b.start < block.end - block.start and page.folded[b.start + b.lead : b.end] in whole
    ]
    return len(held) >= _LEAST_PARAGRAPHS and sum(held) >= _COVERED * len(whole)


RULE_SET = RuleSet(
    name="said-again",
    kind=Kind.WIDGET,
    marks="A block that says the story's paragraphs once more, in one piece.",
    why="It is a copy of the story that readers never see as text.",
    misses="Copies in as many blocks as the story has, and copies that are worded otherwise.",
    rules=(InOnePiece(),),
)
