"""Runs the rules of all packs over a page.  [hot]

One pass over the folded text finds which keywords occur at all; only the rules that own one of them run, and only on the blocks where it stands.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stripper.errors import RuleError
from stripper.rules.base import ContextRule, Pack, PatternRule, Rule, RuleSet
from stripper.rules.pattern import compile_block, compile_inline, compile_run, keyword_set
from stripper.types import Block, Hit, Mark, Page

_DECORATION = " |·•*»›→←«‹–—-…>+✕×▶►▼▲⇒↑↓✓✔☰_#:[]()\"'"
"""Characters around a block's words that say nothing about its kind: a `block` expression need not spell them."""

_ITEM_CHARS = 220
"""A longer block is no item of a list."""
_LIST_ITEMS = 60
"""A longer list is cut here."""
_PARAGRAPH_CHARS = 80
"""A longer block that ends a sentence is a paragraph."""


@dataclass(frozen=True, slots=True, eq=False)
class _Compiled:
    """A rule with its compiled expression. Compared by identity, because it is a key on the hot path."""

    rule: PatternRule
    name: str
    rule_set: RuleSet
    pattern: Any
    word: Any = None


class Matcher:
    """All rules of some packs, ready to run. It holds no state between pages, and may be used by several threads."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self._by_keyword: dict[str, list[_Compiled]] = defaultdict(list)
        self._by_token: dict[str, list[_Compiled]] = defaultdict(list)
        self._code: list[tuple[str, RuleSet, Rule]] = []
        self._context: list[tuple[str, RuleSet, ContextRule]] = []
        for pack in sorted(packs, key=lambda p: p.name):
            for rule_set in pack.sets:
                for rule in rule_set.rules:
                    self._add(full_id(pack, rule_set, rule.id), rule_set, rule)
        self._keywords = sorted(self._by_keyword)
        self._set = keyword_set(self._keywords)

    def _add(self, name: str, rule_set: RuleSet, rule: PatternRule | Rule | ContextRule) -> None:
        if not isinstance(rule, PatternRule):
            if isinstance(rule, ContextRule):
                self._context.append((name, rule_set, rule))
            else:
                self._code.append((name, rule_set, rule))
            return
        if rule.form == "tokens":
            for token in rule.words:
                self._by_token[token].append(_Compiled(rule, name, rule_set, None))
            return
        if rule.form == "run":
            compiled = _Compiled(rule, name, rule_set, *compile_run(rule.words))
        else:
            compiled = _Compiled(rule, name, rule_set, (compile_block if rule.form == "block" else compile_inline)(rule.pattern))
        for keyword in rule.keywords:
            self._by_keyword[keyword].append(compiled)

    def mark(self, page: Page) -> tuple[Mark, ...]:
        """The marks of all rules, in the page's order. Raises RuleError where a rule written in Python raises."""
        marks = sorted({*self._pattern_marks(page), *self._token_marks(page), *self._code_marks(page)}, key=_order)
        context = {m for name, rule_set, rule in self._context for m in _stamped(page, name, rule_set, rule, lambda r: r.extend(page, marks))}
        return tuple(sorted({*marks, *context}, key=_order))

    def _pattern_marks(self, page: Page) -> Iterator[Mark]:
        for compiled, blocks in self._candidates(page).items():
            rule = compiled.rule
            hits = _FINDERS[rule.form](compiled, page, blocks)
            for start, end, index in hits:
                if rule.where != "anywhere" and not _is_there(page, start, rule.where):
                    continue
                for a, b in _reached(page, start, end, index, rule):
                    yield Mark(a, b, compiled.rule_set.kind, compiled.name, rule.score, compiled.rule_set.why)

    def _candidates(self, page: Page) -> dict[_Compiled, list[int]]:
        """Each rule that may fire, with the blocks in which one of its keywords stands, in order."""
        # bytes, because str.find is many times slower where a text holds anything beyond Latin-1
        texts = [page.folded[block.start : block.end].encode(errors="replace") for block in page.blocks]
        joined = b"\n".join(texts)
        starts = [0, *itertools.accumulate(len(text) + 1 for text in texts)]
        found = self._set.Match(joined) or ()
        occurring = [self._keywords[i] for i in found if i < len(self._keywords)] if len(self._keywords) in found else self._keywords
        candidates: dict[_Compiled, set[int]] = defaultdict(set)
        for keyword in occurring:
            blocks = list(_blocks_with(keyword.encode(), joined, starts))
            for compiled in self._by_keyword[keyword]:
                candidates[compiled].update(blocks)
        return {compiled: sorted(blocks) for compiled, blocks in candidates.items()}

    def _token_marks(self, page: Page) -> Iterator[Mark]:
        if page.source != "html" or not self._by_token:
            return
        tokens = self._by_token.keys()
        known: dict[int, list[_Compiled]] = {}  # blocks share their word sets
        for block in page.blocks:
            rules = known.get(id(block.words))
            if rules is None:
                rules = known[id(block.words)] = [c for token in sorted(block.words & tokens) for c in self._by_token[token]]
            for compiled in rules:
                if not compiled.rule.max_chars or block.end - block.start <= compiled.rule.max_chars:
                    yield Mark(block.start, block.end, compiled.rule_set.kind, compiled.name, compiled.rule.score, compiled.rule_set.why)

    def _code_marks(self, page: Page) -> Iterator[Mark]:
        for name, rule_set, rule in self._code:
            yield from _stamped(page, name, rule_set, rule, lambda r: r.find(page))


