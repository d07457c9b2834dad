"""One page explained: its source as lines of named spans, and beside it what is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from stripper.article import Article, Part
from stripper.report.html.families import family
from stripper.report.spans import BODY, owners, rows
from stripper.report.words import agree, printable, said
from stripper.types import Mark, Outcome, Witness

_SHORT = 60
"""Characters of a line that is shown beside others: two or three fit into the column."""


class Span(NamedTuple):
    """A stretch of a page's text."""

    text: str
    kind: str = ""
    """Its kind; empty for the body."""
    family: str = ""
    outcome: str = ""
    rule: str = ""
    score: float = 0.0
    why: str = ""


class Line(NamedTuple):
    """Spans that stand on one line of the page."""

    spans: tuple[Span, ...]
    gap: bool
    """Whether a blank line stands before it."""

    @property
    def short(self) -> bool:
        """Whether it is a few removed words, as menus have them by the hundred; such lines are shown side by side."""
        return sum(len(span.text) for span in self.spans) <= _SHORT and all(span.outcome == Outcome.REMOVED for span in self.spans)


class Field(NamedTuple):
    """A field's value, and who said so."""

    name: str
    value: str
    origin: str
    others: tuple[str, ...]
    """Who says otherwise, and what; those that say the same together."""


class Paragraph(NamedTuple):
    """A block of the body; `tag` is "h2" to "h6", "li" or "p"."""

    tag: str
    text: str


class Count(NamedTuple):
    """How much of a page is of one kind."""

    kind: str
    family: str
    spans: int
    chars: int


@dataclass(frozen=True, slots=True)
class Explained:
    """A page as it is shown. All text in it is printable."""

    name: str
    """The file, or the document's id."""
    status: str
    score: float
    chars: int
    """Characters of the source."""
    body_chars: int
    """Those of them that are body."""
    fields: tuple[Field, ...]
    lines: tuple[Line, ...]
    counts: tuple[Count, ...]
    """By kind, the most characters first; without the body."""
    headline: str
    standfirst: str
    signed: tuple[str, ...]
    """Byline and date, where the page has them. Each keeps its own direction: behind an Arabic name a date would be read backwards."""
    body: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()
    """What should be known of it: the reader's warnings, or what isn't shown."""
    heading: str = "Source"
    """What the lines are."""

    @property
    def words(self) -> str:
        """What a search for pages looks at: names of kinds and rules, and the fields."""
        rules = {word for line in self.lines for span in line.spans for word in (span.kind, span.rule)}
        return " ".join([self.name, self.status, self.headline, *self.signed, *sorted(rules)]).lower()


_FIELDS = ("headline", "standfirst", "byline", "authors", "date", "modified", "section", "site", "canonical_url", "language", "paywall")
_MOST_WITNESSES = 8


def explained(article: Article, name: str) -> Explained:
    """A cleaned page, ready to be shown. `Cleaner.explain` gives articles that say more of the locator's reasons than `clean` does."""
    lines = tuple(_lines(article.text, owners(article)))
    return Explained(
        name=printable(name),
        status=str(article.status),
        score=article.score,
        chars=len(article.text),
        body_chars=sum(len(span.text) for line in lines for span in line.spans if not span.kind),
        fields=tuple(_fields(article)),
        lines=lines,
        counts=counts(lines),
        headline=said(article.headline),
        standfirst=said(article.standfirst),
        signed=tuple(filter(None, [said(article.byline), said(article.date)])),
        body=tuple(map(_paragraph, article.parts)),
        notes=tuple(map(printable, article.warnings)),
    )


def counts(lines: Iterable[Line]) -> tuple[Count, ...]:
    """How much of some lines is of which kind."""
    spans: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        for span in line.spans:
            if span.kind:
                spans[span.kind].append(len(span.text))
    found = [Count(kind, family(kind), len(chars), sum(chars)) for kind, chars in spans.items()]
    return tuple(sorted(found, key=lambda count: (-count.chars, count.kind)))


def _lines(text: str, pieces: Sequence[Mark]) -> Iterator[Line]:
    end = 0
    for row in rows(text, pieces):
        yield Line(tuple(_span(text, piece) for piece in row), bool(end) and text.count("\n", end, row[0].start) > 1)
        end = row[-1].end


def _span(text: str, mark: Mark) -> Span:
    shown = printable(text[mark.start : mark.end])
    if mark.outcome in BODY:
        return Span(shown)
    return Span(shown, str(mark.kind), family(mark.kind), str(mark.outcome), printable(mark.rule), mark.score, printable(mark.why))


def _fields(article: Article) -> Iterator[Field]:
    evidence: Mapping[str, tuple[Witness, ...]] = article.evidence
    for name in _FIELDS:
        if value := said(getattr(article, name)):
            witnesses = evidence.get(name, ())[:_MOST_WITNESSES]
            believed = witnesses[:1]
            others: dict[str, list[str]] = {}
            for witness in witnesses[1:]:
                if not agree(witness.value, believed[0].value):
                    others.setdefault(said(witness.value), []).append(_origin(witness))
            told = tuple(f"{', '.join(dict.fromkeys(origins))}: {other}" for other, origins in others.items())
            yield Field(name, value, _origin(believed[0]) if believed else "", told)


def _origin(witness: Witness) -> str:
    return printable(f"{witness.origin} ({witness.why})" if witness.why else witness.origin)


def _paragraph(part: Part) -> Paragraph:
    tag = f"h{min(6, max(2, part.level))}" if part.level else "li" if part.lead or part.tag == "li" else "p"
    return Paragraph(tag, printable(part.text))
