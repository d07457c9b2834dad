"""The blocks of a body as Markdown: CommonMark, with GitHub's tables, and definitions as Pandoc and PHP Markdown Extra write them.

Characters are escaped where Markdown would take them for its own, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINES = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_NUMBER = re.compile(r"\d{1,9}")
_START = re.compile(
    r"#{1,6}(?=\s|$)|>|[-+](?=\s|$)|\*(?=\s|$)|(?<=\d)[.)](?=\s|$)|```|~~~|\[(?=[ xX]\]\s)|:(?=\s)|=+$|(?:[-*_][ \t]*){3,}$|[|:-][|:\s-]*-[|:\s-]*$"
)
"""What a line must not begin with: headings, quotes, items, fences, boxes to tick, definitions, underlines, rules, the second row of tables."""
_ALWAYS = r"\\(?=[!-/:-@\[-`{-~\n]|$)|<(?=[A-Za-z/!?])|&(?=#?\w{1,31};)|\[(?=[^\[\]]{0,999}\][(\[:])"
"""Escapes, tags, entities, links."""
_PAIRS = (
    (r"(?<!\s)\*|\*(?!\s)", re.compile(r"\*[^*]*\*")),
    (r"(?<![^\W_])_|_(?![^\W_])", re.compile(r"_[^_]*_")),
    ("`", re.compile(r"`[^`]*`")),
    ("~", re.compile(r"~[^~]*~")),
)
"""Signs that mean something in pairs only: what to escape of them, and whether there are two."""
_CLOSING = re.compile(r"(?<=\s)#+$|^#+$")
_FENCE = re.compile(r"~{3,}")
_CELL_CHARS = 300
"""Tables with longer cells are there for the page's layout; their cells are printed as paragraphs."""
_CONTAINERS = {"ul": "list", "ol": "list", "menu": "list", "li": "item", "blockquote": "quote", "dd": "meaning"}
_FLAT = {"li": "ul/li", "blockquote": "blockquote", "dd": "dd"}
"""What is around a block that has no path, since it comes from flat text."""


@dataclass(frozen=True, slots=True)
class Part:
    """One block of an article's body, with what it takes to print it as Markdown."""

    text: str
    before: str = "\n\n"
    """What stands between it and the part before it: two line breaks, one, or a space."""
    tag: str = ""
    level: int = 0
    lead: int = 0
    """Characters of a list marker at its start."""
    path: str = ""
    """Names of the elements around it, outermost first, joined by "/"; "" for text."""
    shared: int = 0
    """How many of them are around the part before it, too."""


@dataclass(slots=True)
class _Open:
    """An element that what is printed stands in."""

    kind: str
    place: int
    """Its place in the paths of the blocks in it."""
    ordered: bool = False
    sign: str = ""
    """The list's: "-" or "*", "." or ")"; lists that follow each other take turns, or they would be one."""
    items: int = 0
    width: int = 0
    """Columns by which what is in an item is indented."""


def markdown(parts: Sequence[Part]) -> str:
    """Blocks with their headings, nested lists, quotes, code, tables and definitions. All their words are in it, in order."""
    printed: list[str] = []
    around: list[_Open] = []
    before: Part | None = None
    for group in _groups(parts):
        part = group[0]
        if before is not None and part.before == " " and not (part.tag or before.tag or around):
            printed += [" ", escaped(part.text)]
            before = part
            continue
        common = _still_open(around, part, before)
        inner = around[:common]
        first, rest, opened = _enter(inner, around[common:], part, len(group) == 1 and part.tag != "pre" and not part.level)
        if printed:
            tight = (opened == "item" and any(o.kind == "list" for o in around[:common])) or (
                opened == "meaning" and before is not None and before.tag == "dd"
            )
            printed.append("\n" if tight else f"\n{_indent(around[:common]).rstrip()}\n")
        content = _table(group) if len(group) > 1 else _content(part)
        printed.append("\n".join((rest if number else first) + line if line else rest.rstrip() for number, line in enumerate(content)))
        around, before = inner, group[-1]
    return "".join(printed)


def escaped(text: str, around: str = "") -> str:
    """A text in Markdown, with its lines; blank ones are left out. `around` is what is put around it: "*" for emphasis."""
    for_pairs = [sign for sign, pair in _PAIRS if pair.search(f"{around}{text}{around}")]
    text = re.sub("|".join([_ALWAYS, *for_pairs]), r"\\\g<0>", text)
    return "\n".join(_escaped_start(line) for line in (line.strip() for line in _LINES.split(text)) if line)


def one_line(text: str, around: str = "") -> str:
    """A text in Markdown on one line, as headings have it, with `around` put around it."""
    return around + _CLOSING.sub(lambda found: "\\" + found[0], " ".join(escaped(text, around).split())) + around


def _escaped_start(line: str) -> str:
    number = _NUMBER.match(line)
    at = number.end() if number else 0
    found = _START.match(line, at)
    return f"{line[:at]}\\{line[at:]}" if found and (found[0] in (".", ")")) == (number is not None) else line


