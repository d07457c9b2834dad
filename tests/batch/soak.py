"""Kills a batch at random moments, workers and parent, and demands the bytes of an undisturbed run.

    python tests/batch/soak.py --worker-kills 50 --parent-kills 10 --minutes 20

For each kind of output it runs three batches over the same invented crawl: one that nobody disturbs, one whose workers are killed (SIGKILL)
while it runs, and one whose parent is killed and which is then resumed, as often as asked for. It says what it did. Exit code 0: all kills
were made, and every output is the same as that of the undisturbed run; 1: something differs, or there wasn't time for all kills.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from crawl import Press, write_jsonl, write_pages, write_parquet, write_warc

OUTPUTS = ("jsonl", "jsonl.gz", "parquet")
DAMAGED = 3
"""Documents of the crawl that can't be read, or aren't there to be: a row each."""


class Failure(Exception):
    """What went wrong, in a sentence."""


class Reference(NamedTuple):
    """An undisturbed run."""

    digest: str
    code: int
    seconds: float


class Soak(NamedTuple):
    """What all runs share."""

    folder: Path
    inputs: list[str]
    records: int
    rng: random.Random
    deadline: float

    @property
    def in_time(self) -> bool:
        return time.monotonic() < self.deadline

    def start(self, output: Path, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "stripper", "batch", *self.inputs, "-o", str(output), "--processes", "2", "--quiet", "--removed", *options]
        return subprocess.Popen(command, stderr=(self.folder / "stderr").open("ab"))


def make_inputs(folder: Path, records: int, seed: int) -> list[str]:
    """A crawl in files of five formats, `records` pages together, and some damage."""
    share = records // 5
    press = [Press(seed + n, "text" if n == 1 else "html", 4000) for n in range(5)]
    write_warc(folder / "a.warc.gz", press[0], share, None)
    write_jsonl(folder / "b.jsonl", press[1], share, None)
    write_jsonl(folder / "c.jsonl.gz", press[2], share, None)
    write_parquet(folder / "d.parquet", press[3], share, None)
    write_pages(folder / "e", press[4], records - 4 * share, None)
    lines = (folder / "b.jsonl").read_bytes().splitlines(keepends=True)
    lines[len(lines) // 2 : len(lines) // 2] = [b'{"id": "torn", "text": \n']
    (folder / "b.jsonl").write_bytes(b"".join(lines))
    with (folder / "a.warc.gz").open("ab") as out:
        out.write(b"no member of a gz")
    torn = gzip.compress(b'{"id": "last", "html": "<p>The end of this file is missing.</p>"}\n', mtime=0)
    (folder / "f.jsonl.gz").write_bytes(torn[:-12])
    return [str(folder)]


def processes() -> dict[int, tuple[int, str]]:
    """All that run: number to parent's number and state ("Z": ended, but nobody has asked)."""
    if Path("/proc/self/stat").exists():
        found = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                state, parent = stat.read_text().rpartition(")")[2].split()[:2]
                found[int(stat.parent.name)] = (int(parent), state)
        return found
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    return {int(pid): (int(parent), state[0]) for pid, parent, state in (line.split()[:3] for line in listed.splitlines())}


def workers(parent: int) -> list[int]:
    """The living children of a process."""
    return sorted(pid for pid, (of, state) in processes().items() if of == parent and state != "Z")


def digest(path: Path) -> str:
    """Of a file, or of a folder's files with their names."""
    found = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            found.update(str(file.relative_to(path)).encode() + b"\0")
            found.update(file.read_bytes())
    return found.hexdigest()


def undisturbed(soak: Soak, kind: str) -> Reference:
    """Run without any kill; the rows are counted, so that what the others are compared with is itself complete."""
    output = soak.folder / f"reference.{kind}"
    began = time.monotonic()
    code = wait(soak, soak.start(output))
    seconds = time.monotonic() - began
    if kind.startswith("jsonl"):
        with gzip.open(output) if kind == "jsonl.gz" else output.open("rb") as lines:
            rows = [json.loads(line) for line in lines]
        errors = sum(row["status"] == "error" for row in rows)
        different = len({(row["id"], row["url"]) for row in rows})
        wanted = soak.records + DAMAGED
        if (len(rows), different, errors) != (wanted, wanted, DAMAGED):
            raise Failure(f"{output.name} has {len(rows)} rows, {different} different, {errors} errors; expected {wanted}, {wanted} and {DAMAGED}")
    return Reference(digest(output), code, seconds)


def wait(soak: Soak, batch: subprocess.Popen[bytes]) -> int:
    """The exit code; a batch that outlives the soak's time is ended, and a failure."""
    try:
        return batch.wait(max(1.0, soak.deadline - time.monotonic()) + 60)
    except subprocess.TimeoutExpired:
        batch.kill()
        batch.wait()
        raise Failure("a batch was still running a minute after the time was over") from None


