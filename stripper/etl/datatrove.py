"""datatrove: a step of a pipeline that makes articles of documents that are pages.

    LocalPipelineExecutor([JsonlReader("pages"), Clean(as_="html"), JsonlWriter("articles")], tasks=8)

Needs the extra `datatrove`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, Literal, Unpack

from stripper.article import Status
from stripper.batch.rows import ERROR
from stripper.errors import ExtraError
from stripper.etl.counts import Counts
from stripper.etl.options import Options, begun
from stripper.etl.records import document, done, refuse_clashes, refuse_options

try:
    from datatrove.data import Document, DocumentsPipeline
    from datatrove.pipeline.base import PipelineStep
    from datatrove.pipeline.writers.disk_base import DiskWriter
    from datatrove.utils.typeshelper import StatHints
except ImportError:
    raise ExtraError("stripper.etl.datatrove", "datatrove") from None

WITHOUT_ARTICLE = (str(Status.EMPTY), str(Status.NO_ARTICLE), ERROR)
"""What the library's own extractors drop."""
_PAGE = "document.text"
_NOT_HERE = ("html", "text", "id", "keep", "large")
"""Options for tables: here a page is always the document's text, and becomes the body."""


class Clean(PipelineStep):
    """A document's text becomes the body, and the other fields come to its metadata, under the names of a batch's rows (docs/rows.md).

    `as_` says what the texts are, "html" or "text"; without it a look at each tells. Documents whose status is one of `drop`, such as
    `WITHOUT_ARTICLE`, go no further; they are counted by status, and written by `exclusion_writer`, if there is one, with their page as text and the
    status as "filter_reason". Without `drop` all pass, those without an article with an empty text. `options` are those of
    `stripper.etl.options.Options` that concern no table; `url`, `crawled` and `encoding` name metadata. Raises TypeError, ValueError, PackError,
    PolicyError and WeightsError as `stripper.etl.options.begun` does, and while it runs ColumnError where metadata have the name of a new field.
    """

    name = "🗞 stripper"
    type = "🛢 - EXTRAC"

    def __init__(
        self,
        *,
        as_: Literal["html", "text"] | None = None,
        drop: Collection[str] = (),
        exclusion_writer: DiskWriter | None = None,
        **options: Unpack[Options],
    ) -> None:
        super().__init__()
        refuse_options(options, _NOT_HERE, "here the page is the document's text; as_='html' or as_='text' says which it is")
        if as_ not in (None, "html", "text"):
            raise ValueError(f"as_ is {as_!r}, expected 'html', 'text' or None")
        drop = (drop,) if isinstance(drop, str) else drop
        if unknown := sorted(set(drop) - set(map(str, Status)) - {ERROR}):
            raise ValueError(f"drop: no status is called {', '.join(map(repr, unknown))}; there are {', '.join([*map(str, Status), ERROR])}")
        self.as_ = as_
        self.drop = frozenset(drop)
        self.exclusion_writer = exclusion_writer
        self.todo = begun(options)

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """The documents that aren't dropped, in their order. What it needs is loaded here, in the process of the task."""
        with contextlib.nullcontext() if self.exclusion_writer is None else self.exclusion_writer as writer:
            for doc in data or ():
                self.stat_update(StatHints.total)
                refuse_clashes(doc.metadata, self.todo)
                with self.track_time():
                    found = done(self.todo, self._page(doc))
                self._count(found.counts)
                fields = dict(found.fields)
                body = fields.pop(self.todo.prefix + "body")
                doc.metadata |= fields
                if found.status not in self.drop:
                    doc.text = body or ""
                    self.stat_update(StatHints.forwarded)
                    self.update_doc_stats(doc)
                    yield doc
                    continue
                self.stat_update(StatHints.dropped, f"dropped_{found.status}")
                if writer is not None:
                    doc.metadata["filter_reason"] = found.status
                    writer.write(doc, rank)

    def _page(self, doc: Document) -> Any:
        columns = replace(self.todo.columns, html=_PAGE)
        return document({**doc.metadata, _PAGE: doc.text}, columns)._replace(as_=self.as_)

    def _count(self, counts: Counts) -> None:
        """Beside the documents and seconds, which the library counts by itself."""
        for name, value in counts.flat().items():
            if name.startswith("status_"):
                self.stat_update(name)
            elif name.startswith("removed_"):
                self.stat_update(name, value=value, unit="character")
