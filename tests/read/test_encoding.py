"""Bytes to text."""

from __future__ import annotations

import pytest

from stripper.read import read
from stripper.read.encoding import decode

CAFE = "Le café du port est fermé à midi, dit l'élève. "
HARBOUR = {
    "windows-1252": ("cp1252", CAFE * 5),
    "windows-1251": ("cp1251", "Паром будет ходить два раза в день, сообщил совет порта во вторник. " * 3),
    "shift_jis": ("cp932", "港の委員会は火曜日に、船を一日二回にすると発表した。" * 3),
    "euc-kr": ("euc_kr", "항구 위원회는 화요일 회의 뒤에 배가 하루 두 번 다닌다고 밝혔다. " * 3),
    "gb18030": ("gb2312", "港口委员会星期二开会之后说，渡轮从五月起每天开两班。" * 3),
    "big5": ("big5", "港口委員會星期二開會之後說，渡輪從五月起每天開兩班。" * 3),
}


@pytest.mark.parametrize("name", HARBOUR)
def test_encodings_that_nothing_declares_are_detected(name: str) -> None:
    codec, text = HARBOUR[name]
    page = read(f"<p>{text}</p>".encode(codec))
    assert (page.encoding, page.text, page.warnings) == (name, text.strip(), ())


@pytest.mark.parametrize("declaration", ['<meta charset="ISO-8859-2">', "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>"])
def test_a_meta_element_says_what_utf_8_is_not(declaration: str) -> None:
    page = read(f"<html><head>{declaration}</head><p>Zażółć gęślą jaźń</p>".encode("iso-8859-2"))
    assert (page.encoding, page.text) == ("iso-8859-2", "Zażółć gęślą jaźń")


def test_utf_8_is_believed_before_a_meta_element_that_says_otherwise() -> None:
    page = read(f"<meta charset=iso-8859-1><p>{CAFE}</p>".encode())
    assert (page.encoding, page.text) == ("utf-8", CAFE.strip())


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_outweighs_the_hint(codec: str) -> None:
    page = read(f"<p>{CAFE}</p>".encode(codec), encoding="cp1252")
    assert page.text == CAFE.strip()
    assert page.encoding is not None
    assert page.encoding.startswith(codec.removesuffix("-sig"))


def test_utf_16_without_a_mark() -> None:
    assert read(CAFE.encode("utf-16-le")).text == CAFE
    assert read(CAFE.encode("utf-16-be")).encoding == "utf-16be"


def test_iso_2022_jp_is_not_taken_for_ascii() -> None:
    text = HARBOUR["shift_jis"][1]
    assert decode(text.encode("iso2022_jp")) == (text, "iso-2022-jp", ())


def test_the_hint_is_used_by_any_label() -> None:
    for label in ("latin1", "ISO-8859-1", " windows-1252 ", "cp1252"):
        assert decode(CAFE.encode("cp1252"), label) == (CAFE, "windows-1252", ())


def test_an_unknown_hint_is_named_and_not_used() -> None:
    found = decode(CAFE.encode(), "klingon-8")
    assert (found.text, found.encoding) == (CAFE, "utf-8")
    assert "klingon-8" in found.warnings[0]
    assert "rot13" in decode(b"abc", "rot13").warnings[0]


def test_a_hint_that_does_not_fit_gives_way_to_utf_8() -> None:
    text = HARBOUR["shift_jis"][1]
    found = decode(text.encode(), "shift_jis")
    assert (found.text, found.encoding) == (text, "utf-8")
    assert found.warnings


def test_damaged_utf_8_stays_utf_8_and_says_how_much_was_replaced() -> None:
    found = decode((CAFE * 20).encode() + b"\xff x \xfe")
    assert found.encoding == "utf-8"
    assert found.text.endswith("\ufffd x \ufffd")
    assert found.warnings == ("2 undecodable byte sequences in utf-8 replaced with U+FFFD",)


def test_a_replacement_character_in_the_source_is_no_damage() -> None:
    assert decode("a \ufffd b".encode()) == ("a \ufffd b", "utf-8", ())
