"""The headline of whole pages: which value is believed, why, and which block prints it."""

import json
from typing import NamedTuple

import pytest

from stripper.fields import find_fields
from stripper.read import read
from stripper.types import Kind, Story, Witness

BODY = """The last lamp lighter of Ansby will keep her ladder, although the town has switched all of its lamps to timers since the spring.

Dagny Moss still walks the quay at dusk, because two lamps by the ferry stairs refuse to believe the timers, she said on Friday.

The town pays her in firewood and has asked her to train a successor before the winter."""
HEADLINE = "Ansby keeps its last lamp lighter"
OTHER = "Why a town pays its lamp lighter in firewood"
PAGE = """<html lang="en"><head><title>{title}</title>{head}<script type="application/ld+json">{ld}</script></head>
<body><nav><a href="/">Home</a> <a href="/quay">Quay</a></nav><main>{above}{body}</main></body></html>"""
URL = "https://ansbylantern.example/town/ansby-keeps-its-last-lamp-lighter"


class Given(NamedTuple):
    value: str | None
    why: str
    block: str | None
    """The text of the block that is marked as the headline."""
    witnesses: tuple[Witness, ...]


def headline(
    title: str = HEADLINE, above: str = "", og: str = "", ld: object = None, head: str = "", url: str | None = URL, body: str = BODY
) -> Given:
    metas = f'{head}<meta property="og:title" content="{og}">' if og else head
    paragraphs = "".join(f"<p>{p}</p>" for p in body.split("\n\n") if p)
    page = read(PAGE.format(title=title, head=metas, ld=json.dumps(ld or {}), above=above, body=paragraphs), url=url, as_="html")
    chosen = frozenset(i for i, b in enumerate(page.blocks) if page.text[b.start : b.end] in body.split("\n\n"))
    found = find_fields(page, (), Story(tuple(float(i in chosen) for i in range(len(page.blocks))), chosen, 1.0, bool(chosen)))
    witnesses = found.witnesses.get("headline", ())
    block = next((page.text[m.start : m.end] for m in found.marks if m.kind is Kind.HEADLINE), None)
    return Given(witnesses[0].value if witnesses else None, witnesses[0].why if witnesses else "", block, witnesses)


def h1(text: str) -> str:
    return f"<h1>{text}</h1>"


ARTICLE = {"@type": "NewsArticle", "headline": HEADLINE}


@pytest.mark.parametrize(
    "given",
    [
        headline(f"{HEADLINE} | Ansby Lantern", h1(HEADLINE), HEADLINE, ARTICLE),
        headline(f"{HEADLINE} | Town news and weather", "<h3>More about the lamp lighter of Ansby</h3>", f"{HEADLINE} | Town news and weather"),
        headline(f"Ansby Lantern: {HEADLINE}", h1(HEADLINE)),
        headline(HEADLINE, h1("Ansby Lantern") + f"<h2>{HEADLINE}</h2>"),
        headline("Ansby Lantern", h1("Ansby Lantern") + f"<h2>{HEADLINE}</h2><p>By Odile Farrant</p>", ld=ARTICLE),
        headline(f"{HEADLINE} - The Lantern's book of lamps", h1("The Lantern's book of lamps") + f"<h2>{HEADLINE}</h2>"),
        headline(HEADLINE, "<p>Need help with the lamp lighter of Ansby? Start here</p>", HEADLINE),
        headline("Lamps", h1(HEADLINE), "Lamps", ARTICLE),
        headline(f"{HEADLINE} | Lamps | Ladders", "", f"{HEADLINE} | Lamps | Ladders"),
        headline(HEADLINE, h1(f"Town{HEADLINE}"), HEADLINE, ARTICLE),
        headline(HEADLINE, h1("Old ladders, and what they say about us all") + h1(HEADLINE)),
    ],
)
def test_what_is_believed(given: Given) -> None:
    assert given.value == HEADLINE


def test_articles_are_called_what_they_print() -> None:
    given = headline(OTHER, f"{h1(HEADLINE)}<p>By Odile Farrant</p><time>4 March 2024</time>", OTHER, {"@type": "NewsArticle"})
    assert given.value == HEADLINE
    assert given.block == HEADLINE


