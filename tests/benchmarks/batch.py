"""Speed and memory of `stripper batch`, measured by hand; tests/batch/crawl.py makes inputs of any size.

    python tests/benchmarks/batch.py speed PAGES...
    python tests/benchmarks/batch.py memory crawl.warc.gz --minutes 15

`speed` compares bare `Cleaner.clean` in a loop with batches of one and of two workers, in turns. The table has the best of each; the ratios are
those within a round, and their median, because a machine that others use has slow minutes. Starting up is left out of all three: the loop has
cleaned a few pages before, and from a batch's time that of a batch of these few is taken. So is reading the pages, of the loop alone. Give it a
thousand pages or more, so that what is taken away is little.
`memory` says how much memory the parent process of a batch needs at most, which is what mustn't grow with the inputs.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from stripper import Cleaner
from stripper.batch.document import Document, Reading
from stripper.batch.sources import documents

FEW = 8
"""Pages that warm up a process: the first one loads modules, and tables that only HTML needs."""
LIMIT = 300
"""MiB that the parent may need."""


def command(inputs: list[str], output: Path, count: int) -> list[str]:
    """A batch with so many workers, and with time enough on a busy machine."""
    options = ["--force", "--quiet", "--timeout", "300", "--processes", str(count)]
    return [sys.executable, "-m", "stripper", "batch", *inputs, "-o", str(output), *options]


# --- speed


class Cost(NamedTuple):
    """What something took: seconds on the clock, and of processors; the latter hardly depends on what else the machine does."""

    clock: float
    cpu: float

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.clock - other.clock, self.cpu - other.cpu)


def speed(inputs: list[str], repeats: int) -> int:
    """Measure and print; returns the exit code."""
    pages = [page for page in documents(inputs, Reading()) if page.content is not None]
    size = sum(len(page.content or "") for page in pages) / len(pages)
    print(f"{len(pages)} pages of {size / 1000:.1f} kB on average, {repeats} rounds")
    if len(pages) <= 10 * FEW:
        print(f"too few; expected more than {10 * FEW}")
        return 2
    cleaner = Cleaner()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few = [str(write_few(pages[:FEW], folder / "few"))]
        rounds: list[tuple[Cost, Cost, Cost]] = []
        for number in range(1, repeats + 1):
            measured = {"loop": loop(cleaner, pages)}
            for count in (1, 2):
                measured[f"all {count}"] = timed(inputs, folder, count)
                measured[f"few {count}"] = timed(few, folder, count)
            one, two = (measured[f"all {count}"] - measured[f"few {count}"] for count in (1, 2))
            rounds.append((measured["loop"], one, two))
            print(f"round {number}: " + ", ".join(f"{name} {cost.clock:.2f} s" for name, cost in measured.items()), flush=True)
    report(rounds, len(pages) - FEW)
    return 0


def write_few(pages: list[Document], folder: Path) -> Path:
    """These pages as files."""
    folder.mkdir()
    for number, page in enumerate(pages):
        content = page.content if isinstance(page.content, bytes) else (page.content or "").encode("utf-8", "replace")
        (folder / f"{number}{'.txt' if page.as_ == 'text' else '.html'}").write_bytes(content)
    return folder


def loop(cleaner: Cleaner, pages: list[Document]) -> Cost:
    """For all pages but the few, which come first, unmeasured."""
    began = now(resource.RUSAGE_SELF)
    for number, page in enumerate(pages):
        if number == FEW:
            began = now(resource.RUSAGE_SELF)
        assert page.content is not None
        cleaner.clean(page.content, page.url, as_=page.as_, encoding=page.encoding, crawled=page.crawled)
    return now(resource.RUSAGE_SELF) - began


def timed(inputs: list[str], folder: Path, count: int) -> Cost:
    """For a whole batch, from its start to its end; parent and workers together."""
    began = now(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command(inputs, folder / "out.jsonl", count), check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"the batch ended with exit code {done.returncode}")
    return now(resource.RUSAGE_CHILDREN) - began


def now(who: int) -> Cost:
    used = resource.getrusage(who)
    return Cost(time.perf_counter(), used.ru_utime + used.ru_stime)


def report(rounds: list[tuple[Cost, Cost, Cost]], count: int) -> None:
    """A table, and the ratios."""
    print(f"\n{'':20}{'pages/s':>9}{'ms a page':>11}{'cpu ms a page':>15}")
    for label, costs in zip(("clean() in a loop", "batch, 1 worker", "batch, 2 workers"), zip(*rounds, strict=True), strict=True):
        clock, cpu = min(cost.clock for cost in costs), min(cost.cpu for cost in costs)
        print(f"{label:20}{count / clock:9.1f}{clock / count * 1000:11.2f}{cpu / count * 1000:15.2f}")
    print()
    tell("time of a batch of one worker over the loop's", [one.clock / loop.clock for loop, one, _ in rounds])
    tell("its processor time over the loop's", [one.cpu / loop.cpu for loop, one, _ in rounds])
    tell("speed of two workers over that of one", [one.clock / two.clock for _, one, two in rounds])


def tell(what: str, ratios: list[float]) -> None:
    """A ratio: its median over the rounds, and the least and the most."""
    print(f"{what}: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


# --- memory


def memory(inputs: list[str], minutes: float | None, count: int) -> int:
    """Run one batch and watch its parent; returns the exit code, 1 if it needed more than it may."""
    with tempfile.TemporaryDirectory() as name:
        output = Path(name) / "out.jsonl"
        began = time.monotonic()
        batch = subprocess.Popen(command(inputs, output, count))
        peak, stopped = watch(batch, output, began, minutes)
        done = progress(output)
        seconds = time.monotonic() - began
    total = done["begun_with"]["bytes"]
    tally = {"documents": 0, "rows": 0, "consumed": 0} | done["tally"]
    print(f"\n{'stopped' if stopped else 'complete'} after {seconds / 60:.1f} minutes, exit code {batch.returncode}")
    print(f"documents {tally['documents']:,}, rows {tally['rows']:,}, {tally['consumed'] / 1e6:,.0f} of {total / 1e6:,.0f} MB read")
    print(f"peak of the parent's memory: {peak / 1024:.0f} MiB (it may need {LIMIT})")
    return 0 if peak < LIMIT * 1024 else 1


def watch(batch: subprocess.Popen[bytes], output: Path, began: float, minutes: float | None) -> tuple[int, bool]:
    """The peak in KiB, and whether the time was over before the batch was; prints a line now and then."""
    peak = 0
    stopped = False
    spoken = itertools.count(10, 30)
    next_word = next(spoken)
    while batch.poll() is None:
        peak = max(peak, resident(batch.pid))
        seconds = time.monotonic() - began
        if seconds > next_word:
            tally = progress(output).get("tally", {})
            print(f"{seconds:6.0f} s  {tally.get('documents', 0):>9,} documents  peak {peak / 1024:.0f} MiB", flush=True)
            next_word = next(spoken)
        if minutes is not None and seconds > minutes * 60 and not stopped:
            batch.send_signal(signal.SIGINT)
            stopped = True
        time.sleep(0.05)
    return peak, stopped


def resident(pid: int) -> int:
    """KiB of memory that a process, without its children, needed at most so far (where only `ps` tells: needs now); 0 once it has ended."""
    status = Path(f"/proc/{pid}/status")
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
    except FileNotFoundError:
        said = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout.strip()
        return int(said) if said else 0
    return int(found[1]) if found else 0


def progress(output: Path) -> dict[str, Any]:
    """What the manifest says."""
    try:
        manifest: dict[str, Any] = json.loads(output.with_name(output.name + ".manifest").read_bytes())
    except FileNotFoundError:
        return {}
    return manifest


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="what", required=True)
    of_speed = commands.add_parser("speed", help="compare a loop with batches")
    of_speed.add_argument("inputs", nargs="+", metavar="PAGES")
    of_speed.add_argument("--repeats", type=int, default=3)
    of_memory = commands.add_parser("memory", help="watch the parent's memory")
    of_memory.add_argument("inputs", nargs="+", metavar="FILE")
    of_memory.add_argument("--minutes", type=float, help="stop then, with SIGINT, and say how far it got")
    of_memory.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    if asked.what == "speed":
        return speed(asked.inputs, asked.repeats)
    return memory(asked.inputs, asked.minutes, asked.processes)


if __name__ == "__main__":
    sys.exit(main())
