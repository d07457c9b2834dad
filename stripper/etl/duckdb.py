"""DuckDB: a relation with pages goes in, a table with articles comes out, which SQL can name.

    con = duckdb.connect()
    articles = clean(con.cursor().sql("FROM 'crawl/*.parquet'"), url="link")
    con.sql("COPY (SELECT url, headline, body FROM articles WHERE status = 'ok') TO 'articles.parquet'")

The pages need a connection of their own, such as `cursor()` makes, because theirs is a query within the one that asks for articles. Nothing is
cleaned before a query asks for it. Needs the extra `duckdb`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

from stripper.errors import ExtraError
from stripper.etl.counts import Tell
from stripper.etl.options import Job, Options, job
from stripper.etl.state import packs

try:
    import duckdb  # noqa: F401
    import pyarrow as pa

    from stripper.etl.arrow import cleaned_parts, schema_after
except ImportError:
    raise ExtraError("stripper.etl.duckdb", "duckdb") from None
if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

BATCH_ROWS = 256
"""What `clean` asks DuckDB for at a time, unless told otherwise."""


@dataclass(frozen=True, slots=True, eq=False)
class Articles:
    """A table of Arrow that is made while it is read: each query that names it runs the query of its pages, and cleans them.

    It has the methods of Arrow's PyCapsule interface, so whatever reads that can read it, as often as it likes.
    """

    pages: DuckDBPyRelation
    schema: pa.Schema
    batch_rows: int
    _job: Job
    _tell: Tell | None

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Its rows, in the order of the pages; reads no further ahead than DuckDB does."""
        return cleaned_parts(self.pages.to_arrow_reader(self.batch_rows), self._job, self._tell)

    def __arrow_c_schema__(self) -> object:
        return self.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Any = None) -> object:
        return pa.RecordBatchReader.from_batches(self.schema, self.batches()).__arrow_c_stream__(requested_schema)


def clean(pages: DuckDBPyRelation, *, batch_rows: int = BATCH_ROWS, tell: Tell | None = None, **options: Unpack[Options]) -> Articles:
    """The articles of a relation's pages, a row for each of its rows.

    `options` are those of `stripper.etl.options.Options`; `tell` is called with the Counts of each batch of `batch_rows` rows at most. Raises what
    `clean_batch` raises of columns, options, packs and policy at once; for that it looks at the columns that the relation's query would have. Names
    that differ in upper and lower case only are the same to DuckDB, so a column Body is in the way of the new one.
    """
    if batch_rows < 1:
        raise ValueError(f"{batch_rows} rows in a batch: expected at least one")
    todo = job(options)
    schema = schema_after(pages.limit(0).to_arrow_table().schema, todo, fold=True)
    packs(todo)
    return Articles(pages, schema, batch_rows, todo, tell)
