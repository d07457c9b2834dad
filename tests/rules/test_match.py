"""What the matcher marks: forms, reaches, places, and that its shortcuts change nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.errors import RuleError
from stripper.read import read
from stripper.rules.base import Example, Lines, Pack, PatternRule, RuleSet
from stripper.rules.load import load_packs
from stripper.rules.match import Matcher
from stripper.types import Hit, Kind, Mark, Page

CORE = load_packs(["core"])


def rule(**keys: Any) -> PatternRule:
    keys = {"id": "it", "form": "block", "keywords": ("share",)} | keys
    if keys["form"] in ("run", "tokens"):
        keys.setdefault("words", ("share", "post", "x"))
    return PatternRule(**keys)


def pack_of(*rules: Any, name: str = "core", kind: Kind = Kind.SHARE) -> Pack:
    return Pack(name, "1", "0" * 12, (RuleSet("things", kind, "m", "because", "n", rules),))


def marked(text: str, *rules: Any) -> list[str]:
    page = read(text, as_="html" if text.startswith("<") else "text")
    return [page.text[m.start : m.end] for m in Matcher([pack_of(*rules)]).mark(page)]


class TestBlock:
    def test_it_must_fill_the_block(self) -> None:
        it = rule(pattern="share this")
        assert marked("Share this\nShare this now\nDon't share this", it) == ["Share this"]

    @pytest.mark.parametrize(
        "line", ["» Share this", "• Share this:", "[Share this]", "1. Share this", "— Share this —", '"Share this"', "SHARE THIS »"]
    )
    def test_markers_and_decoration_need_no_spelling(self, line: str) -> None:
        assert marked(f"{line}\n.", rule(pattern="share this")) == [line]

    def test_decoration_within_must_be_spelled(self) -> None:
        assert marked("Share › this", rule(pattern="share this")) == []

    def test_max_chars_counts_the_whole_block(self) -> None:
        assert marked("Share\nShare!!", rule(pattern="share!*", max_chars=5)) == ["Share"]

    def test_without_its_keyword_it_never_looks(self) -> None:
        assert marked("Post this", rule(pattern="(share|post) this")) == []

    def test_alternatives_are_whole_each(self) -> None:
        assert marked("share\nshare it\nit share", rule(pattern="(?:share)|(?:share it)")) == ["share", "share it"]


class TestInline:
    def test_it_marks_every_match_between_word_borders(self) -> None:
        it = rule(form="inline", pattern=r"share \w+")
        assert marked("Do share this, and share that. Timeshare this.", it) == ["share this", "share that"]

    def test_reach_block_takes_the_block(self) -> None:
        assert marked("Do share this.\nNot that.", rule(form="inline", pattern="share this", reach="block")) == ["Do share this."]

    def test_it_may_be_anchored(self) -> None:
        assert marked("Share: it\nNow share: it", rule(form="inline", pattern="^share: .*$")) == ["Share: it"]

    def test_it_does_not_cross_blocks(self) -> None:
        assert marked("share\nthis", rule(form="inline", pattern="share this")) == []


class TestRun:
    def test_neighbours_count_together(self) -> None:
        it = rule(form="run", least=3)
        assert marked("Post\nShare · X\nThe end", it) == ["Post", "Share · X"]

    def test_fewer_than_least_are_left(self) -> None:
        assert marked("Share\nPost\nThe end\nShare", rule(form="run", least=3)) == []

    def test_other_words_break_it(self) -> None:
        assert marked("Share\nPost a letter\nX\nPost", rule(form="run", least=2, keywords=("share", "post", "x"))) == ["X", "Post"]

    def test_only_a_keyword_begins_it_and_any_word_goes_on(self) -> None:
        assert marked("X\nPost\n\nShare\nX", rule(form="run", least=2)) == ["X", "Post", "Share", "X"]
        assert marked("X\nPost\nThe end\nX\nPost", rule(form="run", least=2)) == []

    def test_repeats_count(self) -> None:
        assert marked("Share share share", rule(form="run", least=3)) == ["Share share share"]


class TestTokens:
    PAGE = '<body><div class="Share-Row big"><p>Tell all.</p></div><p class="share-rows">The pier was built of oak.</p></body>'

    def test_words_of_class_and_id_are_compared_whole(self) -> None:
        assert marked(self.PAGE, rule(form="tokens", words=("share-row",))) == ["Tell all."]

    def test_max_chars_holds(self) -> None:
        assert marked(self.PAGE, rule(form="tokens", words=("share-row",), max_chars=4)) == []

    def test_text_has_none(self) -> None:
        assert marked("share-row", rule(form="tokens", words=("share-row",))) == []


class TestReach:
    def test_rest_goes_to_the_end(self) -> None:
        assert marked("Oak.\nShare\nPine.\n\nElm.", rule(pattern="share", reach="rest")) == ["Share", "Pine.", "Elm."]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Share\nOne title\nAnother title\nThe mayor spoke.", ["Share", "One title", "Another title"]),
            ("Share\n• One\n• Two is told.\nThe mayor spoke.", ["Share", "• One", "• Two is told."]),
            ("Share\n• One\n• Two\nThe second day\nThe mayor spoke.", ["Share", "• One", "• Two"]),
            ("Share\n• One\n1. Two\nThe mayor spoke.", ["Share", "• One"]),
            ("• Share\n• One\n• Two", ["• Share"]),
            ("Share\nThe mayor spoke.\nOne title", ["Share"]),
            (
                "Share\nOne title\nThe second day\nThe mayor spoke for an hour about the pier, its oak and what the oak had cost the town.",
                ["Share", "One title"],
            ),
            ("Share\n" + "long " * 50 + "\nOne title", ["Share"]),
        ],
        ids=["titles", "bullets", "bullets-end", "numbers-end-bullets", "an-item-has-no-list", "sentence", "subheading", "long"],
    )
    def test_list_takes_the_items_under_a_heading(self, text: str, expected: list[str]) -> None:
        assert marked(text, rule(pattern="share", reach="list")) == expected

    def test_list_takes_links_that_are_sentences_and_stops_at_headings(self) -> None:
        page = "<h3>Share</h3><p><a href='/1'>The mayor spoke.</a></p><h2>The second day</h2><p>It rained</p>"
        assert marked(page, rule(pattern="share", reach="list")) == ["Share", "The mayor spoke."]

    def test_a_list_is_no_longer_than_sixty(self) -> None:
        assert len(marked("Share\n" + "One title\n" * 100, rule(pattern="share", reach="list"))) == 61


class TestWhere:
    TEXT = "Share\n" + "The mayor spoke for an hour.\n" * 4 + "Share"

    @pytest.mark.parametrize(("where", "count"), [("anywhere", 2), ("head", 1), ("tail", 1)])
    def test_it_is_the_half_of_the_page(self, where: str, count: int) -> None:
        assert len(marked(self.TEXT, rule(pattern="share", where=where))) == count

    def test_tail_is_the_end(self) -> None:
        page = read(self.TEXT, as_="text")
        (mark,) = Matcher([pack_of(rule(pattern="share", where="tail"))]).mark(page)
        assert mark.end == len(self.TEXT)


@dataclass(frozen=True)
class Code:
    hits: tuple[Hit, ...]
    id: str = "code"
    score: float = 0.7
    examples: tuple[Example, ...] = ()

    def find(self, page: Page) -> tuple[Hit, ...]:
        return self.hits


@dataclass(frozen=True)
class AfterShare:
    """Marks what follows a mark, and so shows whether it sees those of its own kind."""

    id: str = "after"
    score: float = 0.6
    examples: tuple[Example, ...] = ()

    def extend(self, page: Page, marks: tuple[Mark, ...]) -> list[Hit]:
        return [Hit(m.end, len(page.text)) for m in marks if m.end < len(page.text)]


class TestCode:
    def test_hits_are_stamped(self) -> None:
        page = read("The pier", as_="text")
        marks = Matcher([pack_of(Code((Hit(0, 3), Hit(4, 8, 0.2))))]).mark(page)
        assert marks == (
            Mark(0, 3, Kind.SHARE, "things/code", 0.7, "because"),
            Mark(4, 8, Kind.SHARE, "things/code", 0.2, "because"),
        )

    @pytest.mark.parametrize("hit", [Hit(-1, 2), Hit(2, 2), Hit(0, 99)])
    def test_impossible_spans_are_errors(self, hit: Hit) -> None:
        with pytest.raises(RuleError, match="things/code"):
            marked("The pier", Code((hit,)))

    def test_context_rules_see_the_finished_first_pass_once(self) -> None:
        other = AfterShare(id="other")
        assert marked("Share\nOak", rule(pattern="share"), AfterShare(), other) == ["Share", "\nOak", "\nOak"]

    def test_rules_of_other_packs_carry_its_name(self) -> None:
        page = read("Share", as_="text")
        (mark,) = Matcher([pack_of(rule(pattern="share"), name="mine")]).mark(page)
        assert mark.rule == "mine:things/it"


LINES = [
    "Subscribe now", "Comments (3)", "Share on Facebook", "X", "Facebook", "Read also: The mill", "Most read", "• A title", "The mayor spoke.",
    "We use cookies on this site.", "Log in", "Anzeige", "Lea también", "関連記事", "© 2024 Quay Ltd", "Reply", "Advertisement", "Beth says:",
]  # fmt: skip
pages = st.lists(st.one_of(st.sampled_from(LINES), st.text("aeİß ‘»1.\t購", max_size=12)), max_size=14).map("\n".join)


MATCHER = Matcher(CORE)
PATTERNS = [(f"{s.name}/{r.id}", r) for s in CORE[0].sets for r in s.rules if isinstance(r, PatternRule) and r.form != "tokens"]
CODED = [(f"{s.name}/{r.id}", r) for s in CORE[0].sets for r in s.rules if not isinstance(r, PatternRule) and hasattr(r, "keywords")]
TOLD = tuple(s for s in CORE[0].sets if s.kind in (Kind.SHARE, Kind.RELATED, Kind.ADVERT))


@given(pages)
def test_the_prefilter_finds_just_the_blocks_that_hold_a_keyword(text: str) -> None:
    page = Lines.of(read(text, as_="text"))
    blocks = [page.folded[block.start : block.end] for block in page.blocks]
    by_force = {
        (name, i)
        for name, it in PATTERNS
        for i, block in enumerate(blocks)
        if (it.form == "run" or not it.max_chars or len(block) <= it.max_chars) and any(keyword in block for keyword in it.keywords)
    }
    candidates, asked = MATCHER._candidates(page)
    assert {(compiled.name, i) for compiled, found in candidates.items() for i in found} == by_force
    assert {coded.name for coded in asked} == {name for name, it in CODED if any(keyword in block for keyword in it.keywords for block in blocks)}


STORY = (
    "The mayor spoke for an hour about the bridge, the ferry and the road between them, and she said that nothing of it would cost a penny. " * 3
).strip()


class TestListsEnd:
    related = rule(id="related", pattern="most read", keywords=("most read",), reach="list")
    letter = rule(id="letter", pattern="our newsletter", keywords=("newsletter",))

    def both(self, text: str) -> list[tuple[str, str]]:
        page = read(text, as_="text")
        sets = (RuleSet("a", Kind.RELATED, "m", "w", "n", (self.related,)), RuleSet("b", Kind.NEWSLETTER, "m", "w", "n", (self.letter,)))
        return [(page.text[m.start : m.end], m.kind) for m in Matcher([Pack("core", "1", "0" * 12, sets)]).mark(page)]

    def test_at_what_another_rule_finds(self) -> None:
        found = self.both("Most read\nThe old mill was sold in May\nOur newsletter\nYour address")
        assert found == [("Most read", "related"), ("The old mill was sold in May", "related"), ("Our newsletter", "newsletter")]

    def test_an_item_is_less_sure_than_its_heading(self) -> None:
        page = read("Most read\nThe old mill was sold in May\nThe long quay was saved", as_="text")
        heading, *items = Matcher([pack_of(self.related)]).mark(page)
        assert {item.score for item in items} == {0.81}
        assert heading.score == 0.9

    def test_below_the_story_behind_titles_and_their_sentences(self) -> None:
        lines = [
            "The old mill was sold in May",
            "It stood empty.",
            "The long quay was saved",
            "The harbour pays.",
            "Nobody else does.",
            "So they say.",
        ]
        found = self.both("\n".join([STORY, STORY, STORY, "Most read", *lines]))
        assert [text for text, _ in found] == ["Most read", *lines[:5]]

    def test_within_the_story_before_a_sentence(self) -> None:
        found = self.both("\n".join([STORY, "Most read", "The old mill was sold in May", "It stood empty.", STORY, STORY]))
        assert [text for text, _ in found] == ["Most read", "The old mill was sold in May"]


class _Lines:
    id, score, keywords = "lines", 0.9, ("quay",)
    examples = (Example("⟦quay⟧"), Example("mill"))

    def find(self, page: Lines) -> list[Hit]:
        return [Hit(page.starts[i], page.blocks[i].end) for i in page.holding("quay")]


def test_a_rule_with_keywords_is_asked_where_one_occurs() -> None:
    assert marked("The quay\nThe mill\nquay, quay", _Lines()) == ["The quay", "quay, quay"]
    assert marked("The mill", _Lines()) == []


class TestLines:
    text = """• Quays

