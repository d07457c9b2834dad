"""A response of HTTP as a crawl keeps it: its header, and its body without what it was sent in."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import NamedTuple

from stripper.errors import ExtraError

Headers = dict[str, str]
"""Names in lower case; where a name occurs twice, its values with a comma between them."""

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})(?!\d)")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_AFTER_TYPE = re.compile(r"[;,\s]")
_CHARSET = re.compile(r"charset\s?=\s?[\"']?([\w.:+-]{1,40})")

_LAYERS = 4
"""Most Content-Encodings of one body that are undone; servers say "gzip, gzip" by mistake, but nobody means more than two."""


class BodyError(Exception):
    """A response, or its body, that can't be read; the message says why. Doesn't leave this package."""


class Response(NamedTuple):
    """A response's status, header and body; the body as it was sent."""

    status: int
    headers: Headers
    body: bytes


def parse_response(block: bytes) -> Response:
    """The response in a record's block. Raises BodyError where it is none."""
    status = _STATUS.match(block)
    if not status:
        raise BodyError(f"expected a response of HTTP, found {block[:20]!r}")
    end = _BLANK_LINE.search(block)
    if not end:
        raise BodyError("the header of the HTTP response has no end")
    return Response(int(status[1]), parse_headers(block[: end.start()]), block[end.end() :])


def parse_headers(head: bytes) -> Headers:
    """The lines behind the first as names and values; a line that begins with a blank continues the one above."""
    headers: Headers = {}
    name = ""
    for line in head.decode("utf-8", "replace").split("\n")[1:]:
        if line[:1] in (" ", "\t") and name:
            headers[name] += " " + line.strip()
            continue
        before, colon, value = line.partition(":")
        if colon:
            name = before.strip().lower()
            headers[name] = f"{headers[name]}, {value.strip()}" if name in headers else value.strip()
    return headers


def media_type(content_type: str) -> str:
    """The type alone, in lower case: "text/html" of "Text/HTML; charset=utf-8", also where the semicolon is missing or the type is there twice."""
    return _AFTER_TYPE.split(content_type.strip(), 1)[0].lower()


def charset(content_type: str) -> str | None:
    """The charset that a Content-Type names, or None."""
    found = _CHARSET.search(content_type.lower())
    return found[1] if found else None


def decoded_body(response: Response, most: int) -> bytes:
    """The body without chunks and Content-Encoding, at most `most` bytes of it.

    Many crawls keep the body decoded and the header as it was; then the body stays what it is. Raises BodyError if it is larger, or damaged.
    """
    body = response.body
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        body = _without_chunks(body)
    layers = [name.strip().lower() for name in response.headers.get("content-encoding", "").split(",")]
    for name in reversed(layers[-_LAYERS:]):
        if name in _DECODERS and body:
            body = _decoded(name, body, most)
    if len(body) > most:
        raise BodyError(f"its body is larger than {most} bytes")
    return body


def _without_chunks(body: bytes) -> bytes:
    """The content of the chunks, up to where the body ends; the body itself if it isn't made of chunks."""
    parts: list[bytes] = []
    at = 0
    while size := _CHUNK_SIZE.match(body, at):
        length = int(size[1], 16)
        end = size.end() + length
        parts.append(body[size.end() : end])
        if not length or (end > len(body) and len(parts) > 1):
            return b"".join(parts)
        if body[end : end + 2] != b"\r\n":
            break
        at = end + 2
    return b"".join(parts) if parts and at == len(body) else body


def _decoded(name: str, body: bytes, most: int) -> bytes:
    try:
        content = _DECODERS[name](body, most + 1)
    except (zlib.error, OSError, ExtraError) as error:
        if _is_text(body):
            return body
        raise BodyError(str(error) if isinstance(error, ExtraError) else f"its body isn't the {name} that its Content-Encoding promises") from error
    if len(content) > most:
        raise BodyError(f"its body is larger than {most} bytes when it is unpacked")
    return content


def _is_text(body: bytes) -> bool:
    """Whether it begins with characters that people read, as nothing packed does for long."""
    return not _CONTROL.search(body[:1024])


def _gzip(body: bytes, most: int) -> bytes:
    return _inflated(body, 31, most)


def _deflate(body: bytes, most: int) -> bytes:
    """As RFC 9110 wants it, in a zlib wrapper, or bare, as many servers send it."""
    try:
        return _inflated(body, 15, most)
    except zlib.error:
        if _is_text(body):
            raise
        return _inflated(body, -15, most)


def _inflated(body: bytes, wbits: int, most: int) -> bytes:
    """At most `most` bytes; what there is where the body is cut off, as a browser shows it."""
    inflater = zlib.decompressobj(wbits)
    content = inflater.decompress(body, most)
    if not content and not inflater.eof:
        raise zlib.error("nothing in it")
    return content


def _brotli(body: bytes, most: int) -> bytes:
    return _read_with("BrotliReader", body, most)


def _zstd(body: bytes, most: int) -> bytes:
    return _read_with("ZstdReader", body, most)


def _read_with(reader: str, body: bytes, most: int) -> bytes:
    from io import BytesIO

    try:
        from fastwarc import stream_io
    except ImportError:
        raise ExtraError("a response packed with brotli or zstd", "warc") from None
    stream = getattr(stream_io, reader)(BytesIO(body))
    parts: list[bytes] = []
    while most > 0 and (part := stream.read(min(most, 1 << 20))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
"""Unpackers by the names that HTTP has for them, each with the most bytes it may give. https://www.iana.org/assignments/http-parameters"""
