"""scrapy.py IN.parquet OUT.parquet: cleaned by Scrapy, as items of a spider that requests nothing."""

import sys

import pyarrow as pa
import pyarrow.parquet as pq
import scrapy
from scrapy import signals
from scrapy.crawler import CrawlerProcess

from stripper.etl.arrow import output_schema

SETTINGS = {"ITEM_PIPELINES": {"stripper.etl.scrapy.Clean": 300}, "STRIPPER_REMOVED": True, "LOG_LEVEL": "WARNING"}


class Rows(scrapy.Spider):
    name = "rows"

    async def start(self):
        for row in pq.read_table(self.source).to_pylist():
            yield row


if __name__ == "__main__":
    source, target = sys.argv[1:]
    items = []
    process = CrawlerProcess(SETTINGS)
    crawler = process.create_crawler(Rows)
    crawler.signals.connect(lambda item: items.append(item), signal=signals.item_scraped, weak=False)
    process.crawl(crawler, source=source)
    process.start()
    schema = output_schema(pq.read_schema(source), removed=True)
    pq.write_table(pa.Table.from_pylist(items, schema=schema), target)
