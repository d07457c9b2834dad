"""Which files a batch reads, in which order, and what each of them is."""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from stripper.batch.endings import FORMATS, PAGES, SOUGHT, Ending, ending, format_if_named, kind_of_file
from stripper.batch.walk import Entry, Tree, below, pattern, single, walk
from stripper.batch.zstd import zstd_module
from stripper.errors import BatchError, ExtraError

STDIN = "-"
_STDIN_NAME = "stdin"


class InputFile(NamedTuple):
    """A file that the inputs name or hold."""

    number: int
    path: Path | None
    """None: standard input."""
    name: str
    """As the user would type it."""
    format: str | None
    """One of FORMATS; "page" where only its content tells whether it is HTML or text; None where it isn't read."""
    compression: str
    """"", "gz" or "zst"."""
    target: str
    """Its place in a folder of outputs, without suffix; for a file of many documents, their folder."""
    size: int
    """Bytes on the disk; 0 where nobody knows, and for files that aren't read."""
    passed: str = ""
    """Why it isn't read."""
    id: str = ""
    """Its path below the folder that all inputs share, with slashes."""
    modified: int = 0
    """When its content changed last, in nanoseconds since 1970."""
    error: str = ""
    """Why it can't be read."""


class Inventory(NamedTuple):
    """All inputs at a glance: the files that are read, their bytes, and a digest that differs where others are found, or changed ones."""

    files: int
    bytes: int
    digest: str


def input_files(inputs: Sequence[str], format: str | None = None) -> Iterator[InputFile]:
    """The files of `inputs` (paths, folders, patterns, "-"), one after another; a file that an earlier input brought isn't read again.

    `format` says what all of them are; otherwise their names do, and standard input is JSON lines.
    Raises BatchError at once for an unknown format, and for inputs that name nothing that is there.
    """
    if format is not None and format not in FORMATS:
        raise BatchError(f"unknown format {format!r}; expected one of {', '.join(FORMATS)}")
    if list(inputs).count(STDIN) > 1:
        raise BatchError("standard input (-) can be read only once")
    wanted = _Inputs(tuple(_input(given) for given in inputs))
    return _numbered(wanted, format)


def inventory(inputs: Sequence[str], format: str | None = None) -> Inventory:
    """What `input_files` gives, counted. Raises ExtraError where a package for reading one of the files is missing, and BatchError as it does."""
    files = size = 0
    digest = hashlib.sha256()
    for file in input_files(inputs, format):
        if file.path is None:
            files += 1
            continue
        if file.format:
            files += 1
            size += file.size
            _check_packages(file)
        digest.update(f"{file.id}\0{file.size}\0{file.modified}\n".encode("utf-8", "surrogateescape"))
    return Inventory(files, size, digest.hexdigest())


def among_inputs(inputs: Sequence[str], path: Path) -> bool:
    """Whether a file or folder of this path would be read as one of the inputs, or as a part of one."""
    return _Inputs(tuple(_input(given) for given in inputs)).brings(os.path.abspath(path))


@dataclass(frozen=True)
class _Input:
    """One input: `path` of a single file (absolute), or a tree; neither for standard input."""

    given: str
    shown: str
    """The part of it that stands before the path below the tree's base."""
    path: str = ""
    tree: Tree | None = None


def _input(given: str) -> _Input:
    if given == STDIN:
        return _Input(given, given)
    path = os.path.abspath(given)
    if os.path.isdir(given):
        shown, tree = given, Tree(path)
    elif os.path.lexists(given):
        return _Input(given, given, path)
    elif found := pattern(given):
        shown, tree = found
    else:
        raise BatchError(f"{given}: there is no such file or folder")
    first = next(walk(tree), None)
    if first is None:
        raise BatchError(f"{given}: {'no file in this folder' if shown == given else 'no file has a name like this'}")
    if first.path == tree.base:
        raise BatchError(f"{given}: {first.error}")
    return _Input(given, shown, tree=tree)


