"""A source in the terminal, from articles made by hand."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

from rich.cells import cell_len
from rich.console import Console

from stripper.article import Article
from stripper.report.terminal import explain
from stripper.types import Kind, Mark, Outcome, Witness

TEXT = "Home > Local\nBy Mara Quill\nThe ferry sails. Read more: Old boats\n\nShare Tweet"


def mark(said: str, kind: Kind, rule: str, outcome: Outcome, text: str = TEXT) -> Mark:
    start = text.index(said)
    return Mark(start, start + len(said), kind, rule, 0.9, "", outcome, "", said)


def article(*marks: Mark, text: str = TEXT) -> Article:
    return Article(byline="Mara Quill", body="The ferry sails.", text=text, marks=marks)


PAGE = article(
    mark("Home > Local", Kind.BREADCRUMB, "breadcrumb/path", Outcome.REMOVED),
    mark("By Mara Quill", Kind.BYLINE, "byline", Outcome.FIELD),
    mark("The ferry sails.", Kind.BODY, "locator", Outcome.BODY),
    mark("Read more: Old boats", Kind.RELATED, "read-more/label", Outcome.REMOVED),
    mark("Share Tweet", Kind.SHARE, "share/row", Outcome.KEPT),
)


def shown(page: Article, colours: bool = False, kinds: tuple[Kind, ...] = (), summary: bool = False, why: bool = False, width: int = 100) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colours, color_system="256" if colours else None, markup=False, highlight=False, legacy_windows=False
    )
    explain(page, console, kinds, summary, why)
    return out.getvalue()


def source_lines(printed: str) -> list[str]:
    lines = [line.rstrip() for line in printed.splitlines()]
    start, end = (next(i for i, line in enumerate(lines) if "───" in line and name in line) for name in ("source", "by kind"))
    return lines[start + 1 : end]


def test_without_colours_brackets_stand_around_all_but_the_body() -> None:
    lines = source_lines(shown(PAGE))
    assert lines[0].split("  ", 1)[0] == "⟦Home > Local⟧"
    assert lines[0].endswith("breadcrumb/path")
    assert lines[1].startswith("⟦By Mara Quill⟧")
    assert lines[1].endswith("← byline")
    assert lines[2].startswith("The ferry sails. ⟦Read more: Old boats⟧")
    assert lines[2].endswith("related: read-more/label")
    assert lines[3] == ""
    assert lines[4].endswith("share/row (kept)")


def test_with_colours_each_kind_has_its_own_and_the_body_none() -> None:
    lines = source_lines(shown(PAGE, colours=True))
    assert "⟦" not in "".join(lines)
    ferry = next(line for line in lines if "ferry" in line)
    assert ferry.startswith("The ferry sails. \x1b[38;5;75mRead more: Old boats\x1b[0m")
    assert any(line.startswith("\x1b[38;5;141mShare Tweet") for line in lines)


def test_every_kind_of_boilerplate_has_a_colour_of_its_own() -> None:
    def coloured(kind: Kind) -> str:
        printed = shown(article(mark("Share Tweet", kind, "a/b", Outcome.REMOVED)), colours=True)
        return next(line for line in printed.splitlines() if "Share Tweet" in line).split("Share")[0]

    kinds = [kind for kind in Kind if not kind.is_field]
    assert len({coloured(kind) for kind in kinds}) == len(kinds)


def test_overruled_and_weak_marks_are_not_shown() -> None:
    weak = mark("The ferry", Kind.ADVERT, "advert/ferry", Outcome.WEAK)
    over = mark("ferry sails", Kind.ADVERT, "advert/sails", Outcome.OVERRULED)
    assert "advert" not in shown(article(*PAGE.marks, weak, over))


def test_only_lines_of_the_kinds_asked_for() -> None:
    assert [line[:12] for line in source_lines(shown(PAGE, kinds=(Kind.SHARE,)))] == ["⟦Share Tweet"]


def test_the_table_counts_spans_and_characters() -> None:
    printed = shown(PAGE, summary=True)
    assert "ferry" not in printed
    rows = {line.split()[0]: line.split()[1:] for line in printed.splitlines() if line.strip()}
    assert rows["breadcrumb"] == ["removed", "1", "12", f"{12 / len(TEXT):.1%}", "breadcrumb/path"]
    assert rows["share"][0] == "kept"
    assert rows["byline"] == ["field", "1", "13", f"{13 / len(TEXT):.1%}", "byline"]
    assert "body" not in [line.split()[0] for line in printed.splitlines()[4:] if line.strip()]


def test_a_page_can_not_speak_to_the_terminal() -> None:
    text = "A\x1b]0;owned\x07 line\x9b31m \u202ereversed\tand [bold]plain[/bold]"
    printed = shown(article(mark(text, Kind.BODY, "locator", Outcome.BODY, text), text=text))
    assert not set(printed) & set("\x1b\x07\x9b\u202e\t")
    assert "[bold]plain[/bold]" in printed


def test_long_words_and_wide_characters_stay_in_their_column() -> None:
    text = "x" * 300 + "\n" + "東京の港は月曜日に再び開く。" * 20
    marks = [mark(line, Kind.OFF_STORY, "locator", Outcome.REMOVED, text) for line in text.split("\n")]
    lines = source_lines(shown(article(*marks, text=text), width=60))
    assert max(map(cell_len, lines)) <= 60
    assert "".join(lines).count("x") == 300


def test_a_page_without_text() -> None:
    assert "source" in shown(Article())


def test_reasons_stand_beside_the_spans_where_they_are_asked_for() -> None:
    page = article(*(m._replace(why="It leads to other stories.") for m in PAGE.marks))
    assert "other stories" not in shown(page)
    assert shown(page, why=True).count("It leads to other stories.") == 4


def test_why_says_who_was_believed_and_who_says_otherwise() -> None:
    said = (
        Witness("date", date(2024, 5, 3), "json-ld", why="JSON-LD and the date line agree."),
        Witness("date", date(2024, 5, 3), "text:date-line", 4, 14),
        Witness("date", datetime(2024, 5, 3, 7, 30, tzinfo=UTC), "opengraph"),
        Witness("date", date(2023, 1, 1), "meta", why="It is the template's."),
        Witness("date", date(2022, 1, 1), "html", why="\x1b[31mIt is red."),
    )
    page = Article(date=date(2024, 5, 3), text=TEXT, evidence={"date": said})
    printed = shown(page, summary=True, why=True)
    assert "json-ld: JSON-LD and the date line agree." in printed
    assert "but meta: 2023-01-01 (It is the template's.)" in printed
    assert "text:date-line" not in printed
    assert "opengraph" not in printed  # it knows the hour as well
    assert "\x1b" not in printed
    assert "It is red." in printed
    assert "json-ld" not in shown(page, summary=True)