def _content(part: Part) -> list[str]:
    """A block's lines, without what the elements around it put before them."""
    if part.tag == "pre":
        fence = "~" * max([3, *(len(found) for found in _FENCE.findall(part.text))], default=3) + "~" if "```" in part.text else "```"
        return [fence, *part.text.splitlines(), fence]
    if part.level:
        return [f"{'#' * max(2, part.level)} {one_line(part.text)}"]
    if part.tag == "dt":
        return [one_line(part.text, "**")]
    return escaped(part.text[part.lead :] if part.tag == "li" else part.text).split("\n")


def _path(part: Part) -> list[str]:
    return (part.path or _FLAT.get(part.tag, "")).split("/")


def _still_open(around: Sequence[_Open], part: Part, before: Part | None) -> int:
    """How many of the open elements are around this part, too."""
    shared = part.shared
    if not part.path:
        shared = int(before is not None and not before.path and part.tag == before.tag == "li" and _is_numbered(part) == _is_numbered(before))
    return sum(element.place < shared for element in around)


def _enter(inner: list[_Open], left: Sequence[_Open], part: Part, plain: bool) -> tuple[str, str, str]:
    """Opens the other elements around a part. What stands before its first line, what before the others, and the kind of the last one opened.

    A definition begins with a paragraph (`plain`), since those who don't know the sign for it take anything else on that line for text.
    """
    names = _path(part)
    first, opened = _indent(inner), ""
    known = inner[-1].place if inner else -1
    for place, name in enumerate(names):
        kind = _CONTAINERS.get(name)
        if kind is None or place <= known or (kind == "meaning" and not (plain and _CONTAINERS.keys().isdisjoint(names[place + 1 :]))):
            continue
        if kind == "item" and (not inner or inner[-1].kind != "list"):
            inner.append(_list("ul", place - 1, left))
        if kind == "list":
            inner.append(_list(name, place, left))
            if not part.path:
                inner[-1] = _list("ol" if _is_numbered(part) else "ul", place, left)
        elif kind == "item":
            marker = _marker(inner[-1], part)
            inner.append(_Open("item", place, width=len(marker)))
            first += marker
        else:
            inner.append(_Open(kind, place))
            first += "> " if kind == "quote" else ": "
        left, opened = (), kind
    return first, _indent(inner), opened


def _list(name: str, place: int, left: Sequence[_Open]) -> _Open:
    """A new list; `left` are the elements that have just been closed."""
    ordered = name == "ol"
    signs = ".)" if ordered else "-*"
    again = bool(left) and left[0].kind == "list" and left[0].sign == signs[0]
    return _Open("list", place, ordered, signs[again])


def _is_numbered(part: Part) -> bool:
    return part.lead > 0 and part.text[:1].isdigit()


def _marker(around: _Open, part: Part) -> str:
    around.items += 1
    if not around.ordered:
        return f"{around.sign} "
    number = _NUMBER.match(part.text) if part.lead else None
    return f"{number[0] if number else around.items}{around.sign} "


def _indent(around: Sequence[_Open]) -> str:
    return "".join("> " if o.kind == "quote" else "  " if o.kind == "meaning" else " " * o.width for o in around)


def _groups(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The parts one by one, but those of a table together."""
    group: list[Part] = []
    for part in parts:
        place = _table_place(part)
        if group and not (place is not None and place < part.shared and place == _table_place(group[0])):
            yield from _settled(group)
            group = []
        if place is None:
            yield [part]
        else:
            group.append(part)
    yield from _settled(group)


def _table_place(part: Part) -> int | None:
    """The place of the innermost table in a part's path, where the part is a row, a cell, or plain text in one."""
    names = part.path.split("/")
    if "tr" not in names or part.level or not _CONTAINERS.keys().isdisjoint(names) or part.tag in ("pre", "dt", "caption"):
        return None
    return max((place for place, name in enumerate(names) if name == "table"), default=None)


def _settled(group: list[Part]) -> Iterator[list[Part]]:
    """A group as a table, or its parts one by one where it is none: too few cells, or too long ones."""
    rows = _rows(group) if len(group) > 1 else []
    if len(rows) > 1 and 2 * sum(len(row) > 1 for row in rows) > len(rows) and all(len(cell) <= _CELL_CHARS for row in rows for cell in row):
        yield group
    else:
        yield from ([part] for part in group)


def _rows(group: Sequence[Part]) -> list[list[str]]:
    """A table's cells. A block is a row, with tabs between its cells, or a cell, or a part of one."""
    rows = [group[0].text.split("\t")]
    for before, part in pairwise(group):
        names = part.path.split("/")
        row = max(place for place, name in enumerate(names) if name == "tr")
        cell = next((place for place, name in enumerate(names) if place > row and name in ("td", "th")), None)
        if part.tag == "tr" or before.tag == "tr" or part.shared <= row:
            rows.append(part.text.split("\t"))
        elif cell is not None and part.shared > cell:
            rows[-1][-1] += f" {part.text}"
        else:
            rows[-1].append(part.text)
    return rows


def _table(group: Sequence[Part]) -> list[str]:
    rows = _rows(group)
    width = max(map(len, rows))
    lines = ["".join(f"| {one_line(cell).replace('|', chr(92) + '|')} " for cell in [*row, *[""] * (width - len(row))]) + "|" for row in rows]
    return [lines[0], "| --- " * width + "|", *lines[1:]]
