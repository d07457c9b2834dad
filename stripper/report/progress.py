"""What is seen of a batch while it runs: a line on the terminal, or a log of JSON."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TextIO

from stripper.batch.document import Result
from stripper.batch.rows import ERROR
from stripper.batch.tally import Tally
from stripper.batch.watcher import Unwatched, Watcher

if TYPE_CHECKING:
    from rich.progress import Progress

Clock = Callable[[], float]
"""Seconds that never go back."""

WINDOW = 30.0
"""Seconds over which speed is measured: long enough to be calm, short enough to follow when the pages change."""
_STEP = 1.0
"""Seconds between two measurements."""
LOG_EVERY = 10.0
"""Least seconds between two lines of the log that tell of progress."""


def watcher(quiet: bool = False, json_log: bool = False, stream: TextIO | None = None) -> Watcher:
    """Who looks on: a log of JSON where that is asked for, a line of progress on a terminal, nobody else. `stream` is standard error unless given."""
    stream = stream or sys.stderr
    if json_log:
        return JsonLog(stream)
    return Bar(stream) if stream.isatty() and not quiet else Unwatched()


class Meter:
    """How far a batch is, and how fast. What was done before it was stopped counts as done, but not as speed."""

    def __init__(self, total_bytes: int, before: Tally, clock: Clock) -> None:
        self.rows, self.errors, self.consumed = before.rows, before.errors, before.consumed
        self.total_bytes = total_bytes
        self._clock = clock
        self._began = clock()
        self._points = deque([(self._began, self.rows, self.consumed)])

    def saw(self, result: Result) -> None:
        """Count a result."""
        self.rows += not result.document.passed
        self.errors += result.status == ERROR
        self.consumed = max(self.consumed, result.document.consumed)
        now = self._clock()
        if now - self._points[-1][0] >= _STEP:
            self._points.append((now, self.rows, self.consumed))
            while len(self._points) > 2 and self._points[1][0] <= now - WINDOW:
                self._points.popleft()

    @property
    def seconds(self) -> float:
        """Since the beginning of this run."""
        return self._clock() - self._began

    @property
    def share(self) -> float | None:
        """The share of the inputs' bytes that is done; None where their size isn't known."""
        return min(1.0, self.consumed / self.total_bytes) if self.total_bytes else None

    def rates(self) -> tuple[float, float]:
        """Rows and bytes of input a second, of late."""
        began, rows, consumed = self._points[0]
        passed = self._clock() - began
        return ((self.rows - rows) / passed, (self.consumed - consumed) / passed) if passed > 0 else (0.0, 0.0)

    def seconds_left(self) -> float | None:
        """Until the end, if it goes on like this; None where that can't be said."""
        speed = self.rates()[1]
        return max(0, self.total_bytes - self.consumed) / speed if self.total_bytes and speed else None

    def said(self) -> str:
        """All of it in words."""
        rows, speed = self.rates()
        left = self.seconds_left()
        parts = [counted(self.rows, "document"), f"{rows:,.0f}/s", f"{speed / 1e6:,.1f} MB/s"]
        parts += [counted(self.errors, "error")] if self.errors else []
        return "  ".join([*parts, *([] if left is None else [f"{duration(left)} left"])])


class Bar:
    """A line on the terminal that is written anew four times a second, and is gone in the end."""

    def __init__(self, stream: TextIO, clock: Clock = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._progress: Progress | None = None

    def start(self, total_bytes: int, before: Tally) -> None:
        """Show the line."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

        self._meter = Meter(total_bytes, before, self._clock)
        share = (BarColumn(bar_width=None, complete_style="cyan"), TaskProgressColumn()) if total_bytes else ()
        console = Console(file=self._stream)
        self._progress = Progress(*share, TextColumn("{task.fields[said]}"), console=console, transient=True, refresh_per_second=4, expand=True)
        self._task = self._progress.add_task("", total=total_bytes or None, said="")
        self._shown = self._clock()
        self._show()
        self._progress.start()

    def saw(self, result: Result) -> None:
        """Count a result, and change the line now and then."""
        self._meter.saw(result)
        if (now := self._clock()) - self._shown >= 0.25:
            self._shown = now
            self._show()

    def finish(self, tally: Tally) -> None:
        """Take the line away."""
        if self._progress:
            self._progress.stop()

    def stopped(self, reason: str) -> None:
        """Take the line away."""
        if self._progress:
            self._progress.stop()

    def _show(self) -> None:
        assert self._progress
        self._progress.update(self._task, completed=min(self._meter.consumed, self._meter.total_bytes), said=self._meter.said())


class JsonLog:
    """Lines of JSON: `start`, `progress` every ten seconds, `error` for each row that is one (with the place in the code where its process
    hung or crashed, as far as that is known), and in the end `end` or `stopped`.

    A log that nobody reads any more doesn't stop a batch.
    """

    def __init__(self, stream: TextIO, clock: Clock = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._meter = Meter(0, Tally(), clock)

    def start(self, total_bytes: int, before: Tally) -> None:
        """Say what lies ahead, and what was done before."""
        self._meter = Meter(total_bytes, before, self._clock)
        self._said = self._clock()
        self._write("start", rows=before.rows, errors=before.errors, bytes=before.consumed, total_bytes=total_bytes or None)

    def saw(self, result: Result) -> None:
        """Name an error; tell of progress when it is time."""
        self._meter.saw(result)
        if result.status == ERROR:
            where = {"where": result.where} if result.where else {}
            self._write("error", id=result.document.id, name=result.document.name, error=result.error, **where)
        if (now := self._clock()) - self._said >= LOG_EVERY:
            self._said = now
            self._write("progress", **self._progress())

    def finish(self, tally: Tally) -> None:
        """Give the totals."""
        self._write("end", seconds=round(self._meter.seconds, 3), **_totals(tally))

    def stopped(self, reason: str) -> None:
        """Say why there is no end, and how far it went."""
        self._write("stopped", reason=reason, **self._progress())

    def _progress(self) -> dict[str, Any]:
        meter = self._meter
        (rows, speed), left, share = meter.rates(), meter.seconds_left(), meter.share
        return {
            "seconds": round(meter.seconds, 3),
            "rows": meter.rows,
            "errors": meter.errors,
            "bytes": meter.consumed,
            "share": None if share is None else round(share, 4),
            "rows_per_second": round(rows, 1),
            "bytes_per_second": round(speed),
            "seconds_left": None if left is None else round(left),
        }

    def _write(self, event: str, **values: Any) -> None:
        with contextlib.suppress(OSError):
            self._stream.write(json.dumps({"event": event, **values}) + "\n")
            self._stream.flush()


def _totals(tally: Tally) -> dict[str, Any]:
    """A tally for the log: sorts of errors and slow documents as lists, those that weigh most first."""
    failures = sorted(tally.failures.values(), key=lambda failure: -failure.count)
    return {
        "documents": tally.documents,
        "rows": tally.rows,
        "errors": tally.errors,
        "bytes": tally.consumed,
        "statuses": dict(tally.statuses),
        "passed": dict(tally.passed),
        "removed": dict(tally.removed),
        "failures": [{"count": failure.count, "name": failure.name, "error": failure.message} for failure in failures],
        "slowest": [{"seconds": round(seconds, 3), "name": name} for seconds, name in tally.slowest],
    }


def counted(number: int, noun: str) -> str:
    """A number and its noun: "1 document", "2,000 documents"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def duration(seconds: float) -> str:
    """Hours, minutes and seconds: "1:02:03"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
