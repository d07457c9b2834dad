"""The page of `stripper explain --html` in a browser: its switches, what it says of spans, the keyboard, and hostile pages."""

from __future__ import annotations

from pathlib import Path

import pytest

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


@pytest.fixture
def several(tmp_path: Path, cleaner: Cleaner) -> Path:
    return written(tmp_path, *(fixture(cleaner, name) for name in ("advert-web", "app-login", "ar-bustan", "council-web")))


def test_the_watch_sees_what_a_page_does(tmp_path: Path, watched) -> None:
    page = tmp_path / "page.html"
    page.write_text("<script>window.ran = 1; console.log('said'); alert('asked')</script><img src='other.png'><script>missing()</script>")
    opened, seen = watched(page.as_uri())
    assert [request.rsplit("/", 1)[1] for request in seen.requests] == ["page.html", "other.png"]
    assert "said" in seen.said
    assert [found.partition(":")[0] for found in seen.failed] == ["a dialog", "an error"]
    assert opened.evaluate("window.ran") == 1


def test_a_switch_hides_the_spans_of_its_kind(one: Path, look) -> None:
    page = look(one)
    assert page.locator(".mark[data-kind=advert]:visible").count() == 5
    page.get_by_role("checkbox", name="advert").uncheck()
    assert page.locator(".mark[data-kind=advert]:visible").count() == 0
    assert page.get_by_text("ADVERTISEMENT", exact=True).is_hidden()
    assert page.locator(".mark[data-kind=cookie]:visible").count() == 1
    page.get_by_role("button", name="none").click()
    assert page.locator(".mark:visible").count() == 0
    assert page.locator(".source").get_by_text("Tarrow will pay 31 million").is_visible()
    assert page.locator(".line:visible").count() == page.locator(".line:not(:has(.mark))").count()
    page.get_by_role("button", name="all").click()
    assert page.locator(".mark:visible").count() == page.locator(".mark").count()
    assert page.get_by_role("checkbox", name="advert").is_checked()


def test_a_span_says_what_it_is_on_hover_and_on_a_click(one: Path, look, shot) -> None:
    page = look(one)
    said = page.locator(".detail")
    assert said.is_hidden()
    page.locator(".mark[data-kind=cookie]").hover()
    assert said.locator("p").all_text_contents() == [
        "cookie · removed · cookie-box/box · score 0.98",
        "It asks for consent; it tells nothing of the story.",
    ]
    shot(page, "explain-hover")
    page.mouse.move(5, 5)
    assert said.is_hidden()
    page.locator(".mark[data-kind=advert]").first.click()
    page.mouse.move(5, 5)
    assert "advert · removed" in said.inner_text()
    page.keyboard.press("Escape")
    assert said.is_hidden()


def test_a_span_says_what_it_is_under_a_finger(one: Path, look) -> None:
    page = look(one, width=400, touch=True)
    page.locator(".mark[data-kind=cookie]").tap()
    assert "cookie-box/box" in page.locator(".detail").inner_text()
    page.locator(".mark[data-kind=navigation]").tap()
    assert "navigation · removed" in page.locator(".detail").inner_text()
    page.locator("h2").tap()
    assert page.locator(".detail").is_hidden()


def test_every_span_can_be_reached_by_keys(one: Path, look) -> None:
    page = look(one)
    kinds = page.locator(".mark").evaluate_all("marks => marks.map((mark) => mark.dataset.kind)")
    met = []
    for _ in kinds:
        page.keyboard.press("n")
        met.append(page.locator(".mark:focus").get_attribute("data-kind"))
    assert met == kinds
    page.keyboard.press("p")
    assert page.locator(".mark.is-current").get_attribute("data-kind") == kinds[-2]
    page.get_by_role("checkbox", name="advert").focus()
    page.keyboard.press("Space")
    assert not page.get_by_role("checkbox", name="advert").is_checked()


def test_a_search_finds_pages_by_name_rule_and_text(several: Path, look, shot) -> None:
    page = look(several)
    links = page.locator("nav li:visible a")
    assert links.count() == 4
    assert page.locator(".explained:visible").count() == 1
    page.keyboard.press("/")
    for words, found in (("bustan", 1), ("cookie-box/box", 1), ("WATERWORKS nine", 1), ("no such words", 0), ("", 4)):
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.type(words)
        assert links.count() == found
        assert page.locator(".found").inner_text() == str(found)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator(".explained:visible h2").inner_text() == "pages/app-login/page.txt"
    page.keyboard.press("k")
    assert page.locator(".explained:visible h2").inner_text() == "pages/advert-web/page.html"
    page.get_by_role("link", name="council-web").click()
    assert page.locator("nav a[aria-current]").inner_text().startswith("pages/council-web")
    assert page.locator(".explained:visible h2").inner_text().startswith("pages/council-web")
    shot(page, "explain-several")


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
    assert "<script>window.ran" in page.locator("h2").inner_text()
    if as_ == "text":
        assert "window.ran = 1; fetch(" in page.locator(".source").inner_text()
    for mark in page.locator(".mark").all():
        mark.hover()
    page.keyboard.press("n")
    assert page.locator("a, img, iframe, object, embed, video, svg, form, link").count() == 0
    assert "\u202e" not in page.content()
    page.wait_for_timeout(300)
    shot(page, f"hostile-{as_}", whole=True)


def test_the_policy_holds_where_a_template_would_not(one: Path, watched) -> None:
    said = '<img src="http://canary.invalid/x.png" onerror="window.ran = 1"><script>window.ran = 1</script><style>h2 { color: red }</style>'
    form = '<form action="http://canary.invalid/" id="f"></form><base href="http://canary.invalid/"><a href="javascript:window.ran = 1" id="a">x</a>'
    one.write_text(one.read_text("utf-8").replace("<main>", "<main>" + said + form), "utf-8")
    page, seen = watched(one.as_uri())
    page.evaluate("document.getElementById('f').submit()")
    page.evaluate("document.getElementById('a').click()")
    page.wait_for_timeout(300)
    assert seen.requests[1:] == list(seen.refused)
    assert set(seen.refused.values()) == {"csp"}
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.querySelector('h2')).color") != "rgb(255, 0, 0)"
    assert sum("Content Security Policy" in complaint for complaint in seen.said) >= 4


def test_five_megabytes_of_text_are_one_page_more(tmp_path: Path, cleaner: Cleaner, look) -> None:
    lines = "".join(f"Boat {n} came back in the evening with all of its nets torn and two of its crew asleep.\n\n" for n in range(60_000))
    assert len(lines) > 5_000_000
    page = look(written(tmp_path, explained(cleaner.explain(lines, as_="text"), "boats.txt")))
    page.keyboard.press("n")
    assert " · removed · " in page.locator(".detail").inner_text()
    page.get_by_role("button", name="none").click()
    assert page.evaluate("document.querySelector('.source').textContent.length") > 4_900_000
