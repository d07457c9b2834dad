"""Which date is believed: what the page prints against what it declares, and why."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stripper
from stripper.fields import find_fields
from stripper.read import read
from stripper.types import Page, Story, Witness

HEADLINE = "Lighthouse at Skarne gets its lens back"
STORY = [
    "The lighthouse at Skarne has its old lens again, sixty years after it was sold to a collector of clocks.",
    "The keeper's granddaughter found it in a barn, wrapped in a sail, and carried it home in a handcart.",
]


def read_page(*lines: str, ld: dict[str, Any] | None = None, meta: str = "", url: str | None = None, crawled: date | None = None) -> Page:
    """An HTML page with lines below its headline and what it declares."""
    script = f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **ld})}</script>" if ld is not None else ""
    body = "".join(f"<p>{line}</p>" for line in (*lines, *STORY))
    page = read(f"<html lang=en><head>{meta}{script}</head><body><h1>{HEADLINE}</h1>{body}</body></html>", url, "html")
    object.__setattr__(page, "crawled", crawled)
    return page


def read_text(*lines: str, crawled: date | None = None) -> Page:
    page = read("\n\n".join([HEADLINE, *lines, *STORY]), as_="text")
    object.__setattr__(page, "crawled", crawled)
    return page


def witnesses_of(page: Page) -> dict[str, tuple[Witness, ...]]:
    chosen = frozenset(i for i, b in enumerate(page.blocks) if page.text[b.start : b.end] in STORY)
    return dict(find_fields(page, (), Story(tuple(float(i in chosen) for i in range(len(page.blocks))), chosen, 1.0)).witnesses)


def first(page: Page, field: str = "date") -> Any:
    return witnesses_of(page)[field][0].value if field in witnesses_of(page) else None


def test_all_that_agree_are_named_and_so_is_who_differs() -> None:
    page = read_page(
        "Published 4 March 2024",
        ld={"datePublished": "2024-03-04T10:00:00+01:00"},
        meta="<meta property=article:published_time content='2024-03-04T10:00:00+01:00'><meta name=date content='2024-03-09'>",
    )
    believed, *others = witnesses_of(page)["date"]
    assert believed.value == datetime(2024, 3, 4, 10, tzinfo=timezone(timedelta(hours=1)))
    assert believed.why == "JSON-LD, OpenGraph and the line below the headline say so; a meta element names another day."
    assert [w.value for w in others if w.origin == "meta"] == [date(2024, 3, 9)]
    assert {w.why for w in others} == {""}


def test_a_single_witness_says_so() -> None:
    assert witnesses_of(read_text("4 March 2024"))["date"][0].why == "The line below the headline says so."
    assert witnesses_of(read_page(ld={"datePublished": "2024-03-04"}))["date"][0].why == "JSON-LD says so."


@pytest.mark.parametrize(
    ("declared", "line", "expected"),
    [
        ("2024-03-05T02:25:54Z", "4 March 2024 | 9:25pm", date(2024, 3, 4)),
        ("2024-03-04T23:00:00Z", "5 March 2024", date(2024, 3, 5)),
        ("2024-03-04T23:00:00+00:00", "Published: 5 March 2024", date(2024, 3, 5)),
        ("2024-03-05T02:25:54Z", "", datetime(2024, 3, 5, 2, 25, 54, tzinfo=UTC)),
        ("2024-03-05T02:25:54-05:00", "", datetime(2024, 3, 5, 2, 25, 54, tzinfo=timezone(timedelta(hours=-5)))),
    ],
)
def test_a_moment_in_utc_is_on_the_day_that_the_page_prints(declared: str, line: str, expected: object) -> None:
    meta = f"<meta property=article:published_time content='{declared}'>"
    page = read_page(*([line] if line else []), ld={"datePublished": declared}, meta=meta)
    assert first(page) == expected
    if line:
        assert "UTC falls on this day" in witnesses_of(page)["date"][0].why


@pytest.mark.parametrize("declared", ["2024-03-05T13:00:00Z", "2024-03-06T02:00:00Z", "2024-03-05T02:25:54+01:00"])
def test_what_no_zone_explains_is_another_day(declared: str) -> None:
    page = read_page("4 March 2024", ld={"datePublished": declared}, meta=f"<meta property=article:published_time content='{declared}'>")
    assert first(page) == datetime.fromisoformat(declared)


def test_the_day_in_the_address_settles_it_too() -> None:
    page = read_page(ld={"datePublished": "2024-03-04T23:01:00Z"}, url="https://bell.example/2024/03/05/lens")
    assert first(page) == date(2024, 3, 5)


def test_text_has_its_address_as_a_witness_too() -> None:
    page = read("\n\n".join([HEADLINE, "03/04/2024", *STORY]), "https://bell.example/2024/03/04/lens", "text")
    assert first(page) == date(2024, 3, 4)
    assert witnesses_of(page)["date"][0].why == "The line below the headline and its address say so."


def test_the_day_of_the_last_change_is_set_aside_but_stays_in_the_evidence() -> None:
    page = read_page("6 May 2024", ld={"datePublished": "2021-03-04", "dateModified": "2024-05-06"})
    believed, aside = witnesses_of(page)["date"]
    assert (believed.value, aside.value) == (date(2021, 3, 4), date(2024, 5, 6))
    assert aside.why == "The page says that it was changed on this day, or after it."
    assert first(page, "modified") == date(2024, 5, 6)


def test_a_day_between_publication_and_the_last_change_is_one_of_a_change() -> None:
    assert first(read_page("6 May 2024", ld={"datePublished": "2021-03-04", "dateModified": "2024-07-08"})) == date(2021, 3, 4)


def test_templates_that_state_the_last_change_twice_give_way_to_an_earlier_day() -> None:
    meta = "<meta property=article:published_time content='2024-03-04'>"
    page = read_page(ld={"datePublished": "2024-05-06T10:00:00Z", "dateModified": "2024-05-06T10:00:00Z"}, meta=meta)
    assert first(page) == date(2024, 3, 4)


@pytest.mark.parametrize("ld", [None, {}, {"dateModified": "2024-03-04T08:00:00Z"}])
def test_a_page_that_says_one_day_only_as_its_update(ld: dict[str, Any] | None) -> None:
    page = read_page("Last updated: 4 March 2024", ld=ld)
    found = witnesses_of(page)
    assert found["date"][0].why == "The page says only when it was updated."
    assert str(found["date"][0].value).startswith("2024-03-04")
    assert str(found["modified"][0].value).startswith("2024-03-04")


def test_an_update_is_no_date_where_the_other_may_have_been_lost() -> None:
    assert first(read_text("Last updated: 4 March 2024")) is None
    assert first(read_text("Last updated: 4 March 2024, 10:20")) == date(2024, 3, 4)
    assert first(read_page("Updated 4 March 2024", meta="<meta property=article:modified_time content='2024-03-04T10:00:00Z'>")) is None
    assert first(read_page(meta="<meta property=article:modified_time content='2024-03-04T10:00:00Z'>")) is None


@pytest.mark.parametrize(("line", "crawled"), [("4 March 1987", None), ("4 March 1899", None), ("4 March 2031", date(2024, 5, 6))])
def test_a_day_long_ago_or_yet_to_come_needs_two_witnesses(line: str, crawled: date | None) -> None:
    assert first(read_page(line, crawled=crawled)) is None
    value = f"{line[-4:]}-03-04"
    assert first(read_page(line, meta=f"<meta name=date content={value}>", crawled=crawled)) == date.fromisoformat(value)


def test_tomorrow_somewhere_is_not_the_future() -> None:
    assert first(read_page("5 March 2024", crawled=date(2024, 3, 4))) == date(2024, 3, 5)
    assert first(read_page("6 March 2024", crawled=datetime(2024, 3, 4, 23, tzinfo=UTC))) is None


def test_distances_need_the_day_on_which_the_page_was_read() -> None:
    assert first(read_text("By Ana Lima", "2 hours ago")) is None
    assert first(read_text("By Ana Lima", "2 hours ago", crawled=date(2024, 3, 4))) == date(2024, 3, 4)
    assert first(read_text("gestern, 18:20 Uhr", crawled=datetime(2024, 3, 4, 9, tzinfo=UTC))) == date(2024, 3, 3)


def test_numbers_are_read_as_another_witness_reads_them() -> None:
    assert first(read_page("03/04/2024", ld={"datePublished": "2024-03-04"})) == date(2024, 3, 4)
    assert first(read_page("4 March 2024", meta="<meta name=date content='03/04/2024'>")) == date(2024, 3, 4)


def test_time_elements_of_many_days_are_those_of_others() -> None:
    times = "".join(f"<time datetime=2024-03-{d:02}></time>" for d in range(1, 8))
    assert first(read_page(times)) is None


@pytest.mark.parametrize(
    "value",
    [
        "2024-02-31",
        "99/99/9999",
        "0000-00-00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "9" * 100_000,
        9**4000,
        -1,
        None,
        True,
        [],
        [[["4 March"]]],
        {"@value": {}},
        "<b></b>",
        "soon",
    ],
)
def test_impossible_dates_give_no_error_and_no_field(value: object) -> None:
    text = str(value)[:200_000]
    assert first(read_page(ld={"datePublished": value, "dateModified": value}, meta=f"<meta name=date content='{text}'>")) is None
    assert first(read_text(text)) is None


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["datePublished", "dateModified", "dateCreated"]), st.recursive(st.text() | st.integers() | st.none(), st.lists))
)
def test_any_json_gives_dates_or_nothing(ld: dict[str, Any]) -> None:
    for witness in witnesses_of(read_page(ld=ld)).get("date", ()):
        assert isinstance(witness.value, date)


def test_a_time_without_its_zone_is_a_day() -> None:
    html = """<html lang="en"><head><meta property="article:published_time" content="2024-05-03T14:07:09"></head><body><h1>Ferry sails again</h1>
    <p>The ferry to Orsay sailed again on Monday, nine weeks after its engine was flooded in the harbour.</p></body></html>"""
    found = stripper.clean(html, as_="html").date
    assert type(found) is date
    assert found == date(2024, 5, 3)
