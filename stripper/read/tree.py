"""The walk over the tree of a page, which is never edited.  [hot]

What browsers don't show is left out: scripts, templates, form fields, drawings, players, and elements that are hidden by attribute or inline style.
`aria-hidden` hides nothing from the eye, and pages set it on the whole story while a dialog is open, so its text is taken.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from stripper.read.declared import Stated
from stripper.read.stream import CELL, CLOSE_LINK, LINE, OPEN_LINK, Attributes, Scope, Stream, block_name
from stripper.types import Block

_WITHOUT_EVENTS = LexborDocumentOptions.WO_EVENTS.value

# What an element does to the run of text around it.
_INLINE, _SKIP, _BLOCK, _LINK, _BREAK, _CELL, _ITEM, _LIST, _PRE, _BUTTON = range(10)


def _roles() -> dict[str, int]:
    names = {
        _SKIP: "script style template noscript noframes noembed head title base link meta img picture source svg canvas audio video track "
        "iframe frame object embed param map area input select option optgroup datalist textarea progress meter annotation annotation-xml "
        "rt rp col colgroup -comment -doctype",
        _BLOCK: "address article aside blockquote body caption center details dialog dir div fieldset figcaption figure footer form frameset "
        "h1 h2 h3 h4 h5 h6 header hgroup hr html legend main menu nav p search section summary tbody tfoot thead",
        _LINK: "a",
        _BREAK: "br",
        _CELL: "td th",
        _ITEM: "li tr dt dd",
        _LIST: "ul ol dl table",
        _PRE: "pre listing xmp plaintext",
        _BUTTON: "button",
    }
    return {name: role for role, joined in names.items() for name in joined.split()}


_ROLES = _roles()
_STATING = frozenset({"script", "meta", "link", "title"})
_HIDING_STYLE = re.compile(r"(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.IGNORECASE)
_SENTENCES = frozenset({"p", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dd"})
"""Elements of running text, where two neighbouring inline elements without a blank between them may be one word."""


class Walk:
    """A walk over a page, and what it found."""

    def __init__(self, top: LexborNode, shown: frozenset[int] = frozenset()) -> None:
        """Walk over everything below `top`. Hidden elements whose `mem_id` is in `shown` are taken for visible."""
        self.stated: list[Stated] = []
        self.hidden: list[LexborNode] = []
        """Elements that were left out because they are hidden."""
        self._shown = shown
        self._stream = stream = Stream()
        self._joint = False
        self._run(top)
        stream.flush()
        self.text = "".join(stream.out)
        self.blocks: list[Block] = stream.blocks

    def _run(self, top: LexborNode) -> None:
        stream, pieces, enter = self._stream, self._stream.pieces, self._enter
        stack: list[tuple[LexborNode, Scope, int]] = []
        scope = Scope(None, "", {}, "div")
        node = top.first_child
        while node is not None or stack:
            if node is None:
                node, scope, role = stack.pop()
                self._leave(role)
                node = node.next
                continue
            tag = node.tag or "-comment"
            if tag == "-text":
                text = node.text_content or ""
                if stream.first is not None:
                    pieces.append(text)
                    stream.last = scope
                    self._joint = False
                elif text and not text.isspace():
                    pieces.append(text)
                    stream.first = stream.last = scope
                    self._joint = False
                node = node.next
                continue
            role = _ROLES.get(tag, _INLINE)
            inner = enter(node, tag, role, scope)
            if inner is not None and (child := node.first_child) is not None:
                stack.append((node, scope, role))
                scope, node = inner, child
            else:
                if inner is not None:
                    self._leave(role)
                node = node.next

    def _enter(self, node: LexborNode, tag: str, role: int, scope: Scope) -> Scope | None:
        """The scope inside an element, or None where nothing of it is seen."""
        if role == _SKIP:
            if tag in _STATING:
                self.stated.append(Stated(tag, node.attributes, node))
            return None
        attributes = node.attributes
        if attributes:
            if ("itemprop" in attributes or "datetime" in attributes or "rel" in attributes) or tag == "h1":
                self.stated.append(Stated(tag, attributes, node))
            if ("style" in attributes or "hidden" in attributes) and _is_hidden(attributes) and node.mem_id not in self._shown:
                self.hidden.append(node)
                return None
        elif tag == "h1":
            self.stated.append(Stated(tag, attributes, node))
        if tag == "dialog" and "open" not in attributes and node.mem_id not in self._shown:
            self.hidden.append(node)
            return None
        if role <= _LINK and role != _BLOCK:
            if self._joint and (attributes or role) and scope.block not in _SENTENCES:
                self._stream.pieces.append(" ")
            self._joint = False
            if role:
                self._stream.pieces.append(OPEN_LINK)
                self._stream.linked = True
            return Scope(scope, tag, attributes, scope.block)
        self._begin(role)
        return Scope(scope, tag, attributes, block_name(tag, scope))

    def _begin(self, role: int) -> None:
        """An element begins that is no plain inline element."""
        stream = self._stream
        if role == _BREAK:
            stream.pieces.append(LINE)
        elif role == _CELL:
            stream.pieces.append(CELL)
        elif role == _BUTTON:
            stream.pieces.append(" ")
        else:
            stream.flush()
            if role == _ITEM:
                stream.new_item = True
            elif role == _LIST:
                stream.border |= not stream.lists
                stream.lists += 1
            elif role == _PRE:
                stream.preformatted += 1

    def _leave(self, role: int) -> None:
        """An element ends."""
        stream = self._stream
        if role == _INLINE:
            self._joint = True
        elif role == _LINK:
            stream.pieces.append(CLOSE_LINK)
            stream.linked = False
            self._joint = True
        elif role == _BUTTON:
            stream.pieces.append(" ")
        elif role != _CELL and role != _BREAK:
            stream.flush()
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


def parse(source: bytes, scripting: bool = True) -> LexborHTMLParser:
    """The tree of a page in UTF-8. With `scripting`, as browsers have it, the content of <noscript> is no markup."""
    return LexborHTMLParser(source, options=_WITHOUT_EVENTS, scripting=scripting)
