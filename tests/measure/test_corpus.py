"""Corpora are read as a stream; what is wrong with one is named with file and line."""

from __future__ import annotations

import gzip
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from stripper.errors import CorpusError
from stripper.measure.corpus import sources

PAGE = b"<p>The mill opens in May.</p>"


def corpus(folder: Path, *cases: object) -> Path:
    (folder / "html").mkdir(parents=True)
    (folder / "cases.jsonl").write_text("".join(json.dumps(case) + "\n" for case in cases), "utf-8")
    for case in cases:
        if isinstance(case, dict):
            (folder / "html" / f"{Path(str(case['id'])).name}.html.gz").write_bytes(gzip.compress(PAGE))
    return folder


def test_a_folder_with_cases(tmp_path: Path) -> None:
    folder = corpus(
        tmp_path / "mills",
        {"id": "b", "url": "https://mill.example/b", "kind": "forum", "body": "The mill opens in May.", "title": "Mill"},
        {"id": "a"},
        {"id": "c", "body": "", "kind": None},
    )
    first, second, third = sources(folder)
    assert (first.corpus, first.id, first.form, first.url, first.kind, first.body) == (
        "mills", "b", "html", "https://mill.example/b", "forum", "The mill opens in May.",
    )  # fmt: skip
    assert first.case["title"] == "Mill"
    assert first.content() == PAGE
    assert (second.id, second.kind, second.url, second.body) == ("a", "article", None, None)
    assert (third.kind, third.body) == ("article", "")


def test_a_folder_of_pages_and_a_single_page_have_no_gold(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "z.html").write_bytes(PAGE)
    (tmp_path / "deep" / "a.txt").write_text("Text.", "utf-8")
    (tmp_path / "deep" / "b.HTM.gz").write_bytes(gzip.compress(PAGE))
    (tmp_path / "notes.md").write_text("no page", "utf-8")
    found = list(sources(tmp_path))
    assert [(source.id, source.form, source.body) for source in found] == [
        ("deep/a.txt", "text", None),
        ("deep/b.HTM.gz", "html", None),
        ("z.html", "html", None),
    ]
    assert {source.corpus for source in found} == {tmp_path.name}
    assert found[1].content() == PAGE
    (single,) = sources(tmp_path / "z.html")
    assert (single.id, single.form, single.content()) == ("z.html", "html", PAGE)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("\udcff", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "expected an object"),
        ("{}", "id is None"),
        ('{"id": 4}', "id is 4"),
        ('{"id": "../../secret"}', "names no file"),
        ('{"id": ""}', "names no file"),
        ('{"id": "a", "body": ["One."]}', "body is ['One.']"),
        ('{"id": "a", "kind": 3}', "kind is 3"),
    ],
)
def test_a_bad_case_is_named_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    folder = corpus(tmp_path, {"id": "a"})
    file = folder / "cases.jsonl"
    file.write_bytes(file.read_bytes() + b"\n" + line.encode("utf-8", "surrogateescape") + b"\n")
    stream = sources(folder)
    assert next(stream).id == "a"
    with pytest.raises(CorpusError) as caught:
        next(stream)
    assert str(caught.value).startswith(f"{file}:3: ")
    assert said in caught.value.reason
    assert pickle.loads(pickle.dumps(caught.value)).line == 3


def test_what_is_no_corpus(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("no page", "utf-8")
    for path, said in ((tmp_path, "neither cases.jsonl nor pages"), (tmp_path / "gone", "no such file"), (tmp_path / "notes.md", "ends in .html")):
        with pytest.raises(CorpusError, match=said):
            list(sources(path))


@pytest.mark.parametrize("content", [None, b"no gzip", gzip.compress(PAGE, mtime=0)[:-9]])
def test_a_page_that_can_not_be_read_names_its_file(tmp_path: Path, content: bytes | None) -> None:
    folder = corpus(tmp_path, {"id": "a"})
    file = folder / "html" / "a.html.gz"
    file.unlink() if content is None else file.write_bytes(content)
    (source,) = sources(folder)
    with pytest.raises(CorpusError, match=r"a\.html\.gz: ."):
        source.content()


def test_cases_are_read_one_by_one(tmp_path: Path) -> None:
    read: list[Any] = []
    folder = corpus(tmp_path, *({"id": f"p{n}"} for n in range(50)))
    stream = sources(folder)
    read.append(next(stream))
    (folder / "html" / "p49.html.gz").unlink()  # nothing of the later ones was touched
    assert len([*read, *stream]) == 50
