"""An explained page holds all of its source, in order, with who owns what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from stripper.cleaner import Cleaner
from stripper.report.html.explained import Count, explained
from stripper.report.words import said
from stripper.types import Outcome, Policy, Witness

PAGES = sorted((Path(__file__).parents[3] / "fixtures" / "pages").glob("*/page.*"))
TEXT = """\
Ferry to Orsay sails again after nine weeks
By Mara Quill
14 March 2024

The ferry between Hallin and Orsay will sail again on Monday, the harbour office said, after nine weeks with no other link than a fishing boat.

Engineers at the yard replaced both shafts. "We found far more rust than we had feared," said Ines Bram, who runs the yard.

Leave a Reply
Your email address will not be published. Required fields are marked *
"""


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_nothing_of_a_page_is_missing(path: Path, cleaner: Cleaner) -> None:
    article = cleaner.clean(path.read_bytes())
    page = explained(article, path.name)
    spans = [span for line in page.lines for span in line.spans]
    assert "".join("".join(span.text for span in spans).split()) == "".join(article.text.split())
    assert sorted(span.rule for span in spans if span.outcome == "removed") == sorted(mark.rule for mark in article.removed)
    assert sum(count.chars for count in page.counts) + page.body_chars == sum(len(span.text) for span in spans)
    assert "".join("".join(part.text for part in page.body).split()) == "".join(article.body.split())


def test_fields_are_labelled_with_who_said_so(cleaner: Cleaner) -> None:
    page = explained(cleaner.clean(TEXT, "https://harbour.example/news/ferry"), "ferry.txt")
    assert [span.kind for line in page.lines[:3] for span in line.spans] == ["headline", "byline", "date"]
    fields = {field.name: field for field in page.fields}
    assert fields["authors"].value == "Mara Quill"
    assert fields["date"].value == "2024-03-14"
    assert "text:date-line" in fields["date"].origin
    assert page.signed == ("Mara Quill", "2024-03-14")
    assert page.counts[0] == Count("comments", "controls", 2, 83)
    assert [line.gap for line in page.lines] == [False, False, False, True, True, True, False]
    assert "comments/leave-a-reply" in page.words
    assert "ferry.txt" in page.words


def test_witnesses_that_say_otherwise_are_told(cleaner: Cleaner) -> None:
    source = "<title>Ferry sails</title><meta property='og:title' content='Ferry sails, at last'><h1>Ferry to Orsay sails again</h1>"
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n")[1:3])
    headline = next(field for field in explained(cleaner.clean(source + paragraphs), "x").fields if field.name == "headline")
    assert headline.value == "Ferry to Orsay sails again"
    assert "opengraph: Ferry sails, at last" in headline.others


def test_what_a_policy_keeps_is_shown_as_kept() -> None:
    page = explained(Cleaner(policy=Policy(flag={"comments"})).clean(TEXT), "x")
    assert {span.outcome for line in page.lines for span in line.spans if span.kind == "comments"} == {str(Outcome.FLAGGED)}
    assert page.body[-1].text.startswith("Your email")


def test_control_characters_are_shown_as_such(cleaner: Cleaner) -> None:
    page = explained(cleaner.clean(TEXT.replace("Orsay sails", "Orsay \u202esails\x1b[31m")), "a\u2066b\n")
    assert page.headline == "Ferry to Orsay \ufffdsails\ufffd[31m again after nine weeks"
    assert page.name == "a\ufffdb\n"


def test_blocks_of_the_body_keep_their_form(cleaner: Cleaner) -> None:
    first, second = TEXT.split("\n\n")[1:3]
    page = explained(
        cleaner.clean(f"<h1>Ferry sails again</h1><p>{first}</p><h3>At the yard</h3><p>{second}</p><ul><li>{second}</ul><p>{first}"), "x"
    )
    assert [part.tag for part in page.body] == ["p", "h3", "li", "p"]


def test_an_empty_page_is_one(cleaner: Cleaner) -> None:
    page = explained(cleaner.clean(""), "empty")
    assert (page.status, page.lines, page.counts, page.body, page.body_chars) == ("empty", (), (), (), 0)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (datetime(2024, 3, 14, 7, 30, tzinfo=UTC), date(2024, 3, 14), True),
        (datetime(2024, 3, 14, 7, 30, tzinfo=UTC), datetime(2024, 3, 14, 7, 30, 28, 467), True),
        (datetime(2024, 3, 14, 7, 30, tzinfo=UTC), datetime(2024, 3, 14, 8, 30, tzinfo=timezone(timedelta(hours=1))), True),
        (datetime(2024, 3, 14, 7, 30, tzinfo=UTC), datetime(2024, 3, 14, 7, 31, tzinfo=UTC), False),
        (date(2024, 3, 14), date(2024, 3, 15), False),
        ("Ferry sails", "Ferry\nsails", True),
        ("2024-03-14", "2024-03-15", False),
    ],
)
def test_only_who_says_something_else_says_otherwise(cleaner: Cleaner, one: object, other: object, same: bool) -> None:
    witnesses = tuple(Witness("date", value, origin) for value, origin in ((one, "json-ld"), (other, "meta"), (other, "html")))
    article = replace(cleaner.clean(TEXT), evidence={"date": witnesses})
    (found,) = (field for field in explained(article, "x").fields if field.name == "date")
    assert found.others == (() if same else (f"meta, html: {said(other)}",))
