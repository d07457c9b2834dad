"""What all outputs promise: rows in blocks, the same bytes after an interrupt, nothing visible before the end, and nothing lost on a full disk."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from patience import PATIENCE

from stripper.batch.document import Form, Result
from stripper.batch.sinks import Sink, open_sink, output_form, partial_path, pending
from stripper.batch.sinks.blocks import ROWS, WEIGHT
from stripper.errors import BatchError, OutputError

OUTPUTS = ["out.jsonl", "out.jsonl.gz", "out.ndjson.zst", "out.parquet", "text", "md", "json"]
Make = Callable[..., Result]


def form_of(name: str) -> Form:
    return output_form(name, name if name in ("text", "md", "json") else None)


def opened(folder: Path, name: str, committed: int = 0) -> Sink:
    return open_sink(folder / name, form_of(name), True, committed)


def run(folder: Path, name: str, results: list[Result]) -> None:
    sink = opened(folder, name)
    for result in results:
        sink.add(result)
    sink.close_block()
    sink.finish(replace=False)
    sink.close()


def bytes_below(path: Path) -> dict[str, bytes]:
    """Every file at or below a path, by its place there."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return {str(file.relative_to(path)): file.read_bytes() for file in files}


def varied(make: Make, form: Form, count: int = 700) -> list[Result]:
    """Results of all sorts, so many that there are several blocks."""
    chance = random.Random(7)
    kinds = chance.choices([{}, {"error": "took longer than 20 s"}, {"passed": "a hidden file"}], [8, 1, 1], k=count)
    return [make(form, n, body=f"Line {n}.\n" * chance.randrange(40), **kind) for n, kind in enumerate(kinds)]


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_interrupted_run_ends_with_the_bytes_of_one_that_wasnt(make: Make, tmp_path: Path, name: str) -> None:
    results = varied(make, form_of(name))
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    run(tmp_path / "a", name, results)
    assert not partial_path(tmp_path / "a" / name).exists()
    committed = done = 0
    for stop in (100, 350, 351, 600, 700):
        sink = opened(tmp_path / "b", name, committed)
        for number, result in enumerate(results[done:stop], done):
            if sink.add(result):
                committed, behind = sink.committed, number + 1
        if committed:
            done = behind
        if stop < 700:
            sink.close()
            assert not (tmp_path / "b" / name).exists()
            growing = partial_path(tmp_path / "b" / name)
            with (growing / "index.jsonl" if growing.is_dir() else growing).open("ab") as file:
                file.write(b"half a blo")
    sink.close_block()
    sink.finish(replace=False)
    assert bytes_below(tmp_path / "b" / name) == bytes_below(tmp_path / "a" / name)
    assert os.listdir(tmp_path / "b") == [name]


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_block_ends_with_its_last_row_or_byte(make: Make, tmp_path: Path, name: str) -> None:
    form = form_of(name)
    sink = opened(tmp_path, name)
    ends = [sink.add(make(form, n)) for n in range(2 * ROWS)]
    assert [n for n, end in enumerate(ends) if end] == [ROWS - 1, 2 * ROWS - 1]
    large = make(form, 999, body="x" * WEIGHT)
    assert sink.add(large) == (form in ("line", "row"))  # in a folder the index has rows of little weight
    assert not sink.add(make(form, 1000))
    before = sink.committed
    sink.close_block()
    assert sink.committed > before
    sink.close_block()
    sink.close()


@pytest.mark.parametrize("name", OUTPUTS)
def test_what_is_passed_over_leaves_no_trace(make: Make, tmp_path: Path, name: str) -> None:
    form = form_of(name)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    rows = [make(form, n) for n in range(200)]
    run(tmp_path / "a", name, rows)
    run(tmp_path / "b", name, [each for row in rows for each in (make(form, 0, passed="a hidden file"), row)])
    assert bytes_below(tmp_path / "a" / name) == bytes_below(tmp_path / "b" / name)


@pytest.mark.parametrize("name", OUTPUTS)
def test_no_documents_give_an_output_without_rows(tmp_path: Path, name: str) -> None:
    run(tmp_path, name, [])
    assert (tmp_path / name).exists()
    assert not pending(tmp_path / name, form_of(name))


