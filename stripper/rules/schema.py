"""One TOML file to a rule set, or to everything that is wrong with it, each defect with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

from stripper.errors import Defect
from stripper.read.selector import SelectorError, parse_selector
from stripper.read.text import fold
from stripper.rules.base import CLOSE, OPEN, Example, Form, PatternRule, Reach, RuleSet, Where
from stripper.rules.limits import MAX_PROGRAMS, MAX_RULES, oversized
from stripper.rules.pattern import MAX_PROGRAM, PatternError, TooLargeError, compile_block, compile_inline, compile_run, unicode_pattern
from stripper.rules.table import Places, TableError, table_of
from stripper.types import Kind

_SET_KEYS = frozenset({"kind", "marks", "why", "misses", "version", "hosts", "rule"})
_FORMS: tuple[str, ...] = get_args(Form)
_RULE_KEYS = frozenset({"id", "languages", "keywords", *_FORMS, "least", "reach", "where", "max_chars", "hosts", "score", "examples"})
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_MAX_UNKNOWN = 20
"""Unknown keys that are told one by one."""
_SHOWN = 60
"""Characters of a value that a defect quotes."""

_Wrong = tuple[str, str]
"""The key that is wrong, and why."""


class Parsed(NamedTuple):
    """What a file holds: those of its rules that can run, and what is wrong with it."""

    rule_set: RuleSet
    version: str | None
    defects: tuple[Defect, ...]


def parse(content: bytes, file: str) -> Parsed:
    """One TOML file as a rule set named after the file.

    A rule with a defect is left out where it can't run; otherwise it stands in with its sound keys, so that it can be tried as well, and its examples
    be run where they are sound.
    """
    name = Path(file).stem.replace("_", "-")
    nothing = RuleSet(name, Kind.OFF_STORY, "", "", "", (), file)
    try:
        table, places = table_of(content)
    except TableError as error:
        return Parsed(nothing, None, (Defect(file, "", error.line, error.reason),))
    wrong = list(_set_defects(table))
    defects = [Defect(file, "", places.of(key), reason) for key, reason in wrong]
    sound = _without(table, wrong)
    rules, more = _rules(table.get("rule"), tuple(sound.get("hosts", ())), places, file)
    kind = Kind(sound.get("kind", Kind.OFF_STORY))
    rule_set = RuleSet(name, kind, sound.get("marks", ""), sound.get("why", ""), sound.get("misses", ""), tuple(rules), file)
    return Parsed(rule_set, sound.get("version"), (*defects, *more))


def _without(table: Mapping[str, Any], wrong: Sequence[_Wrong]) -> dict[str, Any]:
    """The keys with which nothing is wrong."""
    bad = dict(wrong)
    return {key: value for key, value in table.items() if key not in bad}


def _unknown(table: Mapping[str, Any], known: frozenset[str], what: str) -> Iterator[_Wrong]:
    unknown = sorted(table.keys() - known)
    for key in unknown[:_MAX_UNKNOWN]:
        yield key, f"unknown key {key[:_SHOWN]!r}; {what} has {', '.join(sorted(known))}"
    if len(unknown) > _MAX_UNKNOWN:
        yield unknown[_MAX_UNKNOWN], f"{len(unknown) - _MAX_UNKNOWN} more keys are unknown"


def _set_defects(table: Mapping[str, Any]) -> Iterator[_Wrong]:
    yield from _unknown(table, _SET_KEYS, "a rule set")
    kinds = [str(k) for k in Kind]
    if table.get("kind") not in kinds:
        yield "kind", f"kind is {table.get('kind')!r}; expected one of {', '.join(kinds)}"
    for key in ("marks", "why", "misses"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            yield key, f"{key} is missing: a sentence for the documentation"
    if not isinstance(table.get("version", ""), str):
        yield "version", f"version is {table['version']!r}; expected a text"
    yield from _host_defects(table)


def _host_defects(table: Mapping[str, Any]) -> Iterator[_Wrong]:
    hosts = table.get("hosts", [])
    if not _is_strings(hosts) or ("hosts" in table and not hosts):
        yield "hosts", "hosts is no list of names of sites"
    elif strange := [host for host in hosts if not _HOST.fullmatch(host) or host != host.lower()]:
        yield "hosts", f"hosts has {strange[0][:_SHOWN]!r}; expected a name such as 'example.org', in small letters, without scheme and path"


def _rules(tables: Any, hosts: tuple[str, ...], places: Places, file: str) -> tuple[list[PatternRule], list[Defect]]:
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        return [], [Defect(file, "", 1, "it has no [[rule]]")]
    if len(tables) > MAX_RULES:
        return [], [Defect(file, "", places.of("", MAX_RULES), f"it has {len(tables):,} rules; a pack has {MAX_RULES:,} at most")]
    rules: list[PatternRule] = []
    left = MAX_PROGRAMS
    defects: list[Defect] = []
    seen: set[str] = set()
    for number, table in enumerate(tables):
        name = str(table.get("id", f"rule {number + 1}"))[:_SHOWN]
        too_much = list(oversized(table, _FORMS))
        wrong = too_much or list(_rule_defects(table))
        if name in seen:
            wrong.append(("id", "this id stands twice in the file"))
        seen.add(name)
        defects += [Defect(file, name, places.of(key, number), reason) for key, reason in wrong]
        sound = _without(table, wrong)
        if _can_run(sound) and not too_much:
            rules.append(_rule(sound, hosts, places.of("", number)))
        left -= 0 if too_much else _program_size(table)
        if left < 0:
            defects.append(Defect(file, name, places.of("", number), "up to here the expressions compile to more instructions than a file may have"))
            break
    return rules, defects


def _program_size(table: Mapping[str, Any]) -> int:
    """Instructions that a rule's expression compiled to."""
    expressions = _alternatives_of(table.get("block", table.get("inline")))
    if not _is_strings(expressions):
        return 0
    try:
        size: int = (compile_block if "block" in table else compile_inline)(_alternatives(expressions)).programsize
    except PatternError as error:
        return MAX_PROGRAM if isinstance(error, TooLargeError) else 0
    return size


