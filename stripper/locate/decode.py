"""From the scores of blocks to the article: which blocks, whether there is an article at all, and how good it is expected to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from stripper.locate.windows import Array

_LEAST = 0.12
"""Blocks of a lower score are never the article's, however little the page holds besides."""
_SURE, _FEWEST_WORDS = 0.5, 50
"""A page has an article where a paragraph of this score was chosen, or so many words: those of a notice or of a menu's likeliest lines are fewer."""
_FEWEST_BLOCKS = 8
"""A shorter text says too little about itself to be called a menu: it keeps what it has."""
_DOUBTFUL = 0.2
"""Down to this score a sentence right below a chosen block stays, because a story's last words are short and look like what follows,"""
_CLEAN = 0.95
"""and any block of a text of which the article has so much that something has cleaned it before."""
_APART = 20
"""Runs of chosen blocks with more others than this between them are judged apart."""
_AS_SURE = 0.7
"""A run apart from the main one stays where its mean score reaches this share of the main one's."""


def choose(scores: Array, words: Array, sentences: Any, prose: Any) -> tuple[frozenset[int], bool]:
    """Indices of the article's blocks, and whether the page has an article.

    All arrays have one entry a block: `words` counts its words, `sentences` tells whether it ends a sentence, `prose` whether it is a paragraph.

    Of all choices the one with the highest expected F1 wins, less the runs that stand apart and are far less sure than the main one. A page has no
    article where that is next to nothing; but a text of a few blocks is never denied one.
    """
    if not len(scores):
        return frozenset(), True
    chosen = _best(scores, words) & (scores >= _LEAST)
    runs = _runs(chosen)
    if len(runs) > 1:
        held = [float((scores[run] * words[run]).sum()) for run in runs]
        means = [part / max(1.0, float(words[run].sum())) for part, run in zip(held, runs, strict=True)]
        main = means[int(np.argmax(np.multiply(held, means)))]
        for run, mean in zip(runs, means, strict=True):
            chosen[run] = mean >= _AS_SURE * main
    chosen[1:] |= chosen[:-1] & sentences[1:] & (scores[1:] >= _DOUBTFUL)
    if words[chosen].sum() >= _CLEAN * words.sum():
        chosen |= scores >= _DOUBTFUL
    if (scores[chosen & prose] >= _SURE).any() or words[chosen].sum() >= _FEWEST_WORDS:
        return frozenset(np.flatnonzero(chosen).tolist()), True
    if len(scores) < _FEWEST_BLOCKS:
        return frozenset(range(len(scores))), True
    return frozenset(), False


def _best(scores: Array, words: Array) -> Any:
    """For each block whether it belongs to the choice with the highest expected F1 (Lipton, Elkan and Narayanaswamy, 2014, arXiv:1402.1892).

    That choice takes blocks in the order of their scores, and stops at half the F1 that it reaches.
    """
    order = np.argsort(-scores, kind="stable")
    shared = np.cumsum((scores * words)[order])
    expected = 2 * shared / (np.cumsum(words[order]) + (scores * words).sum() + 1e-9)
    chosen = np.zeros(len(scores), bool)
    chosen[order[: int(np.argmax(expected)) + 1]] = True
    return chosen


def _runs(chosen: Any) -> list[Any]:
    """Indices of the chosen blocks, parted where many others stand between them."""
    at = np.flatnonzero(chosen)
    return np.split(at, np.flatnonzero(np.diff(at) > _APART) + 1)


def expected_f1(scores: Array, words: Array, chosen: frozenset[int]) -> float:
    """The word F1 that a choice has if every score is the chance that its block is the article's; 0 where nothing is chosen."""
    at = sorted(chosen)
    shared, taken, there = float((scores[at] * words[at]).sum()), float(words[at].sum()), float((scores * words).sum())
    return 2 * shared / (taken + there) if taken + there else 0.0


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
