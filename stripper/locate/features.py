"""What the scorer sees of each block.  [hot]

Nothing here knows a language: what is common on a page, what is prose and what belongs together is read off the page itself, so that a page in a
language that training never saw looks like any other. Scripts without blanks between words are counted by character.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from stripper.types import Kind, Mark, Page

Array = np.ndarray[Any, np.dtype[np.float32]]

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_TIME = re.compile(r"\d(?:[:h.]\d\d|[./-]\d{1,2}[./-]\d\d)|(?<!\d)(?:19|20)\d\d(?!\d)")
_ENDS = frozenset(".!?…。！？।؟")
_CLOSERS = "\"'”’»)]）」』 "

_PROSE_WORDS = 10
"""A block of at least this many words (characters count half in scripts without blanks) that ends a sentence is prose."""
_COMMON_WORDS = 24
"""How many of a page's own most frequent words stand for its function words."""

_KINDS: list[Kind] = [k for k in Kind if k is not Kind.OFF_STORY and k is not Kind.BODY]
_ANCHORS = [
    Kind.COMMENTS,
    Kind.RELATED,
    Kind.NEWSLETTER,
    Kind.COPYRIGHT,
    Kind.AUTHOR_BIO,
    Kind.SHARE,
    Kind.PAYWALL,
    Kind.TIMESTAMP,
    Kind.TOPICS,
    Kind.CREDIT,
]
"""Kinds whose marks tell where a story begins or ends."""
_TAGS = ["p", "li", "td", "tr", "div", "figcaption", "blockquote", "pre", "span", "a", "dd", "dt"]
_MAIN = ("article", "main")
_SIDE = ("nav", "aside", "footer", "header", "form", "figure", "table", "ul")
_BUCKETS = 256
"""Buckets that markup words are hashed to."""


def words_of(text: str) -> list[str]:
    """The words of a folded text; every character of a script without blanks is one."""
    return _WORD.findall(text)


def features(page: Page, marks: Sequence[Mark]) -> Array:
    """One row a block: `len(NAMES)` numbers for HTML; for flat text the first `TEXT_COLUMNS` of them, since it has no markup."""
    if not page.blocks:
        return np.zeros((0, len(NAMES)), np.float32)
    starts = np.array([b.start + b.lead for b in page.blocks])
    ends = np.array([b.end for b in page.blocks])
    words = [words_of(page.folded[b.start + b.lead : b.end]) for b in page.blocks]
    own = _own(page, starts, ends, words)
    prose = own[:, _PROSE]
    columns = [own, _shared(page, words, prose), _around(own[:, _WORDS], prose), _marked(page, marks)]
    if page.source == "html":
        columns.append(_markup(page))
    return np.clip(np.hstack(columns), -8, 8).astype(np.float32)


_OWN = [
    "chars", "words", "word-length", "prose", "ends-sentence", "ends-colon", "ends-word", "commas", "stops", "questions", "digits", "capitals",
    "all-capitals", "starts-small", "quotes", "joiners", "times", "money", "list-marker", "gap", "level", "addresses", "short", "one-word",
]  # fmt: skip
_WORDS, _PROSE = _OWN.index("words"), _OWN.index("prose")

_COMMA, _STOP, _QUESTION, _DIGIT, _CAPITAL, _SMALL, _QUOTE, _JOINER, _MONEY, _ADDRESS = (1 << i for i in range(10))
_TABLE_SIZE = 0x3000
"""Code points from here on are CJK, private or rare: their classes are few and listed below."""


def _class_table() -> Any:
    """For every code point below `_TABLE_SIZE` the classes it belongs to, as bits."""
    table = np.zeros(_TABLE_SIZE, np.uint16)
    listed = {_COMMA: ",،、", _STOP: ".!?…।؟", _QUESTION: "?؟", _QUOTE: '"“”„‟«»″', _JOINER: "|/›»·•→>+©#@", _MONEY: "$€£¥₹₽₺₩%", _ADDRESS: "@"}
    for bit, chars in listed.items():
        table[[ord(c) for c in chars if ord(c) < _TABLE_SIZE]] |= bit
    for code in range(_TABLE_SIZE):
        char = chr(code)
        table[code] |= _DIGIT * char.isdecimal() | _CAPITAL * char.isupper() | _SMALL * char.islower()
    return table


_CLASSES = _class_table()
_WIDE = {0x3001: _COMMA, 0xFF0C: _COMMA, 0x3002: _STOP, 0xFF01: _STOP, 0xFF1F: _STOP | _QUESTION, 0x300C: _QUOTE, 0x300D: _QUOTE, 0xFFE5: _MONEY}


