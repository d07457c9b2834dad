"""Dates that pages state in rare places."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from stripper.read import read
from stripper.read.dated import field_of

MOMENT = datetime(2024, 5, 4, 10, 30, tzinfo=UTC)
ISO = "2024-05-04T10:30:00Z"
FIRST = """
published publisheddate published-date publish-time w-published-date cms.date dc:date date.created
dc.date.published content:publishdate og:publish_date site:article_published_time release_date
og:release_date pub_date date-pub pdate display-date citation_online_date upload_date uploaddate issued_at
photo:uploaded dcterms:created
"""
CHANGED = """
updated modified_time modified-date site:article_modified_time last_updated_date og:modified_time
date.modified lastmod_date
"""
OTHERS = """
article:expiration_time expires unpublish_date event_date book:release_date video:release_date
music:release_date cache-date image_date registration_date birthdate description keywords viewport candidate
dateline-style og:image
"""


def dates(source: str) -> dict[tuple[str, str], Any]:
    return {(w.field, w.origin): w.value for w in read(source, as_="html").declared if w.field in ("date", "modified")}


def ld(value: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(value)}</script>"


@pytest.mark.parametrize(
    "name",
    FIRST.split(),
)
def test_rare_names_of_meta_elements_for_the_day_of_publication(name: str) -> None:
    assert field_of(name) == "date"
    assert dates(f"<meta name='{name}' content='{ISO}'><p>Text")["date", "meta" if not name.startswith("og:") else "opengraph"] == MOMENT


@pytest.mark.parametrize(
    "name",
    CHANGED.split(),
)
def test_rare_names_for_the_day_of_the_last_change(name: str) -> None:
    assert field_of(name) == "modified"


@pytest.mark.parametrize(
    "name",
    OTHERS.split(),
)
def test_names_of_other_things(name: str) -> None:
    assert field_of(name) is None


@pytest.mark.parametrize(
    "source",
    [
        ld({"@type": "WebPage", "datePublished": ISO}),
        ld({"@graph": [{"@type": "WebSite"}, {"@type": ["WebPage", "FAQPage"], "datePublished": ISO}]}),
        ld({"@type": "AboutPage", "dateCreated": ISO}),
        ld({"@type": "HowTo", "datePublished": ISO}),
        ld({"@type": "VideoObject", "uploadDate": ISO}),
        f"<meta itemprop=datePublished content='{ISO}'>",
        f"<div itemscope itemtype='https://schema.org/Blog'><meta itemprop=datePublished content='{ISO}'></div>",
        f"<div itemscope itemtype='https://schema.org/WebPage'><time itemprop=datePublished datetime='{ISO}'>4 May</time></div>",
        f"<abbr class=published itemprop=datePublished title='{ISO}'>10:30</abbr>",
        f"<script>var page = {{'id': 7, 'publishDate': '{ISO}'}};</script>",
        f'<script>window.state = "{{\\"datePublished\\":\\"{ISO}\\"}}"</script>',
        f'<script>dataLayer.push(["published_at", "{ISO}"])</script>',
    ],
)
def test_the_page_itself(source: str) -> None:
    assert set(dates(source + "<p>Text").values()) == {MOMENT}


def test_a_change_comes_with_its_publication() -> None:
    assert dates(ld({"@type": "WebPage", "datePublished": ISO, "dateModified": "2024-05-06"})) == {
        ("date", "json-ld"): MOMENT,
        ("modified", "json-ld"): date(2024, 5, 6),
    }


@pytest.mark.parametrize(
    "source",
    [
        ld({"@type": "Event", "datePublished": ISO, "startDate": ISO}),
        ld({"@type": "Comment", "datePublished": ISO}),
        ld([{"@type": "VideoObject", "uploadDate": ISO}, {"@type": "VideoObject", "uploadDate": "2024-05-05"}]),
        f"<li itemscope itemtype='https://schema.org/Comment'><span itemprop=datePublished content='{ISO}'>then</span></li>",
        f"<div itemscope itemtype='https://schema.org/Product'><meta itemprop=datePublished content='{ISO}'></div>",
        f"<script>var stories = [{{'published_at': '{ISO}'}}, {{'published_at': '2024-05-05'}}];</script>",
        "<script>var ferry = {'publisher': '2024'};</script>",
        f"<p>'datePublished': '{ISO}'</p>",
    ],
)
def test_others(source: str) -> None:
    assert dates(source + "<p>Text") == {}


def test_places_are_asked_only_where_the_usual_ones_say_nothing() -> None:
    usual = "<meta property=article:published_time content=2024-01-01>"
    rare = ld({"@type": "WebPage", "datePublished": ISO}) + f"<script>x = {{'publishDate': '{ISO}'}}</script>"
    assert dates(usual + rare) == {("date", "opengraph"): date(2024, 1, 1)}


@pytest.mark.parametrize("value", [7, None, [], {}, "", "soon", "9" * 5000, ["2024-05-04"]])
def test_no_text_states_nothing_that_can_be_read_as_a_date(value: object) -> None:
    found = dates(ld({"@type": "WebPage", "datePublished": value}))
    assert all(isinstance(v, str) for v in found.values())


def test_scripts_of_any_size() -> None:
    assert dates("<script>" + "publi" * 200_000 + "</script><script>" + '{"published": "' * 50_000 + "</script>") == {}
