"""What the scorer sees of each block.  [hot]

Nothing here knows a language: what is common on a page, what is prose and what belongs together is read off the page itself, so that a page in a
language that training never saw looks like any other. Scripts without blanks between words are counted by character.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from stripper.types import Kind, Mark, Page

Array = np.ndarray[Any, np.dtype[np.float32]]

_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Scripts without blanks between words: Kana, Han, Thai, Lao, Burmese, Khmer."""
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")

_PROSE_WORDS = 10
"""A block of at least this many words (characters count half in scripts without blanks) that ends a sentence is prose."""
_COMMON_WORDS = 24
"""How many of a page's own most frequent words stand for its function words."""

_KINDS: list[Kind] = [k for k in Kind if k is not Kind.OFF_STORY and k is not Kind.BODY]
_ANCHORS = [
    Kind.COMMENTS, Kind.RELATED, Kind.NEWSLETTER, Kind.COPYRIGHT, Kind.AUTHOR_BIO, Kind.SHARE, Kind.PAYWALL, Kind.TIMESTAMP, Kind.TOPICS, Kind.CREDIT,
]  # fmt: skip
"""Kinds whose marks tell where a story begins or ends."""
_TAGS = ["p", "li", "td", "tr", "div", "figcaption", "blockquote", "pre", "span", "a", "dd", "dt"]
_MAIN = ("article", "main")
_SIDE = ("nav", "aside", "footer", "header", "form", "figure", "table", "ul")
_BUCKETS = 256
"""Buckets that markup words are hashed to."""


def words_of(text: str) -> list[str]:
    """The words of a folded text; every character of a script without blanks is one."""
    return _WORD.findall(text)


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """The words of all blocks, one after the other, as numbers: the same word has the same number. B blocks, W words, V different ones."""

    ids: Any
    """W: numbers from 0 to V - 1."""
    counts: Any
    """B: how many words each block has."""
    content: Any
    """V: whether a word is long enough to carry meaning: four letters, or any length where a script says more with one."""


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """A page as arrays. B blocks, C characters, W words."""

    begins: Any
    """B: where each block begins, list marker included."""
    starts: Any
    """B: where its text begins."""
    ends: Any
    """B"""
    blocks: Any
    """B x 5: start, end, lead, gap, level."""
    codes: Any
    """C: code points."""
    classes: Any
    """C: the classes of each character, as bits."""
    words: _Words


def features(page: Page, marks: Sequence[Mark]) -> Array:
    """One row a block: `len(NAMES)` numbers for HTML; for flat text the first `TEXT_COLUMNS` of them, since it has no markup."""
    if not page.blocks:
        return np.zeros((0, len(NAMES)), np.float32)
    view = _view(page)
    own = _own(view)
    prose = own[:, PROSE]
    columns = [own, _shared(view, prose), _around(own[:, _WORDS], prose), _marked(view, marks)]
    if page.source == "html":
        columns.append(_markup(page))
    return np.asarray(np.clip(np.hstack(columns), -8, 8))


def _view(page: Page) -> _View:
    blocks = np.array([(b.start, b.end, b.lead, b.gap, b.level) for b in page.blocks])
    begins, ends, leads = blocks[:, 0], blocks[:, 1], blocks[:, 2]
    codes = np.frombuffer(page.text.encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _CLASSES.take(codes, mode="clip")
    words = _words(np.frombuffer(page.folded.encode("utf-32-le"), np.uint32), classes, blocks)
    return _View(begins, begins + leads, ends, blocks, codes, classes, words)


def _words(folded: Any, classes: Any, blocks: Any) -> _Words:
    """What `words_of` finds, as numbers. Words with the same length and the same first eight letters count as the same."""
    in_word = (classes & _ALNUM) > 0
    for begin, _, lead in blocks[blocks[:, 2] > 0, :3].tolist():
        in_word[begin : begin + lead] = False  # a list's number is no word
    goes_on = np.zeros(len(in_word) + 1, bool)
    np.logical_and(in_word[:-1], in_word[1:], out=goes_on[1:-1])
    alone = np.flatnonzero(classes & _UNSPACED_BIT)
    goes_on[alone] = goes_on[alone + 1] = False
    first = np.flatnonzero(in_word & ~goes_on[:-1])
    lengths = np.flatnonzero(in_word & ~goes_on[1:]) - first + 1
    counts = np.searchsorted(first, blocks[:, 1]) - np.searchsorted(first, blocks[:, 0])
    if not len(first):
        return _Words(np.zeros(0, np.int64), counts, np.zeros(1, bool))
    starting = folded[first]
    letters = np.concatenate([folded.astype(np.uint8), np.zeros(8, np.uint8)])
    keys = letters[first[:, None] + np.arange(8)].view(np.uint64)[:, 0] & _FIRST[np.minimum(lengths, 8)]
    ids = _numbered((keys + lengths.astype(np.uint64) + (starting.astype(np.uint64) << np.uint64(40))) * _SPREAD)
    content = np.zeros(int(ids.max()) + 1, bool)
    content[ids] = (lengths > 3) | (starting > 127)
    return _Words(ids, counts, content)


_FIRST = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)
"""Masks for the first n of eight letters, a byte each."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""An odd constant near 2^64 divided by the golden ratio; products with it spread over all bits (Knuth, The Art of Computer Programming 3, 6.4)."""
_POWERS = np.cumprod(np.full(64, _SPREAD))


