"""`stripper explain`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from stripper.article import Article
from stripper.cli.sources import (
    BOILERPLATE,
    Failures,
    article_of,
    check_sources,
    cleaner_of,
    content_of,
    note,
    packs_in_use,
    reading_options,
    wrong_use,
)
from stripper.errors import ExtraError, OutputError
from stripper.report.words import printable
from stripper.types import Kind


class _View(NamedTuple):
    """What the terminal shows of a source."""

    kinds: frozenset[Kind]
    summary: bool
    why: bool
    width: int | None


@click.command(short_help="Show sources with what was left out of them.", epilog=f"Kinds for --keep, --flag and --kind: {BOILERPLATE}.")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True)
@click.option("--html", metavar="OUT.html", type=click.Path(path_type=Path), help="Write a page for the browser instead.")
@click.option("--kind", "kinds", metavar="KIND", multiple=True, help="Show only the lines that hold this kind. Repeatable.")
@click.option("--why", is_flag=True, help="Say why beside every span: what the rule knows, and what weighed most where no rule spoke.")
@click.option("--summary", is_flag=True, help="Show the fields and the table by kind, without the source.")
@click.option("--width", type=click.IntRange(40, 400), help="Columns to use.  [default: the terminal's]")
@reading_options
def explain(
    sources: tuple[str, ...], html: Path | None, kinds: tuple[str, ...], summary: bool, why: bool, width: int | None, url: str | None, **reading: Any
) -> None:
    """Show each FILE with what was left out of it, why, and by which rule; "-" reads standard input.

    Removed spans are coloured by kind with the rule's id beside them, fields are labelled, and the body is plain. Where there are no colours
    (NO_COLOR, a pipe) brackets stand around the spans. --html makes a page of it that needs no network and no other file: the source beside its
    article, with a switch for each kind and every reason; of several files, with a list and a search.

    \b
    Examples:
      stripper explain page.html
      stripper explain page.html --html page.explained.html
      stripper explain pages/*.html --html pages.explained.html
      stripper explain page.html | less
      stripper explain page.txt --kind paywall --kind newsletter
      stripper explain page.txt --kind off-story --why
      stripper explain page.html --summary
    """
    check_sources(sources, url)
    known = {str(kind): kind for kind in Kind}
    if unknown := [kind for kind in kinds if kind not in known]:
        raise click.UsageError(f"unknown kind {', '.join(unknown)}; the kinds are {', '.join(known)}")
    if html and (kinds or summary or width):
        raise click.UsageError("--kind, --summary and --width are for the terminal; a page has switches and shows all")
    cleaner = cleaner_of(reading, packs_in_use(reading))
    failures = Failures(len(sources))
    cleaned = _cleaned(sources, cleaner.explain if why or html else cleaner.clean, url, reading, failures)
    if html:
        _write(html, cleaned)
    else:
        _print(cleaned, _View(frozenset(known[kind] for kind in kinds), summary, why, width), titled=len(sources) > 1)
    failures.end()


def _cleaned(
    sources: Sequence[str], clean: Callable[..., Article], url: str | None, reading: dict[str, Any], failures: Failures
) -> Iterator[tuple[str, Article]]:
    """Every source that can be cleaned, with its article."""
    for source in sources:
        with failures.named(source):
            article = article_of(clean, content_of(source), url, reading)
            note(source, article, reading)
            yield source, article


def _print(cleaned: Iterable[tuple[str, Article]], view: _View, titled: bool) -> None:
    from rich.console import Console

    from stripper.report.terminal import explain as show

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    console = Console(width=view.width, highlight=False, markup=False, emoji=False)
    for number, (source, article) in enumerate(cleaned):
        if titled:
            console.print(f"{chr(10) if number else ''}==> {printable(source)} <==\n", soft_wrap=True)
        show(article, console, view.kinds, view.summary, view.why)


def _write(html: Path, cleaned: Iterable[tuple[str, Article]]) -> None:
    with wrong_use(ExtraError):
        from stripper.report.html.explain import explain_page
        from stripper.report.html.explained import explained
        from stripper.report.html.page import check_place, save

    with wrong_use(OutputError):
        check_place(html)  # before the work, not after it
        if pages := [explained(article, source) for source, article in cleaned]:
            save(html, explain_page(pages))
