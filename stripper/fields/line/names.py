"""Names of persons and agencies as bylines print them. Pure functions over short strings.

A wrong author is worse than none: what isn't shaped like a name, or holds a word that names no person, is no name.
"""

from __future__ import annotations

import re

from stripper.fields.line.words import (
    AGENCIES,
    ANY_TEAM,
    DEGREES,
    DESKS,
    FIRMS,
    NO_AUTHOR,
    NO_PERSON,
    NO_PERSON_AFTER_BY,
    PARTICLES,
    PLACE_ENDS,
    PLACE_STARTS,
    PLACES,
    RANKS,
    ROLES,
    TEAMS,
    TEAMS_FIRST,
    TITLES,
)

MAX_NAME = 60
"""Longest name in characters; what is longer is no name."""

_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0d7f.'’ʼ‘-]){0,24}")
_HAN_NAME = re.compile(r"[\u3400-\u9fff々·・\u30a0-\u30ff\u3040-\u309f]{2,12}|[가-힣]{2,4}")
_CASELESS = re.compile(r"[\u0590-\u0dff\u0e00-\u0eff\u3040-\u9fff가-힣]")

_NICKNAME = re.compile(r" [(\"“'‘][^\W\d_]{2,15}[)\"”'’](?= \w)")
"""What friends say, inside a name: "Ana (Nina) Lima"."""
_QUOTES = frozenset("(\"“'‘")
_DOMAIN = re.compile(r"[a-zß-ÿ]{2}\.\w")
_DIGIT = re.compile(r"\d")
_CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_CAPITAL_INSIDE = frozenset({"Mc", "Mac", "De", "Di", "Du", "Da", "Del", "Della", "Le", "La", "Lo", "Van", "Von", "Fitz", "San", "St", "Al", "El"})
_SMALL_AGENCIES = frozenset({"dpa", "epd", "kna", "sda", "apa", "anp", "awp", "ats", "Belga", "Antara", "Lusa"})
"""Short names that aren't printed in capitals; "App" and "Beta" are words."""


def is_agency(text: str) -> bool:
    """Whether it is the name of a news agency, as such and nothing else."""
    bare = text.strip(" .()[]*")
    if len(text) > MAX_NAME or bare.lower() not in AGENCIES:
        return False
    return len(bare) > 5 or not bare.isascii() or bare.isupper() or bare in _SMALL_AGENCIES


def is_place(text: str) -> bool:
    """Whether it is one of the places of several words that look like names of persons."""
    low = text.lower().strip(" .")
    return low in PLACES or low.rsplit(" ", 1)[-1] in PLACE_ENDS


def may_be_place(text: str) -> bool:
    """Whether it is such a place, or begins like one ("Puerto Viejo"): behind a person's name that is more likely than another person."""
    return is_place(text) or (text.split(" ", 1)[0].lower() in PLACE_STARTS)


def is_role(text: str) -> bool:
    """Whether a short phrase names a role: it holds a role word ("Senior Staff Writer", "Redakteurin")."""
    words = text.lower().replace(",", " ").split()
    return 0 < len(words) <= 12 and any(w.strip(".()").removesuffix("s") in ROLES or w in ROLES for w in words)


def is_desk(text: str) -> bool:
    """Whether it is a part of a newsroom that signs its stories ("Business Desk"), and not merely any ("the news desk")."""
    words = text.split()
    return 2 <= len(words) <= 4 and words[-1].lower() in _NEWSROOMS and words[0][0].isupper() and all(w.isalpha() or w == "&" for w in words)


_NEWSROOMS = frozenset({"desk", "bureau", "newsdesk"})


def is_team(text: str) -> bool:
    """Whether it is a team that signs by a name of its own ("The Harbour Post Team", "Quay Staff"), and not merely any ("Editorial Team")."""
    if len(text) > MAX_NAME:
        return False
    words = text.split()
    if not 2 <= len(words) <= 7 or (words[-1].lower() not in TEAMS and words[0].lower() not in TEAMS_FIRST):
        return False
    low = [w.lower() for w in words]
    generic = [small in TEAMS or small in ANY_TEAM or small in ROLES or small in PARTICLES for small in low]
    shaped = all(w[0].isupper() or w[0].isdigit() or w in PARTICLES or any_ for w, any_ in zip(words, generic, strict=True))
    return shaped and any(w[0].isupper() and not any_ for w, any_ in zip(words, generic, strict=True))


