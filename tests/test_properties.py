"""What holds for every page: texts are put together from the pieces that scrapes are made of, and from any characters at all."""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import stripper
from stripper import Cleaner, Kind, Outcome, Policy, ReadError, Status
from stripper.rules.base import PatternRule
from stripper.rules.load import load_packs
from stripper.rules.match import Matcher, full_id
from stripper.types import FIELD_KINDS

BOILERPLATE = frozenset(Kind) - FIELD_KINDS
COVERING = {Outcome.BODY, Outcome.FIELD, Outcome.REMOVED, Outcome.KEPT, Outcome.FLAGGED, Outcome.SPARED}
IN_BODY = {Outcome.BODY, Outcome.KEPT, Outcome.FLAGGED, Outcome.SPARED}

SENTENCES = [
    "The council of Oxley Bay met on Tuesday and agreed to repair the pier before the winter.",
    "“We have waited for nine years,” said Marta Engel, who sells ice cream at its end.",
    "Nobody could say what it would cost, although three people tried.",
    "Der Gemeinderat hat am Dienstag beschlossen, den Steg noch vor dem Winter zu reparieren.",
    "Совет решил отремонтировать причал до зимы, сообщила в среду городская газета.",
    "町議会は火曜日、冬が来る前に桟橋を修理することを決めた。費用はまだ分からない。",
    "قرر المجلس يوم الثلاثاء إصلاح الرصيف قبل الشتاء.",
    "İskele kıştan önce onarılacak, dedi ılıca köyünün muhtarı.",
    "It rained.",
]
LINES = [
    "Pier at Oxley Bay to be repaired before winter",
    "By Jonas Wirth",
    "By Jonas Wirth and Ada Quill",
    "Jonas Wirth | 4 March 2024",
    "Published 4 March 2024, 10:15 GMT",
    " date 2024-03-04 ",
    "3 min read",
    "Home > News > Local",
    "Home",
    "News",
    "Sport",
    "Menu",
    "Log in",
    "Subscribe",
    "€9.90/month",
    "Cancel anytime",
    "Leave a Reply",
    "Your email address will not be published. Required fields are marked *",
    "Share on Facebook",
    "Related articles",
    "• A second pier?",
    "Advertisement",
    "We use cookies to improve your experience.",
    "Sign up for our newsletter",
    "Photo: Ada Quill",
    "The pier at Oxley Bay, seen from the dunes. (Ada Quill/Oxley Post)",
    "Tags: pier, Oxley Bay",
    "© 2024 Oxley Post. All rights reserved.",
    "Next »",
    "1",
    "***",
    "关于我们",
    "Magnifying glass icon Close icon Menu icon",
]
SEPARATORS = ["\n", "\n\n", "\n\n\n", " ", "\t", "\r\n", "\r", "\u2028", "\n \n", "\xa0", "\x0b"]

