"""Declared titles without the site's name, and what a page's address says."""

import pytest
from effort import steps

from stripper.fields.head import normal, view
from stripper.fields.titles import Place, first_parts, glued, is_variant, names_site, place_of, without_site
from stripper.read import read
from stripper.types import Story

PLACE = Place(("quaysidecourier",), "quaycourier", frozenset({"old", "crane", "leaves", "harbour"}), False)


def place(url: str, site: str = "") -> Place:
    page = read(f"<title>x</title><meta property='og:site_name' content='{site}'><p>Nothing to see.</p>", url=url)
    return place_of(view(page, (), Story((0.0,) * len(page.blocks), frozenset(), 1.0, False)))


@pytest.mark.parametrize(
    ("url", "host", "slug", "front"),
    [
        ("https://www.quaycourier.example/harbour/old-crane-leaves", "quaycourier", {"old", "crane", "leaves"}, False),
        ("https://news.quaycourier.co.uk/old-crane.html?from=feed#top", "quaycourier", {"old", "crane"}, False),
        ("https://quay-courier.example/2024/05/old_crane/81723/", "quaycourier", {"old", "crane"}, False),
        ("https://quaycourier.example/", "quaycourier", set(), True),
        ("https://quaycourier.example", "quaycourier", set(), True),
        ("https://quaycourier.example/?page=2", "quaycourier", set(), True),
        ("https://quaycourier.example/81723", "quaycourier", set(), False),
        ("https://курьер.example/%D1%81%D1%82%D0%B0%D1%80%D1%8B%D0%B9-%D0%BA%D1%80%D0%B0%D0%BD", "курьер", {"старый", "кран"}, False),
        ("https://localhost:8080/old-crane", "", {"old", "crane"}, False),
    ],
)
def test_what_an_address_says(url: str, host: str, slug: set[str], front: bool) -> None:
    assert place(url) == Place((), host, frozenset(slug), front)


def test_a_page_without_an_address_stands_nowhere() -> None:
    page = read("<p>Nothing to see.</p>")
    assert place_of(view(page, (), Story((0.0,), frozenset(), 1.0, False))) == Place((), "", frozenset(), False)


def test_the_declared_address_serves_where_none_is_given() -> None:
    page = read("<link rel='canonical' href='https://quaycourier.example/old-crane'><p>Nothing to see.</p>")
    assert place_of(view(page, (), Story((0.0,), frozenset(), 1.0, False))).slug == {"old", "crane"}


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Old crane leaves the harbour | Quayside Courier", "Old crane leaves the harbour"),
        ("Old crane leaves the harbour - QuayCourier", "Old crane leaves the harbour"),
        ("Old crane leaves the harbour – quaycourier.example", "Old crane leaves the harbour"),
        ("Quayside Courier: Old crane leaves the harbour", "Quayside Courier: Old crane leaves the harbour"),
        ("Quayside Courier | Old crane leaves the harbour", "Old crane leaves the harbour"),
        ("Old crane leaves the harbour | Harbour | Quayside Courier", "Old crane leaves the harbour | Harbour"),
        ("Old crane leaves the harbour | Quayside", "Old crane leaves the harbour"),
        ("Old crane leaves - and nobody waves", "Old crane leaves - and nobody waves"),
        ("Old crane leaves the harbour", "Old crane leaves the harbour"),
        ("Quayside Courier", "Quayside Courier"),
        ("", ""),
    ],
)
def test_titles_without_the_site(title: str, left: str) -> None:
    assert without_site(title, PLACE, (), frozenset) == left


def test_a_part_that_another_witness_says_is_the_title() -> None:
    others = {normal("Old crane leaves the harbour")}
    assert without_site("Old crane leaves the harbour | All about boats", PLACE, others, frozenset) == "Old crane leaves the harbour"
    assert without_site("All about boats | Old crane leaves the harbour", PLACE, others, frozenset) == "Old crane leaves the harbour"


def test_a_part_that_the_address_does_not_hold_is_not_the_title_though_another_witness_says_it() -> None:
    others = {normal("The handbook of harbours")}
    title = "Old crane leaves the harbour - The handbook of harbours"
    assert without_site(title, PLACE, others, frozenset) == title


def test_a_part_that_the_page_prints_is_the_title() -> None:
    assert without_site("Cranes: a list - All about boats", PLACE, (), lambda: {normal("Cranes: a list")}) == "Cranes: a list"


@pytest.mark.parametrize(
    ("part", "is_last", "names"),
    [
        ("Quayside Courier", False, True),
        ("The Quayside", True, False),
        ("Quayside", True, True),
        ("Quayside", False, False),
        ("Quay Courier Online", True, True),
        ("Quay Courier and its friends in town", True, False),
        ("Courier", True, True),
        ("!", True, False),
    ],
)
def test_names_of_the_site(part: str, is_last: bool, names: bool) -> None:
    assert names_site(part, PLACE, is_last) is names


def test_first_parts() -> None:
    assert first_parts("Old crane | Harbour - Quay » Courier") == ["Old crane", "Old crane | Harbour", "Old crane | Harbour - Quay"]
    assert first_parts("Old-fashioned crane: a tale") == []
    assert len(first_parts(" | ".join("abcdefghijkl"))) == 6


@pytest.mark.parametrize(
    ("line", "declared", "variant"),
    [
        ("HarbourOld crane leaves", "Old crane leaves", True),
        ("Harbour Old crane leaves", "HarbourOld crane leaves", True),
        ("Old crane leaves", "Old crane leaves", False),
        ("Old crane leaves", "Harbour: Old crane leaves", True),
        ("Old crane leaves", "Quayside Courier | Old crane leaves", False),
        ("Harbour | Old crane leaves", "Old crane leaves", False),
        ("Old crane leaves - Quay", "Old crane leaves", True),
        ("Old crane leaves us", "Old crane leaves", False),
        ("A very long kicker about all of the harbour Old crane", "Old crane", False),
    ],
)
def test_variants_of_a_title(line: str, declared: str, variant: bool) -> None:
    assert is_variant(line, declared, PLACE) is variant


def test_glued() -> None:
    assert glued("Old  crane, leaves!") == "oldcraneleaves"


@pytest.mark.parametrize("unit", [" | ", "a - ", "|", " "])
def test_long_titles_take_little_work(unit: str) -> None:
    title = (unit * 400)[:400]
    assert steps(lambda: (without_site(title, PLACE, (), frozenset), first_parts(title))) < 20_000
    assert steps(lambda: place("https://a.example/" + unit * 100_000)) < 5_000