def _numbered(keys: Any) -> Any:
    """Equal keys (64-bit hashes, not empty) as equal numbers from 0 on.

    The low bits make room for each key's place, so that one plain sort, which numpy does with vector instructions, gives the order as well; among
    2,000 words two different ones look alike on one page in a billion.
    """
    bits = np.uint64(len(keys).bit_length())
    placed = np.sort((keys >> bits << bits) + np.arange(len(keys), dtype=np.uint64))
    kept = placed >> bits
    numbers = np.empty(len(keys), np.int64)
    numbers[(placed - (kept << bits)).astype(np.int64)] = np.concatenate([[0], np.cumsum(kept[1:] != kept[:-1])])
    return numbers


_OWN = [
    "chars", "words", "word-length", "prose", "ends-sentence", "ends-colon", "ends-word", "commas", "stops", "questions", "digits", "capitals",
    "all-capitals", "starts-small", "quotes", "joiners", "times", "money", "list-marker", "gap", "level", "short", "one-word",
]  # fmt: skip
_WORDS = _OWN.index("words")
PROSE = _OWN.index("prose")
"""The column that tells whether a block reads like a paragraph."""

_COMMA, _STOP, _QUESTION, _DIGIT, _CAPITAL, _QUOTE, _JOINER, _MONEY, _SMALL, _ALNUM, _CLOSER, _COLON, _PARTED, _UNSPACED_BIT = (
    1 << i for i in range(14)
)
_COUNTED = np.array([_COMMA, _STOP, _QUESTION, _DIGIT, _CAPITAL, _QUOTE, _JOINER, _MONEY], np.uint16)
_TELLING = int(_COUNTED.sum())
_LISTED = {
    _COMMA: ",،、，", _STOP: ".!?…।؟。！？", _QUESTION: "?؟？", _QUOTE: "\"“”„‟«»″「」", _JOINER: "|/›»·•→>+©#@", _MONEY: "$€£¥₹₽₺₩%￥",
    _CLOSER: "\"'”’»)]）」』", _COLON: ":：", _PARTED: ":./-",
}  # fmt: skip
_TABLE_SIZE = 0x10000


def _class_table() -> Any:
    """For every code point below `_TABLE_SIZE` the classes it belongs to, as bits; rarer ones share the last entry, which is a letter's."""
    table = np.zeros(_TABLE_SIZE, np.uint16)
    alone = re.compile(f"[{_UNSPACED}]")
    for bit, chars in _LISTED.items():
        table[[ord(c) for c in chars]] |= bit
    for code in range(_TABLE_SIZE):
        char = chr(code)
        table[code] |= _UNSPACED_BIT * bool(alone.match(char))
        if char.isalnum():
            table[code] |= _ALNUM | _DIGIT * char.isdecimal() | _CAPITAL * char.isupper() | _SMALL * char.islower()
    table[-1] = _ALNUM
    return table


_CLASSES = _class_table()


