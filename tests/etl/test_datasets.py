"""Hugging Face datasets: maps in this process and in two of their own, streams, and the cache."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "HF_DATASETS_OFFLINE": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"}
datasets = pytest.importorskip("datasets", reason="it runs with: pip install 'scrape-stripper[datasets]'")

from stripper.errors import ColumnError, PackError  # noqa: E402
from stripper.etl.arrow import clean_batch  # noqa: E402
from stripper.etl.datasets import _log, clean  # noqa: E402

HOSTILE = Path(__file__).parents[1] / "batch" / "hostile"
FERRY = Path(__file__).with_name("ferry.html").read_text("utf-8")
PACK = Path(__file__).with_name("ferry.toml").read_text("utf-8")


def page(number: int, line: str = "See the timetable") -> str:
    return FERRY.format(number=number, weeks=number + 2, line=line)


def table(rows: int = 8) -> pa.Table:
    pages = [page(n).encode() for n in range(rows)]
    pages[1:4] = [None, b"", b"\x89PNG\r\n\x1a\n" + bytes(50)]
    return pa.table(
        {
            "id": pa.array(range(rows), pa.int64()),
            "html": pa.array(pages, pa.binary()),
            "url": pa.array([f"https://ferry.example/{n}" for n in range(rows)]),
            "tags": pa.array([["sea", str(n)] for n in range(rows)], pa.list_(pa.string())),
            "topic": pa.array([n % 2 for n in range(rows)], pa.int64()),
        }
    )


@pytest.fixture
def dataset() -> Any:
    """With a column whose type Arrow doesn't know."""
    return datasets.Dataset(table()).cast_column("topic", datasets.ClassLabel(names=["sea", "land"]))


def plain(source: pa.Table, **options: Any) -> list[dict[str, Any]]:
    (batch,) = source.combine_chunks().to_batches()
    return clean_batch(batch, **options).to_pylist()


