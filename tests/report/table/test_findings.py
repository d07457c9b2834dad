"""Sentences about a table: what is wrong is said, with figures that are right, and what isn't wrong is passed over."""

from __future__ import annotations

import pytest

from stripper.report.table.findings import findings, share


def said(look, rows) -> str:
    return "\n".join(findings(look(rows)[0]))


def test_nothing_stands_out_of_good_rows(make, look) -> None:
    assert findings(look([make(n, [("share/a", 20)]) for n in range(100)])[0]) == ()


def test_statuses(make, look) -> None:
    rows = [make(n) for n in range(180)]
    rows += [make(n, status="error", error=f"line {n}: not JSON", body="") for n in range(4)]
    rows += [make(n, status="no-article", body="") for n in range(12)]
    rows += [make(0, status="floor"), make(0, status="empty", body=""), make(0, status="tired"), make(0, status="error", error="lost", body="")]
    assert said(look, rows).splitlines()[:3] == [
        "5 rows (2.5%) are errors, 4 of them like the first: line 0: not JSON",
        "In 12 rows (6.0%) no article was found (status no-article).",
        "1 row (0.5%) has a status that this stripper doesn't know: tired.",
    ]


def test_errors_of_one_sort(make, look) -> None:
    rows = [make(n) for n in range(8)] + [make(n, status="error", error="lost", body="") for n in range(2)]
    assert said(look, rows) == "2 rows (20.0%) are errors, all of them like the first: lost"
    assert said(look, rows[:9]) == "1 row (11.1%) is an error: lost"


def test_hosts(make, look) -> None:
    rows = [make(n, url=f"https://good-{n % 3}.example/") for n in range(300)]
    for host, count in (("a", 30), ("b", 22), ("c", 25), ("d", 20), ("e", 19)):
        rows += [make(n, url=f"https://{host}.example/", status="no-article" if n else "ok", body="") for n in range(count)]
    rows += [make(n, url="https://low.example/", score=0.3, date=None) for n in range(25)]
    found = said(look, rows)
    expected = (
        "4 hosts with 20 rows or more have fewer than half of them with status ok: a.example (1 of 30), c.example (1 of 25), b.example (1 of 22)"
    )
    assert f"{expected} and 1 more." in found
    assert "1 host with 20 such rows or more has a mean score below 0.5: low.example (0.30)." in found
    assert "1 host with 20 articles or more has none with a date: low.example (25 rows)." in found
    assert "e.example" not in found
    assert "good" not in found


def test_scores_lengths_and_fields(make, look) -> None:
    rows = [
        make(n, url=None, score=0.4 if n < 5 else 0.9, body="x" * (99 if n < 7 else 100), headline=None, date="?" if n else None) for n in range(50)
    ]
    rows[0] |= {"paywall": "teaser"}
    assert said(look, rows).splitlines() == [
        "5 rows (10.0%) with status ok have a score below 0.5: the body may be wrong.",
        "7 rows (14.0%) with status ok have a body of fewer than 100 characters.",
        "Only 0 rows (0%) with a body have a headline.",
        "1 row (2.0%) with a body is only the beginning of a story behind a paywall.",
        "49 rows (98.0%) with a body have a date that isn't in ISO 8601.",
    ]


def test_what_the_table_was_made_with(make, look) -> None:
    rows = [make(0, packs=["core 1 ab", "tides 1 ef"]), make(1, packs=["core 2 cd", "tides 1 ef"], warnings=["odd", "odd"]), make(2)]
    assert said(look, rows).splitlines() == [
        "Rows were made with 2 versions of the pack core: core 1 ab (2), core 2 cd (1).",
        "2 warnings, most often (2): odd",
    ]
    for row in rows:
        del row["removed"]
    assert "The table doesn't list what was removed; stripper batch --removed does." in said(look, rows)
    rows[0]["removed"] = []
    assert "Only 1 row (33.3%) list what was removed from them." in said(look, rows)


def test_no_rows(look) -> None:
    assert said(look, []) == "The table has no rows."


def test_nothing_that_a_row_says_reverses_a_sentence(make, look) -> None:
    assert "\u202e" not in said(look, [make(0, status="error", error="a\u202eb\0", body="", warnings=["\u202e"])])


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 0, "0%"), (0, 9, "0%"), (9, 9, "100%"), (1, 3, "33.3%"), (1, 10_000, "<0.1%"), (9_999, 10_000, ">99.9%"), (1, 1_000, "0.1%")],
)
def test_shares(part: int, whole: int, expected: str) -> None:
    assert share(part, whole) == expected
