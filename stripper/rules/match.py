"""Runs the rules of all packs over a page.  [hot]

One pass over the page finds all keywords in it; only the rules that own one of these run, and only on the blocks where it stands.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from stripper.errors import RuleError
from stripper.read.selector import Selector
from stripper.rules.base import Lines, Pack, RuleSet
from stripper.rules.lists import items_under
from stripper.rules.ready import Coded, Compiled, Ready
from stripper.rules.sites import Entry, Sites, hosts_of
from stripper.types import FIELD_KINDS, Hit, Kind, Mark, Page

DECORATION = " |·•*»›→←«‹–—-…>+✕×▶►▼▲⇒↑↓✓✔☰_#:[]()\"'"
"""Characters around a block's words that say nothing about its kind: a `block` expression need not spell them."""

_LISTED = frozenset({Kind.RELATED, Kind.TOPICS})
"""What lists and shops are made of."""
_LONG_LIST = 7
"""Items of a list that is longer than most that lead from a story to others."""
_TOLD, _CLOSE = 100, 2
"""Characters of a paragraph, and blocks from a note to it."""
_ITEM_WEIGHT = 0.9
"""An item is as sure as its heading but for this: what a rule says of the item itself counts more."""
_PIECE = 20_000
"""A longer block is searched for `inline` matches in pieces of so many bytes, and what lies across their borders is missed: an expression that looks
on to the end for each of its matches, as `a(.*z)?` does, takes time with the square of what it sees."""
_UNSURE_WEIGHT = 0.5
"""What a mark weighs that may be the page's own content: it removes nothing by itself."""


_Raw = tuple[int, int, Kind, str, float, str]
"""A mark before it is stamped, in the page's order: start, minus end, kind, rule, minus score, why."""


class Matcher:
    """All rules of some packs, ready to run. What it holds doesn't change from page to page, and it may be used by several threads."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        entries = [
            Entry(full_id(pack, rule_set, rule.id), rule_set, rule)
            for pack in sorted(packs, key=lambda p: p.name)
            for rule_set in pack.sets
            for rule in rule_set.rules
        ]
        self._everywhere = Ready(entry for entry in entries if not hosts_of(entry))
        self._sites = Sites(entries, Ready)

    def selectors(self, url: str | None) -> Mapping[str, Selector]:
        """The selectors to look for when the page at this address is read."""
        return {name: selector for rules in self._rules(url) for name, selector in rules.selectors.items()}

    def _rules(self, url: str | None) -> tuple[Ready, ...]:
        site = self._sites.at(url)
        return (self._everywhere,) if site is None else (self._everywhere, site)

    def mark(self, page: Page) -> tuple[Mark, ...]:
        """The marks of all rules, in the page's order. Raises RuleError where a rule written in Python raises."""
        lines = Lines.of(page)
        groups = self._rules(page.url)
        candidates, asked = self._candidates(lines)
        raw = set(_pattern_marks(lines, candidates))
        for rules in groups:
            raw.update(_token_marks(lines, rules.by_token), _selector_marks(lines, rules.selecting))
        for coded in (*(c for rules in groups for c in rules.code), *asked):
            raw.update(_coded_marks(lines, coded, coded.rule.find))
        marks = [_stamped(r) for r in sorted(raw)]
        context: set[_Raw] = set()
        for coded in (c for rules in groups for c in rules.context):
            context.update(_coded_marks(lines, coded, partial(coded.rule.extend, marks=marks)))
        return tuple(sorted([*marks, *(_stamped(r) for r in context - raw)], key=_order) if context else marks)

    def _candidates(self, page: Lines) -> tuple[dict[Compiled, list[int]], Iterable[Coded]]:
        """Each pattern rule that may fire, with the blocks in which one of its keywords stands, in order; and the coded rules to ask."""
        candidates: dict[Compiled, list[int]] = {}
        asked: dict[str, Coded] = {}
        for rules in self._rules(page.url):
            _look_up(page, rules, candidates, asked)
        return candidates, asked.values()


