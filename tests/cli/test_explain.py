"""`stripper explain --html`: what it writes, and how it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from patience import PATIENCE

from stripper.cli import main

STORY = "The ferry between Hallin and Orsay will sail again on Monday, the harbour office said, after nine weeks with no other link.\n\n"
PITCH = "Leave a Reply\n\nYour email address will not be published. Required fields are marked *\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, which holds two pages."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ferry.txt").write_text(STORY * 3 + PITCH, "utf-8")
    (tmp_path / "weir.html").write_text(f"<h1>The weir holds</h1><p>{STORY}</p><p>{STORY}</p>", "utf-8")
    return tmp_path


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments], input=stdin)


def test_one_page_and_several(folder: Path) -> None:
    assert run("ferry.txt", "--html", "out.html", "--url", "https://harbour.example/ferry").output == ""
    written = (folder / "out.html").read_text("utf-8")
    assert "<title>ferry.txt: explained</title>" in written
    assert 'data-rule="comments/leave-a-reply"' in written
    assert "<nav" not in written
    assert run("ferry.txt", "weir.html", "-", "--html", "out.html", stdin=STORY.encode()).exit_code == 0
    written = (folder / "out.html").read_text("utf-8")
    assert "<title>3 pages explained</title>" in written
    assert written.count('<article class="explained"') == 3


def test_a_file_that_fails_is_named_and_the_others_are_shown(folder: Path) -> None:
    result = run("missing.html", "ferry.txt", "--html", "out.html")
    assert result.exit_code == 1
    assert result.stderr == "stripper: missing.html: No such file or directory; expected a file, HTML or text\nstripper: 1 of 2 files failed\n"
    assert "ferry.txt: explained" in (folder / "out.html").read_text("utf-8")
    assert run("missing.html", "--html", "none.html").exit_code == 1
    assert not (folder / "none.html").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ferry.txt", "--html", "out.html", "--summary"), "are for the terminal"),
        (("ferry.txt", "--html", "out.html", "--kind", "share"), "are for the terminal"),
        (("ferry.txt", "--html", "weir.html"), "can't write weir.html: it exists, and isn't a page that stripper made"),
        (("missing.txt", "--html", "weir.html"), "it exists, and isn't a page that stripper made"),  # asked before the work
        (("ferry.txt", "--html", "none/out.html"), "can't write none/out.html: No such file or directory"),
        (("ferry.txt", "weir.html", "--url", "https://harbour.example"), "--url says where one source comes from"),
    ],
)
def test_wrong_use_ends_with_2(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    before = (folder / "weir.html").read_bytes()
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert (folder / "weir.html").read_bytes() == before


def test_several_sources_in_the_terminal_have_their_names_above_them(folder: Path) -> None:
    printed = run("ferry.txt", "weir.html").stdout
    assert (
        printed.index("==> ferry.txt <==") < printed.index("⟦Leave a Reply⟧") < printed.index("==> weir.html <==") < printed.index("The weir holds")
    )
    assert "==>" not in run("ferry.txt").stdout


def test_without_jinja_the_error_says_what_to_install(folder: Path) -> None:
    code = "import sys; sys.modules['jinja2'] = None; from stripper.cli import main; main(['explain', 'ferry.txt', '--html', 'out.html'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 2
    assert "pip install 'scrape-stripper[report]'" in " ".join(done.stderr.split())


def test_the_same_pages_give_the_same_bytes(folder: Path) -> None:
    written = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "stripper", "explain", "ferry.txt", "weir.html", "--html", "out.html"]
        subprocess.run(command, env={"PYTHONHASHSEED": seed, "PATH": ""}, check=True, timeout=PATIENCE)
        written.append((folder / "out.html").read_bytes())
    assert written[0] == written[1]
