"""The workbench in a browser: a rule from a leftover line to its file, pages that mean harm, and the keyboard alone."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("playwright.sync_api", reason="no Playwright; pip install playwright")
from playwright.sync_api import Page, expect

PATIENCE = 120
"""Seconds until the server has ended."""
FIXTURES = Path(__file__).parents[2] / "fixtures"
HOSTILE = FIXTURES / "hostile"
EVIL = "<img src=x onerror=window.ran=1>.txt"
STORY, LUMI = ((FIXTURES / "workbench" / name).read_text("utf-8") for name in ("story.txt", "lumi.toml"))
OTHER = """Weir below Tarn is mended
By Odo Brandt
9 June 2023
The weir below Tarn holds again after two summers of work, and the river stands a hand higher at the old bridge than it did in spring.
Press play and let Lumi read this story to you in two minutes.
Boats may pass it from Monday, the water office said, between eight in the morning and the hour at which the lamps are lit.
"""


class Bench(NamedTuple):
    root: Path
    address: str


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """`stripper serve`, as it is started; Ctrl-C ends it."""
    root = tmp_path_factory.mktemp("bench")
    for name, text in (("story.txt", STORY), ("river/weir.txt", OTHER), ("lumi.toml", LUMI), (f"river/{EVIL}", OTHER)):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, "utf-8")
    for path in HOSTILE.iterdir():
        shutil.copy(path, root / f"hostile-{path.name}")
    process = subprocess.Popen([sys.executable, "-m", "stripper", "serve", str(root), "--port", "0"], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    with process:
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
        yield Bench(root, address)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0


@pytest.fixture
def page(bench: Bench, look) -> Page:
    """The workbench with the mill's story in it; nothing else may be fetched, said or run."""
    opened = look(bench.address)
    choose(opened, "story.txt")
    return opened


def choose(page: Page, name: str) -> None:
    page.get_by_label("of the folder").select_option(name)
    expect(page.locator("#page h2")).to_have_text(name)


def test_a_leftover_line_becomes_a_rule_that_is_saved(page: Page, bench: Bench, shot) -> None:
    (bench.root / "widget.toml").unlink(missing_ok=True)
    expect(page.locator(".mark.is-draft")).to_have_count(0)
    page.locator(".source").get_by_text("Press play and let Lumi").click()
    page.get_by_label("kind").select_option("widget")
    page.get_by_role("button", name="make a rule for it").click()

    mark = page.locator(".mark.is-draft")
    expect(mark).to_contain_text("Press play and let Lumi read this story to you in four minutes")
    expect(mark).to_have_attribute("data-rule", "widget:widget/press-play-and")
    expect(page.locator("#report")).to_contain_text("4 defects")
    expect(page.locator("#trials")).to_contain_text("without the pack: body")
    expect(page.locator("#survey")).to_contain_text("Marks: 1, on 1 of")
    expect(page.locator("#rows tbody td")).to_have_text(["story.txt", "1", "119", "509 → 389", ""])
    shot(page, "workbench-new-rule")

    text = page.locator("#text")
    assert text.evaluate("area => area.value.slice(0, area.selectionStart).split('\\n').length") == 2  # where the first thing is missing
    page.keyboard.type("The invitation to have the story read aloud.")
    for number, said in ((3, "It advertises a function of the page."), (4, "The player's buttons.")):
        page.get_by_role("button", name=f"line {number}", exact=True).click()
        page.keyboard.type(said)
    text.fill(
        text.input_value()
        .replace(" to you in four minutes, wherever you are and whatever your hands are busy with\\\\.", ".{0,120}")
        .replace('# "A sentence of a story that looks much like it, and must be left alone."', '"Her mother let Lumi read in bed until nine."')
    )
    expect(page.locator("#report")).to_contain_text("1 rule, 2 examples, 0 defects")
    expect(page.locator("#survey")).to_contain_text("Marks: 3, on 3 of")
    expect(page.locator("#rows tbody tr")).to_have_count(3)
    for name in ("story.txt", "river/weir.txt", f"river/{EVIL}"):
        expect(page.locator("#rows tbody tr", has_text=name).locator("td").nth(1)).to_have_text("1")

    expect(page.locator("#state")).to_have_text("not saved")
    expect(page).to_have_title(re.compile("^• widget.toml"))
    page.get_by_role("button", name="save").click()
    expect(page.locator("#state")).to_have_text("saved")
    assert (bench.root / "widget.toml").read_text("utf-8") == text.input_value()
    page.get_by_role("button", name="river/weir.txt").click()
    expect(page.locator("#page h2")).to_have_text("river/weir.txt")
    expect(mark).to_contain_text("in two minutes")
    shot(page, "workbench-saved")


