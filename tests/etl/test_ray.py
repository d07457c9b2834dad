"""Ray Data, in a cluster of two CPUs on this machine."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import feather

from stripper.etl.arrow import clean_batch
from stripper.etl.counts import Counts

pytest.importorskip("stripper.etl.ray", reason="pip install 'scrape-stripper[ray]'", exc_type=ImportError)
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="processes are ended as POSIX does it")]

HOSTILE = Path(__file__).parents[1] / "batch" / "hostile"
FERRY = """<!doctype html><title>Ferry {n} sails again</title><h1>Ferry {n} sails again</h1><p>By Mara Quill</p>
<p>Ferry {n} sailed for the first time in nine weeks, and the harbour office said that it was about time for the island.</p>
<p>Engineers had replaced both shafts. They had found far more rust than anyone on the island had feared, the office said.</p>
<p>Posted 3 hours ago</p><div>Leave a Reply</div><p>Your email address will not be published.</p>"""


class Ran(NamedTuple):
    """What the jobs had, and what became of it."""

    given: dict[str, pa.Table]
    made: dict[str, pa.Table]
    said: dict[str, Any]
    memory: Path
    written: Path
    """The table of all engines, cleaned with the script that the docs show."""


def pages() -> pa.Table:
    """Good rows, bad rows, and columns of many types."""
    html = [FERRY.format(n=n).encode() for n in range(8)]
    html[2:5] = [None, b"", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"]
    rows = range(len(html))
    return pa.table(
        {
            "id": pa.array(rows, pa.uint16()),
            "url": pa.array([f"https://ferry.example/{n}" if n % 3 else None for n in rows]),
            "html": pa.array(html, pa.binary()),
            "when": pa.array([n * 1_000_000_007 if n else None for n in rows], pa.timestamp("ns", "Asia/Tokyo")),
            "tags": pa.array([["a", None], None] * 4, pa.list_(pa.string())),
            "nested": pa.array([{"a": [n], "b": {"c": "d"}} for n in rows]),
            "kind": pa.array(["news", "blog"] * 4).dictionary_encode(),
            "vector": pa.FixedShapeTensorArray.from_numpy_ndarray(np.arange(48.0).reshape(8, 2, 3)),
        }
    )


def stories(troubles: dict[int, str]) -> pa.Table:
    """Pages of the test pack, some of which make trouble."""
    lines = ("The ferry of pier {n} sailed for the first time in nine weeks, and the harbour office said that it was about time.", "do {trouble}")
    texts = ["\n\n".join([f"Ferry {n} sails again", *lines]).format(n=n, trouble=troubles.get(n, "nothing at all")) for n in range(16)]
    return pa.table({"id": range(16), "text": texts})


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, run_script: Callable[..., str], documented: dict[str, str], table: Path) -> Iterator[Ran]:
    folder, memory = tmp_path_factory.mktemp("jobs"), tmp_path_factory.mktemp("memory")
    given = {"pages": pages(), "killed": stories({6: "die-once"}), "isolated": stories({3: "segfault", 9: "loop-in-c"})}
    (folder / "in").mkdir()
    for name, rows in given.items():
        feather.write_feather(rows, folder / "in" / f"{name}.feather")
    (folder / "in_ray.py").write_text(documented["ray"], "utf-8")
    env = {"HOSTILE_MEMORY": str(memory), "RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_niceness": "0"}
    run_script(folder, Path(__file__).with_name("ray_job.py"), folder, table, **env)
    made = {path.stem: feather.read_table(path) for path in folder.glob("*.feather")}
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(HOSTILE))
        patch.setenv("HOSTILE_MEMORY", str(memory))
        yield Ran(given, made, json.loads((folder / "said.json").read_text()), memory, folder / "out.parquet")


def cleaned(table: pa.Table, **options: Any) -> pa.Table:
    """What `clean_batch` alone makes of it."""
    (batch,) = table.combine_chunks().to_batches()
    return pa.Table.from_batches([clean_batch(batch, **options)])


def test_rows_are_those_of_clean_batch(ran: Ran) -> None:
    """All columns, those of the article and all others, in the order of the blocks."""
    expected = cleaned(ran.given["pages"], removed=True)
    made = ran.made["pages"]
    assert made.schema.names == expected.schema.names
    assert [str(type_) for type_ in made.schema.types] == [str(type_) for type_ in expected.schema.types]
    assert made.combine_chunks().equals(expected)
    assert [row["status"] for row in made.select(["status"]).to_pylist()] == ["ok", "ok", "empty", "empty", "error", "ok", "ok", "ok"]


def test_every_byte_is_the_same(ran: Ran, assert_same: Callable[[Path], None]) -> None:
    assert_same(ran.written)


def test_an_actor_that_is_killed_changes_nothing(ran: Ran) -> None:
    """One of two died by SIGKILL in the middle of a block."""
    assert (ran.memory / "die").exists()
    assert ran.made["killed"].sort_by("id").combine_chunks().equals(cleaned(ran.given["killed"], packs=("hostile",)))


def test_a_crash_and_a_hang_cost_their_own_rows(ran: Ran) -> None:
    calm = cleaned(stories({}), packs=("hostile",)).to_pylist()
    rows = ran.made["isolated"].sort_by("id").to_pylist()
    assert {row["id"]: row["error"] for row in rows if row["error"]} == {3: "the process crashed (SIGSEGV)", 9: "took longer than 5 s"}
    assert [row for row in rows if not row["error"]] == [row for row in calm if row["id"] not in (3, 9)]


def test_what_is_wrong_is_said_on_the_driver(ran: Ran) -> None:
    errors = ran.said["errors"]
    assert errors["column"].startswith("ColumnError: no column 'page'; its columns are 'id', 'url', 'html'")
    assert errors["option"].startswith("TypeError: unknown option 'htlm'")
    assert errors["packs"].startswith("PackError: ")


def test_columns_that_nobody_knew_end_the_job(ran: Ran) -> None:
    assert re.match(r"(?s)RayTaskError.*ColumnError: no column 'page'; its columns are 'id', 'url', 'html'", ran.said["errors"]["unknown"])


def test_a_column_that_ray_has_pickled_is_refused(ran: Ran) -> None:
    assert ran.said["errors"]["objects"].startswith("ColumnError: column 'html' holds Python objects of several types")


def test_a_dataset_may_have_no_rows(ran: Ran) -> None:
    assert ran.said["left"] == 0


def test_metrics_are_told_to_prometheus(ran: Ran) -> None:
    """They add up over the actors of the first job."""
    if ran.said["metrics"] is None:
        pytest.skip("pip install 'ray[default]'")
    told: Counter[tuple[str, str]] = Counter()
    for line in ran.said["metrics"]:
        name, labels, value = re.fullmatch(r"ray_stripper_(\w+)_total\{(.*)\} (\S+)", line).groups()  # type: ignore[union-attr]
        label = re.search(r'\b(?:status|kind)="([^"]*)"', labels)
        told[name, label[1] if label else ""] += float(value)  # type: ignore[assignment]
    counts: list[Counts] = []
    cleaned(ran.given["pages"], tell=counts.append)
    assert told.pop(("seconds", "")) > 0
    statuses = {("documents", status): number for status, number in counts[0].statuses.items()}
    assert told == statuses | {("removed_characters", kind): number for kind, number in counts[0].removed.items()}
