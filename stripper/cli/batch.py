"""`stripper batch`."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stripper.batch.endings import FORMATS
from stripper.cli.sources import BOILERPLATE, cleaning_options, cores, packs_in_use
from stripper.errors import BatchError, ExtraError, PackError, PolicyError, StripperError
from stripper.types import Policy

if TYPE_CHECKING:
    from stripper.batch.run import Job

_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_STOPPED = 130
"""What shells say of a command that Ctrl-C stopped: 128 + SIGINT."""
_STOPPING = (StripperError, KeyboardInterrupt)
_WRONG_USE = (BatchError, ExtraError, PackError, PolicyError)


def _size(said: str | int) -> int:
    """A number of bytes: "512MiB", "1G", "300000". Wrong use where it isn't one."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", str(said).strip(), re.I)
    if not found or not float(found[1]):
        raise click.BadParameter(f"{said!r} is no size; expected something like 512MiB or 1GiB")
    return int(float(found[1]) * _UNITS[found[2].upper()])


@click.command(short_help="Clean folders and archives of pages, with all cores.", epilog=f"Kinds for --keep and --flag: {BOILERPLATE}.")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="OUT", required=True, help="A table by its ending, or else a folder.")
@click.option("--format", "form", type=click.Choice(["text", "md", "json"]), help="What a folder's files are.  [default: text]")
@click.option("--removed", is_flag=True, help="List in each row of a table what was left out: kind, rule, place, score, text.")
@click.option("--from", "format", type=click.Choice(FORMATS), help="What the inputs are, where their names don't say it.")
@click.option("--html-field", metavar="NAME", help="The column of tables that holds HTML.  [default: html, or else text]")
@click.option("--text-field", metavar="NAME", help="The column that holds flat text.")
@click.option("--url-field", metavar="NAME", help="The column that says where pages come from.  [default: url, where there is one]")
@click.option("--id-field", metavar="NAME", help="The column that names documents.  [default: id, where there is one]")
@click.option("--max-document", metavar="SIZE", type=_size, default=32 << 20, help="Larger documents are errors.  [default: 32MiB]")
@click.option("-j", "--processes", metavar="N", type=click.IntRange(1), default=cores, show_default="one per core", help="Worker processes.")
@click.option("--timeout", metavar="SECONDS", type=click.FloatRange(0.01, 86400), default=20.0, show_default=True, help="Most time for a document.")
@click.option("--memory", metavar="SIZE", type=_size, default=1 << 30, help="Most memory for a worker.  [default: 1GiB]")
@click.option("--resume", is_flag=True, help="Go on with a batch that was stopped; where there is none, begin.")
@click.option("--force", is_flag=True, help="Begin anew, and replace an output that is there.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors of use only: no progress, no closing table.")
@click.option("--json-log", is_flag=True, help="Print progress, errors and totals as lines of JSON instead.")
@cleaning_options
def batch(inputs: tuple[str, ...], output: str, resume: bool, force: bool, quiet: bool, json_log: bool, **asked: Any) -> None:
    """Clean every document of INPUT...: files, folders, globs, or "-" for standard input.

    Inputs are pages (.html, .txt), tables (.jsonl, .csv, .parquet), web archives (.warc, .wet) and .zip archives of pages; .gz and .zst are unpacked.
    Every document gives one row, in the order of the inputs, also where it can't be read or cleaned: then the row says why. OUT is a table (.jsonl,
    .jsonl.gz, .jsonl.zst, .parquet), or a folder that mirrors the inputs' folders.

    OUT appears when it is complete. Until then its rows lie beside it in OUT.partial, and OUT.manifest says how far they are, so that --resume can
    go on after an interrupt, a crash or a full disk.

    \b
    Examples:
      stripper batch pages/ -o articles.jsonl
      stripper batch pages/ -o articles --format md
      stripper batch crawl.jsonl.gz --html-field content --id-field key -o articles.parquet
      stripper batch 'crawl/*.warc.gz' -o articles.jsonl.zst --removed
      stripper batch - --from jsonl -o articles.jsonl < crawl.jsonl
      stripper batch pages/ -o articles.jsonl --resume

    \b
    Exit codes: 0 all done; 1 some rows are errors; 2 wrong use; 130 stopped before the end, --resume goes on.
    """
    from stripper.batch.run import Begin, run
    from stripper.report.batch import closing
    from stripper.report.progress import watcher

    if resume and force:
        raise click.UsageError("--resume goes on with a batch, --force begins anew; give one of them")
    begin = Begin.RESUME if resume else Begin.REPLACE if force else Begin.NEW
    watching = watcher(quiet, json_log)
    try:
        with _terminated_is_interrupted():
            tally = run(_job(inputs, output, asked), begin, watching)
    except BaseException as error:
        reason = "interrupted" if isinstance(error, KeyboardInterrupt) else str(error)
        watching.stopped(reason)
        if isinstance(error, _WRONG_USE):
            raise click.UsageError(reason) from None
        if not isinstance(error, _STOPPING):
            raise
        if not json_log:
            click.echo(f"stripper: {reason}; {_saved(Path(output))}", err=True)
        sys.exit(_STOPPED)
    if not quiet and not json_log:
        closing(tally)
    sys.exit(1 if tally.errors else 0)


def _job(inputs: tuple[str, ...], output: str, asked: dict[str, Any]) -> Job:
    """What the options ask for. Raises BatchError where the output's name and the format don't fit."""
    from stripper.batch.document import Cleaning, Reading
    from stripper.batch.run import Job
    from stripper.batch.sinks import output_form

    form = output_form(output, asked["form"])
    if asked["removed"] and form not in ("line", "row"):
        raise BatchError("--removed adds a column to tables (.jsonl, .parquet); in a folder, --format json always tells what was left out")
    policy = Policy(keep=frozenset(asked["keep"]), flag=frozenset(asked["flag"]))
    reading = Reading(**{name: asked[name] for name in ("format", "text_field", "html_field", "url_field", "id_field", "max_document")})
    same = {name: asked[name] for name in ("engine", "as_", "encoding", "crawled", "removed", "timeout", "memory")}
    return Job(inputs, Path(output), reading, Cleaning(packs=tuple(packs_in_use(asked)), policy=policy, form=form, **same), asked["processes"])


def _saved(output: Path) -> str:
    """What is left of a batch that was stopped, in words."""
    from stripper.batch.manifest import read_manifest
    from stripper.batch.tally import Tally

    try:
        manifest = read_manifest(output)
    except BatchError as error:
        return str(error)
    if manifest is None:
        return "nothing was saved"
    return f"{Tally.from_dict(manifest.tally).rows:,} rows are saved; the same command with --resume goes on"


@contextmanager
def _terminated_is_interrupted() -> Iterator[None]:
    """SIGTERM, which is how systems ask a process to end, ends a batch as Ctrl-C does."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
