"""The rows of a table that a batch or an engine's shell wrote, read again. docs/rows.md says what their columns mean."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple

from stripper.batch.amount import amount
from stripper.batch.endings import ending
from stripper.batch.formats.jsonl import row_of
from stripper.batch.formats.streams import lines, unpacked
from stripper.batch.rows import SCHEMA, Row, storable
from stripper.errors import ExtraError, InputError

LONGEST = 256 << 20
"""Bytes of the longest line that is read: a page of 32 MiB, the largest that a batch takes unless it is told otherwise, stands in its row once, as
body or as removed text, but JSON may need six bytes for one."""

_CHUNK = 1 << 20
"""Bytes of lines that are read together."""
_AT_A_TIME = 16
"""Rows of Parquet that are decoded together: few, because one may have megabytes."""
_READ = 1 << 16
"""Bytes read ahead in a column; without such a buffer a row group's whole column is read at once."""
_SHOWN = 20

REQUIRED = ("status", "body")
"""What a table must have to be taken for rows. All other columns have a value that stands for a missing one."""


class _Column(NamedTuple):
    types: tuple[type, ...]
    expected: str
    missing: Callable[[], Any]
    """Makes the value of rows that have none."""


_TEXT = _Column((str,), "text", lambda: None)
_TEXTS = _Column((list,), "a list of texts", list)
_COLUMNS = {
    "status": _Column((str,), "text", str),
    "error": _TEXT,
    "headline": _TEXT,
    "standfirst": _TEXT,
    "byline": _TEXT,
    "authors": _TEXTS,
    "date": _TEXT,
    "modified": _TEXT,
    "section": _TEXT,
    "body": _Column((str,), "text", str),
    "site": _TEXT,
    "canonical_url": _TEXT,
    "language": _TEXT,
    "paywall": _TEXT,
    "score": _Column((int, float), "a number", float),
    "packs": _TEXTS,
    "warnings": _TEXTS,
}
"""The article's columns, which may stand behind a prefix."""
_REMOVED = "removed"
_SPAN = {"kind": (str,), "rule": (str,), "start": (int,), "end": (int,), "score": (int, float), "text": (str,)}
_OURS = frozenset({"schema", "id", "url", *_COLUMNS, _REMOVED})


class Naming(NamedTuple):
    """What two columns of a table are called: an engine passes on its user's, which may have any name."""

    id: str = "id"
    url: str = "url"

    @property
    def asked(self) -> tuple[str, ...]:
        """Those that somebody named, which must be there."""
        return tuple(name for name, usual in zip(self, USUAL, strict=True) if name != usual)


USUAL = Naming()
"""What a batch calls them."""


class Chunk(NamedTuple):
    """Lines of a table."""

    path: str
    first: int
    """The number of the first row among all, counted from 0."""
    lines: list[tuple[int, bytes]]
    """Number, counted from 1, and content of each line that isn't blank."""
    naming: Naming


def read_rows(path: Path, wanted: Collection[int] | None = None, naming: Naming = USUAL) -> Iterator[Row]:
    """The rows of .jsonl, .jsonl.gz, .jsonl.zst (or .ndjson) and .parquet, in their order.

    Every row has all columns of docs/rows.md, but `removed` only where the table has it. Columns that nobody knows are passed over. Tables of engines
    have no `schema`, maybe no `id` ("row 17" stands for it) or one of another name, which `naming` says; and the article's columns may have a prefix.
    No more than a megabyte or a line, or a few rows of Parquet, is held. With `wanted` it gives the rows of these numbers only, counted from 0, and
    the others take little time. Raises InputError where something isn't such a table or is damaged, with the place and what was expected, and
    ExtraError where a package is missing.
    """
    if is_lines(path):
        for chunk in chunks(path, naming):
            yield from rows_of(chunk, wanted)
        return
    if ending(path.name).format != "parquet" or path.is_dir():
        raise InputError(str(path), "", "expected a table of a batch: .jsonl, .jsonl.gz, .jsonl.zst or .parquet")
    with _opened(path) as file:
        yield from _of_parquet(path, file, wanted, naming)


