"""Where zstd comes from: Python has it from 3.14 on, a package brings it to older ones."""

from __future__ import annotations

import sys
from typing import Any

from stripper.errors import ExtraError


def zstd_module(what: str) -> Any:
    """The module; `what` needs it. Raises ExtraError where it is missing."""
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError:
        raise ExtraError(what, "zstd") from None
    return zstd
