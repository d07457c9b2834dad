"""Parquet: a row is a document, whatever type its columns have; damage costs the rest of its row group."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import pytest

from stripper.batch.document import Document, Reading
from stripper.batch.sources import documents
from stripper.errors import ExtraError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(table: Any, options: dict[str, Any] | None = None, **reading: Any) -> list[Document]:
    pq.write_table(table, "t.parquet", **(options or {}))
    return list(documents(["t.parquet"], Reading(**reading)))


def test_a_row_is_a_document() -> None:
    first, second = read(pa.table({"html": ["<p>One", None], "url": ["https://isle.example/", None], "id": [7, None], "rest": [1, 2]}))
    assert (first.id, first.name, first.content, first.as_, first.url) == ("7", "t.parquet, row 1", "<p>One", "html", "https://isle.example/")
    assert (first.target, first.place, first.error) == ("t.parquet/000001-7", (0, 0), "")
    assert (second.id, second.content, second.url, second.error) == ("t.parquet:2", None, None, "")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (pa.string(), "Fähre"),
        (pa.large_string(), "Fähre"),
        (pa.string_view(), "Fähre"),
        (pa.dictionary(pa.int32(), pa.string()), "Fähre"),
        (pa.binary(), "Fähre".encode()),
        (pa.large_binary(), "Fähre".encode()),
        (pa.binary_view(), "Fähre".encode()),
    ],
    ids=str,
)
def test_columns_of_all_types_that_hold_texts(kind: Any, expected: str | bytes) -> None:
    values = [expected, None, expected]
    column = pa.array(["Fähre", None, "Fähre"]).dictionary_encode() if pa.types.is_dictionary(kind) else pa.array(values, kind)
    assert [document.content for document in read(pa.table({"text": column}))] == values


def test_binary_ids_and_urls_are_text() -> None:
    (document,) = read(pa.table({"text": ["a"], "id": [b"isle/1"], "url": [b"https://isle.example/"]}))
    assert (document.id, document.url) == ("isle/1", "https://isle.example/")


def test_texts_that_are_no_utf8_are_bytes() -> None:
    column = pa.Array.from_buffers(pa.string(), 2, pa.array([b"caf\xe9", b"tea"], pa.binary()).buffers())
    assert [document.content for document in read(pa.table({"text": column}))] == [b"caf\xe9", "tea"]


def test_columns() -> None:
    table = pa.table({"page": ["<p>a", None], "body": ["b", "b"], "n": [1, 2]})
    assert [document.content for document in read(table, html_field="page", text_field="body")] == ["<p>a", "b"]
    assert [document.error for document in read(table)] == ["t.parquet: no column 'html' and none 'text'; its columns are 'body', 'n', 'page'"]
    assert read(table, text_field="n")[1].error == "t.parquet, row 2: 'n' is a number, expected text"
    assert read(table, text_field="body", max_document=0)[1].error == "t.parquet, row 2: larger than 0 bytes"


def test_many_row_groups_are_one_table() -> None:
    table = pa.table({"text": [str(n) for n in range(100)]})
    found = read(table, {"row_group_size": 17})
    assert [document.content for document in found] == [str(n) for n in range(100)]
    assert [document.place.item for document in found] == list(range(100))
    assert found[-1].name == "t.parquet, row 100"
    assert read(table.slice(0, 0)) == []


def test_damage_costs_the_rest_of_a_row_group() -> None:
    chance = random.Random(5)
    table = pa.table({"text": [chance.randbytes(500).hex() for _ in range(300)]})
    pq.write_table(table, "t.parquet", row_group_size=100, use_dictionary=False, compression="gzip")
    data = bytearray(Path("t.parquet").read_bytes())
    group = pq.ParquetFile("t.parquet").metadata.row_group(1).column(0)
    middle = group.data_page_offset + group.total_compressed_size // 2
    data[middle : middle + 2000] = bytes(2000)
    Path("t.parquet").write_bytes(data)
    found = list(documents(["t.parquet"], Reading()))
    (broken,) = [document for document in found if document.error]
    assert broken.error.startswith("t.parquet, rows 101 to 200: they can't be read: ")
    assert broken.id == "t.parquet:101"
    texts = table.column("text").to_pylist()
    assert [document.content for document in found if not document.error] == texts[:100] + texts[200:]
    assert [document.place.item for document in found] == list(range(201))


@pytest.mark.parametrize("content", [b"", b"PAR1", b"id,text\n1,a\n", b"PAR1" + b"x" * 100 + b"PAR1"])
def test_what_is_no_parquet(content: bytes) -> None:
    Path("t.parquet").write_bytes(content)
    (document,) = documents(["t.parquet"], Reading())
    assert document.error.startswith("t.parquet: not Parquet: ")
    assert document.error.endswith("; expected a whole Parquet file")


def test_a_file_that_was_cut_off() -> None:
    read(pa.table({"text": ["a" * 5000]}))
    data = Path("t.parquet").read_bytes()
    Path("t.parquet").write_bytes(data[:-50])
    (document,) = documents(["t.parquet"], Reading())
    assert "not Parquet" in document.error


def test_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    pq.write_table(pa.table({"text": ["a"]}), "t.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExtraError, match=r"reading Parquet \(t.parquet\) needs .*\[arrow\]"):
        list(documents(["t.parquet"], Reading()))
