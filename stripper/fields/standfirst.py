"""The standfirst, or deck: the lines between the headline and the byline that sum the story up."""

from __future__ import annotations

import re

from stripper.fields.head import Head, ends_sentence, is_prose, normal, printable
from stripper.fields.line.words import DECK_MARKUP
from stripper.types import Kind, Witness

READER = "text:standfirst"

_SHORTEST, _LONGEST = 25, 480
_CREDIT = re.compile(r"(?:bild|fotos?|photos?|picture|image|credit|quelle|источник|фото)\s?[:/©]|©|\((?:ap|afp|dpa|reuters|getty)[ )/]", re.I)
"""Who took a picture: the line is its caption."""
_FEW_STEMS, _FULL = 60, 7
"""With fewer different words the story's beginning can't tell what is about the same; a line with so many blanks then speaks for itself."""
_BETWEEN = 4
"""Between headline and standfirst stand at most so many blocks (a caption, a share bar)."""


def find_standfirst(head: Head, headline: int | None, byline: int | None, dated: int | None) -> tuple[tuple[int, ...], tuple[Witness, ...]]:
    """The blocks that are the standfirst, and its witnesses. `byline` and `dated` are the first blocks of byline and date line."""
    if headline is None:
        return (), ()
    below = [i for i in (byline, dated) if i is not None and i > headline]
    limit = min(min(below, default=head.body), head.body + 3)
    declared = _declared(head)
    found: list[int] = []
    for index in range(headline + 1, min(limit, headline + 1 + _BETWEEN, len(head.page.blocks))):
        if _is_deck(head, index, bool(below) and min(below) == limit, declared):
            if found and ends_sentence(head.text(index)) and not ends_sentence(head.text(found[-1])):
                found.clear()
            if not found and index > headline + 1 and not below and not head.page.blocks[index].words & DECK_MARKUP:
                break
            if found and not _goes_on(head, found, index):
                break
            found.append(index)
        elif found:
            break
    if not found or (limit <= max(found) + 1 and limit > head.body and not _story_goes_on(head, limit)):
        return (), ()
    if head.body in found and not below:
        return (), ()
    blocks = head.page.blocks
    value = " ".join(printable(head.text(i)) for i in found)
    why = _why(head, found, normal(value) in declared, bool(below))
    printed = Witness("standfirst", value, READER, blocks[found[0]].start, blocks[found[-1]].end, why)
    same = [
        Witness("standfirst", w.value, w.origin)
        for w in head.page.declared
        if w.field == "standfirst" and isinstance(w.value, str) and 0 < len(w.value) <= 2_000
    ]
    return tuple(found), (printed, *same)


def _why(head: Head, found: list[int], is_declared: bool, is_above: bool) -> str:
    """What tells that these blocks are the standfirst, in words. `is_above` says that a byline or date stands below them."""
    reasons = [
        "the page declares the same" if is_declared else "",
        "its class or id calls it so" if head.page.blocks[found[0]].words & DECK_MARKUP else "",
        "it stands between the headline and the byline or date" if is_above else "it stands below the headline and is about the story",
    ]
    said = " and ".join(reason for reason in reasons if reason)
    return f"{said[0].upper()}{said[1:]}."


def _declared(head: Head) -> set[str]:
    return {normal(w.value) for w in head.page.declared if w.field == "standfirst" and isinstance(w.value, str)} - {""}


def _is_deck(head: Head, index: int, above_byline: bool, declared: set[str]) -> bool:
    block = head.page.blocks[index]
    if head.kinds[index] is not None or block.lead or not _SHORTEST <= block.end - block.start <= _LONGEST:
        return False
    if any(m.kind is not Kind.STANDFIRST and m.start <= block.start and m.end >= block.end for m in head.proposed):
        return False
    text = head.text(index)
    if (text.count(" ") < 3 and text.isascii()) or block.link_chars > 0.6 * len(text):
        return False
    line = head.byline(index)
    if (line and line.strength >= 2) or (len(text) < 80 and head.dates(index)):
        return False
    if block.words & DECK_MARKUP or normal(text) in declared:
        return True
    if _CREDIT.search(text) or text.endswith((":", ",")) or (block.level and not above_byline):
        return False
    if above_byline:
        return ends_sentence(text) or head.coherence(text) >= 0.2 or (len(head.stems) < _FEW_STEMS and text.count(" ") >= _FULL)
    return not ends_sentence(text) and len(text) >= 40 and head.coherence(text) >= 0.25


def _goes_on(head: Head, found: list[int], index: int) -> bool:
    """Whether a further line belongs to the deck: a sentence of its own, not a caption printed twice."""
    text = head.text(index)
    return ends_sentence(text) and ends_sentence(head.text(found[-1])) and text not in (head.text(i) for i in found)


def _story_goes_on(head: Head, index: int) -> bool:
    """Whether prose follows a byline: else the paragraph above it was all of the story."""
    blocks = head.page.blocks
    return any(head.kinds[i] is None and is_prose(head.page, blocks[i]) for i in range(index + 1, min(len(blocks), index + 6)))
