"""What a rule is. A rule file written in Python imports this module and `stripper.types`, and nothing else of stripper.

Each file of a pack is a rule set, whose rules all look for one kind. A TOML table becomes PatternRules (see `stripper.rules.load`).
What a table can't say is a class with the same attributes and a `find` method; its file ends with `RULE_SET = RuleSet(...)`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, Protocol, runtime_checkable

from stripper.rules.threads import DECLARED_TYPES as THREAD_TYPES
from stripper.rules.threads import is_thread
from stripper.rules.times import may_tell_time, time_words
from stripper.types import Block, Hit, Kind, Mark, Page

OPEN, CLOSE = "⟦", "⟧"

Form = Literal["block", "inline", "run", "tokens", "selector"]
Reach = Literal["match", "block", "list", "rest"]
Where = Literal["anywhere", "head", "tail"]


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which ⟦ and ⟧ stand around what the rule must mark; without any, it must mark nothing.

    Where the text begins with "<" it is read as HTML, and the brackets stand inside the page's text.
    """

    source: str

    @property
    def marked(self) -> bool:
        """Whether the rule must mark something in it."""
        return OPEN in self.source


class Lines(Page):
    """A page as rules see it: with what many of them ask of its blocks, each worked out once, when it is first asked for."""

    @classmethod
    def of(cls, page: Page) -> Lines:
        """The same page, with nothing worked out yet."""
        return cls(**{name: getattr(page, name) for name in Page.__slots__})

    @cached_property
    def starts(self) -> list[int]:
        """Where each block starts."""
        return [block.start for block in self.blocks]

    @cached_property
    def endings(self) -> str:
        """The last character of each block, folded."""
        folded = self.folded
        return "".join([folded[block.end - 1] for block in self.blocks])

    @cached_property
    def short(self) -> dict[int, str]:
        """The folded text of each block of at most SHORT_CHARS characters, without its list marker."""
        folded = self.folded
        return {i: folded[b.start + b.lead : b.end] for i, b in enumerate(self.blocks) if b.lead < b.end - b.start <= SHORT_CHARS}

    @cached_property
    def numbered(self) -> dict[int, str]:
        """Those of `short` that hold a digit: dates, times, prices and counts are among them."""
        return {index: line for index, line in self.short.items() if _DIGIT.search(line)}

    @cached_property
    def items(self) -> dict[int, str]:
        """Those of `short` that may be items of a menu: very short, and no end of a sentence."""
        short = ((i, line) for i, line in self.short.items() if len(line) <= _ITEM_CHARS and line[-1] not in _NO_ITEM)
        return {i: line for i, line in short if line.count(" ") < _ITEM_WORDS and not line.startswith(_BY)}

    @cached_property
    def time_lines(self) -> dict[int, tuple[str, ...]]:
        """The words of each of `short` that holds nothing but words that tell times; none in Chinese and Japanese."""
        likely = [(index, line) for index, line in self.short.items() if may_tell_time(line)]
        return {index: words for index, line in likely if (words := time_words(line)) is not None}

    @cached_property
    def sentences(self) -> list[int]:
        """Indices of the blocks of at least 30 characters that end as sentences do."""
        found = []
        for index, (block, last) in enumerate(zip(self.blocks, self.endings, strict=True)):
            if block.end - block.start < 30:
                continue
            if last in SENTENCE_ENDS or (last in CLOSERS and self.text[block.end - 4 : block.end].rstrip(CLOSERS).endswith(SENTENCE_ENDS)):
                found.append(index)
        return found

    def paragraphs(self, least: int) -> Sequence[int]:
        """Indices of the blocks of at least `least` characters that end as sentences do; a third is enough in Chinese, Japanese and Korean."""
        found = self._paragraphs.get(least)
        if found is None:  # some ask at each heading
            found = self._paragraphs[least] = tuple([index for index, size in self._sentence_sizes if size >= least])
        return found

    @cached_property
    def _paragraphs(self) -> dict[int, tuple[int, ...]]:
        """Those that were asked for, by their least size."""
        return {}

    @cached_property
    def _sentence_sizes(self) -> list[tuple[int, int]]:
        """Each of `sentences` with its characters; those of a script without blanks count three, and two more for what a third rounds off."""
        blocks, text = self.blocks, self.text
        sizes = []
        for index in self.sentences:
            start, end = blocks[index][:2]
            sizes.append((index, end - start if text[start] < "\u2e80" else 3 * (end - start) + 2))
        return sizes

    @cached_property
    def story(self) -> tuple[int, int] | None:
        """Indices of the first and the last paragraph of what looks like the page's story; None where no two paragraphs stand together.

        It is the largest cluster of paragraphs, and others that are not much smaller. A guess, good enough for what stands far before and behind it.
        """
        clusters: list[list[int]] = []
        for index in self.paragraphs(_STORY_PARAGRAPH):
            if clusters and index - clusters[-1][-1] <= _NEIGHBOURS:
                clusters[-1].append(index)
            else:
                clusters.append([index])
        sizes = [sum(map(self.size, cluster)) for cluster in clusters]
        large = [cluster for cluster, size in zip(clusters, sizes, strict=True) if size >= _SHARE * max(sizes)]
        return (large[0][0], large[-1][-1]) if large and max(map(len, large)) > 1 else None

    @cached_property
    def types(self) -> frozenset[str]:
        """What the page declares to be, in the words of schema.org and OpenGraph: "NewsArticle", "QAPage", "website"."""
        return frozenset(witness.value for witness in self.declared if witness.field == "type")

    @cached_property
    def is_thread(self) -> bool:
        """Whether the page is a forum's or one of questions and answers, so that what readers wrote is its content."""
        return not self.types.isdisjoint(THREAD_TYPES) or is_thread(self.short.values())

    @cached_property
    def is_index(self) -> bool:
        """Whether an HTML page has no date of its own and hardly any story, but links that are as long as titles, so that these are its content."""
        dates = [witness.origin for witness in self.declared if witness.field == "date"]
        if self.source != "html" or len(dates) == 1 or any(origin != "html" for origin in dates):  # each title of a list may have a time element
            return False
        paragraphs = self.paragraphs(_INDEX_PARAGRAPH)
        near = {index for a, b in pairwise(paragraphs) if b - a <= _STEP for index in (a, b)}
        titles = sum(size for b in self.blocks if (size := b.end - b.start) in _INDEX_TITLE and b.link_chars >= _INDEX_LINKED * size)
        return _INDEX_SHARE * sum(map(self.size, near)) < titles

    @cached_property
    def tells(self) -> bool:
        """Whether the page tells something at length. Where it doesn't, the titles of a list, a shop or a forum may be all it has to say.

        Flat text tells where enough paragraphs follow one another, or fewer of them below a date; HTML does where it is no index.
        """
        return self._tells(_TOLD, _TOLD_DATED)

    @cached_property
    def tells_something(self) -> bool:
        """The same where a short story is enough."""
        return self._tells(_TOLD_SOMETHING, _TOLD_SOMETHING_DATED)

    def _tells(self, least: int, least_dated: int) -> bool:
        if self.source == "html":
            return not self.is_index
        return self._told >= least or (self._told >= least_dated and self._is_dated)

    @cached_property
    def _told(self) -> int:
        """Characters of the longest row of paragraphs."""
        longest, size, last = 0, 0, -2
        for index, chars in self._sentence_sizes:
            if chars >= _TOLD_PARAGRAPH:
                size = chars + (size if index - last == 1 else 0)
                longest, last = max(longest, size), index
        return longest

    @property
    def _is_dated(self) -> bool:
        """Whether one of the lines above the story holds a year or a time."""
        end = self.story[0] if self.story is not None else 0
        return any(_YEAR.search(line) for i in range(max(0, end - _HEAD), end) if (line := self.numbered.get(i)) is not None and "©" not in line)

    def holding(self, phrase: str) -> list[int]:
        """Indices of the blocks in which a phrase stands, in order; `phrase` is folded."""
        folded, starts = self.folded, self.starts
        found = []
        at = folded.find(phrase)
        while at >= 0:
            index = bisect_right(starts, at)
            if index and at < self.blocks[index - 1].end:
                found.append(index - 1)
            at = folded.find(phrase, starts[index]) if index < len(starts) else -1
        return found

    @cached_property
    def word_sets(self) -> dict[int, frozenset[str]]:
        """The different `Block.words`, by their ids: blocks in equal places share one object."""
        return {id(block.words): block.words for block in self.blocks}

    def named(self, names: frozenset[str]) -> list[int]:
        """Indices of the blocks that bear one of these words of markup, or stand in an element that does."""
        sets = {key for key, words in self.word_sets.items() if not names.isdisjoint(words)}
        return [index for index, block in enumerate(self.blocks) if id(block.words) in sets] if sets else []

    def size(self, index: int) -> int:
        """Characters of a block."""
        block: Block = self.blocks[index]
        return block.end - block.start


