"""What the scorer sees of the tree that the blocks come from: the elements around a block, small and large.  [hot]

A block knows how many of the elements around it stand around the block before it, too (`Block.shared`). So the blocks that an element of some level
holds are a run without a smaller number inside, and elements need not be kept.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stripper.locate.windows import Array
from stripper.types import Page

_AT_LEAST = (2, 6, 20)
"""Of the elements around a block the smallest ones with so many blocks are looked at: an entry, a list of entries, a section."""
_HOLDING = (0.5, 0.7, 0.9)
"""Shares of the words outside links that the page's main element may hold."""
_MOST_LEVELS = 24
"""Levels that are told apart; deeper ones count as the deepest of these. Pages where it matters have up to 20 on which elements part."""

_ELEMENT = ["blocks", "words", "link-share", "prose-share", "free-words"]
NAMES = [
    *(f"{what}-of-{least}" for least in _AT_LEAST for what in (*_ELEMENT, "begins", "ends")),
    *(f"in-main-{share}" for share in _HOLDING), *(f"main-depth-{share}" for share in _HOLDING),
    *(f"{what}-of-section" for what in (*_ELEMENT, "block-words")),
    "shared-before", "shared-after", "alone-before", "alone-after",
]  # fmt: skip


def nesting(page: Page, words: Array, prose: Array, links: Array) -> Array:
    """What the elements around each block hold. `words`: their number in each block; `prose`: whether it is; `links`: its share inside links."""
    count = len(page.blocks)
    shared = np.array([block.shared for block in page.blocks])
    depth = np.array([block.path.count("/") + 1 if block.path else 0 for block in page.blocks])
    free = words * (1 - links)
    sums = np.zeros((count + 1, 5))
    np.cumsum(np.stack([np.ones(count), words, words * links, words * prose, free], axis=1), axis=0, out=sums[1:])
    levels = np.unique(np.append(shared, 0))[:_MOST_LEVELS]
    firsts, ends = _elements(shared, levels)
    at = np.arange(count)
    sizes, held = ends - firsts, (sums[:, 4][ends] - sums[:, 4][firsts]) / max(1.0, sums[-1, 4])
    columns = []
    for least in _AT_LEAST:
        level = np.maximum((sizes >= least).sum(axis=0) - 1, 0)
        first, end = firsts[level, at], ends[level, at]
        columns += [_holding(sums, first, end), np.stack([first / count, end / count], axis=1)]
    depths = np.stack([levels[np.maximum((held >= share).sum(axis=0) - 1, 0)] for share in _HOLDING], axis=1)
    deepest = depths.max(axis=0)
    columns += [depths == deepest, (depths - deepest) / 12]
    level = np.minimum((held >= _HOLDING[0]).sum(axis=0), len(levels) - 1)
    section = _holding(sums, firsts[level, at], ends[level, at])
    following = np.append(shared[1:], 0)
    columns += [section, _mean_words(sums, firsts[level, at], ends[level, at])]
    columns.append(np.stack([shared, following, depth - shared, depth - following], axis=1) / 10)
    return np.hstack(columns).astype(np.float32)


def _elements(shared: Any, levels: Any) -> tuple[Any, Any]:
    """First and last+1 block of the element around each block on each level (levels x blocks)."""
    count = len(shared)
    begins = shared < levels[:, None]
    begins[:, 0] = True
    at = np.arange(count)
    firsts = np.maximum.accumulate(np.where(begins, at, 0), axis=1)
    last = np.where(np.roll(begins, -1, axis=1), at + 1, count)
    return firsts, np.minimum.accumulate(last[:, ::-1], axis=1)[:, ::-1]


def _holding(sums: Any, first: Any, end: Any) -> Any:
    """What the blocks from `first` to `end` hold: how many they are, their share of the page's words, and the shares of links and prose in them."""
    blocks, words, linked, prose, free = (sums[end] - sums[first]).T
    least = np.maximum(1, words)
    total, free_total = max(1.0, sums[-1, 1]), max(1.0, sums[-1, 4])
    return np.stack([np.log1p(blocks) / 5, words / total, linked / least, prose / least, free / free_total], axis=1)


def _mean_words(sums: Any, first: Any, end: Any) -> Any:
    return np.log1p((sums[end, 1] - sums[first, 1]) / (end - first))[:, None] / 3
