"""Lines that say who wrote it: "By Ana Lima and Bo Chen, Lisbon", "Von Jana Krüger", "AP Seoul", "14 May 2024 - 09:10 Ana Lima".

`parse` reads one line; it knows nothing of the page. Whether a line that merely could be a byline is one, the reader in `authors` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from stripper.fields.bywords import BY_WORDS, HAN, INTERVIEW, LABEL, LAST_LETTERS, PORTRAIT, SIGN, SOURCE, TWICE
from stripper.fields.dates import Moment, dates_in
from stripper.fields.masks import masked_line
from stripper.fields.names import (
    is_agency,
    is_degree,
    is_desk,
    is_person,
    is_place,
    is_role,
    is_team,
    may_be_place,
    once,
    unglued,
    without_degree,
    without_outlet,
    without_role,
    without_stop,
)
from stripper.fields.words import AGENCIES, NO_PERSON, PARTICLES, PLACE_STARTS

_JOINING = PARTICLES | {"and", "und", "et", "y", "e", "en", "og", "och", "i", "ve", "и", "та", "dan", "và", "with", "mit", "avec", "con"}
"""Small words that may stand behind the first word of a name, or between two names."""
_FIRST_OF_AGENCIES = frozenset(name.split()[0] for name in AGENCIES)

MAX_LINE = 220
"""Longest byline in characters; longer lines are prose."""


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


def parse(line: str, language: str | None = None, dates: tuple[Moment, ...] | None = None) -> Byline | None:
    """The names that a line gives as its page's authors; None where it isn't shaped like a byline. `dates` are those in it, where they are known."""
    if not 2 <= len(line) <= MAX_LINE:
        return None
    if not _may_be(line):
        return None
    if dates is None:
        dates = tuple(dates_in(line, language))
    sentence = not dates and len(line) > _LONGEST_PLAIN and line[-1] in ".!?…"
    masked = line if sentence else masked_line(line, dates)
    begin = len(masked) - len(masked.lstrip(" \x00|•·-–—,/:*"))
    portrait = PORTRAIT.match(masked, begin) or (TWICE.match(masked, begin) if "y " in masked else None)
    begin = portrait.end() if portrait else begin
    by = BY_WORDS.match(masked, begin) or _second_by(masked, begin)
    if by:
        return _introduced(masked, by.end(), dates)
    if glued := _glued(masked, begin):
        return _introduced(masked, glued, dates)
    if label := INTERVIEW.match(masked, begin):
        found = _introduced(masked, label.end(), dates)
        return found._replace(strength=1.5) if found and all(is_person(n) for n in found.names) else None
    if (source := SOURCE.match(masked, begin)) and is_agency(agency := masked[source.end() :].split("\x00", 1)[0].strip(" |")):
        return Byline((agency,), agency, at := masked.index(agency, source.end()), at + len(agency), 2, dates)
    if not masked.isascii() and (han := HAN.match(masked, begin)):
        group = next(g for g in ("after", "before", "kana", "hindi", "korean") if han[g])
        return Byline((han[group],), han[group], han.start(group), han.end(group), 3, dates)
    return None if sentence else _plain(masked, begin, dates)


def _may_be(line: str) -> bool:
    """A cheap first look: a line of mostly small words is a byline only where it begins with a by-word, or holds digits."""
    if line.count(" ") < _MOST_SMALL:
        return True
    words = line.split(" ", 24)
    return (len(words) < 24 and len([w for w in words if w[:1].islower()]) <= _MOST_SMALL) or SIGN.search(line) is not None


def only_by_word(line: str) -> bool:
    """Whether a line is a by-word alone, so that the next one holds the name ("By", "Written by", "Kommentar von")."""
    text = line.strip()
    if len(text) > 40:
        return False
    if LABEL.fullmatch(text) is not None:
        return True
    return text.lower().endswith(LAST_LETTERS) and (
        (len(text) <= 30 and BY_WORDS.fullmatch(text.rstrip(":") + " ") is not None)
        or (text.endswith((":", "：")) and len(text) <= 20 and BY_WORDS.fullmatch(text) is not None)
    )


def _second_by(masked: str, begin: int) -> re.Match[str] | None:
    """A by-word after the first separator ("Opinion | By Ana Lima", "AnaBy Ana")."""
    for stop in _breaks(masked, begin, begin + 80):
        if (by := BY_WORDS.match(masked, stop.end())) is not None:
            return by
    return None


def _breaks(masked: str, start: int, end: int) -> Iterable[re.Match[str]]:
    """The separators of a line; most lines have none, and that is seen at once."""
    return _BREAK.finditer(masked, start, end) if _BREAKING.search(masked, start, end) or "   " in masked else ()


def _glued(masked: str, begin: int) -> int:
    """Where the name begins after a by-word glued to it ("byAna Lima"); 0 where there is none."""
    if masked[begin : begin + 1] not in _PREFIXES:
        return 0
    for word in _PREFIXED:
        at = begin + len(word)
        if masked[begin:at] in (word, word.capitalize()) and masked[at : at + 1].isupper() and masked[at + 1 : at + 2].islower():
            return at
    return 0


def _pieces(masked: str, start: int) -> list[tuple[int, int, str]]:
    """Stretches between separators, as (start, end, the separator before)."""
    pieces: list[tuple[int, int, str]] = []
    before = ""
    for stop in _breaks(masked, start, len(masked)):
        if masked[start : stop.start()].strip():
            pieces.append((start, stop.start(), before))
        before = stop[0].strip() or " "
        start = stop.end()
    if masked[start:].strip():
        pieces.append((start, len(masked), before))
    return pieces[:12]


def _people(masked: str, start: int, end: int, introduced: bool) -> list[tuple[int, int, str]]:
    """The persons that one stretch names, joined by "and"; empty where any part of it is none."""
    found: list[tuple[int, int, str]] = []
    leading = _LEADING_AND.match(masked, start, end)
    at = leading.end() if leading else start
    for stop in [*_AND.finditer(masked, start, end), None]:
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


def _introduced(masked: str, start: int, dates: tuple[Moment, ...]) -> Byline | None:
    """Names after a by-word: the first stretch and those after commas that go on with names."""
    people: list[tuple[int, int, str]] = []
    pieces = _pieces(masked, start)
    joined = any(_AND.search(masked, s, e) for s, e, _ in pieces[1:])
    for number, (s, e, before) in enumerate(pieces):
        cut = _WORD_AFTER.search(masked, s, e)
        end = cut.start() if cut and not _AND.match(masked, cut.start()) else e
        here = _people(masked, s, end, introduced=True)
        if number and is_role(masked[s:e]):
            break
        if number and (before not in _JOINTS or any(may_be_place(n) or (len(n.split()) < 2 and not is_agency(n)) for *_, n in here)):
            break
        if number and here and before not in _LISTS and not is_agency(here[0][2]) and not is_person(here[0][2]):
            break
        if number and here and not joined and not all(is_person(n) or is_agency(n) for *_, n in here):
            break
        if not here:
            if not people and (letters := _SHORT_FORM.match(masked, s)) and letters[0].lower() not in NO_PERSON:
                return Byline((letters[0],), letters[0], s, letters.end(), 2.5, dates)
            break
        people += here
        if end != e and e - end > _LONGEST_PLACE:
            break
    return _byline(masked, people, 3 if any(not is_agency(p[2]) for p in people) else 2.5, dates)


def _plain(masked: str, begin: int, dates: tuple[Moment, ...]) -> Byline | None:
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
    plain, masked = masked, masked.title() if capitals and masked.isascii() else masked
    found = _names_alone(masked, begin, bool(dates))
    if found is None:
        return None
    people, beside, twice = found
    if capitals:
        people = [(s, e, plain[s:e]) for s, e, _ in people]
        return _byline(plain, people, 0.5, dates)
    return _byline(masked, people, 2.5 if beside else 2 if people and all(is_agency(p[2]) for p in people) else 1.5 if twice else 1, dates)


def _names_alone(masked: str, begin: int, dated: bool) -> tuple[list[tuple[int, int, str]], bool, bool] | None:
    """The names of a line without a by-word, whether something beside them shows what they are, and whether one is printed twice; None where
    a part of the line is neither."""
    people: list[tuple[int, int, str]] = []
    beside, twice, over = dated or "\x00" in masked, False, False
    for number, (s, e, before) in enumerate(_pieces(masked, begin)):
        piece = masked[s:e].strip()
        cut = _WORD_AFTER.search(masked, s, e) if dated else None
        here = _people(masked, s, cut.start() if cut and not _AND.match(masked, cut.start()) else e, introduced=False)
        if people and (is_role(piece) or (before in _LISTS and is_degree(piece))):
            beside = True
        elif here and not over and not (may_be_place if people else is_place)(here[0][2]) and (not number or not people or before in _JOINTS):
            people += here
            twice = twice or (len(here) == 1 and once(piece) != piece)
            beside = beside or (len(here[-1][2]) < len(piece) and not twice and not _AND.search(piece))
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
    return len(piece) <= 24 and len(piece.split()) <= 3 and (dated or is_agency(piece) or outlet or (before in _LISTS and is_degree(piece)))


_BRACKETED = re.compile(r"[^():]{0,30}\(([^()]{2,40})\)[^():]{0,40}")


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


def _byline(masked: str, people: list[tuple[int, int, str]], strength: float, dates: tuple[Moment, ...]) -> Byline | None:
    if not people or len(people) > 12:
        return None
    start, end = people[0][0], people[-1][1]
    names = tuple(dict.fromkeys(name for *_, name in people))
    return Byline(names, masked[start:end].replace("\x00", "").strip(), start, end, strength, dates)
