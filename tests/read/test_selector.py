"""Selectors as text: what they say, and what is refused at which character."""

from __future__ import annotations

import contextlib

import pytest
from effort import steps

from stripper.read.selector import Among, Attribute, Contains, Edge, Has, Nth, SelectorError, Step, Tag, parse_selector


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("p", [Step("", (Tag("p"),))]),
        ("  DIV  ", [Step("", (Tag("div"),))]),
        ("*", [Step("", ())]),
        (".lead#top", [Step("", (Attribute("class", "~=", "lead"), Attribute("id", "=", "top")))]),
        ("a>b", [Step("", (Tag("a"),)), Step(">", (Tag("b"),))]),
        ("a + b ~ i  u", [Step("", (Tag("a"),)), Step("+", (Tag("b"),)), Step("~", (Tag("i"),)), Step(" ", (Tag("u"),))]),
        ("[Title]", [Step("", (Attribute("title"),))]),
        ("[ rel ~= 'a' ]", [Step("", (Attribute("rel", "~=", "a"),))]),
        ('[x="it\'s \\"so\\""]', [Step("", (Attribute("x", "=", 'it\'s "so"'),))]),
        (r"[x='a\a b']", [Step("", (Attribute("x", "=", "a\nb"),))]),
        (r".\31 0", [Step("", (Attribute("class", "~=", "10"),))]),
        (".größe", [Step("", (Attribute("class", "~=", "größe"),))]),
        ("p:not(.a, .b)", [Step("", (Tag("p"), Among(((Attribute("class", "~=", "a"),), (Attribute("class", "~=", "b"),)), negated=True)))]),
        (":is( h1 , h2 )", [Step("", (Among(((Tag("h1"),), (Tag("h2"),))),))]),
        (":has(> img)", [Step("", (Has(((Tag("img"),),), child=True),))]),
        (":contains('To be')", [Step("", (Contains("To be"),))]),
        ("p:begins('To'):says(\"To be\")", [Step("", (Tag("p"), Contains("To", "begins"), Contains("To be", "says")))]),
        ("p:first b:last", [Step("", (Tag("p"), Edge())), Step(" ", (Tag("b"), Edge(last=True)))]),
        ("p:first-child", [Step("", (Tag("p"), Nth(0, 1)))]),
        (":nth-of-type(3)", [Step("", (Nth(0, 3, same_name=True),))]),
        (":nth-child(even)", [Step("", (Nth(2, 0),))]),
        (":nth-child(-n + 2)", [Step("", (Nth(-1, 2),))]),
        (":nth-last-child(3n-1 of p.a)", [Step("", (Nth(3, -1, ((Tag("p"), Attribute("class", "~=", "a")),), last=True),))]),
    ],
)
def test_what_a_selector_says(text: str, steps: list[Step]) -> None:
    assert parse_selector(text) == (tuple(steps),)


def test_commas_part_chains() -> None:
    assert parse_selector("h1, div > h2") == (*parse_selector("h1"), *parse_selector("div > h2"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "character 1 (''): an element is missing here"),
        ("p,", "character 3 (''): an element is missing here"),
        ("> p", "character 1 ('> p'): an element is missing here"),
        ("p >", "character 3 ('>'): this is no part of a selector"),
        ("p]", "character 2 (']'): this is no part of a selector"),
        ("p.", "character 3 (''): the name of a class is missing here"),
        ("p[", "the name of an attribute is missing here"),
        ("[a=b", "']' is missing here"),
        ("[a='b]", "a text between quotation marks is missing here"),
        ("[a*='']", "an empty value matches nothing"),
        ("[a~='x y']", "a word of an attribute holds no blank"),
        ("a:hover", "character 3 ('hover'): ':hover' is not available; there are begins,"),
        ("p::before", "the name of a pseudo-class is missing here"),
        (":nth-child(x)", "expected a place: 2, odd, even or 3n+1"),
        (":not(a b)", "')' is missing here"),
        (":contains(a)", "a text between quotation marks is missing here"),
        (":not(:first)", "':first' is not available"),
        (":contains('')", "a text of 1 to 200 characters"),
        (":not(" * 9 + "a" + ")" * 9, "brackets stand too deep in brackets"),
        ("a" * 4001, "it has 4001 characters; at most 4000 are read"),
    ],
)
def test_what_is_none_says_where(text: str, reason: str) -> None:
    with pytest.raises(SelectorError) as caught:
        parse_selector(text)
    assert reason in str(caught.value)


@pytest.mark.parametrize("part", ["a ", "\\", "[a", ":not(", ":nth-child(1 of ", "a,", "'", '[a="\\'])
def test_parsing_is_linear(part: str) -> None:
    def parsed(length: int) -> None:
        with contextlib.suppress(SelectorError):
            parse_selector((part * length)[:length])

    assert steps(lambda: parsed(4000)) < 9 * steps(lambda: parsed(500))
