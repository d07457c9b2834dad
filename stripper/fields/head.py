"""The part of a page where its fields stand: around the place where the story begins. All readers look at this one view."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from stripper.fields.language import find_language
from stripper.fields.line.byline import MAX_LINE, only_by_word, parse
from stripper.fields.line.dates import Moment, dates_in
from stripper.fields.line.months import MONTHS
from stripper.fields.line.people import Byline
from stripper.types import CERTAIN, FIELD_KINDS, Block, Kind, Mark, Page, Story, Witness

_SENTENCE_END = re.compile(r"[.!?…。！？।؟۔][\"'”’»)\]」』]{0,3}$")
_PROSE_CHARS = 60
_LONG_CHARS = 220
_SURE = 0.5
"""Marks with a lower score say nothing about a block."""
_COVER = 0.6
"""A mark that covers this share of a block tells what the block is."""
_VOCABULARY_CHARS = 2_500
_STEM = re.compile(r"([^\W_]{4,5})[^\W_]{0,40}")
"""The first letters of a word tell it well enough, whatever its ending."""
_INDIC = re.compile(r"[\u0900-\u0dff]")
_INDIC_STEM = re.compile(r"([\u0900-\u0963\u0966-\u0dff]{4,5})[\u0900-\u0963\u0966-\u0dff]{0,40}")
"""In scripts of India vowels are marks on the letters, which are no letters to a regular expression."""
SCRIPTIO_CONTINUA = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
"""A character of a script that is written without blanks between words."""
_INVISIBLE = re.compile("[\xad\u200b\u2060\ufeff]")
_MONTH_AND_YEAR = re.compile(r"\d{1,2}[./]\s?\d{4}")
_CJK_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]{2,40}")
_WORDS = re.compile(r"[^\W_]{1,40}")

REACH = 30
"""Fields are looked for in so many blocks before the story's first."""


@dataclass(frozen=True, slots=True)
class Head:
    """A page as the field readers see it."""

    page: Page
    kinds: tuple[Kind | None, ...]
    """For each block the kind of boilerplate that rules say it is, or None."""
    proposed: tuple[Mark, ...]
    """The rules' marks of field kinds, but for those of rules that are certain."""
    certain: tuple[Mark, ...]
    """These."""
    story: Story
    body: int
    """Index of the block with which the story's prose begins; the number of blocks where there is none."""
    last: int
    """Index of the story's last block; -1 where there is none."""
    stems: frozenset[str]
    """Beginnings of the words of the story's first paragraphs, to tell whether a line is about the same."""

    language: str | None
    languages: tuple[Witness, ...]
    """The witnesses of the page's language; `language` is the believed one's."""
    lines: dict[int, Byline | None] = field(default_factory=dict)
    """What `byline` has read in single blocks so far: several readers ask for the same."""
    moments: dict[int, tuple[Moment, ...]] = field(default_factory=dict)
    """The same for `dates`."""
    texts: dict[int, str] = field(default_factory=dict)
    """The same for `text`."""
    normals: dict[int, str] = field(default_factory=dict)
    """The same for `said`."""

    def byline(self, index: int) -> Byline | None:
        """What a block says as a byline; None for long ones and those that aren't shaped like one."""
        if index not in self.lines:
            text = self.text(index)
            self.lines[index] = parse(text, self.language, self.dates(index)) if len(text) <= MAX_LINE else None
        return self.lines[index]

    def dates(self, index: int) -> tuple[Moment, ...]:
        """The dates in a short block, offsets from the start of `text(index)`; none in a long one."""
        known = self.moments.get(index)
        if known is None:
            text = self.text(index)
            known = self.moments[index] = tuple(dates_in(text, self.language)) if len(text) <= MAX_LINE else ()
        return known

    def only_by(self, index: int) -> bool:
        """Whether a block is a by-word alone, so that the next one holds the name."""
        return only_by_word(self.text(index))

    def start(self, index: int) -> int:
        """Where a block's text begins: behind its list marker, but before a number, which may be the day of a date ("9. Mai")."""
        block = self.page.blocks[index]
        if not block.lead:
            return block.start
        behind = block.start + block.lead
        if not self.page.text[block.start].isdigit():
            return behind
        after = self.page.text[behind : min(block.end, behind + 20)]
        word = _WORDS.match(after)
        return block.start if (word and word[0].lower() in MONTHS) or _MONTH_AND_YEAR.match(after) else behind

    def text(self, index: int) -> str:
        """A block's text from `start(index)` on."""
        text = self.texts.get(index)
        if text is None:
            text = self.texts[index] = self.page.text[self.start(index) : self.page.blocks[index].end]
        return text

    def said(self, index: int) -> str:
        """A block's text for comparing: see `normal`."""
        said = self.normals.get(index)
        if said is None:
            said = self.normals[index] = normal(self.text(index))
        return said

    def repeated(self, index: int) -> bool:
        """Whether the same line stands just above or below: a picture's alternative text beside what it shows."""
        text = self.text(index)
        return any(self.text(i) == text for i in (index - 1, index + 1) if 0 <= i < len(self.kinds))

    def before(self) -> range:
        """The blocks before the story, as far as fields are looked for."""
        return range(max(0, self.body - REACH), min(self.body, len(self.page.blocks)))

    def coherence(self, text: str) -> float:
        """Share of a line's words that the story's beginning holds too, 0 to 1."""
        words = stems(text)
        return len(words & self.stems) / len(words) if words else 0.0