@pytest.mark.parametrize("window", [{}, {"dark": True}, {"width": 420}], ids=["light", "dark", "narrow"])
def test_how_it_looks(bench: Bench, look, shot, least_contrast, window: dict[str, object], request: pytest.FixtureRequest) -> None:
    page = look(bench.address, **window)
    choose(page, "story.txt")
    page.get_by_label("pack").select_option("lumi.toml")
    expect(page.locator(".mark.is-draft")).to_have_count(1)
    expect(page.locator("#rows tbody tr")).to_have_count(3)
    shot(page, f"workbench-{request.node.callspec.id}", whole=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    contrast, where = least_contrast(page)
    assert contrast >= 4.5, where


def test_edits_show_at_once_and_defects_leave_the_last_marks(page: Page, shot) -> None:
    page.get_by_label("pack").select_option("lumi.toml")
    mark, text, report = page.locator(".mark.is-draft"), page.locator("#text"), page.locator("#report")
    expect(mark).to_contain_text("Press play")
    expect(report).to_contain_text("0 defects")

    text.fill(LUMI.replace("(story|article)", "(article|chapter)"))
    expect(mark).to_have_count(0)
    expect(report).to_contain_text("1 defect")  # its example
    expect(page.locator("#trials")).to_contain_text("The pack marks nothing here")
    expect(page.locator("#survey")).to_contain_text("Marks: 0, on 0 of")

    text.fill(LUMI)
    expect(mark).to_have_count(1)
    text.fill(LUMI.replace("(story|article)", "(story|article"))
    expect(report).to_contain_text("its parentheses don't pair up")
    expect(page.locator("#stale")).to_have_text("These are the marks of the rules as they were before they got defects.")
    expect(mark).to_have_count(1)
    shot(page, "workbench-defect")
    page.get_by_role("button", name="line 10").click()
    assert text.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)").startswith("block = ")

    text.fill("")
    expect(mark).to_have_count(0)
    expect(page.locator("#trials")).to_be_empty()
    expect(page.locator("#stale")).to_be_hidden()


def test_switches_and_scrolling_outlast_an_edit(page: Page) -> None:
    page.get_by_label("pack").select_option("lumi.toml")
    expect(page.locator(".mark.is-draft")).to_have_count(1)
    page.locator(".switches input[data-kind=byline]").uncheck()
    page.locator("#page summary").click()
    page.locator("#text").fill(LUMI.replace("read-aloud", "read-loudly"))
    expect(page.locator(".mark.is-draft")).to_have_attribute("data-rule", "lumi:lumi/read-loudly")
    expect(page.locator(".mark[data-kind=byline]")).to_be_hidden()
    expect(page.locator("#page details")).to_have_attribute("open", "")
    page.get_by_role("button", name="line 6").click()
    expect(page.locator(".detail")).to_contain_text("lumi:lumi/read-loudly · score 0.90")


def test_the_article_may_be_shown_instead_of_the_source(page: Page) -> None:
    source, story = page.locator("#page .source"), page.locator("#page .story")
    expect(source).to_be_visible()
    expect(story).to_be_hidden()
    page.get_by_role("radio", name="article").check()
    expect(source).to_be_hidden()
    expect(story).to_be_visible()
    page.get_by_role("radio", name="both").check()
    expect(source).to_be_visible()


