"""Copies of flattened pages that no site ever printed, so that no layout is learned by heart.

A copy keeps the story, or its beginning, and changes what stands around it: some of that is left out, some moves between the story's paragraphs, and
what other pages say joins in: a list of teasers in a rhythm drawn anew each time, or the next story below, as on pages that scroll without end. Some
copies lose their line breaks.
"""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stripper.fields.language import guess
from stripper.locate.train.corpus import Case

Line = tuple[str, bool]
"""A line's text with the line break before it (one or two), and whether it belongs to the story."""

_FEWEST_LEFT = 2
"""So many lines of a story are left when its end is cut off."""


@dataclass(frozen=True, slots=True)
class Donor:
    """What another page says."""

    headline: str
    deck: str
    author: str
    date: datetime.date | None
    body: str


_FEWEST_DONORS = 4
"""A language with fewer borrows from all."""


def donors(cases: Sequence[Case]) -> Callable[[Case], Sequence[Donor]]:
    """A function that gives the donors for a case: those in its language, or all where these are too few."""
    found: dict[str | None, list[Donor]] = defaultdict(list)
    for case in cases:
        opening = case.standfirst or case.body.lstrip()[:400].split("\n")[0]
        if case.headline and opening:
            found[guess(case.body[:1200])].append(Donor(case.headline, opening, case.author, case.date, case.body))
    everyone = [donor for language in found.values() for donor in language]

    def of(case: Case) -> Sequence[Donor]:
        same = found[guess(case.body[:1200])]
        return same if len(same) >= _FEWEST_DONORS else everyone

    return of


def mixtures(lines: Sequence[Line], others: Sequence[Donor], chance: random.Random) -> Iterator[str]:
    """Three copies: one thinned, one thinned and without line breaks, one with what donors say."""
    yield _joined(_interrupted(_thinned(_shortened(lines, chance, 0.2), chance), chance))
    yield " ".join(text.strip() for text, _ in _interrupted(_thinned(lines, chance), chance))
    yield _joined(_with_donors(_thinned(_shortened(lines, chance, 0.4), chance), others, chance))


def _joined(lines: Sequence[Line]) -> str:
    return "".join(text for text, _ in lines)


def _shortened(lines: Sequence[Line], chance: random.Random, share: float) -> Sequence[Line]:
    """That share of stories ends early, as behind a paywall."""
    story = [i for i, (_, is_story) in enumerate(lines) if is_story]
    if len(story) <= _FEWEST_LEFT or chance.random() >= share:
        return lines
    cut = set(story[chance.randint(_FEWEST_LEFT, min(len(story), 8)) :])
    return [line for i, line in enumerate(lines) if i not in cut]


def _thinned(lines: Sequence[Line], chance: random.Random) -> list[Line]:
    """All of the story, and of each run of other lines all, nothing or one end."""
    kept: list[Line] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end][1] == lines[at][1]:
            end += 1
        run = lines[at:end]
        if not lines[at][1] and chance.random() >= 0.4:
            cut = chance.randint(0, len(run)) if chance.random() < 0.5 else 0
            run = run[:cut] if chance.random() < 0.5 else run[len(run) - cut :]
        kept += run
        at = end
    return kept


def _interrupted(lines: list[Line], chance: random.Random) -> list[Line]:
    """A few lines that stand around the story moved into it, every other time: boxes and adverts between its paragraphs."""
    around = [i for i, (_, is_story) in enumerate(lines) if not is_story]
    if len(around) < 2 or len(lines) - len(around) < 3 or chance.random() < 0.5:
        return lines
    first = chance.choice(around)
    last = first
    while last + 1 < len(lines) and not lines[last + 1][1] and last - first < chance.randint(0, 6):
        last += 1
    box, rest = lines[first : last + 1], lines[:first] + lines[last + 1 :]
    place = chance.choice([i for i, (_, is_story) in enumerate(rest) if is_story][:-1]) + 1
    return rest[:place] + box + rest[place:]


def _with_donors(lines: list[Line], others: Sequence[Donor], chance: random.Random) -> list[Line]:
    """Teasers behind the story, at the page's end or before the story; or, every fourth time, another story below."""
    story = [i for i, (_, is_story) in enumerate(lines) if is_story]
    if not story or not others:
        return lines
    if chance.random() < 0.25:
        place, added = chance.randint(story[-1] + 1, len(lines)), _next_story(chance.choice(others), chance)
    else:
        place = chance.choice((story[-1] + 1, story[-1] + 1, len(lines), chance.randint(story[-1] + 1, len(lines)), chance.randint(0, story[0])))
        added = _teaser_list(others, chance)
    return lines[:place] + added + lines[place:]


def _next_story(other: Donor, chance: random.Random) -> list[Line]:
    """The next story of a page that scrolls without end: its head, and as many of its paragraphs as chance will have."""
    head = [other.headline, other.deck if chance.random() < 0.5 else "", other.author, _printed(other.date, chance.choice(_DATES))]
    body = [line for line in other.body.split("\n") if line.strip()]
    return [("\n" + text, False) for text in head + body[: chance.randint(2, 20)] if text]


_PARTS: Mapping[str, Callable[[Donor, str, random.Random], str]] = {
    "headline": lambda d, _, chance: d.headline,
    "deck": lambda d, _, chance: _cut(d.deck, chance),
    "kicker": lambda d, _, chance: " ".join(d.headline.split()[: chance.randint(1, 3)]),
    "caption": lambda d, _, chance: _cut(d.deck.rpartition(". ")[2] or d.deck, chance),
    "author": lambda d, _, chance: d.author,
    "date": lambda d, style, chance: _printed(d.date, style),
}
_DATES = ("%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%Y/%m/%d", "%B %d, %Y", "%d %b %Y", "%b %d", "%d.%m.%y, 14:05", "%Y年%m月%d日", "09:30")
_CHANCES = {"headline": 1.0, "deck": 0.75, "kicker": 0.4, "caption": 0.3, "author": 0.25, "date": 0.4}


def _printed(date: datetime.date | None, style: str) -> str:
    return date.strftime(style) if date else ""


def _teaser_list(others: Sequence[Donor], chance: random.Random) -> list[Line]:
    """A list in one rhythm: the same parts in the same order for each teaser."""
    parts = [name for name, share in _CHANCES.items() if chance.random() < share]
    chance.shuffle(parts)
    marker, gap, joint = chance.choice(("", "", "• ", "- ")), chance.choice(("\n", "\n\n")), chance.choice(("\n", "\n", "\n\n", " "))
    style = chance.choice(_DATES)
    lines: list[Line] = []
    for _ in range(chance.randint(3, 14)):
        other = chance.choice(others)
        said = [text for name in parts if (text := _PARTS[name](other, style, chance)) and (name == "headline" or chance.random() < 0.93)]
        lines.append((gap + marker + joint.join(said), False))
    return lines


def _cut(text: str, chance: random.Random) -> str:
    """A text as teasers give it: whole where it is short, else its beginning, with or without a sign that it goes on."""
    if len(text) < 60 or (len(text) < 220 and chance.random() < 0.6):
        return text
    cut = text[: chance.randint(50, 200)]
    return chance.choice((cut.rsplit(" ", 1)[0] + chance.choice(("...", "…", " ...", "")), cut.rpartition(". ")[0] + "." if ". " in cut else cut))
