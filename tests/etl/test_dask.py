"""Dask: in this process one partition after another, and for real with a cluster of two workers, one of which is killed."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

pytest.importorskip("dask", reason="dask isn't installed; pip install 'scrape-stripper[dask]'")

import dask.dataframe as dd
import pandas as pd

from stripper.errors import ColumnError, PackError
from stripper.etl.arrow import clean_batch
from stripper.etl.dask import clean

PAGE = Path(__file__).with_name("weir.html").read_text("utf-8")
PAGES = [PAGE, None, "", "\0" * 200, PAGE.replace("Ostrel", "Brede")]

pytestmark = pytest.mark.filterwarnings("default")


def rows(frame: Any) -> list[dict[str, Any]]:
    return pa.Table.from_pandas(frame, preserve_index=False).to_pylist()


def here(frame: Any) -> Any:
    return frame.compute(scheduler="synchronous")


def test_rows_are_those_of_clean_batch_under_the_same_index() -> None:
    pages = pd.DataFrame({"html": PAGES * 2, "n": range(10)}, index=pd.Index([n // 2 * 10 for n in range(10)], name="key"))
    frame = dd.from_pandas(pages, npartitions=3)
    articles = clean(frame, removed=True)
    assert articles.divisions == frame.divisions
    found = here(articles)
    assert found.index.identical(pages.index)
    assert rows(found) == clean_batch(pa.RecordBatch.from_pydict({"html": PAGES * 2, "n": list(range(10))}), removed=True).to_pylist()
    pd.testing.assert_series_equal(found.dtypes, articles.dtypes)


def test_empty_partitions() -> None:
    frame = dd.from_pandas(pd.DataFrame({"html": PAGES, "n": range(5)}), npartitions=5)
    found = clean(frame[frame.n == 4])
    assert found.npartitions == 5
    assert rows(here(found))[0]["headline"] == "Weir at Brede is rebuilt"
    nothing = here(clean(frame[frame.n == 7]))
    assert len(nothing) == 0
    assert list(nothing.columns) == list(found.columns)


def test_pages_as_bytes(tmp_path: Path) -> None:
    """As Parquet has them, with both of pandas' ways to hold them."""
    pages = ["<p>Der Fluss führt wieder Wasser, teilte das Amt mit.</p>".encode("cp1252"), None]
    pd.DataFrame({"html": pages}).to_parquet(tmp_path / "crawl.parquet")
    for types in ({}, {"dtype_backend": "pyarrow"}):
        found = here(clean(dd.read_parquet(tmp_path / "crawl.parquet", **types)))
        assert rows(found) == clean_batch(pa.RecordBatch.from_pydict({"html": pages})).to_pylist()


def test_one_job_has_one_name() -> None:
    """Dask knows what it has done already by what it would do."""
    frame = dd.from_pandas(pd.DataFrame({"html": PAGES}), npartitions=2)
    assert clean(frame)._name == clean(frame)._name != clean(frame, removed=True)._name


def test_what_is_wrong_ends_it_before_it_begins() -> None:
    frame = dd.from_pandas(pd.DataFrame({"page": PAGES, "n": 1, "status": "new"}), npartitions=2)
    with pytest.raises(ColumnError, match="no column 'html' and none 'text'; its columns are 'page', 'n', 'status'"):
        clean(frame)
    with pytest.raises(ColumnError, match="'n' is of type int64"):
        clean(frame, html="n")
    with pytest.raises(ColumnError, match="columns of its own called 'status'"):
        clean(frame, html="page")
    with pytest.raises(PackError):
        clean(frame, html="page", prefix="article_", packs=["missing"])
    with pytest.raises(TypeError, match="unknown option 'column'"):
        clean(frame, column="page")


# --- a cluster


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, run_script: Callable[..., str]) -> dict[str, Any]:
    """What tests/etl/dask_job.py says of itself."""
    pytest.importorskip("distributed", reason="distributed isn't installed; pip install distributed")
    folder = tmp_path_factory.mktemp("dask")
    troubles = {
        "plain": PAGES,
        "killing": [PAGE, "<p>do die-once</p>", PAGE],
        "hostile": [PAGE, "<p>do segfault</p>", None, "<p>do loop-in-c</p>", PAGE],
    }
    for name, pages in troubles.items():
        (folder / name).mkdir()
        for part in range(2 if name == "hostile" else 4):
            numbers = [part * 10 + n for n in range(len(pages))]
            pd.DataFrame({"n": numbers, "html": pages}).to_parquet(folder / name / f"{part}.parquet")
    run_script(folder, Path(__file__).with_name("dask_job.py"), folder, folder / "work")
    return json.loads((folder / "said.json").read_text("utf-8"))


@pytest.mark.slow
def test_workers_do_the_same(cluster: dict[str, Any]) -> None:
    assert cluster["workers"] == 2
    expected = [(row["status"], row["body"] or "") for row in clean_batch(pa.RecordBatch.from_pydict({"html": PAGES})).to_pylist()]
    assert [tuple(row[1:]) for row in cluster["plain"]] == expected * 4
    assert [row[0] for row in cluster["plain"]] == [part * 10 + n for part in range(4) for n in range(5)]


@pytest.mark.slow
def test_workers_log_what_became_of_pages(cluster: dict[str, Any]) -> None:
    counted = cluster["counted"]
    assert cluster["tasks"] == 4
    assert counted["documents"] == 20
    statuses = Counter(row[1] for row in cluster["plain"])
    assert {name: counted[f"status_{name}"] for name in statuses} == statuses
    assert sum(count for name, count in counted.items() if name.startswith("removed_")) == cluster["removed"] > 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="processes are ended as POSIX does it")
def test_a_killed_worker_costs_no_row(cluster: dict[str, Any]) -> None:
    """A rule of the hostile pack kills the worker it runs in with SIGKILL, once; Dask starts another and runs its tasks again."""
    assert cluster["another worker"]
    assert [row[0] for row in cluster["killed"]] == [part * 10 + n for part in range(4) for n in range(3)]
    assert [row[1] for row in cluster["killed"]] == ["ok", "floor", "ok"] * 4


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="processes are ended as POSIX does it")
def test_in_isolation_a_page_that_crashes_costs_its_row(cluster: dict[str, Any]) -> None:
    assert [row[1] for row in cluster["hostile"]] == ["ok", "error", "empty", "error", "ok"] * 2
    assert cluster["errors"] == ["", "the process crashed (SIGSEGV)", "", "took longer than 5 s", ""] * 2  # and no worker noticed