def _own(view: _View) -> Array:
    """What each block says by itself."""
    classes, starts, ends = view.classes, view.starts, view.ends
    size = np.maximum(ends - starts, 1).astype(np.float32)
    found = view.words.counts.astype(np.float32)
    count = np.where(found > 0.5 * size, 0.5, 1.0) * found  # a script without blanks counts half
    telling = np.flatnonzero(classes & _TELLING)
    low, high = np.searchsorted(telling, starts), np.searchsorted(telling, ends)
    bits = classes[telling]
    sums = np.zeros((len(telling) + 1, 8), np.int32)
    np.cumsum((bits[:, None] & _COUNTED) > 0, axis=0, out=sums[1:])
    commas, stops, questions, digits, capitals, quotes, joiners, money = (sums[high] - sums[low]).T
    smalls = np.concatenate([[0], np.cumsum((classes & _SMALL) > 0)])
    last = ends - 1
    for _ in range(3):  # quotes and brackets behind the sentence's end
        last = np.where((classes[last] & _CLOSER > 0) & (last > starts), last - 1, last)
    ending = classes[last]
    is_end = (ending & _STOP) > 0
    times = _times(view.codes, classes)
    rows = np.empty((len(starts), len(_OWN)), np.float32)
    for number, column in enumerate(
        (
            np.log1p(size) / 4,
            np.log1p(count) / 3,
            np.minimum(15.0, size / np.maximum(1, found)) / 8,
            is_end & (count >= _PROSE_WORDS),
            is_end,
            (ending & _COLON) > 0,
            (ending & _ALNUM) > 0,
            np.minimum(2.0, 20 * commas / size),
            np.minimum(2.0, 40 * stops / size),
            questions > 0,
            np.minimum(1.0, 4 * digits / size),
            np.minimum(1.0, capitals / np.maximum(1, count)),
            (capitals > 3) & (smalls[ends] == smalls[starts]),
            (classes[starts] & _SMALL) > 0,
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
    digit = (classes & _DIGIT) > 0
    if len(digit) < 4:
        return np.zeros(0, np.int64)
    parted = digit[:-2] & (classes[1:-1] & _PARTED > 0) & digit[2:]
    four = digit[:-3] & digit[1:-2] & digit[2:-1] & digit[3:]
    at = np.flatnonzero(four)
    years = at[((codes[at] == 49) & (codes[at + 1] == 57)) | ((codes[at] == 50) & (codes[at + 1] == 48))]  # 19.., 20..
    return np.sort(np.concatenate([np.flatnonzero(parted), years]))


_SHARED = ["common-words", "common-share", "coherence", "coherence-far", "repeated", "repeated-often", "first-words-repeat", "top-words"]


def _shared(view: _View, prose: Array) -> Array:
    """What a block has in common with the rest of its page: its function words, the words of its prose, its own text again."""
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
        )
    ):
        rows[:, number] = column
    return rows


def _repeats(ids: Any, counts: Any) -> tuple[Any, Any]:
    """For each block how many others have the same words, and how many others the same first two."""
    first = np.cumsum(counts) - counts
    padded = np.concatenate([ids + 1, [0, 0]])
    within = (np.arange(len(ids)) - np.repeat(first, counts)).astype(np.uint64)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(padded[:-2].astype(np.uint64) * (_POWERS[within % 64] + within))])
    whole = sums[first + counts] - sums[first]
    opening = np.where(counts > 0, padded[first], 0) * (len(ids) + 2) + np.where(counts > 1, padded[first + 1], 0)
    return _others(whole), _others(opening.astype(np.uint64) * _SPREAD)


def _others(keys: Any) -> Any:
    """For each key how many others are equal."""
    numbers = _numbered(keys)
    return np.bincount(numbers)[numbers] - 1


def _summed(owner: Any, flags: Any, count: int) -> Any:
    return np.bincount(owner, weights=flags, minlength=count)


_WINDOWS = (1, 3, 8, 20)
_AROUND = [
    *(f"prose-within-{w}" for w in _WINDOWS), *(f"words-within-{w}" for w in _WINDOWS), "position", "from-start", "from-end",
    "prose-before", "prose-after", "since-prose", "until-prose", "peak-distance", "before-peak", "blocks", "prose-share",
]  # fmt: skip


def _around(sizes: Array, prose: Array) -> Array:
    """Where on the page a block stands: among prose or among short lines, early or late, near the densest stretch or far from it."""
    count = len(prose)
    weight = prose * np.expm1(3 * sizes)
    at = np.arange(count)
    mean = _window_means(np.stack([np.ones(count), prose, sizes, weight], axis=1))
    total = max(1.0, float(weight.sum()))
    before = np.cumsum(weight) - weight
    peak = int(np.argmax(mean(8)[:, 3])) if total > 1 else 0
    since, until = _distances(prose > 0)
    rows = np.empty((count, len(_AROUND)), np.float32)
    wide = len(_WINDOWS)
    for number, width in enumerate(_WINDOWS):
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
        ),
        2 * wide,
    ):
        rows[:, number] = column
    return rows


def _window_means(values: Array) -> Callable[[int], Array]:
    """A function from a width to the mean of each column over so many rows before, the row, and so many after; fewer at the edges.

    The first column must be all ones: its sum is the number of rows in a window.
    """
    count = len(values)
    widest = max(_WINDOWS)
    sums = np.zeros((count + 1 + 2 * widest, values.shape[1]))
    np.cumsum(values, axis=0, out=sums[widest + 1 : widest + 1 + count])
    sums[widest + 1 + count :] = sums[widest + count]

    def mean(width: int) -> Array:
        total = sums[widest + width + 1 : widest + width + 1 + count] - sums[widest - width : widest - width + count]
        return np.asarray(total / total[:, :1])

    return mean


