"""Which columns of a table hold pages, and the documents that stand in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from stripper.batch.document import Document, Place
from stripper.errors import ColumnError
from stripper.etl.options import Columns
from stripper.etl.records import decoded, listed, moment, page

Cell = Callable[[int], Any]
"""The value of a column in a row. Raises TypeError with a reason where there is something else, which is the row's error then."""
NO_CELLS: Mapping[str, Cell] = MappingProxyType({})
_TEXT = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_string_view,
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
    pa.types.is_fixed_size_binary,
    pa.types.is_null,
)
_NO_PAGE = "null"


def documents(batch: pa.RecordBatch, asked: Columns, cells: Mapping[str, Cell] = NO_CELLS) -> Iterator[Document]:
    """The documents of a batch, one for each row; those without a page are passed. Raises ColumnError before the first.

    `cells` are those of columns that Arrow can't hold as they are; in the batch these have a type of text, and no values.
    """
    found = chosen(batch.schema, asked)

    def cell(name: str | None, prepared: Callable[[pa.Array], Cell]) -> Cell:
        if name is None:
            return lambda _: None
        return cells[name] if name in cells else prepared(_stored(batch.column(name)))

    html, text, url, encoding = (cell(name, _content) for name in (found.html, found.text, found.url, found.encoding))
    crawled = cell(found.crawled, _time)
    for row in range(batch.num_rows):
        document = Document(str(row), f"row {row + 1}", Place(item=row), url=decoded(url(row)) or None, encoding=decoded(encoding(row)) or None)
        try:
            content, as_ = page(html(row), text(row), found)
            fetched = crawled(row)
        except TypeError as error:
            yield document._replace(error=str(error))
        except (ValueError, OverflowError) as error:
            yield document._replace(error=f"{found.crawled!r}: {error}; expected a time in ISO 8601")
        else:
            yield document._replace(content=content, as_=as_, crawled=fetched, passed=_NO_PAGE if content is None else "")


def _stored(column: pa.Array) -> pa.Array:
    return _stored(column.storage) if isinstance(column, pa.ExtensionArray) else column


def _content(column: pa.Array) -> Cell:
    """Text, and bytes where what calls itself text isn't UTF-8: finding out their charset is the reader's business."""

    def cell(row: int) -> str | bytes | None:
        value = column[row]
        try:
            content: str | bytes | None = value.as_py()
        except UnicodeDecodeError:
            value = value.value if isinstance(value, pa.DictionaryScalar) else value
            content = value.as_buffer().to_pybytes()
        return content

    return cell


def _time(column: pa.Array) -> Cell:
    """Moments and days, also where they stand as text."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):  # Python knows no finer unit, and not every zone
        column = column.cast(pa.timestamp("us", "UTC" if column.type.tz else None), safe=False)

    def cell(row: int) -> date | None:
        value = decoded(column[row].as_py())
        return moment(value) if isinstance(value, str) else value

    return cell


def chosen(schema: pa.Schema, asked: Columns) -> Columns:
    """Which columns are what, of those that there are."""
    for name in (asked.html, asked.text, asked.url, asked.id, asked.crawled, asked.encoding):
        if name is not None:
            _find(schema, name)
    html, text, url = asked.html, asked.text, asked.url
    if html is None and text is None:
        html, text = ("html", None) if "html" in schema.names else (None, "text")
        if html is None and "text" not in schema.names:
            raise ColumnError(f"no column 'html' and none 'text'; {_there(schema)}")
    if url is None and "url" in schema.names and _is_text(schema, "url"):
        url = "url"
    for name in (html, text, asked.url, asked.encoding):
        if name is not None and not _is_text(schema, name):
            raise ColumnError(f"column {name!r} is of type {_find(schema, name).type}, expected text or bytes; {_there(schema)}")
    if asked.crawled is not None and not (_is_text(schema, asked.crawled) or _is_time(schema, asked.crawled)):
        raise ColumnError(f"column {asked.crawled!r} is of type {_find(schema, asked.crawled).type}, expected times or text; {_there(schema)}")
    return Columns(html, text, url, asked.id, asked.crawled, asked.encoding)


def _find(schema: pa.Schema, name: str) -> pa.Field:
    found = schema.get_all_field_indices(name)
    if len(found) != 1:
        raise ColumnError(f"{len(found) if found else 'no'} column{'s' if found else ''} {name!r}; {_there(schema)}")
    return schema.field(found[0])


def _is_text(schema: pa.Schema, name: str) -> bool:
    type_ = _plain(_find(schema, name).type)
    return any(is_one(type_) for is_one in _TEXT)


def _is_time(schema: pa.Schema, name: str) -> bool:
    type_ = _plain(_find(schema, name).type)
    return bool(pa.types.is_timestamp(type_) or pa.types.is_date(type_))


def _plain(type_: pa.DataType) -> pa.DataType:
    """The type of values behind dictionaries and extensions."""
    if isinstance(type_, pa.BaseExtensionType):
        return _plain(type_.storage_type)
    return _plain(type_.value_type) if pa.types.is_dictionary(type_) else type_


def _there(schema: pa.Schema) -> str:
    return f"its columns are {listed(schema.names)}" if schema.names else "it has no columns"
