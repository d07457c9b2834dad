"""Where a rule is certain which blocks are the story, it chooses them."""

from __future__ import annotations

from pathlib import Path

import pytest

from stripper import Cleaner, Kind, Outcome
from stripper.locate import locate
from stripper.locate.told import told_story
from stripper.read import read
from stripper.types import CERTAIN, Mark

LINES = [f"The weir of Tarn held for the {n}th winter, and the miller oiled its gates as his mother had done before him." for n in range(6)]
PAGE = read("".join(f"<p>{line}</p>" for line in LINES), as_="html")


def mark(first: int, last: int, score: float = CERTAIN, rule: str = "sites:body/tarn") -> Mark:
    return Mark(PAGE.blocks[first].start, PAGE.blocks[last].end, Kind.BODY, rule, score)


@pytest.mark.parametrize(
    ("marks", "chosen"),
    [
        ([mark(1, 3)], {1, 2, 3}),
        ([mark(0, 0), mark(4, 5)], {0, 4, 5}),
        ([mark(1, 1, rule="sites:body/b"), mark(2, 2, rule="sites:body/a")], {2}),
        ([mark(1, 1)._replace(end=PAGE.blocks[1].start + 20)], None),
        ([mark(1, 3, 0.99)], None),
        ([mark(1, 3)._replace(kind=Kind.SHARE)], None),
        ([], None),
    ],
)
def test_its_blocks_are_the_story(marks: list[Mark], chosen: set[int] | None) -> None:
    located = locate(PAGE, marks)
    story = told_story(PAGE, marks, located)
    assert (story and story.chosen) == (chosen and frozenset(chosen))
    if story:
        assert story.scores == located.scores
        assert story.found
        assert [index for index, reason in enumerate(story.reasons) if not reason] == sorted(story.chosen)
        assert 0 < story.score <= 1


SITE = """
kind = "{kind}"
marks = "What the site has."
why = "The site's rule says so."
misses = "Other templates."
hosts = ["tarn.example"]

[[rule]]
id = "tarn"
selector = "{selector}"
score = 1
examples = ['<div class="text share">⟦One⟧</div>', "One"]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    for kind, selector in (("body", "div.text"), ("share", "p.share")):
        (tmp_path / f"{kind}.toml").write_text(SITE.format(kind=kind, selector=selector), "utf-8")
    return tmp_path


SOURCE = f"""<html><body><div class="lead"><p>{LINES[0]}</p><p>{LINES[1]}</p></div>
<div class="text"><h2>Gates</h2><p>{LINES[2]}</p><p class="share">{LINES[3]}</p></div><p>{LINES[4]}</p></body></html>"""


@pytest.mark.parametrize("engine", ["locator", "both", "trafilatura"])
def test_the_body_is_the_rules_less_what_other_rules_take(pack: Path, engine: str) -> None:
    article = Cleaner(packs=["core", pack], engine=engine).clean(SOURCE, "https://tarn.example/weir")  # type: ignore[arg-type]
    assert article.body == f"Gates\n\n{LINES[2]}"
    by = {mark.text: (mark.rule.split(":")[1], mark.outcome) for mark in article.marks}
    assert by[LINES[2]] == ("body/tarn", Outcome.BODY)
    assert by[LINES[3]] == ("share/tarn", Outcome.REMOVED)
    assert by[LINES[4]] == ("body/tarn", Outcome.REMOVED)
    assert not article.warnings


def test_where_it_matches_nothing_or_on_other_sites_the_locator_chooses(pack: Path) -> None:
    cleaner, core = Cleaner(packs=["core", pack]), Cleaner()
    other = SOURCE.replace('class="text"', 'class="words"').replace('class="share"', "")
    assert cleaner.clean(other, "https://tarn.example/weir").to_dict()["body"] == core.clean(other, "https://tarn.example/weir").to_dict()["body"]
    assert cleaner.clean(SOURCE, "https://quay.example/").body == core.clean(SOURCE, "https://quay.example/").body
