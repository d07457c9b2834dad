"""The command line: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from patience import PATIENCE

import stripper
from stripper.cli import main

STORY = """\
Ferry to Orsay sails again after nine weeks

By Mara Quill

14 March 2024

The ferry between Hallin and Orsay will sail again on Monday, the harbour office said, after nine weeks with no other link than a fishing boat.

Engineers at the yard replaced both shafts. "We found far more rust than we had feared," said Ines Bram, who runs the yard.

The islanders had asked for a second ship in every year since 2011. The council will vote on the money for it in May.

Until then the old ship will make four crossings a day, one fewer than before, because the crew has lost three of its eleven members.

Leave a Reply

Your email address will not be published. Required fields are marked *
"""
PITCH = "Your email address will not be published."
PACK = """\
kind = "widget"
marks = "The line that tells of the tide table."
why = "It is a service of the site."
misses = "Other wordings."

[[rule]]
id = "tide-table"
keywords = ["tide table"]
block = 'see the tide table'
examples = ["⟦See the tide table⟧", "They can see the tide table in his office."]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, which holds story.txt."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    return tmp_path


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin)


def command(*arguments: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "stripper", *arguments], input=stdin, capture_output=True, env={**os.environ, **env}, timeout=PATIENCE
    )


def test_text_is_the_fields_a_blank_line_and_the_body(folder: Path) -> None:
    article = stripper.clean(STORY.encode())
    fields, body = run("clean", "story.txt").stdout.split("\n\n", 1)
    assert body == article.body + "\n"
    assert fields.split("\n")[0] == article.headline == "Ferry to Orsay sails again after nine weeks"
    assert fields.split("\n")[-1] == "Mara Quill, 2024-03-14"
    assert PITCH not in body


def test_json_is_one_line_a_file_with_its_name(folder: Path) -> None:
    (folder / "other.txt").write_text(STORY.replace("Orsay", "Ansel"), "utf-8")
    lines = run("clean", "story.txt", "other.txt", "--format", "json").stdout.splitlines()
    first, second = map(json.loads, lines)
    assert (first["file"], second["file"]) == ("story.txt", "other.txt")
    assert {k: v for k, v in first.items() if k != "file"} == stripper.clean(STORY.encode()).to_dict()
    assert "Ansel" in second["body"]


def test_markdown(folder: Path) -> None:
    assert run("clean", "story.txt", "--format", "md").stdout == stripper.clean(STORY.encode()).to_markdown()


def test_several_files_stand_under_their_names(folder: Path) -> None:
    (folder / "other.txt").write_text(STORY.replace("Orsay", "Ansel"), "utf-8")
    printed = run("clean", "story.txt", "other.txt").stdout
    assert printed.startswith("==> story.txt <==\nFerry to Orsay")
    assert "\n\n==> other.txt <==\nFerry to Ansel" in printed


def test_standard_input_is_read_as_bytes(folder: Path) -> None:
    latin = STORY.replace("Orsay", "Orsée").encode("cp1252")
    printed = command("clean", "-", "--encoding", "windows-1252", stdin=latin, LC_ALL="C", PYTHONIOENCODING="ascii")
    assert printed.returncode == 0, printed.stderr
    assert "between Hallin and Orsée will" in printed.stdout.decode("utf-8")


def test_keep_and_flag_are_the_policy(folder: Path) -> None:
    assert PITCH not in run("clean", "story.txt").stdout
    assert PITCH in run("clean", "story.txt", "--keep", "comments").stdout
    assert PITCH in run("clean", "story.txt", "--flag", "comments").stdout


def test_engine_says_who_chooses(folder: Path) -> None:
    page = f"<!DOCTYPE html><article>{''.join(f'<p>{line}</p>' for line in STORY.split(chr(10)) if line)}</article>"
    (folder / "story.html").write_text(page, "utf-8")
    done = run("clean", "story.html", "story.txt", "--engine", "trafilatura", "--format", "json")
    bodies = [json.loads(line)["body"] for line in done.stdout.splitlines()]
    assert bodies == [stripper.Cleaner(engine="trafilatura").clean(page).body, stripper.clean(STORY).body]
    assert done.stderr == "stripper: story.txt: note: trafilatura reads HTML only, so the locator chose the body\n"
    refused = run("clean", "story.html", "--engine", "oracle")
    assert refused.exit_code == 2
    assert "'locator', 'both', 'trafilatura'" in refused.stderr


