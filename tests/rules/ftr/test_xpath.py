"""XPath said as selectors: what they match is held against lxml's own evaluation."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from stripper.read.select import Elements
from stripper.read.selector import parse_selector
from stripper.read.tree import parse
from stripper.rules.ftr.lines import Line
from stripper.rules.ftr.pack import Site
from stripper.rules.ftr.tokens import Untranslatable
from stripper.rules.ftr.xpath import translated
from stripper.types import Kind

PAGE = """<html><head><title>Tarn</title></head><body class="home">
<div id="top" class="menu wide"><ul><li><a href="/a" title="Home">Home</a></li><li class="on"><a href="/b">Mills</a></li><li>Rain</li></ul></div>
<div id="story-12" class="story main">
  <h1 class="name">The mill opens</h1><h2>Its wheel turns</h2>
  <p class="meta">By <span class="author">Edda Lorne</span>, <span class="author second">Ola Berg</span> <time datetime="2023-05-03">3 May</time></p>
  <p>First.</p><p class="lead">Second, <b>bold</b>.</p><section><p>Third</p><p>Fourth, as it <em>was</em></p></section>
  <div class="share-box"><p>Share</p></div><div class="share-box last"><p>Send</p><img src="x"></div>
  <table class="data"><tr><td>One</td><td>Two</td></tr><tr><td>Three</td></tr></table>