The mayor spoke for an hour, and then she left.
町長は一時間も話し、それから何も言わずに橋を渡って帰ったと、みんなが言った。”
A title without an end of its own"""
    page = Lines.of(read(text, as_="text"))

    def test_short_lines_lack_their_markers(self) -> None:
        assert self.page.short[0] == "quays"

    def test_numbered_lines_are_short_and_hold_a_digit_of_any_script(self) -> None:
        page = Lines.of(read("• 3 quays\nMay ٥\nNo. One\n" + "It was 1931. " * 8, as_="text"))
        assert page.numbered == {0: "3 quays", 1: "may ٥"}

    def test_sentences_end_before_closing_quotes(self) -> None:
        assert self.page.sentences == [1, 2]

    def test_a_paragraph_in_japanese_needs_fewer_characters(self) -> None:
        assert list(self.page.paragraphs(80)) == [2]
        assert list(self.page.paragraphs(40)) == [1, 2]

    def test_blocks_that_hold_a_phrase(self) -> None:
        assert self.page.holding("an") == [1, 3]
        assert self.page.holding("quays\n") == []


@given(pages, st.randoms(use_true_random=False))
def test_the_order_of_rules_sets_and_packs_changes_nothing(text: str, random: Any) -> None:
    page = read(text, as_="text")
    other = pack_of(rule(pattern=".{1,9}", keywords=("a", "e")), name="other")
    core = replace(CORE[0], sets=TOLD)
    shuffled = replace(core, sets=tuple(replace(s, rules=tuple(random.sample(s.rules, len(s.rules)))) for s in random.sample(TOLD, len(TOLD))))
    assert Matcher(random.sample([shuffled, other], 2)).mark(page) == Matcher([core, other]).mark(page)


@given(pages)
def test_marks_are_sorted_and_lie_on_the_page(text: str) -> None:
    page = read(text, as_="text")
    marks = MATCHER.mark(page)
    assert list(marks) == sorted(marks, key=lambda m: (m.start, -m.end, m.kind, m.rule, -m.score))
    assert all(0 <= m.start < m.end <= len(text) for m in marks)
    assert len(marks) == len(set(marks))


def test_a_line_of_a_megabyte_is_no_trouble() -> None:
    assert marked("share " * 200_000, rule(pattern="share this")) == []


def test_a_matcher_serves_any_number_of_pages() -> None:
    page = read("\n".join(LINES), as_="text")
    assert MATCHER.mark(page) == MATCHER.mark(page) == Matcher(CORE).mark(page)


PARAGRAPH = (
    "The harbour office said on Tuesday that the old ferry would sail again in May, and that both of its shafts had been replaced over the winter."
)


def test_a_list_above_the_story_leaves_the_storys_head_alone() -> None:
    titles = [f"Title of another story, number {number}" for number in range(9)]
    head = ["Ferry sails again in May", "Mara Quill", "4 May 2021"]
    text = "\n".join(["Most read", *titles, *head, PARAGRAPH, PARAGRAPH])
    found = marked(text, rule(form="block", pattern="most read", keywords=("most read",), reach="list"))
    assert found[:4] == ["Most read", *titles[:3]]
    assert not set(found) & {*head, PARAGRAPH}


def test_the_surest_claim_on_a_block_ends_a_list_whatever_the_order_of_rules() -> None:
    listed = rule(pattern="more", keywords=("more",), reach="list")
    label = rule(pattern="log in", keywords=("log",))
    found = ((Kind.RELATED, listed), (Kind.LOGIN, label), (Kind.SHARE, replace(label, score=0.8)))
    sets = [RuleSet(kind.value, kind, "m", "because", "n", (one,)) for kind, one in found]
    page = read("More\nA title of its own\nLog in\nAnother title of its own\nA last one", as_="text")
    results = {tuple(Matcher([Pack("core", "1", "0" * 12, tuple(order))]).mark(page)) for order in (sets, sets[::-1])}
    assert len(results) == 1
    assert [page.text[m.start : m.end] for m in results.pop() if m.kind is Kind.RELATED] == ["More", "A title of its own"]
