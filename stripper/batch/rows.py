"""Rows: one for each input document, the same columns in every output. docs/rows.md says what each column means."""

from __future__ import annotations

from datetime import date
from typing import Any

from stripper.article import Article
from stripper.batch.document import Document

SCHEMA = 1
"""Counts up when a column is renamed, removed or means something else; new columns at the end leave it as it is."""

ERROR = "error"
"""The status of rows whose document couldn't be read or cleaned. The others are those of `stripper.article.Status`."""

Row = dict[str, Any]
"""Column to value, in the order of the columns; values are None, str, int, float, lists of str, and for `removed` a list of dicts."""


def article_row(document: Document, article: Article, removed: bool) -> Row:
    """The row of a cleaned document; `removed` says whether the spans that were left out are listed."""
    row = _row(document, str(article.status), None)
    row |= {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "byline": article.byline,
        "authors": list(article.authors),
        "date": _iso(article.date),
        "modified": _iso(article.modified),
        "section": article.section,
        "body": article.body,
        "site": article.site,
        "canonical_url": article.canonical_url,
        "language": article.language,
        "paywall": article.paywall,
        "score": round(article.score, 4),
        "packs": list(article.packs),
        "warnings": list(article.warnings),
    }
    if removed:
        row["removed"] = [
            {"kind": str(m.kind), "rule": m.rule, "start": m.start, "end": m.end, "score": round(m.score, 4), "text": m.text} for m in article.removed
        ]
    return storable(row)


def error_row(document: Document, reason: str, packs: tuple[str, ...], removed: bool) -> Row:
    """The row of a document that couldn't be cleaned: no field has a value, and `error` says why."""
    row = _row(document, ERROR, reason)
    empty: Row = {"authors": [], "body": "", "score": 0.0, "packs": list(packs), "warnings": []}
    row |= {name: empty.get(name) for name in FIELDS}
    if removed:
        row["removed"] = []
    return storable(row)


FIELDS = (
    "headline",
    "standfirst",
    "byline",
    "authors",
    "date",
    "modified",
    "section",
    "body",
    "site",
    "canonical_url",
    "language",
    "paywall",
    "score",
    "packs",
    "warnings",
)
"""The columns that come from the article, in their order. Before them stand schema, id, url, status and error; after them, if asked for, removed."""


def _row(document: Document, status: str, error: str | None) -> Row:
    return {"schema": SCHEMA, "id": document.id, "url": document.url, "status": status, "error": error}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def storable(row: Row) -> Row:
    """The same with U+FFFD for lone surrogates, which JSON can smuggle into text and no output can hold."""
    return {name: _storable(value) for name, value in row.items()}


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() or _encodes(value) else value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_storable(v) for v in value]
    if isinstance(value, dict):
        return {name: _storable(v) for name, v in value.items()}
    return value


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
