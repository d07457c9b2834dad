"""The article: what is left of a page, what was left out, and its forms as JSON and Markdown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from stripper.markdown import Part as Part
from stripper.markdown import escaped, markdown, one_line
from stripper.types import Mark, Witness


class Status(StrEnum):
    """How cleaning a document ended."""

    OK = "ok"
    """There is an article."""
    EMPTY = "empty"
    """The source holds no text."""
    NO_ARTICLE = "no-article"
    """A menu, an index, a consent wall: the body is empty and everything is in `removed`."""
    FLOOR = "floor"
    """Too little would have been left, so the body is the whole text."""


@dataclass(frozen=True, slots=True)
class Article:
    """What is left of a page, and what was left out."""

    headline: str | None = None
    """As printed."""
    standfirst: str | None = None
    """As printed."""
    byline: str | None = None
    """The names as printed, without by-word, place or date."""
    authors: tuple[str, ...] = ()
    """One name each."""
    date: Day | datetime | None = None
    """When it was published; a datetime, aware, where the page gives time and zone."""
    modified: Day | datetime | None = None
    """When it was last changed, as far as the page says; the same types."""
    section: str | None = None
    """As printed."""
    body: str = ""
    """The story's blocks, with line breaks as in the source; may be empty."""
    site: str | None = None
    """The name of the site or publication."""
    canonical_url: str | None = None
    """The address that the page gives as its own."""
    language: str | None = None
    """A code of two or three letters."""
    paywall: Literal["teaser"] | None = None
    """ "teaser" where the page holds only the beginning of the story."""
    status: Status = Status.OK
    """How cleaning ended."""
    score: float = 0.0
    """How sure the locator is of the body, 0 to 1."""
    evidence: Mapping[str, tuple[Witness, ...]] = field(default_factory=dict)
    """For each field its witnesses, the one that was believed first."""
    removed: tuple[Mark, ...] = ()
    """The marks that took text away, in the page's order; their spans don't overlap."""
    marks: tuple[Mark, ...] = ()
    """Every mark with its outcome."""
    parts: tuple[Part, ...] = ()
    """The body's blocks."""
    text: str = ""
    """The page's text, which all spans point into; for text input the input itself."""
    packs: tuple[str, ...] = ()
    """The rule packs in use: name, version and hash of each."""
    warnings: tuple[str, ...] = ()
    """What was odd about the page, in words."""

    def to_dict(self) -> dict[str, Any]:
        """The article as plain JSON values: everything but `marks`, `parts` and `text`. Dates are ISO 8601."""
        return {
            "headline": self.headline,
            "standfirst": self.standfirst,
            "byline": self.byline,
            "authors": list(self.authors),
            "date": self.date.isoformat() if self.date else None,
            "modified": self.modified.isoformat() if self.modified else None,
            "section": self.section,
            "body": self.body,
            "site": self.site,
            "canonical_url": self.canonical_url,
            "language": self.language,
            "paywall": self.paywall,
            "status": str(self.status),
            "score": round(self.score, 4),
            "evidence": {name: [_witness_dict(w) for w in found] for name, found in sorted(self.evidence.items())},
            "removed": [
                {"kind": str(m.kind), "rule": m.rule, "start": m.start, "end": m.end, "score": round(m.score, 4), "why": m.why, "text": m.text}
                for m in self.removed
            ],
            "packs": list(self.packs),
            "warnings": list(self.warnings),
        }

    def to_json(self) -> str:
        """`to_dict()` as one line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def to_text(self) -> str:
        """Headline, standfirst, byline and date, each on its line, a blank line, and the body."""
        head = [self.headline, self.standfirst, ", ".join(x for x in (self.byline, self.date.isoformat() if self.date else None) if x)]
        return "\n\n".join(x for x in ("\n".join(x for x in head if x), self.body) if x) + "\n"

    def to_markdown(self) -> str:
        """Headline, standfirst, byline and date, and the body with its headings, lists, quotes, code, tables and definitions, as Markdown."""
        head = [f"# {one_line(self.headline)}" if self.headline else "", one_line(self.standfirst, "*") if self.standfirst else ""]
        head.append(escaped(" · ".join(x for x in (self.byline, self.date.isoformat() if self.date else None) if x)))
        return "\n\n".join(x for x in (*head, markdown(self.parts)) if x) + "\n"


def _witness_dict(witness: Witness) -> dict[str, Any]:
    value = witness.value
    if isinstance(value, Day):
        value = value.isoformat()
    elif isinstance(value, tuple):
        value = list(value)
    found: dict[str, Any] = {"value": value, "origin": witness.origin}
    if witness.start >= 0:
        found |= {"start": witness.start, "end": witness.end}
    return found | {"why": witness.why} if witness.why else found