def full_id(pack: Pack, rule_set: RuleSet, rule_id: str) -> str:
    """How a mark names its rule: "set/rule" for the core pack, "pack:set/rule" for others."""
    return f"{rule_set.name}/{rule_id}" if pack.name == "core" else f"{pack.name}:{rule_set.name}/{rule_id}"


def _order(mark: Mark) -> tuple[int, int, str, str, float]:
    return mark.start, -mark.end, mark.kind, mark.rule, -mark.score


def _stamped(page: Page, name: str, rule_set: RuleSet, rule: Any, look: Any) -> Iterator[Mark]:
    """The marks for what a rule written in Python yields; its mistakes become RuleErrors."""
    try:
        hits: list[Hit] = [Hit(*hit) for hit in look(rule)]
    except Exception as error:
        raise RuleError(name, f"{type(error).__name__}: {error}") from error
    for start, end, score in hits:
        if not 0 <= start < end <= len(page.text):
            raise RuleError(name, f"it yielded the span {start} to {end} on a page of {len(page.text)} characters")
        yield Mark(start, end, rule_set.kind, name, rule.score if score is None else score, rule_set.why)


def _blocks_with(keyword: bytes, joined: bytes, starts: list[int]) -> Iterator[int]:
    """The blocks that hold the keyword; block i is joined[starts[i] : starts[i + 1] - 1]."""
    at = joined.find(keyword)
    while at >= 0:
        index = bisect_right(starts, at) - 1
        yield index
        at = joined.find(keyword, starts[index + 1])


Found = Iterable[tuple[int, int, int]]  # start, end, index of the block


def _core(page: Page, index: int) -> tuple[int, str]:
    """Where a block's words begin, and they themselves: without its list marker and the decoration around them."""
    block = page.blocks[index]
    inner = page.folded[block.start + block.lead : block.end].rstrip(_DECORATION)
    stripped = inner.lstrip(_DECORATION)
    return block.end - (block.end - block.start - block.lead) + len(inner) - len(stripped), stripped


def _find_block(compiled: _Compiled, page: Page, indices: list[int]) -> Found:
    limit = compiled.rule.max_chars
    for index in indices:
        block = page.blocks[index]
        if limit and block.end - block.start > limit:
            continue
        if compiled.pattern.fullmatch(_core(page, index)[1]):
            yield block.start, block.end, index


def _find_inline(compiled: _Compiled, page: Page, indices: list[int]) -> Found:
    limit = compiled.rule.max_chars
    for index in indices:
        block = page.blocks[index]
        if limit and block.end - block.start > limit:
            continue
        inner = page.folded[block.start : block.end]
        at = 0
        while (match := compiled.pattern.search(inner, at)) is not None:
            start, end = match.span(1)
            if end > start:
                yield block.start + start, block.start + end, index
            at = max(end, at + 1)


