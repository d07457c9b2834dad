"""What files are, as far as their names say."""

from __future__ import annotations

import re
from typing import NamedTuple

FORMATS = ("html", "text", "jsonl", "csv", "parquet", "warc", "zip")
"""What inputs can be read as; WET files are WARC, tables with tabs are CSV."""

PAGE = "page"
"""A page of which only a look inside tells whether it is HTML or text."""

PAGES = ("html", "text", PAGE)

_ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".txt": "text",
    ".text": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".warc": "warc",
    ".wet": "warc",
    ".zip": "zip",
}
_COMPRESSIONS = {".gz": "gz", ".zst": "zst"}
SOUGHT = ("parquet", "zip")
"""Formats that are read from their end, and compress by themselves."""
_WORD = re.compile(r"\.[a-z][a-z0-9]{0,9}")


class Ending(NamedTuple):
    """What a name says: the format ("" where it doesn't), how it is packed ("", "gz", "zst"), and the name without all that."""

    format: str
    compression: str
    stem: str


def ending(name: str) -> Ending:
    """What the name of a file says of it; capitals don't matter. "A.HTML.gz" is HTML, packed with gzip, with the stem "A"."""
    inner, last = _split(name)
    compression = _COMPRESSIONS.get(last, "")
    stem, last = _split(inner) if compression else (inner, last)
    form = _ENDINGS.get(last, "")
    if compression and form in SOUGHT:
        return Ending("", "", name)
    return Ending(form, compression, stem if form else inner if compression else name)


def format_if_named(said: Ending) -> str:
    """What a file is that somebody names, while in a folder its ending says nothing: .json are mostly lines of it, all others pages."""
    return "jsonl" if said.stem.lower().endswith(".json") else PAGE


def kind_of_file(name: str) -> str:
    """What a file is that isn't read, in few different words, because they are counted."""
    _, last = _split(name)
    return f"a file of type {last}" if _WORD.fullmatch(last) else "a file without a type" if not last else "a file of unknown type"


def is_hidden(name: str) -> bool:
    """Names that begin with a dot are hidden, and drafts of outputs have such names."""
    return name.startswith(".")


def _split(name: str) -> tuple[str, str]:
    stem, dot, last = name.rpartition(".")
    return (stem, dot + last.lower()) if stem else (name, "")
