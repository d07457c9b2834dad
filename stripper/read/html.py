"""HTML to a Page, and what is done for pages whose visible text is next to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from stripper.errors import ReadError
from stripper.read.data import Passage, in_json_ld, in_state
from stripper.read.declared import Stated, declared, language_of
from stripper.read.guard import harmless
from stripper.read.hidden import PROSE, panels, prose
from stripper.read.select import selected
from stripper.read.selector import NO_SELECTORS, Selector
from stripper.read.shadow import unrooted
from stripper.read.stream import words_of
from stripper.read.text import encoded, fold
from stripper.read.tree import Walk, parse
from stripper.types import Block, Page, Witness

_SCANT = 500
"""Characters of prose below which a page is searched for a story that it doesn't show."""
_WORTH = 300
"""Characters of prose that such a story must have more than what is shown."""
_SHELL = 1500
"""Characters of a page below which it may show nothing but its menus, because scripts would fill it."""
_LONGEST_KEY = 40
"""Characters of a key in data that is a name; caches have longer ones."""
_UNSCRIPTED = re.compile(r"<(/?)(?:noscript|noframes|frameset)(?=[\s>])", re.IGNORECASE)
_SWALLOWING = [
    (re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE), re.compile(rf"<{name}(?=[\s>])[^<>]{{0,1000}}>[^<]*", re.IGNORECASE))
    for name in ("script", "style", "title", "textarea")
]
"""Elements that take the rest of the page for their text when they are never closed."""


def read_html(source: str, url: str | None = None, selectors: Mapping[str, Selector] = NO_SELECTORS) -> Page:
    """The visible text of a page, its blocks, what it declares about itself, and where the elements stand that selectors match.

    Raises ReadError where the parser gives up.
    """
    source = harmless(unrooted(source) if "shadowroot" in source else source)
    tree, shown = _walked(source, selectors)
    if shown.hidden and (opened := panels(shown)):
        shown = Walk(shown.top, opened, shown.matched)
    seen = prose(shown.blocks)
    rescued = _rescued(source, selectors, shown, seen) if seen < _SCANT else None
    shown = rescued or shown
    text, blocks = shown.text, shown.blocks
    warnings: tuple[str, ...] = ()
    if seen < _SCANT and not rescued:
        text, blocks, warnings = _with_data(tree, shown, seen)
    found = _declared(tree, shown, url)
    return Page(text, fold(text), tuple(blocks), "html", url, found, language_of(found), None, warnings, selected=shown.selected)


def _walked(source: str, selectors: Mapping[str, Selector] = NO_SELECTORS) -> tuple[LexborHTMLParser, Walk]:
    try:
        tree = parse(encoded(source))
    except SelectolaxError as problem:
        raise ReadError(f"the HTML can't be parsed: {problem}") from None
    matched = selected(tree.root, selectors) if selectors and tree.root is not None else {}
    return tree, Walk(_top(tree), matched=matched)


def _top(tree: LexborHTMLParser) -> LexborNode:
    """The body; the whole tree where there is none, as with framesets."""
    top = tree.body or tree.root
    if top is None:
        raise ReadError("the HTML has no element")
    return top


def _rescued(source: str, selectors: Mapping[str, Selector], shown: Walk, seen: int) -> Walk | None:
    """A walk that takes what scripts would show, or what stands behind a comment or script that never ends, if it finds a story there."""
    for walk in _other_walks(source, selectors, shown, seen):
        if prose(walk.blocks) > seen + _WORTH:
            return walk
    return None


def _other_walks(source: str, selectors: Mapping[str, Selector], shown: Walk, seen: int) -> Iterator[Walk]:
    hidden = frozenset(node.mem_id for node in shown.hidden if len(node.text()) > seen + _WORTH)
    if hidden:
        yield Walk(shown.top, shown.opened | hidden, shown.matched)
    unscripted = _UNSCRIPTED.sub(r"<\1div", source)
    if unscripted != source:
        yield _walked(unscripted, selectors)[1]
    start = source.find("<!--", source.rfind("-->") + 1)
    if start >= 0:
        yield _walked(source[:start] + source[start:].replace("<!--", ""), selectors)[1]
    for closed, opened in _SWALLOWING:
        end = max((found.end() for found in closed.finditer(source)), default=0)
        if opened.search(source, end):
            yield _walked(source[:end] + opened.sub("", source[end:]), selectors)[1]


def _with_data(tree: LexborHTMLParser, shown: Walk, seen: int) -> tuple[str, list[Block], tuple[str, ...]]:
    """Text and blocks with those of a story behind them that stands in data, and a warning that says so."""
    for place, passages in _data(tree, shown):
        new = [passage for passage in passages if passage.text not in shown.text]
        if sum(len(passage.text) for passage in new if len(passage.text) >= PROSE) > seen + _WORTH:
            text, blocks = _with_passages(shown, new)
            return text, blocks, (f"the page shows no story; its text is from the page's {place}",)
    return shown.text, shown.blocks, ()


def _data(tree: LexborHTMLParser, shown: Walk) -> Iterator[tuple[str, list[Passage]]]:
    """Where data of the page may hold a story, and what it holds. A page that shows a list hides no story, unless it declares one."""
    if tree.root is None:
        return
    is_shell = len(shown.text) < _SHELL
    yield "JSON-LD", [passage for passage in in_json_ld(tree.root) if is_shell or passage.keys[-1] == "articleBody"]
    if is_shell:
        yield "data for its scripts", in_state(tree.root)


def _with_passages(shown: Walk, passages: list[Passage]) -> tuple[str, list[Block]]:
    """The visible text with passages behind it. Their keys serve as words of class and id."""
    pieces, added = [shown.text] if shown.text else [], list(shown.blocks)
    length = len(shown.text)
    for passage in passages:
        words = words_of(" ".join(key for key in passage.keys if key.isidentifier() and len(key) <= _LONGEST_KEY))
        for tag, level, line in _lines(passage.text):
            start = length + 2 if pieces else 0
            length = start + len(line)
            pieces.append(line)
            added.append(Block(start, length, gap=True, tag=tag, level=level, path=tag, words=words))
    return "\n\n".join(pieces), added


def _lines(text: str) -> Iterator[tuple[str, int, str]]:
    """Element, heading level and text of each line of a passage."""
    if "</" in text or "<br" in text or "<p>" in text:
        walk = _walked(harmless(text))[1]
        yield from ((block.tag, block.level, walk.text[block.start : block.end]) for block in walk.blocks)
    else:
        yield from (("p", 0, line) for line in (" ".join(line.split()) for line in text.splitlines()) if line)


def _declared(tree: LexborHTMLParser, walked: Walk, url: str | None) -> tuple[Witness, ...]:
    head = tree.head
    stated = [Stated(node.tag or "", node.attributes, node) for node in head.iter()] if head is not None else []
    headings = [Witness("headline", walked.text[b.start : b.end], "html", b.start, b.end) for b in walked.blocks if b.level == 1]
    return declared(stated + walked.stated, tree.root, url) + tuple(headings[:1])
