"""The page of `stripper report` in a browser: its charts are drawn, samples lead to their pages, and hostile tables are nothing but text."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="no Playwright; pip install playwright")
from playwright.sync_api import expect

from stripper.batch.document import Cleaning
from stripper.batch.run import Job, run
from stripper.report.html.page import save
from stripper.report.html.report import report_page

BAD = "</script></style></svg>\"'<script>window.ran = 1</script><img src=http://canary.invalid/x onerror=window.ran=1>\u202e\0\ud800javascript:x"
KINDS = ("navigation", "related", "share", "newsletter", "caption", "off-story")


def row(number: int, **values: object) -> dict[str, object]:
    """An invented row."""
    rng = random.Random(number)
    took = [(kind, f"{kind}/rule-{rng.randrange(4)}", rng.randrange(10, 400)) for kind in rng.sample(KINDS, 4)]
    spans = [
        {"kind": kind, "rule": rule, "start": n * 500, "end": n * 500 + chars, "score": 0.8, "text": "y" * chars}
        for n, (kind, rule, chars) in enumerate(took)
    ]
    host = f"{('tarn', 'isle', 'quay', 'mire')[int(rng.paretovariate(1)) % 4]}.example"
    found = {
        "id": f"crawl/{number:04}.html",
        "url": f"https://{host}/{number}",
        "status": "ok",
        "score": rng.betavariate(8, 2),
        "headline": "Ferry sails",
    }
    found |= {
        "body": "The ferry sailed again. " * rng.randrange(5, 400),
        "date": f"20{rng.randrange(15, 25)}-0{rng.randrange(1, 10)}-11",
        "removed": spans,
    }
    return {**found, "language": "en", "packs": ["core 1 ab"], **values}


def rows() -> list[dict[str, object]]:
    found = [row(number) for number in range(300)]
    for number in range(0, 300, 30):
        found[number] |= {"status": "error", "error": f"line {number}: not JSON", "body": "", "removed": [], "date": None}
        found[number + 1] |= {"status": "no-article", "body": "", "date": None}
    return found


def report_on(folder: Path, rows: Iterable[object]) -> Path:
    table = folder / "table.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows))
    save(folder / "report.html", report_page(table))
    return folder / "report.html"


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Iterable[object]], Path]:
    return lambda rows: report_on(tmp_path, rows)


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on `rows()`, for tests that look at it."""
    return report_on(tmp_path_factory.mktemp("invented"), rows())


def test_charts_are_drawn(invented: Path, look, shot) -> None:
    page = look(invented)
    charts = page.locator("svg.chart")
    expect(charts).to_have_count(9)
    for chart in charts.all():
        box = chart.bounding_box()
        assert box is not None
        assert box["width"] > 300
        assert box["height"] > 30
    seen = "paths => paths.filter((path) => path.getBBox().width && path.getBBox().height).map((path) => getComputedStyle(path).fill)"
    fills = page.locator("svg.chart g:has(> title) > path").evaluate_all(seen)
    assert len(fills) > 60
    assert all(fill.startswith("rgb(") for fill in fills)  # the variables are those of page.css
    assert len(set(fills)) >= 6
    shot(page, "report", whole=True)


def test_bars_are_in_proportion(written, look) -> None:
    page = look(written([row(n, removed=[]) for n in range(30)] + [row(n, status="no-article", body="", removed=[]) for n in range(10)]))
    shown = page.locator("[aria-labelledby=statuses-name] g:has(> title)").evaluate_all(
        "bars => bars.map((bar) => [bar.querySelector('title').textContent, bar.querySelector('path').getBBox().width])"
    )
    (ok, longer), (none, shorter) = shown
    assert (ok, none) == ("ok: 30 rows (75.0%)", "no-article: 10 rows (25.0%)")
    assert longer == pytest.approx(3 * shorter, rel=0.01)


def test_numbers_stand_below_their_chart(invented: Path, look) -> None:
    page = look(invented)
    box = page.locator("[aria-labelledby=statuses-name]")
    expect(box.locator("table")).to_be_hidden()
    box.get_by_text("Numbers").click()
    expect(box.locator("table")).to_be_visible()
    assert [cell.inner_text() for cell in box.locator("tbody td").all()[:3]] == ["ok", "280", "93.3%"]
    box.get_by_text("Numbers").focus()
    page.keyboard.press("Enter")
    expect(box.locator("table")).to_be_hidden()


