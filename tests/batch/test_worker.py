"""What a worker says of errors. What it does under fire stands in test_pool.py."""

from __future__ import annotations

import errno
import subprocess
import sys

import pytest
from patience import PATIENCE

from stripper.batch.work import first_line, reason
from stripper.errors import ReadError, RuleError

GIB = 1 << 30


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError("no such thing"), "ValueError: no such thing"),
        (ValueError("first\nsecond"), "ValueError: first"),
        (ValueError(), "ValueError"),
        (KeyError("a"), "KeyError: 'a'"),
        (TypeError("<Rule object at 0x7f3a9c41d2b0> is no str"), "TypeError: <Rule object at 0x…> is no str"),
        (ReadError("it looks like a PNG image"), "it looks like a PNG image"),
        (RuleError("acme:tides/table", "ValueError: 0x7f3a9c41d2b0"), "rule acme:tides/table failed: ValueError: 0x…"),
    ],
)
def test_an_error_in_a_line(error: Exception, line: str) -> None:
    assert first_line(error) == line


def test_a_long_error_is_cut() -> None:
    assert len(first_line(ValueError("x" * 1000))) == 300


def raised(error: Exception, cause: BaseException) -> Exception:
    try:
        raise error from cause
    except Exception as caught:
        return caught


@pytest.mark.parametrize(
    ("error", "said", "spent"),
    [
        (MemoryError(), "needed more than 1 GiB of memory", True),
        (raised(RuleError("acme:tides/table", "MemoryError: "), MemoryError()), "needed more than 1 GiB of memory", True),
        (OSError(errno.EMFILE, "Too many open files"), "OSError: [Errno 24] Too many open files", True),
        (RuntimeError("can't start new thread"), "RuntimeError: can't start new thread", True),
        (OSError(errno.ENOENT, "No such file"), "FileNotFoundError: [Errno 2] No such file", False),
        (raised(RuleError("acme:tides/table", "ValueError: 1"), ValueError("1")), "rule acme:tides/table failed: ValueError: 1", False),
    ],
)
def test_whether_the_worker_has_run_out_of_something(error: Exception, said: str, spent: bool) -> None:
    """If so, the document deserves a fresh one."""
    assert reason(error, GIB) == (said, spent)


def test_errors_that_cause_each_other_come_to_an_end() -> None:
    first, second = ValueError("first"), ValueError("second")
    first.__cause__, second.__cause__ = second, first
    assert reason(first, GIB) == ("ValueError: first", False)


PROGRAM = """
import sys
from stripper.batch.worker import _load_the_rest
from stripper.cleaner import Cleaner

cleaner = Cleaner((), engine=sys.argv[1])
_load_the_rest(sys.argv[1])
before = set(sys.modules)
story = "The ferry sails again\\n\\n" + "The ferry sailed for the first time in nine weeks, and the harbour said it was about time.\\n\\n" * 5
cleaner.clean(story)
cleaner.clean(f"<html><body><article><h1>Ferry</h1><p>{story.replace(chr(10) * 2, '<p>')}</article>")
print(*sorted(set(sys.modules) - before))
"""


@pytest.mark.parametrize("engine", ["locator", "both"])
def test_nothing_is_left_to_load_for_the_first_page(engine: str) -> None:
    """It would count as that page's time."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, engine], capture_output=True, text=True, check=True, timeout=PATIENCE)
    assert done.stdout.split() == []
