"""Rules made ready to run: their expressions compiled, and looked up by what must stand in a page for them to run at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from stripper.read.selector import parse_selector
from stripper.rules.base import ContextRule, PatternRule, Rule, RuleSet
from stripper.rules.pattern import compile_block, compile_inline, compile_run, keyword_finder
from stripper.rules.sites import Entry

_UNLIMITED = 1 << 62


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A rule with its compiled expression. Compared by identity, because it is a key on the hot path."""

    rule: PatternRule
    name: str
    rule_set: RuleSet
    limit: int
    pattern: Any
    word: Any = None


class Coded(NamedTuple):
    """A rule written in Python."""

    rule: Any
    name: str
    rule_set: RuleSet


class Ready:
    """Rules that run together."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        by_keyword: dict[str, list[Compiled | Coded]] = defaultdict(list)
        self.by_token: dict[str, list[Compiled]] = defaultdict(list)
        """For each word of markup the rules that look for it."""
        self.selecting: list[Compiled] = []
        """Rules with selectors."""
        self.code: list[Coded] = []
        """Rules in Python that are asked about every page."""
        self.context: list[Coded] = []
        """Those that see what the others found."""
        for entry in entries:
            self._add(by_keyword, *entry)
        self.find_keywords = keyword_finder(
            {
                keyword: ([o for o in owners if isinstance(o, Compiled)], [o for o in owners if isinstance(o, Coded)])
                for keyword, owners in by_keyword.items()
            }
        )
        """For a text the keywords in it, with the rules that own them: those in tables, and those in Python."""
        self.selectors = {word: parse_selector(word) for compiled in self.selecting for word in compiled.rule.words}

    def _add(self, by_keyword: dict[str, list[Compiled | Coded]], name: str, rule_set: RuleSet, rule: PatternRule | Rule | ContextRule) -> None:
        if not isinstance(rule, PatternRule):
            coded = Coded(rule, name, rule_set)
            keywords = getattr(rule, "keywords", ())
            if isinstance(rule, ContextRule):
                self.context.append(coded)
            elif not keywords:
                self.code.append(coded)
            for keyword in keywords:
                by_keyword[keyword].append(coded)
            return
        limit = rule.max_chars or _UNLIMITED
        if rule.form == "tokens":
            for token in rule.words:
                self.by_token[token].append(Compiled(rule, name, rule_set, limit, None))
            return
        if rule.form == "selector":
            self.selecting.append(Compiled(rule, name, rule_set, limit, None))
            return
        if rule.form == "run":
            compiled = Compiled(rule, name, rule_set, _UNLIMITED, *compile_run(rule.words))
        else:
            compiled = Compiled(rule, name, rule_set, limit, (compile_block if rule.form == "block" else compile_inline)(rule.pattern))
        for keyword in rule.keywords:
            by_keyword[keyword].append(compiled)
