"""A table of rows in figures: one pass, and memory that doesn't grow with the rows."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from stripper.article import Status
from stripper.batch.document import BEGINNING, Document, Result
from stripper.batch.rows import ERROR
from stripper.batch.tally import Tally
from stripper.report.table.figures import LONGEST_NAME, Measured, Taken, day_of

MOST_HOSTS, MOST_RULES, MOST_DAYS, MOST_NAMES = 100_000, 20_000, 100_000, 1_000
"""So many of each are told apart, those that come first; the others are counted together, as OTHERS."""
OTHERS = "(others)"

SCORE_BINS = 20
"""Scores are counted in bins of 0.05."""
BINS_A_DECADE = 4
"""Lengths are counted in bins from 1 to 1.8 to 3.2 to 5.6 to 10 and so on."""

WITH_BODY = (str(Status.OK), str(Status.FLOOR))
"""Statuses of rows that have a body; fields are counted in these."""

V = TypeVar("V")


@dataclass(slots=True)
class HostCount:
    """The rows of a host."""

    rows: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    body: int = 0
    removed: int = 0
    score: float = 0.0
    """The sum of the scores of rows whose status is ok."""
    filled: Counter[str] = field(default_factory=Counter)
    """How many of the rows with a body have this field."""

    @property
    def with_body(self) -> int:
        return sum(self.statuses[status] for status in WITH_BODY)

    @property
    def mean_score(self) -> float:
        return self.score / self.statuses[Status.OK] if self.statuses[Status.OK] else 0.0


@dataclass(slots=True)
class RuleCount:
    """What a rule removed. Amounts differ by orders of magnitude, so what is usual for a rule is told by their logarithms."""

    kind: str
    rows: int = 0
    spans: int = 0
    chars: int = 0
    logs: float = 0.0
    squares: float = 0.0
    """The sums over its rows of the logarithm of the characters that it took there, and of the square of that."""

    def add(self, taken: Taken) -> None:
        self.rows += 1
        self.spans += taken.spans
        self.chars += taken.chars
        log = math.log(max(1, taken.chars))
        self.logs += log
        self.squares += log * log

    @property
    def usual(self) -> float:
        """Characters that it takes from a row: the geometric mean, which single large rows hardly move."""
        return math.exp(self.logs / self.rows)

    def deviation(self, chars: int, least: float) -> float:
        """How many standard deviations of its logarithms, taken as `least` where they differ less, an amount lies above the usual one."""
        mean = self.logs / self.rows
        spread = math.sqrt(max(0.0, self.squares / self.rows - mean * mean))
        return (math.log(max(1, chars)) - mean) / max(spread, least)


class FirstError(NamedTuple):
    """Errors of one sort: how many there are, and the first of them."""

    rows: int
    number: int
    """Which row the first is, counted from 0."""
    id: str
    message: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a table holds."""

    rows: int
    listed: int
    """Rows that list what was removed from them; none do where the table was made without."""
    statuses: Counter[str]
    errors: tuple[FirstError, ...]
    """By what their messages have in common, the most common first."""
    body: int
    """Characters of all bodies."""
    removed: int
    """Characters of all that was removed."""
    kinds: Counter[str]
    """The same by kind."""
    kind_rows: Counter[str]
    """Rows from which something of the kind was removed."""
    rules: dict[str, RuleCount]
    hosts: dict[str, HostCount]
    filled: Counter[str]
    """How many rows with a body have this field."""
    scores: tuple[int, ...]
    """Rows with status ok, by score, in SCORE_BINS bins from 0 to 1."""
    lengths: Counter[int]
    """The same rows by characters of the body: bin n begins at 10 ** (n / BINS_A_DECADE)."""
    days: Counter[str]
    """Rows with a body by the day of their date."""
    odd_dates: int
    """Rows with a date that isn't in ISO 8601."""
    languages: Counter[str]
    paywalls: Counter[str]
    warnings: Counter[str]
    packs: Counter[str]
    """Rows by the label of each rule pack that was in use."""

    @property
    def with_body(self) -> int:
        return sum(self.statuses[status] for status in WITH_BODY)


