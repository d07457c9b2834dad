"""What the examples of the structural rule sets can't say: several sets on one line, traps of a whole page, and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.read import read
from stripper.rules.base import ContextRule, Lines, PatternRule
from stripper.rules.core import (
    alt_texts,
    author_box,
    breadcrumb_items,
    breadcrumb_line,
    caption_lines,
    captions,
    credit_lines,
    date_prefix,
    icon_run,
    menu_lists,
    menu_markup,
    menus,
    plans,
    section,
    sign_lines,
    tags_below,
    teaser_rows,
    teaser_tail,
    teasers,
    teasers_within,
    timestamp,
    timestamp_lines,
    topics,
)
from stripper.rules.load import load_packs
from stripper.rules.match import Matcher
from stripper.types import Kind, Mark

MODULES = (
    alt_texts,
    author_box,
    breadcrumb_items,
    breadcrumb_line,
    caption_lines,
    captions,
    credit_lines,
    date_prefix,
    icon_run,
    menu_lists,
    menu_markup,
    menus,
    plans,
    section,
    sign_lines,
    tags_below,
    teaser_rows,
    teaser_tail,
    teasers,
    teasers_within,
    timestamp,
    timestamp_lines,
    topics,
)
SETS = {module.RULE_SET.name for module in MODULES} | {
    "icon-alt",
    "credit",
    "topics",
    "breadcrumb",
    "navigation",
    "pagination",
    "author-bio",
    "caption",
}
STORY = (
    "The island council voted on Tuesday for a second ferry, which is to sail from May and to carry forty cars and two hundred people a trip.\n\n"
    "The harbour office had asked for it since the spring, when the old ferry lay at the quay for six weeks with a broken shaft.\n"
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_packs(["core"]))


def marks_of(matcher: Matcher, text: str) -> list[tuple[Kind, str]]:
    return [(mark.kind, text[mark.start : mark.end]) for mark in matcher.mark(read(text, as_="text"))]


def removing(matcher: Matcher, text: str) -> list[Mark]:
    """The marks of the structural rule sets that would take text away."""
    return [mark for mark in matcher.mark(read(text, as_="text")) if not mark.kind.is_field and mark.rule.split("/")[0] in SETS]


def test_each_part_of_a_line_gets_its_own_mark(matcher: Matcher) -> None:
    icons = "Anchor An icon of an anchor. Bell An icon of a brass bell. Close An icon of a cross."
    found = marks_of(matcher, f" date 2021-11-02 World / Europe {icons}\nCouncil votes for a second ferry\n\n{STORY}")
    assert (Kind.DATE, "date 2021-11-02") in found
    assert (Kind.SECTION, "World / Europe") in found
    assert (Kind.ICON_ALT, icons) in found


def test_a_trail_behind_a_date_is_a_breadcrumb_and_no_section(matcher: Matcher) -> None:
    found = marks_of(matcher, f"pubdate 2021-11-02T10:00Z Home > News > Local\nCouncil votes for a second ferry\n\n{STORY}")
    assert (Kind.BREADCRUMB, "Home > News > Local") in found
    assert not [text for kind, text in found if kind is Kind.SECTION]


def test_what_stands_before_and_behind_a_run_of_icons_is_left(matcher: Matcher) -> None:
    line = (
        "The boat left. Email An icon of a paper plane. Share An icon of three dots. Print An icon of a printer. The crew waved.\nOn Monday it left."
    )
    icons = [text for kind, text in marks_of(matcher, line) if kind is Kind.ICON_ALT]
    assert icons == ["Email An icon of a paper plane. Share An icon of three dots. Print An icon of a printer."]


@pytest.mark.parametrize(
    "paragraphs",
    [
        "Edda drew an icon of a bin for the first machine, and an icon of a hand for the second. An icon of a lens, she says, was the hardest.",
        "The ferry company sells a pass for £60 a month. A year is £500, which saves 30 per cent, and nobody has to renew it.",
        "He read the paper's offer aloud: subscribe for £4 a month, cancel anytime. Then he cancelled.",
        "In this picture of her father she sees a stranger. The photo, by her aunt, hung in the hall for years, until the house was sold.",
        "It was 3 hours ago, or 4, that the boat was last seen. The list, last updated on 3 May 2021, still has her name on it.",
        "The harbour stays shut until the weekend, a spokesman said. (AP)",
        "She walked past Home, News and Sport, three pubs on one quay, and went to sea.",
        "12 May 2021\nThe shaft broke off the outer island.\n14 May 2021\nA tug came for the ferry.\n16 May 2021\nThe office wrote to the crew.",
        "What does a ticket cost?\nIt costs four pounds, and two for children.\nWho pays for the shaft?\nThe county does, says the office.",
        "The head of the harbour has no say in this.\nThe head of the school has no say in this.",
        "Mara Quill\nShe has rowed to school for eleven years, and is going to do so until the ferry comes.",
        "Readers\nMore of them came than the hall could hold, and they all asked about the price of the ticket, which nobody knew.",
        "* * *\nThe ferry came in the night.",
        "A woman standing on the quay said that she would row.",
        "Two men in front of the hall were asked what they thought of it.",
    ],
)
def test_stories_about_such_things_stay(matcher: Matcher, paragraphs: str) -> None:
    assert removing(matcher, f"Council votes for a second ferry\n\n{STORY}\n{paragraphs}\n\n{STORY}") == []


@pytest.mark.parametrize(
    "lines",
    [
        "Adult\n£4.50\nChild\n£2.20\nMonthly pass\n£60\nYearly pass\n£500",
        "Flour\nButter\nSugar\nSalt\nEggs\nTreacle",
        "• 500 g of strong flour\n• 10 g of sea salt\n• A spoon of treacle",
        "The gulls went out to look for you\nAnd came back in the rain\nI lit the lamp upon the sill\nAnd put it out again",
        "Mara Quill\nEdda Ness\nJo Reed\nFinn Ola\nTom Sand\nUna Holm",
    ],
)
def test_lists_at_the_end_of_a_story_stay(matcher: Matcher, lines: str) -> None:
    assert removing(matcher, f"Council votes for a second ferry\n\n{STORY}\n{lines}") == []


def test_a_dateline_is_no_credit(matcher: Matcher) -> None:
    assert removing(matcher, "Council votes for a second ferry\n\n(Reuters) - " + STORY + "\nOldquay — " + STORY) == []


WORDS = "icon|An|of|£4|3|ago|per|month|Photo:|(|)|AP|/|>|date|2021-01-02|\n|•|Home|."


@given(st.text(max_size=300) | st.lists(st.sampled_from(tuple(WORDS.split("|")))).map(" ".join))
def test_any_text_yields_spans_within_it(text: str) -> None:
    page = Lines.of(read(text, as_="text"))
    for module in MODULES:
        for rule in module.RULE_SET.rules:
            if isinstance(rule, PatternRule):
                continue
            hits = list(rule.extend(page, ()) if isinstance(rule, ContextRule) else rule.find(page))
            assert all(0 <= start < end <= len(text) for start, end, _ in hits)
