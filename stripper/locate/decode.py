"""From the scores of blocks to the article: which blocks, and whether there is an article at all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stripper.locate.features import Array

_FEWEST_BLOCKS = 8
"""A shorter text says too little about itself to be called a menu: it keeps what it has."""


def choose(scores: Array, threshold: float) -> tuple[frozenset[int], bool]:
    """Indices of the article's blocks, and whether the page has an article.

    A page none of whose blocks reaches the threshold has no article; a text of a few blocks is never
    denied one.
    """
    chosen = np.flatnonzero(scores >= threshold)
    if len(chosen) or len(scores) >= _FEWEST_BLOCKS:
        return frozenset(chosen.tolist()), bool(len(chosen))
    return frozenset(range(len(scores))), True


def confidence(scores: Array, sizes: Sequence[int]) -> float:
    """How sure the verdict is as a whole: the mean, over characters, of how far each block's score is from undecided.

    `sizes` are the blocks' lengths in characters.
    """
    if not len(scores):
        return 0.0
    weight = np.asarray(sizes, np.float64)
    return float((np.abs(scores - 0.5) * 2 * weight).sum() / max(1.0, weight.sum()))


def reasons(chosen: frozenset[int], prose: Sequence[bool]) -> tuple[str, ...]:
    """For each block in words why it isn't the story; empty for those that were chosen. `prose` tells which blocks read like paragraphs."""
    if not chosen:
        return tuple("the page has no story" for _ in prose)
    first, last = min(chosen), max(chosen)
    return tuple("" if i in chosen else _PLACES[(i > first) + (i > last)][is_prose] for i, is_prose in enumerate(prose))


_PLACES = (
    ("above the story, and no paragraph", "a paragraph above the story that isn't part of it"),
    ("between the story's paragraphs, but none of them", "a paragraph amid the story that isn't part of it"),
    ("below the story, and no paragraph", "a paragraph below the story that isn't part of it"),
)
