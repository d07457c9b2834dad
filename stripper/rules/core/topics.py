"""Lists of tags under a heading, one tag a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from stripper.rules.base import UNSURE, Example, Lines, RuleSet
from stripper.types import Block, Hit, Kind, Mark

_HEADING_TEXT = """
topics|topic|tags|tag|article tags|related topics|related tags|more on this topic|explore related topics|explore more topics|in this story|keywords
categories|tags in this story|story tags|themen|thema|schlagwörter|schlagworte|stichwörter|ähnliche themen|verwandte themen|relevante themen
themen in diesem artikel|mehr lesen über|mehr über|erwähnt in diesem artikel|thèmes|sujets|mots-clés|sur le même thème|thèmes associés|temas
etiquetas|temas relacionados|tópicos|assuntos|argomenti|tag correlati|onderwerpen|trefwoorden|more about|read more about|read more on
read more news on|read more on these topics|explore more on these topics|explore topics|in this article|more topics|mentioned in this article
sur ces sujets|dans cet article|sujets associés|mots clés|en este artículo|más sobre|temas de la noticia|mais sobre|saiba mais sobre|nesta matéria
tags da notícia|altro su|temi|in questo articolo|meer over|tags bij dit artikel|více o tématu|související témata|témata|štítky|więcej na temat
więcej o|powiązane tematy|ilgili konular|ilgili etiketler|etiket|сюжеты|упоминания|по темам|関連トピック|関連ワード|この記事のタグ|相关标签|话题
相关话题|标签|關鍵字|相關標籤|tagi|tematy|słowa kluczowe|etiketler|konular|теги|темы|タグ|関連タグ|キーワード|关键词|ämnen|emner|archivado en
etiquetado en|filed under|classé dans|arquivado em|archiviato in|abgelegt unter|zapisane w
"""
_HEADINGS = frozenset(_HEADING_TEXT.strip().replace("\n", "|").split("|"))
_TAG_CHARS = 45
_PARAGRAPH_CHARS = 100
_MOST = 25
_SURE = 0.75
"""A line that another rule is so sure of is no tag: a link of the footer. The heading of other stories is none however sure its rule is."""


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
        headings = [i for i, line in page.short.items() if line.strip(" :：•#|") in _HEADINGS and not page.blocks[i].lead]  # an item is a menu's
        if not headings:
            return
        others = {mark.start for mark in marks if (mark.score >= _SURE and mark.kind is not Kind.TOPICS) or mark.kind is Kind.RELATED}
        for index in headings:
            below_story = any(page.size(i) >= _PARAGRAPH_CHARS and page.endings[i] in '.!?。"' for i in range(index))
            items = _tags(page, index, below_story, others)
            for block in (page.blocks[index], *items) if items else ():
                yield Hit(block.start, block.end, None if page.tells else UNSURE)


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
    marks="A heading such as 'Topics' or 'Tags' and the short lines under it, one tag each.",
    why="They lead to other stories on the same subject.",
    misses="Tags without a heading, and tags longer than a few words.",
    rules=(Listed(),),
)