odd_characters = st.text(st.characters(codec="utf-8"), max_size=30)
control_characters = st.text(
    st.sampled_from("\x00\x07\x1b\x1c\x1f\x7f\x85\xa0\xad\u200b\u200e\u202e\u2060\ufeff\ufffd⟦⟧\n\t "), min_size=1, max_size=8
)
pieces = st.one_of(st.sampled_from(SENTENCES), st.sampled_from(LINES), st.sampled_from(SENTENCES), odd_characters, control_characters)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A text of up to thirty pieces, with separators of one sort or of all."""
    parts = draw(st.lists(pieces, max_size=30))
    separators = st.sampled_from(SEPARATORS) if draw(st.booleans()) else st.just(draw(st.sampled_from(SEPARATORS)))
    return "".join(part + draw(separators) for part in parts)


@functools.lru_cache(maxsize=8)  # the properties of a page are asked one after another
def clean(text: str, cleaner: Callable[..., stripper.Article] = stripper.clean) -> stripper.Article:
    return cleaner(text, as_="text")


@functools.cache
def keeps_all() -> Cleaner:
    return Cleaner(policy=Policy(keep=BOILERPLATE))


@functools.cache
def flags_all() -> Cleaner:
    return Cleaner(policy=Policy(flag=BOILERPLATE))


def every_character_once(text: str) -> None:
    article = clean(text)
    assert article.text == text
    covers = [0] * len(text)
    for mark in article.marks:
        if mark.outcome in COVERING:
            assert 0 <= mark.start < mark.end <= len(text)
            assert mark.text == text[mark.start : mark.end]
            for at in range(mark.start, mark.end):
                covers[at] += 1
    wrong = {at: covers[at] for at, char in enumerate(text) if covers[at] != 1 and not char.isspace()}
    assert wrong == {}


def body_is_its_spans(text: str) -> None:
    article = clean(text)
    spans = sorted((m for m in article.marks if m.outcome in IN_BODY), key=lambda m: m.start)
    assert "".join(article.body.split()) == "".join("".join(m.text.split()) for m in spans)
    assert "".join("".join(p.text.split()) for p in article.parts) == "".join(article.body.split())


def removed_marks_are_in_order(text: str) -> None:
    article = clean(text)
    assert [m for m in article.marks if m.outcome is Outcome.REMOVED] == list(article.removed)
    assert all(a.end <= b.start for a, b in zip(article.removed, article.removed[1:], strict=False))
    assert not any(m.kind in FIELD_KINDS for m in article.removed)


def values_are_plain(text: str) -> None:
    article = clean(text)
    assert json.loads(article.to_json()) == article.to_dict()
    assert article.to_markdown().endswith("\n")
    for name in ("headline", "standfirst", "byline", "section"):
        value = getattr(article, name)
        assert value is None or (value and value == value.strip())
    assert all(name and name == name.strip() for name in article.authors)


def evidence_lies_in_the_text(text: str) -> None:
    for witnesses in clean(text).evidence.values():
        for witness in witnesses:
            assert (witness.start, witness.end) == (-1, -1) or 0 <= witness.start < witness.end <= len(text)


def nothing_is_lost_without_rules_score(text: str) -> None:
    """A policy that keeps every kind removes nothing."""
    article = clean(text, keeps_all().clean)
    assert article.removed == ()
    fields = {at for m in article.marks if m.outcome is Outcome.FIELD for at in range(m.start, m.end)}
    if article.status is not Status.NO_ARTICLE:
        rest = "".join(c for at, c in enumerate(text) if at not in fields and not c.isspace())
        assert "".join(article.body.split()) == rest


def flags_like_it_keeps(text: str) -> None:
    kept, flagged = clean(text, keeps_all().clean), clean(text, flags_all().clean)
    assert kept.body == flagged.body
    assert [(m.start, m.end, m.kind) for m in kept.marks if m.outcome is Outcome.KEPT] == [
        (m.start, m.end, m.kind) for m in flagged.marks if m.outcome is Outcome.FLAGGED
    ]


def too_little_left_removes_nothing(text: str) -> None:
    article = clean(text)
    if article.status is Status.FLOOR:
        assert article.removed == ()
        assert any(m.outcome is Outcome.SPARED for m in article.marks)
    if article.status is Status.EMPTY:
        assert not text.strip()
    if article.status is Status.OK and article.removed:
        assert article.body


def twice_is_the_same(text: str) -> None:
    assert clean(text).to_json() == stripper.clean(text, as_="text").to_json()


PROPERTIES = [
    every_character_once,
    body_is_its_spans,
    removed_marks_are_in_order,
    values_are_plain,
    evidence_lies_in_the_text,
    nothing_is_lost_without_rules_score,
    flags_like_it_keeps,
    too_little_left_removes_nothing,
    twice_is_the_same,
]
each_property = pytest.mark.parametrize("holds", PROPERTIES, ids=lambda f: f.__name__)


@each_property
@given(text=pages())
def test_holds_for_pages(holds: Callable[[str], None], text: str) -> None:
    holds(text)


@each_property
@given(text=st.text(max_size=400))
@settings(max_examples=30)
def test_holds_for_any_characters(holds: Callable[[str], None], text: str) -> None:
    holds(text)


@pytest.mark.slow
@given(text=pages())
@settings(max_examples=600)
def test_all_of_it_holds_for_many_pages(text: str) -> None:
    for holds in PROPERTIES:
        holds(text)


tidy_pages = st.lists(st.sampled_from(SENTENCES + LINES), min_size=1, max_size=25, unique=True).map("\n\n".join)


def cleaned_twice(text: str) -> tuple[stripper.Article, stripper.Article]:
    first = clean(text)
    assume(first.status is Status.OK and first.body.strip())
    return first, clean(first.body)


@functools.cache
def rules_of_one_block() -> frozenset[str]:
    """Names of the rules that look at a block alone, not at where it stands nor at what stands beside it."""
    return frozenset(
        full_id(pack, rule_set, rule.id)
        for pack in load_packs(("core",))
        for rule_set in pack.sets
        for rule in rule_set.rules
        if isinstance(rule, PatternRule) and rule.where == "anywhere" and rule.reach in ("match", "block")
    )


@given(text=tidy_pages)
@settings(max_examples=150)
def test_a_body_loses_nothing_more_to_a_rule(text: str) -> None:
    """Cleaned again, a body loses no paragraph to a rule that looks at one block alone.

    Named exceptions: its first lines may now be read as fields; the locator and rules that look at a place see other neighbours; and where
    one line held two things, what was left of it may now be a line of boilerplate (which is why these pages hold one thing a line).
    """
    first, second = cleaned_twice(text)
    assert [(m.kind, m.rule, m.text) for m in second.removed if m.rule in rules_of_one_block()] == []
    assert "".join(first.body.split()) == "".join(second.text.split())


def test_there_are_rules_of_one_block() -> None:
    assert "comments/leave-a-reply" in rules_of_one_block()


@given(text=pages())
def test_a_body_is_split_into_fields_body_and_off_story(text: str) -> None:
    first, second = cleaned_twice(text)
    parts = sorted((m for m in second.marks if m.outcome in COVERING), key=lambda m: m.start)
    assert "".join("".join(m.text.split()) for m in parts) == "".join(first.body.split())


@given(text=pages(), shuffle=st.randoms(use_true_random=False))
@settings(max_examples=15)
def test_order_of_rules_and_sets_changes_nothing(text: str, shuffle) -> None:
    cleaner = Cleaner()
    shuffled = []
    for pack in load_packs(("core",)):
        sets = [replace(s, rules=tuple(shuffle.sample(s.rules, len(s.rules)))) for s in pack.sets]
        shuffled.append(replace(pack, sets=tuple(shuffle.sample(sets, len(sets)))))
    usual = cleaner.clean(text, as_="text")
    cleaner._matcher = Matcher(tuple(shuffled))
    other = cleaner.clean(text, as_="text")
    assert other.to_json() == usual.to_json()
    assert other.marks == usual.marks


ONE_RULE = """
kind = "widget"
marks = "A word."
why = "It serves as a test."
misses = "All other words."

