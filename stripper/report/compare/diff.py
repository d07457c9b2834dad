"""What changed between two texts: by lines first, and by words inside the lines that changed.

The effort is bounded, and grows with the length of the texts only: where too much changed, lines or words that occur once in both hold the texts
together, and what lies between is told as one change. Nothing is ever left out: `old` and `new` can be rebuilt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from stripper.report.compare.sequences import matches

_MOST_WORDS = 200_000
"""Characters of changed lines, of both texts together, that are compared word by word."""
_MOST_PAIRS = 1_600
"""Pairs of changed lines in one place that are tried for being versions of each other."""
_MOST_READ = 10_000
"""Characters of a line that are read for that."""
_ALIKE = 0.4
"""The share of their words that two versions of a line have in common; with fewer, they are two lines."""
_CHANCE = 3
"""Letters and digits between two changes that are no common ground but chance."""
_BACK = 40
"""Characters within which the border of a word is looked for."""

_LINE = re.compile(r"[^\n]*\n+|[^\n]+")
"""A line with the blank lines behind it, which alone would be the same everywhere."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\s|[^\w\s]")
"""A letter of a script that has no blanks, a word, a blank, or a sign."""


class Side(StrEnum):
    """Which of two texts has a piece."""

    SAME = "same"
    GONE = "gone"
    COME = "come"


class Piece(NamedTuple):
    """A stretch of text that both have, or that is gone from the old one, or that came with the new one. It isn't empty."""

    side: Side
    text: str


class Stretch(NamedTuple):
    """A place with changes, and some of the text around them."""

    skipped: int
    """Characters between the stretch before and this one, which are the same in both texts."""
    pieces: tuple[Piece, ...]
    """Empty in a last one that only says what was skipped."""


def diff(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of two texts, in their order; where both changed, what is gone comes first.

    All pieces but those that came are `old`, and all but those that are gone are `new`.
    """
    pieces: list[Piece] = []
    left = _MOST_WORDS
    for same, gone, come in _runs(_LINE.findall(old), _LINE.findall(new)):
        pieces += _same("".join(same))
        for before, after in _versions(gone, come):
            head, was, now, tail = _trimmed(before, after)
            compared = len(was) + len(now)
            if was and now and compared <= left:
                left -= compared
                middle = _by_words(was, now)
            else:
                middle = _whole(was, now)
            line = [*_same(head), *middle, *_same(tail)]
            pieces += line if _shared(line) >= _ALIKE * min(len(before), len(after)) else _whole(before, after)
    return tuple(_joined(pieces))


def size(pieces: Iterable[Piece]) -> int:
    """Characters that are gone, and those that came."""
    return sum(len(piece.text) for piece in pieces if piece.side is not Side.SAME)


def stretches(pieces: Sequence[Piece], around: int = 100) -> tuple[Stretch, ...]:
    """The places with changes, with about `around` characters before and behind each, cut between words."""
    found: list[Stretch] = []
    current: list[Piece] = []
    skipped = 0
    for number, piece in enumerate(pieces):
        if piece.side is not Side.SAME or (current and len(piece.text) <= 2 * around and number < len(pieces) - 1):
            current.append(piece)
            continue
        head = _beginning(piece.text, around) if current else ""
        tail = _end(piece.text[len(head) :], around) if number < len(pieces) - 1 else ""
        if current:
            found.append(Stretch(skipped, tuple(current + _same(head))))
        skipped = len(piece.text) - len(head) - len(tail)
        current = _same(tail)
    if current:
        found.append(Stretch(skipped, tuple(current)))
    elif skipped and found:
        found.append(Stretch(skipped, ()))
    return tuple(found)


def cut(found: Sequence[Stretch], most: int) -> tuple[tuple[Stretch, ...], int]:
    """The first stretches, with no more than `most` characters of changed text, and how many there are; "…" ends a piece that is cut."""
    kept: list[Stretch] = []
    left = most
    for stretch in found:
        pieces: list[Piece] = []
        for piece in stretch.pieces:
            if piece.side is Side.SAME:
                pieces.append(piece)
            elif left > 0:
                pieces.append(piece if len(piece.text) <= left else Piece(piece.side, f"{piece.text[:left]}…"))
                left -= len(piece.text)
        kept.append(Stretch(stretch.skipped, tuple(pieces)))
        if left <= 0:
            break
    return tuple(kept), most - max(left, 0)


def _same(text: str) -> list[Piece]:
    return [Piece(Side.SAME, text)] if text else []


def _beginning(text: str, most: int) -> str:
    cut = text[: most + 1].rfind(" ") if len(text) > most else len(text)
    return text[: cut + 1] if cut > most // 2 else text[:most]


def _end(text: str, most: int) -> str:
    start = max(0, len(text) - most)
    cut = text.find(" ", start, start + most // 2) if start else -1
    return text[cut + 1 :] if cut >= 0 else text[start:]


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """What is the same, and behind it what is gone and what came, again and again."""
    i = j = count = 0
    for at, there, following in (*matches(old, new), (len(old), len(new), 0)):
        yield old[i - count : i], old[i:at], new[j:there]
        i, j, count = at + following, there + following, following
    yield old[i - count : i], (), ()


def _versions(gone: Sequence[str], come: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Changed lines, those that are versions of each other together, and the others each with nothing."""
    if len(gone) == len(come) == 1:
        yield gone[0], come[0]
        return
    pairs: list[tuple[int, int]] = []
    if gone and come and len(gone) * len(come) <= _MOST_PAIRS:
        pairs = _alike(gone, come)
    elif len(gone) == len(come) and sum(map(len, (*gone, *come))) <= _MOST_WORDS:
        pairs = [(number, number) for number in range(len(gone))]
    i = j = 0
    for at, there in (*pairs, (len(gone), len(come))):
        if at > i:
            yield "".join(gone[i:at]), ""
        if there > j:
            yield "", "".join(come[j:there])
        if at < len(gone):
            yield gone[at], come[there]
        i, j = at + 1, there + 1


def _alike(gone: Sequence[str], come: Sequence[str]) -> list[tuple[int, int]]:
    """Which lines are versions of each other: the pairs, in the order of both, that have the most in common."""
    words, others = ([frozenset(_WORD.findall(line[:_MOST_READ])) for line in lines] for lines in (gone, come))
    best = [[0.0] * (len(come) + 1) for _ in range(len(gone) + 1)]
    for i in range(len(gone) - 1, -1, -1):
        for j in range(len(come) - 1, -1, -1):
            common = 2 * len(words[i] & others[j]) / (len(words[i]) + len(others[j]))
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + common if common >= _ALIKE else 0.0)
    pairs = []
    i = j = 0
    while i < len(gone) and j < len(come) and best[i][j]:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _by_words(gone: str, come: str) -> list[Piece]:
    pieces: list[Piece] = []
    for same, was, now in _runs(_WORD.findall(gone), _WORD.findall(come)):
        pieces += [*_same("".join(same)), *_whole("".join(was), "".join(now))]
    return list(_joined(_without_chance(list(_joined(pieces)))))


