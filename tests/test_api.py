"""What users hold in their hands: clean, Cleaner, Article and its forms."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import stripper
from stripper import (
    Article,
    Cleaner,
    Defect,
    Kind,
    Mark,
    Outcome,
    PackError,
    Part,
    Policy,
    PolicyError,
    ReadError,
    RuleError,
    Status,
    StripperError,
    WeightsError,
    Witness,
)

STORY = """Pier at Oxley Bay to be repaired before winter

By Jonas Wirth
4 March 2024

The council of Oxley Bay met on Tuesday and agreed to repair the pier before the winter, which took it four hours and a vote by show of hands.

“We have waited for nine years,” said Marta Engel, who sells ice cream at its end and has done so since the last repair.

Nobody could say what it would cost, although three people tried, and one of them had brought a slide.

Leave a Reply

Your email address will not be published. Required fields are marked *
"""

ARTICLE = Article(
    headline="Pier to be repaired",
    standfirst="It took nine years",
    byline="Jonas Wirth",
    authors=("Jonas Wirth",),
    date=date(2024, 3, 4),
    section="Local",
    body="One.\n\nTwo.",
    language="en",
    score=0.123456,
    evidence={"byline": (Witness("byline", "Jonas Wirth", "text", 3, 14),), "authors": (Witness("authors", ("Jonas Wirth",), "json-ld"),)},
    removed=(Mark(20, 25, Kind.SHARE, "core/share/x", 0.98765, "because", Outcome.REMOVED, "", "Share"),),
    parts=(Part("One."), Part("Two.")),
    packs=("core 1 0123456789ab",),
    warnings=("w",),
)


def test_a_story_comes_out() -> None:
    article = stripper.clean(STORY)
    assert article.status is Status.OK
    assert article.headline == "Pier at Oxley Bay to be repaired before winter"
    assert article.authors == ("Jonas Wirth",)
    assert article.date == date(2024, 3, 4)
    assert article.body.startswith("The council of Oxley Bay")
    assert article.body.endswith("had brought a slide.")
    assert {m.kind for m in article.removed} == {Kind.COMMENTS}


def test_cleaner_and_clean_agree() -> None:
    assert Cleaner().clean(STORY).to_json() == stripper.clean(STORY).to_json()


def test_to_dict_has_plain_values() -> None:
    plain = ARTICLE.to_dict()
    assert plain["date"] == "2024-03-04"
    assert plain["authors"] == ["Jonas Wirth"]
    assert plain["status"] == "ok"
    assert plain["score"] == 0.1235
    assert plain["evidence"] == {
        "authors": [{"value": ["Jonas Wirth"], "origin": "json-ld"}],
        "byline": [{"value": "Jonas Wirth", "origin": "text", "start": 3, "end": 14}],
    }
    removed = {"kind": "share", "rule": "core/share/x", "start": 20, "end": 25, "score": 0.9877, "why": "because", "text": "Share"}
    assert plain["removed"] == [removed]
    assert json.loads(json.dumps(plain)) == plain


def test_to_json_is_one_line_of_to_dict() -> None:
    assert "\n" not in ARTICLE.to_json()
    assert json.loads(ARTICLE.to_json()) == ARTICLE.to_dict()


def test_json_keeps_letters_readable() -> None:
    assert "é 冬" in Article(body="é 冬").to_json()


def test_a_date_with_time_and_zone_is_iso() -> None:
    article = Article(date=datetime(2024, 3, 4, 10, 15, tzinfo=UTC))
    assert article.to_dict()["date"] == "2024-03-04T10:15:00+00:00"


def test_markdown_has_head_and_body() -> None:
    assert ARTICLE.to_markdown() == "# Pier to be repaired\n\n*It took nine years*\n\nJonas Wirth · 2024-03-04\n\nOne.\n\nTwo.\n"


def test_markdown_prints_blocks_by_their_elements() -> None:
    parts = (
        Part("Before", tag="h2", level=2),
        Part("Main", tag="h1", level=1),
        Part("• one", tag="li", lead=2),
        Part("two", tag="li"),
        Part("said\nso", tag="blockquote"),
        Part("x = `1`\n```", tag="pre"),
        Part("Term", tag="dt"),
        Part("its meaning", tag="dd"),
        Part("The end."),
    )
    assert Article(parts=parts).to_markdown() == (
        "## Before\n\n## Main\n\n- one\n- two\n\n> said\n> so\n\n~~~~\nx = `1`\n```\n~~~~\n\n**Term**\n\n: its meaning\n\nThe end.\n"
    )


def test_markdown_of_nothing_is_an_empty_line() -> None:
    assert Article().to_markdown() == "\n"


def test_an_article_survives_pickling() -> None:
    article = stripper.clean(STORY)
    again = pickle.loads(pickle.dumps(article))
    assert again == article
    assert again.to_json() == article.to_json()


def test_a_cleaner_survives_pickling() -> None:
    cleaner = Cleaner(policy=Policy(keep={"comments"}))
    again = pickle.loads(pickle.dumps(cleaner))
    assert again.policy == cleaner.policy
    assert again.packs == cleaner.packs
    assert again.clean(STORY).to_json() == cleaner.clean(STORY).to_json()


@pytest.mark.parametrize(
    "error",
    [
        StripperError("a"),
        ReadError("looks like a PNG image", "PNG image"),
        PackError((Defect("a.toml", "rule-a", 3, "no keyword"), Defect("b.toml", "", 0, "empty"))),
        RuleError("core/x", "ValueError: no"),
        PolicyError("kept and flagged"),
        WeightsError("gone"),
    ],
    ids=lambda e: type(e).__name__,
)
def test_errors_survive_pickling(error: StripperError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.__dict__ == error.__dict__
    assert isinstance(again, StripperError)


def test_articles_are_read_only() -> None:
    with pytest.raises(AttributeError):
        ARTICLE.headline = "Another"  # type: ignore[misc]


def test_threads_share_a_cleaner() -> None:
    cleaner = Cleaner()
    texts = [STORY.replace("Oxley", name) for name in ("Harrow", "Stell", "Merrow", "Callow")] * 6
    alone = [cleaner.clean(t).to_json() for t in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda t: cleaner.clean(t).to_json(), texts)) == alone


def test_a_cleaner_remembers_nothing() -> None:
    cleaner = Cleaner()
    before = cleaner.clean(STORY).to_json()
    cleaner.clean("Leave a Reply\n" * 40)
    cleaner.clean(b"<html><body><p>Something else entirely, long enough to be a paragraph of its own.</p></body></html>")
    assert cleaner.clean(STORY).to_json() == before


def test_packs_are_named_with_version_and_hash() -> None:
    (label,) = stripper.clean(STORY).packs
    name, version, digest = label.split()
    assert (name, version) == ("core", stripper.__version__)
    assert len(digest) == 12
    assert set(digest) <= set("0123456789abcdef")


def test_a_pack_can_be_a_file(tmp_path: Path) -> None:
    file = tmp_path / "harbour.toml"
    file.write_text(
        """
