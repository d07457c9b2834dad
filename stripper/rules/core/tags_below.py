"""Tags under a story without a word that says so: short lines whose words the story itself holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind

_NEAR = 14
"""Blocks below the story's last paragraph among which its tags stand."""
_TAG_CHARS, _TAG_WORDS = range(3, 41), 4
_NO_TAG = frozenset(".!…?;:。！？")
_SIGNS = "•#,· "
_RUN = range(2, 13)
"""Tags of a story; more of them are a menu."""
_LEAST_HELD, _HELD = 2, 0.6
"""So many of them at least the story holds word for word, and this share."""
_PARAGRAPH_CHARS = 60


@dataclass(frozen=True, slots=True)
class Held:
    """Two to twelve very short lines close under the story, most of them words that it holds, behind which nothing more is told."""

    id: str = "tags-of-its-words"
    score: float = 0.74
    examples: tuple[Example, ...] = (
        Example(
            "12 May 2021\n"
            "The ferry left on Monday for the last time, and the harbour office of Tarnport says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which Mara Quill has done before, and which none of them wants to do once again.\n"
            "Nobody had told the school, which has to find two boats for the eleven children of the other island, and someone who rows.\n"
            "Some of them have asked for a bridge, which has been promised since 1931, and for which there has never been any money.\n"
            "⟦• Tarnport\n• Mara Quill\n• Seafaring⟧\nTarnport Courier is printed on the island."
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office of Tarnport says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which Mara Quill has done before, and which none of them wants to do once again.\n"
            "• About us\n• Our boats\n• Contact"
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office of Tarnport says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, for which they need what the school has got in its shed, oars, a boat and gloves:\n"
            "• Oars\n• A boat\n• Gloves\n"
            "The school is going to give them all of it, on Monday or on Tuesday, if the weather holds, and if the key to the shed is found."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.story is None or not page.tells:
            return
        first, last = page.story
        end = min(len(page.blocks), last + 1 + _NEAR)
        told = page.paragraphs(_PARAGRAPH_CHARS)
        story = page.folded[page.starts[first] : page.blocks[last].end]
        if page.endings[last] == ":":
            return
        for run in _runs(page, range(last + 1, end)):
            held = sum(page.short[index].strip(_SIGNS) in story for index in run)
            if len(run) in _RUN and held >= max(_LEAST_HELD, _HELD * len(run)) and not any(run[-1] < index <= run[-1] + _NEAR for index in told):
                yield Hit(page.starts[run[0]], page.blocks[run[-1]].end)


def _runs(page: Lines, region: Sequence[int]) -> Iterator[list[int]]:
    """Very short lines in a row, all with list markers or all without."""
    run: list[int] = []
    for index in region:
        fits = _is_tag(page.short.get(index, ""))
        if run and not (fits and (page.blocks[index].lead > 0) is (page.blocks[run[-1]].lead > 0)):
            yield run
            run = []
        if fits:
            run.append(index)
    if run:
        yield run


def _is_tag(line: str) -> bool:
    line = line.strip(_SIGNS)
    return len(line) in _TAG_CHARS and line[0].isalpha() and line[-1] not in _NO_TAG and line.count(" ") < _TAG_WORDS


RULE_SET = RuleSet(
    name="tags-below",
    kind=Kind.TOPICS,
    marks="Short lines close under the story, most of which are words of the story: its tags.",
    why="They lead to other stories on the same subject.",
    misses="A lone tag, and tags that are put otherwise than in the story.",
    rules=(Held(),),
)
