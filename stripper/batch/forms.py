"""What becomes of a row: bytes for a file, or plain values for a table."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from stripper.article import Article
from stripper.batch.document import Document, Form
from stripper.batch.rows import SCHEMA, Row, article_row, error_row, storable


def article_output(form: Form, document: Document, article: Article, removed: bool) -> Any:
    """An article in the form that was asked for: bytes, or for "row" the row itself."""
    return _OF_ARTICLE[form](document, article, removed)


def error_output(form: Form, document: Document, reason: str, packs: tuple[str, ...], removed: bool) -> Any:
    """The same for a document that couldn't be cleaned; None where the form is a file of its own that holds nothing but an article."""
    if form in ("text", "md"):
        return None
    row = error_row(document, reason, packs, removed)
    return row if form == "row" else line(row)


def line(row: Row) -> bytes:
    """A row as a line of JSON in UTF-8."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _line(document: Document, article: Article, removed: bool) -> bytes:
    return line(article_row(document, article, removed))


def _text(_: Document, article: Article, __: bool) -> bytes:
    return article.to_text().encode("utf-8", "replace")


def _markdown(_: Document, article: Article, __: bool) -> bytes:
    return article.to_markdown().encode("utf-8", "replace")


def _json(document: Document, article: Article, _: bool) -> bytes:
    return line(storable({"schema": SCHEMA, "id": document.id, "url": document.url, "error": None} | article.to_dict()))


_OF_ARTICLE: dict[Form, Callable[[Document, Article, bool], Any]] = {
    "line": _line,
    "row": article_row,
    "text": _text,
    "md": _markdown,
    "json": _json,
}
