"""Folders and patterns, walked in the order of names, without ever holding more than the names of the folders on the way."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import NamedTuple

from stripper.batch.endings import is_hidden

_MAGIC = re.compile(r"[*?\[]")
_ANY = -1
"""The state of being below something that was matched: all of it belongs to the input."""


class Entry(NamedTuple):
    """A file that was met on a walk, or a folder that can't be walked."""

    path: str
    below: str
    """Its path below the tree's base."""
    siblings: Sequence[str]
    """Sorted names of all that lies in the same folder."""
    info: os.stat_result | None = None
    named: bool = False
    """Whether the pattern names it, rather than a folder that it lies in."""
    error: str = ""
    passed: str = ""


@dataclass(frozen=True)
class Tree:
    """A folder, or those files and folders below it that match a pattern: one part for each step down, "**" for any number of steps.

    Matching goes step by step with the set of the parts that may come next, so that a path that fits in several ways still comes once.
    """

    base: str
    """Absolute."""
    parts: tuple[str, ...] = ()

    @cached_property
    def start(self) -> frozenset[int]:
        """The parts that may match the first name."""
        return self._closed({0})

    def step(self, states: frozenset[int], name: str) -> frozenset[int]:
        """The parts that may come after `name`; none where it doesn't belong to this tree."""
        after = set()
        for at in states:
            part = self.parts[at] if 0 <= at < len(self.parts) else "**"
            if is_hidden(name) and not is_hidden(part):
                continue
            if part != "**":
                if fnmatchcase(name, part):
                    after.add(at + 1)
            else:
                after.add(at if 0 <= at < len(self.parts) else _ANY)
        return self._closed(after)

    def ends(self, states: frozenset[int]) -> bool:
        """Whether something with these states belongs to the tree."""
        return _ANY in states or len(self.parts) in states

    def names(self, states: frozenset[int]) -> bool:
        """Whether the pattern itself matched it."""
        return bool(self.parts) and self.parts[-1] != "**" and len(self.parts) in states

    def holds(self, path: str) -> bool:
        """Whether a file of this absolute path belongs to the tree."""
        if not path.startswith(os.path.join(self.base, "")):
            return False
        states = self.start
        for name in below(path, self.base).split(os.sep):
            states = self.step(states, name)
        return self.ends(states)

    def _closed(self, states: set[int]) -> frozenset[int]:
        for at in tuple(states):
            while 0 <= at < len(self.parts) and self.parts[at] == "**":
                at += 1
                states.add(at)
        return frozenset(states)


def pattern(given: str) -> tuple[str, Tree] | None:
    """The folder before a pattern's first wildcard, as given, and its tree; None for a path without wildcards."""
    if not _MAGIC.search(given):
        return None
    parts = given.split(os.sep)
    first = next(number for number, part in enumerate(parts) if _MAGIC.search(part))
    shown = os.sep.join(parts[:first]) or (os.sep if first else "")
    return shown, Tree(os.path.abspath(shown), tuple(part for part in parts[first:] if part not in ("", ".")))


def below(path: str, folder: str) -> str:
    """The path from `folder` to something in it; both absolute."""
    return path[len(folder) :].lstrip(os.sep)


class _Level(NamedTuple):
    folder: str
    names: list[str]
    left: Iterator[str]
    states: frozenset[int]
    identity: tuple[int, int]


def walk(tree: Tree) -> Iterator[Entry]:
    """All files of a tree, depth first, in the order of names. Links are followed, but not into a folder that they lie in.

    A folder that can't be read is an entry with an error; if that is the base, it is the only one.
    """
    try:
        levels = [_level(tree.base, tree.start, os.stat(tree.base))]
    except OSError as error:
        yield Entry(tree.base, "", (), error=error.strerror or str(error))
        return
    while levels:
        level = levels[-1]
        name = next(level.left, None)
        if name is None:
            levels.pop()
            continue
        states = tree.step(level.states, name)
        if not states:
            continue
        path = os.path.join(level.folder, name)
        entry = Entry(path, below(path, tree.base), level.names, named=tree.names(states))
        try:
            info = os.stat(path)
        except OSError as error:
            if tree.ends(states):
                yield entry._replace(error=_unreadable(path, error))
            continue
        if stat.S_ISDIR(info.st_mode) and _identity(info) not in [on_the_way.identity for on_the_way in levels]:
            try:
                levels.append(_level(path, states, info))
            except OSError as error:
                yield entry._replace(error=f"the folder can't be read: {error.strerror or error}")
        elif tree.ends(states):
            yield entry._replace(info=info, passed=_special(info.st_mode))


def single(path: str, siblings: Sequence[str]) -> Entry:
    """A file that was given by its path, of whatever sort: whoever names a pipe wants it read."""
    entry = Entry(path, os.path.basename(path), siblings, named=True)
    try:
        return entry._replace(info=os.stat(path))
    except OSError as error:
        return entry._replace(error=_unreadable(path, error))


def _level(folder: str, states: frozenset[int], info: os.stat_result) -> _Level:
    names = sorted(os.listdir(folder))
    return _Level(folder, names, iter(names), states, _identity(info))


def _identity(info: os.stat_result) -> tuple[int, int]:
    return info.st_dev, info.st_ino


def _unreadable(path: str, error: OSError) -> str:
    return "a link that leads nowhere" if os.path.islink(path) and isinstance(error, FileNotFoundError) else error.strerror or str(error)


def _special(mode: int) -> str:
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISDIR(mode):
        return "a link to a folder that it lies in"
    return "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
