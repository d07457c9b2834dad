"""What pages declare, however malformed: no error, no field that isn't one, no work beyond the page's size, and evidence for what is believed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stripper
from stripper import Article
from stripper.fields import find_fields
from stripper.read import read
from stripper.types import Story

TITLE = "Old ferry finds a new harbour"
BODY = "".join(
    f"<p>The old ferry of Marholm will lie in the {place} harbour from May on, the port said on Monday, and visitors may board it for free.</p>"
    for place in ("new", "inner", "northern", "smaller", "second")
)


def page(head: str, body: str = BODY) -> str:
    return f"<html lang=en><head>{head}</head><body><h1>{TITLE}</h1>{body}</body></html>"


def ld(data: object) -> str:
    return f'<script type="application/ld+json">{data if isinstance(data, str) else json.dumps(data)}</script>'


def cleaned(head: str, body: str = BODY) -> Article:
    """The article, after a look at whether it can be written down."""
    article = stripper.clean(page(head, body))
    json.loads(article.to_json().encode())
    return article


FIELDS = ("headline", "standfirst", "byline", "authors", "date", "modified", "section", "site", "canonical_url", "paywall")
NOTHING = {name: () if name == "authors" else None for name in FIELDS} | {"headline": TITLE}


def told(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in FIELDS}


def article_of(**values: object) -> str:
    return ld({"@type": "NewsArticle", **values})


KEYS = (
    *("headline", "name", "description", "author", "creator", "datePublished", "dateCreated", "dateModified", "articleSection", "publisher"),
    *("inLanguage", "mainEntityOfPage", "url", "@id", "isAccessibleForFree", "articleBody", "wordCount", "@graph", "mainEntity", "breadcrumb"),
    *("itemListElement", "position", "item", "@value", "alternateName", "thumbnailUrl"),
)


@pytest.mark.parametrize(
    "value", [None, 7, -1, 1.5, True, [], {}, [[["x"]]], [None], {"name": None}, {"name": {"name": "x y"}}, [{"name": [[1]]}], "", " "]
)
def test_values_of_other_types(value: object) -> None:
    assert told(cleaned(article_of(**dict.fromkeys(KEYS, value)))) == NOTHING


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","author":' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"@type":"NewsArticle","author":' + "[" * 900 + "]" * 900 + "}",
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        '{"@graph":' * 900 + "[]" + "}" * 900,
        json.dumps([{"@type": "NewsArticle", "@id": "#a", "author": {"@id": "#a"}, "publisher": {"@id": "#a"}}]),
        json.dumps({"@graph": [{"@type": "NewsArticle", "@id": "#a", "author": {"@id": "#b"}}, {"@id": "#b", "author": {"@id": "#a"}}]}),
        json.dumps({"@graph": [{"@type": "NewsArticle", "@id": f"#{n}", "author": {"@id": f"#{n + 1}"}} for n in range(100_000)]}),
        '{"@type":"NewsArticle","wordCount":' + "9" * 100_000 + ',"datePublished":' + "1" * 100_000 + ',"headline":' + "1" * 100_000 + ".5e999}",
        '{"@type":"NewsArticle","wordCount":NaN,"headline":Infinity,"author":-Infinity}',
        '{"@type":"NewsArticle","headline":"\\x41 \\u12 of a ferry and its harbour"}',
        '{"@type":"NewsArticle","author":{"name":"Ada Quill"',
        "/* Ada Quill */",
        json.dumps({"@type": "NewsArticle", "author": {"name": "A" * 10_000}, "publisher": {"name": "B" * 10_000}, "articleSection": "C" * 10_000}),
        json.dumps({"@type": "NewsArticle", "author": [{"name": ["Ada " * 3_000] * 9}] * 50}),
        json.dumps({"@type": "NewsArticle", "author": "https://bell.example/ada", "url": "javascript:alert(1)", "publisher": "//bell.example"}),
    ],
)
def test_malformed_json_ld_gives_no_field(script: str) -> None:
    assert told(cleaned(ld(script))) == NOTHING


@pytest.mark.parametrize(
    "day",
    [
        "2024-02-30",
        "0000-00-00",
        "9999-99-99",
        "2024-13-05T10:00:00Z",
        "-1",
        "99999999",
        "1" * 100_000,
        "2024-05-",
        "May 45, 2024",
        "31/31/2024",
        "now",
    ],
)
def test_impossible_dates(day: str) -> None:
    meta = f'<meta property="article:published_time" content="{day}"><meta name="lastmod" content="{day}"><time datetime="{day}"></time>'
    assert told(cleaned(article_of(datePublished=day, dateModified=day) + meta)) == NOTHING


@pytest.mark.parametrize("day", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2024-05-04T10:00:00+99:99", "2024-05-04T25:61:61"])
def test_times_at_the_end_of_time_and_beyond_are_no_errors(day: str) -> None:
    found = cleaned(article_of(datePublished=day, dateModified=day)).date
    assert found is None or str(found)[:10] == day[:10]


def test_meta_elements_of_a_megabyte() -> None:
    names = ("og:title", "author", "article:published_time", "article:section", "og:site_name", "og:url", "og:locale", "application-name")
    for value in ("x" * 1_000_000, "ab cd " * 170_000, "<" * 1_000_000, "&" * 1_000_000, "- " * 500_000):
        assert told(cleaned("".join(f'<meta property="{name}" content="{value}">' for name in names))) == NOTHING


def test_half_characters_and_signs_that_steer_terminals() -> None:
    script = (
        r'{"@type":"NewsArticle","author":{"name":"Ada \ud83d\ude00 Quill\ud83d"},"publisher":{"name":"\udfffBell\u0000"},"url":"https://b.example/\ud800",'
        r'"articleBody":"\udc00","articleSection":"\u001b[31mBoats"}'
    )
    article = cleaned(ld(script))
    assert (article.site, article.section) == ("�Bell�", "�[31mBoats")
    data = json.dumps(
        {"text": [f"The ferry {n} of Marholm \ud800 sails in May \x00, the port of the town said on Monday morning." for n in range(9)]}
    )
    for shell in (
        f'<script type="application/json">{data}</script>',
        f"<script>window.__STATE__ = {data};</script>",
        ld({"@type": "Article", "articleBody": data}),
    ):
        json.loads(stripper.clean(f"<div id=app></div>{shell}", as_="html").to_json().encode())


def test_numbers_without_end_in_data_for_scripts() -> None:
    stripper.clean('<div id=app></div><script>window.__STATE__ = {"a": ' + "9" * 6_000 + "};</script>", as_="html")


GOOD = {"@type": "NewsArticle", "author": {"name": "Ada Quill"}}


@pytest.mark.parametrize(
    "script",
    [
        "\ufeff" + json.dumps(GOOD),
        json.dumps({"@type": "WebSite"}) + json.dumps(GOOD),
        json.dumps(GOOD)[:-1] + ",}",
        json.dumps([[[GOOD]]]),
        json.dumps({"@graph": [{"@type": "NewsArticle", "author": {"@id": "#a"}}, {"@id": "#a", "name": "Ada Quill"}]}),
        json.dumps(GOOD | {"datePublished": {"@value": None}, "wordCount": [], "publisher": 5}),
    ],
)
def test_what_can_be_read_is(script: str) -> None:
    assert cleaned(ld(script)).authors == ("Ada Quill",)


SCOPES = '<div itemscope itemtype="https://schema.org/Article" itemprop="{0}">' * 10_000 + "x" + "</div>" * 10_000


@pytest.mark.parametrize("prop", ["author", "headline", "datePublished", "articleSection"])
def test_items_in_items(prop: str) -> None:
    found = told(cleaned("", SCOPES.format(prop) + BODY))
    assert {name: found[name] for name in ("authors", "date", "section")} == {"authors": (), "date": None, "section": None}


def calls(work: Callable[[], object]) -> int:
    """How many functions were called: work that doesn't depend on the machine."""
    count = 0

    def counted(frame: object, event: str, what: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def fields_of(source: str) -> None:
    shown = read(source, "https://bell.example/ferry", "html")
    find_fields(shown, (), Story((0.0,) * len(shown.blocks), frozenset(), 0.0, False))


MANY = {
    "meta": lambda n: "".join(
        f'<meta property="og:title" content="Ferry {i}"><meta name=author content="Ada Quill{i}"><meta name=section content="s{i}">'
        f'<meta property="og:site_name" content="b{i}"><meta property="og:url" content="https://b.example/{i}"><meta name=date content="2024-05-04">'
        for i in range(n)
    ),
    "scripts": lambda n: "".join(article_of(headline=f"Ferry {i}", author=f"Ada Quill{i}", url=f"https://b.example/{i}") for i in range(n)),
    "graph": lambda n: ld({"@graph": [{"@type": "NewsArticle", "@id": f"#{i}", "author": {"@id": f"#{i + 1}"}} for i in range(n)]}),
    "crumbs": lambda n: ld([{"@type": "BreadcrumbList", "itemListElement": [{"position": i, "name": f"n{i}"} for i in range(n)]}] * 3),
    "names": lambda n: article_of(author=[{"name": f"Ada Quill{i}"} for i in range(n)]),
    "times": lambda n: "".join(f"<body><time datetime=2024-05-{1 + i % 28:02}>x</time>" for i in range(n)),
    "links": lambda n: "<body>" + "".join(f"<a rel=author href=/{i}>Ada Quill{i}</a> " for i in range(n)),
    "items": lambda n: "<body><div itemscope itemtype=https://schema.org/Article>" + "<p itemprop=author>Ada Quill</p>" * n,
    "posts": lambda n: "<body>" + "<div class=post><p class=username>ada</p><p>2024-05-04 10:00 #1</p></div>" * n,
    "crumb blocks": lambda n: "<body><ul class=breadcrumb>" + "<li>Boats</li>" * n + "</ul><h1>Ferry</h1>",
    "links to itself": lambda n: "<link rel=canonical href=/a>" * n,
}


@pytest.mark.parametrize("name", MANY)
def test_work_grows_no_faster_than_the_page(name: str) -> None:
    small, large = (calls(lambda n=n: fields_of(MANY[name](n))) for n in (400, 1_600))
    assert large < 4.4 * small


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["2024-05-04", "Ada Quill", "https://b.example/a", "#a"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*KEYS, "@type"]), inner, max_size=5),
    max_leaves=20,
)
TYPES = st.sampled_from(
    ["NewsArticle", "Question", "DiscussionForumPosting", "QAPage", "BreadcrumbList", "WebSite", ["Article", None], "http://schema.org/Article"]
)


