"""What a pool has read and not handed over yet: documents in their order, in chunks for its workers."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stripper.batch.document import Document
from stripper.batch.frames import Answer
from stripper.batch.rows import ERROR

PASSED = "passed"

_CHUNK = 16
"""Most documents of a chunk: enough that the way to a worker and back costs little."""
_CHUNK_BYTES = 4 << 20
_WINDOW = 64 << 20
"""Bytes that may be in flight. One page that hangs holds back the results of those behind it; this is where reading waits for it."""
_OVERHEAD = 2048
"""Bytes that a document takes besides its content or its row, about."""


@dataclass(slots=True, eq=False)
class Item:
    """A document on its way."""

    document: Document
    """Without its content once it has its answer."""
    size: int
    """Characters or bytes of its content."""
    weight: int
    """Bytes that it holds."""
    tries: int = 0
    answer: Answer | None = None
    where: str = ""


class Intake:
    """The documents of one run. `processes` is how many workers there are."""

    def __init__(self, documents: Iterable[Document], processes: int) -> None:
        self._documents = iter(documents)
        self._processes = processes
        self._read = 0
        self._exhausted = False
        self._in_flight = 0
        self._line: deque[Item] = deque()
        self._chunks: deque[list[Item]] = deque()
        self._next: list[Item] = []
        self._suspects: deque[Item] = deque()

    @property
    def finished(self) -> bool:
        """Whether everything has been handed over."""
        return self._exhausted and not self._line

    @property
    def waiting(self) -> bool:
        """Whether there may be work that no process has yet."""
        return bool(self._suspects or self._chunks or self._next) or not self._exhausted

    @property
    def wants_more(self) -> bool:
        """Whether to read on: there are chunks enough for all workers, but no more in flight than the window holds, or one document for each."""
        if self._exhausted or len(self._chunks) >= self._processes:
            return False
        return self._in_flight < _WINDOW or len(self._line) < self._processes

    def read(self) -> None:
        """Reads one more document."""
        document = next(self._documents, None)
        if document is None:
            self._exhausted = True
            return
        self._read += 1
        content = document.content
        item = Item(document, len(content or ""), _OVERHEAD + sys.getsizeof(content))
        self._line.append(item)
        self._in_flight += item.weight
        if document.error:
            self.settle(item, Answer(None, ERROR, document.error), 0)
        elif document.passed:
            self.settle(item, Answer(None, PASSED), 0)
        else:
            self._next.append(item)
            if len(self._next) >= min(_CHUNK, 1 + self._read // (8 * self._processes)) or sum(i.weight for i in self._next) >= _CHUNK_BYTES:
                self._chunks.append(self._next)
                self._next = []

    def work(self, fresh: bool) -> list[Item] | None:
        """The next chunk for a worker without work, if there is one. Suspects go alone to those that haven't worked yet."""
        if fresh and self._suspects:
            return [self._suspects.popleft()]
        if self._chunks:
            return self._chunks.popleft()
        chunk, self._next = self._next, []
        return chunk or None

    def suspect(self, item: Item) -> None:
        """A worker has died of it, perhaps: it is done again, alone."""
        self._suspects.append(item)

    def put_back(self, chunk: list[Item]) -> None:
        """Documents that a worker hasn't come to."""
        if chunk:
            self._chunks.appendleft(chunk)

    def settle(self, item: Item, answer: Answer, size: int, where: str = "") -> None:
        """What became of a document; `size` is how many bytes the answer takes."""
        item.answer, item.where = answer, where
        item.document = item.document._replace(content=None)
        self._in_flight += _OVERHEAD + size - item.weight
        item.weight = _OVERHEAD + size

    def done(self) -> Iterator[tuple[Item, Answer]]:
        """Takes out the documents whose turn it is, with their answers."""
        while self._line and (answer := self._line[0].answer) is not None:
            item = self._line.popleft()
            self._in_flight -= item.weight
            yield item, answer
