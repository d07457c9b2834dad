"""Runs the examples of rule packs. Public, so that third parties test their packs as the core pack is tested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from stripper.read import read
from stripper.rules.base import CLOSE, OPEN, ContextRule, Example, Pack, PatternRule, Rule, RuleSet
from stripper.rules.match import Matcher, full_id

_BRACKETS = re.compile(f"[{OPEN}{CLOSE}]")
_BEHIND = "\n\n."
"""Follows every text, since one of a single line would be read by its sentences. It ends one, so that no list goes on over it."""


class Case(NamedTuple):
    """One example of one rule. `id` reads "set/rule[n]", n from 0."""

    id: str
    pack: Pack
    rule_set: RuleSet
    rule: PatternRule | Rule | ContextRule
    example: Example


def cases(pack: Pack) -> Iterator[Case]:
    """Every example of every rule of a pack."""
    for rule_set in pack.sets:
        for rule in rule_set.rules:
            for number, example in enumerate(rule.examples):
                yield Case(f"{full_id(pack, rule_set, rule.id)}[{number}]", pack, rule_set, rule, example)


def failure(case: Case) -> str | None:
    """What is wrong with an example, or None where the rule does just what it says.

    The rule runs through the real matcher, prefilter included, alone; a context rule runs beside the other rules of its pack.
    """
    bracketed = case.example.source
    form: Literal["html", "text"] = "html" if bracketed.lstrip().startswith("<") else "text"
    behind = _BEHIND if form == "text" else ""
    page = read(_BRACKETS.sub("", bracketed) + behind, as_=form)
    expected = _expected(read(bracketed + behind, as_=form).text)
    pack = case.pack
    if not isinstance(case.rule, ContextRule):
        pack = replace(pack, sets=(replace(case.rule_set, rules=(case.rule,)),))
    name = full_id(case.pack, case.rule_set, case.rule.id)
    got = set()
    for mark in Matcher([pack]).mark(page):
        if mark.rule == name:
            got |= {at for at in range(mark.start, min(mark.end, len(page.text) - len(behind))) if not page.text[at].isspace()}
    if got == expected:
        return None
    missed, extra = _said(page.text, expected - got), _said(page.text, got - expected)
    return "; ".join(x for x in (missed and f"it leaves {missed}", extra and f"it marks {extra}") if x)


def _expected(bracketed: str) -> set[int]:
    """Offsets, in the text without brackets, of the non-blank characters between brackets."""
    inside, at, expected = False, 0, set()
    for char in bracketed:
        if char in (OPEN, CLOSE):
            inside = char == OPEN
            continue
        if inside and not char.isspace():
            expected.add(at)
        at += 1
    return expected


def _said(text: str, offsets: set[int]) -> str:
    if not offsets:
        return ""
    first, last = min(offsets), max(offsets)
    return repr(text[first : min(last + 1, first + 80)])
