"""PySpark, in a session of its own with two workers: rows, columns of all types, metrics, refusals, and workers that are killed.

`spark_job.py` is what runs; here it is judged.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="it runs with: pip install 'scrape-stripper[spark]'"),
    pytest.mark.skipif(shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="Spark needs Java 17 or later, and there is none here"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, run_script: Callable[..., str], documented: dict[str, str], table: Path) -> Path:
    """Where the job has run, on the table of all engines as well."""
    folder = tmp_path_factory.mktemp("spark")
    (folder / "in_spark.py").write_text(documented["spark"], "utf-8")
    run_script(folder, Path(__file__).with_name("spark_job.py"), "facts.json", table, "out.parquet", SPARK_LOCAL_DIRS=str(folder))
    return folder


@pytest.fixture(scope="module")
def facts(folder: Path) -> Any:
    """What Spark made of each case."""
    return json.loads((folder / "facts.json").read_text("utf-8"))


def test_every_byte_is_the_same(folder: Path, assert_same: Callable[[Path], None]) -> None:
    """Of the table of all engines, with the script that the docs show."""
    assert_same(folder / "out.parquet")


def test_rows_are_those_of_a_plain_batch_in_the_same_order(facts: Any) -> None:
    assert facts["rows_and_metrics"]["same"]
    assert facts["rows_and_metrics"]["statuses"] == {"ok": 16, "error": 6, "empty": 2}


def test_nothing_runs_before_an_action(facts: Any) -> None:
    assert facts["rows_and_metrics"]["lazy"]


def test_accumulators_have_what_a_plain_batch_tells_once_for_each_action(facts: Any) -> None:
    counted = facts["rows_and_metrics"]["counted"]
    assert counted == facts["rows_and_metrics"]["told"]
    assert counted["documents"] == 2 * 24
    assert counted["removed_share"] > 0
    assert facts["rows_and_metrics"]["seconds"] > 0


def test_other_columns_keep_their_types_and_values_in_any_time_zone(facts: Any) -> None:
    assert facts["other_columns"] == {"types": True, "values": True, "columns": True}


def test_pages_may_be_strings_of_any_kind(facts: Any) -> None:
    assert facts["text_columns"] == {"same": True, "varchar": True, "large": True}


@pytest.mark.parametrize(
    ("case", "error", "said"),
    [
        ("missing", "ColumnError", "no column 'page'; its columns are 'id', 'url', 'html', 'day'"),
        ("missing id", "ColumnError", "no column 'number'"),
        ("no text", "ColumnError", "column 'id' is of type int64, expected text or bytes"),
        ("clash", "ColumnError", "'body'"),
        ("case", "ColumnError", "'Body'"),
        ("pack", "PackError", "broken.toml:1: kind is 'nonsense'"),
        ("large", "ValueError", "large"),
        ("unknown", "TypeError", "unknown option 'columns'"),
    ],
)
def test_what_is_wrong_is_said_before_any_job(facts: Any, case: str, error: str, said: str) -> None:
    name, message, jobs = facts["refusals"][case]
    assert (name, jobs) == (error, 0)
    assert said in message


def test_a_prefix_stands_before_new_columns_alone(facts: Any) -> None:
    columns = facts["refusals"]["prefix"]
    assert columns[:4] == ["id", "url", "day", "article_status"]
    assert all(name.startswith("article_") for name in columns[3:])


def test_tasks_with_other_packs_than_the_driver_fail(facts: Any) -> None:
    error, message, jobs = facts["other_packs"]
    assert (error, jobs) == ("PythonException", 1)
    assert "BatchError" in message
    assert "the job was begun with" in message


def test_the_rows_of_workers_that_die_are_all_there_once(facts: Any) -> None:
    assert facts["killed"] == {"before": [False] * 2, "happened": [True] * 2, "same": True, "documents": 40}


def test_isolated_pages_cost_their_own_rows(facts: Any) -> None:
    isolated = facts["isolated"]
    assert isolated["ids"] == list(range(40))
    assert isolated["calm"]
    assert isolated["errors"] == {"5": ["error", "the process crashed (SIGSEGV)"], "33": ["error", "took longer than 5 s"]}


def test_streams_of_files_work_too(facts: Any) -> None:
    assert facts["streamed"]["same"]
