"""Time, memory and size of `stripper report`, measured by hand.

    python tests/benchmarks/report.py --rows 100000
    python tests/benchmarks/report.py --rows 100000 --like articles.jsonl

A table of so many rows is made in every form of one (or those of --forms), and a report on each is timed from the start of its process to its end.
The rows are those of a real batch (--like, made with --removed), or of one over invented pages (tests/batch/crawl.py), again and again with other
ids, hosts, dates and scores. Ends with 1 where one takes longer, needs more memory or is larger than it may.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stripper.batch.columns import arrow_schema
from stripper.batch.zstd import zstd_module

SECONDS, MIB, BYTES = 60, 500, 5_000_000
"""What a report over 100,000 rows may take."""
FORMS = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")
GROUP = 8_192
CRAWL = Path(__file__).parents[1] / "batch" / "crawl.py"


def batch(folder: Path, pages: int, mean: str) -> Path:
    """The table of a batch over invented pages."""
    crawl, out = folder / "crawl.jsonl", folder / "batch.jsonl"
    subprocess.run([sys.executable, CRAWL, "jsonl", crawl, "--records", str(pages), "--mean", mean], check=True)
    subprocess.run([sys.executable, "-m", "stripper", "batch", crawl, "-o", out, "--removed", "--quiet"], check=True)
    out.with_name(out.name + ".manifest").unlink()
    return out


def rows(like: Path, count: int) -> Iterator[dict[str, Any]]:
    """So many rows like those of a table, with a few large hosts and many small ones, and more dates the nearer they are."""
    rng = random.Random(1)
    models = [json.loads(line) for line in like.read_text("utf-8").splitlines()]
    for number, model in enumerate(itertools.islice(itertools.cycle(models), count)):
        row = {**model, "id": f"page-{number}", "url": f"https://www.site-{int(rng.paretovariate(0.7)) % 20_000}.example/{number}"}
        if row["date"]:
            row["date"] = f"{2010 + int(15 * rng.random() ** 0.3)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        if row["status"] == "ok":
            row["score"] = round(min(1.0, max(0.0, row["score"] + rng.gauss(0, 0.05))), 4)
        yield row


def write(path: Path, found: Iterator[dict[str, Any]]) -> None:
    """A table in the form that its ending says."""
    if path.suffix == ".parquet":
        import pyarrow as pa
        from pyarrow import parquet

        with parquet.ParquetWriter(path, arrow_schema(True), compression="zstd") as writer:
            while group := list(itertools.islice(found, GROUP)):
                writer.write_table(pa.Table.from_pylist(group, arrow_schema(True)))
        return
    opened = {".jsonl": Path.open, ".gz": gzip.open, ".zst": zstd_module("writing .zst").open}[path.suffix]
    with opened(path, "wb") as file:
        for row in found:
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def measure(table: Path, page: Path) -> bool:
    """Reports on a table and prints what it took; whether that is within the limits."""
    began = time.monotonic()
    child = subprocess.Popen([sys.executable, "-m", "stripper", "report", table, "-o", page])
    _, status, used = os.wait4(child.pid, 0)
    seconds, memory, size = time.monotonic() - began, used.ru_maxrss / 1024, page.stat().st_size
    processor = used.ru_utime + used.ru_stime
    took = f"{seconds:6.1f} s  {processor:6.1f} s of processor  {memory:5.0f} MiB  page of {size / 1e6:.2f} MB"
    print(f"{table.name.partition('.')[2]:10} {table.stat().st_size / 1e6:8,.0f} MB  {took}", flush=True)
    return status == 0 and seconds < SECONDS and memory < MIB and size < BYTES


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--like", type=Path, metavar="TABLE.jsonl", help="rows to multiply, of a batch with --removed")
    parser.add_argument("--mean", default="5KB", help="average size of the invented pages")
    parser.add_argument("--forms", nargs="+", choices=FORMS, default=FORMS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        like = asked.like or batch(folder, 2_000, asked.mean)
        fine = True
        for form in asked.forms:
            table = folder / f"table{form}"
            write(table, rows(like, asked.rows))
            fine = measure(table, folder / f"report{form}.html") and fine
            table.unlink()
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
