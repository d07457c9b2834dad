"""Examples that are made for selectors hold."""

from __future__ import annotations

import pytest

from stripper.read.selector import Nth, parse_selector
from stripper.rules.base import Example, Pack, PatternRule, RuleSet
from stripper.rules.check import Case, failure
from stripper.rules.ftr.examples import example, is_place, shows_text
from stripper.types import Kind

SELECTORS = """
p
*
body
.a
#a.b
[a]
[class="a b"]
[class^=a][class$=c].b
[title*='"<&']
div.a > p + p
h2 ~ div
ul > li:nth-of-type(3)
li:nth-last-child(2 of .a)
p:nth-child(odd)
p:nth-child(n+4)
p:nth-child(-n+2)
td
tr.a
table td.b
table div
table > tbody > tr:nth-of-type(2) > td:nth-of-type(2)
thead
tr + tr
:is(h1, h2).a
:is(.a, .b):not(.c)
div:has(img)
div:has(> a[href*='x'])
p:contains("a < b")
p:contains("b"):begins("a")
p:says("a")
p:first
div:last > p
section:nth-child(2 of section:has(> h2))
dl > dd
details > summary
button
pre
""".strip().splitlines()


@pytest.mark.parametrize("selector", SELECTORS)
def test_the_markup_is_what_the_selector_matches(selector: str) -> None:
    rule = PatternRule("it", "selector", words=(selector,), examples=(Example(example(parse_selector(selector)[0])),))
    rule_set = RuleSet("it", Kind.WIDGET, "", "", "", (rule,))
    assert failure(Case("it", Pack("it", "0", "", (rule_set,)), rule_set, rule, rule.examples[0])) is None


@pytest.mark.parametrize(("selector", "shows"), [("img", False), ("p > script", False), ("p", True), ("*", True), (".img", True)])
def test_pictures_and_scripts_show_no_text(selector: str, shows: bool) -> None:
    assert shows_text(parse_selector(selector)[0]) is shows


@pytest.mark.parametrize(
    ("step", "first", "places"), [(0, 2, [2]), (2, 1, [1, 3, 5]), (2, 0, [2, 4, 6]), (-1, 2, [1, 2]), (1, 5, [5, 6]), (-1, 0, [])]
)
def test_places(step: int, first: int, places: list[int]) -> None:
    assert [place for place in range(1, 7) if is_place(Nth(step, first), place)] == places