class Summing:
    """Counts rows, one after another."""

    def __init__(self) -> None:
        self._rows = self._listed = self._body = self._removed = self._odd_dates = 0
        self._tally = Tally()
        self._first_errors: dict[str, int] = {}
        self._counters: dict[str, Counter[str]] = defaultdict(Counter)
        self._rules: dict[str, RuleCount] = {}
        self._hosts: dict[str, HostCount] = {}
        self._scores = [0] * SCORE_BINS
        self._lengths: Counter[int] = Counter()

    def add(self, row: Measured) -> None:
        """Counts a row."""
        self._rows += 1
        self._listed += row.listed
        self._body += row.body
        self._removed += row.removed
        self._count("statuses", row.status)
        host = _entry(self._hosts, row.host, MOST_HOSTS, HostCount)
        host.rows += 1
        host.statuses[row.status if row.status in _STATUSES else OTHERS] += 1
        host.body += row.body
        host.removed += row.removed
        self._add_rules(row)
        for name, texts in (("warnings", row.warnings), ("packs", row.packs)):
            for text in texts:
                self._count(name, text)
        if row.status == ERROR:
            self._add_error(row)
        if row.status == Status.OK:
            host.score += row.score
            self._scores[min(SCORE_BINS - 1, max(0, int(row.score * SCORE_BINS)))] += 1
            self._lengths[int(math.log10(max(1, row.body)) * BINS_A_DECADE)] += 1
        if row.status in WITH_BODY:
            self._add_fields(row, host)

    def summary(self) -> Summary:
        """What was counted so far."""
        counters = self._counters
        return Summary(
            rows=self._rows,
            listed=self._listed,
            statuses=counters["statuses"],
            errors=self._errors(),
            body=self._body,
            removed=self._removed,
            kinds=counters["kinds"],
            kind_rows=counters["kind_rows"],
            rules=self._rules,
            hosts=self._hosts,
            filled=counters["filled"],
            scores=tuple(self._scores),
            lengths=self._lengths,
            days=counters["days"],
            odd_dates=self._odd_dates,
            languages=counters["languages"],
            paywalls=counters["paywalls"],
            warnings=counters["warnings"],
            packs=counters["packs"],
        )

    def _add_error(self, row: Measured) -> None:
        """Counts an error as a batch does."""
        known = len(self._tally.failures)
        self._tally.add(Result(Document(row.id, row.id, BEGINNING), None, ERROR, row.error))
        if len(self._tally.failures) > known:
            self._first_errors[next(reversed(self._tally.failures))] = self._rows - 1

    def _errors(self) -> tuple[FirstError, ...]:
        failures = sorted(self._tally.failures.items(), key=lambda item: -item[1].count)
        return tuple(FirstError(failure.count, self._first_errors[sort], failure.name, failure.message) for sort, failure in failures)

    def _add_rules(self, row: Measured) -> None:
        for rule, taken in row.rules.items():
            _entry(self._rules, rule, MOST_RULES, lambda kind=taken.kind: RuleCount(kind)).add(taken)  # type: ignore[misc]
        for kind, chars in row.kinds.items():
            self._count("kinds", kind, chars)
            self._count("kind_rows", kind)

    def _add_fields(self, row: Measured, host: HostCount) -> None:
        for name in row.filled:
            self._counters["filled"][name] += 1
            host.filled[name] += 1
        if row.date:
            day = day_of(row.date)
            self._odd_dates += not day
            if day:
                self._count("days", day)
        self._count("languages", row.language)
        if row.paywall:
            self._count("paywalls", row.paywall)

    def _count(self, counter: str, name: str, amount: int = 1) -> None:
        counts = self._counters[counter]
        most = MOST_DAYS if counter == "days" else MOST_NAMES
        name = name[:LONGEST_NAME]
        counts[name if name in counts or len(counts) < most else OTHERS] += amount


_STATUSES = frozenset([*map(str, Status), ERROR])


def _entry(table: dict[str, V], name: str, most: int, new: Callable[[], V]) -> V:
    """The entry of this name, a new one if there is room for it, or else that of all others."""
    name = name[:LONGEST_NAME]
    found = table.get(name)
    if found is None:
        name = name if len(table) < most else OTHERS
        found = table[name] = table.get(name) or new()
    return found
