"""Whole pages, HTML and flat text: who is believed to be the author, and why."""

import json
from typing import Any

import pytest

import stripper
from stripper.fields import Found, find_fields
from stripper.read import read
from stripper.types import Kind, Mark, Page, Story, Witness

HEADLINE = "Lunden port to take down its oldest harbour crane"
BODY = """The old crane at the harbour of Lunden will be taken down next spring, the port authority said on Monday.

Engineers had found cracks in the crane's main arm, which has lifted cargo since 1958.

Several groups in Lunden want to keep the crane as a museum piece beside the harbour basin."""


def story_of(page: Page) -> Story:
    """The verdict of a locator that is right."""
    lines = set(BODY.split("\n\n"))
    chosen = frozenset(i for i, b in enumerate(page.blocks) if page.text[b.start : b.end] in lines)
    return Story(tuple(float(i in chosen) for i in range(len(page.blocks))), chosen, 1.0, bool(chosen))


def of_text(head: str = "", tail: str = "", marks: tuple[Mark, ...] = ()) -> Found:
    page = read(f"{HEADLINE}\n\n{head}\n\n{BODY}\n\n{tail}", as_="text")
    return find_fields(page, marks, story_of(page))


def of_html(head: str = "", tail: str = "", meta: str = "", ld: Any = None) -> Found:
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld else ""
    paragraphs = "".join(f"<p>{p}</p>" for p in BODY.split("\n\n"))
    top = f"<html lang='en'><head><title>{HEADLINE}</title>{meta}{script}</head>"
    html = f"{top}<body><article><h1>{HEADLINE}</h1>{head}{paragraphs}</article>{tail}</body></html>"
    page = read(html, as_="html")
    return find_fields(page, (), story_of(page))


def authors(found: Found) -> tuple[str, ...]:
    said = found.witnesses.get("authors")
    return said[0].value if said else ()


@pytest.mark.parametrize(
    ("head", "tail", "expected"),
    [
        ("By Ana Lima", "", ("Ana Lima",)),
        ("Ana Lima\n4 March 2024", "", ("Ana Lima",)),
        ("Ana Lima's avatar\nAna Lima", "", ("Ana Lima",)),
        ("Headshot of Ana Lima\nAna Lima, Quay reporter", "", ("Ana Lima",)),
        ("Quay Team\n4 March 2024", "", ("Quay Team",)),
        ("By The Quay Post Team", "", ("The Quay Post Team",)),
        ("By Quay Post\n\nAna Lima/Bo Chen\n4 March 2024", "", ("Ana Lima", "Bo Chen")),
        ("Ana", "Ana is the founder of the museum's society of friends.", ("Ana",)),
        ("Medically reviewed by Ana Lima\nWritten by Bo Chen", "", ("Bo Chen",)),
        ("Edited by: Ana Lima\nAna Lima's image\nAna Lima\n4 March 2024", "", ()),
        ("Ana\nLima\n4 March 2024", "Ana Lima is a reporter.", ("Ana Lima",)),
        ("Ana\nLima\n4 March 2024", "", ()),
        ("Reviewed by\nAna Lima", "", ()),
        ("Edited by Ana Lima", "", ()),
        ("Photos by\nAna Lima", "", ()),
        ("Business\n4 March 2024", "", ()),
        ("Crane\nMuseum", "", ()),
        ("By Staff", "", ()),
        ("", "— Ana Lima", ("Ana Lima",)),
        ("", "(Ana Lima, Bo Chen)", ()),
        ("", "Ana Lima\n\nAna Lima is a freelance writer who lives by the harbour.", ("Ana Lima",)),
        ("", "About Ana Lima\n\nAna is a reporter at the Quay Post.", ("Ana Lima",)),
        ("", "Ana Lima is a reporter at the Quay Post and has written about harbours for years.", ("Ana Lima",)),
        ("", "Ana Lima is a harbour in the south, with a beach and two piers for the boats of fishermen.", ()),
        ("", "This article was written by Ana Lima, a reporter at the Quay Post.", ("Ana Lima",)),
        ("", "Article written by:\n\nAna Lima, MD, FQRS\n\nArticle reviewed by:\n\nBo Chen, MD", ("Ana Lima",)),
        ("", "Posted by Ana on 4 March 2024", ("Ana",)),
        ("", "Ana Lima\n\nAna Lima is a writer.\n\nBo Chen\n\nBo Chen is a pilot.", ()),
        ("", "Ana Lima", ()),
    ],
)
def test_flat_text(head: str, tail: str, expected: tuple[str, ...]) -> None:
    assert authors(of_text(head, tail)) == expected