def is_lines(path: Path) -> bool:
    """Whether a table is one of lines, which can be read in chunks."""
    return ending(path.name).format == "jsonl" and not path.is_dir()


def chunks(path: Path, naming: Naming = USUAL) -> Iterator[Chunk]:
    """The lines of a table in their order, a megabyte or one line at a time, for processes that make rows of them. Raises what `read_rows` raises."""
    with _opened(path) as file:
        gathered: list[tuple[int, bytes]] = []
        first = size = 0
        for line in lines(unpacked(file, ending(path.name).compression, str(path)), LONGEST):  # type: ignore[arg-type]  # a reader of bytes will do
            if line.content is None:
                raise InputError(str(path), f"line {line.number}", f"it is longer than {amount(LONGEST)}; expected a row")
            if not line.content.strip():
                continue
            gathered.append((line.number, line.content))
            size += len(line.content)
            if size >= _CHUNK:
                yield Chunk(str(path), first, gathered, naming)
                first, size, gathered = first + len(gathered), 0, []
        if gathered:
            yield Chunk(str(path), first, gathered, naming)


def rows_of(chunk: Chunk, wanted: Collection[int] | None = None) -> Iterator[Row]:
    """The rows that stand in a chunk, or those of them that are wanted. Raises InputError."""
    for number, (line, content) in enumerate(chunk.lines, chunk.first):
        if wanted is None or number in wanted:
            try:
                row = _row(row_of(content), number, chunk.naming)
            except (ValueError, LookupError) as error:
                raise InputError(chunk.path, f"line {line}", str(error)) from None
            yield storable(row) if b"\\u" in content else row  # half a surrogate pair can stand in an escape only


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise InputError(str(path), "", f"{error.strerror or error}; expected a table of a batch") from None


def _of_parquet(path: Path, file: IO[bytes], wanted: Collection[int] | None, naming: Naming) -> Iterator[Row]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise ExtraError(f"reading Parquet ({path})", "arrow") from None
    damage = (pyarrow.ArrowException, OSError, UnicodeDecodeError)
    try:
        table = parquet.ParquetFile(file, pre_buffer=False, buffer_size=_READ)
        names = table.schema_arrow.names
    except damage as error:
        raise InputError(str(path), "", f"not Parquet: {_first_line(error)}; expected a whole Parquet file") from None
    place, number = "", 0
    try:
        prefix = _prefix(names)
        _require(names, naming.asked)
        names = [name for name in names if name in _OURS or name in naming or name.removeprefix(prefix) in _OURS]
        for values in _decoded(table, names, wanted):
            place = f"row {number + 1}"
            if wanted is None or number in wanted:
                yield _row(values, number, naming)
            number += 1
    except damage as error:
        raise InputError(str(path), f"row {number + 1} and those behind it", f"{_first_line(error)}; expected whole row groups") from None
    except (ValueError, LookupError) as error:
        raise InputError(str(path), place, str(error)) from None


def _decoded(table: Any, names: list[str], wanted: Collection[int] | None) -> Iterator[Mapping[str, Any]]:
    """A few rows at a time; nothing stands for rows of which none is wanted."""
    number = 0
    for batch in table.iter_batches(batch_size=_AT_A_TIME, columns=names, use_threads=False):
        numbers = range(number, number + batch.num_rows)
        number += batch.num_rows
        if wanted is not None and not any(one in wanted for one in numbers):
            yield from ({} for _ in numbers)
            continue
        columns = [_spans(column) if name.endswith(_REMOVED) else column.to_pylist() for name, column in zip(names, batch.columns, strict=True)]
        yield from (dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True))


