"""Rows of tables to documents: which column is what, and what a value must be."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

from stripper.batch.amount import amount
from stripper.batch.document import Document, Place, Reading
from stripper.batch.inputs import InputFile
from stripper.errors import InputError

_SHOWN = 20
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
_ID_IN_TARGET = 60
_NAMES = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


class Columns(NamedTuple):
    """The names of the columns that matter; None where there is none. With both html and text, text counts where html has no value."""

    html: str | None
    text: str | None
    url: str | None
    id: str | None


class Spot(NamedTuple):
    """Where a row stands: its number, counted from 1, how a person finds it, and the same within its file."""

    number: int
    name: str
    place: str


def columns(names: Collection[str], reading: Reading, what: str = "column") -> Columns:
    """Which of these columns is what. Raises LookupError where one that was asked for isn't there, or none that holds pages."""
    chosen = [name for name in (reading.html_field, reading.text_field, reading.url_field, reading.id_field) if name is not None]
    if missing := [name for name in chosen if name not in names]:
        raise LookupError(f"no {what} {' and none '.join(map(repr, missing))}; {_there(names, what)}")
    html, text = reading.html_field, reading.text_field
    if html is None and text is None:
        html, text = ("html" if "html" in names else None), ("text" if "text" in names else None)
        if html is None and text is None:
            raise LookupError(f"no {what} 'html' and none 'text'; {_there(names, what)}")
    return Columns(html, text, reading.url_field or ("url" if "url" in names else None), reading.id_field or ("id" if "id" in names else None))


def row_document(file: InputFile, spot: Spot, row: Mapping[str, object], chosen: Columns, reading: Reading) -> Document:
    """The document of one row; one with an error where a value isn't what it must be."""
    given = _plain(row.get(chosen.id)) if chosen.id else None
    id_ = given or f"{file.id}:{spot.number}"
    blank = Document(id_, spot.name, Place(), target=_target(file, spot.number, given))
    try:
        if reading.id_field and given is None and row.get(reading.id_field) not in (None, ""):
            raise ValueError(f"{reading.id_field!r} is {_kind(row[reading.id_field])}, expected text or a number")
        url = _url(row, chosen, reading)
        content, as_ = _content(row, chosen)
        if content is not None and _bytes(content, reading.max_document) > reading.max_document:
            raise ValueError(f"larger than {amount(reading.max_document)}")
    except ValueError as error:
        return blank._replace(error=str(InputError(file.name, spot.place, str(error))))
    return blank._replace(content=content, url=url, as_=as_)


def broken_row(file: InputFile, spot: Spot, reason: str) -> Document:
    """A row that can't be read."""
    error = str(InputError(file.name, spot.place, reason))
    return Document(f"{file.id}:{spot.number}", spot.name, Place(), target=_target(file, spot.number, None), error=error)


def safe(name: str) -> str:
    """A name as a part of a file's name: ASCII letters, digits, "-", "_" and ".", at most 60 characters; "" where nothing is left."""
    return _UNSAFE.sub("-", name)[:_ID_IN_TARGET].strip("-.")


def _there(names: Collection[str], what: str) -> str:
    shown = sorted(names)[:_SHOWN]
    more = f" and {len(names) - _SHOWN} others" if len(names) > _SHOWN else ""
    return f"its {what}s are {', '.join(f'{name!r:.80}' for name in shown)}{more}" if shown else f"it has no {what}s"


def _target(file: InputFile, number: int, given: str | None) -> str:
    short = safe(given) if given else ""
    return f"{file.target}/{number:06}" + (f"-{short}" if short else "")


def _content(row: Mapping[str, object], chosen: Columns) -> tuple[str | bytes | None, Literal["html", "text"] | None]:
    html = _page(row, chosen.html)
    if html or chosen.text is None:
        return html, "html"
    text = _page(row, chosen.text)
    return (html, "html") if text is None and html is not None else (text, "text")


def _page(row: Mapping[str, object], column: str | None) -> str | bytes | None:
    value = row.get(column) if column is not None else None
    if value is None or isinstance(value, str | bytes):
        return value
    raise ValueError(f"{column!r} is {_kind(value)}, expected text")


def _url(row: Mapping[str, object], chosen: Columns, reading: Reading) -> str | None:
    """What stands in a column that nobody asked for may be anything; then it is no URL."""
    value = row.get(chosen.url) if chosen.url else None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if reading.url_field and not isinstance(value, str | None):
        raise ValueError(f"{reading.url_field!r} is {_kind(value)}, expected text")
    return value or None if isinstance(value, str) else None


def _plain(value: object) -> str | None:
    """An id as text; None where it is none."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return value or None if isinstance(value, str) else None


def _kind(value: object) -> str:
    return _NAMES.get(type(value), f"of type {type(value).__name__}")


def _bytes(content: str | bytes, limit: int) -> int:
    """The size in bytes; for a text that is surely small enough, in characters."""
    if isinstance(content, bytes) or content.isascii() or 4 * len(content) <= limit:
        return len(content)
    return len(content.encode("utf-8", "surrogatepass"))
