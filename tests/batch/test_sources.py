"""One sequence of documents from inputs of all kinds: always the same, and from any place on."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from stripper.batch.document import Document, Place, Reading
from stripper.batch.sources import documents
from stripper.batch.zstd import zstd_module
from stripper.errors import BatchError


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with something of everything, much of it broken."""
    folder = tmp_path_factory.mktemp("mixed") / "in"
    (folder / "pages" / "deep").mkdir(parents=True)
    chance = random.Random(11)
    rows = b"".join(json.dumps({"html": f"<p>{n}", "id": n} if n % 7 else {"x": n}).encode() + b"\n" for n in range(60))
    files = {
        "a.html": b"<p>The ferry sails.",
        "pages/empty.html": b"",
        "pages/b.txt": b"The ferry sails.",
        "pages/b.html.gz": gzip.compress(b"<p>b"),
        "pages/cut.html.gz": gzip.compress(chance.randbytes(5000))[:3000],
        "pages/deep/c.html.zst": zstd_module("").compress(b"<p>c"),
        "pages/deep/d.png": b"\x89PNG",
        "rows.jsonl": rows,
        "rows.jsonl.gz": gzip.compress(rows)[:-30],
        "rows.csv": b"text,id\n" + b"".join(b"row %d,%d%s\n" % (n, n, b"," * (n % 5 == 0)) for n in range(40)),
        "rows.tsv.gz": gzip.compress(b"body\n1\n"),
        "no.parquet": b"no",
        "no.zip": b"no",
        "empty.csv": b"",
        "empty.jsonl": b"",
        "crawl.warc": b"words",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    os.symlink("nowhere", folder / "pages" / "link.html")
    with zipfile.ZipFile(folder / "pages.zip", "w") as archive:
        for n in range(12):
            archive.writestr(f"z/{n}.{'html' if n % 3 else 'png'}", f"<p>{n}")
    return folder


@pytest.fixture
def all_of_it(mixed: Path, monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    monkeypatch.chdir(mixed.parent)
    return list(documents(["in"], Reading()))


def test_everything_that_is_there_comes_once(all_of_it: list[Document]) -> None:
    assert [document.place for document in all_of_it] == sorted({document.place for document in all_of_it})
    for file in range(all_of_it[-1].place.file + 1):
        items = [document.place.item for document in all_of_it if document.place.file == file]
        assert items == list(range(len(items)))
    assert all((document.content is not None) + bool(document.error) + bool(document.passed) == 1 for document in all_of_it)
    targets = [document.target for document in all_of_it if not document.passed]
    assert len(set(targets)) == len(targets)
    assert not [target for target in targets if target.startswith("/") or ".." in target.split("/")]
    assert all(document.error.startswith("in/") for document in all_of_it if document.error)
    failed = Counter(document.error.split(",")[0].split(":")[0] for document in all_of_it if document.error)
    broken = "crawl.warc empty.csv no.parquet no.zip pages/cut.html.gz pages/link.html rows.tsv.gz"
    assert failed.pop("in/rows.jsonl.gz") > 1
    assert failed == {"in/rows.jsonl": 9, "in/rows.csv": 8} | {f"in/{name}": 1 for name in broken.split()}
    assert next(document for document in all_of_it if document.id == "pages/empty.html").content == b""


def test_consumed_grows_to_the_size_of_all_files(mixed: Path, all_of_it: list[Document]) -> None:
    consumed = [document.consumed for document in all_of_it]
    assert consumed == sorted(consumed)
    read = (path for path in mixed.rglob("*") if path.is_file() and path.suffix != ".png")
    assert consumed[-1] == sum(path.stat().st_size for path in read)


def test_the_sequence_can_be_entered_everywhere(all_of_it: list[Document]) -> None:
    chance = random.Random(2)
    for at in [0, 1, len(all_of_it) - 1, *chance.sample(range(len(all_of_it)), 12)]:
        assert list(documents(["in"], Reading(), all_of_it[at].place)) == all_of_it[at:]
        file, item = all_of_it[at].place
        behind = [document for document in all_of_it if document.place > (file, item)]
        assert list(documents(["in"], Reading(), Place(file, item + 1))) == behind
    assert list(documents(["in"], Reading(), Place(1000, 0))) == []


def test_files_before_the_start_arent_opened(all_of_it: list[Document], monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def spy(path: Any, *arguments: Any, **options: Any) -> Any:
        opened.append(Path(path).name)
        return open(path, *arguments, **options)

    monkeypatch.setattr("stripper.batch.sources.open", spy, raising=False)
    last = all_of_it[-1].place
    list(documents(["in"], Reading(), Place(last.file, 0)))
    assert opened == ["rows.tsv.gz"]


def test_a_file_that_is_left_in_the_middle_is_closed(mixed: Path) -> None:
    opened = len(os.listdir("/dev/fd"))
    for name in ("rows.jsonl", "rows.csv", "pages.zip", "rows.jsonl.gz"):
        flow = documents([str(mixed / name)], Reading())
        next(flow)
        del flow
    assert len(os.listdir("/dev/fd")) == opened


def test_files_that_vanish_or_cant_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.html", "b.html", "c.html"):
        Path(name).write_text("x")
    flow = documents(["a.html", "b.html", "c.html"], Reading())
    assert next(flow).content == b"x"
    Path("b.html").unlink()
    second, third = flow
    assert second.error in (
        "b.html: No such file or directory; expected a file that can be read",
        "b.html: No such file or directory; expected a file or a folder",
    )
    assert third.content == b"x"


def test_a_folder_that_vanishes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.html").write_text("x")
    flow = documents([str(tmp_path / "a"), str(tmp_path / "b")], Reading())
    assert next(flow).id == "a/x.html"
    (tmp_path / "b").rename(tmp_path / "c")
    (gone,) = flow
    assert (gone.id, gone.place) == ("b", (1, 0))
    assert gone.error == f"{tmp_path}/b/: No such file or directory; expected a file or a folder"


def test_pages_that_are_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.html").write_bytes(b"x" * 101)
    Path("b.html.gz").write_bytes(gzip.compress(bytes(10_000_000)))
    Path("c.html").write_bytes(b"x" * 100)
    assert [document.error for document in documents(["."], Reading(max_document=100))] == [
        "./a.html: larger than 100 bytes",
        "./b.html.gz: larger than 100 bytes",
        "",
    ]


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_web_archives_are_read_however_they_are_packed(tmp_path: Path, ending: str) -> None:
    block = b"The ferry sails."
    record = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)
    pack = {"": bytes, ".gz": gzip.compress, ".zst": lambda content: zstd_module("").compress(content)}[ending]
    (tmp_path / f"crawl.wet{ending}").write_bytes(pack(record) + pack(record))
    found = list(documents([str(tmp_path)], Reading()))
    assert [(document.content, document.as_, document.place) for document in found] == [(block, "text", (0, 0)), (block, "text", (0, 1))]


def test_a_page_of_unknown_type_is_neither_html_nor_text(tmp_path: Path) -> None:
    (tmp_path / "page.aspx").write_bytes(b"<p>x")
    (document,) = documents([str(tmp_path / "page.aspx")], Reading())
    assert (document.content, document.as_, document.target) == (b"<p>x", None, "page.aspx")
    assert next(documents([str(tmp_path)], Reading(format="html"))).as_ == "html"


def run(script: str, **streams: Any) -> str:
    begin = "from stripper.batch.document import Reading\nfrom stripper.batch.sources import documents\n"
    return subprocess.run([sys.executable, "-c", begin + script], capture_output=True, text=True, check=True, **streams).stdout


def test_standard_input_is_json_lines() -> None:
    script = "for d in documents(['-'], Reading()): print(d.id, d.name, d.content, d.target, d.consumed)"
    written = '{"text":"a"}\n{"text":"b","id":"x"}\n'
    assert run(script, input=written) == "stdin:1 -:1 a stdin/000001 35\nx -:2 b stdin/000002-x 35\n"


def test_standard_input_as_it_comes() -> None:
    """A document is there as soon as its line is, not when some buffer is full."""
    script = "from stripper.batch.document import Reading\nfrom stripper.batch.sources import documents\n"
    script += "for d in documents(['-'], Reading()): print(d.content, flush=True)"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        assert process.stdin
        assert process.stdout
        for word in (b"a", b"b"):
            process.stdin.write(b'{"text":"%s"}\n' % word)
            assert process.stdout.readline() == word + b"\n"
        process.stdin.close()


def test_standard_input_in_other_formats() -> None:
    script = "print([(d.id, d.content, d.as_, d.target, d.error) for d in documents(['-'], Reading(format={!r}))])"
    assert run(script.format("html"), input="<p>a") == "[('stdin', b'<p>a', 'html', 'stdin', '')]\n"
    assert "('stdin:1', 'a', 'text', 'stdin/000001', '')" in run(script.format("csv"), input="text\na\n")
    assert "-: it is a pipe; expected a file on a disk for this format" in run(script.format("zip"), input="PK")


def test_a_named_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rows.jsonl")
    with subprocess.Popen(["sh", "-c", 'echo \'{"text":"a"}\' > "$0"', str(tmp_path / "rows.jsonl")]):
        assert [document.content for document in documents([str(tmp_path / "rows.jsonl")], Reading())] == ["a"]


def test_pages_that_nobody_asks_for_arent_opened(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(name)
    (tmp_path / "rows.jsonl").write_text('{"text": "c", "id": "c"}\n')
    os.mkfifo(tmp_path / "pipe.html")  # whoever opens it waits for ever
    assert [document.id for document in documents([str(tmp_path)], Reading(), ids={"b.html"}) if not document.passed] == ["b.html", "c"]


def test_wrong_use_is_told_before_the_first_document() -> None:
    with pytest.raises(BatchError, match="no such file"):
        documents(["gone.html"], Reading())


def test_reading_imports_no_package_that_isnt_asked_for() -> None:
    script = "import sys; print([name for name in ('pyarrow', 'fastwarc', 'backports.zstd', 'click', 'rich') if name in sys.modules])"
    assert run(script) == "[]\n"