def test_of_what_is_asked_meanwhile_only_the_last_is_sent_and_shown(bench: Bench, watched, until) -> None:
    page, seen = watched(bench.address)
    choose(page, "story.txt")
    held = []

    def hold(route) -> None:
        if "first" in route.request.post_data and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/api/look", hold)
    page.locator("#text").fill(LUMI.replace("read-aloud", "first"))
    until(page, lambda: held)
    asked = []
    page.on("request", lambda request: asked.append(request.post_data) if request.url.endswith("/api/look") else None)
    for name, missing, defects in (("second", ("marks",), "1 defect"), ("third", ("marks", "why"), "2 defects"), ("fourth", (), "0 defects")):
        text = LUMI.replace("read-aloud", name)
        for key in missing:
            text = text.replace(f"{key} =", f"# {key} =", 1)
        page.locator("#text").fill(text)
        expect(page.locator("#report")).to_contain_text(defects)
    assert asked == []  # the first is under way
    page.evaluate("""() => {
      window.shown = [];
      const note = () => shown.push(...[...document.querySelectorAll(".mark.is-draft")].map((mark) => mark.dataset.rule));
      new MutationObserver(note).observe(document.getElementById("page"), { childList: true, subtree: true, attributes: true });
    }""")
    held[0].continue_()
    expect(page.locator(".mark.is-draft")).to_have_attribute("data-rule", re.compile("fourth"))
    assert len(asked) == 1  # the server isn't asked for what nobody waits for any more
    assert not [rule for rule in page.evaluate("shown") if "fourth" not in rule]
    assert seen.failed == []


def test_what_is_pasted_or_opened_is_explained(page: Page, tmp_path: Path) -> None:
    page.get_by_role("button", name="paste one").click()
    page.keyboard.type("A page that was pasted\nIt has two lines.")
    expect(page.locator("#page .source")).to_contain_text("It has two lines.")
    expect(page.get_by_label("of the folder")).to_have_value("")
    page.get_by_label("read as").select_option("html")
    expect(page.locator("#page .source .line")).to_have_count(1)
    page.get_by_label("read as").select_option("")
    (tmp_path / "latin.html").write_bytes("<p>Grüße aus Tarn</p>".encode("latin-1"))
    page.get_by_label("open a file").set_input_files(tmp_path / "latin.html")
    expect(page.locator("#page .source")).to_contain_text("Grüße aus Tarn")
    expect(page.locator("#page h2")).to_have_text("latin.html")


def test_the_address_wakes_rules_of_one_site(page: Page) -> None:
    page.locator("#text").fill('hosts = ["gazette.example"]\n' + LUMI)
    expect(page.locator("#trials")).to_contain_text("The pack marks nothing here")
    page.get_by_label("address").fill("https://gazette.example/mill")
    page.get_by_label("address").blur()
    expect(page.locator(".mark.is-draft")).to_have_count(1)
    expect(page.locator("#survey")).to_contain_text("Marks: 3")


def test_nothing_on_a_hostile_page_runs(page: Page, bench: Bench, shot) -> None:
    page.get_by_label("pack").select_option("lumi.toml")
    for name in ("hostile-page.html", "hostile-page.txt", f"river/{EVIL}"):
        choose(page, name)
        shot(page, f"workbench-{name.split('/')[0]}")
        for mark in page.locator("#page .mark").all()[:6]:
            mark.hover()
    page.get_by_role("button", name="paste one").click()
    page.get_by_label("Text or HTML of a page").fill((HOSTILE / "page.html").read_text("utf-8"))
    expect(page.locator("#page h2")).to_have_text("what was pasted")
    page.get_by_label("open a file").set_input_files(HOSTILE / "page.html")
    expect(page.locator("#page h2")).to_have_text("page.html")
    expect(page.locator("#page .source")).to_contain_text("<script>window.ran = 1")
    assert page.locator("#page").locator("a, img, script, iframe, style, object, embed, form, video, svg, [style], [onclick], [onerror]").count() == 0
    text = page.locator("#page .source").inner_text()
    assert "\u202e" not in text
    page.wait_for_timeout(200)


def test_five_megabytes_of_hostile_text_are_shown_as_text(page: Page) -> None:
    said = "came back in the evening <img src=x onerror=window.ran=1> with all of its nets torn \u202e<script>window.ran=1</script> and two asleep. "
    text = "".join(f"Boat {n} {said * 20}\n\n" for n in range(2_000))
    assert len(text) > 5_000_000
    page.get_by_label("read as").select_option("text")
    page.get_by_label("open a file").set_input_files({"name": "long.txt", "mimeType": "text/plain", "buffer": text.encode()})
    expect(page.locator("#page h2")).to_have_text("long.txt")
    expect(page.locator("#page .source .line")).to_have_count(2_000)
    assert page.locator("#page .source").evaluate("source => source.textContent.length") > 4_900_000
    assert page.locator("#page").locator("img, script").count() == 0