@pytest.fixture
def told() -> Iterator[list[str]]:
    """What is logged."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    before = datasets.logging.get_verbosity()
    datasets.logging.set_verbosity_info()
    _log.addHandler(handler)
    yield lines
    _log.removeHandler(handler)
    datasets.logging.set_verbosity(before)


def test_rows_are_those_of_a_plain_batch(dataset: Any) -> None:
    cleaned = clean(dataset, batch_size=3, removed=True)
    assert cleaned.to_list() == plain(table(), removed=True)
    assert [row["status"] for row in cleaned] == ["ok", "empty", "empty", "error", "ok", "ok", "ok", "ok"]
    assert cleaned.features["topic"] == datasets.ClassLabel(names=["sea", "land"])
    assert cleaned.features["removed"].feature["start"] == datasets.Value("int64")
    assert cleaned.column_names[:5] == ["id", "url", "tags", "topic", "status"]


def test_pages_stay_if_they_are_asked_to(dataset: Any) -> None:
    cleaned = clean(dataset, keep=True, prefix="article_")
    assert cleaned["html"][:] == dataset["html"][:]
    assert cleaned["article_headline"][0] == "Ferry 0 sails again"


def test_dicts_of_datasets(dataset: Any) -> None:
    cleaned = clean(datasets.DatasetDict(train=dataset, test=dataset.select([4, 0])))
    assert isinstance(cleaned, datasets.DatasetDict)
    assert cleaned["test"]["headline"][:] == ["Ferry 4 sails again", "Ferry 0 sails again"]
    assert cleaned["train"].to_list() == plain(table())


@pytest.mark.parametrize("format_", ["pandas", "numpy", "arrow", None])
def test_the_format_stays(dataset: Any, format_: str | None) -> None:
    assert clean(dataset.with_format(format_)).format["type"] == dataset.with_format(format_).format["type"]
    some = clean(dataset.with_format(format_, ["id", "html"], output_all_columns=True)).format
    assert some["columns"][:2] == ["id", "status"]
    assert not {"url", "tags", "html"} & set(some["columns"])
    assert some["output_all_columns"]


def test_a_stream_is_cleaned_while_it_is_read(dataset: Any) -> None:
    stream = clean(dataset.to_iterable_dataset(num_shards=2), batch_size=3)
    assert isinstance(stream, datasets.IterableDataset)
    assert list(stream) == plain(table())
    assert stream.features["topic"] == datasets.ClassLabel(names=["sea", "land"])
    frames = clean(datasets.IterableDatasetDict(train=dataset.to_iterable_dataset().with_format("pandas")))["train"]
    assert next(iter(frames.iter(1)))["headline"].tolist() == ["Ferry 0 sails again"]


def test_a_stream_that_knows_no_columns() -> None:
    def rows() -> Iterator[dict[str, Any]]:
        yield from table().to_pylist()

    stream = datasets.IterableDataset.from_generator(rows)
    assert list(clean(stream, batch_size=3, removed=True)) == plain(table(), removed=True)
    assert [row["html"] for row in clean(stream, keep=True)] == table()["html"].to_pylist()
    assert list(clean(stream.rename_column("html", "text"), text="text")) == plain(table().rename_columns({"html": "text"}))
    with pytest.raises(ColumnError, match="'page'"):
        next(iter(clean(stream, html="page")))
    with pytest.raises(ValueError, match="num_proc"):
        clean(stream, num_proc=2)


def test_what_is_wrong_is_said_before_the_first_row(dataset: Any, tmp_path: Path) -> None:
    with pytest.raises(ColumnError, match="no column 'page'; its columns are 'id', 'html'"):
        clean(dataset, html="page")
    with pytest.raises(ColumnError, match="no column 'html' and none 'text'"):
        clean(dataset.remove_columns("html").to_iterable_dataset())
    with pytest.raises(ColumnError, match="prefix"):
        clean(dataset.rename_column("id", "body"))
    (tmp_path / "bad.toml").write_text("kind = 'nonsense'\n")
    with pytest.raises(PackError):
        clean(dataset, packs=tmp_path / "bad.toml")


def test_no_rows_have_the_columns_of_many(dataset: Any) -> None:
    cleaned = clean(dataset.select([]), removed=True)
    assert cleaned.num_rows == 0
    assert cleaned.features == clean(dataset, removed=True).features


def test_each_batch_is_logged(dataset: Any, told: list[str]) -> None:
    clean(dataset, batch_size=5)
    first, second = (dict(word.split("=") for word in line.split()) for line in told)
    assert [first["documents"], first["status_ok"], first["status_empty"], first["status_error"]] == ["5", "2", "2", "1"]
    assert (second["documents"], second["status_ok"]) == ("3", "3")
    assert float(first["seconds"]) > 0


def test_the_cache_knows_packs_and_options(tmp_path: Path, told: list[str]) -> None:
    """The library knows a function by its name, so another version of a pack would go unnoticed."""
    pq.write_table(table(), tmp_path / "pages.parquet")
    pack = tmp_path / "ferry.toml"
    pack.write_text(PACK)

    def run(**options: Any) -> tuple[list[str], bool]:
        told.clear()
        pages = datasets.Dataset.from_parquet(str(tmp_path / "pages.parquet"), cache_dir=str(tmp_path / "cache"))
        cleaned = clean(pages, packs=["core", pack], **options)
        return cleaned["body"][:], any(line.startswith("documents=") for line in told)

    with_pack, computed = run()
    assert computed
    assert "timetable" not in with_pack[0]
    assert run() == (with_pack, False)
    pack.write_text(PACK.replace("the timetable⟧", "the ships⟧").replace("see the timetable", "see the ships").replace('["timetable"]', '["ships"]'))
    without, computed = run()
    assert computed
    assert "See the timetable" in without[0]
    assert run(removed=True)[1]
    pack.write_text(PACK)
    assert run() == (with_pack, False)


JOB = """
import json, sys
import datasets
from stripper.etl.datasets import clean
if __name__ == "__main__":
    source, cache, target, options = sys.argv[1:]
    datasets.logging.set_verbosity_info()
    pages = datasets.Dataset.from_parquet(source, cache_dir=cache)
    clean(pages, num_proc=2, batch_size=4, **json.loads(options)).to_parquet(target)
"""


@pytest.fixture
def run_job(tmp_path: Path, run_script: Callable[..., str]) -> Callable[..., tuple[list[dict[str, Any]], str]]:
    """Cleans a table in two processes, and says what they logged."""

    def run(rows: pa.Table, **options: Any) -> tuple[list[dict[str, Any]], str]:
        if not (tmp_path / "pages.parquet").exists():
            pq.write_table(rows, tmp_path / "pages.parquet")
        said = run_script(tmp_path, "-c", JOB, "pages.parquet", "cache", "out.parquet", json.dumps(options), HF_HOME=str(tmp_path / "home"))
        return pq.read_table(tmp_path / "out.parquet").to_pylist(), said

    return run


@pytest.mark.slow
def test_two_processes_and_the_cache_of_another(run_job: Callable[..., tuple[list[dict[str, Any]], str]]) -> None:
    rows, said = run_job(table(20), removed=True)
    assert rows == plain(table(20), removed=True)
    assert said.count("documents=") == 6
    again, said = run_job(table(20), removed=True)
    assert again == rows
    assert "documents=" not in said


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="processes are ended as POSIX does it")
def test_a_page_that_crashes_costs_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HOSTILE))
    pages = [page(n, "do segfault" if n == 3 else "See the timetable").encode() for n in range(6)]
    rows = datasets.Dataset(pa.table({"id": range(6), "html": pa.array(pages, pa.binary())}))
    cleaned = clean(rows, packs=["hostile"], isolate=True, batch_size=4)
    assert {row["id"]: row["error"] for row in cleaned} == {n: "the process crashed (SIGSEGV)" if n == 3 else None for n in range(6)}
