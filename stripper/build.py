"""Settled marks to an Article. The only place that cuts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from stripper.article import Article, Part, Status
from stripper.types import Block, Mark, Outcome, Page, Story, Witness

_REMOVED = Outcome.REMOVED
_IN_BODY = frozenset({Outcome.BODY, Outcome.KEPT, Outcome.FLAGGED, Outcome.SPARED})


def build(
    page: Page, settled: Sequence[Mark], witnesses: Mapping[str, tuple[Witness, ...]], story: Story, status: Status, packs: tuple[str, ...]
) -> Article:
    """The article that the settled marks leave; of each field's witnesses the first is believed."""
    parts = _parts(page, [m for m in settled if m.outcome in _IN_BODY])
    believed: dict[str, Any] = {name: found[0].value for name, found in witnesses.items() if found}
    return Article(
        headline=believed.get("headline"),
        standfirst=believed.get("standfirst"),
        byline=believed.get("byline"),
        authors=believed.get("authors", ()),
        date=believed.get("date"),
        modified=believed.get("modified"),
        section=believed.get("section"),
        site=believed.get("site"),
        canonical_url=believed.get("canonical_url"),
        body="".join((part.before if number else "") + part.text for number, part in enumerate(parts)),
        language=believed.get("language"),
        paywall=believed.get("paywall"),
        status=status,
        score=story.score,
        evidence={name: found for name, found in sorted(witnesses.items()) if found},
        removed=tuple([m for m in settled if m.outcome is _REMOVED]),
        marks=tuple(settled),
        parts=parts,
        text=page.text,
        packs=packs,
        warnings=page.warnings,
    )


def _parts(page: Page, kept: Sequence[Mark]) -> tuple[Part, ...]:
    """The kept pieces, which come in the page's order, as parts, one per block; pieces of one block are joined by a space."""
    blocks, text = page.blocks, page.text
    ends = [block.end for block in blocks]
    pieces: dict[int, list[Mark]] = {}
    for mark in kept:
        pieces.setdefault(bisect_right(ends, mark.start), []).append(mark)
    parts: list[Part] = []
    last = -1
    for index, here in pieces.items():
        block = blocks[index]
        shared = min([b.shared for b in blocks[last + 1 : index + 1]])
        last = index
        said = " ".join([text[p.start : p.end].strip() for p in here])
        lead = block.lead if here[0].start == block.start else 0
        tag = block.tag or ("li" if lead else "")
        parts.append(Part(said, _separator(page, ends[index - 1] if index else 0, block), tag, block.level, lead, block.path, shared))
    return tuple(parts)


def _separator(page: Page, before: int, block: Block) -> str:
    """What the source has between two blocks: a blank line, a line break, or nothing but a space."""
    if block.gap:
        return "\n\n"
    between = page.text[before : block.start]
    return "\n" if any(c in between for c in "\n\r\x0b\x0c\x85\u2028\u2029") else " "
