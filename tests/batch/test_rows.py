"""Rows and forms: the same columns for every document, in every output."""

from __future__ import annotations

import json

import pytest

from stripper import clean
from stripper.batch.document import Document, Form, Place
from stripper.batch.forms import article_output, error_output, line
from stripper.batch.rows import FIELDS, SCHEMA, article_row, error_row, storable

STORY = (
    "Lighthouse keeper paints the last step\n\nBy Ada Fenn\n\n3 May 2023\n\n"
    "The keeper of the lighthouse at Sandholm has painted all of its two hundred steps, one on each day that she could spare since the autumn.\n\n"
    "The last of them took three days, because the gulls had taken a liking to it, and she didn't want to drive them off in the rain.\n\n"
    "Leave a Reply\n\nYour email address will not be published. Required fields are marked *\n"
)
DOCUMENT = Document("a/1", "pages/a/1.txt", Place(), STORY, "https://sandholm.example/steps")
PACKS = ("core 1 abc",)


@pytest.mark.parametrize("removed", [False, True])
def test_articles_and_errors_have_the_same_columns_in_the_same_order(removed: bool) -> None:
    cleaned, failed = article_row(DOCUMENT, clean(STORY), removed), error_row(DOCUMENT, "it is broken", PACKS, removed)
    assert list(cleaned) == list(failed) == ["schema", "id", "url", "status", "error", *FIELDS, *(["removed"] if removed else [])]
    for name, value in failed.items():
        assert value is None or type(value) is type(cleaned[name]) or cleaned[name] is None, name


def test_a_row_says_what_the_article_says() -> None:
    article = clean(STORY)
    row = article_row(DOCUMENT, article, removed=True)
    assert row["schema"] == SCHEMA
    assert (row["id"], row["url"], row["status"], row["error"]) == ("a/1", "https://sandholm.example/steps", "ok", None)
    assert (row["headline"], row["authors"], row["date"]) == ("Lighthouse keeper paints the last step", ["Ada Fenn"], "2023-05-03")
    assert row["body"] == article.body
    assert row["packs"] == list(article.packs)
    assert [span["text"] for span in row["removed"]] == [mark.text for mark in article.removed]
    assert STORY[row["removed"][0]["start"] : row["removed"][0]["end"]] == row["removed"][0]["text"]
    said = article.to_dict()
    assert {name: row[name] for name in FIELDS} == {name: said[name] for name in FIELDS}


def test_an_error_row_says_why_and_nothing_else() -> None:
    row = error_row(DOCUMENT, "it is broken", PACKS, removed=True)
    assert (row["id"], row["status"], row["error"], row["packs"]) == ("a/1", "error", "it is broken", ["core 1 abc"])
    assert not any(row[name] for name in FIELDS if name != "packs")
    assert row["removed"] == []


def test_lone_surrogates_become_replacement_characters_and_pairs_stay() -> None:
    row = {"id": "a\ud800b", "authors": ["\ud83d\ude00", "Åsa"], "removed": [{"text": "\udfff", "start": 1}], "score": 0.5, "url": None}
    assert storable(row) == {"id": "a\ufffdb", "authors": ["😀", "Åsa"], "removed": [{"text": "\ufffd", "start": 1}], "score": 0.5, "url": None}
    assert line(article_row(DOCUMENT._replace(id="\ud800"), clean(STORY), removed=True)).decode()


@pytest.mark.parametrize("form", ["line", "json"])
def test_lines_are_json_without_line_breaks(form: Form) -> None:
    for output in (article_output(form, DOCUMENT, clean(STORY), False), error_output(form, DOCUMENT, "it\nis broken", PACKS, False)):
        assert output.count(b"\n") == 1
        assert output.endswith(b"\n")
        assert json.loads(output)["id"] == "a/1"


def test_the_other_forms() -> None:
    article = clean(STORY)
    assert article_output("row", DOCUMENT, article, False) == article_row(DOCUMENT, article, False)
    assert article_output("text", DOCUMENT, article, False).decode() == article.to_text()
    assert article_output("md", DOCUMENT, article, False).decode() == article.to_markdown()
    assert json.loads(article_output("json", DOCUMENT, article, False)) == {
        "schema": SCHEMA,
        "id": "a/1",
        "url": "https://sandholm.example/steps",
        "error": None,
        **article.to_dict(),
    }
    assert error_output("row", DOCUMENT, "why", PACKS, False)["error"] == "why"
    assert error_output("text", DOCUMENT, "why", PACKS, False) is None
    assert error_output("md", DOCUMENT, "why", PACKS, False) is None
