"""What two runs removed from the same document: the same, the same under another name, or something else."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

_LEAST = 12
"""Characters of the shortest text that doesn't stand in another by chance."""
_MOST_SEARCHED = 50_000_000
"""Characters that are searched for lines of one document."""


class Label(NamedTuple):
    """Who removed a span, and as what."""

    kind: str
    rule: str


class Span(NamedTuple):
    """A removed span: its place in the page's text, and the text itself."""

    label: Label
    start: int
    end: int
    text: str

    def part(self, start: int, end: int) -> Span:
        """A part of it; the places are the page's."""
        return Span(self.label, start, end, self.text[start - self.start : end - self.start])


class Renamed(NamedTuple):
    """A text that both runs removed, as different things."""

    text: str
    old: Label
    new: Label


class Removals(NamedTuple):
    """What became of removed text between two runs."""

    lost: tuple[Span, ...] = ()
    """What only the old run removed."""
    gained: tuple[Span, ...] = ()
    """What only the new run removed."""
    renamed: tuple[Renamed, ...] = ()

    @property
    def size(self) -> int:
        """Characters of them all."""
        return sum(len(span.text) for spans in (self.lost, self.gained, self.renamed) for span in spans)


NONE = Removals()


def spans(entries: Iterable[dict[str, Any]]) -> list[Span]:
    """The spans of a row's column `removed`."""
    return [Span(Label(entry["kind"], entry["rule"]), entry["start"], entry["end"], entry["text"]) for entry in entries]


def removals(old: Sequence[Span], new: Sequence[Span]) -> Removals:
    """What two runs removed from the same document, compared. Scores don't count, and places only help to find what belongs together:

    spans with the same text first, and of the others those parts that both runs removed from the same place.
    """
    renamed: list[tuple[int, Renamed]] = []
    left, right = _same(old, new, renamed)
    lost, gained = _overlapping(left, right, renamed)
    return Removals(tuple(filter(_seen, lost)), tuple(filter(_seen, gained)), tuple(found for _, found in sorted(renamed, key=lambda item: item[0])))


def _seen(span: Span) -> bool:
    return not span.text.isspace() and bool(span.text)


def _same(old: Sequence[Span], new: Sequence[Span], renamed: list[tuple[int, Renamed]]) -> tuple[list[Span], list[Span]]:
    """Takes away the spans that both have, and those with the same text, which are renamed; returns the others."""
    common = Counter((span.label, span.text) for span in old) & Counter((span.label, span.text) for span in new)
    left = _without(old, common)
    waiting: dict[str, list[Span]] = defaultdict(list)
    for span in reversed(left):
        waiting[span.text].append(span)
    others, taken = [], set()
    for span in _without(new, common):
        if partners := waiting[span.text]:
            partner = partners.pop()
            taken.add(id(partner))
            renamed.append((span.start, Renamed(span.text, partner.label, span.label)))
        else:
            others.append(span)
    return [span for span in left if id(span) not in taken], others


def _without(found: Iterable[Span], common: Counter[tuple[Label, str]]) -> list[Span]:
    left = Counter(common)
    kept = []
    for span in found:
        if left[span.label, span.text]:
            left[span.label, span.text] -= 1
        else:
            kept.append(span)
    return kept


def _overlapping(old: Sequence[Span], new: Sequence[Span], renamed: list[tuple[int, Renamed]]) -> tuple[list[Span], list[Span]]:
    """Takes away the parts that both removed from the same place; returns what is left of both."""
    old, new = sorted(old, key=_place), sorted(new, key=_place)
    if not _apart(old) or not _apart(new):
        return old, new
    shared: list[tuple[int, int]] = []
    first = 0
    for span in new:
        while first < len(old) and old[first].end <= span.start:
            first += 1
        at = first
        while at < len(old) and old[at].start < span.end:
            start, end = max(span.start, old[at].start), min(span.end, old[at].end)
            mine, theirs = span.part(start, end), old[at].part(start, end)
            if mine.text == theirs.text:
                shared.append((start, end))
                if mine.label != theirs.label and _seen(mine):
                    renamed.append((start, Renamed(mine.text, theirs.label, mine.label)))
            at += 1
    return [part for span in old for part in _outside(span, shared)], [part for span in new for part in _outside(span, shared)]


def _apart(found: Sequence[Span]) -> bool:
    """Whether none lies over another, as it is in rows that stripper wrote."""
    return all(before.end <= after.start for before, after in pairwise(found))


def _place(span: Span) -> int:
    return span.start


def _outside(span: Span, shared: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The parts of a span that don't lie in some places, which are in order."""
    start = span.start
    for low, high in shared[max(0, bisect_right(shared, (span.start, span.start)) - 1) :]:
        if low >= span.end:
            break
        if high > start:
            if low > start:
                yield span.part(start, low)
            start = high
    if start < span.end:
        yield span.part(start, span.end)


class Reason(NamedTuple):
    """Why text isn't in a body: so many characters of it were removed as something."""

    label: Label
    chars: int


class Reasons:
    """Finds the spans that explain why a text is in one body and not in the other, by their text.

    Whole spans and their lines are known; of other lines, those that stand in a span, as long as searching for them takes no longer than reading.
    """

    def __init__(self, removed: Iterable[Span]) -> None:
        self._known: dict[str, Label] = {}
        self._labels: list[Label] = []
        self._ends: list[int] = []
        texts = []
        for span in removed:
            text = _plain(span.text)
            for line in (text, *map(_plain, span.text.splitlines())):
                self._known.setdefault(line, span.label)
            texts.append(text)
            self._labels.append(span.label)
            self._ends.append(len(text) + 1 + (self._ends[-1] if self._ends else 0))
        self._text = "\n".join(texts)
        self._left = _MOST_SEARCHED

    def of(self, text: str) -> tuple[Reason, ...]:
        """What removed a text, by characters; empty where nothing is known of it."""
        if label := self._known.get(_plain(text)):
            return (Reason(label, len(text.strip())),)
        chars: Counter[Label] = Counter()
        for line in map(_plain, text.splitlines()):
            if line and (label := self._known.get(line) or self._holding(line)):
                chars[label] += len(line)
        return tuple(Reason(label, count) for label, count in sorted(chars.items(), key=lambda item: (-item[1], item[0])))

    def _holding(self, line: str) -> Label | None:
        if len(line) < _LEAST or self._left < len(self._text):
            return None
        self._left -= len(self._text)
        at = self._text.find(line)
        return self._labels[bisect_right(self._ends, at)] if at >= 0 else None


def _plain(text: str) -> str:
    return " ".join(text.split())
