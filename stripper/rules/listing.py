"""The rules of some packs, one by one, as people ask for them."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from stripper.rules.base import ContextRule, Pack, PatternRule, Rule, RuleSet
from stripper.rules.match import full_id


class Entry(NamedTuple):
    """A rule with where it comes from."""

    id: str
    """As marks name it: "set/rule" of the core pack, "pack:set/rule" of others."""
    pack: Pack
    rule_set: RuleSet
    rule: PatternRule | Rule | ContextRule

    @property
    def form(self) -> str:
        """The form of a rule in a table; "python" for one in code."""
        return self.rule.form if isinstance(self.rule, PatternRule) else "python"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages whose words it knows."""
        return tuple(getattr(self.rule, "languages", ()))


def entries(packs: Iterable[Pack]) -> list[Entry]:
    """All rules of some packs, sorted by their ids."""
    found = [Entry(full_id(pack, rule_set, rule.id), pack, rule_set, rule) for pack in packs for rule_set in pack.sets for rule in rule_set.rules]
    return sorted(found, key=lambda entry: entry.id)


def docstring(rule: Rule | ContextRule) -> str:
    """What a rule in code says about itself; "" where a dataclass wrote that."""
    said = type(rule).__doc__ or ""
    return "" if said.startswith(f"{type(rule).__name__}(") else inspect.cleandoc(said)


def described(entry: Entry) -> str:
    """All that there is to know about a rule, in lines for people."""
    return "\n".join(_lines(entry))


def _lines(entry: Entry) -> Iterator[str]:
    rule_set, rule = entry.rule_set, entry.rule
    line = rule.line if isinstance(rule, PatternRule) else 0
    yield entry.id
    facts = [
        ("pack", entry.pack.label),
        ("file", f"{rule_set.file}:{line}" if line else rule_set.file),
        ("kind", str(rule_set.kind)),
        ("score", f"{rule.score:g}"),
        ("languages", ", ".join(entry.languages)),
        ("marks", _one_line(rule_set.marks)),
        ("why", _one_line(rule_set.why)),
        ("misses", _one_line(rule_set.misses)),
    ]
    yield from (f"  {name:10} {value}" for name, value in facts if value)
    yield ""
    yield from _in_table(Path(rule_set.file), line) if line else _in_code(rule)


def _in_table(file: Path, line: int) -> Iterator[str]:
    """The rule as its file has it."""
    after = file.read_text("utf-8").splitlines()[line - 1 :]
    end = next((n for n, said in enumerate(after) if n and said.startswith("[[")), len(after))
    yield from "\n".join(after[:end]).rstrip().splitlines()


def _in_code(rule: PatternRule | Rule | ContextRule) -> Iterator[str]:
    if not isinstance(rule, PatternRule):
        yield from (docstring(rule) or "Written in Python.").splitlines()
    for example in rule.examples:
        yield ""
        yield "marks what stands between ⟦ and ⟧ in" if example.marked else "leaves all of"
        yield from (f"  {said}" for said in example.source.strip().splitlines())


def _one_line(said: str) -> str:
    return " ".join(said.split())
