"""Scrapy: a crawl of a little site that this test serves, with items of every kind."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

pytest.importorskip("scrapy", reason="it runs with: pip install 'scrape-stripper[scrapy]'")

from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector

from stripper.errors import PackError, PolicyError
from stripper.etl.arrow import clean_batch
from stripper.etl.scrapy import Clean

FERRY = Path(__file__).with_name("ferry.html").read_text("utf-8")

pytestmark = pytest.mark.filterwarnings("default")


def page(number: int) -> bytes:
    if number == 2:
        return b""
    if number == 7:
        return b"\x89PNG\r\n\x1a\n" + bytes(50)
    return FERRY.format(number=number, weeks=number + 2, line="Sign up for our newsletter").encode()


def plain(**options: Any) -> list[dict[str, Any]]:
    return clean_batch(
        pa.record_batch({"html": [page(n) for n in range(8)], "url": [f"https://ferry.example/{n}" for n in range(8)]}), **options
    ).to_pylist()


class Crawled:
    """What the spiders have left in a folder, and said."""

    def __init__(self, folder: Path, said: str) -> None:
        self.folder, self.said = folder, said

    def items(self, spider: str) -> list[dict[str, Any]]:
        lines = (self.folder / f"{spider}.jsonl").read_text("utf-8").splitlines()
        return sorted(map(json.loads, lines), key=lambda item: item.get("number", -1))

    def stats(self, spider: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / f"{spider}.stats").read_text())
        return found


@pytest.fixture
def site() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = page(int(self.path[1:]))
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def crawled(site: str, tmp_path: Path, run_script: Callable[..., str]) -> Crawled:
    said = run_script(tmp_path, Path(__file__).with_name("scrapy_job.py"), site, tmp_path)
    return Crawled(tmp_path, said)


@pytest.mark.slow
def test_a_crawl(crawled: Crawled) -> None:
    """All spiders crawl in one process, since that takes seconds to start."""
    other, *items = crawled.items("rich")
    assert other == {"harbour": "Tarn"}
    expected = plain(removed=True)
    for number, (item, row) in enumerate(zip(items, expected, strict=True)):
        page_field = {"html": None} if number % 4 > 1 else {}  # objects have all of their attributes
        assert item == {"number": number} | row | page_field
    assert [item["status"] for item in items] == ["ok", "ok", "empty", "ok", "ok", "ok", "ok", "error"]

    stats = crawled.stats("rich")
    assert {name: count for name, count in stats.items() if name.startswith("stripper/") and "removed" not in name and "seconds" not in name} == {
        "stripper/documents": 8,
        "stripper/items_without_page": 1,
        "stripper/status_ok": 6,
        "stripper/status_empty": 1,
        "stripper/status_error": 1,
    }
    spans = [span for row in expected for span in row["removed"]]
    assert sum(count for name, count in stats.items() if name.startswith("stripper/removed")) == sum(s["end"] - s["start"] for s in spans) > 0
    assert stats["stripper/seconds"] > 0
    assert stats["reason"] == "finished"

    kept = crawled.items("kept")[1:]
    assert "Sign up for our newsletter" in kept[0]["article_body"]
    assert kept[0]["html"] == page(0).decode()
    assert "headline" not in kept[0]

    for spider, said in (("without", "Poor has no fields 'status', 'error'"), ("taken", "'headline' already; give the new ones a prefix")):
        assert crawled.stats(spider)["reason"] == "stripper_column_error"
        assert said in crawled.said
        assert not (crawled.folder / f"{spider}.jsonl").read_text()

    hostile = crawled.items("hostile")[1:]
    assert [item["number"] for item in hostile] == list(range(8))
    assert {item["number"]: item["error"] for item in hostile if item["status"] == "error" and item["number"] != 7} == {
        3: "the process crashed (SIGSEGV)",
        5: "took longer than 5 s",
    }


class Crawler:
    """As much of a crawler as a pipeline needs."""

    def __init__(self, **settings: object) -> None:
        self.settings = Settings(settings)
        self.stats = MemoryStatsCollector(self)
        self.spider = None


def test_values_that_are_no_page_are_errors() -> None:
    pipeline = Clean.from_crawler(Crawler(STRIPPER_HTML="page", STRIPPER_CRAWLED="at"))
    assert pipeline.process_item({"page": 7})["error"] == "'page' is of type int, expected text or bytes"
    assert pipeline.process_item({"page": "<p>x", "at": "monday"})["status"] == "error"
    assert pipeline.process_item({"page": None})["status"] == "empty"
    assert pipeline.process_item({"html": "<p>x"}) == {"html": "<p>x"}


@pytest.mark.parametrize(
    ("settings", "error", "said"),
    [
        ({"STRIPPER_REMOVD": True}, TypeError, "unknown option 'removd'"),
        ({"STRIPPER_ID": "number"}, ValueError, "id: this concerns tables"),
        ({"STRIPPER_TIMEOUT": "3"}, ValueError, "needs isolate=True"),
        ({"STRIPPER_POLICY": {"keep": ["nonsense"]}}, PolicyError, "nonsense"),
        ({"STRIPPER_POLICY": "captions"}, ValueError, "STRIPPER_POLICY is 'captions': "),
        ({"STRIPPER_POLICY": '{"kep": []}'}, ValueError, "STRIPPER_POLICY is .*'kep'"),
        ({"STRIPPER_ISOLATE": "1", "STRIPPER_TIMEOUT": "long"}, ValueError, "STRIPPER_TIMEOUT is 'long': "),
        ({"STRIPPER_PACKS": "no-such-pack"}, PackError, "no-such-pack"),
    ],
)
def test_what_is_wrong_with_settings_is_said_at_the_start(settings: dict[str, object], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        Clean.from_crawler(Crawler(**settings))
