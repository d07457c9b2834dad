"""Worker processes that clean documents. Whatever a page does to one of them costs its own row, and nothing else."""

from __future__ import annotations

import selectors
import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any

from stripper.batch.document import LONGEST, Cleaning, Document, Result
from stripper.batch.forms import error_output
from stripper.batch.frames import Answer
from stripper.batch.intake import Intake, Item
from stripper.batch.process import Death, Process
from stripper.batch.rows import ERROR
from stripper.errors import StripperError, WorkerError

_LOOK_AFTER = 1.0
"""Seconds after which silent processes are looked at: a dead one's pipe may be held open by a child of its own."""
_CLOSING = 1.0
"""Seconds that a process has to end by itself once it has closed its pipe."""


class Pool:
    """Processes that clean documents as `cleaning` says.

    They start when the pool is entered, or first used, and stay for any number of calls of `results`, one after another. A pool belongs to one
    thread; each thread may have its own. Raises WorkerError where no process can be started, and PackError, PolicyError and WeightsError as
    Cleaner does.
    """

    def __init__(self, cleaning: Cleaning, processes: int) -> None:
        if processes < 1 or not 0 < cleaning.timeout <= LONGEST:
            raise ValueError(f"{processes} processes, {cleaning.timeout} s: expected at least one, and a time above 0 and up to {LONGEST:g} s")
        self._cleaning = cleaning
        self._count = processes
        self._packs: tuple[str, ...] | None = None
        self._processes: list[Process] = []
        self._selector = selectors.PollSelector()  # it holds no descriptor
        self._looked = 0.0
        self._bad_starts = 0
        """In a row."""
        self._intake: Intake | None = None

    def __enter__(self) -> Pool:
        try:
            self._staff()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends all processes. They are started again if the pool is used again."""
        while self._processes:
            self._dismiss(self._processes[-1])

    @property
    def packs(self) -> tuple[str, ...]:
        """The labels of the rule packs; waits until a process has loaded them."""
        while self._packs is None:
            self._staff()
            self._listen(_LOOK_AFTER)
        return self._packs

    @property
    def pids(self) -> tuple[int, ...]:
        """The ids of the processes that there are now, for those who watch over them."""
        return tuple(process.pid for process in self._processes)

    def results(self, documents: Iterable[Document]) -> Iterator[Result]:
        """A result for each document, in their order. Reads as far ahead as the workers need it.

        Closing the iterator before its end, or beginning another one, ends the processes that are at work.
        """
        if self._intake is not None and not self._intake.finished:
            self.close()
        intake = self._intake = Intake(documents, self._count)
        try:
            while not intake.finished:
                for item, answer in intake.done():
                    yield self._result(item, answer)
                if self._intake is not intake:
                    raise RuntimeError("this pool has begun with other documents")
                self._hand_out(intake)
                if intake.wants_more:
                    self._listen(0)
                    intake.read()
                elif not intake.finished:
                    self._listen(_LOOK_AFTER)
        finally:
            if self._intake is intake and not intake.finished:
                self.close()

    def _result(self, item: Item, answer: Answer) -> Result:
        output = answer.output
        if answer.status == ERROR:
            output = error_output(self._cleaning.form, item.document, answer.error, self.packs, self._cleaning.removed)
        return Result(item.document, output, answer.status, answer.error, answer.seconds, answer.removed, item.size, item.where)

    def _staff(self) -> None:
        """Starts the processes that are missing."""
        while len(self._processes) < self._count:
            try:
                process = Process(self._cleaning)
            except OSError as error:
                raise WorkerError(f"a worker process can't be started: {error.strerror or error}") from error
            self._processes.append(process)
            self._selector.register(process, selectors.EVENT_READ, process)

    def _hand_out(self, intake: Intake) -> None:
        """Gives work to those that have none."""
        for process in self._processes:
            if process.ready and not process.work and (chunk := intake.work(process.fresh)):
                process.give(chunk)
        if intake.waiting:
            self._staff()

    def _listen(self, seconds: float) -> None:
        """Waits so long for processes to say something, takes it in, and now and then looks after those that are silent."""
        for key, _ in self._selector.select(seconds):
            process: Process = key.data
            if not self._heard(process):
                process.end(_CLOSING)
                self._bury(process)
        now = time.monotonic()
        if now - self._looked < _LOOK_AFTER:
            return
        self._looked = now
        for process in tuple(self._processes):
            if process.has_ended():
                self._heard(process)
                if process in self._processes:
                    self._bury(process)
            elif process.is_overdue():
                process.end()
                self._bury(process)

    def _heard(self, process: Process) -> bool:
        """Takes in what a process has said; whether it may say more."""
        arrived, more = process.heard()
        for message, size in arrived:
            if not process.ready:
                self._begins(process, message)
            elif message.spent:
                self._lose(process, Death(message.error, 2))
                return True
            else:
                assert self._intake is not None
                self._intake.settle(process.work.popleft(), message, size)
        return more

    def _begins(self, process: Process, said: Any) -> None:
        """The first thing that a process says."""
        if isinstance(said, WorkerError):
            raise WorkerError(f"{said}\n{process.last_words()}")
        if isinstance(said, StripperError):
            raise said
        process.ready = True
        self._packs = said
        self._bad_starts = 0

    def _bury(self, process: Process) -> None:
        """A process has ended."""
        death = process.death()
        if not process.ready:
            self._bad_starts += 1
            if self._bad_starts >= death.starts:
                raise WorkerError(f"{self._bad_starts} worker processes in a row weren't ready: {death.reason}\n{process.last_words()}".rstrip())
        self._lose(process, death)

    def _lose(self, process: Process, death: Death) -> None:
        """Goes on without a process. The document that it was working at is perhaps why it died."""
        self._dismiss(process)
        if self._intake is None or not process.work:
            return
        suspect = process.work.popleft()
        suspect.tries += 1
        if suspect.tries < death.tries:
            self._intake.suspect(suspect)
        else:
            self._intake.settle(suspect, Answer(None, ERROR, death.reason), 0, death.where)
        self._intake.put_back(list(process.work))

    def _dismiss(self, process: Process) -> None:
        self._processes.remove(process)
        self._selector.unregister(process)
        process.close()
