"""pandas: every type that a column of pages can have, and all that a frame has besides."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

pd = pytest.importorskip("pandas", reason="pandas isn't installed; pip install 'scrape-stripper[pandas]'")

from stripper.errors import ColumnError  # noqa: E402
from stripper.etl import frames  # noqa: E402
from stripper.etl.arrow import clean_batch  # noqa: E402
from stripper.etl.counts import Counts  # noqa: E402
from stripper.etl.pandas import clean  # noqa: E402

HOSTILE = Path(__file__).parents[1] / "batch" / "hostile"
PAGE = Path(__file__).with_name("weir.html").read_text("utf-8")
OTHER = PAGE.replace("Ostrel", "Brede")


def expected(pages: list[Any], **columns: list[Any]) -> list[dict[str, Any]]:
    """What `clean_batch` says of these pages."""
    return clean_batch(pa.RecordBatch.from_pydict({"html": pages, **columns})).to_pylist()


def rows(frame: Any) -> list[dict[str, Any]]:
    return pa.Table.from_pandas(frame, preserve_index=False).to_pylist()


@pytest.mark.parametrize(
    "dtype",
    [
        object,
        "category",
        pd.StringDtype("python"),
        pd.StringDtype("pyarrow"),
        "str",
        pd.ArrowDtype(pa.string()),
        pd.ArrowDtype(pa.large_string()),
        pd.ArrowDtype(pa.string_view()),
        pd.ArrowDtype(pa.dictionary(pa.int8(), pa.string())),
    ],
    ids=str,
)
def test_pages_in_every_type_of_text(dtype: Any) -> None:
    pages = [PAGE, None, "", OTHER, PAGE]
    assert rows(clean(pd.DataFrame({"html": pd.Series(pages, dtype=dtype)}))) == expected(pages)


@pytest.mark.parametrize("dtype", [object, "category", *(pd.ArrowDtype(t) for t in (pa.binary(), pa.large_binary(), pa.binary_view()))], ids=str)
def test_pages_in_every_type_of_bytes(dtype: Any) -> None:
    pages = ["<p>Der Fluss führt wieder Wasser, teilte das Amt mit.</p>".encode("cp1252"), None, OTHER.encode()]
    assert rows(clean(pd.DataFrame({"html": pd.Series(pages, dtype=dtype)}))) == expected(pages)


def test_missing_values_of_every_sort_are_nulls() -> None:
    frame = pd.DataFrame({"html": pd.Series([None, float("nan"), pd.NA, pd.NaT, PAGE], dtype=object)})
    assert list(clean(frame)["status"]) == ["empty"] * 4 + ["ok"]
    assert list(clean(pd.DataFrame({"html": [None, None]}))["status"]) == ["empty"] * 2
    assert list(clean(pd.DataFrame({"html": [float("nan")] * 2}))["status"]) == ["empty"] * 2  # a column of floats


def test_what_is_no_page_is_an_error_of_its_row() -> None:
    found = clean(pd.DataFrame({"html": pd.Series([PAGE, 1.5, ["<p>"], OTHER.encode(), "\udc80 " + PAGE, b"\x89PNG\r\n\x1a\n"], dtype=object)}))
    assert list(found["status"]) == ["ok", "error", "error", "ok", "ok", "error"]
    assert found["error"][1] == "'html' is of type float, expected text or bytes"
    assert found["error"][2] == "'html' is of type list, expected text or bytes"
    assert "PNG" in found["error"][5]
    assert rows(found)[0] == expected([PAGE])[0]
    assert rows(found)[3] == expected([OTHER.encode()])[0]


def test_bytes_that_may_change_are_bytes() -> None:
    """As Spark's rows have them."""
    pages = pd.Series([bytearray(OTHER.encode()), memoryview(OTHER.encode())], dtype=object)
    assert rows(clean(pd.DataFrame({"html": pages}))) == expected([OTHER.encode()] * 2)


def test_text_beside_bytes_is_still_text() -> None:
    """A charset that it declares counts for bytes alone."""
    page = "<meta charset=latin-1>" + PAGE.replace("Masons", "Müller")
    found = clean(pd.DataFrame({"html": pd.Series([page, page.encode("latin-1")], dtype=object)}))
    assert all("Müller" in body for body in found["body"])


def test_urls_times_and_charsets() -> None:
    frame = pd.DataFrame(
        {
            "page": [PAGE] * 5,
            "url": ["https://ostrel.example/weir", None, 17, "", b"https://ostrel.example/weir"],
            "at": pd.Series([date(2024, 3, 1), datetime(2024, 3, 1, 2, tzinfo=UTC), "2024-03-01", pd.NaT, "yesterday"], dtype=object),
        }
    )
    found = clean(frame, html="page", crawled="at")
    assert [str(day)[:10] for day in found["date"]] == ["2024-03-01", "2024-02-29", "2024-03-01", "<NA>", "<NA>"]
    assert list(found["status"]) == ["ok"] * 4 + ["error"]
    assert found["error"][4].startswith("'at': ")
    assert list(clean(frame.assign(at=pd.Timestamp(2024, 3, 1)), html="page", crawled="at")["status"]) == ["ok"] * 5
    assert clean(frame.assign(at=1.5).astype({"at": object}), html="page", crawled="at")["error"][0].endswith("expected a time or text")


