"""datatrove: a step by itself, and a pipeline of two tasks; one with a process for each is in test_engines.py."""

from __future__ import annotations

import json
import pickle
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytest.importorskip("datatrove", reason="it runs with: pip install 'scrape-stripper[datatrove]'")
from datatrove.data import Document

from stripper.errors import ColumnError, PackError
from stripper.etl.arrow import clean_batch
from stripper.etl.datatrove import WITHOUT_ARTICLE, Clean

ROOT = Path(__file__).parents[2]
FERRY = Path(__file__).with_name("ferry.html").read_text("utf-8")

pytestmark = pytest.mark.filterwarnings("default")


def page(number: int, line: str = "See the timetable") -> str:
    return FERRY.format(number=number, weeks=number + 2, line=line)


INDEX = (ROOT / "fixtures" / "pages" / "index-web" / "page.html").read_text("utf-8")


def documents() -> list[Document]:
    """Four with a story, three without."""
    pages: list[Any] = [page(0), page(1), "", b"\x89PNG\r\n\x1a\n" + bytes(50), page(4).encode(), INDEX, page(6)]
    return [Document(text, str(n), metadata={"url": f"https://ferry.example/{n}", "topic": {"sea": n}}) for n, text in enumerate(pages)]


class Kept(list[Document]):
    """What a step hands to a writer, with the rank of its task."""

    def __enter__(self) -> Kept:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def write(self, document: Document, rank: int) -> None:
        self.append(document)


def plain(pages: list[Document], **options: Any) -> list[dict[str, Any]]:
    content = [d.text.encode() if isinstance(d.text, str) else d.text for d in pages]
    batch = pa.record_batch({"html": pa.array(content, pa.binary()), "url": [d.metadata["url"] for d in pages]})
    return [{name: value for name, value in row.items() if name != "url"} for row in clean_batch(batch, **options).to_pylist()]


def numbers(step: Clean) -> dict[str, Any]:
    return {name: stat.total for name, stat in step.stats.stats.items()}


def test_the_text_becomes_the_body_and_the_metadata_get_the_fields() -> None:
    step = pickle.loads(pickle.dumps(Clean(as_="html", removed=True)))
    cleaned = list(step.run(iter(documents())))
    expected = plain(documents(), removed=True)
    assert [doc.text for doc in cleaned] == [row["body"] for row in expected]
    for number, (doc, row) in enumerate(zip(cleaned, expected, strict=True)):
        assert doc.id == str(number)
        assert doc.metadata == {"url": f"https://ferry.example/{number}", "topic": {"sea": number}} | {k: v for k, v in row.items() if k != "body"}


def test_what_has_no_article_is_dropped_counted_and_written() -> None:
    writer = Kept()
    step = Clean(as_="html", drop=WITHOUT_ARTICLE, exclusion_writer=writer)
    cleaned = list(step.run(iter(documents()), rank=3))
    assert [doc.id for doc in cleaned] == ["0", "1", "4", "6"]
    assert [(doc.id, doc.metadata["filter_reason"]) for doc in writer] == [("2", "empty"), ("3", "error"), ("5", "no-article")]
    assert [doc.text for doc in writer] == [documents()[n].text for n in (2, 3, 5)]
    assert writer[1].metadata["error"]
    told = numbers(step)
    assert (told["total"], told["forwarded"], told["dropped"]) == (7, 4, 3)
    assert {name: count for name, count in told.items() if name.startswith(("dropped_", "status_"))} == {
        "dropped_empty": 1,
        "dropped_error": 1,
        "dropped_no-article": 1,
        "status_ok": 4,
        "status_empty": 1,
        "status_error": 1,
        "status_no_article": 1,
    }
    assert told["doc_len"] == sum(len(doc.text) for doc in cleaned)
    removed = [span for row in plain(documents(), removed=True) for span in row["removed"]]
    assert sum(count for name, count in told.items() if name.startswith("removed_")) == sum(span["end"] - span["start"] for span in removed) > 0
    assert step.stats.time_stats.total > 0


def test_a_look_tells_html_from_text() -> None:
    text = "Ferry 0 sails again\n\n" + page(0).split("<p>")[1].removesuffix("</p>\n") + "\n\nShare this story"
    both = [Document(page(0), "0"), Document(text, "1")]
    html, flat = Clean().run(iter(both))
    assert html.metadata["headline"] == flat.metadata["headline"] == "Ferry 0 sails again"
    assert "Share this story" not in flat.text
    (as_text,) = Clean(as_="text").run(iter([Document(page(0), "0")]))
    assert "<p>" in as_text.text


def test_no_text_at_all_is_an_empty_page() -> None:
    (doc,) = Clean().run(iter([Document(None, "0")]))  # type: ignore[arg-type]
    assert (doc.text, doc.metadata["status"], doc.metadata["score"]) == ("", "empty", None)


