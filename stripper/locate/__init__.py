"""Tells a page's story from what stands around it, by a learned scorer over all blocks and the rules' marks on them."""

from __future__ import annotations

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

    return verdict(page, features(page, marks), shipped())


def verdict(page: Page, rows: Array, weights: Weights) -> Story:
    """The verdict that these weights give on a page with these features."""
    from stripper.locate.decode import choose, confidence, reasons
    from stripper.locate.features import PROSE
    from stripper.locate.scorer import score

    scores = score(rows, weights)
    sizes = [block.end - block.start for block in page.blocks]
    prose = (rows[:, PROSE] > 0).tolist()
    chosen, found = choose(scores, sizes, prose, weights.threshold)
    why = reasons(chosen, prose)
    return Story(tuple(scores.tolist()), chosen, confidence(scores, sizes), found, why)
