"""What the scorer sees of each block.  [hot]

Nothing here knows a language: what is common on a page, what is prose and what belongs together is read off the page itself, so that a page in a
language that training never saw looks like any other. Scripts without blanks between words are counted by character.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from stripper.locate.markup import NAMES as MARKUP
from stripper.locate.markup import markup
from stripper.locate.view import ALNUM, CLOSER, COLON, COUNTED, DIGIT, PARTED, POWERS, SMALL, SPREAD, STOP, TELLING, View, numbered, view_of
from stripper.locate.windows import WIDTHS, Array, distances, window_means
from stripper.types import Kind, Mark, Page

_PROSE_WORDS = 10
"""A block of at least this many words (characters count half in scripts without blanks) that ends a sentence is prose."""
_COMMON_WORDS = 24
"""How many of a page's own most frequent words stand for its function words."""

_KINDS: list[Kind] = [k for k in Kind if k is not Kind.OFF_STORY and k is not Kind.BODY]
_ANCHORS = [
    Kind.COMMENTS, Kind.RELATED, Kind.NEWSLETTER, Kind.COPYRIGHT, Kind.AUTHOR_BIO, Kind.SHARE, Kind.PAYWALL, Kind.TIMESTAMP, Kind.TOPICS, Kind.CREDIT,
]  # fmt: skip
"""Kinds whose marks tell where a story begins or ends."""


def features(page: Page, marks: Sequence[Mark]) -> Array:
    """One row a block: `len(NAMES)` numbers for HTML; for flat text the first `TEXT_COLUMNS` of them, since it has no markup."""
    if not page.blocks:
        return np.zeros((0, len(NAMES)), np.float32)
    view = view_of(page)
    own = _own(view)
    prose = own[:, PROSE]
    core = _core(own[:, _WORDS], prose)
    columns = [own, _shared(view, prose, core), _around(own[:, _WORDS], prose, core), _rhythm(own), _marked(view, marks)]
    if page.source == "html":
        columns.append(markup(page, np.expm1(3 * own[:, _WORDS]), prose))
    return np.asarray(np.clip(np.hstack(columns), -8, 8))


_OWN = [
    "chars", "words", "word-length", "prose", "ends-sentence", "ends-colon", "ends-word", "commas", "stops", "questions", "digits", "capitals",
    "all-capitals", "starts-small", "quotes", "joiners", "times", "money", "list-marker", "gap", "level", "short", "one-word",
]  # fmt: skip
_WORDS = _OWN.index("words")
PROSE = _OWN.index("prose")
"""The column that tells whether a block reads like a paragraph,"""
ENDS_SENTENCE = _OWN.index("ends-sentence")
"""and whether it ends like a sentence."""


def words_in(rows: Array) -> Array:
    """How many words each block has; characters count half in scripts without blanks."""
    return np.asarray(np.expm1(3 * rows[:, _WORDS]), np.float32)


def _own(view: View) -> Array:
    """What each block says by itself."""
    classes, starts, ends = view.classes, view.starts, view.ends
    size = np.maximum(ends - starts, 1).astype(np.float32)
    found = view.words.counts.astype(np.float32)
    count = np.where(found > 0.5 * size, 0.5, 1.0) * found  # a script without blanks counts half
    telling = np.flatnonzero(classes & TELLING)
    low, high = np.searchsorted(telling, starts), np.searchsorted(telling, ends)
    bits = classes[telling]
    sums = np.zeros((len(telling) + 1, 8), np.int32)
    np.cumsum((bits[:, None] & COUNTED) > 0, axis=0, out=sums[1:])
    commas, stops, questions, digits, capitals, quotes, joiners, money = (sums[high] - sums[low]).T
    smalls = np.concatenate([[0], np.cumsum((classes & SMALL) > 0)])
    last = ends - 1
    for _ in range(3):  # quotes and brackets behind the sentence's end
        last = np.where((classes[last] & CLOSER > 0) & (last > starts), last - 1, last)
    ending = classes[last]
    is_end = (ending & STOP) > 0
    times = _times(view.codes, classes)
    rows = np.empty((len(starts), len(_OWN)), np.float32)
    for number, column in enumerate(
        (
            np.log1p(size) / 4,
            np.log1p(count) / 3,
            np.minimum(15.0, size / np.maximum(1, found)) / 8,
            is_end & (count >= _PROSE_WORDS),
            is_end,
            (ending & COLON) > 0,
            (ending & ALNUM) > 0,
            np.minimum(2.0, 20 * commas / size),
            np.minimum(2.0, 40 * stops / size),
            questions > 0,
            np.minimum(1.0, 4 * digits / size),
            np.minimum(1.0, capitals / np.maximum(1, count)),
            (capitals > 3) & (smalls[ends] == smalls[starts]),
            (classes[starts] & SMALL) > 0,
            quotes > 0,
            np.minimum(1.0, joiners / 4),
            np.searchsorted(times, ends) > np.searchsorted(times, starts),
            money > 0,
            view.blocks[:, 2] > 0,
            view.blocks[:, 3],
            view.blocks[:, 4] / 3,
            count <= 4,
            count <= 1,
        )
    ):
        rows[:, number] = column
    return rows


