"""The records of a WARC file, one after the other, and the places where there should be one and isn't.

Every record begins with "WARC/1.x" and a header, whose Content-Length says how long the block behind it is; an empty line or two, and the next begins
(ISO 28500:2017, 4). No length is believed before what follows the block is seen: a length that is wrong costs that record alone, as any damage does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from stripper.batch.formats.members import Salvaged
from stripper.batch.formats.response import Headers, parse_headers

HEADER = 1 << 16
"""Most bytes of a header. Those of crawls have about 500; a URL of 10 kB in one is the exception."""

_VERSION = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
_NEXT = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n(?=[A-Za-z][A-Za-z-]{1,40}:)")
_NEXT_MOST = 64
"""Most bytes that `_NEXT` looks at."""
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_NEWLINES = re.compile(rb"[\r\n]*")
_END = b"\r\n\r\n"


class Record(NamedTuple):
    """A record; or, where `fault` says why, a place at which there is none that can be read."""

    offset: int
    headers: Headers
    block: bytes = b""
    whole: bool = True
    """False where the block is larger than was asked for, and only its beginning is here."""
    fault: str = ""


class _Claim(NamedTuple):
    """What a record's header says, and what of its block still lies in the buffer."""

    offset: int
    headers: Headers
    length: int
    start: int
    """Where in the buffer the block begins."""
    passed: int = 0
    """How much of the block was passed over already."""


