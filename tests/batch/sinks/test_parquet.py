"""Parquet: the schema, row groups of bounded size, and the step from blocks to the finished file."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from patience import PATIENCE

from stripper.batch.columns import arrow_schema
from stripper.batch.document import Result
from stripper.batch.rows import SCHEMA
from stripper.batch.sinks import open_sink, parquet, pending
from stripper.batch.sinks.blocks import ROWS
from stripper.errors import BatchError, ExtraError

Make = Callable[..., Result]
pq = pytest.importorskip("pyarrow.parquet")


def written(output: Path, results: list[Result], removed: bool = True) -> Any:
    sink = open_sink(output, "row", removed)
    for result in results:
        sink.add(result)
    sink.close_block()
    sink.finish(replace=False)
    return pq.ParquetFile(output)


def test_rows_come_back_as_they_went_in(make: Make, tmp_path: Path) -> None:
    results = [make("row", n, **({"error": "it is broken"} if n % 50 == 7 else {})) for n in range(300)]
    file = written(tmp_path / "out.parquet", results)
    assert file.read().to_pylist() == [result.output for result in results]
    assert file.schema_arrow.names == list(results[0].output)
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"


@pytest.mark.parametrize("removed", [False, True])
def test_the_schema_is_that_of_rows_and_says_its_version(make: Make, tmp_path: Path, removed: bool) -> None:
    result = make("row", 1)
    if not removed:
        del result.output["removed"]
    file = written(tmp_path / "out.parquet", [result], removed)
    assert arrow_schema(removed).names == list(result.output)
    assert file.schema_arrow.equals(arrow_schema(removed))
    assert file.schema_arrow.metadata[b"stripper.schema"] == str(SCHEMA).encode()


def test_an_output_without_rows_has_the_schema(tmp_path: Path) -> None:
    file = written(tmp_path / "out.parquet", [])
    assert (file.metadata.num_rows, file.schema_arrow.names) == (0, arrow_schema(True).names)


def test_only_columns_with_few_values_have_dictionaries(make: Make, tmp_path: Path) -> None:
    group = written(tmp_path / "out.parquet", [make("row", n) for n in range(300)]).metadata.row_group(0)
    columns = {group.column(n).path_in_schema: group.column(n).has_dictionary_page for n in range(group.num_columns)}
    assert {name for name, has in columns.items() if has} == set(parquet._ENUMERATED)


def test_row_groups_have_an_end(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP_ROWS", 3 * ROWS)
    file = written(tmp_path / "rows.parquet", [make("row", n) for n in range(8 * ROWS + 1)])
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [3 * ROWS, 3 * ROWS, 2 * ROWS + 1]
    monkeypatch.setattr(parquet, "GROUP_BYTES", 2_000_000)
    file = written(tmp_path / "bytes.parquet", [make("row", n, body="x" * 6_000) for n in range(8 * ROWS)])
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [2 * ROWS] * 4
    assert [row["id"] for row in file.read(["id"]).to_pylist()] == [f"d/{n}" for n in range(8 * ROWS)]


def test_a_run_that_is_killed_before_the_last_step_needs_only_that(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = tmp_path / "whole.parquet"
    results = [make("row", n) for n in range(300)]
    written(whole, results)
    output = tmp_path / "out.parquet"
    sink = open_sink(output, "row", True)
    for result in results:
        sink.add(result)
    sink.close_block()
    committed = sink.committed

    def killed(*_: object) -> None:
        with pytest.raises(BatchError, match="another run"):
            open_sink(output, "row", True)  # the file that stands there by now is locked, too
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("stripper.batch.sinks.files.publish", killed)
        with pytest.raises(KeyboardInterrupt):
            sink.finish(replace=False)
    sink.close()
    assert pending(output, "row")
    assert not output.exists()
    again = open_sink(output, "row", True, committed)
    with pytest.raises(BatchError, match="was complete"):
        again.add(results[0])
    again.close_block()
    again.finish(replace=False)
    assert output.read_bytes() == whole.read_bytes()
    assert sorted(os.listdir(tmp_path)) == ["out.parquet", "whole.parquet"]


def test_without_its_package_parquet_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExtraError, match=r"scrape-stripper\[arrow\]"):
        open_sink(tmp_path / "out.parquet", "row", False)
    assert list(tmp_path.iterdir()) == []


MEASURED = """
import sys
from pathlib import Path

class NoPandas:  # pyarrow loads it where it is installed, and it takes 60 MB
    def find_spec(name, path=None, target=None):
        if name == "pandas":
            raise ImportError(name)

sys.meta_path.insert(0, NoPandas)
sys.path.insert(0, sys.argv[1])
from conftest import made
from stripper.batch.sinks import open_sink

def peak():  # in MB; what getrusage says would be inherited from the process that started this one
    with open("/proc/self/status") as status:
        return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) // 1024

def written(name, rows):
    sink = open_sink(Path(sys.argv[2], name), "row", True)
    for number in range(rows):
        sink.add(made("row", number, noise=100_000))
    sink.finish(False)
    return peak()

print(-written("few.parquet", 600) + written("many.parquet", 2000))
"""


def test_memory_is_that_of_a_row_group_whatever_the_size(tmp_path: Path) -> None:
    """What two files take in one process is compared, because what a process takes at all is another thing on each machine."""
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, "-c", MEASURED, str(Path(__file__).parent), str(tmp_path)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE)
    assert int(done.stdout) < 70, done.stderr  # the second file has 140 MB more of bodies
    assert [pq.ParquetFile(tmp_path / name).num_row_groups for name in ("few.parquet", "many.parquet")] == [2, 7]
