"""A table in figures: they add up, whatever stands in the rows, and what is told apart is bounded."""

from __future__ import annotations

from collections import Counter

import pytest

from stripper.report.table import summary as module
from stripper.report.table.figures import NOWHERE, day_of, host_of
from stripper.report.table.summary import OTHERS, FirstError


def test_figures(make, look) -> None:
    rows = [
        make(0, [("share/a", 30), ("share/a", 10), ("related/b", 60)], score=0.31),
        make(1, [("share/a", 10)], url="https://isle.example:8080/x", byline="Edda", date="2024-03-14T09:00:00+01:00", warnings=["odd"], score=1.0),
        make(2, status="no-article", body="", url=None, took=[("navigation/c", 900)], date=None, score=0.2),
        make(3, status="floor", body="z" * 20, date="14 March", language=None, paywall="teaser"),
        make(4, status="error", error="crawl.jsonl, line 5: not JSON", id="crawl.jsonl:5", body="", date=None, score=0.0),
        make(5, status="error", error="crawl.jsonl, line 6: not JSON", id="crawl.jsonl:6", body="", date=None, score=0.0),
        make(6, status="error", error="took longer than 20 s", body="", date=None, score=0.0),
    ]
    found, _ = look(rows)
    assert (found.rows, found.listed, found.with_body) == (7, 7, 3)
    assert found.statuses == {"ok": 2, "no-article": 1, "floor": 1, "error": 3}
    assert found.errors == (FirstError(2, 4, "crawl.jsonl:5", "line 5: not JSON"), FirstError(1, 6, "tarn-6", "took longer than 20 s"))
    assert (found.body, found.removed) == (1020, 1010)
    assert found.kinds == {"share": 50, "related": 60, "navigation": 900}
    assert found.kind_rows == {"share": 2, "related": 1, "navigation": 1}
    assert {rule: (count.kind, count.rows, count.spans, count.chars) for rule, count in found.rules.items()} == {
        "share/a": ("share", 2, 3, 50),
        "related/b": ("related", 1, 1, 60),
        "navigation/c": ("navigation", 1, 1, 900),
    }
    assert found.rules["share/a"].usual == pytest.approx(20)  # the root of 40 × 10
    assert {host: (count.rows, count.with_body, count.removed) for host, count in found.hosts.items()} == {
        "tarn.example": (5, 2, 100),
        "isle.example": (1, 1, 10),
        NOWHERE: (1, 0, 900),
    }
    assert found.hosts["tarn.example"].mean_score == pytest.approx(0.31)
    assert found.filled == {"headline": 3, "byline": 1, "date": 3, "language": 2, "paywall": 1}
    assert {number: count for number, count in enumerate(found.scores) if count} == {6: 1, 19: 1}
    assert found.lengths == {10: 2}  # 500 lies between 10 ** 2.5 and 10 ** 2.75
    assert (found.days, found.odd_dates) == ({"2024-03-14": 2}, 1)
    assert (found.languages, found.paywalls, found.warnings) == ({"en": 2, "": 1}, {"teaser": 1}, {"odd": 1})
    assert found.packs == {"core 1 ab": 7}


def test_a_table_without_what_was_removed(make, look) -> None:
    row = make()
    del row["removed"]
    found, _ = look([row])
    assert (found.rows, found.listed, found.removed, found.rules) == (1, 0, 0, {})


def test_nothing_at_all(look) -> None:
    found, groups = look([])
    assert (found.rows, found.statuses, found.errors, found.hosts, groups) == (0, {}, (), {}, ())


def test_a_rule_of_several_kinds_counts_for_each(make, look) -> None:
    spans = [{"kind": kind, "rule": "locator", "start": 0, "end": 4, "score": 1, "text": "abcd"} for kind in ("off-story", "related", "related")]
    found, _ = look([make(removed=spans)])
    assert found.kinds == {"off-story": 4, "related": 8}
    assert found.rules["locator"].chars == found.removed == 12


def test_only_so_many_are_told_apart(make, look, monkeypatch) -> None:
    for name in ("MOST_HOSTS", "MOST_RULES", "MOST_NAMES"):
        monkeypatch.setattr(module, name, 2)
    rows = [make(n, [(f"share/{n}", 10)], url=f"https://isle-{n % 4}.example/", warnings=[f"odd {n}"], status=f"s{n}", language="") for n in range(8)]
    found, _ = look(rows)
    assert {host: count.rows for host, count in found.hosts.items()} == {"isle-0.example": 2, "isle-1.example": 2, OTHERS: 4}
    assert {rule: count.chars for rule, count in found.rules.items()} == {"share/0": 10, "share/1": 10, OTHERS: 60}
    assert found.warnings == {"odd 0": 1, "odd 1": 1, OTHERS: 6}
    assert found.statuses == {"s0": 1, "s1": 1, OTHERS: 6}


def test_names_are_cut(make, look) -> None:
    found, _ = look([make(0, [("share/" + "a" * 9000, 10)], url=f"https://{'b' * 9000}.example/", warnings=["c" * 9000])])
    names = [*found.rules, *found.hosts, *found.warnings]
    assert [len(name) for name in names] == [200, 200, 200]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Tarn.example/a?b#c", "www.tarn.example"),
        ("http://user:word@[2001:db8::1]:80/", "2001:db8::1"),
        ("//tarn.example/a", "tarn.example"),
        ("http://[half", NOWHERE),
        ("tarn.example/a", NOWHERE),
        ("javascript:alert(1)", NOWHERE),
        ("", NOWHERE),
        (None, NOWHERE),
    ],
)
def test_hosts(url: str | None, host: str) -> None:
    assert host_of(url) == host


def test_days() -> None:
    assert [day_of(said) for said in ("2024-03-14", "2024-03-14T23:59:00-09:00", "2024-02-30", "14 March", "")] == [
        "2024-03-14",
        "2024-03-14",
        "",
        "",
        "",
    ]


def test_what_is_usual_for_a_rule_isnt_moved_by_one_row(make, look) -> None:
    rows = [make(n, [("share/a", 10 + n % 3)]) for n in range(100)]
    before = look(rows)[0].rules["share/a"]
    after = look([*rows, make(100, [("share/a", 50_000)])])[0].rules["share/a"]
    assert before.usual == pytest.approx(11, abs=0.1)
    assert after.usual == pytest.approx(12, abs=0.1)
    assert after.deviation(50_000, 0.5) > 8 > 1 > after.deviation(12, 0.5)
    assert before.deviation(12, 0.5) == pytest.approx(0.18, abs=0.02)


def test_counts_dont_depend_on_the_order(make, look) -> None:
    rows = [make(n, [(f"share/{n % 3}", 10 * n + 1)], url=f"https://isle-{n % 5}.example/") for n in range(40)]
    one, other = look(rows)[0], look(rows[::-1])[0]
    assert one.hosts == other.hosts
    assert Counter(one.rules.keys()) == Counter(other.rules.keys())
    assert [one.rules[rule].chars for rule in sorted(one.rules)] == [other.rules[rule].chars for rule in sorted(other.rules)]
