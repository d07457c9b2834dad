"""The plot of the benchmarks: drawn from its table, always the same, and current."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from patience import PATIENCE

DOCS = Path(__file__).parents[1] / "docs"
TABLE = "system,f1,ms\nstripper,0.9,12.5\nplough & sons,0.75,140\n"


def drawn(table: Path, plot: Path) -> str:
    command = [sys.executable, str(DOCS / "peers.py"), str(table), str(plot)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env={**os.environ, "MPLCONFIGDIR": str(plot.parent)})
    assert done.returncode == 0, done.stderr
    return plot.read_text("utf-8")


@pytest.mark.slow
def test_the_same_table_gives_the_same_plot(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    table = tmp_path / "table.csv"
    table.write_text(TABLE, "utf-8")
    first = drawn(table, tmp_path / "first.svg")
    assert first == drawn(table, tmp_path / "second.svg")
    assert ">stripper<" in first
    assert ">plough &amp; sons<" in first
    table.write_text(TABLE.replace("140", "70"), "utf-8")
    assert first != drawn(table, tmp_path / "third.svg")


def test_the_plot_and_the_text_show_the_table() -> None:
    plot, said = (DOCS / "peers.svg").read_text("utf-8"), (DOCS / "benchmarks.md").read_text("utf-8")
    with (DOCS / "peers.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) > 3
    for row in rows:
        assert f">{row['system']}<" in plot
        assert f"| {row['system']} | {float(row['f1']):.3f} | {float(row['ms']):.1f} |" in said
