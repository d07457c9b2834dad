"""What the workbench doesn't do, as an answer to whoever asked for it."""

from __future__ import annotations


class Refusal(Exception):
    """A request is refused: `status` is that of the answer, `reason` a sentence for people."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason
