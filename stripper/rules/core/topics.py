"""Lists of tags, one tag a line: under a heading, or right under the story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Block, Hit, Kind, Mark

_HEADING_TEXT = """
topics|topic|tags|tag|article tags|related topics|related tags|more on this topic|explore related topics|explore more topics|in this story
keywords|categories|tags in this story|story tags
themen|thema|schlagwörter|schlagworte|stichwörter|ähnliche themen|verwandte themen|relevante themen|mehr zum thema|themen in diesem artikel
thèmes|sujets|mots-clés|sur le même thème|thèmes associés|temas|etiquetas|temas relacionados|tópicos|assuntos|argomenti|tag correlati|onderwerpen
trefwoorden
tagi|tematy|słowa kluczowe|etiketler|konular|теги|темы|タグ|関連タグ|キーワード|标签|关键词|ämnen|emner
archivado en|etiquetado en|filed under|classé dans|arquivado em|archiviato in|abgelegt unter|zapisane w
"""
_HEADINGS = frozenset(_HEADING_TEXT.strip().replace("\n", "|").split("|"))
_TAG_CHARS = 45
_PARAGRAPH_CHARS = 100
_MOST = 25
_MOST_TAGS = 12
_UNLABELLED_CHARS = 34
_MOST_BETWEEN = 4
_SURE = 0.7
"""A line that another rule is so sure of is no tag: the heading of the next list, a link of the footer."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A heading such as "Topics" and the short lines under it."""

    id: str = "tags-under-heading"
    score: float = 0.86
    examples: tuple[Example, ...] = (
        Example(
            "The bridge opens in May, and the council of the island has said so on Tuesday, for the third time this year.\n⟦Topics\n"
            "Bridges\nFerries\nIsland council⟧\nThe harbour office has not yet said when the last ferry is going to leave."
        ),
        Example("Die Brücke öffnet im Mai.\n⟦Schlagwörter:\n• Brücke\n• Fähre⟧\nDer Rat sagte das am Dienstag."),
        Example(
            "The bridge opens in May, and the council of the island has said so on Tuesday, for the third time this year.\n⟦Tags\n"
            "bridge ferry island⟧"
        ),
        Example(
            "The bridge opens in May, and the council of the island has said so on Tuesday, for the third time this year.\n⟦Archivado en:\n"
            "Puentes\nIsla⟧\nMost read\nHarbour office sells the old crane\nIsland school wins the rowing cup"
        ),
        Example("Topics\nBridge to open in May\nMara Quill\nThe bridge opens in May."),
        Example("Topics\nThe council spoke of the bridge, of the ferry and of the road between them."),
        Example("The topics\nBridges\nFerries"),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        headings = [index for index, line in page.short.items() if line.strip(" :：•#|") in _HEADINGS]
        if not headings:
            return
        others = {mark.start for mark in marks if mark.score >= _SURE and mark.kind is not Kind.TOPICS}
        for index in headings:
            below_story = any(page.size(i) >= _PARAGRAPH_CHARS and page.endings[i] in '.!?。"' for i in range(index))
            items = _tags(page, index, below_story, others)
            for block in (page.blocks[index], *items) if items else ():
                yield Hit(block.start, block.end)


@dataclass(frozen=True, slots=True)
class Unlabelled:
    """Three to twelve lines of one to four words right under the story's last paragraph, which doesn't introduce them."""

    id: str = "tags-under-story"
    score: float = 0.62
    examples: tuple[Example, ...] = (
        Example(
            "The bridge opens in May, and the council of the island has said so on Tuesday, for the third time this year and the last.\n"
            "The harbour office has not yet said when the last ferry is going to leave, and whether there is going to be any music then.\n"
            "⟦Bridges\nFerries\nIsland council⟧\nHarbour office sells the old crane to a museum of cranes"
        ),
        Example(
            "The bridge opens in May, and the council of the island has said so on Tuesday, for the third time this year and the last.\n"
            "The harbour office has named the ferries that are not going to sail any more when the bridge is open, and they are these:\n"
            "Marrow\nTarrow\nLady Quill"
        ),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        if page.story is None or not _ends_story(page, page.story[1]):
            return
        first = page.story[1] + 1
        if not any(_is_tag(page, index) for index in range(first, min(len(page.blocks), first + _MOST_BETWEEN))):
            return
        end = page.blocks[page.story[1]].end
        taken = {mark.start for mark in marks if mark.start >= end and mark.score >= 0.5 and mark.kind is not Kind.TOPICS}
        while first < len(page.blocks) and first <= page.story[1] + _MOST_BETWEEN and page.starts[first] in taken:
            first += 1
        last = first
        while last < len(page.blocks) and page.starts[last] not in taken and _is_tag(page, last):
            last += 1
        if 3 <= last - first <= _MOST_TAGS:
            for block in page.blocks[first:last]:
                yield Hit(block.start, block.end)


def _ends_story(page: Lines, index: int) -> bool:
    block = page.blocks[index]
    return page.endings[index] != ":" and not block.lead


def _is_tag(page: Lines, index: int) -> bool:
    line, sign = page.short.get(index, ""), page.text[page.blocks[index].start]
    if page.blocks[index].lead and sign.isalnum():
        return False  # steps, or a ranking
    most = _UNLABELLED_CHARS if line[:1] < "\u2e80" else _UNLABELLED_CHARS // 3
    return 1 < len(line) <= most and line.count(" ") < 4 and line[-1] not in '.!?:;,…。！？"' and not any(c.isdigit() for c in line)


def _tags(page: Lines, heading: int, below_story: bool, others: Set[int]) -> list[Block]:
    """The tags under a heading, up to a line that starts at one of `others`.

    Above the story the headline may follow, so there only items of a list count; so they do after such an item.
    """
    items: list[Block] = []
    for block in page.blocks[heading + 1 : heading + 1 + _MOST]:
        size = block.end - block.start
        glued = not items and size <= 4 * _TAG_CHARS
        if (size > _TAG_CHARS and not glued) or page.text[block.end - 1] in ".!?:…。！？" or (block.level and not block.link_chars):
            break
        if block.start in others or (not block.lead and (not below_story or (items and items[0].lead))):
            break
        items.append(block)
        if size > _TAG_CHARS:
            break
    return items


RULE_SET = RuleSet(
    name="topic-lists",
    kind=Kind.TOPICS,
    marks="A heading such as 'Topics' or 'Tags' and the short lines under it, one tag each; and short lines right under the story.",
    why="They lead to other stories on the same subject.",
    misses="Tags without a heading elsewhere, and tags longer than a few words.",
    rules=(Listed(), Unlabelled()),
)
