"""The words in which witnesses are named, for reasons that people read."""

from __future__ import annotations

from collections.abc import Iterable

ORIGINS = {"json-ld": "JSON-LD", "opengraph": "OpenGraph", "meta": "a meta element", "microdata": "microdata", "title": "its title"}
"""Origins of what a page declares, as they are called within a sentence; each field has its own words for the others."""


def listed(names: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def and_so(others: list[str]) -> str:
    """Who else says the same, to end a sentence: ", and so do b and c"; "" where nobody does."""
    return f", and so {'do' if len(others) > 1 else 'does'} {listed(others)}" if others else ""
