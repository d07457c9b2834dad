"""Configurations of single sites become a pack that loads and whose examples hold; what they don't become is reported line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from effort import steps
from hypothesis import given
from hypothesis import strategies as st

from stripper import Cleaner
from stripper.read.selector import parse_selector
from stripper.rules.base import PatternRule
from stripper.rules.check import check
from stripper.rules.ftr import Imported, import_ftr
from stripper.rules.ftr.kinds import guessed
from stripper.rules.load import load_packs
from stripper.types import Kind

TARN = """# the mill's paper
title: //h1[@class='head']
title: //h1
body: //div[@id='story' or contains(@class, 'story-text')]
author: //span[contains(concat(' ', @class, ' '), ' who ')]
date: //time/@datetime

strip: //div[contains(@class, 'share-bar')]
strip: //ul/li[last()] | //img
strip_id_or_class: newsletter
strip_id_or_class: 'Teaser"Box'
test_url: https://tarn.example/mill?page=1
test_contains: its wheel
"""
REFUSED = """title: substring-before(//h1, '|')
date: //meta[@name='date']/@content
body: (//div | //p)[1]
strip: //div[@class='x
strip: //img
strip: //p/div
strip: //div[contains(@class, 'share-bar')]
strip: //div[contains(@class, 'share-bar')]
strip_id_or_class:
strip_id_or_class: ''
strip_image_src: logo.png
single_page_link: //a[@class='all']
http_header(user-agent): Mill/1.0
replace_string(<a:b>): <p>
find_string: <br>
prune: no
tidy : yes
oil: the gates
the gates
"""
REASONS = [
    (1, "substring-before() has no translation"),
    (2, "the elements show no text"),
    (3, "a place among all matches of the page"),
    (4, "it is no XPath"),
    (5, "it matches nothing that shows text"),
    (6, "no example of it could be made"),
    (8, "a line before says the same"),
    (9, "it says nothing"),
    (10, "every class and id contains the empty text"),
    (11, "images hold no text"),
    (12, "it is about fetching pages"),
    (13, "it is about fetching pages"),
    (14, "it changes the source"),
    (15, "it changes the source"),
    (16, "it is a setting of another program"),
    (17, "it is a setting of another program"),
    (18, "no directive of this name is known"),
    (19, "it is no directive"),
]


def imported(folder: Path, **files: str | bytes) -> Imported:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        file = folder / name.replace("__", ".").replace("_txt", ".txt")
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_ftr(folder.iterdir())


def rules_of(found: Imported) -> dict[str, tuple[str, ...]]:
    return {f"{rule_set.name}/{rule.id}": rule.words for rule_set in found.sets for rule in rule_set.rules if isinstance(rule, PatternRule)}


def test_a_configuration_becomes_rules(tmp_path: Path) -> None:
    found = imported(tmp_path / "in", tarn__example_txt=TARN)
    assert rules_of(found) == {
        "headline/tarn-example": ('h1[class="head"]', "h1"),
        "byline/tarn-example": ("span.who",),
        "date/tarn-example": ("time[datetime]",),
        "body/tarn-example": ('div:is(#story, [class*="story-text"])',),
        "share/tarn-example": ('div[class*="share-bar"]',),
        "newsletter/tarn-example": ('[class*="newsletter"], [id*="newsletter"]',),
        "related/tarn-example": (r'[class*="Teaser\"Box"], [id*="Teaser\"Box"]',),
        "widget/tarn-example": ("ul > li:nth-last-of-type(1), img",),
    }
    assert {rule.hosts for rule_set in found.sets for rule in rule_set.rules if isinstance(rule, PatternRule)} == {("tarn.example",)}
    assert {rule.score for rule_set in found.sets for rule in rule_set.rules} == {1.0}
    assert found.untranslated == ()
    assert [(note.number, note.reason) for note in found.inexact] == [
        (0, "the rules hold on the subdomains of the site, too"),
        (6, "the element's text is read, not its attribute"),
    ]
    assert found.counts == {"title": 2, "body": 1, "author": 1, "date": 1, "strip": 2, "strip_id_or_class": 2, "test_url": 1, "test_contains": 1}
    assert found.pages == {"tarn.example": ("https://tarn.example/mill?page=1",)}


def test_the_pack_loads_and_holds_as_anyones(tmp_path: Path) -> None:
    found = imported(
        tmp_path / "in", tarn__example_txt=TARN, quay__example_txt="body: //article\nstrip: //p[contains(., 'Read more')]", ok__txt="title: //h2"
    )
    found.write(tmp_path / "sites")
    (pack,) = load_packs([tmp_path / "sites"])
    assert check(tmp_path / "sites").defects == ()
    loaded = {f"{s.name}/{r.id}": r.words for s in pack.sets for r in s.rules if isinstance(r, PatternRule)}
    assert loaded == rules_of(found)
    share = (tmp_path / "sites" / "share.toml").read_text("utf-8")
    assert "# tarn.example.txt:8: strip: //div[contains(@class, 'share-bar')]" in share
    assert "a guess from the names" in share
    assert "# try it with https://tarn.example/mill?page=1" in (tmp_path / "sites" / "headline.toml").read_text("utf-8")
    with pytest.raises(FileExistsError):
        found.write(tmp_path / "sites")


def test_its_rules_decide(tmp_path: Path) -> None:
    imported(tmp_path / "in", tarn__example_txt=TARN).write(tmp_path / "sites")
    paragraph = "<p>The mill at Tarn opens in May, and its wheel turns as it did before the flood came over the weir.</p>"
    source = f"""<html><body><h1>Tarn today</h1><h1 class=head>The mill opens</h1><p>By <span class="who">Edda Lorne</span></p>
    <time datetime="2023-05-03">3 May 2023</time><div class="x story-text">{paragraph * 2}<div class="share-bar">Tell your friends</div></div>
    {paragraph.replace("May", "June")}</body></html>"""
    article = Cleaner(packs=["core", tmp_path / "sites"]).clean(source, "https://www.tarn.example/mill")
    assert (article.headline, article.byline, str(article.date)) == ("The mill opens", "Edda Lorne", "2023-05-03")
    assert article.body == "\n\n".join([paragraph[3:-4]] * 2)


def test_what_is_no_rule_is_reported_with_its_line(tmp_path: Path) -> None:
    found = imported(tmp_path, tarn__example_txt=REFUSED)
    told = [(note.number, note.reason) for note in found.untranslated]
    assert [number for number, _ in told] == [number for number, _ in REASONS]
    for (_, reason), (_, expected) in zip(told, REASONS, strict=True):
        assert expected in reason
    assert str(found.untranslated[0]) == (f"{tmp_path}/tarn.example.txt:1: title: substring-before(//h1, '|'): substring-before() has no translation")
    assert sum(found.counts.values()) + len(found.untranslated) == len(REFUSED.splitlines())


@pytest.mark.parametrize("name", ["tarn.txt", "tarn.example", "global_.txt", "..txt", "tarn example.org.txt", ".txt"])
def test_a_file_whose_name_is_no_host_is_reported(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("title: //h1")
    found = import_ftr([tmp_path / name])
    assert (found.sets, [note.reason for note in found.untranslated]) == ((), ["its name is no host with '.txt' behind it"])


@pytest.mark.parametrize(
    ("name", "hosts"), [("www.tarn.example.txt", "tarn.example"), (".tarn.example.txt", "tarn.example"), ("Mühle.example.txt", "mühle.example")]
)
def test_a_file_is_named_after_its_host(tmp_path: Path, name: str, hosts: str) -> None:
    (tmp_path / name).write_text("title: //h1")
    found = import_ftr([tmp_path / name])
    (rule,) = found.sets[0].rules
    assert isinstance(rule, PatternRule)
    assert rule.hosts == (hosts,)
    found.write(tmp_path / "out")
    assert check(tmp_path / "out").defects == ()


def test_ids_stay_apart(tmp_path: Path) -> None:
    found = imported(tmp_path, **{"a-b__example_txt": "title: //h1", "a__b__example_txt": "title: //h2", "__a-b__example_txt": "title: //h3"})
    assert sorted(rules_of(found).items()) == [("headline/a-b-example", ("h1", "h3")), ("headline/a-b-example-2", ("h2",))]


@pytest.mark.parametrize(
    "content",
    [
        b"strip: //p[@class='caf\xe9 cr\xe8me']\n",
        b"\xef\xbb\xbfstrip: //p[@class='a']\r\n",
        b"strip: //p[@class='\\ \" \t \x7f \x01']\n",
        b"strip: //p[contains(., '\xe2\x9f\xa6a\xe2\x9f\xa7')]\n",
        b"strip_id_or_class: a\"b\\c'''\n",
        b"test_url: https://tarn.example/\x1b[31m\x85\xe2\x80\xa8\nstrip: //p[@id='a']\n",
    ],
)
def test_whatever_a_file_holds_the_pack_loads(tmp_path: Path, content: bytes) -> None:
    found = imported(tmp_path / "in", tarn__example_txt=content)
    assert len(found.sets) + len(found.untranslated) == 1
    found.write(tmp_path / "out")
    if found.sets:
        assert check(tmp_path / "out").defects == ()


@pytest.mark.parametrize(
    "content",
    [
        b"strip: //p[\n" * 8_000,
        b"strip: //p[@class='a']\n" * 4_000,
        b"a: b\n" * 100_000,
        b"strip: //p" + b"[@class='a']" * 80_000 + b"\n",
        b"strip: " + b"(" * 1_000_000 + b"\n",
        b"strip: //p[contains(., '" + b"a" * 1_000_000 + b"')]\n",
        b"strip: " + b"//a | " * 300 + b"//a\n",
        b"strip: //a" + b"/a" * 900 + b"\n",
        b"strip: //a" + b"[not(" * 200 + b"a" + b")]" * 200 + b"\n",
        b"replace_string(" * 50_000,
        b"title: //h1\0\n" * 1_000,
        b"\xff\xfe" * 500_000,
        b"x" * 5_000_000,
    ],
    ids=lambda content: repr(content[:20]),
)
def test_hostile_files_give_clear_reports_and_little_work(tmp_path: Path, content: bytes) -> None:
    found = []
    assert steps(lambda: found.append(imported(tmp_path, tarn__example_txt=content))) < 10_000 + 400 * len(content)
    assert found[0].untranslated or found[0].sets
    assert all(len(str(note)) < 1_000 for note in found[0].untranslated)


def test_files_that_are_none_are_reported(tmp_path: Path) -> None:
    (tmp_path / "tarn.example.txt").mkdir()
    assert "can't be read" in import_ftr([tmp_path / "tarn.example.txt"]).untranslated[0].reason
    assert "can't be read" in import_ftr([tmp_path / "none.example.txt"]).untranslated[0].reason


def test_it_is_the_same_whatever_the_order_of_files(tmp_path: Path) -> None:
    found = imported(tmp_path, tarn__example_txt=TARN, quay__example_txt="title: //h1", __tarn__example_txt="title: //h2")
    again = import_ftr(sorted(tmp_path.iterdir(), reverse=True))
    assert (again.files(), again.untranslated) == (found.files(), found.untranslated)


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("//div[@class='socialShareBar']", Kind.SHARE),
        ("//div[contains(@id, 'disqus_thread')]", Kind.COMMENTS),
        ("//ul[@class='related-links']", Kind.RELATED),
        ("//div[@id='kommentarbereich']", Kind.COMMENTS),
        ("//nav", Kind.NAVIGATION),
        ("//figure/figcaption", Kind.CAPTION),
        ("//div[@class='download']", Kind.WIDGET),
        ("//div[@class='shade headline navigator']", Kind.WIDGET),
        ("//div[@id='x1']", Kind.WIDGET),
    ],
)
def test_kinds_are_guessed_by_whole_words(expression: str, kind: Kind) -> None:
    assert guessed(expression) is kind


@given(st.text(max_size=300))
def test_any_line_is_taken_or_reported(tmp_path_factory: pytest.TempPathFactory, line: str) -> None:
    folder = tmp_path_factory.mktemp("ftr")
    found = imported(folder, tarn__example_txt=f"strip: {line}".encode("utf-8", "replace"))
    for selectors in rules_of(found).values():
        for selector in selectors:
            parse_selector(selector)
