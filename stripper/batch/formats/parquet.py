"""Parquet, read row group by row group and a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from stripper.batch.document import Document, Reading
from stripper.batch.formats.fields import Columns, Spot, broken_row, columns, row_document
from stripper.batch.inputs import InputFile
from stripper.errors import ExtraError, InputError

_ROWS = 16
"""Rows that are decoded at a time: few, because a row may be a page of megabytes."""
_READ = 1 << 16
"""Bytes read ahead in a column; without such a buffer a row group's whole column is read at once."""


def read_parquet(file: InputFile, stream: BinaryIO, reading: Reading) -> Iterator[Document]:
    """The documents of `stream`, in which can be sought. What is wrong with a row, or with the rest of a row group, is told in a document.

    Raises InputError where the file is none, or lacks a column that is asked for; ExtraError where pyarrow isn't there.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise ExtraError(f"reading Parquet ({file.name})", "arrow") from None
    damage = (pyarrow.ArrowException, OSError)
    try:
        table = parquet.ParquetFile(stream, pre_buffer=False, buffer_size=_READ)
        names = table.schema_arrow.names
    except damage as error:
        raise InputError(file.name, "", f"not Parquet: {_first_line(error)}; expected a whole Parquet file") from None
    try:
        chosen = columns(names, reading)
    except LookupError as error:
        raise InputError(file.name, "", str(error)) from None
    end = 0
    for group in range(table.metadata.num_row_groups):
        begin, end = end, end + table.metadata.row_group(group).num_rows
        number = begin
        try:
            for row in _rows(table, group, chosen):
                number += 1
                yield row_document(file, _spot(file, number), row, chosen, reading)
        except damage as error:
            spot = Spot(number + 1, f"{file.name}, rows {number + 1} to {end}", f"rows {number + 1} to {end}")
            yield broken_row(file, spot, f"they can't be read: {_first_line(error)}; expected whole row groups")


def _spot(file: InputFile, number: int) -> Spot:
    return Spot(number, f"{file.name}, row {number}", f"row {number}")


def _rows(table: Any, group: int, chosen: Columns) -> Iterator[dict[str, object]]:
    names = list(dict.fromkeys(name for name in chosen if name is not None))
    for batch in table.iter_batches(batch_size=_ROWS, row_groups=[group], columns=names, use_threads=False):
        for at in range(batch.num_rows):
            yield {name: _value(batch.column(name)[at]) for name in names}


def _value(scalar: Any) -> object:
    """As plain Python; bytes where a column of texts holds something else, and the page's charset is still to be found."""
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        return scalar.as_buffer().to_pybytes()


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:300]
