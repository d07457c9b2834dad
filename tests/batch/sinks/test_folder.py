"""Folders: a file for each document, an index of all, and what is done with what was there before."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stripper.batch.document import Form, Result
from stripper.batch.rows import SCHEMA
from stripper.batch.sinks import Sink, open_sink
from stripper.batch.sinks.blocks import ROWS
from stripper.batch.sinks.folder import FolderSink
from stripper.errors import BatchError, OutputError

Make = Callable[..., Result]


def written(output: Path, form: Form, results: list[Result], replace: bool = False) -> None:
    sink = open_sink(output, form, False)
    for result in results:
        sink.add(result)
    sink.close_block()
    sink.finish(replace)


def index(output: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (output / "index.jsonl").read_text("utf-8").splitlines()]


def files(output: Path) -> list[str]:
    return sorted(str(path.relative_to(output)) for path in output.rglob("*") if path.is_file())


def test_every_document_has_a_line_and_every_article_a_file(make: Make, tmp_path: Path) -> None:
    failed, passed = make("md", 2, error="it is broken"), make("md", 3, passed="a hidden file")
    written(tmp_path / "out", "md", [make("md", 1), failed, passed, make("md", 4, target="n")])
    assert files(tmp_path / "out") == ["d/1.md", "index.jsonl", "n.md"]
    assert (tmp_path / "out/n.md").read_text() == "The weir held.\n"
    row = {"schema": SCHEMA, "id": "d/1", "url": "https://weir.example/1", "status": "ok", "error": None, "file": "d/1.md"}
    assert index(tmp_path / "out") == [
        row,
        row | {"id": "d/2", "url": "https://weir.example/2", "status": "error", "error": "it is broken", "file": None},
        row | {"id": "d/4", "url": "https://weir.example/4", "file": "n.md"},
    ]
    assert list(index(tmp_path / "out")[0]) == list(row)


def test_in_json_errors_have_a_file_too(make: Make, tmp_path: Path) -> None:
    written(tmp_path / "out", "json", [make("json", 1), make("json", 2, error="it is broken")])
    assert [row["file"] for row in index(tmp_path / "out")] == ["d/1.json", "d/2.json"]
    assert json.loads((tmp_path / "out/d/2.json").read_bytes())["error"] == "it is broken"


def test_an_empty_folder_is_filled(make: Make, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    written(tmp_path / "out", "text", [make("text", 1)])
    assert files(tmp_path / "out") == ["d/1.txt", "index.jsonl"]
    assert os.listdir(tmp_path) == ["out"]


def test_replacing_leaves_other_files_alone(make: Make, tmp_path: Path) -> None:
    written(tmp_path / "out", "text", [make("text", 1, body="old"), make("text", 2, body="old")])
    (tmp_path / "out/d/notes.txt").write_text("mine")
    written(tmp_path / "out", "text", [make("text", 2, body="new"), make("text", 3, target="e/3")], replace=True)
    assert files(tmp_path / "out") == ["d/1.txt", "d/2.txt", "d/notes.txt", "e/3.txt", "index.jsonl"]
    assert (tmp_path / "out/d/2.txt").read_text() == "new"
    assert [row["file"] for row in index(tmp_path / "out")] == ["d/2.txt", "e/3.txt"]
    assert os.listdir(tmp_path) == ["out"]


def test_replacing_that_was_interrupted_goes_on(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/notes").write_text("mine")
    sink = open_sink(tmp_path / "out", "text", False)
    for number in range(5):
        sink.add(make("text", number))
    sink.close_block()
    moved, rename = [], os.replace

    def killed_at_the_third(source: Path, target: Path) -> None:
        moved.append(target)
        if len(moved) == 3:
            raise KeyboardInterrupt
        rename(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", killed_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            sink.finish(replace=True)
    sink.close()
    assert not (tmp_path / "out/index.jsonl").exists()
    sink = open_sink(tmp_path / "out", "text", False, sink.committed)
    sink.finish(replace=True)
    assert files(tmp_path / "out") == [*(f"d/{n}.txt" for n in range(5)), "index.jsonl", "notes"]
    assert sorted(os.listdir(tmp_path)) == ["out"]


def test_a_link_to_a_folder_stays_one(make: Make, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    written(tmp_path / "out", "text", [make("text", 1)])
    assert (tmp_path / "out").is_symlink()
    assert files(tmp_path / "real") == ["d/1.txt", "index.jsonl"]


def test_a_new_run_keeps_nothing_of_one_that_was_stopped(make: Make, tmp_path: Path) -> None:
    sink = open_sink(tmp_path / "out", "text", False)
    for number in range(ROWS + 5):
        sink.add(make("text", number, target=f"deep/er/{number}" if number else "top"))
    sink.close()
    written(tmp_path / "out", "text", [make("text", 7)])
    assert files(tmp_path / "out") == ["d/7.txt", "index.jsonl"]


def test_a_document_that_fails_when_it_is_done_again_has_no_file(make: Make, tmp_path: Path) -> None:
    sink = open_sink(tmp_path / "out", "text", False)
    for number in range(ROWS + 2):
        sink.add(make("text", number))
    sink.close()
    resumed = open_sink(tmp_path / "out", "text", False, sink.committed)
    resumed.add(make("text", ROWS, error="took longer than 20 s"))
    resumed.add(make("text", ROWS + 1))
    resumed.finish(replace=False)
    rows = index(tmp_path / "out")
    assert [row["file"] for row in rows[ROWS:]] == [None, f"d/{ROWS + 1}.txt"]
    assert files(tmp_path / "out") == sorted([*(row["file"] for row in rows if row["file"]), "index.jsonl"])


def test_a_folder_that_no_batch_left_is_not_touched(make: Make, tmp_path: Path) -> None:
    (tmp_path / "out.partial").mkdir()
    (tmp_path / "out.partial/thesis.txt").write_text("mine")
    with pytest.raises(BatchError, match="left by no batch"):
        open_sink(tmp_path / "out", "text", False)
    assert files(tmp_path) == ["out.partial/thesis.txt"]
    (tmp_path / "file").write_text("mine")
    with pytest.raises(BatchError, match="is no folder"):
        open_sink(tmp_path / "file", "text", False)


@pytest.mark.parametrize("elsewhere", [Path("/"), Path("/proc"), Path("/dev/shm")])
def test_a_folder_on_another_file_system_is_refused_before_the_work(tmp_path: Path, elsewhere: Path) -> None:
    if not elsewhere.is_dir() or (elsewhere.name and elsewhere.stat().st_dev == tmp_path.stat().st_dev):
        pytest.skip(f"{elsewhere} is no other file system here")
    link = tmp_path / "link"
    link.symlink_to(elsewhere)
    for output in (elsewhere, link) if elsewhere.name else (elsewhere,):
        with pytest.raises(BatchError, match="another file system"):
            FolderSink(output, "text", 0)
    assert list(tmp_path.iterdir()) == [link]


def test_a_target_that_leads_out_stops_the_batch(make: Make, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    sink: Sink = open_sink(tmp_path / "in/out", "text", False)
    with pytest.raises(OutputError, match="isn't in the folder"):
        sink.add(make("text", 1, target="../../escaped"))
    sink.close()
    assert files(tmp_path) == ["in/out.partial/index.jsonl"]


def test_names_that_are_no_unicode_are_files_wherever_they_are_moved(make: Make, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/notes").write_text("mine")
    result = make("text", 1, target="caf\udce9")
    written(tmp_path / "out", "text", [result._replace(document=result.document._replace(id="caf\udce9.html"))], replace=True)
    (row,) = index(tmp_path / "out")
    assert row["id"] == "caf\ufffd.html"
    assert files(tmp_path / "out") == sorted([row["file"], "index.jsonl", "notes"])


def test_a_file_that_vanished_is_told(make: Make, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/notes").write_text("mine")
    sink = open_sink(tmp_path / "out", "text", False)
    for number in (1, 2):
        sink.add(make("text", number))
    sink.close_block()
    (sink.partial / "d/1.txt").unlink()
    with pytest.raises(OutputError, match=r"d/1\.txt: No such file"):
        sink.finish(replace=True)
    assert files(sink.partial) == ["d/2.txt", "index.jsonl"]
    sink.close()
