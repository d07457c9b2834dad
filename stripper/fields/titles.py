"""Declared titles without the site's name, which stands behind or before most of them, and what else is known of a page's name from its address."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import NamedTuple
from urllib.parse import unquote

from stripper.fields.head import Head, normal
from stripper.fields.line.address import host_name, letters

LONGEST = 250
"""Longest headline in characters."""
_SEPARATOR = re.compile(r"\s+[|–—:·»«•\-/]{1,2}\s+|\s*[|｜»]\s*|――|--")
_PART = re.compile(r" [–—•·-] |\s*[|｜»]\s*")
"""What stands between a page's own name and more words about it."""
_MOST_PARTS = 6
_KICKER_BEFORE = re.compile(r" ?: | / | [–—|] ")
_SITE_BEHIND = re.compile(r" [|–—-] ")
_SITE_WORDS = 3
"""A part of a title that begins with the site's name and has no more words names the site ("REI Co-op")."""
_SLUG = re.compile(r"[^\W_]{1,40}")
_FILE_ENDING = re.compile(r"\.[a-z]{3,5}$")
_LONG_URL = 2_000


class Place(NamedTuple):
    """What a page's address and metadata say about where it stands."""

    sites: tuple[str, ...]
    """Names of the site as declared, letters and digits only, in small letters."""
    host: str
    """The name in its host: "example" for https://www.example.co.uk/a."""
    slug: frozenset[str]
    """Words of the last step of the address that holds words: {"old", "crane"} for /harbour/old-crane-12."""
    front: bool
    """Whether the address is the site's front page."""


def place_of(head: Head) -> Place:
    """Where a page stands. Without an address, the declared one serves."""
    declared = head.page.declared
    url = (head.page.url or next((str(w.value) for w in declared if w.field == "canonical_url"), ""))[:_LONG_URL]
    sites = dict.fromkeys(letters(str(w.value)[:LONGEST]) for w in declared if w.field == "site")
    path = unquote(url.split("//", 1)[-1].split("?", 1)[0].split("#", 1)[0]).lower().split("/")[1:]
    steps = [frozenset(_SLUG.findall(_FILE_ENDING.sub("", step))) for step in path if step]
    slug: frozenset[str] = next((words for words in reversed(steps) if any(len(word) > 3 and not word.isdigit() for word in words)), frozenset())
    return Place(tuple(site for site in sites if site), host_name(url), slug, bool(url) and not steps)


def without_site(title: str, place: Place, others: Collection[str], printed: Callable[[], Collection[str]]) -> str:
    """A title without the site's name behind or before it.

    A part goes where it is the site's name, where what is left is what another witness says, or where a block of the page prints just what is left:
    `others` and `printed` are normal forms of these.
    """
    stops = list(_SEPARATOR.finditer(title))[:_MOST_PARTS]
    if not stops:
        return title
    for stop in stops:
        left, right = title[: stop.start()].strip(), title[stop.end() :].strip()
        if _is_most(left, right) and normal(left) in others:
            return left
        if _is_most(right, left) and normal(right) in others and in_address(right, place) >= in_address(left, place):
            return right
    for stop in (*reversed(stops), *stops[:1]):
        left, right = title[: stop.start()].strip(), title[stop.end() :].strip()
        if left and right and names_site(right, place, True):
            return without_site(left, place, others, printed)
        if left and right and names_site(left, place):
            return without_site(right, place, others, printed)
    lefts = [title[: stop.start()].strip() for stop in reversed(stops)]
    return next((left for left in lefts if left and normal(left) in printed()), title)


def in_address(value: str, place: Place) -> float:
    """Share of a value's words that the page's address holds too, 0 to 1."""
    words = set(normal(value).split())
    return len(words & place.slug) / len(words) if words else 0.0


def first_parts(title: str) -> list[str]:
    """What stands before each of the separators of a title: its own name is often the first, and the others praise it."""
    return [part for stop in list(_PART.finditer(title))[:_MOST_PARTS] if (part := title[: stop.start()].strip())]


def _is_most(part: str, rest: str) -> bool:
    """Whether a part of a title may be the headline: neither a kicker nor a single word."""
    return len(part) >= 12 and " " in part and len(part) >= 0.5 * len(rest)


def names_site(part: str, place: Place, is_last: bool = False) -> bool:
    """Whether a part of a title is the site's name; the last part may be a part of that name or more than it."""
    said = letters(part[:LONGEST])
    names = (*place.sites, place.host) if len(place.host) > 3 else place.sites
    if not said or said in names:
        return bool(said)
    if is_last and any((len(said) > 5 and said in name) or (part.count(" ") < _SITE_WORDS and said.startswith(name)) for name in names):
        return True
    return any(len(name) > 3 and (said.endswith(name) or said.startswith(name)) and len(said) <= len(name) + 5 for name in names)


def is_variant(line: str, declared: str, place: Place) -> bool:
    """Whether a page's own line is a declared title but for a kicker in front of one of them, a lost blank, or the site's name behind the line."""
    said, whole = glued(line), glued(declared)
    if said == whole:
        return normal(line) != normal(declared)
    if said.endswith(whole):
        return len(said) < 2 * len(whole) and not _KICKER_BEFORE.search(line)
    if said.startswith(whole):
        return any(glued(line[: stop.start()]) == whole for stop in _SITE_BEHIND.finditer(line[:LONGEST]))
    if not whole.endswith(said):
        return False
    stops = [stop for stop in _KICKER_BEFORE.finditer(declared[:LONGEST]) if glued(declared[stop.end() :]) == said]
    return any(not names_site(declared[: stop.start()], place) for stop in stops)


def glued(value: str) -> str:
    """A line for comparing, without blanks: those between kicker and headline get lost."""
    return normal(value).replace(" ", "")
