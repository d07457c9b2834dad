"""Lines of JSON: readable by whatever reads such files."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from stripper.batch.document import Result
from stripper.batch.sinks import open_sink
from stripper.batch.sinks.blocks import ROWS
from stripper.errors import ExtraError

Make = Callable[..., Result]
COUNT = 2 * ROWS + 44


def written(make: Make, output: Path) -> bytes:
    sink = open_sink(output, "line", True)
    for number in range(COUNT):
        sink.add(make("line", number, **({"error": "it is “broken”"} if number % 50 == 7 else {})))
    sink.close_block()
    sink.finish(replace=False)
    return output.read_bytes()


def check(content: bytes) -> None:
    rows = [json.loads(line) for line in content.decode().splitlines()]
    assert [row["id"] for row in rows] == [f"d/{number}" for number in range(COUNT)]
    assert rows[7]["error"] == "it is “broken”"
    assert rows[8]["body"] == "The weir held.\n"


def test_plain_lines(make: Make, tmp_path: Path) -> None:
    check(written(make, tmp_path / "out.jsonl"))


def test_every_block_is_a_gzip_member_without_time_or_name(make: Make, tmp_path: Path) -> None:
    content = written(make, tmp_path / "out.jsonl.gz")
    check(gzip.decompress(content))
    members = 0
    while content:
        assert content[:8] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00"  # deflate, no optional parts, no time
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        member.decompress(content)
        assert member.eof
        content, members = member.unused_data, members + 1
    assert members == 3


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_arrow_reads_the_lines(make: Make, tmp_path: Path, name: str) -> None:
    written(make, tmp_path / name)
    table = pytest.importorskip("pyarrow.json").read_json(tmp_path / name)
    assert table.num_rows == COUNT
    assert table["headline"][8].as_py() == "Number 8"
    assert table["removed"][8].as_py() == [{"kind": "share", "rule": "share/row", "start": 3, "end": 9, "score": 0.25, "text": "Share!"}]


def test_every_block_is_a_zstd_frame_with_a_checksum(make: Make, tmp_path: Path) -> None:
    zstd = pytest.importorskip("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    content = written(make, tmp_path / "out.jsonl.zst")
    check(zstd.decompress(content))
    frames = 0
    while content:
        frame = zstd.ZstdDecompressor()
        frame.decompress(content)
        assert content[4] & 0b100  # the checksum's flag
        content, frames = frame.unused_data, frames + 1
    assert frames == 3


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="zstd is part of Python")
def test_without_its_package_zstd_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "backports", None)
    with pytest.raises(ExtraError, match=r"scrape-stripper\[zstd\]"):
        open_sink(tmp_path / "out.jsonl.zst", "line", False)
    assert list(tmp_path.iterdir()) == []