</div>
<div class="also"><h2>Related</h2><p>Other</p><hr><p class="lead">More</p></div>
</body></html>"""

EXPRESSIONS = """
//h1
//div
//*[@id='top']
//div[@class='story main']
//div[contains(@class, 'main')]
//div[contains(concat(' ', normalize-space(@class), ' '), ' main ')]
//div[contains(concat(' ',@class,' '),' share ')]
//div[starts-with(@id, "story-")]
//div[@class='story main']/p
//div[@class='story main']//p
//div[@class='story main']/p[1]
//div[@class='story main']/p[2]
//div[@class='story main']/p[last()]
//div[@class='story main']//p[last()-1]
//p[position()>1]
//p[position()<=2]
//p[position()<2]
//p[position()>=2]
//p[position()=2]
//p[@class][1]
//div[@class]/*[2]
//li[1]/a
//div/*[1]
//div[contains(@class,'share-box')][2]
//div[@id='top']/following-sibling::div
//h1/following-sibling::*[1]
//h1/following-sibling::*[1][self::h2]
//h1/following-sibling::p[@class='lead']
//h1 | //h2
//div[@id='top' or @class='also']//h2
//div[@id and @class]
//p[not(@class)]
//p[not(@class='meta' or @class='lead')]
//p[@class!='meta']
//p[b or em]
//div[.//img]
//div[img]
//div[./h1]
//div[descendant::em]
//div[h2][not(h1)]
//li[a/@href]
//div[.//a[contains(@href,'b')]]
//li[a/@href='/a']
//li[a[@title]]
//*[self::h1 or self::h2]
//h1/..
//div/p/..
//div[@class='also']/p/../h2
//em/parent::p
//em/ancestor::section
//em/ancestor::div[@id]
//div/self::div[@id]
//p[contains(., 'Share')]
//p[.='Share']
//div[@class]//p[preceding-sibling::h2]
//div/p[@class][preceding-sibling::p[@class='meta']]
//p[preceding-sibling::h1]
//p[ancestor::section]
//p[parent::div[@class='also']]
//p[2][parent::section]/em
//p[.='Share' or starts-with(., 'First')]
//h2[text()='Related']
//p[starts-with(., 'By ')]
(//p)[1]
(//div[@class]//p)[last()]
(//div[@class='share-box'])[1]/p
//p[contains(.,'as it was')]
//div[contains(., 'Third')]
/html/body/div
/html/body/div[2]/h1
//body/div[@class='also']/p[2]
//div[@class='also']/descendant::p
//div/child::h2
//table/tr
//table[@class='data']/tr[1]/td[2]
//table//td
(//div[@class='also'] | //div[@id='top'])//a
//div[(@id='top' or @class='also') and not(@title)]
id('top')//li
string(//h1)
normalize-space(//h2)
.//h2
""".strip().splitlines()

REFUSED = {
    "//div[": "it is no XPath",
    "//div[@class='x]": "it is no XPath",
    "//\0div": "it is no XPath",
    "div": "it begins at no element",
    "./div": "it begins at no element",
    "//DIV": "in capitals",
    "//meta[@property='og:title']/@content": "show no text",
    "//a/@href": "isn't text of the page",
    "substring-before(//h1, '|')": "substring-before() has no translation",
    "//p[text()]": "a text that isn't compared",
    "//p[.='']": "a text to look for has 1 to 200 characters",
    "//p[./b='']": "compared in a predicate",
    "//p[string-length(@class) > 2]": "string-length() has no translation",
    "//p[contains(translate(@class, 'A', 'a'), 'a')]": "anything but an attribute or the text",
    "//p[contains(@class, '')]": "every attribute contains the empty text",
    "//p[contains(., '')]": "a text to look for has 1 to 200 characters",
    "//p[contains(concat('x', @class, ' '), ' a ')]": "blanks around an attribute",
    "//p[contains(concat(' ', @class, ' '), ' a b ')]": "one word of an attribute",
    "//p[not(ancestor::section)]": "ancestor::section in a predicate",
    "//p[not(preceding-sibling::h2)]": "preceding-sibling::h2 in a predicate",
    "//p[preceding-sibling::h2 and @class]": "preceding-sibling:: in a predicate",
    "//p[preceding-sibling::*[1]]": "a place within a predicate",
    "//div//p[ancestor::section]": "ancestor:: in a predicate",
    "//p[preceding-sibling::h2][1]": "a place on the axis preceding-sibling::",
    "//p[@class and position()=1]": "position() has no translation",
    "//p[count(b) > 2]": "count() has no translation",
    "//p[b/i]": "several steps in a predicate",
    "//p[b='x']": "compared in a predicate",
    "//p[b[1]]": "a place within a predicate",
    "//h1/following-sibling::p[1]": "a place among following siblings",
    "//div/descendant::p[1]": "a place on the axis descendant::",
    "//h1/preceding-sibling::p": "the axis preceding-sibling::",
    "(//p)[2]": "a place among all matches",
    "(//p | //h1)[1]": "the last of a single path",
    "(//p)[position()>1]": "a place among all matches",
    "//p[@class=1]": "anything but a text",
    "//a.b": "'a.b' has no translation",
    "//größe": "'größe' has no translation",
    "//p[" + "not(" * 12 + "@a" + ")" * 12 + "]": "as a selector it is refused",
    "//div/./p": "'.' within a path",
    "//div/node()": "node() has no translation",
    "//fb:like": "'fb:like' has no translation",
    "//p[position() mod 2 = 1]": "position() has no translation",
    "/div": "nothing but html stands at the root",
    "//p | ": "it is no XPath",
    "(" * 30 + "//p" + ")" * 30: "too deep in brackets",
    "//p" + "[@class]" * 600: "characters; at most",
}


def by_lxml(source: str, expression: str) -> list[str]:
    found = html.document_fromstring(source).xpath(expression)
    return [found.strip()] if isinstance(found, str) else ["".join(element.itertext()).strip() for element in found]


def by_selector(source: str, selector: str) -> list[str]:
    top = parse(source.encode()).root
    assert top is not None
    elements = Elements(top)
    return [elements.text_of(number).strip() for number in sorted(elements.matched(parse_selector(selector)))]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_selector_matches_what_the_expression_does(expression: str) -> None:
    expected, got = by_lxml(PAGE, expression), by_selector(PAGE, translated(expression).selector)
    assert expected or "share " in expression
    assert got[:1] == expected if "(//" in expression and expression.startswith(("string", "normalize")) else got == expected


@pytest.mark.parametrize("expression", REFUSED)
def test_what_has_no_translation_says_why(expression: str) -> None:
    with pytest.raises(Untranslatable, match=re.escape(REFUSED[expression])):
        translated(expression)


@pytest.mark.parametrize(
    ("expression", "selector", "reason"),
    [
        ("//h1/text()", "h1", "the whole element"),
        ("//p[contains(text(), 'Share')]", 'p:contains("Share")', "the whole element"),
        ("//p[starts-with(text(), 'Share')]", 'p:begins("Share")', "the whole element"),
        ("//time/@datetime", "time[datetime]", "not its attribute"),
    ],
)
def test_what_means_a_little_more_says_so(expression: str, selector: str, reason: str) -> None:
    found = translated(expression)
    assert found.selector == selector
    assert reason in found.inexact[0]


TAGS = st.sampled_from(["div", "section", "span", "em"])
VALUES = st.sampled_from(["a", "b", "a b", "ab", "b a c"])


@st.composite
def trees(draw: st.DrawFn, depth: int = 4) -> str:
    tag, name = draw(TAGS), draw(st.one_of(st.just(""), VALUES.map(' class="{}"'.format), st.sampled_from(["x", "y"]).map(' id="{}"'.format)))
    inside = draw(st.lists(st.one_of(st.sampled_from(["u", "v ", " uv"]), trees(depth - 1)) if depth else st.just("w"), max_size=3))
    return f"<{tag}{name}>{''.join(inside)}</{tag}>"


@st.composite
def predicates(draw: st.DrawFn, depth: int = 2) -> str:
    value = draw(VALUES)
    simple = ["@class", f"@class='{value}'", f"contains(@class,'{value}')", f"starts-with(@class, '{value}')", "@id='x'", f"@class!='{value}'"]
    simple += [
        "contains(concat(' ', normalize-space(@class), ' '), ' a ')",
        "contains(., 'uv')",
        ".='uv'",
        "starts-with(., 'u')",
        "em",
        ".//span",
        "self::div",
        "div[@id]",
        "./em/@class",
    ]
    if not depth or draw(st.booleans()):
        return draw(st.sampled_from(simple))
    one, other = draw(predicates(depth - 1)), draw(predicates(depth - 1))
    return draw(st.sampled_from([f"{one} and ({other})", f"({one}) or {other}", f"not({one})"]))


PLACES = st.sampled_from(["1", "2", "last()", "last()-1", "position()>1", "position()<=2", "position()=2"])


@st.composite
def expressions(draw: st.DrawFn) -> str:
    said = ""
    for number in range(draw(st.integers(1, 3))):
        axis = draw(st.sampled_from(["//", "/", "//", "/following-sibling::", "/descendant::"])) if number else "//"
        said += axis + draw(st.one_of(TAGS, st.just("*"))) + "".join(f"[{p}]" for p in draw(st.lists(predicates(), max_size=2)))
        if axis in ("/", "//") and draw(st.integers(0, 3)) == 0:
            said += draw(st.sampled_from(["[preceding-sibling::em]", "[preceding-sibling::*[@class]]", "" if number else "[ancestor::div]"]))
        elif axis in ("/", "//") and draw(st.booleans()):
            said += f"[{draw(PLACES)}]"
        if number and axis == "/" and "preceding" not in said and draw(st.integers(0, 4)) == 0:
            said += "/.."
    return draw(st.sampled_from([said, said, f"({said})[1]", f"({said})[last()]/*"]))


@given(st.lists(trees(), min_size=1, max_size=4), expressions(), expressions())
def test_on_any_tree_a_selector_matches_what_the_expression_does(found: list[str], one: str, other: str) -> None:
    numbers = itertools.count()
    source = f"<html><head></head><body><div>{re.sub('<(?=[a-z])', lambda m: f'{next(numbers)}<', ''.join(found))}</div></body></html>"
    for expression in (one, f"{one} | {other}"):
        assert by_selector(source, translated(expression).selector) == by_lxml(source, expression)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_each_has_an_example_that_holds(expression: str) -> None:
    assert Site("tarn.example").add(Kind.SHARE, translated(expression).selector, Line("tarn.example.txt", 1, "strip", expression)) is None