def _times(codes: Any, classes: Any) -> Any:
    """Places of times and dates in figures (9:30, 12.5, 3/4, 2024)."""
    digit = (classes & DIGIT) > 0
    if len(digit) < 4:
        return np.zeros(0, np.int64)
    parted = digit[:-2] & (classes[1:-1] & PARTED > 0) & digit[2:]
    four = digit[:-3] & digit[1:-2] & digit[2:-1] & digit[3:]
    at = np.flatnonzero(four)
    years = at[((codes[at] == 49) & (codes[at + 1] == 57)) | ((codes[at] == 50) & (codes[at + 1] == 48))]  # 19.., 20..
    return np.sort(np.concatenate([np.flatnonzero(parted), years]))


_OTHER_BLOCK = 12.0
"""Words of prose that it takes to make up for one block that is no prose, when the core is sought."""


def _core(sizes: Array, prose: Array) -> tuple[int, int]:
    """First and last+1 block of the stretch with the most prose for what stands between (maximum subsequence: Pasternack and Roth, WWW 2009)."""
    gains = np.concatenate([[0.0], np.cumsum(np.where(prose > 0, np.expm1(3 * sizes), -_OTHER_BLOCK))])
    lowest = np.minimum.accumulate(gains)
    end = int(np.argmax(gains - lowest))
    return (int(np.argmin(gains[: end + 1])), end) if end else (0, 0)


_SHARED = [
    "common-words", "common-share", "coherence", "coherence-far", "repeated", "repeated-often", "first-words-repeat", "top-words",
    "core-words", "core-top",
]  # fmt: skip


def _shared(view: View, prose: Array, core: tuple[int, int]) -> Array:
    """What a block has in common with the rest of its page: its function words, the words of its prose and of its core, its own text again."""
    ids, counts = view.words.ids, view.words.counts
    blocks, size = len(counts), len(view.words.content)
    owner = np.repeat(np.arange(blocks), counts)
    pairs = np.sort(owner * size + ids)
    pairs = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
    pair_owner = pairs // size
    pair_word = pairs - pair_owner * size
    in_prose = prose > 0
    tokens = np.bincount(ids[in_prose[owner]], minlength=size)
    spread = np.bincount(pair_word[in_prose[pair_owner]], minlength=size)
    common = np.zeros(size, bool)
    common[np.argsort(-tokens, kind="stable")[:_COMMON_WORDS]] = True
    common &= tokens > 0
    content = view.words.content & ~common
    total = np.maximum(1, counts)
    candidates = np.maximum(1, _summed(pair_owner, content[pair_word], blocks))
    known = _summed(pair_owner, content[pair_word] & (spread[pair_word] > in_prose[pair_owner]), blocks)
    top = _summed(pair_owner, content[pair_word] & (spread[pair_word] >= 3), blocks)
    in_core = (pair_owner >= core[0]) & (pair_owner < core[1])
    spread_core = np.bincount(pair_word[in_core], minlength=size)
    elsewhere = content[pair_word] & (spread_core[pair_word] > in_core)
    often = content[pair_word] & (spread_core[pair_word] >= 3)
    in_common = _summed(owner, common[ids], blocks)
    again, openings = _repeats(ids, counts)
    rows = np.empty((blocks, len(_SHARED)), np.float32)
    for number, column in enumerate(
        (
            np.minimum(2.0, in_common / 10),
            in_common / total,
            known / candidates,
            np.minimum(2.0, known / 5),
            again > 0,
            np.minimum(1.0, again / 4),
            np.minimum(1.0, openings / 5),
            top / candidates,
            _summed(pair_owner, elsewhere, blocks) / candidates,
            _summed(pair_owner, often, blocks) / candidates,
        )
    ):
        rows[:, number] = column
    return rows


