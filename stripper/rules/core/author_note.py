"""A note about the author in plain prose: a last paragraph that begins with the name that the byline gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind

_BYLINE = re.compile(r"(?:written by|by|von|par|por|di|door|przez|af|av|words:|text:)[: ]\s?([^\W\d_][^\d|,:;@]{4,40}?)(?=$|[|,]| - | and | on )")
_ALONE = re.compile(r"[^\W\d_][^\W\d_.'-]{1,20}(?: [^\W\d_][^\W\d_.'-]{0,20}){1,3}")
_NOTE = re.compile(
    r"(?:is an? |is the |is (?:currently|also|one of|chief|co-?founder|founder|professor|managing|senior|executive|editor|director|ceo|cto) "
    r"|was born "
    r"|has (?:been|written|taught|[a-z]{3,12}ed) "
    r"|writes |covers |reports |lives |teaches |works |edits |farms |runs |"
    r"ist |schreibt |lebt |est |écrit |vit |es |escribe |vive |é |escreve |scrive |is een |schrijft )"
)
_WRITER = re.compile(
    r"(?:writes |covers |reports |is (?:an? |the |one of |currently |also )?[^.]{0,60}\b(?:writer|reporter|editor|journalist|columnist"
    r"|correspondent|photographer"
    r"|producer|contributor|blogger|presenter|broadcaster|ceo|cto|cfo|chief|founder|co-founder|director|president|professor|fellow|consultant"
    r"|attorney|lawyer|strategist|analyst"
    r"|partner|engineer|coach|specialist|scientist|researcher|lecturer|physician|historian|novelist|poet)\b)"
)
"""What is said of a person whom no by-word calls the author."""
_NOTE_CHARS = 500
_NEAR = 8
"""A name alone on a line is the author's only so close before the first paragraph."""
_HEAD_BLOCKS = 60
"""A byline stands among so many blocks before the first paragraph's end."""


_STORY = (
    "Nobody in this valley has ever thanked a ditch, although the ditches have kept us dry since 1740.\n\n"
    "We should begin with the one behind the school, which the children call the river.\n\n"
)


@dataclass(frozen=True, slots=True)
class NamedAgain:
    """A paragraph behind the story that says of the byline's person what they are or do."""

    id: str = "byline-named-again"
    score: float = 0.85
    examples: tuple[Example, ...] = (
        Example(f"The mud that we deserve\nBy Hedda Morrow\n\n{_STORY}⟦Hedda Morrow farms at Lower Quay and is the author of a book about rain.⟧"),
        Example(f"Der Graben\nVon Jonte Ahlers\n\n{_STORY}⟦Jonte Ahlers lebt in Unterkai und schreibt über das Wasser.⟧"),
        Example(f"The mud that we deserve\nHedda Morrow\n4 May\n\n{_STORY}⟦Hedda Morrow writes about the valley and its ditches.⟧"),
        Example(f"A day with Hedda Morrow\nBy Col Reyes\n\nHedda Morrow is a farmer who has never thanked a ditch.\n\n{_STORY}"),
        Example(f"The mud that we deserve\nBy Hedda Morrow\n\n{_STORY}Morrow Lane is the place to begin, for that is where the children dig."),
        Example(f"The mud that we deserve\nBy Col Reyes\n\n{_STORY}Hedda Morrow is a farmer at Lower Quay, and she has never thanked a ditch."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        paragraphs = page.sentences
        if len(paragraphs) < 2:
            return
        signed, alone = _names(page, paragraphs[0])
        for index in paragraphs[1:]:
            block = page.blocks[index]
            if block.end - block.start <= _NOTE_CHARS and 2 * block.start > page.blocks[-1].end - _NOTE_CHARS:
                said = page.folded[block.start + block.lead : block.end]
                if _says(said, signed, _NOTE) or _says(said, alone, _WRITER):
                    yield Hit(block.start, block.end)


def _says(said: str, names: set[str], what: re.Pattern[str]) -> bool:
    return any(said.startswith(f"{name} ") and what.match(said, len(name) + 1) for name in names)


def _names(page: Lines, first: int) -> tuple[set[str], set[str]]:
    """Names, folded, that the page gives as its author's behind a by-word or in its metadata, with their first names; and names alone on a line."""
    signed = {name.lower() for witness in page.declared if witness.field == "authors" for name in witness.value}
    alone: set[str] = set()
    for index in range(max(0, first - _HEAD_BLOCKS), first + 1):
        line = page.short.get(index, "")
        if found := _BYLINE.match(line):
            signed.add(found[1].strip())
        elif first - index <= _NEAR and _ALONE.fullmatch(line):
            alone.add(line)
    return signed | {name.split()[0] for name in signed if " " in name}, alone


RULE_SET = RuleSet(
    name="author-note",
    kind=Kind.AUTHOR_BIO,
    marks="A paragraph in the second half of the page that begins with the byline's name and says what that person is or does.",
    why="It is about who wrote the story, and the same under each of theirs.",
    misses="Notes about authors whom no byline with a by-word names, and notes that begin otherwise.",
    rules=(NamedAgain(),),
)
