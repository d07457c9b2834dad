"""Which of the values that a page gives for its headline is its own name.

Every value is weighed by who says it and by what it looks like: a linear table of a dozen weights. They were fitted (softmax over a page's values,
L2) on 1,600 pages of all kinds with known headlines: on half of the sites, confirmed on the other half.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stripper.fields.head import Head, normal
from stripper.fields.titles import Place, in_address
from stripper.types import Witness

STATED = frozenset({"json-ld", "opengraph", "microdata", "meta", "title"})
"""Origins that say it outside of the page's text."""
_WEIGHTS = {
    "declared": 1.1,  # metadata or the title says it
    "again": 0.37,  # each further kind of metadata that says the same
    "part": 0.65,  # it stands before a separator in one of them
    "h1": 0.62,  # an h1 says it
    "line": 0.43,  # each point of the page's own line over _NEUTRAL
    "article": 0.28,  # it is that line, and the page declares an article: those print their headline
    "address": 1.2,  # share of its words that the page's address holds
    "whole address": 0.35,  # share of the address's words that it holds
    "topic": 1.1,  # share of its words that the story holds
    "bar": -2.0,  # it has a "|": more than a name
    "dash": -0.9,  # the same with a dash between blanks
    "word": -0.4,  # it is a single word
}
_NEUTRAL = 9.5
"""Points with which a page's own line is as good as none: those with fewer are often some other heading."""
_MOST_POINTS = 12.0
_NO_STORY = 0.3
"""Share of words in a story that isn't there."""
_DASHES = (" - ", " – ", " — ")
_NAMES = {
    "html": "its h1",
    "opengraph": "og:title",
    "json-ld": "JSON-LD",
    "microdata": "its microdata",
    "meta": "another meta element",
    "title": "its title",
}
"""Origins as they are called in sentences, in the order of their naming."""
_REASONS = {
    "declared": "others are not declared",
    "again": "fewer declarations say something else",
    "h1": "others stand in no h1",
    "line": "it is the better line above the story",
    "article": "articles print their headline",
    "address": "the page's address holds its words",
    "whole address": "it holds more words of the page's address",
    "topic": "it is more about the story",
    "bar": "others hold more than a name",
    "dash": "others hold more than a name",
    "word": "another is a single word",
}


class Candidate(NamedTuple):
    """A value, and who says it."""

    value: str
    by: tuple[Witness, ...]
    """Witnesses that say just this."""
    before: tuple[Witness, ...]
    """Witnesses that say this before a separator."""


class Own(NamedTuple):
    """The reader of the page's own line, and the points it gave that line."""

    origin: str
    points: float


def candidates(witnesses: Sequence[Witness], parts: Iterable[Witness]) -> list[Candidate]:
    """The different values, in the order of their first witness. `parts` are beginnings of declared titles."""
    by: dict[str, list[Witness]] = {}
    before: dict[str, list[Witness]] = {}
    for found, said in ((by, witnesses), (before, parts)):
        for w in said:
            if key := normal(w.value):
                found.setdefault(key, []).append(w)
    keys = dict.fromkeys((*by, *before))
    return [Candidate((by.get(key) or before[key])[0].value, tuple(by.get(key, ())), tuple(before.get(key, ()))) for key in keys]


def best_of(values: Sequence[Candidate], own: Own | None, head: Head, place: Place) -> Witness | None:
    """The witness of the value that most speaks for, with the reason; the first one wins a tie. None where there are no values."""
    is_article = any(str(w.value).lower().endswith(("article", "posting")) for w in head.page.declared if w.field == "type")
    weighed = [(_weighed(value, own, head, place, is_article), value) for value in values]
    weighed.sort(key=lambda pair: -sum(pair[0].values()))
    if not weighed:
        return None
    weights, best = weighed[0]
    witness = (best.by or best.before)[0]
    return witness._replace(why=_why(best, own, weights, weighed[1][0] if len(weighed) > 1 else None))


def _weighed(value: Candidate, own: Own | None, head: Head, place: Place, is_article: bool) -> dict[str, float]:
    """What speaks for a value and against it, weighted."""
    origins = {w.origin for w in value.by}
    stated = len(origins & STATED)
    words = set(normal(value.value).split())
    is_own = own is not None and own.origin in origins
    features = {
        "declared": stated > 0,
        "again": max(0, stated - 1),
        "part": not origins,
        "h1": "html" in origins,
        "line": min(_MOST_POINTS, own.points) - _NEUTRAL if own and is_own else 0.0,
        "article": is_article and is_own,
        "address": in_address(value.value, place),
        "whole address": len(words & place.slug) / max(1, len(place.slug)),
        "topic": head.coherence(value.value) if head.stems else _NO_STORY,
        "bar": "|" in value.value,
        "dash": any(dash in value.value for dash in _DASHES),
        "word": len(words) == 1,
    }
    return {name: _WEIGHTS[name] * feature for name, feature in features.items()}


def _why(best: Candidate, own: Own | None, weights: dict[str, float], others: dict[str, float] | None) -> str:
    """Who says it, and what told it from the next best value, in words."""
    origins = dict.fromkeys(w.origin for w in best.by)
    said = [name for origin, name in _NAMES.items() if origin in origins]
    if not origins:
        who = f"It stands before a separator in {_NAMES.get(best.before[0].origin, 'a title')}"
    elif own and own.origin in origins:
        who = f"The page's own line says so, and so do {_listed(said)}" if said else "Only the page's own line gives it"
    else:
        who = f"{_listed(said)} give{'s' if len(said) == 1 else ''} it"
    if others is None:
        return f"{who[0].upper()}{who[1:]}."
    reason = max(_REASONS, key=lambda name: weights[name] - others[name])
    return f"{who[0].upper()}{who[1:]}; {_REASONS[reason]}."


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
