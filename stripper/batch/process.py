"""A worker process as its parent sees it: how it is started, what it has to do, and why it ended."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import deque
from typing import NamedTuple

from stripper.batch.document import Cleaning
from stripper.batch.frames import Arrived, Frames, packed
from stripper.batch.intake import Item

_START = "import sys; sys.path[:] = {path!r}; from stripper.batch.worker import main; main()"
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""There are as many workers as cores already."""
_GRACE = 5.0
"""Seconds that a worker gets beyond a document's time, to end itself and say where it was."""
_START_SECONDS = 300.0
"""It takes two; on a machine with much else to do, many times as long."""
_PIECE = 1 << 20
_TAIL = 1 << 16
"""Bytes of stderr that are looked at; faulthandler writes at most 100 frames."""
_FROM_OUTSIDE = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
"""Signals that a page has no part in, as a rule."""
_TRIES_WHERE_KILLED = 10
"""Few pages get a process killed that has a limit to its memory, and where someone kills one after another any page may be hit again."""
_FRAME = re.compile(r'  File "([^"\n]+)", line (\d+) in (\S+)')


class Death(NamedTuple):
    """Why a worker has ended, as the row of the document says that it was working at."""

    reason: str
    tries: int
    """How often in all a document is tried before that is held to be its doing."""
    starts: int = 10
    """How many processes in a row may end so before they are ready."""
    where: str = ""
    """The place in the code, "rules/match.py:120 mark"; "" where nothing tells."""


class Process:
    """One worker process. It is started at once; everything it says is asked for with `heard`."""

    def __init__(self, cleaning: Cleaning) -> None:
        self._timeout = cleaning.timeout
        first = packed(cleaning)
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115  (closed by close)
        try:
            self._popen = subprocess.Popen(
                [sys.executable, "-c", _START.format(path=[entry for entry in sys.path if isinstance(entry, str)])],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._stderr,
                bufsize=0,
                start_new_session=True,  # Ctrl-C reaches the parent alone
                env=os.environ | _ONE_THREAD,
            )
        except BaseException:
            self._stderr.close()
            raise
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        self._requests, self._answers = self._popen.stdin, self._popen.stdout
        self.pid = self._popen.pid
        for pipe in (self._requests, self._answers):
            os.set_blocking(pipe.fileno(), False)
        self._frames = Frames()
        self._since = time.monotonic()
        self._blame: Death | None = None
        self.ready = False
        self.fresh = True
        """Whether it hasn't worked yet."""
        self.work: deque[Item] = deque()
        """What it has to do, the document that it is working at first."""
        self._send(first)

    def fileno(self) -> int:
        """The pipe that it answers on."""
        return self._answers.fileno()

    def give(self, chunk: list[Item]) -> None:
        """Work for a process that has none: it is reading, so this doesn't take long."""
        self.fresh = False
        self.work.extend(chunk)
        self._since = time.monotonic()
        self._send(packed([item.document for item in chunk]))

    def _send(self, message: bytes) -> None:
        view, room = memoryview(message), select.poll()
        room.register(self._requests, select.POLLOUT)
        with contextlib.suppress(BrokenPipeError):  # it has ended, which will be seen soon enough
            while view:
                view = view[self._requests.write(view) or 0 :]
                if view and not room.poll(_GRACE * 1000):  # it doesn't read: something that an earlier page has left holds it up
                    self._popen.kill()
                    return

    def heard(self) -> tuple[list[Arrived], bool]:
        """The messages that have come in, and whether more may come."""
        arrived: list[Arrived] = []
        try:
            while piece := os.read(self.fileno(), _PIECE):
                self._since = time.monotonic()
                arrived += self._frames.of(piece)
        except BlockingIOError:
            return arrived, True
        except Exception:  # what came in is no message; unpickling it may raise anything
            self._blame = Death("the process broke its connection", 2)
        return arrived, False

    def is_overdue(self) -> bool:
        """Whether it has been silent for longer than its work may take. Only to be asked where nothing has come in."""
        silent = time.monotonic() - self._since
        if self.work and silent > self._timeout + _GRACE:
            self._blame = self._too_long()
        elif not self.ready and silent > _START_SECONDS:
            self._blame = Death(f"the process wasn't ready after {_START_SECONDS:g} s", 1, 1)
        return self._blame is not None

    def has_ended(self) -> bool:
        """Whether it is dead. A child of its own may hold the pipe open even then."""
        return self._popen.poll() is not None

    def end(self, patience: float = 0.0) -> None:
        """Ends it, and whatever it has started, after `patience` seconds, and waits until it is gone."""
        try:
            self._popen.wait(patience)
        except subprocess.TimeoutExpired:
            self._popen.kill()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._popen.wait()

    def close(self) -> None:
        """Ends it and lets go of its pipes."""
        self.end()
        for stream in (self._requests, self._answers, self._stderr):
            stream.close()

    def death(self) -> Death:
        """Why it ended, once it has."""
        if self._blame is not None:
            return self._blame
        code = self._popen.wait()
        if code < 0:
            name = _signal_name(-code)
            if -code in _FROM_OUTSIDE:
                perhaps = ", perhaps because the system ran out of memory" if -code == signal.SIGKILL else ""
                return Death(f"the process was killed ({name}){perhaps}", _TRIES_WHERE_KILLED, 100)
            return Death(f"the process crashed ({name})", 2, where=self._where())
        if code == 1 and "Timeout (" in self._said():  # what faulthandler writes before it ends the process
            return self._too_long()
        return Death(f"the process ended (exit code {code})", 2)

    def _too_long(self) -> Death:
        return Death(f"took longer than {self._timeout:g} s", 1, where=self._where())

    def last_words(self) -> str:
        """The end of what it wrote to stderr."""
        return self._said().strip()[-2000:]

    def _said(self) -> str:
        size = os.fstat(self._stderr.fileno()).st_size
        return os.pread(self._stderr.fileno(), _TAIL, max(0, size - _TAIL)).decode("utf-8", "replace")

    def _where(self) -> str:
        """The innermost place outside the standard library that faulthandler named last."""
        said = self._said()
        dump = said[max(said.rfind("Timeout ("), said.rfind("Fatal Python error"), 0) :]
        standard = sysconfig.get_paths()["stdlib"]
        for file, line, function in _FRAME.findall(dump):
            if not file.startswith((standard, "<")) or "site-packages" in file:
                return f"{'/'.join(file.replace(os.sep, '/').split('/')[-2:])}:{line} {function}"
        return ""


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
