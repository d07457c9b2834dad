"""Results as workers give them."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from stripper.batch.document import Document, Form, Place, Result
from stripper.batch.forms import error_output, line
from stripper.batch.rows import Row, error_row

PACKS = ("core 1 abc",)
Make = Callable[..., Result]


def made(form: Form, number: int, body: str = "The weir held.\n", error: str = "", passed: str = "", target: str = "", noise: int = 0) -> Result:
    """The result of document `number`: an article with this body, an error, or something that was passed over.

    `noise` instead makes a body of so many characters that hardly get smaller when they are compressed.
    """
    body = random.Random(number).randbytes(noise // 2).hex() or body
    document = Document(
        f"d/{number}", f"in/d/{number}.html", Place(0, number), url=f"https://weir.example/{number}", target=target or f"d/{number}", passed=passed
    )
    if passed:
        return Result(document, None, "passed")
    if error:
        return Result(document, error_output(form, document, error, PACKS, True), "error", error)
    if form in ("text", "md"):
        return Result(document, body.encode(), "ok")
    row: Row = error_row(document, "", PACKS, True) | {
        "status": "ok",
        "error": None,
        "headline": f"Number {number}",
        "authors": ["Ada Fenn", "Bo Ruse"],
    }
    row |= {"body": body, "score": 0.5, "removed": [{"kind": "share", "rule": "share/row", "start": 3, "end": 9, "score": 0.25, "text": "Share!"}]}
    return Result(document, row if form == "row" else line(row), "ok")


@pytest.fixture
def make() -> Make:
    return made
