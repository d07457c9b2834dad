"""Explained pages fit where they must, keep what comes first, and say what they lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.report.html.explained import Count, Explained, Field, Line, Paragraph, Span
from stripper.report.html.page import _environment
from stripper.report.html.shortened import cut, fitting, whole
from stripper.report.html.shortened import shortened as cut_before

TEMPLATE = "explained.html"
EMPTY = Explained("a", "ok", 0.5, 0, 0, (), (), (), "", "", (), ())


def page(marked: int = 0, parts: int = 0, text: str = "The ferry sailed. ", **values) -> Explained:
    label = Span(text, "share", "controls", "removed", "share/label", 0.9, "It asks to share.")
    found = {
        "lines": tuple(Line((label, Span(text)), True) for _ in range(marked)),
        "body": (Paragraph("p", text),) * parts,
        "chars": marked * 2 * len(text),
        **values,
    }
    return Explained(**{name: getattr(EMPTY, name) for name in EMPTY.__slots__} | found)


def shortened(whole_page: Explained, most: int) -> Explained:
    (shown,) = fitting([whole(whole_page)], most)
    return shown


def rendered(shown: Explained) -> int:
    macro = _environment().get_template(TEMPLATE).module.explained
    return len(str(macro(shown, "page-1")).encode("utf-8", "replace"))


def test_a_page_that_fits_is_whole() -> None:
    whole = page(10, 10)
    assert shortened(whole, 100_000) == whole


def test_the_beginning_stays_and_the_rest_is_told() -> None:
    shown = shortened(page(100, 200), 20_000)
    assert 20 < len(shown.lines) < 100
    assert 20 < len(shown.body) < 200
    source, article = shown.notes
    chars = sum(len(span.text) for line in shown.lines for span in line.spans)
    assert source == f"Source: only {chars:,} of 3,600 characters are shown here."
    assert article.startswith("Article: only ")


@pytest.mark.parametrize("text", ["x" * 5_000_000, '"' * 5_000_000, "語" * 2_000_000, "&<>\ud800" * 100_000])
def test_a_line_without_end_is_cut(text: str) -> None:
    shown = shortened(page(1, 1, text), 50_000)
    assert 5_000 < len(shown.lines[0].spans[0].text) < len(text)
    assert shown.body[0].text
    assert rendered(shown) < 60_000


@given(st.integers(0, 60), st.integers(0, 60), st.text(max_size=400), st.integers(0, 40_000))
def test_what_is_rendered_takes_about_what_was_allowed(lines: int, parts: int, text: str, most: int) -> None:
    assert rendered(shortened(page(lines, parts, text), most)) < max(most, 0) + 4_000


def test_what_stands_above_is_bounded() -> None:
    long = "tide " * 100_000
    fields = tuple(Field(name, long, long, (long,) * 50) for name in "abcdefghijk")
    counts = tuple(Count(long if n < 50 else f"{n}", "off", 1, 1) for n in range(20_000))
    shown = shortened(
        page(name=long, status=long, headline=long, standfirst=long, signed=(long, long), fields=fields, counts=counts, notes=(long,) * 99), 10
    )
    assert rendered(shown) < 90_000


def test_short_pages_stay_whole_and_long_ones_share() -> None:
    pages = [page(3), page(5_000), page(7), page(5_000)]
    shown = fitting([*map(whole, pages)], 200_000)
    assert (shown[0], shown[2]) == (pages[0], pages[2])
    assert len(shown[1].lines) == pytest.approx(len(shown[3].lines), abs=1)
    assert 150_000 < sum(map(rendered, shown)) < 205_000


def test_the_rule_that_it_is_about_is_shown() -> None:
    def texts(lines: tuple[Line, ...]) -> list[str]:
        return [span.text for line in lines for span in line.spans]

    numbered = tuple(Line((Span(f"Tide {n}", "share", "controls", "removed", "share/label", 0.9),), False) for n in range(2_000))
    long = page(0, lines=numbered)
    spoke = Line((Span("Tides", "widget", "controls", "removed", "widget/tides", 0.9),), False)
    long = replace(long, lines=(*long.lines[:1_500], spoke, *long.lines[1_500:]))
    (shown,) = fitting([whole(long, "widget/tides")], 50_000)
    assert spoke in shown.lines
    at = [line.spans[0].text for line in shown.lines].index("[…]")
    assert texts(shown.lines[:at]) == texts(long.lines[:at])
    assert texts(shown.lines[at + 1 :]) == texts(long.lines[1_500 : 1_500 + len(shown.lines) - at - 1])
    assert at > 20 < len(shown.lines) - at
    assert rendered(shown) < 50_000
    (other,) = fitting([whole(long, "tides/none")], 50_000)
    assert other.lines == long.lines[: len(other.lines)]


def test_reasons_are_told_once_before_anything_is_cut() -> None:
    shown = shortened(page(300), 40_000)
    assert [bool(line.spans[0].why) for line in shown.lines[:3]] == [True, False, False]


def test_what_is_cut_twice_is_told_once() -> None:
    (shown,) = fitting([cut_before(whole(page(1_000, 1_000)), 50_000)], 5_000)
    assert [note.partition(" of ")[2][:6] for note in shown.notes] == ["36,000", "18,000"]


def test_none_at_all() -> None:
    assert fitting([], 100) == []


def test_long_names_are_told_apart_by_their_ends() -> None:
    names = [f"https://isle.example/{'tide/' * 100}{n}.html" for n in range(2)]
    one, other = (whole(page(name=name)).page.name for name in names)
    assert (one[-6:], other[-6:], len(one)) == ("0.html", "1.html", 200)


def test_cut() -> None:
    assert [cut("tide", most) for most in (4, 3)] == ["tide", "ti…"]
