"""The site's name and the page's own address, of what pages declare."""

from __future__ import annotations

import pytest

from stripper.fields.head import view
from stripper.fields.site import find_address, find_site
from stripper.types import Page, Story, Witness

URL = "https://www.marholm-bell.example/ferry/first-boat"


def head_of(*stated: tuple[str, str, str], url: str | None = URL):  # type: ignore[no-untyped-def]
    """The view of an empty page with these (field, value, origin)."""
    page = Page("", "", (), "html", url, tuple(Witness(*w) for w in stated))
    return view(page, (), Story((), frozenset(), 0.0, False))


OG, LD, META, TITLE = "opengraph", "json-ld", "meta", "title"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ([("site", "The Bell", OG)], "The Bell"),
        ([("site", "thebell", OG), ("site", "The Bell", LD)], "The Bell"),
        ([("site", "Bell Media Holding", LD), ("site", "The Bell", OG)], "The Bell"),
        ([("site", "Bell Media Holding", LD), ("site", "Bell reader", META), ("headline", "First boat | Bell reader", TITLE)], "Bell reader"),
        ([("site", "The Bell - all the news from the harbour", OG), ("headline", "First boat – The Bell", TITLE)], "The Bell"),
        ([("site", "The Bell | News, sport and weather for everybody", OG)], "The Bell"),
        ([("headline", "First boat | Marholm Bell", TITLE)], "Marholm Bell"),
        ([("headline", "First boat | Ferries", TITLE)], None),
        ([("site", "First boat", OG), ("headline", "First boat", OG)], None),
        ([("site", "First boat", OG), ("headline", "First boat", LD), ("site", "The Bell", LD)], "The Bell"),
        ([("site", "Marholm Bell", OG), ("headline", "Marholm Bell", OG)], "Marholm Bell"),
        ([("site", "https://bell.example", OG)], None),
        ([("site", "Home", OG)], None),
        ([("site", "x" * 10_000, OG)], None),
        ([("site", "?!", OG)], None),
        ([], None),
    ],
)
def test_site(stated: list[tuple[str, str, str]], expected: str | None) -> None:
    found = find_site(head_of(*stated))
    assert (found[0].value if found else None) == expected
    assert all(w.why for w in found[:1])
    assert not any(w.why for w in found[1:])


def test_a_front_page_may_be_called_as_its_site() -> None:
    stated = ("site", "The Bell", OG), ("headline", "The Bell", OG)
    assert find_site(head_of(*stated, url="https://news.example/"))[0].value == "The Bell"


def test_why_a_name_is_believed() -> None:
    stated = ("site", "Marholm Bell", OG), ("site", "Marholm Bell", LD), ("headline", "First boat | Marholm Bell", TITLE)
    assert find_site(head_of(*stated))[0].why == "og:site_name says so, and so do JSON-LD, the page's title and the address."
    assert find_site(head_of(("site", "The Bell", LD)))[0].why == "Only JSON-LD gives a name."


OWN = "https://marholm-bell.example/ferry/first-boat"


@pytest.mark.parametrize(
    ("stated", "url", "expected"),
    [
        ([("canonical_url", OWN, "html"), ("canonical_url", OWN + "?a=1", OG)], URL, OWN),
        ([("canonical_url", OWN, LD), ("canonical_url", "https://bell.example/elsewhere", OG)], URL, OWN),
        ([("canonical_url", "https://bell.example/first-boat", "html"), ("canonical_url", OWN, OG)], URL, "https://bell.example/first-boat"),
        ([("canonical_url", "https://marholm-bell.example/", "html"), ("canonical_url", OWN, OG)], URL, OWN),
        ([("canonical_url", "https://marholm-bell.example/", "html")], URL, "https://marholm-bell.example/"),
        ([("canonical_url", "https://bell.example/a", OG)], URL, None),
        ([("canonical_url", "https://bell.example/a", OG)], None, "https://bell.example/a"),
        ([("canonical_url", "javascript:alert(1)", OG)], None, None),
        ([("canonical_url", "https://[broken/a", OG)], None, None),
        ([("canonical_url", "https://bell.example/a b", OG)], None, None),
        ([("canonical_url", "https://localhost", OG)], None, None),
        ([("canonical_url", "https://bell.example/" + "a" * 10_000, OG)], None, None),
    ],
)
def test_address(stated: list[tuple[str, str, str]], url: str | None, expected: str | None) -> None:
    found = find_address(head_of(*stated, url=url))
    assert (found[0].value if found else None) == expected
    assert all(w.why for w in found[:1])


def test_why_an_address_is_believed() -> None:
    stated = ("canonical_url", OWN, "html"), ("canonical_url", OWN, OG)
    assert find_address(head_of(*stated))[0].why == "The canonical link says so, and so do og:url and the address that it came from."
    assert find_address(head_of(("canonical_url", OWN + "/2", LD)))[0].why == "JSON-LD says so."
