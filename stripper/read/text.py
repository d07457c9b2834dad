"""Flat text to a Page. The text itself is never changed, so that every offset is the caller's own.  [hot]"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from stripper.types import Block, Page

_LINE = re.compile(r"\S(?:[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*\S)?")
"""A line without the blanks around it."""
_MARKER = re.compile(r"(?:[•‣◦⁃∙·▪▫■□●○►▸➤»*–—-]|\(?\d{1,2}[.)])[ \t\xa0]+(?=\S)")
_MARKER_STARTS = frozenset("•‣◦⁃∙·▪▫■□●○►▸➤»*–—-(0123456789")
_SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]*[ \t\xa0]+(?=["'“‘«(\[]?(?:[^\W\d_a-zà-ÿ]|[©®]))|[。！？][」』”’）]*""")

_LONG_LINE = 400
"""A text with fewer line breaks than one in this many characters lost them: its blocks are sentences. (Paragraphs of news have 100 to 350.)"""
_WRAP_WIDTHS = range(50, 101)
"""Widths at which mail programs and terminals wrap lines."""


def fold(text: str) -> str:
    """The text for matching: same length, lower case, every blank and line break a plain space, quotes, apostrophes and dashes plain.

    U+0130 is the one code point whose lower() is longer than itself, so it is mapped first. One replace() a character costs a tenth of a translate().
    """
    text = without_surrogates(text)
    for plain, chars in _PLAIN.items():
        for char in chars:
            text = text.replace(char, plain)
    return text.lower()


_HALF_PAIR = re.compile("[\ud800-\udfff]")


def without_surrogates(text: str) -> str:
    """Half characters, which no encoding can write, as U+FFFD: expressions are run over UTF-8. Encoding is the quickest way to find one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _HALF_PAIR.sub("\ufffd", text)
    return text


def encoded(text: str) -> bytes:
    """The text in UTF-8, half characters as U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return without_surrogates(text).encode()


_PLAIN = {
    " ": "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff",
    "'": "‘’‚‛ʼ′`´＇",
    '"': "“”„‟«»″＂",
    "-": "‐‑‒–—―−－\xad",
    "i": "\u0130",
}


def read_text(text: str, url: str | None = None) -> Page:
    """A page whose blocks are the lines of `text`; its paragraphs where lines are wrapped; its sentences where it has hardly a line break."""
    return Page(text=text, folded=fold(text), blocks=tuple(_blocks(text)), source="text", url=url)


def _blocks(text: str) -> Iterator[Block]:
    spans = [line.span() for line in _LINE.finditer(text)]
    if len(spans) == 1 or (spans and len(text) > _LONG_LINE * len(spans) and max(end - start for start, end in spans) > 2 * _LONG_LINE):
        spans = [piece for span in spans for piece in _sentence_spans(text, *span)]
    elif _is_wrapped(text, spans):
        spans = list(_joined(text, spans))
    before = 0
    for start, end in spans:
        marker = _MARKER.match(text, start, end) if text[start] in _MARKER_STARTS else None
        gap = start > before + 1 and (text.count("\n", before, start) > 1 or text.count("\r", before, start) > 1)
        yield Block(start, end, marker.end() - start if marker else 0, gap)
        before = end


def _sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for stop in _SENTENCE_END.finditer(text, start, end):
        last = stop.start() + len(stop.group().rstrip())
        yield start, last
        start = stop.end()
    if start < end:
        yield start, end


def _is_wrapped(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether lines end where a terminal's width ended, not where a paragraph did."""
    if len(spans) < 8:
        return False
    width = max(end - start for start, end in spans)
    if width not in _WRAP_WIDTHS:
        return False
    inner = [a[1] - a[0] for a, b in itertools.pairwise(spans) if _adjoin(text, a, b)]
    return len(inner) > len(spans) / 2 and sum(n > width - 20 for n in inner) > 0.8 * len(inner)


def _adjoin(text: str, first: tuple[int, int], second: tuple[int, int]) -> bool:
    return text.count("\n", first[1], second[0]) == 1


def _joined(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, end = spans[0]
    for span in spans[1:]:
        if _adjoin(text, (start, end), span) and not _MARKER.match(text, *span):
            end = span[1]
        else:
            yield start, end
            start, end = span
    yield start, end
