"""The lines of configurations as full-text feeds use them: a file a site, its name the site's host, a directive a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_LARGEST = 4_000_000
"""Bytes of a file; configurations have a few thousand."""
_MOST_LINES = 20_000
"""Directives of a file that are read."""
_HOST = re.compile(r"(?:[^\W_][\w-]*\.)+[^\W_][\w-]*")
_WITH_BRACKETS = re.compile(r"((?:replace_string|http_header)\(.{0,2000}?\))\s*:")


class Line(NamedTuple):
    """A directive: where it stands, its name and its value."""

    file: str
    number: int
    directive: str
    value: str


class Note(NamedTuple):
    """A line of a configuration, and what became of it; `number` is 0 where it is about the file."""

    file: str
    number: int
    said: str
    """The line, or its beginning."""
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.number}" if self.number else self.file
        return f"{place}: {self.said}: {self.reason}" if self.said else f"{place}: {self.reason}"


def host_of(file: Path) -> str | None:
    """The site that a file is about; None where its name is no host."""
    name = file.name.removesuffix(".txt").removeprefix(".").lower().removeprefix("www.")
    return name if file.name.endswith(".txt") and _HOST.fullmatch(name) and len(name) <= 253 else None


def lines_of(file: Path) -> Iterator[Line | Note]:
    """The directives of a file, in order, and what in it is none."""
    try:
        content = file.read_bytes() if file.stat().st_size <= _LARGEST else None
    except OSError as error:
        yield Note(str(file), 0, "", f"it can't be read: {error.strerror}")
        return
    if content is None:
        yield Note(str(file), 0, "", f"it has more than {_LARGEST:,} bytes")
        return
    seen = 0
    for number, line in enumerate(_decoded(content).split("\n"), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        seen += 1
        if seen > _MOST_LINES:
            yield Note(str(file), number, "", f"it and all lines behind it are left out: at most {_MOST_LINES:,} directives are read")
            return
        yield _directive(str(file), number, line)


def _directive(file: str, number: int, line: str) -> Line | Note:
    bracketed = _WITH_BRACKETS.match(line)
    name, colon, value = (bracketed[1], ":", line[bracketed.end() :]) if bracketed else line.partition(":")
    if "\0" in line:
        return Note(file, number, cut(line), "it holds a NUL")
    if not colon:
        return Note(file, number, cut(line), "it is no directive: there is no colon")
    return Line(file, number, name.strip().lower(), value.strip())


def _decoded(content: bytes) -> str:
    """UTF-8, or what old editors wrote."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def cut(text: str, most: int = 100) -> str:
    """The beginning of a text that may be long, on one line."""
    return " ".join((text if len(text) <= most else f"{text[:most]}...").split()).replace("\0", "\\0")
