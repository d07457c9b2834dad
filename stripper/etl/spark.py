"""PySpark: a DataFrame with pages goes in, one with articles comes out.

    articles = clean(spark.read.parquet("crawl"), url="link", removed=True)

Nothing runs before an action asks for it. Needs the extra `spark`, and Java.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Unpack

from stripper.errors import ExtraError
from stripper.etl.arrow import article_schema, cleaned_parts, schema_after
from stripper.etl.counts import Counts
from stripper.etl.options import Options, begun

try:
    import pyarrow as pa
    from pyspark.accumulators import Accumulator, AccumulatorParam
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
    from pyspark.sql.types import StructType
except ImportError:
    raise ExtraError("stripper.etl.spark", "spark") from None
if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def clean(frame: DataFrame, *, counts: Accumulator[Counts] | None = None, **options: Unpack[Options]) -> DataFrame:
    """The articles of a DataFrame's pages, a row for each of its rows, in the same order and partitions.

    `options` are those of `stripper.etl.options.Options`. `counts`, an accumulator from `counter`, is told what became of the pages whenever an
    action cleans them. `large` is refused with ValueError. Raises what `clean_batch` raises of columns, options, packs and policy, here and before
    any job. Executors that have other packs than the driver fail their tasks with BatchError.
    """
    job = begun(options)
    if job.large:
        raise ValueError("large: Spark has no large types, and needs none, because its batches are cut")
    schema = _arrow_schema(frame.schema)
    new = article_schema(job)
    fold = frame.sparkSession.conf.get("spark.sql.caseSensitive") != "true"
    kept = schema_after(schema, job, fold=fold).names[: -len(new)]
    tell = counts.add if counts is not None else None

    def step(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return cleaned_parts(batches, job, tell)

    return frame.mapInArrow(step, StructType([frame.schema[name] for name in kept] + from_arrow_schema(new).fields))


def counter(spark: SparkSession) -> Accumulator[Counts]:
    """An accumulator for `clean`, whose value is the sum of what its tasks were told, as Counts.

    Spark adds a task's share when the task has ended well. It adds it again where it runs a task twice (speculation, lost executors, a second action
    on the same DataFrame), so the value is for dashboards; what must be exact is counted in the columns.
    """
    return spark.sparkContext.accumulator(Counts(), _Sum())


class _Sum(AccumulatorParam):
    def zero(self, value: Counts) -> Counts:
        return Counts()

    def addInPlace(self, value1: Counts, value2: Counts) -> Counts:
        return value1 + value2


def _arrow_schema(schema: StructType) -> pa.Schema:
    """As Spark hands it to Python; the zone of timestamps doesn't matter here."""
    try:
        return to_arrow_schema(schema, timezone="UTC")
    except TypeError:  # Spark 4.1 and earlier take no zone
        return to_arrow_schema(schema)
