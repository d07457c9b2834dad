"""How much work something is. No test says how many seconds something may take, because that is a property of the machine and of its day."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

Work = Callable[[], object]


def steps(work: Work) -> int:
    """How many lines of Python it runs: the same on each machine. What happens inside of C isn't counted."""
    count = 0

    def trace(frame: FrameType, event: str, value: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def growth(small: Work, large: Work, enough: float, rounds: int = 10) -> float:
    """How many times as much processor time `large` takes as `small`, for work that is done in C.

    Both run in turn until the ratio within one round is below `enough`; otherwise the least ratio of all rounds is given. So a neighbour on the
    machine has to disturb each round to spoil it. Let `enough` be far from the ratios of linear and of quadratic work: for inputs of 1 and 8
    these are 8 and 64, and between them lies 24.
    """
    least = math.inf
    for _ in range(rounds):
        least = min(least, _seconds(large) / max(_seconds(small), 1e-9))
        if least < enough:
            break
    return least


def _seconds(work: Work) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