@pytest.mark.parametrize(
    "index",
    [
        pd.Index([3, 3, 1]),
        pd.Index(["b", "a", None], name="key"),
        pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("a", 1)], names=["site", "n"]),
        pd.date_range("2024-01-01", periods=3, tz="UTC"),
    ],
    ids=lambda index: type(index).__name__,
)
def test_the_index_stays(index: Any) -> None:
    frame = pd.DataFrame({"html": [PAGE, None, OTHER], "n": [1, 2, 3]}, index=index)
    found = clean(frame)
    assert found.index.identical(index)
    assert list(found["n"]) == [1, 2, 3]
    assert list(found["headline"].fillna("")) == ["Weir at Ostrel is rebuilt", "", "Weir at Brede is rebuilt"]


def test_other_columns_are_the_same_objects() -> None:
    things = [object(), {1: object()}, lambda: None]
    frame = pd.DataFrame(
        {
            "thing": things,
            "html": [PAGE] * 3,
            "sort": pd.Categorical(["b", "a", "b"], categories=["b", "a"], ordered=True),
            "span": pd.interval_range(0, 3),
            "complex": [1j, 2j, 3j],
            "sparse": pd.arrays.SparseArray([0, 0, 1]),
            7: [1, 2, 3],
            ("a", "b"): [1.5, None, 2.5],
        }
    )
    frame.attrs["crawl"] = "March"
    found = clean(frame)
    others = frame.drop(columns="html")
    assert list(found.columns)[:7] == list(others.columns)
    pd.testing.assert_frame_equal(found.iloc[:, :7], others)
    assert all(found["thing"].iloc[n] is thing for n, thing in enumerate(things))
    assert found.attrs == frame.attrs
    assert list(frame.columns)[:2] == ["thing", "html"]
    pd.testing.assert_series_equal(clean(frame, keep=True)["html"], frame["html"])


def test_new_columns_have_the_types_of_rows() -> None:
    found = clean(pd.DataFrame({"html": [PAGE]}), removed=True, large=True)
    assert found["body"].dtype == pd.ArrowDtype(pa.large_string())
    assert found["score"].dtype == pd.ArrowDtype(pa.float64())
    assert {span["kind"] for span in found["removed"][0]} >= {"timestamp"}
    assert clean(pd.DataFrame({"html": [PAGE]}))["authors"].dtype == pd.ArrowDtype(pa.list_(pa.string()))


def test_an_empty_frame_has_all_columns() -> None:
    frame = pd.DataFrame({"html": [], "n": pd.Series([], dtype="int32")})
    found = clean(frame)
    assert len(found) == 0
    assert list(found.columns) == ["n", *expected([PAGE])[0]]
    assert found["n"].dtype == "int32"


def test_columns_that_can_t_be_used() -> None:
    frame = pd.DataFrame({"page": [PAGE], 1: [PAGE], "n": [1], "status": ["new"]})
    with pytest.raises(ColumnError, match="no column 'html' and none 'text'; its columns are 'page', '1', 'n', 'status'"):
        clean(frame)
    with pytest.raises(ColumnError, match="'n' is of type int64"):
        clean(frame, html="n")
    with pytest.raises(ColumnError, match="no column 'key'"):
        clean(frame, html="page", id="key", prefix="article_")
    with pytest.raises(ColumnError, match="columns of its own called 'status'"):
        clean(frame, html="page")
    with pytest.raises(ColumnError, match="2 columns 'html'"):
        clean(pd.DataFrame([[PAGE, PAGE]], columns=["html", "html"]))
    assert clean(frame, html="page", prefix="article_")["article_status"][0] == "ok"
    assert clean(frame, html="1", prefix="article_").columns[1] == "n"  # names that aren't text, as they are printed


def test_large_frames_are_cleaned_in_parts_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "PART_ROWS", 20)
    pages = ["<p>word</p>", None, 7] * 20
    counts: list[Counts] = []
    found = clean(pd.DataFrame({"html": pd.Series(pages, dtype=object)}), tell=counts.append)
    assert [c.documents for c in counts] == [20] * 3
    total = sum(counts, Counts())
    assert dict(total.statuses) == found["status"].value_counts().to_dict()
    assert total.statuses["error"] == total.statuses["empty"] == 20
    assert list(found["status"][1::3]) == ["empty"] * 20
    assert list(found["status"][2::3]) == ["error"] * 20


def test_counts_are_those_of_the_columns() -> None:
    counts: list[Counts] = []
    found = clean(pd.DataFrame({"html": [PAGE, OTHER]}), removed=True, tell=counts.append)
    spans = [span for row in found["removed"] for span in row]
    assert sum(counts[0].removed.values()) == sum(span["end"] - span["start"] for span in spans) > 0


@pytest.mark.skipif(sys.platform == "win32", reason="processes are ended as POSIX does it")
def test_a_page_that_crashes_costs_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HOSTILE))
    pages = [PAGE, "<p>do segfault</p>", OTHER]
    found = clean(pd.DataFrame({"html": pages}), packs=["hostile"], isolate=True)
    assert list(found["status"]) == ["ok", "error", "ok"]
    assert "SIGSEGV" in found["error"][1]
