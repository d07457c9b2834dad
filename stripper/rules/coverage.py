"""Which languages do some packs know? Structure is the same in all of them; phrases aren't."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stripper.rules.base import Pack
from stripper.types import Kind

WORDED = frozenset(
    {
        Kind.ADVERT, Kind.APP_PROMO, Kind.COMMENTS, Kind.COOKIE, Kind.COPYRIGHT, Kind.CREDIT, Kind.DISCLAIMER,
        Kind.LOGIN, Kind.NEWSLETTER, Kind.PAYWALL, Kind.RELATED, Kind.SHARE, Kind.TIMESTAMP,
    }
)  # fmt: skip
"""The kinds that mostly words give away."""
_ENOUGH = 0.5
"""Share of these kinds for which a language needs rules, to be one that the packs know."""


def spoken(packs: Iterable[Pack]) -> Mapping[str, frozenset[Kind]]:
    """For each language that rules name the kinds of WORDED that they find in it."""
    found: dict[str, set[Kind]] = {}
    for pack in packs:
        for rule_set in pack.sets:
            if rule_set.kind in WORDED:
                for rule in rule_set.rules:
                    for language in getattr(rule, "languages", ()):
                        found.setdefault(language, set()).add(rule_set.kind)
    return {language: frozenset(kinds) for language, kinds in sorted(found.items())}


def unspoken(language: str | None, known: Mapping[str, frozenset[Kind]]) -> str | None:
    """A warning where the rules know next to nothing of a page's language; None where they do, and where the language is unknown."""
    kinds = known.get(language or "", frozenset())
    if language is None or len(kinds) >= _ENOUGH * len(WORDED):
        return None
    known_kinds = f"{len(kinds)} of {len(WORDED)} kinds"
    return f"the packs in use have phrases in {language!r} for {known_kinds}, so boilerplate that only words give away may be left over"
