"""Polars: a DataFrame or LazyFrame with pages goes in, one of the same kind with articles comes out.

    clean(pl.scan_parquet("crawl/*.parquet"), url="link").sink_parquet("articles.parquet")

Nothing of a LazyFrame is cleaned before it is collected. Needs the extra `polars`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar, Unpack

from stripper.errors import ExtraError
from stripper.etl.counts import Tell
from stripper.etl.options import Columns, Job, Options, job
from stripper.etl.state import packs

try:
    import polars as pl
    import pyarrow as pa

    from stripper.etl.arrow import article_parts, article_schema, passed_on, schema_after
    from stripper.etl.pages import chosen
except ImportError:
    raise ExtraError("stripper.etl.polars", "polars") from None
if TYPE_CHECKING:
    from polars import DataFrame, LazyFrame, Schema

Frame = TypeVar("Frame", "DataFrame", "LazyFrame")
_OTHER = pa.struct([])
"""The type of columns that aren't looked at, which may hold what Arrow can't."""


def clean(frame: Frame, *, tell: Tell | None = None, **options: Unpack[Options]) -> Frame:
    """The articles of a frame's pages, a row for each of its rows, in the same order.

    `options` are those of `stripper.etl.options.Options`; `tell` is called with the Counts of each thousand rows, for a LazyFrame by several threads.
    Columns but those of pages are passed on as they are. Raises what `clean_batch` raises, for a LazyFrame too, and at once.
    """
    todo = job(options)
    if isinstance(frame, pl.DataFrame):
        return _cleaned(frame, todo, tell)
    before = frame.collect_schema()
    kept = {name: before[name] for name in _kept(before, todo)}
    packs(todo)
    new = pl.from_arrow(article_schema(todo).empty_table()).schema
    return frame.map_batches(
        partial(_cleaned, todo=todo, tell=tell),
        schema=kept | dict(new),
        predicate_pushdown=False,  # what comes behind it may ask for columns that are only made here
        projection_pushdown=False,
        streamable=True,
    )


def _cleaned(frame: DataFrame, todo: Job, tell: Tell | None) -> DataFrame:
    kept = frame.select(_kept(frame.schema, todo))
    found = replace(chosen(_arrow_schema(frame.schema, todo.columns), todo.columns), id=None)
    pages = frame.select({name for name in (found.html, found.text, found.url, found.crawled, found.encoding) if name is not None})
    parts = article_parts(pages.to_arrow().to_batches(), replace(todo, columns=found), tell)
    new = pl.from_arrow(pa.Table.from_batches(parts, article_schema(todo)))
    return new.select(kept.get_columns() + new.get_columns())


def _kept(schema: Schema, todo: Job) -> list[str]:
    """The names of the columns that are passed on."""
    arrow = _arrow_schema(schema, todo.columns)
    schema_after(arrow, todo)
    return [arrow.names[index] for index in passed_on(arrow, todo)]


def _arrow_schema(schema: Schema, asked: Columns) -> pa.Schema:
    """The names of all columns, and the types of those that may matter."""
    matter = {"html", "text", "url", asked.html, asked.text, asked.url, asked.crawled, asked.encoding}
    seen = pl.DataFrame(schema={name: type_ for name, type_ in schema.items() if name in matter and type_ != pl.Object}).to_arrow().schema
    return pa.schema([(name, seen.field(name).type if name in seen.names else _OTHER) for name in schema])
