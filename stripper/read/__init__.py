"""From bytes or str to a Page."""

from __future__ import annotations

from typing import Literal

from stripper.read.text import read_text
from stripper.types import Page

Source = str | bytes | bytearray | memoryview


def read(source: Source, url: str | None = None, as_: Literal["html", "text"] | None = None, encoding: str | None = None) -> Page:
    """Read `source` as HTML or as text; which of the two is recognised from its beginning, unless `as_` says it.

    `encoding` is a hint from outside, such as the charset of an HTTP Content-Type; it counts for bytes only, after a byte order mark.
    Raises TypeError for anything but str, bytes, bytearray or memoryview, and ReadError for binary formats.
    """
    text = source if isinstance(source, str) else bytes(source).decode("utf-8", "replace")
    if as_ == "html" or (as_ is None and text.lstrip()[:1] == "<"):
        from stripper.read.html import read_html

        return read_html(text, url)
    return read_text(text, url)
