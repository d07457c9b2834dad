"""Frames of pandas, for the engines whose tables they are.

Only the columns that hold pages, URLs and the like are looked at. All others are handed on as they are, so they may hold what Arrow can't.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import astuple, replace
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from stripper.batch.document import Document
from stripper.etl.arrow import PART_ROWS, article_schema, passed_on, schema_after, written
from stripper.etl.counts import Tell
from stripper.etl.options import Columns, Job
from stripper.etl.pages import Cell, chosen, documents
from stripper.etl.records import moment
from stripper.etl.state import results

_OBJECTS = pa.large_binary()
"""The type of columns of objects, which may hold anything: what a cell holds is seen when it is its turn."""
_NO_TEXT = pa.struct([])
"""That of columns that nobody asked for, or for which Arrow has no type."""


def cleaned_frame(frame: pd.DataFrame, todo: Job, tell: Tell | None = None) -> pd.DataFrame:
    """The articles of a frame's pages, a row for each of its rows, with its index. Raises ColumnError before the first."""
    schema = _schema(frame, todo.columns)
    schema_after(schema, todo)
    found = replace(chosen(schema, todo.columns), id=None)
    starts = range(0, len(frame), PART_ROWS)
    parts = [written(results(todo, _documents(frame.iloc[at : at + PART_ROWS], schema, found)), todo, tell) for at in starts]
    new = pa.Table.from_batches(parts, article_schema(todo))
    columns = {name: pd.arrays.ArrowExtensionArray(column) for name, column in zip(new.column_names, new.columns, strict=True)}
    return frame.iloc[:, passed_on(schema, todo)].assign(**columns)


def _schema(frame: pd.DataFrame, asked: Columns) -> pa.Schema:
    """The names of all columns, and the types of those that may matter. Names that aren't text are called what Python prints for them."""
    names = [name if isinstance(name, str) else repr(name) for name in frame.columns]
    matter = {"html", "text", "url", *astuple(asked)}
    types = [_type(frame.iloc[:, index]) if name in matter else _NO_TEXT for index, name in enumerate(names)]
    return pa.schema(list(zip(names, types, strict=True)))


def _type(column: pd.Series) -> pa.DataType:
    if column.dtype == object:
        return _OBJECTS
    if column.dtype.kind == "f" and column.isna().all():  # what pandas makes of a column of None
        return pa.null()
    try:
        return pa.array(column.iloc[:0]).type
    except (pa.ArrowException, TypeError, ValueError):
        return _NO_TEXT


def _documents(part: pd.DataFrame, schema: pa.Schema, found: Columns) -> Iterator[Document]:
    arrays: dict[str, pa.Array] = {}
    cells: dict[str, Cell] = {}
    for role, read in (("html", _page), ("text", _page), ("url", _word), ("encoding", _word), ("crawled", _time)):
        if (name := getattr(found, role)) is None:
            continue
        column, type_ = part.iloc[:, schema.get_field_index(name)], schema.field(name).type
        if column.dtype == object:
            cells[name] = _cell(name, column, read)
        arrays[name] = pa.nulls(len(part), type_) if name in cells or pa.types.is_null(type_) else _array(column)
    return documents(pa.record_batch(arrays), found, cells)


def _array(column: pd.Series) -> pa.Array:
    array = pa.array(column, from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _cell(name: str, column: pd.Series, read: Callable[[Any], Any]) -> Cell:
    values = column.array

    def cell(row: int) -> Any:
        value = values[row]
        if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
            return None
        try:
            return read(value)
        except TypeError as error:
            raise TypeError(f"{name!r} is of type {type(value).__name__}, expected {error}") from None

    return cell


def _page(value: object) -> str | bytes:
    if isinstance(value, bytearray | memoryview):
        return bytes(value)
    if isinstance(value, str | bytes):
        return value
    raise TypeError("text or bytes")


def _word(value: object) -> str | bytes | None:
    return value if isinstance(value, str | bytes) else None


def _time(value: object) -> date | None:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        return moment(value)
    if isinstance(value, date):
        return value
    raise TypeError("a time or text")
