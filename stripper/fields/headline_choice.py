"""Which of the values that a page gives for its headline is its own name.

Every value is weighed by who says it and by what it looks like: a linear table, whose weights `python -m stripper.fields.train` fitted (softmax over
a page's values) on 1,600 pages of all kinds with known headlines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stripper.fields.head import Head, normal
from stripper.fields.titles import Place
from stripper.fields.wording import listed
from stripper.types import Witness

STATED = frozenset({"json-ld", "opengraph", "microdata", "meta", "title"})
"""Origins that say it outside of the page's text."""
WEIGHTS = {
    "declared": 1.16,  # metadata or the title says it
    "again": 0.35,  # each further kind of metadata that says the same
    "part": 0.84,  # it stands before a separator in one of them
    "h1": 0.78,  # an h1 says it
    "line": 0.32,  # each point of the page's own line over NEUTRAL
    "article": 0.42,  # it is that line, and the page declares an article: those print their headline
    "address": 0.83,  # share of its words that the page's address holds
    "whole address": 0.54,  # share of the address's words that it holds
    "topic": 1.11,  # share of its words that the story holds
    "bar": -2.14,  # it has a "|": more than a name
    "dash": -1.15,  # the same with a dash between blanks
    "word": -0.57,  # it is a single word
}
NEUTRAL = 9.5
"""Points with which a page's own line is as good as none: those with fewer are often some other heading."""
_MOST_POINTS = 12.0
_NO_STORY = 0.3
"""Share of words in a story that isn't there."""
_DASHES = (" - ", " – ", " — ")
_NAMES = {
    "html": "its h1",
    "title": "its title",
    "json-ld": "JSON-LD",
    "opengraph": "og:title",
    "microdata": "microdata",
    "meta": "another meta element",
}
"""Origins as they are called in sentences, in the order of their naming."""
_REASONS = {
    "declared": "the next best value is declared nowhere",
    "again": "fewer places declare the next best value",
    "h1": "the next best value stands in no h1",
    "line": "as the line above the story it convinces more than the next best value",
    "article": "articles print their headline, and the next best value isn't that line",
    "address": "the page's address holds its words rather than those of the next best value",
    "whole address": "the page's address holds its words rather than those of the next best value",
    "topic": "the story holds its words rather than those of the next best value",
    "bar": "the next best value holds more than a name",
    "dash": "the next best value holds more than a name",
    "word": "the next best value is a single word",
}
"""What may have told the best value from the next, by the names of the table."""


class Candidate(NamedTuple):
    """A value, and who says it."""

    words: frozenset[str]
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
    keys: dict[str, str] = {}
    for found, said in ((by, witnesses), (before, parts)):
        for w in said:
            if w.value not in keys:
                keys[w.value] = normal(w.value)
            if key := keys[w.value]:
                found.setdefault(key, []).append(w)
    return [Candidate(frozenset(key.split()), tuple(by.get(key, ())), tuple(before.get(key, ()))) for key in dict.fromkeys((*by, *before))]


def best_of(values: Sequence[Candidate], own: Own | None, head: Head, place: Place) -> Witness | None:
    """A witness of the value for which most speaks, with the reason; the first one wins a tie. None where there are no values."""
    ranked = sorted(zip(weighed(values, own, head, place), values, strict=True), key=lambda pair: -sum(pair[0].values()))
    if not ranked:
        return None
    weights, best = ranked[0]
    return _first(best)._replace(why=_why(best, own, weights, ranked[1][0] if len(ranked) > 1 else None))


def weighed(values: Sequence[Candidate], own: Own | None, head: Head, place: Place) -> list[dict[str, float]]:
    """For each value what speaks for it and against it, weighted, by the names of the table."""
    is_article = any(str(w.value).lower().endswith(("article", "posting")) for w in head.page.declared if w.field == "type")
    return [_weighed(value, own, head, place, is_article) for value in values]


def _first(value: Candidate) -> Witness:
    return (value.by or value.before)[0]


def _weighed(value: Candidate, own: Own | None, head: Head, place: Place, is_article: bool) -> dict[str, float]:
    text, words = _first(value).value, value.words
    origins = {w.origin for w in value.by}
    stated = len(origins & STATED)
    is_own = own is not None and own.origin in origins
    common = len(words & place.slug)
    features = {
        "declared": stated > 0,
        "again": max(0, stated - 1),
        "part": not origins,
        "h1": "html" in origins,
        "line": min(_MOST_POINTS, own.points) - NEUTRAL if own and is_own else 0.0,
        "article": is_article and is_own,
        "address": common / len(words),
        "whole address": common / max(1, len(place.slug)),
        "topic": head.coherence(text) if head.stems else _NO_STORY,
        "bar": "|" in text,
        "dash": any(dash in text for dash in _DASHES),
        "word": len(words) == 1,
    }
    return {name: WEIGHTS[name] * feature for name, feature in features.items()}


def _why(best: Candidate, own: Own | None, weights: dict[str, float], others: dict[str, float] | None) -> str:
    """Who says it, and what told it from the next best value, in words."""
    origins = {w.origin for w in best.by}
    said = [name for origin, name in _NAMES.items() if origin in origins]
    if not origins:
        who = f"It stands before a separator in {_NAMES.get(best.before[0].origin, 'a heading')}"
    elif own and own.origin in origins:
        who = (
            f"The page's own line says it, and so do{'es' if len(said) == 1 else ''} {listed(said)}" if said else "Only the page's own line gives it"
        )
    else:
        who = f"{listed(said)} give it" if len(said) > 1 else f"Only {said[0]} gives it"
    who = f"{who[0].upper()}{who[1:]}"
    if others is None:
        return f"{who}."
    reason = max(_REASONS, key=lambda name: weights[name] - others[name])
    return f"{who}; {_REASONS[reason]}."
