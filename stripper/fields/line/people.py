"""The stretches of a byline, and the people that a stretch names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from stripper.fields.line.dates import Moment
from stripper.fields.line.names import (
    is_agency,
    is_degree,
    is_desk,
    is_person,
    is_role,
    is_team,
    once,
    unglued,
    without_degree,
    without_outlet,
    without_role,
    without_stop,
)

JOINTS = frozenset({",", ";", "|", "·", "•", "/", "、", "，"})
"""Separators behind which another name may follow."""
LISTS = frozenset({",", ";", "、", "，"})
"""Those of them that stand in lists of names."""
AND = re.compile(r"\s+(?:and|und|et|y|e|en|og|och|i|ve|и|та|dan|và|&|with|mit|avec|con|및)\s+", re.I)
WORD_AFTER = re.compile(r"\s+(?:[Ii]n|on|für|for|aus|at|from|à|en|a|i|из|em|@|is|ist|est)(?:\s|$)")
"""A small word that ends a name."""
_LEADING_AND = re.compile(r"\s?(?:and|und|et|y|e|en|og|och|i|ve|и|та|&|及|和)\s+", re.I)
"""An "and" behind the comma before the last name."""
_BREAKING = re.compile(r"[|•·●⋅∙/–—\x00,;(\[<\t、，-]")
_BREAK = re.compile(r"\s*[|•·●⋅∙/–—\x00]+\s*|\s+-\s+|\s*(?:[,;\[<、，]|\((?![^()\s]{2,15}\) [A-ZÀ-Þ]))\s*|\s{3,}|\t")
_ALT = re.compile(r" (?:headshot|avatar|logo|photo|image|picture|portrait|profile)(?!\w).{0,80}", re.I)
"""What a portrait's alternative text says behind the name."""


class Byline(NamedTuple):
    """A line that names who wrote it. `start` and `end` are the span of the names in the line."""

    names: tuple[str, ...]
    printed: str
    start: int
    end: int
    strength: float
    """3: a by-word introduces a person; 2.5: names beside a role or a date; 2: an agency; 1.5: a name printed twice, or behind a label that may
    mean something else; 1: nothing but names; 0.5: these in capitals."""
    dates: tuple[Moment, ...] = ()


_CREDIT = re.compile(
    r"\s?/\s?(?:AP|AFP|Reuters|REUTERS|EPA|dpa|DPA|Getty|APA|ANP|ANSA|EFE|TT|NTB|PA|Shutterstock|iStock|Unsplash|imago|IMAGO|Imago)(?!\w)"
)
_STOPS = (".", "!", "?", ":", "…")
_JOINTS = frozenset({",", ";", "|", "·", "•", "/", "、", "，"})
"""Separators behind which another name may follow."""
_LISTS = frozenset({",", ";", "、", "，"})
_OUTLETS, _TOWNS = frozenset({",", "|", " "}), frozenset({",", "/", "|"})
_MOST_SMALL = 5
_LONGEST_PLACE = 24
"""Characters of "from Lisbon" behind a name, before the next name."""
_LONGEST_PLAIN = 60
"""A longer line that ends like a sentence and has no date names its author only behind a by-word."""
_PREFIXED = ("by", "von", "par", "por")
_PREFIXES = frozenset("bvpBVP")
_BREAKING = re.compile(r"[|•·●⋅∙/–—\x00,;(\[<\t、，-]")
_BREAK = re.compile(r"\s*[|•·●⋅∙/–—\x00]+\s*|\s+-\s+|\s*(?:[,;\[<、，]|\((?![^()\s]{2,15}\) [A-ZÀ-Þ]))\s*|\s{3,}|\t")
_ALT = re.compile(r" (?:headshot|avatar|logo|photo|image|picture|portrait|profile)(?!\w).{0,80}", re.I)
"""What a portrait's alternative text says behind the name."""
_SHORT_FORM = re.compile(r"[A-Z]{2,6}(?= ?(?:$|[,|•·/\x00–—-]))")
"""Letters behind a by-word that stand for somebody, be they in no list of agencies."""
_AND = re.compile(r"\s+(?:and|und|et|y|e|en|og|och|i|ve|и|та|dan|và|&|with|mit|avec|con|및)\s+", re.I)
_LEADING_AND = re.compile(r"\s?(?:and|und|et|y|e|en|og|och|i|ve|и|та|&|及|和)\s+", re.I)
"""An "and" behind the comma before the last name."""
_WORD_AFTER = re.compile(r"\s+(?:[Ii]n|on|für|for|aus|at|from|à|en|a|i|из|em|@|is|ist|est)(?:\s|$)")


def breaks(masked: str, start: int, end: int) -> Iterable[re.Match[str]]:
    """The separators of a line; most lines have none, and that is seen at once."""
    return _BREAK.finditer(masked, start, end) if _BREAKING.search(masked, start, end) or "   " in masked else ()


def pieces(masked: str, start: int) -> list[tuple[int, int, str]]:
    """Stretches between separators, as (start, end, the separator before)."""
    found: list[tuple[int, int, str]] = []
    before = ""
    for stop in breaks(masked, start, len(masked)):
        if masked[start : stop.start()].strip():
            found.append((start, stop.start(), before))
        before = stop[0].strip() or " "
        start = stop.end()
    if masked[start:].strip():
        found.append((start, len(masked), before))
    return found[:12]


def people_in(masked: str, start: int, end: int, introduced: bool) -> list[tuple[int, int, str]]:
    """The persons that one stretch names, joined by "and"; empty where any part of it is none."""
    found: list[tuple[int, int, str]] = []
    leading = _LEADING_AND.match(masked, start, end)
    at = leading.end() if leading else start
    for stop in [*AND.finditer(masked, start, end), None]:
        last = stop.start() if stop else end
        raw = masked[at:last]
        name = _name(raw, introduced)
        if is_agency(name) or is_person(name, introduced) or is_team(name) or (introduced and is_desk(name)):
            offset = at + len(raw) - len(raw.lstrip())
            found.append((offset, offset + len(name), name))
        elif raw.strip() and not is_degree(raw.strip()):
            return found if found and stop is None and is_role(raw.strip()) else []
        at = stop.end() if stop else end
    return found


def _name(raw: str, introduced: bool) -> str:
    """A stretch without what stands behind a name: roles, degrees, a portrait's alternative text, the name again."""
    name = without_stop(raw.strip().rstrip(")]*:").rstrip())
    if is_team(name):
        return name
    name = _ALT.sub("", name) if introduced else name
    name = once(without_role(without_degree(name)))
    return unglued(without_outlet(name)) if introduced else name


def byline_of(masked: str, people: list[tuple[int, int, str]], strength: float, dates: tuple[Moment, ...]) -> Byline | None:
    if not people or len(people) > 12:
        return None
    start, end = people[0][0], people[-1][1]
    names = tuple(dict.fromkeys(name for *_, name in people))
    return Byline(names, masked[start:end].replace("\x00", "").strip(), start, end, strength, dates)
