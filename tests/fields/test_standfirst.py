"""The standfirst, and what tells that it is one."""

import pytest

from stripper.fields import find_fields
from stripper.read import read
from stripper.types import Story, Witness

BODY = """The bell of Ostermoor will ring at noon again, three years after it was taken down for a crack that nobody could find.

The founder in Stell melted nothing and mended nothing, she said on Monday, she only hung the bell the other way round.

The parish council has asked for an apology from whoever heard the crack."""
HEADLINE = "Ostermoor's bell rings at noon again"
DECK = "Three years of silence end with a bell that hangs the other way round"


def standfirst(html: str, declared: str = "") -> tuple[Witness, ...]:
    meta = f'<meta name="description" content="{declared}">' if declared else ""
    paragraphs = "".join(f"<p>{p}</p>" for p in BODY.split("\n\n"))
    page = read(f"<html><head>{meta}</head><body><article><h1>{HEADLINE}</h1>{html}{paragraphs}</article></body></html>", as_="html")
    chosen = frozenset(i for i, b in enumerate(page.blocks) if page.text[b.start : b.end] in BODY.split("\n\n"))
    story = Story(tuple(float(i in chosen) for i in range(len(page.blocks))), chosen, 1.0, bool(chosen))
    return find_fields(page, (), story).witnesses.get("standfirst", ())


@pytest.mark.parametrize(
    ("html", "declared", "why"),
    [
        (f"<p>{DECK}</p><p>By Rhoda Pettifer</p><p>6 May 2024</p>", "", "It stands between the headline and the byline or date."),
        (f"<p>{DECK}</p>", "", "It stands below the headline and is about the story."),
        (f"<p>{DECK}</p>", DECK, "The page declares the same and it stands below the headline and is about the story."),
        (
            f'<p class="standfirst">{DECK}</p><p>By Rhoda Pettifer</p>',
            DECK,
            "The page declares the same and its class or id calls it so and it stands between the headline and the byline or date.",
        ),
    ],
)
def test_the_deck_and_what_tells_it(html: str, declared: str, why: str) -> None:
    found = standfirst(html, declared)
    assert found[0].value == DECK
    assert found[0].why == why
    assert all(not w.why for w in found[1:])


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>By Rhoda Pettifer</p><p>6 May 2024</p>",
        "<p>Photo: Jory Pell</p><p>By Rhoda Pettifer</p>",
        "<p>Read also</p><p>By Rhoda Pettifer</p>",
    ],
)
def test_other_lines_are_none(html: str) -> None:
    assert standfirst(html) == ()
