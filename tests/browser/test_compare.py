"""The page of `stripper compare` in a browser: what it shows of two runs, its search and switches, and hostile rows."""

from __future__ import annotations

from pathlib import Path

import pytest

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
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs over five pages: the second keeps adverts, finds no headline of one page, and has another page in the place of the last."""
    old, new = rows(Cleaner()), rows(Cleaner(policy=Policy(keep={"advert", "cookie"})))
    new[1] |= {"headline": None, "score": 0.1, "warnings": ["odd"]}
    for span in new[2]["removed"]:
        span["rule"] = "another/rule"
    new[4]["id"] = "another.html"
    return written(tmp_path_factory.mktemp("runs"), old, new)


def test_both_runs_stand_side_by_side(two_runs: Path, look, shot) -> None:
    page = look(two_runs)
    assert page.locator(".verdict").inner_text().startswith("3 of 4 documents changed (75.0%)")
    assert page.locator(".change > summary .id").all_inner_texts() == ["advert-web.html", "app-login.html", "ar-bustan.html"]
    page.get_by_role("button", name="Open all").click()
    assert page.locator("[data-side=B] del, [data-side=A] ins").count() == 0
    first = page.locator(".change").first
    assert "ADVERTISEMENT" in first.locator("[data-side=B] ins").first.inner_text()
    assert "Was removed: cookie cookie-box/box" in first.locator("[data-side=B]").first.inner_text()
    second = page.locator(".change").nth(1)
    assert second.locator("[data-side=A] del").first.inner_text()
    assert second.locator("[data-side=B]").first.inner_text() == "nothing"
    third = page.locator(".change").nth(2)
    assert "≠ as another" in third.inner_text()
    assert "another/rule" in third.inner_text()
    for side, name in (("A", "interview.html"), ("B", "another.html")):
        assert name in page.locator("section", has_text=f"Only in {side}").inner_text()
    shot(page, "compare", whole=True)


def test_search_and_switches_choose_documents(two_runs: Path, look) -> None:
    page = look(two_runs)
    shown = page.locator(".change:visible .id")
    assert shown.count() == 3
    page.keyboard.press("/")
    for words, found in (("bustan", 1), ("ADVERTISEMENT", 1), ("no such words", 0), ("", 3)):
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.type(words)
        assert shown.count() == found
        assert page.locator(".found").inner_text() == str(found)
    page.get_by_role("button", name="none").click()
    assert shown.count() == 0
    page.get_by_role("checkbox", name="renamed").check()
    assert shown.all_inner_texts() == ["ar-bustan.html"]
    page.get_by_role("button", name="all", exact=True).click()
    assert shown.count() == 3


def test_keys_lead_through_the_documents(two_runs: Path, look) -> None:
    page = look(two_runs)
    current = page.locator("summary:focus .id")
    for key, name in (("j", "advert-web.html"), ("j", "app-login.html"), ("j", "ar-bustan.html"), ("j", "ar-bustan.html"), ("k", "app-login.html")):
        page.keyboard.press(key)
        assert current.inner_text() == name
    opened = page.locator(".change").nth(1)
    assert opened.get_attribute("open") is None
    page.keyboard.press("Enter")
    assert opened.get_attribute("open") is not None


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1300, 400])
def test_text_stands_out_in_every_light_and_width(two_runs: Path, look, shot, least_contrast, dark: bool, width: int) -> None:
    page = look(two_runs, dark=dark, width=width)
    page.get_by_role("button", name="Open all").click()
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


def test_hostile_rows_are_nothing_but_text(tmp_path: Path, look, shot) -> None:
    template = rows(Cleaner())[0]
    old, new = ([hostile(attack, more, template) for attack in ATTACKS] for more in ("before", "after"))
    lone = [template | {"id": attack * 2, "status": attack} for attack in ATTACKS]
    page = look(written(tmp_path, old + lone, new))
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    assert page.locator(".change").count() == len(ATTACKS)
    assert page.locator("a, img, iframe, object, embed, video, svg, form, link, script:not(body > script)").count() == 0
    assert "\u202e" not in page.content()
    assert "49" not in page.locator(".id").last.inner_text()
    page.wait_for_timeout(300)
    shot(page, "compare-hostile", whole=True)
