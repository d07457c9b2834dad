"""A summary as charts, each with its numbers as a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from markupsafe import Markup

from stripper.article import Status
from stripper.batch.rows import ERROR
from stripper.report.html.families import family
from stripper.report.html.plots import Bar, Part, bars, columns, few_digits, short
from stripper.report.table.figures import FILLED, NOWHERE
from stripper.report.table.findings import hosts_in, share
from stripper.report.table.summary import BINS_A_DECADE, OTHERS, SCORE_BINS, HostCount, Summary
from stripper.report.words import printable

DRAWN_KINDS, DRAWN_RULES, DRAWN_HOSTS = 24, 20, 15
LISTED = 60
"""Rows of the table below a chart."""
MOST_COLUMNS = 62
"""Columns of the chart of dates: two months of days, five years of months."""
_OUTSIDE = 0.01
"""Of the dates so many may lie before the first column, and behind the last one: single pages from 1970 would press all others together."""

STATUSES = {str(Status.OK): "--good", str(Status.NO_ARTICLE): "--controls", str(Status.FLOOR): "--leads", str(Status.EMPTY): "--off", ERROR: "--bad"}
"""Statuses with their colours."""
_STRANGE = "--field"
"""That of statuses which nobody knows."""


class Key(NamedTuple):
    """What a colour means."""

    colour: str
    """A variable of page.css without its dashes, which is a class of report.css."""
    name: str


class Grid(NamedTuple):
    """A table of printable values."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    """For each column whether it holds numbers, which stand below each other by their digits."""


class Chart(NamedTuple):
    """A chart, and the numbers in it."""

    name: str
    title: str
    about: str
    svg: Markup
    grid: Grid
    keys: tuple[Key, ...] = ()
    whole: int = 0
    """How many rows its table would have, were it not cut."""


_NUMBER = re.compile(r"[<>]?[\d,.]+%?")


def grid(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Grid:
    """A table of these values."""
    shown = tuple(tuple(map(printable, row)) for row in rows)
    return Grid(tuple(header), shown, tuple(all(_NUMBER.fullmatch(row[at]) for row in shown) for at in range(len(header))))


def charts(summary: Summary) -> tuple[Chart, ...]:
    """The charts for which there are numbers."""
    drawn = (_statuses, _kinds, _rules, _host_statuses, _host_chars, _scores, _lengths, _dates, _fields)
    return tuple(chart for draw in drawn for chart in draw(summary))


def _statuses(summary: Summary) -> Iterator[Chart]:
    known = [status for status in STATUSES if summary.statuses[status]]
    found = [*known, *sorted(summary.statuses.keys() - STATUSES)][:DRAWN_HOSTS]
    if found:
        counts = {status: summary.statuses[status] for status in found}
        shown = [_bar(status, count, STATUSES.get(status, _STRANGE), share(count, summary.rows), "rows") for status, count in counts.items()]
        rows = [(status, f"{count:,}", share(count, summary.rows)) for status, count in counts.items()]
        yield _chart("statuses", "Statuses", "Rows by how they ended.", bars, shown, ("status", "rows", "share"), rows)


def _kinds(summary: Summary) -> Iterator[Chart]:
    found = _most(summary.kinds, LISTED)
    if found:
        shown = [_bar(kind, chars, _colour(kind), share(chars, summary.removed), "characters") for kind, chars in found[:DRAWN_KINDS]]
        rows = [(kind, f"{chars:,}", share(chars, summary.removed), f"{summary.kind_rows[kind]:,}") for kind, chars in found]
        about = f"Characters removed, of {summary.removed:,}, and what share of these each kind is."
        yield _chart("kinds", "Removed, by kind", about, bars, shown, ("kind", "characters", "share", "rows"), rows)._replace(
            whole=len(summary.kinds)
        )


def _rules(summary: Summary) -> Iterator[Chart]:
    found = sorted(summary.rules.items(), key=lambda item: (-item[1].chars, item[0]))
    if found:
        shown = [
            _bar(rule, count.chars, _colour(count.kind), share(count.chars, summary.removed), "characters") for rule, count in found[:DRAWN_RULES]
        ]
        rows = [
            (
                printable(rule),
                printable(count.kind),
                f"{count.chars:,}",
                share(count.chars, summary.removed),
                f"{count.rows:,}",
                f"{count.usual:,.0f}",
            )
            for rule, count in found[:LISTED]
        ]
        header = ("rule", "kind", "characters", "share", "rows", "usually on a row")
        whose = f"the {len(shown)} rules of {len(found):,} that took most" if len(found) > len(shown) else "each rule"
        about = f"Characters removed by {whose}. Where no rule spoke, it was the locator."
        yield _chart("rules", "Removed, by rule", about, bars, shown, header, rows)._replace(whole=len(found))


def _host_statuses(summary: Summary) -> Iterator[Chart]:
    hosts = _hosts(summary, lambda host: host.rows)
    if hosts:
        shown = []
        for name, host in hosts[:DRAWN_HOSTS]:
            parts = [Part(count, STATUSES.get(status, _STRANGE), f"{name}: {count:,} rows {status}") for status, count in _ordered(host.statuses)]
            shown.append(Bar(short(name), tuple(parts), f"{host.rows:,}"))
        rows = [
            (
                name,
                f"{host.rows:,}",
                *(share(host.statuses[status], host.rows) for status in STATUSES),
                f"{host.mean_score:.2f}",
                *(share(host.filled[field], host.with_body) for field in ("headline", "byline", "date")),
            )
            for name, host in hosts[:LISTED]
        ]
        header = ("host", "rows", *STATUSES, "mean score", "headline", "byline", "date")
        about = f"How rows ended, of {_which(hosts, summary, 'rows')}."
        keys = tuple(Key(colour[2:], status) for status, colour in STATUSES.items() if summary.statuses[status])
        yield _chart("host-statuses", "Rows, by host", about, bars, shown, header, rows)._replace(keys=keys, whole=len(hosts))


def _host_chars(summary: Summary) -> Iterator[Chart]:
    hosts = _hosts(summary, lambda host: host.body + host.removed)
    if hosts and summary.listed and summary.body + summary.removed:
        shown = []
        for name, host in hosts[:DRAWN_HOSTS]:
            removed = Part(host.removed, "--asks", f"{name}: {host.removed:,} characters removed")
            parts = (Part(host.body, "--good", f"{name}: {host.body:,} characters of bodies"), removed)
            shown.append(Bar(short(name), parts, share(host.removed, host.body + host.removed)))
        rows = [
            (name, f"{host.body:,}", f"{host.removed:,}", share(host.removed, host.body + host.removed), f"{host.rows:,}")
            for name, host in hosts[:LISTED]
        ]
        header = ("host", "body", "removed", "share removed", "rows")
        about = f"Characters, and the share that was removed, of {_which(hosts, summary, 'characters')}."
        keys = (Key("good", "body"), Key("asks", "removed"))
        yield _chart("host-chars", "Characters, by host", about, bars, shown, header, rows)._replace(keys=keys, whole=len(hosts))


def _scores(summary: Summary) -> Iterator[Chart]:
    whole = sum(summary.scores)
    if whole:
        labels = [f"{number / SCORE_BINS:.2f}" for number in range(SCORE_BINS + 1)]
        shown, rows = [], []
        for number, count in enumerate(summary.scores):
            name = f"{labels[number]} to {labels[number + 1]}"
            shown.append(Bar(labels[number], (Part(count, "--leads", f"score {name}: {count:,} rows ({share(count, whole)})"),)))
            rows.append((name, f"{count:,}", share(count, whole)))
        about = "Rows with status ok, by the word F1 to expect of the body."
        svg = columns("scores", about, shown, "score, from", SCORE_BINS // 5)
        yield Chart("scores", "Scores", about, svg, grid(("score", "rows", "share"), rows))


def _lengths(summary: Summary) -> Iterator[Chart]:
    if summary.lengths:
        whole = summary.lengths.total()
        shown, rows = [], []
        for number in range(min(summary.lengths), max(summary.lengths) + 1):
            count = summary.lengths[number]
            begin, end = (10 ** (at / BINS_A_DECADE) for at in (number, number + 1))
            name = f"{few_digits(float(f'{begin:.2g}'))} to {few_digits(float(f'{end:.2g}'))}"
            shown.append(Bar(name.partition(" ")[0], (Part(count, "--leads", f"{name} characters: {count:,} rows ({share(count, whole)})"),)))
            rows.append((name, f"{count:,}", share(count, whole)))
        about = "Rows with status ok, by characters of the body; each column is 1.8 times as wide as the one before."
        svg = columns("lengths", about, shown, "characters, from", max(1, len(shown) // 8))
        yield Chart("lengths", "Lengths of bodies", about, svg, grid(("characters", "rows", "share"), rows))


def _dates(summary: Summary) -> Iterator[Chart]:
    days = Counter({date.fromisoformat(day): count for day, count in summary.days.items() if day != OTHERS})
    if days:
        unit, label, index = _unit(*_most_of(days))
        first, last = (index(day) for day in _most_of(days))
        whole = (index(min(days)), index(max(days)))
        lowest, highest = whole if whole[1] - whole[0] < MOST_COLUMNS else (max(first, last - MOST_COLUMNS + 1), last)
        counts: Counter[int] = Counter()
        for day, count in days.items():
            counts[min(highest + 1, max(lowest - 1, index(day)))] += count
        shown, rows = [], []
        for number in range(lowest - bool(counts[lowest - 1]), highest + 1 + bool(counts[highest + 1])):
            name = "earlier" if number < lowest else "later" if number > highest else label(number)
            shown.append(Bar(name, (Part(counts[number], "--about", f"{name}: {counts[number]:,} rows"),)))
            rows.append((name, f"{counts[number]:,}"))
        undated = summary.with_body - summary.filled["date"]
        about = (
            f"Rows with a body, by the {unit} when they were published, from {min(days)} to {max(days)}; "
            f"{undated:,} ({share(undated, summary.with_body)}) have no date."
        )
        svg = columns("dates", about, shown, unit, max(1, len(shown) // 7))
        yield Chart("dates", "Dates", about, svg, grid((unit, "rows"), rows))


def _fields(summary: Summary) -> Iterator[Chart]:
    whole = summary.with_body
    if whole:
        counts = {name: summary.filled[name] for name in FILLED if name != "paywall"}
        shown = [_bar(name, count, "--field", share(count, whole), "rows") for name, count in counts.items()]
        rows = [(name, f"{count:,}", share(count, whole)) for name, count in counts.items()]
        about = f"Rows with a body that have the field, of {whole:,}."
        yield _chart("fields", "Fields", about, bars, shown, ("field", "rows", "share"), rows)


def _chart(
    name: str,
    title: str,
    about: str,
    draw: Callable[[str, str, Sequence[Bar]], Markup],
    shown: Sequence[Bar],
    header: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
) -> Chart:
    return Chart(name, title, about, draw(name, f"{title}. {about}", shown), grid(header, rows))


def _bar(label: str, value: int, colour: str, said: str, unit: str) -> Bar:
    return Bar(short(label), (Part(value, colour, f"{label}: {value:,} {unit} ({said})"),), said)


def _colour(kind: str) -> str:
    return f"--{family(kind)}"


def _most(counts: Counter[str], most: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]


def _hosts(summary: Summary, by: Callable[[HostCount], int]) -> list[tuple[str, HostCount]]:
    """Hosts, the largest first; none where no row says where it comes from."""
    if not summary.hosts.keys() - {NOWHERE}:
        return []
    return sorted(summary.hosts.items(), key=lambda item: (-by(item[1]), item[0]))


def _which(hosts: Sequence[tuple[str, HostCount]], summary: Summary, most: str) -> str:
    """Which hosts are drawn. Rows without address, and those counted together, are drawn like a host but are none."""
    shown = sum(name not in (NOWHERE, OTHERS) for name, _ in hosts[:DRAWN_HOSTS])
    return "each host" if len(hosts) <= DRAWN_HOSTS else f"the {shown} of {hosts_in(summary)} with the most {most}"


def _ordered(statuses: Counter[str]) -> list[tuple[str, int]]:
    return [(status, statuses[status]) for status in (*STATUSES, OTHERS) if statuses[status]]


def _most_of(days: Counter[date]) -> tuple[date, date]:
    """The first and the last of days, without the few that may lie far outside."""
    ordered = sorted(days)
    whole = days.total()
    sums = list(accumulate(days[day] for day in ordered))
    first = next(day for day, count in zip(ordered, sums, strict=True) if count > whole * _OUTSIDE)
    last = next(day for day, count in zip(ordered, sums, strict=True) if count >= whole * (1 - _OUTSIDE))
    return first, last


def _unit(first: date, last: date) -> tuple[str, Callable[[int], str], Callable[[date], int]]:
    """Days, months or years, so that there are enough columns and not too many: the name, and numbers to names and days to numbers."""
    if last - first < timedelta(MOST_COLUMNS):
        return "day", lambda number: date.fromordinal(number).isoformat(), date.toordinal
    if (last.year - first.year) * 12 + last.month - first.month < MOST_COLUMNS:
        return "month", lambda number: f"{number // 12:04}-{number % 12 + 1:02}", lambda day: day.year * 12 + day.month - 1
    return "year", lambda number: f"{number:04}", lambda day: day.year
