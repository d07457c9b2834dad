"""Whole pages against their truth, written by hand, and against a snapshot of their marks, so that a change of a rule is a readable diff.

fixtures/pages/NAME holds page.txt or page.html; expected.json, the truth; and marks.txt, which `pytest --update-golden` writes.
expected.json: the fields (a key that isn't there isn't judged), `status` (alternatives joined by "|"), `body` as a list of paragraphs, and
`removed` as a list of [kind, text] in the page's order, the kind with alternatives only where a reader could not tell.

What is known to come out wrong is said there too, and must come out wrong: `misnamed`, texts that are left out under another kind than theirs, and
`known_faults`, from a test's name to what is wrong. So a fault that is mended has to leave the list.
"""

from __future__ import annotations

import functools
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import stripper
from stripper import Article, Kind, Outcome
from stripper.types import FIELD_KINDS

PAGES = Path(__file__).resolve().parent.parent / "fixtures" / "pages"
NAMES = sorted(folder.name for folder in PAGES.iterdir() if folder.is_dir())
FIELDS = ("headline", "standfirst", "byline", "authors", "date", "modified", "section", "site", "canonical_url", "language", "paywall")
SETTLED = {Outcome.FIELD, Outcome.REMOVED, Outcome.KEPT, Outcome.FLAGGED, Outcome.SPARED}

each_page = pytest.mark.parametrize("name", NAMES)


class Case(NamedTuple):
    article: Article
    truth: dict[str, Any]


@functools.cache
def case(name: str) -> Case:
    folder = PAGES / name
    html = folder / "page.html"
    source = html.read_bytes() if html.exists() else (folder / "page.txt").read_bytes().decode("utf-8")
    return Case(stripper.clean(source), json.loads((folder / "expected.json").read_text(encoding="utf-8")))


@pytest.fixture(autouse=True)
def known_faults(request: pytest.FixtureRequest) -> None:
    """Expect a test to fail where the truth says so, and fail if it doesn't."""
    params = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    if "name" in params and (why := case(params["name"]).truth.get("known_faults", {}).get(request.node.originalname)):
        request.applymarker(pytest.mark.xfail(reason=why, strict=True))


def paragraphs(article: Article) -> list[str]:
    """The body's parts; sentences that follow each other on one line are one paragraph."""
    found: list[str] = []
    for number, part in enumerate(article.parts):
        text = " ".join(part.text.split())
        if number and part.before == " ":
            found[-1] += " " + text
        else:
            found.append(text)
    return found


@each_page
def test_fields(name: str) -> None:
    article, truth = case(name)
    got = article.to_dict()
    judged = [f for f in FIELDS if f in truth]
    assert {f: got[f] for f in judged} == {f: truth[f] for f in judged}


@each_page
def test_status(name: str) -> None:
    article, truth = case(name)
    assert article.status in truth["status"].split("|")


@each_page
def test_body(name: str) -> None:
    article, truth = case(name)
    if "body" not in truth:
        pytest.skip("no truth about its body")
    assert paragraphs(article) == [" ".join(p.split()) for p in truth["body"]]


@each_page
def test_boilerplate_is_left_out(name: str) -> None:
    """What the truth calls boilerplate doesn't stand in the body, under whatever name it was removed."""
    article, truth = case(name)
    assert [(text, got) for _, text, got in misnamed(article, truth["removed"]) if got in ("body", "subheading", "nothing", "no text")] == []


@each_page
def test_boilerplate_is_named(name: str) -> None:
    article, truth = case(name)
    assert sorted(text for _, text, _ in misnamed(article, truth["removed"])) == sorted(truth.get("misnamed", []))


def misnamed(article: Article, expected: list[list[str]]) -> Iterator[tuple[str, str, str]]:
    """The expected spans that don't carry their kind, for nine tenths of their characters at least: kind, text, and what most of it was taken for."""
    kinds: dict[int, str] = {}
    for mark in article.marks:
        if mark.outcome in (Outcome.REMOVED, Outcome.FIELD, Outcome.BODY):
            kinds |= dict.fromkeys(range(mark.start, mark.end), str(mark.kind))
    offsets = [at for at, char in enumerate(article.text) if not char.isspace()]
    squeezed = "".join(article.text[at] for at in offsets)
    cursor = 0
    for allowed, text in expected:
        wanted = "".join(text.split())
        at = squeezed.find(wanted, cursor)
        if at < 0:
            at = squeezed.find(wanted)
        if at < 0:
            yield allowed, text, "no text"
            continue
        cursor = at + len(wanted)
        got = [kinds.get(i, "nothing") for i in offsets[at:cursor]]
        if sum(kind in allowed.split("|") for kind in got) < 0.9 * len(got):
            yield allowed, text, max(sorted(set(got)), key=got.count)


@each_page
def test_cleaning_the_body_again_takes_nothing_more(name: str) -> None:
    """Named exceptions: the first line may be read as a field; and where markup said what a short line is, the locator may doubt its bare text."""
    article, _ = case(name)
    again = stripper.clean(article.body, as_="text")
    doubted = {Kind.OFF_STORY} if (PAGES / name / "page.html").exists() else set()
    assert [(str(m.kind), m.rule, m.text) for m in again.removed if m.kind not in doubted] == []


@each_page
def test_marks(name: str, update_golden: bool) -> None:
    file = PAGES / name / "marks.txt"
    snapshot = drawn(case(name).article)
    if update_golden:
        file.write_text(snapshot, encoding="utf-8", newline="")
    assert file.exists(), "no snapshot yet: run pytest --update-golden and read the diff"
    assert snapshot == file.read_bytes().decode("utf-8")


def drawn(article: Article) -> str:
    """The page's text with ⟦kind rule|...⟧ around every settled span that isn't body."""
    printed, at = "", 0
    for mark in article.marks:
        if mark.outcome in SETTLED:
            printed += f"{article.text[at : mark.start]}⟦{mark.kind} {mark.rule}|{mark.text}⟧"
            at = mark.end
    printed += article.text[at:]
    return printed if printed.endswith("\n") else printed + "\n"


def test_each_kind_occurs_in_three_pages() -> None:
    pages = defaultdict(set)
    for name in NAMES:
        for allowed, _ in json.loads((PAGES / name / "expected.json").read_text(encoding="utf-8"))["removed"]:
            if "|" not in allowed:
                pages[allowed].add(name)
    boilerplate = {str(k) for k in Kind} - FIELD_KINDS - {"off-story", "widget"}
    assert {k: sorted(pages[k]) for k in sorted(boilerplate) if len(pages[k]) < 3} == {}


def test_truth_is_well_formed() -> None:
    kinds = {str(k) for k in Kind}
    for name in NAMES:
        folder = PAGES / name
        truth = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        assert {p.name for p in folder.iterdir()} <= {"page.txt", "page.html", "expected.json", "marks.txt"}, name
        assert truth.keys() <= {*FIELDS, "status", "body", "removed", "misnamed", "known_faults"}, name
        assert all(set(allowed.split("|")) <= kinds for allowed, _ in truth["removed"]), name
        page = next(folder.glob("page.*")).read_text(encoding="utf-8")
        words = set(re.findall(r"\w+", page))
        assert all(set(re.findall(r"\w+", text)) <= words for text in [*truth.get("body", []), *(t for _, t in truth["removed"])]), name
