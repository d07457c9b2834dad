"""Record batches: every column type, every kind of bad row, and what is passed on."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stripper
from stripper import Cleaner, PackError, Policy, PolicyError
from stripper.batch.columns import arrow_schema
from stripper.batch.document import Document, Place
from stripper.batch.rows import article_row
from stripper.errors import ColumnError
from stripper.etl import arrow
from stripper.etl.arrow import articles, clean_batch, clean_batches, output_schema
from stripper.etl.counts import Counts
from stripper.etl.options import job

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
FERRY = """<!doctype html><title>Ferry sails again</title><h1>Ferry sails again</h1><p>By Mara Quill</p>
<p>The ferry sailed for the first time in nine weeks, and the harbour office said that it was about time for the island.</p>
<p>Engineers had replaced both shafts. They had found far more rust than anyone on the island had feared, the office said.</p>
<p>Posted 3 hours ago</p><div>Leave a Reply</div><p>Your email address will not be published.</p>"""
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


def batch_of(**columns: Any) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({name: column if isinstance(column, pa.Array) else pa.array(column) for name, column in columns.items()})


def rows(batch: pa.RecordBatch, *names: str) -> list[Any]:
    return batch.select(list(names)).to_pylist() if names else batch.to_pylist()


# --- what comes out


def test_rows_are_those_of_a_batch_s() -> None:
    """On every page of the fixtures, all columns, as `stripper batch` writes them."""
    paths = sorted(PAGES.glob("*/page.*"))
    assert len(paths) > 50
    html = [path for path in paths if path.suffix == ".html"]
    flat = [path for path in paths if path.suffix == ".txt"]
    assert len(html) + len(flat) == len(paths)
    cleaner = Cleaner()
    for some, column in ((html, "html"), (flat, "text")):
        contents = [path.read_bytes() for path in some]
        cleaned = clean_batch(batch_of(**{column: contents}), removed=True)
        for row, path, content in zip(cleaned.to_pylist(), some, contents, strict=True):
            document = Document(path.name, path.name, Place())
            expected = article_row(document, cleaner.clean(content, as_=column), removed=True)  # type: ignore[arg-type]
            assert row == {name: value for name, value in expected.items() if name not in ("schema", "id", "url")}


def test_the_schema_is_known_without_data() -> None:
    schema = pa.schema(
        [pa.field("id", pa.int64(), nullable=False, metadata={"unit": "none"}), pa.field("html", pa.binary())], metadata={"made by": "me"}
    )
    out = output_schema(schema, removed=True)
    assert out.names == ["id", *(name for name in arrow_schema(True).names if name not in ("schema", "id", "url"))]
    assert out.field("id").equals(schema.field("id"), check_metadata=True)
    assert out.metadata == {b"made by": b"me", b"stripper.schema": b"1"}
    assert pa.types.is_list(out.field("removed").type)
    assert "removed" not in output_schema(schema).names
    batch = pa.RecordBatch.from_arrays([pa.array([1]), pa.array([FERRY.encode()])], schema=schema)
    assert clean_batch(batch, removed=True).schema.equals(out, check_metadata=True)
    assert clean_batch(batch.slice(0, 0), removed=True).schema.equals(out, check_metadata=True)


def test_other_columns_are_passed_on_untouched() -> None:
    others = {
        "id": pa.array([7, 8], pa.uint8()),
        "when": pa.array([1, None], pa.timestamp("ns", "Asia/Tokyo")),
        "tags": pa.array([["a", None], None], pa.list_(pa.dictionary(pa.int8(), pa.string()))),
        "nested": pa.array([{"a": [1]}, {"a": None}]),
        "text": pa.array(["not the page", None], pa.string_view()),
        "status_of_crawl": pa.array([200, 404], pa.int16()),
    }
    batch = batch_of(html=[FERRY, None], **others)
    out = clean_batch(batch)
    assert out.schema.names[: len(others)] == list(others)
    for name, column in others.items():
        assert out.column(name).equals(column)
        assert [b and b.address for b in out.column(name).buffers()] == [b and b.address for b in column.buffers()]
    assert "html" not in out.schema.names
    assert clean_batch(batch, keep=True).column("html").equals(batch.column("html"))


def test_nulls_give_nulls() -> None:
    out = clean_batch(batch_of(html=[None, FERRY]), removed=True).to_pylist()
    assert {name: value for name, value in out[0].items() if value is not None} == {"status": "empty", "packs": out[1]["packs"]}
    assert out[1]["status"] == "ok"
    assert rows(clean_batch(batch_of(html=pa.nulls(3))), "status", "body") == [{"status": "empty", "body": None}] * 3


def test_bad_rows_are_rows_with_an_error() -> None:
    out = clean_batch(batch_of(html=[FERRY.encode(), PNG, b"", FERRY.encode()]), removed=True)
    assert [row["status"] for row in rows(out, "status")] == ["ok", "error", "empty", "ok"]
    bad = out.to_pylist()[1]
    assert "PNG" in bad["error"]
    assert (bad["body"], bad["headline"], bad["score"], bad["removed"]) == ("", None, 0.0, [])


def test_text_that_is_no_text() -> None:
    """A string column that holds other bytes than UTF-8, as unsafe writers leave behind, is read as those bytes."""
    latin = FERRY.replace("ferry", "fähre").encode("latin-1")
    for type_ in (pa.string(), pa.large_string()):
        column = pa.array([latin, FERRY.encode()], pa.binary() if type_ == pa.string() else pa.large_binary()).view(type_)
        out = clean_batch(batch_of(html=column))
        assert "fähre" in out.to_pylist()[0]["body"]
    dictionary = pa.DictionaryArray.from_arrays(pa.array([0, 0]), pa.array([latin], pa.binary()).view(pa.string()), safe=False)
    assert ["fähre" in row["body"] for row in clean_batch(batch_of(html=dictionary)).to_pylist()] == [True, True]


def variants(values: list[str | None] | list[bytes | None], types: list[pa.DataType]) -> list[pa.Array]:
    """The same pages in each type that a column may have: plain ones, a dictionary, a slice, and an extension."""
    plain = [pa.array(values, type_) for type_ in types]
    sliced = pa.concat_arrays([pa.array([values[0]] * 2, types[0]), plain[0]]).slice(2) if values else plain[0]
    return [*plain, plain[0].dictionary_encode(), sliced, pa.ExtensionArray.from_storage(Wrapped(types[0]), plain[0])]


class Wrapped(pa.ExtensionType):  # type: ignore[misc]
    """A type with a name of its own, as engines have for JSON and pictures."""

    def __init__(self, storage: pa.DataType) -> None:
        super().__init__(storage, "stripper.test.wrapped")

    def __arrow_ext_serialize__(self) -> bytes:
        return b""

    @classmethod
    def __arrow_ext_deserialize__(cls, storage: pa.DataType, _: bytes) -> Wrapped:
        return cls(storage)


PAGE = st.sampled_from(["", " ", "Wed", "é", FERRY, FERRY.replace("ferry", "Fähre"), "Leave a Reply\n\nRead more"])
CONTENTS = st.lists(st.none() | PAGE | st.text(st.characters(codec="utf-8"), max_size=40), max_size=4)


@settings(max_examples=12)
@given(CONTENTS, st.sampled_from(["html", "text"]))
def test_every_type_of_column_gives_the_same(values: list[str | None], column: str) -> None:
    for pages, types in (
        (values, [pa.string(), pa.large_string(), pa.string_view()]),
        ([value and value.encode() for value in values], [pa.binary(), pa.large_binary(), pa.binary_view()]),
    ):
        first, *others = [clean_batch(batch_of(**{column: variant}), removed=True) for variant in variants(pages, types)]
        assert all(other.equals(first) for other in others)


def test_bytes_of_one_width() -> None:
    page = FERRY.encode()
    expected = clean_batch(batch_of(html=[page, None]))
    assert clean_batch(batch_of(html=pa.array([page, None], pa.binary(len(page))))).equals(expected)


# --- columns


CLASH = "the table has columns of its own called 'body', 'date'; give the new ones a prefix, such as prefix='article_'"


@pytest.mark.parametrize(
    ("columns", "options", "said"),
    [
        (["page", "url"], {}, "no column 'html' and none 'text'; its columns are 'page', 'url'"),
        (["page", "url"], {"html": "body"}, "no column 'body'; its columns are 'page', 'url'"),
        (["html"], {"url": "link"}, "no column 'link'; its columns are 'html'"),
        (["html"], {"id": "doc"}, "no column 'doc'; its columns are 'html'"),
        (["html", "number"], {"html": "number"}, "column 'number' is of type int64, expected text or bytes; its columns are 'html', 'number'"),
        (["html", "number"], {"url": "number"}, "column 'number' is of type int64, expected text or bytes; its columns are 'html', 'number'"),
        (["html", "number"], {"crawled": "number"}, "column 'number' is of type int64, expected times or text; its columns are 'html', 'number'"),
        (
            ["html", "date", "body"],
            {},
            "the table has columns of its own called 'body', 'date'; give the new ones a prefix, such as prefix='article_'",
        ),
        ([], {}, "no column 'html' and none 'text'; it has no columns"),
    ],
)
def test_wrong_columns_are_an_error_at_once(columns: list[str], options: dict[str, Any], said: str) -> None:
    schema = pa.schema([(name, pa.int64() if name == "number" else pa.string()) for name in columns])
    with pytest.raises(ColumnError) as caught:
        output_schema(schema, **options)
    assert str(caught.value) == said
    with pytest.raises(ColumnError):
        clean_batch(pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema), **options)


def test_a_name_that_two_columns_have() -> None:
    batch = pa.RecordBatch.from_arrays([pa.array([FERRY]), pa.array([FERRY]), pa.array([1]), pa.array([2])], ["html", "html", "n", "n"])
    with pytest.raises(ColumnError, match="2 columns 'html'"):
        clean_batch(batch)
    out = clean_batch(batch.select([0, 2, 3]))
    assert out.schema.names[:2] == ["n", "n"]
    assert [out.column(index).to_pylist() for index in (0, 1)] == [[1], [2]]


def test_a_prefix() -> None:
    out = clean_batch(batch_of(html=[FERRY, None], date=["monday", "tuesday"]), prefix="article_", removed=True)
    assert out.schema.names[:3] == ["date", "article_status", "article_error"]
    assert rows(out, "date", "article_headline") == [
        {"date": "monday", "article_headline": "Ferry sails again"},
        {"date": "tuesday", "article_headline": None},
    ]


def test_text_counts_where_html_has_no_value() -> None:
    flat = "Ferry sails again\n\n" + "The ferry sailed for the first time in nine weeks, and the office said that it was about time.\n\n" * 3
    batch = batch_of(page=[FERRY, None, "", None], flat=[flat, flat, flat, None])
    both = clean_batch(batch, html="page", text="flat")
    alone = clean_batch(batch.select(["flat"]), text="flat")
    assert rows(both, "headline", "body")[0] == rows(clean_batch(batch.select(["page"]), html="page"), "headline", "body")[0]
    assert rows(both, "headline", "body")[1:] == rows(alone, "headline", "body")[1:]
    assert both.schema.names[0] == "status"


def test_the_url_counts() -> None:
    """Its host gives the site where nothing else does; a column of another type that happens to be called so is none."""
    page = FERRY.replace("<title>", "<meta property='og:url' content='/ferry'><title>")
    given = clean_batch(batch_of(html=[page], url=["https://harbour.example/ferry"]))
    assert given.to_pylist()[0]["canonical_url"] == stripper.clean(page, "https://harbour.example/ferry").canonical_url
    for url in ([1], pa.array([b"https://harbour.example/ferry"]), pa.array([None], pa.string())):
        assert clean_batch(batch_of(html=[page], url=url)).to_pylist()[0]["status"] == "ok"
    coded = clean_batch(batch_of(html=[page], link=[b"https://harbour.example/ferry"]), url="link")
    assert coded.to_pylist()[0]["canonical_url"] == given.to_pylist()[0]["canonical_url"]


@pytest.mark.parametrize(
    "crawled",
    [
        pa.array([datetime(2024, 3, 14, 12)], pa.timestamp("s")),
        pa.array([datetime(2024, 3, 14, 12, tzinfo=UTC)], pa.timestamp("ns", "UTC")),
        pa.array([datetime(2024, 3, 14, 12, tzinfo=UTC)], pa.timestamp("ns", "America/Lima")),
        pa.array([date(2024, 3, 14)]),
        pa.array([date(2024, 3, 14)], pa.date64()),
        pa.array(["2024-03-14T12:00:00Z"]),
        pa.array(["2024-03-14"]).dictionary_encode(),
        pa.array([datetime(2024, 3, 14, 12)], pa.timestamp("ms")).dictionary_encode(),
        pa.array([b"2024-03-14 12:00"]),
    ],
    ids=lambda column: str(column.type),
)
def test_when_it_was_crawled(crawled: pa.Array) -> None:
    page = FERRY.replace("3 hours ago", "2 days ago")
    assert stripper.clean(page, crawled=date(2024, 3, 14)).to_dict()["date"] == "2024-03-12"
    out = clean_batch(batch_of(html=[page], fetched=crawled), crawled="fetched")
    assert out.to_pylist()[0]["date"] == "2024-03-12"


def test_times_that_are_none() -> None:
    batch = batch_of(html=[FERRY, FERRY, FERRY, None], fetched=["soon", None, "", "never"])
    out = clean_batch(batch, crawled="fetched")
    assert [row["status"] for row in rows(out, "status")] == ["error", "ok", "ok", "error"]
    assert out.to_pylist()[0]["error"] == "'fetched': Invalid isoformat string: 'soon'; expected a time in ISO 8601"
    far = batch_of(html=[FERRY], fetched=pa.array([2**62], pa.timestamp("us")))
    assert "expected a time" in rows(clean_batch(far, crawled="fetched"), "error")[0]["error"]


def test_the_encoding_that_came_with_it() -> None:
    page = FERRY.replace("ferry", "паром").encode("koi8-r")
    out = clean_batch(batch_of(html=[page], charset=["koi8-r"]), encoding="charset")
    assert "паром" in out.to_pylist()[0]["body"]


# --- options


WAVE = """
kind = "related"
marks = "A line of one house."
why = "It is below every story."
misses = "Other words for it."

