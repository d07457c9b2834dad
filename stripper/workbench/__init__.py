"""The workbench: a page of HTML, served to this machine alone, in which rules are written beside the pages that they shall mark."""

from __future__ import annotations

from stripper.errors import ExtraError

try:
    import starlette as starlette
    import uvicorn as uvicorn
except ImportError:
    raise ExtraError("the workbench", "serve") from None
