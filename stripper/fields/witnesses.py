"""Which of the witnesses of a page's authors is believed."""

from __future__ import annotations

from stripper.fields.head import normal
from stripper.fields.names import is_agency, is_person
from stripper.types import Witness

_CLEAR = 2.5
"""A byline from this strength on has more than names that says what it is."""
_ALL_OF_THEM = 3.0
"""More than two declarations that agree weigh together."""
_WEIGHTS = {"json-ld": 1.5, "microdata": 1.0, "meta": 1.0, "opengraph": 0.8, "html": 0.8}


def ranked(witnesses: list[Witness], strength: float, reader: str) -> list[Witness]:
    """The witnesses by the weight behind their names; metadata of one word yields to a printed person.

    `strength` is that of the byline that `reader` found: nothing but names convinces less than a declaration, and a by-word with all the declared
    names and more of them convinces most.
    """

    def weight(w: Witness) -> float:
        own = _WEIGHTS.get(w.origin, (1.1 if strength >= _CLEAR else 0.6) if w.origin == reader else 0.5)
        agreed = sum(0.6 for other in witnesses if other is not w and agree(other.value, w.value))
        if w.origin == reader and strength >= _CLEAR and any(_includes(w.value, other.value) for other in witnesses):
            agreed += _ALL_OF_THEM
        shaped = sum(is_person(n) or is_agency(n) for n in w.value) / len(w.value)
        return own + agreed + shaped

    return sorted(witnesses, key=lambda w: -weight(w))


def persons(names: tuple[str, ...]) -> tuple[str, ...]:
    """The persons among names; the agencies where there is no other."""
    return tuple(name for name in names if not is_agency(name)) or names


def _includes(names: tuple[str, ...], fewer: tuple[str, ...]) -> bool:
    """Whether all of `fewer` are among `names`, with others, titles such as "Dr" apart."""
    said = [f" {normal(name)} " for name in names]
    return len(fewer) < len(names) and all(any(s.endswith(f" {normal(name)} ") for s in said) for name in fewer)


def agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether both name the same person."""
    return bool({normal(n) for n in a} & {normal(n) for n in b})
