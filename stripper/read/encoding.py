"""Bytes to text: byte order mark, hint, strict UTF-8, what the page declares, then detection.

Names are those of the WHATWG Encoding Standard, which maps the labels that pages use to the encodings that browsers decode them with:
"iso-8859-1" and "ascii" are windows-1252, "gb2312" is gb18030, "euc-kr" is its superset cp949.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple


class Decoded(NamedTuple):
    """A text, the encoding it was decoded from, and what went wrong."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


# Name of the encoding, Python's codec, other labels. Source of the labels: https://encoding.spec.whatwg.org/#names-and-labels
_TABLE = """
utf-8 utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf-8-sig
utf-16le utf-16-le utf-16 utf16 unicode ucs-2 iso-10646-ucs-2 csunicode unicodefeff
utf-16be utf-16-be unicodefffe
windows-1252 cp1252 ascii us-ascii ansi_x3.4-1968 iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 latin1 latin-1 l1 x-cp1252 cp819 ibm819
iso-8859-2 iso8859_2 iso8859-2 iso88592 iso_8859-2 latin2 latin-2 l2
iso-8859-3 iso8859_3 iso8859-3 latin3 l3
iso-8859-4 iso8859_4 iso8859-4 latin4 l4
iso-8859-5 iso8859_5 iso8859-5 iso88595 cyrillic
iso-8859-6 iso8859_6 iso8859-6 arabic iso-8859-6-e iso-8859-6-i ecma-114 asmo-708
iso-8859-7 iso8859_7 iso8859-7 greek greek8 elot_928 ecma-118
iso-8859-8 iso8859_8 iso8859-8 hebrew visual iso-8859-8-e iso-8859-8-i logical
iso-8859-10 iso8859_10 iso8859-10 latin6 l6
iso-8859-13 iso8859_13 iso8859-13
iso-8859-14 iso8859_14 iso8859-14
iso-8859-15 iso8859_15 iso8859-15 latin9 l9 latin-9
iso-8859-16 iso8859_16
windows-874 cp874 dos-874 tis-620 iso-8859-11 iso8859-11
windows-1250 cp1250 x-cp1250
windows-1251 cp1251 x-cp1251
windows-1253 cp1253 x-cp1253
windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 iso88599 latin5 l5
windows-1255 cp1255 x-cp1255
windows-1256 cp1256 x-cp1256
windows-1257 cp1257 x-cp1257
windows-1258 cp1258 x-cp1258
ibm866 cp866 866 csibm866
koi8-r koi8_r koi koi8 cskoi8r
koi8-u koi8_u koi8-ru
macintosh mac_roman mac x-mac-roman csmacintosh
x-mac-cyrillic mac_cyrillic x-mac-ukrainian mac-cyrillic maccyrillic
gb18030 gb18030 gbk gb2312 gb_2312 gb_2312-80 x-gbk chinese csgb2312 iso-ir-58 hz-gb-2312 cp936 euc-cn
big5 big5hkscs big5-hkscs cn-big5 csbig5 x-x-big5 cp950
euc-jp euc_jp x-euc-jp cseucpkdfmtjapanese
iso-2022-jp iso2022_jp csiso2022jp
shift_jis cp932 shift-jis sjis x-sjis ms_kanji ms932 windows-31j csshiftjis
euc-kr cp949 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949 uhc cseuckr iso-ir-149
"""


def _labels() -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}
    for line in _TABLE.split("\n"):
        names = line.split()
        if names:
            name, codec = names[:2]
            known |= dict.fromkeys([*names, name.replace("windows-", "cp")], (name, codec))
    return known


_LABELS = _labels()
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32le", "utf-32-le"),  # before UTF-16's, which it begins with
    (codecs.BOM_UTF32_BE, "utf-32be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16be", "utf-16-be"),
)
_PRESCAN = 4096
"""Bytes in which a declaration is looked for: the standard's 1,024, and room for what templates print before it."""
_DECLARATION = re.compile(rb"""<(?:meta\b[^>]{0,400}?charset|\?xml\b[^>]{0,100}?encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.IGNORECASE)
_DETECTED = 1 << 20
"""Bytes that the detector sees."""
_BAD_SHARE = 0.05
"""With fewer bad sequences than this for each good one, a text is UTF-8 with damage and not another encoding."""


def decode(data: bytes, hint: str | None = None) -> Decoded:
    """The text of `data`. `hint` is any label of an encoding, such as the charset of a Content-Type; a byte order mark outweighs it."""
    for mark, name, codec in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name, codec)
    warnings: tuple[str, ...] = ()
    if hint is not None:
        if known := _LABELS.get(hint.strip().lower()):
            return _hinted(data, *known)
        warnings = (f"the encoding {hint.strip()[:40]!r} is unknown and was not used",)
    found = _unhinted(data)
    return found._replace(warnings=warnings + found.warnings)


def _hinted(data: bytes, name: str, codec: str) -> Decoded:
    found = _decoded(data, name, codec)
    if found.warnings and name != "utf-8" and (text := _strictly(data, "utf-8")) is not None:
        return Decoded(text, "utf-8", (f"the source is not {name}, as was said, but utf-8",))
    return found


def _unhinted(data: bytes) -> Decoded:
    if data.isascii() and b"\x1b$" in data and (text := _strictly(data, "iso2022_jp")) is not None:
        return Decoded(text, "iso-2022-jp")
    if wide := _wide(data):
        return _decoded(data, *wide)
    if (text := _strictly(data, "utf-8")) is not None:
        return Decoded(text, "utf-8")
    if _is_damaged_utf8(data):
        return _decoded(data, "utf-8", "utf-8")
    declared = _DECLARATION.search(data, 0, _PRESCAN)
    known = _LABELS.get(declared[1].decode("ascii", "replace").lower()) if declared else None
    if known and not known[0].startswith("utf") and (text := _strictly(data, known[1])) is not None:
        return Decoded(text, known[0])
    return _decoded(data, *(_detected(data) or known or _LABELS["windows-1252"]))


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _decoded(data: bytes, name: str, codec: str) -> Decoded:
    text = _strictly(data, codec)
    if text is not None:
        return Decoded(text, name)
    text = data.decode(codec, "replace")
    bad = text.count("\ufffd") - (data.count(b"\xef\xbf\xbd") if name == "utf-8" else 0)
    return Decoded(text, name, (f"{bad} undecodable byte sequence{'s' * (bad != 1)} in {name} replaced with U+FFFD",))


def _wide(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark, recognised by the zero halves of its ASCII characters."""
    head = data[:2048]
    if not head.count(0) > len(head) // 4 or len(head) < 8:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    return _LABELS["utf-16le"] if odd > 20 * even else _LABELS["utf-16be"] if even > 20 * odd else None


def _is_damaged_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(data) - len(text)  # a good sequence has one byte more, or two, than its character
    return bad < _BAD_SHARE * good


def _detected(data: bytes) -> tuple[str, str] | None:
    import cchardet  # only pages that aren't UTF-8 pay for it

    found = cchardet.detect(data[:_DETECTED])["encoding"]
    return _LABELS.get(found.lower()) if found else None