def _can_run(sound: Mapping[str, Any]) -> bool:
    needed = {"id", "keywords"} if "block" in sound or "inline" in sound else {"id"}
    return sound.keys() >= needed and any(form in sound for form in _FORMS)


def _rule(table: Mapping[str, Any], hosts: tuple[str, ...], line: int) -> PatternRule:
    form = next(f for f in _FORMS if f in table)
    words = tuple(_alternatives_of(table[form])) if form in ("run", "tokens", "selector") else ()
    keywords = tuple(table.get("keywords", ()))
    return PatternRule(
        id=table["id"],
        form=form,  # type: ignore[arg-type]  # one of its literals, checked above
        pattern="" if words else _alternatives(_alternatives_of(table[form])),
        words=words,
        least=table.get("least", 3),
        keywords=keywords or (tuple(fold(w) for w in words) if form == "run" else ()),
        reach=table.get("reach", "match"),
        where=table.get("where", "anywhere"),
        max_chars=table.get("max_chars", 0),
        languages=tuple(table.get("languages", ())),
        hosts=tuple(table.get("hosts", hosts)),
        score=float(table.get("score", 0.9)),
        examples=tuple(Example(e) for e in table.get("examples", ())),
        line=line,
    )


def _rule_defects(table: Mapping[str, Any]) -> Iterator[_Wrong]:
    yield from _unknown(table, _RULE_KEYS, "a rule")
    if not isinstance(table.get("id"), str) or not _ID.fullmatch(table["id"]):
        yield "id", f"id is {table.get('id')!r}; expected lower-case words joined by hyphens"
    yield from _value_defects(table)
    forms = [f for f in _FORMS if f in table]
    if len(forms) != 1:
        reason = f"expected exactly one of {', '.join(_FORMS)}; found {', '.join(forms) or 'none'}"
        yield from ((form, reason) for form in forms[1:] or [""])
    elif forms[0] in ("run", "tokens"):
        yield from _word_defects(table, forms[0])
    elif forms[0] == "selector":
        yield from _selector_defects(table)
    else:
        yield from _pattern_defects(table, forms[0])
    examples = table.get("examples")
    if not _is_strings(examples):
        yield "examples", "examples is no list of texts"
        return
    yield from (("examples", reason) for reason in example_defects(tuple(Example(e) for e in examples)))  # type: ignore[union-attr]  # checked above
    keywords = table.get("keywords")
    if forms and forms[0] in ("block", "inline") and _is_strings(keywords) and keywords:
        for example in examples:  # type: ignore[union-attr]  # checked above
            folded = fold(example.replace(OPEN, "").replace(CLOSE, ""))
            if OPEN in example and not any(keyword in folded for keyword in keywords):
                yield "examples", f"no keyword stands in the example {example[:_SHOWN]!r}, so the rule would never look at it"


