"""What the engines' tests share: five hundred rows with whatever columns of pages hold, what must come of them, and how a script is run."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stripper.etl.arrow import clean_batches, output_schema

TESTS = Path(__file__).parents[1]
ROWS = 500
SECONDS = 1200
"""After which a process counts as one that hangs. Engines start in ten to forty, and on a machine with much else to do in ten times that."""
SCHEMA = pa.schema(
    [
        ("id", pa.int64()),
        ("url", pa.string()),
        ("html", pa.binary()),
        ("lang", pa.string()),
        ("score_in", pa.float64()),
        ("tags", pa.list_(pa.string())),
    ]
)
ODD = (
    None,
    b"",
    b" \n\t ",
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    b"%PDF-1.7 \xff\xfe",
    b"\x00" * 300,
    b"<div>" * 3000,
    b"<p>" + "Паром снова ходит после девяти недель, сообщила контора порта.".encode("koi8-r") + b"</p>",
    "<title>Fähre</title><p>Die Fähre fährt nach neun Wochen wieder, teilte das Hafenamt am Montag mit.</p>".encode("utf-16"),
    b"The ferry sails again\n\nThe ferry sailed for the first time in nine weeks.\n\nLeave a Reply",
    "<p>A lone surrogate: \ud800, and a smiling face: \U0001f600</p>".encode("utf-8", "surrogatepass"),
    b"<p>" + b"word " * 40_000 + b"</p>",
)
"""Pages that aren't quite pages; a row in fifteen is one of them."""


@pytest.fixture(scope="session")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Parquet in five row groups, each of which begins with something odd."""
    folder = tmp_path_factory.mktemp("etl")
    crawl = folder / "crawl.jsonl"
    make = [sys.executable, str(TESTS / "batch" / "crawl.py"), "jsonl", str(crawl), "--records", str(ROWS), "--mean", "4KB"]
    subprocess.run(make, check=True, timeout=SECONDS)
    pages: list[bytes | None] = [json.loads(line)["html"].encode() for line in crawl.read_text("utf-8").splitlines()]
    real = [path.read_bytes() for path in sorted((TESTS.parent / "fixtures" / "pages").glob("*/page.*"))]
    pages[1 : 3 * len(real) : 3] = real
    pages[::15] = [ODD[number % len(ODD)] for number in range(len(pages[::15]))]
    rng = random.Random(8)
    rows = {
        "id": rng.sample(range(10**9), ROWS),
        "url": [None if number % 7 == 0 else f"https://news{number % 9}.example/story/{number}" for number in range(ROWS)],
        "html": pages,
        "lang": [rng.choice(["en", "fi", "", "日本語"]) for _ in range(ROWS)],
        "score_in": [rng.choice([None, 0.1 + number, -0.0]) for number in range(ROWS)],
        "tags": [rng.choice([None, [], ["a"], ["b", "c"]]) for _ in range(ROWS)],
    }
    path = folder / "pages.parquet"
    pq.write_table(pa.table(rows, schema=SCHEMA), path, row_group_size=ROWS // 5)
    return path


@pytest.fixture(scope="session")
def run_script() -> Callable[..., str]:
    """Runs Python in a process group of its own, all of which ends with it: `run_script(folder, *arguments, **environment)`.

    It runs in the folder, with the pack `hostile` at hand, and must end well; what it and its processes have printed comes back.
    """

    def run(folder: Path, *arguments: str | Path, **environment: str) -> str:
        path = os.pathsep.join([str(TESTS.parent), str(TESTS / "batch" / "hostile")])
        env = {**os.environ, "PYTHONPATH": path, "HOSTILE_MEMORY": str(folder), **environment}
        with (folder / "log").open("w+b") as log:
            command = [sys.executable, "-P", *map(str, arguments)]
            process = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log, start_new_session=True)
            try:
                status = process.wait(SECONDS)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        said = (folder / "log").read_text("utf-8", "replace")
        assert status == 0, said[-5000:]
        return said

    return run


@pytest.fixture(scope="session")
def documented() -> dict[str, str]:
    """The scripts in docs/etl.md that take a table through an engine, by its name."""
    text = (TESTS.parent / "docs" / "etl.md").read_text("utf-8")
    return dict(re.findall(r"<!-- file: in_(\w+)\.py -->\n```python\n(.*?)```\n", text, re.S))


@pytest.fixture(scope="session")
def expected(table: Path) -> pa.Table:
    """What `clean_batches` makes of the table, without an engine."""
    file = pq.ParquetFile(table)
    return pa.Table.from_batches(clean_batches(file.iter_batches(), removed=True), output_schema(file.schema_arrow, removed=True))


@pytest.fixture(scope="session")
def assert_same(expected: pa.Table) -> Callable[[Path], None]:
    """Every byte of every column of a table that an engine wrote is as expected."""

    def same(written: Path) -> None:
        found = pq.read_table(written)
        assert found.column_names == expected.column_names
        assert found.num_rows == expected.num_rows
        for name in expected.column_names:
            assert _column_bytes(found, name, expected.schema) == _column_bytes(expected, name, expected.schema), name

    return same


def _column_bytes(table: pa.Table, name: str, schema: pa.Schema) -> bytes:
    """A column in the order of ids, in the expected type, as it goes over a wire: engines have large strings and chunks of their own."""
    values = table.select(["id", name] if name != "id" else ["id"]).sort_by("id")[name].to_pylist()
    array = pa.array(values, schema.field(name).type)
    return pa.RecordBatch.from_arrays([array], [name]).serialize().to_pybytes()
