"""What commands share that clean sources: the options, the Cleaner they ask for, and a source's article or the reason why there is none."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stripper.article import Article, Status
from stripper.errors import PackError, PolicyError, ReadError, StripperError
from stripper.locate.second import DEFAULT, ENGINES
from stripper.types import FIELD_KINDS, Kind, Policy

if TYPE_CHECKING:
    from stripper.cleaner import Cleaner

STDIN = "-"
_NOTES = {
    Status.EMPTY: "it holds no text",
    Status.NO_ARTICLE: "no article found in it, so the body is empty",
    Status.FLOOR: "too little would have been left, so nothing was removed",
}


BOILERPLATE = ", ".join(kind for kind in Kind if kind not in FIELD_KINDS)


class FileFailure(Exception):
    """One file can't be cleaned; the others can."""


class Failures:
    """The files of a command that failed: each is named on standard error, and the others are still done."""

    def __init__(self, files: int) -> None:
        self._files = files
        self._failed = 0

    @contextmanager
    def named(self, source: str) -> Iterator[None]:
        """For the work on one file."""
        try:
            yield
        except FileFailure as failure:
            click.echo(f"stripper: {source}: {failure}", err=True)
            self._failed += 1

    def end(self) -> None:
        """Ends the program with code 1 where a file failed."""
        if not self._failed:
            return
        if self._files > 1:
            click.echo(f"stripper: {self._failed} of {self._files} files failed", err=True)
        sys.exit(1)


@contextmanager
def wrong_use(*errors: type[StripperError]) -> Iterator[None]:
    """Turns these errors into wrong use: their message after the usage, and exit code 2."""
    try:
        yield
    except errors as error:
        raise click.UsageError(str(error)) from None


def cleaning_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what pages are and what to do with them."""
    for option in (
        click.option(
            "--pack", "packs", metavar="NAME|PATH", multiple=True, help="A rule pack beside core: a name, or a path (a .toml file, a folder/)."
        ),
        click.option("--engine", type=click.Choice(ENGINES), default=DEFAULT, show_default=True, help="Who chooses the body of HTML."),
        click.option("--flag", metavar="KIND", multiple=True, help="Leave this kind in the body, but name it. Repeatable."),
        click.option("--keep", metavar="KIND", multiple=True, help="Leave this kind in the body. Repeatable."),
        click.option(
            "--crawled",
            metavar="DATE",
            type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S"]),
            help='When the pages were fetched: then "2 hours ago" is a date.',
        ),
        click.option("--encoding", metavar="NAME", help="The charset that came with the page, such as that of its HTTP header."),
        click.option("--as", "as_", type=click.Choice(["html", "text"]), help="What the source is, where it shouldn't be guessed."),
    ):
        command = option(command)
    return command


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The same for commands that read files one by one, and print notes."""
    quiet = click.option("-q", "--quiet", is_flag=True, help="Print errors, but no notes.")
    url = click.option("--url", metavar="URL", help="Where the page comes from (one source only).")
    return url(cleaning_options(quiet(command)))


def check_sources(sources: Sequence[str], url: str | None) -> None:
    """Wrong use where one address is said of several sources, or standard input is named twice."""
    if url and len(sources) > 1:
        raise click.UsageError(f"--url says where one source comes from, but there are {len(sources)}")
    if sources.count(STDIN) > 1:
        raise click.UsageError("standard input (-) can be read only once")


def packs_in_use(reading: dict[str, Any]) -> list[str | Path]:
    """The core pack and those of --pack."""
    return list(dict.fromkeys(["core", *map(pack_of, reading["packs"])]))


def cleaner_of(reading: dict[str, Any], packs: Sequence[str | Path]) -> Cleaner:
    """The Cleaner that the options ask for. Wrong use where a pack has defects or a kind is unknown."""
    from stripper.cleaner import Cleaner

    try:
        return Cleaner(packs, Policy(keep=frozenset(reading["keep"]), flag=frozenset(reading["flag"])), reading["engine"])
    except (PackError, PolicyError) as error:
        raise click.UsageError(str(error)) from None


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pack_of(spec: str) -> str | Path:
    """A path is recognised by a slash in it or by its suffix; everything else is the name of an installed pack."""
    is_path = spec.endswith(".toml") or os.sep in spec or "/" in spec
    return Path(spec) if is_path else spec


def content_of(source: str) -> bytes:
    """A file's bytes, or those of standard input. Raises FileFailure with a reason to print."""
    try:
        return sys.stdin.buffer.read() if source == STDIN else Path(source).read_bytes()
    except IsADirectoryError:
        raise FileFailure("it is a folder; expected a file, HTML or text") from None
    except OSError as error:
        raise FileFailure(f"{error.strerror or error}; expected a file, HTML or text") from None


def article_of(clean: Callable[..., Article], content: bytes, url: str | None, reading: dict[str, Any]) -> Article:
    """The article of one source. Raises FileFailure with a reason to print."""
    try:
        return clean(content, url, as_=reading["as_"], encoding=reading["encoding"], crawled=reading["crawled"])
    except ReadError as error:
        raise FileFailure(f"{error}; expected HTML or text") from None
    except StripperError as error:
        raise FileFailure(str(error)) from None


def note(source: str, article: Article, reading: dict[str, Any]) -> None:
    """What the reader of the output should know but can't see in it, on standard error."""
    if reading["quiet"]:
        return
    for note in (*article.warnings, *filter(None, [_NOTES.get(article.status)])):
        click.echo(f"stripper: {source}: note: {note}", err=True)
