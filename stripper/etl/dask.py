"""Dask: a DataFrame with pages goes in, one with articles comes out.

    pages = dask.dataframe.read_parquet("crawl", dtype_backend="pyarrow")
    clean(pages, url="link").to_parquet("articles")

Nothing runs before something asks for it. Needs the extra `dask`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Unpack

from stripper.errors import ExtraError
from stripper.etl.counts import Counts
from stripper.etl.options import Job, Options, begun

try:
    import dask.dataframe as dd  # noqa: F401

    from stripper.etl.frames import cleaned_frame
except ImportError:
    raise ExtraError("stripper.etl.dask", "dask") from None
try:
    from distributed import get_worker
except ImportError:  # then nobody looks at events, either
    get_worker = None
if TYPE_CHECKING:
    import pandas as pd
    from dask.dataframe import DataFrame

TOPIC = "stripper"
"""The topic of the events that workers of `distributed` log, one for each thousand rows; `Client.get_events` has them."""


def clean(frame: DataFrame, **options: Unpack[Options]) -> DataFrame:
    """The articles of a frame's pages, a row for each of its rows, with its index, partitions and divisions.

    `options` are those of `stripper.etl.options.Options`. Columns but those of pages are passed on as they are; the new ones have Arrow's types
    (`pandas.ArrowDtype`). Raises what `clean_batch` raises of columns, options, packs and policy, here and before any task. Workers that have other
    packs fail their tasks with BatchError.
    """
    todo = begun(options)
    return frame.map_partitions(partial(_step, todo=todo), meta=cleaned_frame(frame._meta, todo), align_dataframes=False)


def _step(part: pd.DataFrame, todo: Job) -> pd.DataFrame:
    return cleaned_frame(part, todo, _log)


def _log(counts: Counts) -> None:
    """Tells the worker of `distributed` that this runs in, if there is one."""
    if get_worker is None:
        return
    try:
        worker = get_worker()
    except ValueError:
        return
    worker.log_event(TOPIC, counts.flat())
