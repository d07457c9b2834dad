"""Streams: counted, unpacked with damage told by position, cut into bounded lines."""

from __future__ import annotations

import gzip
import io
import os
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.batch.formats.streams import Line, Meter, limited, lines, unpacked
from stripper.batch.zstd import zstd_module
from stripper.errors import ExtraError, InputError

PAGE = b"The ferry sails again. " * 9000


def pack(content: bytes, compression: str) -> bytes:
    return gzip.compress(content, mtime=0) if compression == "gz" else zstd_module("").compress(content)  # type: ignore[no-any-return]


def unpack(packed: bytes, compression: str) -> bytes:
    with unpacked(io.BytesIO(packed), compression, "a.html") as stream:
        return stream.read()


def until_damage(parts: Iterator[Any]) -> tuple[list[Any], InputError | None]:
    """What comes before an InputError, and that."""
    read: list[Any] = []
    try:
        read.extend(parts)
    except InputError as error:
        return read, error
    return read, None


@pytest.mark.parametrize("compression", ["gz", "zst"])
class TestUnpacked:
    def test_members_and_frames_are_one_stream(self, compression: str) -> None:
        assert unpack(pack(PAGE, compression) + pack(b"Then", compression) + pack(b"", compression), compression) == PAGE + b"Then"

    def test_a_stream_that_is_cut_off(self, compression: str) -> None:
        noise = random.Random(3).randbytes(300_000)
        packed = pack(noise, compression)
        with unpacked(io.BytesIO(packed[:200_000]), compression, "a.html") as stream:
            parts, error = until_damage(iter(lambda: stream.read1(), b""))
        assert re.match(r"^a.html, before byte 200000 of the packed file: the data end in the middle; expected (gzip|zstd) to the end$", str(error))
        assert noise.startswith(b"".join(parts))
        assert sum(map(len, parts)) > 60_000

    def test_garbage(self, compression: str) -> None:
        with pytest.raises(InputError, match=r"^a.html, before byte 11 of the packed file: .*; expected (gzip|zstd) to the end$"):
            unpack(b"plain words", compression)

    def test_bytes_that_were_changed(self, compression: str) -> None:
        packed = bytearray(pack("".join(map(str, range(30_000))).encode(), compression))
        packed[len(packed) // 2 :] = bytes(b ^ 0x55 for b in packed[len(packed) // 2 :])
        with pytest.raises(InputError, match=r"before byte \d+ of the packed file"):
            unpack(bytes(packed), compression)

    def test_nothing_at_all_is_no_packed_file(self, compression: str) -> None:
        with pytest.raises(InputError, match="the file is empty"):
            unpack(b"", compression)

    def test_a_bomb_is_read_up_to_the_limit(self, compression: str) -> None:
        bomb = io.BytesIO(pack(bytes(50_000_000), compression))
        with unpacked(bomb, compression, "a.html") as stream:
            assert limited(stream, 1000) is None
            assert bomb.tell() < 70_000


def test_gzip_with_zeros_behind_is_whole_and_with_words_behind_is_not() -> None:
    assert unpack(pack(PAGE, "gz") + bytes(512), "gz") == PAGE
    with pytest.raises(InputError, match="Not a gzipped file"):
        unpack(pack(PAGE, "gz") + b"words", "gz")


def test_zstd_that_isnt_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "backports.zstd", None)
    monkeypatch.setitem(__import__("sys").modules, "backports", None)
    monkeypatch.setitem(__import__("sys").modules, "compression", None)
    with pytest.raises(ExtraError, match=r"reading zstd \(a.html\) needs .*\[zstd\]"):
        unpack(b"", "zst")


def test_the_meter_counts_what_was_read() -> None:
    class Chunks(io.RawIOBase):
        """A pipe that gives little at a time."""

        def __init__(self) -> None:
            self.left = [b"one", b"two"]

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            part = self.left.pop(0) if self.left else b""
            buffer[: len(part)] = part
            return len(part)

    meter = Meter(Chunks())  # type: ignore[arg-type]
    stream = io.BufferedReader(meter)
    assert not stream.seekable()
    assert (stream.read1(), meter.count) == (b"one", 3)
    assert (stream.read(), meter.count) == (b"two", 6)
    meter = Meter(io.BytesIO(b"onetwo"))
    stream = io.BufferedReader(meter)
    assert (stream.seek(-3, os.SEEK_END), stream.read(), meter.count) == (3, b"two", 3)


def test_lines() -> None:
    stream = io.BytesIO(b"\xef\xbb\xbfone\r\n\n" + b"x" * 10 + b"\n" + b'"' * 11 + b"\n" + b'"' * 200_001 + b"\nlast")
    assert list(lines(stream, 11)) == [
        Line(1, b"one\r\n"),
        Line(2, b"\n"),
        Line(3, b"x" * 10 + b"\n"),
        Line(4, None, 11),
        Line(5, None, 200_001),
        Line(6, b"last"),
    ]


@given(st.lists(st.binary(max_size=30).map(lambda line: line.replace(b"\n", b" ")), max_size=20), st.integers(1, 20))
def test_no_line_is_lost_or_longer_than_the_limit(written: list[bytes], limit: int) -> None:
    read = list(lines(io.BytesIO(b"".join(line + b"\n" for line in written)), limit))
    assert [line.number for line in read] == list(range(1, len(written) + 1))
    kept = [line + b"\n" if len(line) < limit else None for line in written]
    assert [line.content for line in read] == [line and line.removeprefix(b"\xef\xbb\xbf" if at == 0 else b"") for at, line in enumerate(kept)]


def test_damage_is_told_with_its_line() -> None:
    packed = pack(b"".join(b"%d\n" % n for n in range(100_000)), "gz")
    read, error = until_damage(lines(unpacked(io.BytesIO(packed[:100_000]), "gz", "a.jsonl"), 100))
    assert len(read) > 30_000
    assert isinstance(error, InputError)
    assert error.place == f"line {len(read) + 1}, before byte 100000 of the packed file"
