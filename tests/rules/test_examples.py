"""The examples of every rule of every installed pack are its tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import pytest

from stripper.rules.base import CLOSE, OPEN, Pack
from stripper.rules.check import Case, cases, failure
from stripper.rules.load import installed_names, load_packs
from stripper.types import Kind

PACKS = load_packs(installed_names())
CASES = [case for pack in PACKS for case in cases(pack)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_rule_marks_just_what_its_example_says(case: Case) -> None:
    assert failure(case) is None


def test_the_core_pack_is_installed() -> None:
    assert "core" in installed_names()


def test_each_rule_has_a_marked_and_an_unmarked_example() -> None:
    marked = {case.id.rpartition("[")[0] for case in CASES if case.example.marked}
    unmarked = {case.id.rpartition("[")[0] for case in CASES if not case.example.marked}
    assert marked == unmarked


def test_ids_are_unique_in_a_pack() -> None:
    for pack in PACKS:
        ids = [(rule_set.name, rule.id) for rule_set in pack.sets for rule in rule_set.rules]
        assert len(ids) == len(set(ids))


def test_every_set_tells_what_it_marks_why_and_what_it_misses() -> None:
    for pack in PACKS:
        for rule_set in pack.sets:
            for text in (rule_set.marks, rule_set.why, rule_set.misses):
                assert re.search(r"\w.*[.!]$", text.strip(), re.S), f"{rule_set.name}: {text!r} is no sentence"
                assert OPEN not in text
                assert CLOSE not in text


def test_boilerplate_kinds_of_phrases_have_rules() -> None:
    kinds = {rule_set.kind for pack in PACKS for rule_set in pack.sets}
    assert kinds >= {
        Kind.PAYWALL, Kind.NEWSLETTER, Kind.COMMENTS, Kind.COOKIE, Kind.LOGIN, Kind.APP_PROMO, Kind.ADVERT, Kind.DISCLAIMER,
        Kind.COPYRIGHT, Kind.SHARE, Kind.RELATED, Kind.WIDGET,
    }  # fmt: skip


def _twins(pack: Pack) -> Iterator[tuple[str, str]]:
    for rule_set in pack.sets:
        for one, other in combinations(rule_set.rules, 2):
            if {e.source for e in one.examples if e.marked} & {e.source for e in other.examples if e.marked}:
                yield one.id, other.id


def test_no_two_rules_of_a_set_share_an_example() -> None:
    assert [twins for pack in PACKS for twins in _twins(pack)] == []
