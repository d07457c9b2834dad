"""Pages behind rows: found where the batch found them, cleaned the same way, and where that can't be the reason is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from stripper.article import Article
from stripper.batch.document import Cleaning
from stripper.batch.manifest import manifest_path
from stripper.batch.run import Job, run
from stripper.errors import BatchError, PackError
from stripper.report.rows import read_rows
from stripper.report.table import sources
from stripper.report.table.sources import Wanted, cleaned_again, digest
from stripper.types import Policy

FERRY = "<h1>Ferry sails again</h1><p>The ferry sailed on Monday, for the first time in nine weeks, with {} sheep.</p><p>Leave a Reply</p>"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with pages, and the table that a batch made of them."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "pages").mkdir()
    for number in range(4):
        (folder / "pages" / f"{number}.html").write_text(FERRY.format(f"{number + 40}"))
    (folder / "pages" / "broken.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    run(Job((str(folder / "pages"),), folder / "out.jsonl", cleaning=Cleaning(policy=Policy(keep={"comments"}), removed=True)))
    return folder


@pytest.fixture
def batch(made: Path, tmp_path: Path) -> Path:
    """A copy of both that a test may change; its manifest still names the first."""
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy"


def wanted(table: Path) -> dict[int, Wanted]:
    return {number: Wanted(row["id"], row["status"], digest(row["body"])) for number, row in enumerate(read_rows(table))}


def again(table: Path, pages: tuple[str, ...] = (), packs: tuple[Path, ...] = ()) -> dict[int, Article | str]:
    return dict(cleaned_again(table, wanted(table), pages, packs))


def test_pages_are_found_and_cleaned_as_they_were(made: Path) -> None:
    rows = list(read_rows(made / "out.jsonl"))
    found = again(made / "out.jsonl")
    assert [row["status"] for row in rows] == ["ok"] * 4 + ["error"]
    assert sorted(found) == [0, 1, 2, 3]  # an error isn't tried again
    for number, article in found.items():
        assert isinstance(article, Article)
        assert article.body == rows[number]["body"]
        assert "Leave a Reply" in article.body  # the batch's policy, not the default


def test_only_what_is_wanted_is_read(batch: Path) -> None:
    table = batch / "out.jsonl"
    for number in (0, 2, 3):
        (batch / "pages" / f"{number}.html").unlink()
        (batch / "pages" / f"{number}.html").mkdir()
    found = dict(cleaned_again(table, {1: wanted(table)[1]}, (str(batch / "pages"),), ()))
    assert isinstance(found[1], Article)


def test_pages_elsewhere(batch: Path, tmp_path: Path) -> None:
    (batch / "pages").rename(tmp_path / "archive")
    (tmp_path / "archive" / "2.html").unlink()
    (tmp_path / "archive" / "3.html").write_text(FERRY.format("no"))
    found = again(batch / "out.jsonl", (str(tmp_path / "archive"),))
    assert isinstance(found[0], Article)
    assert found[2] == f"It isn't among {tmp_path / 'archive'}."
    assert found[3] == "Cleaned once more it comes out otherwise, so its source, or stripper, has changed since."


def test_what_the_batch_read_is_gone(batch: Path) -> None:
    manifest = manifest_path(batch / "out.jsonl")
    values = json.loads(manifest.read_bytes())
    values["begun_with"]["inputs"] = [str(batch / "gone")]
    manifest.write_text(json.dumps(values))
    reasons = set(again(batch / "out.jsonl").values())
    assert reasons == {f"What the batch read isn't there any more ({batch / 'gone'}: there is no such file or folder); --pages says where it is."}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"packs": ["core 0 00"]}, "The batch was made with core 0 00; here is core "),
        ({"inputs": ["-"]}, "The batch read standard input; --pages says where the same pages are."),
        ({"policy": {"keep": ["tides"]}}, "The manifest beside the table can't be read."),
        ({"policy": 7}, "The manifest beside the table can't be read."),
        ({"crawled": "tomorrow"}, "The manifest beside the table can't be read."),
    ],
)
def test_what_else_keeps_from_it(change: dict[str, object], reason: str, batch: Path) -> None:
    manifest = manifest_path(batch / "out.jsonl")
    values = json.loads(manifest.read_bytes())
    values["begun_with"] |= change
    manifest.write_text(json.dumps(values))
    (said,) = set(again(batch / "out.jsonl").values())
    assert str(said).startswith(reason)


def test_without_a_manifest(batch: Path) -> None:
    manifest_path(batch / "out.jsonl").unlink()
    assert set(again(batch / "out.jsonl").values()) == {"The table has no manifest beside it that says where its pages are; --pages does."}
    manifest_path(batch / "out.jsonl").write_text("tide")
    assert set(again(batch / "out.jsonl").values()) == {"The manifest beside the table can't be read."}


def test_large_archives_are_searched_only_if_asked(batch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.dumps({"id": f"{number}.html", "html": (batch / "pages" / f"{number}.html").read_text()}) for number in range(4)]
    (tmp_path / "crawl.jsonl").write_text("\n".join(lines))
    manifest = manifest_path(batch / "out.jsonl")
    values = json.loads(manifest.read_bytes())
    values["begun_with"]["inputs"] = [str(tmp_path / "crawl.jsonl")]
    manifest.write_text(json.dumps(values))
    assert isinstance(again(batch / "out.jsonl")[0], Article)
    monkeypatch.setattr(sources, "UNASKED", 100)
    assert "tables and archives, which isn't searched unless asked for; --pages " in str(again(batch / "out.jsonl")[0])
    assert isinstance(again(batch / "out.jsonl", (str(tmp_path / "crawl.jsonl"),))[0], Article)


def test_large_pages_are_left_alone(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST", 100)
    assert set(again(made / "out.jsonl").values()) == {"Its source is larger than 100 bytes; stripper explain --html shows it."}


def test_of_very_many_long_pages_the_last_are_left_alone(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "TOGETHER", 300)
    found = again(made / "out.jsonl")
    assert [isinstance(found[number], Article) for number in range(4)] == [True, True, False, False]
    assert "and it is one of the last" in str(found[3])


def test_wrong_use(made: Path) -> None:
    with pytest.raises(BatchError, match="no such file"):
        again(made / "out.jsonl", (str(made / "gone"),))
    with pytest.raises(BatchError, match="standard input"):
        again(made / "out.jsonl", ("-",))
    with pytest.raises(PackError):
        again(made / "out.jsonl", (), (made / "gone.toml",))
