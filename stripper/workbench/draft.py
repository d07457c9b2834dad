"""A pack while it is written: loaded as far as it is sound, checked, and told of by line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import NamedTuple

from stripper.errors import Defect
from stripper.rules.base import Pack, RuleSet
from stripper.rules.check import check
from stripper.rules.match import full_id
from stripper.rules.table import TableError, table_of


class Draft(NamedTuple):
    """A file of rules as it stands in the editor."""

    name: str
    """Its path in the folder; it need not be there yet."""
    text: str


class Checked(NamedTuple):
    """What is to be said of a draft."""

    pack: Pack
    """What is sound of it."""
    own: frozenset[str]
    """The ids of the rules that stand in the draft's own file."""
    rules: int
    examples: int
    defects: tuple[Defect, ...]
    """Their files are named as they stand in the pack's folder."""
    can_run: bool
    """Whether all of its rules can run and their kind is known, so that its marks are what the text says, whatever else is missing."""


def checked(draft: Draft, pack: str = "", others: Mapping[str, bytes] = MappingProxyType({})) -> Checked:
    """A draft, checked as `stripper rules check` would check it were it saved.

    It is a pack by itself, or else a file of the folder called `pack`, in which `others` stand beside it, contents by names.
    """
    file = PurePosixPath(draft.name).name
    content = draft.text.encode()
    with TemporaryDirectory(prefix="stripper-") as made:
        place = Path(made, pack)
        place.mkdir(exist_ok=True)
        for name, said in {**others, file: content}.items():
            (place / name).write_bytes(said)
        report = check(place if pack else place / file)
    own = next((rule_set for rule_set in report.pack.sets if Path(rule_set.file).name == file), None)
    return Checked(
        report.pack,
        frozenset(full_id(report.pack, own, rule.id) for rule in own.rules) if own else frozenset(),
        report.rules,
        report.examples,
        tuple(defect._replace(file=Path(defect.file).name) for defect in report.defects),
        own is not None and _can_run(content, own),
    )


def _can_run(content: bytes, rule_set: RuleSet) -> bool:
    try:
        table, _ = table_of(content)
    except TableError:
        return False
    return 0 < len(rule_set.rules) == len(table["rule"]) and table.get("kind") == rule_set.kind
