"""What changed in one document between two runs.

It has changed where its status, its error, its address, a field or its body is another, or where other text was removed, or the same text as
something else. Score and warnings tell of an article but are no part of it, so they alone are no change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from stripper.batch.rows import FIELDS, Row
from stripper.report.compare.diff import Side, Stretch, cut, diff, stretches
from stripper.report.compare.diff import size as size_of
from stripper.report.compare.removals import NONE, Label, Reason, Reasons, Removals, Span, removals, spans

BODY, REMOVED, RENAMED = "body", "removed", "renamed"
"""What can change besides the fields; these names stand among those of the fields."""
COMPARED = ("status", "error", "url", *(name for name in FIELDS if name not in (BODY, "score", "packs", "warnings")))
"""The columns that are compared as fields."""
NOTICED = 0.005
"""How far scores are apart that differ in their second decimal."""

_MOST_TEXT, _MOST_FIELD = 8_000, 2_000
"""Characters of changed text that are kept of a body and of a field."""
_MOST_PLACES, _MOST_SPANS, _MOST_SPAN, _MOST_WARNINGS = 60, 40, 300, 10
"""Places in a body, removed spans of each sort, characters of such a span, and warnings that are kept."""
_AROUND_FIELD = 300


class Between(NamedTuple):
    """A field that changed."""

    name: str
    stretches: tuple[Stretch, ...]
    appeared: bool
    """Whether the old run gave no value."""
    vanished: bool
    """Whether the new one gives none."""
    size: int
    """Characters gone and come."""


class Place(NamedTuple):
    """A place in the body that changed, and which rules speak of it."""

    stretch: Stretch
    gone: tuple[Reason, ...] = ()
    """What removed in the new run what is gone here."""
    come: tuple[Reason, ...] = ()
    """What had removed in the old run what came here."""


@dataclass(frozen=True, slots=True)
class Change:
    """A document that changed. Of much text a part is kept; the figures tell of all."""

    id: str
    names: tuple[str, ...]
    """What changed: columns, "removed" for other spans that were removed, "renamed" for the same as something else."""
    size: int
    """Characters gone and come, in body and fields."""
    relabelled: int
    """Characters of removed spans that only one run removed, or as something else."""
    gone: int = 0
    come: int = 0
    """In the body alone."""
    url: str = ""
    fields: tuple[Between, ...] = ()
    body: tuple[Place, ...] = ()
    left_out: int = 0
    """Characters of changed text, in body and fields, that aren't kept."""
    removals: Removals = NONE
    spans_left_out: int = 0
    scores: tuple[float, float] = (0.0, 0.0)
    warnings: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """Those that only one of the runs has."""

    @property
    def bare(self) -> Change:
        """What it is called and how large it is."""
        return Change(self.id, self.names, self.size, self.relabelled)

    @property
    def weight(self) -> tuple[int, int, str]:
        """By which changes are sorted: the largest first."""
        return -self.size, -self.relabelled, self.id


def changed(old: Row, new: Row) -> Change | None:
    """What changed in one document; None where nothing did."""
    said = [(name, _said(old[name]), _said(new[name])) for name in COMPARED]
    fields = [_between(name, before, after) for name, before, after in said if before != after]
    pieces = diff(old[BODY], new[BODY]) if old[BODY] != new[BODY] else ()
    both = REMOVED in old and REMOVED in new and old[REMOVED] != new[REMOVED]
    moved = removals(spans(old[REMOVED]), spans(new[REMOVED])) if both else NONE
    what = {BODY: pieces, REMOVED: moved.lost + moved.gained, RENAMED: moved.renamed}
    names = [*(field.name for field in fields), *(name for name, found in what.items() if found)]
    if not names:
        return None
    gone, come = (sum(len(piece.text) for piece in pieces if piece.side is side) for side in (Side.GONE, Side.COME))
    removed = Reasons([*moved.gained, *(_as_span(name, after) for name, before, after in said if before != after)])
    brought = Reasons([*moved.lost, *(_as_span(name, before) for name, before, after in said if before != after)])
    places, kept = _places(stretches(pieces), removed, brought)
    shown = Removals(*(tuple(_short(span) for span in found[:_MOST_SPANS]) for found in moved))
    return Change(
        id=new["id"],
        names=tuple(names),
        size=gone + come + sum(field.size for field in fields),
        relabelled=moved.size,
        gone=gone,
        come=come,
        url=new["url"] or old["url"] or "",
        fields=tuple(fields),
        body=places,
        left_out=gone + come - kept,
        removals=shown,
        spans_left_out=sum(map(len, moved)) - sum(map(len, shown)),
        scores=(old["score"], new["score"]),
        warnings=(_without(old["warnings"], new["warnings"]), _without(new["warnings"], old["warnings"])),
    )


def rated_otherwise(old: Row, new: Row) -> bool:
    """Whether score or warnings differ, which are no part of an article."""
    return bool(abs(old["score"] - new["score"]) >= NOTICED or old["warnings"] != new["warnings"])


def _said(value: str | list[str] | None) -> str:
    """A field's value as text; an item of a list is a line."""
    return "\n".join(value) if isinstance(value, list) else value or ""


def _between(name: str, before: str, after: str) -> Between:
    pieces = diff(before, after)
    found, _ = cut(stretches(pieces, _AROUND_FIELD), _MOST_FIELD)
    return Between(name, found, not before, not after, size_of(pieces))


def _as_span(name: str, value: str) -> Span:
    """A field's value takes text from the body as a rule does."""
    return Span(Label(name, ""), 0, len(value), value)


def _places(found: Sequence[Stretch], removed: Reasons, brought: Reasons) -> tuple[tuple[Place, ...], int]:
    """The stretches with their reasons, and how many characters of changed text they have."""
    kept, chars = cut(found[:_MOST_PLACES], _MOST_TEXT)
    gone, come = ([_changed(stretch, side) for stretch in found[: len(kept)]] for side in (Side.GONE, Side.COME))
    return tuple(Place(stretch, removed.of(was), brought.of(now)) for stretch, was, now in zip(kept, gone, come, strict=True)), chars


def _changed(stretch: Stretch, side: Side) -> str:
    return "\n".join(piece.text for piece in stretch.pieces if piece.side is side)


def _short(span: Any) -> Any:
    return span._replace(text=f"{span.text[:_MOST_SPAN]}…") if len(span.text) > _MOST_SPAN else span


def _without(some: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for text in some if text not in others)[:_MOST_WARNINGS]
