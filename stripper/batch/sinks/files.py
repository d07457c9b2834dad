"""A file of rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic

from stripper.batch.document import Result
from stripper.batch.sinks.blocks import Blocks, R, occupied, partial_path, publish
from stripper.errors import BatchError


class FileSink(Generic[R]):
    """A sink for one file, which is its blocks one after another. `pack` and `weigh` are those of `Blocks`; R is the type of a row."""

    def __init__(self, output: Path, committed: int, pack: Callable[[Sequence[R]], bytes], weigh: Callable[[R], int]) -> None:
        if output.is_dir():
            raise BatchError(f"{output} is a folder")
        self.output = output
        self.partial = partial_path(output)
        self._blocks = Blocks(self.partial, committed, pack, weigh)

    @property
    def committed(self) -> int:
        return self._blocks.committed

    def add(self, result: Result) -> bool:
        return not result.document.passed and self._blocks.add(result.output)

    def close_block(self) -> None:
        self._blocks.end()

    def finish(self, replace: bool) -> None:
        self.close_block()
        self._check_output(replace)
        publish(self.partial, self.output)
        self.close()

    def close(self) -> None:
        self._blocks.close()

    def _check_output(self, replace: bool) -> None:
        if not replace and occupied(self.output):
            raise BatchError(f"{self.output} exists")
