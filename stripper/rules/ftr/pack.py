"""Rules for sites as the TOML files of a pack."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stripper.read import read
from stripper.read.selector import parse_selector
from stripper.rules.base import Example, Pack, PatternRule, RuleSet
from stripper.rules.check import Case, failure
from stripper.rules.ftr.examples import SENTENCE, example, shows_text
from stripper.rules.ftr.lines import Line, cut
from stripper.types import CERTAIN, FIELD_KINDS, Kind

_OTHERS = (f"<div><p>{SENTENCE}</p></div>", f"<section><h4>{SENTENCE}</h4></section>", f"<main><em>{SENTENCE}</em></main>", SENTENCE)
"""Pages without anything that a rule may mean: the first that none of a site's selectors matches is the example of what is left. Text always is."""
_MISSES = "Pages whose markup has changed since the configuration was written."


@dataclass
class Site:
    """What the configurations of a site say, by kind: selectors, each with the line that it comes from, and pages to try them with."""

    host: str
    selectors: dict[Kind, dict[str, Line]] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)

    def add(self, kind: Kind, selector: str, line: Line) -> str | None:
        """Add a selector, unless there is no example that holds: then the answer is the reason."""
        if not any(map(shows_text, parse_selector(selector))):
            return "it matches nothing that shows text"
        if selector in self.selectors.get(kind, {}):
            return "a line before says the same"
        rule = _rule(kind, self.host, "it", (selector,), (_example(selector),))
        if failed := _failed(kind, rule):
            return f"no example of it could be made, so it would be a rule that nobody has tried ({failed})"
        self.selectors.setdefault(kind, {})[selector] = line
        return None

    def rules(self) -> dict[Kind, PatternRule]:
        """One rule for each kind; its id is made of the host."""
        every = {selector: parse_selector(selector) for found in self.selectors.values() for selector in found}
        left = next(Example(page) for page in _OTHERS if not read(page, as_="html", selectors=every).selected or page == SENTENCE)
        found: dict[Kind, PatternRule] = {}
        for kind, selectors in self.selectors.items():
            marked = [_example(selector) for selector in selectors]
            alone = _rule(kind, self.host, "it", tuple(selectors), ())
            holding = [one for one in marked if len(marked) == 1 or not _failed(kind, alone, one)]
            if holding:
                found[kind] = _rule(kind, self.host, _slug(self.host), tuple(selectors), (*holding, left))
        return found


def _rule(kind: Kind, host: str, name: str, selectors: tuple[str, ...], examples: tuple[Example, ...]) -> PatternRule:
    return PatternRule(name, "selector", words=selectors, hosts=(host,), score=CERTAIN, examples=examples)


def _example(selector: str) -> Example:
    chains = parse_selector(selector)
    return Example(example(next(chain for chain in chains if shows_text(chain))))


def _failed(kind: Kind, rule: PatternRule, one: Example | None = None) -> str | None:
    """What is wrong with an example of a rule: the first, unless another is given."""
    rule_set = RuleSet("it", kind, "", "", "", (rule,))
    return failure(Case("it", Pack("it", "0", "", (rule_set,)), rule_set, rule, one or rule.examples[0]))


def _slug(host: str) -> str:
    """A host as an id of rules, which has ASCII letters only."""
    plain = unicodedata.normalize("NFKD", host).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in plain.lower()).split()) or "site"


def rule_sets(sites: Sequence[Site]) -> tuple[RuleSet, ...]:
    """A rule set for each kind that any site has, in the order of kinds; ids that two hosts share get a number."""
    by_kind: dict[Kind, dict[str, PatternRule]] = {}
    for site in sites:
        for kind, rule in site.rules().items():
            rules = by_kind.setdefault(kind, {})
            name, number = rule.id, 1
            while name in rules:
                number += 1
                name = f"{rule.id}-{number}"
            rules[name] = _rule(kind, site.host, name, rule.words, rule.examples)
    return tuple(_rule_set(kind, tuple(by_kind[kind].values())) for kind in Kind if kind in by_kind)


def _rule_set(kind: Kind, rules: tuple[PatternRule, ...]) -> RuleSet:
    if kind in FIELD_KINDS:
        marks, why = f"What the configurations of single sites name as the {kind}.", "The configuration of the site names this element."
    else:
        marks = f"What the configurations of single sites strip. That it is of the kind {kind} is a guess from the names in their expressions."
        why = "The configuration of the site strips this element."
    return RuleSet(str(kind), kind, marks, why, _MISSES, rules)


def toml(rule_set: RuleSet, sites: Mapping[str, Site]) -> str:
    """A rule set as a file, with a comment for each line that a rule comes from."""
    head = [f"{key} = {_text(value)}" for key, value in (("kind", str(rule_set.kind)), ("marks", rule_set.marks), ("why", rule_set.why))]
    parts = [
        "# Made from configurations of single sites by `stripper rules import-ftr`.\n" + "\n".join([*head, f"misses = {_text(rule_set.misses)}"])
    ]
    parts += [_table(rule, sites[rule.hosts[0]], rule_set.kind) for rule in rule_set.rules if isinstance(rule, PatternRule)]
    return "\n\n".join(parts) + "\n"


def _table(rule: PatternRule, site: Site, kind: Kind) -> str:
    lines = (site.selectors[kind][selector] for selector in rule.words)
    comments = [f"# {cut(line.file.rsplit('/', 1)[-1])}:{line.number}: {_printable(cut(f'{line.directive}: {line.value}', 300))}" for line in lines]
    if kind is min(site.selectors, key=list(Kind).index):
        comments += [f"# try it with {_printable(cut(page, 300))}" for page in site.pages]
    return "\n".join(
        [
            *comments,
            "[[rule]]",
            f"id = {_text(rule.id)}",
            f"hosts = {_texts(rule.hosts)}",
            f"selector = {_texts(rule.words)}",
            f"score = {rule.score:.1f}",
            f"examples = {_texts(one.source for one in rule.examples)}",
        ]
    )


def _printable(said: str) -> str:
    return "".join(c if c.isprintable() else " " for c in said)


def _text(value: str) -> str:
    if ('"' in value or "\\" in value) and "'" not in value and value.isprintable():
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _texts(values: Iterable[str]) -> str:
    found = [_text(value) for value in values]
    return f"[{found[0]}]" if len(found) == 1 else "[\n" + "".join(f"  {value},\n" for value in found) + "]"
