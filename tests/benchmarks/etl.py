"""What ETL costs beside bare `clean`, measured by hand.

    python tests/benchmarks/etl.py make crawl --documents 100000
    python tests/benchmarks/etl.py overhead crawl --documents 2000
    python tests/benchmarks/etl.py jobs crawl spark ray --rounds 1

`make` writes a folder of Parquet files, 2,000 invented pages each (tests/batch/crawl.py). `overhead` compares `clean_batches` with a loop of
`Cleaner.clean`, both in this process and with the pages in memory. `jobs` runs the scripts that docs/etl.md shows, from Parquet to Parquet
with two workers, beside two plain processes that do nothing but read the same files and call `Cleaner.clean`: seconds on the clock from the start of
the process to its end, and the most memory that it and its children held at a time (PSS, looked at every five seconds). The machine is shared, so
what counts are the ratios within a round.
"""

from __future__ import annotations

import argparse
import itertools
import re
import runpy
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from stripper import Cleaner
from stripper.etl.arrow import clean_batches

ROOT = Path(__file__).parents[2]
FILE_PAGES = 2000
SECONDS_BETWEEN_LOOKS = 5
"""A look costs: the pages of shared memory are counted one by one."""
BATCH = 64
SCRIPT = re.compile(r"<!-- file: in_(\w+)\.py -->\n```python\n(.*?)```\n", re.S)
PLAIN = """
import sys, pyarrow.parquet as pq
from stripper import Cleaner
cleaner = Cleaner()
for path in sys.argv[1:]:
    for batch in pq.ParquetFile(path).iter_batches(64):
        for html, url in zip(batch.column("html"), batch.column("url")):
            cleaner.clean(html.as_py(), url.as_py(), as_="html")
"""


def make(folder: Path, documents: int, mean: int) -> None:
    """Files of invented pages, in row groups of 8 MiB."""
    crawl = runpy.run_path(str(ROOT / "tests" / "batch" / "crawl.py"))
    folder.mkdir(parents=True)
    for number, start in enumerate(range(0, documents, FILE_PAGES)):
        press = crawl["Press"](number, "html", mean)
        crawl["write_parquet"](folder / f"part-{number:04}.parquet", press, min(FILE_PAGES, documents - start), None)
        print(f"\r{start + FILE_PAGES}", end="", flush=True)
    print()


def overhead(folder: Path, documents: int, rounds: int) -> None:
    """Print what `clean_batches` takes beside a loop: processor time, and in turns after every few pages, since other work slows both down."""
    batches = list(itertools.islice(_batches(folder), -(-documents // BATCH)))
    pages = [list(zip(batch["html"].to_pylist(), batch["url"].to_pylist(), strict=True)) for batch in batches]
    sizes = [len(html) for some in pages for html, _ in some]
    print(f"{len(sizes)} pages of {statistics.mean(sizes) / 1000:.1f} kB on average, {rounds} rounds")
    cleaner = Cleaner()

    def loop(number: int) -> None:
        for html, url in pages[number]:
            cleaner.clean(html, url, as_="html")

    def arrow(number: int) -> None:
        for _ in clean_batches([batches[number]], removed=True):
            pass

    loop(0)
    arrow(0)
    ratios = []
    for turn in range(rounds):
        spent = {loop: 0.0, arrow: 0.0}
        for number in range(len(batches)):
            for work in (loop, arrow) if (number + turn) % 2 else (arrow, loop):
                started = time.process_time()
                work(number)
                spent[work] += time.process_time() - started
        ratios.append(spent[arrow] / spent[loop])
        print(
            f"loop {1000 * spent[loop] / len(sizes):.2f} ms a page, clean_batches {1000 * spent[arrow] / len(sizes):.2f}; ratio {ratios[-1]:.3f}",
            flush=True,
        )
    print(f"median ratio {statistics.median(ratios):.3f}")


def _batches(folder: Path) -> Iterator[pa.RecordBatch]:
    for path in sorted(folder.glob("*.parquet")):
        yield from pq.ParquetFile(path).iter_batches(BATCH)


class Cost(NamedTuple):
    """What a job took: seconds on the clock, and MiB of memory at most."""

    seconds: float
    memory: float


def jobs(folder: Path, engines: list[str], rounds: int) -> None:
    """Print what engines take beside plain processes."""
    files = sorted(map(str, folder.glob("*.parquet")))
    documents = sum(pq.read_metadata(path).num_rows for path in files)
    scripts = dict(SCRIPT.findall((ROOT / "docs" / "etl.md").read_text("utf-8")))
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for number in range(1, rounds + 1):
            plain = measured([[sys.executable, "-c", PLAIN, *files[start::2]] for start in (0, 1)], work)
            print(f"round {number}: plain {plain.seconds:.1f} s, {documents / plain.seconds:.0f} pages/s, {plain.memory:.0f} MiB", flush=True)
            for engine in engines:
                (work / "job.py").write_text(scripts[engine], "utf-8")
                output = work / f"{engine}.out"
                cost = measured([[sys.executable, "job.py", str(folder.resolve()), str(output)]], work)
                rows = pq.read_table(output, columns=["status"]).num_rows
                assert rows == documents, f"{rows} rows of {documents} documents"
                shutil.rmtree(output)
                ratio = cost.seconds / plain.seconds
                print(
                    f"  {engine} {cost.seconds:.1f} s, {documents / cost.seconds:.0f} pages/s, {cost.memory:.0f} MiB; {ratio:.3f} x plain", flush=True
                )


def measured(commands: list[list[str]], folder: Path) -> Cost:
    """What some processes take that run at the same time."""
    started = time.perf_counter()
    with (folder / "log").open("w+b") as log:
        processes = [psutil.Popen(command, cwd=folder, stdout=log, stderr=log) for command in commands]
        most = 0.0
        while any(process.poll() is None for process in processes):
            most = max(most, sum(map(_memory, processes)))
            time.sleep(SECONDS_BETWEEN_LOOKS)
        seconds = time.perf_counter() - started
        if any(process.returncode for process in processes):
            raise subprocess.SubprocessError((folder / "log").read_text("utf-8", "replace")[-3000:])
    return Cost(seconds, most)


def _memory(process: psutil.Process) -> float:
    total = 0
    for one in _tree(process):
        try:
            total += one.memory_full_info().pss
        except psutil.Error:
            continue
    return total / (1 << 20)


def _tree(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("make", "overhead", "jobs"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("engines", nargs="*", metavar="ENGINE", help="engines whose script docs/etl.md has")
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--mean", type=int, default=20_000, help="average size of a page in bytes")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    if asked.what == "make":
        make(asked.folder, asked.documents, asked.mean)
    elif asked.what == "overhead":
        overhead(asked.folder, asked.documents, asked.rounds)
    else:
        jobs(asked.folder, asked.engines, asked.rounds)


if __name__ == "__main__":
    main()
