"""Silver gold: bodies of pages that nobody annotated, where witnesses that know nothing of each other agree."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import trafilatura
from readability import Document

from stripper.locate.train.corpus import Case
from stripper.locate.train.score import f1
from stripper.locate.view import words_of
from stripper.read.text import fold

_DECLARED, _AGREED = 0.9, 0.97
"""Word F1 at which an extractor confirms a declared body, and at which two extractors agree."""
_FEWEST_WORDS = 150
_DATA = re.compile(r"<script[^>]{0,300}ld\+json[^>]{0,300}>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,500}>")


def with_silver(case: Case) -> Case | None:
    """A case without gold with the body that can be trusted; None where there is none.

    That is the declared body where trafilatura confirms it, else trafilatura's where readability agrees.
    """
    extracted = trafilatura.extract(case.html, include_comments=False) or ""
    words = words_of(fold(extracted))
    if len(words) < _FEWEST_WORDS:
        return None
    for declared in _declared(case.html.decode("utf-8", "replace")):
        if f1(words_of(fold(declared)), words) >= _DECLARED:
            return dataclasses.replace(case, body=declared)
    return dataclasses.replace(case, body=extracted) if f1(words_of(fold(_readable(case.html))), words) >= _AGREED else None


def _declared(html: str) -> Iterator[str]:
    for block in _DATA.findall(html):
        try:
            pending: list[Any] = [json.loads(block, strict=False)]
        except ValueError:
            continue
        while pending:
            value = pending.pop()
            if isinstance(value, dict):
                if isinstance(value.get("articleBody"), str):
                    yield _TAG.sub(" ", value["articleBody"])
                pending += value.values()
            elif isinstance(value, list):
                pending += value


def _readable(html: bytes) -> str:
    try:
        return unescape(_TAG.sub(" ", Document(html.decode("utf-8", "replace")).summary()))
    except Exception:  # readability raises whatever lxml does, on pages that lxml can't hold
        return ""
