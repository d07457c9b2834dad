"""Bytes in words."""

from __future__ import annotations

import pytest

from stripper.batch.amount import amount


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1000, "1000 bytes"),
        (1 << 10, "1 KiB"),
        (1 << 19, "512 KiB"),
        (300 << 20, "300 MiB"),
        (33 << 20, "33 MiB"),
        (1 << 30, "1 GiB"),
        (3 << 29, "1.5 GiB"),
    ],
)
def test_the_largest_unit_that_it_fills(size: int, words: str) -> None:
    assert amount(size) == words
