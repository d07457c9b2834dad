"""A file that grows in blocks: what lies before `committed` is whole and on the disk, whatever happens to the process or the disk after that.

Where a block ends depends on its rows alone. A run that was interrupted and resumed therefore writes the same bytes as one that wasn't.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from io import FileIO
from pathlib import Path
from typing import IO, Generic, TypeVar

from stripper.errors import BatchError, OutputError

ROWS = 128
"""Most rows of a block: what a run that is killed does again takes about a second."""
WEIGHT = 4 << 20
"""A block ends with the row that brings it to this many bytes, uncompressed."""

R = TypeVar("R")


class Blocks(Generic[R]):
    """Rows, gathered and written in blocks. The file is locked against other runs while it is open.

    `pack` makes a block of rows, `weigh` says about how many bytes a row takes. With `committed` > 0 the file is cut to so many bytes and goes on.
    Raises BatchError where another run has it open, or where it holds less than was committed.
    """

    def __init__(self, path: Path, committed: int, pack: Callable[[Sequence[R]], bytes], weigh: Callable[[R], int]) -> None:
        self.path = path
        self.committed = committed
        self._pack = pack
        self._weigh = weigh
        self._rows: list[R] = []
        self._weight = 0
        self._file = _opened(path, committed)

    def add(self, row: R) -> bool:
        """Take a row; True where that completed a block, which now lies on the disk."""
        self._rows.append(row)
        self._weight += self._weigh(row)
        full = len(self._rows) >= ROWS or self._weight >= WEIGHT
        if full:
            self.end()
        return full

    def end(self) -> None:
        """Write the block that was begun, if any."""
        if not self._rows:
            return
        block = memoryview(self._pack(self._rows))
        with writing(self.path):
            try:
                written = 0
                while written < len(block):
                    written += self._file.write(block[written:]) or 0
                os.fsync(self._file.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    self._file.truncate(self.committed)  # half a block is of no use, and its room may be needed
                raise
        self.committed += written
        self._rows, self._weight = [], 0

    def close(self) -> None:
        """Let go of the file and its lock."""
        self._file.close()


def partial_path(output: Path) -> Path:
    """Where an output grows: beside it, so that it can be renamed in one step."""
    return output.with_name(output.name + ".partial")


@contextlib.contextmanager
def writing(file: Path) -> Iterator[None]:
    """Turns what the system says against writing a file into an OutputError that names it."""
    try:
        yield
    except OSError as error:
        raise OutputError(str(file), os.strerror(error.errno) if error.errno else str(error)) from error


def publish(partial: Path, output: Path) -> None:
    """Rename the partial to the output, in one step that survives a failure of the power."""
    with writing(output):
        os.replace(partial, output)
        sync_folder(output.parent)


def occupied(output: Path) -> bool:
    """Whether something is there that a run mustn't replace unasked: a file, or a folder that isn't empty."""
    return any(output.iterdir()) if output.is_dir() else os.path.lexists(output)


def sync_folder(folder: Path) -> None:
    """Bring a folder's list of names to the disk, where the system knows how to."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def lock(file: IO[bytes] | FileIO, path: Path) -> None:
    """Keep other runs from opening a file until this one closes it or ends. Raises BatchError where another run does that already."""
    try:
        import fcntl
    except ImportError:  # no POSIX system: two runs on one output are the user's own care
        return
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BatchError(f"another run is writing {path}") from None
    except OSError:
        return  # a file system without locks


def _opened(path: Path, committed: int) -> FileIO:
    """The file, locked, cut to what was committed, and at its end."""
    with writing(path):
        try:
            file = _locked(path, os.O_RDWR | os.O_APPEND | (0 if committed else os.O_CREAT))
        except FileNotFoundError:
            if committed:
                raise BatchError(f"{path} is gone; the run that wrote it can't be resumed") from None
            raise
        size = os.fstat(file.fileno()).st_size
        if size < committed:
            file.close()
            raise BatchError(f"{path} holds {size:,} of the {committed:,} bytes that were written to it; its run can't be resumed")
        file.truncate(committed)
        sync_folder(path.parent)
    return file


def _locked(path: Path, flags: int) -> FileIO:
    """The file that has this name once it is locked: the run that had locked it before may have renamed it in between."""
    while True:
        file = FileIO(os.open(path, flags, 0o666), "r+")
        try:
            lock(file, path)
            if _still_named(file, path):
                return file
        except BaseException:
            file.close()
            raise
        file.close()


def _still_named(file: FileIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), os.stat(path))
    except FileNotFoundError:
        return False
