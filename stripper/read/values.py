"""Declared values in their plain forms: text, dates, languages, addresses."""

from __future__ import annotations

import html
import re
from datetime import date, datetime

_LONGEST_TEXT = 5000
_BROKEN = re.compile("[\\x00-\\x08\\x0e-\\x1f\\ud800-\\udfff]")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_LANGUAGE = re.compile(r"\s{0,9}([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]{0,20})?\s{0,9}")
_REGION = re.compile(r"\s{0,9}[A-Za-z]{2,3}[-_](?:[A-Za-z]{4}[-_])?([A-Za-z]{2})\s{0,9}")
_BLANK_BEFORE_ZONE = re.compile(r"\s{1,9}(?=[+-]\d\d:?\d\d$|Z$)")
_DATE_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")


def clean(value: str | None) -> str | None:
    """A declared text without markup, entities and superfluous blanks; None where nothing is left."""
    if not value:
        return None
    value = value[:_LONGEST_TEXT]
    if "&" in value:
        value = html.unescape(value)
    if "<" in value:
        value = _TAGS.sub("", value)
    return " ".join(value.split()) or None


def whole(value: str) -> str:
    """A text without half characters, which no encoding can write, and without signs that steer terminals."""
    return _BROKEN.sub("\ufffd", value)


def iso_date(value: str) -> date | datetime | str:
    """A date or, where a time is given, a datetime, aware if a zone is given; the text itself where it isn't ISO 8601."""
    text = _BLANK_BEFORE_ZONE.sub("", value)
    try:
        return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError:
        return value


def language_code(value: str | None) -> str | None:
    """The two- or three-letter code of "en", "en-GB" or "en_GB"; None for anything else."""
    found = _LANGUAGE.fullmatch(value) if value else None
    return found[1].lower() if found else None


def region_code(value: str | None) -> str | None:
    """The region's two letters of "en-GB", "en_GB" or "zh-Hant-TW", in capitals; None where there is none."""
    found = _REGION.fullmatch(value) if value else None
    return found[1].upper() if found else None


def date_in_url(url: str) -> date | None:
    """The day in an address such as /2024/03/05/title or /title-20240305."""
    path = url.split("?")[0].split("#")[0]
    for found in _DATE_IN_PATH.finditer(path[:2000]):
        year, separator, month, day = found.groups()
        if separator or len(month + day) == 4:
            try:
                return date(int(year), int(month), int(day))
            except ValueError:
                continue
    return None
