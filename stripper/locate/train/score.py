"""Word F1: how good a body is, and what a score says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from stripper.locate.train.corpus import Case
from stripper.locate.view import words_of
from stripper.locate.windows import Array
from stripper.read.text import fold

_POINTS = 16


def word_f1(text: str, case: Case) -> float:
    """Word F1 of a body against the gold, as bags of words; with or without the standfirst, whichever is better."""
    references = [case.body] + ([f"{case.standfirst}\n{case.body}"] if case.standfirst else [])
    return max(f1(words_of(fold(text)), words_of(fold(reference))) for reference in references)


def f1(got: Sequence[str], want: Sequence[str]) -> float:
    """F1 of two bags of words; two empty ones are equal."""
    if not got and not want:
        return 1.0
    shared = sum((Counter(got) & Counter(want)).values())
    return 2 * shared / (len(got) + len(want)) if shared else 0.0


def curve(expected: Sequence[float], measured: Sequence[float]) -> Array:
    """Expected F1 against measured F1 as points (2 x C) through which `numpy.interp` runs: means of pages in equal numbers, never falling."""
    order = np.argsort(expected, kind="stable")
    parts = np.array_split(order, min(_POINTS, len(order)))
    means = np.array([[np.mean(np.asarray(values)[part]) for part in parts] for values in (expected, measured)])
    return np.maximum.accumulate(means, axis=1).astype(np.float32)
