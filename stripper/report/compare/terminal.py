"""A comparison of two runs in the terminal: as much of it as fits on a screen."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from stripper.report.batch import Shown, shown_on, table_of_counts
from stripper.report.compare.comparison import Comparison, Worth, by_count, notes, verdict
from stripper.report.words import named

_RULES, _DOCUMENTS, _PACKS = 8, 10, 8
_NAME = 50
"""Characters of a name that are shown."""


def show(result: Comparison, old: str, new: str, console: Console) -> None:
    """Print it; `old` and `new` name the tables."""
    shown = shown_on(console)
    console.print(shown(f"A {old}", console.width, "dim"), shown(f"B {new}", console.width, "dim"), sep="\n")
    console.print(Text(verdict(result), "bold"), soft_wrap=True)
    for note in notes(result):
        console.print(shown(note, 2 * console.width, ""), soft_wrap=True)
    for part in (*_packs(result, shown), *_what(result, shown), *_rules(result, shown), *_documents(result, shown)):
        console.print()
        console.print(part)


def _packs(result: Comparison, shown: Shown) -> Iterator[RenderableType]:
    """Those that aren't the same in all rows of both."""
    old, new = result.packs
    changed = [pack for pack in sorted(old | new) if not old[pack] or not new[pack]]
    if changed:
        table = table_of_counts("packs that changed", "rows of A", "of B")
        for pack in changed[:_PACKS]:
            table.add_row(shown(pack, _NAME, ""), f"{old[pack]:,}", f"{new[pack]:,}")
        if len(changed) > _PACKS:
            table.add_row(f"{len(changed) - _PACKS} others")
        yield table


def _what(result: Comparison, shown: Shown) -> Iterator[RenderableType]:
    if result.names:
        table = table_of_counts("what changed", "documents", "share")
        for name, count in by_count(result.names):
            table.add_row(shown(name, _NAME, ""), f"{count:,}", f"{count / result.compared:.1%}")
        yield table


def _rules(result: Comparison, shown: Shown) -> Iterator[RenderableType]:
    if result.rules:
        table = table_of_counts("characters removed by", "A", "B", "difference")
        for worth in result.rules[:_RULES]:
            table.add_row(shown(named(*worth.label), _NAME, ""), *_difference(worth.old_chars, worth.new_chars))
        if rest := result.rules[_RULES:]:
            table.add_row(f"{len(rest)} other rules", *_difference(*_sums(rest)))
        yield table


def _sums(rules: tuple[Worth, ...]) -> tuple[int, int]:
    return sum(worth.old_chars for worth in rules), sum(worth.new_chars for worth in rules)


def _difference(old: int, new: int) -> tuple[str, str, str]:
    return f"{old:,}", f"{new:,}", f"{new - old:+,}"


def _documents(result: Comparison, shown: Shown) -> Iterator[RenderableType]:
    if result.changes:
        table: Table = table_of_counts("largest changes", "characters")
        table.add_column("what", overflow="fold")
        for change in result.changes[:_DOCUMENTS]:
            table.add_row(shown(change.id, _NAME, ""), f"{change.size or change.relabelled:,}", ", ".join(change.names))
        if result.changed > _DOCUMENTS:
            table.add_row(f"{result.changed - _DOCUMENTS:,} others")
        yield table
    for side, lones in zip("AB", result.only, strict=True):
        if lones:
            table = table_of_counts(f"only in {side}", "characters")
            for lone in lones[: _DOCUMENTS // 2]:
                table.add_row(shown(lone.id, _NAME, ""), f"{lone.chars:,}")
            yield table