def _look_up(page: Lines, rules: Ready, candidates: dict[Compiled, list[int]], asked: dict[str, Coded]) -> None:
    """Add what `Matcher._candidates` answers, for these rules."""
    blocks, starts = page.blocks, page.starts
    for last, (length, (compiled_rules, coded_rules)) in rules.find_keywords(page.folded):
        index = bisect_right(starts, last) - 1
        if index < 0 or last >= (end := blocks[index].end) or last - length + 1 < (start := starts[index]):
            continue  # it stands between blocks, or across their border
        size = end - start
        for compiled in compiled_rules:
            if size <= compiled.limit:
                indices = candidates.get(compiled)
                if indices is None:
                    candidates[compiled] = [index]
                elif indices[-1] != index:
                    indices.append(index)
        for coded in coded_rules:
            asked[coded.name] = coded


def _token_marks(page: Lines, by_token: Mapping[str, Sequence[Compiled]]) -> Iterator[_Raw]:
    if page.source != "html" or not by_token:
        return
    tokens = frozenset(by_token)  # two sets meet faster than a set and a dict's keys
    found = {key: shared for key, words in page.word_sets.items() if (shared := words & tokens)}
    for block in page.blocks if found else ():
        for token in found.get(id(block.words), ()):
            for compiled in by_token[token]:
                if block.end - block.start <= compiled.limit:
                    yield _raw(block.start, block.end, compiled)


def _selector_marks(page: Lines, selecting: Iterable[Compiled]) -> Iterator[_Raw]:
    """The elements of each rule; none inside another one of the same rule."""
    if not page.selected:
        return
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end, selector in page.selected:
        spans[selector].append((start, -end))
    for compiled in selecting:
        names = [name for name in compiled.rule.words if name in spans]
        if compiled.rule_set.kind in FIELD_KINDS:
            del names[1:]
        reached = 0
        for start, minus_end in sorted(span for name in names for span in spans[name]):
            if -minus_end > reached:
                reached = -minus_end
                if reached - start <= compiled.limit and (compiled.rule.where == "anywhere" or _is_there(page, start, compiled.rule.where)):
                    yield _raw(start, reached, compiled)


def full_id(pack: Pack, rule_set: RuleSet, rule_id: str) -> str:
    """How a mark names its rule: "set/rule" for the core pack, "pack:set/rule" for others."""
    return f"{rule_set.name}/{rule_id}" if pack.name == "core" else f"{pack.name}:{rule_set.name}/{rule_id}"


def _order(mark: Mark) -> tuple[int, int, str, str, float]:
    return mark.start, -mark.end, mark.kind, mark.rule, -mark.score


def _raw(start: int, end: int, compiled: Compiled, weight: float = 1) -> _Raw:
    return start, -end, compiled.rule_set.kind, compiled.name, -compiled.rule.score * weight, compiled.rule_set.why


def _stamped(raw: _Raw) -> Mark:
    start, end, kind, name, score, why = raw
    return Mark(start, -end, kind, name, -score, why)


def _coded_marks(page: Lines, coded: Coded, look: Callable[[Lines], Iterable[Hit]]) -> list[_Raw]:
    """What a rule written in Python yields; its mistakes become RuleErrors."""
    rule, name, rule_set = coded
    try:
        hits: list[tuple[int, int, float | None]] = [hit if len(hit) == 3 else Hit(*hit) for hit in look(page)]
    except Exception as error:
        raise RuleError(name, f"{type(error).__name__}: {error}") from error
    marks: list[_Raw] = []
    for start, end, score in hits:
        if not 0 <= start < end <= len(page.text):
            raise RuleError(name, f"it yielded the span {start} to {end} on a page of {len(page.text)} characters")
        marks.append((start, -end, rule_set.kind, name, -(rule.score if score is None else score), rule_set.why))
    return marks


def _pattern_marks(page: Lines, candidates: dict[Compiled, list[int]]) -> Iterator[_Raw]:
    cores: dict[int, bytes] = {}
    headings: list[tuple[Compiled, int]] = []
    claims: dict[int, tuple[float, Kind]] = {}
    blocks = page.blocks
    for compiled, indices in candidates.items():
        rule = compiled.rule
        for start, end, index in _FINDERS[rule.form](compiled, page, indices, cores):
            if rule.where != "anywhere" and not _is_there(page, start, rule.where):
                continue
            claims[index] = max(claims.get(index, (0.0, compiled.rule_set.kind)), (rule.score, compiled.rule_set.kind))
            weight = _UNSURE_WEIGHT if _may_be_content(compiled, page) or _is_amid(compiled, page, index) else 1
            if rule.reach == "match":
                yield _raw(start, end, compiled, weight)
                continue
            for block in blocks[index:] if rule.reach == "rest" else blocks[index : index + 1]:
                yield _raw(block.start, block.end, compiled, weight)
            if rule.reach == "rest":
                break  # it comes from its first match on; they come in order
            if rule.reach == "list":
                headings.append((compiled, index))
    kinds = {index: kind for index, (_, kind) in claims.items()}  # the surest rule's, so that no order of rules matters
    for compiled, index in headings:
        items = list(items_under(page, index, compiled.rule_set.kind, kinds))
        weight = _UNSURE_WEIGHT if _may_be_content(compiled, page, len(items)) else _ITEM_WEIGHT
        for item in items:
            yield _raw(blocks[item].start, blocks[item].end, compiled, weight)


