"""Every exception that stripper raises on purpose.

    StripperError
    ├── ReadError     the source can't be read as a page: it is binary, or larger than the limit
    ├── PackError     a rule pack has defects; all of them are listed
    ├── RuleError     a rule written in Python raised while it looked at a page
    ├── CorpusError   a corpus to measure on can't be read; file and line are named
    ├── InputError    an input of a batch, or a place in it, can't be read; file, place and what was expected are named
    ├── ColumnError   a table has no such column, one of another type than pages have, or one in the way; its columns are named
    ├── BatchError    a batch can't be started as asked: its output exists, or what it was begun with isn't what there is now
    ├── OutputError   the output of a batch, or a report, can't be written; what was written before is safe
    ├── WorkerError   the worker processes of a batch can't be started
    ├── ExtraError    a format needs a package that isn't installed; the command that installs it is named (also an ImportError)
    ├── PolicyError   a policy names an unknown kind, or asks for two things at once; or an engine is unknown (also a ValueError)
    └── WeightsError  the locator's weights are missing, damaged or of another version

All of them survive pickling, so that they cross the borders between processes. A wrong argument type is a plain TypeError.
"""

from __future__ import annotations

from typing import NamedTuple


class StripperError(Exception):
    """The base of all errors that stripper raises on purpose."""


class ReadError(StripperError):
    """The source can't be read as a page.

    `reason` says why; `looks_like` names the format that was recognised ("PNG image", "PDF document", ...), or is None.
    """

    def __init__(self, reason: str, looks_like: str | None = None) -> None:
        super().__init__(reason, looks_like)
        self.reason = reason
        self.looks_like = looks_like

    def __str__(self) -> str:
        return self.reason


class Defect(NamedTuple):
    """One thing that is wrong in a rule pack: the file, the rule's id ("" for the file as a whole), the line (0: unknown) and the reason."""

    file: str
    rule: str
    line: int
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.rule}: {self.reason}" if self.rule else f"{place}: {self.reason}"


class PackError(StripperError):
    """A rule pack can't be used. `defects` lists everything that is wrong with it; nothing of it was loaded."""

    def __init__(self, defects: tuple[Defect, ...]) -> None:
        super().__init__(defects)
        self.defects = defects

    def __str__(self) -> str:
        count = "1 defect" if len(self.defects) == 1 else f"{len(self.defects)} defects"
        return "\n".join([f"the rule pack has {count}:", *(f"  {d}" for d in self.defects)])


class RuleError(StripperError):
    """A rule written in Python raised. `rule` is its id; `cause` says what it raised."""

    def __init__(self, rule: str, cause: str) -> None:
        super().__init__(rule, cause)
        self.rule = rule
        self.cause = cause

    def __str__(self) -> str:
        return f"rule {self.rule} failed: {self.cause}"


class CorpusError(StripperError):
    """A corpus can't be read: `file`, the line in it (0: the file as a whole) and the `reason`."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(file, line, reason)
        self.file = file
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


class InputError(StripperError):
    """An input can't be read: `file`, the place in it ("line 17", "record 3 at byte 512"; "" for the file as a whole) and the `reason`."""

    def __init__(self, file: str, place: str, reason: str) -> None:
        super().__init__(file, place, reason)
        self.file = file
        self.place = place
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.file}, {self.place}: {self.reason}" if self.place else f"{self.file}: {self.reason}"


class ColumnError(StripperError):
    """The columns of a table aren't what was asked for. The message names those that are there."""


class BatchError(StripperError):
    """A batch can't be started as asked; nothing was written."""


class OutputError(StripperError):
    """The output of a batch, or a report, can't be written. `file` is its name, `reason` what the system says."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file, reason)
        self.file = file
        self.reason = reason

    def __str__(self) -> str:
        return f"can't write {self.file}: {self.reason}"


class WorkerError(StripperError):
    """The worker processes can't be started; the message ends with the last thing that one of them said."""


class ExtraError(StripperError, ImportError):
    """A package is missing: `what` needs it, and `extra` is the extra of this distribution that brings it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(what, extra)
        self.what = what
        self.extra = extra

    def __str__(self) -> str:
        return f"{self.what} needs a package that isn't installed; pip install 'scrape-stripper[{self.extra}]'"


class PolicyError(StripperError, ValueError):
    """A policy names an unknown kind, or asks for two things at once; or an engine is unknown."""


class WeightsError(StripperError):
    """The locator's weights can't be used. The message names the file, the version found and the version expected."""