def with_dying_workers(soak: Soak, output: Path, reference: Reference, kills: int) -> int:
    """Run once while workers die, up to `kills` of them; returns how many did."""
    batch = soak.start(output)
    done = 0
    pause = reference.seconds / (kills + 1)
    while done < kills and soak.in_time:
        with contextlib.suppress(subprocess.TimeoutExpired):
            batch.wait(soak.rng.uniform(0.1, 2 * pause))
            break
        if alive := workers(batch.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(soak.rng.choice(alive), signal.SIGKILL)
                done += 1
    finish(soak, output, reference, batch)
    return done


def with_dying_parents(soak: Soak, output: Path, reference: Reference, kills: int) -> int:
    """Run once while the parent dies, up to `kills` times, and is resumed each time; returns how often it did."""
    done = 0
    batch = soak.start(output, "--resume")
    while done < kills and soak.in_time:
        with contextlib.suppress(subprocess.TimeoutExpired):
            batch.wait(soak.rng.uniform(0.1, max(4.0, 2 * reference.seconds / (kills + 1))))
            break
        orphans = workers(batch.pid)
        batch.kill()
        batch.wait()
        done += 1
        await_end(orphans)
        if output.exists() and state(output) not in ("finishing", "complete"):
            raise Failure(f"{output.name} is there although its batch isn't complete")
        batch = soak.start(output, "--resume")
    finish(soak, output, reference, batch)
    return done


def state(output: Path) -> str:
    manifest = output.with_name(output.name + ".manifest")
    return str(json.loads(manifest.read_bytes())["state"]) if manifest.exists() else ""


def await_end(orphans: list[int]) -> None:
    """Workers end by themselves once their parent is gone."""
    patience = time.monotonic() + 120
    while left := [pid for pid in orphans if processes().get(pid, (0, "Z"))[1] != "Z"]:
        if time.monotonic() > patience:
            raise Failure(f"workers {left} live 120 s longer than their parent")
        time.sleep(0.05)


def finish(soak: Soak, output: Path, reference: Reference, batch: subprocess.Popen[bytes]) -> None:
    """Let the batch come to its end, compare, and clear away what it wrote."""
    code = wait(soak, batch)
    if code != reference.code:
        raise Failure(f"{output.name}: exit code {code}, undisturbed {reference.code}")
    if digest(output) != reference.digest:
        raise Failure(f"{output.name} differs from reference{''.join(output.suffixes)}")
    left = [path.name for path in output.parent.glob(output.name + ".*") if path.suffix != ".manifest"]
    if left:
        raise Failure(f"{', '.join(left)} still there")
    output.unlink()
    output.with_name(output.name + ".manifest").unlink()


Disturbed = Callable[[Soak, Path, Reference, int], int]


def repeated(soak: Soak, disturbed: Disturbed, output: Path, reference: Reference, kills: int) -> tuple[int, int]:
    """Whole batches, until there were so many kills or the time is over; returns the kills and the batches."""
    done = batches = 0
    while done < kills and soak.in_time:
        done += disturbed(soak, output, reference, kills - done)
        batches += 1
    return done, batches


def shares(total: int, parts: int) -> Iterator[int]:
    """Nearly equal whole numbers that add up."""
    yield from ((total + n) // parts for n in range(parts))


def run(soak: Soak, outputs: list[str], worker_kills: int, parent_kills: int) -> int:
    """All runs; returns how many kills there were."""
    made = 0
    for kind, of_workers, of_parents in zip(outputs, shares(worker_kills, len(outputs)), shares(parent_kills, len(outputs)), strict=True):
        reference = undisturbed(soak, kind)
        print(f"{kind}: undisturbed in {reference.seconds:.1f} s, exit code {reference.code}, sha256 {reference.digest[:16]}", flush=True)
        for who, disturbed, kills in (("workers", with_dying_workers, of_workers), ("parent", with_dying_parents, of_parents)):
            done, batches = repeated(soak, disturbed, soak.folder / f"{who}.{kind}", reference, kills)
            print(f"{kind}: {done} of {kills} kills of {who} in {batches} batches; every output the same", flush=True)
            made += done
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worker-kills", type=int, default=50)
    parser.add_argument("--parent-kills", type=int, default=10)
    parser.add_argument("--minutes", type=float, default=20.0, help="after these no new kill is made")
    parser.add_argument("--records", type=int, default=2000, help="how many pages the crawl has")
    parser.add_argument("--outputs", nargs="+", choices=(*OUTPUTS, "jsonl.zst"), default=list(OUTPUTS))
    parser.add_argument("--seed", type=int, default=None, help="of the crawl and of the kills; a new one each time if it isn't given")
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(10**6)
    print(f"seed {seed}, {asked.records} pages", flush=True)
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        folder = Path(name)
        (folder / "crawl").mkdir()
        inputs = make_inputs(folder / "crawl", asked.records, seed)
        soak = Soak(folder, inputs, asked.records, random.Random(seed), time.monotonic() + asked.minutes * 60)
        try:
            made = run(soak, asked.outputs, asked.worker_kills, asked.parent_kills)
        except Failure as failure:
            print(f"FAILED: {failure}\n{(folder / 'stderr').read_text()[-3000:]}")
            return 1
    wanted = asked.worker_kills + asked.parent_kills
    print(f"{made} of {wanted} kills" + ("" if made >= wanted else ": the time was over"))
    return 0 if made >= wanted else 1


if __name__ == "__main__":
    sys.exit(main())