def test_nothing_in_a_hostile_pack_runs(page: Page) -> None:
    evil = '</textarea></script><img src=x onerror="window.ran=1"><script>window.ran=1</script>'
    quoted = evil.replace('"', '\\"')
    for change in (
        ("widget", quoted),
        ("read-aloud", quoted),
        ('languages = ["en"]', f'languages = ["{quoted}"]'),
        ("lumi read", quoted),
        ("", evil),
    ):
        page.locator("#text").fill(LUMI.replace(*change, 1))
        expect(page.locator("#report")).to_contain_text("window.ran" if change[0] else "not TOML")
        expect(page.locator("#report").locator("img, script, textarea")).to_have_count(0)
    page.locator("#text").fill(LUMI.replace("It advertises", "<img src=x onerror=window.ran=1>"))
    page.locator(".mark.is-draft").hover()
    expect(page.locator(".detail")).to_contain_text("<img src=x onerror=window.ran=1>")


def test_work_of_somebody_else_is_not_overwritten(bench: Bench, watched) -> None:
    page, seen = watched(bench.address)
    file = bench.root / "shared.toml"
    file.write_text(LUMI, "utf-8")
    page.reload()
    page.get_by_label("pack").select_option("shared.toml")
    expect(page.locator("#report")).to_contain_text("0 defects")
    page.locator("#text").fill(LUMI + "# mine\n")
    file.write_text(LUMI + "# theirs\n", "utf-8")
    page.get_by_role("button", name="save", exact=True).click()
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("shared.toml was changed by somebody else")
    assert file.read_text("utf-8") == LUMI + "# theirs\n"
    expect(page.locator("#state")).to_have_text("not saved")
    problem.get_by_role("button", name="save mine over it").click()
    expect(page.locator("#state")).to_have_text("saved")
    assert file.read_text("utf-8") == LUMI + "# mine\n"

    file.write_text(LUMI + "# theirs again\n", "utf-8")
    page.locator("#text").fill(LUMI + "# mine again\n")
    page.keyboard.press("Control+s")
    problem.get_by_role("button", name="open it as it is now").click()
    expect(page.locator("#text")).to_have_value(LUMI + "# theirs again\n")
    expect(problem).to_be_hidden()
    assert seen.failed == []
    file.unlink()


