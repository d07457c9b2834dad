"""`stripper clean`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from stripper.article import Article
from stripper.cli.sources import (
    BOILERPLATE,
    STDIN,
    Failures,
    FileFailure,
    article_of,
    check_sources,
    cleaner_of,
    content_of,
    note,
    packs_in_use,
    reading_options,
)

_SUFFIXES = {"text": ".txt", "json": ".json", "md": ".md"}


@click.command(epilog=f"Kinds for --keep and --flag: {BOILERPLATE}.")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(list(_SUFFIXES)), default="text", show_default=True, help="How to print the articles.")
@click.option("-o", "--output", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="Write one file per source into this folder.")
@click.option("--force", is_flag=True, help="Let -o overwrite files.")
@reading_options
def clean(sources: tuple[str, ...], form: str, output: Path | None, force: bool, url: str | None, **reading: Any) -> None:
    """Print the article of each FILE; "-" reads standard input.

    A file that fails is named on standard error and the others are still done. Text and Markdown of several files stand under lines "==> FILE <==";
    JSON is one line per file. With -o, files keep their places below the folder that all of them share.

    \b
    Examples:
      stripper clean page.html
      curl -s https://example.org/story | stripper clean - --url https://example.org/story
      stripper clean pages/*.html --format json > articles.jsonl
      stripper clean pages/*/*.html --format md -o articles
      stripper clean page.txt --keep caption --flag paywall
    """
    check_sources(sources, url)
    targets = _targets(sources, output, _SUFFIXES[form]) if output else None
    cleaner = cleaner_of(reading, packs_in_use(reading))
    failures = Failures(len(sources))
    for number, source in enumerate(sources):
        with failures.named(source):
            target = targets[number] if targets else None
            if target and target.exists() and not force:
                raise FileFailure(f"{target} exists already; --force overwrites it")
            article = article_of(cleaner.clean, content_of(source), url, reading)
            note(source, article, reading)
            printed = _FORMS[form](source, article)
            if target:
                _write(target, printed)
            else:
                _print(printed, source if len(sources) > 1 and form != "json" else None, first=number == 0)
    failures.end()


def _as_json(source: str, article: Article) -> str:
    return json.dumps({"file": source, **article.to_dict()}, ensure_ascii=False) + "\n"


_FORMS: dict[str, Callable[[str, Article], str]] = {
    "text": lambda _, article: article.to_text(),
    "json": _as_json,
    "md": lambda _, article: article.to_markdown(),
}


def _print(printed: str, name: str | None, first: bool) -> None:
    """To standard output, as UTF-8 whatever the terminal's locale is, so that a pipe gets the same bytes as a file."""
    head = "" if name is None else f"==> {name} <==\n" if first else f"\n==> {name} <==\n"
    out = sys.stdout.buffer
    out.write((head + printed).encode("utf-8", "replace"))
    out.flush()


def _targets(sources: Sequence[str], folder: Path, suffix: str) -> list[Path]:
    """Where each source's article is written: at its place below the folder that all sources share. Wrong use where two would share a file."""
    places = {s: Path("stdin") if s == STDIN else Path(os.path.abspath(s)) for s in sources}
    files = [place for s, place in places.items() if s != STDIN]
    shared = Path(os.path.commonpath([file.parent for file in files])) if files else Path()
    targets: dict[Path, str] = {}
    for source in sources:
        place = places[source]
        target = folder / (place if source == STDIN else place.relative_to(shared)).with_suffix(suffix)
        if target in targets:
            raise click.UsageError(f"{targets[target]} and {source} would both be written to {target}; give them in two runs with two folders")
        if Path(os.path.abspath(target)) in files:
            raise click.UsageError(f"{source} would be written to {target}, which is one of the sources; choose another folder for -o")
        targets[target] = source
    return list(targets)


def _write(target: Path, printed: str) -> None:
    """All or nothing: a reader never sees half an article, and a failed write leaves no file."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(printed.encode("utf-8", "replace"))
        os.replace(draft, target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise FileFailure(f"can't write {target}: {error.strerror or error}") from None