def _value_defects(table: Mapping[str, Any]) -> Iterator[_Wrong]:
    score = table.get("score", 0.9)
    if not isinstance(score, int | float) or isinstance(score, bool) or not 0 < score <= 1:
        yield "score", f"score is {score!r}; expected a number above 0 and up to 1"
    for key, allowed in (("reach", get_args(Reach)), ("where", get_args(Where))):
        if table.get(key, allowed[0]) not in allowed:
            yield key, f"{key} is {table[key]!r}; expected {', '.join(allowed)}"
    for key in ("least", "max_chars"):
        value = table.get(key, 1)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            yield key, f"{key} is {value!r}; expected a whole number from 1"
    yield from _host_defects(table)
    languages = table.get("languages", [])
    if not _is_strings(languages):
        yield "languages", "languages is no list of codes"
    elif strange := [code for code in languages if not _LANGUAGE.fullmatch(code)]:
        yield "languages", f"languages has {strange[0]!r}; expected codes of two or three letters, such as 'en'"


def _word_defects(table: Mapping[str, Any], form: str) -> Iterator[_Wrong]:
    words = table[form]
    if not _is_strings(words) or not words or not all(w.strip() for w in words):
        yield form, f"{form} is no list of words"
    elif form == "tokens" and any(w != w.lower() or " " in w for w in words):
        yield form, "tokens are single lower-case words of class, id, role or itemprop"
    elif form == "run":
        keywords = table.get("keywords", [])
        if error := _refused(compile_run, tuple(words)):
            yield form, f"{form}: {error}"
        elif not _is_strings(keywords):
            yield "keywords", "keywords is no list of texts"
        elif strange := sorted(set(keywords) - {fold(word) for word in words}):
            yield "keywords", f"the keywords {', '.join(strange)} are no words of the run"
    if form == "tokens" and "keywords" in table:
        yield "keywords", "tokens need no keywords: its words are the keywords"


def _selector_defects(table: Mapping[str, Any]) -> Iterator[_Wrong]:
    selectors = _alternatives_of(table["selector"])
    if not _is_strings(selectors) or not selectors:
        yield "selector", "selector is no selector, nor a list of them"
        return
    for selector in selectors:
        try:
            parse_selector(selector)
        except SelectorError as error:
            yield "selector", f"selector {selector[:_SHOWN]!r}: {error}"
    for key in ("keywords", "reach", "least"):
        if key in table:
            yield key, f"{key} has no meaning beside a selector, which marks the elements that it matches"


def _pattern_defects(table: Mapping[str, Any], form: str) -> Iterator[_Wrong]:
    keywords = table.get("keywords")
    if not _is_strings(keywords) or not keywords or not all(keywords):
        yield "keywords", "keywords is no list of texts; without one of them in a block the expression never runs"
    else:
        for keyword in keywords:
            if fold(keyword) != keyword:
                yield "keywords", f"the keyword {keyword!r} can never occur: rules see the text folded, so write {fold(keyword)!r}"
    expressions = _alternatives_of(table[form])
    if not _is_strings(expressions) or not expressions or not all(expressions):
        yield form, f"{form} is no expression, nor a list of them"
        return
    reasons = [str(error) for expression in expressions if (error := _refused(unicode_pattern, expression))]
    if not reasons and (error := _refused(compile_block if form == "block" else compile_inline, _alternatives(expressions))):
        reasons = [str(error)]
    yield from ((form, f"{form}: {reason}") for reason in reasons)


def _refused(use: Callable[[Any], Any], expression: Any) -> PatternError | None:
    try:
        use(expression)
    except PatternError as error:
        return error
    return None


def _alternatives(expressions: Sequence[str]) -> str:
    """One expression that matches what any of them matches. The matcher compiles the same text, and so gets it from the cache."""
    return "|".join(f"(?:{expression})" for expression in expressions)


def _alternatives_of(value: Any) -> Any:
    """The alternatives of `block`, `inline` or `selector`: a single one, or a list of which any may match."""
    return [value] if isinstance(value, str) else value


def example_defects(examples: tuple[Example, ...]) -> Iterator[str]:
    """What is wrong with a rule's examples, without running them."""
    if not any(e.marked for e in examples):
        yield f"no example of what it marks: a text with {OPEN}...{CLOSE} around it"
    if all(e.marked for e in examples):
        yield f"no example of what it leaves: a text without {OPEN}"
    for example in examples:
        if re.sub(f"[^{OPEN}{CLOSE}]", "", example.source).replace(OPEN + CLOSE, ""):
            yield f"the brackets don't pair up in the example {example.source[:_SHOWN]!r}"


def _is_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value)
