"""Which blocks are the list under a heading?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stripper.rules.base import Lines
from stripper.types import Block, Kind, Page

_ITEM_CHARS = 220
"""A longer block is no item of a list."""
_LONG_CHARS = 250
"""A paragraph that is longer than what another story is about, in a list of stories."""
_LIST_ITEMS = 60
"""A longer list is cut here."""
_AMONG_ITEMS = frozenset(
    {Kind.ADVERT, Kind.TIMESTAMP, Kind.ICON_ALT, Kind.CAPTION, Kind.CREDIT, Kind.SHARE, Kind.TOPICS, Kind.PAYWALL, Kind.COMMENTS}
)
"""What else stands in lists of stories: labels, times, pictures, locks, numbers of comments. Anything of another kind ends a list."""
_LABELS, _LABELS_BEHIND = 5, 1
"""Lines in a list of stories that are no titles: names, sections, times. More of them in a row are another list, but for the first."""
_TITLE_CHARS, _WIDE_TITLE_CHARS, _TITLE_BLANKS = 15, 8, 2
"""Characters of a title at least, also in scripts without blanks, and the blanks in it."""
_HEAD_BLOCKS = 8
"""So many blocks before the story's first paragraph belong to its own head: kicker, headline, byline, date."""
_PARAGRAPH_CHARS = 80
"""A longer block that ends a sentence is a paragraph."""

_CLOSERS = "\"'”’»)] "
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", ":")


def items_under(page: Lines, index: int, kind: Kind, claims: Mapping[int, Kind]) -> Iterator[int]:
    """The blocks under a heading that are a list: with list markers of one sort, or nothing but links, or short lines that end no sentence.

    A heading that is itself an item of a list has none: it is one entry among others. A list above the story ends before the story's own head, whose
    lines are as short as any item. Where flat text goes on with a paragraph, the line before it is left alone, as that is where a subheading stands.
    `claims` has the kinds of blocks that rules found by themselves: another kind ends the list.
    """
    heading = page.blocks[index]
    if heading.lead:
        return
    items: list[int] = []
    titles = 0
    below = kind is Kind.RELATED and _is_below_story(page, index)
    head = _head_of_story(page, index)
    for item in range(index + 1, min(len(page.blocks), index + 1 + _LIST_ITEMS)):
        block = page.blocks[item]
        if item in head and not block.lead and not _is_linked(block):
            break
        claim = claims.get(item, kind)
        if (claim is not kind and claim not in _AMONG_ITEMS) or not (
            _continues_list(page, heading, item, items) or (below and _is_deck(page, index, item))
        ):
            if items and (not below or _goes_on(page, item)) and _may_be_subheading(page, items[-1], item):
                items.pop()
            break
        items.append(item)
        titles = len(items) if _is_title(page, block) else titles
        if kind is Kind.RELATED and len(items) - titles > _LABELS:
            items = items[: titles + _LABELS_BEHIND] if titles else []  # cells of a table, or a menu
            break
    if titles or kind is not Kind.RELATED:
        yield from items


def _continues_list(page: Page, heading: Block, item: int, items: Sequence[int]) -> bool:
    block = page.blocks[item]
    linked = _is_linked(block)
    if block.end - block.start > _ITEM_CHARS or (block.level and block.level <= (heading.level or 6) and not linked):
        return False
    if items and _marker(page, page.blocks[items[-1]]) not in ("", _marker(page, block)):
        return False
    return bool(block.lead) or linked or not _ends_sentence(page, block)


def _head_of_story(page: Lines, index: int) -> range:
    """The blocks of the story's head, where a block stands above it."""
    return range(page.story[0] - _HEAD_BLOCKS, page.story[0]) if page.story is not None and index < page.story[0] - _HEAD_BLOCKS else range(0)


def _is_below_story(page: Lines, index: int) -> bool:
    """Whether the story ends before a block: all its paragraphs, or three long ones or more, stand above, and no long one below."""
    long = page.paragraphs(_LONG_CHARS)
    return (page.story is not None and index > page.story[1]) or (len(long) > 2 and index > long[-1])


def _is_deck(page: Page, heading: int, item: int) -> bool:
    """Whether a block may tell what another story is about: below this story a sentence does, but neither a list's first nor the third in a row."""
    block = page.blocks[item]
    if item - 1 == heading or block.end - block.start > _ITEM_CHARS or block.level:
        return False
    return not (_ends_sentence(page, page.blocks[item - 1]) and _ends_sentence(page, page.blocks[item - 2]))


def _goes_on(page: Page, item: int) -> bool:
    """Whether two paragraphs follow one another here."""
    return all(b.end - b.start > _PARAGRAPH_CHARS and _ends_sentence(page, b) for b in page.blocks[item : item + 2]) and item + 1 < len(page.blocks)


def _may_be_subheading(page: Page, item: int, follower: int) -> bool:
    block, paragraph = page.blocks[item], page.blocks[follower]
    if block.lead or block.level or _is_linked(block):
        return False
    return paragraph.end - paragraph.start > _PARAGRAPH_CHARS and _ends_sentence(page, paragraph)


def _is_title(page: Page, block: Block) -> bool:
    start = block.start + block.lead
    if page.text[start : start + 1] >= "\u2e80":
        return block.end - start >= _WIDE_TITLE_CHARS
    return block.end - start >= _TITLE_CHARS and page.text.count(" ", start, block.end) >= _TITLE_BLANKS


def _marker(page: Page, block: Block) -> str:
    """The sort of a block's list marker: "1" for any number, else its sign; "" for none."""
    if not block.lead:
        return ""
    return "1" if page.text[block.start : block.start + block.lead].strip(" ().").isdigit() else page.text[block.start]


def _is_linked(block: Block) -> bool:
    return block.link_chars > 0.6 * (block.end - block.start)


def _ends_sentence(page: Page, block: Block) -> bool:
    return page.text[block.start : block.end].rstrip(_CLOSERS).endswith(_SENTENCE_ENDS)
