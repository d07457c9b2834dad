"""Visible text and blocks of HTML."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stripper.errors import ReadError
from stripper.read import read
from stripper.types import Page

STORY = "The ferry to Marholm will sail twice a day from May, the harbour board said after its meeting on Tuesday. "


def html(source: str) -> Page:
    return read(source, as_="html")


def texts(page: Page) -> list[str]:
    return [page.text[b.start : b.end] for b in page.blocks]


def tagged(page: Page) -> list[tuple[str, str]]:
    return [(b.tag, page.text[b.start : b.end]) for b in page.blocks]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>The <b>ferry</b> is\n  late.</p>", ["The ferry is late."]),
        ("<p><span>Mar</span><i>holm</i></p>", ["Marholm"]),
        ("<div>Before<p>Inside</p>After</div>", ["Before", "Inside", "After"]),
        ("<p>One<br>two<br><br>Three</p>", ["One", "two", "Three"]),
        ("<div>One.<br>\n<br />Two.<br> &nbsp; <br>Three.</div>", ["One.", "Two.", "Three."]),
        ("<div class=a><span class=b>By Ada Quill</span><span class=c>4 May</span></div>", ["By Ada Quill 4 May"]),
        ("<nav><a href=/>Home</a><a href=/n>News</a></nav>", ["Home News"]),
        ("<p>Tea &amp; toast&nbsp;at &#8364;3</p>", ["Tea & toast at €3"]),
        ("<pre>for x in y:\n    go(x)\n\n    stop()</pre>", ["for x in y:\n    go(x)\n\n    stop()"]),
        ("<details><summary>More</summary>Hidden lines</details>", ["More", "Hidden lines"]),
        ("<p>A <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> sign</p>", ["A 漢 sign"]),
        ("<p>The <button>ferry</button>is late</p>", ["The ferry is late"]),
        ("<a href=/x><h3>Title</h3><p>Teaser</p></a>", ["Title", "Teaser"]),
        ("<p>\u200b</p><p>Seen</p>", ["Seen"]),
        ("", []),
        ("<p> </p>", []),
    ],
)
def test_text_is_joined_as_browsers_show_it(source: str, expected: list[str]) -> None:
    assert texts(html(source)) == expected


@pytest.mark.parametrize(
    "source",
    [
        "<script>var x = 'Secret'</script>",
        "<style>.a{content:'Secret'}</style>",
        "<template><p>Secret</p></template>",
        "<noscript><p>Secret</p></noscript>",
        "<svg><title>Secret</title><text>Secret</text></svg>",
        "<img alt='Secret' src=x>",
        "<a aria-label='Secret'></a>",
        "<select><option>Secret</select>",
        "<textarea>Secret</textarea><input value=Secret placeholder=Secret>",
        "<iframe>Secret</iframe>",
        "<video>Secret</video>",
        "<div hidden>Secret</div>",
        "<div style='color:red; DISPLAY : none'>Secret</div>",
        "<span style='visibility:hidden'>Secret</span>",
        "<dialog>Secret</dialog>",
        "<!-- Secret -->",
    ],
)
def test_what_browsers_do_not_show_is_left_out(source: str) -> None:
    assert texts(html(f"<p>Seen.</p>{source}<p>Also seen.</p>")) == ["Seen.", "Also seen."]


@pytest.mark.parametrize(
    "source",
    ["<div aria-hidden=true>Shown</div>", "<p style='display:block'>Shown</p>", "<dialog open>Shown</dialog>", "<p hidden=until-found>Shown</p>"],
)
def test_what_browsers_show_is_taken(source: str) -> None:
    assert texts(html(source)) == ["Shown"]


def test_items_and_rows_stand_together_and_keep_their_names() -> None:
    page = html(
        "<h2>Fares</h2><ul><li>Adults<li><p>Children</p><li><a href=/d><b>Dogs</b></a></ul><table><caption>Times</caption>"
        "<tr><th>Port<th>Hour<tr><td>Marholm<td><a href=/m>9</a></table><dl><dt>Bicycle<dd>Free</dl><p>End</p>"
    )
    assert tagged(page) == [
        ("h2", "Fares"),
        ("li", "Adults"),
        ("li", "Children"),
        ("li", "Dogs"),
        ("caption", "Times"),
        ("tr", "Port\tHour"),
        ("tr", "Marholm\t9"),
        ("dt", "Bicycle"),
        ("dd", "Free"),
        ("p", "End"),
    ]
    assert [b.gap for b in page.blocks] == [True, True, False, False, True, True, False, True, False, True]
    assert "Adults\nChildren\nDogs\n\nTimes" in page.text
    assert [b.level for b in page.blocks] == [2] + [0] * 9


def test_layout_tables_give_their_blocks() -> None:
    long = STORY * 4
    page = html(f"<table><tr><td>Home<br>News<td>{long}<br><br>{long}</table><table><tr><td><p>One</p><p>Two</p><td>Side</table>")
    assert texts(page) == ["Home", "News", long.strip(), long.strip(), "One", "Two", "Side"]


def test_nested_lists_give_their_items_in_order() -> None:
    page = html("<ul><li>Boats<ol><li>Ferry<ul><li>Old</ul></li><li>Tug</ol>and more</li><li>Trains</ul><ul><li>Next</ul>")
    assert texts(page) == ["Boats", "Ferry", "Old", "Tug", "and more", "Trains", "Next"]
    assert {b.tag for b in page.blocks} == {"li"}
    assert [b.gap for b in page.blocks] == [True, False, False, False, True, False, True]  # "and more" is a paragraph of its own


def test_code_keeps_its_lines_and_its_place() -> None:
    page = html(
        "<h2>Use</h2><p>Call <code>go(x)</code>:</p><pre><code>if x:\n    <b>go</b>(x)</code></pre><table><tr><td><pre>a\n b</pre></table><p>End</p>"
    )
    assert tagged(page) == [("h2", "Use"), ("p", "Call go(x):"), ("pre", "if x:\n    go(x)"), ("pre", "a\n b"), ("p", "End")]


def test_twins_for_browsers_without_scripts_are_not_doubled() -> None:
    twin = "<img data-src=a.jpg class=lazy><noscript><img src=a.jpg alt='The pier'><p>The pier in May.</p></noscript>"
    assert texts(html(f"<p>{STORY * 5}</p><figure>{twin}<figcaption>The pier in May.</figcaption></figure>")) == [
        (STORY * 5).strip(),
        "The pier in May.",
    ]
    assert texts(html(f"<p>Menu</p><figure>{twin}<figcaption>The pier in May.</figcaption></figure>")) == ["Menu", "The pier in May."]


def test_labels_for_screen_readers_are_no_text() -> None:
    source = "<p aria-label='Secret' title='Secret'>Seen <a href=/ aria-label='Secret'><svg aria-label='Secret'><text>Secret</text></svg></a></p>"
    assert texts(html(source + "<abbr title='Secret'>HB</abbr>")) == ["Seen", "HB"]


def test_quotes_and_captions_lend_their_name_to_paragraphs_inside() -> None:
    page = html(
        "<blockquote><p>Quoted</p></blockquote><figure><img src=x><figcaption><div>The pier</div></figcaption></figure><h1><div>Big</div></h1>"
    )
    assert tagged(page) == [("blockquote", "Quoted"), ("figcaption", "The pier"), ("h1", "Big")]
    assert page.blocks[-1].level == 1


def test_blocks_carry_the_words_and_names_around_them() -> None:
    page = html(
        "<body class=page><main id=mainContent><div class='post-Body js_x' role=article><p>One</p><p>Two <a href=/>link</a></p>"
        "<p><span class=byLine itemprop=author>Ada</span></p></div>"
    )
    one, two, three = page.blocks
    assert one.path == "main/div/p"
    assert one.words == {"maincontent", "main", "content", "post-body", "post", "body", "js_x", "js", "x", "article"}
    assert two.words is one.words
    assert three.words == one.words | {"byline", "by", "line", "author"}
    assert three.path == "main/div/p/span"
    assert [b.link_chars for b in page.blocks] == [0, 4, 0]


def test_links_are_counted_where_they_hold_blocks() -> None:
    page = html("<a href=/><div>One two</div><div>Three <b>four</b></div></a><p>Five <a href=/>six</a> and <a href=/>seven</a>.</p>")
    assert [b.link_chars for b in page.blocks] == [7, 10, 8]


def test_hidden_story_is_taken_where_little_else_is_shown() -> None:
    page = html(f"<p>Menu</p><div style='display:none'><p>{STORY * 6}</p></div><div hidden>Tiny</div>")
    assert texts(page) == ["Menu", (STORY * 6).strip()]
    visible = html(f"<p>{STORY * 8}</p><div style='display:none'><p>{'Some other text. ' * 60}</p></div>")
    assert texts(visible) == [(STORY * 8).strip()]


def test_late_parts_of_a_page_stand_where_a_script_would_put_them() -> None:
    page = html(
        "<p>One<template id=B:0></template></p><p>Three</p><div hidden id=S:0>, two <template id=P:1></template></div>"
        "<div hidden id=S:1>and a half</div>"
    )
    assert texts(page) == ["One, two and a half", "Three"]
    assert texts(html("<p>One</p><template id=B:0></template><div hidden id=S:0><template id=B:0></template>Two</div>")) == ["One", "Two"]


def test_noscript_frames_and_unclosed_comments_are_read_where_nothing_else_is() -> None:
    for opened, closed in (("<noscript>", "</noscript>"), ("<frameset><noframes>", "</noframes></frameset>"), ("<body><!-- ", "")):
        assert STORY.strip() in html(f"<html>{opened}<p>{STORY * 6}</p>{closed}").text


def test_article_body_of_json_ld_is_the_last_resort() -> None:
    body = "\\n\\n".join([STORY * 3] * 3)
    page = html(f'<div id=root>Loading</div><script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>')
    assert texts(page) == ["Loading"] + [(STORY * 3).strip()] * 3
    assert "JSON-LD" in page.warnings[0]


def test_a_story_300_levels_deep_is_whole() -> None:
    page = html("<div>" * 300 + f"<p>{STORY}</p><p>Last.</p>" + "</div>" * 300)
    assert texts(page) == [STORY.strip(), "Last."]


BOMBS = {
    "div": "<div>" * 100_000,
    "div p": "<div><p>" * 50_000,
    "span": "<span>" * 50_000,
    "formatting": "<b i>" * 3000 + "<i i>" * 3000 + "x</b>" * 3000,
    "reopened formatting": "".join(f"<p><b i{n}>x" for n in range(5000)),
    "attributes": f"<div {' '.join(f'a{n}=1' for n in range(100_000))}>",
    "quoted attributes": "<div {}>".format(" ".join(f'a{n}=">"' for n in range(100_000))),
    "options": "<select>" + "<option>x" * 50_000 + "</select>",
    "tables": "<table><tr><td>" * 20_000,
    "lists": "<ul><li>" * 20_000,
    "drawing": "<svg>" + "<g>" * 50_000 + "</g>" * 50_000 + "</svg>",
    "less-than": "<" * 500_000,
    "comments": "<!-- x -->" * 50_000,
    "unclosed script": f"<p>{STORY}</p><script>" + "<p>x</p>" * 10_000,
    "unclosed comment": f"<p>{STORY}</p><!--" + "<p>x</p>" * 10_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_the_text_survives_markup_that_parsers_choke_on(name: str) -> None:
    page = html(f"{BOMBS[name]}<p>{STORY}</p>")
    assert STORY.strip() in page.text
    check(page)


@pytest.mark.slow
def test_ten_megabytes_are_read() -> None:
    page = html(f"<ul><li><a href=/>Home</a></li></ul><p>{STORY}</p>" * 60_000)
    assert page.text.count("Home") == page.text.count(STORY.strip()) == 60_000
    assert len(page.blocks) <= 50_000


def check(page: Page) -> None:
    """What holds for every page: blocks in order, disjoint, stripped, and together all that isn't blank."""
    before = 0
    outside = []
    for block in page.blocks:
        text = page.text[block.start : block.end]
        assert text == text.strip() != ""
        assert before <= block.start < block.end <= len(page.text)
        assert 0 <= block.link_chars <= block.end - block.start
        outside.append(page.text[before : block.start])
        before = block.end
    assert not "".join([*outside, page.text[before:]]).strip()
    assert len(page.folded) == len(page.text)