def is_person(text: str, introduced: bool = False) -> bool:
    """Whether it is shaped like the name of one person: two to five capitalised words, particles between them.

    After a by-word (`introduced`) one word may do, capitals throughout are no obstacle, and only few words can't be names.
    """
    text = text.strip()
    if not _QUOTES.isdisjoint(text) and len(text) <= MAX_NAME:
        text = _NICKNAME.sub("", text)
    if not 2 <= len(text) <= MAX_NAME or _DIGIT.search(text):
        return False
    if _HAN_NAME.fullmatch(text):
        return introduced
    words = [w for w in text.split() if w.lower() not in TITLES]
    if not (1 if introduced else 2) <= len(words) <= 5:
        return False
    barred = NO_PERSON_AFTER_BY if introduced else NO_PERSON
    said = 0
    for place, word in enumerate(words):
        low = word.lower()
        if not _TOKEN.fullmatch(word) or (low in barred and low not in PARTICLES and not (place and word == "An")) or low in ROLES:
            return False
        if low in PARTICLES and (word == low or 0 < place < len(words) - 1):
            continue
        if not (word[0].isupper() or _CASELESS.match(word) or _joined_small(word)):
            return False
        if (word.endswith(".") and len(word) > 4) or word.endswith(("'s", "’s", "'", "’")) or _DOMAIN.search(word):
            return False
        said += 1
    last = words[-1]
    if last in PARTICLES or (_CASELESS.match(last) and not introduced):
        return False
    if not introduced and (text.isupper() or (len(words[0]) > 2 and words[0].isascii() and words[0].isupper())):
        return False
    return said >= 2 or (introduced and said == 1 and len(text) >= 3 and not text.isupper())


def _joined_small(word: str) -> bool:
    """Names such as d'Ancona or al-Hakim, whose capital stands inside."""
    return len(word) > 3 and word[0].islower() and any(c.isupper() for c in word[1:4]) and any(c in word[1:4] for c in "'’-")


def without_outlet(text: str) -> str:
    """A name without the capitals behind it that stand for the outlet: "Ana Lima QRTV" gives "Ana Lima"; surnames in capitals stay."""
    words = text.split(" ")
    size = len(words)
    while size > 2 and _is_outlet(words[size - 1], last=size == len(words)):
        size -= 1
    return text if size == len(words) or any(w.isupper() and len(w) > 2 for w in words[:size]) else " ".join(words[:size])


def _is_outlet(word: str, last: bool) -> bool:
    return word.isupper() and word.isascii() and len(word) > (2 if last else 1) and word.lower() not in TITLES and "." not in word


def once(text: str) -> str:
    """A name that is printed twice in a row, as picture and text often are, once: "Ana LimaAna Lima" gives "Ana Lima"."""
    words = text.split()
    half = len(words) // 2
    if half and len(words) % 2 == 0 and words[:half] == words[half:]:
        return " ".join(words[:half])
    middle = len(text) // 2
    return text[:middle] if middle > 3 and len(text) % 2 == 0 and text[:middle] == text[middle:] else text


def unglued(text: str) -> str:
    """A name without the word that lost its blank behind it: "Ana LimaTwitter" gives "Ana Lima"."""
    for stop in _CAMEL.finditer(text):
        before = text[: stop.start()]
        if " " in before and before.rsplit(" ", 1)[-1].rsplit("-", 1)[-1] not in _CAPITAL_INSIDE:
            return before
    return text


def without_stop(text: str) -> str:
    """A name without the full stop behind its last word, but for abbreviations: "Ana Lima." gives "Ana Lima", "Ana L." and "Bo Chen Jr." stay."""
    last = text.rsplit(" ", 1)[-1]
    return text[:-1] if last.endswith(".") and last.count(".") == 1 and len(last) > 4 and last.lower() not in TITLES else text


def without_role(text: str) -> str:
    """A name without the role printed behind it: "Ana Lima Political editor" gives "Ana Lima"."""
    words = text.split()
    at = next((i for i, w in enumerate(words) if w.lower().strip(".,()") in ROLES), None)
    if at is None or at < 2:
        return text
    while at > 2 and words[at - 1].lower() in DESKS:
        at -= 1
    at = next((i for i in range(2, at) if words[i].lower() in RANKS), at)
    name = " ".join(words[:at])
    return name if is_person(name) or (is_person(name, introduced=True) and at > 2) else text


