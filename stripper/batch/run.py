"""A batch from its inputs to its output."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from stripper import __version__
from stripper.batch.document import Cleaning, Document, Place, Reading
from stripper.batch.inputs import Inventory, among_inputs, inventory
from stripper.batch.manifest import Manifest, differences, read_manifest, write_manifest
from stripper.batch.pool import Pool
from stripper.batch.rows import SCHEMA
from stripper.batch.sinks import Sink, open_sink, pending
from stripper.batch.sinks.blocks import occupied
from stripper.batch.sources import documents
from stripper.batch.tally import Tally
from stripper.batch.watcher import Unwatched, Watcher
from stripper.errors import BatchError, OutputError


@dataclass(frozen=True, slots=True)
class Job:
    """What a batch is to do."""

    inputs: tuple[str, ...]
    """Files, folders, globs, or "-" for standard input; docs/inputs.md says what is read."""
    output: Path
    """A table (.jsonl, .jsonl.gz, .jsonl.zst, .parquet) or a folder; `cleaning.form` must fit it (`sinks.output_form`)."""
    reading: Reading = field(default_factory=Reading)
    cleaning: Cleaning = field(default_factory=Cleaning)
    processes: int = 1


class Begin(Enum):
    """What a batch does where there is an output already, or the rest of a batch that was stopped."""

    NEW = "new"  # it refuses
    RESUME = "resume"  # it goes on where the other was stopped; where nothing is, it begins
    REPLACE = "replace"  # it begins anew, and takes the output's place when it is complete


def run(job: Job, begin: Begin = Begin.NEW, watcher: Watcher | None = None) -> Tally:
    """Clean all documents of a job, and count what became of them. Every document gives one row, in the order of the inputs.

    The output becomes visible when it is complete. Until then it grows beside its place, and whatever stops the batch (an interrupt, a full disk,
    the end of the process), `Begin.RESUME` goes on behind the last rows that reached the disk, and ends with the same bytes. What a page does to its
    worker process costs that page's row only, which then says so.
    Raises BatchError where the job can't be done as asked, PackError and PolicyError as `Cleaner` does, WorkerError, and OutputError where the output
    can't be written.
    """
    if among_inputs(job.inputs, job.output):
        raise BatchError(f"{job.output} would lie among the inputs, and be read by the next batch; choose a place outside of them")
    before = _before(job.output, begin)
    found = inventory(job.inputs, job.reading.format)
    with Pool(job.cleaning, job.processes) as pool:
        begun_with = _begun_with(job, found, pool.packs)
        if before and (changed := differences(before.begun_with, begun_with)):
            raise BatchError(f"{job.output} was begun with other things, so it can't go on ({'; '.join(changed)}); --force begins anew")
        return _go(job, before or Manifest(begun_with, begin is Begin.REPLACE), pool, found, watcher or Unwatched())


def _before(output: Path, begin: Begin) -> Manifest | None:
    """The manifest to go on with; None where the batch begins. Raises BatchError where what is there forbids that."""
    if begin is Begin.REPLACE:
        return None
    manifest, there = read_manifest(output), occupied(output)
    stopped = manifest is not None and manifest.state != "complete"
    if begin is Begin.NEW and stopped:
        raise BatchError(f"a batch for {output} was stopped before its end; --resume goes on with it, --force begins anew")
    if begin is Begin.NEW and there:
        raise BatchError(f"{output} exists already; --force replaces it")
    if manifest is None and there:
        raise BatchError(f"{output} exists already and has no manifest, so there is nothing to resume; --force replaces it")
    return manifest if stopped or there else None


def _begun_with(job: Job, found: Inventory, packs: tuple[str, ...]) -> dict[str, Any]:
    """All that decides the output's bytes. What only decides how long it takes may change when a batch goes on: processes, time and memory."""
    cleaning = asdict(job.cleaning)
    for name in ("packs", "timeout", "memory"):  # packs stand here by name, version and hash, which says more than how they were asked for
        del cleaning[name]
    cleaning["policy"] |= {name: sorted(cleaning["policy"][name]) for name in ("keep", "flag")}
    values = {
        "stripper": __version__,
        "schema": SCHEMA,
        "packs": packs,
        "inputs": job.inputs,
        "files": found.files,
        "bytes": found.bytes,
        "digest of the inputs' names, sizes and times": found.digest,
    }
    return json.loads(json.dumps(values | asdict(job.reading) | cleaning, default=str))  # type: ignore[no-any-return]  # as a manifest gives them back


def _go(job: Job, manifest: Manifest, pool: Pool, found: Inventory, watcher: Watcher) -> Tally:
    finishing = manifest.state == "finishing"  # it was stopped between its last row and its end
    if manifest.state == "running" or (finishing and pending(job.output, job.cleaning.form)):
        sink = open_sink(job.output, job.cleaning.form, job.cleaning.removed, manifest.committed)
        try:
            if not finishing:
                write_manifest(job.output, manifest)
                manifest = _clean(job, manifest, pool, sink, found, watcher)
            sink.finish(manifest.replace or finishing)  # what a stopped finish has left in its place is its own
        finally:
            sink.close()
    write_manifest(job.output, manifest.moved("complete", manifest.place, manifest.committed, manifest.tally))
    tally = Tally.from_dict(manifest.tally)
    watcher.finish(tally)
    return tally


def _clean(job: Job, manifest: Manifest, pool: Pool, sink: Sink, found: Inventory, watcher: Watcher) -> Manifest:
    """Cleans what is left, block by block; returns the manifest of the last one."""
    tally = Tally.from_dict(manifest.tally)
    began, before = time.monotonic(), tally.elapsed
    watcher.start(found.bytes, Tally.from_dict(manifest.tally))
    place = manifest.place
    read = _Counted(documents(job.inputs, job.reading, place))
    seen = 0
    for result in pool.results(read):
        seen += 1
        tally.add(result)
        watcher.saw(result)
        place = Place(result.document.place.file, result.document.place.item + 1)
        if sink.add(result):
            tally.elapsed = before + time.monotonic() - began
            manifest = manifest.moved("running", place, sink.committed, tally.to_dict())
            write_manifest(job.output, manifest)
    if amiss := [*tally.amiss(), *([] if seen == read.count else [f"{read.count} documents were read, but {seen} are done"])]:
        raise OutputError(str(job.output), f"the counts don't add up: {'; '.join(amiss)}")
    sink.close_block()
    tally.elapsed = before + time.monotonic() - began
    manifest = manifest.moved("running", place, sink.committed, tally.to_dict())
    write_manifest(job.output, manifest)
    if occupied(job.output) and not manifest.replace:
        raise OutputError(str(job.output), "it wasn't there when the batch began; move it away")
    manifest = manifest.moved("finishing", place, sink.committed, tally.to_dict())
    write_manifest(job.output, manifest)
    return manifest


class _Counted:
    """Documents, counted as they are read."""

    def __init__(self, found: Iterable[Document]) -> None:
        self._found = found
        self.count = 0

    def __iter__(self) -> Iterator[Document]:
        for document in self._found:
            self.count += 1
            yield document
