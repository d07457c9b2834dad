"""CSV with a row of names at its head, in UTF-8; cells may hold lines. Files that end in .tsv have tabs for commas."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import BinaryIO

from stripper.batch.amount import amount
from stripper.batch.document import Document, Reading
from stripper.batch.formats.fields import Spot, broken_row, columns, row_document
from stripper.batch.formats.streams import Line, lines
from stripper.batch.inputs import InputFile
from stripper.errors import InputError

_SLACK = 1 << 20
"""Bytes that a row may have beyond those of the largest document, for its other cells."""

_TABS = re.compile(r"\.tsv(\.gz|\.zst)?$", re.IGNORECASE)


def read_csv(file: InputFile, stream: BinaryIO, reading: Reading) -> Iterator[Document]:
    """The documents of `stream`, which is unpacked. What is wrong with a row is told in its document.

    Raises InputError for damage of the stream, and where the head isn't one, or names no column that is asked for.
    """
    rows = _Rows(stream, reading.max_document + _SLACK, "\t" if _TABS.search(file.name) else ",")
    try:
        names = [name.strip() for name in rows.next() or ()]
    except ValueError as error:
        raise InputError(file.name, "line 1", str(error)) from None
    if not names:
        raise InputError(file.name, "", "the file is empty; expected a row with names of columns")
    try:
        chosen = columns(names, reading)
    except LookupError as error:
        raise InputError(file.name, "line 1", str(error)) from None
    first_of_name = {name: at for at, name in reversed(list(enumerate(names)))}
    number = 0
    while True:
        number += 1
        try:
            cells = rows.next()
            if cells is None:
                return
            if len(cells) != len(names):
                raise ValueError(f"{len(cells)} cells; expected {len(names)}, as many as there are columns")
        except ValueError as error:
            yield broken_row(file, _spot(file, number, rows.begin), str(error))
        else:
            row = {name: cells[at] for name, at in first_of_name.items()}
            yield row_document(file, _spot(file, number, rows.begin), row, chosen, reading)


def _spot(file: InputFile, number: int, line: int) -> Spot:
    return Spot(number, f"{file.name}, row {number} at line {line}", f"row {number} at line {line}")


class _Rows:
    """The rows of a table. After a row that is an error the next one can be read."""

    def __init__(self, stream: BinaryIO, limit: int, delimiter: str) -> None:
        self._lines = lines(stream, limit)
        self._limit = limit
        self._size = 0
        self._ended = False
        self.begin = 1
        """The line in which the last row begins."""
        csv.field_size_limit(max(csv.field_size_limit(), limit))  # the module has but one limit, for all; ours stands in __next__
        self._reader = csv.reader(self, delimiter=delimiter, strict=True)

    def next(self) -> list[str] | None:
        """The cells of the next row that isn't blank; None at the end. Raises ValueError with a reason for people."""
        while True:
            self._size = 0
            try:
                cells = next(self._reader, None)
            except csv.Error as error:
                reason = "the file ends inside of quotes" if self._ended else str(error).partition(" - ")[0]
                raise ValueError(f"not CSV: {reason}") from None
            if cells != []:
                return cells

    def __iter__(self) -> _Rows:
        return self

    def __next__(self) -> str:
        """The next line, for the module: one that it asks for within a row continues a cell. Raises ValueError."""
        line = next(self._lines, None)
        if line is None:
            self._ended = self._size > 0
            raise StopIteration
        inside = self._size > 0
        if not inside:
            self.begin = line.number
        self._size += len(line.content or b"") + 1
        try:
            return self._text(line)
        except ValueError:
            self._skip_cell(line, inside)
            raise

    def _text(self, line: Line) -> str:
        if line.content is None or self._size > self._limit:
            raise ValueError(f"the row is larger than {amount(self._limit)}")
        if b"\0" in line.content:
            raise ValueError(f"a NUL byte in line {line.number}; expected text")
        try:
            return line.content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ValueError(f"line {line.number} is not UTF-8 at its byte {error.start + 1}; expected CSV in UTF-8") from None

    def _skip_cell(self, line: Line | None, inside: bool) -> None:
        """Past this line of a row that is an error, and past those that continue its last cell: as long as the quotes are odd in number."""
        while line is not None:
            inside ^= bool((line.quotes if line.content is None else line.content.count(b'"')) % 2)
            if not inside:
                return
            line = next(self._lines, None)
