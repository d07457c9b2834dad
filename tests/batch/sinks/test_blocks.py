"""Blocks: the file under every output."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.batch.sinks import blocks
from stripper.batch.sinks.blocks import ROWS, WEIGHT, Blocks, occupied, publish
from stripper.errors import BatchError, OutputError


def opened(path: Path, committed: int = 0) -> Blocks[bytes]:
    return Blocks(path, committed, b"".join, len)


@given(weights=st.lists(st.integers(1, WEIGHT // 3), max_size=300))
def test_where_blocks_end_depends_on_rows_alone(weights: list[int], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("blocks") / "file"

    def ends(begin: int) -> list[int]:
        file = Blocks[int](path, 0, lambda rows: b"x" * len(rows), lambda weight: weight)
        found = [number for number, weight in enumerate(weights[begin:], begin) if file.add(weight)]
        file.close()
        return found

    whole = ends(0)
    for first, last in zip([-1, *whole], whole, strict=False):
        assert last - first <= ROWS
        assert sum(weights[first + 1 : last]) < WEIGHT
        assert last - first == ROWS or sum(weights[first + 1 : last + 1]) >= WEIGHT
    for number, end in enumerate(whole[:3]):
        assert ends(end + 1) == whole[number + 1 :]


def test_what_is_committed_lies_on_the_disk_and_the_rest_does_not(tmp_path: Path) -> None:
    file = opened(tmp_path / "file")
    for _ in range(ROWS):
        file.add(b"ab")
    file.add(b"c")
    assert (tmp_path / "file").read_bytes() == b"ab" * ROWS
    assert file.committed == 2 * ROWS
    file.end()
    assert (tmp_path / "file").read_bytes() == b"ab" * ROWS + b"c"
    file.close()
    file = opened(tmp_path / "file", 3)
    file.add(b"d")
    file.end()
    file.close()
    assert (tmp_path / "file").read_bytes() == b"abad"


def test_a_write_that_fails_leaves_no_half_block_and_can_be_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = opened(tmp_path / "file")
    file.add(b"first")
    file.end()
    file.add(b"second")
    with monkeypatch.context() as patch:
        patch.setattr(blocks.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(5, "whatever")))
        with pytest.raises(OutputError, match="file: Input/output error"):
            file.end()
    assert (tmp_path / "file").read_bytes() == b"first"
    file.end()
    assert (tmp_path / "file").read_bytes() == b"firstsecond"
    file.close()


def test_a_file_that_was_renamed_while_it_was_opened_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, output = tmp_path / "out.partial", tmp_path / "out"
    path.write_bytes(b"rows of another run")
    lock, waited = blocks.lock, []

    def lock_late(*arguments: object) -> None:
        if not waited:
            waited.append(True)
            publish(path, output)  # the other run finishes between our opening the file and our locking it
        lock(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(blocks, "lock", lock_late)
    file = opened(path)
    file.add(b"x")
    file.end()
    file.close()
    assert output.read_bytes() == b"rows of another run"
    assert path.read_bytes() == b"x"


def test_where_nothing_can_be_locked_files_are_written_unlocked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def unable(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unable)
    opened(tmp_path / "file").close()
    monkeypatch.setitem(__import__("sys").modules, "fcntl", None)
    opened(tmp_path / "file").close()


def test_only_the_owner_of_the_lock_has_the_file(tmp_path: Path) -> None:
    file = opened(tmp_path / "file")
    with pytest.raises(BatchError, match="another run is writing"):
        opened(tmp_path / "file")
    file.close()
    opened(tmp_path / "file").close()


def test_what_occupies_an_output(tmp_path: Path) -> None:
    assert not occupied(tmp_path / "nothing")
    assert not occupied(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert occupied(tmp_path / "link")
    assert occupied(tmp_path)
