"""Bytes of input files: counted, unpacked, and cut into lines that are never longer than a limit."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any, BinaryIO, NamedTuple

from stripper.batch.zstd import zstd_module
from stripper.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUFFER = 1 << 16
_MARK = b"\xef\xbb\xbf"


class Meter(io.RawIOBase):
    """A file that knows how many of its bytes were read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file: Any = file
        self._read: Callable[[WriteableBuffer], int | None] = getattr(file, "readinto1", None) or file.readinto  # type: ignore[attr-defined]
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        read = self._read(buffer)
        self.count += read or 0
        return read

    def seekable(self) -> bool:
        return bool(self._file.seekable())

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())


class Unpacked(io.RawIOBase):
    """What is packed in a stream of gzip members or zstd frames. Damage is an InputError that names the byte of the packed file that was reached."""

    def __init__(self, packed: IO[bytes], compression: str, name: str) -> None:
        self._meter = Meter(packed)
        self._compression = compression
        self._name = name
        self._file: Any
        self._damage: tuple[type[Exception], ...]
        buffered = io.BufferedReader(self._meter, _BUFFER)
        if compression == "gz":
            self._file, self._damage = gzip.GzipFile(fileobj=buffered), (gzip.BadGzipFile, zlib.error, EOFError)
        else:
            zstd = zstd_module(f"reading zstd ({name})")
            self._file, self._damage = zstd.ZstdFile(buffered), (zstd.ZstdError, EOFError)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        try:
            read = int(self._file.readinto1(buffer))
        except self._damage as error:
            raise self._error("the data end in the middle" if isinstance(error, EOFError) else str(error)) from None
        if not self._meter.count:
            raise self._error("")  # even nothing at all, packed, is some bytes
        return read

    def _error(self, reason: str) -> InputError:
        what = {"gz": "gzip", "zst": "zstd"}[self._compression]
        reason = reason if self._meter.count else "the file is empty"
        return InputError(self._name, f"before byte {self._meter.count} of the packed file", f"{reason}; expected {what} to the end")


def unpacked(stream: IO[bytes], compression: str, name: str) -> IO[bytes]:
    """The stream itself, or what is packed in it; `name` is for errors. Raises ExtraError where zstd isn't there."""
    return io.BufferedReader(Unpacked(stream, compression, name), _BUFFER) if compression else stream


class Line(NamedTuple):
    """A line: its number, counted from 1, and its bytes with the end of line; None where they are more than the limit."""

    number: int
    content: bytes | None
    quotes: int = 0
    """How many quotation marks are in a line that is left out; in CSV they tell whether a cell goes on after it."""


def lines(stream: BinaryIO, limit: int) -> Iterator[Line]:
    """The lines of a stream, ended by line feeds; of one longer than `limit` bytes no more than that is ever held.

    A byte order mark before the first line is left out. Raises InputError for damage, with the line's number.
    """
    number = 0
    while True:
        number += 1
        try:
            line = _line(stream, number, limit)
        except InputError as error:
            raise InputError(error.file, f"line {number}, {error.place}", error.reason) from None
        if line is None:
            return
        yield line


def _line(stream: BinaryIO, number: int, limit: int) -> Line | None:
    content = stream.readline(limit + 1)
    if not content:
        return None
    if len(content) <= limit:
        return Line(number, content.removeprefix(_MARK) if number == 1 else content)
    quotes = content.count(b'"')
    while content and not content.endswith(b"\n"):
        content = stream.readline(_BUFFER)
        quotes += content.count(b'"')
    return Line(number, None, quotes)


def limited(stream: IO[bytes], limit: int) -> bytes | None:
    """All that is left of a stream, or None where that is more than `limit` bytes."""
    content = stream.read(limit + 1)
    return content if len(content) <= limit else None
