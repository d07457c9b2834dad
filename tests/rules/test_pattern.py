"""Expressions know the letters of every script, and refuse what could never match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.read.text import fold
from stripper.rules.pattern import PatternError, compile_block, compile_inline, compile_run, keyword_finder


def found(pattern: str, text: str) -> str | None:
    match = compile_inline(pattern).search(fold(text))
    return match and match.group(1)


@pytest.mark.parametrize("word", ["Straße", "naïve", "żółć", "подписка", "Ελλάδα", "नमस्ते", "購読", "구독", "مرحبا"])
def test_w_means_letters_of_every_script(word: str) -> None:
    assert compile_block(r"\w+").fullmatch(fold(word))
    assert not compile_block(r"\W+").fullmatch(fold(word))


@pytest.mark.parametrize("digits", ["2024", "٢٠٢٤", "２０２４", "२०२४"])
def test_d_means_digits_of_every_script(digits: str) -> None:
    assert compile_block(r"\d{4}").fullmatch(fold(digits))
    assert not compile_block(r"\D{4}").fullmatch(fold(digits))


def test_classes_stand_inside_brackets_too() -> None:
    assert compile_block(r"[\w-]+").fullmatch("vélo-école")
    assert compile_block(r"[^\w]+").fullmatch("!?")
    assert compile_block(r"[]a]+").fullmatch("]a")
    assert compile_block(r"[[a]+").fullmatch("[a")


@pytest.mark.parametrize(
    ("pattern", "text", "inside"),
    [
        ("abo", "Das Abo endet", True),
        ("abo", "Das Labor endet", False),
        ("été", "Un été là-bas", True),
        ("t", "été", False),
        ("вход", "Вход на сайт", True),
        ("вход", "Входная дверь", False),
        ("購読", "今すぐ購読する", True),
        ("구독", "지금구독하기", True),
        ("word_", "a word_ there", True),
        ("word", "a word_ there", False),
    ],
)
def test_inline_expressions_begin_and_end_at_word_borders(pattern: str, text: str, inside: bool) -> None:
    assert (found(pattern, text) == pattern) is inside


def test_accents_as_combining_marks_belong_to_the_word() -> None:
    assert found("caf", "cafe\u0301") is None
    assert found("cafe", "cafe\u0301") is None


@pytest.mark.parametrize("blank", ["\u00a0", "\u2009", "\u3000", "\t", "\u202f"])
def test_every_blank_is_a_plain_space(blank: str) -> None:
    assert compile_block("subscribe now").fullmatch(fold(f"Subscribe{blank}now"))


@pytest.mark.parametrize(("typed", "plain"), [("’", "'"), ("“", '"'), ("–", "-"), ("»", '"'), ("\u2011", "-")])
def test_quotes_and_dashes_are_plain(typed: str, plain: str) -> None:
    assert compile_block(f"a{plain}b").fullmatch(fold(f"A{typed}B"))
    with pytest.raises(PatternError, match="never match"):
        compile_block(f"a{typed}b")


def test_folding_keeps_positions_where_lower_would_not() -> None:
    text = "İ ABONE OL"
    assert len(fold(text)) == len(text)
    assert found("abone ol", text) == "abone ol"


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("Subscribe", "never match"),
        ("[A-Z]", "never match"),
        (r"\bsubscribe", "word borders"),
        (r"a\B", "word borders"),
        (r"[\W]", "inside"),
        ("a(b", "RE2 refuses"),
        ("(?=a)", "RE2 refuses"),
        (r"(a)\1", "RE2 refuses"),
        ("a{1001}", "RE2 refuses"),
    ],
)
def test_what_can_never_match_or_is_unknown_is_refused(pattern: str, reason: str) -> None:
    with pytest.raises(PatternError, match=reason):
        compile_block(pattern)
    with pytest.raises(PatternError, match=reason):
        compile_inline(pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("^share", "share it", "share"),
        ("^share", "to share", None),
        ("^(?:a|b) share|post", "to post", "post"),
        (r"^[|(] share\|(?:it|(?:this))", "( share|this", "( share|this"),
        (r"^\( share|post\)", "to post)", "post)"),
    ],
)
def test_alternatives_that_begin_anywhere_are_found_beside_anchored_ones(pattern: str, text: str, found: str | None) -> None:
    match = compile_inline(pattern).search(text)
    assert (match and match[1]) == found


def test_escapes_are_no_capitals() -> None:
    assert compile_block(r"\pL\p{Lu}?\x41?\S+").fullmatch("ab!")


def test_a_run_is_nothing_but_its_words() -> None:
    whole, word = compile_run(("x", "facebook", "copy link", "微信", "微博"))
    assert whole.fullmatch("facebook · x | copy link")
    assert whole.fullmatch("微信微博")
    assert not whole.fullmatch("facebook and x")
    assert not whole.fullmatch("facebooks")
    assert sum(1 for _ in word.finditer("facebook x copy link")) == 3


@given(st.lists(st.text("abc é", min_size=1, max_size=4), min_size=1, max_size=8), st.text("abc é", max_size=30))
def test_the_finder_finds_each_keyword_wherever_it_stands(keywords: list[str], text: str) -> None:
    found = keyword_finder({keyword: keyword for keyword in keywords})(text)
    expected = {(at, keyword) for keyword in keywords for at in range(len(text)) if text.startswith(keyword, at)}
    assert {(last + 1 - length, keyword) for last, (length, keyword) in found} == expected


def test_positions_are_code_points() -> None:
    assert list(keyword_finder({"share": 7})("\U0001f4e3 é share")) == [(8, (5, 7))]


def test_without_keywords_nothing_is_found() -> None:
    assert list(keyword_finder({})("share")) == []


@given(st.text(max_size=60))
def test_folding_never_moves_a_character(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
