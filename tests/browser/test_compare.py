"""The page of `stripper compare` in a browser: what it shows of two runs, its search and switches, and hostile rows."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="no Playwright; pip install playwright")
from playwright.sync_api import expect

from stripper.batch.document import BEGINNING, Document
from stripper.batch.rows import Row, article_row
from stripper.cleaner import Cleaner
from stripper.report.compare.comparison import compare
from stripper.report.html.compare import compare_page
from stripper.report.html.page import save
from stripper.types import Policy

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGES = ("advert-web", "app-login", "ar-bustan", "council-web", "interview")
ATTACKS = (
    "</script><script>window.ran = 1</script>",
    "</style><img src=http://canary.invalid/x.png onerror=window.ran=1>",
    '"><svg onload="window.ran = 1">',
    "javascript:window.ran = 1",
    "\u202eoverride\u2066 \x00\x1b[31m \ud800",
    "{{ 7 * 7 }}{% raw %}",
)


def rows(cleaner: Cleaner) -> list[Row]:
    found = []
    for name in PAGES:
        source = next(FIXTURES.glob(f"pages/{name}/page.*"))
        document = Document(f"{name}.html", "", BEGINNING)
        found.append(article_row(document, cleaner.clean(source.read_bytes()), removed=True))
    return found


def written(folder: Path, old: list[Row], new: list[Row]) -> Path:
    out = folder / "diff.html"
    save(out, compare_page(compare(iter(old), iter(new)), "before.jsonl", "after.jsonl"))
    return out


@pytest.fixture(scope="module")
def found() -> list[Row]:
    """What a batch over five pages gives; tests change nothing in it."""
    return rows(Cleaner())


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory, found: list[Row]) -> Path:
    """Two runs over five pages: the second keeps adverts, finds no headline of one page, and has another page in the place of the last."""
    old, new = found, rows(Cleaner(policy=Policy(keep={"advert", "cookie"})))
    new[1] |= {"headline": None, "score": 0.1, "warnings": ["odd"]}
    for span in new[2]["removed"]:
        span["rule"] = "another/rule"
    new[4]["id"] = "another.html"
    return written(tmp_path_factory.mktemp("runs"), old, new)


def test_both_runs_stand_side_by_side(two_runs: Path, look, shot) -> None:
    page = look(two_runs)
    expect(page.locator(".verdict")).to_contain_text("3 of 4 documents changed (75.0%)")
    expect(page.locator(".change > summary .id")).to_have_text(["advert-web.html", "app-login.html", "ar-bustan.html"])
    page.get_by_role("button", name="Open all").click()
    expect(page.locator(".change[open]")).to_have_count(3)
    expect(page.locator("[data-side=B] del, [data-side=A] ins")).to_have_count(0)
    first, second, third = page.locator(".change").all()
    expect(first.locator("[data-side=B] ins").first).to_contain_text("ADVERTISEMENT")
    expect(first.locator("[data-side=B]").first).to_contain_text("Was removed: cookie cookie-box/box")
    expect(second.locator("[data-side=A] del").first).not_to_be_empty()
    expect(second.locator("[data-side=B]").first).to_have_text("nothing")
    expect(third).to_contain_text("≠ as another")
    expect(third).to_contain_text("another/rule")
    for side, name in (("A", "interview.html"), ("B", "another.html")):
        expect(page.locator("section", has_text=f"Only in {side}")).to_contain_text(name)
    shot(page, "compare", whole=True)


def test_arabic_stands_from_right_to_left(tmp_path: Path, found: list[Row], look) -> None:
    row = next(row for row in found if row["id"] == "ar-bustan.html")
    page = look(written(tmp_path, [row | {"byline": None}], [row | {"body": row["body"] * 20 + row["headline"]}]))
    cells = page.locator(".both [role=cell]").evaluate_all("cells => cells.map((cell) => getComputedStyle(cell).direction)")
    assert cells == ["ltr", "rtl", "rtl", "rtl"]  # "nothing" is in English, and so is what says how much is skipped
    expect(page.locator(".skipped").first).to_have_css("direction", "ltr")


def test_search_and_switches_choose_documents(two_runs: Path, look) -> None:
    page = look(two_runs)
    shown = page.locator(".change:visible .id")
    expect(shown).to_have_count(3)
    page.keyboard.press("/")
    for words, found in (("bustan", 1), ("ADVERTISEMENT", 1), ("no such words", 0), ("", 3)):
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.type(words)
        expect(shown).to_have_count(found)
        expect(page.locator(".found")).to_have_text(str(found))
    page.get_by_role("button", name="none").click()
    expect(shown).to_have_count(0)
    page.get_by_role("checkbox", name="renamed").check()
    expect(shown).to_have_text(["ar-bustan.html"])
    page.get_by_role("button", name="all", exact=True).click()
    expect(shown).to_have_count(3)


def test_keys_lead_through_the_documents(two_runs: Path, look) -> None:
    page = look(two_runs)
    current = page.locator("summary:focus .id")
    for key, name in (("j", "advert-web.html"), ("j", "app-login.html"), ("j", "ar-bustan.html"), ("j", "ar-bustan.html"), ("k", "app-login.html")):
        page.keyboard.press(key)
        expect(current).to_have_text(name)
    opened = page.locator(".change").nth(1)
    expect(opened).not_to_have_attribute("open", "")
    page.keyboard.press("Enter")
    expect(opened).to_have_attribute("open", "")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1300, 400])
def test_text_stands_out_in_every_light_and_width(two_runs: Path, look, shot, least_contrast, dark: bool, width: int) -> None:
    page = look(two_runs, dark=dark, width=width)
    page.get_by_role("button", name="Open all").click()
    expect(page.locator(".change[open]")).to_have_count(3)
    contrast, where = least_contrast(page)
    assert contrast >= 4.5, where
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shot(page, f"compare-{'dark' if dark else 'light'}-{width}")


def hostile(attack: str, more: str, template: Row) -> Row:
    """A row that says it wherever a row can say something."""
    said = {name: f"{attack} {more}" for name, value in template.items() if isinstance(value, str) or value is None}
    span = {"kind": attack, "rule": f"{attack}{more}", "start": 0, "end": 9, "score": 1.0, "text": f"{attack} {more}"}
    lists = {name: [f"{attack} {more}"] for name in ("authors", "packs", "warnings")}
    return template | said | lists | {"id": attack, "body": f"First line.\n\n{attack}\n\n{more}", "removed": [span]}


def test_hostile_rows_are_nothing_but_text(tmp_path: Path, found: list[Row], look, shot) -> None:
    template = found[0]
    old, new = ([hostile(attack, more, template) for attack in ATTACKS] for more in ("before", "after"))
    lone = [template | {"id": attack * 2, "status": attack} for attack in ATTACKS]
    page = look(written(tmp_path, old + lone, new))
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    expect(page.locator(".change[open]")).to_have_count(len(ATTACKS))
    assert page.locator("a, img, iframe, object, embed, video, svg, form, link, script:not(body > script)").count() == 0
    assert "\u202e" not in page.content()
    assert "49" not in page.locator(".id").last.inner_text()
    page.wait_for_timeout(300)
    shot(page, "compare-hostile", whole=True)
