"""Two texts compared: nothing lost, lines before words, and time that grows with their length."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.report.compare.diff import Piece, Side, Stretch, cut, diff, size, stretches

GONE, COME, SAME = Side.GONE, Side.COME, Side.SAME
WORDS = st.sampled_from(["the", "ferry", "sailed", "again", "on", "Monday", ",", " ", " ", " ", "\n", "\n\n", "東京", "の", "朝", "\u2028", "é"])
TEXTS = st.lists(WORDS, max_size=60).map("".join) | st.text(max_size=80)


def old_of(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces if piece.side is not COME)


def new_of(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces if piece.side is not GONE)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_rebuilt(old, new):
    pieces = diff(old, new)
    assert (old_of(pieces), new_of(pieces)) == (old, new)
    assert all(piece.text for piece in pieces)
    assert (size(pieces) == 0) == (old == new)
    assert diff(old, new) == pieces
    sides = [piece.side for piece in pieces]
    assert set(pairwise(sides)) <= {(SAME, GONE), (SAME, COME), (GONE, COME), (GONE, SAME), (COME, SAME)}


@given(TEXTS, TEXTS, st.integers(1, 40))
def test_stretches_show_every_change_and_count_what_they_skip(old, new, around):
    pieces = diff(old, new)
    found = stretches(pieces, around)
    assert [p for s in found for p in s.pieces if p.side is not SAME] == [p for p in pieces if p.side is not SAME]
    shown = sum(len(piece.text) for stretch in found for piece in stretch.pieces if piece.side is SAME)
    if old != new:
        assert shown + sum(stretch.skipped for stretch in found) == sum(len(piece.text) for piece in pieces if piece.side is SAME)
    else:
        assert found == ()


@given(TEXTS, TEXTS, st.integers(0, 50))
def test_cut_keeps_so_much_of_the_changes(old, new, most):
    pieces = diff(old, new)
    _, chars = cut(stretches(pieces), most)
    assert chars == min(most, size(pieces))


def test_lines_that_stay_hold_the_text_together():
    old = "First line.\nThe ferry sails on Monday.\nSubscribe now.\nMore.\n"
    new = "First line.\nThe ferry sails on Tuesday.\nMore.\nLast line.\n"
    assert diff(old, new) == (
        Piece(SAME, "First line.\nThe ferry sails on "),
        Piece(GONE, "Monday"),
        Piece(COME, "Tuesday"),
        Piece(SAME, ".\n"),
        Piece(GONE, "Subscribe now.\n"),
        Piece(SAME, "More.\n"),
        Piece(COME, "Last line.\n"),
    )


def test_blank_lines_hold_nothing_together():
    paragraphs = ["The mill at Tarn is open again, the mayor said.", "Pupils of the village school cleaned the wheel, he said."]
    old = "\n\n".join([*paragraphs, "The county pays."])
    new = "\n\n".join(["Picture: the mill.", *(text.removesuffix(" he said.") for text in paragraphs), "The county pays."])
    assert diff(old, new) == (
        Piece(COME, "Picture: the mill.\n\n"),
        Piece(SAME, f"{paragraphs[0]}\n\nPupils of the village school cleaned the wheel,"),
        Piece(GONE, " he said."),
        Piece(SAME, "\n\nThe county pays."),
    )


def test_two_lines_that_share_some_words_by_chance_are_two_lines():
    old, new = "The council will vote on the money in May.", "An old ship on the quay was sold for scrap."
    assert diff(old, new) == (Piece(GONE, old), Piece(COME, new))


def test_letters_of_scripts_without_blanks_are_compared_one_by_one():
    assert diff("東京の朝は寒い", "東京の夜は寒い") == (Piece(SAME, "東京の"), Piece(GONE, "朝"), Piece(COME, "夜"), Piece(SAME, "は寒い"))


def test_a_long_line_is_compared_by_words_too():
    words = [f"word{number}" for number in range(8_000)]
    changed = [*words[:100], "inserted", *words[100:7_900], *words[7_901:]]
    pieces = diff(" ".join(words), " ".join(changed))
    assert [piece for piece in pieces if piece.side is not SAME] == [Piece(COME, "inserted "), Piece(GONE, " word7900")]


def test_what_occurs_once_in_both_is_found_behind_many_changes():
    old = [f"line {number} of the first sort" for number in range(3_000)]
    new = [line if number % 3 else f"another {number}" for number, line in enumerate(old)]
    pieces = diff("\n".join(old), "\n".join(new))
    assert sum(piece.text.count("of the first sort") for piece in pieces if piece.side is SAME) == 2_000


def test_a_stretch_is_cut_between_words_and_says_what_it_leaves_out():
    before, behind = "many words before it " * 10, " and many more behind it" * 10
    found = stretches(diff(f"{before}old{behind}", f"{before}new{behind}"), around=30)
    assert len(found) == 2
    head, gone, come, tail = found[0].pieces
    assert (gone.text, come.text) == ("old", "new")
    assert before.endswith(" " + head.text)
    assert behind.startswith(tail.text)
    assert tail.text.endswith(" ")
    assert all(15 <= len(text) <= 30 for text in (head.text, tail.text))
    assert found[0].skipped == len(before) - len(head.text)
    assert found[1] == Stretch(len(behind) - len(tail.text), ())


def lines(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [" ".join(str(chance.randrange(10_000)) for _ in range(20)) for _ in range(count)]


def changed(change: str, count: int) -> tuple[str, str]:
    """A text of so many lines, and another."""
    old = lines(count, 1)
    new = {
        "another text": lambda: lines(count, 2),
        "a word in each line": lambda: [f"a{line[1:]}" for line in old],
        "another order": lambda: random.Random(3).sample(old, len(old)),
        "a line of two": lambda: [line for pair in zip(old[::2], lines(count // 2, 4), strict=True) for line in pair],
    }[change]()
    return "\n".join(old), "\n".join(new)


REPEATED = {
    "two words": lambda count: ("a " * count, "a b " * (count // 2)),
    "one word": lambda count: ("a" * 60 * count, "b" + "a" * 59 * count),
    "two lines": lambda count: ("x\n" * 4 * count, "x\ny\n" * 2 * count),
}


def effort(old: str, new: str) -> float:
    """Seconds of the processor that comparing two texts takes, the quicker of two times."""
    taken = []
    for _ in range(2):
        started = time.process_time()
        pieces = diff(old, new)
        taken.append(time.process_time() - started)
        assert (old_of(pieces), new_of(pieces)) == (old, new)
    return min(taken)


@pytest.mark.slow
@pytest.mark.parametrize("change", ["another text", "a word in each line", "another order", "a line of two"])
def test_effort_grows_as_the_texts_do(change):
    assert effort(*changed(change, 4_000)) < 10 * effort(*changed(change, 1_000)) + 0.05  # four times the text; by its square it would be 16


@pytest.mark.slow
@pytest.mark.parametrize("sort", REPEATED)
def test_effort_grows_as_texts_that_repeat_themselves_do(sort):
    assert effort(*REPEATED[sort](12_000)) < 10 * effort(*REPEATED[sort](3_000)) + 0.05