class _Fault(Exception):
    """What is wrong with a record, and from which byte of the buffer on the next may begin."""

    def __init__(self, reason: str, headers: Headers, search_from: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.headers = headers
        self.search_from = search_from


def records(unpacked: Salvaged, most: int) -> Iterator[Record]:
    """All records in their order; of blocks of more than `most` bytes only the beginning is kept."""
    while _at_something(unpacked):
        offset = unpacked.offset if unpacked.buffer else unpacked.faulty
        try:
            record = _record(unpacked, most)
        except _Fault as fault:
            _seek_record(unpacked, fault.search_from)
            record = Record(offset, fault.headers, fault=fault.reason)
        yield record


def _at_something(unpacked: Salvaged) -> bool:
    """Pass over the lines between records; False at the end of the file."""
    while unpacked.fill(1):
        newlines = _newlines(unpacked, 0)
        if not newlines:
            return True
        unpacked.drop(newlines)
    return bool(unpacked.fault)


def _newlines(unpacked: Salvaged, start: int) -> int:
    """How many characters of line ends there are."""
    found = _NEWLINES.match(unpacked.buffer, start)
    return found.end() - start if found else 0


def _record(unpacked: Salvaged, most: int) -> Record:
    if not unpacked.buffer:
        raise _Fault(unpacked.fault, {})
    claim = _claim(unpacked)
    if claim.length > most:
        unpacked.fill(claim.start + HEADER)
        beginning = _bytes(unpacked, claim.start, min(claim.length, HEADER))
        rest = _pass_block(unpacked, claim)
        _check_end(unpacked, rest)
        unpacked.drop(rest.length - rest.passed)
        return Record(claim.offset, claim.headers, beginning, whole=False)
    _check_length(unpacked, claim)
    _check_end(unpacked, claim)
    block = _bytes(unpacked, claim.start, claim.length)
    unpacked.drop(claim.start + claim.length)
    return Record(claim.offset, claim.headers, block)


def _bytes(unpacked: Salvaged, start: int, size: int) -> bytes:
    with memoryview(unpacked.buffer) as view:
        return bytes(view[start : start + size])


def _claim(unpacked: Salvaged) -> _Claim:
    """What the header says with which the buffer begins."""
    for size in (1 << 12, HEADER):
        filled = unpacked.fill(size)
        if not _VERSION.match(unpacked.buffer):
            torn = unpacked.fault if len(unpacked.buffer) < _NEXT_MOST else ""
            raise _Fault(torn or f"expected a record that begins with 'WARC/1.0', found {bytes(unpacked.buffer[:20])!r}", {})
        end = _HEADER_END.search(unpacked.buffer, 0, HEADER)
        if end:
            if torn_at := _NEXT.search(unpacked.buffer, 1, end.start()):
                raise _Fault(f"its header is cut off: the next record begins after {torn_at.start()} bytes", {}, torn_at.start())
            headers = parse_headers(_bytes(unpacked, 0, end.start()))
            return _Claim(unpacked.offset, headers, _stated_length(headers, end.end()), end.end())
        if not filled:
            raise _Fault(unpacked.fault or "the file ends inside the header of this record", {})
    raise _Fault(f"the header of this record is longer than {HEADER} bytes", {})


def _stated_length(headers: Headers, start: int) -> int:
    stated = headers.get("content-length", "")
    if not (stated.isascii() and stated.isdigit() and len(stated) < 16):
        raise _Fault(f"expected a Content-Length, found {stated[:40]!r}", headers, start)
    return int(stated)


def _pass_block(unpacked: Salvaged, claim: _Claim) -> _Claim:
    """Pass over a block of which nothing is kept, up to its last few bytes: those may be the beginning of the next record."""
    unpacked.drop(claim.start)
    claim = claim._replace(start=0)
    while (left := claim.length - claim.passed) > _NEXT_MOST:
        ahead = min(left, 1 << 20)
        if unpacked.fill(ahead):
            _check_swallowed(unpacked, claim, ahead)
        else:
            _check_length(unpacked, claim)
        unpacked.drop(ahead - _NEXT_MOST)
        claim = claim._replace(passed=claim.passed + ahead - _NEXT_MOST)
    return claim


def _check_length(unpacked: Salvaged, claim: _Claim) -> None:
    """Raise unless the rest of the block is there; then it is in the buffer."""
    if unpacked.fill(claim.start + claim.length - claim.passed):
        return
    _check_swallowed(unpacked, claim, len(unpacked.buffer))
    there = len(unpacked.buffer) - claim.start + claim.passed
    cut = f"the file ends after {there} of the {claim.length} bytes that its Content-Length promises"
    raise _Fault(unpacked.fault or cut, claim.headers, claim.start)


def _check_end(unpacked: Salvaged, claim: _Claim) -> None:
    """Raise unless the block ends where it should: there the file ends, or empty lines follow, or the next record."""
    end = claim.start + claim.length - claim.passed
    unpacked.fill(end + _NEXT_MOST)
    after = end + _newlines(unpacked, end)
    if after == len(unpacked.buffer):
        if unpacked.fault and unpacked.packed and unpacked.faulty == claim.offset:
            raise _Fault(unpacked.fault, claim.headers, end)  # what was unpacked doesn't fit its member's checksum
        return
    if _VERSION.match(unpacked.buffer, after) or unpacked.buffer.startswith(_END, end):
        return
    _check_swallowed(unpacked, claim, len(unpacked.buffer))
    raise _Fault(f"its Content-Length is {claim.length}, but it doesn't end there", claim.headers, end)


def _check_swallowed(unpacked: Salvaged, claim: _Claim, end: int) -> None:
    """Raise if the next record begins in the block before `end` of the buffer."""
    found = _NEXT.search(unpacked.buffer, claim.start, end)
    if found:
        there = found.start() - claim.start + claim.passed
        raise _Fault(f"its Content-Length is {claim.length}, but the next record begins after {there} bytes", claim.headers, found.start())


def _seek_record(unpacked: Salvaged, start: int) -> None:
    """Move the buffer to the next record from its byte `start` on, or to the end of the file."""
    unpacked.drop(min(start, len(unpacked.buffer)))
    while True:
        found = _NEXT.search(unpacked.buffer)
        if found:
            unpacked.drop(found.start())
            return
        if unpacked.ended:
            unpacked.drop(len(unpacked.buffer))
            return
        if unpacked.fault:
            unpacked.drop(len(unpacked.buffer))
            unpacked.mend()
        else:
            unpacked.drop(max(0, len(unpacked.buffer) - _NEXT_MOST))
            unpacked.fill(1 << 18)