def _repeats(ids: Any, counts: Any) -> tuple[Any, Any]:
    """For each block how many others have the same words, and how many others the same first two."""
    first = np.cumsum(counts) - counts
    padded = np.concatenate([ids + 1, [0, 0]])
    within = (np.arange(len(ids)) - np.repeat(first, counts)).astype(np.uint64)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(padded[:-2].astype(np.uint64) * (POWERS[within % 64] + within))])
    whole = sums[first + counts] - sums[first]
    opening = np.where(counts > 0, padded[first], 0) * (len(ids) + 2) + np.where(counts > 1, padded[first + 1], 0)
    return _others(whole), _others(opening.astype(np.uint64) * SPREAD)


def _others(keys: Any) -> Any:
    """For each key how many others are equal."""
    numbers = numbered(keys)
    return np.bincount(numbers)[numbers] - 1


def _summed(owner: Any, flags: Any, count: int) -> Any:
    return np.bincount(owner, weights=flags, minlength=count)


_AROUND = [
    *(f"prose-within-{w}" for w in WIDTHS), *(f"words-within-{w}" for w in WIDTHS), "position", "from-start", "from-end",
    "prose-before", "prose-after", "since-prose", "until-prose", "peak-distance", "before-peak", "blocks", "prose-share",
    "before-core", "in-core", "core-distance", "core-share", "core-blocks",
]  # fmt: skip


def _around(sizes: Array, prose: Array, core: tuple[int, int]) -> Array:
    """Where on the page a block stands: among prose or among short lines, early or late, near the densest stretch and the core or far from them."""
    count = len(prose)
    weight = prose * np.expm1(3 * sizes)
    at = np.arange(count)
    mean = window_means(np.stack([np.ones(count), prose, sizes, weight], axis=1))
    total = max(1.0, float(weight.sum()))
    before = np.cumsum(weight) - weight
    peak = int(np.argmax(mean(8)[:, 3])) if total > 1 else 0
    since, until = distances(prose > 0)
    first, end = core
    rows = np.empty((count, len(_AROUND)), np.float32)
    wide = len(WIDTHS)
    for number, width in enumerate(WIDTHS):
        rows[:, (number, wide + number)] = mean(width)[:, 1:3]
    for number, column in enumerate(
        (
            at / count,
            np.log1p(at) / 4,
            np.log1p(count - 1 - at) / 4,
            before / total,
            (total - before - weight) / total,
            np.log1p(since) / 4,
            np.log1p(until) / 4,
            np.log1p(np.abs(at - peak)) / 4,
            at < peak,
            math.log1p(count) / 5,
            float(prose.mean()),
            at < first,
            (at >= first) & (at < end),
            np.log1p(np.maximum(np.maximum(first - at, at - end + 1), 0)) / 4,
            weight[first:end].sum() / total,
            math.log1p(end - first) / 4,
        ),
        2 * wide,
    ):
        rows[:, number] = column
    return rows


_PERIODS = (1, 2, 3, 4, 5, 6)
_RHYTHM = ["alike-next", "alike-nearby", "rhythm", "rhythm-alone"]
_SHAPE = [_OWN.index(name) for name in ("ends-sentence", "ends-colon", "digits", "list-marker", "gap")]


