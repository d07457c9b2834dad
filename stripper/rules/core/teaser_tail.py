"""Titles of other stories with their decks and captions, from the story's end to the page's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stripper.rules.base import CLOSERS, UNSURE, Example, Lines, RuleSet
from stripper.types import Block, Hit, Kind, Mark

_END_MARKS = frozenset({Kind.TOPICS, Kind.SHARE, Kind.COMMENTS, Kind.AUTHOR_BIO, Kind.RELATED, Kind.PAGINATION})
"""What stands at a story's end. Pictures and offers of all sorts stand between its paragraphs as well."""
_PARAGRAPH_CHARS = 100
_MOST_CHARS = 330
"""A longer block is a paragraph of a story, and no deck."""
_DECK_CHARS = 180
"""Decks and captions have no more characters than this, taken together; answers and tips have."""
_TITLE_CHARS = range(24, 221)
_SIZES = range(10, 240)
"""Characters of any title with its list marker, in any script."""
_LABEL_CHARS, _LABELS = 45, 3
"""Characters of a label, and blocks from its title to it."""
_LEAST_TITLES = 4
_MOST_DECKS = 1.1
"""A title has a deck or a caption, and not both as a rule."""
_MOST_SHARE = 0.6
"""Titles and decks of more than this share of the story's characters may be what the page is for."""
_POSTS = 4
"""A story has its comments counted above and below it. Where they are counted more often among the paragraphs, these are one post's after another,
and the titles are of further posts."""
_MOST_QUESTIONS = 0.25
"""Where more of the titles are questions, they are answered under them."""


@dataclass(frozen=True, slots=True)
class Tail:
    """Four or more titles behind a mark of the story's end, with no two paragraphs in a row and no long one from there to the page's end.

    What other rules claim may stand between. A story that goes on behind the mark has paragraphs in a row, and more of them than headings.
    """

    id: str = "titles-to-the-end"
    score: float = 0.72
    examples: tuple[Example, ...] = (
        Example(
            "12 May 2021\n"
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again.\n"
            "Some of them have asked for a bridge, which the office has promised since 1931, and for which there has never been any money.\n"
            "The mayor has written to the ministry again, and the ministry has answered that it is going to read the letter in the spring.\n"
            "Filed under ferries, harbour\n⟦Harbour office sells the old crane\nIt stood on the quay for ninety years.\n"
            "Island school wins the rowing cup\nThe crew of six has trained since spring.\nBakers strike over the price of flour\n"
            "Nobody wants the lighthouse any more⟧"
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again.\n"
            "Filed under ferries, harbour\nWhat the harbour office says to this\n"
            "It says that nobody has asked it, and that the ferry was never going to be paid by the people of the island alone, or by anyone.\n"
            "The mayor says that this is so, and that she has known it since the spring, when the office wrote to her about the summer.\n"
            "What the baker says about all of it\nWhat the school says about the bread\nWhat the ferry itself would say"
        ),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        if page.story is None or len(page.blocks) - page.story[0] < _LEAST_TITLES + 2:
            return
        begins = page.starts[page.story[0]]
        if not any(mark.start > begins and mark.kind in _END_MARKS for mark in reversed(marks)):
            return
        claims = _claims(page, [mark for mark in marks if mark.start >= begins])
        start = _tail(page, claims)
        first = next((index for index in range(start, len(page.blocks)) if claims.get(index) in _END_MARKS), len(page.blocks))
        free = [index for index in range(first + 1, len(page.blocks)) if index not in claims]
        titles = [index for index in free if _is_title(page, page.blocks[index])]
        if len(titles) < _LEAST_TITLES or _is_page(page, first, claims):
            return
        told = [index for index in free if titles[0] < index < titles[-1] + 2 and _is_told(page, index)]
        asked = sum(page.endings[index] == "?" for index in titles)
        if len(told) > _MOST_DECKS * len(titles) or sum(map(page.size, told)) > _DECK_CHARS * len(told) or asked > _MOST_QUESTIONS * len(titles):
            return
        by_title = {near for index in titles for near in (index - 2, index - 1, index + 1)}
        fitting = {*titles, *by_title.intersection(told)}
        labelled = {near for index in titles for near in range(index - _LABELS, index + _LABELS + 1)}
        found = [i for i in free if titles[0] <= i < titles[-1] + 2 and (i in fitting or (i in labelled and page.size(i) <= _LABEL_CHARS))]
        story = sum(page.size(index) for index in page.paragraphs(_PARAGRAPH_CHARS) if page.story[0] <= index <= page.story[1])
        posts = (
            sum(page.starts[page.story[0]] <= mark.start < page.starts[start] and mark.kind is Kind.COMMENTS for mark in marks)
            if start < len(page.blocks)
            else 0
        )
        sure = page.tells and not page.is_thread and posts < _POSTS and sum(map(page.size, found)) < _MOST_SHARE * story
        for index in found:
            yield Hit(page.blocks[index].start, page.blocks[index].end, None if sure else UNSURE)


def _claims(page: Lines, marks: Sequence[Mark]) -> dict[int, Kind]:
    """The blocks that rules claim, with the kind of the claim."""
    claims: dict[int, Kind] = {}
    at = 0
    for mark in marks:
        if mark.score < 0.5 or mark.kind.is_field:
            continue
        while at < len(page.blocks) and page.blocks[at].end <= mark.start:
            at += 1
        index = at
        while index < len(page.blocks) and page.blocks[index].start < mark.end:
            claims.setdefault(index, mark.kind)
            index += 1
    return claims


def _tail(page: Lines, claims: dict[int, Kind]) -> int:
    """Index of the first block behind the last that only a story has: a long paragraph, or the second of two in a row."""
    paragraphs = {index for index in page.paragraphs(_PARAGRAPH_CHARS) if index not in claims}
    for index in sorted(paragraphs, reverse=True):
        if page.size(index) > _MOST_CHARS or index - 1 in paragraphs:
            return index + 1
    return 0


def _is_page(page: Lines, first: int, claims: dict[int, Kind]) -> bool:
    """Whether as much is told behind a block as before it: then that isn't the end of a story."""
    before = sum(page.size(index) for index in page.sentences if index < first and index not in claims)
    behind = sum(page.size(index) for index in page.sentences if index > first and index not in claims)
    return behind > before


def _is_told(page: Lines, index: int) -> bool:
    block = page.blocks[index]
    return block.end - block.start > _LABEL_CHARS // 2 and page.text[block.end - 4 : block.end].rstrip(CLOSERS).endswith((".", "。", "…", "!"))


def _is_title(page: Lines, block: Block) -> bool:
    if block.end - block.start not in _SIZES:
        return False
    text = page.text[block.start + block.lead : block.end]
    if not text or text.rstrip(CLOSERS).endswith((".", "…", "。", "！", ":", ";", ",", "!")) or "\t" in text:
        return False
    if text[0] >= "\u2e80":
        return 10 <= len(text) <= 80
    return len(text) in _TITLE_CHARS and text.count(" ") >= 3 and not text[0].islower()


RULE_SET = RuleSet(
    name="teaser-tail",
    kind=Kind.RELATED,
    marks="Titles of other stories below the story, with their decks, captions and labels, where they go on to the page's end.",
    why="They lead to other stories.",
    misses="Lists of three titles and fewer, and those behind which a paragraph as long as a story's stands.",
    rules=(Tail(),),
)