@dataclass(frozen=True)
class _Inputs:
    """All inputs, and what follows from the fact that they are read together."""

    inputs: tuple[_Input, ...]

    @cached_property
    def shared(self) -> str:
        """The folder that ids and targets are relative to; "" where standard input is all there is."""
        folders = [i.tree.base if i.tree else os.path.dirname(i.path) for i in self.inputs if i.tree or i.path]
        return os.path.commonpath(folders) if folders else ""

    @cached_property
    def single(self) -> dict[str, int]:
        """Paths of files that were given one by one, each with the number of the first input that gives it."""
        return {i.path: number for number, i in reversed(list(enumerate(self.inputs))) if i.path}

    @cached_property
    def trees(self) -> tuple[tuple[int, Tree], ...]:
        return tuple((number, i.tree) for number, i in enumerate(self.inputs) if i.tree)

    @cached_property
    def has_stdin(self) -> bool:
        return any(i.given == STDIN for i in self.inputs)

    def brought_before(self, path: str, number: int) -> bool:
        """Whether an input before the one with this number brings the file, too."""
        return self.single.get(path, number) < number or any(earlier < number and tree.holds(path) for earlier, tree in self.trees)

    def brings(self, path: str) -> bool:
        return path in self.single or any(tree.holds(path) for _, tree in self.trees)

    def target(self, path: str, siblings: Sequence[str], said: Ending) -> str:
        """A file's place in a folder of outputs: for a page without its endings, unless another file would then have the same place."""
        folder, name = os.path.split(path)
        full = below(path, self.shared)
        short = full[: len(full) - len(name)] + said.stem
        if said.format not in PAGES or not said.stem or (self.has_stdin and short == _STDIN_NAME):
            return full
        return full if any(self._rivals(os.path.join(folder, other), said.stem) for other in _akin(siblings, name, said.stem)) else short

    def _rivals(self, path: str, stem: str) -> bool:
        """Whether another file in the folder has its place at `stem`."""
        name = os.path.basename(path)
        said = ending(name)
        return (name == stem or (said.stem == stem and said.format in PAGES)) and self.brings(path) and not os.path.isdir(path)


def _akin(siblings: Sequence[str], name: str, stem: str) -> Iterator[str]:
    """The other ones among sorted names that are `stem`, or that and some endings."""
    exact = bisect_left(siblings, stem)
    if exact < len(siblings) and siblings[exact] == stem != name:
        yield stem
    for at in range(bisect_left(siblings, stem + ".", exact), len(siblings)):
        if not siblings[at].startswith(stem + "."):
            return
        if siblings[at] != name:
            yield siblings[at]


def _numbered(wanted: _Inputs, format: str | None) -> Iterator[InputFile]:
    number, listing = 0, _Listing()
    for which, one in enumerate(wanted.inputs):
        if one.given == STDIN:
            yield InputFile(number, None, STDIN, format or "jsonl", "", _STDIN_NAME, 0, id=_STDIN_NAME)
            number += 1
            continue
        for entry in walk(one.tree) if one.tree else [single(one.path, listing.names(os.path.dirname(one.path)))]:
            if not wanted.brought_before(entry.path, which):
                name = os.path.join(one.shown, entry.below) if one.tree else one.given
                yield _file(wanted, number, entry, name, format)
                number += 1


def _file(wanted: _Inputs, number: int, entry: Entry, name: str, format: str | None) -> InputFile:
    base = os.path.basename(entry.path)
    said = ending(base)
    form = format or said.format or (format_if_named(said) if entry.named else None)
    passed = entry.passed or ("" if form or entry.error else kind_of_file(base))
    read = entry.info is not None and not passed
    return InputFile(
        number,
        Path(entry.path),
        name,
        None if passed else form,
        "" if form in SOUGHT else said.compression,
        wanted.target(entry.path, entry.siblings, said).replace(os.sep, "/"),
        entry.info.st_size if entry.info and read else 0,
        passed,
        below(entry.path, wanted.shared).replace(os.sep, "/") or ".",
        entry.info.st_mtime_ns if entry.info and read else 0,
        f"{name}: {entry.error}; expected a file or a folder" if entry.error else "",
    )


class _Listing:
    """The names in the folder that was asked for last."""

    def __init__(self) -> None:
        self._folder, self._names = "", list[str]()

    def names(self, folder: str) -> list[str]:
        """Sorted; none where the folder may be entered but not read."""
        if folder != self._folder:
            self._folder = folder
            try:
                self._names = sorted(os.listdir(folder))
            except OSError:
                self._names = []
        return self._names


def _check_packages(file: InputFile) -> None:
    """Before the first page is cleaned, not after the last but one."""
    if file.compression == "zst":
        zstd_module(f"reading zstd ({file.name})")
    if file.format == "parquet" and find_spec("pyarrow") is None:
        raise ExtraError(f"reading Parquet ({file.name})", "arrow")
