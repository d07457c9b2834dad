"""From scores to the article."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.locate.decode import choose, expected_f1, reasons


def chosen(
    scores: list[float], words: list[int] | None = None, prose: list[bool] | None = None, sentences: list[bool] | None = None
) -> tuple[list[int], bool]:
    count = len(scores)
    told = (np.array(values or [default] * count) for values, default in ((sentences, False), (prose, True)))
    taken, found = choose(np.array(scores, np.float32), np.array(words or [20] * count, np.float32), *told)
    return sorted(taken), found


def test_a_long_page_without_a_likely_block_has_no_article() -> None:
    assert chosen([0.1] * 20) == ([], False)


def test_a_short_text_keeps_what_it_has() -> None:
    assert chosen([0.1] * 3) == ([0, 1, 2], True)


def test_a_doubtful_block_counts_where_the_page_as_a_whole_is_doubtful() -> None:
    assert chosen([0.1, 0.6, 0.41, 0.6, 0.1]) == ([1, 2, 3], True)
    assert chosen([0.1, 0.99, 0.41, 0.99, 0.1]) == ([1, 3], True)


def test_a_far_run_that_is_less_sure_than_the_story_is_dropped() -> None:
    story, gap, teasers = [0.97] * 6, [0.02] * 25, [0.6] * 8
    assert chosen(story + gap + teasers) == ([0, 1, 2, 3, 4, 5], True)
    assert chosen(teasers + gap + story) == ([33, 34, 35, 36, 37, 38], True)


def test_a_far_run_as_sure_as_the_story_stays() -> None:
    assert len(chosen([0.97] * 6 + [0.02] * 25 + [0.95] * 8)[0]) == 14


def test_a_few_short_lines_of_a_large_page_are_no_article() -> None:
    scores = [0.9] + [0.1] * 19
    assert chosen(scores, prose=[False] * 20) == ([], False)
    assert chosen(scores) == ([0], True)
    assert chosen(scores, words=[400] + [20] * 19, prose=[False] * 20) == ([0], True)


def test_doubtful_lines_are_an_article_where_they_say_enough() -> None:
    assert chosen([0.3] * 20, words=[4] * 20, prose=[False] * 20) == (list(range(20)), True)
    assert chosen([0.3] * 10, words=[4] * 10, prose=[False] * 10) == ([], False)
    assert chosen([0.3] * 10, words=[4] * 10) == ([], False)  # a notice in sentences


def test_a_doubtful_sentence_right_below_the_story_stays() -> None:
    scores = [0.1, 0.97, 0.98, 0.97, 0.25, 0.25, 0.1, 0.25]
    assert chosen(scores) == ([1, 2, 3], True)
    assert chosen(scores, sentences=[True] * 8) == ([1, 2, 3, 4], True)
    assert chosen([0.9] * 4 + [0.15] * 4, sentences=[True] * 8) == ([0, 1, 2, 3], True)


def test_expected_f1_counts_what_is_taken_and_what_is_missed() -> None:
    scores, words = np.array([0.9, 0.5], np.float32), np.array([100, 100], np.float32)
    assert expected_f1(scores, words, frozenset({0})) == pytest.approx(2 * 90 / (100 + 140))
    assert expected_f1(scores, words, frozenset({0, 1})) == pytest.approx(2 * 140 / (200 + 140))
    assert expected_f1(scores, words, frozenset()) == 0.0
    assert expected_f1(np.zeros(0, np.float32), np.zeros(0, np.float32), frozenset()) == 0.0


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 60), st.booleans()), max_size=40))
def test_the_choice_is_within_the_page(blocks: list[tuple[float, int, bool]]) -> None:
    scores, words = np.array([b[0] for b in blocks], np.float32), np.array([b[1] for b in blocks], np.float32)
    flags = np.array([b[2] for b in blocks], bool)
    taken, found = choose(scores, words, flags, flags)
    assert taken <= set(range(len(blocks)))
    assert found or not taken
    assert 0 <= expected_f1(scores, words, taken) <= 1 + 1e-6


def test_reasons_say_where_a_block_stands() -> None:
    told = reasons(frozenset({1, 3}), [False, True, True, True, True])
    assert told[1] == told[3] == ""
    assert [word in told[at] for at, word in ((0, "above"), (2, "amid"), (4, "below"))] == [True] * 3
    assert reasons(frozenset(), [True]) == ("the page has no story",)
