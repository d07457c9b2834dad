"""datatrove.py IN.parquet OUT.parquet: cleaned by datatrove, in two tasks at a time. It writes what it has collected in files of a task each."""

import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor

from stripper.etl.arrow import output_schema
from stripper.etl.datatrove import Clean

PAGES = "html"


class Read:
    """The rows of a task, as documents."""

    def __init__(self, source: str) -> None:
        self.source = source

    def __call__(self, data, rank, world_size):
        for number, row in enumerate(pq.read_table(self.source).to_pylist()):
            if number % world_size == rank:
                yield Document(row.pop(PAGES), str(row["id"]), metadata=row)


class Write:
    """One file for each task. Pages that there weren't have no score, and no body either."""

    def __init__(self, folder: str, schema: pa.Schema) -> None:
        self.folder, self.schema = folder, schema

    def __call__(self, data, rank, world_size):
        rows = []
        for document in data:
            rows.append(document.metadata | {"body": None if document.metadata["score"] is None else document.text})
            yield document
        pq.write_table(pa.Table.from_pylist(rows, schema=self.schema), Path(self.folder, f"{rank}.parquet"))


if __name__ == "__main__":
    source, target = sys.argv[1:]
    schema = output_schema(pq.read_schema(source), removed=True)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as logs:
        steps = [Read(source), Clean(as_="html", removed=True), Write(folder, schema)]
        LocalPipelineExecutor(steps, tasks=2, workers=2, logging_dir=logs).run()
        parts = sorted(Path(folder).iterdir())
        pq.write_table(pa.concat_tables(pq.read_table(part) for part in parts), target)