def view(page: Page, marks: Sequence[Mark], story: Story) -> Head:
    """Where the story begins, and what the rules say about each block."""
    kinds = _kinds(page, marks)
    proposed = [mark for mark in marks if mark[2] in FIELD_KINDS and mark.score >= _SURE]
    certain = tuple([mark for mark in proposed if mark.score >= CERTAIN])
    chosen = sorted(story.chosen)
    prose = _first_prose(page, chosen, kinds)
    body = prose[0] if prose else chosen[0] if chosen and story.found else len(page.blocks)
    languages = find_language(page, page.blocks[body].start if body < len(page.blocks) else 0)
    language = str(languages[0].value) if languages else None
    return Head(
        page,
        kinds,
        tuple([mark for mark in proposed if mark.score < CERTAIN]),
        certain,
        story,
        body,
        chosen[-1] if chosen else -1,
        _vocabulary(page, prose),
        language,
        languages,
    )


def _first_prose(page: Page, chosen: Sequence[int], kinds: Sequence[Kind | None]) -> list[int]:
    """The story's paragraphs from its beginning on, as many as the vocabulary takes."""
    found: list[int] = []
    room = _VOCABULARY_CHARS
    for index in chosen:
        if room <= 0:
            break
        if kinds[index] is None and is_prose(page, page.blocks[index]):
            found.append(index)
            room -= page.blocks[index].end - page.blocks[index].start
    return found


def is_prose(page: Page, block: Block) -> bool:
    """Whether a block reads like a paragraph: a sentence that ends, or more than any headline holds."""
    size = block.end - block.start
    if block.level or block.tag in ("figcaption", "title"):
        return False
    text = page.text[block.start : block.end]
    if size < _PROSE_CHARS:
        return size >= 20 and not text.isascii() and ends_sentence(text) and len(SCRIPTIO_CONTINUA.findall(text)) > 0.5 * size
    return size >= _LONG_CHARS or (ends_sentence(text) and (text.count(" ") >= 7 or SCRIPTIO_CONTINUA.search(text) is not None))


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _SENTENCE_END.search(text[-6:]) is not None


def normal(text: str) -> str:
    """A line for comparing: its words, in small letters, with single blanks."""
    text = text[:1_000]
    return " ".join(_WORDS.findall(text.lower() if text.isascii() else shown(text).casefold()))


def printable(text: str) -> str:
    """A line as a field's value: single blanks, no soft hyphens or other characters that don't show."""
    return " ".join(shown(text).split())


def shown(text: str) -> str:
    """A text without soft hyphens and other characters that don't show."""
    return _INVISIBLE.sub("", text) if _INVISIBLE.search(text) else text


def stems(text: str) -> set[str]:
    """Beginnings of the words that carry meaning: those of four letters and more; pairs of characters where a script has no blanks."""
    text = text.casefold()
    found = set(_STEM.findall(text))
    if not text.isascii() and SCRIPTIO_CONTINUA.search(text):
        found.update(run[i : i + 2] for run in _CJK_RUN.findall(text) for i in range(len(run) - 1))
    elif not text.isascii() and _INDIC.search(text):
        found.update(_INDIC_STEM.findall(text))
    return found


def _vocabulary(page: Page, prose: Sequence[int]) -> frozenset[str]:
    text = "\n".join(page.text[page.blocks[i].start : page.blocks[i].end] for i in prose)
    return frozenset(stems(text[:_VOCABULARY_CHARS]))


def _kinds(page: Page, marks: Sequence[Mark]) -> tuple[Kind | None, ...]:
    starts, ends = [block[0] for block in page.blocks], [block[1] for block in page.blocks]
    kinds: list[Kind | None] = [None] * len(starts)
    best = [0.0] * len(starts)
    for start, end, kind, _, score, *_ in marks:
        if score < _SURE or kind in FIELD_KINDS:
            continue
        index = bisect_right(ends, start)
        while index < len(ends) and (first := starts[index]) < end:
            last = ends[index]
            whole = start <= first and end >= last
            if (whole or min(end, last) - max(start, first) >= _COVER * (last - first)) and score >= best[index]:
                before = kinds[index]
                if before is None or (score, kind) > (best[index], before):
                    kinds[index], best[index] = kind, score
            index += 1
    return tuple(kinds)
