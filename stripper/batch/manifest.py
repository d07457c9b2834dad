"""The manifest beside an output: what a batch was begun with, and how far it is, so that a stopped one can go on.

It is a small file of JSON, `OUTPUT.manifest`, replaced as a whole after every block of rows that has reached the disk. It stays when the batch is
complete, as the record of what made the output: version, packs, options, and the counts.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from stripper.batch.document import BEGINNING, Place
from stripper.errors import BatchError, OutputError

FORMAT = 1
"""Counts up when an older stripper couldn't read a manifest any more."""

State = Literal["running", "finishing", "complete"]
"""Documents may be left to be cleaned; all rows are written, and the output is being put in its place, which was free; it is there."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """How far a batch is."""

    begun_with: dict[str, Any]
    """All that decides the output's bytes: versions, packs, options and inputs. A batch that goes on must have the same."""
    replace: bool
    """Whether the output may take the place of one that is there."""
    state: State = "running"
    place: Place = BEGINNING
    """Up to where documents are done."""
    committed: int = 0
    """Bytes of the partial output that are whole blocks."""
    tally: dict[str, Any] = field(default_factory=dict)
    """The counts up to there."""
    format: int = FORMAT

    def moved(self, state: State, place: Place, committed: int, tally: dict[str, Any]) -> Manifest:
        """The same batch, further on."""
        return replace(self, state=state, place=place, committed=committed, tally=tally)


def manifest_path(output: Path) -> Path:
    """Where the manifest of an output lies: beside it."""
    return Path(os.path.abspath(output) + ".manifest")


def read_manifest(output: Path) -> Manifest | None:
    """The manifest of an output; None where there is none. Raises BatchError where it can't be read as one."""
    path = manifest_path(output)
    try:
        values = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise BatchError(f"{path}: {error}; expected the manifest of a batch") from None
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise BatchError(f"{path}: expected the manifest of a batch in format {FORMAT}")
    try:
        return Manifest(**(values | {"place": Place(*values["place"])}))
    except (KeyError, TypeError) as error:
        raise BatchError(f"{path}: {error}; expected the manifest of a batch") from None


def write_manifest(output: Path, manifest: Manifest) -> None:
    """Puts a manifest in the place of the one before, as a whole. Raises OutputError; then the one before is intact."""
    path = manifest_path(output)
    draft = path.with_name(path.name + ".new")
    try:
        with draft.open("w", encoding="utf-8") as file:
            json.dump(asdict(manifest), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from None


def differences(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What a batch was begun with that isn't so any more, in words."""
    names = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    return [f"{name}: {_short(before.get(name))} before, {_short(now.get(name))} now" for name in names]


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 100 else text[:97] + "..."
