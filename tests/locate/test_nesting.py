"""What stands around a block, read off the levels that it shares with the one before."""

from __future__ import annotations

import numpy as np

from stripper.locate.nesting import NAMES, nesting
from stripper.read import read
from stripper.types import Page

STORY = "<p>The ferry to the outer islands will run all winter, the harbour office said.</p>" * 4
HTML = f"<div><ul>{'<li><a href=/x>Ports and piers</a></li>' * 3}</ul></div><main><article>{STORY}</article></main><footer><p>Imprint</p></footer>"


def seen(page: Page) -> dict[str, list[float]]:
    sizes = np.array([b.end - b.start for b in page.blocks])
    words = np.array([len(page.text[b.start : b.end].split()) for b in page.blocks], np.float32)
    links = np.array([b.link_chars for b in page.blocks], np.float32) / sizes
    rows = nesting(page, words, (words > 9).astype(np.float32), links)
    assert rows.shape == (len(page.blocks), len(NAMES))
    return {name: [round(float(value), 4) for value in column] for name, column in zip(NAMES, rows.T, strict=True)}


def test_the_element_that_holds_most_words_outside_links_is_the_main_one() -> None:
    found = seen(read(HTML, as_="html"))
    assert found["in-main-0.9"] == [0, 0, 0, 1, 1, 1, 1, 0]
    assert found["main-depth-0.9"][3] == 0 > found["main-depth-0.9"][0]


def test_the_smallest_element_with_several_blocks_is_looked_at() -> None:
    found = seen(read(HTML, as_="html"))
    assert found["link-share-of-2"] == [1, 1, 1, 0, 0, 0, 0, found["link-share-of-20"][0]]  # the footer stands alone, so for it that is the page
    assert found["begins-of-2"][3] == 3 / 8
    assert found["ends-of-2"][3] == 7 / 8


def test_a_page_of_one_block_is_its_own_element() -> None:
    found = seen(read("<p>Ebb at nine.</p>", as_="html"))
    assert found["words-of-20"] == [1]
    assert found["in-main-0.5"] == [1]


def test_blocks_without_levels_are_one_element() -> None:
    page = read(HTML, as_="html")
    flat = Page(page.text, page.folded, tuple(block._replace(shared=0, path="") for block in page.blocks), "html")
    found = seen(flat)
    assert set(found["blocks-of-2"]) == {found["blocks-of-20"][0]}


def test_more_levels_than_are_told_apart() -> None:
    html = "".join(f"<div><p>Buoy {number} is lit.</p>" for number in range(60)) + "</div>" * 60
    assert all(np.isfinite(column).all() for column in seen(read(html, as_="html")).values())