MARKUP = (
    "<p>|</p>|<div class='a'>|</div>|<a href=x>|</a>|<br>|<ul>|<li>|</li>|</ul>|<table>|<tr>|<td>|</table>|<b>|</b>|<i x>|</i>|<pre>|</pre>|<!--|-->|"
    "<script>|</script>|<h1>|</h1>|text|\n| |&nbsp;|\x00|\ud800|é|漢|<span hidden>|</span>|<template>|<select>|<option>|<svg>|</svg>|<button>|"
    "<template id=B:0>|<div hidden id=S:0>|<frameset>|<noscript>|<body>|"
    "</html>|<math>|<dialog>|<textarea>|<plaintext>|<dl>|<dt>|<dd>|<caption>|<blockquote>|<form>|<![CDATA[|]]>|<?|&#0;|&#x1F600;|\x0b|"
    "\u2028|<div|class='a'|>"
)
PIECES = st.sampled_from(MARKUP.split("|"))


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_markup_gives_a_page(source: str) -> None:
    check(html(source))


@given(st.text(max_size=300), st.sampled_from([None, "html", "text"]))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_page(source: str, as_: str | None) -> None:
    check(read(source, as_=as_))


@given(
    st.binary(max_size=300) | st.lists(PIECES).map(lambda x: "".join(x).encode("utf-16", "ignore")),
    st.sampled_from([None, "latin-1", "sjis", "utf-16"]),
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_page_or_a_read_error(source: bytes, encoding: str | None) -> None:
    with contextlib.suppress(ReadError):
        check(read(source, encoding=encoding))
