"""Whole pages with rules for their site, end to end: whatever the rules decide, every character ends up in one place, and the same bytes come out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper import Cleaner, Outcome

URL = "https://news.tarn.example/mill"
FILE = """kind = "{kind}"
marks = "What the site has."
why = "The site's rule says so."
misses = "Other templates."
hosts = ["tarn.example"]

[[rule]]
id = "tarn"
selector = {selectors}
score = 1
examples = ['<div class="{name}">⟦One⟧</div>', "One"]
"""
KINDS = {
    "headline": [".a"],
    "byline": [".b"],
    "date": [".c"],
    "standfirst": [".d"],
    "section": [".e"],
    "body": [".f", "main"],
    "share": [".g"],
    "related": [".h", ".i"],
}


@pytest.fixture(scope="module")
def cleaner(tmp_path_factory: pytest.TempPathFactory) -> Cleaner:
    folder: Path = tmp_path_factory.mktemp("tarn")
    for kind, selectors in KINDS.items():
        (folder / f"{kind}.toml").write_text(FILE.format(kind=kind, selectors=selectors, name=selectors[0][1:]), "utf-8")
    return Cleaner(packs=["core", folder])


LINES = st.sampled_from(
    [
        "The mill at Tarn, empty since the flood, will open as a library in September, the mayor said at a meeting on Tuesday night. ",
        "Its wheel still turns, and pupils of the village school cleaned it over the winter of that year. ",
        "By Edda Lorne",
        "3 May 2023",
        "Share this story",
        "\u200b",
        " | ",
        "<br>",
    ]
)
PAGES = st.recursive(
    LINES,
    lambda inner: st.builds(
        lambda tag, name, parts: f"<{tag} class='{name}'>{''.join(parts)}</{tag}>",
        st.sampled_from(["div", "p", "span", "b", "h1", "main", "li", "td", "a"]),
        st.sampled_from([*"abcdefghi", "", "x"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@given(st.lists(PAGES, max_size=6))
def test_every_character_is_settled_once_whatever_the_rules_decide(cleaner: Cleaner, parts: list[str]) -> None:
    source = "<html><body>" + "".join(parts) + "</body></html>"
    article = cleaner.clean(source, URL)
    taken = [m for m in article.marks if m.outcome in (Outcome.BODY, Outcome.FIELD, Outcome.REMOVED, Outcome.SPARED)]
    counts = [0] * len(article.text)
    for mark in taken:
        for at in range(mark.start, mark.end):
            counts[at] += 1
    assert all(count == 1 or char.isspace() for count, char in zip(counts, article.text, strict=True))
    assert all(mark.text == article.text[mark.start : mark.end] for mark in article.marks)
    assert cleaner.clean(source, URL) == article


def test_rules_that_decide_are_named_in_the_evidence(cleaner: Cleaner) -> None:
    source = """<html><head><title>The weir | Tarn Gazette</title></head><body><div class="e">Mills</div><h1>The weir</h1>
    <div class="a">The mill opens</div>
    <p class="d">Its wheel turns after nine years</p><p>By <b class="b">Edda Lorne</b> and <b class="b">Ola Berg</b>, <i class="c">3 May 2023</i></p>
    <div class="f"><p>The mill at Tarn opens in May, and its wheel turns.</p><p class="g">Tell a friend</p><p>It rained.</p></div>
    <div class="h">One more</div><p>No story.</p><div class="i">And another</div></body></html>"""
    article = cleaner.clean(source, URL)
    assert (article.headline, article.standfirst, article.section) == ("The mill opens", "Its wheel turns after nine years", "Mills")
    assert (article.byline, article.authors, str(article.date)) == ("Edda Lorne, Ola Berg", ("Edda Lorne", "Ola Berg"), "2023-05-03")
    assert article.body == "The mill at Tarn opens in May, and its wheel turns.\n\nIt rained."
    assert all(article.evidence[name][0].origin.endswith("/tarn") for name in ("headline", "standfirst", "section", "byline", "authors", "date"))
    removed = {mark.text: str(mark.kind) for mark in article.removed}
    assert removed["Tell a friend"] == "share"
    assert removed["One more"] == removed["And another"] == "related"
    assert removed["No story."] == "off-story"