def _counts(text: str, starts: Any, ends: Any) -> dict[int, Any]:
    """How many characters of each class stand in each block."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _CLASSES[np.minimum(codes, _TABLE_SIZE - 1)]
    if not text.isascii():
        for code, bits in _WIDE.items():
            classes[codes == code] = bits
    found = {}
    for bit in (_COMMA, _STOP, _QUESTION, _DIGIT, _CAPITAL, _SMALL, _QUOTE, _JOINER, _MONEY, _ADDRESS):
        sums = np.concatenate([[0], np.cumsum((classes & bit) != 0, dtype=np.int32)])
        found[bit] = (sums[ends] - sums[starts]).astype(np.float32)
    return found


def _own(page: Page, starts: Any, ends: Any, words: list[list[str]]) -> Array:
    """What each block says by itself."""
    text = page.text
    counted = _counts(text, starts, ends)
    size = np.maximum(ends - starts, 1).astype(np.float32)
    found = np.array([len(w) for w in words], np.float32)
    dense = np.where(found > 0.5 * size, 0.5, 1.0)  # a script without blanks
    count = found * dense
    lasts = [text[max(b.start, b.end - 12) : b.end].rstrip(_CLOSERS)[-1:] for b in page.blocks]
    is_end = np.array([bool(c) and c in _ENDS for c in lasts], np.float32)
    times = np.bincount(np.searchsorted(ends, [m.start() for m in _TIME.finditer(text)], "right"), minlength=len(size) + 1)[: len(size)]
    columns = [
        np.log1p(size) / 4,
        np.log1p(count) / 3,
        np.minimum(15.0, size / np.maximum(1, found)) / 8,
        is_end * (count >= _PROSE_WORDS),
        is_end,
        np.array([c == ":" for c in lasts]),
        np.array([c.isalnum() for c in lasts]),
        np.minimum(2.0, 20 * counted[_COMMA] / size),
        np.minimum(2.0, 40 * counted[_STOP] / size),
        counted[_QUESTION] > 0,
        np.minimum(1.0, 4 * counted[_DIGIT] / size),
        np.minimum(1.0, counted[_CAPITAL] / np.maximum(1, count)),
        (counted[_CAPITAL] > 3) & (counted[_SMALL] == 0),
        np.array([text[b.start + b.lead].islower() for b in page.blocks]),
        counted[_QUOTE] > 0,
        np.minimum(1.0, counted[_JOINER] / 4),
        times > 0,
        counted[_MONEY] > 0,
        np.array([b.lead > 0 for b in page.blocks]),
        np.array([b.gap for b in page.blocks]),
        np.array([b.level / 3 for b in page.blocks]),
        counted[_ADDRESS] > 0,
        count <= 4,
        count <= 1,
    ]
    return np.stack(columns, axis=1).astype(np.float32)


_SHARED = ["common-words", "common-share", "coherence", "coherence-far", "repeated", "repeated-often", "first-words-repeat", "top-words"]


def _shared(page: Page, words: list[list[str]], prose: Array) -> Array:
    """What a block has in common with the rest of its page: its function words, the words of its prose, its own text again."""
    vocabulary: dict[str, int] = {}
    ids = np.array([vocabulary.setdefault(w, len(vocabulary)) for found in words for w in found], np.int64)
    counts = np.array([len(found) for found in words])
    owner = np.repeat(np.arange(len(words)), counts)
    size = max(1, len(vocabulary))
    pairs = np.unique(owner * size + ids)
    pair_owner, pair_word = pairs // size, pairs % size
    in_prose = prose > 0
    tokens = np.bincount(ids[in_prose[owner]], minlength=size)
    spread = np.bincount(pair_word[in_prose[pair_owner]], minlength=size)
    common = np.zeros(size, bool)
    common[np.argsort(-tokens, kind="stable")[:_COMMON_WORDS]] = True
    common &= tokens > 0
    content = np.array([len(w) > 3 or not w.isascii() for w in vocabulary] or [False]) & ~common
    total = np.maximum(1, counts)
    candidates = np.maximum(1, _summed(pair_owner, content[pair_word], len(words)))
    known = _summed(pair_owner, content[pair_word] & (spread[pair_word] > in_prose[pair_owner]), len(words))
    top = _summed(pair_owner, content[pair_word] & (spread[pair_word] >= 3), len(words))
    in_common = _summed(owner, common[ids], len(words))
    texts = Counter(folded := [page.folded[b.start + b.lead : b.end] for b in page.blocks])
    again = np.array([texts[t] - 1 for t in folded])
    openings = Counter(pairs_of := [tuple(w[:2]) for w in words])
    columns = [
        np.minimum(2.0, in_common / 10),
        in_common / total,
        known / candidates,
        np.minimum(2.0, known / 5),
        again > 0,
        np.minimum(1.0, again / 4),
        np.minimum(1.0, np.array([openings[p] - 1 for p in pairs_of]) / 5),
        top / candidates,
    ]
    return np.stack(columns, axis=1).astype(np.float32)


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
    columns: list[Any] = [_window_mean(prose, w) for w in _WINDOWS] + [_window_mean(sizes, w) for w in _WINDOWS]
    total = max(1.0, float(weight.sum()))
    before = np.cumsum(weight) - weight
    peak = int(np.argmax(_window_mean(weight, 8))) if weight.any() else 0
    is_prose = prose > 0
    last = np.maximum.accumulate(np.where(is_prose, at, -1000))
    following = np.minimum.accumulate(np.where(is_prose, at, count + 1000)[::-1])[::-1]
    columns += [
        at / count,
        np.log1p(at) / 4,
        np.log1p(count - 1 - at) / 4,
        before / total,
        (total - before - weight) / total,
        np.log1p(at - last) / 4,
        np.log1p(following - at) / 4,
        np.log1p(np.abs(at - peak)) / 4,
        (at < peak).astype(np.float32),
        np.full(count, math.log1p(count) / 5),
        np.full(count, is_prose.mean()),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _window_mean(values: Array, width: int) -> Array:
    """Mean over the `width` blocks before, the block, and the `width` blocks after; fewer at the edges."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    at = np.arange(len(values))
    low, high = np.maximum(at - width, 0), np.minimum(at + width + 1, len(values))
    return np.asarray((sums[high] - sums[low]) / (high - low), np.float32)


