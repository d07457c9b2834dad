"""What a worker process does: cleans documents until its input ends. `stripper.batch.process` is the other end of its pipes.

A page may do anything to it: crash it, hang it, eat its memory, print. So it says what became of a document as soon as it knows, and leaves it to a
thread written in C to end it in time, which no loop can hold up.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
import traceback
from collections.abc import Iterator
from typing import BinaryIO

from stripper.batch import frames
from stripper.batch.amount import amount
from stripper.batch.document import Cleaning, Document
from stripper.batch.frames import Answer
from stripper.batch.rows import ERROR
from stripper.batch.work import first_line, needed_more, work
from stripper.cleaner import Cleaner
from stripper.errors import StripperError, WorkerError
from stripper.locate.second import Engine

_MUCH_SAID = 1 << 20
"""Bytes that may stand in the file behind stderr before it is emptied, so that rules that print don't fill the disk."""
_LEAST_MEMORY = 16 << 20
"""Bytes that must be left for pages once the rules are loaded."""


def main() -> None:
    """Cleans what comes in on stdin, and answers on stdout, until stdin ends or nobody listens any more. Doesn't return.

    The first message that comes is a Cleaning; it answers with the labels of the packs, or the StripperError that stands in the way. Each further
    one is a list of Documents; it answers with an Answer for each.
    """
    requests, answers = _private_streams()
    faulthandler.enable()
    with contextlib.suppress(EOFError, OSError):  # the batch is over
        for message in _messages(requests):
            answers.write(message)
            answers.flush()
            _forget_old_words()
    os._exit(0)  # threads that a rule left behind don't hold it up


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """stdin and stdout under other numbers, closed in children; rules that print or ask see stderr and an empty file instead."""
    requests, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)

    def hang_up() -> None:
        os.close(requests)
        os.close(answers)

    os.register_at_fork(after_in_child=hang_up)
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")


def _messages(requests: BinaryIO) -> Iterator[bytes]:
    try:
        cleaning: Cleaning = frames.read(requests)
        cleaner = Cleaner(cleaning.packs, cleaning.policy, cleaning.engine)
        _load_the_rest(cleaning.engine)
        _limit_memory(cleaning.memory)
    except EOFError:
        return
    except Exception as error:
        traceback.print_exc()
        yield frames.packed(error if isinstance(error, StripperError) else WorkerError(first_line(error)))
        return
    yield frames.packed(cleaner.packs)
    while True:
        documents: list[Document] = frames.read(requests)
        for document in documents:
            yield _answer(cleaner, cleaning, document)


def _load_the_rest(engine: Engine) -> None:
    """What is loaded when the first page is seen (a quarter of a second), which shouldn't count as that page's time. No rule sees these two."""
    without_rules = Cleaner((), engine=engine)
    for page in ("The ferry sails again", "<!doctype html><p>The ferry sails again"):
        without_rules.clean(page)


def _limit_memory(most: int) -> None:
    """From here on allocations beyond `most` bytes fail.

    Linux counts what is private and writable (RLIMIT_DATA); elsewhere it is the address space, of which libraries take a part.
    """
    try:
        import resource
    except ImportError:
        return
    limit = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    before = resource.getrlimit(limit)
    if before[1] != resource.RLIM_INFINITY:
        most = min(most, before[1])
    with contextlib.suppress(ValueError, OSError):  # some systems have the limit and don't let anyone set it
        resource.setrlimit(limit, (most, before[1]))
    try:
        bytearray(_LEAST_MEMORY)
    except MemoryError:
        resource.setrlimit(limit, before)
        raise WorkerError(f"{amount(most)} of memory is too little for a worker: the rules and the libraries take most of it") from None


def _answer(cleaner: Cleaner, cleaning: Cleaning, document: Document) -> bytes:
    """The Answer for a document, as it goes over the pipe. The process ends here when it takes too long."""
    try:
        faulthandler.dump_traceback_later(cleaning.timeout, exit=True)
        return frames.packed(work(cleaner, cleaning, document))
    except MemoryError:  # there was enough for the article, but not for its message
        return frames.packed(Answer(None, ERROR, needed_more(cleaning.memory), spent=True))
    finally:
        faulthandler.cancel_dump_traceback_later()


def _forget_old_words() -> None:
    """Empties the file behind stderr where it has grown long."""
    with contextlib.suppress(OSError, ValueError):
        if os.fstat(2).st_size > _MUCH_SAID:
            os.ftruncate(2, 0)
            os.lseek(2, 0, os.SEEK_SET)
