"""Rows to report on, without a batch that makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from stripper.batch.rows import Row
from stripper.report.table.figures import measured
from stripper.report.table.samples import Choosing, Group
from stripper.report.table.summary import Summary, Summing


@pytest.fixture
def make() -> Callable[..., Row]:
    """A row as a batch writes it; `took` says what each rule removed, as pairs of a rule and a number of characters."""

    def made(number: int = 0, took: Iterable[tuple[str, int]] = (), **values: Any) -> Row:
        row: Row = {"schema": 1, "id": f"tarn-{number}", "url": "https://tarn.example/", "status": "ok", "error": None}
        row |= {"headline": "Ferry sails", "standfirst": None, "byline": None, "authors": [], "date": "2024-03-14", "modified": None, "section": None}
        row |= {"body": "x" * 500, "site": None, "canonical_url": None, "language": "en", "paywall": None, "score": 0.9, "packs": ["core 1 ab"]}
        row |= {"warnings": [], "removed": [], **values}
        end = 0
        for rule, chars in took:
            row["removed"].append(
                {"kind": rule.partition("/")[0], "rule": rule, "start": end, "end": end + chars, "score": 0.8, "text": "y" * chars},
            )
            end += chars + 2
        return row

    return made


@pytest.fixture
def look() -> Callable[[Iterable[Row]], tuple[Summary, tuple[Group, ...]]]:
    """What is said of rows, and which of them are samples."""

    def looked(rows: Iterable[Row]) -> tuple[Summary, tuple[Group, ...]]:
        summing, choosing = Summing(), Choosing()
        for number, row in enumerate(rows):
            figures = measured(row)
            summing.add(figures)
            choosing.add(number, figures)
        summary = summing.summary()
        return summary, choosing.groups(summary)

    return looked