_MARKED = [*(f"mark-{k}" for k in _KINDS), "mark-any", *(f"{side}-{k}" for k in _ANCHORS for side in ("since", "until"))]


def _marked(page: Page, marks: Sequence[Mark]) -> Array:
    """The rules' marks: how much of a block each kind covers, by score, and how far off the telling kinds are."""
    count = len(page.blocks)
    covered: Any = np.zeros((count, len(_KINDS)), np.float32)
    column: dict[Kind, int] = {kind: i for i, kind in enumerate(_KINDS)}
    ends = [b.end for b in page.blocks]
    for mark in marks:
        kind = column.get(mark.kind)
        if kind is None:
            continue
        index = bisect_right(ends, mark.start)
        while index < count and page.blocks[index].start < mark.end:
            block = page.blocks[index]
            share = (min(mark.end, block.end) - max(mark.start, block.start)) / (block.end - block.start)
            covered[index, kind] = max(covered[index, kind], mark.score * share)
            index += 1
    at = np.arange(count)
    columns = [covered, covered.max(axis=1, keepdims=True)]
    for anchor in _ANCHORS:
        seen = covered[:, column[anchor]] > 0.3
        last = np.maximum.accumulate(np.where(seen, at, -1000))
        following = np.minimum.accumulate(np.where(seen, at, count + 1000)[::-1])[::-1]
        columns += [np.exp((last - at) / 12.0)[:, None], np.exp((at - following) / 12.0)[:, None]]
    return np.hstack(columns).astype(np.float32)


_MARKUP = [
    "is-html", "link-share", "links-around", *(f"tag-{t}" for t in _TAGS), "heading", *(f"in-{t}" for t in (*_MAIN, *_SIDE)), "depth",
    "same-path-before", "same-path-after", "path-prose",
    *(f"word-{n}" for n in range(_BUCKETS)),
]  # fmt: skip


def _markup(page: Page) -> Array:
    """What the HTML says of a block."""
    count = len(page.blocks)
    found = np.zeros((count, len(_MARKUP)), np.float32)
    found[:, 0] = 1
    link = np.array([b.link_chars / max(1, b.end - b.start) for b in page.blocks], np.float32)
    found[:, 1] = np.minimum(link, 1)
    found[:, 2] = _window_mean(found[:, 1], 3)
    base = 3
    sizes: Counter[str] = Counter()
    for block in page.blocks:
        sizes[block.path] += block.end - block.start
    total = max(1, sum(sizes.values()))
    known: dict[str, list[int]] = {}
    hashed: dict[int, list[int]] = {}
    nest = base + len(_TAGS) + 1
    depth = nest + len(_MAIN) + len(_SIDE)
    for i, block in enumerate(page.blocks):
        if block.tag in _TAGS:
            found[i, base + _TAGS.index(block.tag)] = 1
        found[i, base + len(_TAGS)] = float(block.level > 0)
        around = known.get(block.path)
        if around is None:
            names = set(block.path.split("/"))
            around = known[block.path] = [n for n, t in enumerate((*_MAIN, *_SIDE)) if t in names]
        for n in around:
            found[i, nest + n] = 1
        found[i, depth] = block.path.count("/") / 8
        found[i, depth + 1] = float(i > 0 and page.blocks[i - 1].path == block.path)
        found[i, depth + 2] = float(i + 1 < count and page.blocks[i + 1].path == block.path)
        found[i, depth + 3] = sizes[block.path] / total
        buckets = hashed.get(id(block.words))
        if buckets is None:
            buckets = hashed[id(block.words)] = sorted({_bucket(w) for w in block.words})
        found[i, depth + 4 + np.array(buckets, np.int64)] = 1
    return found


def _bucket(word: str) -> int:
    """A hash that is the same in every process (FNV-1a, 32 bit)."""
    value = 2166136261
    for byte in word.encode("utf-8", "replace")[:32]:
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value % _BUCKETS


NAMES: tuple[str, ...] = (*_OWN, *_SHARED, *_AROUND, *_MARKED, *_MARKUP)
"""What each column means, in order."""

TEXT_COLUMNS = len(NAMES) - len(_MARKUP)
