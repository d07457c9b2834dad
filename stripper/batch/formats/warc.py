"""WARC and WET: the pages that a crawl fetched, or the text it made of them, with address, time and charset. ISO 28500:2017.

Documents are the responses of status 2xx and the resources that are HTML or text, and the conversions of a WET. All other records are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO, Literal
from urllib.parse import urlsplit

from stripper.batch.document import Document, Place, Reading
from stripper.batch.formats.members import Salvaged
from stripper.batch.formats.records import HEADER, Record, records
from stripper.batch.formats.response import BodyError, Response, charset, decoded_body, media_type, parse_response
from stripper.batch.inputs import InputFile
from stripper.errors import InputError

_PAGES: dict[str, Literal["html", "text"] | None] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/vnd.wap.xhtml+xml": "html",
    "text/plain": "text",
    "": None,
}
"""The types that are pages, and what they are; where none is stated, the cleaner looks."""

_FAMILIES = frozenset({"audio", "font", "image", "video"})
_OTHERS = frozenset(
    {
        "application/javascript",
        "application/json",
        "application/octet-stream",
        "application/pdf",
        "application/rss+xml",
        "application/xml",
        "application/zip",
        "text/css",
        "text/javascript",
        "text/xml",
    }
)
"""Types that are named where they are passed over: these, and by their families images and the like. Crawls hold hundreds more, many misspelt."""

_RECORD_TYPES = frozenset({"warcinfo", "request", "metadata", "revisit", "continuation"})
_UNSAFE = re.compile(r"[^a-z0-9.-]+")
_HOST_MOST = 80


class _Passed(Exception):
    """Why a record is no document."""


def read_warc(file: InputFile, stream: BinaryIO, reading: Reading) -> Iterator[Document]:
    """The records of a WARC or WET, plain or gz, in their order; `stream` is read from its beginning, once, and never sought in.

    A place where no record can be read is a Document with `error`, and so is a page that is larger than allowed. Raises InputError where there is no
    record at all.
    """
    unproven: tuple[Document, str] | None = None
    number = 0
    unpacked = Salvaged(stream, file.compression == "gz", b"WARC/")
    for number, record in enumerate(records(unpacked, reading.max_document + HEADER), 1):
        document = _document(file, record, number, reading)
        if number == 1 and record.fault and not record.headers:
            unproven = document, record.fault  # whether this is a WARC at all, the next will tell
            continue
        if unproven:
            yield unproven[0]
            unproven = None
        yield document
    if unproven or not number:
        raise InputError(file.name, "", f"no WARC record in it: {unproven[1] if unproven else 'it is empty'}")


def _document(file: InputFile, record: Record, number: int, reading: Reading) -> Document:
    place = f"record {number} at byte {record.offset}"
    url = record.headers.get("warc-target-uri", "").strip("<> ") or None
    document = Document(
        id=record.headers.get("warc-record-id", "").strip("<> ") or f"{file.id}#{number}",
        name=f"{file.name}, {place}",
        place=Place(),
        url=url,
        crawled=_moment(record.headers.get("warc-date", "")),
        target=f"{file.target}/{number:06}{_host(url)}",
    )
    try:
        if record.fault:
            raise BodyError(record.fault)
        return _page(document, record, reading.max_document)
    except _Passed as passed:
        return document._replace(passed=str(passed))
    except BodyError as error:
        return document._replace(error=str(InputError(file.name, place, str(error))))


def _page(document: Document, record: Record, most: int) -> Document:
    """The document with the record's page."""
    kind = record.headers.get("warc-type", "").strip().lower()
    stated = record.headers.get("content-type", "")
    if kind == "response" and media_type(stated) in ("application/http", ""):
        return _fetched(document, record, most)
    if kind in ("response", "resource"):
        return _stored(document, kind, stated, record, most)
    if kind == "conversion":
        return _stored(document, kind, stated or "text/plain", record, most)
    raise _Passed(f"a WARC record of type {kind}" if kind in _RECORD_TYPES else "a WARC record of an unknown type")


def _fetched(document: Document, record: Record, most: int) -> Document:
    """A page inside a response of HTTP."""
    response = parse_response(record.block)
    if not 200 <= response.status < 300:
        raise _Passed(f"a response of status {response.status}")
    stated = response.headers.get("content-type", "")
    as_ = _page_type("response", stated)
    return document._replace(content=_body(record, response, most), as_=as_, encoding=charset(stated))


def _stored(document: Document, kind: str, stated: str, record: Record, most: int) -> Document:
    """A page that is the record's block itself. A conversion of WET is UTF-8 where it doesn't say otherwise."""
    as_ = _page_type(kind, stated)
    encoding = charset(stated) or ("utf-8" if kind == "conversion" else None)
    return document._replace(content=_body(record, Response(200, {}, record.block), most), as_=as_, encoding=encoding)


def _body(record: Record, response: Response, most: int) -> bytes:
    if not record.whole:
        raise BodyError(f"its body is larger than {most} bytes")
    return decoded_body(response, most)


def _page_type(kind: str, stated: str) -> Literal["html", "text"] | None:
    """What a page of the stated type is; raises _Passed for what is none."""
    found = media_type(stated)
    if found in _PAGES:
        return _PAGES[found]
    family = found.partition("/")[0]
    if family in _FAMILIES or found in _OTHERS:
        raise _Passed(f"a {kind} of type {family if family in _FAMILIES else found}")
    raise _Passed(f"a {kind} that is neither HTML nor text")


def _moment(stated: str) -> datetime | None:
    """WARC-Date is in UTC, whether it says so or not."""
    try:
        moment = datetime.fromisoformat(stated.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _host(url: str | None) -> str:
    """The host of an address as a part of a file's name: "-example.org"."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    safe = _UNSAFE.sub("_", host.lower())[:_HOST_MOST].strip("._-")
    return f"-{safe}" if safe else ""
