"""Charts of a summary: the numbers below them are those of the summary."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from stripper.report.html.charts import DRAWN_HOSTS, LISTED, MOST_COLUMNS, charts, grid


@pytest.fixture
def draw(look):
    return lambda rows: {chart.name: chart for chart in charts(look(rows)[0])}


def test_numbers(make, draw) -> None:
    rows = [make(n, [("share/a", 10), ("related/b", 30)], url=f"https://isle-{n % 2}.example/", score=0.97) for n in range(8)]
    rows += [make(8, status="error", error="lost", body="", date=None, url=None), make(9, status="tired")]
    found = draw(rows)
    assert list(found) == ["statuses", "kinds", "rules", "host-statuses", "host-chars", "scores", "lengths", "dates", "fields"]
    assert found["statuses"].grid.rows == (("ok", "8", "80.0%"), ("error", "1", "10.0%"), ("tired", "1", "10.0%"))
    assert found["kinds"].grid.rows == (("related", "240", "75.0%", "8"), ("share", "80", "25.0%", "8"))
    assert found["rules"].grid.rows[0] == ("related/b", "related", "240", "75.0%", "8", "30")
    assert found["host-chars"].grid.rows[0] == ("isle-0.example", "2,000", "160", "7.4%", "4")
    assert found["host-statuses"].grid.rows[0][:3] == ("isle-0.example", "4", "100%")
    assert [key.name for key in found["host-statuses"].keys] == ["ok", "error"]
    assert found["scores"].grid.rows[-1] == ("0.95 to 1.00", "8", "100%")
    assert found["lengths"].grid.rows == (("320 to 560", "8", "100%"),)
    assert found["dates"].grid.rows == (("2024-03-14", "8"),)
    assert found["fields"].grid.rows[0] == ("headline", "8", "100%")
    for chart in found.values():
        assert chart.svg.count("<title>") >= len(chart.grid.rows) or chart.name == "rules"


def test_what_there_are_no_numbers_for_isnt_drawn(make, draw) -> None:
    row = make(url=None, date=None)
    del row["removed"]
    assert list(draw([row])) == ["statuses", "scores", "lengths", "fields"]
    assert draw([]) == {}


def test_where_nothing_has_text_no_characters_are_drawn(make, draw) -> None:
    assert "host-chars" not in draw([make(n, status="error", error="not HTML", body="") for n in range(3)])


def test_only_the_largest_hosts_are_drawn(make, draw) -> None:
    found = draw([make(n, url=f"https://isle-{m}.example/") for m in range(100) for n in range(m)])
    assert found["host-statuses"].svg.count("<title>") == DRAWN_HOSTS
    assert found["host-statuses"].grid.rows[0][:2] == ("isle-99.example", "99")
    assert found["host-statuses"].about == "How rows ended, of the 15 of 99 hosts with the most rows."
    assert (len(found["host-statuses"].grid.rows), found["host-statuses"].whole) == (LISTED, 99)
    few = draw([make(n, url=f"https://isle-{n % 3}.example/" if n else None) for n in range(9)])
    assert few["host-statuses"].about == "How rows ended, of each host."


@pytest.mark.parametrize(
    ("first", "days", "unit", "label", "most"),
    [
        (date(2024, 1, 1), 1, "day", "2024-01-01", 1),
        (date(2024, 1, 1), 60, "day", "2024-01-01", 60),
        (date(2020, 2, 1), 900, "month", "2020-02", 30),
        (date(1990, 1, 1), 9_000, "year", "1990", 25),
        (date(1700, 1, 1), 110_000, "year", "earlier", MOST_COLUMNS + 1),
    ],
)
def test_dates_are_counted_by_what_fits(first: date, days: int, unit: str, label: str, most: int, make, draw) -> None:
    rows = [make(n, url=None, date=(first + timedelta(n * days // 400)).isoformat()) for n in range(400)]
    chart = draw(rows)["dates"]
    assert chart.grid.header[0] == unit
    assert chart.grid.rows[0][0] == label
    assert len(chart.grid.rows) == pytest.approx(most, abs=1)
    assert sum(int(count) for _, count in chart.grid.rows) == 400


def test_a_few_strange_dates_dont_press_the_others_together(make, draw) -> None:
    rows = [make(n, url=None, date=f"2024-03-{n % 28 + 1:02}") for n in range(400)]
    rows[0]["date"], rows[1]["date"] = "1970-01-01", "9999-12-31"
    chart = draw(rows)["dates"]
    assert [chart.grid.rows[0], chart.grid.rows[-1]] == [("earlier", "1"), ("later", "1")]
    assert len(chart.grid.rows) == 30
    assert "from 1970-01-01 to 9999-12-31" in chart.about


def test_columns_of_numbers() -> None:
    assert grid(("host", "rows", "share"), [("a", "1,000", "<0.1%"), ("2", "3", "0%")]).numeric == (False, True, True)
