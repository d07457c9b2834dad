"""`stripper compare`: what it prints and writes, and how it ends."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet

from stripper.cli import main

STORY = "The mill at Tarn, empty since the flood, will open as a library in September, the mayor said at a meeting on Tuesday night."
LEFT_OVER = "See the tide table for Tarn"
TIDES = f"""
kind = "widget"
marks = "The line that leads to the village's tide table."
why = "It is a service of the site, not part of a story."
misses = "Other wordings."

[[rule]]
id = "tide-table"
languages = ["en"]
keywords = ["tide table"]
block = 'see the tide table( for .{{1,30}})?'
examples = ["⟦{LEFT_OVER}⟧", "She could see the tide table from her desk."]
"""


def rows_of(table: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in table.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two runs over the same pages: before.jsonl, and after.* with a pack that removes a line more."""
    folder = tmp_path_factory.mktemp("runs")
    (folder / "pages").mkdir()
    (folder / "tides.toml").write_text(TIDES, "utf-8")
    (folder / "pages" / "mill.txt").write_text(f"{STORY}\n{STORY}\n{LEFT_OVER}\n{STORY}\n{STORY}\n", "utf-8")
    (folder / "pages" / "weir.txt").write_text(f"{STORY}\n{STORY}\n", "utf-8")
    for name, options in (("before", ()), ("after", ("--pack", f"{folder}/tides.toml"))):
        asked = ["batch", f"{folder}/pages", "-o", f"{folder}/{name}.jsonl", "--removed", "--quiet", "-j", "1", *options]
        assert CliRunner().invoke(main, asked).exit_code == 0
    parquet.write_table(pyarrow.Table.from_pylist(rows_of(folder / "after.jsonl")), folder / "after.parquet")
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["compare", *map(str, arguments)])


@pytest.mark.parametrize("after", ["after.jsonl", "after.parquet"])
def test_a_change_is_told_and_makes_one_the_exit_code(runs: Path, after: str) -> None:
    result = run(runs / "before.jsonl", runs / after)
    assert result.exit_code == 1
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[2] == f"1 of 2 documents changed (50.0%): {len(LEFT_OVER) + 1} characters gone from bodies, 0 come."
    assert any(line.startswith("tides 0 ") and line.endswith(" 0 2") for line in lines)
    assert f"widget: tides:tides/tide-table 0 {len(LEFT_OVER)} +{len(LEFT_OVER)}" in lines
    assert f"mill.txt {len(LEFT_OVER) + 1} body, removed" in lines


def test_the_same_in_another_format_is_no_change(runs: Path) -> None:
    result = run(runs / "after.jsonl", runs / "after.parquet")
    assert result.exit_code == 0
    assert "Nothing changed in 2 documents." in result.stdout


def test_the_page_is_written_also_where_nothing_changed(runs: Path, tmp_path: Path) -> None:
    out = tmp_path / "diff.html"
    for after, code in (("after.jsonl", 1), ("before.jsonl", 0)):
        result = run(runs / "before.jsonl", runs / after, "-o", out, "--quiet")
        assert (result.exit_code, result.output) == (code, "")
        assert f"before.jsonl</bdi> to <bdi>{runs / after}</bdi>" in out.read_text("utf-8")


def test_rows_belong_together_by_the_column_that_names_them(runs: Path, tmp_path: Path) -> None:
    rows = [{"doc": row.pop("id"), **row} for row in rows_of(runs / "after.jsonl")]
    for name, found in (("one", rows), ("other", rows[::-1])):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in found), "utf-8")
    both = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    assert run(*both, "--id-field", "doc").exit_code == 0
    assert run(*both).exit_code == 1  # the first with the first, which is another
    assert "no column 'key'" in run(*both, "--id-field", "key").stderr


def test_what_a_foreign_table_says_does_nothing_to_the_terminal(runs: Path, tmp_path: Path) -> None:
    rows = rows_of(runs / "before.jsonl")
    rows[0] |= {"id": "\x1b[31mred\x1b]0;title\x07[bold]\ud800", "packs": ["\x1b[2Jpack\u202e"], "headline": "\x1b[5m"}
    rows[0]["removed"] = [{"kind": "\x1b[1m", "rule": "\x1b[7mrule\n\nnext", "start": 0, "end": 4, "score": 1, "text": "text"}]
    (tmp_path / "bad.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    result = run(runs / "before.jsonl", tmp_path / "bad.jsonl.gz")
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "[bold]" in result.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("missing.jsonl", "before.jsonl", "missing.jsonl: No such file or directory"),
        ("before.jsonl", "pages/mill.txt", "expected a table of a batch"),
        ("before.jsonl", "broken.jsonl", "broken.jsonl, line 1: "),
        ("before.jsonl", "pages", "expected a table of a batch"),
    ],
)
def test_tables_that_cannot_be_read_are_wrong_use(runs: Path, old: str, new: str, said: str) -> None:
    (runs / "broken.jsonl").write_text("{", "utf-8")
    result = run(runs / old, runs / new)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_a_file_of_another_sort_is_not_written_over(runs: Path) -> None:
    kept = (runs / "before.jsonl").read_bytes()
    for after in ("after.jsonl", "missing.jsonl"):  # asked before the work
        result = run(runs / "before.jsonl", runs / after, "-o", runs / "before.jsonl")
        assert result.exit_code == 2
        assert "isn't a page that stripper made" in " ".join(result.stderr.split())
    assert (runs / "before.jsonl").read_bytes() == kept
