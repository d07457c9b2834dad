"""Rows as columns of Arrow. docs/rows.md says what each of them means."""

from __future__ import annotations

from typing import Any

from stripper.batch.rows import SCHEMA
from stripper.errors import ExtraError


def arrow_schema(removed: bool) -> Any:
    """The schema of rows as a `pyarrow.Schema`; its metadata has the schema's version. Raises ExtraError where pyarrow is missing."""
    try:
        import pyarrow as pa
    except ImportError:
        raise ExtraError("rows as Arrow columns", "arrow") from None
    text, texts = pa.string(), pa.list_(pa.string())
    columns = [
        ("schema", pa.int32()),
        ("id", text),
        ("url", text),
        ("status", text),
        ("error", text),
        ("headline", text),
        ("standfirst", text),
        ("byline", text),
        ("authors", texts),
        ("date", text),
        ("modified", text),
        ("section", text),
        ("body", text),
        ("site", text),
        ("canonical_url", text),
        ("language", text),
        ("paywall", text),
        ("score", pa.float64()),
        ("packs", texts),
        ("warnings", texts),
    ]
    if removed:
        span = [("kind", text), ("rule", text), ("start", pa.int64()), ("end", pa.int64()), ("score", pa.float64()), ("text", text)]
        columns.append(("removed", pa.list_(pa.struct(span))))
    return pa.schema(columns, metadata={"stripper.schema": str(SCHEMA)})
