"""Pages that come one at a time, each in a mapping from names to values: for engines without tables. Needs no Arrow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from stripper.batch.document import BEGINNING, Document
from stripper.batch.rows import FIELDS, Row
from stripper.errors import ColumnError
from stripper.etl.counts import Counts, count
from stripper.etl.options import Columns, Job
from stripper.etl.state import nothing, results

_DAY_CHARS = len("2024-03-14")


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a record's page."""

    fields: Row
    """Those of the article, under the names of the output; the same names for each record of a job."""
    status: str
    counts: Counts


def done(todo: Job, document: Document) -> Done:
    """Cleans a record's document. Raises what `stripper.etl.state.packs` raises."""
    (result,) = results(todo, [document])
    row: Row = nothing(todo) if result.output is None else result.output
    return Done({todo.prefix + name: row.get(name) for name in names(todo)}, row["status"], count([result]))


def refuse_options(options: Collection[str], alien: Collection[str], why: str) -> None:
    """Raises ValueError where options are given that mean nothing to an engine."""
    if given := [name for name in alien if name in options]:
        raise ValueError(f"{', '.join(given)}: {why}")


def names(todo: Job) -> tuple[str, ...]:
    """The fields of an article, without the job's prefix."""
    return "status", "error", *FIELDS, *(("removed",) if todo.cleaning.removed else ())


def passed_on(record: Mapping[str, Any], todo: Job) -> dict[str, Any]:
    """What an output has of its record. Raises ColumnError where that has the name of a new field."""
    pages = chosen(record, todo.columns)
    kept = {name: value for name, value in record.items() if todo.keep or name not in (pages.html, pages.text)}
    refuse_clashes(kept, todo)
    return kept


def refuse_clashes(taken: Iterable[str], todo: Job) -> None:
    """Raises ColumnError where some names are those of new fields."""
    if clashing := sorted(set(taken) & {todo.prefix + name for name in names(todo)}):
        raise ColumnError(f"there are values called {listed(clashing)} already; give the new ones a prefix, such as prefix='article_'")


def document(record: Mapping[str, Any], asked: Columns) -> Document:
    """The document of a record. What its values are wrong with is the document's error; without a page it is passed, as a row of a table is."""
    found = chosen(record, asked)
    new = Document("", "record", BEGINNING)
    if found.html not in record and found.text not in record:
        wanted = listed(name for name in (found.html, found.text) if name)
        return new._replace(error=f"no {wanted} here; there are {listed(record)}" if record else f"no {wanted} here, nor anything else")
    try:
        html, text, url, encoding = (_content(record, name) for name in (found.html, found.text, found.url, found.encoding))
        crawled = _crawled(record, found.crawled)
    except TypeError as error:
        return new._replace(error=str(error))
    except (ValueError, OverflowError) as error:
        return new._replace(error=f"{found.crawled!r}: {error}; expected a time in ISO 8601")
    content, as_ = page(html, text, found)
    passed = "null" if content is None else ""
    return new._replace(content=content, as_=as_, url=decoded(url) or None, encoding=decoded(encoding) or None, crawled=crawled, passed=passed)


def chosen(record: Mapping[str, Any], asked: Columns) -> Columns:
    """Which values are what, of those that there are."""
    url = asked.url
    if url is None and isinstance(record.get("url"), str | bytes):
        url = "url"
    if asked.html is not None or asked.text is not None:
        return replace(asked, url=url)
    return replace(asked, html=None, text="text", url=url) if "text" in record and "html" not in record else replace(asked, html="html", url=url)


def page(html: str | bytes | None, text: str | bytes | None, found: Columns) -> tuple[str | bytes | None, Literal["html", "text"]]:
    """What counts of a page's two forms: text only where HTML has no value."""
    if html or found.text is None:
        return html, "html"
    return (html, "html") if text is None and html is not None else (text, "text")


def moment(text: str) -> date | None:
    """The day or moment of a text in ISO 8601; None where it is empty. Raises ValueError."""
    if not text:
        return None
    return date.fromisoformat(text) if len(text) <= _DAY_CHARS else datetime.fromisoformat(text)


def decoded(value: Any) -> Any:
    """Bytes as the text that they are."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def listed(names: Iterable[str]) -> str:
    """Names in a sentence."""
    return ", ".join(map(repr, names))


def _content(record: Mapping[str, Any], name: str | None) -> str | bytes | None:
    value = None if name is None else record.get(name)
    if isinstance(value, bytearray | memoryview):
        return bytes(value)
    if value is None or isinstance(value, str | bytes):
        return value
    raise TypeError(f"{name!r} is of type {type(value).__name__}, expected text or bytes")


def _crawled(record: Mapping[str, Any], name: str | None) -> date | None:
    value = None if name is None else decoded(record.get(name))
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str):
        return moment(value)
    raise TypeError(f"{name!r} is of type {type(value).__name__}, expected a time or text")