_FAR = 1000


def _distances(flags: Any) -> tuple[Any, Any]:
    """For each row how many rows ago the last flagged one was, and how many ahead the next is, itself included; at least `_FAR` where there is none.

    Works down the first axis; further axes are kept apart.
    """
    count = len(flags)
    at = np.arange(count).reshape(-1, *(1,) * (flags.ndim - 1))
    last = np.maximum.accumulate(np.where(flags, at, -_FAR), axis=0)
    following = np.minimum.accumulate(np.where(flags, at, count + _FAR)[::-1], axis=0)[::-1]
    return at - last, following - at


_MARKED = [*(f"mark-{k}" for k in _KINDS), "mark-any", *(f"{side}-{k}" for side in ("since", "until") for k in _ANCHORS)]
_COLUMN = {kind: number for number, kind in enumerate(_KINDS)}
_ANCHOR_COLUMNS = [_COLUMN[kind] for kind in _ANCHORS]


def _marked(view: _View, marks: Sequence[Mark]) -> Array:
    """The rules' marks: how much of a block each kind covers, by score, and how far off the telling kinds are."""
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
    since, until = _distances(covered[:, _ANCHOR_COLUMNS] > 0.3)
    rows[:, kinds + 1 : kinds + 1 + anchors] = np.exp(since / -12.0)
    rows[:, kinds + 1 + anchors :] = np.exp(until / -12.0)
    return rows


_MARKUP = [
    "is-html", "link-share", "links-around", *(f"tag-{t}" for t in _TAGS), "heading", *(f"in-{t}" for t in (*_MAIN, *_SIDE)), "depth",
    "same-path-before", "same-path-after", "path-prose",
    *(f"word-{n}" for n in range(_BUCKETS)),
]  # fmt: skip


def _markup(page: Page) -> Array:
    """What the HTML says of a block."""
    blocks = page.blocks
    sizes = np.array([max(1, b.end - b.start) for b in blocks])
    links = np.minimum(np.array([b.link_chars for b in blocks]) / sizes, 1)
    tags = np.array([_TAG_COLUMNS.get(b.tag, len(_TAGS)) for b in blocks])
    levels = np.array([b.level > 0 for b in blocks])
    paths, path_of = _distinct([b.path for b in blocks])
    same = np.concatenate([[False], path_of[1:] == path_of[:-1], [False]])
    shares = np.bincount(path_of, weights=sizes) / sizes.sum()
    # blocks in equal places share one set of words, so sets are told apart by identity
    word_sets, words_of_block = _distinct([id(b.words) for b in blocks])
    words_by_id = {id(b.words): b.words for b in blocks}
    return np.hstack(
        [
            np.ones((len(blocks), 1)),
            links[:, None],
            _window_means(np.stack([np.ones(len(blocks)), links], axis=1))(3)[:, 1:],
            np.eye(len(_TAGS) + 1)[tags][:, : len(_TAGS)],
            levels[:, None],
            np.array([_around_path(path) for path in paths])[path_of],
            same[:-1, None],
            same[1:, None],
            shares[path_of][:, None],
            _buckets([words_by_id[key] for key in word_sets])[words_of_block],
        ]
    ).astype(np.float32)


_TAG_COLUMNS = {tag: number for number, tag in enumerate(_TAGS)}


def _distinct(keys: Sequence[Any]) -> tuple[list[Any], Any]:
    """The different keys in order of appearance, and for each key its number among them."""
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return list(numbers), np.array([numbers[key] for key in keys])


def _around_path(path: str) -> list[float]:
    names = path.split("/")
    return [*(float(tag in names) for tag in (*_MAIN, *_SIDE)), len(names) / 8]


def _buckets(word_sets: Sequence[frozenset[str]]) -> Array:
    """For each set of words the buckets that they fall into. CRC-32, because it is the same in every process, and fast."""
    rows = np.zeros((len(word_sets), _BUCKETS), np.float32)
    known: dict[str, int] = {}
    for row, words in zip(rows, word_sets, strict=True):
        for word in words:
            bucket = known.get(word)
            if bucket is None:
                bucket = known[word] = zlib.crc32(word.encode("utf-8", "replace")) % _BUCKETS
            row[bucket] = 1
    return rows


NAMES: tuple[str, ...] = (*_OWN, *_SHARED, *_AROUND, *_MARKED, *_MARKUP)
"""What each column means, in order."""

TEXT_COLUMNS = len(NAMES) - len(_MARKUP)
