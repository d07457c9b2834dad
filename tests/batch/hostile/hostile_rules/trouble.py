"""One rule for each kind of trouble. A page asks for it by a line: "do segfault"."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import numpy
from selectolax.lexbor import LexborHTMLParser

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind

_EIGHT_GIB = 8 << 30
_leaks: list[object] = []


def segfault() -> None:
    ctypes.string_at(0)


def abort() -> None:
    os.abort()


def loop() -> None:
    """It leaves the processor to the tests beside it; `parse` doesn't."""
    while True:
        time.sleep(0.01)


def loop_in_c() -> None:
    """Holds the interpreter's lock, and looks at no signal."""
    while True:
        ctypes.PyDLL(None).sleep(600)


def parse() -> None:
    """Quadratic in the depth: hours, on a machine of any speed; little memory, because that has a limit, too."""
    for _ in repeat(None):
        LexborHTMLParser("<div>" * 300_000)


def wait() -> None:
    """Until whoever asked for it puts the file `go` beside the file `waits`."""
    memory = Path(os.environ["HOSTILE_MEMORY"])
    (memory / "waits").touch()
    while not (memory / "go").exists():
        time.sleep(0.02)


def allocate() -> None:
    _leaks.append(bytearray(_EIGHT_GIB))


def allocate_array() -> None:
    _leaks.append(numpy.ones(_EIGHT_GIB, numpy.uint8))


def allocate_pieces() -> None:
    """In pieces that stay, so that nothing is left for anyone."""
    while True:
        _leaks.append(bytearray(1 << 16))


def leave() -> None:
    os._exit(3)


def leave_politely() -> None:
    sys.exit(4)


def chat() -> None:
    """On every way to stdout, and it listens, too."""
    print("what a page!" * 10_000)
    print(sys.stdin.read())
    os.write(1, b"\xff" * 100_000)
    ctypes.CDLL(None).puts(b"from C")


def fail() -> None:
    raise ValueError(f"no such thing: {object()!r}\nsecond line")


def recurse() -> None:
    recurse()


def leak_files() -> None:
    """Where a million may be open, memory would be at its end before."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    while True:
        _leaks.append(open(os.devnull))  # noqa: SIM115


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once() -> None:
    """As when the system kills it for want of memory that another process has taken."""
    _once(die)


def crash_once() -> None:
    _once(segfault)


def fork() -> None:
    """A child that holds every descriptor, and a death that only the process's end tells of."""
    if ctypes.CDLL(None).fork() == 0:
        time.sleep(600)
        os._exit(0)
    os._exit(5)


def fork_here() -> None:
    """A child that thinks that it is the worker."""
    os.fork()


def garble() -> None:
    """Writes on whatever is open."""
    for number in range(3, 20):
        with contextlib.suppress(OSError):
            os.write(number, b"\xff" * 100)


def hang_up() -> None:
    os.closerange(3, 1000)


def stop() -> None:
    """No thread of it runs any more, the one that looks at the clock neither."""
    os.kill(os.getpid(), signal.SIGSTOP)


def _once(trouble: Callable[[], None]) -> None:
    """Where the environment names a folder: not again where that remembers it."""
    memory = Path(os.environ["HOSTILE_MEMORY"], trouble.__name__)
    if not memory.exists():
        memory.touch()
        trouble()


@dataclass(frozen=True)
class Trouble:
    """The line that asks for some trouble; it makes it on the way."""

    make: Callable[[], None]
    score: float = 0.9
    languages: tuple[str, ...] = ()
    examples: tuple[Example, ...] = (Example("⟦do nothing⟧"), Example("undo nothing"))

    @property
    def id(self) -> str:
        return self.make.__name__.replace("_", "-")

    @property
    def keywords(self) -> tuple[str, ...]:
        return (f"do {self.id}",)

    def find(self, page: Lines) -> Iterator[Hit]:
        """The lines that ask for it."""
        for index, line in page.short.items():
            if line in self.keywords:
                self.make()
                block = page.blocks[index]
                yield Hit(block.start, block.end)


RULE_SET = RuleSet(
    name="trouble",
    kind=Kind.WIDGET,
    marks="Lines that ask for trouble.",
    why="It asks for trouble.",
    misses="Trouble that nobody asks for.",
    rules=tuple(
        Trouble(make)
        for make in (
            segfault,
            abort,
            loop,
            loop_in_c,
            parse,
            wait,
            allocate,
            allocate_array,
            allocate_pieces,
            leave,
            leave_politely,
            chat,
            fail,
            recurse,
            leak_files,
            die,
            die_once,
            crash_once,
            fork,
            fork_here,
            garble,
            hang_up,
            stop,
        )
    ),
)
