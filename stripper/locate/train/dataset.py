"""Pages with gold to training samples."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stripper.locate.features import features
from stripper.locate.train.align import labels
from stripper.locate.train.corpus import FLATTENED, Case
from stripper.locate.train.network import Sample
from stripper.locate.view import words_of
from stripper.read import read
from stripper.read.text import fold
from stripper.rules.match import Matcher
from stripper.types import Mark, Page

_MOST_CHARACTERS = 400_000
"""A longer page is left out: it would weigh as one, and cost as hundreds."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A page as one of its forms ("html", "full", ...), read and marked, with its sample."""

    case: Case
    form: str
    page: Page
    marks: tuple[Mark, ...]
    sample: Sample


def examples(cases: Sequence[Case], forms: Sequence[str], matcher: Matcher, cache: Path | None) -> Iterator[Example]:
    """Every case in every form that holds text. `cache` is a folder that keeps flattened texts between runs."""
    for case in cases:
        for form in forms:
            page = read(case.html, as_="html") if form == "html" else read(_flattened(case, form, cache), as_="text")
            if page.blocks and len(page.text) <= _MOST_CHARACTERS:
                yield _example(case, form, page, matcher, labels(page, case.body))


def thinned(example: Example, matcher: Matcher, seed: int) -> Iterator[Example]:
    """Copies of a flattened page that lack some of what stands around the story, or have it within, so that no layout is learned by heart.

    The last has lost its line breaks too: its blocks are sentences, and lines without a full stop run into the next.
    """
    chance = random.Random(f"{seed} {example.case.id} {example.form}")
    story = [bool(label) for label in example.sample.labels]
    blocks = example.page.blocks
    for breaks in (("\n\n", "\n"), (" ", " ")):
        kept = [i for i, keep in enumerate(_thin(story, chance)) if keep]
        order = _interrupted(kept, story, chance)
        page = read("".join(breaks[not blocks[i].gap] + example.page.text[blocks[i].start : blocks[i].end] for i in order), as_="text")
        if page.blocks:
            yield _example(example.case, example.form, page, matcher, labels(page, example.case.body))


def _interrupted(order: list[int], story: Sequence[bool], chance: random.Random) -> list[int]:
    """The blocks with a few that stand around the story moved into it, every other time: boxes and adverts between its paragraphs."""
    around = [at for at, i in enumerate(order) if not story[i]]
    within = [i for i in order if story[i]]
    if len(around) < 2 or len(within) < 3 or chance.random() < 0.5:
        return order
    first = chance.choice(around)
    last = first
    while last + 1 < len(order) and not story[order[last + 1]] and last - first < chance.randint(0, 6):
        last += 1
    box, rest = order[first : last + 1], order[:first] + order[last + 1 :]
    place = rest.index(chance.choice(within[:-1])) + 1
    return rest[:place] + box + rest[place:]


def _thin(story: Sequence[bool], chance: random.Random) -> list[bool]:
    """Which blocks stay: all of the story, and of each run of others all, nothing or one end."""
    kept: list[bool] = []
    at = 0
    while at < len(story):
        end = at
        while end < len(story) and story[end] == story[at]:
            end += 1
        if story[at] or chance.random() < 0.4:
            kept += [True] * (end - at)
        else:
            cut = chance.randint(at, end) if chance.random() < 0.5 else at
            first = chance.random() < 0.5
            kept += [(i < cut) == first if cut > at else False for i in range(at, end)]
        at = end
    return kept


def _example(case: Case, form: str, page: Page, matcher: Matcher, story: list[bool]) -> Example:
    marks = matcher.mark(page)
    sizes = np.array([len(words_of(page.folded[b.start : b.end])) for b in page.blocks], np.float32)
    weights = np.sqrt(sizes + 1)
    if case.standfirst:  # counts neither for nor against
        weights *= ~(np.array(labels(page, case.standfirst)) & ~np.array(story))
    weights /= max(1e-6, float(weights.sum()))
    rows = features(page, marks).astype(np.float16)
    return Example(case, form, page, marks, Sample(rows, np.array(story, np.float32), weights.astype(np.float32)))


def _flattened(case: Case, form: str, cache: Path | None) -> str:
    flatten: Callable[[bytes], str] = FLATTENED[form]
    if cache is None:
        return flatten(case.html)
    file = cache / f"{hashlib.sha256(case.html).hexdigest()[:24]}.{form}.txt"
    if not file.exists():
        cache.mkdir(parents=True, exist_ok=True)
        file.write_text(flatten(case.html), "utf-8", newline="")
    return file.read_bytes().decode("utf-8")


def word_f1(text: str, case: Case) -> float:
    """Word F1 of a body against the gold, as bags of words; with or without the standfirst, whichever is better."""
    references = [case.body] + ([f"{case.standfirst}\n{case.body}"] if case.standfirst else [])
    return max(_f1(words_of(fold(text)), words_of(fold(reference))) for reference in references)


def _f1(got: list[str], want: list[str]) -> float:
    if not got and not want:
        return 1.0
    shared = sum((Counter(got) & Counter(want)).values())
    return 2 * shared / (len(got) + len(want)) if shared else 0.0
