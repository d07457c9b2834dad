"""Counts of what became of documents, for the metrics of engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from stripper.article import Status
from stripper.batch.document import Result
from stripper.batch.intake import PASSED


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one batch; they add up."""

    documents: int = 0
    statuses: Mapping[str, int] = field(default_factory=dict)
    """Documents by status."""
    removed: Mapping[str, int] = field(default_factory=dict)
    """Characters removed, by kind."""
    seconds: float = 0.0
    """Spent on cleaning, by all processes together."""

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.documents + other.documents,
            Counter(self.statuses) + Counter(other.statuses),
            Counter(self.removed) + Counter(other.removed),
            self.seconds + other.seconds,
        )

    def flat(self) -> dict[str, int | float]:
        """The same under one name each, which are words in any engine: documents, seconds, status_ok, removed_icon_alt ..."""
        named: dict[str, int | float] = {"documents": self.documents, "seconds": self.seconds}
        named |= {f"status_{name}".replace("-", "_"): count for name, count in sorted(self.statuses.items())}
        return named | {f"removed_{name}".replace("-", "_"): count for name, count in sorted(self.removed.items())}


Tell = Callable[[Counts], None]
"""Whoever is told the counts of each batch."""


def status(result: Result) -> str:
    """The status of a result; documents that have no content are empty."""
    return str(Status.EMPTY) if result.status == PASSED else result.status


def count(results: Iterable[Result]) -> Counts:
    """The counts of some results."""
    statuses: Counter[str] = Counter()
    removed: Counter[str] = Counter()
    seconds = 0.0
    for result in results:
        statuses[status(result)] += 1
        removed.update(result.removed)
        seconds += result.seconds
    return Counts(statuses.total(), dict(statuses), dict(removed), seconds)
