"""Rule packs, from TOML files and from installed packages. All defects of all files are reported together; nothing is loaded by halves."""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import importlib.resources
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, get_args

from stripper.errors import Defect, PackError
from stripper.read.text import fold
from stripper.rules.base import CLOSE, OPEN, Example, Form, Pack, PatternRule, Reach, RuleSet, Where
from stripper.rules.pattern import PatternError, compile_block, compile_inline, compile_run, unicode_pattern
from stripper.types import Kind

ENTRY_POINTS = "stripper.packs"

_SET_KEYS = frozenset({"kind", "marks", "why", "misses", "rule"})
_FORMS: tuple[str, ...] = get_args(Form)
_RULE_KEYS = frozenset({"id", "languages", "keywords", *_FORMS, "least", "reach", "where", "max_chars", "score", "examples"})
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAX_RULES = 20_000
"""A pack with more rules is refused: compiling them would take longer than cleaning a crawl's shard."""


def load_packs(specs: Iterable[str | Path]) -> tuple[Pack, ...]:
    """The packs, in order of their names. A str is the name of an installed pack; a Path is a TOML file, or a folder of them.

    Raises PackError with every defect of every pack.
    """
    packs: dict[str, Pack] = {}
    defects: list[Defect] = []
    for spec in specs:
        try:
            pack = _installed(spec) if isinstance(spec, str) else _from_path(spec)
        except PackError as error:
            defects += error.defects
            continue
        if pack.name in packs:
            defects.append(Defect(str(spec), "", 0, f"two packs are named {pack.name!r}"))
        packs[pack.name] = pack
    if defects:
        raise PackError(tuple(defects))
    return tuple(packs[name] for name in sorted(packs))


def installed_names() -> tuple[str, ...]:
    """The names of all packs that are installed."""
    return tuple(sorted({point.name for point in importlib.metadata.entry_points(group=ENTRY_POINTS)}))


def _installed(name: str) -> Pack:
    points = importlib.metadata.entry_points(group=ENTRY_POINTS, name=name)
    if not points:
        known = ", ".join(installed_names()) or "none"
        raise PackError((Defect(name, "", 0, f"no pack of this name is installed (installed: {known}); a file is given as a Path"),))
    point = next(iter(points))
    folder = importlib.resources.files(point.module)
    version = point.dist.version if point.dist else "0"
    files = [f for f in folder.iterdir() if f.is_file() and f.name.endswith((".toml", ".py")) and not f.name.startswith("_")]
    return _pack(name, version, files, module=point.module)


def _from_path(path: Path) -> Pack:
    if path.is_dir():
        files: list[Traversable] = [f for f in path.iterdir() if f.name.endswith(".toml")]
        if not files:
            raise PackError((Defect(str(path), "", 0, "the folder holds no .toml file"),))
    elif path.is_file():
        files = [path]
    else:
        raise PackError((Defect(str(path), "", 0, "there is no such file or folder"),))
    return _pack(path.stem, "0", files, module=None)


def _pack(name: str, version: str, files: Iterable[Traversable], module: str | None) -> Pack:
    digest = hashlib.sha256()
    sets: list[RuleSet] = []
    defects: list[Defect] = []
    for file in sorted(files, key=lambda f: f.name):
        content = file.read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode() + content)
        try:
            if file.name.endswith(".toml"):
                sets.append(parse_rule_set(content, str(file)))
            else:
                sets.append(_rule_set_of(f"{module}.{file.name.removesuffix('.py')}", str(file)))
        except PackError as error:
            defects += error.defects
    if not defects and sum(len(s.rules) for s in sets) > _MAX_RULES:
        defects.append(Defect(name, "", 0, f"the pack has more than {_MAX_RULES} rules"))
    if defects:
        raise PackError(tuple(defects))
    return Pack(name, version, digest.hexdigest()[:12], tuple(sets))