[[rule]]
id = "WORD"
keywords = ["WORD"]
inline = "the WORD"
examples = ["See ⟦the WORD⟧.", "No such thing."]
"""


def test_order_of_packs_changes_nothing(tmp_path) -> None:
    paths = [tmp_path / "harbour.toml", tmp_path / "weather.toml"]
    for path, word in zip(paths, ("pier", "winter"), strict=True):
        path.write_text(ONE_RULE.replace("WORD", word), encoding="utf-8")
    text = "\n\n".join(SENTENCES + LINES)
    one, other = Cleaner(packs=("core", *paths)), Cleaner(packs=(*reversed(paths), "core"))
    assert one.packs == other.packs
    assert one.clean(text).to_json() == other.clean(text).to_json()
    assert {"pier", "winter"} <= {m.rule.rsplit("/", 1)[-1] for m in one.clean(text).removed}


@given(data=st.binary(max_size=600))
def test_any_bytes_give_an_article_or_a_read_error(data: bytes) -> None:
    with suppress(ReadError):
        json.loads(stripper.clean(data).to_json())


@given(text=pages(), encoding=st.sampled_from(["utf-8", "utf-16", "latin-1", "cp1251", "shift_jis", "utf-8-sig"]), hint=st.booleans())
def test_bytes_in_many_encodings_give_an_article(text: str, encoding: str, hint: bool) -> None:
    data = text.encode(encoding, errors="replace")
    with suppress(ReadError):
        json.loads(stripper.clean(data, encoding=encoding if hint else None).to_json())


TAGS = re.findall(r"\w+", "p div article h1 h2 li ul table tr td span a b script style title template svg pre textarea select")
SCRAPS = ("<br>", "<!--", "-->", "<", ">", "&amp", "&#0;", "&#x110000;", '<p class="', "<![CDATA[", "<?php", '<meta charset="utf-7">', "\x00")
markup = st.one_of(
    st.sampled_from(TAGS).map(lambda t: f"<{t}>"),
    st.sampled_from(TAGS).map(lambda t: f"</{t}>"),
    st.sampled_from(SCRAPS),
    st.sampled_from(SENTENCES),
    st.sampled_from(LINES),
    odd_characters,
)


@given(parts=st.lists(markup, max_size=60))
def test_any_markup_gives_an_article(parts: list[str]) -> None:
    source = "<html>" + "".join(parts)
    article = stripper.clean(source, as_="html")
    json.loads(article.to_json())
    covers = [0] * len(article.text)
    for mark in article.marks:
        if mark.outcome in COVERING:
            for at in range(mark.start, mark.end):
                covers[at] += 1
    assert all(n == 1 for n, char in zip(covers, article.text, strict=True) if not char.isspace())


HARD = {
    "lone surrogate": "\ud800",
    "surrogate in a sentence": "A pier.\udfff And more of it.",
    "last code point": "\U0010ffff" * 50,
    "capital dotted i": "İ" * 80,
    "sharp s": "ß" * 80,
    "one long word": "a" * 5000,
    "line breaks": "\n" * 3000,
    "dashes": "- " * 500,
    "brackets": "⟦a⟧⟦b⟧" * 50,
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_hard_characters(text: str) -> None:
    every_character_once(text)
    body_is_its_spans(text)


def test_a_fresh_process_gives_the_same_bytes() -> None:
    program = "import sys, stripper; sys.stdout.buffer.write(stripper.clean(sys.stdin.buffer.read()).to_json().encode('utf-8'))"
    text = "\n\n".join(LINES[:12] + SENTENCES * 2 + LINES[12:])
    html = "<html><body><article>" + "".join(f"<p class='a b c d'>{line}</p>" for line in text.split("\n\n")) + "</article></body></html>"
    for source, seeds in ((text, ("0", "1")), (html, ("4711",))):
        here = stripper.clean(source.encode("utf-8")).to_json().encode("utf-8")
        for seed in seeds:
            run = subprocess.run(
                [sys.executable, "-c", program],
                input=source.encode("utf-8"),
                capture_output=True,
                check=True,
                env=os.environ | {"PYTHONHASHSEED": seed},
            )
            assert run.stdout == here
            assert run.stderr == b""
