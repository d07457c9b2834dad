"""The article's fields: which spans of the page hold them, and what every witness says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stripper.types import Mark, Page, Story, Witness


class Found(NamedTuple):
    """Marks on the spans that are fields, and for each field its witnesses, the believed one first."""

    marks: tuple[Mark, ...]
    witnesses: Mapping[str, tuple[Witness, ...]]


def find_fields(page: Page, marks: Sequence[Mark], story: Story) -> Found:
    """Headline, standfirst, byline, authors, date, section and language of a page."""
    return Found((), {})
