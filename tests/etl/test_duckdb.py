"""DuckDB: pages from one connection, articles in another."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

duckdb = pytest.importorskip("duckdb", reason="duckdb isn't installed; pip install 'scrape-stripper[duckdb]'")

from stripper.errors import ColumnError, PackError  # noqa: E402
from stripper.etl.arrow import clean_batch  # noqa: E402
from stripper.etl.counts import Counts  # noqa: E402
from stripper.etl.duckdb import clean  # noqa: E402

HOSTILE = Path(__file__).parents[1] / "batch" / "hostile"
PAGE = Path(__file__).with_name("weir.html").read_text("utf-8")
PAGES = [PAGE, None, "", "\0" * 200, PAGE.replace("Ostrel", "Brede")]


def ask(con: Any, sql: str, articles: Any) -> list[Any]:
    """What a query says that names `articles`."""
    return con.sql(sql).fetchall()


@pytest.fixture
def con() -> Iterator[Any]:
    with duckdb.connect(config={"threads": 2}) as con:
        yield con


@pytest.fixture
def crawl(con: Any) -> Any:
    """A table of forty pages."""
    con.execute("CREATE TABLE crawl (n INTEGER, html VARCHAR, url VARCHAR, tags VARCHAR[], price DECIMAL(9, 2))")
    rows = [[n, PAGES[n % 5], f"https://ostrel.example/{n}" if n % 2 else None, ["a", None], n / 100] for n in range(40)]
    con.executemany("INSERT INTO crawl VALUES (?, ?, ?, ?, ?)", rows)
    return con


def test_rows_are_those_of_clean_batch(crawl: Any) -> None:
    counts: list[Counts] = []
    articles = clean(crawl.cursor().sql("FROM crawl ORDER BY n"), id="n", removed=True, batch_rows=15, tell=counts.append)
    assert not counts
    found = crawl.from_arrow(articles).to_arrow_table()
    pages = crawl.sql("FROM crawl ORDER BY n").to_arrow_table()
    assert found.select(["n", "url", "tags", "price"]).equals(pages.select(["n", "url", "tags", "price"]))
    expected = clean_batch(pages.combine_chunks().to_batches()[0], removed=True)
    assert found.column_names == expected.schema.names
    assert found.to_pylist() == expected.to_pylist()
    assert [c.documents for c in counts] == [15, 15, 10]
    total = sum(counts, Counts())
    assert dict(total.statuses) == Counter(found["status"].to_pylist())
    spans = [span for spans in found["removed"].to_pylist() for span in spans or ()]
    assert sum(total.removed.values()) == sum(span["end"] - span["start"] for span in spans) > 0


def test_it_can_be_read_again_and_in_part(crawl: Any) -> None:
    """Each query runs that of the pages anew, and no more of it than it needs."""
    counts: list[Counts] = []
    articles = clean(crawl.cursor().sql("FROM crawl ORDER BY n"), batch_rows=10, tell=counts.append)
    assert ask(crawl, "DESCRIBE FROM articles", articles)[0][:2] == ("n", "INTEGER")
    assert not counts
    assert ask(crawl, "SELECT n FROM articles LIMIT 3", articles) == [(0,), (1,), (2,)]
    assert sum(c.documents for c in counts) < 40
    for _ in range(2):
        assert ask(crawl, "SELECT count(*) FROM articles", articles) == [(40,)]
    crawl.execute("DELETE FROM crawl WHERE n >= 20")
    assert crawl.from_arrow(articles).count("*").fetchall() == [(20,)]
    assert pa.RecordBatchReader.from_stream(articles).read_all().num_rows == 20


def test_it_never_holds_the_table_as_a_whole(con: Any) -> None:
    read, cleaned, ahead = 0, 0, 0

    def pages() -> Iterator[pa.RecordBatch]:
        nonlocal read
        for _ in range(200):
            read += 100
            yield pa.RecordBatch.from_pydict({"html": pa.nulls(100, pa.string()), "raw": pa.array([bytes(5_000)] * 100)})

    def tell(counts: Counts) -> None:
        nonlocal cleaned, ahead
        cleaned += counts.documents
        ahead = max(ahead, read - cleaned)

    source = pa.RecordBatchReader.from_batches(pa.schema([("html", pa.string()), ("raw", pa.binary())]), pages())
    articles = clean(con.cursor().from_arrow(source), tell=tell)
    assert ask(con, "SELECT count(*) FROM articles", articles) == [(20_000,)]
    assert cleaned == 20_000
    assert ahead < 10_000, ahead


@pytest.mark.parametrize("sql", ["'{page}'", "'{page}'::BLOB", "'{page}'::ENUM ('{page}')", "NULL", "NULL::VARCHAR", "'\"{page}\"'::JSON"])
def test_pages_in_every_type(con: Any, sql: str) -> None:
    page = PAGE.replace("\n", " ").replace('"', "")
    articles = clean(con.cursor().sql(f"SELECT {sql.format(page=page)} AS html"))
    expected = ("empty", None) if "NULL" in sql else ("ok", "Weir at Ostrel is rebuilt")
    assert ask(con, "SELECT status, headline FROM articles", articles) == [expected]


def test_articles_of_no_pages(crawl: Any, tmp_path: Path) -> None:
    articles = clean(crawl.cursor().sql("FROM crawl WHERE n < 0"), keep=True, prefix="article_")
    crawl.from_arrow(articles).write_parquet(str(tmp_path / "none.parquet"))
    assert crawl.read_parquet(str(tmp_path / "none.parquet")).columns[:7] == ["n", "html", "url", "tags", "price", "article_status", "article_error"]


def test_columns_that_can_t_be_used(con: Any) -> None:
    pages = con.cursor().sql("SELECT '<p>word</p>' AS page, 1 AS n, 'new' AS status")
    with pytest.raises(ColumnError, match="no column 'html' and none 'text'; its columns are 'page', 'n', 'status'"):
        clean(pages)
    with pytest.raises(ColumnError, match="'n' is of type int32"):
        clean(pages, html="n")
    with pytest.raises(ColumnError, match="columns of its own called 'status'"):
        clean(pages, html="page")
    with pytest.raises(ColumnError, match="columns of its own called 'Body'"):  # which DuckDB would call body, and the new one body_1
        clean(con.cursor().sql("SELECT '<p>word</p>' AS html, 1 AS Body"))
    with pytest.raises(PackError):
        clean(con.cursor().sql("SELECT '<p>word</p>' AS html"), packs=["missing"])
    with pytest.raises(TypeError, match="unknown option 'column'"):
        clean(pages, column="page")
    with pytest.raises(ValueError, match="0 rows"):
        clean(pages, html="page", prefix="a_", batch_rows=0)


@pytest.mark.skipif(duckdb.__version__.startswith("1."), reason="DuckDB 1.5 waits for ever")
def test_one_connection_is_too_few(crawl: Any) -> None:
    """DuckDB says so, and says what to do."""
    articles = clean(crawl.sql("FROM crawl"))
    with pytest.raises(duckdb.Error, match="cursor"):
        ask(crawl, "FROM articles", articles)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="processes are ended as POSIX does it")
def test_a_page_that_crashes_costs_its_row(con: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HOSTILE))
    con.execute("CREATE TABLE crawl (n INTEGER, html VARCHAR)")
    con.execute("INSERT INTO crawl VALUES (1, '<p>stone</p>'), (2, '<p>do segfault</p>'), (3, '<p>water</p>')")
    articles = clean(con.cursor().sql("FROM crawl"), packs=["hostile"], isolate=True, batch_rows=2)
    (before, crashed, after) = ask(con, "SELECT status, error FROM articles ORDER BY n", articles)
    assert (before[0], crashed[0], after[0]) == ("ok", "error", "ok")
    assert "SIGSEGV" in crashed[1]