@pytest.mark.parametrize("name", OUTPUTS)
def test_only_one_run_writes_an_output(make: Make, tmp_path: Path, name: str) -> None:
    first = opened(tmp_path, name)
    for n in range(ROWS):
        first.add(make(form_of(name), n))
    with pytest.raises(BatchError, match="another run"):
        opened(tmp_path, name)
    with pytest.raises(BatchError, match="another run"):
        opened(tmp_path, name, first.committed)
    assert pending(tmp_path / name, form_of(name))
    first.finish(replace=False)
    assert not pending(tmp_path / name, form_of(name))


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_that_is_there_goes_only_if_it_may(make: Make, tmp_path: Path, name: str) -> None:
    form = form_of(name)
    run(tmp_path, name, [make(form, 1)])
    before = bytes_below(tmp_path / name)
    sink = opened(tmp_path, name)
    sink.add(make(form, 1, body="Another weir.\n"))
    sink.close_block()
    with pytest.raises(BatchError, match="exists"):
        sink.finish(replace=False)
    assert bytes_below(tmp_path / name) == before
    sink.finish(replace=True)
    assert bytes_below(tmp_path / name) != before
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_partial_that_lost_something_isnt_resumed(make: Make, tmp_path: Path, name: str) -> None:
    form = form_of(name)
    sink = opened(tmp_path, name)
    for n in range(ROWS):
        sink.add(make(form, n))
    sink.close()
    with pytest.raises(BatchError, match=rf"holds {sink.committed:,} of the {sink.committed + 1:,} bytes"):
        opened(tmp_path, name, sink.committed + 1)
    shutil.rmtree(sink.partial) if sink.partial.is_dir() else sink.partial.unlink()
    with pytest.raises(BatchError, match="is gone"):
        opened(tmp_path, name, sink.committed)
    assert os.listdir(tmp_path) == []


WRITER = """
import signal, sys
from pathlib import Path
from stripper.batch.sinks import open_sink, output_form
from stripper.errors import OutputError
sys.path.insert(0, {tests!r})
from conftest import made

name = sys.argv[1]
form = output_form(name, name if name in ("text", "md", "json") else None)
try:
    sink = open_sink(Path(sys.argv[2]) / name, form, True)
    for number in range(int(sys.argv[3])):
        if sink.add(made(form, number, noise=3000)):
            print(f"{{sink.committed:<5000}}", flush=True)  # wide, so that it gets no further than a pipe holds ahead of whoever reads
    sink.finish(False)
except OutputError as error:
    print(error, flush=True)
"""


def writer(name: str, folder: Path, count: int, **options: object) -> subprocess.Popen[str]:
    """A process that writes `count` rows, prints what it committed, and the error that stops it."""
    code = WRITER.format(tests=str(Path(__file__).parent))
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-c", code, name, str(folder), str(count)], stdout=subprocess.PIPE, text=True, env=env, **options
    )


def goes_on(make: Make, folder: Path, name: str, committed: int) -> None:
    """Whether the rows that were committed are all there, and more can follow: the partial ends like a run of so many rows."""
    rows = committed_rows(make, folder, name, committed)
    sink = opened(folder, name, committed)
    assert sink.committed == committed
    sink.finish(replace=False)
    assert rows > 0


def committed_rows(make: Make, folder: Path, name: str, committed: int) -> int:
    """How many rows a fresh run has when it has committed so many bytes; fails where its bytes are others."""
    fresh = folder / "fresh"
    fresh.mkdir()
    form = form_of(name)
    sink, rows = opened(fresh, name), 0
    while sink.committed < committed:
        sink.add(make(form, rows, noise=3000))
        rows += 1
    assert sink.committed == committed
    sink.close()
    for file, content in bytes_below(sink.partial).items():
        written = (partial_path(folder / name) / file).read_bytes() if sink.partial.is_dir() else partial_path(folder / name).read_bytes()
        assert written[: len(content)] == content
    return rows


