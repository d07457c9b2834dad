"""What pages state about themselves."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from stripper.read import read
from stripper.read.values import date_in_url, iso_date, language_code


def stated(source: str, url: str | None = None) -> dict[tuple[str, str], Any]:
    """The first witness of each field of an article and origin."""
    found: dict[tuple[str, str], Any] = {}
    for witness in read(source, url, "html").declared:
        if witness.field != "type":
            found.setdefault((witness.field, witness.origin), witness.value)
    return found


def ld(*objects: object) -> str:
    return "".join(f'<script type="application/ld+json">{o if isinstance(o, str) else json.dumps(o)}</script>' for o in objects)


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Ferry to sail &amp; sing",
    "description": "Twice a day.",
    "author": [{"@type": "Person", "name": "Ada Quill"}, {"@id": "#bo"}],
    "datePublished": "2024-05-04T10:30:00Z",
    "dateModified": "2024-05-05",
    "articleSection": ["Harbour", "Travel"],
    "publisher": {"name": "The Marholm Bell"},
    "inLanguage": "en-GB",
    "mainEntityOfPage": {"@id": "https://bell.example/ferry"},
    "isAccessibleForFree": "False",
    "articleBody": "The ferry will sail.",
}
EXPECTED = {
    "headline": "Ferry to sail & sing",
    "standfirst": "Twice a day.",
    "authors": ("Ada Quill", "Bo Lindt"),
    "date": datetime(2024, 5, 4, 10, 30, tzinfo=UTC),
    "modified": date(2024, 5, 5),
    "section": "Harbour",
    "site": "The Marholm Bell",
    "language": "en",
    "canonical_url": "https://bell.example/ferry",
    "isAccessibleForFree": False,
    "articleBody": "The ferry will sail.",
}


def test_json_ld_graphs_and_references_are_followed() -> None:
    graph = {"@graph": [{"@type": "WebSite", "name": "Bell"}, ARTICLE, {"@type": "Person", "@id": "#bo", "name": "Bo Lindt"}]}
    assert stated(ld([graph])) == {(field, "json-ld"): value for field, value in EXPECTED.items()}


def test_types_of_schema_org_are_stated_wherever_they_stand() -> None:
    graph = {"@graph": [{"@type": "https://schema.org/QAPage"}, {"@type": ["Article", "NewsArticle"]}, {"@type": 5}, {"@type": "Article"}]}
    microdata = '<div itemscope itemtype="http://schema.org/DiscussionForumPosting/"><p itemprop="headline">Ferry</p></div>'
    element = '<html itemscope itemtype="https://schema.org/QAPage"><p>Ferry</p>'
    for source, types in ((ld(graph), ["QAPage", "Article", "NewsArticle"]), (microdata, ["DiscussionForumPosting"]), (element, ["QAPage"])):
        assert [w.value for w in read(source, as_="html").declared if w.field == "type"] == types


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "Article", "headline": "Two\nlines",}',
        '<!-- {"@type": "Article", "headline": "Two lines"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "Two lines"}\n//]]>',
        '{"@type": "Article", "headline": "Two lines"};',
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;Two lines&quot;}",
        '{"@type": "WebSite"} {"@type": "Article", "headline": "Two lines"}',
        '{"@type": "Article", "headline": "Two lines", "wordCount": ' + "9" * 6000 + "}",
        '{"@type": "WebPage", "mainEntity": {"@type": "BlogPosting", "headline": "Two lines"}}',
    ],
)
def test_malformed_json_ld_is_repaired(script: str) -> None:
    assert stated(ld(script)) == {("headline", "json-ld"): "Two lines"}


@pytest.mark.parametrize(
    "script", ["", "{", "[" * 100_000, '{"a":' * 100_000, "null", '"text"', "not json", '{"@type": ["Article"], "author": [[[1]]], "headline": 7}']
)
def test_broken_json_ld_states_nothing(script: str) -> None:
    assert stated(ld(script)) == {}


def test_other_stories_in_json_ld_are_left_alone() -> None:
    other = {"@type": "NewsArticle", "headline": "Other", "url": "https://bell.example/other"}
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": other}]}
    assert stated(ld(listed)) == {}
    assert stated(ld(other, ARTICLE), "https://bell.example/ferry")["headline", "json-ld"] == "Ferry to sail & sing"


def test_meta_elements() -> None:
    found = stated(
        "<html lang=de-CH><head><title>Fähre | Bell</title><meta property='og:title' content='Fähre fährt'>"
        "<meta name=twitter:title content='Die Fähre'><meta property=article:author content=https://social.example/ada><meta name=author "
        "content='Ada Quill'>"
        "<meta name=author content='Bo Lindt'><meta property=article:published_time content='2024-05-04 10:30:00 +0200'><meta name=date "
        "content='4. Mai 2024'>"
        "<meta property=article:section content=Hafen><meta property=og:locale content=de_CH><link rel=canonical href=https://bell.example/2024/05/04/f>"
        "<body><h1>Die Fähre <i>fährt</i></h1>"
    )
    assert found == {
        ("headline", "opengraph"): "Fähre fährt",
        ("headline", "meta"): "Die Fähre",
        ("headline", "title"): "Fähre | Bell",
        ("headline", "html"): "Die Fähre fährt",
        ("authors", "meta"): ("Ada Quill", "Bo Lindt"),
        ("date", "opengraph"): datetime.fromisoformat("2024-05-04T10:30:00+02:00"),
        ("date", "meta"): "4. Mai 2024",
        ("date", "url"): date(2024, 5, 4),
        ("section", "opengraph"): "Hafen",
        ("language", "opengraph"): "de",
        ("language", "html"): "de",
        ("region", "opengraph"): "CH",
        ("region", "html"): "CH",
        ("canonical_url", "html"): "https://bell.example/2024/05/04/f",
    }


def test_microdata_of_the_article_and_not_of_the_teasers_beside_it() -> None:
    found = stated(
        "<div itemscope itemtype=https://schema.org/NewsArticle><h2 itemprop=headline>Ferry</h2>"
        "<span itemprop=author itemscope>By <b itemprop=name>Ada</b></span><time itemprop=datePublished datetime=2024-05-04>May</time></div>"
        "<div itemscope itemtype=https://schema.org/Article><p itemprop=headline>Other</p></div><p itemprop=headline>Loose</p>"
        "<a rel='author nofollow' href=/bo>Bo Lindt</a>"
    )
    assert found == {
        ("headline", "microdata"): "Ferry",
        ("authors", "microdata"): ("Ada",),
        ("date", "microdata"): date(2024, 5, 4),
        ("date", "html"): date(2024, 5, 4),
        ("authors", "html"): ("Bo Lindt",),
    }


def test_the_first_heading_is_a_witness_with_its_span() -> None:
    page = read("<p>Bell</p><h1> The  ferry</h1><h1>Other</h1>")
    (heading,) = page.declared
    assert (heading.value, page.text[heading.start : heading.end]) == ("The ferry", "The ferry")


def test_page_language_is_that_of_the_html_element_first() -> None:
    assert read("<html lang=fr><meta property=og:locale content=en_GB><p>x").language == "fr"
    assert read("<html><meta property=og:locale content=en_GB><p>x").language == "en"
    assert read("<html><p>x").language is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-04", date(2024, 5, 4)),
        ("2024-05-04T10:30:00.000Z", datetime(2024, 5, 4, 10, 30, tzinfo=UTC)),
        ("2024-05-04T10:30", datetime(2024, 5, 4, 10, 30)),
        ("2024-13-04", "2024-13-04"),
        ("May 4, 2024", "May 4, 2024"),
    ],
)
def test_dates_in_iso_form_are_read_and_others_left(value: str, expected: object) -> None:
    assert iso_date(value) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://bell.example/2024/05/04/ferry", date(2024, 5, 4)),
        ("https://bell.example/news/ferry-20240504.html", date(2024, 5, 4)),
        ("https://bell.example/2024-5-4-ferry", date(2024, 5, 4)),
        ("https://bell.example/2024/05/ferry", None),
        ("https://bell.example/2024/02/31/ferry", None),
        ("https://bell.example/id/120240504881", None),
    ],
)
def test_dates_in_addresses(url: str, expected: date | None) -> None:
    assert date_in_url(url) == expected


def test_language_codes() -> None:
    assert [language_code(x) for x in ("en", "pt-BR", "zh_Hans_CN", "English", "", None)] == ["en", "pt", "zh", None, None, None]


ASKED = {"@type": "Question", "name": "Which knot holds a ferry?", "dateCreated": "2024-05-04", "author": {"@type": "Person", "name": "tidewalker"}}


def test_a_question_is_its_pages_article_where_somebody_asked_it() -> None:
    expected = {("headline", "json-ld"): "Which knot holds a ferry?", ("authors", "json-ld"): ("tidewalker",), ("date", "json-ld"): date(2024, 5, 4)}
    assert stated(ld({"@type": "QAPage", "mainEntity": ASKED})) == expected
    answered = {"@type": "Question", "name": "When does it sail?", "acceptedAnswer": {"@type": "Answer", "text": "Twice a day."}}
    assert stated(ld({"@type": "FAQPage", "mainEntity": [answered]})) == {}
    assert stated(ld({"@type": "QAPage", "mainEntity": ASKED}, ARTICLE))["headline", "json-ld"] == "Ferry to sail & sing"


def test_microdata_of_a_question_and_not_of_its_answers() -> None:
    found = stated(
        "<div itemscope itemtype=https://schema.org/Question><time itemprop=dateCreated datetime=2024-05-04>May</time><p>Which knot?</p>"
        "<div itemprop=author itemscope><b itemprop=name>tidewalker</b></div><div itemprop=suggestedAnswer itemscope itemtype=https://schema.org/Answer>"
        "<time itemprop=dateCreated datetime=2024-05-09>May</time><div itemprop=author itemscope><b itemprop=name>knotty</b></div></div></div>"
    )
    assert {key: found[key] for key in found if key[1] == "microdata"} == {
        ("authors", "microdata"): ("tidewalker",),
        ("date", "microdata"): date(2024, 5, 4),
    }


def test_what_stands_where_scripts_would_not_show_it_is_stated_with_its_text() -> None:
    story = "".join(
        f"<p>Paragraph {number} of the ferry's long story, which goes on and on until the harbour is reached at last.</p>" for number in range(9)
    )
    item = "<div itemscope itemtype=http://schema.org/DiscussionForumPosting><b itemprop=author>tidewalker</b>"
    page = read(f"<p>Loading</p><noscript><h1>Ferry</h1>{item}{story}</div></noscript>", as_="html")
    assert [w.value for w in page.declared if w.field == "authors"] == [("tidewalker",)]
    (heading,) = [w for w in page.declared if w.field == "headline"]
    assert page.text[heading.start : heading.end] == "Ferry"


@pytest.mark.parametrize(
    ("href", "url", "expected"),
    [
        ("/ferry", "https://bell.example/a/b?c", "https://bell.example/ferry"),
        ("ferry", "https://bell.example/a/b", "https://bell.example/a/ferry"),
        ("//bell.example/ferry", "https://www.bell.example/", "https://bell.example/ferry"),
        ("https://bell.example/ferry", None, "https://bell.example/ferry"),
        ("/ferry", None, None),
        ("javascript:void(0)", "https://bell.example/", None),
        ("//[", "https://bell.example/", None),
        ("", "https://bell.example/", None),
    ],
)
def test_canonical_links_are_relative_to_the_page(href: str, url: str | None, expected: str | None) -> None:
    assert stated(f'<link rel=canonical href="{href}"><p>Ferry</p>', url).get(("canonical_url", "html")) == expected


def test_the_site_and_the_way_to_the_page_in_json_ld() -> None:
    steps = [{"position": 2, "item": {"name": "Boats"}}, {"position": "1", "name": "Home"}, {"position": 3, "name": "https://bell.example"}, None]
    crumbs = {"@type": "BreadcrumbList", "itemListElement": steps}
    for source in (
        ld({"@type": "WebSite", "name": "The Bell"}, crumbs),
        ld({"@type": ["WebPage"], "breadcrumb": crumbs}, {"@type": "WebSite", "name": "The Bell"}),
    ):
        assert stated(source) == {("site", "json-ld"): "The Bell", ("breadcrumb", "json-ld"): ("Home", "Boats")}
    for broken in ({"@type": "BreadcrumbList", "itemListElement": "Boats"}, {"@type": "BreadcrumbList"}, {"@type": "WebSite", "name": [7]}):
        assert stated(ld(broken)) == {}
