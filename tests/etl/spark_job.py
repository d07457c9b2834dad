"""What Spark makes of pages, in one session with two workers: python tests/etl/spark_job.py OUT.json PAGES.parquet ARTICLES.parquet

Each function is one case; what it returns is written under its name, for the tests to judge. The script in_spark.py of the working folder then takes
the pages to the articles.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

from stripper.etl.arrow import clean_batch
from stripper.etl.counts import Counts
from stripper.etl.spark import clean, counter

HOSTILE = ("core", "hostile")
PACK = Path(__file__).with_name("ferry.toml").read_text("utf-8")
FERRY = Path(__file__).with_name("ferry.html").read_text("utf-8")
OTHERS = (
    "cast(id / 7 as decimal(20, 5)) cost",
    "timestamp_seconds(1710000000 + id) seen",
    "timestamp_ntz'2024-03-10 02:30:00' local",
    "date'2024-02-29' leap",
    "array('a', null) tags",
    "map('k', id) counted",
    "named_struct('at', timestamp_seconds(id), 'of', array(id)) nested",
    "cast('NaN' as float) ratio",
    "interval 26 hours span",
    "cast('short' as varchar(9)) label",
    "'Fold' collate UTF8_LCASE folded",
    "cast(null as int) nothing",
    "id = 3 found",
)


def page(number: int, line: str = "See the timetable") -> str:
    return FERRY.format(number=number, weeks=number + 2, line=line)


def pages(rows: int = 24, trouble: str = "", at: int = 17) -> pa.RecordBatch:
    """Pages, a null, an empty one and a picture, and one that makes `trouble`."""
    html: list[bytes | None] = [page(number).encode() for number in range(rows)]
    html[1:4] = [None, b"", b"\x89PNG\r\n\x1a\n" + bytes(50)]
    if trouble:
        html[at] = page(at, f"do {trouble}").encode()
    columns = {
        "id": pa.array(range(rows), pa.int64()),
        "url": [f"https://ferry.example/{number}" if number % 3 else None for number in range(rows)],
        "html": pa.array(html, pa.binary()),
        "day": pa.array(["2024-03-14" if number % 5 else "someday" for number in range(rows)]),
    }
    return pa.RecordBatch.from_pydict(columns)


def frame(spark: SparkSession, batch: pa.RecordBatch) -> DataFrame:
    """The batch in the order of its rows, in two partitions, and two more that have no row."""
    rows = spark.createDataFrame(batch.to_pylist(), "id long, url string, html binary, day string")
    return rows.union(rows.where("id < 0"))


def found(cleaned: DataFrame) -> list[dict[str, Any]]:
    return cleaned.toArrow().to_pylist()


def plain(batch: pa.RecordBatch, **options: Any) -> list[dict[str, Any]]:
    return clean_batch(batch, **options).to_pylist()


def jobs(spark: SparkSession) -> int:
    """How many jobs there have been."""
    return len(spark.sparkContext.statusTracker().getJobIdsForGroup(None))


def refused(spark: SparkSession, asked: Callable[[], object]) -> list[Any]:
    """The error's name and what it says, and how many jobs came before it."""
    before = jobs(spark)
    try:
        asked()
    except Exception as error:
        return [type(error).__name__, str(error), jobs(spark) - before]
    return ["", "", jobs(spark) - before]


def rows_and_metrics(spark: SparkSession) -> dict[str, Any]:
    told: list[Counts] = []
    batch = pages()
    expected = plain(batch, removed=True, crawled="day", tell=told.append)
    counts = counter(spark)
    before = jobs(spark)
    cleaned = clean(frame(spark, batch), counts=counts, removed=True, crawled="day")
    lazy = jobs(spark) == before and counts.value == Counts()
    rows = found(cleaned)
    by_status = {row["status"]: row["count"] for row in cleaned.groupBy("status").count().collect()}
    flat = counts.value.flat()
    return {
        "lazy": lazy,
        "same": rows == expected,
        "statuses": by_status,
        "seconds": flat.pop("seconds"),
        "counted": flat,
        "told": {name: 2 * value for name, value in told[0].flat().items() if name != "seconds"},
    }


def other_columns(spark: SparkSession) -> dict[str, Any]:
    """Of all types, in a zone that is neither the machine's nor UTC."""
    spark.conf.set("spark.sql.session.timeZone", "America/St_Johns")
    source = frame(spark, pages()).selectExpr("*", *OTHERS)
    kept = source.drop("html")
    cleaned = clean(source, crawled="seen").select(kept.columns)
    facts = {
        "types": cleaned.schema == kept.schema,
        "values": repr(cleaned.collect()) == repr(kept.collect()),
        "columns": clean(source, keep=True).columns[: len(source.columns)] == source.columns,
    }
    spark.conf.unset("spark.sql.session.timeZone")
    return facts


