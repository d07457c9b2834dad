"""Sources that are empty, of a wrong type, binary or broken."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib

import pytest

import stripper
from stripper import Article, ReadError, Status, StripperError


def png() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "A pier.")
    return buffer.getvalue()


BINARY = {
    "PNG image": png(),
    "PDF document": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "gzip data": gzip.compress(b"<html><p>The pier is mended.</p></html>"),
    "zip archive": zipped(),
    "JPEG image": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(40),
    "GIF image": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
}


@pytest.mark.parametrize("source", ["", " ", "\n\n\t ", "\xa0\u3000", b"", b" \r\n", b"\xef\xbb\xbf"])
def test_nothing_is_empty(source: str | bytes) -> None:
    article = stripper.clean(source)
    assert article.status is Status.EMPTY
    assert article.body == ""
    assert article.removed == ()
    assert article.headline is None


@pytest.mark.parametrize("source", ["<html></html>", "<html><head><title></title></head><body> <!-- nothing --> </body></html>", "<!doctype html>"])
def test_html_without_text_is_empty(source: str) -> None:
    assert stripper.clean(source).status is Status.EMPTY


@pytest.mark.parametrize("source", [None, 7, 1.5, ["a"], {"a": 1}, object(), Article(), io.StringIO("a")], ids=lambda s: type(s).__name__)
def test_a_wrong_type_names_what_is_accepted(source: object) -> None:
    with pytest.raises(TypeError) as caught:
        stripper.clean(source)  # type: ignore[arg-type]
    assert type(source).__name__ in str(caught.value)
    assert "str" in str(caught.value)
    assert "bytes" in str(caught.value)


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_of_all_sorts_are_read(kind: type) -> None:
    data = "Der Steg ist wieder offen, sagte die Bürgermeisterin am Dienstag auf dem Markt.".encode()
    assert "Bürgermeisterin" in stripper.clean(kind(data)).text


@pytest.mark.parametrize("argument", [{"url": 7}, {"encoding": b"utf-8"}, {"as_": "markdown"}, {"as_": 1}], ids=str)
def test_wrong_options_are_named(argument: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError), match=next(iter(argument))):
        stripper.clean("A pier.", **argument)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", BINARY)
def test_a_binary_source_is_named(name: str) -> None:
    with pytest.raises(ReadError) as caught:
        stripper.clean(BINARY[name])
    assert caught.value.looks_like == name
    assert name in str(caught.value)
    assert isinstance(caught.value, StripperError)


def test_undecodable_bytes_are_replaced_and_the_article_says_so() -> None:
    data = "The pier is mended, and the café at its end is open again.".encode() + b" \xff\xfe\xfa" + b" Half of the town came."
    article = stripper.clean(data, encoding="utf-8")
    assert "\ufffd" in article.text
    assert "Half of the town came." in article.text
    assert any("utf-8" in w.lower() for w in article.warnings)


def test_an_unknown_encoding_is_no_error() -> None:
    article = stripper.clean(b"The pier is mended, and half of the town came.", encoding="x-klingon")
    assert "mended" in article.text


def test_right_bytes_warn_of_nothing() -> None:
    assert stripper.clean("Der Bürgermeister öffnete den Steg.".encode(), encoding="utf-8").warnings == ()


@pytest.mark.parametrize("source", ["A\x00B and a pier that was mended in the end.", b"A pier\x00 that was mended in the end, they say."])
def test_null_characters_stay_text(source: str | bytes) -> None:
    assert "mended" in stripper.clean(source).text


@pytest.mark.parametrize(
    "source",
    [
        "<html><body>" + "<div>" * 20_000 + "The pier is mended.",
        "<html><body>" + "<b><i>" * 5_000 + "The pier is mended.",
        "<html><body><p>The pier is mended.<![CDATA[" + "<" * 5_000,
        "<p " + 'a="' * 20_000 + "><p>The pier is mended.</p>",
        "<html><p>&#xffffffff;&#0;The pier is mended.&notanentity;",
    ],
    ids=["deep", "formatting", "angles", "attributes", "entities"],
)
def test_hostile_markup_gives_an_article(source: str) -> None:
    assert isinstance(stripper.clean(source), Article)


def test_deep_text_survives() -> None:
    assert "The pier is mended." in stripper.clean("<html><body>" + "<div>" * 20_000 + "The pier is mended.").text


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    stripper.clean("")
    stripper.clean("<html><p>The pier is mended.<" + "b<i<" * 30)
    stripper.clean(b"\xff\xfe\x00 a \xff pier")
    for source in BINARY.values():
        with pytest.raises(ReadError):
            stripper.clean(source)
    assert capfd.readouterr() == ("", "")
