"""What rules are worth is counted right: on pages so small that one can count by hand."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from stripper.measure.processes import in_processes
from stripper.measure.worth import measure
from stripper.rules.base import Example, Hit, Lines, Pack, RuleSet
from stripper.rules.load import load_packs
from stripper.rules.worth import CutWorth, RuleWorth, Worth, from_csv, to_csv, together
from stripper.types import Kind

STORY = (
    "The old mill at Tarn, empty since the flood, will open as a library in September, the mayor said at a meeting on Tuesday night.",
    "Its wheel still turns. Pupils of the village school cleaned it over the winter and have asked to keep the key to the wheel house.",
    "The county pays for the roof and the village for the books, of which the first four thousand came from the estate of a teacher.",
)
OFFER = "Let Lumi read this story to you while you cook."
WRONG = "Let Lumi read this letter, the mayor said, and then burn it."

PACK = """
kind = "widget"
marks = "Offers of a reader."
why = "They advertise."
misses = "Others."

[[rule]]
id = "lumi"
keywords = ["let lumi read"]
block = 'let lumi read.*'
score = 0.97
examples = ["⟦Let Lumi read.⟧", "Lumi reads."]

[[rule]]
id = "lumi-story"
keywords = ["lumi read this story"]
inline = 'let lumi read this story'
score = 0.6
examples = ["⟦Let Lumi read this story⟧.", "Lumi reads."]

[[rule]]
id = "unheard"
keywords = ["never said by anyone"]
block = 'never said by anyone'
examples = ["⟦Never said by anyone.⟧", "Nothing."]
"""


def dense(text: str) -> int:
    return len("".join(text.split()))


def html(*paragraphs: str) -> str:
    return "<html><body><article>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) + "</article></body></html>"


@pytest.fixture
def packs(tmp_path: Path) -> tuple[Pack, ...]:
    (tmp_path / "acme.toml").write_text(PACK, "utf-8")
    return load_packs([tmp_path / "acme.toml"])


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three pages: one where the rule is right, one where it takes a sentence, and one without gold."""
    folder = tmp_path / "mills"
    (folder / "html").mkdir(parents=True)
    pages = {
        "right": ("article", html(*STORY, OFFER), "\n".join(STORY)),
        "wrong": ("forum", html(*STORY, WRONG), "\n".join([*STORY, WRONG])),
        "unknown": ("article", html(*STORY, OFFER), None),
    }
    cases = [{"id": name, "kind": kind, "body": body} for name, (kind, _, body) in pages.items()]
    (folder / "cases.jsonl").write_text("".join(json.dumps(case) + "\n" for case in cases), "utf-8")
    for name, (_, page, _) in pages.items():
        (folder / "html" / f"{name}.html.gz").write_bytes(gzip.compress(page.encode()))
    return folder


def by_rule(worth: Worth, form: str = "html") -> dict[str, RuleWorth]:
    return {rule.rule.rpartition("/")[2]: rule for rule in worth.rules if rule.input == form}


def test_counts_by_hand(packs: tuple[Pack, ...], corpus: Path) -> None:
    worth = measure([corpus], packs)
    for form in ("html", "text"):
        lumi, story, unheard = (by_rule(worth, form)[name] for name in ("lumi", "lumi-story", "unheard"))
        taken = 2 * dense(OFFER) + dense(WRONG)
        assert (lumi.kind, lumi.pages, lumi.spans, lumi.marked, lumi.removed) == ("widget", 3, 3, taken, taken)
        assert (lumi.shared, lumi.partner) == (2 * dense("let lumi read this story"), "acme:acme/lumi-story")
        assert (lumi.judged, lumi.outside, lumi.cut) == (dense(OFFER) + dense(WRONG), dense(OFFER), 1)
        assert lumi.precision == dense(OFFER) / (dense(OFFER) + dense(WRONG))
        assert (story.pages, story.marked, story.removed, story.shared) == (2, lumi.shared, 0, lumi.shared)
        assert (story.precision, story.cut, story.partner) == (1.0, 0, "acme:acme/lumi")
        assert (unheard.pages, unheard.spans, unheard.precision, unheard.partner) == (0, 0, None, "")


