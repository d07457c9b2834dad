"""How long tests wait, and for what: for something to be so, never for time to pass."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 600.0
"""Seconds after which what should have happened never will. That is far more than anything here takes, because whoever runs the tests may have a
machine with much else to do, where seconds become minutes; a test that passes doesn't get near it."""


def until(condition: Callable[[], T], what: str) -> T:
    """The first true value of `condition()`, which is asked again and again; fails with `what` when patience is at its end."""
    end = time.monotonic() + PATIENCE
    while not (value := condition()):
        assert time.monotonic() < end, f"still not after {PATIENCE:g} s: {what}"
        time.sleep(0.02)
    return value


def heed_interrupts() -> None:
    """For `preexec_fn` of processes that are sent SIGINT: a shell tells what runs in its background to ignore it, and so would what tests start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
