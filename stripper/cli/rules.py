"""`stripper rules`: read, write, check and try rule packs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from stripper.cli.sources import Failures, article_of, cleaner_of, content_of, cores, pack_of, packs_in_use, reading_options
from stripper.errors import CorpusError, PackError
from stripper.types import Kind

_MOST_SILENT = 20
_KINDS = click.Choice([str(kind) for kind in Kind])
_PACKS = click.option(
    "--pack", "packs", metavar="NAME|PATH", multiple=True, default=["core"], show_default=True, help="The pack to look at. Repeatable."
)


@click.group()
def rules() -> None:
    """Read, write, check and try rule packs.

    A pack is the name of an installed one ("core"), or a path: a .toml file, or a folder of them.

    \b
    stripper rules list --kind paywall
    stripper rules new widget --line "Press play and let Lumi read this story" -o lumi.toml
    stripper rules check lumi.toml
    stripper rules try lumi.toml story.txt
    """


@rules.command("list")
@_PACKS
@click.option("--kind", type=_KINDS, help="Only rules of this kind.")
@click.option("--language", metavar="CODE", help="Only rules that know words of this language.")
def list_(packs: tuple[str, ...], kind: str | None, language: str | None) -> None:
    """List the rules of packs: id, kind, score, form and languages."""
    from stripper.rules.listing import entries

    loaded = _loaded(packs)
    found = [
        entry for entry in entries(loaded) if (kind is None or entry.rule_set.kind == kind) and (language is None or language in entry.languages)
    ]
    width = max((len(entry.id) for entry in found), default=0)
    for entry in found:
        said = f"{entry.id:{width}}  {entry.rule_set.kind:12}  {entry.rule.score:4.2f}  {entry.form:8}  {' '.join(entry.languages)}"
        click.echo(said.rstrip())
    click.echo(f"{len(found)} rules; packs: {', '.join(pack.label for pack in loaded)}", err=True)


@rules.command()
@click.argument("rule", metavar="ID")
@_PACKS
def show(rule: str, packs: tuple[str, ...]) -> None:
    """Show a rule: what it marks and why, its expression, and its examples. ID is as marks name it: "paywall/already-subscriber"."""
    from stripper.rules.listing import described, entries

    listed = entries(_loaded(packs))
    found = [entry for entry in listed if entry.id == rule]
    if not found:
        near = [entry.id for entry in listed if rule in entry.id][:8]
        raise click.UsageError(
            f"no rule is called {rule!r}" + (f"; there are {', '.join(near)}" if near else "; `stripper rules list` names them all")
        )
    click.echo(described(found[0]))


@rules.command()
@click.argument("packs", metavar="PACK...", nargs=-1, required=True)
def check(packs: tuple[str, ...]) -> None:
    """Run every example of PACKs and report all their defects, each with file and line.

    Exit code 1 where there is one.
    """
    from stripper.rules.check import check as checked

    defects = 0
    for spec in packs:
        report = checked(pack_of(spec))
        defects += len(report.defects)
        for defect in report.defects:
            click.echo(str(defect))
        counts = f"{_counted(report.rules, 'rule')}, {_counted(report.examples, 'example')}"
        click.echo(f"{report.pack.label}: {counts}, {_counted(len(report.defects), 'defect')}")
    sys.exit(1 if defects else 0)


@rules.command("try")
@click.argument("pack")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True)
@reading_options
def try_(pack: str, sources: tuple[str, ...], url: str | None, **reading: Any) -> None:
    """Show what PACK marks in FILEs, beside what the packs in use make of the same places.

    \b
    Examples:
      stripper rules try lumi.toml story.txt
      stripper rules try site.toml page.html --url https://example.org/story
      stripper rules try core pages/*.html
    """
    from rich.console import Console

    from stripper.report.trial import show as show_trials
    from stripper.report.trial import trials
    from stripper.rules.listing import entries

    others = [spec for spec in packs_in_use(reading) if spec != pack_of(pack)]
    without, with_it = cleaner_of(reading, others), cleaner_of(reading, [*others, pack_of(pack)])
    names = {entry.id for entry in entries(_loaded([pack]))}
    console = Console(highlight=False, markup=False, emoji=False)
    failures = Failures(len(sources))
    fired: set[str] = set()
    for source in sources:
        with failures.named(source):
            content = content_of(source)
            before, after = (article_of(cleaner.clean, content, url, reading) for cleaner in (without, with_it))
            found = trials(before, after, names)
            show_trials(source, before, after, found, console)
            fired |= {trial.mark.rule for trial in found}
    if silent := sorted(names - fired):
        click.echo(f"rules that marked nothing: {', '.join(silent) if len(silent) <= _MOST_SILENT else len(silent)}", err=True)
    failures.end()


@rules.command()
@click.argument("kind", type=_KINDS, metavar="KIND")
@click.option("--line", metavar="TEXT", default="", help="A leftover line, which the rule shall find.")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it, instead of standard output."
)
def new(kind: str, line: str, output: Path | None) -> None:
    """Write a rule set of KIND to begin with; `stripper rules check` then says what is missing in it."""
    from stripper.rules.skeleton import skeleton

    written = skeleton(Kind(kind), line)
    if output is None:
        click.echo(written, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(written)
    except FileExistsError:
        raise click.UsageError(f"{output} exists already; give another name") from None
    except OSError as error:
        raise click.UsageError(f"can't write {output}: {error.strerror or error}") from None


@rules.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path))
@click.option("--pack", metavar="NAME|PATH", default="core", show_default=True, help="The pack whose pages these are.")
def docs(folder: Path, pack: str) -> None:
    """Write a pack's documentation into FOLDER: a page per rule set, with every rule's examples, and an index."""
    from stripper.rules.docs import write

    write(_loaded([pack])[0], folder)


@rules.command()
@click.argument("corpora", metavar="CORPUS...", nargs=-1, required=True, type=click.Path(path_type=Path))
@_PACKS
@click.option("--csv", "table", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures to this file as well.")
@click.option("--processes", metavar="N", type=click.IntRange(1), default=cores, show_default="one per core", help="Worker processes.")
def stats(corpora: tuple[Path, ...], packs: tuple[str, ...], table: Path | None, processes: int) -> None:
    """Measure what each rule is worth on the pages of CORPUS: a folder of pages, one page, or a corpus with gold bodies.

    Shows how often each rule fired, what it marked and removed, what other rules marked as well, and which never fired; and where the gold body is
    known, how precise it is and how many sentences of the story it cut.

    \b
    Examples:
      stripper rules stats pages/
      stripper rules stats corpora/news --pack core --pack lumi.toml --csv worth.csv
    """
    from rich.console import Console

    from stripper.measure.worth import measure
    from stripper.report.worth import show as show_worth
    from stripper.rules.worth import to_csv

    try:
        worth = measure(corpora, _loaded(packs), processes)
    except CorpusError as error:
        raise click.UsageError(str(error)) from None
    show_worth(worth, Console(highlight=False, markup=False, emoji=False))
    for failure in worth.failed:
        click.echo(f"stripper: {failure}", err=True)
    if table:
        _write(table, to_csv(worth))
    sys.exit(1 if worth.failed else 0)


@rules.command("import-ftr")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where to write the pack.")
def import_ftr(files: tuple[Path, ...], output: Path) -> None:
    """Turn site configurations of ftr-site-config, files or folders of them, into a pack of rules for these sites.

    Tells of every line that it could not translate, and of those whose rules mean a little more or less. Exit code 1 where no rule came out.

    \b
    Examples:
      stripper rules import-ftr example.org.txt -o sites
      stripper rules import-ftr ftr-site-config/ -o sites > report.txt
      stripper clean page.html --url https://example.org/story --pack sites/
    """
    from stripper.rules.ftr import import_ftr as imported

    made = imported([file for path in files for file in (sorted(path.glob("*.txt")) if path.is_dir() else [path])])
    for title, notes in (("not translated", made.untranslated), ("not quite the same", made.inexact)):
        for said in notes:
            click.echo(f"{title}: {said}")
    for host, pages in made.pages.items():
        click.echo(f"to try {host}: {' '.join(pages)}")
    if made.rules:
        try:
            made.write(output)
        except OSError as error:
            raise click.UsageError(f"can't write {output}: {error.strerror or error}") from None
    lines = _counted(sum(made.counts.values()), "line")
    made_of = f"{_counted(made.rules, 'rule')} for {_counted(len(made.sites), 'site')} from {lines}"
    click.echo(f"{made_of}; not translated: {len(made.untranslated)}")
    click.echo("which kind a stripped thing is was guessed from the names in its expression", err=True)
    sys.exit(0 if made.rules else 1)


def _write(file: Path, content: str) -> None:
    try:
        file.write_text(content, "utf-8")
    except OSError as error:
        raise click.UsageError(f"can't write {file}: {error.strerror or error}") from None


def _loaded(specs: Iterable[str]) -> tuple[Any, ...]:
    from stripper.rules.load import load_packs

    try:
        return load_packs(dict.fromkeys(pack_of(spec) for spec in specs))
    except PackError as error:
        raise click.UsageError(f"{error}{os.linesep}`stripper rules check` tells more") from None


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
