"""Where the pages of a table's rows came from, and what becomes of them when they are cleaned once more: a row alone doesn't hold its page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from stripper.article import Article
from stripper.batch.amount import amount
from stripper.batch.document import Document, Reading
from stripper.batch.endings import PAGES
from stripper.batch.inputs import STDIN, input_files
from stripper.batch.manifest import read_manifest
from stripper.batch.rows import ERROR, storable
from stripper.batch.sources import documents
from stripper.batch.work import first_line
from stripper.cleaner import Cleaner
from stripper.errors import BatchError, ExtraError, StripperError
from stripper.types import Policy

UNASKED = 256 << 20
"""Bytes of tables and archives, as they lie on the disk, that are searched for pages if nobody asks for it: a quarter of a minute at most."""
LARGEST = 2 << 20
"""Bytes, or characters, of a page that is cleaned once more; it happens in this process, which nothing ends when it takes long."""

TOGETHER = 48 << 20
"""The same of all pages together, so that the longest samples keep a report waiting for no more than half a minute."""


class Wanted(NamedTuple):
    """A row whose page is wanted."""

    id: str
    status: str
    body: bytes
    """The body's digest."""


@dataclass(frozen=True, slots=True)
class Before:
    """How a batch read and cleaned its inputs."""

    inputs: tuple[str, ...]
    reading: Reading
    cleaner: Cleaner
    as_: Any
    encoding: str | None
    crawled: datetime | None


def digest(body: str) -> bytes:
    """What stands for a body where bodies are compared."""
    return sha256(body.encode("utf-8", "replace")).digest()


def cleaned_again(output: Path, rows: Mapping[int, Wanted], pages: Sequence[str], packs: Sequence[str | Path]) -> Iterator[tuple[int, Article | str]]:
    """Cleans the pages of some rows of the table `output` as its batch did, with everything explained; errors not.

    What the batch read, and how, stands in its manifest; `pages` are inputs to take instead, and the only ones where there is no manifest. `packs`
    are those to use beside core. Yields for each row the article, if it has the row's status and body, or else in a sentence why there is none.
    Raises BatchError where one of `pages` isn't there, and PackError.
    """
    wanted = {row.id: number for number, row in reversed(list(rows.items())) if row.status != ERROR}
    try:
        before = _before(output, pages, packs)
    except _NotAtHand as reason:
        yield from ((number, str(reason)) for number in wanted.values())
        return
    left = TOGETHER
    for document in documents(before.inputs, before.reading, ids=frozenset(wanted)):
        if not wanted:
            return
        number = wanted.pop(document.id, None)
        if number is not None:
            size = len(document.content or "")
            left -= size if size <= LARGEST else 0
            yield number, _cleaned(before, document, rows[number]) if left >= 0 else _LONG_TOGETHER
    yield from ((number, f"It isn't among {', '.join(before.inputs)}.") for number in wanted.values())


_LONG_TOGETHER = f"The samples' sources are longer than {amount(TOGETHER)} together, and it is one of the last; stripper explain --html shows it."


class _NotAtHand(Exception):
    """Why no source can be shown, in a sentence."""


def _before(output: Path, pages: Sequence[str], packs: Sequence[str | Path]) -> Before:
    if STDIN in pages:
        raise BatchError("pages are searched for rows, so they can't come from standard input")
    made = _made_with(output)
    inputs = tuple(pages) or tuple(made.get("inputs", ()))
    if not inputs:
        raise _NotAtHand("The table has no manifest beside it that says where its pages are; --pages does.")
    try:
        reading = Reading(**{field.name: made[field.name] for field in fields(Reading)} if made else {})
        if not pages:
            _check_size(inputs, reading.format)
        policy = Policy(**made["policy"]) if made else Policy()
        cleaner = Cleaner(["core", *packs], policy, made.get("engine", "locator"))
        crawled = datetime.fromisoformat(made["crawled"]) if made.get("crawled") else None
    except (KeyError, TypeError, ValueError):
        raise _NotAtHand("The manifest beside the table can't be read.") from None
    except BatchError as error:
        if pages:
            raise
        raise _NotAtHand(f"What the batch read isn't there any more ({error}); --pages says where it is.") from None
    if made and list(cleaner.packs) != made["packs"]:
        raise _NotAtHand(f"The batch was made with {_listed(made['packs'])}; here is {_listed(cleaner.packs)}. --pack adds one.")
    return Before(inputs, reading, cleaner, made.get("as_"), made.get("encoding"), crawled)


def _made_with(output: Path) -> dict[str, Any]:
    """What the table's manifest says; nothing where there is none."""
    try:
        manifest = read_manifest(output)
    except BatchError:
        raise _NotAtHand("The manifest beside the table can't be read.") from None
    return manifest.begun_with if manifest else {}


def _check_size(inputs: Sequence[str], format: str | None) -> None:
    """Refuses what nobody asked for and would take long."""
    if STDIN in inputs:
        raise _NotAtHand("The batch read standard input; --pages says where the same pages are.")
    try:
        size = sum(file.size for file in input_files(inputs, format) if file.format not in PAGES)
    except ExtraError as error:
        raise _NotAtHand(f"{error}.") from None
    if size > UNASKED:
        raise _NotAtHand(
            f"The batch read {amount(size)} of tables and archives, which isn't searched unless asked for; --pages {' '.join(inputs)} does."
        )


def _cleaned(before: Before, document: Document, row: Wanted) -> Article | str:
    """The article, or why there is none that belongs to the row."""
    content = document.content
    if content is None:
        return document.error or "Its table has no value there."
    if len(content) > LARGEST:
        return f"Its source is larger than {amount(LARGEST)}; stripper explain --html shows it."
    try:
        article = before.cleaner.explain(
            content,
            document.url,
            as_=before.as_ or document.as_,
            encoding=document.encoding or before.encoding,
            crawled=document.crawled or before.crawled,
        )
    except StripperError as error:
        return f"Cleaned once more it fails: {error}"
    except Exception as error:  # a parser's own
        return f"Cleaned once more it fails: {first_line(error)}"
    if digest(storable({"body": article.body})["body"]) != row.body or article.status != row.status:
        return "Cleaned once more it comes out otherwise, so its source, or stripper, has changed since."
    return article


def _listed(packs: Collection[str]) -> str:
    return ", ".join(packs) or "no pack"
