"""`stripper report`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from stripper.cli.sources import cores, pack_of, wrong_use
from stripper.errors import BatchError, ExtraError, InputError, OutputError, PackError

_SMALL = 16 << 20
"""Bytes of a table that one process reads in a second, if they aren't packed."""
_MOST_JOBS = 4


@click.command(short_help="Make a page about the output of a batch.")
@click.argument("table", metavar="TABLE", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="OUT.html", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The page.")
@click.option("--pages", metavar="INPUT", multiple=True, help="Where the rows' pages are, if not where the batch found them. Repeatable.")
@click.option("--pack", "packs", metavar="NAME|PATH", multiple=True, help="A rule pack that the batch used beside core. Repeatable.")
@click.option("--id-field", metavar="NAME", default="id", help="The column that names rows, where it isn't id.")
@click.option("--url-field", metavar="NAME", default="url", help="The column that says where a page comes from, where it isn't url.")
def report(table: Path, output: Path, pages: tuple[str, ...], packs: tuple[str, ...], id_field: str, url_field: str) -> None:
    """Make a page for the browser about TABLE, the output of a batch or of an engine: .jsonl, .jsonl.gz, .jsonl.zst or .parquet.

    It holds what stands out; charts of what was removed by kind, rule and host, of statuses, scores, lengths and dates; and samples to look at:
    errors, lowest scores, most removed, rules that took more than they usually do. Each leads to its page explained, with its source where that is at
    hand: where the batch's manifest says, or among --pages.

    \b
    Examples:
      stripper batch pages/ -o articles.jsonl --removed
      stripper report articles.jsonl -o report.html
      stripper report articles.parquet -o report.html --pages archive/pages

    \b
    Exit codes: 0 the page is written; 1 TABLE can't be read; 2 wrong use.
    """
    with wrong_use(ExtraError):
        from stripper.report.html.page import check_place, save
        from stripper.report.html.report import report_page
        from stripper.report.rows import Naming
    try:
        with wrong_use(BatchError, ExtraError, OutputError, PackError):
            check_place(output)
            save(output, report_page(table, pages, [pack_of(pack) for pack in packs], _jobs(table), Naming(id_field, url_field)))
    except InputError as error:
        click.echo(f"stripper: {error}", err=True)
        sys.exit(1)


def _jobs(table: Path) -> int:
    """How many processes it is worth to decode a table: none besides this one for small tables, and no more than this one can keep busy."""
    return min(cores(), _MOST_JOBS) if table.is_file() and table.stat().st_size > _SMALL else 1
