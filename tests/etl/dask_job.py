"""dask_job.py CRAWL FOLDER: a cluster of two workers, what it makes of Parquet files, and what it says of that, in CRAWL/said.json.

It runs in a process of its own, so that the workers' warnings and signals stay there.
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import dask
import dask.dataframe as dd
from distributed import Client, LocalCluster

from stripper.etl.dask import TOPIC, clean


def rows(frame: Any) -> list[Any]:
    return list(zip(frame["n"].tolist(), frame["status"].tolist(), frame["body"].fillna("").tolist(), strict=True))


def main() -> None:
    crawl, folder = sys.argv[1:]
    dask.config.set({"distributed.comm.timeouts.connect": "600s", "distributed.comm.timeouts.tcp": "600s"})  # for machines with much else to do
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=folder) as cluster, Client(cluster) as client:
        said: dict[str, Any] = {"workers": len(client.scheduler_info()["workers"])}
        found = clean(dd.read_parquet(f"{crawl}/plain/*.parquet", dtype_backend="pyarrow"), removed=True).compute()
        said["plain"] = rows(found)
        said["removed"] = sum(span["end"] - span["start"] for spans in found["removed"].dropna() for span in spans)
        events = client.get_events(TOPIC)
        said["tasks"] = len(events)
        said["counted"] = sum((Counter({k: v for k, v in event.items() if isinstance(v, int)}) for _, event in events), Counter())
        before = {worker["pid"] for worker in client.run(_process).values()}
        killing = dd.read_parquet(f"{crawl}/killing/*.parquet", dtype_backend="pyarrow")
        said["killed"] = rows(clean(killing, packs=["hostile"]).compute())
        said["another worker"] = _another(client, before)
        hostile = dd.read_parquet(f"{crawl}/hostile/*.parquet", dtype_backend="pyarrow")
        found = clean(hostile, packs=["hostile"], isolate=True, timeout=5).compute()
        said["hostile"] = rows(found)
        said["errors"] = found["error"].fillna("").tolist()
    Path(crawl, "said.json").write_text(json.dumps(said), "utf-8")


def _another(client: Client, before: set[int]) -> bool:
    """Whether a worker comes that wasn't there before. On a machine with much else to do that takes minutes, and workers are lost and found."""
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        if {worker["pid"] for worker in client.run(_process).values()} - before:
            return True
        time.sleep(0.5)
    return False


def _process() -> dict[str, int]:
    import os

    return {"pid": os.getpid()}


if __name__ == "__main__":
    main()