[[rule]]
id = "wave"
languages = ["en"]
keywords = ["wave at"]
block = "wave at the ferry"
examples = ["⟦Wave at the ferry⟧", "They wave at it."]
"""


def test_policy_packs_and_engine_arrive(tmp_path: Path) -> None:
    pack = tmp_path / "acme.toml"
    pack.write_text(WAVE, "utf-8")
    batch = batch_of(html=[FERRY + "<p>Wave at the ferry</p>"])
    out = clean_batch(batch, packs=["core", pack], removed=True, policy=Policy(keep={"comments"})).to_pylist()[0]
    assert [label.split()[0] for label in out["packs"]] == ["acme", "core"]
    kinds = {span["text"]: span["kind"] for span in out["removed"]}
    assert kinds["Wave at the ferry"] == "related"
    assert "Leave a Reply" not in kinds
    assert "Leave a Reply" in {span["text"] for span in clean_batch(batch, removed=True).to_pylist()[0]["removed"]}
    with pytest.raises(PolicyError):
        clean_batch(batch, engine="guess")  # type: ignore[typeddict-item]
    (tmp_path / "broken.toml").write_text("kind = 3", "utf-8")
    with pytest.raises(PackError):
        clean_batch(batch, packs=[tmp_path / "broken.toml"])


def test_large_types() -> None:
    batch = batch_of(html=[FERRY])
    large = clean_batch(batch, large=True, removed=True)
    assert large.schema.equals(output_schema(batch.schema, large=True, removed=True))
    assert large.schema.field("body").type == pa.large_string()
    assert pa.types.is_large_list(large.schema.field("removed").type)
    assert large.to_pylist() == clean_batch(batch, removed=True).to_pylist()


def test_more_than_strings_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        """What pa.array gives for strings of more than 2 GiB, without these."""

        @staticmethod
        def array(values: list[Any], type_: pa.DataType) -> pa.ChunkedArray:
            return pa.chunked_array([pa.array(values, type_)])

        def __getattr__(self, name: str) -> Any:
            return getattr(pa, name)

    monkeypatch.setattr(arrow, "pa", Full())
    with pytest.raises(ColumnError, match="column 'status' of these 1 rows needs more than 2 GiB; pass smaller batches, or large=True"):
        clean_batch(batch_of(html=[FERRY]))


def test_what_is_no_batch() -> None:
    """A table's columns are what one gets of it by iteration."""
    table = pa.table({"html": [FERRY]})
    with pytest.raises(TypeError, match=r"this is a Table, expected a RecordBatch; those of a table are clean_batches\(table.to_batches\(\)\)"):
        clean_batch(table)
    with pytest.raises(TypeError, match="this is a ChunkedArray, expected a RecordBatch"):
        list(clean_batches(table))
    assert pa.Table.from_batches(clean_batches(table.to_reader())).num_rows == 1


