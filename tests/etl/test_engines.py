"""The same five hundred documents through all engines: every byte of every column is the same.

Each engine has a script that reads Parquet, cleans, and writes Parquet, all in the engine's own ways: in tests/etl/run, and in docs/etl.md for Spark
and Ray, which are judged where they run, in test_spark.py and test_ray.py, because they take long to start.
"""

from __future__ import annotations

import importlib.util
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

SCRIPTS = {path.stem: path for path in Path(__file__).with_name("run").glob("*.py")}
PACKAGES = {"beam": "apache_beam"}
HERE = ("duckdb", "pandas", "polars")
"""Engines that work in the process that asks them, so they may run in that of the tests, which has them loaded."""

pytestmark = pytest.mark.slow


def test_there_is_a_script_for_each_engine(documented: dict[str, str]) -> None:
    modules = {path.stem for path in (Path(__file__).parents[2] / "stripper" / "etl").glob("*.py")}
    assert modules - {"__init__", "arrow", "counts", "frames", "options", "pages", "records", "state"} == SCRIPTS.keys() | documented.keys()


def test_the_table_has_everything(expected: pa.Table) -> None:
    statuses = set(expected["status"].to_pylist())
    assert statuses == {"ok", "empty", "error", "no-article", "floor"}
    assert expected.num_rows == 500
    assert all(any(value not in (None, [], "") for value in expected[name].to_pylist()) for name in expected.column_names)


@pytest.mark.parametrize("engine", sorted(SCRIPTS))
def test_every_byte_is_the_same(
    engine: str, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_script: Callable[..., str], assert_same: Callable[[Path], None]
) -> None:
    package = PACKAGES.get(engine, engine)
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} isn't installed; pip install 'scrape-stripper[{engine}]'")
    if engine in HERE:
        monkeypatch.setattr(sys, "argv", [engine, str(table), str(tmp_path / "out.parquet")])
        runpy.run_path(str(SCRIPTS[engine]), run_name="__main__")
    else:
        run_script(tmp_path, SCRIPTS[engine], table, "out.parquet")
    assert_same(tmp_path / "out.parquet")
