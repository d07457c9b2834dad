"""What lies around each row of a table: means over windows, distances to flagged rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float32]]

WIDTHS = (1, 3, 8, 20)
"""Rows to either side that a window may reach."""


def window_means(values: Array) -> Callable[[int], Array]:
    """A function from a width to the mean of each column over so many rows before, the row, and so many after; fewer at the edges.

    The first column must be all ones: its sum is the number of rows in a window.
    """
    count = len(values)
    widest = max(WIDTHS)
    sums = np.zeros((count + 1 + 2 * widest, values.shape[1]))
    np.cumsum(values, axis=0, out=sums[widest + 1 : widest + 1 + count])
    sums[widest + 1 + count :] = sums[widest + count]

    def mean(width: int) -> Array:
        total = sums[widest + width + 1 : widest + width + 1 + count] - sums[widest - width : widest - width + count]
        return np.asarray(total / total[:, :1])

    return mean


_FAR = 1000


def distances(flags: Any) -> tuple[Any, Any]:
    """For each row how many rows ago the last flagged one was, and how many ahead the next is, itself included; at least `_FAR` where there is none.

    Works down the first axis; further axes are kept apart.
    """
    count = len(flags)
    at = np.arange(count).reshape(-1, *(1,) * (flags.ndim - 1))
    last = np.maximum.accumulate(np.where(flags, at, -_FAR), axis=0)
    following = np.minimum.accumulate(np.where(flags, at, count + _FAR)[::-1], axis=0)[::-1]
    return at - last, following - at
