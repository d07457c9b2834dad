"""A row of a table as an explained page. It holds no source: what was removed stands by itself, and the body by itself."""

from __future__ import annotations

from collections.abc import Iterator

from stripper.batch.rows import Row
from stripper.report.html.explained import Explained, Field, Line, Paragraph, Span, counts
from stripper.report.html.families import family
from stripper.report.words import printable, said

_FIELDS = ("url", "headline", "standfirst", "byline", "authors", "date", "modified", "section", "site", "canonical_url", "language", "paywall")
_LONGEST = 100
"""Characters of the names of kinds and rules, which may be anything where others wrote the table."""


def explained_row(row: Row) -> Explained:
    """What a row tells of its page."""
    lines = tuple(_lines(row))
    removed = sum(len(span["text"]) for span in row.get("removed", ()))
    return Explained(
        name=printable(row["id"]),
        status=printable(row["status"]),
        score=row["score"],
        chars=removed + len(row["body"]),
        body_chars=len(row["body"]),
        fields=tuple(Field(name, value, "", ()) for name in _FIELDS if (value := said(row[name]))),
        lines=lines,
        counts=counts(lines),
        headline=said(row["headline"]),
        standfirst=said(row["standfirst"]),
        signed=tuple(filter(None, [said(row["byline"]), said(row["date"])])),
        body=tuple(Paragraph("p", printable(part)) for part in row["body"].split("\n") if part.strip()),
        notes=tuple(map(printable, [*([row["error"]] if row["error"] else []), *row["warnings"]])),
        heading="Removed",
    )


def _lines(row: Row) -> Iterator[Line]:
    """A line for each removed span, in the page's order; a gap where something was kept between two of them."""
    end = 0
    for span in row.get("removed", ()):
        kind, rule = printable(span["kind"])[:_LONGEST], printable(span["rule"])[:_LONGEST]
        yield Line((Span(printable(span["text"]), kind, family(kind), "removed", rule, span["score"]),), bool(end) and span["start"] > end + 1)
        end = span["end"]
