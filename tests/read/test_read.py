"""What a source is, and what is no source."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from stripper.errors import ReadError
from stripper.read import read


@pytest.mark.parametrize(
    "source",
    [
        "<!DOCTYPE html><p>x",
        "\ufeff \n<html><body>x",
        "<?xml version='1.0' encoding='utf-8'?>\n<!-- made by hand -->\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN'><html>x</html>",
        "<!-- header --><div>x</div>",
        "<p>One</p>",
        "<h1>Title<p>One<p>Two",
        "<div class='story' data-x='>'>One",
        "<img src=x>",
        "<p>" + "word " * 30_000 + "</p>",
        "HTTP/1.1 200 OK\n\n<html><body><p>x</p></body></html>",
        "The <b>ferry</b> <a href='/x'>sails</a>.<br><br><i>Soon</i>, <a href='/y'>they say</a>.",
    ],
)
def test_html_is_recognised(source: str) -> None:
    assert read(source).source == "html"


@pytest.mark.parametrize(
    "source",
    [
        "The ferry will sail twice a day.",
        "<p> is the element that holds a paragraph, she told the class.",
        "Write <p> before a paragraph and </p> after it, and <b>bold</b> words stand out. " + "The class went on for an hour. " * 20,
        "a < b and c > d",
        "<Anna> Are you there?\n<Ben> Yes.",
        "x <- 3\nif (x<y) print(x>z)",
        "1 <html> tag is enough, the teacher said. " * 3,
        "<",
        "",
    ],
)
def test_text_stays_text(source: str) -> None:
    page = read(source)
    assert page.source == "text"
    assert page.text == source


def test_as_says_what_a_source_is() -> None:
    assert read("<p>One</p>", as_="text").text == "<p>One</p>"
    assert read("One <b>two</b>", as_="html").text == "One two"


@pytest.mark.parametrize("source", ["", " \n\t", b"", b" \r\n ", "<html></html>", "<p>&nbsp;</p>", "\u200b"])
def test_blank_sources_give_no_blocks(source: str | bytes) -> None:
    page = read(source, as_="html")
    assert page.blocks == ()


def test_bytes_in_any_wrapping() -> None:
    for kind in (bytes, bytearray, memoryview):
        assert read(kind(b"<p>Hi</p>")).text == "Hi"


def test_lone_surrogates_do_not_raise() -> None:
    assert read("<p>a\ud800b</p>").text == "a\ufffdb"
    assert read("a\ud800b").text == "a\ud800b"


def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "text")
    return file.getvalue()


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG image"),
        (b"GIF89a\1\0", "GIF image"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WebP image"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF document"),
        (gzip.compress(b"text", mtime=0), "gzip data"),
        (_zip(), "zip archive"),
        (b"\x28\xb5\x2f\xfd\0\0", "zstd data"),
        (b"\x7fELF\2\1\1", "ELF program"),
        (b"\0\0\0 ftypisom", "MP4 media"),
        (bytes(range(256)) * 20, "binary data"),
        (b"\0" * 500, "binary data"),
    ],
)
def test_binary_formats_are_refused_by_name(source: bytes, name: str) -> None:
    with pytest.raises(ReadError, match="not like a page") as refused:
        read(source)
    assert refused.value.looks_like == name
    assert name in str(refused.value)


def test_a_few_control_characters_are_no_binary_format() -> None:
    assert "ferry" in read(b"The ferry\x00 will\x01 sail twice a day, the harbour board said after its meeting.").text


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"source": None}, "source is NoneType, expected str, bytes"),
        ({"source": ["<p>"]}, "source is list"),
        ({"source": "x", "url": b"http://x"}, "url is bytes, expected str"),
        ({"source": "x", "as_": "pdf"}, "as_ is 'pdf', expected 'html', 'text' or None"),
        ({"source": "x", "as_": ["html"]}, "as_ is"),
        ({"source": b"x", "encoding": 8}, "encoding is int, expected str"),
    ],
)
def test_wrong_arguments_are_named(arguments: dict[str, object], named: str) -> None:
    with pytest.raises(TypeError, match=named):
        read(**arguments)  # type: ignore[arg-type]
