"""Ray Data: a dataset with pages becomes one with articles, in actors that load the rules once.

    clean(ray.data.read_parquet("pages"), compute=ActorPoolStrategy(size=8)).write_parquet("articles")

Needs the extra `ray`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Unpack

from stripper.errors import ColumnError, ExtraError
from stripper.etl.counts import Counts
from stripper.etl.options import Job, Options, begun
from stripper.etl.state import packs

try:
    import pyarrow as pa
    import ray.data
    from ray.data.extensions.object_extension import ArrowPythonObjectType
    from ray.util.metrics import Counter
except ImportError:
    raise ExtraError("stripper.etl.ray", "ray") from None
from stripper.etl.arrow import cleaned_parts, schema_after
from stripper.etl.pages import chosen


def clean(
    dataset: ray.data.Dataset,
    *,
    compute: ray.data.ActorPoolStrategy | None = None,
    batch_size: int | None = None,
    arguments: Mapping[str, Any] | None = None,
    **options: Unpack[Options],
) -> ray.data.Dataset:
    """The articles of a dataset's pages; lazy, as all of Ray Data is.

    `compute` and `batch_size` (in rows; None stands for blocks as they come, which are then not copied) are those of `Dataset.map_batches`, and
    `arguments` are more of its arguments, such as {"num_cpus": 0.5}; `options` are those of `stripper.etl.options.Options`. Raises what `clean_batch`
    raises: of options and packs at once, and of columns at once where Ray knows them without reading; elsewhere the first block ends the job.
    """
    job = begun(options)
    if (known := dataset.schema(fetch_if_missing=False)) is not None:
        _check(_arrow(known), job)
    return dataset.map_batches(
        Clean,
        fn_constructor_args=(job,),
        batch_format="pyarrow",
        batch_size=batch_size,
        compute=compute or ray.data.ActorPoolStrategy(min_size=1, max_size=None),
        zero_copy_batch=True,
        udf_modifying_row_count=False,
        **arguments or {},
    )


class Clean:
    """What an actor of `clean` is: it cleans blocks, and counts in Ray's metrics.

    These are the counters `stripper_documents` by status, `stripper_removed_characters` by kind, and `stripper_seconds`.
    """

    def __init__(self, job: Job) -> None:
        packs(job)
        self._job = job
        self._documents = Counter("stripper_documents", "Documents cleaned", tag_keys=("status",))
        self._removed = Counter("stripper_removed_characters", "Characters removed", tag_keys=("kind",))
        self._seconds = Counter("stripper_seconds", "Seconds spent on cleaning")

    def __call__(self, block: pa.Table) -> Iterator[pa.Table]:
        """The block's articles, a part at a time, so that not all of them are held at once."""
        _check(block.schema, self._job)
        for part in cleaned_parts(block.to_batches(), self._job, self._tell):
            yield pa.Table.from_batches([part])

    def _tell(self, counts: Counts) -> None:
        for status, documents in counts.statuses.items():
            self._documents.inc(documents, {"status": status})
        for kind, characters in counts.removed.items():
            if characters:
                self._removed.inc(characters, {"kind": kind})
        if counts.seconds:
            self._seconds.inc(counts.seconds)


def _check(schema: pa.Schema, job: Job) -> None:
    """Raises ColumnError for what `clean_batch` would, and where Ray has pickled a column because Arrow can't hold all its values."""
    schema_after(schema, job)
    pages = chosen(schema, job.columns)
    for name in (pages.html, pages.text, pages.url, pages.crawled, pages.encoding):
        if name is not None and isinstance(schema.field(name).type, ArrowPythonObjectType):
            raise ColumnError(f"column {name!r} holds Python objects of several types; make them text or bytes, and None where there is nothing")


def _arrow(schema: ray.data.Schema) -> pa.Schema:
    """As far as Ray can say it; a column of Python's objects may hold text."""
    return pa.schema([(name, type_ if isinstance(type_, pa.DataType) else pa.null()) for name, type_ in zip(schema.names, schema.types, strict=True)])
