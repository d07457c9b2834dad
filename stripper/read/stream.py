"""Runs of inline text to blocks.  [hot]

A run is what stands between two block borders. Signs for links, line breaks and table cells are written into it as NUL and a letter: a NUL
can't be text, because HTML parsers drop it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from stripper.read.spans import Spans
from stripper.types import Block

Attributes = dict[str, str | None]
Scope = list[Any]
"""An open element: the scope around it, its node, its role, its name, its attributes, the name its blocks bear, its depth, its path, its words.

Path and words are None until a block asks. A bare list, because one is made for every element of a page.
"""

OPEN_LINK, CLOSE_LINK, LINE, CELL = "\0(", "\0)", "\0n", "\0t"

_TIGHT = frozenset({"li", "tr", "td", "th", "dt", "dd"})
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_LONG_NAMES = 500
"""Characters of class names and ids that are read; more are not written by people."""
_LONG_CELL = 300
"""A table cell with more characters than this is a column of a layout, not a cell of a row of data."""
_DEEPEST_PATH = 100
"""Levels that paths and words tell of; real pages have up to about 60."""
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff \n\t"
_HUMPS = re.compile(r"[A-Z]?[^\W_A-Z]+|[A-Z]+(?![a-z])")
_NO_WORDS: frozenset[str] = frozenset()


def words_of(value: str) -> frozenset[str]:
    """The names in a class attribute or id, lower case, and their pieces: "postMeta--top" gives "postmeta--top", "post", "meta" and "top"."""
    lower = value.lower()
    words = lower.split()
    if "-" in lower or "_" in lower:
        words += lower.replace("-", " ").replace("_", " ").split()
    if lower != value:
        words += " ".join(_HUMPS.findall(value)).lower().split()
    return frozenset(words)


def names_of(attributes: Attributes) -> str:
    """Class, id, role and itemprop of an element in one string."""
    found = attributes.get("class") or ""
    if len(attributes) > 1 or not found:
        for name in ("id", "role", "itemprop"):
            if name in attributes and (value := attributes[name]):
                found = f"{found} {value}"
    return found[:_LONG_NAMES]


def _common(first: Scope, last: Scope) -> Scope:
    """The innermost scope around both."""
    while first is not last:
        if first[6] >= last[6] and first[0] is not None:
            first = first[0]
        elif last[0] is not None:
            last = last[0]
        else:
            break
    return first


class Stream:
    """Text and blocks of a page, in order."""

    def __init__(self, spans: Spans) -> None:
        self.spans = spans
        self.edges = spans.edges
        self.pieces: list[str] = []
        """The run so far."""
        self.blocks: list[Block] = []
        self.out: list[str] = []
        self.length = 0
        self.linked = False
        """Whether a link is open."""
        self.preformatted = 0
        """How many elements are open that keep their line breaks."""
        self.lists = 0
        """How many lists and tables are open."""
        self.new_item = False
        """Whether a list item or table row began since the last block."""
        self.border = True
        """Whether an outermost list or table began or ended since the last block."""
        self.broken = False
        """Whether nothing but a line break stands between the last block and the next."""
        self._last: Scope = [None, None, 0, "", {}, "", 0, "", _NO_WORDS]
        """The scope of the last block."""
        self._own_words: dict[str, frozenset[str]] = {}
        self._words: dict[tuple[int, str], frozenset[str]] = {}
        """For the id of the words around an element, and its own names, its words: blocks in equal places share one object."""

    def flush(self, first: Scope | None, last: Scope) -> None:
        """End the run, whose first and last text stand in these scopes. It becomes a block, or several where it holds empty lines or columns."""
        settled = len(self.out) if self.edges else 0
        before = self.length
        if first is not None:
            run = "".join(self.pieces)
            scope = first if first is last else _common(first, last)
            signs = run.count("\0")
            if self.preformatted or signs > 2 or (signs and not (run[0] == "\0" and run[1] == "(" and run[-2:] == CLOSE_LINK)):
                self._add_signed(run, scope)
            elif signs:
                text = " ".join(run[2:-2].split())
                self._add(text, len(text), scope, scope[5])
            else:
                self._add(" ".join(run.split()), 0, scope, scope[5])
        if self.edges:
            self.spans.settle(self.pieces, "".join(self.out[settled:]), before)
        self.pieces.clear()
        if self.linked:
            self.pieces.append(OPEN_LINK)

    def _add_signed(self, run: str, scope: Scope) -> None:
        if CELL not in run:
            self._add_lines(run, scope, scope[5])
            return
        cells = [cell for cell in run.split(CELL) if not _is_blank(cell)]
        if len(cells) == 1:
            self._add_lines(cells[0], scope, scope[5])
        elif any(LINE in cell or len(cell) > _LONG_CELL for cell in cells):
            for cell in cells:
                self._add_lines(cell, scope, "td")
        else:
            read = [_plain(cell, _collapse) for cell in cells]
            self._add("\t".join(text for text, _ in read), sum(chars for _, chars in read), scope, "tr")

    def _add_lines(self, run: str, scope: Scope, tag: str) -> None:
        """Add a run whose lines may be broken: each line is a block, as in flat text; but a heading stays one."""
        if self.preformatted:
            self._add(*_plain(run.replace(LINE, "\n"), _keep_lines), scope, tag)
            return
        if LINE not in run or tag in _LEVELS:
            self._add(*_plain(run.replace(LINE, " "), _collapse), scope, tag)
            return
        linked = ""
        for line in run.split(LINE):
            text, chars = _plain(linked + line, _collapse)
            if line.rfind(OPEN_LINK) != line.rfind(CLOSE_LINK):
                linked = OPEN_LINK if line.rfind(OPEN_LINK) > line.rfind(CLOSE_LINK) else ""
            self._add(text, chars, scope, tag)
            self.broken = bool(text)
        self.broken = False

    def _add(self, text: str, link_chars: int, scope: Scope, tag: str) -> None:
        if len(text) < 5 and not text.strip(_INVISIBLE):
            return
        blocks = self.blocks
        gap = not (self.broken or (self.new_item and not self.border and tag in _TIGHT and blocks[-1].tag in _TIGHT))
        start = self.length
        if blocks:
            self.out.append("\n\n" if gap else "\n")
            start += 2 if gap else 1
        self.length = end = start + len(text)
        self.out.append(text)
        if scope[7] is None:
            self._place(scope)
        shared = scope[6] if scope is self._last else _common(self._last, scope)[6]
        self._last = scope
        blocks.append(Block(start, end, 0, gap, tag, _LEVELS.get(tag, 0), scope[7], scope[8], link_chars, shared))
        self.new_item = self.border = False

    def _place(self, scope: Scope) -> None:
        """Tell a scope its path and words, and those around it that no block asked before."""
        fresh = []
        while scope[7] is None:
            fresh.append(scope)
            scope = scope[0]
        path, words = scope[7:]
        known = self._words
        for inner in reversed(fresh):
            if inner[6] <= _DEEPEST_PATH:
                path = f"{path}/{inner[3]}" if path else inner[3]
                if inner[4] and (names := names_of(inner[4])):
                    inside = known.get((id(words), names))
                    if inside is None:
                        inside = known[id(words), names] = words | self._named(names)
                    words = inside
            inner[7:] = path, words

    def _named(self, names: str) -> frozenset[str]:
        """The words of an element's names."""
        words = self._own_words.get(names)
        if words is None:
            words = self._own_words[names] = words_of(names)
        return words


def _collapse(run: str) -> str:
    return " ".join(run.split())


def _keep_lines(run: str) -> str:
    return "\n".join([line.rstrip() for line in run.splitlines()]).strip()


def _is_blank(run: str) -> bool:
    return not run.replace(OPEN_LINK, "").replace(CLOSE_LINK, "").replace(LINE, "").strip()


def _plain(run: str, tidy: Callable[[str], str]) -> tuple[str, int]:
    """The text of a run without its signs, and how many of its characters stand inside links."""
    if "\0" not in run:
        return tidy(run), 0
    pieces = run.split("\0")
    linked = 0
    for number, piece in enumerate(pieces):
        if number:
            pieces[number] = piece[1:]
            if piece[0] == "(":
                linked += len(" ".join(piece[1:].split()))
    text = tidy("".join(pieces))
    return text, min(linked, len(text))
