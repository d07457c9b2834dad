"""Hugging Face datasets: a dataset with pages becomes one with articles.

    clean(load_dataset("parquet", data_files="pages/*.parquet", split="train"), num_proc=8)

Needs the extra `datasets`.
"""

from __future__ import annotations

from typing import Any, Unpack

from stripper.errors import ExtraError
from stripper.etl.arrow import article_schema, cleaned_parts, schema_after
from stripper.etl.counts import Counts
from stripper.etl.options import Job, Options, begun

try:
    import datasets
    import pyarrow as pa
except ImportError:
    raise ExtraError("stripper.etl.datasets", "datasets") from None

_log = datasets.logging.get_logger("datasets.stripper")
"""Below the library's own logger, so that `datasets.logging.set_verbosity_info()` shows it."""


def clean(dataset: Any, *, batch_size: int = 256, num_proc: int | None = None, **options: Unpack[Options]) -> Any:
    """The articles of a dataset's pages: a Dataset of a Dataset, an IterableDataset of an IterableDataset, and so for dicts of either.

    `batch_size` is how many rows are cleaned, and held, at a time; `num_proc` how many processes work at a Dataset. `options` are those of
    `stripper.etl.options.Options`. A Dataset is cleaned once, and then read from its cache until its rows, the options, the rule packs or stripper's
    version change; an IterableDataset is cleaned whenever it is read. A batch's counts are logged at level info. Raises what `clean_batch` raises,
    before the first row; for an IterableDataset that doesn't know its columns, with the first batch.
    """
    todo = begun(options)
    if isinstance(dataset, datasets.DatasetDict | datasets.IterableDatasetDict):
        return type(dataset)({name: _clean(split, todo, batch_size, num_proc) for name, split in dataset.items()})
    return _clean(dataset, todo, batch_size, num_proc)


def _clean(dataset: Any, todo: Job, batch_size: int, num_proc: int | None) -> Any:
    manners: dict[str, Any] = {"batched": True, "batch_size": batch_size, "fn_kwargs": {"todo": todo}}
    if dataset.features is not None:
        manners["features"] = _features(dataset.features, todo)
    if isinstance(dataset, datasets.Dataset):
        if len(dataset):
            new = dataset.with_format("arrow").map(_table, num_proc=num_proc, desc="stripper", **manners)
        else:  # `map` would give back the old columns
            new = datasets.Dataset(manners["features"].arrow_schema.empty_table(), split=dataset.split)
        return _formatted_as(dataset, new)
    if num_proc is not None:
        raise ValueError("num_proc: an IterableDataset is cleaned by the process that reads it; a DataLoader's workers each read shards of it")
    if "features" in manners:
        new = dataset.with_format("arrow").map(_table, **manners)
    else:
        pages = [todo.columns.html or "html", todo.columns.text or "text"]
        new = dataset.with_format(None).map(_lists, remove_columns=pages, **manners)
    return new.with_format(dataset._formatting and dataset._formatting.format_type)  # nothing public tells it


def _table(table: pa.Table, todo: Job) -> pa.Table:
    """What `map` calls. It is found by its name, so the cache notices a change only by `todo`, which says with what the job was begun."""
    return pa.Table.from_batches(cleaned_parts(table.to_batches(), todo, _tell), schema=schema_after(table.schema, todo))


def _lists(columns: dict[str, list[Any]], todo: Job) -> dict[str, list[Any]]:
    """The same for rows whose types nobody knows. `map` keeps those of the columns it was to remove that are given back."""
    return _table(pa.table(columns), todo).to_pydict()  # type: ignore[no-any-return]


def _tell(counts: Counts) -> None:
    _log.info("%s", " ".join(f"{name}={count:.3f}" if isinstance(count, float) else f"{name}={count}" for name, count in counts.flat().items()))


def _features(features: Any, todo: Job) -> Any:
    """The features of the new dataset: what Arrow doesn't know of the old ones (names of classes, images) stays."""
    schema = schema_after(features.arrow_schema, todo)
    new = datasets.Features.from_arrow_schema(article_schema(todo))
    return datasets.Features({name: new[name] if name in new else features[name] for name in schema.names})


def _formatted_as(old: Any, new: Any) -> Any:
    """Rows look as those of the old dataset did; where it showed some of its columns, the new one shows those and the article's."""
    format_ = old.format
    unseen = set(old.column_names) - set(format_["columns"])
    seen = [name for name in new.column_names if name not in unseen] if unseen else None
    return new.with_format(format_["type"], seen, format_["output_all_columns"], **format_["format_kwargs"])