def _rule_set_of(module: str, file: str) -> RuleSet:
    try:
        found = importlib.import_module(module).RULE_SET
    except Exception as error:
        raise PackError((Defect(file, "", 0, f"importing it failed: {type(error).__name__}: {error}"),)) from error
    if not isinstance(found, RuleSet):
        raise PackError((Defect(file, "", 0, "RULE_SET is no RuleSet"),))
    if defects := [Defect(file, r.id, 0, reason) for r in found.rules for reason in _example_defects(r.examples)]:
        raise PackError(tuple(defects))
    return found


def parse_rule_set(content: bytes, file: str) -> RuleSet:
    """One TOML file as a rule set, named after the file. Raises PackError with all its defects."""
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise PackError((Defect(file, "", 0, f"not UTF-8: {error}"),)) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise PackError((Defect(file, "", int(line[1]) if line else 0, f"not TOML: {error}"),)) from None
    rules, defects = _rules(table.get("rule"), content.decode("utf-8"), file)
    defects = [*(Defect(file, "", 0, reason) for reason in _set_defects(table)), *defects]
    if defects:
        raise PackError(tuple(defects))
    name = Path(file).stem.replace("_", "-")
    return RuleSet(name, Kind(table["kind"]), table["marks"], table["why"], table["misses"], tuple(rules), file)


