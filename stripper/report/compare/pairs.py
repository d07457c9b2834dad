"""The rows of two tables, each with its partner: the row of the other table with the same id."""

from __future__ import annotations

import json
import tempfile
from collections import deque
from collections.abc import Iterator
from itertools import zip_longest
from typing import BinaryIO, NamedTuple

from stripper.batch.rows import Row


class Pair(NamedTuple):
    """A document in both tables, or in one alone."""

    old: Row | None
    new: Row | None


def pairs(old: Iterator[Row], new: Iterator[Row]) -> Iterator[Pair]:
    """Pairs in the order in which they are complete, then the rows without a partner. Where an id stands several times, the first belong together.

    Both are read at the same pace, so of tables in the same order nothing is held. Where orders differ, what waits for its partner lies in a
    temporary file, and no more than its id in memory.
    """
    with tempfile.TemporaryFile() as one, tempfile.TemporaryFile() as other:
        olds, news = Waiting(one), Waiting(other)
        for before, after in zip_longest(old, new):
            if before and after and before["id"] == after["id"] and before["id"] not in olds and before["id"] not in news:
                yield Pair(before, after)
                continue
            if before:
                if before["id"] in news:
                    yield Pair(before, news.take(before["id"]))
                else:
                    olds.put(before)
            if after:
                if after["id"] in olds:
                    yield Pair(olds.take(after["id"]), after)
                else:
                    news.put(after)
        yield from (Pair(row, None) for row in olds)
        yield from (Pair(None, row) for row in news)


class Waiting:
    """Rows on the disk, by their ids."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: dict[str, deque[tuple[int, int]]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[Row]:
        for places in self._places.values():
            yield from (self._read(*place) for place in places)

    def put(self, row: Row) -> None:
        """Keep a row."""
        written = json.dumps(row).encode()
        place = self._file.seek(0, 2)
        self._file.write(written)
        self._places.setdefault(row["id"], deque()).append((place, len(written)))

    def take(self, name: str) -> Row:
        """The first row with this id, which waits no longer."""
        places = self._places[name]
        place = places.popleft()
        if not places:
            del self._places[name]
        return self._read(*place)

    def _read(self, place: int, length: int) -> Row:
        self._file.seek(place)
        row: Row = json.loads(self._file.read(length))
        return row
