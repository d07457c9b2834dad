"""Fields that a rule is certain of come before what the readers find."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from stripper.fields import Found, find_fields
from stripper.read import read
from stripper.resolve import resolve
from stripper.types import CERTAIN, Block, Kind, Mark, Outcome, Page, Policy, Story

BODY = [
    "The old crane at the harbour of Lunden will be taken down next spring, the port authority said on Monday.",
    "Engineers had found cracks in the crane's main arm, which has lifted cargo since 1958.",
    "Several groups in Lunden want to keep the crane as a museum piece beside the harbour basin.",
]
HEAD = [
    "Harbour notes",
    "Crane comes down in spring",
    "What the engineers found in the main arm",
    "Words: Ana Lima for the harbour desk on 4 March 2024",
    "Bo Chen",
    "Printed 9 May 2023",
]
PAGE = read("<html><head><title>Harbour notes</title></head><body>" + "".join(f"<p>{line}</p>" for line in [*HEAD, *BODY]), as_="html")
RULE = "sites:{}/lunden"


def mark(kind: Kind, text: str, score: float = CERTAIN, rule: str = "") -> Mark:
    start = PAGE.text.index(text)
    return Mark(start, start + len(text), kind, rule or RULE.format(kind), score, "The site's rule says so.")


def story(page: Page = PAGE) -> Story:
    chosen = frozenset(i for i, b in enumerate(page.blocks) if page.text[b.start : b.end] in BODY)
    return Story(tuple(float(i in chosen) for i in range(len(page.blocks))), chosen, 1.0)


def found(*marks: Mark, page: Page = PAGE) -> Found:
    return find_fields(page, marks, story(page))


@pytest.mark.parametrize(
    ("kind", "text", "name", "value"),
    [
        (Kind.HEADLINE, "Crane comes down in spring", "headline", "Crane comes down in spring"),
        (Kind.STANDFIRST, "What the engineers found in the main arm", "standfirst", "What the engineers found in the main arm"),
        (Kind.SECTION, "Harbour notes", "section", "Harbour notes"),
        (Kind.BYLINE, "Ana Lima", "byline", "Ana Lima"),
        (Kind.BYLINE, "Ana Lima", "authors", ("Ana Lima",)),
        (Kind.BYLINE, "harbour desk", "byline", "harbour desk"),
        (Kind.DATE, "4 March 2024", "date", date(2024, 3, 4)),
        (Kind.DATE, "Printed 9 May 2023", "date", date(2023, 5, 9)),
    ],
)
def test_a_certain_rule_is_believed_first(kind: Kind, text: str, name: str, value: Any) -> None:
    first, *others = found(mark(kind, text)).witnesses[name]
    assert (first.value, first.origin, first.why) == (value, RULE.format(kind), "The site's rule says so.")
    assert (first.start, first.end) == mark(kind, text)[:2]
    assert not any(other.why for other in others)


def test_one_that_only_proposes_is_not() -> None:
    assert found(mark(Kind.HEADLINE, "What the engineers found in the main arm", 0.99)).witnesses["headline"][0].origin != RULE.format("headline")


def test_all_elements_of_a_byline_count_and_the_first_of_the_others() -> None:
    two = found(mark(Kind.BYLINE, "Ana Lima"), mark(Kind.BYLINE, "Bo Chen"))
    assert (two.witnesses["byline"][0].value, two.witnesses["authors"][0].value) == ("Ana Lima, Bo Chen", ("Ana Lima", "Bo Chen"))
    headlines = found(mark(Kind.HEADLINE, "Crane comes down in spring"), mark(Kind.HEADLINE, "Bo Chen"))
    assert headlines.witnesses["headline"][0].value == "Crane comes down in spring"


def test_where_the_first_element_holds_no_date_the_readers_find_one() -> None:
    dated = found(mark(Kind.DATE, "Bo Chen"), mark(Kind.DATE, "Printed 9 May 2023"))
    assert all(w.origin != RULE.format("date") for w in dated.witnesses["date"])


def test_one_that_is_later_than_the_crawl_is_no_day_of_publication() -> None:
    page = Page(**{name: getattr(PAGE, name) for name in Page.__slots__} | {"crawled": datetime(2023, 6, 1, 12)})
    dates = found(mark(Kind.DATE, "4 March 2024"), page=page).witnesses.get("date", ())
    assert not any(w.origin == RULE.format("date") for w in dates)


def test_of_two_rules_the_first_by_name_is_heard_whatever_their_order() -> None:
    a, b = (mark(Kind.HEADLINE, text, rule=f"sites:headline/{name}") for text, name in (("Bo Chen", "a"), ("Crane comes down in spring", "b")))
    assert found(a, b).witnesses["headline"][0] == found(b, a).witnesses["headline"][0]
    assert found(b, a).witnesses["headline"][0].origin == "sites:headline/a"


def test_the_line_around_it_is_the_fields_too_but_a_sentence_of_the_story_is_not() -> None:
    fields = found(mark(Kind.BYLINE, "Ana Lima"), mark(Kind.DATE, "4 March 2024"))
    settled = resolve(PAGE, (mark(Kind.BYLINE, "Ana Lima"), mark(Kind.DATE, "4 March 2024")), fields.marks, story(), Policy())
    line = [
        (m.kind, m.text)
        for m in settled
        if m.outcome is Outcome.FIELD and m.start >= PAGE.text.index("Words:") and m.end < PAGE.text.index("Bo Chen")
    ]
    assert (Kind.BYLINE, "Ana Lima") in line
    assert (Kind.DATE, "4 March 2024") in line
    assert "".join(text for _, text in line).replace(" ", "") == HEAD[3].replace(" ", "")
    inside = found(mark(Kind.BYLINE, "Engineers")).marks
    assert [PAGE.text[m.start : m.end] for m in inside if m.kind is Kind.BYLINE and m.rule == RULE.format("byline")] == ["Engineers"]


def test_the_rules_own_mark_becomes_the_fields() -> None:
    certain = mark(Kind.HEADLINE, "Crane comes down in spring")
    fields = found(certain)
    settled = resolve(PAGE, (certain,), fields.marks, story(), Policy())
    assert [m.outcome for m in settled if m.rule == certain.rule] == [Outcome.FIELD]


def test_an_element_of_a_whole_page_is_no_field() -> None:
    block = Block(0, len(PAGE.text))
    long = Mark(0, 2_001, Kind.HEADLINE, "sites:headline/lunden", CERTAIN)
    page = Page(PAGE.text * 10, PAGE.folded * 10, (block._replace(end=len(PAGE.text) * 10),), "html")
    assert all(w.origin != long.rule for w in find_fields(page, (long,), story(page)).witnesses.get("headline", ()))
