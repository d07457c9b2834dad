"""Runs of inline text to blocks.  [hot]

A run is what stands between two block borders. Signs for links, line breaks and table cells are written into it as NUL and a letter: a NUL
can't be text, because HTML parsers drop it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from stripper.types import Block

Attributes = dict[str, str | None]

OPEN_LINK, CLOSE_LINK, LINE, CELL = "\0(", "\0)", "\0n", "\0t"

_TIGHT = frozenset({"li", "tr", "td", "th", "dt", "dd"})
_LENDERS = frozenset(
    {"li", "dt", "dd", "td", "th", "blockquote", "figcaption", "caption", "summary", "legend", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}
)
"""Elements that give their name to the blocks of plain containers inside them."""
_CONTAINERS = frozenset({"div", "section", "header", "footer", "center", "address", "hgroup", "form", "fieldset", "figure"})
_PARAGRAPH_LENDERS = frozenset({"li", "dd", "blockquote", "figcaption"})
_NAMED = ("class", "id", "role", "itemprop")
_LONG_NAMES = 2000
"""Characters of class names and ids that are read; more are not written by people."""
_LONG_CELL = 300
"""A table cell with more characters than this is a column of a layout, not a cell of a row of data."""
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff \n\t"
_PIECE = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[^\W\dA-Z_]+|\d+")


class Scope:
    """An element on the way to a text: its name, its attributes, and the scope around it."""

    __slots__ = ("_path", "_words", "attributes", "block", "depth", "outer", "tag")

    def __init__(self, outer: Scope | None, tag: str, attributes: Attributes, block: str) -> None:
        self.outer = outer
        self.tag = tag
        self.attributes = attributes
        self.block = block
        self.depth: int = outer.depth + 1 if outer else 0
        self._path: str | None = None
        self._words: frozenset[str] | None = None

    @property
    def path(self) -> str:
        """Names of the elements from the body's child down to this one, joined by "/"."""
        if self._path is None:
            around = self.outer.path if self.outer else ""
            self._path = f"{around}/{self.tag}" if around else self.tag
        return self._path

    @property
    def words(self) -> frozenset[str]:
        """Words of class, id, role and itemprop of this element and those around it."""
        if self._words is None:
            around = self.outer.words if self.outer else frozenset()
            attributes = self.attributes
            for name in _NAMED:
                if value := attributes.get(name):
                    around |= words_of(value[:_LONG_NAMES])
            self._words = around
        return self._words


@functools.lru_cache(maxsize=8192)
def words_of(value: str) -> frozenset[str]:
    """The names in a class attribute or id, lower case, and their pieces: "postMeta--top" gives "postmeta--top", "post", "meta" and "top"."""
    words = set(value.lower().split())
    words.update(piece.lower() for piece in _PIECE.findall(value))
    return frozenset(words)


def block_name(tag: str, outer: Scope) -> str:
    """The name that blocks of the element `tag` bear: plain containers and paragraphs inside a list item, a quote or a caption bear its name."""
    lender = outer.block
    if (tag in _CONTAINERS and lender in _LENDERS) or (tag == "p" and lender in _PARAGRAPH_LENDERS):
        return lender
    return tag


def _common(first: Scope, last: Scope) -> Scope:
    """The innermost scope around both."""
    while first is not last:
        if first.depth >= last.depth and first.outer:
            first = first.outer
        elif last.outer:
            last = last.outer
        else:
            break
    return first


def _collapse(run: str) -> str:
    return " ".join(run.split())


def _keep_lines(run: str) -> str:
    return "\n".join([line.rstrip() for line in run.splitlines()]).strip()


class Stream:
    """Text and blocks of a page, in order."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        """The run so far."""
        self.first: Scope | None = None
        """The scope of the run's first text."""
        self.last: Scope | None = None
        self.blocks: list[Block] = []
        self.out: list[str] = []
        self.length = 0
        self.linked = False
        self.preformatted = 0
        self.lists = 0
        """How many lists and tables are open."""
        self.new_item = False
        """Whether a list item or table row began since the last block."""
        self.border = True
        """Whether a list or table began or ended since the last block."""

    def flush(self) -> None:
        """End the run; it becomes a block, or several where it holds empty lines or the columns of a layout."""
        pieces = self.pieces
        if not pieces:
            return
        first, last = self.first, self.last
        if first is not None and last is not None:
            run = "".join(pieces)
            scope = first if first is last else _common(first, last)
            if "\0" not in run and not self.preformatted:
                self._add(" ".join(run.split()), 0, scope, scope.block)
            else:
                self._add_signed(run, scope)
            self.first = self.last = None
        pieces.clear()
        if self.linked:
            pieces.append(OPEN_LINK)

    def _add_signed(self, run: str, scope: Scope) -> None:
        cells = [cell for cell in run.split(CELL) if not _is_blank(cell)]
        if len(cells) == 1:
            self._add_lines(cells[0], scope, scope.block)
        elif any(LINE in cell or len(cell) > _LONG_CELL for cell in cells):
            for cell in cells:
                self._add_lines(cell, scope, "td")
        else:
            read = [_plain(cell, _collapse) for cell in cells]
            self._add("\t".join(text for text, _ in read), sum(chars for _, chars in read), scope, "tr")

    def _add_lines(self, run: str, scope: Scope, tag: str) -> None:
        """Add a run whose lines are broken; an empty line ends a block."""
        if self.preformatted:
            self._add(*_plain(run.replace(LINE, "\n"), _keep_lines), scope, tag)
            return
        texts: list[str] = []
        link_chars = 0
        linked = ""
        for line in run.split(LINE):
            text, chars = _plain(linked + line, _collapse)
            if line.rfind(OPEN_LINK) != line.rfind(CLOSE_LINK):
                linked = OPEN_LINK if line.rfind(OPEN_LINK) > line.rfind(CLOSE_LINK) else ""
            if text:
                texts.append(text)
                link_chars += chars
            elif texts:
                self._add("\n".join(texts), link_chars, scope, tag)
                texts, link_chars = [], 0
        if texts:
            self._add("\n".join(texts), link_chars, scope, tag)

    def _add(self, text: str, link_chars: int, scope: Scope, tag: str) -> None:
        if not text or (len(text) < 5 and not text.strip(_INVISIBLE)):
            return
        blocks = self.blocks
        gap = not (self.new_item and not self.border and tag in _TIGHT and blocks[-1].tag in _TIGHT)
        if blocks:
            self.out.append("\n\n" if gap else "\n")
            self.length += 2 if gap else 1
        start = self.length
        self.length = end = start + len(text)
        self.out.append(text)
        level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else 0
        blocks.append(Block(start, end, 0, gap, tag, level, scope.path, scope.words, link_chars))
        self.new_item = self.border = False


def _is_blank(run: str) -> bool:
    return not run.replace(OPEN_LINK, "").replace(CLOSE_LINK, "").replace(LINE, "").strip()


def _plain(run: str, tidy: Callable[[str], str]) -> tuple[str, int]:
    """The text of a run without its signs, and how many of its characters stand inside links."""
    if "\0" not in run:
        return tidy(run), 0
    pieces = run.split("\0")
    if len(pieces) == 3 and not pieces[0] and pieces[2] == ")":
        text = tidy(pieces[1][1:])
        return text, len(text)
    linked = 0
    for number, piece in enumerate(pieces):
        if number:
            pieces[number] = piece[1:]
            if piece[0] == "(":
                linked += len(_collapse(piece[1:]))
    text = tidy("".join(pieces))
    return text, min(linked, len(text))
