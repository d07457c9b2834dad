"""Says in words what weighed most in a verdict: what the scores would be if part of what the scorer sees were as on any page."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stripper.locate.features import GROUPS
from stripper.locate.scorer import Weights, logits
from stripper.locate.windows import Array
from stripper.types import Story

_MOST = 2
"""So many things are named for each block."""
_LEAST = 0.3
"""Log odds that count as weighing anything."""


def reasons(story: Story, rows: Array, weights: Weights) -> tuple[str, ...]:
    """The story's reasons, each with what spoke most against its block. `rows` are the page's features."""
    if not len(rows):
        return story.reasons
    names, changes = zip(*_changes(rows, weights), strict=True)
    table = np.stack(changes)
    told = []
    for index, reason in enumerate(story.reasons):
        heaviest = [i for i in np.argsort(table[:, index], kind="stable")[:_MOST] if table[i, index] < -_LEAST]
        weighed = " and ".join(names[i] for i in heaviest)
        told.append(f"{reason}; most against it: {weighed}" if reason and weighed else reason)
    return tuple(told)


def _changes(rows: Array, weights: Weights) -> Iterator[tuple[str, Array]]:
    """For each group of features its name, and by how much it moved each block's log odds."""
    whole = logits(rows, weights)
    for name, columns in GROUPS.items():
        there = [column for column in columns if column < rows.shape[1]]
        if not there or not rows[:, there].any():
            continue
        usual = rows.copy()
        usual[:, there] = weights.mean[there]
        yield name, whole - logits(usual, weights)