def _spans(column: Any) -> list[Any]:
    """A list column of structs as plain values: column by column, which takes a fraction of the time that pyarrow takes span by span."""
    structs = column.flatten() if hasattr(column, "value_lengths") else None
    if structs is None or not hasattr(structs, "flatten") or not structs.type.num_fields:
        return column.to_pylist()  # type: ignore[no-any-return]  # it isn't what it should be, which is told where rows are checked
    names = [field.name for field in structs.type]
    spans = (dict(zip(names, values, strict=True)) for values in zip(*(part.to_pylist() for part in structs.flatten()), strict=True))
    return [None if length is None else list(islice(spans, length)) for length in column.value_lengths().to_pylist()]


def _row(values: Mapping[str, Any], number: int, naming: Naming) -> Row:
    """What a row has, checked. Raises LookupError for a missing column, and ValueError for a value that can't stand in it."""
    prefix = _prefix(values.keys())
    version = values.get("schema")
    if isinstance(version, int) and version > SCHEMA:
        raise ValueError(f"its columns are of version {version}, and this stripper knows those up to {SCHEMA}; a newer stripper reads it")
    _require(values.keys(), naming.asked)
    id_, url = values.get(naming.id), values.get(naming.url)
    row: Row = {"schema": SCHEMA, "id": f"row {number + 1}" if id_ is None else str(id_), "url": url if isinstance(url, str) else None}
    for name, column in _COLUMNS.items():
        value = values.get(prefix + name)
        if value is None:
            value = column.missing()
        elif not isinstance(value, column.types) or value is True or value is False:
            raise ValueError(f"{prefix + name!r} is {value!r:.80}; expected {column.expected}")
        row[name] = value
    row["score"] = float(row["score"]) if math.isfinite(row["score"]) else 0.0  # some tables have NaN for null
    for name in ("authors", "packs", "warnings"):
        if not all(isinstance(text, str) for text in row[name]):
            raise ValueError(f"{prefix + name!r} is {row[name]!r:.80}; expected a list of texts")
    if prefix + _REMOVED in values:
        row[_REMOVED] = _checked_spans(values[prefix + _REMOVED], prefix + _REMOVED)
    return row


def _checked_spans(spans: Any, name: str) -> list[dict[str, Any]]:
    if spans is None:
        return []
    if not isinstance(spans, list):
        raise ValueError(f"{name!r} is {spans!r:.80}; expected a list of objects")
    for span in spans:  # a page may have twenty thousand of them
        if not _is_span(span):
            raise ValueError(_wrong_with(span, name))
    return spans


def _is_span(span: Any) -> bool:
    try:
        return (
            type(span["text"]) is type(span["rule"]) is type(span["kind"]) is str
            and type(span["start"]) is type(span["end"]) is int
            and (type(span["score"]) is float or type(span["score"]) is int)
        )
    except (LookupError, TypeError):
        return False


def _wrong_with(span: Any, name: str) -> str:
    if not isinstance(span, dict):
        return f"{name!r} holds {span!r:.80}; expected objects"
    part = next(part for part, types in _SPAN.items() if type(span.get(part)) not in types)
    return f"in {name!r}, {part!r} is {span.get(part)!r:.80}; expected {'text' if _SPAN[part] == (str,) else 'a number'}"


def _prefix(names: Collection[str]) -> str:
    """What stands before the names of an article's columns; mostly nothing. Raises LookupError where they aren't there."""
    if all(name in names for name in REQUIRED):
        return ""
    found = [name.removesuffix("status") for name in names if name.endswith("status")]
    for prefix in found:
        if all(prefix + name in names for name in REQUIRED):
            return prefix
    _require(names, REQUIRED)
    return ""


def _require(names: Collection[str], required: Collection[str]) -> None:
    """Raises LookupError where one of these columns isn't there."""
    missing = [name for name in required if name not in names]
    if not missing:
        return
    shown = sorted(map(str, names))[:_SHOWN]
    more = f" and {len(names) - _SHOWN} others" if len(names) > _SHOWN else ""
    there = f"its columns are {', '.join(f'{name!r:.80}' for name in shown)}{more}" if shown else "it has no columns"
    raise LookupError(f"no column {' and none '.join(map(repr, missing))}; {there}; expected rows of a batch (docs/rows.md)")


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:300]
