"""The heads of flat news pages in fourteen languages against their truth.

fixtures/heads/LANGUAGE.txt holds pages, divided by lines of "====". A page is its fields, a line of "----", and its text. The fields are those of
the article, several authors divided by "; ", plus `crawled`, the time at which it was fetched. A field that isn't there must not be found.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

import stripper

HEADS = Path(__file__).resolve().parent.parent.parent / "fixtures" / "heads"
FIELDS = ("headline", "standfirst", "authors", "date", "modified")


class Head(NamedTuple):
    name: str
    truth: dict[str, str]
    text: str


def heads() -> list[Head]:
    found = []
    for file in sorted(HEADS.glob("*.txt")):
        for number, part in enumerate(file.read_text(encoding="utf-8").split("====\n"), 1):
            said, text = part.split("----\n", 1)
            truth = dict(line.split(": ", 1) for line in said.splitlines())
            found.append(Head(f"{file.stem}-{number}", truth, text))
    return found


@pytest.mark.parametrize("head", heads(), ids=lambda head: head.name)
def test_fields(head: Head) -> None:
    crawled = head.truth.get("crawled")
    article = stripper.clean(head.text, as_="text", crawled=datetime.fromisoformat(crawled) if crawled else None)
    got = article.to_dict()
    said = {
        "authors": "; ".join(article.authors) or None,
        "date": got["date"] and got["date"][:10],
        "modified": got["modified"] and got["modified"][:10],
    }
    assert {f: said.get(f, got[f]) for f in FIELDS} == {f: head.truth.get(f) for f in FIELDS}


def test_all_languages_are_there() -> None:
    assert {head.name[:2] for head in heads()} == {"ar", "de", "en", "es", "fr", "hi", "it", "ja", "nl", "pl", "pt", "ru", "tr", "zh"}