def _set_defects(table: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted(table.keys() - _SET_KEYS):
        yield f"unknown key {key!r}; a rule set has {', '.join(sorted(_SET_KEYS))}"
    kinds = [str(k) for k in Kind]
    if table.get("kind") not in kinds:
        yield f"kind is {table.get('kind')!r}; expected one of {', '.join(kinds)}"
    for key in ("marks", "why", "misses"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            yield f"{key} is missing: a sentence for the documentation"


def _rules(tables: Any, source: str, file: str) -> tuple[list[PatternRule], list[Defect]]:
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        return [], [Defect(file, "", 0, "it has no [[rule]]")]
    lines = [n for n, line in enumerate(source.splitlines(), 1) if line.strip().startswith("[[rule]]")]
    rules: list[PatternRule] = []
    defects: list[Defect] = []
    seen: set[str] = set()
    for number, table in enumerate(tables):
        line = lines[number] if number < len(lines) else 0
        name = str(table.get("id", f"rule {number + 1}"))
        reasons = list(_rule_defects(table))
        if name in seen:
            reasons.append("this id stands twice in the file")
        seen.add(name)
        defects += [Defect(file, name, line, reason) for reason in reasons]
        if not reasons:
            rules.append(_rule(table, line))
    return rules, defects


def _rule(table: Mapping[str, Any], line: int) -> PatternRule:
    form = next(f for f in _FORMS if f in table)
    words = tuple(table[form]) if form in ("run", "tokens") else ()
    keywords = tuple(table.get("keywords", ()))
    return PatternRule(
        id=table["id"],
        form=form,  # type: ignore[arg-type]  # one of its literals, checked above
        pattern="" if words else _alternatives(_expressions(table[form])),
        words=words,
        least=table.get("least", 3),
        keywords=keywords or tuple(fold(w) for w in words),
        reach=table.get("reach", "match"),
        where=table.get("where", "anywhere"),
        max_chars=table.get("max_chars", 0),
        languages=tuple(table.get("languages", ())),
        score=float(table.get("score", 0.9)),
        examples=tuple(Example(e) for e in table["examples"]),
        line=line,
    )


def _rule_defects(table: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted(table.keys() - _RULE_KEYS):
        yield f"unknown key {key!r}; a rule has {', '.join(sorted(_RULE_KEYS))}"
    if not isinstance(table.get("id"), str) or not _ID.fullmatch(table["id"]):
        yield f"id is {table.get('id')!r}; expected lower-case words joined by hyphens"
    yield from _value_defects(table)
    forms = [f for f in _FORMS if f in table]
    if len(forms) != 1:
        yield f"expected exactly one of {', '.join(_FORMS)}; found {', '.join(forms) or 'none'}"
        return
    if forms[0] in ("run", "tokens"):
        yield from _word_defects(table, forms[0])
    else:
        yield from _pattern_defects(table, forms[0])
    examples = table.get("examples")
    if not _is_strings(examples):
        yield "examples is no list of texts"
        return
    yield from _example_defects(tuple(Example(e) for e in examples))  # type: ignore[union-attr]  # checked above
    keywords = table.get("keywords")
    if forms[0] in ("block", "inline") and _is_strings(keywords) and keywords:
        for example in examples:  # type: ignore[union-attr]  # checked above
            if OPEN in example and not any(k in fold(example.replace(OPEN, "").replace(CLOSE, "")) for k in keywords):
                yield f"no keyword stands in the example {example[:60]!r}, so the rule would never look at it"


def _value_defects(table: Mapping[str, Any]) -> Iterator[str]:
    score = table.get("score", 0.9)
    if not isinstance(score, int | float) or isinstance(score, bool) or not 0 < score <= 1:
        yield f"score is {score!r}; expected a number above 0 and up to 1"
    for key, allowed in (("reach", get_args(Reach)), ("where", get_args(Where))):
        if table.get(key, allowed[0]) not in allowed:
            yield f"{key} is {table[key]!r}; expected {', '.join(allowed)}"
    for key in ("least", "max_chars"):
        value = table.get(key, 1)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            yield f"{key} is {value!r}; expected a whole number from 1"
    if not _is_strings(table.get("languages", [])):
        yield "languages is no list of codes"


def _word_defects(table: Mapping[str, Any], form: str) -> Iterator[str]:
    words = table[form]
    if not _is_strings(words) or not words or not all(w.strip() for w in words):
        yield f"{form} is no list of words"
    elif form == "tokens" and any(w != w.lower() or " " in w for w in words):
        yield "tokens are single lower-case words of class, id, role or itemprop"
    elif form == "run":
        compile_run(tuple(words))
        if strange := sorted(set(table.get("keywords", ())) - {fold(word) for word in words}):
            yield f"the keywords {', '.join(strange)} are no words of the run"
    if form == "tokens" and "keywords" in table:
        yield "tokens need no keywords: its words are the keywords"


def _pattern_defects(table: Mapping[str, Any], form: str) -> Iterator[str]:
    keywords = table.get("keywords")
    if not _is_strings(keywords) or not keywords or not all(keywords):
        yield "keywords is no list of texts; without one of them in a block the expression never runs"
    else:
        for keyword in keywords:
            if fold(keyword) != keyword:
                yield f"the keyword {keyword!r} can never occur: rules see the text folded, so write {fold(keyword)!r}"
    expressions = _expressions(table[form])
    if not _is_strings(expressions) or not expressions or not all(expressions):
        yield f"{form} is no expression, nor a list of them"
        return
    defects = [str(error) for expression in expressions if (error := _refused(unicode_pattern, expression))]
    if not defects and (error := _refused(compile_block if form == "block" else compile_inline, _alternatives(expressions))):
        defects = [str(error)]
    yield from (f"{form}: {defect}" for defect in defects)


def _refused(use: Callable[[str], Any], expression: str) -> PatternError | None:
    try:
        use(expression)
    except PatternError as error:
        return error
    return None


def _alternatives(expressions: Sequence[str]) -> str:
    """One expression that matches what any of them matches. The matcher compiles the same text, and so gets it from the cache."""
    return "|".join(f"(?:{expression})" for expression in expressions)


def _expressions(value: Any) -> Any:
    """The alternatives of `block` or `inline`: one expression, or a list of which any may match."""
    return [value] if isinstance(value, str) else value


def _example_defects(examples: tuple[Example, ...]) -> Iterator[str]:
    if not any(e.marked for e in examples):
        yield f"no example of what it marks: a text with {OPEN}...{CLOSE} around it"
    if all(e.marked for e in examples):
        yield f"no example of what it leaves: a text without {OPEN}"
    for example in examples:
        if re.sub(f"[^{OPEN}{CLOSE}]", "", example.source).replace(OPEN + CLOSE, ""):
            yield f"the brackets don't pair up in the example {example.source[:60]!r}"


def _is_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value)
