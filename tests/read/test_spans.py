"""Where selected elements stand in the page's text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.read import read
from stripper.read.selector import parse_selector
from stripper.read.tree import parse

SELECTOR = ".x"
SELECTORS = {SELECTOR: parse_selector(SELECTOR)}


def found(source: str) -> list[str]:
    page = read(source, as_="html", selectors=SELECTORS)
    return [page.text[start:end] for start, end, _ in page.selected]


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p class=x>One  two\n three</p>", ["One two three"]),
        ("<p>By <span class=x>Edda\n Lorne</span>, <time class=x>3 May</time></p>", ["Edda Lorne", "3 May"]),
        ("<p>a<b class=x>b</b>c</p>", ["b"]),
        ("<p>a <b class=x> b </b> c</p>", ["b"]),
        ("<div class=x><p>One</p><p>Two</p></div><p>Three</p>", ["One\n\nTwo"]),
        ("<p>Nil</p><div class=x><p>One</p></div>", ["One"]),
        ("<a class=x href=/><div>One</div><div>Two</div></a>Three", ["One\n\nTwo"]),
        ("<p>One<br><span class=x>Two<br>Three</span> four</p>", ["Two\nThree"]),
        ("<table><tr><td class=x>1</td><td>2</td></tr><tr class=x><td>3</td><td>4</td></tr></table>", ["1", "3\t4"]),
        ("<pre>a  b\n <i class=x>c\n d</i></pre>", ["c\n d"]),
        ("<ul><li class=x>One</li><li>Two</li></ul>", ["One"]),
        ("<p class=x></p><p class=x> </p><img class=x alt=y><p>One</p>", []),
        ("<p hidden class=x>One</p><p>Two <script class=x>1</script></p>", []),
        ("<p>\u200b<b class=x>\u200bOne\u00ad</b>\u200b</p>", ["One"]),
        ("<div class=x>One <div class=x>two</div> three</div>", ["One\n\ntwo\n\nthree", "two"]),
        ("<button class=x>One</button><button>Two</button>", ["One"]),
        ("<body class=x><p>One</p><p>Two</p></body>", ["One\n\nTwo"]),
        ("<html class=x><p>One</p></html>", ["One"]),
    ],
)
def test_the_text_of_an_element(source: str, texts: list[str]) -> None:
    assert found(source) == texts


def test_one_that_is_hidden_behind_a_click_is_there() -> None:
    panel = "<h3>Is the mill open?</h3><div hidden class='answer'><p class=x>The mill is open on every day of the week but Monday.</p></div>"
    assert found(f"<h1>Mill</h1>{panel}") == ["The mill is open on every day of the week but Monday."]


def test_text_has_none_and_nothing_is_looked_for_unasked() -> None:
    assert read("<p class=x>One</p>", as_="text", selectors=SELECTORS).selected == ()
    assert read("<p class=x>One</p>", as_="html").selected == ()


PIECES = st.recursive(
    st.sampled_from(["one", " ", "two ", "\n", "<br>", "ü.", "\u200b", "&nbsp;x"]),
    lambda inner: st.builds(
        lambda tag, name, parts: f"<{tag}{name}>{''.join(parts)}</{tag}>",
        st.sampled_from(["div", "span", "b", "section", "li", "a", "i"]),
        st.sampled_from(["", " class=x"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@given(st.lists(PIECES, max_size=5))
def test_spans_hold_what_their_elements_do_and_reading_is_as_without(parts: list[str]) -> None:
    source = "<html><body><main>" + "".join(parts) + "</main></body></html>"
    page, plain = read(source, as_="html", selectors=SELECTORS), read(source, as_="html")
    assert (page.text, page.blocks) == (plain.text, plain.blocks)
    texts = [_shown(node.text()) for node in parse(source.encode()).css(SELECTOR)]
    assert [_shown(page.text[start:end]) for start, end, _ in page.selected] == [text for text in texts if text]


def _shown(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())
