"""Rows read again: what a batch or an engine wrote comes back, and what is no such table is told with its place."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stripper import clean
from stripper.batch.columns import arrow_schema
from stripper.batch.document import BEGINNING, Document
from stripper.batch.forms import line
from stripper.batch.rows import FIELDS, article_row, error_row
from stripper.batch.zstd import zstd_module
from stripper.errors import InputError
from stripper.etl.arrow import clean_batch
from stripper.report.rows import Naming, read_rows

FERRY = "<h1>Ferry sails again</h1><p>The ferry sailed on Monday, for the first time in nine weeks, with forty sheep.</p><p>Leave a Reply</p>"
LEAST: dict[str, Any] = {"status": "ok", "body": "The ferry sailed."}
SPAN: dict[str, Any] = {"kind": "share", "rule": "share/x", "start": 0, "end": 5, "score": 0.9, "text": "Share"}


def rows(path: Path) -> list[dict[str, Any]]:
    return list(read_rows(path))


def reason(path: Path) -> str:
    with pytest.raises(InputError) as error:
        rows(path)
    return str(error.value).removeprefix(str(path))


def write(path: Path, *lines: object) -> Path:
    path.write_text("".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same rows in every form of a table."""
    folder = tmp_path_factory.mktemp("batches")
    page = Document("a", "a", BEGINNING, FERRY, "https://tarn.example/ferry")
    wide = page._replace(id="d", content=FERRY.replace("forty", "日本 "))
    rows = [
        article_row(page, clean(FERRY), True),
        error_row(page, "took longer than 20 s", ("core 1 ab",), True),
        article_row(wide, clean(str(wide.content)), True),
    ]
    content = b"".join(map(line, rows))
    found = {suffix: folder / f"out{suffix}" for suffix in (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")}
    found[".jsonl"].write_bytes(content)
    found[".jsonl.gz"].write_bytes(gzip.compress(content))
    found[".jsonl.zst"].write_bytes(zstd_module("this test").compress(content))
    pq.write_table(pa.Table.from_pylist(rows, arrow_schema(True)), found[".parquet"])
    return found


def test_every_form_gives_the_same_rows(batches: dict[str, Path]) -> None:
    expected = [json.loads(line) for line in batches[".jsonl"].read_text("utf-8").splitlines()]
    assert [row["status"] for row in expected] == ["ok", "error", "ok"]
    assert expected[0]["removed"]
    for path in batches.values():
        assert rows(path) == expected


def test_what_an_engine_wrote(tmp_path: Path) -> None:
    batch = pa.record_batch({"page": [FERRY, None], "crawl": ["a", "b"], "id": [17, 18], "url": ["https://tarn.example/", None]})
    for prefix in ("", "article_"):
        out = tmp_path / f"etl{prefix}.parquet"
        pq.write_table(pa.Table.from_batches([clean_batch(batch, html="page", removed=True, prefix=prefix, large=bool(prefix))]), out)
        first, second = rows(out)
        assert (first["id"], first["url"], first["headline"]) == ("17", "https://tarn.example/", "Ferry sails again")
        assert first["removed"][0]["rule"] == "comments/leave-a-reply"
        assert (second["status"], second["body"], second["score"], second["authors"], second["removed"]) == ("empty", "", 0.0, [], [])
        assert "crawl" not in first


def test_what_a_table_may_lack(tmp_path: Path) -> None:
    (row, other) = rows(write(tmp_path / "a.jsonl", {**LEAST, "shoe": 42, "score": float("nan")}, "\n", {**LEAST, "removed": None}))
    assert row == {"schema": 1, "id": "row 1", "url": None, **dict.fromkeys(FIELDS), "error": None, **LEAST} | {
        "authors": [],
        "score": 0.0,
        "packs": [],
        "warnings": [],
    }
    assert (other["id"], other["removed"]) == ("row 2", [])


def test_half_surrogate_pairs_are_replaced(tmp_path: Path) -> None:
    (row,) = rows(write(tmp_path / "a.jsonl", '{"status": "ok", "body": "a\\ud800b", "url": "\\u0000"}\n'))
    assert (row["body"], row["url"]) == ("a�b", "\0")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("tide\n", ", line 2: not JSON: Expecting value at its character 1; expected an object"),
        ("[1]\n", ", line 2: not an object but a list; expected an object"),
        ('{"status": "ok", "body": "x"', ", line 2: not JSON: "),
        ({"shoe": 1}, ", line 2: no column 'status' and none 'body'; its columns are 'shoe'; expected rows of a batch (docs/rows.md)"),
        ({"status": "ok", "id": "a"}, ", line 2: no column 'body'; its columns are 'id', 'status'; expected"),
        ({}, ", line 2: no column 'status' and none 'body'; it has no columns; expected"),
        ({**LEAST, "schema": 2}, ", line 2: its columns are of version 2, and this stripper knows those up to 1; a newer stripper reads it"),
        ({**LEAST, "body": 3}, ", line 2: 'body' is 3; expected text"),
        ({**LEAST, "score": True}, ", line 2: 'score' is True; expected a number"),
        ({**LEAST, "authors": ["Edda", 4]}, ", line 2: 'authors' is ['Edda', 4]; expected a list of texts"),
        ({**LEAST, "removed": "all"}, ", line 2: 'removed' is 'all'; expected a list of objects"),
        ({**LEAST, "removed": ["all"]}, ", line 2: 'removed' holds 'all'; expected objects"),
        ({**LEAST, "removed": [{**SPAN, "end": None}]}, ", line 2: in 'removed', 'end' is None; expected a number"),
        ({**LEAST, "removed": [{"kind": "share"}]}, ", line 2: in 'removed', 'rule' is None; expected text"),
    ],
)
def test_what_is_no_row(wrong: object, said: str, tmp_path: Path) -> None:
    assert reason(write(tmp_path / "a.jsonl", LEAST, wrong)).startswith(said)


