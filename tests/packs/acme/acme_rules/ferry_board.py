"""The departure board that Acme's pages carry: lines of a place and a time, three or more in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind

_DEPARTURE = re.compile(r"[^\W\d_]{3,20} (?:[01]\d|2[0-3]):[0-5]\d")
_LEAST = 3


@dataclass(frozen=True)
class Departures:
    """Three or more lines in a row of a place and a clock time; a single one may be part of a story's list."""

    id: str = "departures"
    score: float = 0.9
    languages: tuple[str, ...] = ()
    examples: tuple[Example, ...] = (
        Example("⟦Hallin 06:15\nOrsay 07:40\nAnsel 09:05⟧\nThe ferry was late again."),
        Example("Two boats left that day:\nHallin 06:15\nOrsay 07:40\nNeither came back before dark."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """The blocks of each board."""
        board: list[Hit] = []
        for index, block in enumerate(page.blocks):
            if _DEPARTURE.fullmatch(page.short.get(index, "")):
                board.append(Hit(block.start, block.end))
                continue
            yield from board if len(board) >= _LEAST else ()
            board = []
        yield from board if len(board) >= _LEAST else ()


RULE_SET = RuleSet(
    name="ferry-board",
    kind=Kind.WIDGET,
    marks="The board of departures.",
    why="It shows the day's ferries, whatever the story is about.",
    misses="Boards with fewer than three departures.",
    rules=(Departures(),),
)
