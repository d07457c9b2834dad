"""CSV: a row is a document; damage costs the row that it is in."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.batch.document import Document, Reading
from stripper.batch.sources import documents


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(content: bytes, name: str = "t.csv", **reading: Any) -> list[Document]:
    Path(name).write_bytes(content)
    return list(documents([name], Reading(**reading)))


def told(content: bytes, **reading: Any) -> list[str]:
    """The content of each document, or its error without the file's name."""
    return [document.error.removeprefix("t.csv, ") or str(document.content) for document in read(content, **reading)]


def test_a_row_is_a_document() -> None:
    first, second = read(b'\xef\xbb\xbfid, url ,html\r\n7,https://isle.example/,"<p>One\r\n""two"""\r\n\r\n,,<p>Three')
    assert (first.id, first.name, first.content, first.as_) == ("7", "t.csv, row 1 at line 2", '<p>One\r\n"two"', "html")
    assert (first.url, first.target) == ("https://isle.example/", "t.csv/000001-7")
    assert (second.id, second.name, second.url, second.target) == ("t.csv:2", "t.csv, row 2 at line 5", None, "t.csv/000002")


def test_tabs() -> None:
    (document,) = read(b"text\turl\na, b\thttps://isle.example/\n", "t.TSV")
    assert (document.content, document.url, document.as_) == ("a, b", "https://isle.example/", "text")


def test_cells_may_be_larger_than_the_module_thinks() -> None:
    assert len(read(b"text\n" + b"x" * 300_000)[0].content or "") == 300_000


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (b"1\n", "row 2 at line 3: 1 cells; expected 2, as many as there are columns"),
        (b"1,2,3\n", "row 2 at line 3: 3 cells; expected 2, as many as there are columns"),
        (b"1,a\0b\n", "row 2 at line 3: a NUL byte in line 3; expected text"),
        (b'1,"a\nb\xffc\n""d"",\n"\n', "row 2 at line 3: line 4 is not UTF-8 at its byte 2; expected CSV in UTF-8"),
        (b'1,"a"b\n', "row 2 at line 3: not CSV: ',' expected after '\"'"),
        (b'1,"a\n2,"b"\n', "row 2 at line 3: not CSV: ',' expected after '\"'"),
        (b"1,caf\xe9\n", "row 2 at line 3: line 3 is not UTF-8 at its byte 6; expected CSV in UTF-8"),
        (
            b"1,a\rb\n",
            "row 2 at line 3: not CSV: new-line character seen in unquoted field",
        ),
    ],
)
def test_a_broken_row_costs_itself_only(row: bytes, error: str) -> None:
    assert told(b"id,text\n1,a\n" + row + b"2,b\n") == ["a", error, "b"]


def test_rows_that_are_too_large_are_passed_with_all_their_lines() -> None:
    mebi = 1 << 20
    large = b'1,"' + (b"x" * 1000 + b'\n""y"", z\n') * 1100 + b'end"\n'
    line = b'1,"' + b"x" * (mebi + 2000) + b'\n2,b\n2,b"\n'
    assert told(b"id,text\n" + large + b"2,b\n" + line + b"3,c\n", max_document=1000) == [
        "row 1 at line 2: the row is larger than 1.001 MiB",
        "b",
        f"row 3 at line {2 + 2201 + 1}: the row is larger than 1.001 MiB",
        "c",
    ]
    assert told(b"id,text\n1," + b"x" * 1001 + b"\n2,b\n", max_document=1000) == ["row 1 at line 2: larger than 1000 bytes", "b"]
    assert told(b'id,text\n1,"' + (b"x" * 999 + b"\n") * 1100, max_document=1000) == ["row 1 at line 2: the row is larger than 1.001 MiB"]


def test_a_file_that_ends_inside_of_quotes() -> None:
    assert told(b'id,text\n1,a\n2,"b\n3,c\n') == ["a", "row 2 at line 3: not CSV: the file ends inside of quotes"]
    assert told(b'id,text\n1,a\n2,"b"') == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "t.csv: the file is empty; expected a row with names of columns"),
        (b"\n\n", "t.csv: the file is empty; expected a row with names of columns"),
        (b"a,b\n1,2\n", "t.csv, line 1: no column 'html' and none 'text'; its columns are 'a', 'b'"),
        (b"\xff\xfea\0\n", "t.csv, line 1: a NUL byte in line 1; expected text"),
    ],
)
def test_a_file_without_a_head(content: bytes, error: str) -> None:
    (document,) = read(content)
    assert (document.error, document.id) == (error, "t.csv")


def test_columns_that_were_asked_for() -> None:
    table = b"key,page,body\n7,<p>a,b\n8,,b\n"
    assert told(table, html_field="page") == ["<p>a", ""]
    assert told(table, html_field="page", text_field="body", id_field="key") == ["<p>a", "b"]
    assert told(table, text_field="story", url_field="link") == ["line 1: no column 'story' and none 'link'; its columns are 'body', 'key', 'page'"]
    assert told(table, text_field="story", html_field="page") == ["line 1: no column 'story'; its columns are 'body', 'key', 'page'"]


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20), st.integers()), max_size=9))
def test_every_row_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([("text", "id"), *rows])
    path = tmp_path_factory.mktemp("table") / "t.csv"
    path.write_text(written.getvalue(), "utf-8", newline="")
    found = list(documents([str(path)], Reading()))
    assert [(document.content, document.id) for document in found] == [(text, str(number)) for text, number in rows]
