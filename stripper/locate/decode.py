"""From the scores of blocks to the article: which blocks, and whether there is an article at all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stripper.locate.windows import Array

_FEWEST_BLOCKS = 8
"""A shorter text says too little about itself to be called a menu: it keeps what it has."""
_NEAR = 0.7
"""A block beside the story's is the story's where its score reaches this share of the threshold."""
_LEAST_SHARE = 0.5
"""Blocks of which none reads like a paragraph are an article only where they hold this share of the page's characters."""


def choose(scores: Array, sizes: Sequence[int], prose: Sequence[bool], threshold: float) -> tuple[frozenset[int], bool]:
    """Indices of the article's blocks, and whether the page has an article. `sizes` are the blocks' lengths in characters.

    Articles are runs with holes, so a doubtful block counts where a run of doubtful ones touches a sure one (Canny's hysteresis). A page without sure
    blocks has no article, nor has one whose sure blocks are a few short lines; but a text of a few blocks is never denied one.
    """
    sure, likely = scores >= threshold, scores >= _NEAR * threshold
    runs = np.cumsum(~likely)
    chosen = likely & np.isin(runs, runs[sure])
    weight = np.asarray(sizes)
    found = bool((chosen & np.asarray(prose, bool)).any()) or weight[chosen].sum() >= _LEAST_SHARE * weight.sum() > 0
    if found and chosen.any():
        return frozenset(np.flatnonzero(chosen).tolist()), True
    if len(scores) < _FEWEST_BLOCKS:
        return frozenset(range(len(scores))), True
    return frozenset(), False


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