def text_columns(spark: SparkSession) -> dict[str, Any]:
    """Strings, also as varchar and in Arrow's large types."""
    strings = frame(spark, pages()).selectExpr("id", "decode(html, 'iso-8859-1') page")
    batch = strings.toArrow().combine_chunks().to_batches()[0]
    expected = plain(batch, html="page", removed=True)
    facts: dict[str, Any] = {"same": found(clean(strings, html="page", removed=True)) == expected}
    varchar = strings.selectExpr("id", "cast(page as varchar(5000)) page")
    facts["varchar"] = found(clean(varchar, html="page", removed=True)) == expected
    spark.conf.set("spark.sql.execution.arrow.useLargeVarTypes", "true")
    facts["large"] = found(clean(strings, html="page", removed=True)) == expected
    spark.conf.unset("spark.sql.execution.arrow.useLargeVarTypes")
    return facts


def refusals(spark: SparkSession) -> dict[str, Any]:
    source = frame(spark, pages())
    broken = Path("broken.toml")
    broken.write_text("kind = 'nonsense'\n", "utf-8")
    cases: dict[str, Callable[[], object]] = {
        "missing": lambda: clean(source, html="page"),
        "missing id": lambda: clean(source, id="number"),
        "no text": lambda: clean(source, html="id"),
        "clash": lambda: clean(source.withColumn("body", source.day)),
        "case": lambda: clean(source.withColumn("Body", source.day)),
        "pack": lambda: clean(source, packs=(broken,)),
        "large": lambda: clean(source, large=True),
        "unknown": lambda: clean(source, columns="html"),
    }
    return {name: refused(spark, asked) for name, asked in cases.items()} | {"prefix": clean(source, prefix="article_").columns}


def other_packs(spark: SparkSession) -> list[Any]:
    """The pack is another one when the tasks come to read it."""
    pack = Path("ferry.toml")
    pack.write_text(PACK, "utf-8")
    cleaned = clean(frame(spark, pages()).coalesce(1), packs=("core", pack))
    pack.write_text(PACK.replace("0.9", "0.8"), "utf-8")
    return refused(spark, cleaned.collect)


def killed(spark: SparkSession) -> dict[str, Any]:
    """A page of one task ends its Python worker with SIGKILL, and one of the other with SIGSEGV, each when it is cleaned for the first time."""
    batch = pages(40, "die-once", 17)
    html = batch.column("html").to_pylist()
    html[33] = page(33, "do crash-once").encode()
    batch = batch.set_column(2, "html", pa.array(html, pa.binary()))
    memory = [Path(os.environ["HOSTILE_MEMORY"], trouble) for trouble in ("die", "segfault")]
    before = [happened.exists() for happened in memory]
    counts = counter(spark)
    rows = found(clean(frame(spark, batch), packs=HOSTILE, counts=counts))
    return {
        "before": before,
        "happened": [happened.exists() for happened in memory],
        "same": rows == plain(batch, packs=HOSTILE),
        "documents": counts.value.documents,
    }


def isolated(spark: SparkSession) -> dict[str, Any]:
    """A page that crashes in one task, and one that hangs in another."""
    troubles = {5: "segfault", 33: "loop-in-c"}
    batch = pages(40)
    html = batch.column("html").to_pylist()
    for row, trouble in troubles.items():
        html[row] = page(row, f"do {trouble}").encode()
    hostile = batch.set_column(2, "html", pa.array(html, pa.binary()))
    calm = pa.array([row not in troubles for row in range(40)])
    rows = found(clean(frame(spark, hostile), packs=HOSTILE, isolate=True, timeout=5))
    return {
        "ids": [row["id"] for row in rows],
        "calm": [row for row in rows if row["id"] not in troubles] == plain(batch.filter(calm), packs=HOSTILE),
        "errors": {row["id"]: [row["status"], row["error"]] for row in rows if row["id"] in troubles},
    }


def streamed(spark: SparkSession) -> dict[str, Any]:
    """A stream of Parquet files."""
    batch = pages()
    source = frame(spark, batch)
    source.write.parquet("stream-in")
    stream = clean(spark.readStream.schema(source.schema).parquet("stream-in"))
    query = stream.writeStream.format("parquet").option("checkpointLocation", "stream-state").option("path", "stream-out")
    query.trigger(availableNow=True).start().awaitTermination(600)
    return {"same": found(spark.read.parquet("stream-out").orderBy("id")) == plain(batch)}


def session() -> SparkSession:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.driver.memory": "1g",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",  # starts in half the time
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.python.authenticate.socketTimeout": "300s",  # for machines with much else to do
    }
    builder = SparkSession.builder.master("local[2,4]").appName("stripper")  # four attempts for each task, as on a cluster
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def main(out: Path, source: str, target: str) -> None:
    spark = session()
    facts: dict[str, Any] = {}
    for case in (rows_and_metrics, other_columns, text_columns, refusals, other_packs, killed, isolated, streamed):
        began = datetime.now(UTC)
        facts[case.__name__] = case(spark)
        print(case.__name__, datetime.now(UTC) - began, flush=True)
    out.write_text(json.dumps(facts), "utf-8")
    sys.argv = ["in_spark.py", source, target]
    runpy.run_path("in_spark.py", run_name="__main__")  # its session is this one, which exists already
    spark.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
