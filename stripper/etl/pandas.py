"""pandas: a DataFrame with pages goes in, one with articles comes out.

    articles = clean(frame, html="page", url="link")

Needs the extra `pandas`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from stripper.errors import ExtraError
from stripper.etl.counts import Tell
from stripper.etl.options import Options, job

try:
    from stripper.etl.frames import cleaned_frame
except ImportError:
    raise ExtraError("stripper.etl.pandas", "pandas") from None
if TYPE_CHECKING:
    from pandas import DataFrame


def clean(frame: DataFrame, *, tell: Tell | None = None, **options: Unpack[Options]) -> DataFrame:
    """The articles of a frame's pages, a row for each of its rows, with the same index.

    `options` are those of `stripper.etl.options.Options`; `tell` is called with the Counts of each thousand rows. Columns but those of pages are the
    ones of `frame`; the new ones have Arrow's types (`pandas.ArrowDtype`), in which a missing value is `pandas.NA`, and lists are lists. Where pages
    stand in a column of objects, what is neither str, bytes nor missing is an error of its row. Raises what `clean_batch` raises.
    """
    return cleaned_frame(frame, job(options), tell)
