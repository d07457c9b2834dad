"""What becomes of one document: its Answer, whatever its page does that Python can catch."""

from __future__ import annotations

import errno
import re
import time
from collections import Counter
from collections.abc import Iterator

from stripper.article import Article
from stripper.batch.amount import amount
from stripper.batch.document import Cleaning, Document
from stripper.batch.forms import article_output
from stripper.batch.frames import Answer
from stripper.batch.rows import ERROR
from stripper.cleaner import Cleaner
from stripper.errors import StripperError

_REASON_CHARS = 300
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,16}\b")
"""Of an object in memory, as in "<Rule object at 0x7f3a9c41d2b0>": it would be another one in each run."""
_PARSER = "selectolax"
"""Its own errors mean that it got no memory; there is no HTML that it refuses."""
_EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN})


def work(cleaner: Cleaner, cleaning: Cleaning, document: Document) -> Answer:
    """Cleans a document. KeyboardInterrupt is all that gets out: someone wants this process to end."""
    started = time.perf_counter()
    try:
        article = _cleaned(cleaner, cleaning, document)
        output = article_output(cleaning.form, document, article, cleaning.removed)
        return Answer(output, str(article.status), "", time.perf_counter() - started, _removed(article))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # rules also call sys.exit, and extensions have panics of their own
        said, spent = reason(error, cleaning.memory)
        return Answer(None, ERROR, said, time.perf_counter() - started, spent=spent)


def _cleaned(cleaner: Cleaner, cleaning: Cleaning, document: Document) -> Article:
    if document.content is None:
        return cleaner.clean("")
    return cleaner.clean(
        document.content,
        document.url,
        as_=cleaning.as_ or document.as_,
        encoding=document.encoding or cleaning.encoding,
        crawled=document.crawled or cleaning.crawled,
    )


def _removed(article: Article) -> dict[str, int]:
    """Characters removed, by kind."""
    counts: Counter[str] = Counter()
    for mark in article.removed:
        counts[str(mark.kind)] += mark.end - mark.start
    return dict(counts)


def reason(error: BaseException, memory: int) -> tuple[str, bool]:
    """What a row says of an error, and whether this process has run out of something."""
    chain = tuple(_chain(error))
    if any(isinstance(link, MemoryError) or type(link).__module__.startswith(_PARSER) for link in chain):
        return needed_more(memory), True
    return first_line(error), any(_is_exhaustion(link) for link in chain)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those that it came from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _is_exhaustion(error: BaseException) -> bool:
    """Whether it may be earlier pages' doing: descriptors or threads that they have left open."""
    return (isinstance(error, OSError) and error.errno in _EXHAUSTED) or (isinstance(error, RuntimeError) and "thread" in str(error))


def first_line(error: BaseException) -> str:
    """An error in a line, the same in each run."""
    said = str(error) if isinstance(error, StripperError) else f"{type(error).__name__}: {error}"
    line = said.strip().partition("\n")[0].rstrip(": ")
    return _ADDRESS.sub("0x…", line)[:_REASON_CHARS]


def needed_more(memory: int) -> str:
    """What the row of a document says that was too much for `memory` bytes, or for the machine where that is 0."""
    return f"needed more than {amount(memory)} of memory" if memory else "needed more memory than there was"
