"""Gold bodies are found in pages."""

import pytest

pytest.importorskip("numpy")

from stripper.locate.align import labels
from stripper.read import read

STORY = "The old ferry left Marrow Bay for the last time on Sunday. Nobody had sold so many tickets since the war.\nIts captain wept a little."


def test_the_story_is_found_among_menus_and_teasers() -> None:
    page = read(f"Home\nSport\n\n{STORY}\n\nMore stories\nA bridge for Marrow Bay\n")
    assert labels(page, STORY) == [False, False, True, True, False, False]


def test_a_paragraph_that_a_teaser_repeats_counts_once() -> None:
    first = STORY.split("\n")[0]
    page = read(f"{first}\n\nMenu\n\n{STORY}\n")
    found = labels(page, STORY)
    assert found == [False, False, True, True]


def test_scripts_without_blanks_are_aligned_by_character() -> None:
    body = "村の渡し船は日曜日に最後の航海を終えた。船長は少し泣いた。"
    page = read(f"ホーム\n{body}\n関連記事\n")
    assert labels(page, body) == [False, True, False]


def test_an_empty_gold_finds_nothing() -> None:
    assert labels(read("One line.\nAnother line."), "") == [False, False]
