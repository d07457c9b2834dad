"""The second opinion: which blocks trafilatura would take, on every page or where the locator finds next to nothing."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, get_args

from stripper.errors import PolicyError
from stripper.locate.told import verdict_on, word_counts
from stripper.read import Source
from stripper.read.encoding import decode
from stripper.read.guard import harmless
from stripper.read.text import fold, without_surrogates
from stripper.types import FIELD_KINDS, LOCATOR, Mark, Page, Story

Engine = Literal["locator", "both", "trafilatura"]
"""Who chooses the body: the locator; the locator, but trafilatura where that finds next to nothing; trafilatura."""
ENGINES: tuple[Engine, ...] = get_args(Engine)
DEFAULT: Engine = "locator"
_FEW_WORDS = 50
"""The locator has found next to nothing where it takes fewer words that no rule takes away; trafilatura has found something where it takes as many.
Measured in docs/benchmarks.md."""
_LONGEST = 4_000_000
_MOST_TAGS = 25_000
"""Larger sources are not given to trafilatura, which can't be stopped: a menu of so many tags takes it 2 s, and news pages have 500 to 4,000."""
_SHOWN = 0.5
"""Share of its text that the page must show; else the two speak of different texts (a data block, a caption that scripts show)."""


def checked(engine: str) -> Engine:
    """The engine of this name. Raises PolicyError where there is none."""
    for known in ENGINES:
        if engine == known:
            return known
    raise PolicyError(f"unknown engine {engine!r}; the engines are {', '.join(ENGINES)}")


def advised(page: Page, marks: Sequence[Mark], story: Story, engine: Engine, source: Source, encoding: str | None) -> tuple[Page, Story]:
    """The page and the verdict on it, after trafilatura has had its say where the engine asks it.

    `marks` are the rules', `story` is the locator's verdict; `source` and `encoding` are what the page was read from. Where trafilatura has nothing
    to say the locator's verdict stands. A warning on the page tells who chose the body where the engine doesn't.
    """
    if engine == "locator" or (engine == "both" and (page.source != "html" or not _is_scant(page, marks, story.chosen))):
        return page, story
    chosen, problem = _choice(page, source, encoding)
    if engine == "both" and _is_scant(page, marks, chosen):
        return page, story
    if not chosen:
        return _warned(page, f"{problem}, so the locator chose the body"), story
    said = _warned(page, "the locator found next to nothing, so trafilatura chose the body") if engine == "both" else page
    return said, verdict_on(page, story, chosen, "trafilatura leaves it out", LOCATOR)


def _is_scant(page: Page, marks: Sequence[Mark], chosen: frozenset[int]) -> bool:
    """Whether a choice leaves next to nothing where rules have taken theirs."""
    left = word_counts(page, sorted(chosen - _marked(page, marks)))
    return all(words < _FEW_WORDS for words in itertools.accumulate(left))


def _marked(page: Page, marks: Sequence[Mark]) -> set[int]:
    """The blocks that lie within one of the rules' marks of boilerplate."""
    blocks = page.blocks
    starts = [block.start for block in blocks]
    marked: set[int] = set()
    for mark in marks:
        if mark.kind not in FIELD_KINDS:
            index = bisect_left(starts, mark.start)
            while index < len(blocks) and blocks[index].end <= mark.end:
                marked.add(index)
                index += 1
    return marked


def _choice(page: Page, source: Source, encoding: str | None) -> tuple[frozenset[int], str]:
    """The blocks that hold what trafilatura extracts; where there are none, why."""
    if page.source != "html":
        return frozenset(), "trafilatura reads HTML only"
    markup = _markup(source, encoding)
    if len(markup) > _LONGEST or markup.count("<") > _MOST_TAGS:
        return frozenset(), "the page is too large for trafilatura"
    import trafilatura

    from stripper.locate.align import labels
    from stripper.locate.view import words_of

    try:
        text = trafilatura.extract(markup, include_comments=False, include_tables=True)
    except Exception as problem:  # whatever it is: a page that trips trafilatura is no reason to lose it
        return frozenset(), f"trafilatura failed ({type(problem).__name__})"
    if not text:
        return frozenset(), "trafilatura found no article"
    chosen = frozenset(index for index, held in enumerate(labels(page, text)) if held)
    if sum(word_counts(page, sorted(chosen))) < _SHOWN * len(words_of(fold(text))):
        return frozenset(), "trafilatura's text is not what the page shows"
    return chosen, ""


def _markup(source: Source, encoding: str | None) -> str:
    """A page's source as the reader parses it."""
    return without_surrogates(harmless(source if isinstance(source, str) else decode(bytes(source), encoding).text))


def _warned(page: Page, warning: str) -> Page:
    return replace(page, warnings=(*page.warnings, warning))