_URL = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de|fr|co)\b", re.I)
_IN_BRACKETS = re.compile(r" ?\([^()]{0,40}\)$")
_BY = re.compile(r"^(?:by|von|par|por|di|door|written by|text|autor|author)[:\s]\s*(?=\S)", re.I)
_LIST = re.compile(
    r"\s*(?:;|\||\n|,(?!\s*(?:jr|sr)\.?(?:,|;|$))(?:\s(?:and|und|et|y|&) )?| (?:and|und|et|y|&|och|og|en|i|и|ve) )\s*",
    re.I,
)
_SURNAME_FIRST = re.compile(r"([A-ZÀ-Þ][a-zß-ÿ]{1,24}(?:-[A-ZÀ-Þ][a-zß-ÿ]{1,24})?), ([A-ZÀ-Þ](?:[a-zß-ÿ]{1,24}|\.)(?: [A-ZÀ-Þ]\.?){0,2})")
"""One person as libraries write it: "Lima, Ana M."."""


def is_degree(piece: str) -> bool:
    """Whether it is a degree or the like, as it stands behind a name and a comma ("MD", "CFP®", "Ph.D.", "E-RYT 200")."""
    first = piece.split(" ", 1)[0]
    if first.lower().strip("*®™") in DEGREES:
        return True
    if first.lower().strip(".") in FIRMS:
        return False
    letters = [c for c in first if c.isalpha()]
    return 2 <= len(letters) <= 6 and len(piece) <= 12 and sum(c.isupper() for c in letters) > len(letters) / 2 and not is_agency(piece)


def without_degree(text: str) -> str:
    """A name without the degrees behind it: "Ana Lima, MD" and "Ana Lima PhD" give "Ana Lima"."""
    name = text.split(",", 1)[0] if "," in text and all(is_degree(d.strip()) for d in text.split(",")[1:]) else text
    words = name.split(" ")
    while len(words) > 2 and words[-1].lower().strip("*®™") in DEGREES and sum(c.isupper() for c in words[-1]) > 1:
        words.pop()
    return " ".join(words).rstrip("* ")


def declared_names(value: str, site: str | None) -> tuple[str, ...]:
    """The authors that a piece of metadata names. Mail addresses, URLs, handles, roles and placeholders are dropped; so is the site's own name.

    Behind a person only persons, agencies and teams are others; the rest says what the person is.
    """
    if not 2 <= len(value) <= 400:
        return ()
    value = _BY.sub("", value.strip())
    if turned := _SURNAME_FIRST.fullmatch(value):
        value = f"{turned[2]} {turned[1]}"
    if is_team(value):
        return (value,)
    names: dict[str, str] = {}
    for piece in _pieces(value):
        name = piece if is_team(piece) else without_role(piece)
        if not _may_sign(name, site):
            continue
        if names and not (is_person(name) or is_agency(name) or is_team(name) or (" " not in name and all(" " not in n for n in names))):
            continue
        names.setdefault(name.lower(), name)
    return tuple(names.values())


def _pieces(value: str) -> list[str]:
    """The names that a declared value lists; an "and" inside the name of an organisation parts nothing."""
    pieces = [_bare(piece) for piece in _LIST.split(value)]
    if len(pieces) > 1 and not any(mark in value for mark in ";|,\n") and not all(is_person(without_role(p)) or " " not in p for p in pieces):
        return [_bare(value)]
    return pieces


def _bare(piece: str) -> str:
    return without_degree(_IN_BRACKETS.sub("", " ".join(piece.split()))).strip(" .,-–—")


def _may_sign(name: str, site: str | None) -> bool:
    """Whether a declared name is worth a look: no address, no handle, no number, no placeholder, no role, not the site's own."""
    low = name.lower()
    return not (
        not 2 < len(name) <= MAX_NAME
        or _URL.search(name)
        or low in NO_AUTHOR
        or sum(c.isdigit() for c in name) > 2
        or ": " in name
        or (site and low == site.lower())
        or (is_role(name) and not is_agency(name) and not is_team(name))
        or "_" in name
        or (name == low and name.isascii() and " " not in name and not is_agency(name))
    )
