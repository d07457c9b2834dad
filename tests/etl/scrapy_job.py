"""scrapy_job.py URL FOLDER: crawls a little site with several spiders at once. Each writes its items and its stats into the folder."""

from __future__ import annotations

import dataclasses
import json
import sys
import warnings
from pathlib import Path
from typing import Any

import attrs
import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import ScrapyDeprecationWarning

from stripper.etl.scrapy import ARTICLE_FIELDS

warnings.simplefilter("error", ScrapyDeprecationWarning)

FIELDS = (*ARTICLE_FIELDS, "removed")
URL, FOLDER = sys.argv[1], Path(sys.argv[2])

Declared = type("Declared", (scrapy.Item,), {name: scrapy.Field() for name in ("number", "url", "html", *FIELDS)})
Data = dataclasses.make_dataclass("Data", [(name, Any, None) for name in ("number", "url", "html", *FIELDS)])
Attrs = attrs.make_class("Attrs", {name: attrs.field(default=None) for name in ("number", "url", "html", *FIELDS)})


class Poor(scrapy.Item):
    number = scrapy.Field()
    html = scrapy.Field()
    headline = scrapy.Field()


class Ferries(scrapy.Spider):
    """Items of a kind for each page, and one without a page."""

    kinds: tuple[Any, ...] = (dict, Declared, Data, Attrs)

    async def start(self):
        for number in range(8):
            yield scrapy.Request(f"{URL}/{number}", cb_kwargs={"number": number})

    def parse(self, response, number):
        yield self.kinds[number % len(self.kinds)](number=number, url=f"https://ferry.example/{number}", html=self.page(response))
        if number == 0:
            yield {"harbour": "Tarn"}

    def page(self, response):
        return response.body

    def closed(self, reason):
        stats = {name: value for name, value in self.crawler.stats.get_stats().items() if isinstance(value, int | float | str)}
        (FOLDER / f"{self.name}.stats").write_text(json.dumps(stats | {"reason": reason}))


def settings(name: str, **more: object) -> dict[str, object]:
    feed = {str(FOLDER / f"{name}.jsonl"): {"format": "jsonlines", "encoding": "utf-8"}}
    return {"ITEM_PIPELINES": {"stripper.etl.scrapy.Clean": 300}, "FEEDS": feed, "STRIPPER_PACKS": ["core"]} | more


class Rich(Ferries):
    name = "rich"
    custom_settings = settings(name, STRIPPER_REMOVED="True")


class Kept(Ferries):
    name = "kept"
    kinds = (dict,)
    custom_settings = settings(name, STRIPPER_KEEP=True, STRIPPER_PREFIX="article_", STRIPPER_POLICY='{"keep": ["newsletter"]}')

    def page(self, response):
        return response.text if hasattr(response, "text") else response.body.decode("latin-1")


class Without(Ferries):
    """Its items have no room for an article."""

    name = "without"
    kinds = (Poor,)
    custom_settings = settings(name, CONCURRENT_REQUESTS=1)

    def parse(self, response, number):
        yield Poor(number=number, html=response.text)


class Taken(Ferries):
    """It has found headlines by itself."""

    name = "taken"
    custom_settings = settings(name, CONCURRENT_REQUESTS=1)

    def parse(self, response, number):
        yield {"number": number, "html": response.text, "headline": "Ferry news"}


class Hostile(Ferries):
    name = "hostile"
    kinds = (dict,)
    custom_settings = settings(name, STRIPPER_PACKS="hostile", STRIPPER_ISOLATE="1", STRIPPER_TIMEOUT="5")

    def page(self, response):
        trouble = {"/3": "segfault", "/5": "loop"}.get(response.url[-2:])
        return response.text.replace("Sign up for our newsletter", f"do {trouble}") if trouble else response.body


if __name__ == "__main__":
    process = CrawlerProcess({"TELNETCONSOLE_ENABLED": False, "LOG_LEVEL": "INFO", "DOWNLOAD_DELAY": 0})
    for spider in (Rich, Kept, Without, Taken, Hostile):
        process.crawl(spider)
    process.start()