def test_what_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    expected = ": expected a table of a batch: .jsonl, .jsonl.gz, .jsonl.zst or .parquet"
    assert reason(tmp_path / "articles") == expected
    assert reason(write(tmp_path / "a.txt", "The ferry")) == expected
    assert reason(tmp_path / "missing.jsonl") == ": No such file or directory; expected a table of a batch"
    assert reason(write(tmp_path / "a.parquet", "The ferry")).startswith(": not Parquet: ")
    pq.write_table(pa.table({"page": ["x"]}), tmp_path / "pages.parquet")
    assert (
        reason(tmp_path / "pages.parquet") == ": no column 'status' and none 'body'; its columns are 'page'; expected rows of a batch (docs/rows.md)"
    )
    pq.write_table(pa.table({**{name: [value] for name, value in LEAST.items()}, "removed": [[1]]}), tmp_path / "spans.parquet")
    assert reason(tmp_path / "spans.parquet") == ", row 1: 'removed' holds 1; expected objects"


def test_a_table_that_is_cut_off_is_no_shorter_table(batches: dict[str, Path], tmp_path: Path) -> None:
    for suffix, path in batches.items():
        cut = tmp_path / f"cut{suffix}"
        cut.write_bytes(path.read_bytes()[:-20])
        assert "expected" in reason(cut)


def test_damage_inside_of_a_parquet_file(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"status": ["ok"] * 100, "body": [f"The ferry sailed {number} times." for number in range(100)]})
    pq.write_table(table, path, row_group_size=50, compression="gzip")
    content = bytearray(path.read_bytes())
    middle = pq.ParquetFile(path).metadata.row_group(1).column(1).data_page_offset + 40
    content[middle : middle + 40] = bytes(40)
    path.write_bytes(content)
    assert reason(path).startswith(", row 49 and those behind it: ")


def test_an_empty_table_has_no_rows(tmp_path: Path) -> None:
    assert rows(write(tmp_path / "a.jsonl")) == []
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b""))
    assert rows(tmp_path / "a.jsonl.gz") == []


def test_an_engine_s_user_calls_columns_as_they_like(tmp_path: Path) -> None:
    said = LEAST | {"doc": 7, "source": "https://tarn.example/ferry"}
    pq.write_table(pa.Table.from_pylist([said]), tmp_path / "a.parquet")
    for path in (write(tmp_path / "a.jsonl", said), tmp_path / "a.parquet"):
        assert [(row["id"], row["url"]) for row in rows(path)] == [("row 1", None)]
        assert [(row["id"], row["url"]) for row in read_rows(path, naming=Naming("doc", "source"))] == [("7", "https://tarn.example/ferry")]
        with pytest.raises(InputError, match="no column 'key'; its columns are 'body', 'doc', 'source', 'status'"):
            list(read_rows(path, naming=Naming("key")))