_DIGIT = re.compile(r"\d")
_INDEX_PARAGRAPH = 80
"""Characters of a paragraph that may belong to a story, if another one follows it"""
_STEP = 1
"""as its next block or so."""
_INDEX_TITLE, _INDEX_LINKED = range(20, 221), 0.8
"""Characters of a block that may be another story's title, and the share of them inside a link."""
_INDEX_SHARE = 2
"""A page whose titles have more than so many times the characters of such paragraphs is an index."""
_TOLD_PARAGRAPH, _TOLD, _TOLD_DATED = 60, 1200, 400
_TOLD_SOMETHING, _TOLD_SOMETHING_DATED = 700, 300
"""Characters of a paragraph of what is told at length, and of all that follow one another: so many, or so many below a date."""
_HEAD = 25
"""Blocks above the story in which its date may stand."""
_YEAR = re.compile(r"(?<![\d.,$€£])(?:19|20)\d\d(?![\d%])|(?<!\d)\d{1,2}[:h]\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d\d(?!\d)| ago(?: |$)|^vor ")
UNSURE = 0.4
"""What a rule gives a hit that may be the page's own content: it removes nothing by itself, but the locator hears of it."""
SHORT_CHARS = 80
"""A block of so many characters is a line: a label, a name, a button, an item of a menu."""
_ITEM_CHARS, _ITEM_WORDS = 45, 5
"""Most characters and words of an item of a menu, and what none of them ends with."""
_BY = ("by ", "written by", "posted by", "words by", "writer:", "author:", "von ", "par ", "por ")
"""How a byline begins, which stands among a page's short lines."""
_NO_ITEM = frozenset(".!…,;:。！")
_STORY_PARAGRAPH = 100
_NEIGHBOURS = 5
"""Paragraphs at most so many blocks apart make a cluster."""
_SHARE = 0.25
"""A cluster belongs to the story where it has this share of the largest one's characters."""
SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？")
CLOSERS = "\"'”’»)"
"""What may stand behind the end of a sentence."""


