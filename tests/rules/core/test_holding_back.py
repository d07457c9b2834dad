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
