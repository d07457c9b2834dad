"""Two runs over the same documents, compared: two versions of the packs, or of the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from stripper.batch.rows import Row
from stripper.report.compare.change import REMOVED, Change, changed, rated_otherwise
from stripper.report.compare.pairs import Pair, pairs
from stripper.report.compare.removals import Label
from stripper.report.progress import counted

MOST_SHOWN, MOST_NAMED, MOST_LONE = 1_000, 4_000, 1_000
"""Documents that are kept with what changed in them, those that are kept by name and size, the largest changes first; and of one table alone."""


class Lone(NamedTuple):
    """A document of one table alone."""

    id: str
    status: str
    chars: int


class Worth(NamedTuple):
    """What a rule removed in both runs: spans and characters."""

    label: Label
    old_spans: int
    new_spans: int
    old_chars: int
    new_chars: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs compared. Figures are of documents in both, where nothing else is said."""

    compared: int
    changed: int
    changes: tuple[Change, ...]
    """The largest, in their order."""
    named: tuple[Change, ...]
    """Those behind them, by name and size alone."""
    only: tuple[tuple[Lone, ...], tuple[Lone, ...]]
    """Documents of the old and of the new table alone, some of them."""
    only_counts: tuple[int, int]
    same_but_rated: int
    """Documents where nothing but the score or the warnings differ."""
    gone: int
    come: int
    names: Counter[str]
    """Documents by what changed in them."""
    appeared: Counter[str]
    vanished: Counter[str]
    statuses: Counter[tuple[str, str]]
    """Documents by status before and after."""
    rules: tuple[Worth, ...]
    """Rules that removed more or less than before, those with the largest difference first."""
    packs: tuple[Counter[str], Counter[str]]
    """Documents by pack, of all rows."""
    removed: tuple[bool, bool]
    """Whether the tables list removed spans."""

    @property
    def differs(self) -> bool:
        """Whether anything changed."""
        return bool(self.changed or any(self.only_counts))


def compare(old: Iterator[Row], new: Iterator[Row]) -> Comparison:
    """Compares the rows of two tables, read at the same pace; see `pairs` for what that needs. Which documents are kept depends on the rows alone."""
    totals = _Totals()
    for pair in pairs(totals.counted(old, 0), totals.counted(new, 1)):
        totals.add(pair)
    return totals.done()


class _Totals:
    """A comparison on its way."""

    def __init__(self) -> None:
        self.compared = self.changed = self.same_but_rated = self.gone = self.come = 0
        self.changes: list[Change] = []
        self.named: list[Change] = []
        self.only: tuple[list[Lone], list[Lone]] = [], []
        self.only_counts = [0, 0]
        self.names, self.appeared, self.vanished = Counter[str](), Counter[str](), Counter[str]()
        self.statuses = Counter[tuple[str, str]]()
        self.packs = Counter[str](), Counter[str]()
        self.removed = [False, False]
        self.spans = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        self.chars = Counter[tuple[str, str]](), Counter[tuple[str, str]]()

    def counted(self, rows: Iterator[Row], side: int) -> Iterator[Row]:
        """The same rows; what they are made with is counted."""
        for row in rows:
            self.packs[side].update(row["packs"])
            self.removed[side] |= REMOVED in row
            yield row

    def add(self, pair: Pair) -> None:
        """Compare the two."""
        if pair.old is None or pair.new is None:
            self._add_lone(pair)
            return
        self.compared += 1
        self.statuses[pair.old["status"], pair.new["status"]] += 1
        both = REMOVED in pair.old and REMOVED in pair.new  # what one of them doesn't list isn't what it didn't remove
        for side, row in enumerate((pair.old, pair.new) if both else ()):
            for span in row[REMOVED]:
                label = span["kind"], span["rule"]
                self.spans[side][label] += 1
                self.chars[side][label] += len(span["text"])
        change = changed(pair.old, pair.new)
        if change is None:
            self.same_but_rated += rated_otherwise(pair.old, pair.new)
            return
        self.changed += 1
        self.gone += change.gone
        self.come += change.come
        self.names.update(change.names)
        self.appeared.update(between.name for between in change.fields if between.appeared)
        self.vanished.update(between.name for between in change.fields if between.vanished)
        self.changes.append(change)
        if len(self.changes) > MOST_SHOWN * 5 // 4:
            self._prune()

    def done(self) -> Comparison:
        """What it has come to."""
        self._prune()
        labels = [label for label in self.chars[0] | self.chars[1] if self.chars[0][label] != self.chars[1][label]]
        rules = [Worth(Label(*label), *(counts[label] for counts in (*self.spans, *self.chars))) for label in labels]
        rules.sort(key=lambda rule: (-abs(rule.new_chars - rule.old_chars), rule.label))
        return Comparison(
            compared=self.compared,
            changed=self.changed,
            changes=tuple(self.changes),
            named=tuple(self.named),
            only=(tuple(self.only[0]), tuple(self.only[1])),
            only_counts=(self.only_counts[0], self.only_counts[1]),
            same_but_rated=self.same_but_rated,
            gone=self.gone,
            come=self.come,
            names=self.names,
            appeared=self.appeared,
            vanished=self.vanished,
            statuses=self.statuses,
            rules=tuple(rules),
            packs=self.packs,
            removed=(self.removed[0], self.removed[1]),
        )

    def _add_lone(self, pair: Pair) -> None:
        side = 1 if pair.old is None else 0
        row = pair.new if pair.old is None else pair.old
        assert row is not None
        self.only_counts[side] += 1
        if len(self.only[side]) < MOST_LONE:
            self.only[side].append(Lone(row["id"], row["status"], len(row["body"])))

    def _prune(self) -> None:
        """Keep the largest changes, the next ones by name, and of the others nothing."""
        self.changes.sort(key=_weight)
        self.named += [change.bare for change in self.changes[MOST_SHOWN:]]
        del self.changes[MOST_SHOWN:]
        self.named.sort(key=_weight)
        del self.named[MOST_NAMED:]


def _weight(change: Change) -> tuple[int, int, str]:
    return change.weight


def verdict(result: Comparison) -> str:
    """What it has come to, in a sentence."""
    if not result.changed:
        return f"Nothing changed in {counted(result.compared, 'document')}."
    said = f"{result.changed:,} of {counted(result.compared, 'document')} changed ({result.changed / result.compared:.1%})"
    return f"{said}: {counted(result.gone, 'character')} gone from bodies, {result.come:,} come."


def notes(result: Comparison) -> Iterator[str]:
    """What should be known besides."""
    for side, count in zip("AB", result.only_counts, strict=True):
        if count:
            yield f"{counted(count, 'document')} {'is' if count == 1 else 'are'} only in {side}."
    if result.same_but_rated:
        yield f"In {counted(result.same_but_rated, 'document')} only the score or the warnings differ, which is no change."
    if result.compared and not all(result.removed):
        where = "neither table lists" if not any(result.removed) else f"{'A' if result.removed[1] else 'B'} doesn't list"
        yield f"Removed spans aren't compared: {where} them. A batch with --removed does."


def by_count(counts: Counter[Any]) -> list[tuple[Any, int]]:
    """The most common first."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
