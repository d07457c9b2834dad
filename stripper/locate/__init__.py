"""Tells a page's story from what stands around it, by a learned scorer over all blocks and the rules' marks on them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from stripper.types import Mark, Page, Story

if TYPE_CHECKING:  # numpy costs 100 ms to import, so it waits for the first page
    from stripper.locate.scorer import Weights
    from stripper.locate.windows import Array


def locate(page: Page, marks: Sequence[Mark]) -> Story:
    """The verdict on every block of a page, given the rules' marks on it. Raises WeightsError where the weights can't be used."""
    from stripper.locate.features import features
    from stripper.locate.scorer import shipped

    return verdict(features(page, marks), shipped())


def locate_and_explain(page: Page, marks: Sequence[Mark]) -> Story:
    """The same verdict, with reasons that say what weighed most; it takes many times as long."""
    from stripper.locate.explain import reasons
    from stripper.locate.features import features
    from stripper.locate.scorer import shipped

    rows = features(page, marks)
    story = verdict(rows, shipped())
    return dataclasses.replace(story, reasons=reasons(story, rows, shipped()))


def verdict(rows: Array, weights: Weights) -> Story:
    """The verdict that these weights give on a page with these features."""
    from stripper.locate.scorer import score

    return verdict_of(score(rows, weights), rows, weights.curve)


def verdict_of(scores: Array, rows: Array, curve: Array) -> Story:
    """The verdict that follows from scores; `curve` says what F1 to expect of it (see `stripper.locate.scorer.Weights`)."""
    from stripper.locate.decode import choose, expected_f1, reasons
    from stripper.locate.features import ENDS_SENTENCE, PROSE, words_in
    from stripper.locate.scorer import calibrated

    words, sentences, prose = words_in(rows), rows[:, ENDS_SENTENCE] > 0, rows[:, PROSE] > 0
    chosen, found = choose(scores, words, sentences, prose)
    expected = calibrated(expected_f1(scores, words, chosen), curve) if chosen else 0.0
    return Story(tuple(scores.tolist()), chosen, expected, found, reasons(chosen, prose.tolist()))