kind = "widget"
marks = "The tide table beside a story."
why = "It is not part of the story."
misses = "Tides told in prose."

[[rule]]
id = "tide-table"
keywords = ["high water"]
block = 'high water:? [0-9:]+'
examples = ["⟦High water: 11:40⟧", "High water came at noon."]
""",
        encoding="utf-8",
    )
    article = Cleaner(packs=[file]).clean(STORY + "\nHigh water: 11:40\n")
    assert [m.text for m in article.removed if m.kind is Kind.WIDGET] == ["High water: 11:40"]
    assert [m.rule for m in article.removed if m.kind is Kind.WIDGET] == ["harbour:harbour/tide-table"]


def test_an_unknown_pack_is_named() -> None:
    with pytest.raises(PackError, match="seaside") as caught:
        Cleaner(packs=["core", "seaside", "hills"])
    assert len(caught.value.defects) == 2
    assert all(isinstance(d, Defect) for d in caught.value.defects)


def test_offsets_are_the_callers_own() -> None:
    text = "\n \t" + STORY + "\n\n "
    article = stripper.clean(text)
    assert article.text == text
    assert all(text[m.start : m.end] == m.text for m in article.marks)
    for witnesses in article.evidence.values():
        assert all(w.end <= len(text) for w in witnesses)


def test_each_removed_span_says_who_and_why() -> None:
    for mark in stripper.clean(STORY).removed:
        assert mark.rule
        assert mark.why
        assert 0 < mark.score <= 1


@pytest.mark.parametrize("form", ["text", "html"])
def test_as_decides_what_it_is(form: str) -> None:
    article = stripper.clean("<p>" + STORY + "</p>", as_=form)
    assert ("<p>" in article.text) == (form == "text")


def test_text_loads_no_html_engine() -> None:
    program = "import sys, stripper; stripper.clean('The pier is mended.\\n' * 9); print(sorted(m.partition('.')[0] for m in sys.modules))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.replace("'", " ").replace(",", " ").split())
    assert "re2" in loaded
    assert not loaded & {"lxml", "trafilatura", "dateparser", "selectolax", "bs4", "torch", "pandas"}
