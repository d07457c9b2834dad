"""Alternative texts of pictures: what is to be seen, told in the present to those who can't see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind

_BEGINNINGS = (
    "a ",
    "an ",
    "two ",
    "three ",
    "several ",
    "bar ",
    "line ",
    "pie ",
    "stacked ",
    "map ",
    "graphic ",
    "chart ",
    "portrait ",
    "screenshot ",
)
_SEEN = re.compile(
    r"(?:an?|two|three|several) (?:[\w'-]+ ){0,4}?(?:man|men|woman|women|person|people|boys?|girls?|couple|child|children|crowd|officers?"
    r"|soldiers?|protest[eo]rs?|players?|workers?|group)\b.{0,70}?\b(?:wearing|holding|stands?|standing|sits?|sitting|seated|smiles?|smiling|poses?|posing|gestures?|gesturing"
    r"|looks? at|looking|is interviewed|are interviewed|in front of|pointing|carrying|laughing|hugging|embrace|walks? past|walking)\b.{0,120}"
    r"|(?:an? |the )?(?:(?:bar|line|pie|area|column|stacked(?: area| bar)?) (?:chart|graph)s?|map|graphic|infographic|diagram|chart|graph|screenshot)"
    r" (?:showing|shows|entitled|titled|depicting|illustrating) .{8,380}"
    r"|portrait of .{4,60}"
)
_TOLD = re.compile(
    r"\b(?:said|says|was|were|had|has|have|will|would|could|who|died|told|after|when|if|that|because|you|your|i|we|he|she|they|should|can|need"
    r"|(?!(?:red|interviewed|seated|bearded|striped|colou?red|checked|pictured|framed|hooded|tattooed)\b)[a-z]+ed)\b"
)
"""Words of stories and of advice; a picture's text tells what is to be seen now."""
_CHARS = range(20, 420)
_SENTENCE_CHARS = 170


@dataclass(frozen=True, slots=True)
class Described:
    """Within the story a line of its own that describes what a picture or a chart shows ("A woman in a red coat stands on a quay.")."""

    id: str = "scene-described"
    score: float = 0.68
    examples: tuple[Example, ...] = (
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "⟦A woman in a red coat stands on a quay.⟧\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "⟦Bar chart showing the price of a ticket since 1931, which doubles every nine years.⟧\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "A woman standing on the quay said that she would row.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.story is None:
            return
        folded = page.folded
        for block in page.blocks[page.story[0] + 1 : page.story[1]]:
            start, end, lead = block[:3]
            if not folded.startswith(_BEGINNINGS, start) or end - start not in _CHARS or lead:
                continue
            if not _SEEN.fullmatch(folded, start, end):
                continue
            scene = folded.startswith(("a ", "an ", "two ", "three ", "several "), start) and not _is_chart(folded[start : start + 40])
            if not scene or (end - start <= _SENTENCE_CHARS and not _TOLD.search(folded, start, end) and ". " not in folded[start:end]):
                yield Hit(start, end)


def _is_chart(text: str) -> bool:
    return any(word in text for word in ("chart", "graph", "map ", "diagram", "screenshot"))


RULE_SET = RuleSet(
    name="alt-texts",
    kind=Kind.CAPTION,
    marks="Lines within the story that describe what a picture or a chart shows, in English.",
    why="It stands in for a picture that isn't there.",
    misses="Descriptions in other languages, and those of places and things.",
    rules=(Described(),),
)
