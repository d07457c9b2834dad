"""A page as arrays of characters, blocks and words, so that nothing is done per block in Python.  [hot]"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from stripper.types import Page

_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Scripts without blanks between words: Kana, Han, Thai, Lao, Burmese, Khmer."""
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


def words_of(text: str) -> list[str]:
    """The words of a folded text; every character of a script without blanks is one."""
    return _WORD.findall(text)


COMMA, STOP, QUESTION, DIGIT, CAPITAL, QUOTE, JOINER, MONEY, SMALL, ALNUM, CLOSER, COLON, PARTED, UNSPACED = (1 << i for i in range(14))
"""Classes of characters, as bits: one character may be of several."""
COUNTED = np.array([COMMA, STOP, QUESTION, DIGIT, CAPITAL, QUOTE, JOINER, MONEY], np.uint16)
"""The classes that are counted in each block, in the order of the counts."""
TELLING = int(COUNTED.sum())
"""All of them in one number."""
_LISTED = {
    COMMA: ",،、，", STOP: ".!?…।؟。！？", QUESTION: "?؟？", QUOTE: "\"“”„‟«»″「」", JOINER: "|/›»·•→>+©#@", MONEY: "$€£¥₹₽₺₩%￥",
    CLOSER: "\"'”’»)]）」』", COLON: ":：", PARTED: ":./-",
}  # fmt: skip
_TABLE_SIZE = 0x10000
"""Code points beyond are letters of rare scripts, and emoji."""


def _class_table() -> Any:
    """For every code point below `_TABLE_SIZE` the classes it belongs to, as bits; rarer ones share the last entry, which is a letter's."""
    table = np.zeros(_TABLE_SIZE, np.uint16)
    alone = re.compile(f"[{_UNSPACED}]")
    for bit, chars in _LISTED.items():
        table[[ord(c) for c in chars]] |= bit
    for code in range(_TABLE_SIZE):
        char = chr(code)
        table[code] |= UNSPACED * bool(alone.match(char))
        if char.isalnum():
            table[code] |= ALNUM | DIGIT * char.isdecimal() | CAPITAL * char.isupper() | SMALL * char.islower()
    table[-1] = ALNUM
    return table


_CLASSES = _class_table()


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of all blocks, one after the other, as numbers: the same word has the same number. B blocks, W words, V different ones."""

    ids: Any
    """W: numbers from 0 to V - 1."""
    counts: Any
    """B: how many words each block has."""
    content: Any
    """V: whether a word is long enough to carry meaning: four letters, or any length where a script says more with one."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
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
    words: Words


def view_of(page: Page) -> View:
    blocks = np.array([(b.start, b.end, b.lead, b.gap, b.level) for b in page.blocks])
    begins, ends, leads = blocks[:, 0], blocks[:, 1], blocks[:, 2]
    codes = np.frombuffer(page.text.encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _CLASSES.take(codes, mode="clip")
    words = _words(np.frombuffer(page.folded.encode("utf-32-le"), np.uint32), classes, blocks)
    return View(begins, begins + leads, ends, blocks, codes, classes, words)


def _words(folded: Any, classes: Any, blocks: Any) -> Words:
    """What `words_of` finds, as numbers. Words with the same length and the same first eight letters count as the same."""
    in_word = (classes & ALNUM) > 0
    for begin, _, lead in blocks[blocks[:, 2] > 0, :3].tolist():
        in_word[begin : begin + lead] = False  # a list's number is no word
    goes_on = np.zeros(len(in_word) + 1, bool)
    np.logical_and(in_word[:-1], in_word[1:], out=goes_on[1:-1])
    alone = np.flatnonzero(classes & UNSPACED)
    goes_on[alone] = goes_on[alone + 1] = False
    first = np.flatnonzero(in_word & ~goes_on[:-1])
    lengths = np.flatnonzero(in_word & ~goes_on[1:]) - first + 1
    counts = np.searchsorted(first, blocks[:, 1]) - np.searchsorted(first, blocks[:, 0])
    if not len(first):
        return Words(np.zeros(0, np.int64), counts, np.zeros(1, bool))
    starting = folded[first]
    letters = np.concatenate([folded.astype(np.uint8), np.zeros(8, np.uint8)])
    keys = letters[first[:, None] + np.arange(8)].view(np.uint64)[:, 0] & _FIRST[np.minimum(lengths, 8)]
    ids = numbered((keys + lengths.astype(np.uint64) + (starting.astype(np.uint64) << np.uint64(40))) * SPREAD)
    content = np.zeros(int(ids.max()) + 1, bool)
    content[ids] = (lengths > 3) | (starting > 127)
    return Words(ids, counts, content)


_FIRST = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)
"""Masks for the first n of eight letters, a byte each."""
SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""An odd constant near 2^64 divided by the golden ratio; products with it spread over all bits (Knuth, The Art of Computer Programming 3, 6.4)."""
POWERS = np.cumprod(np.full(64, SPREAD))


def numbered(keys: Any) -> Any:
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
