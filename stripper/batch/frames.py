"""What passes between a batch and its workers: pickled messages, each with its length before it."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

_LENGTH = struct.Struct("<Q")
_PROTOCOL = 5
_LONGEST = 1 << 40
"""Longer ones can't be: something has written into the pipe that is no message."""


class Answer(NamedTuple):
    """What a worker says of a document."""

    output: Any
    """The document's row in the form that was asked for; None where there is an error."""
    status: str
    error: str = ""
    seconds: float = 0.0
    removed: Mapping[str, int] = {}  # nobody writes into it, and a proxy that forbids it doesn't pickle
    """Characters removed, by kind."""
    spent: bool = False
    """Whether the worker has run out of something (memory, descriptors, threads), so that the document deserves a fresh one."""


class Arrived(NamedTuple):
    """A message and its size in bytes."""

    message: Any
    size: int


def packed(message: Any) -> bytes:
    """A message as it goes over the pipe."""
    content = pickle.dumps(message, _PROTOCOL)
    return _LENGTH.pack(len(content)) + content


def read(stream: BinaryIO) -> Any:
    """The next message of a stream that blocks. Raises EOFError where it ends."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return pickle.loads(_exactly(stream, length))


def _exactly(stream: BinaryIO, size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


class Frames:
    """Messages put together from the pieces in which they arrive."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def of(self, piece: bytes) -> Iterator[Arrived]:
        """The messages that a further piece completes. Whatever it raises means that the stream is damaged."""
        buffer = self._buffer
        buffer += piece
        while len(buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(buffer)
            if length > _LONGEST:
                raise ValueError(f"a message of {length} bytes")
            end = _LENGTH.size + length
            if len(buffer) < end:
                return
            with memoryview(buffer) as view, view[_LENGTH.size : end] as content:
                message = pickle.loads(content)
            del buffer[:end]
            yield Arrived(message, end)
