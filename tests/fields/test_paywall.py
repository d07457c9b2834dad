"""Does a page hold the whole story, or its beginning?"""

from __future__ import annotations

import json

import pytest

from stripper.fields import find_fields
from stripper.read import read
from stripper.types import Kind, Mark, Page, Story, Witness

PARAGRAPH = (
    "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn, because nobody has "
    "ordered one. The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
)
OPEN_END = "The office had promised a bridge, and the islanders believed it until"
CUT = "The office had promised a bridge, and the islanders..."


def paywall(page: Page, paragraphs: int, pitch: int | None) -> tuple[Witness, ...]:
    """The witnesses of a page whose first blocks are the story, and one of whose blocks is marked as a paywall's."""
    marks = [] if pitch is None else [Mark(page.blocks[pitch].start, page.blocks[pitch].end, Kind.PAYWALL, "core/pitch", 0.9)]
    story = Story(tuple(1.0 if i < paragraphs else 0.0 for i in range(len(page.blocks))), frozenset(range(paragraphs)), 0.9)
    return tuple(find_fields(page, marks, story).witnesses.get("paywall", ()))


def both(paragraphs: list[str], *after: str, **declared: object) -> set[str | None]:
    """The verdict on a page in HTML, and, where it declares nothing, in flat text; the first of the lines behind the story is the paywall's."""
    lines = [*paragraphs, *after]
    script = f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **declared})}</script>' if declared else ""
    pages = [read(f"<html><head>{script}</head><body>{''.join(f'<p>{line}</p>' for line in lines)}</body></html>", as_="html")]
    if not declared:
        pages.append(read("\n\n".join(lines), as_="text"))
    found = [paywall(page, len(paragraphs), len(paragraphs) if after else None) for page in pages]
    return {witnesses[0].value if witnesses else None for witnesses in found}


@pytest.mark.parametrize(
    "pitch",
    [
        "This story is for subscribers only.",
        "This post is exclusive to paying members",
        "Il vous reste 72 % de cet article à lire.",
        "La suite est réservée à nos abonnés.",
        "Dieser Artikel ist exklusiv für unsere Abonnenten.",
        "Weiterlesen mit Boten Plus",
        "Contenido exclusivo para suscriptores",
        "Questo articolo è riservato agli abbonati",
        "Conteúdo exclusivo para assinantes",
        "Dit artikel is alleen voor abonnees",
        "Den här artikeln är för prenumeranter",
        "Ten artykuł jest dostępny tylko dla prenumeratorów",
        "Материал доступен только подписчикам",
        "この記事は有料会員限定です",
        "登录付费后阅读全文",
    ],
)
def test_a_pitch_for_this_story_makes_it_a_beginning(pitch: str) -> None:
    assert both([PARAGRAPH] * 6, pitch) == {"teaser"}
    assert both([PARAGRAPH] * 6, pitch, isAccessibleForFree=False) == {"teaser"}


@pytest.mark.parametrize(
    "pitch", ["Create a free account to continue reading", "Jetzt weiterlesen!", "Regístrate gratis para seguir leyendo", "続きを読む"]
)
def test_who_is_asked_to_read_on_may_have_read_all(pitch: str) -> None:
    assert both([PARAGRAPH] * 6, pitch) == {None}
    assert both([PARAGRAPH], pitch) == {"teaser"}
    assert both([PARAGRAPH] * 6 + [OPEN_END], pitch) == {"teaser"}
    assert both([PARAGRAPH] * 6, pitch, isAccessibleForFree=False) == {"teaser"}


def test_a_button_below_a_story_says_little() -> None:
    assert both([PARAGRAPH] * 6, "Subscribe") == {None}
    assert both([PARAGRAPH], "Subscribe") == {None}
    assert both([PARAGRAPH] * 6 + [OPEN_END], "Subscribe") == {None}
    assert both([OPEN_END], "Subscribe") == {"teaser"}
    assert both([PARAGRAPH] * 6 + [CUT], "Subscribe") == {"teaser"}


def test_a_claim_that_a_story_is_not_free_is_checked() -> None:
    assert both([PARAGRAPH] * 6, isAccessibleForFree=False) == {None}
    assert both([PARAGRAPH], isAccessibleForFree=False) == {"teaser"}
    assert both([PARAGRAPH] * 6 + [CUT], isAccessibleForFree=False) == {"teaser"}
    assert both([PARAGRAPH] * 6 + [CUT], isAccessibleForFree=True) == {None}
    assert both([PARAGRAPH] * 6, "This story is for subscribers only.", isAccessibleForFree=True) == {None}


