"""Captions that are known by standing there twice: the alternative text of a picture, and what stands under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import SENTENCE_ENDS, UNSURE, Example, Lines, RuleSet
from stripper.types import Block, Hit, Kind

_CREDIT_WORD = re.compile(
    r"(?:photo(?:s|graph|graphy|graphie)?|picture|image|pic|credit|foto|fotografía|fotografia|bild|grafik|abbildung|crédits?(?: photo)?|visuel|imagen"
    r"|imagem|crédito|immagine|beeld|fot\.|zdjęcie|zdj\.|görsel|fotoğraf|фото|写真|画像|图片|图)s?(?: by)?[: ：]"
)
_CAPTION_CHARS = 700
_SAID_CHARS = 220
"""A shorter sentence that stands twice in the story is a caption; a heading is no sentence, and a paragraph is longer."""
_PARAGRAPH_CHARS = 110
_MOST_TITLES, _MOST_IN_LINE = 3, 2
"""Equal lines that are no sentences, from so many on, are titles of goods or of parts, each with its picture; so are lines that say one twice."""


@dataclass(frozen=True, slots=True)
class Twice:
    """A line said twice in a row, the second time perhaps with a credit behind it: a picture's alternative text and its caption.

    Within the story a picture's text is often said again by the heading under it, so there only the first of two equal lines is marked,
    unless they are a sentence.
    """

    id: str = "said-twice"
    score: float = 0.82
    examples: tuple[Example, ...] = (
        Example(
            "Island votes for a second ferry\nIt is to sail from May\n⟦The old ferry in Tarnport⟧\n⟦The old ferry in Tarnport⟧\n"
            "Mara Quill\nThe island voted on Tuesday."
        ),
        Example(
            "Island votes for a second ferry\n⟦The old ferry in Tarnport⟧\n⟦The old ferry in Tarnport (Mara Quill/SIPA)⟧\nThe "
            "island voted on Tuesday."
        ),
        Example(
            "Island votes for a second ferry\n⟦The old ferry in Tarnport⟧\n⟦The old ferry in Tarnport | Foto: Quill⟧\nThe island voted on Tuesday."
        ),
        Example(
            "The island council voted on Tuesday for a second ferry, which is to sail from May and to carry forty cars a trip, from quay to quay.\n"
            "⟦The quay at Tarnport⟧\nThe quay at Tarnport\nIt was built in 1931."
        ),
        Example("Island votes for a second ferry\nIsland votes for a second ferry\nThe island voted on Tuesday."),
        Example("Island votes for a second ferry\n⟦Barrels of oak⟧\n⟦Barrels of oakBarrels on the quay, 1668.⟧\nThe island voted on Tuesday."),
        Example("Island votes for a second ferry\n⟦barrels of oak⟧\n⟦barrels of oak Barrels after the flood.⟧\nThe island voted on Tuesday."),
        Example("Row, row!\nRow, row!\nThe boat is slow."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        hits = list(self._hits(page))
        titles = sum(1 for hit, is_title in hits if is_title)
        for hit, is_title in hits:
            unsure = is_title and (titles >= _MOST_TITLES or page.story is None or page.is_index)
            yield hit._replace(score=UNSURE) if unsure else hit

    def _hits(self, page: Lines) -> Iterator[tuple[Hit, bool]]:
        """Hits, and whether each may as well be a title of what the page lists: equal lines that are no sentences."""
        text, folded, blocks, starts = page.text, page.folded, page.blocks, page.starts
        firsts = [text[start] for start in starts]
        numbers = [
            n for n in range(1, len(starts) - 1) if firsts[n] == firsts[n + 1] and not blocks[n].lead and _begins_with(page, blocks[n + 1], blocks[n])
        ]
        if not numbers:
            return
        end = page.story[1] if page.story else len(blocks)
        story = next((n for n, last in enumerate(page.endings) if last in '.!?。"' and page.size(n) >= _PARAGRAPH_CHARS), len(blocks))
        for number in numbers:
            first, second, in_head, size = blocks[number], blocks[number + 1], number < story, page.size(number)
            if number > end:
                break  # a picture of another story, and that story's title
            if not 12 <= size <= _CAPTION_CHARS or first.level or second.level or text[first.end - 1] in "!?":
                continue
            more = folded[second.start + size : second.end].strip(" .")
            if more and not _goes_on(text, first, second) and not (len(more) <= 70 and (more[0] in "(|©-[/" or _CREDIT_WORD.match(more))):
                continue
            if not more and text.count(" ", first.start, first.end) < 3:
                continue  # a name: the author's picture and the author
            under_headline = in_head and any(_is_headline(page, block) for block in page.blocks[max(0, number - 4) : number])
            if not more and in_head and not under_headline:
                continue  # the headline itself
            is_said = size < _SAID_CHARS and _is_sentence(text[second.start : second.end])
            yield Hit(first.start, first.end), not more and not is_said
            if more or (is_said if not in_head else under_headline and text[second.end - 1] != "."):
                yield Hit(second.start, second.end), not more and not is_said


def _goes_on(text: str, first: Block, second: Block) -> bool:
    """Whether a caption follows its alternative text in the same line: without a blank, or as a sentence after small letters."""
    at, size = second.start + first.end - first.start, first.end - first.start
    if size > _SAID_CHARS or not text[first.end - 1].isalnum() or text.count(" ", first.start, first.end) not in range(1, 13):
        return False
    if text[at].isupper():
        return True
    small = text[first.start : first.end].islower()
    return small and text[at] == " " and text[at + 1 : at + 2].isupper() and text[second.end - 1] in SENTENCE_ENDS


def _is_headline(page: Lines, block: Block) -> bool:
    return block.end - block.start >= 20 and page.text.count(" ", block.start, block.end) >= 3 and page.text[block.end - 1] != "."


def _is_sentence(text: str) -> bool:
    return len(text) < _SAID_CHARS and text.endswith(".") and ". " not in text and text.count(" ") >= 4


def _begins_with(page: Lines, block: Block, other: Block) -> bool:
    return page.folded.startswith(page.folded[other.start : other.end].rstrip(" ."), block.start, block.end)


@dataclass(frozen=True, slots=True)
class TwiceInLine:
    """A line that holds the same words twice: the alternative text and the caption, run together."""

    id: str = "twice-in-line"
    score: float = 0.75
    examples: tuple[Example, ...] = (
        Example("Island votes for a second ferry\n⟦The old ferry in Tarnport The old ferry in Tarnport⟧\nThe island voted on Tuesday."),
        Example("Island votes for a second ferry\n⟦The old ferry leaves the quay.The old ferry leaves the quay.⟧\nThe island voted on Tuesday."),
        Example("Row, row, row, row."),
        Example("The old ferry in Tarnport is not the old ferry in Oldquay."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        text = page.text
        found = []
        for block in page.blocks[: page.story[1] if page.story else len(page.blocks)]:
            half = (block.end - block.start) // 2
            at, again = block.start, block.end - half
            if 20 <= half <= _CAPTION_CHARS // 2 and text[at] == text[again] and text.startswith(text[at : at + half], again) and text[at].isalnum():
                found.append(block)
        titles = [block for block in found if not _is_sentence(text[block.end - (block.end - block.start) // 2 : block.end])]
        unsure = len(titles) >= _MOST_IN_LINE or page.story is None or page.is_index
        for block in found:
            yield Hit(block.start, block.end, UNSURE if unsure and block in titles else None)


RULE_SET = RuleSet(
    name="caption-twins",
    kind=Kind.CAPTION,
    marks="The texts under pictures that stand twice in a row, as alternative text and as caption.",
    why="It describes a picture that isn't there.",
    misses="Twins that are worded otherwise, and those on pages that list many titles with pictures.",
    rules=(Twice(), TwiceInLine()),
)
