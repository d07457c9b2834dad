"""A folder with a file for each document, and an index with a row for each."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from stripper.batch.document import Form, Result
from stripper.batch.forms import line
from stripper.batch.rows import SCHEMA, storable
from stripper.batch.sinks.blocks import Blocks, occupied, partial_path, publish, sync_folder, writing
from stripper.batch.sinks.targets import INDEX, place_in_folder
from stripper.errors import BatchError

_SUFFIXES = {"text": ".txt", "md": ".md", "json": ".json"}


class FolderSink:
    """A sink for a folder. What counts as committed are the bytes of its index; files of documents behind that are written again."""

    def __init__(self, output: Path, form: Form, committed: int) -> None:
        if os.path.lexists(output) and not output.is_dir():
            raise BatchError(f"{output} is no folder")
        if output.is_dir() and (not output.name or output.stat().st_dev != output.parent.stat().st_dev):  # no file can be moved there in one step
            raise BatchError(f"{output} lies on another file system than what is beside it, where its files grow; name a folder in it")
        self.output = output
        self.partial = partial_path(output)
        self._suffix = _SUFFIXES[form]
        if not committed:
            _make_room(self.partial)
        self._index: Blocks[bytes] = Blocks(self.partial / INDEX, committed, self._packed, len)
        if not committed:
            _empty(self.partial)

    @property
    def committed(self) -> int:
        return self._index.committed

    def add(self, result: Result) -> bool:
        document = result.document
        if document.passed:
            return False
        path = place_in_folder(document.target, self._suffix)
        if result.output is None:
            with writing(self.partial / path):
                (self.partial / path).unlink(missing_ok=True)  # an interrupted run may have got further with this document
        else:
            _write(self.partial / path, result.output)
        file = None if result.output is None else path
        row = {"schema": SCHEMA, "id": document.id, "url": document.url, "status": result.status, "error": result.error or None, "file": file}
        return self._index.add(line(storable(row)))

    def close_block(self) -> None:
        self._index.end()

    def finish(self, replace: bool) -> None:
        self.close_block()
        if not replace and occupied(self.output):
            raise BatchError(f"{self.output} exists")
        if os.path.lexists(self.output):  # it has its owner and rights, may be a link, hold more than this, or be where somebody works
            self._move_in()
        else:
            publish(self.partial, self.output)
        self.close()

    def close(self) -> None:
        self._index.close()

    def _packed(self, rows: Sequence[bytes]) -> bytes:
        """The rows of the index for a block. Their files come to the disk before them."""
        if hasattr(os, "sync"):
            os.sync()  # one call for all files of a block; on a usual disk, fsync of each takes 15 times as long
        return b"".join(rows)

    def _move_in(self) -> None:
        """Move every file to its place in a folder that is there, and the index last. Other files there are left alone."""
        for name in _files(self.partial / INDEX):
            with writing(self.output / name):
                (self.output / name).parent.mkdir(parents=True, exist_ok=True)
                _move(self.partial / name, self.output / name)
        publish(self.partial / INDEX, self.output / INDEX)
        shutil.rmtree(self.partial, ignore_errors=True)


def _files(index: Path) -> Iterator[str]:
    with index.open("rb") as rows:
        yield from (file for row in rows if (file := json.loads(row)["file"]) is not None)


def _move(path: Path, target: Path) -> None:
    try:
        os.replace(path, target)
    except FileNotFoundError:
        if not target.is_file():  # else it was moved before an interrupt
            raise


def _write(path: Path, content: bytes) -> None:
    with writing(path):
        try:
            path.write_bytes(content)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def _make_room(partial: Path) -> None:
    """Make the partial's folder. Raises BatchError where one of that name holds something that no batch left there."""
    if partial.is_dir() and any(partial.iterdir()) and not (partial / INDEX).is_file():
        raise BatchError(f"{partial} exists, and was left by no batch")
    with writing(partial):
        partial.mkdir(exist_ok=True)
        sync_folder(partial.parent)


def _empty(partial: Path) -> None:
    """Remove what a batch that isn't resumed left; the index is locked and empty by now."""
    with writing(partial):
        for path in partial.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != INDEX:
                path.unlink()
