"""Whoever looks on while a batch runs."""

from __future__ import annotations

from typing import Protocol

from stripper.batch.document import Result
from stripper.batch.tally import Tally


class Watcher(Protocol):
    """Is told of every step of a batch; what it does with that changes nothing of the output."""

    def start(self, total_bytes: int, before: Tally) -> None:
        """The batch begins: so many bytes lie in its inputs (standard input not counted), and this was done before it was stopped."""

    def saw(self, result: Result) -> None:
        """A document is done; they come in the order of the inputs."""

    def finish(self, tally: Tally) -> None:
        """All documents are done."""

    def stopped(self, reason: str) -> None:
        """The batch was stopped before its end."""


class Unwatched:
    """Nobody looks on."""

    def start(self, total_bytes: int, before: Tally) -> None:
        """Nothing happens."""

    def saw(self, result: Result) -> None:
        """Nothing happens."""

    def finish(self, tally: Tally) -> None:
        """Nothing happens."""

    def stopped(self, reason: str) -> None:
        """Nothing happens."""
