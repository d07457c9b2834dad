"""Overlapping marks to outcomes, from pages and marks made by hand."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from stripper import Kind, Mark, Outcome, Policy, Status
from stripper.read.text import fold
from stripper.resolve import resolve, spare, status_of
from stripper.types import LOCATOR, Block, Page, Story

LINES = ("Pier mended", "By Jonas Wirth | 3 min read", "The pier is open again. Share this", "Share this")
TEXT = "\n".join(LINES)


def page(text: str = TEXT) -> Page:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    return Page(text, fold(text), tuple(blocks))


def story(count: int = len(LINES), chosen: Iterable[int] | None = None, found: bool = True) -> Story:
    picked = frozenset(range(count) if chosen is None else chosen)
    return Story(tuple(0.9 if i in picked else 0.2 for i in range(count)), picked, 0.9, found, tuple(f"reason {i}" for i in range(count)))


def mark(text: str, kind: Kind, rule: str = "r", score: float = 0.9, number: int = 0) -> Mark:
    start = -1
    for _ in range(number + 1):
        start = TEXT.index(text, start + 1)
    return Mark(start, start + len(text), kind, rule, score, "why")


def settled(marks=(), fields=(), verdict: Story | None = None, policy: Policy | None = None) -> list[tuple[str, str, str]]:
    found = resolve(page(), marks, fields, verdict or story(), policy or Policy())
    return [(str(m.outcome), str(m.kind), m.text) for m in found]


def test_without_marks_the_locator_decides() -> None:
    assert settled(verdict=story(chosen=[2])) == [
        ("removed", "off-story", LINES[0]),
        ("removed", "off-story", LINES[1]),
        ("body", "body", LINES[2]),
        ("removed", "off-story", LINES[3]),
    ]


def test_the_locators_verdict_carries_its_reason_and_score() -> None:
    first = resolve(page(), (), (), story(chosen=[2]), Policy())[0]
    assert (first.rule, first.why) == (LOCATOR, "reason 0")
    assert first.score == pytest.approx(0.8)


def test_chosen_headings_are_subheadings() -> None:
    text = "Inside\nThe pier."
    blocks = (Block(0, 6, tag="h2", level=2), Block(7, 16))
    found = resolve(Page(text, fold(text), blocks), (), (), story(2), Policy())
    assert [m.kind for m in found] == [Kind.SUBHEADING, Kind.BODY]


def test_a_rule_beats_the_locator() -> None:
    assert ("removed", "share", LINES[3]) in settled([mark(LINES[3], Kind.SHARE, number=1)])


def test_a_rule_beats_a_sure_locator_even_when_itself_less_sure() -> None:
    assert ("removed", "share", LINES[3]) in settled([mark(LINES[3], Kind.SHARE, score=0.51, number=1)])


def test_a_field_beats_a_rule_of_higher_score() -> None:
    found = settled([mark("Pier mended", Kind.NAVIGATION, score=1.0)], [mark("Pier mended", Kind.HEADLINE, score=0.6)])
    assert ("field", "headline", "Pier mended") in found
    assert ("overruled", "navigation", "Pier mended") in found


def test_the_higher_score_wins() -> None:
    found = settled([mark("By Jonas Wirth", Kind.AUTHOR_BIO, score=0.7), mark("By Jonas Wirth", Kind.CREDIT, score=0.8)])
    assert ("removed", "credit", "By Jonas Wirth") in found
    assert ("overruled", "author-bio", "By Jonas Wirth") in found


def test_among_equals_the_longer_wins() -> None:
    found = settled([mark("Jonas", Kind.CREDIT), mark("By Jonas Wirth", Kind.AUTHOR_BIO)])
    assert ("removed", "author-bio", "By Jonas Wirth") in found
    assert ("overruled", "credit", "Jonas") in found


def test_an_overruled_mark_says_by_whom() -> None:
    found = resolve(page(), [mark("Jonas", Kind.CREDIT, "weaker"), mark("By Jonas Wirth", Kind.AUTHOR_BIO, "stronger", 0.95)], (), story(), Policy())
    assert [m.over for m in found if m.outcome is Outcome.OVERRULED] == ["stronger"]


def test_a_loser_keeps_what_the_winner_leaves() -> None:
    whole = mark(LINES[1], Kind.AUTHOR_BIO, score=0.6)
    assert settled([whole], [mark("Jonas Wirth", Kind.BYLINE)])[1:4] == [
        ("removed", "author-bio", "By"),
        ("field", "byline", "Jonas Wirth"),
        ("removed", "author-bio", "| 3 min read"),
    ]


def test_punctuation_between_two_marks_goes_to_the_first() -> None:
    found = settled([mark("3 min read", Kind.TIMESTAMP)], [mark("By Jonas Wirth", Kind.BYLINE)])
    assert found[1:3] == [("field", "byline", "By Jonas Wirth |"), ("removed", "timestamp", "3 min read")]


def test_a_mark_inside_a_paragraph_leaves_its_rest() -> None:
    assert settled([mark("Share this", Kind.SHARE)])[2:4] == [("body", "body", "The pier is open again."), ("removed", "share", "Share this")]


def test_a_mark_over_several_blocks_is_cut_at_their_borders() -> None:
    wide = Mark(TEXT.index(LINES[1]), len(TEXT), Kind.RELATED, "r", 0.9)
    assert settled([wide]) == [("body", "body", LINES[0]), *(("removed", "related", line) for line in LINES[1:])]


def test_weak_marks_stay_weak() -> None:
    found = settled([mark(LINES[0], Kind.NAVIGATION, score=0.49)])
    assert found[:2] == [("body", "body", LINES[0]), ("weak", "navigation", LINES[0])]


def test_the_threshold_is_the_policys() -> None:
    marks = [mark(LINES[0], Kind.NAVIGATION, score=0.7)]
    assert settled(marks)[0][0] == "removed"
    assert settled(marks, policy=Policy(threshold=0.71))[0][0] == "body"
    assert settled(marks, policy=Policy(threshold=0.7))[0][0] == "removed"


def test_kept_and_flagged_kinds_stay() -> None:
    marks = [mark("Share this", Kind.SHARE, number=1), mark("3 min read", Kind.TIMESTAMP)]
    found = settled(marks, policy=Policy(keep={"share"}, flag={"timestamp"}))
    assert ("kept", "share", "Share this") in found
    assert ("flagged", "timestamp", "3 min read") in found


def test_what_the_locator_leaves_out_can_be_kept() -> None:
    found = settled(verdict=story(chosen=[2]), policy=Policy(keep={"off-story"}))
    assert [outcome for outcome, _, _ in found] == ["kept", "kept", "body", "kept"]


def test_a_rules_proposal_of_a_field_takes_no_text() -> None:
    proposal = mark("By Jonas Wirth", Kind.BYLINE, "proposal")
    alone = resolve(page(), [proposal], (), story(), Policy())
    assert [m.outcome for m in alone if m.rule == "proposal"] == [Outcome.OVERRULED]
    assert sum(m.outcome is Outcome.BODY for m in alone) == len(LINES)
    both = resolve(page(), [proposal], [mark("Jonas Wirth", Kind.BYLINE, "reader")], story(), Policy())
    assert [(m.outcome, m.over) for m in both if m.rule == "proposal"] == [(Outcome.OVERRULED, "reader")]
    assert [m.rule for m in both if m.outcome is Outcome.FIELD] == ["reader"]


def test_marks_of_punctuation_alone_take_nothing() -> None:
    at = TEXT.index("|")
    assert settled([Mark(at, at + 1, Kind.SHARE, "r", 0.9)])[1] == ("body", "body", LINES[1])


def test_order_never_matters() -> None:
    marks = [
        mark("Share this", Kind.SHARE, "a"),
        mark("Share this", Kind.RELATED, "b"),
        mark("Share this", Kind.SHARE, "c"),
        mark("open again. Share", Kind.ADVERT, "d", 0.9),
        mark("By Jonas Wirth", Kind.CREDIT, "e", 0.9),
        mark("Jonas Wirth | 3 min", Kind.CAPTION, "f", 0.9),
        mark(LINES[0], Kind.NAVIGATION, "g", 0.3),
    ]
    fields = [mark("Pier mended", Kind.HEADLINE, "h"), mark("Jonas Wirth", Kind.BYLINE, "i"), mark("Wirth | 3", Kind.DATE, "j")]
    first = resolve(page(), marks, fields, story(), Policy())
    dice = random.Random(7)
    for _ in range(30):
        assert resolve(page(), dice.sample(marks, len(marks)), dice.sample(fields, len(fields)), story(), Policy()) == first


def test_every_character_goes_to_one_mark() -> None:
    dice = random.Random(11)
    kinds = [Kind.SHARE, Kind.RELATED, Kind.CREDIT, Kind.BYLINE, Kind.DATE]
    for _ in range(300):
        spans = [sorted(dice.sample(range(len(TEXT) + 1), 2)) for _ in range(dice.randrange(8))]
        marks = [Mark(s, e, dice.choice(kinds), f"r{n}", dice.choice([0.3, 0.6, 0.9])) for n, (s, e) in enumerate(spans)]
        fields = [m for m in marks if m.kind.is_field and m.score > 0.5][:2]
        covers = [0] * len(TEXT)
        for found in resolve(page(), [m for m in marks if m not in fields], fields, story(chosen=[2]), Policy()):
            if found.outcome not in (Outcome.OVERRULED, Outcome.WEAK):
                for at in range(found.start, found.end):
                    covers[at] += 1
        assert all(covers[i] == 1 for i, char in enumerate(TEXT) if not char.isspace())


def test_spare_turns_removed_into_spared() -> None:
    found = spare(resolve(page(), [mark("3 min read", Kind.TIMESTAMP)], [mark(LINES[0], Kind.HEADLINE)], story(), Policy()))
    assert [str(m.outcome) for m in found] == ["field", "body", "spared", "body", "body"]


def test_status() -> None:
    def status(verdict: Story, policy: Policy | None = None, marks=()) -> Status:
        policy = policy or Policy()
        return status_of(page(), resolve(page(), marks, (), verdict, policy), verdict, policy)

    assert status(story()) is Status.OK
    assert status(story(found=False, chosen=[])) is Status.NO_ARTICLE
    assert status(story(chosen=[0])) is Status.FLOOR
    assert status(story(chosen=[0]), Policy(floor=10)) is Status.OK
    assert status(story(chosen=[0]), Policy(floor=11)) is Status.FLOOR
    assert status(story(), Policy(floor=1000)) is Status.OK, "nothing was removed, so nothing can be spared"
    empty = Page(" \n", "  ", ())
    assert status_of(empty, (), story(0), Policy()) is Status.EMPTY


def test_letters_of_scripts_without_blanks_weigh_more() -> None:
    text = "桟橋が直った。\nx"
    two = Page(text, fold(text), (Block(0, 7), Block(8, 9)))
    verdict = story(2, chosen=[0])
    for floor, expected in ((18, Status.OK), (19, Status.FLOOR)):
        policy = Policy(floor=floor)
        assert status_of(two, resolve(two, (), (), verdict, policy), verdict, policy) is expected


POSTS = tuple(f"Post {number}: the old slipway needs new timber before the autumn storms." for number in range(6))


def forum(kind: Kind, posts: int, score: float = 0.9, chosen: Iterable[int] | None = None) -> list[tuple[str, str]]:
    """Outcome and kind of each line of a page whose first lines bear marks of one kind."""
    here = page("\n".join(POSTS))
    marks = [Mark(b.start, b.end, kind, "r", score) for b in here.blocks[:posts]]
    verdict = story(len(POSTS), chosen)
    return [(str(m.outcome), str(m.kind)) for m in resolve(here, marks, (), verdict, Policy()) if m.outcome is not Outcome.OVERRULED]


@pytest.mark.parametrize("kind", [Kind.COMMENTS, Kind.RELATED, Kind.NAVIGATION, Kind.CAPTION])
def test_what_a_page_is_about_is_no_boilerplate_of_it(kind: Kind) -> None:
    assert forum(kind, 6) == [("body", "body")] * 6


def test_a_few_such_blocks_are_boilerplate() -> None:
    assert forum(Kind.COMMENTS, 4) == [("removed", "comments")] * 4 + [("body", "body")] * 2


def test_kinds_that_no_page_is_about_stay_boilerplate() -> None:
    assert forum(Kind.PAYWALL, 6) == [("removed", "paywall")] * 6


def test_a_rule_that_is_certain_is_obeyed_on_every_page() -> None:
    assert forum(Kind.COMMENTS, 6, score=1.0) == [("removed", "comments")] * 6


def test_blocks_that_the_locator_left_out_keep_their_kind() -> None:
    assert forum(Kind.COMMENTS, 6, chosen=range(5)) == [("body", "body")] * 5 + [("removed", "comments")]
