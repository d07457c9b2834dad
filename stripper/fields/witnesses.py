"""Which of the witnesses of a page's authors is believed."""

from __future__ import annotations

from stripper.fields.head import normal
from stripper.fields.line.names import is_agency, is_person, is_team
from stripper.fields.wording import ORIGINS, and_so, listed
from stripper.types import Witness

AT_END = "text:byline-at-end"
"""The reader of signatures."""
_CLEAR = 2.5
"""A byline from this strength on has more than names that says what it is."""
BY_WORD = 3.0
"""One from this strength on introduces its names with a by-word."""
_ALL_OF_THEM = 3.0
"""More than two declarations that agree weigh together."""
_MORE = 0.5
"""A declaration that knows all the printed names and more."""
_OF_THE_PAGE = frozenset({"json-ld", "meta", "opengraph"})
"""Origins that speak of the page as a whole; microdata and links may be those of other stories."""
_WEIGHTS = {"json-ld": 1.5, "microdata": 1.0, "meta": 1.0, "opengraph": 0.8, "html": 0.8}
_AGREED = 0.6
"""What each witness weighs that names the same person."""


def ranked(witnesses: list[Witness], strength: float) -> list[Witness]:
    """The witnesses by the weight behind their names; metadata of one word yields to a printed person.

    `strength` is that of the byline on the page: nothing but names convinces less than a declaration, a by-word more than one, and a line with
    all the declared names and more of them convinces most.
    """

    said = [frozenset(normal(name) for name in w.value) for w in witnesses]

    def weight(number: int) -> float:
        w, names = witnesses[number], said[number]
        printed = _is_printed(w)
        agreed = sum(_AGREED for other, theirs in enumerate(said) if other != number and not names.isdisjoint(theirs))
        own = _printed(strength, w.origin == AT_END, contested=not agreed) if printed else _WEIGHTS.get(w.origin, 0.5)
        if any(
            len(theirs) < len(names) and _includes(names, theirs) for other, theirs in enumerate(said) if printed or _is_printed(witnesses[other])
        ):
            agreed += _ALL_OF_THEM if printed else _MORE if w.origin in _OF_THE_PAGE else 0.0
        return own + agreed + sum(_shape(n) for n in w.value) / len(w.value)

    weights = [weight(number) for number in range(len(witnesses))] if len(witnesses) > 1 else [0.0] * len(witnesses)
    return [witnesses[number] for number in sorted(range(len(witnesses)), key=lambda number: -weights[number])]


def _is_printed(w: Witness) -> bool:
    return w.origin.startswith("text:")


def _printed(strength: float, below: bool, contested: bool) -> float:
    """The weight of a byline above the story, or of a signature below it. One with a by-word outweighs declarations of others; one of the same
    person may know more names."""
    if below:
        return 1.2 if strength >= BY_WORD else 0.5
    if strength >= BY_WORD and contested:
        return 2.2
    return 1.3 if strength >= _CLEAR else 0.6


def _shape(name: str) -> float:
    """How much a name looks like somebody's who signs stories, 0 to 1."""
    return 1.0 if is_person(name) or is_agency(name) else 0.7 if is_team(name) else 0.4 if is_person(name, introduced=True) else 0.0


def persons(names: tuple[str, ...]) -> tuple[str, ...]:
    """The persons among names; the agencies where there is no other."""
    return tuple(name for name in names if not is_agency(name)) or names


def _includes(names: frozenset[str], fewer: frozenset[str]) -> bool:
    """Whether all of `fewer` are among `names`, titles such as "Dr" apart; both are `normal`."""
    return all(any(f" {said}".endswith(f" {name}") for said in names) for name in fewer)


def agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether both name the same person."""
    return bool({normal(n) for n in a} & {normal(n) for n in b})


_PLACES = ORIGINS | {"html": "a link to the author"}


def _place(w: Witness) -> str:
    return _PLACES.get(w.origin, "the signature below the story" if w.origin == AT_END else "the byline")


def believed_because(authors: list[Witness]) -> str:
    """Why the first of some witnesses of the authors was believed, in words."""
    first, others = authors[0], authors[1:]
    same = list(dict.fromkeys(_place(w) for w in others if agree(w.value, first.value)))
    different = list(dict.fromkeys(_place(w) for w in others if not agree(w.value, first.value)))
    place = _place(first)
    said = f"Only {place} says so." if not others else f"{place[0].upper()}{place[1:]} says so{and_so(same)}."
    return f"{said} {listed(different)[0].upper()}{listed(different)[1:]} {_names(different)} someone else, with less weight." if different else said


def _names(places: list[str]) -> str:
    return "names" if len(places) == 1 else "name"


def printed_because(strength: float, below: bool) -> str:
    """What showed that a line of the page is its byline, in words."""
    if below:
        return "It signs the story from below."
    if strength >= BY_WORD:
        return "A by-word introduces the names."
    if strength >= _CLEAR:
        return "What stands beside the names, or the markup around them, says that they are the authors'."
    return "Nothing but names, but where bylines stand, and with a date, a role or a paragraph about the person."
