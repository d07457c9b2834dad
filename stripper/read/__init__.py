"""From bytes or str to a Page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from stripper.errors import ReadError
from stripper.read.coarse import coarse
from stripper.read.encoding import Decoded, decode
from stripper.read.selector import NO_SELECTORS, Selector
from stripper.read.sniff import binary_format, is_html
from stripper.read.text import read_text
from stripper.types import Page

Source = str | bytes | bytearray | memoryview


def read(
    source: Source,
    url: str | None = None,
    as_: Literal["html", "text"] | None = None,
    encoding: str | None = None,
    crawled: date | None = None,
    selectors: Mapping[str, Selector] = NO_SELECTORS,
) -> Page:
    """Read `source` as HTML or as text; which of the two is recognised from its beginning, unless `as_` says it.

    `encoding` is a hint from outside, such as the charset of an HTTP Content-Type; it counts for bytes only, after a byte order mark.
    `crawled` is when the page was fetched; `selectors`, by their names, say which elements of HTML to remember (`Page.selected`).
    Raises TypeError for anything but str, bytes, bytearray or memoryview, and ReadError for binary formats.
    """
    _check(source, url, as_, encoding, crawled)
    if isinstance(source, str):
        return replace(_read(source, url, as_, selectors), crawled=crawled)
    data = bytes(source)
    if found := binary_format(data):
        article = "an" if found[0] in "aeioAEIO" else "a"
        raise ReadError(f"the source looks like {article + ' ' if ' data' not in found else ''}{found}, not like a page", found)
    decoded: Decoded = decode(data, encoding)
    page = _read(decoded.text, url, as_, selectors)
    return replace(page, encoding=decoded.encoding, crawled=crawled, warnings=decoded.warnings + page.warnings)


def _read(text: str, url: str | None, as_: str | None, selectors: Mapping[str, Selector]) -> Page:
    if as_ == "html" or (as_ is None and is_html(text)):
        from stripper.read.html import read_html  # text never pays for the parser's import

        return coarse(read_html(text, url, selectors))
    return coarse(read_text(text, url))


def _check(source: object, url: object, as_: object, encoding: object, crawled: object) -> None:
    if not isinstance(source, str | bytes | bytearray | memoryview):
        raise TypeError(f"source is {type(source).__name__}, expected str, bytes, bytearray or memoryview")
    if as_ is not None and not (isinstance(as_, str) and as_ in ("html", "text")):
        raise TypeError(f"as_ is {as_!r}, expected 'html', 'text' or None")
    for name, value in (("url", url), ("encoding", encoding)):
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{name} is {type(value).__name__}, expected str or None")
    if crawled is not None and not isinstance(crawled, date):
        raise TypeError(f"crawled is {type(crawled).__name__}, expected date, datetime or None")
