"""Settled marks to an article, from pages and marks made by hand."""

from __future__ import annotations

from datetime import date

import pytest

from stripper import Kind, Mark, Outcome, Status, Witness
from stripper.build import build
from stripper.read.text import fold
from stripper.types import Block, Page, Story


def page_of(text: str, *blocks: Block, **more: object) -> Page:
    return Page(text, fold(text), blocks, **more)  # type: ignore[arg-type]


def settled(page: Page, *spans: tuple[int, int, Kind, Outcome]) -> tuple[Mark, ...]:
    return tuple(Mark(s, e, kind, "r", 0.9).settle(outcome, page.text[s:e]) for s, e, kind, outcome in spans)


def made(page: Page, marks: tuple[Mark, ...], witnesses: dict[str, tuple[Witness, ...]] | None = None):
    story = Story((1.0,) * len(page.blocks), frozenset(), 0.75)
    return build(page, marks, witnesses or {}, story, Status.OK, ("core 1 abc",))


def body_of(page: Page) -> str:
    return made(page, settled(page, *((b.start, b.end, Kind.BODY, Outcome.BODY) for b in page.blocks))).body


def test_outcomes_decide_what_stands_in_the_body() -> None:
    text = "One\nTwo\nThree\nFour\nFive\nSix\nSeven"
    blocks, at = [], 0
    for word in text.split("\n"):
        blocks.append(Block(at, at + len(word)))
        at += len(word) + 1
    page = page_of(text, *blocks)
    outcomes = [Outcome.BODY, Outcome.REMOVED, Outcome.KEPT, Outcome.FLAGGED, Outcome.SPARED, Outcome.FIELD, Outcome.OVERRULED]
    marks = settled(page, *((b.start, b.end, Kind.SHARE, outcome) for b, outcome in zip(blocks, outcomes, strict=True)))
    article = made(page, marks)
    assert article.body == "One\nThree\nFour\nFive"
    assert [m.text for m in article.removed] == ["Two"]
    assert article.marks == marks
    assert article.text == text


@pytest.mark.parametrize(
    ("text", "second", "body"),
    [
        ("One\nTwo", Block(4, 7), "One\nTwo"),
        ("One\n\nTwo", Block(5, 8, gap=True), "One\n\nTwo"),
        ("One\n\n\n \nTwo", Block(8, 11, gap=True), "One\n\nTwo"),
        ("One Two", Block(4, 7), "One Two"),
        ("One\tTwo", Block(4, 7), "One Two"),
        ("One\rTwo", Block(4, 7), "One\nTwo"),
        ("One\u2028Two", Block(4, 7), "One\nTwo"),
    ],
)
def test_blocks_are_joined_as_the_source_has_them(text: str, second: Block, body: str) -> None:
    assert body_of(page_of(text, Block(0, 3), second)) == body


def test_what_is_removed_between_leaves_one_separator() -> None:
    text = "One\n\nX\n\nTwo"
    page = page_of(text, Block(0, 3), Block(5, 6, gap=True), Block(8, 11, gap=True))
    marks = settled(page, (0, 3, Kind.BODY, Outcome.BODY), (5, 6, Kind.ADVERT, Outcome.REMOVED), (8, 11, Kind.BODY, Outcome.BODY))
    assert made(page, marks).body == "One\n\nTwo"


def test_pieces_of_one_block_are_joined_by_a_space() -> None:
    text = "One. Share this Two."
    page = page_of(text, Block(0, 20))
    marks = settled(page, (0, 4, Kind.BODY, Outcome.BODY), (5, 15, Kind.SHARE, Outcome.REMOVED), (16, 20, Kind.BODY, Outcome.BODY))
    article = made(page, marks)
    assert article.body == "One. Two."
    assert len(article.parts) == 1


def test_parts_know_their_elements() -> None:
    text = "Head\n• item\nplain"
    page = page_of(text, Block(0, 4, tag="h2", level=2), Block(5, 11, lead=2), Block(12, 17))
    article = made(page, settled(page, *((b.start, b.end, Kind.BODY, Outcome.BODY) for b in page.blocks)))
    assert [(p.tag, p.level, p.lead) for p in article.parts] == [("h2", 2, 0), ("li", 0, 2), ("", 0, 0)]
    assert article.body == text


def test_a_marker_that_was_cut_off_is_no_list() -> None:
    page = page_of("• Share item", Block(0, 12, lead=2))
    marks = settled(page, (0, 7, Kind.SHARE, Outcome.REMOVED), (8, 12, Kind.BODY, Outcome.BODY))
    (part,) = made(page, marks).parts
    assert (part.text, part.tag, part.lead) == ("item", "", 0)


def test_the_first_witness_is_believed() -> None:
    witnesses = {
        "headline": (Witness("headline", "A", "text", 0, 1), Witness("headline", "B", "json-ld")),
        "date": (Witness("date", date(2024, 3, 4), "meta"),),
        "authors": (Witness("authors", ("A", "B"), "meta"),),
        "section": (),
    }
    article = made(page_of("A", Block(0, 1)), (), witnesses)
    assert (article.headline, article.date, article.authors, article.section) == ("A", date(2024, 3, 4), ("A", "B"), None)
    assert list(article.evidence) == ["authors", "date", "headline"]
    assert article.evidence["headline"] == witnesses["headline"]


def test_nothing_makes_nothing() -> None:
    article = made(page_of(""), ())
    assert (article.body, article.parts, article.removed, article.headline, article.authors) == ("", (), (), None, ())


def test_the_rest_is_carried_over() -> None:
    article = made(page_of("A", Block(0, 1), warnings=("odd bytes",)), ())
    assert article.warnings == ("odd bytes",)
    assert article.packs == ("core 1 abc",)
    assert article.score == 0.75
    assert article.status is Status.OK
