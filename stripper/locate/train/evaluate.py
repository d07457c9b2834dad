"""What a scorer is worth on pages of sites that it saw nothing of."""

from __future__ import annotations

import time
import zlib
from collections import defaultdict
from collections.abc import Sequence
from statistics import mean
from typing import Any, NamedTuple

from stripper.article import Article, Status
from stripper.build import build
from stripper.fields import find_fields
from stripper.locate import verdict, verdict_of
from stripper.locate.scorer import Weights
from stripper.locate.train.bakeoff import RIVALS
from stripper.locate.train.corpus import Case
from stripper.locate.train.dataset import Example
from stripper.locate.train.network import UNBENT, train
from stripper.locate.train.score import word_f1
from stripper.resolve import resolve, spare, status_of
from stripper.types import Policy, Story

FOLDS = 5


class Scored(NamedTuple):
    """Measured and expected word F1 of a page's body."""

    f1: float
    expected: float


def fold_of(case: Case) -> int:
    """The fold of a case's site: pages of one site never stand on both sides."""
    return zlib.crc32(case.site.encode()) % FOLDS


def train_and_score(held_out: int | None, examples: Sequence[Example], seed: int) -> tuple[Weights, dict[int, Scored]]:
    """Weights trained without one fold, and what they make of its pages, by their places in `examples`; None holds nothing out."""
    weights = train([sample for e in examples if fold_of(e.case) != held_out for sample in (e.sample, *e.copies)], seed)
    return weights, {i: _scored(e, weights) for i, e in enumerate(examples) if fold_of(e.case) == held_out and not e.case.silver}


def compare(name: str, examples: Sequence[Example], seed: int) -> dict[str, Any]:
    """Mean word F1 of a scorer on the articles of the first fold as flat text, its size, and its time a page without that of the features."""
    flat = [e for e in examples if e.form != "html"]
    rival = RIVALS[name]([sample for e in flat if fold_of(e.case) != 0 for sample in (e.sample, *e.copies)], seed)
    held_out = [e for e in flat if fold_of(e.case) == 0 and e.case.kind == "article" and not e.case.silver]
    pages = [e.sample.rows.astype("float32") for e in held_out]
    forms: dict[str, list[float]] = defaultdict(list)
    for example, rows in zip(held_out, pages, strict=True):
        forms[example.form].append(word_f1(_article(example, verdict_of(rival.score(rows), rows, UNBENT)).body, example.case))
    started = time.process_time()
    for rows in pages:
        rival.score(rows)
    spent = 1000 * (time.process_time() - started) / len(pages)
    means = {form: round(mean(values), 4) for form, values in forms.items()}
    return {"scorer": name, **means, "bytes": rival.size, "ms": round(spent, 2)}


def _scored(example: Example, weights: Weights) -> Scored:
    article = _article(example, verdict(example.sample.rows.astype("float32"), weights))
    return Scored(word_f1(article.body, example.case), article.score)


def _article(example: Example, story: Story) -> Article:
    """The article that a user would get with this verdict."""
    fields = find_fields(example.page, example.marks, story)
    policy = Policy()
    settled = resolve(example.page, example.marks, fields.marks, story, policy)
    status = status_of(example.page, settled, story, policy)
    return build(example.page, spare(settled) if status is Status.FLOOR else settled, fields.witnesses, story, status, ())