def _find_run(compiled: _Compiled, page: Page, indices: list[int]) -> Found:
    """Blocks that hold nothing but words of the run, at least one of them a keyword; neighbours count together."""
    free = 0  # the first block that no run holds yet
    for index in indices:
        if index < free or not (count := _run_words(compiled, page, index)):
            continue
        first = last = index
        while first > free and (words := _run_words(compiled, page, first - 1)):
            first, count = first - 1, count + words
        while last + 1 < len(page.blocks) and (words := _run_words(compiled, page, last + 1)):
            last, count = last + 1, count + words
        free = last + 1
        if count >= compiled.rule.least:
            yield from _run_spans(page, list(range(first, last + 1)))


def _run_words(compiled: _Compiled, page: Page, index: int) -> int:
    """How many words of the run a block holds; 0 where it holds anything else."""
    words = _core(page, index)[1]
    if not words or not compiled.pattern.fullmatch(words):
        return 0
    return sum(1 for _ in compiled.word.finditer(words))


def _run_spans(page: Page, run: list[int]) -> Found:
    for index in run:
        yield page.blocks[index].start, page.blocks[index].end, index


_FINDERS = {"block": _find_block, "inline": _find_inline, "run": _find_run}


def _is_there(page: Page, at: int, where: str) -> bool:
    return (at < len(page.text) / 2) == (where == "head")


def _reached(page: Page, start: int, end: int, index: int, rule: PatternRule) -> Iterator[tuple[int, int]]:
    blocks = page.blocks
    match rule.reach:
        case "match":
            yield start, end
        case "block":
            yield blocks[index].start, blocks[index].end
        case "list":
            yield blocks[index].start, blocks[index].end
            for item in _items_under(page, index):
                yield blocks[item].start, blocks[item].end
        case "rest":
            for block in blocks[index:]:
                yield block.start, block.end


_CLOSERS = "\"'”’»)] "
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", ":")


def _items_under(page: Page, index: int) -> Iterator[int]:
    """The blocks under a heading that are a list: with list markers of one sort, or nothing but links, or short lines that end no sentence.

    A heading that is itself an item of a list has none: it is one entry among others. Where flat text goes on with a paragraph, the line before it is
    left alone, as that is where a subheading stands.
    """
    heading = page.blocks[index]
    if heading.lead:
        return
    items: list[int] = []
    for item in range(index + 1, min(len(page.blocks), index + 1 + _LIST_ITEMS)):
        if not _continues_list(page, heading, item, items):
            if items and _may_be_subheading(page, items[-1], item):
                items.pop()
            break
        items.append(item)
    yield from items


def _continues_list(page: Page, heading: Block, item: int, items: Sequence[int]) -> bool:
    block = page.blocks[item]
    linked = _is_linked(block)
    if block.end - block.start > _ITEM_CHARS or (block.level and block.level <= (heading.level or 6) and not linked):
        return False
    if items and _marker(page, page.blocks[items[-1]]) not in ("", _marker(page, block)):
        return False
    return bool(block.lead) or linked or not _ends_sentence(page, block)


def _may_be_subheading(page: Page, item: int, follower: int) -> bool:
    block, paragraph = page.blocks[item], page.blocks[follower]
    if block.lead or block.level or _is_linked(block):
        return False
    return paragraph.end - paragraph.start > _PARAGRAPH_CHARS and _ends_sentence(page, paragraph)


def _marker(page: Page, block: Block) -> str:
    """The sort of a block's list marker: "1" for any number, else its sign; "" for none."""
    if not block.lead:
        return ""
    return "1" if page.text[block.start : block.start + block.lead].strip(" ().").isdigit() else page.text[block.start]


def _is_linked(block: Block) -> bool:
    return block.link_chars > 0.6 * (block.end - block.start)


def _ends_sentence(page: Page, block: Block) -> bool:
    return page.text[block.start : block.end].rstrip(_CLOSERS).endswith(_SENTENCE_ENDS)
