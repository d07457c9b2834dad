"""Samples: the rows that should be looked at are among them, for the reason that is given, and always the same."""

from __future__ import annotations

import pytest

from stripper.report.table.samples import MOST


def named(groups) -> dict[str, list[tuple[int, str]]]:
    return {group.name: [(sample.number, sample.why) for sample in group.samples] for group in groups}


def test_scores_and_amounts(make, look) -> None:
    rows = [make(n, [("share/a", 600 + 10 * n)], score=0.5 + n / 100) for n in range(30)]
    rows[17] = make(17, [("share/a", 600)], score=0.125)
    rows[20] = make(20, [("share/a", 3000)], body="x" * 9000)
    rows[21] = make(21, [("share/a", 30)], body="x" * 2)  # too short to count
    found = named(look(rows)[1])
    assert found["Lowest scores"][:2] == [(17, "score 0.12"), (0, "score 0.50")]
    assert len(found["Lowest scores"]) == MOST
    assert found["Most removed, by share"][0] == (29, "64.0% removed")
    assert found["Most removed, by characters"][:2] == [(20, "3,000 characters removed"), (29, "890 characters removed")]
    assert 21 not in [number for number, _ in found["Most removed, by share"]]


def test_only_rows_with_status_ok_have_low_scores(make, look) -> None:
    rows = [make(0, status="no-article", body="", score=0.0, took=[("navigation/a", 5000)]), make(1, status="floor", score=0.1), make(2)]
    found = named(look(rows)[1])
    assert found["Lowest scores"] == [(2, "score 0.90")]
    assert found["No article, though there is text"] == [(0, "5,000 characters")]
    assert found["Nothing removed, or too little would be left"] == [(1, "500 characters")]


def test_the_first_of_each_sort_of_error(make, look) -> None:
    said = ["took longer than 20 s", "not JSON at 17", "not JSON at 5", "not JSON at 6"]
    found = named(look([make(n, status="error", error=error, body="") for n, error in enumerate(said)])[1])
    assert found["Errors"] == [(1, "3 × not JSON at 17"), (0, "1 × took longer than 20 s")]
    assert found.keys() == {"Errors"}


def test_a_rule_that_was_unlike_itself(make, look) -> None:
    rows = [make(n, [("share/a", 20 + n % 5), ("navigation/b", 1000 + 100 * (n % 10))]) for n in range(100)]
    rows[40] = make(40, [("share/a", 2_000), ("navigation/b", 1500)])
    rows[41] = make(41, [("share/a", 900)])  # as strange, but little
    found = named(look(rows)[1])
    assert found["Rules that were unlike themselves"] == [(40, "share/a took 2,000 characters; it usually takes 24 (on 100 rows)")]


def test_no_more_than_two_rows_for_a_rule(make, look) -> None:
    rows = [make(n, [("share/a", 20), ("share/b", 10)]) for n in range(200)]
    for n in (10, 20, 30):
        rows[n] = make(n, [("share/a", 5_000 + n)])
    rows[50] = make(50, [("share/b", 4_000)])
    numbers = [number for number, _ in named(look(rows)[1])["Rules that were unlike themselves"]]
    assert sorted(numbers) == [20, 30, 50]


def test_a_rule_needs_rows_before_anything_is_unusual(make, look) -> None:
    rows = [make(n, [("share/a", 20)]) for n in range(15)]
    rows[7] = make(7, [("share/a", 90_000)])
    assert "Rules that were unlike themselves" not in named(look(rows)[1])


def test_a_rule_that_rarely_fires_and_takes_much(make, look) -> None:
    rows = [make(n, [("share/a", 20)]) for n in range(50)]
    rows[3] = make(3, [("widget/tides", 4_000)])
    rows[4] = make(4, [("widget/small", 900)])
    rows[5] = make(5, [("widget/twice", 4_000)])
    rows[6] = make(6, [("widget/twice", 4_000)])
    assert named(look(rows)[1])["Rules that rarely fire, and took much"] == [(3, "widget/tides took 4,000 characters; it fired on this row only")]


@pytest.mark.parametrize("length", [1, 5_000])
def test_the_same_rows_give_the_same_samples(length: int, make, look) -> None:
    rows = [make(n, [("share/a", n % 70)], score=(n * 37 % 100) / 100, body="x" * (n % 900)) for n in range(length)]
    assert look(rows)[1] == look(rows)[1]
    assert all(len(group.samples) <= MOST for group in look(rows)[1])


def test_ordinary_rows_are_spread_over_the_table(make, look) -> None:
    numbers = [number for number, _ in named(look([make(n) for n in range(3_000)])[1])["Ordinary rows"]]
    assert len(numbers) == MOST
    assert min(numbers) < 1_000 < 2_000 < max(numbers)
