"""Rows as Parquet. While a batch runs they stand in Arrow record batches, which unlike Parquet can be cut off behind any of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from stripper.batch.columns import arrow_schema
from stripper.batch.document import Result
from stripper.batch.rows import Row
from stripper.batch.sinks.blocks import lock, partial_path, publish, writing
from stripper.batch.sinks.files import FileSink
from stripper.errors import BatchError, ExtraError

GROUP_ROWS = 16_384
GROUP_BYTES = 32 << 20
"""A row group ends before the block that would bring it over one of these (bytes in Arrow, uncompressed). One group is held at a time, and with what
Arrow needs to write it the process takes 170 MB; with twice as large ones it takes 260."""

_MAGIC = b"PAR1"
_ENUMERATED = ["status", "section", "site", "language", "paywall", "packs.list.element", "removed.list.element.kind", "removed.list.element.rule"]
"""Columns with few different values, which are worth a dictionary."""


class ParquetSink(FileSink[Row]):
    """A sink for Parquet. Each block of the partial is an Arrow IPC stream of one record batch; `finish` writes them anew, in row groups.

    Both lie on the disk until that is done. Raises ExtraError where pyarrow is missing.
    """

    def __init__(self, output: Path, removed: bool, committed: int) -> None:
        _pyarrow()
        self._schema = arrow_schema(removed)
        partial = partial_path(output)
        self._complete = committed > 0 and _begins_with(partial, _MAGIC)  # it was killed just before it became visible
        super().__init__(output, partial.stat().st_size if self._complete else committed, self._packed, _weight)

    def add(self, result: Result) -> bool:
        if self._complete:
            raise BatchError(f"{self.partial} was complete, but there are more documents now")
        return super().add(result)

    def finish(self, replace: bool) -> None:
        self.close_block()
        self._check_output(replace)
        if self._complete:
            super().finish(replace)
            return
        draft = self.partial.with_name(self.partial.name + ".new")
        with writing(draft), draft.open("wb") as file:
            try:
                self._convert(file)
            except BaseException:
                draft.unlink()
                raise
            lock(file, draft)  # from here on it is what another run would find
            publish(draft, self.partial)
            self._complete = True
            super().finish(replace)

    def _packed(self, rows: Sequence[Row]) -> bytes:
        pa = _pyarrow()
        stream = pa.BufferOutputStream()
        with pa.ipc.new_stream(stream, self._schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
            writer.write_batch(pa.RecordBatch.from_pylist(rows, self._schema))
        return stream.getvalue().to_pybytes()  # type: ignore[no-any-return]

    def _convert(self, file: IO[bytes]) -> None:
        from pyarrow import parquet

        with parquet.ParquetWriter(file, self._schema, compression="zstd", use_dictionary=_ENUMERATED) as writer:
            for group in self._groups():
                writer.write_table(group, row_group_size=len(group))
        file.flush()
        os.fsync(file.fileno())

    def _groups(self) -> Iterator[Any]:
        """The blocks, gathered into tables of the size of a row group."""
        pa = _pyarrow()
        gathered: list[Any] = []
        rows = size = 0
        for batch in self._batches():
            if gathered and (rows + batch.num_rows > GROUP_ROWS or size + batch.nbytes > GROUP_BYTES):
                yield pa.Table.from_batches(gathered)
                gathered, rows, size = [], 0, 0
            gathered.append(batch)
            rows += batch.num_rows
            size += batch.nbytes
        if gathered:
            yield pa.Table.from_batches(gathered)

    def _batches(self) -> Iterator[Any]:
        ipc = _pyarrow().ipc
        with self.partial.open("rb") as file:
            while file.tell() < self.committed:
                with ipc.open_stream(file) as stream:
                    yield from stream


def _weight(row: Row) -> int:
    """About how many bytes a row takes: nearly all of them are in these columns."""
    return len(row["body"]) + sum(len(span["text"]) for span in row.get("removed", ()))


def _begins_with(path: Path, magic: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(magic)) == magic
    except FileNotFoundError:
        return False


def _pyarrow() -> Any:
    try:
        import pyarrow
        import pyarrow.ipc
    except ImportError:
        raise ExtraError("writing .parquet", "arrow") from None
    return pyarrow
