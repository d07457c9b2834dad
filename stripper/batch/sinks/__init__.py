"""Where results go: a file of rows, or a folder of files, that grows in blocks and becomes visible when it is whole."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from stripper.batch.document import Form, Result
from stripper.batch.sinks.blocks import partial_path as partial_path
from stripper.batch.sinks.folder import FolderSink
from stripper.batch.sinks.lines import open_lines
from stripper.batch.sinks.parquet import ParquetSink
from stripper.batch.sinks.targets import INDEX
from stripper.errors import BatchError

_LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson", ".ndjson.gz", ".ndjson.zst")
_FOLDERS: dict[str, Form] = {"text": "text", "md": "md", "json": "json"}


class Sink(Protocol):
    """An output that isn't whole yet. Its methods raise OutputError where the system refuses to write; what was committed before is then intact."""

    partial: Path
    """The file or folder that grows beside the output, and goes when that becomes visible."""

    @property
    def committed(self) -> int:
        """How many bytes of the partial file (of a folder: of its index) are whole blocks, which lie on the disk."""

    def add(self, result: Result) -> bool:
        """Take the next result; True where that completed a block, which now lies on the disk."""

    def close_block(self) -> None:
        """End the block that was begun, after the last result."""

    def finish(self, replace: bool) -> None:
        """Make the output visible; `replace` says whether one that is there already may go. Raises BatchError where it may not."""

    def close(self) -> None:
        """Let go of the partial, which stays for a run that resumes."""


def output_form(output: str | os.PathLike[str], format: str | None = None) -> Form:
    """The form of results that an output takes, by its name; for folders `format` chooses between "text", "md" and "json".

    Raises BatchError for a file whose ending says nothing, and for a format that isn't the output's.
    """
    name = os.fspath(output)
    if name == "-":
        raise BatchError("a batch writes to a file or a folder, not to standard output")
    if Path(name).is_dir() or name.endswith(os.sep) or not Path(name).suffix:
        return _FOLDERS[format or "text"]
    if not name.lower().endswith((*_LINES, ".parquet")):
        raise BatchError(f"{name}: unknown ending; files end in {', '.join(_LINES)} or .parquet, and a new folder's name in no ending or in {os.sep}")
    if format is not None:
        raise BatchError(f"{name} is a file of rows; the format {format} is for folders")
    return "line" if name.lower().endswith(_LINES) else "row"


def open_sink(output: Path, form: Form, removed: bool, committed: int = 0) -> Sink:
    """Open the partial of an output: anew, or with `committed` > 0 where an earlier run left it.

    `removed` says whether rows list removed spans. Raises BatchError where another run writes this output, where something else has its partial's
    name, or where the partial holds less than was committed; OutputError where the system refuses; and ExtraError where a package is missing.
    """
    output = Path(os.path.abspath(output))
    if not output.parent.is_dir():
        raise BatchError(f"{output}: there is no folder {output.parent}")
    if form == "line":
        return open_lines(output, committed)
    if form == "row":
        return ParquetSink(output, removed, committed)
    return FolderSink(output, form, committed)


def pending(output: Path, form: Form) -> bool:
    """Whether an earlier run left its partial. Where it doesn't, and was committed to the end, the output had already become visible."""
    partial = partial_path(Path(os.path.abspath(output)))
    return partial.is_file() if form in ("line", "row") else (partial / INDEX).is_file()
