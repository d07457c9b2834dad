"""Scrapy: an item pipeline that puts the article's fields into each item that holds a page.

    ITEM_PIPELINES = {"stripper.etl.scrapy.Clean": 300}
    STRIPPER_HTML = "page"

Needs the extra `scrapy`.
"""

from __future__ import annotations

from typing import Any, Self

from stripper.batch.rows import FIELDS
from stripper.errors import ColumnError, ExtraError, StripperError
from stripper.etl.options import Columns, Job, job
from stripper.etl.records import chosen, document, done, listed, names, refuse_clashes, refuse_options
from stripper.etl.state import packs
from stripper.types import Policy

try:
    from itemadapter import ItemAdapter
    from scrapy import Item
    from scrapy.utils.defer import deferred_from_coro
except ImportError:
    raise ExtraError("stripper.etl.scrapy", "scrapy") from None

ARTICLE_FIELDS = ("status", "error", *FIELDS)
"""What classes of items need, and with STRIPPER_REMOVED also "removed"; all behind STRIPPER_PREFIX."""
_SETTING = "STRIPPER_"
_NOT_HERE = ("id", "large")
"""Options for tables."""


class Clean:
    """An item keeps what it holds, but for its page, and gets the fields of a batch's rows (docs/rows.md).

    Options are those of `stripper.etl.options.Options` that concern no table, as settings: STRIPPER_REMOVED = True, STRIPPER_POLICY = {"keep":
    ["caption"]}; where they name columns, they name fields of items. Items without a field for pages are passed on as they are. A page that can't be
    cleaned is an item whose status is "error", and none is dropped. Where items have no fields for an article's, or values in them already, the
    spider is closed with a ColumnError. Raises TypeError, ValueError, PackError, PolicyError and WeightsError when the crawl begins.
    """

    def __init__(self, todo: Job, crawler: Any) -> None:
        packs(todo)
        self.todo = todo
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """What Scrapy calls."""
        return cls(_job(crawler.settings), crawler)

    def process_item(self, item: Any) -> Any:
        """The same item, with fields."""
        adapter = ItemAdapter(item)
        record = {name: adapter.get(name) for name in adapter.field_names()}
        found = chosen(record, self.todo.columns)
        if found.html not in record and found.text not in record:
            self.crawler.stats.inc_value("stripper/items_without_page")
            return item
        try:
            self._look_at_fields(adapter, record)
        except ColumnError:
            deferred_from_coro(self.crawler.engine.close_spider_async(reason="stripper_column_error"))  # it waits for this item, so not here
            raise
        new = done(self.todo, document(record, self.todo.columns))
        for name, count in new.counts.flat().items():
            self.crawler.stats.inc_value(f"stripper/{name}", count)
        self._leave_out(adapter, found)
        for name, value in new.fields.items():
            adapter[name] = value
        return item

    def _look_at_fields(self, adapter: ItemAdapter, record: dict[str, Any]) -> None:
        new = [self.todo.prefix + name for name in names(self.todo)]
        if not isinstance(adapter.item, dict) and (missing := [name for name in new if name not in record]):
            raise ColumnError(f"{type(adapter.item).__name__} has no fields {listed(missing)}; an article needs them")
        refuse_clashes((name for name, value in record.items() if value), self.todo)

    def _leave_out(self, adapter: ItemAdapter, found: Columns) -> None:
        for name in (found.html, found.text):
            if self.todo.keep or name not in adapter:
                continue
            if isinstance(adapter.item, dict | Item):
                del adapter[name]
            else:  # an object without one of its attributes can't even be printed
                adapter[name] = None


def _job(settings: Any) -> Job:
    """The job that the settings describe; from a command line all of them are text."""
    readers = {
        "keep": settings.getbool,
        "removed": settings.getbool,
        "isolate": settings.getbool,
        "timeout": settings.getfloat,
        "memory": settings.getint,
        "packs": settings.getlist,
        "policy": lambda name: Policy(**settings.getdict(name)),
    }
    options: dict[str, Any] = {}
    for name in sorted(name for name in settings if name.startswith(_SETTING) and settings[name] is not None):
        option = name.removeprefix(_SETTING).lower()
        try:
            options[option] = readers.get(option, settings.get)(name)
        except StripperError:
            raise
        except (TypeError, ValueError) as error:
            raise ValueError(f"{name} is {settings[name]!r}: {error}") from None
    refuse_options(options, _NOT_HERE, "this concerns tables, and items are none")
    return job(options)