def test_cuts_by_kind_of_page(packs: tuple[Pack, ...], corpus: Path) -> None:
    worth = measure([corpus], packs)
    article, forum = (cut for cut in worth.cuts if cut.input == "text")
    assert article == CutWorth("mills", "article", "text", 1, 4, 0, dense(OFFER), dense(OFFER))
    assert forum == CutWorth("mills", "forum", "text", 1, 5, 1, 0, 0)
    assert (forum.per_1000_sentences, forum.per_1000_pages, article.cleared) == (200, 1000, 1.0)
    assert together([article, forum]) == CutWorth("mills", "all", "text", 2, 9, 1, dense(OFFER), dense(OFFER))


def test_a_sentence_that_also_stands_elsewhere_is_not_cut(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    folder = tmp_path / "twice"
    (folder / "html").mkdir(parents=True)
    twice = html(*STORY, f"So she wrote on the note: {WRONG}", WRONG)
    (folder / "html" / "a.html.gz").write_bytes(gzip.compress(twice.encode()))
    (folder / "cases.jsonl").write_text(json.dumps({"id": "a", "body": "\n".join([*STORY, WRONG])}), "utf-8")
    worth = measure([folder], packs)
    assert by_rule(worth)["lumi"].removed == dense(WRONG)
    assert [cut.cut for cut in worth.cuts] == [0, 0]


def test_a_rule_that_tells_the_story_is_not_judged_by_what_it_marks_in_it(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "told.toml"
    path.write_text(PACK.replace('kind = "widget"', 'kind = "body"'), "utf-8")
    lumi = by_rule(measure([corpus], load_packs([path])))["lumi"]
    assert (lumi.pages, lumi.removed, lumi.judged, lumi.precision) == (3, 0, 0, None)


def test_text_is_measured_as_text_only(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("\n".join([*STORY, OFFER]), "utf-8")
    worth = measure([tmp_path / "page.txt"], packs)
    assert {rule.input for rule in worth.rules} == {"text"}
    assert by_rule(worth, "text")["lumi"].removed == dense(OFFER)
    assert worth.cuts == ()


def test_pages_that_fail_are_named_and_the_others_measured(packs: tuple[Pack, ...], corpus: Path) -> None:
    (corpus / "html" / "wrong.html.gz").write_bytes(b"no gzip")
    (corpus / "html" / "unknown.html.gz").write_bytes(gzip.compress(b"\x89PNG\r\n\x1a\n" + bytes(100)))
    worth = measure([corpus], packs)
    assert [said.partition(": ")[0] for said in worth.failed] == [str(corpus / "html" / f"{name}.html.gz") for name in ("wrong", "unknown")]
    assert "PNG" in worth.failed[1]
    assert worth.failed[0].count("wrong.html.gz") == 1
    assert by_rule(worth)["lumi"].pages == 1


class Raises:
    id, score, examples = "raises", 0.9, (Example("⟦A⟧"), Example("B"))

    def find(self, page: Lines) -> Iterator[Hit]:
        if "letter" in page.folded:
            raise ValueError("no letters")
        yield from ()


def test_a_rule_that_raises_is_named_with_the_page(corpus: Path) -> None:
    pack = Pack("acme", "0", "0" * 12, (RuleSet("raising", Kind.WIDGET, "A.", "A.", "A.", (Raises(),)),))
    (said,) = measure([corpus], [pack]).failed
    assert "wrong.html.gz" in said
    assert "rule acme:raising/raises failed: ValueError: no letters" in said


def test_processes_change_nothing(packs: tuple[Pack, ...], corpus: Path) -> None:
    assert measure([corpus, corpus], packs, processes=2) == measure([corpus, corpus], packs)


def test_a_stream_is_not_read_ahead_without_end() -> None:
    asked = []

    def numbers() -> Iterator[int]:
        for number in range(1000):
            asked.append(number)
            yield number

    results = in_processes(abs, numbers(), (), 2)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    assert len(asked) < 50
    results.close()


def test_csv_and_back(packs: tuple[Pack, ...], corpus: Path) -> None:
    worth = measure([corpus], packs)
    assert from_csv(to_csv(worth)) == worth
    for content in ("rule,only\n", "page,1,2\n", to_csv(worth).replace(",forum,html,1,", ",forum,html,one,")):
        with pytest.raises(ValueError, match=r"^line \d+: "):
            from_csv(content)