@settings(max_examples=60, deadline=None)
@given(TYPES, st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8), st.booleans())
def test_any_json_ld(types: object, data: dict[str, Any], in_graph: bool) -> None:
    found = {**data, "@type": types}
    cleaned(ld({"@graph": [found, {"@id": "#a", "name": "Ada Quill"}]} if in_graph else found).replace("</p", ""))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_script(text: str) -> None:
    cleaned(ld('{"@type":"NewsArticle","headline":' + text))


NAMES = st.sampled_from(
    ["Ada Quill", "Bo Lindt", "By Ada Quill", "bilge_rat", "Staff", "The Bell", "AP", "https://b.example/ada", "Ada Quill, Bo Lindt", ""]
)
DAYS = st.sampled_from(["2024-05-04", "2024-05-04T10:00:00Z", "2024-05-05", "4 May 2024", "04/05/2024", "1970-01-01", "2024-02-30", ""])
PLACES = st.sampled_from(["Boats", "boats", "The Bell", "Travel / Boats", "Uncategorized", "17", ""])
HEADLINES = st.sampled_from([TITLE, f"{TITLE} | The Bell", f"Boats: {TITLE}", "Another story of the harbour", "The Bell", ""])
URLS = st.sampled_from(["https://bell.example/ferry", "https://bell.example/", "/ferry", "https://other.example/a", "ftp://x", ""])
METAS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["author", "article:author", "dc.creator"]), NAMES),
        st.tuples(st.sampled_from(["article:published_time", "date", "lastmod", "article:modified_time"]), DAYS),
        st.tuples(st.sampled_from(["article:section", "section"]), PLACES),
        st.tuples(st.sampled_from(["og:site_name", "application-name"]), st.sampled_from(["The Bell", "The Bell | News", "bell", ""])),
        st.tuples(st.sampled_from(["og:title", "twitter:title"]), HEADLINES),
        st.tuples(st.sampled_from(["og:url", "twitter:url"]), URLS),
        st.tuples(st.sampled_from(["og:locale", "content-language"]), st.sampled_from(["en_GB", "de", "utf-8", ""])),
        st.tuples(st.just("og:description"), st.sampled_from(["The port has a place for it at last.", ""])),
    ),
    max_size=8,
)
OBJECTS = st.fixed_dictionaries(
    {"@type": st.sampled_from(["NewsArticle", "DiscussionForumPosting", "WebPage", "BreadcrumbList"])},
    optional={
        "headline": HEADLINES,
        "author": NAMES,
        "datePublished": DAYS,
        "dateModified": DAYS,
        "articleSection": PLACES,
        "url": URLS,
        "isAccessibleForFree": st.booleans(),
        "publisher": st.fixed_dictionaries({"name": st.sampled_from(["The Bell", "Bell Holding"])}),
        "itemListElement": st.lists(st.fixed_dictionaries({"name": PLACES}), max_size=3),
    },
)
LINES = st.lists(
    st.sampled_from(["By Ada Quill", "Bo Lindt", "4 May 2024", "Updated 6 May 2024", "Boats", "Subscribe now", "2 min read"]), max_size=4
)


@settings(max_examples=150, deadline=None)
@given(METAS, st.lists(OBJECTS, max_size=2), LINES, HEADLINES, st.booleans())
def test_every_field_has_its_evidence(metas: list[tuple[str, str]], objects: list[Any], lines: list[str], title: str, linked: bool) -> None:
    head = f"<title>{title}</title>" + "".join(f'<meta name="{name}" content="{value}">' for name, value in metas) + "".join(map(ld, objects))
    head += "<link rel=canonical href=/ferry>" if linked else ""
    source = page(head, "".join(f"<p>{line}</p>" for line in lines) + BODY)
    article = stripper.clean(source, "https://bell.example/ferry", crawled=date(2024, 6, 1))
    written = article.to_dict()
    for name, witnesses in article.evidence.items():
        assert witnesses
        assert {w.field for w in witnesses} == {name}
        assert getattr(article, name) == witnesses[0].value
        assert witnesses[0].why
        assert [w.get("why", "") for w in written["evidence"][name]] == [w.why for w in witnesses]
    for name in (*FIELDS, "language"):
        assert name in article.evidence or getattr(article, name) in (None, ())
    assert json.loads(json.dumps(written)) == written
