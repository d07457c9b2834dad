"""Apache Beam: a transform from dicts with a page to dicts with an article.

    pages | ReadFromParquet("pages/*.parquet") | Clean(html="page", url="link") | WriteToParquet("articles", schema)

Needs the extra `beam`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Unpack

from stripper.errors import ExtraError
from stripper.etl.counts import Counts
from stripper.etl.options import Options, begun
from stripper.etl.records import document, done, passed_on, refuse_options
from stripper.etl.state import packs

try:
    import apache_beam as beam
    from apache_beam.metrics import Metrics
except ImportError:
    raise ExtraError("stripper.etl.beam", "beam") from None

NAMESPACE = "stripper"
"""Of its metrics."""
_NOT_HERE = ("id", "large")
"""Options for tables."""


class CleanFn(beam.DoFn):
    """A dict with a page becomes one with the fields of a batch's rows (docs/rows.md); its other values stay as they are.

    `options` are those of `stripper.etl.options.Options` that concern no table; where they name columns, they name keys. Where a page can't be
    cleaned, or there is none, the status is "error". Raises TypeError, ValueError, PackError, PolicyError and WeightsError where it is made, and
    ColumnError while it runs where a dict has a new key already.
    """

    def __init__(self, **options: Unpack[Options]) -> None:
        super().__init__()
        refuse_options(options, _NOT_HERE, "this concerns tables, and dicts are none")
        self.todo = begun(options)

    def setup(self) -> None:
        """Loads the rules, once in each worker."""
        packs(self.todo)

    def process(self, element: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """One dict for each."""
        kept = passed_on(element, self.todo)
        new = done(self.todo, document(element, self.todo.columns))
        _tell(new.counts)
        yield kept | new.fields


class Clean(beam.PTransform):
    """`CleanFn` as a transform of its own, with the same options."""

    def __init__(self, **options: Unpack[Options]) -> None:
        super().__init__()
        self.fn = CleanFn(**options)

    def expand(self, pages: Any) -> Any:
        """What Beam calls."""
        return pages | beam.ParDo(self.fn).with_output_types(dict[str, Any])


def _tell(counts: Counts) -> None:
    """Counters, and the distribution of milliseconds a page."""
    for name, value in counts.flat().items():
        if isinstance(value, int):
            Metrics.counter(NAMESPACE, name).inc(value)
    Metrics.distribution(NAMESPACE, "milliseconds").update(round(counts.seconds * 1000))
