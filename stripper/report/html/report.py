"""The page of `stripper report`: a table of rows in figures and charts, and samples of it, explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from stripper.article import Article, Status
from stripper.batch.rows import ERROR, Row
from stripper.errors import InputError
from stripper.measure.processes import in_processes
from stripper.report.html.charts import Grid, charts, grid
from stripper.report.html.explained import Explained, explained
from stripper.report.html.page import page
from stripper.report.html.row import explained_row
from stripper.report.html.shortened import Piece, cut, fitting, shortened, whole
from stripper.report.progress import counted
from stripper.report.rows import USUAL, Chunk, Naming, chunks, is_lines, read_rows, rows_of
from stripper.report.table.figures import NOWHERE, Measured, measured
from stripper.report.table.findings import LEAST_ROWS, findings, hosts_in, share
from stripper.report.table.samples import Choosing, Group
from stripper.report.table.sources import Wanted, cleaned_again, digest
from stripper.report.table.summary import OTHERS, Summary, Summing
from stripper.report.words import cut_inside, printable

MOST_EXPLAINED = 4_200_000
"""Bytes that all explained pages of a report take together: a browser opens a report of 5 MB at once, and mail takes it."""
_MOST_EACH = 400_000
"""Bytes of a single one, until it is known how many there are."""
_LONG, _MANY = 160, 20
"""Characters of a name in a table, and rows of a small table."""

SEPARATE = "What was removed stands by itself, in the page's order and without what stood between."
UNLISTED = "The table doesn't list what was removed, so only the body is shown."


class Tile(NamedTuple):
    """A figure that stands large."""

    value: str
    name: str
    about: str = ""
    colour: str = ""


class Table(NamedTuple):
    """A small table."""

    title: str
    about: str
    grid: Grid


class Kept(NamedTuple):
    """What is kept of a row that is a sample."""

    wanted: Wanted
    host: str
    body: int
    removed: int
    score: float
    piece: Piece


class Shown(NamedTuple):
    """A sample in its group."""

    anchor: str
    name: str
    host: str
    status: str
    score: str
    body: str
    removed: str
    why: str


class ShownGroup(NamedTuple):
    """A group of samples."""

    name: str
    about: str
    samples: tuple[Shown, ...]


def report_page(table: Path, pages: Sequence[str] = (), packs: Sequence[str | Path] = (), jobs: int = 1, naming: Naming = USUAL) -> str:
    """A page of HTML on a table of rows, which is read twice, the first time in `jobs` processes.

    `pages` and `packs` say where the samples' pages are, and with what they were cleaned, as in `stripper.report.table.sources.cleaned_again`.
    Raises what that and `read_rows` raise.
    """
    summary, groups = _looked_through(table, jobs, naming)
    kept = _kept(table, groups, naming)
    _explain_again(kept, table, pages, packs)
    fitted = dict(zip(kept, fitting([one.piece for one in kept.values()], MOST_EXPLAINED), strict=True))
    anchors = {number: f"page-{at}" for at, number in enumerate(kept, 1)}
    return page(
        "report.html",
        f"{printable(table.name)}: report",
        scripts=("marks.js", "pages.js"),
        styles=("report.css",),
        name=printable(table.name),
        tiles=_tiles(summary),
        findings=findings(summary),
        charts=charts(summary),
        tables=tuple(_tables(summary)),
        groups=tuple(_shown(group, kept, anchors) for group in groups),
        pages=tuple((anchors[number], _with_reasons(fitted[number], number, groups), _group_of(number, groups)) for number in kept),
    )


def _looked_through(table: Path, jobs: int, naming: Naming) -> tuple[Summary, tuple[Group, ...]]:
    summing, choosing = Summing(), Choosing()
    for number, row in enumerate(_measured(table, jobs, naming)):
        summing.add(row)
        choosing.add(number, row)
    summary = summing.summary()
    return summary, choosing.groups(summary)


def _measured(table: Path, jobs: int, naming: Naming) -> Iterator[Measured]:
    """All rows in figures. Lines take most of the time to decode, which several processes can do; what decodes Parquet is better not forked."""
    if is_lines(table) and jobs > 1:
        for chunk in in_processes(_measured_chunk, chunks(table, naming), (), jobs):
            yield from chunk
    else:
        yield from map(measured, read_rows(table, None, naming))


def _measured_chunk(chunk: Chunk) -> list[Measured]:
    return [*map(measured, rows_of(chunk))]


def _kept(table: Path, groups: Sequence[Group], naming: Naming) -> dict[int, Kept]:
    """What is shown of each sample, in the order of the groups."""
    rules: dict[int, str] = {}
    for group in groups:
        for sample in group.samples:
            rules[sample.number] = rules.get(sample.number) or sample.rule
    ordered = sorted(rules)
    found = {number: _kept_row(row, rules[number]) for number, row in zip(ordered, read_rows(table, frozenset(ordered), naming), strict=False)}
    if len(found) < len(rules):
        raise InputError(str(table), "", "rows are gone that were there when it was read first; expected a table that nobody writes to")
    return {number: found[number] for number in rules}


def _kept_row(row: Row, rule: str) -> Kept:
    figures = measured(row)
    shown = figures.host, figures.body, figures.removed
    return Kept(Wanted(row["id"], row["status"], digest(row["body"])), *shown, row["score"], shortened(whole(_noted(row), rule), _MOST_EACH))


def _noted(row: Row) -> Explained:
    shown = explained_row(row)
    if row["status"] == ERROR:
        return shown
    return replace(shown, notes=(SEPARATE if "removed" in row else UNLISTED, *shown.notes))


def _explain_again(kept: dict[int, Kept], table: Path, pages: Sequence[str], packs: Sequence[str | Path]) -> None:
    """Puts pages with their sources in the place of those without, and says of the others why they have none."""
    for number, again in cleaned_again(table, {number: one.wanted for number, one in kept.items()}, pages, packs):
        one = kept[number]
        if isinstance(again, Article):
            kept[number] = one._replace(piece=shortened(whole(explained(again, one.wanted.id), one.piece.rule), _MOST_EACH))
        else:
            shown = one.piece.page
            noted = replace(shown, notes=(f"Its source isn't shown. {printable(again)}", *shown.notes))
            kept[number] = one._replace(piece=one.piece._replace(page=noted))


def _tiles(summary: Summary) -> tuple[Tile, ...]:
    def of(status: str, name: str, colour: str) -> Tile:
        count = summary.statuses[status]
        return Tile(share(count, summary.rows), name, counted(count, "row"), colour if count else "")

    ok = summary.statuses[Status.OK]
    mean = sum(host.score for host in summary.hosts.values()) / ok if ok else 0.0
    removed = Tile(share(summary.removed, summary.removed + summary.body), "of text removed", f"{summary.removed:,} characters")
    return (
        Tile(f"{summary.rows:,}", "row" if summary.rows == 1 else "rows", hosts_in(summary)),
        of(Status.OK, "ok", "good"),
        of(ERROR, "errors", "bad"),
        of(Status.NO_ARTICLE, "no article", "bad"),
        Tile(f"{mean:.2f}" if ok else "–", "mean score", "of rows that are ok"),
        *([removed] if summary.listed else []),
        *(Tile(share(summary.filled[field], summary.with_body), f"with {field}", "of all articles") for field in ("headline", "byline", "date")),
    )


def _tables(summary: Summary) -> Iterator[Table]:
    if summary.errors:
        rows = [(f"{error.rows:,}", error.message, cut_inside(error.id, _LONG)) for error in summary.errors]
        yield _table("Errors", "By what their messages have in common, with the first row of each.", ("rows", "error", "first"), rows)
    hosts = [(name, host) for name, host in summary.hosts.items() if host.rows >= LEAST_ROWS and name not in (NOWHERE, OTHERS)]
    if len(hosts) > 1:
        worst = sorted(hosts, key=lambda item: (item[1].statuses[Status.OK] / item[1].rows, item[1].mean_score, item[0]))
        rows_of = [
            (
                name,
                f"{host.rows:,}",
                share(host.statuses[Status.OK], host.rows),
                f"{host.mean_score:.2f}",
                share(host.removed, host.removed + host.body),
            )
            for name, host in worst
        ]
        about = f"Hosts with {LEAST_ROWS} rows or more, by their share of status ok, and by their mean score."
        yield _table("Hosts, the worst first", about, ("host", "rows", "ok", "mean score", "removed"), rows_of)
    for title, about, counts in (
        ("Warnings", "What was odd about pages.", summary.warnings),
        ("Languages", "Rows with a body.", summary.languages),
        ("Rule packs", "Name, version and hash of each pack in use.", summary.packs),
    ):
        if counts:
            ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            yield _table(title, about, ("rows", title.lower()), [(f"{count:,}", name or "unknown") for name, count in ordered])


def _table(title: str, about: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    """A table of the first rows; it says how many there would be."""
    rows = list(rows)
    shown = [tuple(cut(value, _LONG) for value in row) for row in rows[:_MANY]]
    return Table(title, about + (f" {_MANY} of {len(rows):,}." if len(rows) > _MANY else ""), grid(header, shown))


def _shown(group: Group, kept: Mapping[int, Kept], anchors: Mapping[int, str]) -> ShownGroup:
    return ShownGroup(group.name, group.about, tuple(_shown_sample(anchors[s.number], kept[s.number], s.why) for s in group.samples))


def _shown_sample(anchor: str, one: Kept, why: str) -> Shown:
    name, host, status = (cut_inside(printable(text), _LONG) for text in (one.wanted.id, one.host, one.wanted.status))
    return Shown(anchor, name, host, status, f"{one.score:.2f}", f"{one.body:,}", f"{one.removed:,}", cut(printable(why), 2 * _LONG))


def _group_of(number: int, groups: Iterable[Group]) -> str:
    return next(group.name for group in groups if any(sample.number == number for sample in group.samples))


def _with_reasons(shown: Explained, number: int, groups: Iterable[Group]) -> Explained:
    """The page with a note why it is among the samples."""
    whys = [(group.name, sample.why) for group in groups for sample in group.samples if sample.number == number]
    said = "; ".join(f"{name} ({cut(printable(why), 2 * _LONG)})" if why else name for name, why in whys)
    return replace(shown, notes=(f"A sample of: {said}.", *shown.notes))
