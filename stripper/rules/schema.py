"""One TOML file to a rule set, or to everything that is wrong with it, each defect with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

from stripper.errors import Defect
from stripper.read.selector import SelectorError, parse_selector
from stripper.read.text import fold
from stripper.rules.base import CLOSE, OPEN, Example, Form, PatternRule, Reach, RuleSet, Where
from stripper.rules.pattern import PatternError, compile_block, compile_inline, compile_run, unicode_pattern
from stripper.types import Kind

_SET_KEYS = frozenset({"kind", "marks", "why", "misses", "version", "hosts", "rule"})
_FORMS: tuple[str, ...] = get_args(Form)
_RULE_KEYS = frozenset({"id", "languages", "keywords", *_FORMS, "least", "reach", "where", "max_chars", "hosts", "score", "examples"})
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_TOML_LINE = re.compile(r"at line (\d+)")
_HEADER = re.compile(r"\s*\[\[\s*rule\s*\]\]")
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

    A rule with a defect is left out where it can't run; otherwise it stands in with its sound keys, so that its examples can be tried as well.
    """
    name = Path(file).stem.replace("_", "-")
    nothing = RuleSet(name, Kind.OFF_STORY, "", "", "", (), file)
    try:
        source = content.decode("utf-8")
        table = tomllib.loads(source)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Parsed(nothing, None, (Defect(file, "", line, f"not UTF-8: {error.reason}, byte 0x{content[error.start]:02x}"),))
    except tomllib.TOMLDecodeError as error:
        at = _TOML_LINE.search(str(error))
        return Parsed(nothing, None, (Defect(file, "", int(at[1]) if at else source.count("\n") + 1, f"not TOML: {error}"),))
    lines = _Lines(source)
    wrong = list(_set_defects(table))
    defects = [Defect(file, "", lines.of(key), reason) for key, reason in wrong]
    sound = {key: value for key, value in table.items() if key not in dict(wrong)}
    rules, more = _rules(table.get("rule"), tuple(sound.get("hosts", ())), lines, file)
    kind = Kind(sound.get("kind", Kind.OFF_STORY))
    rule_set = RuleSet(name, kind, sound.get("marks", ""), sound.get("why", ""), sound.get("misses", ""), tuple(rules), file)
    return Parsed(rule_set, sound.get("version"), (*defects, *more))


class _Lines:
    """Where the keys of a file stand: TOML's parser doesn't say it."""

    def __init__(self, source: str) -> None:
        self._lines = source.splitlines()
        self.headers = [n for n, line in enumerate(self._lines, 1) if _HEADER.match(line)]

    def of(self, key: str, rule: int = -1) -> int:
        """The line of a key in the rule of this number, or in the file's head; else the first line of these. 0 where rules are no blocks."""
        if rule >= len(self.headers):
            return 0
        start = 1 if rule < 0 else self.headers[rule]
        end = self.headers[rule + 1] if rule + 1 < len(self.headers) else len(self._lines) + 1
        bare = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        return next((n for n in range(start, end) if bare.match(self._lines[n - 1])), start)


def _set_defects(table: Mapping[str, Any]) -> Iterator[_Wrong]:
    for key in sorted(table.keys() - _SET_KEYS):
        yield key, f"unknown key {key!r}; a rule set has {', '.join(sorted(_SET_KEYS))}"
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


def _rules(tables: Any, hosts: tuple[str, ...], lines: _Lines, file: str) -> tuple[list[PatternRule], list[Defect]]:
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        return [], [Defect(file, "", 1, "it has no [[rule]]")]
    rules: list[PatternRule] = []
    defects: list[Defect] = []
    seen: set[str] = set()
    for number, table in enumerate(tables):
        name = str(table.get("id", f"rule {number + 1}"))[:_SHOWN]
        wrong = list(_rule_defects(table))
        if name in seen:
            wrong.append(("id", "this id stands twice in the file"))
        seen.add(name)
        defects += [Defect(file, name, lines.of(key, number), reason) for key, reason in wrong]
        sound = {key: value for key, value in table.items() if key not in dict(wrong)}
        if _can_run(sound):
            rules.append(_rule(sound, hosts, lines.of("", number)))
    return rules, defects


def _can_run(sound: Mapping[str, Any]) -> bool:
    needed = {"id", "examples", "keywords"} if "block" in sound or "inline" in sound else {"id", "examples"}
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
        examples=tuple(Example(e) for e in table["examples"]),
        line=line,
    )


def _rule_defects(table: Mapping[str, Any]) -> Iterator[_Wrong]:
    for key in sorted(table.keys() - _RULE_KEYS):
        yield key, f"unknown key {key!r}; a rule has {', '.join(sorted(_RULE_KEYS))}"
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
            if OPEN in example and not any(k in fold(example.replace(OPEN, "").replace(CLOSE, "")) for k in keywords):
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
