"""Pages with gold to training samples."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stripper.locate.align import labels
from stripper.locate.features import features
from stripper.locate.train.corpus import FLATTENED, Case
from stripper.locate.train.mixtures import Donor, mixtures
from stripper.locate.train.network import KINDS, Sample
from stripper.locate.train.silver import with_silver
from stripper.locate.view import words_of
from stripper.read import read
from stripper.rules.match import Matcher
from stripper.types import Mark, Page

FORMS = ("html", *FLATTENED)
_MOST_CHARACTERS = 400_000
"""A longer page is left out: it would weigh as one, and cost as hundreds."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A page as one of its forms ("html", "full", ...), read and marked, with its sample and those of its mixtures."""

    case: Case
    form: str
    page: Page
    marks: tuple[Mark, ...]
    sample: Sample
    copies: tuple[Sample, ...]


def examples(case: Case, others: Sequence[Donor], matcher: Matcher, seed: int, cache: Path | None) -> list[Example]:
    """A case in every form that holds text, with its mixtures. `cache` is a folder that keeps flattened texts between runs."""
    settled = with_silver(case) if case.silver else case
    return [example for form in FORMS for example in _of_form(settled, form, others, matcher, seed, cache)] if settled else []


def _of_form(case: Case, form: str, others: Sequence[Donor], matcher: Matcher, seed: int, cache: Path | None) -> Iterator[Example]:
    page = read(case.html, as_="html") if form == "html" else read(_flattened(case, form, cache), as_="text")
    if not page.blocks or len(page.text) > _MOST_CHARACTERS:
        return
    marks = matcher.mark(page)
    sample = _sample(case, page, marks)
    copies = [_sample(case, mixed, matcher.mark(mixed)) for mixed in _mixed(case, form, page, sample, others, seed)]
    yield Example(case, form, page, marks, sample, tuple(copies))


def _mixed(case: Case, form: str, page: Page, sample: Sample, others: Sequence[Donor], seed: int) -> Iterator[Page]:
    """All mixtures of an article that was flattened whole, the last one of its soup, none of other forms; pages of other kinds are only thinned."""
    wanted = {("full", True): slice(3), ("full", False): slice(2), ("soup", True): slice(2, 3)}.get((form, case.kind == "article"))
    if wanted is None:
        return
    lines = [
        (("\n\n" if block.gap else "\n") + page.text[block.start : block.end], bool(label))
        for block, label in zip(page.blocks, sample.labels, strict=True)
    ]
    texts = list(mixtures(lines, others, random.Random(f"{seed} {case.id} {form}")))
    for text in texts[wanted]:
        mixed = read(text, as_="text")
        if mixed.blocks:
            yield mixed


def _sample(case: Case, page: Page, marks: Sequence[Mark]) -> Sample:
    story = np.array(labels(page, case.body))
    weights = np.sqrt(np.array([len(words_of(page.folded[b.start : b.end])) for b in page.blocks], np.float32) + 1)
    if case.standfirst:  # counts neither for nor against
        weights *= ~(np.array(labels(page, case.standfirst)) & ~story)
    weights /= max(1e-6, float(weights.sum()))
    kind = case.kind if case.kind in KINDS and not case.silver else ""
    return Sample(features(page, marks).astype(np.float16), story.astype(np.float32), weights.astype(np.float32), kind)


def _flattened(case: Case, form: str, cache: Path | None) -> str:
    flatten: Callable[[bytes], str] = FLATTENED[form]
    if cache is None:
        return flatten(case.html)
    file = cache / f"{hashlib.sha256(case.html).hexdigest()[:24]}.{form}.txt"
    if not file.exists():
        cache.mkdir(parents=True, exist_ok=True)
        file.write_text(flatten(case.html), "utf-8", newline="")
    return file.read_bytes().decode("utf-8")
