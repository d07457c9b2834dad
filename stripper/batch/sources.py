"""Documents from inputs of all formats, in one sequence that is always the same for the same files."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, BinaryIO

from stripper.batch.document import BEGINNING, Document, Place, Reading
from stripper.batch.endings import PAGES, SOUGHT
from stripper.batch.formats.archive import read_zip
from stripper.batch.formats.csv import read_csv
from stripper.batch.formats.jsonl import read_jsonl
from stripper.batch.formats.pages import read_page
from stripper.batch.formats.parquet import read_parquet
from stripper.batch.formats.streams import Meter, unpacked
from stripper.batch.inputs import InputFile, input_files
from stripper.errors import InputError

_BUFFER = 1 << 16


Reader = Callable[[InputFile, BinaryIO, Reading], Iterator[Document]]


def documents(inputs: Sequence[str], reading: Reading, start: Place = BEGINNING, ids: Collection[str] | None = None) -> Iterator[Document]:
    """The documents of `inputs` (see `input_files`), from `start` on; with them all places that can't be read, and all that is passed over.

    Items are numbered within their file from 0, whatever they are. Files before `start` aren't opened, and in its own file the items before it are
    read over. With `ids`, files of a single page that is called otherwise aren't opened either. Nothing in a file raises; BatchError does for wrong
    use, and ExtraError where a package is missing.
    """
    files = input_files(inputs, reading.format)
    if ids is not None:
        files = (file for file in files if file.format not in PAGES or file.id in ids)
    return _documents(files, reading, start)


def _documents(files: Iterator[InputFile], reading: Reading, start: Place) -> Iterator[Document]:
    finished = 0
    for file in files:
        if file.number >= start.file:
            first = start.item if file.number == start.file else 0
            progress = _Progress(file.size)
            for item, document in enumerate(_items(file, reading, progress)):
                if item >= first:
                    yield document._replace(place=Place(file.number, item), consumed=finished + progress.consumed)
            finished += 0 if file.size else progress.consumed
        finished += file.size


class _Progress:
    """How many bytes of a file were read; never more than it has, where that is known."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.meter: Meter | None = None

    @property
    def consumed(self) -> int:
        count = self.meter.count if self.meter else 0
        return min(count, self._size) if self._size else count


def _items(file: InputFile, reading: Reading, progress: _Progress) -> Iterator[Document]:
    blank = Document(file.id, file.name, Place(), target=file.target)
    if file.error or file.passed or file.format is None:
        yield blank._replace(error=file.error, passed=file.passed)
        return
    try:
        with _opened(file) as raw:
            progress.meter = Meter(raw)
            stream = io.BufferedReader(progress.meter, _BUFFER)
            if file.format in SOUGHT and not stream.seekable():
                raise InputError(file.name, "", "it is a pipe; expected a file on a disk for this format")
            compression = "" if file.format == "warc" and file.compression == "gz" else file.compression  # its reader knows gzip by itself
            ready: Any = unpacked(stream, compression, file.name)
            yield from _reader(file.format)(file, ready, reading)
    except InputError as error:
        yield blank._replace(error=str(error))
    except OSError as error:
        yield blank._replace(error=f"{file.name}: {error.strerror or error}; expected a file that can be read")


def _opened(file: InputFile) -> AbstractContextManager[Any]:
    """The file's bytes, without a buffer: what was read of a pipe goes on at once."""
    if file.path is not None:
        return open(file.path, "rb", buffering=0)  # the caller closes it
    return nullcontext(sys.stdin.buffer)


def _reader(format: str) -> Reader:
    if format == "warc":
        from stripper.batch.formats.warc import read_warc

        return read_warc
    return _READERS.get(format, read_page)


_READERS: dict[str, Reader] = {"jsonl": read_jsonl, "csv": read_csv, "parquet": read_parquet, "zip": read_zip}
