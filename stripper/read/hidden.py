"""Text that a page holds but doesn't show at once: panels of tabs and accordions, which a click opens, and what scripts bring into sight.

Readers open such panels because they hold what they came for: answers, specifications, instructions for another system. Menus, dialogs, forms and
notices are hidden too, and stay so.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from stripper.read.stream import names_of, words_of
from stripper.read.tree import Walk
from stripper.types import Block

PROSE = 60
"""Characters of a block from which on it counts as prose: longer than entries of menus."""
_MOST = 1000
"""Hidden elements of a page that are looked at; real pages have up to about 200."""
_AROUND = 6
"""Elements around a hidden one whose names tell what it is,"""
_NEAR = 3
"""and around one whose own name says that it is a panel."""
_LEAST = 20
"""Characters that a panel holds at least."""
_TWIN = 0.8
"""Share of a panel's text that stands elsewhere on the page, above which it is a copy for other screens."""
_CHARS_PER_FIELD = 100
"""Characters of a panel for each form field in it, below which it is a form."""


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_PANELS = _set(
    "accordion accordions faq faqs answer answers tab tabs tabpanel panel panels pane panes region collapse collapsible collapsed toggle expander "
    "expand expandable expanded disclosure details readmore showmore"
)
"""Words of class, id and role, and elements, that name panels."""
_OTHERS = _set(
    "account alert alertdialog banner cart consent cookie cookies dialog drawer dropdown error errors facet facets filter filters footer form forms "
    "gdpr header lightbox listbox login megamenu menu menuitem minicart modal modals nav navbar navigation newsletter overlay popover popup popups "
    "search share sharing sidebar signin signup submenu subscribe success toc tooltip tooltips"
)
"""Words and elements that name what is hidden for other reasons."""
_CONTROLS = _set("aria-expanded aria-controls")
_OTHER_TAGS = _set("a button dialog form label nav span")


def prose(blocks: list[Block]) -> int:
    """Characters of the blocks that are long and no links."""
    return sum(b.end - b.start for b in blocks if b.end - b.start >= PROSE and 2 * b.link_chars < b.end - b.start)


def panels(shown: Walk) -> frozenset[int]:
    """Of the elements that a walk left out because they are hidden, those that hold content of the page, by their `mem_id`."""
    known: set[str] | None = None
    found: set[int] = set()
    waiting = shown.hidden[:_MOST]
    for node in waiting:  # grows, because panels hold panels
        if not _may_be_panel(node):
            continue
        if known is None:
            known = {shown.text[b.start : b.end] for b in shown.blocks}
        inside = Walk(node)
        if _is_content(node, inside, known):
            found.add(node.mem_id)
            known.update(inside.text[b.start : b.end] for b in inside.blocks)
            waiting += inside.hidden[: _MOST - len(waiting)]
    return frozenset(found)


def _may_be_panel(node: LexborNode) -> bool:
    if node.tag in _OTHER_TAGS:
        return False
    attributes = node.attributes
    named, reach = False, _AROUND
    for around, element in enumerate(_upwards(node)):
        names = words_of(names_of(element.attributes if around else attributes))
        if element.tag in _OTHERS or not _OTHERS.isdisjoint(names):
            return False
        if around < 2 and not _PANELS.isdisjoint(names):
            named = True
            if not around:
                reach = _NEAR
        if around == reach:
            break
    return named or "aria-labelledby" in attributes or "visibility" in (attributes.get("style") or "").lower() or _stands_under_control(node)


def _upwards(node: LexborNode | None) -> Iterator[LexborNode]:
    while node is not None and node.tag != "html":
        yield node
        node = node.parent


def _stands_under_control(node: LexborNode) -> bool:
    """Whether the element before it opens and closes something, or asks a question."""
    before = node.prev
    for _ in range(3):
        if before is None or not (before.tag or "-").startswith("-"):
            break
        before = before.prev
    if before is None:
        return False
    last = ""
    for inner in itertools.islice(before.traverse(include_text=True), 16):
        if inner.tag == "-text":
            last = (inner.text_content or "").rstrip() or last
        elif not _CONTROLS.isdisjoint(inner.attributes):
            return True
    return last.endswith(("?", "？", "؟", "\u037e"))


def _is_content(node: LexborNode, inside: Walk, known: set[str]) -> bool:
    """Whether what stands inside is neither a copy of something, nor a list of links, nor a form."""
    length = len(inside.text)
    if length < _LEAST or 2 * sum(b.link_chars for b in inside.blocks) >= length:
        return False
    if sum(b.end - b.start for b in inside.blocks if inside.text[b.start : b.end] in known) > _TWIN * length:
        return False
    return len(node.css("input, select, textarea")) <= 2 + length / _CHARS_PER_FIELD
