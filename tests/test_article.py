"""An article as Markdown: read again by a parser, it says what the body says."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

import stripper
from stripper.article import Article, Part
from stripper.read import read

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def parts(source: str) -> tuple[Part, ...]:
    """A page's blocks as the parts of a body."""
    page = read(source, as_="html")
    return tuple(Part(page.text[b.start : b.end], "\n\n" if b.gap else "\n", b.tag, b.level, b.lead, b.path, b.shared) for b in page.blocks)


def markdown(source: str) -> str:
    return Article(parts=parts(source)).to_markdown()


def said(tokens: list[Token]) -> str:
    """What a parser takes for text."""
    words = []
    for token in tokens:
        if token.children:
            words.append("".join(" " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children))
        elif token.type in ("fence", "code_block", "html_block"):
            words.append(token.content)
    return " ".join(words)


def kinds(text: str) -> set[str]:
    """The types of all tokens, those within lines too."""
    return {t.type for token in PARSER.parse(text) for t in (token, *(token.children or ()))}


def test_lists_are_nested_and_numbered() -> None:
    source = (
        "<ul><li>oars</li><li>boats<ul><li>green</li><li><p>red</p><p>and old</p></li></ul></li><li>rope</li></ul>"
        "<ol><li>row</li><li>rest<ol><li>sleep</li></ol></li><li>row</li></ol>"
    )
    assert markdown(source) == ("- oars\n- boats\n  - green\n  - red\n\n    and old\n- rope\n\n1. row\n2. rest\n   1. sleep\n3. row\n")


def test_lists_that_follow_each_other_stay_two() -> None:
    assert markdown("<ul><li>a</li></ul><ul><li>b</li></ul><ul><li>c</li></ul>") == "- a\n\n* b\n\n- c\n"
    assert markdown("<ol><li>a</li></ol><ol><li>b</li></ol>") == "1. a\n\n1) b\n"
    assert markdown("<ul><li>a</li></ul><p>x</p><ul><li>b</li></ul>") == "- a\n\nx\n\n- b\n"


def test_lists_of_flat_text_keep_their_numbers() -> None:
    body = (Part("3. oars", lead=3, tag="li"), Part("4. boats", "\n", lead=3, tag="li"), Part("• rope", "\n", lead=2, tag="li"), Part("end"))
    assert Article(parts=body).to_markdown() == "3. oars\n4. boats\n\n- rope\n\nend\n"


def test_tables_have_a_header_row() -> None:
    source = (
        "<table><caption>Fares</caption><thead><tr><th>From</th><th>To|Fro</th></tr></thead><tbody><tr><td>quay</td><td>4</td></tr>"
        "<tr><td><p>mill</p><p>(summer)</p></td><td>5</td></tr><tr><td>all</td></tr></tbody></table><p>end</p>"
    )
    assert markdown(source) == ("Fares\n\n| From | To\\|Fro |\n| --- | --- |\n| quay | 4 |\n| mill (summer) | 5 |\n| all |  |\n\nend\n")
    assert "table_open" in kinds(markdown(source))


def test_tables_for_layout_are_paragraphs() -> None:
    long = "The ferry left on Monday. " * 20
    assert "|" not in markdown(f"<table><tr><td><p>{long}</p></td><td><p>{long}</p></td></tr><tr><td>{long}</td><td>x</td></tr></table>")
    assert markdown("<table><tr><td>one</td></tr><tr><td>two</td></tr></table>") == "one\n\ntwo\n"
    assert markdown("<table><tr><td><h2>Oars</h2><ul><li>one</li></ul></td></tr></table>") == "## Oars\n\n- one\n"


def test_quotes_have_paragraphs_and_lists() -> None:
    source = "<blockquote><p>one</p><p>two</p><blockquote>deep</blockquote><ul><li>item</li></ul></blockquote><blockquote>other</blockquote>"
    text = markdown(source)
    assert text == "> one\n>\n> two\n>\n> > deep\n>\n> - item\n\n> other\n"
    assert [t.type for t in PARSER.parse(text)].count("blockquote_open") == 3


def test_definitions_code_and_headings() -> None:
    source = "<h1>A #</h1><h3>B</h3><dl><dt>Oar</dt><dd>wood</dd><dd><p>long</p><p>flat</p></dd></dl><pre>if x:\n\n    y = '```'</pre>"
    assert markdown(source) == "## A \\#\n\n### B\n\n**Oar**\n\n: wood\n: long\n\n  flat\n\n~~~~\nif x:\n\n    y = '```'\n~~~~\n"


def test_a_definition_begins_with_a_paragraph() -> None:
    assert markdown("<dl><dt>Oar</dt><dd><pre>a_b_c</pre><p>wood</p></dd><dd><ul><li>one</li></ul></dd></dl>") == (
        "**Oar**\n\n```\na_b_c\n```\n\n: wood\n\n- one\n"
    )


def test_code_in_a_list_is_indented() -> None:
    text = markdown("<ul><li><p>run</p><pre>a\n  b</pre></li><li>stop</li></ul>")
    assert text == "- run\n\n  ```\n  a\n    b\n  ```\n- stop\n"


