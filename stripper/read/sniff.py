"""What a source is: a binary format, HTML, or flat text."""

from __future__ import annotations

import codecs
import re

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"II*\0", "TIFF image"),
    (b"MM\0*", "TIFF image"),
    (b"\0\0\1\0", "icon"),
    (b"%PDF-", "PDF document"),
    (b"\x1f\x8b", "gzip data"),
    (b"PK\3\4", "zip archive"),
    (b"PK\5\6", "zip archive"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"BZh91AY&SY", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"\x7fELF", "ELF program"),
    (b"MZ\x90\0", "Windows program"),
    (b"\0asm", "WebAssembly module"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office document"),
    (b"SQLite format 3\0", "SQLite database"),
    (b"PAR1", "Parquet file"),
    (b"OggS\0", "Ogg media"),
    (b"ID3\2", "MP3 audio"),
    (b"ID3\3", "MP3 audio"),
    (b"ID3\4", "MP3 audio"),
    (b"fLaC\0", "FLAC audio"),
    (b"\x1aE\xdf\xa3", "Matroska video"),
    (b"wOFF", "web font"),
    (b"wOF2", "web font"),
)
_CONTROLS = bytes({*range(9), *range(14, 27), *range(28, 32)})
"""Bytes that no text encoding uses; 0x1B begins escapes of ISO-2022."""
_HEAD = 4096
_CONTROL_SHARE = 0.05
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)

_NAMES = """
a abbr address amp-img article aside b base blockquote body br button caption center cite code dd details dialog div dl dt em embed fieldset
figcaption figure font footer form frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input label legend li link main map meta nav
noframes noscript object ol optgroup option p picture pre q s script section select small span strike strong style sub summary sup svg table
tbody td template textarea th thead time title tr tt u ul video
"""
_ELEMENTS = frozenset(_NAMES.split())
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,20})(?=[\s/>])[^<>]{0,2000}>")
_OPENED = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]{0,20})(?=[\s/>])(\s{1,99}[a-zA-Z][\w:.-]{0,99}=)?")
_PROLOGUE = re.compile(r"(?:\ufeff|\s{1,9999}|<!--.{0,20000}?-->|<\?xml[^>]{0,300}>){0,50}+", re.DOTALL)
_DOCUMENT = re.compile(r"<(?:!doctype\s{1,99}html|html|head|body)(?=[\s>])", re.IGNORECASE)
_DOCUMENT_END = re.compile(r"</(?:html|body)\s{0,9}>", re.IGNORECASE)
_SAMPLE = 20_000
"""Characters in which tags are counted."""
_TAG_SHARE = 0.2
"""Share of tags in a source that begins with text, from which on it is HTML; a text about HTML has less."""


def binary_format(data: bytes) -> str | None:
    """The binary format that `data` is in, or None for text. "binary data" where it is none that is known."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return {b"WEBP": "WebP image", b"WAVE": "WAV audio", b"AVI ": "AVI video"}[data[8:12]]
    if data[4:8] == b"ftyp":
        return "AVIF image" if data[8:12] in (b"avif", b"avis") else "HEIF image" if data[8:11] == b"hei" else "MP4 media"
    if data.startswith(_WIDE_MARKS):
        return None
    head = data[:_HEAD]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls <= _CONTROL_SHARE * len(head):
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    wide = controls <= even + odd + _CONTROL_SHARE * len(head) and max(even, odd) > 20 * min(even, odd)
    return None if wide else "binary data"


def is_html(text: str) -> bool:
    """Whether a source is HTML. A text that mentions tags, or quotes some code, is not."""
    start = _PROLOGUE.match(text)
    begin = start.end() if start else 0
    if _DOCUMENT.match(text, begin):
        return True
    if text[begin : begin + 1] == "<":
        return _begins_with_markup(text, begin)
    if _DOCUMENT_END.search(text, max(begin, len(text) - 300)) and _DOCUMENT.search(text, begin, begin + 2000):
        return True
    sample = text[begin : begin + _SAMPLE]
    tags = _tags(sample)
    return len(tags) >= 5 and sum(len(t[0]) for t in tags) > _TAG_SHARE * len(sample) and _is_paired(tags)


def _tags(sample: str) -> list[tuple[str, bool, str]]:
    """The tags of HTML elements in a text: as written, whether it is an end tag, and the name."""
    found = [(m.group(), bool(m[1]), m[2].lower()) for m in _TAG.finditer(sample)]
    return [tag for tag in found if tag[2] in _ELEMENTS or "-" in tag[2]]


def _is_paired(tags: list[tuple[str, bool, str]]) -> bool:
    ends = sum(end for _, end, _ in tags)
    return 3 * ends >= len(tags) - ends


def _begins_with_markup(text: str, begin: int) -> bool:
    """A source that begins with "<" is HTML where that is a tag, and it has attributes, or its element is ended, or other tags follow."""
    if text.startswith(("<!--", "<![CDATA[", "<?xml"), begin):
        return True
    first = _OPENED.match(text, begin)
    if not first or (first[1].lower() not in _ELEMENTS and "-" not in first[1]):
        return False
    if first[2] or len(_tags(text[begin : begin + _SAMPLE])) > 2:
        return True
    ended = re.compile(rf"</{first[1]}\s{{0,9}}>", re.IGNORECASE).search(text, begin)
    return ended is not None or text.rstrip().endswith((first[1] + ">", first[1] + "/>"))
