"""Which markup words the locator knows."""

from __future__ import annotations

import pytest

from stripper.read import read

pytest.importorskip("tld")

from stripper.locate.train.vocabulary import vocabulary


def test_words_that_part_the_pages_of_many_sites_are_known() -> None:
    half = read('<div class="story ebb-tide"><p>Ebb</p><p>Flow</p></div><div class="rare"><p>Imprint</p><p>Contact</p></div>', as_="html")
    all_of_it = read('<div class="page"><p>Ebb</p><p>Flow</p></div>', as_="html")
    pages = [(f"site{n}", page) for n in range(12) for page in (half, all_of_it)]
    assert vocabulary(pages) == ["ebb", "ebb-tide", "rare", "story", "tide"]  # every page of "page" bears it everywhere


def test_words_of_few_sites_are_not() -> None:
    page = read('<div class="story"><p>Ebb</p></div><div><p>Imprint</p></div>', as_="html")
    assert vocabulary([(f"site{n % 11}", page) for n in range(50)]) == []
