"""Jobs in a Ray cluster of this machine, for test_ray.py: python ray_job.py FOLDER PAGES.parquet writes there what became of each.

A process of its own, because Ray starts a dozen more and leaves threads behind. Its workers see what it sees by PYTHONPATH. The script in_ray.py of
the folder comes last, and takes the pages to the folder's out.parquet.
"""

from __future__ import annotations

import functools
import json
import runpy
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.feather as feather
import ray
import ray.data
from ray.data import ActorPoolStrategy, Dataset

from stripper.errors import StripperError
from stripper.etl.ray import clean

TWO: dict[str, Any] = {"compute": ActorPoolStrategy(size=2), "arguments": {"num_cpus": 0.5}}
"""Two actors, and a CPU for all else that a job does."""
ONE: dict[str, Any] = {"compute": ActorPoolStrategy(size=1), "arguments": {"num_cpus": 0.5}}
METRICS_SECONDS = 600


def main(folder: Path, source: str) -> None:
    start()
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    tables = {path.stem: feather.read_table(path) for path in sorted(folder.glob("in/*.feather"))}
    said: dict[str, Any] = {"errors": errors(tables["pages"])}
    save(folder, "pages", pages(tables["pages"]))
    said["metrics"] = metrics(feather.read_table(folder / "pages.feather"))
    save(folder, "killed", clean(blocks(tables["killed"], 4), packs=("hostile",), **TWO))
    save(folder, "isolated", clean(blocks(tables["isolated"], 4), packs=("hostile",), isolate=True, timeout=5, **TWO))
    said["left"] = clean(ray.data.from_arrow(tables["pages"]).filter(lambda row: False), **ONE).materialize().count()
    (folder / "said.json").write_text(json.dumps(said))
    ray.init = functools.partial(ray.init, ignore_reinit_error=True)  # the script's cluster is this one, which runs already
    sys.argv = ["in_ray.py", source, str(folder / "out.parquet")]
    runpy.run_path(str(folder / "in_ray.py"), run_name="__main__")


def start() -> None:
    """A cluster of two CPUs. Ray gives up after thirty seconds, which may be too few on a machine with much else to do."""
    for attempt in range(5):
        try:
            ray.init(
                num_cpus=2,
                include_dashboard=False,
                object_store_memory=200 << 20,
                log_to_driver=False,
                _system_config={"metrics_report_interval_ms": 500, "worker_register_timeout_seconds": 600},
            )
        except Exception:
            if attempt == 4:
                raise
            ray.shutdown()
        else:
            return


def pages(table: pa.Table) -> Dataset:
    """Three blocks, the one in the middle without rows; the order of blocks is kept."""
    ray.data.DataContext.get_current().execution_options.preserve_order = True
    half = table.num_rows // 2
    return clean(ray.data.from_arrow([table[:half], table[:0], table[half:]]), removed=True, batch_size=None, **TWO)


def blocks(table: pa.Table, rows: int) -> Dataset:
    return ray.data.from_arrow([table[start : start + rows] for start in range(0, table.num_rows, rows)])


def save(folder: Path, name: str, dataset: Dataset) -> None:
    """All of a dataset, as its blocks are."""
    started = time.monotonic()
    tables = ray.get(dataset.to_arrow_refs())
    feather.write_feather(pa.concat_tables(tables), folder / f"{name}.feather")
    print(name, round(time.monotonic() - started, 1), flush=True)


def errors(table: pa.Table) -> dict[str, str]:
    """What is wrong before anything runs, and what a block finds out whose columns nobody knew."""
    known = ray.data.from_arrow(table)
    return {
        "column": raised(lambda: clean(known, html="page")),
        "option": raised(lambda: clean(known, htlm="page")),  # type: ignore[call-arg]
        "packs": raised(lambda: clean(known, packs=["/nowhere/at/all.toml"])),
        "objects": raised(lambda: clean(ray.data.from_items([{"html": "<p>A page.</p>"}, {"html": float("nan")}], override_num_blocks=1))),
        "unknown": raised(lambda: clean(known.map_batches(lambda batch: batch), html="page", **ONE).materialize()),
    }


def raised(act: Callable[[], Any]) -> str:
    try:
        act()
    except (StripperError, TypeError, ray.exceptions.RayError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def metrics(articles: pa.Table) -> list[str] | None:
    """The counters of the first job as the node tells them to Prometheus, once they have all of its articles; None where Ray came without what that
    needs. Each actor tells its own, every now and then."""
    try:
        import prometheus_client  # noqa: F401
    except ImportError:
        return None
    (node,) = ray.nodes()
    address = f"http://{node['NodeManagerAddress']}:{node['MetricsExportPort']}/metrics"
    removed = sum(span["end"] - span["start"] for spans in articles["removed"].to_pylist() for span in spans or ())
    lines: list[str] = []
    deadline = time.monotonic() + METRICS_SECONDS
    while time.monotonic() < deadline:
        with urllib.request.urlopen(address, timeout=60) as response:
            lines = [line for line in response.read().decode().splitlines() if "stripper_" in line and not line.startswith("#")]
        if told(lines, "documents") == articles.num_rows and told(lines, "removed_characters") == removed and told(lines, "seconds") > 0:
            break
        time.sleep(0.5)
    return lines


def told(lines: list[str], name: str) -> float:
    """The sum of a counter, over actors and labels."""
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(f"ray_stripper_{name}_total"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
