"""Lines that say who wrote it: "By Ana Lima and Bo Chen, Lisbon", "Von Jana Krüger", "AP Seoul", "14 May 2024 - 09:10 Ana Lima".

`parse` reads one line; it knows nothing of the page. Whether a line that merely could be a byline is one, the reader in `printed` decides.
"""

from __future__ import annotations

import re

from stripper.fields.line.bywords import BY_WORDS, HAN, INTERVIEW, LABEL, LAST_LETTERS, PORTRAIT, SIGN, SOURCE, TWICE
from stripper.fields.line.dates import Moment, dates_in
from stripper.fields.line.masks import masked_line
from stripper.fields.line.names import is_agency, is_person, is_role, may_be_place
from stripper.fields.line.people import AND, JOINTS, LISTS, WORD_AFTER, Byline, breaks, byline_of, people_in, pieces
from stripper.fields.line.plain import plain
from stripper.fields.line.words import NO_PERSON

MAX_LINE = 220
"""Longest byline in characters; longer lines are prose."""
_LONGEST_LABEL = 40
_MOST_SMALL = 5
_LONGEST_PLACE = 24
"""Characters of "from Lisbon" behind a name, before the next name."""
_LONGEST_PLAIN = 60
"""A longer line that ends like a sentence and has no date names its author only behind a by-word."""
_PREFIXED = ("by", "von", "par", "por")
_PREFIXES = frozenset("bvpBVP")
_SHORT_FORM = re.compile(r"[A-Z]{2,6}(?= ?(?:$|[,|•·/\x00–—-]))")
"""Letters behind a by-word that stand for somebody, be they in no list of agencies."""


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
    if (
        (":" in masked or "：" in masked)
        and (source := SOURCE.match(masked, begin))
        and is_agency(agency := masked[source.end() :].split("\x00", 1)[0].strip(" |"))
    ):
        return Byline((agency,), agency, at := masked.index(agency, source.end()), at + len(agency), 2, dates)
    if not masked.isascii() and (han := HAN.match(masked, begin)):
        group = next(g for g in ("after", "before", "kana", "hindi", "korean") if han[g])
        return Byline((han[group],), han[group], han.start(group), han.end(group), 3, dates)
    return None if sentence else plain(masked, begin, dates)


def _may_be(line: str) -> bool:
    """A cheap first look: a line of mostly small words is a byline only where it begins with a by-word, or holds digits."""
    if line.count(" ") < _MOST_SMALL:
        return True
    words = line.split(" ", 24)
    return (len(words) < 24 and len([w for w in words if w[:1].islower()]) <= _MOST_SMALL) or SIGN.search(line) is not None


def only_by_word(line: str) -> bool:
    """Whether a line is a by-word alone, so that the next one holds the name ("By", "Written by", "Kommentar von")."""
    if len(line) > _LONGEST_LABEL:
        return False
    text = line.strip()
    if LABEL.fullmatch(text) is not None:
        return True
    return text.lower().endswith(LAST_LETTERS) and (
        (len(text) <= 30 and BY_WORDS.fullmatch(text.rstrip(":") + " ") is not None)
        or (text.endswith((":", "：")) and len(text) <= 20 and BY_WORDS.fullmatch(text) is not None)
    )


def _second_by(masked: str, begin: int) -> re.Match[str] | None:
    """A by-word after the first separator ("Opinion | By Ana Lima", "AnaBy Ana")."""
    for stop in breaks(masked, begin, begin + 80):
        if (by := BY_WORDS.match(masked, stop.end())) is not None:
            return by
    return None


def _glued(masked: str, begin: int) -> int:
    """Where the name begins after a by-word glued to it ("byAna Lima"); 0 where there is none."""
    if masked[begin : begin + 1] not in _PREFIXES:
        return 0
    for word in _PREFIXED:
        at = begin + len(word)
        if masked[begin:at] in (word, word.capitalize()) and masked[at : at + 1].isupper() and masked[at + 1 : at + 2].islower():
            return at
    return 0


def _introduced(masked: str, start: int, dates: tuple[Moment, ...]) -> Byline | None:
    """Names after a by-word: the first stretch and those after commas that go on with names."""
    people: list[tuple[int, int, str]] = []
    stretches = pieces(masked, start)
    joined = any(AND.search(masked, s, e) for s, e, _ in stretches[1:])
    for number, (s, e, before) in enumerate(stretches):
        cut = WORD_AFTER.search(masked, s, e)
        end = cut.start() if cut and not AND.match(masked, cut.start()) else e
        here = people_in(masked, s, end, introduced=True)
        if number and is_role(masked[s:e]):
            break
        if number and (before not in JOINTS or any(may_be_place(n) or (len(n.split()) < 2 and not is_agency(n)) for *_, n in here)):
            break
        if number and here and before not in LISTS and not is_agency(here[0][2]) and not is_person(here[0][2]):
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
    return byline_of(masked, people, 3 if any(not is_agency(p[2]) for p in people) else 2.5, dates)
