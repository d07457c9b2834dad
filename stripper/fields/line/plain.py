"""Lines without a by-word that are nothing but names, roles, agencies, places and dates: "14 May 2024 - 09:10 Ana Lima", "AP Seoul"."""

from __future__ import annotations

import re

from stripper.fields.line.dates import Moment
from stripper.fields.line.names import is_agency, is_degree, is_place, is_role, may_be_place, once
from stripper.fields.line.people import AND, JOINTS, LISTS, WORD_AFTER, Byline, byline_of, people_in, pieces
from stripper.fields.line.words import AGENCIES, NO_PERSON, PARTICLES, PLACE_STARTS

_JOINING = PARTICLES | {"and", "und", "et", "y", "e", "en", "og", "och", "i", "ve", "и", "та", "dan", "và", "with", "mit", "avec", "con"}
"""Small words that may stand behind the first word of a name, or between two names."""
_FIRST_OF_AGENCIES = frozenset(name.split()[0] for name in AGENCIES)
_CREDIT = re.compile(
    r"\s?/\s?(?:AP|AFP|Reuters|REUTERS|EPA|dpa|DPA|Getty|APA|ANP|ANSA|EFE|TT|NTB|PA|Shutterstock|iStock|Unsplash|imago|IMAGO|Imago)(?!\w)"
)
_BRACKETED = re.compile(r"[^():]{0,30}\(([^()]{2,40})\)[^():]{0,40}")
_PLAIN_TAIL = re.compile(r"[\w &-]{1,30}")
"""What may stand behind "in" or "for" in a line without a by-word."""
_STOPS = (".", "!", "?", ":", "…")
_OUTLETS, _TOWNS = frozenset({",", "|", " "}), frozenset({",", "/", "|"})
"""Separators before the outlet, or the town, behind a name."""


def plain(masked: str, begin: int, dates: tuple[Moment, ...]) -> Byline | None:
    """Names without a by-word: the whole line must be names, roles, agencies, places, dates."""
    text = masked[begin:].strip(" \x00")
    if not dates and _is_nobody(text):
        return None
    if agency := _agency_and_place(text):
        at = masked.index(agency, begin)
        return Byline((agency,), agency, at, at + len(agency), 2, dates)
    if (
        text.startswith("(")
        or _CREDIT.search(text)
        or (text.endswith(_STOPS) and not text.endswith(("Jr.", "Sr.")) and not is_degree(text.split()[-1]))
    ):
        return None
    capitals = text.isupper()
    printed, masked = masked, masked.title() if capitals and masked.isascii() else masked
    found = _names_alone(masked, begin, bool(dates))
    if found is None:
        return None
    people, beside, twice = found
    if capitals:
        people = [(s, e, printed[s:e]) for s, e, _ in people]
        return byline_of(printed, people, 0.5, dates)
    return byline_of(masked, people, 2.5 if beside else 2 if people and all(is_agency(p[2]) for p in people) else 1.5 if twice else 1, dates)


def _names_alone(masked: str, begin: int, dated: bool) -> tuple[list[tuple[int, int, str]], bool, bool] | None:
    """The names of a line without a by-word, whether something beside them shows what they are, and whether one is printed twice; None where
    a part of the line is neither."""
    people: list[tuple[int, int, str]] = []
    beside, twice, over = dated or "\x00" in masked, False, False
    for number, (s, e, before) in enumerate(pieces(masked, begin)):
        piece = masked[s:e].strip()
        cut = WORD_AFTER.search(masked, s, e) if dated else None
        cut = cut if cut and _PLAIN_TAIL.fullmatch(masked, cut.end(), e) else None
        here = people_in(masked, s, cut.start() if cut and not AND.match(masked, cut.start()) else e, introduced=False)
        if people and (is_role(piece) or (before in LISTS and is_degree(piece))):
            beside = True
        elif here and not over and not (may_be_place if people else is_place)(here[0][2]) and (not number or not people or before in JOINTS):
            people += here
            twice = twice or (len(here) == 1 and once(piece) != piece)
            beside = beside or (len(here[-1][2]) < len(piece) and not twice and not AND.search(piece))
        elif people and may_be_place(piece):
            beside = True
        elif not _is_beside(piece, number, before, dated):
            return None
        over = over or (bool(people) and not here)
    return people, beside, twice


def _is_nobody(text: str) -> bool:
    """A cheap first look at a line without a date: whether its first two words show already that it names neither person nor agency."""
    first, _, rest = text.partition(" ")
    low = first.lower()
    if low in _FIRST_OF_AGENCIES:
        return False
    if not rest:
        return text.isalpha()
    second = rest[: rest.find(" ")] if " " in rest else rest
    return (low in NO_PERSON and low not in PARTICLES) or (second.islower() and second.isalpha() and second not in _JOINING)


def _is_beside(piece: str, number: int, before: str, dated: bool) -> bool:
    """Whether a stretch of a line with names and dates may be something else: a section, an agency, an outlet, a town, a word in front."""
    if not number:
        return dated and " " not in piece
    outlet = number == 1 and ((before in _OUTLETS and piece.isupper()) or (before in _TOWNS and piece.isalpha() and piece[0].isupper()))
    return len(piece) <= 24 and len(piece.split()) <= 3 and (dated or is_agency(piece) or outlet or (before in LISTS and is_degree(piece)))


def _agency_and_place(text: str) -> str | None:
    """The agency of "AP", "AP Seoul", "dpa, Berlin", "(Reuters)"."""
    if len(text) > 60:
        return None
    if (bracketed := _BRACKETED.fullmatch(text)) and is_agency(bracketed[1]):
        return bracketed[1]
    text = text.strip("()[]* \x00")
    if is_agency(text):
        return text
    words = text.replace(",", " ").replace("-", " ").replace("|", " ").split()
    if len(words) == 3 and words[0].isupper() and words[0].isalpha() and 2 <= len(words[0]) <= 5 and words[1].lower() in PLACE_STARTS:
        return words[0]  # letters that stand for an agency that is in no list
    for size in (3, 2, 1):
        agency, rest = " ".join(words[:size]), words[size:]
        if rest and len(rest) <= 3 and text.startswith(agency) and is_agency(agency) and all(w[:1].isupper() and w.isalpha() for w in rest):
            return agency if agency.lower() != agency.title() else None
    return None
