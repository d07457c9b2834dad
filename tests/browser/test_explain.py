"""The page of `stripper explain --html` in a browser: its switches, what it says of spans, the keyboard, and hostile pages."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="no Playwright; pip install playwright")
from playwright.sync_api import expect

from stripper.cleaner import Cleaner
from stripper.report.html.explain import explain_page
from stripper.report.html.explained import Explained, explained
from stripper.report.html.page import save

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGES = FIXTURES / "pages"
HOSTILE = FIXTURES / "hostile"


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner()


def written(folder: Path, *pages: Explained) -> Path:
    out = folder / "explained.html"
    save(out, explain_page(pages))
    return out


def fixture(cleaner: Cleaner, name: str) -> Explained:
    source = next(PAGES.glob(f"{name}/page.*"))
    return explained(cleaner.explain(source.read_bytes()), str(source.relative_to(FIXTURES)))


@pytest.fixture
def one(tmp_path: Path, cleaner: Cleaner) -> Path:
    return written(tmp_path, fixture(cleaner, "advert-web"))


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory, cleaner: Cleaner) -> Path:
    return written(tmp_path_factory.mktemp("several"), *(fixture(cleaner, name) for name in ("advert-web", "app-login", "ar-bustan", "council-web")))


def test_the_watch_sees_what_a_page_does(tmp_path: Path, watched, until) -> None:
    page = tmp_path / "page.html"
    page.write_text("<script>window.ran = 1; console.log('said'); alert('asked')</script><img src='other.png'><script>missing()</script>")
    opened, seen = watched(page.as_uri())
    until(opened, lambda: len(seen.requests) == 2 and "said" in seen.said and len(seen.failed) == 2)
    assert [request.rsplit("/", 1)[1] for request in seen.requests] == ["page.html", "other.png"]
    assert [found.partition(":")[0] for found in seen.failed] == ["a dialog", "an error"]
    assert opened.evaluate("window.ran") == 1


def test_a_switch_hides_the_spans_of_its_kind(one: Path, look) -> None:
    page = look(one)
    adverts, marks, lines = page.locator(".mark[data-kind=advert]:visible"), page.locator(".mark:visible"), page.locator(".line:visible")
    expect(adverts).to_have_count(5)
    page.get_by_role("checkbox", name="advert").uncheck()
    expect(adverts).to_have_count(0)
    expect(page.get_by_text("ADVERTISEMENT", exact=True)).to_be_hidden()
    expect(page.locator(".mark[data-kind=cookie]:visible")).to_have_count(1)
    page.get_by_role("button", name="none").click()
    expect(marks).to_have_count(0)
    expect(page.locator(".source").get_by_text("Tarrow will pay 31 million")).to_be_visible()
    expect(lines).to_have_count(page.locator(".line:not(:has(.mark))").count())
    page.get_by_role("button", name="all").click()
    expect(marks).to_have_count(page.locator(".mark").count())
    expect(page.get_by_role("checkbox", name="advert")).to_be_checked()


def test_a_span_says_what_it_is_on_hover_and_on_a_click(one: Path, look, shot) -> None:
    page = look(one)
    said = page.locator(".detail")
    expect(said).to_be_hidden()
    page.locator(".mark[data-kind=cookie]").hover()
    expect(said.locator("p")).to_have_text(["cookie · removed · cookie-box/box · score 0.98", "It asks for consent; it tells nothing of the story."])
    expect(page.get_by_role("status").filter(has=said)).to_have_count(1)  # stands there before, so that screen readers tell what comes into it
    shot(page, "explain-hover")
    page.mouse.move(5, 5)
    expect(said).to_be_hidden()
    page.locator(".mark[data-kind=advert]").first.click()
    page.mouse.move(5, 5)
    expect(said).to_contain_text("advert · removed")
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()


def test_a_span_says_what_it_is_under_a_finger(one: Path, look) -> None:
    page = look(one, width=400, touch=True)
    page.locator(".mark[data-kind=cookie]").tap()
    expect(page.locator(".detail")).to_contain_text("cookie-box/box")
    page.locator(".mark[data-kind=navigation]").tap()
    expect(page.locator(".detail")).to_contain_text("navigation · removed")
    page.locator("h2").tap()
    expect(page.locator(".detail")).to_be_hidden()


def test_every_span_can_be_reached_by_keys(one: Path, look) -> None:
    page = look(one)
    kinds = page.locator(".mark").evaluate_all("marks => marks.map((mark) => mark.dataset.kind)")
    marks = page.locator(".mark")
    for number, kind in enumerate(kinds):
        page.keyboard.press("n")
        expect(marks.nth(number)).to_be_focused()
        expect(page.locator(".detail")).to_contain_text(f"{kind} · ")
    page.keyboard.press("p")
    expect(marks.nth(len(kinds) - 2)).to_contain_class("is-current")
    page.get_by_role("checkbox", name="advert").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="advert")).not_to_be_checked()


def test_arabic_stands_from_right_to_left_and_dates_are_read_forwards(tmp_path: Path, cleaner: Cleaner, look, shot) -> None:
    page = look(written(tmp_path, fixture(cleaner, "ar-bustan")))
    lines = page.locator(".source .line").evaluate_all("lines => lines.map((line) => getComputedStyle(line).direction)")
    assert set(lines) == {"rtl"}  # though each label is in English
    signed = page.locator(".story p.faint")
    expect(signed).to_have_css("direction", "rtl")
    expect(signed.locator("bdi")).to_have_text("2024-10-14")
    expect(signed.locator("bdi")).to_have_css("direction", "ltr")
    shot(page, "explain-arabic")


def test_a_search_finds_pages_by_name_rule_and_text(several: Path, look, shot) -> None:
    page = look(several)
    links = page.locator("nav li:visible a")
    shown = page.locator(".explained:visible h2")
    expect(links).to_have_count(4)
    expect(shown).to_have_count(1)
    page.keyboard.press("/")
    for words, found in (("bustan", 1), ("cookie-box/box", 1), ("WATERWORKS nine", 1), ("no such words", 0), ("", 4)):
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.type(words)
        expect(links).to_have_count(found)
        expect(page.locator(".found")).to_have_text(str(found))
    page.keyboard.press("Escape")
    for key, name in (("j", "app-login/page.txt"), ("k", "advert-web/page.html"), ("k", "advert-web/page.html")):
        page.keyboard.press(key)
        expect(shown).to_have_text(f"pages/{name}")
    page.get_by_role("link", name="council-web").click()
    expect(page.locator("nav a[aria-current]")).to_contain_text("pages/council-web")
    expect(shown).to_contain_text("pages/council-web")
    shot(page, "explain-several")


def test_no_key_is_lost_however_fast_they_come(several: Path, look) -> None:
    page = look(several)
    page.evaluate("for (const key of 'jjjk') document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))")
    expect(page.locator(".explained:visible h2")).to_contain_text("pages/ar-bustan")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1300, 400])
def test_text_stands_out_in_every_light_and_width(one: Path, look, shot, least_contrast, dark: bool, width: int) -> None:
    page = look(one, dark=dark, width=width)
    page.keyboard.press("n")
    contrast, where = least_contrast(page)
    assert contrast >= 4.5, where
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shot(page, f"explain-{'dark' if dark else 'light'}-{width}")


@pytest.mark.parametrize("name", ["page.html", "page.txt"])
@pytest.mark.parametrize("as_", ["html", "text"])
def test_hostile_pages_are_nothing_but_text(tmp_path: Path, cleaner: Cleaner, look, shot, name: str, as_: str) -> None:
    article = cleaner.explain((HOSTILE / name).read_bytes(), as_=as_)
    page = look(written(tmp_path, explained(article, 'a <script>window.ran = 1</script> "name" \u202eeman')))
    expect(page.locator("h2")).to_contain_text("<script>window.ran")
    if as_ == "text":
        expect(page.locator(".source")).to_contain_text("window.ran = 1; fetch(")
    for mark in page.locator(".mark").all():
        mark.hover()
    page.keyboard.press("n")
    assert page.locator("a, img, iframe, object, embed, video, svg, form, link").count() == 0
    assert "\u202e" not in page.content()
    page.wait_for_timeout(300)
    shot(page, f"hostile-{as_}", whole=True)


def test_the_policy_holds_where_a_template_would_not(one: Path, watched, until) -> None:
    said = '<img src="http://canary.invalid/x.png" onerror="window.ran = 1"><script>window.ran = 1</script><style>h2 { color: red }</style>'
    form = '<form action="http://canary.invalid/" id="f"></form><base href="http://canary.invalid/"><a href="javascript:window.ran = 1" id="a">x</a>'
    one.write_text(one.read_text("utf-8").replace("<main>", "<main>" + said + form), "utf-8")
    page, seen = watched(one.as_uri())
    page.evaluate("document.getElementById('f').submit()")
    page.evaluate("document.getElementById('a').click()")
    until(page, lambda: sum("Content Security Policy" in complaint for complaint in seen.said) >= 4)
    page.wait_for_timeout(300)  # for what must not come
    assert seen.requests[1:] == list(seen.refused)
    assert set(seen.refused.values()) == {"csp"}
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.querySelector('h2')).color") != "rgb(255, 0, 0)"


def test_five_megabytes_of_text_are_one_page_more(tmp_path: Path, cleaner: Cleaner, look) -> None:
    lines = "".join(f"Boat {n} came back in the evening with all of its nets torn and two of its crew asleep.\n\n" for n in range(60_000))
    assert len(lines) > 5_000_000
    page = look(written(tmp_path, explained(cleaner.explain(lines, as_="text"), "boats.txt")))
    page.keyboard.press("n")
    expect(page.locator(".detail")).to_contain_text(" · removed · ")
    page.get_by_role("button", name="none").click()
    assert page.evaluate("document.querySelector('.source').textContent.length") > 4_900_000
