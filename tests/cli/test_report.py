"""`stripper report`: what it writes, what it needs for that, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow
import pytest
from click.testing import CliRunner, Result
from patience import PATIENCE
from pyarrow import parquet

from stripper.cli import main

STORY = "The ferry between Hallin and Orsay will sail again on Monday, the harbour office said, after nine weeks with {} sheep.\n\n"
PITCH = "Leave a Reply\n\nYour email address will not be published. Required fields are marked *\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with pages and the table of a batch."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "pages").mkdir()
    for number in range(6):
        (folder / "pages" / f"ferry-{number}.txt").write_text(STORY.format(number) * 3 + PITCH, "utf-8")
    (folder / "pages" / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    arguments = ["batch", str(folder / "pages"), "-o", str(folder / "out.jsonl"), "--removed", "--quiet", "-j", "1"]
    assert CliRunner().invoke(main, arguments).exit_code == 1
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, which holds the table without its manifest."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out.jsonl").write_bytes((made / "out.jsonl").read_bytes())
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["report", *arguments], prog_name="stripper")


def test_samples_stand_with_their_sources(made: Path, folder: Path) -> None:
    result = run(str(made / "out.jsonl"), "-o", "report.html")
    assert (result.exit_code, result.output) == (0, "")
    written = (folder / "report.html").read_text("utf-8")
    assert "<title>out.jsonl: report</title>" in written
    assert written.count('<article class="explained"') == 7
    assert written.count(">Source</h3>") == 6
    assert 'data-rule="comments/leave-a-reply"' in written
    assert "Its source isn&#39;t shown." not in written


def test_without_the_manifest_pages_say_where_they_are(made: Path, folder: Path) -> None:
    assert run("out.jsonl", "-o", "report.html").exit_code == 0
    written = (folder / "report.html").read_text("utf-8")
    assert written.count(">Removed</h3>") == 7
    assert written.count("Its source isn&#39;t shown. The table has no manifest beside it") == 6
    assert run("out.jsonl", "-o", "report.html", "--pages", str(made / "pages")).exit_code == 0
    assert (folder / "report.html").read_text("utf-8").count(">Source</h3>") == 6


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_columns_may_have_other_names(folder: Path, suffix: str) -> None:
    lines = Path("out.jsonl").read_text("utf-8").splitlines()
    rows = [{**json.loads(line), "doc": f"tale {n}", "source": f"https://isle-{n}.example/"} for n, line in enumerate(lines)]
    (folder / "other.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    parquet.write_table(pyarrow.Table.from_pylist(rows), folder / "other.parquet")
    assert run(f"other{suffix}", "-o", "report.html", "--id-field", "doc", "--url-field", "source").exit_code == 0
    written = (folder / "report.html").read_text("utf-8")
    assert ">tale 3<" in written
    assert ">isle-3.example<" in written
    assert "ferry-3" not in written


def test_it_takes_the_place_of_a_page_of_its_own_and_of_nothing_else(folder: Path) -> None:
    (folder / "notes.html").write_text("mine")
    result = run("missing.jsonl", "-o", "notes.html")  # said before anything is read
    assert result.exit_code == 2
    assert "can't write notes.html: it exists, and isn't a page that stripper made" in " ".join(result.stderr.split())
    assert (folder / "notes.html").read_text() == "mine"
    assert [run("out.jsonl", "-o", "report.html").exit_code for _ in range(2)] == [0, 0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("out.jsonl",), "Missing option '-o'"),
        (("out.jsonl", "-o", "none/report.html"), "can't write none/report.html: No such file or directory"),
        (("out.jsonl", "-o", "report.html", "--pages", "none"), "none: there is no such file or folder"),
        (("out.jsonl", "-o", "report.html", "--pages", "-"), "can't come from standard input"),
        (("out.jsonl", "-o", "report.html", "--pages", ".", "--pack", "none.toml"), "none.toml"),
    ],
)
def test_wrong_use_ends_with_2(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert not (folder / "report.html").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"The ferry", "a.txt: expected a table of a batch"),
        ("a.jsonl", b'{"status": "ok", "body": "x"}\n{"id": 3}\n', "a.jsonl, line 2: no column 'status' and none 'body'; its columns are 'id'"),
        ("a.jsonl.gz", b"\x1f\x8b\x08\0", "a.jsonl.gz, line 1, before byte 4 of the packed file: "),
        ("a.parquet", b"PAR1", "a.parquet: not Parquet: "),
    ],
)
def test_what_is_no_table_ends_with_1(folder: Path, name: str, content: bytes, said: str) -> None:
    (folder / name).write_bytes(content)
    result = run(name, "-o", "report.html")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"stripper: {said}")
    assert not (folder / "report.html").exists()


@pytest.mark.parametrize("missing", ["jinja2", "matplotlib"])
def test_without_a_package_the_error_says_what_to_install(folder: Path, missing: str) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; from stripper.cli import main; main(['report', 'out.jsonl', '-o', 'report.html'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 2
    assert "pip install 'scrape-stripper[report]'" in " ".join(done.stderr.split())


def test_the_same_table_gives_the_same_bytes_in_every_process(folder: Path) -> None:
    written = []
    for seed in ("1", "2"):
        command = [sys.executable, "-W", "error", "-m", "stripper", "report", "out.jsonl", "-o", "report.html"]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, timeout=PATIENCE)
        written.append((folder / "report.html").read_bytes())
    assert written[0] == written[1]
    assert json.loads((folder / "out.jsonl").read_text().splitlines()[0])["id"] == "ferry-0.txt"
