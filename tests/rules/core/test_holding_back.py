"""Where rules about times, plans, paywalls and banners hold back: what is one page's boilerplate is another one's content."""

from __future__ import annotations

import pytest

from stripper.read import read
from stripper.rules.base import UNSURE
from stripper.rules.load import load_packs
from stripper.rules.match import Matcher
from stripper.types import Kind, Mark

STORY = (
    "The island council voted on Tuesday for a second ferry, which is to sail from May and to carry forty cars and two hundred people a trip.\n"
    "The harbour office had asked for it since the spring, when the old ferry lay at the quay for six weeks with a broken shaft.\n"
)
TABLE = "Ferry Light\n£12\n3 Months\n£4/Month\nSAVE 20%\nFerry Full\n£40\n1 Year\nSubscribe\nRenews automatically, cancel anytime\n"


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_packs(["core"]))


def marks_of(matcher: Matcher, text: str, kind: Kind) -> list[Mark]:
    return [mark for mark in matcher.mark(read(text, as_="text")) if mark.kind is kind]


@pytest.mark.parametrize(
    "line",
    ["Updated {0} May 2021, 10:0{0}", "{0} hours ago", "{0} min read", "{0} May 2021, 10:0{0} Uhr", "Aktualisiert: 0{0}.05.2021", "{0}時間前"],
)
def test_times_of_a_list_are_unsure(matcher: Matcher, line: str) -> None:
    few = marks_of(matcher, f"The ferry\n{line.format(1)}\n{STORY}", Kind.TIMESTAMP)
    many = marks_of(matcher, "".join(f"{line.format(n)}\nThe ferry sails on day {n}\n" for n in range(1, 7)), Kind.TIMESTAMP)
    assert few
    assert all(mark.score > UNSURE for mark in few)
    assert len(many) >= 6
    assert {mark.score for mark in many} == {UNSURE}


def test_a_page_about_plans_keeps_its_tables(matcher: Matcher) -> None:
    about = "Which plan is yours? Our plans differ in what a plan carries, and each plan can become another plan. " * 3
    alone = [mark for mark in marks_of(matcher, STORY + TABLE, Kind.PAYWALL) if mark.rule == "plans/plan-table"]
    among = [mark for mark in marks_of(matcher, about + "\n" + TABLE, Kind.PAYWALL) if mark.rule == "plans/plan-table"]
    assert min(mark.score for mark in alone) > UNSURE
    assert {mark.score for mark in among} == {UNSURE}


def test_a_paragraph_between_two_offers_is_theirs_only_where_it_speaks_to_readers(matcher: Matcher) -> None:
    told = "She rowed to the island each day for nine years, and nobody on the quay has ever asked her why, or what she carried in the bow. " * 2
    pitch = "You read our stories because your days are full. You want to know what matters on your island before your ferry sails, and why. " * 2
    for paragraph, taken in ((told, False), (pitch, True)):
        text = f"{STORY}This story is for subscribers only\n{paragraph.strip()}\nUnlimited access to every story\n{STORY}"
        start = text.index(paragraph.strip())
        assert any(mark.start == start for mark in marks_of(matcher, text, Kind.PAYWALL)) is taken


@pytest.mark.parametrize("line", ["Mara Quill rowed home.", "Nobody asked why."])
def test_a_line_after_one_label_is_in_no_box(matcher: Matcher, line: str) -> None:
    text = f"{STORY}Subscribe\n{line}\nLog in\n{line}\nNewsletter\n{line}\nCookie policy\n{line}\n"
    boxes = [mark for mark in matcher.mark(read(text, as_="text")) if mark.rule.endswith("-box/box")]
    assert not [mark for mark in boxes if text[mark.start : mark.end] == line]


def scores_of(matcher: Matcher, text: str, rule: str) -> set[float]:
    return {mark.score for mark in matcher.mark(read(text, as_="text")) if mark.rule.endswith(rule)}


KINDS = ("Oak", "Ash", "Elm", "Pine", "Larch", "Cedar", "Teak", "Fir", "Willow", "Racing", "Fishing", "Pilot", "Mail", "Rescue", "Toy", "Post", "Old")
PLACES = (
    "Tarn",
    "Oldquay",
    "Stell",
    "Callow",
    "Tarrow",
    "Merrow",
    "Ness",
    "Harrow",
    "Calf",
    "Sandholm",
    "Greyholm",
    "Skerry",
    "Holm",
    "Twins",
    "Reef",
)


@pytest.mark.parametrize(
    ("lines", "sure"),
    [
        ([*PLACES, "Rowers", "Barges", "Rafts", "Canoes", "Hulls"], True),
        ([*(f"{kind} boats" for kind in KINDS), "Rafts", "Canoes", "Hulls"], False),
    ],
)
def test_a_long_list_of_one_sort_may_be_what_the_page_is_about(matcher: Matcher, lines: list[str], sure: bool) -> None:
    items = "".join(f"• {line}\n" for line in lines)
    assert all((score > UNSURE) is sure for score in scores_of(matcher, STORY * 6 + items, "long-list"))
    assert scores_of(matcher, STORY * 6 + items, "long-list")
    assert scores_of(matcher, STORY + items, "long-list") == {UNSURE}


@pytest.mark.parametrize(
    ("above", "item", "sure"),
    [("© Tarnport Courier", "• {0}", True), ("See what the island has to show:", "• {0}", False), ("© Tarnport Courier", "• {0}\n{0}", False)],
)
def test_a_menu_below_the_story_is_neither_told_of_nor_tiled(matcher: Matcher, above: str, item: str, sure: bool) -> None:
    rows = "\n".join(item.format(word) for word in ("Gifts", "Lamps", "Science", "Travel", "Books", "Ropes", "Music"))
    scores = scores_of(matcher, f"{STORY}{above}\n{rows}\n", "rows-of-short-lines")
    assert scores
    assert all((score > UNSURE) is sure for score in scores)


def test_words_run_together_between_paragraphs_are_unsure(matcher: Matcher) -> None:
    long = STORY * 5
    assert min(scores_of(matcher, f"HarbourIslandSport & FerriesWeather\n{long}", "links-glued")) > UNSURE
    assert scores_of(matcher, f"{long}HarbourIslandSport & FerriesWeather\n{STORY}", "links-glued") == {UNSURE}


def test_notes_within_a_story_are_unsure(matcher: Matcher) -> None:
    note = "This post contains affiliate links."
    assert min(scores_of(matcher, f"{STORY}Ferries\n{note}\n", "affiliate")) > UNSURE
    assert max(scores_of(matcher, f"{STORY}{note}\n{STORY}", "affiliate")) < 0.5


def test_titles_between_counts_of_comments_are_posts(matcher: Matcher) -> None:
    lines = ("Harbour office sells the old crane", "Island school wins the cup", "Bakers strike over the flour", "Nobody wants the old light")
    titles = "\n".join(lines)
    one = f"12 May 2021\n{STORY * 6}5 comments\n{titles}"
    many = f"12 May 2021\n{(STORY + '5 comments' + chr(10)) * 6}{titles}"
    assert min(scores_of(matcher, one, "titles-to-the-end")) > UNSURE
    assert scores_of(matcher, many, "titles-to-the-end") <= {UNSURE}
