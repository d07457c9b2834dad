"""`stripper compare`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from stripper.cli.sources import wrong_use
from stripper.errors import ExtraError, InputError, OutputError


@click.command(short_help="Compare two outputs of a batch.")
@click.argument("old", metavar="A", type=click.Path(path_type=Path))
@click.argument("new", metavar="B", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="OUT.html", type=click.Path(path_type=Path), help="Write a page for the browser as well.")
@click.option("--id-field", metavar="NAME", default="id", help="The column that names rows, where it isn't id.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit code tells.")
def compare(old: Path, new: Path, output: Path | None, id_field: str, quiet: bool) -> None:
    """Compare A and B, two outputs of a batch over the same documents: tables (.jsonl, .jsonl.gz, .jsonl.zst, .parquet), as `stripper batch` writes
    them.

    Documents belong together that have the same id. One has changed where its status, its error, its address, a field or its body is another, or
    where other text was removed, or the same text as another kind or by another rule (where both tables list that: batch --removed). Scores and
    warnings alone are no change. Documents of one table alone are one.

    \b
    Examples:
      stripper compare before.jsonl after.jsonl
      stripper compare before.jsonl.zst after.parquet -o diff.html
      stripper compare expected.jsonl articles.jsonl --quiet || echo something changed

    \b
    Exit codes: 0 nothing changed; 1 something did; 2 wrong use, or a table can't be read.
    """
    from rich.console import Console

    from stripper.report.compare.comparison import compare as compared
    from stripper.report.compare.terminal import show
    from stripper.report.rows import Naming, read_rows

    if output:  # before the work, not after it
        with wrong_use(ExtraError):
            from stripper.report.html.compare import compare_page
            from stripper.report.html.page import check_place, save
        with wrong_use(OutputError):
            check_place(output)
    with wrong_use(InputError, ExtraError):
        result = compared(*(read_rows(table, naming=Naming(id_field)) for table in (old, new)))
    if output:
        with wrong_use(OutputError):
            save(output, compare_page(result, str(old), str(new)))
    if not quiet:
        show(result, str(old), str(new), Console(highlight=False, markup=False, emoji=False))
    sys.exit(1 if result.differs else 0)