def _rhythm(own: Array) -> Array:
    """Whether blocks of the same shapes come back every few blocks, as in lists of teasers; paragraphs resemble their neighbours instead."""
    count = len(own)
    steps = np.searchsorted(_LENGTHS, own[:, _WORDS])
    shape = steps + 8 * ((own[:, _SHAPE] > 0.25) @ (1 << np.arange(len(_SHAPE))))
    alike = np.zeros((count, 1 + len(_PERIODS)), np.float32)
    alike[:, 0] = 1
    for number, period in enumerate(_PERIODS, 1):
        same = shape[period:] == shape[:-period]
        alike[period:, number] += 0.5 * same
        alike[: len(same), number] += 0.5 * same
    mean = window_means(alike)(8)
    best = mean[:, 2:].max(axis=1)
    return np.stack([alike[:, 1], mean[:, 1], best, best - mean[:, 1]], axis=1).astype(np.float32)


_LENGTHS = np.log1p(np.array([1.5, 3.5, 7.5, 14.5, 24.5, 45.5, 80.5])) / 3
"""Borders between lengths in words, on the scale of the column "words"."""


_SIDES = ("since", "until", "above", "around")
_MARKED = [*(f"mark-{k}" for k in _KINDS), "mark-any", *(f"{side}-{k}" for side in _SIDES for k in _ANCHORS)]
_OF_KIND = {kind: {f"{where}-{kind}" for where in ("mark", *_SIDES)} for kind in _KINDS}
_COLUMN = {kind: number for number, kind in enumerate(_KINDS)}
_ANCHOR_COLUMNS = [_COLUMN[kind] for kind in _ANCHORS]


def _marked(view: View, marks: Sequence[Mark]) -> Array:
    """The rules' marks: how much of a block each kind covers, by score, how far off the telling kinds are, and how many are above and around."""
    begins, ends = view.begins, view.ends
    kinds, anchors = len(_KINDS), len(_ANCHORS)
    rows = np.zeros((len(begins), len(_MARKED)), np.float32)
    covered = rows[:, :kinds]
    spans = np.array([(m.start, m.end, _COLUMN[m.kind], m.score) for m in marks if m.kind in _COLUMN]).reshape(-1, 4)
    first = np.searchsorted(ends, spans[:, 0], "right")
    reached = np.maximum(np.searchsorted(begins, spans[:, 1], "left") - first, 0)
    mark = np.repeat(np.arange(len(spans)), reached)
    block = np.arange(len(mark)) - np.repeat(np.cumsum(reached) - reached, reached) + first[mark]
    share = (np.minimum(spans[mark, 1], ends[block]) - np.maximum(spans[mark, 0], begins[block])) / (ends[block] - begins[block])
    np.maximum.at(covered, (block, spans[mark, 2].astype(np.int64)), (share * spans[mark, 3]).astype(np.float32))
    rows[:, kinds] = covered.max(axis=1)
    telling = covered[:, _ANCHOR_COLUMNS] > 0.3
    since, until = distances(telling)
    above = np.log1p(np.cumsum(telling, axis=0)) / 3
    around = window_means(np.hstack([np.ones((len(rows), 1)), telling]))(20)[:, 1:]
    for number, columns in enumerate((np.exp(since / -12.0), np.exp(until / -12.0), above, 4 * around)):
        first_column = kinds + 1 + number * anchors
        rows[:, first_column : first_column + anchors] = columns
    return rows


NAMES: tuple[str, ...] = (*_OWN, *_SHARED, *_AROUND, *_RHYTHM, *_MARKED, *MARKUP)
"""What each column means, in order."""

GROUPS: dict[str, list[int]] = {
    "its length and punctuation": [NAMES.index(name) for name in _OWN],
    "the words it shares with the rest of the page": [NAMES.index(name) for name in _SHARED],
    "its place on the page": [NAMES.index(name) for name in _AROUND],
    "the rhythm of the lines around it": [NAMES.index(name) for name in _RHYTHM],
    **{f"marks of {kind} on it or near it": [i for i, name in enumerate(NAMES) if name in _OF_KIND[kind]] for kind in _KINDS},
    "its markup": [NAMES.index(name) for name in MARKUP],
}
"""The columns by what they say, in words that follow "what weighed most was"."""

TEXT_COLUMNS = len(NAMES) - len(MARKUP)
