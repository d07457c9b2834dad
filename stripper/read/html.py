"""HTML to a Page, and what is done for pages whose visible text is next to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from stripper.errors import ReadError
from stripper.read.declared import Stated, declared, language_of
from stripper.read.guard import harmless
from stripper.read.hidden import panels, prose
from stripper.read.shadow import unrooted
from stripper.read.text import fold, without_surrogates
from stripper.read.tree import Walk, parse
from stripper.types import Block, Page, Witness

_SCANT = 500
"""Characters of prose below which a page is searched for a story that it doesn't show."""
_WORTH = 300
"""Characters of prose that such a story must have more than what is shown."""
_UNSCRIPTED = re.compile(r"<(/?)(?:noscript|noframes|frameset)(?=[\s>])", re.IGNORECASE)


def read_html(source: str, url: str | None = None) -> Page:
    """The visible text of a page, its blocks, and what it declares about itself. Raises ReadError where the parser gives up."""
    source = harmless(unrooted(source) if "shadowroot" in source else source)
    tree, shown = _walked(source)
    if shown.hidden and (opened := panels(shown)):
        shown = Walk(shown.top, opened)
    found = _declared(tree, shown, url)
    text, blocks = shown.text, shown.blocks
    warnings: tuple[str, ...] = ()
    if (seen := prose(blocks)) < _SCANT:
        if rescued := _rescued(source, shown, seen):
            text, blocks = rescued.text, rescued.blocks
        elif (story := next((w.value for w in found if w.field == "articleBody"), "")) and len(story) > seen + _WORTH:
            text, blocks = _with_story(text, blocks, story)
            warnings = ("the page shows no story; its text is the articleBody of the page's JSON-LD",)
    return Page(text, fold(text), tuple(blocks), "html", url, found, language_of(found), None, warnings)


def _walked(source: str) -> tuple[LexborHTMLParser, Walk]:
    try:
        tree = parse(without_surrogates(source).encode())
    except SelectolaxError as problem:
        raise ReadError(f"the HTML can't be parsed: {problem}") from None
    return tree, Walk(_top(tree))


def _top(tree: LexborHTMLParser) -> LexborNode:
    """The body; the whole tree where there is none, as with framesets."""
    top = tree.body or tree.root
    if top is None:
        raise ReadError("the HTML has no element")
    return top


def _rescued(source: str, shown: Walk, seen: int) -> Walk | None:
    """A walk that takes what scripts would show, or what stands behind a comment that never ends, if it finds a story there."""
    for walk in _other_walks(source, shown, seen):
        if prose(walk.blocks) > seen + _WORTH:
            return walk
    return None


def _other_walks(source: str, shown: Walk, seen: int) -> Iterator[Walk]:
    hidden = frozenset(node.mem_id for node in shown.hidden if len(node.text()) > seen + _WORTH)
    if hidden:
        yield Walk(shown.top, shown.opened | hidden)
    unscripted = _UNSCRIPTED.sub(r"<\1div", source)
    if unscripted != source:
        yield _walked(unscripted)[1]
    start = source.find("<!--", source.rfind("-->") + 1)
    if start >= 0:
        yield _walked(source[:start] + source[start:].replace("<!--", ""))[1]


def _with_story(text: str, blocks: list[Block], story: str) -> tuple[str, list[Block]]:
    """The visible text with the paragraphs of a declared story behind it."""
    if "</p>" in story or "<br" in story:
        story = _walked(harmless(story))[1].text
    pieces, added = [text] if text else [], list(blocks)
    length = len(text)
    for paragraph in (" ".join(line.split()) for line in story.splitlines()):
        if paragraph:
            start = length + 2 if pieces else 0
            length = start + len(paragraph)
            pieces.append(paragraph)
            added.append(Block(start, length, gap=True, tag="p", path="p"))
    return "\n\n".join(pieces), added


def _declared(tree: LexborHTMLParser, walked: Walk, url: str | None) -> tuple[Witness, ...]:
    head = tree.head
    stated = [Stated(node.tag or "", node.attributes, node) for node in head.iter()] if head is not None else []
    headings = [Witness("headline", walked.text[b.start : b.end], "html", b.start, b.end) for b in walked.blocks if b.level == 1]
    return declared(stated + walked.stated, tree.root, url) + tuple(headings[:1])