def test_what_is_declared_tells_how_much_is_missing() -> None:
    whole, long = " ".join([PARAGRAPH] * 6), " ".join([PARAGRAPH] * 30)
    pitch = "This story is for subscribers only."
    assert both([PARAGRAPH] * 6, pitch, isAccessibleForFree=False, articleBody=whole) == {None}
    assert both([PARAGRAPH] * 6, pitch, isAccessibleForFree=False, wordCount=len(whole.split())) == {None}
    assert both([PARAGRAPH] * 2, isAccessibleForFree=False, articleBody=" ".join([PARAGRAPH] * 2)) == {None}
    assert both([PARAGRAPH] * 2, pitch, isAccessibleForFree=False, articleBody=" ".join([PARAGRAPH] * 2)) == {"teaser"}
    assert both([PARAGRAPH] * 6, isAccessibleForFree=False, articleBody=long) == {"teaser"}
    assert both([PARAGRAPH] * 6, isAccessibleForFree=False, wordCount=str(len(long.split()))) == {"teaser"}
    assert both([PARAGRAPH] * 6, articleBody=long) == {None}
    assert both([PARAGRAPH] * 6, isAccessibleForFree=False, articleBody="A summary.") == {None}


def test_evidence_names_the_pitch_and_the_claim() -> None:
    script = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    page = read(f"{script}<p>{PARAGRAPH}</p><p>{PARAGRAPH}</p><p>Share</p><p>This story is for subscribers only.</p>", as_="html")
    pitch, claim = paywall(page, 2, 3)
    assert page.text[pitch.start : pitch.end] == "This story is for subscribers only."
    assert (pitch.origin, claim.origin, claim.start) == ("text:paywall", "json-ld", -1)
    assert pitch.why.startswith("The story ")
    assert pitch.why.endswith("the page declares that it isn't free.")
    assert not claim.why


def test_a_line_below_the_pitch_may_have_been_taken_for_the_story() -> None:
    page = read(
        "\n\n".join([PARAGRAPH, PARAGRAPH, "This story is for subscribers only.", "Readers of the paper read it for free.", "Imprint"]), as_="text"
    )
    marks = [Mark(page.blocks[2].start, page.blocks[2].end, Kind.PAYWALL, "core/pitch", 0.9)]
    found = find_fields(page, marks, Story((1.0, 1.0, 1.0, 1.0, 0.0), frozenset({0, 1, 2, 3}), 0.9))
    assert [w.value for w in found.witnesses["paywall"]] == ["teaser"]


def test_a_pitch_far_behind_or_within_the_story_belongs_to_something_else() -> None:
    pitch = "This story is for subscribers only."
    far = read("\n\n".join([PARAGRAPH, PARAGRAPH, PARAGRAPH, *(f"Other story {n}" for n in range(9)), pitch]), as_="text")
    assert paywall(far, 3, len(far.blocks) - 1) == ()
    within = read("\n\n".join([PARAGRAPH, pitch, PARAGRAPH, PARAGRAPH]), as_="text")
    marks = [Mark(within.blocks[1].start, within.blocks[1].end, Kind.PAYWALL, "core/pitch", 0.9)]
    assert "paywall" not in find_fields(within, marks, Story((1.0, 0.0, 1.0, 1.0), frozenset({0, 2, 3}), 0.9)).witnesses


@pytest.mark.parametrize(
    "ending", ["The boat leaves at nine, the harbour said. (AP)", "More about it at https://marholm.example/ferry", "See www.marholm.example"]
)
def test_an_agency_or_an_address_ends_a_story_too(ending: str) -> None:
    assert both([PARAGRAPH] * 6 + [ending], "Jetzt weiterlesen!") == {None}


def test_a_pitch_below_another_story_is_that_ones() -> None:
    page = read("\n\n".join([PARAGRAPH, OPEN_END, "Ferry races in June", "Weiterlesen"]), as_="text")
    pitch, other = (Mark(page.blocks[i].start, page.blocks[i].end, kind, "core/x", 0.9) for i, kind in ((3, Kind.PAYWALL), (2, Kind.RELATED)))
    story = Story((1.0, 1.0, 0.0, 0.0), frozenset({0, 1}), 0.9)
    assert "paywall" in find_fields(page, (pitch,), story).witnesses
    assert "paywall" not in find_fields(page, (pitch, other), story).witnesses


def test_who_wants_to_reply_in_a_thread_has_read_it() -> None:
    script = '<script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script>'
    lines = f"<p>{PARAGRAPH}</p><p>{OPEN_END}</p><p>Create an account</p>"
    assert paywall(read(lines, as_="html"), 2, 2)
    assert not paywall(read(script + lines, as_="html"), 2, 2)