@pytest.mark.parametrize(
    "plain",
    [
        "He won 3 * 4 prizes in snake_case_city, 5 < 6 & AT&T, at 9 a.m. - as said [sic] ~5 km off; C:\\boats, #1, 20% + 3",
        "It's (quite) good! A | B",
        "1931 was the year. 4.5 metres. #ferry and 1.5",
        "-5 degrees",
        "*",
    ],
)
def test_what_is_not_misread_is_not_escaped(plain: str) -> None:
    assert Article(parts=(Part(f"x {plain}"),)).to_markdown() == f"x {plain}\n"


@pytest.mark.parametrize(
    "hard",
    [
        "# no heading", "#", "> no quote", "- no item", "+ no item", "* no item", "*", "-", "12. no item", "3) no item", "---", "* * *",
        "===", "```", "~~~ x",
        "*no* emphasis", "**no** emphasis", "_no_ emphasis", "__init__", "`no` code", "~~not~~ struck", "[no](link)", "![no](image)", "[no]: link",
        "[no][link]", "<b>no</b> tag", "<!-- no comment -->", "<https://no.link>", "&amp; &copy; &#35;", "\\* and \\", "a\\\nb",
        "[ ] no box", "a\n---", "a\n===",
        "a | b\n--- | ---\nc | d", "    no code", "\tno code", "a  \nb", ": no meaning", "1931. It rained", "_*both*_ `*`", "***", "___", "- - -",
    ],
)  # fmt: skip
def test_what_would_be_misread_is_escaped(hard: str) -> None:
    text = Article(
        headline=hard, standfirst=hard, byline=hard, parts=(Part("x"), Part(hard, tag="p"), Part(hard, tag="li"), Part(hard, level=2))
    ).to_markdown()
    head = {"heading_open", "heading_close", "em_open", "em_close"}
    allowed = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak", "bullet_list_open", "bullet_list_close"}
    assert kinds(text) <= allowed | head | {"list_item_open", "list_item_close"}
    assert "".join(said(PARSER.parse(text)).split()) == "".join(f"{hard}{hard}{hard}x{hard}{hard}{hard}".split())
    assert kinds(Article(parts=(Part(hard, tag="p"),)).to_markdown()) <= {
        "paragraph_open",
        "paragraph_close",
        "inline",
        "text",
        "text_special",
        "softbreak",
    }


words = st.text(alphabet=string.ascii_letters + "é漢", min_size=1, max_size=5)
signs = st.sampled_from([*"*_`~#>-+=|[]()<>&\\!.:;1", "**", "```", "&amp;", "- ", "1. ", "](", "<b>", "\n", "  ", "\t"])
texts = st.lists(words | signs | st.just(" "), min_size=1, max_size=12).map("".join).filter(lambda text: re.search(r"\w", text) is not None)
tags = st.sampled_from(["p", "li", "blockquote", "dt", "dd", "tr", "td", "h2", "pre", ""])
paths = st.lists(st.sampled_from(["div", "ul", "ol", "li", "blockquote", "dl", "dd", "table", "tr", "td", "p"]), max_size=6).map("/".join)
any_parts = st.builds(Part, texts, st.sampled_from(["\n\n", "\n", " "]), tags, st.integers(0, 6), st.just(0), paths, st.integers(0, 6))


@settings(max_examples=300, deadline=None)
@given(st.lists(any_parts, max_size=8))
def test_any_parts_give_markdown_with_all_words_in_order(body: list[Part]) -> None:
    text = Article(parts=tuple(body)).to_markdown()
    wanted = [word for part in body for word in re.findall(r"[^\W\d]+", part.text.replace("_", " "))]
    rest = iter(re.findall(r"[^\W\d]+", text.replace("_", " ")))
    assert all(word in rest for word in wanted)


@settings(max_examples=300, deadline=None)
@given(st.lists(texts, min_size=1, max_size=4))
def test_paragraphs_are_read_as_they_are_written(body: list[str]) -> None:
    tokens = PARSER.parse(Article(parts=tuple(Part(text, tag="p") for text in body)).to_markdown())
    assert "".join(said(tokens).split()) == "".join("".join(body).split())


markup = st.recursive(
    words.map(lambda word: f"<p>{word}</p>"),
    lambda inner: st.builds(
        lambda name, children: f"<{name}>{''.join(f'<li>{c}</li>' if name in ('ul', 'ol') else c for c in children)}</{name}>",
        st.sampled_from(["ul", "ol", "blockquote", "div", "section"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(markup)
def test_nested_lists_and_quotes_are_read_as_the_page_has_them(source: str) -> None:
    tokens = PARSER.parse(markdown(source))
    assert said(tokens).split() == re.findall(r"\w+", re.sub(r"<[^>]+>", " ", source))
    for token, name in (("bullet_list_open", "ul"), ("ordered_list_open", "ol"), ("blockquote_open", "blockquote")):
        assert [t.type for t in tokens].count(token) == source.count(f"<{name}>")


def test_a_cleaned_page_is_printed_with_its_lists() -> None:
    sentence = "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn."
    items = "<ul><li>The green boat leaves at eight.</li><li>The red boat leaves at nine.</li></ul>"
    page = f"<html><body><article><h1>Ferry leaves the island</h1><p>{sentence}</p><p>{sentence}</p>{items}<p>{sentence}</p></article></body></html>"
    article = stripper.clean(page)
    assert "- The green boat leaves at eight.\n- The red boat leaves at nine.\n\n" in article.to_markdown()
