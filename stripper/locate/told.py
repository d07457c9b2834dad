"""A choice of blocks that somebody else than the locator made, as a verdict: a rule that knows the site, or another extractor."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from stripper.types import CERTAIN, Kind, Mark, Page, Story

_MOST_OF = 0.5
"""Share of a block that must lie within what a rule takes for the body."""


def told_story(page: Page, marks: Sequence[Mark], story: Story) -> Story | None:
    """The verdict of the rule that is certain which blocks are the story; None where no rule is. Of several the first by name is heard.

    `story` is the locator's verdict.
    """
    rule = min((mark.rule for mark in marks if mark.kind is Kind.BODY and mark.score >= CERTAIN), default="")
    if not rule:
        return None
    chosen = frozenset(_held(page, [mark for mark in marks if mark.rule == rule]))
    return verdict_on(page, story, chosen, f"outside of what {rule} takes for the story", rule) if chosen else None


def _held(page: Page, marks: Iterable[Mark]) -> Iterator[int]:
    """The blocks that lie within one of these marks for the most part."""
    blocks = page.blocks
    ends = [block.end for block in blocks]
    for mark in marks:
        index = bisect_left(ends, mark.start + 1)
        while index < len(blocks) and blocks[index].start < mark.end:
            start, end = blocks[index][:2]
            if min(end, mark.end) - max(start, mark.start) >= _MOST_OF * (end - start):
                yield index
            index += 1


def verdict_on(page: Page, story: Story, chosen: frozenset[int], reason: str, by: str) -> Story:
    """A choice as a verdict: the scores stay the locator's, and so does the expectation of the whole. `reason` says why a block isn't the story."""
    import numpy as np

    from stripper.locate.decode import expected_f1
    from stripper.locate.scorer import calibrated, shipped

    words = np.fromiter(word_counts(page, range(len(page.blocks))), np.float32)
    expected = calibrated(expected_f1(np.array(story.scores, np.float32), words, chosen), shipped().curve)
    return Story(story.scores, chosen, expected, True, tuple("" if index in chosen else reason for index in range(len(page.blocks))), by)


def word_counts(page: Page, indices: Iterable[int]) -> Iterator[int]:
    """How many words each of these blocks has."""
    from stripper.locate.view import words_of

    for index in indices:
        yield len(words_of(page.folded[page.blocks[index].start : page.blocks[index].end]))
