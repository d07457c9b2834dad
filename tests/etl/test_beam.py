"""Apache Beam: the function by itself, and a pipeline; one with two worker processes is in test_engines.py."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

pytestmark = [pytest.mark.filterwarnings("default"), pytest.mark.slow]
pytest.importorskip("apache_beam", reason="it runs with: pip install 'scrape-stripper[beam]'")

from stripper.errors import BatchError, ColumnError, PackError  # noqa: E402
from stripper.etl.arrow import clean_batch  # noqa: E402
from stripper.etl.beam import Clean, CleanFn  # noqa: E402

FERRY = Path(__file__).with_name("ferry.html").read_text("utf-8")


def page(number: int, line: str = "Sign up for our newsletter") -> str:
    return FERRY.format(number=number, weeks=number + 2, line=line)


def rows() -> list[dict[str, Any]]:
    pages: list[Any] = [page(0).encode(), None, b"", b"\x89PNG\r\n\x1a\n" + bytes(50), *(page(n).encode() for n in range(4, 12))]
    return [{"id": n, "url": f"https://ferry.example/{n}", "html": html, "tags": ("sea", n)} for n, html in enumerate(pages)]


def plain(**options: Any) -> list[dict[str, Any]]:
    table = pa.Table.from_pylist([{name: row[name] for name in ("id", "url", "html")} for row in rows()])
    cleaned = clean_batch(table.to_batches()[0], **options).to_pylist()
    return [{**row, "tags": ("sea", row["id"])} for row in cleaned]


def run(fn: CleanFn, *elements: dict[str, Any]) -> list[dict[str, Any]]:
    """As a worker does."""
    fn = pickle.loads(pickle.dumps(fn))
    fn.setup()
    return [row for element in elements for row in fn.process(element)]


def test_rows_are_those_of_a_plain_batch() -> None:
    elements = rows()
    assert run(CleanFn(removed=True), *elements) == plain(removed=True)
    assert elements == rows()
    (kept,) = run(CleanFn(keep=True, prefix="article_"), elements[0])
    assert {name: kept[name] for name in elements[0]} == elements[0]
    assert kept["article_headline"] == "Ferry 0 sails again"


def test_the_page_may_be_text() -> None:
    text = "Ferry sails again\n\nThe ferry sailed for the first time in nine weeks, and the office said that it was time.\n\nShare this story"
    (by_name,) = run(CleanFn(), {"text": text})
    assert "Share this story" not in by_name["body"]
    html_first, text_instead = run(CleanFn(html="h", text="t"), {"h": page(1), "t": text}, {"h": None, "t": text})
    assert html_first["headline"] == "Ferry 1 sails again"
    assert text_instead["body"] == by_name["body"]
    assert html_first.keys() == text_instead.keys() == by_name.keys()


def test_what_is_wrong_with_a_dict_is_its_error() -> None:
    told = {"html": "page", "crawled": "at", "encoding": "cs"}
    errors = [row["error"] for row in run(CleanFn(**told), {"id": 1}, {"page": 7}, {"page": "<p>x", "at": "monday"}, {"page": "<p>x", "at": 3}, {})]  # type: ignore[arg-type]
    assert errors == [
        "no 'page' here; there are 'id'",
        "'page' is of type int, expected text or bytes",
        "'at': Invalid isoformat string: 'monday'; expected a time in ISO 8601",
        "'at' is of type int, expected a time or text",
        "no 'page' here, nor anything else",
    ]
    (russian,) = run(CleanFn(**told), {"page": "<p>Паром снова ходит после девяти недель, сообщила контора.</p>".encode("koi8-r"), "cs": b"koi8-r"})  # type: ignore[arg-type]
    assert "Паром" in russian["body"]


def test_what_is_wrong_with_the_job_is_said_where_it_is_made(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("kind = 'nonsense'\n")
    with pytest.raises(PackError):
        Clean(packs=tmp_path / "bad.toml")
    with pytest.raises(TypeError, match="removd"):
        Clean(removd=True)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="id, large: this concerns tables"):
        Clean(id="id", large=True)
    with pytest.raises(ColumnError, match="'body', 'language' already; give the new ones a prefix"):
        run(CleanFn(), {"html": page(1), "language": "en", "body": ""})


def test_a_worker_with_other_packs_refuses(tmp_path: Path) -> None:
    pack = tmp_path / "ferry.toml"
    (tmp_path / "ferry.toml").write_text(PACK)
    fn = CleanFn(packs=pack)
    pack.write_text(PACK.replace("0.9", "0.8"))
    with pytest.raises(BatchError, match="install the same everywhere"):
        run(fn)


PACK = Path(__file__).with_name("ferry.toml").read_text("utf-8")

JOB = """
import json, sys
import apache_beam as beam
from apache_beam.metrics import MetricsFilter
from apache_beam.options.pipeline_options import PipelineOptions
from stripper.etl.beam import NAMESPACE, Clean
if __name__ == "__main__":
    folder, elements = sys.argv[1], json.load(open(sys.argv[1] + "/pages.json"))
    pipeline = beam.Pipeline(options=PipelineOptions(["--runner=FnApiRunner"]))
    cleaned = pipeline | beam.Create(elements) | beam.Reshuffle() | Clean(packs=["core", "hostile"], isolate=True)
    fine, broken = cleaned | beam.Partition(lambda row, _: int(row["status"] == "error"), 2)
    for name, part in (("fine", fine), ("broken", broken)):
        part | f"{name} as JSON" >> beam.Map(json.dumps) | f"{name} written" >> beam.io.WriteToText(f"{folder}/{name}")
    done = pipeline.run()
    done.wait_until_finish()
    found = done.metrics().query(MetricsFilter().with_namespace(NAMESPACE))
    told = {counter.key.metric.name: counter.committed for counter in found["counters"]}
    told["milliseconds"] = found["distributions"][0].committed.sum
    json.dump(told, open(folder + "/told.json", "w"))
"""


def test_a_pipeline_and_pages_that_crash(tmp_path: Path, run_script: Callable[..., str]) -> None:
    trouble = {3: "do segfault", 8: "do leave"}
    elements = [{"id": n, "html": page(n, trouble.get(n, "Sign up for our newsletter"))} for n in range(12)]
    elements[5]["html"] = None
    (tmp_path / "pages.json").write_text(json.dumps(elements))
    run_script(tmp_path, "-c", JOB, tmp_path)
    fine, broken = (
        [json.loads(line) for path in tmp_path.glob(f"{name}-*") for line in path.read_text().splitlines()] for name in ("fine", "broken")
    )
    assert {row["id"]: row["error"] for row in broken} == {3: "the process crashed (SIGSEGV)", 8: "the process ended (exit code 3)"}
    assert {row["id"]: row["headline"] for row in fine} == {n: None if n == 5 else f"Ferry {n} sails again" for n in range(12) if n not in trouble}
    told = json.loads((tmp_path / "told.json").read_text())
    assert {name: count for name, count in told.items() if not name.startswith("removed")}.keys() == {
        "documents",
        "status_ok",
        "status_empty",
        "status_error",
        "milliseconds",
    }
    assert [told[name] for name in ("documents", "status_ok", "status_empty", "status_error")] == [12, 9, 1, 2]
    assert told["removed_newsletter"] == 9 * len("Sign up for our newsletter")
    assert told["milliseconds"] >= 0
