"""Whether a page holds only the beginning of its story."""

from __future__ import annotations

from stripper.fields.head import Head, ends_sentence
from stripper.types import Kind, Witness

_TEASER_CHARS = 1_500
"""A story that isn't free and has fewer characters is taken for its beginning (a full news story of that length is rare: the shortest tenth)."""
_SHORT_CHARS = 700
_CUT = ("...", "…", "[…]", "[...]")


def find_paywall(head: Head) -> tuple[Witness, ...]:
    """One witness "teaser" where the page says that it isn't free and holds little, or where a pitch follows a story that breaks off."""
    body = sum(head.page.blocks[i].end - head.page.blocks[i].start for i in head.story.chosen if head.kinds[i] is None)
    closed = next((w for w in head.page.declared if w.field == "isAccessibleForFree" and _is_false(w.value)), None)
    if closed and 0 < body < _TEASER_CHARS:
        return (Witness("paywall", "teaser", closed.origin),)
    if 0 < body < _SHORT_CHARS and (index := _pitch(head)) is not None:
        block = head.page.blocks[index]
        return (Witness("paywall", "teaser", "text:paywall", block.start, block.end),)
    return ()


def _is_false(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() in ("false", "no", "0"))


def _pitch(head: Head) -> int | None:
    """The block of a paywall that follows directly after a story that breaks off."""
    kept = [i for i in sorted(head.story.chosen) if head.kinds[i] is None]
    if not kept:
        return None
    last = next((i for i in reversed(kept) if any(head.kinds[j] is Kind.PAYWALL for j in range(i + 1, min(i + 2, len(head.kinds))))), None)
    if last is None:
        return None
    text = head.text(last).rstrip()
    return last + 1 if text.endswith(_CUT) or not ends_sentence(text) else None
