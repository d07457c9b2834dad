"""Which blocks of a page hold a body that somebody else made of it? The two never agree to the letter, so they are aligned by word shingles."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from stripper.locate.view import words_of
from stripper.read.text import fold
from stripper.types import Page

_SHINGLE = 3
_MOST_PLACES = 8
"""A shingle that stands at more places of the body than this says nothing about the place."""
_COVERED = 0.5


def labels(page: Page, body: str) -> list[bool]:
    """For each block whether it is part of `body`.

    Each block proposes places in the body where its words stand; the heaviest chain of proposals that runs forward through both texts wins. So a
    paragraph that a teaser repeats is counted once, where the story is.
    """
    gold = words_of(fold(body))
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for size in range(1, _SHINGLE + 1):
        for at in range(len(gold) - size + 1):
            places[tuple(gold[at : at + size])].append(at)
    proposals: list[tuple[int, int, int, float]] = []  # block, first and last+1 word in the body, weight
    for index, block in enumerate(page.blocks):
        words = words_of(page.folded[block.start + block.lead : block.end])
        proposals += [(index, start, end, weight) for start, end, weight in _places(words, gold, places)]
    chosen = _heaviest_chain(_favouring_neighbours(proposals))
    return [index in chosen for index in range(len(page.blocks))]


def _places(words: list[str], gold: list[str], places: dict[tuple[str, ...], list[int]]) -> list[tuple[int, int, float]]:
    """Places in the body that a block may come from, with how many words they share."""
    if not words:
        return []
    size = min(_SHINGLE, len(words))
    votes: dict[int, int] = defaultdict(int)
    for offset in range(len(words) - size + 1):
        found = places.get(tuple(words[offset : offset + size]), ())
        if len(found) <= _MOST_PLACES:
            for at in found:
                votes[at - offset] += 1
    merged: dict[int, int] = defaultdict(int)
    for start, count in votes.items():
        merged[start // 6] += count  # an inserted or dropped word shifts what follows
    best = sorted(merged, key=lambda g: (-merged[g], g))[:4]
    found_places = []
    for group in best:
        start = min((s for s in votes if s // 6 == group), default=0)
        low, high = max(0, start), min(len(gold), start + len(words))
        shared = _shared(words, gold[low:high])
        if shared >= _COVERED * len(words) and high > low:
            found_places.append((low, high, float(shared) - 0.2))
    return found_places


def _shared(words: Sequence[str], others: Sequence[str]) -> int:
    counts: dict[str, int] = defaultdict(int)
    for word in others:
        counts[word] += 1
    shared = 0
    for word in words:
        if counts[word] > 0:
            counts[word] -= 1
            shared += 1
    return shared


def _favouring_neighbours(proposals: list[tuple[int, int, int, float]]) -> list[tuple[int, int, int, float]]:
    """A little more weight where the block before or after goes on in the body: between two equal places the one within the story wins."""
    ends = {(index, end) for index, _, end, _ in proposals}
    starts = {(index, start) for index, start, _, _ in proposals}
    favoured = []
    for index, start, end, weight in proposals:
        follows = any((index - 1, start + shift) in ends for shift in (-1, 0, 1))
        leads = any((index + 1, end + shift) in starts for shift in (-1, 0, 1))
        favoured.append((index, start, end, weight + 0.1 * (follows + leads)))
    return favoured


def _heaviest_chain(proposals: list[tuple[int, int, int, float]]) -> set[int]:
    """Blocks on the heaviest chain whose places in the body don't run backwards."""
    best_end: list[int] = [-1]  # last words, ascending; with best_weight ascending too: a Pareto front
    best_weight: list[float] = [0.0]
    best_last: list[int] = [-1]
    back: list[int] = []
    pending: list[tuple[int, float, int]] = []
    block = -1
    for number, (index, start, end, weight) in enumerate(proposals):
        if index != block:
            _advance(best_end, best_weight, best_last, pending)
            pending, block = [], index
        at = bisect_left(best_end, start + 3) - 1  # the slack lets neighbours share a word or two
        back.append(best_last[at])
        pending.append((end, best_weight[at] + weight, number))
    _advance(best_end, best_weight, best_last, pending)
    chosen: set[int] = set()
    number = best_last[-1]
    while number >= 0:
        chosen.add(proposals[number][0])
        number = back[number]
    return chosen


def _advance(ends: list[int], weights: list[float], lasts: list[int], pending: list[tuple[int, float, int]]) -> None:
    for end, weight, number in sorted(pending):
        at = bisect_left(ends, end + 1)
        if weights[at - 1] >= weight:
            continue
        while at < len(ends) and weights[at] <= weight:
            del ends[at], weights[at], lasts[at]
        if ends[at - 1] == end:
            ends[at - 1], weights[at - 1], lasts[at - 1] = end, weight, number
        else:
            ends.insert(at, end)
            weights.insert(at, weight)
            lasts.insert(at, number)
