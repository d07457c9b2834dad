"""Draws F1 against milliseconds a page: python docs/peers.py TABLE.csv PLOT.svg

The table has the columns system, f1 and ms. The same table gives the same bytes.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl

mpl.use("svg")
mpl.rcParams |= {"svg.hashsalt": "peers", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 10}

import matplotlib.pyplot as plt  # noqa: E402  it reads the settings above
from matplotlib.ticker import FuncFormatter  # noqa: E402

OURS, OTHERS, QUIET = "#0b6e4f", "#4a5568", "#d5d9e0"


class Row(NamedTuple):
    """A system with its mean word F1 and its mean milliseconds a page."""

    system: str
    f1: float
    ms: float


def read(table: Path) -> list[Row]:
    """The rows of a table. Raises KeyError where a column is missing."""
    with table.open(encoding="utf-8", newline="") as lines:
        return [Row(row["system"], float(row["f1"]), float(row["ms"])) for row in csv.DictReader(lines)]


def draw(rows: list[Row], plot: Path) -> None:
    """Writes the plot: up is better, left is faster."""
    figure, axes = plt.subplots(figsize=(7.2, 4.2))
    for row in rows:
        colour = OURS if row.system.startswith("stripper") else OTHERS
        axes.plot(row.ms, row.f1, "o", color=colour, markersize=8)
        crowded = any(row.ms < other.ms < 4 * row.ms and abs(row.f1 - other.f1) < 0.02 for other in rows)
        place = {"xytext": (-8, 4), "ha": "right"} if crowded else {"xytext": (8, 4), "ha": "left"}
        axes.annotate(row.system, (row.ms, row.f1), textcoords="offset points", color=colour, **place)
    axes.set_xscale("log")
    fastest, slowest = min(row.ms for row in rows), max(row.ms for row in rows)
    axes.set_xlim(fastest / 1.6, slowest * 3)  # room for the labels
    axes.set_ylim(min(row.f1 for row in rows) - 0.03, max(row.f1 for row in rows) + 0.03)
    axes.set_xticks([tick for tick in (1, 2, 5, 10, 20, 50, 100, 200, 500) if fastest / 1.6 <= tick <= slowest * 3])
    axes.minorticks_off()
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.set_xlabel("milliseconds a page")
    axes.set_ylabel("word F1 of the body")
    axes.grid(color=QUIET, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(plot, metadata={"Date": None, "Creator": None})
    plt.close(figure)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    draw(read(Path(sys.argv[1])), Path(sys.argv[2]))
