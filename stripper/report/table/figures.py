"""A row in figures: all that a report asks of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlsplit

from stripper.batch.rows import FIELDS, Row

NOWHERE = "(without address)"
"""The host of rows that don't say where they come from."""
FILLED = tuple(name for name in FIELDS if name not in ("body", "score", "packs", "warnings"))
"""Fields that a page has or hasn't."""
LONGEST_NAME = 200
"""Characters of a name that are kept."""
_MOST = 1_000
"""Characters of a text of a row, and texts in one of its lists, that are looked at; but for the body and what was removed, which are counted."""


@dataclass(slots=True)
class Taken:
    """What a rule took from one row."""

    kind: str
    spans: int
    chars: int


class Measured(NamedTuple):
    """A row in figures: all that is asked of it, small whatever its page holds, so that other processes can do the work."""

    id: str
    lot: int
    """A number that depends on its id alone."""
    status: str
    error: str
    score: float
    host: str
    body: int
    """Characters of the body."""
    listed: bool
    """Whether it lists what was removed."""
    removed: int
    """Characters that were removed."""
    kinds: Counter[str]
    """The same by kind."""
    rules: dict[str, Taken]
    """What was removed, by rule."""
    filled: tuple[str, ...]
    """The fields that it has."""
    date: str
    language: str
    paywall: str
    warnings: tuple[str, ...]
    packs: tuple[str, ...]

    @property
    def share(self) -> float:
        """The removed share of all characters, 0 to 1."""
        return self.removed / (self.removed + self.body) if self.removed else 0.0


def measured(row: Row) -> Measured:
    """A row in figures."""
    amounts: dict[tuple[str, str], list[int]] = {}
    for span in row.get("removed", ()):
        amount = amounts.get((span["rule"], span["kind"]))
        if amount is None:
            amounts[span["rule"], span["kind"]] = [1, len(span["text"])]
        else:
            amount[0] += 1
            amount[1] += len(span["text"])
    kinds: Counter[str] = Counter()
    rules: dict[str, Taken] = {}
    for (rule, kind), (spans, chars) in amounts.items():
        kinds[kind] += chars
        taken = rules.setdefault(rule, Taken(kind, 0, 0))
        taken.spans += spans
        taken.chars += chars
    return Measured(
        id=row["id"][:_MOST],
        lot=int.from_bytes(sha256(row["id"].encode("utf-8", "replace")).digest()[:6]),
        status=row["status"][:_MOST],
        error=(row["error"] or "")[:_MOST],
        score=row["score"],
        host=host_of(row["url"]),
        body=len(row["body"]),
        listed="removed" in row,
        removed=kinds.total(),
        kinds=kinds,
        rules=rules,
        filled=tuple(name for name in FILLED if row[name]),
        date=(row["date"] or "")[:_MOST],
        language=(row["language"] or "")[:_MOST],
        paywall=(row["paywall"] or "")[:_MOST],
        warnings=tuple(text[:_MOST] for text in row["warnings"][:_MOST]),
        packs=tuple(text[:_MOST] for text in row["packs"][:_MOST]),
    )


def host_of(url: str | None) -> str:
    """The host of an address; NOWHERE where there is none in it."""
    try:
        return (urlsplit(url).hostname or NOWHERE)[:LONGEST_NAME] if url else NOWHERE
    except ValueError:
        return NOWHERE


def day_of(moment: str) -> str:
    """The day of a date in ISO 8601, as "2024-03-14"; "" where it is none."""
    try:
        return date.fromisoformat(moment[:10]).isoformat()
    except ValueError:
        return ""