def test_a_new_pack_does_not_replace_one_that_is_there(bench: Bench, watched) -> None:
    page, _ = watched(bench.address)
    expect(page.locator("#page h2")).to_be_visible()
    page.get_by_label("file", exact=True).fill("lumi.toml")
    page.locator("#text").fill("# nothing yet\n")
    page.get_by_role("button", name="save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("lumi.toml exists already")
    assert (bench.root / "lumi.toml").read_text("utf-8") == LUMI


def test_saving_twice_is_no_conflict(bench: Bench, watched, until) -> None:
    page, seen = watched(bench.address)
    file = bench.root / "twice.toml"
    file.write_text(LUMI, "utf-8")
    page.reload()
    page.get_by_label("pack").select_option("twice.toml")
    expect(page.locator("#report")).to_contain_text("0 defects")
    held = []
    page.route("**/api/pack", lambda route: held.append(route) if route.request.method == "PUT" and not held else route.continue_())
    page.locator("#text").fill(LUMI + "# once\n")
    page.keyboard.press("Control+s")
    until(page, lambda: held)
    page.locator("#text").fill(LUMI + "# twice\n")
    page.keyboard.press("Control+s")
    held[0].continue_()
    expect(page.locator("#state")).to_have_text("saved")
    expect(page.get_by_role("alert")).to_be_hidden()
    assert file.read_text("utf-8") == LUMI + "# twice\n"
    assert seen.failed == []
    file.unlink()


def test_a_pack_that_is_opened_while_another_is_saved_stays_itself(bench: Bench, watched, until) -> None:
    page, seen = watched(bench.address)
    first, second = bench.root / "first.toml", bench.root / "second.toml"
    first.write_text(LUMI, "utf-8")
    second.write_text(LUMI.replace("read-aloud", "second"), "utf-8")
    page.reload()
    page.get_by_label("pack").select_option("first.toml")
    expect(page.locator("#report")).to_contain_text("0 defects")
    held = []
    page.route("**/api/pack", lambda route: held.append(route) if route.request.method == "PUT" else route.continue_())
    page.evaluate("window.confirm = () => true")
    page.locator("#text").fill(LUMI + "# saved\n")
    page.keyboard.press("Control+s")
    until(page, lambda: held)
    page.get_by_label("pack").select_option("second.toml")
    expect(page.locator("#text")).to_have_value(re.compile("second"))
    with page.expect_response("**/api/pack"):
        held[0].continue_()
    expect(page.locator("#state")).to_have_text("saved")
    expect(page.get_by_label("pack")).to_have_value("second.toml")
    expect(page.get_by_label("file", exact=True)).to_have_value("second.toml")
    assert first.read_text("utf-8") == LUMI + "# saved\n"
    assert seen.failed == []
    first.unlink()
    second.unlink()


COME_BACK = "() => window.dispatchEvent(new Event('focus'))"


def test_what_came_and_went_meanwhile_is_seen_by_whoever_comes_back(bench: Bench, watched) -> None:
    page, seen = watched(bench.address)
    choose(page, "story.txt")
    pack, story = bench.root / "elsewhere.toml", bench.root / "a  new & old.txt"
    pack.write_text(LUMI, "utf-8")
    story.write_text(OTHER, "utf-8")
    page.evaluate(COME_BACK)
    choose(page, story.name)  # with both of its blanks
    expect(page.locator("#page .source")).to_contain_text("Weir below Tarn")
    page.get_by_label("pack").select_option(pack.name)
    expect(page.locator("#survey")).to_contain_text("Marks: 4, on 4 of")
    expect(page.locator("#rows tbody tr")).to_have_count(4)

    story.unlink()
    pack.write_text(LUMI.replace("read-aloud", "read-elsewhere"), "utf-8")
    page.evaluate(COME_BACK)
    expect(page.locator("#survey")).to_contain_text("Marks: 3, on 3 of")
    expect(page.locator("#text")).to_have_value(LUMI.replace("read-aloud", "read-elsewhere"))
    expect(page.locator("#state")).to_have_text("saved")
    expect(page.locator("#pages option", has_text="new & old")).to_have_count(0)

    page.locator("#text").fill(LUMI + "# mine\n")
    pack.write_text(LUMI + "# theirs\n", "utf-8")
    with page.expect_response("**/api/folder"):
        page.evaluate(COME_BACK)
    choose(page, "story.txt")
    expect(page.locator("#text")).to_have_value(LUMI + "# mine\n")
    assert seen.failed == []
    pack.unlink()


def test_unsaved_work_is_not_left_without_asking(bench: Bench, watched, until) -> None:
    page, seen = watched(bench.address)
    page.get_by_label("pack").select_option("lumi.toml")
    expect(page.locator("#state")).to_have_text("saved")
    page.locator("#text").fill(LUMI + "# mine\n")
    page.get_by_label("pack").select_option("")  # the dialog is dismissed, so it stays
    expect(page.get_by_label("pack")).to_have_value("lumi.toml")
    expect(page.locator("#text")).to_have_value(LUMI + "# mine\n")
    until(page, lambda: any("lumi.toml isn't saved" in said for said in seen.failed))


def test_the_token_is_kept_out_of_addresses(bench: Bench, watched) -> None:
    page, seen = watched(bench.address)
    expect(page.locator("#page h2")).to_be_visible()
    token = bench.address.partition("=")[2]
    assert page.url == bench.address.partition("#")[0]
    assert not [request for request in seen.requests if token in request.partition("#")[0]]
    assert token not in page.content()
    page.reload()  # it is remembered as long as the window is open
    expect(page.locator("#page h2")).to_be_visible()


def test_without_the_token_there_is_nothing_but_a_hint(bench: Bench, watched, shot) -> None:
    page, _ = watched(bench.address.partition("#")[0])
    expect(page.get_by_role("alert")).to_contain_text("Open the address that `stripper serve` printed")
    assert "story.txt" not in page.content()
    page.goto(bench.address.partition("#")[0] + "#token=guessed")
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("the token is missing or wrong")
    assert "story.txt" not in page.content()


ASK = """async ([address, token]) => {
  const said = (answer) => `${answer.type} ${answer.status}`;
  const send = (mode, headers) => fetch(`${address}api/folder`, { method: "POST", mode, headers, body: "{}" }).then(said, () => "failed");
  const json = "application/json";
  return [
    await send("cors", { "x-stripper-token": token, "content-type": json }),
    await send("cors", { "content-type": "text/plain" }),
    await send("no-cors", { "content-type": "text/plain" }),
    await fetch("elsewhere.html").then(said),
  ];
}"""


@pytest.fixture
def elsewhere(bench: Bench, tmp_path: Path) -> Iterator[str]:
    """A page of another server on this machine that has the workbench in a frame."""
    (tmp_path / "elsewhere.html").write_text(f"<link rel=icon href=data:,><iframe src='{bench.address.partition('#')[0]}'></iframe>", "utf-8")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/elsewhere.html"
        server.shutdown()
        thread.join()


def test_another_site_can_neither_ask_nor_frame_it(bench: Bench, elsewhere: str, watched) -> None:
    page, seen = watched(elsewhere)
    address, _, token = bench.address.partition("#token=")
    assert page.evaluate(ASK, [address, token]) == ["failed", "failed", "failed", "basic 200"]
    assert page.frames[1].url.startswith("chrome-error:")
    assert any("frame-ancestors" in said or "X-Frame-Options" in said for said in seen.said)


def test_the_keyboard_alone_does_it_all(page: Page, bench: Bench) -> None:
    def reach(wanted: str, key: str = "Tab") -> None:
        for _ in range(80):
            if page.evaluate("document.activeElement?.id || document.activeElement?.textContent.trim()") == wanted:
                return
            page.keyboard.press(key)
        pytest.fail(f"no way to {wanted} by {key}")

    def pick(wanted: str) -> None:
        """By arrows: letters of one word that come slowly, one by one, begin a new search each."""
        page.keyboard.press("Home")
        for _ in range(80):
            if page.evaluate("document.activeElement.value") == wanted:
                return
            page.keyboard.press("ArrowDown")
        pytest.fail(f"no way to {wanted}")

    (bench.root / "share.toml").unlink(missing_ok=True)
    reach("pages")
    pick("story.txt")
    expect(page.locator("#page h2")).to_have_text("story.txt")
    reach("kind")
    pick("share")
    reach("line")
    page.keyboard.type("Press play and let Lumi read this story to you in four minutes, wherever you are and whatever your hands are busy with.")
    page.keyboard.press("Enter")
    expect(page.locator(".mark.is-draft")).to_have_count(1)
    expect(page.get_by_role("button", name="line 4", exact=True)).to_be_visible()
    reach("text")
    page.keyboard.press("Tab")  # the editor lets go of it
    expect(page.locator("#brackets")).to_be_focused()
    reach("text", "Shift+Tab")
    page.keyboard.press("Control+Home")
    page.keyboard.type("# by hand\n")
    expect(page.get_by_role("button", name="line 5", exact=True)).to_be_visible()  # all are a line lower now
    reach("line 3")
    page.keyboard.press("Enter")
    page.keyboard.type("A sentence.")
    expect(page.locator("#report")).to_contain_text("3 defects")
    page.keyboard.press("Control+s")
    expect(page.locator("#state")).to_have_text("saved")
    assert '# by hand\nkind = "share"\nmarks = "A sentence."' in (bench.root / "share.toml").read_text("utf-8")
    reach("story.txt")
    page.keyboard.press("Enter")
    expect(page.locator("#page h2")).to_have_text("story.txt")


def test_the_keyboard_stays_where_it_was_when_the_report_changes(page: Page) -> None:
    page.locator("#text").fill(LUMI.replace("marks =", "marked =").replace("why =", "because ="))
    buttons = page.locator("#report button")
    expect(buttons).to_have_count(4)
    buttons.nth(2).focus()
    text = page.locator("#text")
    for change, left in ((("because =", "why ="), 2), (("marked =", "marks ="), 0)):
        text.evaluate("(area, change) => { area.value = area.value.replace(...change); area.dispatchEvent(new Event('input')); }", list(change))
        expect(buttons).to_have_count(left)
        expect(buttons.last if left else page.locator("#report")).to_be_focused()


def test_brackets_and_quotes_need_no_typing(page: Page) -> None:
    page.locator("#text").fill("examples = []")
    page.locator("#text").evaluate("area => area.setSelectionRange(12, 12)")
    page.locator(".source").get_by_text("Press play and let Lumi").click()
    page.get_by_role("button", name="insert the line as an example").click()
    expect(page.locator("#text")).to_have_value(re.compile(r'^examples = \["Press play and let Lumi read'))
    page.locator("#text").evaluate("area => area.setSelectionRange(13, 18)")
    page.get_by_role("button", name="around what is selected").click()
    expect(page.locator("#text")).to_have_value(re.compile(r'^examples = \["⟦Press⟧ play'))
