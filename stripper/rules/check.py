"""What is wrong with a rule pack? Runs its examples against their own rules and the others. Public: third parties test their packs with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

from stripper.errors import Defect, RuleError
from stripper.read import read
from stripper.rules.base import CLOSE, OPEN, ContextRule, Example, Lines, Pack, PatternRule, Rule, RuleSet
from stripper.rules.load import find_pack
from stripper.rules.match import Matcher, full_id
from stripper.types import Page

_BRACKETS = re.compile(f"[{OPEN}{CLOSE}]")
_BEHIND = "\n\n."
"""Follows every text, since one of a single line would be read by its sentences. It ends one, so that no list goes on over it."""

_SHOWN = 60
"""Characters of an example that a defect quotes."""


class Case(NamedTuple):
    """One example of one rule. `id` reads "set/rule[n]", n from 0."""

    id: str
    pack: Pack
    rule_set: RuleSet
    rule: PatternRule | Rule | ContextRule
    example: Example


class Report(NamedTuple):
    """What a check found out about a pack."""

    pack: Pack
    """What is sound of it."""
    defects: tuple[Defect, ...]

    @property
    def rules(self) -> int:
        """How many rules of it can run."""
        return sum(len(rule_set.rules) for rule_set in self.pack.sets)

    @property
    def examples(self) -> int:
        """How many examples these have."""
        return sum(len(rule.examples) for rule_set in self.pack.sets for rule in rule_set.rules)


def check(spec: str | Path) -> Report:
    """Everything that is wrong with a pack, which is given by name or as a Path, in order of files and lines.

    That is what keeps it from loading, examples that fail, and rules that fire where another rule's example says that nothing must be marked. What is
    sound is tried even where other things are broken, so that one report tells all.
    """
    pack, wrong = find_pack(spec)
    failed = [_defect(case, reason) for case in cases(pack) if (reason := failure(case))]
    return Report(pack, tuple(sorted((*wrong, *failed, *_trespasses(pack)), key=lambda d: (d.file, d.line))))


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
    pack = case.pack
    if not isinstance(case.rule, ContextRule):
        pack = replace(pack, sets=(replace(case.rule_set, rules=(case.rule,)),))
    matcher = Matcher([pack])
    page = _page(_BRACKETS.sub("", case.example.source), case.rule, matcher)
    expected = _expected(_page(case.example.source, case.rule, matcher).text)
    name = full_id(case.pack, case.rule_set, case.rule.id)
    end = len(page.text) - (len(_BEHIND) if page.source == "text" else 0)
    got: set[int] = set()
    try:
        for mark in matcher.mark(page):
            if mark.rule == name:
                got |= {at for at in range(mark.start, min(mark.end, end)) if not page.text[at].isspace()}
    except RuleError as error:
        return error.cause
    if got == expected:
        return None
    missed, extra = _said(page.text, expected - got), _said(page.text, got - expected)
    return "; ".join(x for x in (missed and f"it leaves {missed}", extra and f"it marks {extra}") if x)


def _page(source: str, rule: PatternRule | Rule | ContextRule, matcher: Matcher) -> Page:
    """An example as rules see it: that of a rule for some sites as a page of the first of them."""
    form: Literal["html", "text"] = "html" if source.lstrip().startswith("<") else "text"
    url = f"https://{rule.hosts[0]}/" if isinstance(rule, PatternRule) and rule.hosts else None
    return read(source + (_BEHIND if form == "text" else ""), url, form, selectors=matcher.selectors(url))


def _trespasses(pack: Pack) -> Iterator[Defect]:
    """Rules that fire where an example of another rule says that this is none of the set's kind.

    All rules are held against examples that are a single sentence, because that is a story's. A short line may be of another kind, so only rules of
    the same set are held against it. Longer examples of rules in Python hold what surrounds a find, which other rules may know.
    """
    everything = Matcher([pack])
    for rule_set in pack.sets:
        own = Matcher([replace(pack, sets=(rule_set,))])
        for rule in rule_set.rules:
            name = full_id(pack, rule_set, rule.id)
            for example in (example for example in rule.examples if not example.marked):
                page = _page(example.source, rule, everything)
                is_sentence = Lines.of(page).sentences == [0] and _is_alone(page)
                if not is_sentence and not isinstance(rule, PatternRule):
                    continue
                for other in sorted(_marking(everything if is_sentence else own, page) - {name}):
                    said = f"its example {example.source[:_SHOWN]!r} must be left alone, but {other} marks it"
                    yield Defect(rule_set.file, rule.id, _line(rule), said)


def _marking(matcher: Matcher, page: Page) -> set[str]:
    """The rules that mark something on a page; none where one raises, which is told of its own examples."""
    try:
        return {mark.rule for mark in matcher.mark(page)}
    except RuleError:
        return set()


def _is_alone(page: Page) -> bool:
    """Whether a page is one block, but for what follows every example."""
    return all(page.text[block.start : block.end] == _BEHIND.strip() for block in page.blocks[1:])


def _defect(case: Case, reason: str) -> Defect:
    return Defect(case.rule_set.file, case.rule.id, _line(case.rule), f"its example {case.example.source[:_SHOWN]!r} fails: {reason}")


def _line(rule: PatternRule | Rule | ContextRule) -> int:
    return rule.line if isinstance(rule, PatternRule) else 0


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
