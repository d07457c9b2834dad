"""Which elements selectors match. Against lxml, over random trees, see the tests of the importer that says XPath as selectors."""

from __future__ import annotations

import time

import pytest

from stripper.read.select import Elements, selected
from stripper.read.selector import parse_selector
from stripper.read.tree import parse

PAGE = """<div class="a b" id="x"><p>one</p><p>two <b>three</b></p><span lang="de-AT">s</span></div>
<div><p title="">z</p><script>var hidden = "one";</script></div>"""


def matched(source: str, selector: str) -> list[str]:
    top = parse(source.encode()).root
    assert top is not None
    elements = Elements(top)
    return [elements.text_of(number) for number in sorted(elements.matched(parse_selector(selector)))]


@pytest.mark.parametrize(
    ("selector", "texts"),
    [
        ("b", ["three"]),
        ("div p", ["one", "two three", "z"]),
        ("div > b", []),
        ("p + p", ["two three"]),
        ("p ~ span", ["s"]),
        ("p + span", ["s"]),
        (".a.b > p", ["one", "two three"]),
        ("#x b, #x span", ["three", "s"]),
        ("[title]", ["z"]),
        ("[title='']", ["z"]),
        ("[lang^=de]", ["s"]),
        ("[lang$=AT]", ["s"]),
        ("[lang*='-']", ["s"]),
        ("[class~=b] > span", ["s"]),
        ("[class=b]", []),
        ("p:nth-of-type(2)", ["two three"]),
        ("p:first-child", ["one", "z"]),
        ("div > :last-child", ["s", 'var hidden = "one";']),
        (":nth-child(odd of p)", ["one", "z"]),
        ("p:not(:has(b))", ["one", "z"]),
        ("p:has(> b)", ["two three"]),
        ("p:contains('two th')", ["two three"]),
        ("p:contains('Two')", []),
        ("p:begins('two')", ["two three"]),
        ("p:says('two')", []),
        ("p:says('one'), b:says('three')", ["one", "three"]),
        ("p:first", ["one"]),
        ("div:last p", ["z"]),
        ("em:first", []),
        ("body > div:nth-last-of-type(1) > p", ["z"]),
        ("em", []),
    ],
)
def test_what_matches(selector: str, texts: list[str]) -> None:
    assert matched(PAGE, selector) == texts


def test_elements_come_with_all_selectors_that_match_them() -> None:
    top = parse(PAGE.encode()).root
    assert top is not None
    found = selected(top, {name: parse_selector(name) for name in ("b", "p b", "em")})
    assert list(found.values()) == [("b", "p b")]


def seconds(source: str, selector: str) -> float:
    top = parse(source.encode()).root
    assert top is not None
    parsed = parse_selector(selector)
    started = time.process_time()
    Elements(top).matched(parsed)
    return time.process_time() - started


@pytest.mark.parametrize(
    "selector",
    [
        " ".join(["div"] * 300),
        " > ".join(["*"] * 300),
        " ~ ".join(["p"] * 300),
        " + ".join(["p"] * 300),
        "p:has(i)" + ":has(i)" * 300,
        "".join(f":nth-child({n} of p)" for n in range(1, 100)),
        ", ".join(f":contains('{'x' * n}')" for n in range(1, 30)),
        ":not(" * 8 + "*" + ")" * 8,
    ],
    ids=lambda s: s[:12],
)
@pytest.mark.parametrize("source", ["<div>" * 300 + "<i>x</i>" * 3000, "<p>xxxx" * 4000, "<div><p>x<p>x</div>" * 2000], ids=["deep", "flat", "pairs"])
def test_no_selector_is_slow_on_any_page(source: str, selector: str) -> None:
    assert seconds(source, selector) < 3


def test_time_grows_with_the_page_as_elements_do() -> None:
    small, large = (
        min(seconds("<div><p>x<i>y</i></p></div>" * n, "div:has(i) p ~ i, div > p:contains('xy')") for _ in range(3)) for n in (1000, 8000)
    )
    assert large < 24 * small
