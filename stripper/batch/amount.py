"""Bytes as people write them."""

from __future__ import annotations

_UNITS = ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"))


def amount(size: int) -> str:
    """A number of bytes in the largest unit that it fills, to four digits: "1 GiB", "1.5 GiB", "300 MiB", "17 bytes"."""
    for factor, unit in _UNITS:
        if size >= factor:
            return f"{size / factor:.4g} {unit}"
    return f"{size} bytes"
