"""The walk over the tree of a page, which is never edited.  [hot]

What browsers don't show is left out: scripts, templates, form fields, drawings, players, and elements that are hidden by attribute or inline style.
`aria-hidden` hides nothing from the eye, and pages set it on the whole story while a dialog is open, so its text is taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from stripper.read.declared import Stated
from stripper.read.spans import Spans
from stripper.read.stream import CELL, CLOSE_LINK, LINE, OPEN_LINK, Attributes, Scope, Stream
from stripper.types import Block

_WITHOUT_EVENTS = LexborDocumentOptions.WO_EVENTS.value

# What an element does to the run of text around it; from _BLOCK on, its borders end the run.
_INLINE, _LINK, _SKIP, _BREAK, _CELL, _BUTTON, _BLOCK, _ITEM, _LIST, _PRE, _DIALOG = range(11)
_ROLE_NAMES = {
    _LINK: "a",
    _SKIP: "script style template noscript noframes noembed head title base link meta img picture source svg canvas audio video track iframe frame "
    "object embed param map area input select option optgroup datalist textarea progress meter annotation annotation-xml rt rp col colgroup "
    "-comment -doctype",
    _BREAK: "br",
    _CELL: "td th",
    _BUTTON: "button",
    _BLOCK: "address article aside blockquote body caption center details dir div fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 "
    "header hgroup hr html legend main menu nav p search section summary tbody tfoot thead",
    _ITEM: "li tr dt dd",
    _LIST: "ul ol dl table",
    _PRE: "pre listing xmp plaintext",
    _DIALOG: "dialog",
}
_ROLES = {name: role for role, names in _ROLE_NAMES.items() for name in names.split()}
_STATING = frozenset({"script", "meta", "link", "title"})
_TELLING = frozenset({"style", "hidden", "itemprop", "datetime", "rel"})
"""Attributes that hide an element or state a fact."""
_HIDING_STYLE = re.compile(r"(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.IGNORECASE)

_NO_MATCHES: Mapping[int, tuple[str, ...]] = {}

_PLACEHOLDER = re.compile(r"[BP]:([0-9a-f]{1,8})")

_CONTAINERS = ("div", "section", "header", "footer", "center", "address", "hgroup", "form", "fieldset", "figure")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARAGRAPH_LENDERS = frozenset({"li", "dd", "blockquote", "figcaption"})
_LENDERS = _PARAGRAPH_LENDERS | {"dt", "td", "th", "caption", "summary", "legend", "pre", *_HEADINGS}
_LENT = dict.fromkeys(_CONTAINERS, _LENDERS) | {"p": _PARAGRAPH_LENDERS}
"""For plain containers and paragraphs the elements around them whose name their blocks bear instead of their own."""
_NOTHING: frozenset[str] = frozenset()
_SENTENCES = frozenset({"p", "pre", "blockquote", "dd", *_HEADINGS})
"""Elements of running text, where two neighbouring inline elements without a blank between them may be one word."""


class Walk:
    """A walk over a page, and what it found."""

    def __init__(self, top: LexborNode, shown: frozenset[int] = frozenset(), matched: Mapping[int, tuple[str, ...]] = _NO_MATCHES) -> None:
        """Walk over everything below `top`.

        Hidden elements whose `mem_id` is in `shown` are taken for visible; blocks in them bear the word "collapsed". `matched` names for the `mem_id`
        of elements the selectors that match them.
        """
        self.stated: list[Stated] = []
        """Elements that may state a fact about the page."""
        self.hidden: list[LexborNode] = []
        """Elements that were left out because they are hidden."""
        self.top = top
        self.opened = shown
        """Hidden elements that were taken for visible."""
        self.matched = matched
        self._placed: set[str] = set()
        self._stream = Stream(Spans(matched))
        self._run(top)
        self.text = "".join(self._stream.out)
        self.blocks: list[Block] = self._stream.blocks
        around = (name for node in (top.parent, top) if node is not None for name in matched.get(node.mem_id, ())) if matched else ()
        self.selected = self._stream.spans.all(self.text, tuple(around))
        """Where the matched elements stand in `text`."""

    def _run(self, top: LexborNode) -> None:
        """The walk itself: every step that most nodes take stands in this one loop, because a call would double its price."""
        stream, pieces, flush, role_of = self._stream, self._stream.pieces, self._stream.flush, _ROLES.get
        spans, matched = stream.spans, self.matched or None  # None is seen faster than that nothing is in a dict
        scope: Scope = [None, None, _BLOCK, "", {}, "div", 0, "", _NOTHING]
        last = scope
        first: Scope | None = None  # the scope of the run's first text
        joint = False  # whether an inline element ended just now
        node = top.first_child
        while True:
            if node is None:
                outer, node, role = scope[:3]
                if matched is not None and node is not None and node.mem_id in matched:
                    spans.leave(len(pieces))
                if role >= _BLOCK:
                    if pieces:
                        flush(first, last)
                        first = None
                    if role != _BLOCK:
                        self._end(role)
                elif role == _INLINE:
                    joint = True
                elif role == _LINK:
                    pieces.append(CLOSE_LINK)
                    stream.linked = False
                    joint = True
                elif role == _BUTTON:
                    pieces.append(" ")
                if node is None or outer is None:
                    return
                scope = outer
                node = node.next
                continue
            tag = node.tag or "-comment"
            if tag == "-text":
                text = node.text_content or ""
                if first is not None or not (text.isspace() or not text):
                    if first is None:
                        first = scope
                    pieces.append(text)
                    last = scope
                    joint = False
                node = node.next
                continue
            role = role_of(tag, _INLINE)
            if role == _SKIP:
                if tag in _STATING:
                    self.stated.append(Stated(tag, node.attributes, node))
                elif tag == "template" and (streamed := self._streamed(node)) is not None:
                    scope = [scope, node, _INLINE, tag, {}, scope[5], scope[6] + 1, None, None]
                    node = streamed.first_child
                    continue
                node = node.next
                continue
            attributes = node.attributes
            if (not _TELLING.isdisjoint(attributes) or role == _DIALOG) and self._is_left_out(node, tag, attributes):
                node = node.next
                continue
            block = scope[5]
            if role >= _BLOCK:
                if pieces:
                    flush(first, last)
                    first = None
                if role != _BLOCK:
                    self._begin(role)
                if block not in _LENT.get(tag, _NOTHING):
                    block = tag
            elif role <= _LINK:
                if joint and (attributes or role) and block not in _SENTENCES:
                    pieces.append(" ")
                joint = False
                if role:
                    pieces.append(OPEN_LINK)
                    stream.linked = True
            else:
                pieces.append(LINE if role == _BREAK else CELL if role == _CELL else " ")
                if role == _CELL:
                    block = tag
            scope = [scope, node, role, tag, attributes, block, scope[6] + 1, None, None]
            if matched is not None and node.mem_id in matched:
                spans.enter(node.mem_id, len(pieces))
            node = node.first_child

    def _is_left_out(self, node: LexborNode, tag: str, attributes: Attributes) -> bool:
        """Whether an element is hidden; one that states a fact is remembered in either case."""
        if "itemprop" in attributes or "datetime" in attributes or "rel" in attributes:
            self.stated.append(Stated(tag, attributes, node))
        hidden = _is_hidden(attributes) or (tag == "dialog" and "open" not in attributes)
        if not hidden:
            return False
        if node.mem_id not in self.opened:
            self.hidden.append(node)
            return True
        attributes["role"] = f"{attributes.get('role') or ''} collapsed"
        return False

    def _streamed(self, template: LexborNode) -> LexborNode | None:
        """The hidden element at the page's end that a script would put in this place: React's servers send late parts of a page like that."""
        found = _PLACEHOLDER.fullmatch(template.id or "")
        if found is None or found[1] in self._placed:
            return None
        self._placed.add(found[1])
        return self.top.css_first(f'div[hidden][id="S:{found[1]}"]')

    def _begin(self, role: int) -> None:
        """A list, an item of one, or preformatted text begins."""
        stream = self._stream
        if role == _ITEM:
            stream.new_item = True
        elif role == _LIST:
            stream.border |= not stream.lists
            stream.lists += 1
        elif role == _PRE:
            stream.preformatted += 1

    def _end(self, role: int) -> None:
        stream = self._stream
        if role == _LIST:
            stream.lists -= 1
            stream.border |= not stream.lists
        elif role == _PRE:
            stream.preformatted -= 1


def _is_hidden(attributes: Attributes) -> bool:
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    return style is not None and _HIDING_STYLE.search(style) is not None


def parse(source: bytes) -> LexborHTMLParser:
    """The tree of a page in UTF-8, as browsers build it that run scripts: the content of <noscript> is no markup."""
    return LexborHTMLParser(source, options=_WITHOUT_EVENTS, scripting=True)