def _shared(pieces: Iterable[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces if piece.side is Side.SAME)


def _without_chance(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """What is the same by chance between two changes is told as changed, too."""
    for number, piece in enumerate(pieces):
        letters = sum(map(str.isalnum, piece.text[: 2 * _CHANCE])) if len(piece.text) <= 2 * _CHANCE else _CHANCE + 1
        if piece.side is Side.SAME and letters <= _CHANCE and 0 < number < len(pieces) - 1 and "\n" not in piece.text:
            yield from _whole(piece.text, piece.text)
        else:
            yield piece


def _whole(gone: str, come: str) -> list[Piece]:
    return [Piece(Side.GONE, gone), Piece(Side.COME, come)]


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one side together, those that are gone before those that came, and none that is empty."""
    for same, group in groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.side is Side.SAME):
        found = list(group)
        for side in (Side.SAME,) if same else (Side.GONE, Side.COME):
            if text := "".join(piece.text for piece in found if piece.side is side):
                yield Piece(side, text)


def _trimmed(old: str, new: str) -> tuple[str, str, str, str]:
    """What both begin with, what is left of each, and what both end with; cut between words."""
    most = min(len(old), len(new))
    head = _longest(most, lambda near, far: old[near:far] == new[near:far])
    ends = range(head, head - min(head, _BACK) - 1, -1)
    head = next((at for at in ends if not _in_word(old, at) and not _in_word(new, at)), head)
    low, high = len(old), len(new)
    tail = _longest(most - head, lambda near, far: old[low - far : low - near] == new[high - far : high - near])
    starts = ((back, low - tail + back, high - tail + back) for back in range(min(tail, _BACK) + 1))
    tail -= next((back for back, here, there in starts if not _in_word(old, here) and not _in_word(new, there)), 0)
    return old[:head], old[head : low - tail], new[head : high - tail], old[low - tail :]


def _in_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _longest(most: int, equal: Callable[[int, int], bool]) -> int:
    """How far two texts are equal, by halving; `equal` compares the parts between two distances."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if equal(low, middle):
            low = middle
        else:
            high = middle - 1
    return low
