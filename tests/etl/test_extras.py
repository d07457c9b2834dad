"""What is installed with what: the core stays small, each engine has an extra of its own, and where that is missing the error says so."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import stripper.etl

ETL = Path(stripper.etl.__file__).parent
MOST = 28
"""Packages that installing stripper without extras may bring, itself included."""
OWN = "scrape-stripper"
ENGINES = {
    "spark": ("pyspark", "pyspark"),
    "ray": ("ray", "ray"),
    "dask": ("dask", "dask"),
    "polars": ("polars", "polars"),
    "pandas": ("pandas", "pandas"),
    "duckdb": ("duckdb", "duckdb"),
    "datasets": ("datasets", "datasets"),
    "datatrove": ("datatrove", "datatrove"),
    "scrapy": ("scrapy", "scrapy"),
    "beam": ("apache_beam", "apache-beam"),
}
"""Engine, the package that it is imported as, and the distribution that this comes from."""
BRING_PANDAS = {engine: {"pandas"} for engine in ("spark", "ray", "dask", "datasets")}
OPTIONAL = {"dask": {"distributed"}}
"""What a shell uses where it is there."""


def distributions(*extras: str) -> set[str]:
    """Everything that pip brings for stripper with these extras, by what is installed here."""
    seen: set[tuple[str, str]] = set()
    todo = [(OWN, extra) for extra in ("", *extras)]
    while todo:
        name, extra = todo.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        for line in _requires(name):
            wanted = Requirement(line)
            if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
                todo += [(_normal(wanted.name), more) for more in ("", *wanted.extras)]
    return {name for name, _ in seen}


def _requires(name: str) -> list[str]:
    try:
        return requires(name) or []
    except PackageNotFoundError:  # an optional package, or one for another system
        return []


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_core_is_small() -> None:
    core = distributions()
    assert {"selectolax", "lxml", "trafilatura", "numpy"} <= core
    assert len(core) <= MOST
    assert not core & {distribution for _, distribution in ENGINES.values()}
    assert "pyarrow" not in core


def test_each_engine_is_an_extra() -> None:
    modules = {path.stem for path in ETL.glob("*.py")}
    assert set(ENGINES) <= modules
    for engine, (_, distribution) in ENGINES.items():
        brought = distributions(engine)
        assert distribution in brought
        others = {other for name, (_, other) in ENGINES.items() if name != engine}
        assert not brought & (others - BRING_PANDAS.get(engine, set())), engine
    assert {distribution for _, distribution in ENGINES.values()} <= distributions("engines")


def test_no_extra_pins_trafilatura() -> None:
    """datatrove's own extra for processing wants one below 1.12."""
    direct = {_normal(Requirement(line).name): Requirement(line) for line in requires(OWN) or []}
    assert direct["datatrove"].extras == set()
    assert direct["trafilatura"].specifier.contains("2.3.1")


@pytest.mark.parametrize("engine", ENGINES)
def test_what_a_shell_imports_its_extra_brings(engine: str) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse((ETL / f"{engine}.py").read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module.partition(".")[0])
    package, distribution = ENGINES[engine]
    foreign = imported - sys.stdlib_module_names - {"stripper", "__future__"}
    assert package in foreign
    assert {distribution if name == package else name for name in foreign} - OPTIONAL.get(engine, set()) <= distributions(engine)


@pytest.fixture(scope="module")
def refused() -> dict[str, str]:
    """What importing each shell says where its engine is missing: all in one process, since none of them gets far."""
    return refusals({f"stripper.etl.{engine}": package for engine, (package, _) in ENGINES.items()})


@pytest.mark.parametrize("engine", ENGINES)
def test_without_the_extra_the_error_says_what_to_install(engine: str, refused: dict[str, str]) -> None:
    said = refused[f"stripper.etl.{engine}"]
    assert said == f"stripper.etl.{engine} needs a package that isn't installed; pip install 'scrape-stripper[{engine}]'"


def test_without_arrow() -> None:
    said = refusals({f"stripper.etl.{module}": "pyarrow" for module in ("options", "state", "counts", "records", "arrow")})
    assert said.pop("stripper.etl.arrow").endswith("pip install 'scrape-stripper[arrow]'")
    assert set(said.values()) == {""}


def refusals(missing: dict[str, str]) -> dict[str, str]:
    """The ImportError that importing each module raises where a package is missing; "" where it raises none. In a fresh process."""
    code = f"""
import importlib, json, sys
said = {{}}
for module, package in {missing!r}.items():
    sys.modules[package] = None
    try:
        importlib.import_module(module)
        said[module] = ""
    except ImportError as error:
        said[module] = str(error)
    del sys.modules[package]
print(json.dumps(said))
"""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True, timeout=600)
    return json.loads(done.stdout)


def test_a_table_of_text_needs_neither_lxml_nor_trafilatura() -> None:
    code = """
import sys
import pyarrow as pa
from stripper.etl.arrow import clean_batch
clean_batch(pa.record_batch({"text": ["The ferry sails again."] * 3}))
print(*sorted({"lxml", "trafilatura", "selectolax"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True, timeout=600)
    assert done.stdout.strip() == ""
