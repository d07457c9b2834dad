"""A measurement of rules in the terminal: how often they cut into the story, what each is worth, and which never fired."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from stripper.rules.worth import CutWorth, Input, RuleWorth, Worth, together

_INPUTS: dict[Input, str] = {"html": "from HTML", "text": "from flat text"}


_WIDE = 130
"""Columns from which on a table has all figures of a rule."""

_LONGEST = {"kind": len("documentation")}
"""Names that aren't to be broken."""


def show(worth: Worth, console: Console) -> None:
    """Print for each input the cuts by corpus and kind of page, the rules that fired, those that removed most first, and the names of the others."""
    for form, said in _INPUTS.items():
        rules = worth.of(form)
        cuts = [cut for cut in worth.cuts if cut.input == form]
        if rules:
            console.rule(said, style="dim", characters="─")
        if cuts:
            console.print(_cuts(cuts))
            console.print()
        if any(rule.pages for rule in rules):
            console.print(_rules([rule for rule in rules if rule.pages], console.width >= _WIDE))
    if worth.silent:
        console.print(Text(f"never fired ({len(worth.silent)}): {', '.join(worth.silent)}", "dim"))


def _cuts(cuts: Sequence[CutWorth]) -> Table:
    table = _table(("corpus", "kind"), ("pages", "sentences", "cut", "per 1,000\nsentences", "per 1,000\npages", "other text\nremoved"))
    for corpus, lines in groupby(cuts, key=lambda cut: cut.corpus):
        found = list(lines)
        for line in [*found, together(found)] if len(found) > 1 else found:
            rates = f"{line.per_1000_sentences:.2f}", f"{line.per_1000_pages:.0f}", f"{line.cleared:.1%}"
            table.add_row(corpus, line.kind, f"{line.pages:,}", f"{line.sentences:,}", f"{line.cut:,}", *rates)
    return table


def _rules(rules: Sequence[RuleWorth], wide: bool) -> Table:
    """Rules as rows; what a narrow terminal has no room for is in the table that can be written to a file."""
    numbers = ("pages", "removed", "precision", "cut", "shared")
    table = _table(("rule", "kind"), (*numbers, "spans", "characters"), "most with") if wide else _table(("rule",), numbers)
    for rule in sorted(rules, key=lambda rule: (-rule.removed, -rule.marked, rule.rule)):
        precision = "" if rule.precision is None else f"{rule.precision:.3f}"
        shared = f"{rule.shared / rule.marked:.0%}" if rule.marked else ""
        counts = f"{rule.pages:,}", f"{rule.removed:,}", precision, f"{rule.cut:,}", shared
        table.add_row(*((rule.rule, rule.kind, *counts, f"{rule.spans:,}", f"{rule.marked:,}", rule.partner) if wide else (rule.rule, *counts)))
    return table


def _table(names: Sequence[str], numbers: Sequence[str], last: str = "") -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold", min_width=_LONGEST.get(name))
    for name in numbers:
        table.add_column(name, justify="right", min_width=max(map(len, name.split())))
    if last:
        table.add_column(last, overflow="fold")
    return table
