"""How much a pack may hold. Packs come from anywhere: one that would take minutes to load is refused, with the limit that it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

MAX_BYTES = 8 << 20
"""Bytes that the files of a pack may have together; those of the core pack have 0.5 MB."""
MAX_RULES = 20_000
"""A pack with more rules is refused before any of them is compiled: that would take longer than cleaning a crawl's shard."""
MAX_PROGRAMS = 4_000_000
"""Instructions that the expressions of a file may compile to together, in half a minute at worst; those of the whole core pack have a million."""
_MAX_WORDS = 5_000
"""Alternatives, keywords or words that a rule may have; the longest list of the core pack has 145. Each keyword is looked for in each example."""
_MAX_KEYWORD = 200
"""Characters of a keyword: at one place of a page as many may end as they have lengths."""
_MAX_EXAMPLE = 20_000
"""Characters of an example. It is a few lines, and a test reads all of them."""
_MAX_PATTERN = 100_000
"""Characters of an expression with its alternatives, or of all words; the longest of the core pack has 6,127."""


def oversized(table: Mapping[str, Any], forms: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What is so much of a rule that the rest of it isn't looked at: the key, and the reason."""
    for key in (*forms, "keywords", "examples"):
        value = table.get(key)
        values = [text for text in value if isinstance(text, str)] if isinstance(value, list) else [value] if isinstance(value, str) else []
        if len(values) > _MAX_WORDS:
            yield key, f"{key} has {len(values):,} texts; {_MAX_WORDS:,} are the most"
            continue
        if key in ("keywords", "examples"):
            most, size = (_MAX_KEYWORD if key == "keywords" else _MAX_EXAMPLE), max(map(len, values), default=0)
        else:
            most, size = _MAX_PATTERN, sum(map(len, values))
        if size > most:
            yield key, f"{key} has {'one of ' if most != _MAX_PATTERN else ''}{size:,} characters; {most:,} are the most"
