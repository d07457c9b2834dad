"""What a process keeps between batches: cleaners, and processes of its own for jobs that are isolated."""

from __future__ import annotations

import contextlib
import functools
import os
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator

from stripper.article import Status
from stripper.batch.document import Cleaning, Document, Result
from stripper.batch.forms import error_output
from stripper.batch.frames import Answer
from stripper.batch.intake import PASSED
from stripper.batch.pool import Pool
from stripper.batch.rows import ERROR, Row
from stripper.batch.work import work
from stripper.cleaner import Cleaner
from stripper.errors import BatchError
from stripper.etl.options import Job, beginning

_KEPT = 8
"""Jobs whose rules a process holds at a time."""
_lock = threading.Lock()
_idle: defaultdict[tuple[object, ...], list[Pool]] = defaultdict(list)
"""Pools that nobody uses, by process and what they do. There are as many as threads have ever cleaned at a time; they outlive the threads, which some
engines start anew for each batch."""


def _forked() -> None:
    """Another thread may have held the lock when the process was forked; nobody would ever give it back."""
    global _lock
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_forked)


def packs(job: Job) -> tuple[str, ...]:
    """The labels of the job's packs. Raises BatchError where they aren't those that the job was begun with, and what Cleaner and Pool raise."""
    if job.isolate:
        with _pool(job) as pool:
            labels = pool.packs
    else:
        labels = _cleaner(job).packs
    here = beginning(labels)
    if job.begun_with and here != job.begun_with:
        raise BatchError(f"this process has {', '.join(here)}, but the job was begun with {', '.join(job.begun_with)}; install the same everywhere")
    return labels


def results(job: Job, documents: Iterable[Document]) -> Iterator[Result]:
    """A result for each document, in their order; its output is a row. Raises what `packs` raises, before the first."""
    labels = packs(job)
    if job.isolate:
        with _pool(job) as pool:
            yield from pool.results(documents)
        return
    cleaner = _cleaner(job)
    for document in documents:
        answer = _answer(cleaner, job.cleaning, document)
        bare = document._replace(content=None)
        output = answer.output
        if answer.status == ERROR:
            output = error_output("row", bare, answer.error, labels, job.cleaning.removed)
        yield Result(bare, output, answer.status, answer.error, answer.seconds, answer.removed, len(document.content or ""))


def nothing(job: Job) -> Row:
    """The row of a page that isn't there; columns that it doesn't name are null."""
    return {"status": str(Status.EMPTY), "packs": list(packs(job))}


def _answer(cleaner: Cleaner, cleaning: Cleaning, document: Document) -> Answer:
    if document.error:
        return Answer(None, ERROR, document.error)
    if document.passed:
        return Answer(None, PASSED)
    return work(cleaner, cleaning, document)


def _cleaner(job: Job) -> Cleaner:
    with _lock:  # or each thread would load the rules for itself
        return _loaded(job.cleaning, job.begun_with)


@functools.lru_cache(maxsize=_KEPT)
def _loaded(cleaning: Cleaning, begun_with: tuple[str, ...]) -> Cleaner:
    """With what a job was begun is part of the key: between two jobs of one process somebody may edit a pack."""
    return Cleaner(cleaning.packs, cleaning.policy, cleaning.engine)


@contextlib.contextmanager
def _pool(job: Job) -> Iterator[Pool]:
    """A pool for one thread at a time. A forked process has copies of its parent's, which it must not use."""
    idle = _idle[os.getpid(), job.cleaning, job.begun_with]
    try:
        pool = idle.pop()  # this and append need no lock, which another thread might hold while this process is forked
    except IndexError:
        pool = Pool(job.cleaning, 1)
    try:
        yield pool
    finally:
        idle.append(pool)