def test_other_pages_are_called_what_they_declare() -> None:
    given = headline(HEADLINE, h1("Light up your evening!"), HEADLINE)
    assert given.value == HEADLINE
    assert any(w.value == "Light up your evening!" for w in given.witnesses)


def test_a_page_without_any_text_is_called_what_it_declares() -> None:
    given = headline(HEADLINE, body="", head=f'<meta name="twitter:title" content="{HEADLINE}">')
    assert given.value == HEADLINE


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (headline(HEADLINE, h1(HEADLINE), HEADLINE, ARTICLE), "The page's own line says it, and so do its h1, its title, JSON-LD and og:title."),
        (headline("", f"<p>{HEADLINE}</p><p>By Odile Farrant</p>"), "Only the page's own line gives it."),
        (headline(HEADLINE, body=""), "Only its title gives it."),
    ],
)
def test_where_nothing_disagrees_the_reason_is_who_says_it(given: Given, why: str) -> None:
    assert given.value == HEADLINE
    assert given.why == why


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (headline(HEADLINE, h1("Light up your evening!"), HEADLINE), "Its title and og:title give it; "),
        (headline(f"{HEADLINE} | Lamps", "", url=None), "It stands before a separator in its title; the next best value holds more than a name."),
        (headline(HEADLINE, f"{h1(f'Town{HEADLINE}')}<p>By Odile Farrant</p>", ld=ARTICLE, url=None), "It is declared in two ways or more"),
    ],
)
def test_where_others_disagree_the_reason_tells_what_decided(given: Given, reason: str) -> None:
    assert given.value == HEADLINE
    assert given.why.startswith(reason)


def test_only_the_believed_witness_has_a_reason_and_the_others_stay() -> None:
    given = headline(OTHER, f"{h1(HEADLINE)}<p>By Odile Farrant</p>", OTHER, ARTICLE)
    assert given.value == HEADLINE
    assert [bool(w.why) for w in given.witnesses] == [True] + [False] * (len(given.witnesses) - 1)
    assert {w.value for w in given.witnesses} == {HEADLINE, OTHER}


def test_a_title_that_goes_on_behind_the_name_says_so() -> None:
    given = headline(f"{HEADLINE} | Lamps, ladders and more", h1(HEADLINE))
    assert given.value == HEADLINE
    assert all(w.why == "It goes on behind the name." for w in given.witnesses[1:] if "|" in w.value)
    assert headline(f"{HEADLINE} | Lamps", "", url=None).witnesses[-1].why == "It goes on behind the name."


@pytest.mark.parametrize(
    "printed",
    [HEADLINE, HEADLINE.upper(), f"“{HEADLINE}”", HEADLINE.replace(" ", "\xa0"), "Ansby keeps its last <em>lamp</em> lighter", f"{HEADLINE}!"],
)
def test_the_block_that_prints_it_however_it_is_set(printed: str) -> None:
    given = headline(HEADLINE, f"<h3>Home of lamps and ladders</h3>{h1(printed)}", HEADLINE, ARTICLE)
    assert given.block is not None
    assert given.block.lower().replace("\xa0", " ").strip("“”!") == HEADLINE.lower()


def test_the_page_s_own_line_is_marked_though_the_declared_title_is_believed() -> None:
    given = headline(HEADLINE, f"{h1('She lights the lamps of Ansby')}<p>By Odile Farrant</p><p>4 March 2024</p>", HEADLINE, {"@type": "Thing"})
    assert given.value == HEADLINE
    assert given.block == "She lights the lamps of Ansby"


@pytest.mark.parametrize("title", ["", " ", "|", " - ", "x" * 10_000, "…", "\u200b"])
def test_titles_that_say_nothing(title: str) -> None:
    assert headline(title, og=title, body="").value in (None, "…", "|", "-")


def test_hundreds_of_titles() -> None:
    metas = "".join(f'<meta property="og:title" content="Lamp number {n}">' for n in range(3_000))
    assert headline(HEADLINE, h1(HEADLINE), head=metas).value
