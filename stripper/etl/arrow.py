"""Arrow: a record batch with pages goes in, one with articles comes out.

    clean_batch(batch, html="page", url="link", removed=True)

All columns but those of the pages are passed on untouched. Behind them come the columns of the article, the same as in a batch's rows
(docs/rows.md); there is a row for each that came in, in the same order, whatever became of its page. Needs the extra `arrow`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Unpack

from stripper.batch.columns import arrow_schema
from stripper.batch.document import Result
from stripper.batch.rows import Row
from stripper.errors import ColumnError, ExtraError
from stripper.etl.counts import Tell, count
from stripper.etl.options import Job, Options, job
from stripper.etl.state import nothing, results

try:
    import pyarrow as pa
except ImportError:
    raise ExtraError("stripper.etl.arrow", "arrow") from None
from stripper.etl.pages import chosen, documents
from stripper.etl.records import listed

PART_ROWS = 1024
PART_BYTES = 32 << 20
"""`clean_batches` cuts larger batches into parts of about this size, so that not all of a batch's articles are held at once."""

_OWN = ("schema", "id", "url")
"""Columns of a row that a table has in its own way, or not at all."""


def clean_batch(batch: pa.RecordBatch, *, tell: Tell | None = None, **options: Unpack[Options]) -> pa.RecordBatch:
    """The articles of a batch's pages, a row for each of its rows.

    `options` are those of `stripper.etl.options.Options`; `tell` is called with the Counts of the batch. A page that can't be cleaned is a row with
    the status "error" that says why; a null is one of nulls with the status "empty". Rules are loaded once in each process, whatever the number of
    calls. Raises ColumnError where the columns aren't what the options say, or the new ones need more than 2 GiB (see `large`), TypeError and
    ValueError for wrong options, and PackError, PolicyError and WeightsError as Cleaner does.
    """
    return cleaned(batch, job(options), tell)


def clean_batches(batches: Iterable[pa.RecordBatch], *, tell: Tell | None = None, **options: Unpack[Options]) -> Iterator[pa.RecordBatch]:
    """The same for a stream of batches. Large ones are cut into parts, so it may yield more than came in."""
    return cleaned_parts(batches, job(options), tell)


def output_schema(schema: pa.Schema, **options: Unpack[Options]) -> pa.Schema:
    """The schema of what `clean_batch` makes of batches with this one. Raises what it raises of columns and options."""
    return schema_after(schema, job(options))


def cleaned(batch: pa.RecordBatch, todo: Job, tell: Tell | None = None) -> pa.RecordBatch:
    """`clean_batch` for a job."""
    _refuse_others(batch)
    schema = schema_after(batch.schema, todo)
    kept = [batch.column(index) for index in passed_on(batch.schema, todo)]
    return pa.RecordBatch.from_arrays(kept + articles(batch, todo, tell).columns, schema=schema)


def cleaned_parts(batches: Iterable[pa.RecordBatch], todo: Job, tell: Tell | None = None) -> Iterator[pa.RecordBatch]:
    """`clean_batches` for a job."""
    for batch in batches:
        _refuse_others(batch)
        for part in _parts(batch):
            yield cleaned(part, todo, tell)


def schema_after(schema: pa.Schema, todo: Job, *, fold: bool = False) -> pa.Schema:
    """`output_schema` for a job. `fold` is for engines to which names are the same that differ in upper and lower case."""
    kept = [schema.field(index) for index in passed_on(schema, todo)]
    new = article_schema(todo)
    seen = str.lower if fold else str
    taken = set(map(seen, new.names))
    if clashing := sorted({field.name for field in kept if seen(field.name) in taken}):
        raise ColumnError(f"the table has columns of its own called {listed(clashing)}; give the new ones a prefix, such as prefix='article_'")
    return pa.schema(kept + list(new), metadata={**(schema.metadata or {}), **new.metadata})


def article_schema(todo: Job) -> pa.Schema:
    """The columns of articles alone."""
    rows = arrow_schema(todo.cleaning.removed)
    columns = [pa.field(todo.prefix + field.name, _large(field.type) if todo.large else field.type) for field in rows if field.name not in _OWN]
    return pa.schema(columns, metadata=rows.metadata)


def articles(batch: pa.RecordBatch, todo: Job, tell: Tell | None = None) -> pa.RecordBatch:
    """The columns of articles alone, for engines that pass on the others by themselves."""
    return written(results(todo, documents(batch, todo.columns)), todo, tell)


def article_parts(batches: Iterable[pa.RecordBatch], todo: Job, tell: Tell | None = None) -> Iterator[pa.RecordBatch]:
    """The same for a stream of batches; large ones are cut as by `clean_batches`."""
    for batch in batches:
        for part in _parts(batch):
            yield articles(part, todo, tell)


def written(done: Iterable[Result], todo: Job, tell: Tell | None = None) -> pa.RecordBatch:
    """The columns of articles for the results of a job."""
    answered = list(done)
    if tell is not None:
        tell(count(answered))
    null = nothing(todo)
    rows: list[Row] = [null if result.output is None else result.output for result in answered]
    schema = article_schema(todo)
    return pa.RecordBatch.from_arrays([_column(rows, field, todo.prefix) for field in schema], schema=schema)


def _column(rows: list[Row], field: pa.Field, prefix: str) -> pa.Array:
    column = pa.array([row.get(field.name.removeprefix(prefix)) for row in rows], field.type)
    if isinstance(column, pa.ChunkedArray):
        raise ColumnError(f"column {field.name!r} of these {len(rows)} rows needs more than 2 GiB; pass smaller batches, or large=True")
    return column


def _refuse_others(batch: object) -> None:
    if not isinstance(batch, pa.RecordBatch):
        raise TypeError(f"this is a {type(batch).__name__}, expected a RecordBatch; those of a table are clean_batches(table.to_batches())")


def _parts(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    rows = min(PART_ROWS, max(1, batch.num_rows * PART_BYTES // max(1, batch.nbytes)))
    for start in range(0, batch.num_rows, rows):
        yield batch.slice(start, rows)


def _large(type_: pa.DataType) -> pa.DataType:
    if pa.types.is_string(type_):
        return pa.large_string()
    if pa.types.is_list(type_):
        return pa.large_list(_large(type_.value_type))
    if pa.types.is_struct(type_):
        return pa.struct([(field.name, _large(field.type)) for field in type_])
    return type_


def passed_on(schema: pa.Schema, todo: Job) -> list[int]:
    """Which columns of the input are part of the output, by their number."""
    pages = chosen(schema, todo.columns)
    return [index for index, name in enumerate(schema.names) if todo.keep or name not in (pages.html, pages.text)]