def test_metadata_are_never_overwritten() -> None:
    with pytest.raises(ColumnError, match="'date', 'language' already; give the new ones a prefix"):
        list(Clean().run(iter([Document(page(0), "0", metadata={"date": "2024-01-01", "language": "fi"})])))
    (doc,) = Clean(prefix="article_").run(iter([Document(page(0), "0", metadata={"date": "2024-01-01"})]))
    assert (doc.metadata["date"], doc.metadata["article_headline"]) == ("2024-01-01", "Ferry 0 sails again")
    assert "article_body" not in doc.metadata


def test_metadata_tell_where_a_page_comes_from() -> None:
    fetched = {"at": "2024-03-14T10:00:00", "cs": "koi8-r", "from": "https://ferry.example/0"}
    russian = "<p>Паром снова ходит после девяти недель, сообщила контора порта в понедельник утром.</p>".encode("koi8-r")
    step = Clean(as_="html", crawled="at", encoding="cs", url="from")
    good, bad = step.run(iter([Document(russian, "0", metadata=fetched), Document(page(1), "1", metadata={"at": "last week"})]))  # type: ignore[arg-type]
    assert "Паром" in good.text
    assert (bad.metadata["status"], bad.metadata["error"]) == ("error", "'at': Invalid isoformat string: 'last week'; expected a time in ISO 8601")


def test_what_is_wrong_is_said_where_the_pipeline_is_made(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("kind = 'nonsense'\n")
    with pytest.raises(PackError):
        Clean(packs=tmp_path / "bad.toml")
    with pytest.raises(ValueError, match="html, keep: here the page"):
        Clean(html="page", keep=True)
    with pytest.raises(ValueError, match="as_ is 'pdf'"):
        Clean(as_="pdf")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no status is called 'bad'"):
        Clean(drop=["bad"])
    with pytest.raises(TypeError, match="removd"):
        Clean(removd=True)  # type: ignore[call-arg]


def test_one_status_is_a_status() -> None:
    assert [doc.id for doc in Clean(as_="html", drop="error").run(iter(documents()))] == ["0", "1", "2", "4", "5", "6"]


def test_the_extra_leaves_trafilatura_alone() -> None:
    """`datatrove[processing]` would ask for a version older than the one that stripper needs."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["datatrove"]
    assert [name for name in wanted if name.startswith("datatrove")]
    assert not [name for name in wanted if "[" in name or "trafilatura" in name]


JOB = """
import json, sys
import pyarrow as pa
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import ParquetReader
from datatrove.pipeline.writers import ParquetWriter
from stripper.etl.datatrove import WITHOUT_ARTICLE, Clean
if __name__ == "__main__":
    folder, options = sys.argv[1], json.loads(sys.argv[2])
    schema = pa.schema([(name, pa.string()) for name in ("id", "text", "topic", "status", "error", "headline", "filter_reason")])
    excluded = ParquetWriter(folder + "/excluded", expand_metadata=True, schema=schema)
    steps = [
        ParquetReader(folder + "/pages", text_key="html"),
        Clean(drop=WITHOUT_ARTICLE, exclusion_writer=excluded, **options),
        ParquetWriter(folder + "/articles", expand_metadata=True, schema=schema),
    ]
    LocalPipelineExecutor(steps, tasks=2, workers=1, logging_dir=folder + "/logs").run()
"""


@pytest.mark.slow
def test_two_tasks_and_pages_that_crash(tmp_path: Path, run_script: Callable[..., str]) -> None:
    pages = [page(n) for n in range(12)]
    pages[3], pages[8], pages[10] = page(3, "do segfault"), page(8, "do leave"), INDEX
    (tmp_path / "pages").mkdir()
    for part in range(2):
        rows = range(part * 6, part * 6 + 6)
        table = pa.table({"id": [str(n) for n in rows], "html": [pages[n] for n in rows], "topic": ["sea"] * 6})
        pq.write_table(table, tmp_path / "pages" / f"{part}.parquet")
    options = {"as_": "html", "packs": ["core", "hostile"], "isolate": True}
    run_script(tmp_path, "-c", JOB, tmp_path, json.dumps(options), HF_HUB_OFFLINE="1", HF_HOME=str(tmp_path / "home"))
    kept = [pq.read_table(tmp_path / "articles" / f"000_0000{task}.parquet").to_pylist() for task in range(2)]
    assert [[row["id"] for row in rows] for rows in kept] == [["0", "1", "2", "4", "5"], ["6", "7", "9", "11"]]
    assert all(row["headline"] == f"Ferry {row['id']} sails again" and row["topic"] == "sea" for rows in kept for row in rows)
    excluded = pq.read_table(tmp_path / "excluded").to_pylist()
    assert {row["id"]: row["filter_reason"] for row in excluded} == {"3": "error", "8": "error", "10": "no-article"}
    assert {row["error"] for row in excluded} == {"the process crashed (SIGSEGV)", "the process ended (exit code 3)", None}
    told = json.loads((tmp_path / "logs" / "stats.json").read_text())[1]["stats"]
    total = {name: value["total"] if isinstance(value, dict) else value for name, value in told.items()}
    assert (total["total"], total["forwarded"], total["dropped"], total["dropped_error"], total["status_ok"]) == (12, 9, 3, 2, 9)
