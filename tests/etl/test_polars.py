"""Polars, at once and lazily, with both of its engines."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

pl = pytest.importorskip("polars", reason="polars isn't installed; pip install 'scrape-stripper[polars]'")

from stripper.errors import ColumnError, PackError  # noqa: E402
from stripper.etl import arrow  # noqa: E402
from stripper.etl.arrow import clean_batch  # noqa: E402
from stripper.etl.counts import Counts  # noqa: E402
from stripper.etl.polars import clean  # noqa: E402

HOSTILE = Path(__file__).parents[1] / "batch" / "hostile"
PAGE = Path(__file__).with_name("weir.html").read_text("utf-8")
OTHER = PAGE.replace("Ostrel", "Brede")
LINES = "Weir at Ostrel is rebuilt\n\nThe weir at Ostrel is being rebuilt after the flood of last spring, the river board said.\n\nLeave a Reply"
ENGINES = ("in-memory", "streaming")


def expected(pages: list[Any]) -> list[dict[str, Any]]:
    """What `clean_batch` says of these pages."""
    return clean_batch(pa.RecordBatch.from_pydict({"html": pages})).to_pylist()


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """Parquet in twelve row groups, and pages, nulls and trouble in each."""
    pages = [(OTHER, PAGE.replace("Ostrel", f"Ostrel {n}"), (None, "", "\x00" * 200)[n // 3 % 3])[n % 3] for n in range(60)]
    path = tmp_path / "crawl.parquet"
    pl.DataFrame({"n": range(60), "page": pages, "tags": [["a"], None, []] * 20}).write_parquet(path, row_group_size=5)
    return path


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical, pl.Enum([PAGE, OTHER, ""]), pl.Binary], ids=str)
def test_pages_in_every_type(dtype: Any) -> None:
    pages = [PAGE, None, "", OTHER]
    found = clean(pl.DataFrame({"html": pl.Series(pages).cast(dtype)}))
    assert found.to_dicts() == expected([page.encode() if page is not None and dtype == pl.Binary else page for page in pages])


def test_no_page_at_all() -> None:
    assert clean(pl.DataFrame({"html": [None, None]}))["status"].to_list() == ["empty"] * 2
    empty = clean(pl.DataFrame({"html": pl.Series([], dtype=pl.String), "n": pl.Series([], dtype=pl.Int8)}))
    assert empty.shape == (0, 18)
    assert empty.schema == clean(pl.DataFrame({"html": [PAGE], "n": pl.Series([1], dtype=pl.Int8)})).schema


def test_text_where_there_is_no_html() -> None:
    assert clean(pl.DataFrame({"html": [PAGE, None], "text": [None, LINES]}), html="html", text="text")["status"].to_list() == ["ok", "ok"]
    assert clean(pl.DataFrame({"text": [LINES]}))["body"][0].startswith("The weir at Ostrel")


def test_other_columns_are_passed_on() -> None:
    thing = object()
    others = pl.DataFrame(
        {
            "sort": pl.Series(["b", None, "a"], dtype=pl.Enum(["b", "a"])),
            "long": pl.Series([1, None, 1 << 100], dtype=pl.Int128),
            "pair": [{"a": [1]}, None, {"a": None}],
            "thing": pl.Series([thing, None, {1}], dtype=pl.Object),
        }
    )
    found = clean(others.with_columns(html=pl.lit(PAGE)), prefix="article_")
    assert found.columns[:5] == [*others.columns, "article_status"]
    assert found.select(others.columns).drop("thing").equals(others.drop("thing"))
    assert found["thing"].to_list()[0] is thing
    assert clean(pl.DataFrame({"html": [PAGE]}), keep=True)["html"].to_list() == [PAGE]


@pytest.mark.parametrize("engine", ENGINES)
def test_lazily_it_is_the_same_in_the_same_order(crawl: Path, engine: Any) -> None:
    counts: list[Counts] = []
    lazy = clean(pl.scan_parquet(crawl), html="page", id="n", removed=True, tell=counts.append)
    assert not counts
    found = lazy.collect(engine=engine)
    pages = pl.read_parquet(crawl)
    assert found.equals(clean(pages, html="page", removed=True))
    assert found["n"].to_list() == list(range(60))
    assert found.drop("n", "tags", "removed").to_dicts() == expected(pages["page"].to_list())
    assert found.schema == lazy.collect_schema()
    total = sum(counts, Counts())
    assert dict(total.statuses) == dict(found["status"].value_counts().iter_rows())
    assert total.removed["comments"] == 40 * len("Leave a Reply")


def test_the_streaming_engine_streams(crawl: Path, tmp_path: Path) -> None:
    """It cleans some row groups at a time; the other one cleans the table as a whole."""
    counts: list[Counts] = []
    lazy = clean(pl.scan_parquet(crawl), html="page", tell=counts.append)
    lazy.sink_parquet(tmp_path / "articles.parquet")
    assert max(c.documents for c in counts) < 60
    assert pl.read_parquet(tmp_path / "articles.parquet").equals(lazy.collect())


@pytest.mark.parametrize("engine", ENGINES)
def test_what_comes_behind_it_is_not_done_before(crawl: Path, engine: Any) -> None:
    """No filter and no choice of columns gets in front of the cleaning, which it would break."""
    lazy = clean(pl.scan_parquet(crawl), html="page")
    assert lazy.filter(pl.col("status") == "ok").select("headline").collect(engine=engine)["headline"][0] == "Weir at Brede is rebuilt"
    assert lazy.filter(pl.col("n") < 4).select("n").collect(engine=engine).height == 4
    assert lazy.select(pl.len()).collect(engine=engine).item() == 60
    assert lazy.tail(2).collect(engine=engine)["n"].to_list() == [58, 59]


@pytest.mark.parametrize("lazy", [False, True])
def test_columns_that_can_t_be_used(lazy: bool) -> None:
    frame: Any = pl.DataFrame({"page": [PAGE], "n": [1], "status": ["new"], "thing": pl.Series([object()], dtype=pl.Object)})
    frame = frame.lazy() if lazy else frame
    with pytest.raises(ColumnError, match="no column 'html' and none 'text'; its columns are 'page', 'n', 'status', 'thing'"):
        clean(frame)
    with pytest.raises(ColumnError, match="'n' is of type int64"):
        clean(frame, html="n")
    with pytest.raises(ColumnError, match="'thing' is of type"):
        clean(frame, html="thing")
    with pytest.raises(ColumnError, match="no column 'key'"):
        clean(frame, html="page", id="key", prefix="article_")
    with pytest.raises(ColumnError, match="columns of its own called 'status'"):
        clean(frame, html="page")
    with pytest.raises(PackError):
        clean(frame, html="page", prefix="article_", packs=["missing"])
    with pytest.raises(TypeError, match="unknown option 'column'"):
        clean(frame, column="page")


def test_large_frames_are_cleaned_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "PART_ROWS", 20)
    counts: list[Counts] = []
    found = clean(pl.DataFrame({"html": [None, None, None, "<p>word</p>"] * 10}), tell=counts.append)
    assert found.height == 2 * 20
    assert [c.documents for c in counts] == [20] * 2


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="processes are ended as POSIX does it")
def test_a_page_that_crashes_costs_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HOSTILE))
    pages = [PAGE, "<p>do segfault</p>", OTHER]
    pl.DataFrame({"html": pages}).write_parquet(tmp_path / "crawl.parquet", row_group_size=2)
    found = clean(pl.scan_parquet(tmp_path / "crawl.parquet"), packs=["hostile"], isolate=True).collect(engine="streaming")
    assert found["status"].to_list() == ["ok", "error", "ok"]
    assert "SIGSEGV" in found["error"][1]
