"""The same work on many items, in several processes."""

from __future__ import annotations

import functools
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

_inherited: Callable[[Any], Any]


def in_processes(function: Callable[..., Any], items: Iterable[Any], shared: tuple[Any, ...], jobs: int) -> Iterator[Any]:
    """function(item, *shared) for each item, in their order. What is shared may be large: processes inherit it, it is never copied."""
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, context, _inherit, (functools.partial(_with, function, shared),)) as pool:
        yield from pool.map(_run, items)


def _with(function: Callable[..., Any], shared: tuple[Any, ...], item: Any) -> Any:
    return function(item, *shared)


def _inherit(function: Callable[[Any], Any]) -> None:
    global _inherited  # one per worker process, which has nothing else to do
    _inherited = function


def _run(item: Any) -> Any:
    return _inherited(item)