def test_as_says_what_a_source_is(folder: Path) -> None:
    (folder / "page").write_text(f"<p>{STORY}</p>", "utf-8")
    assert "<p>Ferry" in run("clean", "page", "--as", "text").stdout
    assert "<p>" not in run("clean", "page", "--as", "html").stdout


def test_a_pack_stands_beside_core(folder: Path) -> None:
    (folder / "tides.toml").write_text(PACK, "utf-8")
    (folder / "story.txt").write_text(STORY.replace("\nUntil", "\nSee the tide table\n\nUntil"), "utf-8")
    assert "See the tide table" in run("clean", "story.txt").stdout
    with_pack = run("clean", "story.txt", "--pack", "tides.toml")
    assert "See the tide table" not in with_pack.stdout
    assert PITCH not in with_pack.stdout
    assert "tides:tides/tide-table" in run("explain", "story.txt", "--pack", "./tides.toml").stdout


def test_output_keeps_places_below_the_shared_folder(folder: Path) -> None:
    for name in ("a/page.txt", "b/c/page.txt"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(STORY, "utf-8")
    result = run("clean", "a/page.txt", "b/c/page.txt", "--format", "md", "-o", "out")
    assert (result.exit_code, result.stdout) == (0, "")
    assert sorted(str(f.relative_to(folder / "out")) for f in (folder / "out").rglob("*") if f.is_file()) == ["a/page.md", "b/c/page.md"]
    assert (folder / "out/a/page.md").read_text("utf-8") == stripper.clean(STORY.encode()).to_markdown()


def test_output_is_overwritten_only_by_force(folder: Path) -> None:
    target = folder / "out" / "story.txt"
    target.parent.mkdir()
    target.write_text("precious")
    refused = run("clean", "story.txt", "-o", "out")
    assert refused.exit_code == 1
    assert "out/story.txt exists already" in refused.stderr
    assert target.read_text() == "precious"
    assert run("clean", "story.txt", "-o", "out", "--force").exit_code == 0
    assert target.read_text("utf-8").startswith("Ferry")
    assert [f.name for f in target.parent.iterdir()] == ["story.txt"]


def test_a_source_is_never_overwritten(folder: Path) -> None:
    result = run("clean", "story.txt", "-o", ".", "--force")
    assert result.exit_code == 2
    assert "is one of the sources" in result.stderr
    assert (folder / "story.txt").read_text("utf-8") == STORY


def test_two_sources_never_share_a_file(folder: Path) -> None:
    (folder / "story.html").write_text(f"<p>{STORY}</p>", "utf-8")
    result = run("clean", "story.txt", "story.html", "--format", "md", "-o", "out")
    assert result.exit_code == 2
    assert "story.txt and story.html would both be written to out/story.md" in result.stderr
    assert not (folder / "out").exists()


def test_a_failed_write_leaves_nothing(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out/story.md").mkdir()
    result = run("clean", "story.txt", "--format", "md", "-o", "out", "--force")
    assert result.exit_code == 1
    assert "can't write out/story.md" in result.stderr
    assert [f.name for f in (folder / "out").iterdir()] == ["story.md"]


def test_files_that_fail_are_named_and_the_others_done(folder: Path) -> None:
    (folder / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (folder / "sub").mkdir()
    result = run("clean", "missing.html", "photo.txt", "sub", "story.txt")
    assert result.exit_code == 1
    assert "Ferry to Orsay" in result.stdout
    lines = result.stderr.splitlines()
    assert lines[0] == "stripper: missing.html: No such file or directory; expected a file, HTML or text"
    assert lines[1].startswith("stripper: photo.txt: ")
    assert "PNG" in lines[1]
    assert lines[1].endswith("expected HTML or text")
    assert lines[2] == "stripper: sub: it is a folder; expected a file, HTML or text"
    assert lines[3] == "stripper: 3 of 4 files failed"


def test_an_empty_file_is_noted_and_no_failure(folder: Path) -> None:
    (folder / "empty.txt").write_text(" \n")
    result = run("clean", "empty.txt")
    assert (result.exit_code, result.stderr) == (0, "stripper: empty.txt: note: it holds no text\n")
    assert run("clean", "empty.txt", "--quiet").stderr == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Usage"),
        (("clean",), "Missing argument 'FILE...'"),
        (("clean", "story.txt", "--format", "xml"), "'xml' is not one of"),
        (("clean", "story.txt", "--keep", "captions"), "unknown kind captions; the kinds are advert, "),
        (("clean", "story.txt", "--keep", "headline"), "a field is never removed"),
        (("clean", "story.txt", "--keep", "caption", "--flag", "caption"), "kept and flagged at once"),
        (("clean", "story.txt", "--pack", "nosuch"), "no pack of this name is installed (installed: core"),
        (("clean", "story.txt", "--pack", "nosuch.toml"), "there is no such file or folder"),
        (("clean", "story.txt", "story.txt", "--url", "https://example.org"), "--url says where one source comes from"),
        (("clean", "-", "-"), "standard input (-) can be read only once"),
        (("explain",), "Missing argument 'FILE...'"),
        (("explain", "story.txt", "--kind", "pitch"), "unknown kind pitch"),
        (("polish", "story.txt"), "No such command 'polish'"),
    ],
)
def test_wrong_use_ends_with_2(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_defects_of_a_pack_are_all_shown(folder: Path) -> None:
    (folder / "bad.toml").write_text(PACK.replace('"widget"', '"gadget"').replace("score", "scor").replace("id =", "ident ="), "utf-8")
    said = run("clean", "story.txt", "--pack", "bad.toml").stderr
    assert "kind is 'gadget'" in said
    assert "unknown key 'ident'" in said


def test_explain_without_colours_brackets_what_is_not_body(folder: Path) -> None:
    printed = run("explain", "story.txt", "--width", "120").stdout
    assert "\x1b" not in printed
    line = next(line for line in printed.splitlines() if "⟦Leave a Reply⟧" in line)
    assert line.endswith("comments/leave-a-reply")
    assert any(line.startswith("⟦Ferry to Orsay") and line.endswith("← headline") for line in printed.splitlines())
    assert "⟦Engineers" not in printed
    assert max(map(len, printed.splitlines())) <= 120


def test_explain_colours_a_terminal_but_not_with_no_color(folder: Path) -> None:
    assert b"\x1b[38;5;169mLeave a Reply\x1b[0m" in command("explain", "story.txt", FORCE_COLOR="1", TERM="xterm-256color").stdout
    plain = command("explain", "story.txt", FORCE_COLOR="1", NO_COLOR="1", TERM="xterm-256color").stdout.decode()
    assert "⟦Leave a Reply⟧" in plain
    assert "\x1b[38" not in plain


def test_explain_shows_only_lines_of_a_kind(folder: Path) -> None:
    printed = run("explain", "story.txt", "--kind", "comments").stdout
    assert "⟦Leave a Reply⟧" in printed
    assert "Engineers" not in printed


def test_explain_summary_leaves_the_source_out(folder: Path) -> None:
    printed = run("explain", "story.txt", "--summary").stdout
    assert "Engineers" not in printed
    row = next(line.split() for line in printed.splitlines() if line.startswith("comments"))
    assert row[:3] == ["comments", "removed", "2"]


def test_explain_reads_standard_input_and_fails_by_name(folder: Path) -> None:
    assert "Leave a Reply" in run("explain", "-", stdin=STORY.encode()).stdout
    missing = run("explain", "missing.html")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert missing.stderr.startswith("stripper: missing.html: No such file")


def test_a_closed_pipe_is_no_crash(folder: Path) -> None:
    (folder / "long.txt").write_text(
        STORY + "The boat came back in the evening with all of its nets torn and two of its crew asleep.\n\n" * 3_000, "utf-8"
    )
    for name in ("clean", "explain"):
        with subprocess.Popen([sys.executable, "-m", "stripper", name, "long.txt"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.read(10)
            process.stdout.close()
            said = process.stderr.read()
        assert b"Traceback" not in said
        assert b"BrokenPipe" not in said


def test_help_and_version() -> None:
    assert run("--version").stdout == f"stripper, version {stripper.__version__}\n"
    for name in ("clean", "explain"):
        said = run(name, "--help").stdout
        assert f"stripper {name} page.html" in said
        assert "off-story" in said


def test_help_loads_no_engine() -> None:
    code = """
import sys
from stripper.cli import main
main(["--help"], standalone_mode=False)
print(sorted(sys.modules.keys() & {"re2", "numpy", "rich", "selectolax", "lxml"}))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE)
    assert done.stdout.endswith("[]\n")
