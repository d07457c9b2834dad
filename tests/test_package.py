"""The package as a whole: its names, what importing it costs, and what it promises to leave alone."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from patience import PATIENCE

import stripper

ROOT = Path(__file__).parents[1]
HEAVY = {"numpy", "re2", "ahocorasick", "selectolax", "lxml", "trafilatura", "click", "rich"}


def loaded_after(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after running some code."""
    code = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE)
    return set(json.loads(done.stdout))


def test_importing_loads_no_engine() -> None:
    assert not loaded_after("import stripper") & HEAVY


def test_text_needs_neither_lxml_nor_trafilatura() -> None:
    loaded = loaded_after("import stripper; stripper.clean('The ferry sails again.\\n' * 9, as_='text')")
    assert not loaded & {"lxml", "trafilatura"}
    assert "re2" in loaded


def test_public_names_are_there() -> None:
    for name in stripper.__all__:
        assert getattr(stripper, name).__name__ == name
    assert set(stripper.__all__) <= set(dir(stripper))
    with pytest.raises(AttributeError, match="no attribute 'polish'"):
        stripper.polish  # noqa: B018


def test_version_is_the_distribution_s() -> None:
    assert importlib.metadata.version("scrape-stripper") == stripper.__version__


@pytest.mark.slow
def test_a_wheel_holds_everything_that_is_read_at_run_time(tmp_path: Path) -> None:
    code = f"from hatchling.build import build_wheel; print(build_wheel({str(tmp_path)!r}))"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, timeout=PATIENCE)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        packed = {name for name in wheel.namelist() if name.startswith("stripper/")}
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "stripper").rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert packed == there
    assert {Path(name).suffix for name in packed} >= {".py", ".toml", ".npz", ".html", ".css", ".js"}


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    stripper.clean(b"<p>The ferry \xff sails again.</p>")
    stripper.clean("")
    assert capfd.readouterr() == ("", "")