def test_persons_or_an_agency_in_brackets_behind_the_last_words() -> None:
    for inside, expected in (("Ana Lima aus Lunden, Bo Chen", ("Ana Lima", "Bo Chen")), ("dpa/rs", ("dpa",)), ("as it was in 1958", ())):
        body = f"{BODY} ({inside})"
        page = read(f"{HEADLINE}\n\n{body}", as_="text")
        chosen = frozenset(range(1, len(page.blocks)))
        found = find_fields(page, (), Story((1.0,) * len(page.blocks), chosen, 1.0))
        assert authors(found) == expected, inside


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        ("By Ana Lima on 4 March 2024", ("Ana Lima",)),
        ("By Ana Lima\n4 March 2024", ("Ana Lima",)),
        ("By Ana Lima", ()),
        ("By Ana Lima on 4 March 2024\nFerry late\nBy Bo Chen on 3 March 2024", ()),
    ],
)
def test_the_one_dated_byline_far_above_the_headline(top: str, expected: tuple[str, ...]) -> None:
    menu = "\n".join(f"Pier {letter}" for letter in "abcdefghijkl")
    page = read(f"{top}\n{menu}\n\n{HEADLINE}\n\n{BODY}", as_="text")
    assert authors(find_fields(page, (), story_of(page))) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<div class='author-name'>Ana Lima</div>", ("Ana Lima",)),
        ("<div class='byline'>Ana Lima QRTV</div>", ("Ana Lima",)),
        ("<span class='post-author'>Ana</span>", ("Ana",)),
        ("<p itemprop='author'>Quay Post Team</p>", ("Quay Post Team",)),
        ("<div class='author'><p>Ana Lima</p><p>Harbour reporter</p></div>", ("Ana Lima",)),
        ("<div class='author'>Content Marketing Coordinator</div>", ()),
        ("<div class='author'>Key takeaways</div>", ()),
        ("<div class='comment author'>Ana Lima</div>", ()),
        ("<div class='author'><p>Written by</p><p>Ana Lima</p></div><div class='author'><p>Reviewed by</p><p>Bo Chen</p></div>", ("Ana Lima",)),
    ],
)
def test_markup_tells_who_a_name_is(head: str, expected: tuple[str, ...]) -> None:
    assert authors(of_html(head)) == expected


def test_markup_around_the_whole_story_says_nothing() -> None:
    page = read(
        f"<body class='author-ana author'><h1>{HEADLINE}</h1><p>Quay</p>{''.join(f'<p>{p}</p>' for p in BODY.split(chr(10) * 2))}</body>", as_="html"
    )
    assert "authors" not in find_fields(page, (), story_of(page)).witnesses


def article(*names: str) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": HEADLINE, "author": [{"@type": "Person", "name": name} for name in names]}


