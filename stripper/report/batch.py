"""The table that closes a batch: what became of its documents, what was removed from them, which were slow and what went wrong."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from stripper.batch.rows import ERROR
from stripper.batch.tally import Tally
from stripper.report.progress import counted, duration
from stripper.report.terminal import style_of
from stripper.report.words import printable
from stripper.types import Kind

_KINDS, _REASONS, _SLOWEST, _ERRORS = 8, 5, 5, 5
"""How many of each are shown, so that all of it fits on a screen."""
_STATUSES = {"ok": "green", "no-article": "yellow", "floor": "yellow", "empty": "yellow", ERROR: "red"}

_NAME, _MESSAGE = 68, 124
"""Characters of a name and of a message that are shown: one and two lines of 80 columns, beside a figure. What is left out is in the middle."""

Shown = Callable[[str, int, str], Text]
"""Makes a text printable, of so many characters at most, in a style."""


def closing(tally: Tally, console: Console | None = None) -> None:
    """Print the closing table, on standard error if no console is given."""
    console = console or Console(file=sys.stderr, highlight=False)
    shown = shown_on(console)
    side_by_side = Table.grid(padding=(0, 4, 0, 0))
    side_by_side.add_row(Group(*_counts(tally, shown)), _kinds(tally.removed) if tally.removed.total() else "")
    console.print(_headline(tally))
    for part in (side_by_side, _slowest(tally, shown), _failures(tally, shown)):
        if part:
            console.print()
            console.print(part)


def _headline(tally: Tally) -> Text:
    said = counted(tally.rows, "document")
    if tally.elapsed:
        elapsed = f"{tally.elapsed:.1f} s" if tally.elapsed < 60 else duration(tally.elapsed)
        said += f" in {elapsed} ({tally.rows / tally.elapsed:,.1f} a second)"
    return Text(said, "bold")


def _counts(tally: Tally, shown: Shown) -> Iterable[RenderableType]:
    """Statuses, and below them what was passed over."""
    table = table_of_counts("status", "documents", "share")
    known = [status for status in _STATUSES if tally.statuses[status]]
    for status in [*known, *sorted(tally.statuses.keys() - _STATUSES)]:
        count = tally.statuses[status]
        table.add_row(Text(status, _STATUSES.get(status, "")), f"{count:,}", _share(count, tally.rows))
    yield table
    if tally.passed:
        passed = table_of_counts("passed over", "")
        for reason, count in _most(tally.passed, _REASONS, "other reasons"):
            passed.add_row(shown(reason, _NAME, ""), f"{count:,}")
        yield from ("", passed)


def _kinds(removed: Counter[str]) -> Table:
    table = table_of_counts("removed", "characters", "share")
    kinds = {str(kind) for kind in Kind}
    for kind, chars in _most(removed, _KINDS, "other kinds"):
        table.add_row(Text(kind, style_of(Kind(kind)) if kind in kinds else ""), f"{chars:,}", _share(chars, removed.total()))
    return table


def _slowest(tally: Tally, shown: Shown) -> Table | None:
    if not tally.slowest:
        return None
    table = table_of_named("seconds", "slowest")
    for seconds, name in tally.slowest[:_SLOWEST]:
        table.add_row(f"{seconds:.2f}", shown(name, _NAME, ""))
    return table


def _failures(tally: Tally, shown: Shown) -> Table | None:
    """The most common errors, each with the document where it came first."""
    if not tally.failures:
        return None
    table = table_of_named("documents", "error, and where it came first")
    failures = sorted(tally.failures.values(), key=lambda failure: -failure.count)
    most = _ERRORS if len(failures) > _ERRORS + 1 else len(failures)
    for failure in failures[:most]:
        table.add_row(f"{failure.count:,}", Group(shown(failure.message, _MESSAGE, _STATUSES[ERROR]), shown(failure.name, _NAME, "dim")))
    if rest := failures[most:]:
        table.add_row(f"{sum(failure.count for failure in rest):,}", f"{len(rest):,} other errors")
    return table


def table_of_named(number: str, name: str) -> Table:
    table = _table()
    table.add_column(number, justify="right", no_wrap=True)
    table.add_column(name, overflow="fold")
    return table


def table_of_counts(name: str, *numbers: str) -> Table:
    table = _table()
    table.add_column(name, overflow="fold")
    for number in numbers:
        table.add_column(number, justify="right", no_wrap=True)
    return table


def _table() -> Table:
    return Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")


def _most(counts: Counter[str], shown: int, rest: str) -> Iterable[tuple[str, int]]:
    """The largest, and the sum of all others, which is told like one."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if len(ordered) <= shown + 1:
        return ordered
    return [*ordered[:shown], (f"{len(ordered) - shown} {rest}", sum(count for _, count in ordered[shown:]))]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""


def shown_on(console: Console) -> Shown:
    """Names and messages as lines of bounded length that this console can show and that can't harm it."""

    def shown(said: str, most: int, style: str) -> Text:
        line = " ".join(printable(said).split())
        line = line.encode(console.encoding, "backslashreplace").decode(console.encoding)
        if len(line) > most:
            line = f"{line[: most // 2 - 2]}...{line[-(most // 2 - 1) :]}"
        return Text(line, style)

    return shown
