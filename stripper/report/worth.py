"""A measurement of rules in the terminal: how often they cut into the story, what each is worth, and which never fired."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from stripper.rules.worth import CutWorth, Input, RuleWorth, Worth, together

_INPUTS: dict[Input, str] = {"html": "from HTML", "text": "from flat text"}


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
            console.print(_rules([rule for rule in rules if rule.pages]))
        if silent := [rule.rule for rule in rules if not rule.pages]:
            console.print(Text(f"{len(silent)} of {len(rules)} rules never fired: {', '.join(silent)}", "dim"))


def _cuts(cuts: Sequence[CutWorth]) -> Table:
    table = _table(
        ("corpus", "pages of kind"), ("pages", "sentences", "cut by rules", "per 1,000 sentences", "per 1,000 pages", "other text removed by rules")
    )
    for corpus, lines in groupby(cuts, key=lambda cut: cut.corpus):
        found = list(lines)
        for line in [*found, together(found)] if len(found) > 1 else found:
            rates = f"{line.per_1000_sentences:.2f}", f"{line.per_1000_pages:.0f}", f"{line.cleared:.1%}"
            table.add_row(corpus, line.kind, f"{line.pages:,}", f"{line.sentences:,}", f"{line.cut:,}", *rates)
    return table


def _rules(rules: Sequence[RuleWorth]) -> Table:
    table = _table(("rule", "kind"), ("pages", "spans", "characters", "removed", "precision", "cut", "shared"), "most with")
    for rule in sorted(rules, key=lambda rule: (-rule.removed, -rule.marked, rule.rule)):
        precision = "" if rule.precision is None else f"{rule.precision:.3f}"
        counts = [f"{count:,}" for count in (rule.pages, rule.spans, rule.marked, rule.removed)]
        shared = f"{rule.shared / rule.marked:.0%}" if rule.marked else ""
        table.add_row(rule.rule, rule.kind, *counts, precision, f"{rule.cut:,}", shared, rule.partner)
    return table


def _table(names: Sequence[str], numbers: Sequence[str], last: str = "") -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for name in numbers:
        table.add_column(name, justify="right")
    if last:
        table.add_column(last, overflow="fold")
    return table