@pytest.mark.parametrize(
    ("head", "declared", "expected"),
    [
        ("<p>By Ana Lima</p>", ["Quay Post"], ("Ana Lima",)),
        ("<p>By Ana Lima</p>", ["uploader"], ("Ana Lima",)),
        ("<p>By Ana Lima</p>", ["Bo Chen"], ("Ana Lima",)),
        ("<p>By Ana Lima and Bo Chen</p>", ["Ana Lima"], ("Ana Lima", "Bo Chen")),
        ("<p>Ana Lima</p><time>4 March 2024</time>", ["Bo Chen"], ("Bo Chen",)),
        ("", ["Quay Post"], ("Quay Post",)),
        ("", ["Quay Post Team"], ("Quay Post Team",)),
        ("", ["Ana Lima", "dpa"], ("Ana Lima",)),
        ("", ["Editorial Team"], ()),
    ],
)
def test_page_and_declaration(head: str, declared: list[str], expected: tuple[str, ...]) -> None:
    assert authors(of_html(head, ld=article(*declared))) == expected


def marked(head: str, line: str, kind: Kind) -> Found:
    """A flat page on which a rule takes a line for something else."""
    start = len(HEADLINE) + 2 + head.index(line)
    return of_text(head, marks=(Mark(start, start + len(line), kind, "rule", 0.9),))


@pytest.mark.parametrize(
    ("line", "kind", "expected"),
    [
        ("Home | By Ana Lima | 4 March 2024", Kind.BREADCRUMB, ("Ana Lima",)),
        ("Published 4 March 2024 by Ana Lima · Links may earn us a fee", Kind.DISCLAIMER, ("Ana Lima",)),
        ("By Ana Lima", Kind.NAVIGATION, ()),
        ("By Ana Lima on 4 March 2024", Kind.RELATED, ()),
        ("Source: Reuters", Kind.CREDIT, ("Reuters",)),
        ("Reuters", Kind.CREDIT, ()),
        ("Source: Quay Statistics", Kind.CREDIT, ()),
    ],
)
def test_lines_that_a_rule_takes_for_something_else(line: str, kind: Kind, expected: tuple[str, ...]) -> None:
    assert authors(marked(line, line, kind)) == expected


def test_a_signature_of_persons_beats_the_byline_of_a_team() -> None:
    assert authors(of_html("<p>By Team Quay</p>", "<p>Written by Ana Lima</p>")) == ("Ana Lima",)
    assert authors(of_html("<p>By Team Quay</p>")) == ("Team Quay",)


def test_lines_among_the_links_below_name_one_author_or_those_of_the_links() -> None:
    one = "Autor: Ana Lima\nFerry late\nTide high"
    found = of_text(tail=one)
    assert authors(found) == ("Ana Lima",)
    text = f"{HEADLINE}\n\n{BODY}\n\nAuthor: Ana Lima\nFerry late\nAuthor: Bo Chen\nTide high"
    page = read(text, as_="text")
    start = text.index("Author")
    marks = (Mark(start, len(text), Kind.RELATED, "links", 0.9),)
    assert "authors" not in find_fields(page, marks, story_of(page)).witnesses


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ('<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ana Lima">', ("Ana Lima",)),
        ('<meta name="twitter:label1" content="Reading time"><meta name="twitter:data1" content="4 minutes">', ()),
        ('<meta name="twitter:label2" content="Verfasst von"><meta name="twitter:data2" content="Jana Krüger">', ("Jana Krüger",)),
        ('<meta itemprop="author" content="Ana Lima">', ("Ana Lima",)),
        ('<meta name="citation_authors" content="Lima, Ana; Chen, Bo">', ("Lima", "Ana")),
    ],
)
def test_rarer_declarations(meta: str, expected: tuple[str, ...]) -> None:
    assert authors(of_html(meta=meta))[:2] == expected


def test_why_an_author_is_believed() -> None:
    found = of_html("<p>By Ana Lima</p>", ld=article("Ana Lima"))
    assert [w.why for w in found.witnesses["authors"]] == ["JSON-LD says so, and so does the byline.", ""]
    assert found.witnesses["byline"][0].why == "A by-word introduces the names."
    found = of_html("<p>By Ana Lima</p>", ld=article("Bo Chen"))
    assert found.witnesses["authors"][0].why == "The byline says so. JSON-LD names someone else, with less weight."
    found = of_html(ld=article("Ana Lima"))
    assert found.witnesses["authors"][0].why == "Only JSON-LD says so."
    assert found.witnesses["byline"][0].why == "The page prints none; these are the authors' names."
    assert of_text(tail="— Ana Lima").witnesses["byline"][0].why == "It signs the story from below."