# --- streams and counts


def test_streams_are_cut_into_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "PART_ROWS", 3)
    batches = [batch_of(html=pa.array([FERRY] * rows, pa.string()), n=pa.array(range(rows), pa.int64())) for rows in (0, 1, 3, 7)]
    cut = list(clean_batches(iter(batches)))
    assert [batch.num_rows for batch in cut] == [1, 3, 3, 3, 1]
    assert pa.Table.from_batches(cut).equals(pa.Table.from_batches([clean_batch(batch) for batch in batches]))
    monkeypatch.setattr(arrow, "PART_BYTES", 2 * len(FERRY))
    assert max(batch.num_rows for batch in clean_batches(batches)) <= 2
    monkeypatch.setattr(arrow, "PART_BYTES", 1)
    assert [batch.num_rows for batch in clean_batches(batches)] == [1] * 11


def test_a_stream_is_read_no_further_than_needed() -> None:
    def endless() -> Any:
        while True:
            yield batch_of(html=[FERRY])

    stream = clean_batches(endless())
    assert [next(stream).num_rows for _ in range(3)] == [1, 1, 1]


def test_counts_of_a_batch() -> None:
    told: list[Counts] = []
    out = clean_batch(batch_of(html=[FERRY, None, PNG.decode("latin-1"), ""]), tell=told.append, removed=True)
    (counts,) = told
    assert (counts.documents, counts.statuses["ok"], counts.statuses["empty"]) == (4, 2, 2)
    spans = [span for row in out.to_pylist() for span in row["removed"] or []]
    assert sum(counts.removed.values()) == sum(span["end"] - span["start"] for span in spans) > 0
    assert counts.seconds > 0


def test_articles_alone() -> None:
    batch = batch_of(html=[FERRY, None], date=["monday", "tuesday"])
    alone = articles(batch, job({}))
    assert "date" in alone.schema.names
    assert alone.schema.names[0] == "status"
    assert alone.equals(clean_batch(batch.select(["html"])))


def test_rows_fit_json() -> None:
    """Nothing in a row but plain values, as engines that aren't Arrow pass them on."""
    out = clean_batch(batch_of(html=[FERRY, None, PNG.decode("latin-1")]), removed=True)
    assert json.loads(json.dumps(out.to_pylist())) == out.to_pylist()
