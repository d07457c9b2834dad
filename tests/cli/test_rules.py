"""`stripper rules`: what each command prints, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stripper.cli import main
from stripper.rules.listing import entries
from stripper.rules.load import load_packs
from stripper.types import Kind

STORY = """\
Old mill in Tarn becomes a library
By Edda Lorne
3 May 2023
The mill at Tarn, empty since the flood, will open as a library in September, the mayor said at a meeting on Tuesday night.
Its wheel still turns. Pupils of the village school cleaned it over the winter and have asked to keep the key to the wheel house.
Press play and let Lumi read this story to you in four minutes, wherever you are and whatever your hands are busy with.
The county pays for the roof and the village for the books, of which the first four thousand came from the estate of a retired teacher.
"""
LEFTOVER = "Press play and let Lumi read this story to you in four minutes, wherever you are and whatever your hands are busy with."
PACK = """\
kind = "widget"
marks = "The invitation to listen."
why = "It advertises a function of the page."
misses = "The player."

[[rule]]
id = "read-aloud"
languages = ["en"]
keywords = ["lumi read"]
block = 'press play and let lumi read this story.*'
examples = ["⟦Press play and let Lumi read this story⟧", "Her mother let Lumi read in bed until nine."]

[[rule]]
id = "never-seen"
tokens = ["lumi-player"]
examples = ['<p class="lumi-player">⟦Play⟧</p>', "<p>Play</p>"]
"""
CORE = load_packs(["core"])


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, which holds a story and a pack."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    (tmp_path / "lumi.toml").write_text(PACK, "utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["rules", *arguments], env={"COLUMNS": "100"})


def test_list_names_every_rule_of_the_core_pack() -> None:
    done = run("list")
    assert [line.split()[0] for line in done.stdout.splitlines()] == [entry.id for entry in entries(CORE)]
    assert CORE[0].label in done.stderr


def test_list_by_kind_and_language() -> None:
    lines = run("list", "--kind", "cookie", "--language", "tr").stdout.splitlines()
    assert lines
    assert all(line.startswith("cookie/") and " cookie " in line and " tr" in line for line in lines)


def test_list_of_a_file() -> None:
    assert [line.split() for line in run("list", "--pack", "lumi.toml").stdout.splitlines()] == [
        ["lumi:lumi/never-seen", "widget", "0.90", "tokens"],
        ["lumi:lumi/read-aloud", "widget", "0.90", "block", "en"],
    ]


def test_show_prints_the_rule_as_its_file_has_it() -> None:
    shown = run("show", "lumi:lumi/read-aloud", "--pack", "lumi.toml").stdout
    assert PACK[PACK.index("[[rule]]") : PACK.rindex("[[rule]]")].strip() in shown
    assert "lumi.toml:6" in shown
    assert "It advertises a function of the page." in shown
    assert "never-seen" not in shown


def test_show_prints_what_a_rule_in_python_says_of_itself() -> None:
    python = next(entry for entry in entries(CORE) if entry.form == "python")
    shown = run("show", python.id).stdout
    assert python.rule.examples[0].source.strip().splitlines()[0] in shown


def test_show_of_an_unknown_rule_names_those_that_are_alike() -> None:
    done = run("show", "already-subscriber")
    assert done.exit_code == 2
    assert "paywall/already-subscriber" in done.stderr


def test_check_of_a_good_pack() -> None:
    done = run("check", "lumi.toml")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("lumi 0 ")
    assert done.stdout.endswith(": 2 rules, 4 examples, 0 defects\n")


def test_the_core_pack_has_no_defect() -> None:
    done = run("check", "core")
    assert done.exit_code == 0, done.stdout


def test_check_of_a_bad_pack_names_files_and_lines(folder: Path) -> None:
    (folder / "bad.toml").write_text(PACK.replace("widget", "gadget").replace("Press play", "Press pause"), "utf-8")
    done = run("check", "bad.toml", "lumi.toml")
    assert done.exit_code == 1
    kind, example, bad, good = done.stdout.splitlines()
    assert kind.startswith("bad.toml:1: kind is 'gadget'; expected one of headline, ")
    assert example.startswith("bad.toml:6: read-aloud: its example '⟦Press pause")
    assert (bad.rpartition(": ")[2], good.rpartition(": ")[2]) == ("2 rules, 4 examples, 2 defects", "2 rules, 4 examples, 0 defects")


def test_try_shows_what_the_pack_marks_beside_what_stood_there() -> None:
    done = run("try", "lumi.toml", "story.txt")
    head, mark, text, body = done.stdout.splitlines()
    assert (head, text.strip()) == ("==> story.txt <==", LEFTOVER)
    assert mark == "line 6  lumi:lumi/read-aloud  widget 0.90  removed  (without the pack: body)"
    before, after = (int(part) for part in body.removeprefix("body: ").removesuffix(" characters").split(" -> "))
    assert before - after == len(LEFTOVER) + 1
    assert "rules that marked nothing: lumi:lumi/never-seen" in done.stderr


def test_try_says_where_a_pack_marks_nothing_and_which_files_fail(folder: Path) -> None:
    (folder / "other.txt").write_text(STORY.replace(LEFTOVER + "\n", ""), "utf-8")
    done = run("try", "lumi.toml", "missing.txt", "other.txt")
    assert done.exit_code == 1
    assert done.stdout == "==> other.txt <==\nthe pack marks nothing here\n"
    assert "missing.txt: No such file" in done.stderr


def test_try_compares_a_pack_with_those_in_use(folder: Path) -> None:
    (folder / "weak.toml").write_text(PACK.replace("[[rule]]", "[[rule]]\nscore = 0.6"), "utf-8")
    done = run("try", "weak.toml", "story.txt", "--pack", "lumi.toml")
    assert "overruled by lumi:lumi/read-aloud  (without the pack: widget by lumi:lumi/read-aloud, removed)" in done.stdout


@pytest.mark.parametrize("kind", [str(kind) for kind in Kind])
def test_a_new_rule_set_says_in_its_check_what_is_missing(folder: Path, kind: str) -> None:
    assert run("new", kind, "-o", "mine.toml").exit_code == 0
    done = run("check", "mine.toml")
    assert done.exit_code == 1
    for said in ("marks is missing", "why is missing", "misses is missing", "id is ''", "keywords is no list", "no example of what it marks"):
        assert said in done.stdout
    assert "kind is" not in done.stdout


@pytest.mark.parametrize(
    "line", [LEFTOVER, 'Lesen Sie "alles" – für 3,50 € (mehr)?', "[menu] * \\ + {x} | ^$", "もっと読む", "Ещё  \t по\u00a0теме…"]
)
def test_a_new_rule_for_a_line_finds_that_line(folder: Path, line: str) -> None:
    assert run("new", "widget", "--line", line, "-o", "mine.toml").exit_code == 0
    written = (folder / "mine.toml").read_text("utf-8")
    for key in ("marks", "why", "misses"):
        written = written.replace(f'{key} = ""', f'{key} = "Said."')
    written = written.replace('id = ""', 'id = "it"').replace('# "A sentence', '"A sentence')
    (folder / "mine.toml").write_text(written, "utf-8")
    done = run("check", "mine.toml")
    assert (done.exit_code, done.stdout.rpartition(": ")[2]) == (0, "1 rule, 2 examples, 0 defects\n"), done.stdout


def test_new_overwrites_nothing() -> None:
    done = run("new", "widget", "-o", "lumi.toml")
    assert done.exit_code == 2
    assert Path("lumi.toml").read_text("utf-8") == PACK


def test_docs_writes_a_page_per_rule_set_and_an_index(folder: Path) -> None:
    assert run("docs", "pages", "--pack", "lumi.toml").exit_code == 0
    assert {path.name for path in (folder / "pages").iterdir()} == {"index.md", "lumi.md"}
    assert "The invitation to listen." in (folder / "pages" / "lumi.md").read_text("utf-8")


@pytest.mark.parametrize("arguments", [["list"], ["try", "story.txt"], ["docs", "pages"]], ids=lambda a: a[0])
def test_a_pack_with_defects_is_wrong_use_that_points_to_check(folder: Path, arguments: list[str]) -> None:
    (folder / "bad.toml").write_text(PACK.replace("widget", "gadget"), "utf-8")
    command, *rest = arguments
    done = run(command, *(["bad.toml", *rest] if command == "try" else [*rest, "--pack", "bad.toml"]))
    assert done.exit_code == 2
    assert "kind is 'gadget'" in done.stderr


def test_stats_of_a_folder_of_pages(folder: Path) -> None:
    done = run("stats", "story.txt", "--pack", "lumi.toml", "--csv", "worth.csv", "--processes", "1")
    assert done.exit_code == 0, done.stderr
    assert "lumi:lumi/read-aloud" in done.stdout
    assert "never fired (1): lumi:lumi/never-seen" in done.stdout
    assert "rule,lumi:lumi/read-aloud,widget,text,1,1," in (folder / "worth.csv").read_text("utf-8")


def test_stats_of_nothing_is_wrong_use() -> None:
    done = run("stats", "nowhere")
    assert done.exit_code == 2
    assert "nowhere: there is no such file or folder" in done.stderr


def test_import_ftr_writes_a_pack_and_tells_what_has_no_translation(folder: Path) -> None:
    (folder / "tarn.example.txt").write_text(
        "body: //div[@id='story']\nstrip: //div[@class='share']\ntidy: no\ntest_url: https://tarn.example/1\n", "utf-8"
    )
    done = run("import-ftr", "tarn.example.txt", "-o", "sites")
    assert done.exit_code == 0, done.stderr
    assert "not translated: tarn.example.txt:3: tidy: no: " in done.stdout
    assert "to try tarn.example: https://tarn.example/1" in done.stdout
    assert {path.name for path in (folder / "sites").iterdir()} == {"body.toml", "share.toml"}
    assert run("check", "sites/").exit_code == 0
    page = f"<h1>A mill</h1><div id=story><p>{STORY.splitlines()[3]}</p><div class=share><p>Pass on</p></div></div><p>{STORY.splitlines()[4]}</p>"
    (folder / "page.html").write_text(page, "utf-8")
    cleaned = CliRunner().invoke(main, ["clean", "page.html", "--pack", "sites/", "--url", "https://www.tarn.example/1", "-q"])
    assert cleaned.stdout == f"A mill\n\n{STORY.splitlines()[3]}\n"
    again = run("import-ftr", "tarn.example.txt", "-o", "sites")
    assert again.exit_code == 2
    assert "already holds rules" in again.stderr


def test_import_ftr_of_a_folder_without_a_rule_says_so(folder: Path) -> None:
    (folder / "configs").mkdir()
    (folder / "configs" / "tarn.example.txt").write_text("tidy: no\n", "utf-8")
    done = run("import-ftr", "configs", "-o", "sites")
    assert done.exit_code == 1
    assert "0 rules" in done.stdout
    assert not (folder / "sites").exists()