class Described(Protocol):
    """What every rule tells about itself."""

    @property
    def id(self) -> str:
        """Name of what it finds, unique in its rule set ("already-subscriber"); never reused for something else."""

    @property
    def score(self) -> float:
        """How sure it is, in (0, 1]."""

    @property
    def examples(self) -> tuple[Example, ...]:
        """At least one that it marks and one that it leaves."""


@runtime_checkable
class Rule(Described, Protocol):
    """A rule that looks at the page alone.

    It may have `keywords`, a tuple of plain folded texts, as rules in tables have: it isn't asked about a page where none of them occurs.
    """

    def find(self, page: Lines) -> Iterable[Hit]:
        """Spans of the page that are of the rule set's kind, in any order."""


@runtime_checkable
class ContextRule(Described, Protocol):
    """A rule that also sees the marks of all rules that look at the page alone. It sees them once; context rules don't see each other."""

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterable[Hit]:
        """Spans of the page that are of the rule set's kind, in any order."""


@dataclass(frozen=True, slots=True)
class PatternRule:
    """A rule that a table can say. `stripper.rules.match` runs all of them together; docs/writing-rules.md says what each key means."""

    id: str
    form: Form
    pattern: str = ""
    """RE2 expression over the folded text of one block, for `block` and `inline`; a table may give its alternatives as a list."""
    words: tuple[str, ...] = ()
    """The words of a `run`, the markup words of `tokens`, or selectors: all of them, but for a field the first that the page has."""
    least: int = 3
    keywords: tuple[str, ...] = ()
    reach: Reach = "match"
    where: Where = "anywhere"
    max_chars: int = 0
    languages: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    """The sites that it is for, with their subdomains; without any it is for all pages."""
    score: float = 0.9
    examples: tuple[Example, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules about one kind of boilerplate, or one field."""

    name: str
    kind: Kind
    marks: str
    """What it marks, in a sentence or two."""
    why: str
    """Why that is boilerplate; stands beside every removed span."""
    misses: str
    """What it is known to miss."""
    rules: tuple[PatternRule | Rule | ContextRule, ...]
    file: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """Rule sets that are published, versioned and used together."""

    name: str
    version: str
    hash: str
    """The first 12 hexadecimal digits of the SHA-256 of its files, names and contents, in order of their names."""
    sets: tuple[RuleSet, ...]

    @property
    def label(self) -> str:
        """Name, version and hash, as an Article names the pack."""
        return f"{self.name} {self.version} {self.hash}"