def _may_be_content(compiled: Compiled, page: Lines, items: int = 0) -> bool:
    """Whether titles, tags and what leads to them may be what a page is about, which tells little else; a long list is that sooner."""
    return compiled.rule_set.kind in _LISTED and not (page.tells if items > _LONG_LIST else page.tells_something)


def _is_amid(compiled: Compiled, page: Lines, index: int) -> bool:
    """Whether a note stands within the story, with paragraphs close above and below it: there it may be the text's own."""
    if compiled.rule_set.kind is not Kind.DISCLAIMER or page.story is None or not page.story[0] < index < page.story[1]:
        return False
    told = page.paragraphs(_TOLD)
    return index - told[bisect_left(told, index) - 1] <= _CLOSE and told[bisect_right(told, index)] - index <= _CLOSE


Found = Iterable[tuple[int, int, int]]  # start, end, index of the block


def _core(page: Page, index: int, cores: dict[int, bytes]) -> bytes:
    """A block's words, without its list marker and the decoration around them: bytes, because RE2 has to encode what isn't."""
    core = cores.get(index)
    if core is None:
        block = page.blocks[index]
        core = cores[index] = page.folded[block.start + block.lead : block.end].strip(DECORATION).encode()
    return core


def _find_block(compiled: Compiled, page: Page, indices: list[int], cores: dict[int, bytes]) -> Found:
    fullmatch = compiled.pattern.fullmatch
    for index in indices:
        if fullmatch(_core(page, index, cores)):
            block = page.blocks[index]
            yield block.start, block.end, index


def _find_inline(compiled: Compiled, page: Page, indices: list[int], cores: dict[int, bytes]) -> Found:
    for index in indices:
        block = page.blocks[index]
        inner = page.folded[block.start : block.end].encode()
        at = done = 0
        last = block.start
        for edge in range(_PIECE, len(inner) + _PIECE, _PIECE):
            edge = min(edge, len(inner))
            while at <= edge and (match := compiled.pattern.search(inner, at, edge)) is not None:
                start, end = match.span(1)
                if end > start:
                    first = last + len(inner[done:start].decode())
                    done, last = end, first + len(inner[start:end].decode())
                    yield first, last, index
                at = max(end, at + 1)
            at = max(at, edge)


def _find_run(compiled: Compiled, page: Page, indices: list[int], cores: dict[int, bytes]) -> Found:
    """Blocks that hold nothing but words of the run, at least one of them a keyword; neighbours count together."""
    free = 0  # the first block that no run holds yet
    for index in indices:
        if index < free or not (count := _run_words(compiled, page, index, cores)):
            continue
        first = last = index
        while first > free and (words := _run_words(compiled, page, first - 1, cores)):
            first, count = first - 1, count + words
        while last + 1 < len(page.blocks) and (words := _run_words(compiled, page, last + 1, cores)):
            last, count = last + 1, count + words
        free = last + 1
        if count >= compiled.rule.least:
            for at in range(first, last + 1):
                yield page.blocks[at].start, page.blocks[at].end, at


def _run_words(compiled: Compiled, page: Page, index: int, cores: dict[int, bytes]) -> int:
    """How many words of the run a block holds; 0 where it holds anything else."""
    words = _core(page, index, cores)
    if not words or not compiled.pattern.fullmatch(words):
        return 0
    return sum(1 for _ in compiled.word.finditer(words))


_FINDERS = {"block": _find_block, "inline": _find_inline, "run": _find_run}


def _is_there(page: Page, at: int, where: str) -> bool:
    return (at < len(page.text) / 2) == (where == "head")
