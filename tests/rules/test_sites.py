"""Rules with selectors, and rules that only look at the pages of some sites."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stripper import Cleaner
from stripper.read import read
from stripper.rules.base import Example, Pack, PatternRule, RuleSet
from stripper.rules.check import cases, check, failure
from stripper.rules.load import load_packs
from stripper.rules.match import Matcher
from stripper.types import Kind

PAGE = """<html><body><div class="top"><p>Menu</p></div><div class="story"><h1>The mill opens</h1><p>By <b class="who">Edda Lorne</b> in Tarn</p>
<p>Its wheel turns.</p><div class="tools"><p>Send</p><div class="tools"><p>Print</p></div></div></div></body></html>"""


def rule(*selectors: str, **keys: Any) -> PatternRule:
    return PatternRule(**{"id": "it", "form": "selector", "words": selectors} | keys)


def pack_of(*rules: PatternRule, kind: Kind = Kind.SHARE, name: str = "tarn") -> Pack:
    return Pack(name, "1", "0" * 12, (RuleSet("things", kind, "m", "because", "n", rules),))


def marked(*packs: Pack, url: str | None = "https://tarn.example/mill", source: str = PAGE) -> list[str]:
    matcher = Matcher(packs)
    page = read(source, url, selectors=matcher.selectors(url))
    return [page.text[mark.start : mark.end] for mark in matcher.mark(page)]


class TestSelector:
    def test_it_marks_all_that_stands_in_an_element_once(self) -> None:
        assert marked(pack_of(rule(".tools"))) == ["Send\n\nPrint"]

    def test_it_marks_inside_a_line(self) -> None:
        assert marked(pack_of(rule(".who"))) == ["Edda Lorne"]

    def test_of_a_list_all_count(self) -> None:
        assert marked(pack_of(rule("h1", ".none", ".who"))) == ["The mill opens", "Edda Lorne"]

    def test_of_a_list_for_a_field_the_first_that_the_page_has(self) -> None:
        assert marked(pack_of(rule(".none", ".who", "h1"), kind=Kind.BYLINE)) == ["Edda Lorne"]
        assert marked(pack_of(rule(".none, .who, h1"), kind=Kind.BYLINE)) == ["The mill opens", "Edda Lorne"]

    def test_max_chars_and_place_count_for_elements(self) -> None:
        assert marked(pack_of(rule("p", max_chars=5))) == ["Menu", "Send", "Print"]
        assert marked(pack_of(rule("p", max_chars=5, where="tail"))) == ["Send", "Print"]

    def test_text_has_no_elements(self) -> None:
        assert marked(pack_of(rule("p")), source="p\nh1") == []


class TestHosts:
    PACK = pack_of(
        rule(".top", hosts=("tarn.example",)),
        rule("h1", id="other", hosts=("quay.example", "sub.tarn.example")),
        PatternRule("words", "block", "send", keywords=("send",), hosts=("tarn.example",)),
        PatternRule("everywhere", "tokens", words=("who",)),
    )
    EVERYWHERE = "By Edda Lorne in Tarn"

    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            ("https://tarn.example/mill", ["Menu", "Send"]),
            ("http://user@WWW.Tarn.Example.:8080/", ["Menu", "Send"]),
            ("https://sub.tarn.example", ["Menu", "The mill opens", "Send"]),
            ("https://quay.example/tarn.example", ["The mill opens"]),
            ("https://notarn.example/", []),
            ("https://example/", []),
            ("tarn.example/mill", []),
            ("https://[tarn.example/", []),
            ("", []),
            (None, []),
        ],
    )
    def test_a_rule_looks_at_pages_of_its_sites_only(self, url: str | None, expected: list[str]) -> None:
        assert marked(self.PACK, url=url) == expected

    def test_the_order_of_pages_changes_nothing(self) -> None:
        matcher = Matcher([self.PACK])
        urls = [f"https://{name}.example/" for name in ("tarn", "quay", "sub.tarn", "none")] * 50

        def looked(url: str) -> list[str]:
            page = read(PAGE, url, selectors=matcher.selectors(url))
            return [mark.rule for mark in matcher.mark(page)]

        expected = [looked(url) for url in urls]
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(looked, urls[::-1])) == expected[::-1]

    def test_pages_of_other_sites_see_the_same_prefilter(self) -> None:
        many = pack_of(*(PatternRule(f"r{n}", "block", f"word{n}", keywords=(f"word{n}",), hosts=(f"site{n}.example",)) for n in range(2000)))
        matcher = Matcher([many])
        assert not list(matcher._everywhere.find_keywords("word1 word2"))
        assert [m.rule for m in matcher.mark(read("word7\nword8\n.", "https://site7.example"))] == ["tarn:things/r7"]

    def test_no_url_of_another_type_gets_by(self) -> None:
        with pytest.raises(TypeError, match="url is int"):
            Cleaner().clean(PAGE, 5)  # type: ignore[arg-type]


FILE = """
kind = "related"
marks = "Boxes of links."
why = "They lead to other stories."
misses = "Links inside paragraphs."
hosts = ["tarn.example"]

[[rule]]
id = "box"
selector = ["aside.more", "div > ul.more"]
examples = ['<aside class="more"><p>⟦The weir holds⟧</p></aside>', '<aside><p>The weir holds</p></aside>']

[[rule]]
id = "line"
hosts = ["quay.example"]
keywords = ["see also"]
block = 'see also: .*'
examples = ["⟦See also: The weir holds⟧", "They see also to the weir."]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tarn.toml"
    path.write_text(FILE, "utf-8")
    return path


def test_a_file_may_name_sites_for_all_of_its_rules(file: Path) -> None:
    (pack,) = load_packs([file])
    assert [rule.hosts for rule in pack.sets[0].rules if isinstance(rule, PatternRule)] == [("tarn.example",), ("quay.example",)]


def test_examples_run_as_pages_of_the_site(file: Path) -> None:
    assert check(file).defects == ()
    (pack,) = load_packs([file])
    wrong = next(cases(pack))._replace(example=Example("<aside class='less'>⟦The weir holds⟧</aside>"))
    assert failure(wrong) == "it leaves 'The weir holds'"


def test_a_cleaner_uses_them(file: Path) -> None:
    source = f"<html><body><main>{'<p>The mill opens in May, and its wheel turns as it did before the flood came.</p>' * 5}"
    source += "<aside class=more><p>The weir holds, and so does the wall beside it, as the county found.</p></aside></main></body></html>"
    cleaner = Cleaner(packs=["core", file])
    by_rule = [mark.text for mark in cleaner.clean(source, "https://tarn.example/a").removed if mark.rule == "tarn:tarn/box"]
    assert by_rule == ["The weir holds, and so does the wall beside it, as the county found."]
    assert not [mark for mark in cleaner.clean(source).marks if mark.rule.startswith("tarn:")]


def test_a_rule_is_known_by_its_sites_not_by_its_place() -> None:
    first, second = rule(".top", hosts=("tarn.example",)), rule("h1", id="b", hosts=("tarn.example",))
    assert marked(pack_of(first, second)) == marked(pack_of(second, first)) == ["Menu", "The mill opens"]
    assert marked(pack_of(replace(first, hosts=("tarn.example", "tarn.example")))) == ["Menu"]
