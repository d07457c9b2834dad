"""Which files a batch reads: folders, patterns, single files; their ids and targets; and what none of them is."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest

from stripper.batch import inputs as module
from stripper.batch.endings import ending, kind_of_file
from stripper.batch.inputs import InputFile, among_inputs, input_files, inventory
from stripper.errors import BatchError, ExtraError


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("The ferry sails.", "utf-8")


def found(*inputs: str, format: str | None = None) -> list[InputFile]:
    files = list(input_files(inputs, format))
    assert [file.number for file in files] == list(range(len(files)))
    return files


def ids(*inputs: str) -> list[str]:
    return [file.id for file in found(*inputs)]


def targets(*inputs: str) -> dict[str, str]:
    files = found(*inputs)
    pages = {file.id: file.target for file in files if not file.passed}
    assert len(set(pages.values())) == len(pages)
    return pages


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.html", ("html", "", "a")),
        ("A.HTM", ("html", "", "A")),
        ("a.b.xhtml.GZ", ("html", "gz", "a.b")),
        ("a.shtml.zst", ("html", "zst", "a")),
        ("a.txt", ("text", "", "a")),
        ("a.text.gz", ("text", "gz", "a")),
        ("a.jsonl.zst", ("jsonl", "zst", "a")),
        ("a.ndjson", ("jsonl", "", "a")),
        ("a.csv", ("csv", "", "a")),
        ("a.tsv.gz", ("csv", "gz", "a")),
        ("a.warc.gz", ("warc", "gz", "a")),
        ("a.warc.wet.gz", ("warc", "gz", "a.warc")),
        ("a.parquet", ("parquet", "", "a")),
        ("a.parquet.gz", ("", "", "a.parquet.gz")),
        ("a.zip.zst", ("", "", "a.zip.zst")),
        ("a.aspx", ("", "", "a.aspx")),
        ("a.gz", ("", "gz", "a")),
        ("a", ("", "", "a")),
    ],
)
def test_what_a_name_says(name: str, said: tuple[str, str, str]) -> None:
    assert ending(name) == said


def test_what_is_passed_over_is_said_in_few_words() -> None:
    said = {kind_of_file(name) for name in ("a.PNG", "b.png", "c", "d.20260401", "e.what an ending", "f.html.bz2")}
    assert said == {"a file of type .png", "a file without a type", "a file of unknown type", "a file of type .bz2"}


def test_a_folder_is_walked_in_the_order_of_names() -> None:
    put("pages/b.html", "pages/a/z.txt", "pages/a/y.html.gz", "pages/c/d/e.jsonl", "pages/a.png", "pages/.draft.html", "pages/.git/x.html")
    files = found("pages")
    assert [(file.id, file.name, file.format, file.compression, file.target, file.passed) for file in files] == [
        ("a/y.html.gz", "pages/a/y.html.gz", "html", "gz", "a/y", ""),
        ("a/z.txt", "pages/a/z.txt", "text", "", "a/z", ""),
        ("a.png", "pages/a.png", None, "", "a.png", "a file of type .png"),
        ("b.html", "pages/b.html", "html", "", "b", ""),
        ("c/d/e.jsonl", "pages/c/d/e.jsonl", "jsonl", "", "c/d/e.jsonl", ""),
    ]
    assert files[0].path == Path.cwd() / "pages/a/y.html.gz"
    assert [file.size for file in files] == [16, 16, 0, 16, 16]
    assert found(f"{Path.cwd()}/pages/")[1].id == "a/z.txt"
    os.chdir("pages")
    assert found(".")[0].name == "./a/y.html.gz"


def test_single_files_keep_their_places_below_the_folder_they_share() -> None:
    put("news/2026/a.html", "news/2027/a.html", "news/b.page", "other/c.html")
    assert targets("news/2027/a.html", "news/2026/a.html") == {"2027/a.html": "2027/a", "2026/a.html": "2026/a"}
    assert targets("news/2026/a.html") == {"a.html": "a"}
    assert targets("news/2026", "other/c.html") == {"news/2026/a.html": "news/2026/a", "other/c.html": "other/c"}
    assert [(file.name, file.format) for file in found("news/b.page")] == [("news/b.page", "page")]


def test_names_that_would_collide_keep_their_endings() -> None:
    put("p/x.html", "p/x.txt", "p/x-1.html", "p/y.html", "p/y.png", "p/y/z.html", "p/w.html.txt", "p/w.html", "p/X.txt", "p/t.html", "p/t.html.gz")
    assert targets("p") == {
        "X.txt": "X",
        "t.html": "t.html",
        "t.html.gz": "t.html.gz",
        "w.html": "w",
        "w.html.txt": "w.html.txt",
        "x-1.html": "x-1",
        "x.html": "x.html",
        "x.txt": "x.txt",
        "y/z.html": "y/z",
        "y.html": "y",
    }
    assert targets("p/x.html", "p/y.html") == {"x.html": "x", "y.html": "y"}  # nobody reads x.txt
    assert targets("p/*.html", "p/x.txt")["x.html"] == "x.html"
    assert targets("p/x.txt", "p/*.html")["x.html"] == "x.html"


def test_targets_leave_room_for_standard_input_and_for_what_has_no_endings() -> None:
    put("p/stdin.html", "p/meta.html", "p/meta.json", "p/meta.txt/page.html")
    assert targets("p") == {"meta.html": "meta", "stdin.html": "stdin", "meta.txt/page.html": "meta.txt/page"}
    assert targets("p/stdin.html", "-") == {"stdin.html": "stdin.html", "stdin": "stdin"}
    put("q/crawl.jsonl", "q/crawl.jsonl.html", "q/page", "q/page.html")
    assert targets("q")["crawl.jsonl.html"] == "crawl.jsonl.html"
    assert targets("q/page", "q/page.html") == {"page": "page", "page.html": "page.html"}


def test_patterns() -> None:
    put("p/a/x.html", "p/a/y.txt", "p/b/x.html", "p/b/c/x.html", "p/b/.x.html", "p/.hidden/x.html", "p/x.html", "p/n.aspx", "p/s/n.aspx")
    assert ids("p/*/x.html") == ["a/x.html", "b/x.html"]
    assert ids("p/**/x.html") == ["a/x.html", "b/c/x.html", "b/x.html", "x.html"]
    assert ids("**/b/**/x.html") == ["p/b/c/x.html", "p/b/x.html"]
    assert ids("p/[ab]/?.*") == ["a/x.html", "a/y.txt", "b/x.html"]
    assert ids("p/.*/*") == [".hidden/x.html"]
    assert ids("./p/b/.*") == [".x.html"]
    assert ids("p/b*") == ["b/c/x.html", "b/x.html"]  # a folder that matches is read as one
    assert [file.name for file in found("p/*/y.*")] == ["p/a/y.txt"]
    assert [file.name for file in found("*/x.html")] == ["p/x.html"]
    assert [file.name for file in found(f"{Path.cwd()}/p/*.html")] == [f"{Path.cwd()}/p/x.html"]
    assert [(file.format, file.passed) for file in found("p/*.aspx")] == [("page", "")]  # named, so it is one
    assert [(file.format, file.passed) for file in found("p/s*")] == [(None, "a file of type .aspx")]


def test_a_path_with_wildcards_in_it_is_a_path_if_it_exists() -> None:
    put("a[1].html", "a1.html", "odd*/b.html", "odder/b.html")
    assert ids("a[1].html") == ["a[1].html"]
    assert ids("odd*") == ["b.html"]
    assert ids("odd*/b.html") == ["b.html"]


def test_a_file_is_read_once() -> None:
    put("p/a.html", "p/b.html", "p/c/d.html")
    assert ids("p/b.html", "p", "p/b.html") == ["b.html", "a.html", "c/d.html"]
    assert ids("p", "p/c", "./p/../p/a.html") == ["a.html", "b.html", "c/d.html"]
    assert ids("p/a*.html", "p/*.html") == ["a.html", "b.html"]


def test_the_format_can_be_forced() -> None:
    put("p/a.aspx", "p/b.json.gz", "p/c")
    assert [(file.format, file.compression) for file in found("p", format="jsonl")] == [("jsonl", ""), ("jsonl", "gz"), ("jsonl", "")]
    assert [file.compression for file in found("p/b.json.gz", format="zip")] == [""]
    assert [(file.format, file.id, file.target, file.path) for file in found("-", format="csv")] == [("csv", "stdin", "stdin", None)]
    assert found("-")[0].format == "jsonl"


def test_json_is_lines_of_it_where_it_is_named() -> None:
    put("p/crawl.json", "p/more.JSON.gz")
    assert [file.passed for file in found("p")] == ["a file of type .json", "a file of type .gz"]
    assert [(file.format, file.compression) for file in found("p/crawl.json", "p/*.gz")] == [("jsonl", ""), ("jsonl", "gz")]


def test_links_are_followed_and_loops_end() -> None:
    put("p/a/x.html", "elsewhere/y.html")
    os.symlink("..", "p/a/up")
    os.symlink("../elsewhere", "p/b")
    os.symlink("nothing", "p/c.html")
    os.symlink("self", "p/self")
    files = found("p")
    assert [(file.id, file.passed, file.error) for file in files] == [
        ("a/up", "a link to a folder that it lies in", ""),
        ("a/x.html", "", ""),
        ("b/y.html", "", ""),
        ("c.html", "", "p/c.html: a link that leads nowhere; expected a file or a folder"),
        ("self", "", f"p/self: {os.strerror(errno.ELOOP)}; expected a file or a folder"),
    ]
    assert found("p/c.html")[0].error == files[3].error
    assert found("p/c*")[0].error == files[3].error


def test_what_is_no_file_is_passed_over_in_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    put("p/a.html")
    os.mkfifo("p/f.html")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("p/s")
        assert [(file.id, file.passed) for file in found("p")] == [("a.html", ""), ("f.html", "a pipe"), ("s", "a socket")]
    assert [(file.format, file.passed, file.size) for file in found("p/f.html")] == [("html", "", 0)]  # whoever names it wants it


def test_a_folder_that_cant_be_read_is_an_error_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    put("p/a/x.html", "p/b/x.html")
    listed = os.listdir

    def listdir(folder: str) -> list[str]:
        if str(folder).endswith("/a"):
            raise PermissionError(13, "Permission denied", folder)
        return listed(folder)

    monkeypatch.setattr(os, "listdir", listdir)
    expected = [("a", "p/a: the folder can't be read: Permission denied; expected a file or a folder"), ("b/x.html", "")]
    assert [(file.id, file.error) for file in found("p")] == expected
    assert [(file.id, file.error) for file in found("p/*/x.html")] == expected
    with pytest.raises(BatchError, match="p/a: Permission denied"):
        input_files(["p/a"])
    assert found("p/a/x.html")[0].target == "x"


def test_deep_folders_dont_end_the_walk() -> None:
    os.makedirs("p/" + "d/" * 400)
    put("p/" + "d/" * 400 + "x.html", "p/y.html")
    assert len(ids("p")) == 2


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (["gone.html"], "gone.html: there is no such file or folder"),
        (["gone/*.html"], r"gone/\*.html: No such file or directory"),
        (["p/*.pdf"], r"p/\*.pdf: no file has a name like this"),
        (["empty"], "empty: no file in this folder"),
        (["-", "p", "-"], "only once"),
        (["p/a.html/"], "no such file"),
    ],
)
def test_wrong_use_is_told_at_once(inputs: list[str], message: str) -> None:
    put("p/a.html")
    Path("empty").mkdir()
    with pytest.raises(BatchError, match=message):
        input_files(inputs)


def test_unknown_formats_are_wrong_use() -> None:
    with pytest.raises(BatchError, match="unknown format 'pdf'; expected one of html, text, jsonl"):
        input_files(["-"], "pdf")


def test_names_that_are_no_text() -> None:
    Path(os.fsdecode(b"caf\xe9.html")).write_text("The ferry sails.", "utf-8")
    assert [os.fsencode(file.target) for file in found(".")] == [b"caf\xe9"]
    assert len(inventory(["."]).digest) == 64


def test_the_inventory_counts_what_is_read_and_notices_changes() -> None:
    put("p/a.html", "p/b.html", "p/c.png")
    first = inventory(["p"])
    assert (first.files, first.bytes) == (2, 32)
    assert inventory([f"{Path.cwd()}/p"]) == first
    os.utime("p/a.html", (1, 1))
    changed = inventory(["p"])
    put("p/d.png")
    more = inventory(["p"])
    assert more[:2] == first[:2]
    assert len({first.digest, changed.digest, more.digest}) == 3
    assert inventory(["-", "p"])[:2] == (3, 32)


def test_whether_an_output_lies_among_the_inputs() -> None:
    put("p/a.html", "q/b.html")
    assert among_inputs(["q", "p"], Path("p/out.jsonl"))
    assert among_inputs(["p/*"], Path("p/out"))
    assert among_inputs(["p/a.html"], Path("p/../p/a.html"))
    assert not among_inputs(["p", "-"], Path("out.jsonl"))
    assert not among_inputs(["p/*.html"], Path("p/out.jsonl"))
    assert not among_inputs(["p/a.html"], Path("p/out"))


def test_missing_packages_are_told_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    put("p/a.html", "p/b.parquet")
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(ExtraError, match=r"reading Parquet \(p/b.parquet\) needs .*\[arrow\]"):
        inventory(["p"])
