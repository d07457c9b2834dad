"""Zip archives: members that are pages are documents; nothing that a member claims is believed."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.batch.document import Document, Reading
from stripper.batch.sources import documents


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return written.getvalue()


def read(archive: bytes, **reading: Any) -> list[Document]:
    Path("a.zip").write_bytes(archive)
    return list(documents(["a.zip"], Reading(**reading)))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_are_documents() -> None:
    found = read(
        zipped(
            ("isle/", b""),
            ("isle/x.html", b"<p>One"),
            ("isle/x.txt", b"Two"),
            ("isle/y.htm.gz", gzip.compress(b"<p>Three")),
            (".git/x.html", b""),
            ("__MACOSX/._x.html", b""),
            ("isle/x.png", b""),
            ("inner.zip", b""),
            ("crawl.warc.gz", b""),
            ("isle/x.html", b"<p>Four"),
            ("isle/x.html", b""),
        )
    )
    assert [(document.id, document.target, document.content, document.as_) for document in found if not document.passed] == [
        ("a.zip/isle/x.html", "a.zip/isle/x", b"<p>One", "html"),
        ("a.zip/isle/x.txt", "a.zip/isle/x.txt", b"Two", "text"),
        ("a.zip/isle/y.htm.gz", "a.zip/isle/y", b"<p>Three", "html"),
        ("a.zip/isle/x.html", "a.zip/isle/x.html", b"<p>Four", "html"),
        ("a.zip/isle/x.html", "a.zip/isle/x.html-5", b"", "html"),
    ]
    assert [document.passed for document in found if document.passed] == [
        "a file of type .png",
        "an archive in an archive",
        "an archive in an archive",
    ]
    assert [document.place.item for document in found] == list(range(8))
    assert found[0].name == "a.zip/isle/x.html"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_methods(method: int) -> None:
    page = b"<p>The ferry sails. " * 9000
    assert [document.content for document in read(zipped(("x.html", page), method=method))] == [page]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("../../etc/x.html", "a.zip/etc/x"),
        ("/x.html", "a.zip/x"),
        ("a/./b//x.html", "a.zip/a/b/x"),
        ("C:\\pages\\..\\x.html", "a.zip/C:/pages/x"),
        ("a\x01b/x?.html", "a.zip/a_b/x?"),
    ],
)
def test_targets_stay_inside(name: str, target: str) -> None:
    (document,) = read(zipped((name, b"x")))
    assert (document.target, document.error) == (target, "")


def test_a_bomb_is_an_error() -> None:
    members = (("big.html", bytes(3_000_000)), ("packed.html.gz", gzip.compress(bytes(3_000_000))), ("small.html", b"x"))
    big, packed, small = read(zipped(*members), max_document=1 << 20)
    assert big.error == "a.zip/big.html: larger than 1 MiB"
    assert packed.error == "a.zip/packed.html.gz: larger than 1 MiB"
    assert small.content == b"x"


def test_sizes_are_not_believed() -> None:
    archive = bytearray(zipped(("x.html", bytes(3_000_000)), ("y.html", b"y")))
    at = archive.rindex(b"PK\1\2", 0, archive.rindex(b"PK\1\2"))
    struct.pack_into("<L", archive, at + 24, 10)  # the directory says that it holds 10 bytes
    first, second = read(bytes(archive), max_document=1 << 20)
    assert first.error.startswith("a.zip/x.html: ")
    assert second.content == b"y"


def test_damage_costs_the_member_that_it_is_in() -> None:
    archive = bytearray(zipped(("x.html", b"The ferry sails"), ("y.html", b"y"), ("z.html.gz", b"no gzip"), method=zipfile.ZIP_STORED))
    archive[archive.index(b"ferry")] ^= 1
    broken, whole, garbage = read(bytes(archive))
    assert broken.error.startswith("a.zip/x.html: ")
    assert broken.error.endswith("; expected a whole member of the archive")
    assert broken.content is None
    assert whole.content == b"y"
    assert garbage.error.startswith("a.zip/z.html.gz, before byte 7 of the packed file: ")


def test_encrypted_members() -> None:
    archive = bytearray(zipped(("x.html", b"x"), ("y.html", b"y")))
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        archive[archive.index(signature) + offset] |= 1
    first, second = read(bytes(archive))
    assert first.error == "a.zip/x.html: it is encrypted; expected a whole member of the archive"
    assert second.content == b"y"


def test_unknown_methods() -> None:
    archive = bytearray(zipped(("x.html", b"x"), ("y.html", b"y")))
    for signature, offset in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        archive[archive.index(signature) + offset] = 97
    first, second = read(bytes(archive))
    assert first.error.startswith("a.zip/x.html: ")
    assert second.content == b"y"


def test_members_whose_place_is_wrong() -> None:
    archive = bytearray(zipped(("x.html", b"x"), ("y.html", b"y")))
    struct.pack_into("<L", archive, archive.index(b"PK\1\2") + 42, 7)
    first, second = read(bytes(archive))
    assert first.error.startswith("a.zip/x.html: ")
    assert second.content == b"y"


@pytest.mark.parametrize("archive", [b"", b"words", zipped(("x.html", b"x" * 1000))[:-40]])
def test_what_is_no_archive(archive: bytes) -> None:
    (document,) = read(archive)
    assert document.error.endswith("; expected a whole zip archive")
    assert document.id == "a.zip"


def test_an_archive_of_nothing() -> None:
    assert read(zipped()) == []


def test_something_may_stand_before_an_archive_and_behind_it() -> None:
    assert [document.content for document in read(b"#!/bin/sh\n" + zipped(("x.html", b"x")) + b"\n")] == [b"x"]


def test_archives_beyond_the_old_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 10)
    archive = zipped(*((f"{n}.html", b"<p>" + b"%d" % n * 20) for n in range(5)))
    assert archive.count(struct.pack("<L", 0xFFFFFFFF)) >= 10  # sizes and offsets stand in extra fields
    assert [document.content for document in read(b"before" + archive)] == [b"<p>" + b"%d" % n * 20 for n in range(5)]


@pytest.mark.slow
@pytest.mark.slow
def test_an_archive_of_very_many_members() -> None:
    archive = zipped(*((f"{n}.html", b"") for n in range(66_000)))
    for written in (archive, b"before" + archive):
        assert [document.id for document in read(written)] == [f"a.zip/{n}.html" for n in range(66_000)]


def test_a_directory_that_says_that_more_must_be_there() -> None:
    archive = bytearray(zipped(("x.html", b"x"), ("y.html", b"y")))
    struct.pack_into("<2H", archive, len(archive) - 14, 3, 3)
    first, second, error = read(bytes(archive))
    assert (first.content, second.content) == (b"x", b"y")
    assert error.error == "a.zip: the directory has 2 entries, and says that it has 3; expected a whole zip archive"


def test_a_damaged_directory_gives_what_stands_before_the_damage() -> None:
    archive = bytearray(zipped(("x.html", b"x"), ("y.html", b"y")))
    archive[archive.rindex(b"PK\1\2")] = 0
    first, error = read(bytes(archive))
    assert first.content == b"x"
    assert error.error == "a.zip: its directory is damaged; expected a whole zip archive"


def test_places_that_no_file_has() -> None:
    large = struct.pack("<2H2Q", 1, 16, 5, 1 << 63)
    archive = bytearray(zipped(("x.html", b"x"), ("y.html", b"y")))
    entry = archive.index(b"PK\1\2")
    struct.pack_into("<LH", archive, entry + 24, 0xFFFFFFFF, 6)
    struct.pack_into("<H", archive, entry + 30, len(large))
    struct.pack_into("<L", archive, entry + 42, 0xFFFFFFFF)
    archive[entry + 52 : entry + 52] = large
    end = archive.index(b"PK\5\6")
    struct.pack_into("<L", archive, end + 12, struct.unpack_from("<L", archive, end + 12)[0] + len(large))
    first, second = read(bytes(archive))
    assert first.error == f"a.zip/x.html: nothing can stand at byte {1 << 63}; expected a whole member of the archive"
    assert second.content == b"y"


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=6))
def test_no_damage_raises(tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]) -> None:
    archive = bytearray(zipped(("x.html", b"<p>The ferry"), ("isle/y.txt", b"sails" * 99), ("z.html.gz", gzip.compress(b"z", mtime=0))))
    for at, byte in changes:
        archive[at % len(archive)] = byte
    path = tmp_path_factory.mktemp("zip") / "a.zip"
    path.write_bytes(archive)
    assert [document.place.item for document in documents([str(path)], Reading(max_document=1000))] != []
