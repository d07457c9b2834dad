"""Copies of pages for training."""

import datetime
import random

from hypothesis import given
from hypothesis import strategies as st

from stripper.locate.train.mixtures import Donor, mixtures

OTHERS = [
    Donor(
        f"Lighthouse {n} goes dark",
        f"The keeper of number {n} says goodbye. Nobody came.",
        "Ada Holm",
        datetime.date(2024, 5, n + 1),
        "One.\nTwo.\nThree.",
    )
    for n in range(9)
]
PAGE = [
    ("\nHome", False),
    ("\nSport", False),
    *((f"\n\nParagraph {n} of the story.", True) for n in range(12)),
    *((f"\nTeaser {n}", False) for n in range(9)),
]


def test_copies_keep_the_story_in_order_or_its_beginning() -> None:
    for seed in range(40):
        for text in mixtures(PAGE, OTHERS, random.Random(seed)):
            kept = [n for n in range(12) if f"Paragraph {n} of" in text]
            assert kept == list(range(len(kept)))
            assert len(kept) >= 2
            assert [text.index(f"Paragraph {n} of") for n in kept] == sorted(text.index(f"Paragraph {n} of") for n in kept)


def test_the_second_copy_has_no_line_breaks_and_the_whole_story() -> None:
    for seed in range(20):
        _, joined, _ = mixtures(PAGE, OTHERS, random.Random(seed))
        assert "\n" not in joined
        assert "Paragraph 11 of" in joined


def test_the_third_copy_holds_what_donors_say() -> None:
    texts = [list(mixtures(PAGE, OTHERS, random.Random(seed)))[2] for seed in range(20)]
    assert all("Lighthouse" in text for text in texts)
    assert any("Three." in text for text in texts), "a whole story below"


def test_the_same_seed_gives_the_same_copies() -> None:
    assert list(mixtures(PAGE, OTHERS, random.Random(7))) == list(mixtures(PAGE, OTHERS, random.Random(7)))


@given(st.lists(st.tuples(st.text("ab \n", min_size=1, max_size=9), st.booleans()), max_size=12), st.booleans(), st.integers(0, 99))
def test_any_page_can_be_mixed(lines: list[tuple[str, bool]], lonely: bool, seed: int) -> None:
    assert len(list(mixtures(lines, [] if lonely else OTHERS, random.Random(seed)))) == 3
