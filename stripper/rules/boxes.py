"""Boxes on a page: lines that rules know, and few others between them. A leaf but for the page's own types."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from stripper.rules.base import Lines
from stripper.types import Kind, Mark

SEEN = 0.5
"""How sure a mark of another kind must be to keep a line out of a box."""


def block_at(page: Lines, at: int) -> int:
    """The index of the block in which an offset lies."""
    return bisect_right(page.starts, at) - 1


def blocks_of(page: Lines, marks: Iterable[Mark], kinds: Collection[Kind], least: float = SEEN) -> set[int]:
    """The indices of the blocks with a mark of one of these kinds that is at least so sure."""
    starts = page.starts
    return {bisect_right(starts, mark.start) - 1 for mark in marks if mark.kind in kinds and mark.score >= least}


def any_near(known: Collection[int], most: int) -> bool:
    """Whether two of these stand so near each other that `groups` may put them together."""
    return any(b - a <= most + 1 for a, b in itertools.pairwise(sorted(known)))


def groups(known: Iterable[int], others: set[int], most: int, fits: Callable[[int, int], bool]) -> Iterator[Sequence[int]]:
    """Known blocks that stand near each other, in order: between two of them at most `most` blocks, none among the others, and all fit.

    `fits` gets the index of a block between, and how many there are.
    """
    group: list[int] = []
    for index in sorted(known):
        between = range(group[-1] + 1, index) if group else range(0)
        if len(between) > most or not all(at not in others and fits(at, len(between)) for at in between):
            yield group
            group = []
        group.append(index)
    if group:
        yield group
