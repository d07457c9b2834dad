"""Lines of nothing but signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind

_SIGN_CHARS = 40
_SENTENCE_ENDS = ".!?,;:"
_DIVIDERS = frozenset("*-_.#~·…⁂—–=+ \u200b")
"""Signs that writers set between parts of a story."""


@dataclass(frozen=True, slots=True)
class Signs:
    """A line without a letter or a digit that isn't a divider between parts of a story: stars of a rating, arrows, crosses, empty bullets."""

    id: str = "signs-alone"
    score: float = 0.66
    examples: tuple[Example, ...] = (
        Example("The ferry is loved.\n⟦☆☆☆☆☆⟧\nSo is its crew."),
        Example("The ferry is loved.\n⟦×⟧"),
        Example("The ferry is loved.\n* * *\nSo is its crew."),
        Example("The ferry is loved.\n—\nSo is its crew."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        for index, last in enumerate(page.endings):
            if last.isalnum() or last in _SENTENCE_ENDS or page.size(index) > _SIGN_CHARS:
                continue
            block = page.blocks[index]
            line = page.text[block.start : block.end]
            if not any(map(str.isalnum, line)) and not _DIVIDERS.issuperset(line):
                yield Hit(block.start, block.end)


RULE_SET = RuleSet(
    name="sign-lines",
    kind=Kind.WIDGET,
    marks="Lines without a letter or a digit: stars of a rating, arrows, crosses, bullets without an item.",
    why="They are drawn parts of the page, not words of the story.",
    misses="Signs that may divide a story's parts.",
    rules=(Signs(),),
)
