"""Where elements that selectors match stand in the page's text.

The text isn't there yet when the walk enters and leaves an element: blanks are tidied when a run of text becomes a block. What doesn't change is how
many characters that show stand before a place, so borders are kept as pieces of the run, and found again by counting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from stripper.types import Selected

_SHOWN = re.compile(r"[^\s\u00ad\u200b-\u200f\u2060\ufeff]+")


class Spans:
    """The spans of the elements that a walk enters and leaves."""

    def __init__(self, matched: Mapping[int, tuple[str, ...]]) -> None:
        self.matched = matched
        """For the `mem_id` of elements the selectors that match them."""
        self.edges: list[tuple[int, bool, int]] = []
        """Borders in the run that is being read: number of the span, whether it begins, and how many pieces of the run stand before."""
        self._found: list[tuple[int, int, tuple[str, ...]]] = []
        self._open: list[int] = []

    def enter(self, mem_id: int, pieces: int) -> None:
        """An element begins behind so many pieces of the run."""
        self._open.append(len(self._found))
        self.edges.append((len(self._found), True, pieces))
        self._found.append((0, 0, self.matched[mem_id]))

    def leave(self, pieces: int) -> None:
        """The element entered last ends."""
        self.edges.append((self._open.pop(), False, pieces))

    def settle(self, pieces: Sequence[str], text: str, before: int) -> None:
        """The run has become this text, which begins behind `before` characters of the page's."""
        for (number, begins, _), place in zip(self.edges, _places(self.edges, pieces, text), strict=True):
            start, end, names = self._found[number]
            self._found[number] = (before + place, end, names) if begins else (start, before + place, names)
        self.edges.clear()

    def all(self, text: str, around: Sequence[str]) -> tuple[Selected, ...]:
        """The spans that hold text, in the page's order; those selectors that match what is around the whole text come first."""
        self.settle((), "", len(text))  # elements that end behind the last block
        found = [Selected(0, len(text), name) for name in around if text]
        for start, end, names in self._found:
            begin = end - len(text[start:end].lstrip())
            if begin < end:
                found += [Selected(begin, end, name) for name in names]
        return tuple(found)


def _places(edges: Sequence[tuple[int, bool, int]], pieces: Sequence[str], text: str) -> Iterator[int]:
    """The offset in the text for each border: before the next character that shows where a span begins, behind the last where it ends."""
    words = _SHOWN.finditer(text)
    word, passed = next(words, None), 0  # passed: characters that show before this word
    counted = count = 0
    last = 0
    for _, begins, piece in edges:
        while counted < piece:
            if not pieces[counted].startswith("\0"):
                count += sum(map(len, _SHOWN.findall(pieces[counted])))
            counted += 1
        while word is not None and passed + len(word[0]) < count + begins:
            passed, last, word = passed + len(word[0]), word.end(), next(words, None)
        if begins:
            yield word.start() + count - passed if word else len(text)
        else:
            yield word.start() + count - passed if word and count > passed else last
