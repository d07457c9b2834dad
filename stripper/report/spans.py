"""An article's source as lines of spans, each owned by one mark: what every picture of a page is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stripper.article import Article
from stripper.types import Mark, Outcome

BODY = frozenset({Outcome.BODY, Outcome.SPARED})
"""Outcomes of text that is nothing but body."""
_SETTLED = BODY | {Outcome.FIELD, Outcome.REMOVED, Outcome.KEPT, Outcome.FLAGGED}


def owners(article: Article) -> list[Mark]:
    """The marks that own text, in the page's order; none lies over another."""
    return sorted((m for m in article.marks if m.outcome in _SETTLED), key=lambda m: m.start)


def rows(text: str, pieces: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Pieces that stand on one line of the page together."""
    row: list[Mark] = []
    for piece in pieces:
        if row and "\n" in text[row[-1].end : piece.start]:
            yield row
            row = []
        row.append(piece)
    if row:
        yield row
