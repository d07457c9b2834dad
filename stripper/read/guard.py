"""Markup that parsers choke on, made harmless before it is parsed; the text stays.

lexbor needs time quadratic in the depth of nesting and in the attributes of one element, and time and memory quadratic in formatting elements that
are never closed, because each block that follows reopens all of them (measured: 100,000 nested div 12 s, 50,000 attributes 4 s, 40 kB of unclosed
<b> and <i> 1.3 GB).
"""

from __future__ import annotations

import re
from collections import Counter

_MOST_TAGS = 20_000
"""Below, no nesting is deep enough to matter; news pages have 500 to 4,000 tags."""
_LARGE = 2_000_000
_DEEPEST = 400
"""Levels that are kept. Browsers stop at 512; the deepest real pages that were seen have about 100."""
_MOST_FORMATTING = 20
"""Formatting elements that may be open at once."""
_MOST_REOPENED = 600_000
"""Formatting elements times tags; below, reopening them costs less than a second even when none is ever closed."""
_LONGEST_TAG = 30_000
"""Characters of one tag; a longer one loses its attributes."""


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_FORMATTING = frozenset({"b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"})
_FORMATTING_TAG = re.compile(rf"<(?:{'|'.join(sorted(_FORMATTING))})(?=[\s/>])", re.IGNORECASE)
_FORMATTING_OR_COMMENT = re.compile(rf"<!--.*?(?:-->|\Z)|<(/?)({'|'.join(sorted(_FORMATTING))})(?=[\s/>])", re.IGNORECASE | re.DOTALL)
_VOID = _set("area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr")
_CLOSED_BY_NEXT = _set("p li dt dd tr td th tbody thead tfoot option optgroup colgroup caption rb rt rp rtc html head body")
"""Elements that end where the next of their kind begins, so that they don't nest by themselves."""
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "iframe", "noframes", "noembed", "xmp")
}
_BARRIERS = frozenset({"table", "button", "object", "marquee", "applet", "template", "svg", "math"})
"""Elements that an end tag of another name doesn't close."""
_INLINE = _set("a abbr acronym bdi bdo cite del dfn ins kbd label mark q ruby samp span sub sup time var") | _FORMATTING
_TAG = re.compile(r"<(?:!--|/?([a-zA-Z][^\s/>]*))")
_QUOTE_OR_END = re.compile(r"""[>"']""")


def harmless(source: str) -> str:
    """`source`, without the tags that would take a parser too long. Nearly always the same object."""
    return _flattened(source) if _is_suspicious(source) else source


def _is_suspicious(source: str) -> bool:
    tags = source.count("<")
    if tags > _MOST_TAGS or len(source) > _LARGE:
        return True
    if tags * tags > _MOST_REOPENED and tags * len(_FORMATTING_TAG.findall(source)) > _MOST_REOPENED and tags * _most_open(source) > _MOST_REOPENED:
        return True
    return any(_inside_long_tag(source, start) for start in range(0, len(source) - _LONGEST_TAG // 2, _LONGEST_TAG // 2))


def _most_open(source: str) -> int:
    """The most formatting elements that are open at once, as far as tags outside comments tell."""
    most = depth = 0
    for slash, name in _FORMATTING_OR_COMMENT.findall(source):
        if slash:
            depth = max(0, depth - 1)
        elif name:
            depth += 1
            most = max(most, depth)
    return most


def _inside_long_tag(source: str, start: int) -> bool:
    """Whether no tag begins in a stretch of source, and it stands inside a tag: the value of an attribute may hold ">", too."""
    end = start + _LONGEST_TAG // 2
    if source.find("<", start, end) >= 0:
        return False
    found = _TAG.match(source, max(0, source.rfind("<", max(0, start - _LONGEST_TAG), start)))
    return found is not None and found[1] is not None and _tag_end(source, found.end()) >= end


class _Nesting:
    """The elements that a parser would hold open, as far as depth goes: an upper bound."""

    def __init__(self) -> None:
        self.open: list[tuple[str, bool]] = []  # name, and whether its tag was kept
        self.counts: Counter[str] = Counter()
        self.formatting: dict[str, list[bool]] = {}
        self.kept_formatting = 0

    def begin(self, name: str, closed: bool) -> bool:
        """An element begins; whether its tag may stay."""
        if name in _FORMATTING:
            keep = self.kept_formatting < _MOST_FORMATTING
            self.kept_formatting += keep
            self.formatting.setdefault(name, []).append(keep)
            return keep
        if name in _VOID or name in _CLOSED_BY_NEXT or (closed and (self.counts["svg"] or self.counts["math"])):
            return True
        keep = len(self.open) < _DEEPEST
        self.open.append((name, keep))
        self.counts[name] += 1
        return keep

    def end(self, name: str) -> bool:
        """An element ends; whether its end tag may stay."""
        if name in _FORMATTING:
            kept = self.formatting[name].pop() if self.formatting.get(name) else False
            self.kept_formatting -= kept
            return kept
        if not self.counts[name]:
            return name in _CLOSED_BY_NEXT
        depth = len(self.open) - 1
        while depth >= 0 and self.open[depth][0] != name:
            if self.open[depth][0] in _BARRIERS:
                return False
            depth -= 1
        kept = self.open[depth][1]
        for inner, _ in self.open[depth:]:
            self.counts[inner] -= 1
        del self.open[depth:]
        return kept


def _flattened(source: str) -> str:
    """`source` without tags beyond the limits. Where the tag of a block goes, a line break keeps its border."""
    kept: list[str] = []
    nesting = _Nesting()
    copied = position = 0
    while found := _TAG.search(source, position):
        start = found.start()
        if found[1] is None:
            position = source.find("-->", start + 4)
            if position < 0:
                break
            continue
        name = found[1].lower()
        end = position = _tag_end(source, found.end())
        if source[start + 1] == "/":
            stays = nesting.end(name)
        else:
            stays = nesting.begin(name, source[end - 2] == "/")
            if name in _RAW:
                close = _RAW[name].search(source, end)
                position = close.start() if close else len(source)
        if not stays:
            kept += source[copied:start], "" if name in _INLINE or (copied == start and kept) else "<br><br>"
            copied = end
        elif end - start > _LONGEST_TAG:
            kept += source[copied:start], f"<{name}>"
            copied = end
    return "".join([*kept, source[copied:]])


def _tag_end(source: str, start: int) -> int:
    """Where the tag ends whose name ends at `start`; its attribute values may hold ">" in quotes."""
    position = start
    while found := _QUOTE_OR_END.search(source, position):
        position = found.end()
        if found.group() == ">":
            return position
        if source[max(start, found.start() - 9) : found.start()].rstrip().endswith("="):
            closing = source.find(found.group(), position)
            if closing < 0:
                return len(source)
            position = closing + 1
    return len(source)
