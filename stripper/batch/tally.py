"""What became of a batch's documents, in figures."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from stripper.batch.document import Document, Result
from stripper.batch.rows import ERROR

SLOWEST = 10
"""How many of the slowest documents are named."""
MOST_MESSAGES = 1_000
"""How many different errors are told apart; a batch may have a million."""
OTHER = "(other errors)"
_LONGEST = 200
"""Characters of a message or a name that are kept."""

_VARYING = re.compile(r"(?<!\w)'[^'\n]{1,200}'|\"[^\"\n]{1,200}\"|\d[\d,.]*")
"""What differs between errors of one sort: things that are quoted, and numbers."""


@dataclass(slots=True)
class Failure:
    """Errors of one sort: how many there are, and the first of them."""

    count: int
    name: str
    """The name of its document."""
    message: str


@dataclass(slots=True)
class Tally:
    """Counts over a batch; those of a run that was interrupted go on where they stood."""

    documents: int = 0
    """All results, rows or not."""
    rows: int = 0
    """Results that gave a row: all but what was passed over."""
    statuses: Counter[str] = field(default_factory=Counter)
    """Rows by status."""
    passed: Counter[str] = field(default_factory=Counter)
    """What was passed over, by reason."""
    removed: Counter[str] = field(default_factory=Counter)
    """Characters removed, by kind."""
    failures: dict[str, Failure] = field(default_factory=dict)
    """Errors by what their messages have in common."""
    slowest: list[tuple[float, str]] = field(default_factory=list)
    """Seconds and name of the slowest documents, the slowest first."""
    size: int = 0
    """Bytes or characters of all content."""
    consumed: int = 0
    """Bytes of the inputs' files that had been read for the last document."""
    seconds: float = 0.0
    """Time that workers spent on documents, summed over all workers."""
    elapsed: float = 0.0
    """Seconds that the batch took, over all of its runs; whoever runs it keeps them."""

    def add(self, result: Result) -> None:
        """Count the next result."""
        document = result.document
        self.documents += 1
        self.consumed = max(self.consumed, document.consumed)
        if document.passed:
            self.passed[document.passed] += 1
            return
        self.rows += 1
        self.statuses[result.status] += 1
        self.size += result.size
        self.seconds += result.seconds
        self.removed.update(result.removed)
        if result.status == ERROR:
            self._count_failure(document, result.error)
        if result.seconds and (len(self.slowest) < SLOWEST or result.seconds > self.slowest[-1][0]):
            self.slowest = heapq.nlargest(SLOWEST, [*self.slowest, (result.seconds, document.name[:_LONGEST])], key=lambda slow: slow[0])

    @property
    def errors(self) -> int:
        """How many rows are errors."""
        return self.statuses[ERROR]

    def adds_up(self) -> bool:
        """Whether every document is counted once, and once only."""
        return not self.amiss()

    def amiss(self) -> list[str]:
        """What doesn't add up, in words; nothing where all does."""
        found = {
            "documents": (self.documents, self.rows + self.passed.total(), "rows and what was passed over"),
            "rows": (self.rows, self.statuses.total(), "rows by status"),
            "errors": (self.errors, sum(failure.count for failure in self.failures.values()), "errors by message"),
        }
        return [f"{count} {name}, but {parts} are {said}" for name, (count, parts, said) in found.items() if count != parts]

    def to_dict(self) -> dict[str, Any]:
        """The counts as plain JSON values."""
        counters = {"statuses": dict(self.statuses), "passed": dict(self.passed), "removed": dict(self.removed)}
        failures = {sort: asdict(failure) for sort, failure in self.failures.items()}
        figures = {"size": self.size, "consumed": self.consumed, "seconds": self.seconds, "elapsed": self.elapsed}
        return {"documents": self.documents, "rows": self.rows, **counters, "failures": failures, "slowest": [*map(list, self.slowest)], **figures}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Tally:
        """The counts that `to_dict` gave; nothing is counted yet where there are none."""
        counters = {name: Counter(values.get(name, {})) for name in ("statuses", "passed", "removed")}
        failures = {sort: Failure(**failure) for sort, failure in values.get("failures", {}).items()}
        slowest = [(seconds, name) for seconds, name in values.get("slowest", ())]
        return cls(**{**values, **counters, "failures": failures, "slowest": slowest})

    def _count_failure(self, document: Document, error: str) -> None:
        message = _without_file(error, document.name)[:_LONGEST]
        sort = _VARYING.sub("#", message)
        if sort not in self.failures and len(self.failures) >= MOST_MESSAGES:
            sort = OTHER
        if sort in self.failures:
            self.failures[sort].count += 1
        else:
            self.failures[sort] = Failure(1, document.name[:_LONGEST], message if sort != OTHER else OTHER)


def _without_file(error: str, name: str) -> str:
    """An error's message without the file at its beginning, which the document's name tells."""
    for file in (name, name.rpartition(":")[0], name.partition(", ")[0]):
        if file and error.startswith((f"{file}: ", f"{file}, ")):
            return error[len(file) + 2 :]
    return error
