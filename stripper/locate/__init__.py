"""Which blocks are this page's article?"""

from __future__ import annotations

from collections.abc import Sequence

from stripper.types import Mark, Page, Story


def locate(page: Page, marks: Sequence[Mark]) -> Story:
    """The locator's verdict on every block."""
    return Story(tuple(1.0 for _ in page.blocks), frozenset(range(len(page.blocks))), 1.0)
