"""What flows through a batch: documents from its inputs, and a result for each of them, in the same order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from stripper.locate.second import DEFAULT, Engine
from stripper.types import Policy

Form = Literal["line", "row", "text", "md", "json"]
"""What becomes of an article: a line of JSON, a row as plain values, or a file of text, Markdown or JSON."""


class Place(NamedTuple):
    """Where a batch stands in its inputs: in which of their files, and how many of that file's items (documents or not) lie before it."""

    file: int = 0
    item: int = 0


BEGINNING = Place()


class Document(NamedTuple):
    """One item of the inputs: a page to clean, a place that can't be read (`error`), or something that isn't a page at all (`passed`)."""

    id: str
    name: str
    """Where it stands, for people: "pages/a.html", "crawl.jsonl:17", "crawl.warc.gz, record 5 at byte 3188"."""
    place: Place
    content: str | bytes | None = None
    """The page; None where the table has no value there."""
    url: str | None = None
    as_: Literal["html", "text"] | None = None
    encoding: str | None = None
    crawled: date | None = None
    target: str = ""
    """Its place in a folder of outputs, a relative path with slashes and without suffix; no two documents of a batch share one."""
    error: str = ""
    """Why it can't be read; then there is no content, and it gets a row that says so."""
    passed: str = ""
    """Why it is no document ("a WARC record of type request"); then it gets no row, but is counted."""
    consumed: int = 0
    """How many bytes of the inputs' files, as they lie on the disk, had been read when it was."""


class Result(NamedTuple):
    """What became of a document."""

    document: Document
    """Without its content."""
    output: Any
    """The document's row in the form that was asked for; None for what was passed over."""
    status: str
    """The article's status, "error", or "passed"."""
    error: str = ""
    seconds: float = 0.0
    """How long cleaning it took, in the worker."""
    removed: Mapping[str, int] = MappingProxyType({})
    """Characters removed, by kind."""
    size: int = 0
    """Characters or bytes of its content."""
    where: str = ""
    """Where in the code it hung or crashed the worker ("rules/match.py:120 mark"), as far as known; no part of the row."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are read."""

    format: str | None = None
    """One of `endings.FORMATS`, where the files' names don't say it."""
    text_field: str | None = None
    html_field: str | None = None
    url_field: str | None = None
    id_field: str | None = None
    """Names of the columns of tables; None stands for "text", "html", "url" and "id", which may then be missing."""
    max_document: int = 32 << 20
    """Most bytes of one document, uncompressed."""


LONGEST = 1e8
"""Seconds that a document's time may be limited to, three years; beyond them timers overflow."""


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What workers do with documents."""

    packs: tuple[Any, ...] = ("core",)
    """As for Cleaner."""
    policy: Policy = field(default_factory=Policy)
    engine: Engine = DEFAULT
    as_: Literal["html", "text"] | None = None
    """What all documents are, whatever their files' names say."""
    encoding: str | None = None
    crawled: datetime | None = None
    """These two count where a document doesn't bring its own."""
    form: Form = "line"
    removed: bool = False
    """Whether rows list the removed spans."""
    timeout: float = 20.0
    """Seconds that one document may take; above 0, at most LONGEST."""
    memory: int = 1 << 30
    """Bytes of memory that one worker may use; 0 where documents are cleaned in a process that has other work, too."""