def test_samples_lead_to_their_pages_and_back(invented: Path, look, shot) -> None:
    page = look(invented)
    overview, explained = page.locator("#overview"), page.locator(".explained:visible")
    expect(overview).to_be_visible()
    expect(explained).to_have_count(0)
    link = page.locator(".samples", has_text="Lowest scores").locator("a").first
    name = link.inner_text()
    link.click()
    expect(explained.locator("h2")).to_have_text(name)
    expect(explained.locator(".note").first).to_contain_text("A sample of: Lowest scores (score ")
    expect(overview).to_be_hidden()
    page.keyboard.press("n")
    expect(page.locator(".detail")).to_contain_text(" · removed · ")
    shot(page, "report-sample")
    page.keyboard.press("Escape")
    page.go_back()
    expect(overview).to_be_visible()
    page.get_by_role("searchbox").fill("errors")
    found = page.locator("nav li:visible small")
    expect(found).to_have_count(2)  # the first is the overview, which speaks of them
    expect(found.last).to_have_text("error · Errors")


def test_a_sample_with_its_source_is_explained(tmp_path: Path, look) -> None:
    story = "The ferry between Hallin and Orsay will sail again on Monday, the harbour office said, after nine weeks with no other link.\n\n"
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "ferry.txt").write_text(story * 3 + "Leave a Reply\n\nYour email address will not be published.\n")
    run(Job((str(tmp_path / "pages"),), tmp_path / "out.jsonl", cleaning=Cleaning(removed=True)))
    save(tmp_path / "report.html", report_page(tmp_path / "out.jsonl"))
    page = look(tmp_path / "report.html")
    page.get_by_role("link", name="ferry.txt").last.click()
    expect(page.locator(".explained:visible h3").first).to_have_text("Source")
    expect(page.locator(".mark[data-kind=comments]:visible")).not_to_have_count(0)
    page.get_by_role("checkbox", name="comments").click()
    expect(page.locator(".mark[data-kind=comments]:visible")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1300, 400])
def test_text_stands_out_in_every_light_and_width(invented: Path, look, shot, least_contrast, dark: bool, width: int) -> None:
    page = look(invented, dark=dark, width=width)
    contrast, where = least_contrast(page)
    assert contrast >= 4.5, where
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    fills = page.locator("svg.chart text").evaluate_all("texts => [...new Set(texts.map((text) => getComputedStyle(text).fill))]")
    ink, faint = ("rgb(228, 231, 234)", "rgb(163, 171, 178)") if dark else ("rgb(27, 31, 35)", "rgb(86, 93, 100)")
    assert set(fills) == {ink, faint}
    shot(page, f"report-{'dark' if dark else 'light'}-{width}", whole=True)


def test_hostile_tables_are_nothing_but_text(written, look, shot) -> None:
    span = {"kind": BAD, "rule": BAD, "start": 0, "end": 9, "score": 0.5, "text": BAD * 50}
    values = dict.fromkeys(("headline", "standfirst", "byline", "date", "section", "site", "canonical_url", "language", "paywall", "body"), BAD)
    found = [row(n, **values, id=f"{n}{BAD}", url=f"https://{n}{BAD}.example/", removed=[span] * 9, warnings=[BAD], packs=[BAD]) for n in range(9)]
    found += [row(n, status="error", error=BAD[n:], body="", url="javascript:window.ran = 1") for n in range(3)]
    page = look(written([*found, row(99, status=BAD)]))
    expect(page.locator(".findings")).to_contain_text("<script>window.ran")
    for chart in page.locator("svg.chart").all():
        chart.hover()
    for summary in page.locator("#overview summary").all():
        summary.click()
    for link in page.locator(".samples a").all()[:3]:
        link.click()
        expect(page.locator("#overview")).to_be_hidden()
        page.keyboard.press("n")
        page.go_back()
        expect(page.locator("#overview")).to_be_visible()
    assert page.locator("img, iframe, object, embed, video, form, link, [href]:not([href^='#'])").count() == 0
    assert "\u202e" not in page.content()
    page.wait_for_timeout(300)
    shot(page, "report-hostile", whole=True)
