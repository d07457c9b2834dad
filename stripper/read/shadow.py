"""Declarative shadow roots, whose content browsers show although it stands in a template."""

from __future__ import annotations

import re

_TEMPLATE = re.compile(r"<(?:(/)template(?=[\s>])|template(?=[\s>])([^<>]{0,2000})>)", re.IGNORECASE)
_ROOT = re.compile(r"\sshadowroot(?:mode)?\s{0,9}=", re.IGNORECASE)


def unrooted(source: str) -> str:
    """`source` with an element of no meaning, `shadow-root`, in place of each template that is a shadow root.

    The parser keeps templates apart from the tree. What the page has for the slots of a root follows its content.
    """
    pieces: list[str] = []
    roots: list[bool] = []  # for each open template whether it is a shadow root
    copied = 0
    for found in _TEMPLATE.finditer(source):
        if found[1]:
            replaced, name = bool(roots) and roots.pop(), "</shadow-root"
            end = found.end()
        else:
            roots.append(_ROOT.search(found[2]) is not None)
            replaced, name, end = roots[-1], "<shadow-root>", found.end()
        if replaced:
            pieces += source[copied : found.start()], name
            copied = end
    return "".join([*pieces, source[copied:]])