@pytest.mark.parametrize("name", OUTPUTS[:5])
def test_a_file_that_may_not_grow_loses_nothing_that_was_committed(make: Make, tmp_path: Path, name: str) -> None:
    limit = 35_000 if name == "text" else 1_000_000  # in a folder it is the index that grows
    process = writer(name, tmp_path, 1_500, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    said = process.communicate(timeout=PATIENCE)[0].split("\n")[:-1]
    assert "File too large" in said[-1]
    assert said[-1].startswith("can't write ")
    assert len(said) >= 2, "no block fitted; the test's limit is too small"
    goes_on(make, tmp_path, name, int(said[-2]))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 1 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip("no right to mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("name", ["out.jsonl", "out.parquet", "text"])
def test_a_full_disk_loses_nothing_that_was_committed(make: Make, tmp_path: Path, small_disk: Path, name: str) -> None:
    said = writer(name, small_disk, 1_500).communicate(timeout=PATIENCE)[0].split("\n")[:-1]
    assert said[-1].startswith("can't write ")
    assert said[-1].endswith("No space left on device")
    shutil.copytree(small_disk, tmp_path / "larger")
    goes_on(make, tmp_path / "larger", name, int(said[-2]))


def test_a_disk_with_no_room_for_the_last_step_keeps_all_rows(make: Make, tmp_path: Path, small_disk: Path) -> None:
    said = writer("out.parquet", small_disk, 4 * ROWS).communicate(timeout=PATIENCE)[0].split("\n")[:-1]
    assert len(said) == 5
    assert said[-1].endswith("No space left on device")
    assert os.listdir(small_disk) == ["out.parquet.partial"]
    shutil.copytree(small_disk, tmp_path / "larger")
    goes_on(make, tmp_path / "larger", "out.parquet", int(said[-2]))


@pytest.mark.parametrize("name", ["out.jsonl.gz", "out.parquet", "json"])
def test_a_run_that_is_killed_lets_go_of_the_lock_and_keeps_its_blocks(make: Make, tmp_path: Path, name: str) -> None:
    process = writer(name, tmp_path, 100_000)
    assert process.stdout
    committed = [int(process.stdout.readline()) for _ in range(2)]
    os.kill(process.pid, signal.SIGKILL)
    committed += [int(line) for line in process.communicate(timeout=PATIENCE)[0].splitlines()]
    goes_on(make, tmp_path, name, committed[-1])


def test_where_it_cant_be_written_the_system_says_why(tmp_path: Path) -> None:
    partial_path(tmp_path / "out.jsonl").mkdir()
    with pytest.raises(OutputError, match="Is a directory"):
        opened(tmp_path, "out.jsonl")
    (tmp_path / "taken.parquet").mkdir()
    with pytest.raises(BatchError, match="is a folder"):
        opened(tmp_path, "taken.parquet")
    with pytest.raises(BatchError, match="there is no folder"):
        opened(tmp_path / "missing", "out.jsonl")


@pytest.mark.parametrize(
    ("output", "format", "form"),
    [
        ("a/out.jsonl", None, "line"),
        ("out.NDJSON.gz", None, "line"),
        ("out.v2.jsonl.zst", None, "line"),
        ("out.parquet", None, "row"),
        ("out", None, "text"),
        ("out.v2/", None, "text"),
        ("out", "md", "md"),
        ("out.2024/", "json", "json"),
        (".", "json", "json"),
    ],
)
def test_a_name_says_what_the_output_is(output: str, format: str | None, form: Form) -> None:
    assert output_form(output, format) == form


@pytest.mark.parametrize(
    ("output", "format", "reason"),
    [
        ("out.json", None, ".jsonl.gz"),
        ("out.csv", "json", ".parquet"),
        ("out.gz", None, "unknown"),
        ("out.jsonl", "md", "for folders"),
        ("-", None, "out"),
    ],
)
def test_a_name_that_says_nothing_is_refused(output: str, format: str | None, reason: str) -> None:
    with pytest.raises(BatchError, match=reason):
        output_form(output, format)


def test_a_folder_that_is_there_is_one_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "pages.2024").mkdir()
    assert output_form(tmp_path / "pages.2024") == "text"
