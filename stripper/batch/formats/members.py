"""The bytes of an archive, whether it is packed as gz or not, with where they lie and where they are damaged."""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterator
from typing import BinaryIO, NamedTuple

from stripper.errors import InputError

_CHUNK = 1 << 16
_SLICE = 1 << 12
"""Packed bytes unpacked at once: at most 1,032 times as many come of them (that is the most that deflate can do), so nothing else need bound it;
and where a member is damaged, no more than this is lost before the place."""

_GZ = b"\x1f\x8b\x08"
"""How a member of a gz file begins: two bytes of magic, and deflate as the method. RFC 1952, 2.3."""


class Piece(NamedTuple):
    """Unpacked bytes; or, where `fault` says why, the place at which some can't be had."""

    data: bytes
    offset: int
    """Where they lie in the file: the first of them, or in gz the member that holds them."""
    fault: str = ""


class Salvaged:
    """A file as one run of unpacked bytes, of which `buffer` holds the next ones.

    Where bytes can't be had, the buffer stops and `fault` says why, until `mend` goes on behind the damage. Only a window of the file is held.
    """

    def __init__(self, stream: BinaryIO, packed: bool, beginning: bytes) -> None:
        """`packed` says whether it should be gz; what it begins with counts more: the magic of gz, or `beginning`, which says that it isn't."""
        raw = _Raw(stream)
        self.packed = raw.following(len(_GZ)) == _GZ or (packed and raw.following(len(beginning)) != beginning)
        self._pieces = _members(raw) if self.packed else _plain(raw)
        self._starts: deque[tuple[int, int]] = deque([(0, 0)])  # where pieces begin: in all unpacked bytes, and in the file
        self._passed = 0
        self.buffer = bytearray()
        self.fault = ""
        self.faulty = 0
        """Where the fault lies in the file."""
        self.ended = False

    def fill(self, size: int) -> bool:
        """Read until the buffer holds `size` bytes; False if the end or a fault comes before."""
        while len(self.buffer) < size and not self.fault and not self.ended:
            piece = next(self._pieces, None)
            if piece is None:
                self.ended = True
            elif piece.fault:
                self.fault, self.faulty = piece.fault, piece.offset
            else:
                self._starts.append((self._passed + len(self.buffer), piece.offset))
                self.buffer += piece.data
        return len(self.buffer) >= size

    def drop(self, size: int) -> None:
        """Pass over bytes of the buffer."""
        del self.buffer[:size]
        self._passed += size

    def mend(self) -> None:
        """Go on behind the fault."""
        self.fault = ""

    @property
    def offset(self) -> int:
        """Where the buffer's first byte lies in the file; in gz, where its member begins."""
        while len(self._starts) > 1 and self._starts[1][0] <= self._passed:
            self._starts.popleft()
        unpacked, offset = self._starts[0]
        return offset if self.packed else offset + self._passed - unpacked


class _Raw:
    """A window of the file: what was just read over, and what follows."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)  # read loses what it has where it fails
        self._data = b""
        self._base = 0  # where the window begins
        self.at = 0
        self.failed = ""
        """Why the rest of the file can't be read."""

    def following(self, size: int = _SLICE) -> bytes:
        """Up to `size` bytes from `at`, fewer only at the end of the file; `at` stays."""
        while (missing := self.at + size - self._base - len(self._data)) > 0:
            behind = max(self._base, self.at - _CHUNK)
            try:
                more = self._read(max(missing, _CHUNK))
            except InputError as error:
                self.failed, more = f"{error.reason} ({error.place})", b""
            except OSError as error:
                self.failed, more = error.strerror or str(error), b""
            if not more:
                break
            self._data = self._data[behind - self._base :] + more
            self._base = behind
        start = self.at - self._base
        return self._data[start : start + size]

    def find(self, wanted: bytes, start: int) -> bool:
        """Move to the next place from `start` (as far back as the window goes) that reads `wanted`; False, and at the end, if there is none."""
        self.at = max(start, self._base)
        while len(ahead := self.following(_CHUNK)) >= len(wanted):
            found = ahead.find(wanted)
            if found >= 0:
                self.at += found
                return True
            self.at += len(ahead) - len(wanted) + 1
        self.at += len(ahead)
        return False


def _plain(raw: _Raw) -> Iterator[Piece]:
    while data := raw.following(_CHUNK):
        yield Piece(data, raw.at)
        raw.at += len(data)
    if raw.failed:
        yield Piece(b"", raw.at, raw.failed)


def _members(raw: _Raw) -> Iterator[Piece]:
    """The members of a gz file, one after the other; behind damage, from the next that can be unpacked."""
    while ahead := raw.following():
        if padding := len(ahead) - len(ahead.lstrip(b"\0")):
            raw.at += padding
            continue
        start = raw.at
        if ahead.startswith(_GZ):
            fault = yield from _member(raw)
        else:
            fault = f"expected a gz member at byte {start}, found {ahead[:20]!r}"
        if fault:
            yield Piece(b"", start, fault)
            _seek_member(raw, start + 1)
    if raw.failed:
        yield Piece(b"", raw.at, raw.failed)


def _member(raw: _Raw) -> Generator[Piece, None, str]:
    """What one member holds; returns what is wrong with it, or ""."""
    start = raw.at
    inflater = zlib.decompressobj(31)
    while not inflater.eof:
        packed = raw.following()
        if not packed:
            return raw.failed or f"the file ends inside the gz member at byte {start}"
        try:
            data = inflater.decompress(packed)
        except zlib.error as error:
            return f"the gz member at byte {start} is damaged ({_reason(error)})"
        raw.at += len(packed) - len(inflater.unused_data)
        if data:
            yield Piece(data, start)
    return ""


def _seek_member(raw: _Raw, start: int) -> None:
    """Move to the next member: bytes that look like the beginning of one, and unpack."""
    while raw.find(_GZ, start):
        try:
            zlib.decompressobj(31).decompress(raw.following())
        except zlib.error:
            start = raw.at + 1
        else:
            return


def _reason(error: zlib.error) -> str:
    """What zlib says, without its number: "Error -3 while decompressing data: invalid block type"."""
    return str(error).partition(": ")[2] or str(error)
