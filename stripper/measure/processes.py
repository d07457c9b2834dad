"""The same work on many items, in several processes."""

from __future__ import annotations

import functools
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

_AHEAD = 8
"""Items a process that may be under way or done before they are asked for: enough that none waits, and a stream never piles up."""

_inherited: Callable[[Any], Any]


def in_processes(function: Callable[..., Any], items: Iterable[Any], shared: tuple[Any, ...], jobs: int) -> Iterator[Any]:
    """function(item, *shared) for each item, in their order; in this process where `jobs` is 1.

    What is shared may be large: where the system forks, processes inherit it, and it is never copied.
    """
    if jobs == 1:
        for item in items:
            yield function(item, *shared)
        return
    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else None)
    with ProcessPoolExecutor(jobs, context, _inherit, (functools.partial(_with, function, shared),)) as pool:
        pending: deque[Future[Any]] = deque()
        try:
            for item in items:
                pending.append(pool.submit(_run, item))
                if len(pending) >= _AHEAD * jobs:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        finally:
            for left in pending:
                left.cancel()


def _with(function: Callable[..., Any], shared: tuple[Any, ...], item: Any) -> Any:
    return function(item, *shared)


def _inherit(function: Callable[[Any], Any]) -> None:
    global _inherited  # one per worker process, which has nothing else to do
    _inherited = function


def _run(item: Any) -> Any:
    return _inherited(item)
