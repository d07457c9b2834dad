"""Which elements selectors match. Against lxml, over random trees, see the tests of the importer that says XPath as selectors."""

from __future__ import annotations

import pytest
from effort import steps

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


def effort(source: str, selector: str) -> int:
    top = parse(source.encode()).root
    assert top is not None
    parsed = parse_selector(selector)
    return steps(lambda: Elements(top).matched(parsed))


@pytest.mark.parametrize(
    ("selector", "parts"),
    [
        (" ".join(["div"] * 300), 300),
        (" > ".join(["*"] * 300), 300),
        (" ~ ".join(["p"] * 300), 300),
        (" + ".join(["p"] * 300), 300),
        ("p:has(i)" + ":has(i)" * 300, 300),
        ("".join(f":nth-child({n} of p)" for n in range(1, 100)), 100),
        (", ".join(f":contains('{'x' * n}')" for n in range(1, 30)), 30),
        (":not(" * 8 + "*" + ")" * 8, 8),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else str(value),
)
@pytest.mark.parametrize("source", ["<div>" * 300 + "<i>x</i>" * 700, "<p>xxxx" * 1000, "<div><p>x<p>x</div>" * 330], ids=["deep", "flat", "pairs"])
def test_the_work_is_at_most_elements_times_parts(source: str, selector: str, parts: int) -> None:
    """Each page has about a thousand elements."""
    assert effort(source, selector) < 20 * 1000 * (parts + 10)


def test_work_grows_as_elements_do() -> None:
    selector = "div:has(i) p ~ i, div > p:contains('xy')"
    small, large = (effort("<div><p>x<i>y</i></p></div>" * n, selector) for n in (100, 800))
    assert large < 9 * small
