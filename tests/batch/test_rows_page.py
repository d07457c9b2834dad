"""docs/rows.md names the columns that rows have, in their order, with their types."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from stripper import clean
from stripper.article import Status
from stripper.batch.columns import arrow_schema
from stripper.batch.document import Document, Place, Result
from stripper.batch.rows import ERROR, SCHEMA, article_row, error_row
from stripper.batch.sinks import open_sink
from stripper.batch.sinks.blocks import ROWS, WEIGHT
from stripper.batch.sinks.parquet import GROUP_BYTES, GROUP_ROWS

PAGE = (Path(__file__).parents[2] / "docs" / "rows.md").read_text("utf-8")
DOCUMENT = Document("a", "a.txt", Place(), url="https://weir.example/a", target="a")
STORY = "The weir at Sandholm held through the night, although the river rose by a metre within an hour.\n\nShare on Facebook\n"
JSON_TYPES = {"integer": int, "string": str, "number": float, "list of strings": list, "list of objects": list}


def table(heading: str, number: int = 0) -> list[list[str]]:
    """The rows of a table below a heading, without its head."""
    section = re.split(r"^##+ ", PAGE.partition(f" {heading}\n")[2], flags=re.M)[0]
    lines = re.findall(r"(?:^\|.*\n)+", section, re.M)[number].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def names(heading: str, number: int = 0) -> list[str]:
    return [name for row in table(heading, number) for name in re.findall(r"`([^`]+)`", row[0])]


def test_columns_and_their_types_are_those_of_rows() -> None:
    row = article_row(DOCUMENT, clean(STORY), removed=True)
    assert names("Columns") == list(row)
    for (name, kind, _, _), value in zip(table("Columns"), row.values(), strict=True):
        assert value is None or type(value) is JSON_TYPES[kind], name
    assert row["removed"]
    assert names("Columns", 1) == list(row["removed"][0])
    for (name, kind, _, _), value in zip(table("Columns", 1), row["removed"][0].values(), strict=True):
        assert type(value) is JSON_TYPES[kind], name


def test_columns_and_their_types_are_those_of_arrow() -> None:
    pytest.importorskip("pyarrow")
    schema = arrow_schema(removed=True)
    assert names("Columns") == schema.names
    for (_, _, kind, _), field in zip(table("Columns"), schema, strict=True):
        assert kind.strip("`") == re.sub(r"<(?:item|element): (\w+).*", r"<\1>", str(field.type))
    for (name, _, kind, _), field in zip(table("Columns", 1), schema.field("removed").type.value_type, strict=True):
        assert (name.strip("`"), kind.strip("`")) == (field.name, str(field.type))


def test_columns_with_a_star_are_never_null() -> None:
    starred = [row[0].strip("`*") for row in table("Columns") if row[0].endswith("*")]
    document = DOCUMENT._replace(url=None)
    for row in (article_row(document, clean(""), removed=True), error_row(document, "x", (), removed=True)):
        assert [name for name, value in row.items() if value is not None or name == "error"] == sorted([*starred, "error"], key=list(row).index)


def test_statuses_are_those_there_are() -> None:
    assert sorted(names("Status")) == sorted([*Status, ERROR])


def test_the_index_of_a_folder_has_the_values_that_are_named(tmp_path: Path) -> None:
    sink = open_sink(tmp_path / "out", "text", False)
    sink.add(Result(DOCUMENT, b"", "ok"))
    sink.finish(replace=False)
    assert names("Folders") == list(json.loads((tmp_path / "out/index.jsonl").read_bytes()))


def test_figures_are_those_of_the_code() -> None:
    assert f"version](#version) of these columns: {SCHEMA} |" in PAGE
    assert f"blocks of {ROWS}, or of {WEIGHT >> 20} MiB" in PAGE
    assert f"at most {GROUP_ROWS:,} rows or {GROUP_BYTES >> 20} MiB" in PAGE.replace("\n", " ")
