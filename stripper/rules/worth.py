"""What rules turned out to be worth, as data: `stripper.measure.worth` measures it, tables and the rules' pages show it.

Characters are those that aren't blank, wherever something is counted in characters.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any, ClassVar, Literal

Input = Literal["html", "text"]


@dataclass(frozen=True, slots=True)
class RuleWorth:
    """What one rule did on all pages, read as HTML or as flat text."""

    TABLE: ClassVar[str] = "rule"

    rule: str
    """Its full id, as marks have it."""
    kind: str
    input: Input
    pages: int
    """Pages on which it fired."""
    spans: int
    marked: int
    """Characters under its marks."""
    removed: int
    """Those of them that were removed by its word, after all marks were settled."""
    shared: int
    """Those of the marked ones that other rules marked, too,"""
    partner: str
    """and which rule marked most of these; "" where none did."""
    judged: int
    """Characters that it marked on pages whose gold body is known,"""
    outside: int
    """and those of them outside that body."""
    cut: int
    """Sentences of gold bodies that it removed."""

    @property
    def precision(self) -> float | None:
        """Share of the characters it marked that lie outside the gold body; None where no page tells."""
        return self.outside / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class CutWorth:
    """What all rules together did, without the locator's verdict, to the pages of one kind of one corpus whose gold body is known."""

    TABLE: ClassVar[str] = "pages"

    corpus: str
    kind: str
    input: Input
    pages: int
    sentences: int
    """Sentences of the gold bodies that stand on the pages,"""
    cut: int
    """and those of them that rules removed."""
    outside: int
    """Characters outside the gold bodies,"""
    removed: int
    """and those of them that rules removed."""

    @property
    def per_1000_sentences(self) -> float:
        """Sentences cut, of a thousand."""
        return 1000 * self.cut / max(1, self.sentences)

    @property
    def per_1000_pages(self) -> float:
        """Sentences cut, on a thousand pages."""
        return 1000 * self.cut / max(1, self.pages)

    @property
    def cleared(self) -> float:
        """Share of the characters outside the gold bodies that rules removed."""
        return self.removed / max(1, self.outside)


@dataclass(frozen=True, slots=True)
class Worth:
    """One measurement. The same corpora and packs give the same one."""

    packs: tuple[str, ...]
    """Labels of the packs: name, version, hash."""
    rules: tuple[RuleWorth, ...]
    """Every rule of the packs for each input that was measured, also those that never fired; ordered by input and rule."""
    cuts: tuple[CutWorth, ...]
    """Ordered by input, corpus and kind of page."""
    failed: tuple[str, ...] = ()
    """Pages that couldn't be measured, and why."""

    def of(self, what: Input) -> tuple[RuleWorth, ...]:
        """The rules on one input."""
        return tuple(rule for rule in self.rules if rule.input == what)

    @property
    def silent(self) -> tuple[str, ...]:
        """The rules that never fired, on no input."""
        fired = {rule.rule for rule in self.rules if rule.pages}
        return tuple(sorted({rule.rule for rule in self.rules} - fired))


def together(cuts: Iterable[CutWorth], kind: str = "all") -> CutWorth:
    """Several lines as one; all are of one corpus and input. Raises IndexError for none."""
    lines = list(cuts)
    sums = [sum(getattr(line, name) for line in lines) for name in ("pages", "sentences", "cut", "outside", "removed")]
    return CutWorth(lines[0].corpus, kind, lines[0].input, *sums)


def to_csv(worth: Worth) -> str:
    """A measurement as CSV: two tables and the packs, told apart by their first column. Pages that failed are left out."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows(("pack", label) for label in worth.packs)
    for kind, lines in ((CutWorth, worth.cuts), (RuleWorth, worth.rules)):
        writer.writerow((f"#{kind.TABLE}", *(f.name for f in fields(kind))))
        writer.writerows((kind.TABLE, *astuple(line)) for line in lines)
    return out.getvalue()


def from_csv(content: str) -> Worth:
    """What `to_csv` wrote. Raises ValueError, with the line, where it is anything else."""
    packs: list[str] = []
    found: dict[str, list[Any]] = {RuleWorth.TABLE: [], CutWorth.TABLE: []}
    for number, row in enumerate(csv.reader(io.StringIO(content)), 1):
        table, values = row[0] if row else "", row[1:]
        if table == "pack":
            packs += values
        elif table in found:
            found[table].append(_line(RuleWorth if table == RuleWorth.TABLE else CutWorth, values, number))
        elif not table.startswith("#"):
            raise ValueError(f"line {number}: expected a table's name in the first column, found {table!r}")
    return Worth(tuple(packs), tuple(found[RuleWorth.TABLE]), tuple(found[CutWorth.TABLE]))


def _line(kind: type[RuleWorth] | type[CutWorth], values: Sequence[str], number: int) -> RuleWorth | CutWorth:
    names = fields(kind)
    if len(values) != len(names):
        raise ValueError(f"line {number}: {len(values)} values, expected {len(names)}")
    try:
        return kind(*[int(value) if name.type == "int" else value for name, value in zip(names, values, strict=True)])  # type: ignore[arg-type]  # text and counts
    except ValueError as error:
        raise ValueError(f"line {number}: {error}") from None
