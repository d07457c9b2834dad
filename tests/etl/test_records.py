"""Records: which of their values are pages, and what they may be."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from stripper.errors import ColumnError
from stripper.etl.options import Columns, job
from stripper.etl.pages import documents
from stripper.etl.records import document, done, passed_on

TEXT = "Ferry sails again\n\nThe ferry sailed for the first time in nine weeks, and the harbour office said that it was about time."


@pytest.mark.parametrize(
    ("record", "asked"),
    [
        ({"html": "<p>a", "text": "b", "url": "https://a.example"}, Columns()),
        ({"html": None, "text": "b"}, Columns()),
        ({"text": "b", "url": None}, Columns()),
        ({"html": None, "text": "b"}, Columns(html="html", text="text")),
        ({"html": "", "text": None}, Columns(html="html", text="text")),
        ({"html": "", "text": "b"}, Columns(html="html", text="text")),
        ({"html": None, "text": None}, Columns(html="html", text="text")),
        ({"p": b"<p>a", "link": b"https://a.example", "cs": "koi8-r", "at": "2024-03-14"}, Columns("p", None, "link", None, "at", "cs")),
        ({"p": "<p>a", "at": "2024-03-14T10:00:00+00:00"}, Columns(html="p", crawled="at")),
        ({"p": "<p>a", "at": ""}, Columns(html="p", crawled="at")),
        ({"p": "<p>a", "at": "monday"}, Columns(html="p", crawled="at")),
    ],
)
def test_a_record_is_read_as_a_row_is(record: dict[str, Any], asked: Columns) -> None:
    (row,) = documents(pa.RecordBatch.from_pylist([record]), asked)
    found = document(record, asked)
    same = ["content", "url", "encoding", "crawled", "error", "passed"] + ([] if row.error or row.passed else ["as_"])
    assert [getattr(found, name) for name in same] == [getattr(row, name) for name in same]


def test_what_python_has_beside_text_and_bytes() -> None:
    moment = datetime(2024, 3, 14, 10, tzinfo=UTC)
    found = document({"html": bytearray(b"<p>a"), "at": moment}, Columns(crawled="at"))
    assert (found.content, found.crawled) == (b"<p>a", moment)
    assert document({"html": memoryview(b"<p>a"), "at": date(2024, 3, 14)}, Columns(crawled="at")).crawled == date(2024, 3, 14)
    assert document({"html": ["<p>a"]}, Columns()).error == "'html' is of type list, expected text or bytes"
    assert document({"html": "a", "link": 3}, Columns(url="link")).error == "'link' is of type int, expected text or bytes"
    assert document({"html": "a", "url": 3}, Columns()).url is None  # nobody asked for it


def test_all_records_of_a_job_get_the_same_fields() -> None:
    todo = job({"prefix": "a_", "removed": True})
    records: list[dict[str, Any]] = [{"text": TEXT}, {"text": None}, {"page": TEXT}, {"text": b"\x89PNG\r\n\x1a\n" + bytes(50)}]
    several = [done(todo, document(record, todo.columns)) for record in records]
    assert [new.status for new in several] == ["ok", "empty", "error", "error"]
    assert len({tuple(new.fields) for new in several}) == 1
    assert [new.fields["a_status"] for new in several] == [new.status for new in several]
    assert [dict(new.counts.statuses) for new in several] == [{new.status: 1} for new in several]
    assert several[1].fields["a_packs"] == several[0].fields["a_packs"]


def test_what_is_passed_on() -> None:
    record = {"id": 1, "html": "<p>a", "text": "b"}
    assert passed_on(record, job({})) == {"id": 1, "text": "b"}
    assert passed_on(record, job({"html": "html", "text": "text"})) == {"id": 1}
    assert passed_on(record, job({"keep": True})) == record
    with pytest.raises(ColumnError, match="'body', 'date' already"):
        passed_on({"html": "a", "date": "", "body": None}, job({}))


def test_it_needs_no_arrow() -> None:
    code = "import sys; import stripper.etl.records; assert 'pyarrow' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=600)
