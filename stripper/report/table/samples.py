"""Rows of a table that are worth a look: which, and why. The same table always gives the same samples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import heappush, heappushpop
from typing import NamedTuple

from stripper.article import Status
from stripper.report.table.figures import LONGEST_NAME, Measured
from stripper.report.table.summary import MOST_RULES, RuleCount, Summary

MOST = 12
"""Samples in a group."""
LEAST_CHARS = 1_000
"""Shorter pages, and smaller amounts that a rule takes, are no news."""
LEAST_ROWS = 20
"""Rows that a rule must have fired on before anything is unusual for it."""
UNUSUAL, LEAST_SPREAD = 3.0, 0.5
"""Standard deviations above what a rule usually takes, and the least that one is taken for: without it, a rule that always takes the same thirteen
characters would be astonished by fourteen."""
RARE = 0.001
"""A rule is rare that fired on no more than this share of the rows, or on a single one."""
_EACH = 2
"""Samples of a group that are there for the same rule."""


class Sample(NamedTuple):
    """A row to look at."""

    number: int
    """Which row of the table, counted from 0."""
    why: str
    rule: str = ""
    """The rule for whose sake it is one."""


class Group(NamedTuple):
    """Samples that were chosen for the same reason."""

    name: str
    about: str
    """How they were chosen, in a sentence."""
    samples: tuple[Sample, ...]


class Choosing:
    """Sees all rows, and keeps the numbers of those that may be samples, never more than a few hundred thousand numbers."""

    def __init__(self) -> None:
        self._lowest, self._share, self._chars, self._empty, self._ordinary = _Most(), _Most(), _Most(), _Most(), _Most()
        self._floor = _Most()
        self._by_rule: dict[str, _Most] = {}

    def add(self, number: int, row: Measured) -> None:
        """Sees the next row."""
        total = row.body + row.removed
        if row.status == Status.OK:
            self._lowest.add(-row.score, number)
            self._ordinary.add(-row.lot, number)
            if total >= LEAST_CHARS:
                self._share.add(row.share, number)
                self._chars.add(row.removed, number)
        elif row.status == Status.NO_ARTICLE:
            self._empty.add(total, number)
        elif row.status == Status.FLOOR:
            self._floor.add(total, number)
        for rule, taken in row.rules.items():
            if taken.chars >= LEAST_CHARS and (rule in self._by_rule or len(self._by_rule) < MOST_RULES):
                self._by_rule.setdefault(rule[:LONGEST_NAME], _Most(_EACH)).add(taken.chars, number)

    def groups(self, summary: Summary) -> tuple[Group, ...]:
        """The samples, in groups that have some; `summary` is that of the same rows."""
        least, low = f"{LEAST_CHARS:,}", "of rows with status ok"
        found = (
            Group(
                "Errors",
                "The first row of each sort of error, the most common first.",
                tuple(Sample(error.number, f"{error.rows:,} × {error.message}") for error in summary.errors[:MOST]),
            ),
            Group("Lowest scores", f"The lowest scores {low}.", self._lowest.samples(lambda score: f"score {-score:.2f}")),
            Group(
                "Most removed, by share",
                f"The largest removed share {low} that have {least} characters or more.",
                self._share.samples(lambda share: f"{share:.1%} removed"),
            ),
            Group(
                "Most removed, by characters",
                f"The most characters removed {low} that have {least} characters or more.",
                self._chars.samples(lambda n: f"{n:,.0f} characters removed"),
            ),
            Group(
                "Rules that were unlike themselves",
                f"A rule took far more here than it usually does: {UNUSUAL:.0f} standard deviations above its geometric mean or more, in logarithms. "
                f"Only rules that fired on {LEAST_ROWS} rows, and {least} characters; no more than {_EACH} rows a rule.",
                self._unusual(summary),
            ),
            Group(
                "Rules that rarely fire, and took much",
                f"Rules that fired on one row, or on no more than {RARE:.1%} of all, and took {least} characters or more here; by characters.",
                self._rare(summary),
            ),
            Group(
                "No article, though there is text",
                "The most text of rows with status no-article.",
                self._empty.samples(lambda n: f"{n:,.0f} characters"),
            ),
            Group(
                "Nothing removed, or too little would be left",
                "The longest rows with status floor.",
                self._floor.samples(lambda n: f"{n:,.0f} characters"),
            ),
            Group(
                "Ordinary rows",
                f"Chosen without regard to what they hold, {low}: the smallest digests of their ids.",
                self._ordinary.samples(lambda _: ""),
            ),
        )
        return tuple(group for group in found if group.samples)

    def _unusual(self, summary: Summary) -> tuple[Sample, ...]:
        found = []
        for rule, count, chars, number in self._amounts(summary):
            if count.rows >= LEAST_ROWS and (deviation := count.deviation(chars, LEAST_SPREAD)) >= UNUSUAL:
                why = f"{rule} took {chars:,} characters; it usually takes {count.usual:,.0f} (on {count.rows:,} rows)"
                found.append((-deviation, Sample(number, why, rule)))
        return tuple(sample for _, sample in sorted(found)[:MOST])

    def _rare(self, summary: Summary) -> tuple[Sample, ...]:
        most = max(1, summary.rows * RARE)
        found = []
        for rule, count, chars, number in self._amounts(summary):
            if count.rows <= most:
                rows = "this row only" if count.rows == 1 else f"{count.rows:,} rows"
                found.append((-chars, Sample(number, f"{rule} took {chars:,} characters; it fired on {rows}", rule)))
        return tuple(sample for _, sample in sorted(found)[:MOST])

    def _amounts(self, summary: Summary) -> Iterator[tuple[str, RuleCount, int, int]]:
        for rule, most in self._by_rule.items():
            if count := summary.rules.get(rule):
                yield from ((rule, count, int(chars), number) for chars, number in most.items())


class _Most:
    """The numbers of the rows with the largest values; of equal ones the earlier rows."""

    def __init__(self, count: int = MOST) -> None:
        self._count = count
        self._heap: list[tuple[float, int]] = []

    def add(self, value: float, number: int) -> None:
        if len(self._heap) < self._count:
            heappush(self._heap, (value, -number))
        elif value > self._heap[0][0]:
            heappushpop(self._heap, (value, -number))

    def items(self) -> list[tuple[float, int]]:
        """Values and numbers, the largest value first."""
        return [(value, -number) for value, number in sorted(self._heap, reverse=True)]

    def samples(self, why: Callable[[float], str]) -> tuple[Sample, ...]:
        return tuple(Sample(number, why(value)) for value, number in self.items())