IMPOSSIBLE: list[Any] = [
    "A" * 10_000,
    "Ana " * 5_000,
    ("1", "22", "333333"),
    (1, 2.5, None, ["Ana Lima"], {"name": "Ana Lima"}),
    [None] * 50,
    7,
    None,
    {"name": "Ana Lima"},
    ("",),
    ("\x00" * 100,),
    (",;|" * 100,),
]


@pytest.mark.parametrize("value", IMPOSSIBLE)
def test_impossible_declarations_give_no_error_and_no_author(value: Any) -> None:
    page = read(f"<h1>{HEADLINE}</h1><p>{BODY}</p>", as_="html")
    page = Page(page.text, page.folded, page.blocks, "html", declared=(Witness("authors", value, "json-ld"), Witness("site", None, "meta")))
    assert "authors" not in find_fields(page, (), story_of(page)).witnesses


def test_thousands_of_declared_authors_are_cut() -> None:
    names = tuple(f"Ana {'abcdefghij'[i % 10].upper()}{'klmnopqrst'[i // 10 % 10]}lima" for i in range(5_000))
    page = read(f"<h1>{HEADLINE}</h1><p>{BODY}</p>", as_="html")
    page = Page(page.text, page.folded, page.blocks, "html", declared=(Witness("authors", names, "json-ld"),))
    assert len(authors(find_fields(page, (), story_of(page)))) <= 20


@pytest.mark.parametrize("line", ["By " + "Ana " * 5_000, "Ana Lima " * 2_000, "— " + "A" * 10_000, "x" * 200_000, "by " * 3_000, "（" * 10_000])
def test_long_lines_near_the_headline_name_nobody(line: str) -> None:
    assert authors(of_text(line, line)) == ()


@pytest.mark.parametrize(
    ("url", "kind", "line", "authors"),
    [
        ("https://marhol.example/", "website", "By Edda Lorne", ()),
        ("https://marhol.example/lamps/brass", "product", "Edda Lorne, 3 May 2024", ()),
        ("https://marhol.example/lamps/brass", "product", "By Edda Lorne", ("Edda Lorne",)),
        ("https://marhol.example/lamps/brass", "article", "Edda Lorne, 3 May 2024", ("Edda Lorne",)),
        ("https://[marhol.example", "website", "By Edda Lorne", ("Edda Lorne",)),  # no address at all, which tells nothing
    ],
)
def test_front_pages_and_goods_have_no_author_of_their_own(url: str, kind: str, line: str, authors: tuple[str, ...]) -> None:
    html = f"""<html lang="en"><head><meta property="og:type" content="{kind}"></head><body><main>
    <h1>Brass lamps for the night watch</h1><p>{line}</p>
    <p>The brass lamp burns for nine hours on one filling, and its glass can be changed without tools by whoever keeps the watch.</p>
    <p>It weighs less than two kilograms, stands on three feet, and has lit the harbour office of Marhol since the spring.</p></main></body></html>"""
    assert stripper.clean(html, url=url, as_="html").authors == authors


def test_a_paragraph_that_ends_with_names_stays_in_the_story() -> None:
    text = """Ferry to Orsay sails again after nine weeks

The ferry to Orsay sailed again on Monday, nine weeks after its engine was flooded in the harbour by a wave.

Passengers waited on the quay from six in the morning, and the mayor of Orsay had brought a brass band to the ferry.

The old engine will be shown in the harbour museum, where children may climb on it from the first of June on. (Mara Quill, Tobin Ashe, 3.5.2024)
"""
    article = stripper.clean(text)
    assert article.authors == ("Mara Quill", "Tobin Ashe")
    assert article.body.endswith("from the first of June on.")
