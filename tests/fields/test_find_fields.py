"""Whole pages, flat text and HTML: which fields are found, where, and who says so."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stripper.fields import Found, find_fields
from stripper.read import read
from stripper.types import Block, Kind, Mark, Page, Story, Witness

BODY = """The old crane at the harbour of Lunden will be taken down next spring, the port authority said on Monday.

Engineers had found cracks in the crane's main arm, which has lifted cargo since 1958.

Several groups in Lunden want to keep the crane as a museum piece beside the harbour basin."""


def story_of(page: Page, body: str = BODY) -> Story:
    """The verdict of a locator that is right."""
    lines = {line for line in body.split("\n") if line}
    chosen = frozenset(i for i, b in enumerate(page.blocks) if page.text[b.start : b.end] in lines)
    return Story(tuple(float(i in chosen) for i in range(len(page.blocks))), chosen, 1.0, bool(chosen))


def fields_of(text: str, marks: tuple[Mark, ...] = (), body: str = BODY) -> tuple[Page, Found]:
    page = read(text, as_="text")
    return page, find_fields(page, marks, story_of(page, body))


def believed(found: Found) -> dict[str, Any]:
    return {name: witnesses[0].value for name, witnesses in found.witnesses.items()}


def marked(page: Page, found: Found) -> dict[str, list[str]]:
    spans: dict[str, list[str]] = {}
    for mark in sorted(found.marks, key=lambda m: m.start):
        spans.setdefault(str(mark.kind), []).append(page.text[mark.start : mark.end])
    return spans


HEADLINE = "Lunden port to take down its oldest harbour crane"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (f"{HEADLINE}\n\n", {"headline": HEADLINE}),
        (f"{HEADLINE}\n\nBy Ana Lima\n\n", {"headline": HEADLINE, "byline": "Ana Lima", "authors": ("Ana Lima",)}),
        (f"{HEADLINE}\n\nBy Staff Reporters\n\n", {"headline": HEADLINE}),
        (
            f"{HEADLINE}\n\nCracks in the main arm leave the harbour no choice\n\nAna Lima and Bo Chen\n4 March 2024\n\n",
            {
                "headline": HEADLINE,
                "standfirst": "Cracks in the main arm leave the harbour no choice",
                "byline": "Ana Lima and Bo Chen",
                "authors": ("Ana Lima", "Bo Chen"),
                "date": date(2024, 3, 4),
            },
        ),
        (
            f"{HEADLINE}\n\nEngineers found cracks in the arm, and repair would cost too much.\n\nBy Ana Lima\nMarch 4, 2024 9:15 AM EST\n\n",
            {
                "headline": HEADLINE,
                "standfirst": "Engineers found cracks in the arm, and repair would cost too much.",
                "byline": "Ana Lima",
                "authors": ("Ana Lima",),
                "date": datetime(2024, 3, 4, 14, 15, tzinfo=UTC),
            },
        ),
        (
            f" date 2024-03-04 Home News Harbour\n{HEADLINE}\n\nAP Oslo\n3 min read\n\n",
            {"headline": HEADLINE, "byline": "AP", "authors": ("AP",), "date": date(2024, 3, 4)},
        ),
        (
            f"Home\nNews\nSport\nWeather\nSubscribe\n\n{HEADLINE}\n\nPublished 4 March 2024, updated 6 March 2024\n\n",
            {"headline": HEADLINE, "date": date(2024, 3, 4), "modified": date(2024, 3, 6)},
        ),
        (f"{HEADLINE}\n\nBy\nAna Lima\n\n", {"headline": HEADLINE, "byline": "Ana Lima", "authors": ("Ana Lima",)}),
        (f"Home / Harbour / {HEADLINE}\n\n{HEADLINE}\n\n", {"headline": HEADLINE}),
        ("", {}),
    ],
)
def test_flat_text(head: str, expected: dict[str, Any]) -> None:
    _, found = fields_of(head + BODY)
    got = believed(found)
    assert got.pop("language") == "en"
    assert got == expected


@pytest.mark.parametrize(
    ("headline", "byline", "when", "body", "expected"),
    [
        (
            "Lundener Hafen baut ältesten Kran ab",
            "Von Jana Krüger",
            "4. März 2024",
            "Der alte Kran im Hafen von Lunden wird im Frühjahr abgebaut, das teilte die Hafenbehörde am Montag mit.",
            ("de", ("Jana Krüger",), date(2024, 3, 4)),
        ),
        (
            "Le port de Lunden démonte sa plus vieille grue",
            "Par Lucie Morel",
            "Publié le 4 mars 2024 à 9h15",
            "La vieille grue du port de Lunden sera démontée au printemps, ont annoncé lundi les autorités de la ville dans un communiqué.",
            ("fr", ("Lucie Morel",), date(2024, 3, 4)),
        ),
        (
            "El puerto de Lunden retira su grúa más antigua",
            "Por Inés Vidal",
            "4 de marzo de 2024",
            "La vieja grúa del puerto de Lunden será retirada en primavera, según informó el lunes la autoridad de la ciudad.",
            ("es", ("Inés Vidal",), date(2024, 3, 4)),
        ),
        (
            "Порт Лундена разберёт самый старый кран",
            "Автор: Иван Лесков",
            "4 марта 2024",
            "Старый кран в порту Лундена будет разобран весной, как сообщила в понедельник администрация порта, и это не всё, что было решено.",
            ("ru", ("Иван Лесков",), date(2024, 3, 4)),
        ),
        (
            "伦登港将拆除最老的起重机",
            "文/李小雨",
            "2024年3月4日",
            "港务局星期一表示，伦登港的老起重机将于明年春天拆除，工程师发现主臂有裂缝。",
            ("zh", ("李小雨",), date(2024, 3, 4)),
        ),
    ],
)
def test_languages(headline: str, byline: str, when: str, body: str, expected: tuple[str, tuple[str, ...], date]) -> None:
    _, found = fields_of(f"{headline}\n\n{byline}\n{when}\n\n{body}", body=body)
    got = believed(found)
    assert got["headline"] == headline
    assert (got["language"], got["authors"], got["date"]) == expected


def test_marks_cover_the_lines_that_are_fields_and_nothing_else() -> None:
    page, found = fields_of(f"{HEADLINE}\n\nCracks in the main arm leave the harbour no choice\n\nBy Ana Lima, Lunden\n4 March 2024\n\n{BODY}")
    assert marked(page, found) == {
        "headline": [HEADLINE],
        "standfirst": ["Cracks in the main arm leave the harbour no choice"],
        "byline": ["By Ana Lima, Lunden"],
        "date": ["4 March 2024"],
    }


def test_a_date_inside_a_line_that_a_rule_removes_is_evidence_only() -> None:
    text = f"{HEADLINE}\n\n3 min read Published: 4 March 2024\n\n{BODY}"
    at = text.index("3 min")
    page, found = fields_of(text, (Mark(at, text.index("2024") + 4, Kind.TIMESTAMP, "timestamp/reading-time", 0.9),))
    assert believed(found)["date"] == date(2024, 3, 4)
    assert "date" not in marked(page, found)


@pytest.mark.parametrize("kind", [Kind.CAPTION, Kind.RELATED, Kind.COMMENTS, Kind.COPYRIGHT])
def test_no_date_from_captions_teasers_comments_or_copyright(kind: Kind) -> None:
    line = "The harbour on 4 March 2024"
    text = f"{HEADLINE}\n\n{line}\n\n{BODY}"
    at = text.index(line)
    _, found = fields_of(text, (Mark(at, at + len(line), kind, "x/y", 0.9),))
    assert "date" not in believed(found)


def test_section_is_what_a_rule_proposes_above_the_headline() -> None:
    text = f"Region / Harbour\n\n{HEADLINE}\n\n{BODY}"
    page, found = fields_of(text, (Mark(0, 16, Kind.SECTION, "section/slash", 0.8),))
    assert believed(found)["section"] == "Region / Harbour"
    assert marked(page, found)["section"] == ["Region / Harbour"]


def test_a_name_in_the_headline_is_no_byline() -> None:
    _, found = fields_of(f"Ana Lima leads the fight for the harbour crane\n\nAna Lima\n\n4 March 2024\n\n{BODY}")
    assert "authors" not in believed(found)


@pytest.mark.parametrize("above", ["Fact checked by", "Photos by", "Medically reviewed by:"])
def test_who_checked_or_photographed_is_no_author(above: str) -> None:
    _, found = fields_of(f"{HEADLINE}\n\n4 March 2024\n{above}\nAna Lima\n\n{BODY}")
    assert "authors" not in believed(found)


PAGE = """<html lang="en"><head><title>{title} - Harbour Post</title>
<meta property="og:title" content="{title} | Harbour Post"><meta property="og:site_name" content="Harbour Post">
<script type="application/ld+json">{ld}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>{h1}</h1>{head}{body}</article></body></html>"""


def html_fields(h1: str = HEADLINE, title: str = HEADLINE, head: str = "", ld: str = "{}") -> dict[str, Any]:
    paragraphs = "".join(f"<p>{p}</p>" for p in BODY.split("\n\n"))
    page = read(PAGE.format(h1=h1, title=title, head=head, ld=ld, body=paragraphs), as_="html")
    return believed(find_fields(page, (), story_of(page)))


def test_html_headline_without_the_site() -> None:
    assert html_fields()["headline"] == HEADLINE


def test_html_headline_of_the_page_beats_that_of_search_engines() -> None:
    assert html_fields(title="Crane harbour Lunden: all you need to know")["headline"] == HEADLINE


def test_html_authors_and_dates_from_json_ld_and_page() -> None:
    ld = '{"@type":"NewsArticle","headline":"x","author":[{"@type":"Person","name":"Ana Lima"}],"datePublished":"2024-03-04T10:00:00+01:00"}'
    got = html_fields(head="<p class='byline'>By Ana Lima, Staff Writer</p><time>4 March 2024</time>", ld=ld)
    assert (got["authors"], got["byline"]) == (("Ana Lima",), "Ana Lima")
    assert got["date"].isoformat() == "2024-03-04T10:00:00+01:00"


def test_html_numbers_in_either_order_are_read_as_another_witness_reads_them() -> None:
    ld = '{"@type":"NewsArticle","datePublished":"2024-03-04"}'
    page = read(PAGE.format(h1=HEADLINE, title=HEADLINE, head="<p>03/04/2024</p>", ld=ld, body=f"<p>{BODY}</p>"), as_="html")
    found = find_fields(page, (), Story((0.0,) * len(page.blocks), frozenset({len(page.blocks) - 1}), 1.0))
    assert {w.value for w in found.witnesses["date"]} == {date(2024, 3, 4)}


@pytest.mark.parametrize("value", [None, 7, {}, [], [None, {"name": "x"}], "x" * 100_000, "\x00"])
def test_malformed_declarations_give_no_error(value: object) -> None:
    names = ("headline", "standfirst", "authors", "date", "modified", "section", "site", "language", "canonical_url", "isAccessibleForFree")
    page = Page(BODY, BODY.lower(), (Block(0, len(BODY)),), "html", declared=tuple(Witness(name, value, "json-ld") for name in names))
    got = believed(find_fields(page, (), Story((1.0,), frozenset({0}), 1.0)))
    assert "date" not in got
    assert "authors" not in got


def test_before_1990_needs_two_witnesses() -> None:
    def dates(*days: str) -> Any:
        page = Page(
            BODY,
            BODY.lower(),
            (Block(0, len(BODY)),),
            "html",
            declared=tuple(Witness("date", d, o) for d, o in zip(days, ("json-ld", "meta"), strict=False)),
        )
        return believed(find_fields(page, (), Story((1.0,), frozenset({0}), 1.0))).get("date")

    assert dates("1970-01-01") is None
    assert dates("1984-03-04", "1984-03-04") == date(1984, 3, 4)


def test_a_page_that_is_not_free_and_short_is_a_teaser() -> None:
    page = Page(BODY, BODY.lower(), (Block(0, len(BODY)),), "html", declared=(Witness("isAccessibleForFree", False, "json-ld"),))
    assert believed(find_fields(page, (), Story((1.0,), frozenset({0}), 1.0)))["paywall"] == "teaser"


lines = st.sampled_from(
    ["By Ana Lima", HEADLINE, "4 March 2024", "Home", "• News", "By", "AP", "3. 5. 2024", "", "x" * 3_000, *BODY.split("\n\n")]
) | st.text(max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.lists(lines, max_size=25), st.data())
def test_any_text_and_any_verdict_give_spans_inside_it(parts: list[str], data: st.DataObject) -> None:
    text = "\n".join(parts)
    page = read(text, as_="text")
    n = len(page.blocks)
    chosen = frozenset(data.draw(st.sets(st.integers(0, n - 1)))) if n else frozenset()
    marks = tuple(
        Mark(b.start, b.end, kind, "x/y", 0.8) for b, kind in zip(page.blocks, data.draw(st.lists(st.sampled_from(Kind), max_size=6)), strict=False)
    )
    found = find_fields(page, marks, Story((0.5,) * n, chosen, 0.5, bool(chosen)))
    for span in [*found.marks, *(w for ws in found.witnesses.values() for w in ws if w.start >= 0)]:
        assert 0 <= span.start < span.end <= len(text)
    assert all(ws for ws in found.witnesses.values())
    assert found == find_fields(page, marks, Story((0.5,) * n, chosen, 0.5, bool(chosen)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a lone name above a date, and who that is behind the story
        (f"{HEADLINE}\n\nBo Chen\n4 March 2024\n\n{BODY}\n\nBo Chen writes about ports and the people in them.\n", {"authors": ("Bo Chen",)}),
        # labels on top, far above the headline
        (
            f"Date: 2024-03-04\nAuthor: Bo Chen\n\n{'Logo of the port' + chr(10)}{('x' * 9 + chr(10)) * 9}\n{HEADLINE}\n\n{BODY}\n",
            {"authors": ("Bo Chen",)},
        ),
        (f"{HEADLINE}\n\nInterview: Bo Chen\n4 March 2024\n\n{BODY}\n", {"authors": ("Bo Chen",)}),
        # a menu's item above the headline
        (f"Start\nHarbour\nSport\nMusic\nFilm\nChess\n\nHarbour\n{HEADLINE}\n\n{BODY}\n", {"section": "Harbour"}),
        (f"Start\nHarbour\nSport\nMusic\nFilm\nChess\n\nHarbour\n{HEADLINE}\n\n{BODY}\n\n© 2024 Harbour\n", {"section": None}),
    ],
)
def test_what_other_lines_of_the_page_tell(text: str, expected: dict[str, Any]) -> None:
    _, found = fields_of(text)
    assert {name: believed(found).get(name) for name in expected} == expected


def test_a_name_in_japanese_needs_a_credit_that_says_the_same() -> None:
    body = "\n".join(["港の古いクレーンが来春、取り壊されることになった。港湾局が月曜日に発表した。", "腕に亀裂が見つかったためだという。"])
    head = "港の古いクレーン、来春に解体\n2024年3月4日\n大崎ゆめ\n"
    _, credited = fields_of(f"{head}写真：大崎ゆめ\n{body}\n", body=body)
    _, bare = fields_of(f"{head}写真：港湾局\n{body}\n", body=body)
    assert believed(credited)["authors"] == ("大崎ゆめ",)
    assert "authors" not in believed(bare)


def test_the_number_of_comments_is_none_of_the_byline() -> None:
    page, found = fields_of(f"{HEADLINE}\n\nBy Ana Lima | 4 March 2024 | 12 Comments\n\n{BODY}\n")
    assert marked(page, found)["byline"] == ["By Ana Lima | 4 March 2024"]
    assert marked(page, found)["comments"] == ["12 Comments"]


def test_a_poems_title_stands_alone_above_it() -> None:
    body = "Two cranes.\nOne of them\nis a bird."
    page, found = fields_of(f"Things That Stand in Harbours\n\n{body}\n", body=body)
    assert marked(page, found)["headline"] == ["Things That Stand in Harbours"]


def test_a_deck_under_a_short_headline() -> None:
    deck = "The port authority says that its oldest harbour crane would not have lasted another winter"
    _, found = fields_of(f"Old crane at Lunden comes down\n\n{deck}\n\nBy Ana Lima\n\n{BODY}\n")
    assert believed(found)["headline"] == "Old crane at Lunden comes down"
    assert believed(found)["standfirst"] == deck


SECTION = """<html><head><title>{headline} – Harbour Post</title>{declared}</head><body><p>{label}</p><main><article><h1>{headline}</h1>
<p>{body}</p></article></main></body></html>"""


@pytest.mark.parametrize(
    ("label", "declared", "section"),
    [
        ("Harbour Post", "", None),
        ("Skip to the story", '<meta property="article:section" content="Ports">', "Ports"),
        ("Ports", '<meta property="article:section" content="Ports">', "Ports"),
        ("Ports", "", "Ports"),
    ],
)
def test_a_label_is_the_section_only_where_nothing_speaks_against_it(label: str, declared: str, section: str | None) -> None:
    page = read(SECTION.format(headline=HEADLINE, declared=declared, label=label, body=BODY.split("\n")[0]))
    at = page.text.index(label)
    found = find_fields(page, (Mark(at, at + len(label), Kind.SECTION, "section/label", 0.6),), story_of(page))
    assert believed(found).get("section") == section


def test_the_h1_is_the_headline_not_its_copy_in_a_breadcrumb() -> None:
    page = read(f"<html><body><ol><li>{HEADLINE}</li></ol><h1>{HEADLINE}</h1><p>{BODY.split(chr(10))[0]}</p></body></html>")
    found = find_fields(page, (), story_of(page))
    first = next(m for m in found.marks if m.kind is Kind.HEADLINE)
    assert first.start == page.text.rindex(HEADLINE)


def test_a_day_that_the_page_declares_as_that_of_its_change_is_not_that_of_publication() -> None:
    ld = '{"@type":"NewsArticle","datePublished":"2021-03-04T10:00:00+01:00","dateModified":"2024-05-06T10:00:00+01:00"}'
    assert html_fields(head="<p>6 May 2024</p>", ld=ld)["date"].date() == date(2021, 3, 4)
    assert html_fields(head="<p>Published: 4 March 2021</p><p>6 May 2024</p>", ld=ld)["date"].date() == date(2021, 3, 4)


def test_a_time_element_that_repeats_the_day_of_the_change_is_no_other_date() -> None:
    got = html_fields(head="<p>Published 4 March 2024</p><p>Last updated: <time datetime='2024-05-06'>6 May 2024</time></p>")
    assert got["date"] == date(2024, 3, 4)
    assert got["modified"] == date(2024, 5, 6)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Updated: 4 March 2024, 14:05", date(2024, 3, 4)),
        ("Aktualisiert am 04.03.2024 - 14:05 Uhr", date(2024, 3, 4)),
        ("Stand: 04.03.2024, 14.05 Uhr", date(2024, 3, 4)),
        ("Updated: 4 March 2024", None),
        ("Stand: 04.03.2024", None),
        ("Last updated on 03/04/2024", None),
    ],
)
def test_only_a_change_to_the_minute_tells_the_day_of_publication(line: str, day: date | None) -> None:
    _, found = fields_of(f"{HEADLINE}\n\nBy Ana Lima\n{line}\n\n{BODY}")
    assert believed(found).get("date") == day
    assert "modified" in believed(found)


def test_the_site_is_the_author_only_where_it_says_so_and_nobody_else_is_named() -> None:
    ld = '{"@type":"NewsArticle","author":{"@type":"Organization","name":"Harbour Post"}}'
    assert html_fields(ld=ld)["authors"] == ("Harbour Post",)
    assert html_fields(head="<p>By Ana Lima</p>", ld=ld)["authors"] == ("Ana Lima",)
    assert "authors" not in html_fields()


def test_a_byline_with_all_the_declared_authors_and_others_is_believed() -> None:
    ld = '{"@type":"NewsArticle","author":{"@type":"Person","name":"Ana Lima"}}'
    assert html_fields(head="<p>By Dr Ana Lima and Bo Chen</p>", ld=ld)["authors"] == ("Dr Ana Lima", "Bo Chen")


def test_a_declared_author_beats_words_that_only_look_like_a_name() -> None:
    ld = '{"@type":"NewsArticle","author":{"@type":"Person","name":"Ana Lima"}}'
    assert html_fields(head="<p>Introducing Gull Point</p><time>4 March 2024</time>", ld=ld)["authors"] == ("Ana Lima",)


def test_agencies_are_authors_only_where_no_person_is() -> None:
    assert html_fields(head="<p>By Ana Lima and AP</p>")["authors"] == ("Ana Lima",)
    assert html_fields(head="<p>By Reuters and AP</p>")["authors"] == ("Reuters", "AP")


@pytest.mark.parametrize(
    ("h1", "declared", "headline"),
    [
        (f"Lunden {HEADLINE}", HEADLINE, HEADLINE),
        (f"HarbourNews{HEADLINE}", HEADLINE, HEADLINE),
        (HEADLINE, f"Cracks: {HEADLINE}", f"Cracks: {HEADLINE}"),
        (f"{HEADLINE} - Programming - Quay", HEADLINE, HEADLINE),
        (HEADLINE, f"Discover why {HEADLINE}", HEADLINE),
        (HEADLINE, f"Harbour Post: {HEADLINE}", HEADLINE),
        (f"Cracks: {HEADLINE}", HEADLINE, f"Cracks: {HEADLINE}"),
        (f"{HEADLINE}: what is next", HEADLINE, f"{HEADLINE}: what is next"),
    ],
)
def test_the_declared_headline_where_the_printed_one_differs_by_a_kicker_or_the_site(h1: str, declared: str, headline: str) -> None:
    assert html_fields(h1=h1, title=declared, ld=json.dumps({"@type": "NewsArticle", "headline": declared}))["headline"] == headline


def test_a_breadcrumb_is_no_headline_however_much_it_is_about_the_story() -> None:
    _, found = fields_of(f"{HEADLINE}\n\nLunden / Harbour crane / Port authority\n\nBy Ana Lima\n\n{BODY}")
    assert believed(found)["headline"] == HEADLINE


def test_the_last_crumb_of_a_breadcrumb_is_no_second_headline() -> None:
    page, found = fields_of(f"• Home\n• Harbour\n• {HEADLINE}\n\n{HEADLINE}\n\nBy Ana Lima\n\n{BODY}")
    assert marked(page, found)["headline"] == [HEADLINE]


def test_the_line_without_the_kicker_is_the_headlines_block_all_the_same() -> None:
    ld = json.dumps({"@type": "NewsArticle", "headline": f"Cracks: {HEADLINE}"})
    assert html_fields(title=f"Cracks: {HEADLINE}", head="<p>4 March 2024</p>", ld=ld)["date"] == date(2024, 3, 4)


def test_a_mail_address_does_not_make_a_name_common_words() -> None:
    _, found = fields_of(f"{HEADLINE}\n\nAna Lima, Staff Writer\n4 March 2024\n\n{BODY}\n\nana.lima@quay.example")
    assert believed(found)["authors"] == ("Ana Lima",)
    _, found = fields_of(f"{HEADLINE}\n\nHarbour Basin\n4 March 2024\n\n{BODY}")
    assert "authors" not in believed(found)


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ("03/04/2024", date(2024, 4, 3)),
        ("03/04/2024\n\n02/27/2024", date(2024, 3, 4)),
        ("03/04/2024\n\n27/02/2024\n\n02/27/2024", date(2024, 4, 3)),
        ("03.04.2024\n\n27.02.2024", date(2024, 4, 3)),
    ],
)
def test_numbers_in_either_order_are_read_as_others_on_the_page_must_be(lines: str, day: date) -> None:
    first, *others = lines.split("\n\n")
    _, found = fields_of(f"{HEADLINE}\n\nBy Ana Lima\n{first}\n\n{BODY}\n\nMore stories\n\n" + "\n\n".join(others))
    assert believed(found)["date"] == day


@pytest.mark.parametrize("line", ["Joined: 8 February 2017", "Joined\n8 February 2017", "Member since 8 February 2017", "Last post: 8 February 2017"])
def test_the_date_of_a_member_is_not_that_of_the_story(line: str) -> None:
    _, found = fields_of(f"{HEADLINE}\n\nquaysider\n{line}\n4 March 2024\n\n{BODY}")
    assert {w.value for w in found.witnesses["date"]} == {date(2024, 3, 4)}


@pytest.mark.parametrize(
    ("line", "byline", "reading"),
    [
        ("By Ana Lima • 4 min read", "By Ana Lima", "4 min read"),
        ("By Ana Lima | March 4, 2024 | Reading time: 5 minutes", "By Ana Lima | March 4, 2024", "Reading time: 5 minutes"),
        ("Von Jana Krüger, Lesezeit: 3 Min.", "Von Jana Krüger", "Lesezeit: 3 Min."),
    ],
)
def test_the_time_for_reading_is_none_of_the_byline(line: str, byline: str, reading: str) -> None:
    page, found = fields_of(f"{HEADLINE}\n\n{line}\n\n{BODY}")
    assert marked(page, found)["byline"] == [byline]
    assert marked(page, found)["timestamp"] == [reading]


def test_a_label_above_a_line_with_a_by_word_leaves_no_by_word_in_the_name() -> None:
    _, found = fields_of(f"Harbour crane comes down\nAuthor of the article:\nBy Ana Lima\nMarch 4, 2024\n\n{BODY}")
    assert believed(found)["authors"] == ("Ana Lima",)
    assert believed(found)["byline"] == "Ana Lima"
