"""Rule packs, from TOML files and from installed packages. All defects of all files are reported together; nothing is loaded by halves."""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import importlib.resources
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from stripper.errors import Defect, PackError
from stripper.rules.base import Pack, RuleSet
from stripper.rules.limits import MAX_BYTES, MAX_RULES
from stripper.rules.schema import example_defects, parse
from stripper.rules.table import TableError, table_of
from stripper.types import Kind

ENTRY_POINTS = "stripper.packs"

_CORE = "core"
_ABOUT = "pack.toml"
"""The file of a folder that says what the pack is called, instead of holding rules."""
_ABOUT_KEYS = frozenset({"name", "version"})
_NAME = re.compile(r"[\w.-]{1,80}")


class Found(NamedTuple):
    """A pack with what is sound of it, and everything that is wrong with it."""

    pack: Pack
    defects: tuple[Defect, ...]


def load_packs(specs: Iterable[str | Path | Pack]) -> tuple[Pack, ...]:
    """The packs, in order of their names. A str is the name of an installed pack; a Path is a TOML file, or a folder of them; a Pack is loaded.

    Raises PackError with every defect of every pack.
    """
    packs: dict[str, Pack] = {}
    defects: list[Defect] = []
    for spec in specs:
        pack, wrong = Found(spec, ()) if isinstance(spec, Pack) else find_pack(spec)
        defects += wrong
        if pack.name in packs:
            defects.append(Defect(pack.label if isinstance(spec, Pack) else str(spec), "", 0, f"two packs are named {pack.name!r}"))
        packs[pack.name] = pack
    if defects:
        raise PackError(tuple(defects))
    return tuple(packs[name] for name in sorted(packs))


def find_pack(spec: str | Path) -> Found:
    """One pack as far as it is sound, with its defects: for those who mend it. `load_packs` is for those who use it."""
    return _installed(spec) if isinstance(spec, str) else _from_path(spec)


def installed_names() -> tuple[str, ...]:
    """The names of all packs that are installed."""
    return tuple(sorted({point.name for point in importlib.metadata.entry_points(group=ENTRY_POINTS)}))


def _installed(name: str) -> Found:
    points = importlib.metadata.entry_points(group=ENTRY_POINTS, name=name)
    if not points:
        known = ", ".join(installed_names()) or "none"
        return _nothing(name, name, f"no pack of this name is installed (installed: {known}); a file is given as a Path")
    if len({point.value for point in points}) > 1:
        return _nothing(name, name, f"several installed packages call a pack by this name: {', '.join(sorted(point.value for point in points))}")
    point = next(iter(points))
    try:
        folder = importlib.resources.files(point.module)
        files = [f for f in folder.iterdir() if f.is_file() and f.name.endswith((".toml", ".py")) and not f.name.startswith("_")]
    except Exception as error:  # the package is someone else's: importing it may raise anything
        return _nothing(name, point.module, f"importing it failed: {type(error).__name__}: {error}")
    return _pack(name, point.dist.version if point.dist else "0", files, point.module)


def _from_path(path: Path) -> Found:
    name = Path(os.path.abspath(path)).stem  # resolve() fails where links lead in a circle
    version = "0"
    wrong: list[Defect] = []
    if path.is_dir():
        files = [f for f in path.iterdir() if f.is_file() and f.name.endswith(".toml") and f.name != _ABOUT]
        if not files:
            return _nothing(name, str(path), "the folder holds no .toml file")
        if (path / _ABOUT).is_file():
            name, version, wrong = _about(path / _ABOUT, name)
    elif path.is_file():
        files = [path]
    else:
        return _nothing(name, str(path), "there is no such file or folder")
    if name == _CORE:
        wrong.append(Defect(str(path), "", 0, f"the name {_CORE!r} belongs to the pack that comes along"))
    found = _pack(name, version, files, None)
    return Found(found.pack, (*wrong, *found.defects))


def _nothing(name: str, file: str, reason: str) -> Found:
    return Found(Pack(name, "0", "", ()), (Defect(file, "", 0, reason),))


def _about(file: Path, name: str) -> tuple[str, str, list[Defect]]:
    """Name and version as a folder's own file gives them."""
    try:
        with file.open("rb") as stream:
            table, _ = table_of(stream.read(MAX_BYTES))
    except OSError as error:
        return name, "0", [Defect(str(file), "", 0, f"it can't be read: {error.strerror or error}")]
    except TableError as error:
        return name, "0", [Defect(str(file), "", error.line, error.reason)]
    reasons = [f"unknown key {key!r}; it has {', '.join(sorted(_ABOUT_KEYS))}" for key in sorted(table.keys() - _ABOUT_KEYS)]
    said = {"name": name, "version": "0"} | table
    reasons += [
        f"{key} is {said[key]!r}; expected letters, digits, dots and hyphens"
        for key in sorted(_ABOUT_KEYS)
        if not isinstance(said[key], str) or not _NAME.fullmatch(said[key])
    ]
    return str(said["name"]), str(said["version"]), [Defect(str(file), "", 0, reason) for reason in reasons]


def _pack(name: str, version: str, files: Iterable[Traversable], module: str | None) -> Found:
    """The rule sets of some files. A single file may say its version itself."""
    digest = hashlib.sha256()
    sets: dict[str, RuleSet] = {}
    defects: list[Defect] = []
    room = MAX_BYTES
    in_order = sorted(files, key=lambda f: f.name)
    for file in in_order:
        try:
            with file.open("rb") as stream:
                content = stream.read(room + 1)
        except OSError as error:
            defects.append(Defect(str(file), "", 0, f"it can't be read: {error.strerror or error}"))
            continue
        room -= len(content)
        if room < 0:
            defects.append(Defect(str(file), "", 0, f"up to here the files of the pack have more than {MAX_BYTES:,} bytes"))
            break
        digest.update(f"{file.name}\0{len(content)}\0".encode() + content)
        if file.name.endswith(".toml"):
            rule_set, said, wrong = parse(content, str(file))
        else:
            rule_set, said, wrong = _rule_set_of(f"{module}.{file.name.removesuffix('.py')}", str(file))
        if said is not None and len(in_order) == 1:
            version = said
        defects += wrong
        if rule_set.name in sets:
            defects.append(Defect(str(file), "", 0, f"two files of the pack make the rule set {rule_set.name!r}"))
        sets[rule_set.name] = rule_set
        if sum(len(s.rules) for s in sets.values()) > MAX_RULES:
            defects.append(Defect(str(file), "", 0, f"up to here the pack has more than {MAX_RULES:,} rules"))
            break
    return Found(Pack(name, version, digest.hexdigest()[:12], tuple(sets.values())), tuple(defects))


def _rule_set_of(module: str, file: str) -> tuple[RuleSet, None, tuple[Defect, ...]]:
    try:
        found = importlib.import_module(module).RULE_SET
        if not isinstance(found, RuleSet):
            raise TypeError("RULE_SET is no RuleSet")
        return replace(found, file=file), None, tuple(_rule_defects(found, file))
    except Exception as error:
        nothing = RuleSet(Path(file).stem, Kind.OFF_STORY, "", "", "", (), file)
        return nothing, None, (Defect(file, "", 0, f"importing it failed: {type(error).__name__}: {error}"),)


def _rule_defects(rule_set: RuleSet, file: str) -> Iterator[Defect]:
    seen: set[str] = set()
    for rule in rule_set.rules:
        if rule.id in seen:
            yield Defect(file, rule.id, 0, "this id stands twice in the file")
        seen.add(rule.id)
        yield from (Defect(file, rule.id, 0, reason) for reason in example_defects(rule.examples))
