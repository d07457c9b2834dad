"""Where a page prints its dates, and which dates on it are none of its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from stripper.fields import find_fields
from stripper.read import read
from stripper.types import Kind, Mark, Page, Story, Witness

HEADLINE = "Tram line to the old mill opens again"
STORY = [
    "The tram line between the market and the old mill at Orvik carries passengers again, eleven years after its last car ran.",
    "Volunteers laid four kilometres of rail by hand and paid for the sleepers with a lottery that half of the town took part in.",
    "A single car goes back and forth every forty minutes, and the driver rings a bell where the path of the geese crosses the line.",
]
DAY = date(2024, 3, 4)


def page_of(source: str, **kinds: str) -> tuple[Page, dict[str, tuple[Witness, ...]]]:
    """A page and its witnesses; `kinds` are texts of blocks that rules have marked."""
    page = read(source, as_="html" if source.startswith("<") else "text")
    chosen = frozenset(i for i, b in enumerate(page.blocks) if any(page.text[b.start : b.end].endswith(p) for p in STORY))
    marks = []
    for kind, text in kinds.items():
        at = page.text.index(text)
        marks.append(Mark(at, at + len(text), Kind(kind.replace("_", "-")), "x/y", 0.9))
    story = Story(tuple(float(i in chosen) for i in range(len(page.blocks))), chosen, 1.0)
    return page, dict(find_fields(page, tuple(marks), story).witnesses)


def text(*above: str, below: tuple[str, ...] = ()) -> str:
    return "\n\n".join([HEADLINE, *above, *STORY, *below])


def html(*above: str, below: str = "") -> str:
    return f"<html lang=en><body><h1>{HEADLINE}</h1>{''.join(above)}{''.join(f'<p>{p}</p>' for p in STORY)}{below}</body></html>"


def day(witnesses: dict[str, Any], field: str = "date") -> date | None:
    value = witnesses[field][0].value if field in witnesses else None
    return value.date() if isinstance(value, datetime) else value


@pytest.mark.parametrize(
    "line",
    [
        "4 March 2024",
        "Monday, 4 March 2024",
        "Published: 4 March 2024",
        "By Ana Lima, 4 March 2024",
        "Ana Lima | 4 March 2024 | 5 min read",
        "Town // 04.03.2024",
        "4 March 2024 · Niko Lund on behalf of the friends of the Orvik tram and its geese",
        "04.03.2024 Section: Town, Traffic, Geese",
        "A bell rings for the geese. By Ana Lima on March 4, 2024",
        "Published 4 March 2024, updated 6 March 2024",
        "Updated 6 March 2024, first published 4 March 2024",
        "Posted on March 4, 2024 in Orvik, Town, Trams, Rails, Geese, Volunteers, Lotteries, Mills, Markets, Sleepers and whatever else the site's "
        "template puts behind the date of a story that it shows, up to a line of two hundred characters and more",
    ],
)
def test_lines_below_the_headline(line: str) -> None:
    assert day(page_of(text(line))[1]) == DAY
    assert day(page_of(html(f"<div>{line}</div>"))[1]) == DAY


@pytest.mark.parametrize(
    "source",
    [
        text()
        .replace(HEADLINE, f"{HEADLINE}\n\n" + "\n".join(f"Part {i}" for i in range(12)))
        .replace(HEADLINE, f"Town\n\n4 March 2024\n\n{HEADLINE}"),
        text(below=("Published 4 March 2024",)),
        text(below=("Publish date", "4 March 2024")),
        text(below=("Dieser Beitrag wurde am 4. März 2024 um 14:48 Uhr von Heiner geschrieben und ist abgelegt unter Bahn.",)),
        text(below=("Gespeichert von heiner am 4. März 2024 - 18:55",)),
        text(below=("4 March 2024",)),
        f"{HEADLINE} | Town | The Orvik Bell | 04.03.2024\n\nHome\n\n" + text(),
        text().replace(STORY[0], f"(04.03.2024) {STORY[0]}"),
        text().replace(STORY[0], f"ORVIK (4 March 2024) - {STORY[0]}"),
        html(below="<footer><p class='entry-date'>4 March 2024</p></footer>"),
        html().replace(f"<h1>{HEADLINE}", f"<h1><span class=date>04.03.2024</span>{HEADLINE}"),
        html().replace("<body>", f"<head><title>{HEADLINE} | The Orvik Bell | 04.03.2024</title></head><body>"),
    ],
)
def test_elsewhere_where_the_headline_has_none(source: str) -> None:
    page, witnesses = page_of(source)
    assert day(witnesses) == DAY, page.text[:300]


@pytest.mark.parametrize("kind", ["navigation", "breadcrumb", "caption", "related"])
def test_a_line_that_is_a_date_and_nothing_else_is_one_whatever_rules_take_it_for(kind: str) -> None:
    assert day(page_of(text("4 March 2024"), **{kind: "4 March 2024"})[1]) == DAY


@pytest.mark.parametrize("kind", ["caption", "related", "comments", "copyright", "credit", "newsletter", "cookie", "advert", "off_story"])
def test_a_date_in_what_is_no_part_of_the_story_is_none(kind: str) -> None:
    line = "The mill in snow, 4 March 2024"
    assert "date" not in page_of(text(line), **{kind: line})[1]


@pytest.mark.parametrize(
    "line",
    [
        "© 2024 The Orvik Bell, 4 March 2024",
        "Copyright 4 March 2024",
        "Printed edition, 4 March 2024",
        "Freitag, 4. März 2024, Nr. 98",
        "Event: 4 March 2024",
        "4 March 2024 - 9 March 2024",
        "04.03.2024 bis 09.03.2024",
        "Joined 4 March 2024",
        "Member since 4 March 2024",
        "Release date 4 March 2024",
        "Valid until 4 March 2024, expires then",
        "Deadline to apply: 4 March 2024",
        "Effective 4 March 2024",
        "2.14.1 4 March 2024",
        "On 4 March 2024 the mayor of Orvik cut the ribbon and rode in the first car.",
        "The line was closed on 4 March 2024, and nobody in the whole town noticed it at all",
    ],
)
def test_dates_of_other_things(line: str) -> None:
    assert "date" not in page_of(text(line))[1]


@pytest.mark.parametrize("label", ["Release date:", "Joined", "Member since", "Deadline", "Expires"])
def test_labels_above_dates_of_other_things(label: str) -> None:
    assert "date" not in page_of(text(label, "4 March 2024"))[1]
    assert "date" not in page_of(text(below=(label, "4 March 2024")))[1]


@pytest.mark.parametrize(
    "below",
    [
        ("More stories", "Ferry sinks", "3 March 2024", "Goose found", "5 March 2024"),
        ("Comments", "heiner wrote on 3 March 2024, 18:20", "ana wrote on 5 March 2024, 10:20"),
        ("J. Lund: Rails of the north. Trams and People 12. Published online 3 May 2019, doi 10.1000/xyz",),
        ("#2 heiner, 3 March 2024",),
        ("Site last updated: 3 March 2024",),
        ("© 3 March 2024 The Orvik Bell",),
    ],
)
def test_dates_below_the_story_that_are_others(below: tuple[str, ...]) -> None:
    assert "date" not in page_of(text(below=below))[1]


def test_dates_in_the_story_are_none() -> None:
    dated = [p.replace("again", "again since 4 March 2024") for p in STORY]
    source = "\n\n".join([HEADLINE, *dated, "It opened on 4 March 2024.", "On 5 March 2024 it snowed in Orvik, and the car stood still for a day."])
    page = read(source, as_="text")
    chosen = frozenset(range(1, len(page.blocks)))
    found = find_fields(page, (), Story(tuple(float(i in chosen) for i in range(len(page.blocks))), chosen, 1.0))
    assert "date" not in found.witnesses


def test_a_headline_with_a_word_for_a_change_is_no_label() -> None:
    source = text("4 March 2024").replace(HEADLINE, "Understanding rails, updated")
    _, witnesses = page_of(source)
    assert day(witnesses) == DAY
    assert "modified" not in witnesses


@pytest.mark.parametrize(("said", "expected"), [("Reviewed by Bo Chen", DAY), ("Last updated", None)])
def test_the_line_above_is_a_label_only_if_it_says_nothing_else(said: str, expected: date | None) -> None:
    _, witnesses = page_of(text(said, "4 March 2024"))
    assert day(witnesses) == expected
    assert day(witnesses, "modified") == (None if expected else DAY)


@pytest.mark.parametrize(
    ("attributes", "line", "expected"),
    [
        ("lang=en-US", "03/04/2024", DAY),
        ("lang=en-GB", "04/03/2024", DAY),
        ("lang=en", "04/03/2024", DAY),
        ("lang=en-US", "04.03.2024", DAY),
        ("lang=en-US", "13/03/2024", date(2024, 3, 13)),
    ],
)
def test_the_declared_region_decides_the_order_of_day_and_month(attributes: str, line: str, expected: date) -> None:
    assert day(page_of(html(f"<div>{line}</div>").replace("lang=en", attributes))[1]) == expected


def test_the_pages_other_numbers_say_more_than_its_region() -> None:
    assert day(page_of(html("<div>04/03/2024</div>", below="<p>27/02/2024</p>").replace("lang=en", "lang=en-US"))[1]) == DAY


@pytest.mark.parametrize("size", [20_000, 200_000])
def test_lines_of_any_length(size: int) -> None:
    page_of(text("4 March 2024 " + "1/1/" * (size // 4), below=("published " * (size // 10),)))
    page_of(text("| " * (size // 2)))
