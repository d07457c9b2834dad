"""Pages of very many blocks."""

from __future__ import annotations

import pytest

from stripper import clean
from stripper.read import read

LINES = 120_001


@pytest.mark.parametrize("source", ["\n".join(["buoy"] * LINES), "<body>" + "<p>buoy</p>" * LINES], ids=["text", "html"])
def test_neighbours_are_joined_and_no_text_is_lost(source: str) -> None:
    page = read(source)
    assert 40_000 < len(page.blocks) <= 50_000
    assert page.text.split() == ["buoy"] * LINES
    assert "".join(page.text[b.start : b.end] for b in page.blocks).count("buoy") == LINES
    assert page.blocks[-1].end == len(page.text)
    assert page.warnings == (f"the page has {LINES:,} blocks; each 3 neighbours are taken as one",)


def test_other_pages_stay_as_they_are() -> None:
    page = read("\n".join(["buoy"] * 50_000))
    assert len(page.blocks) == 50_000
    assert not page.warnings


@pytest.mark.slow
def test_such_a_page_is_cleaned_with_its_warning() -> None:
    assert clean("<body>" + "<p>buoy</p>" * LINES).warnings
