"""`stripper batch` from end to end: what comes out, what stops it, and how it ends."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from patience import PATIENCE, heed_interrupts, until

from stripper import clean
from stripper.cli import main

ROOT = Path(__file__).parents[2]
HOSTILE = ROOT / "tests" / "batch" / "hostile"
"""Packs whose pages make trouble where they ask for it."""
PLACES = ["Ober", "Tarn", "Vell", "Hask", "Mire", "Lund", "Sorn", "Quay"]


def story(number: int) -> str:
    place = PLACES[number % len(PLACES)]
    return (
        f"Bridge number {number} opens in {place}\n\nBy Ada Fenn\n\n{1 + number % 28} May 2023\n\n"
        f"The bridge at {place} was opened on Sunday with {number + 2} carts, and the first to cross it was a baker with bread for both banks.\n\n"
        f"It took {number + 1} years to build, because the river took away the scaffold in each spring, and the village had to begin once more.\n\n"
        "Leave a Reply\n\nYour email address will not be published. Required fields are marked *\n"
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pages(folder: Path, count: int) -> None:
    for number in range(count):
        path = folder / f"part{number % 3}" / f"page{number:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(story(number), "utf-8")


def table(path: Path, count: int) -> None:
    lines = [json.dumps({"id": f"doc-{number}", "url": f"https://ober.example/{number}", "text": story(number)}) for number in range(count)]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    """In one process that cleans, because each takes a second to start; unless the arguments say otherwise."""
    return CliRunner().invoke(main, ["batch", "-j", "1", *arguments], input=stdin, prog_name="stripper")


def rows(path: Path) -> list[dict[str, Any]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode("utf-8").splitlines()]


def test_a_folder_to_a_table(folder: Path) -> None:
    pages(folder / "pages", 20)
    (folder / "pages" / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = run("pages", "-o", "articles.jsonl", "--removed", "-j", "2")
    assert done.exit_code == 0, done.output
    found = rows(folder / "articles.jsonl")
    expected = sorted(str(path.relative_to("pages")) for path in Path("pages").rglob("*.txt"))
    assert [row["id"] for row in found] == expected
    for row in found:
        article = clean(Path("pages", row["id"]).read_bytes())
        assert (row["status"], row["body"], row["headline"]) == (str(article.status), article.body, article.headline)
        assert len(row["removed"]) == len(article.removed)
    assert done.stdout == ""
    assert "20" in done.stderr
    assert "file of type .png" in done.stderr
    assert sorted(os.listdir()) == ["articles.jsonl", "articles.jsonl.manifest", "pages"]


def test_a_folder_to_a_folder(folder: Path) -> None:
    pages(folder / "pages", 4)
    (folder / "pages" / "broken.html").write_bytes(b"%PDF-1.7 whatever")
    done = run("pages", "-o", "out", "--format", "md", "--quiet")
    assert done.exit_code == 1
    assert done.output == ""
    files = sorted(path.relative_to("out").as_posix() for path in Path("out").rglob("*") if path.is_file())
    assert files == ["index.jsonl", "part0/page000.md", "part0/page003.md", "part1/page001.md", "part2/page002.md"]
    assert Path("out/part0/page003.md").read_text("utf-8") == clean(story(3)).to_markdown()
    index = rows(folder / "out" / "index.jsonl")
    assert [line["file"] for line in index] == [None, *files[1:]]
    assert index[0]["status"] == "error"
    assert "PDF" in index[0]["error"]


def test_a_folder_may_have_any_name_and_be_there(folder: Path) -> None:
    table(folder / "crawl.jsonl", 1)
    assert run("crawl.jsonl", "-o", "v1.2/", "-q").exit_code == 0
    Path("work").mkdir()
    os.chdir("work")
    assert run("../crawl.jsonl", "-o", ".", "-q").exit_code == 0
    os.chdir("..")
    assert sorted(os.listdir("v1.2")) == sorted(os.listdir("work")) == ["crawl.jsonl", "index.jsonl"]
    assert sorted(os.listdir()) == ["crawl.jsonl", "v1.2", "v1.2.manifest", "work", "work.manifest"]


def test_outputs_are_not_overwritten_without_force(folder: Path) -> None:
    table(folder / "crawl.jsonl", 3)
    (folder / "out.jsonl").write_text("mine\n", "utf-8")
    for options in ((), ("--resume",)):
        done = run("crawl.jsonl", "-o", "out.jsonl", *options)
        assert done.exit_code == 2
        assert "out.jsonl exists already" in done.output
    assert Path("out.jsonl").read_text("utf-8") == "mine\n"
    assert sorted(os.listdir()) == ["crawl.jsonl", "out.jsonl"]
    assert run("crawl.jsonl", "-o", "out.jsonl", "--force", "--quiet").exit_code == 0
    assert [row["id"] for row in rows(folder / "out.jsonl")] == ["doc-0", "doc-1", "doc-2"]
    before = Path("out.jsonl").stat()
    assert run("crawl.jsonl", "-o", "out.jsonl", "--resume", "--quiet").exit_code == 0  # it is complete, so nothing is left to do
    assert Path("out.jsonl").stat() == before
    table(folder / "crawl.jsonl", 4)
    done = run("crawl.jsonl", "-o", "out.jsonl", "--resume")
    assert done.exit_code == 2
    assert "out.jsonl was begun with other things" in done.output
    assert "bytes: " in done.output
    assert Path("out.jsonl").stat() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["crawl.jsonl"], "Missing option '-o'"),
        (["missing.jsonl", "-o", "out.jsonl"], "missing.jsonl"),
        (["crawl.jsonl", "-o", "out.docx"], ".parquet"),
        (["crawl.jsonl", "-o", "out.jsonl", "--format", "md"], "folder"),
        (["crawl.jsonl", "-o", "out", "--removed"], "--removed"),
        (["crawl.jsonl", "-o", "out.jsonl", "--memory", "lots"], "no size"),
        (["crawl.jsonl", "-o", "out.jsonl", "--resume", "--force"], "one of them"),
        (["crawl.jsonl", "-o", "out.jsonl", "--keep", "nothing"], "unknown kind nothing"),
        (["crawl.jsonl", "-o", "out.jsonl", "--pack", "absent.toml"], "absent.toml"),
        (["crawl.jsonl", "-o", "nowhere/out.jsonl"], "nowhere"),
        (["-", "-", "-o", "out.jsonl"], "once"),
        ([".", "-o", "out.jsonl"], "among the inputs"),
        (["*.jsonl", "-o", "out.jsonl"], "among the inputs"),
        (["crawl.jsonl", "-o", "crawl.jsonl", "--force"], "among the inputs"),
    ],
)
def test_wrong_use_says_what_is_wrong_and_writes_nothing(folder: Path, arguments: list[str], said: str) -> None:
    table(folder / "crawl.jsonl", 1)
    done = run(*arguments)
    assert done.exit_code == 2, done.output
    assert said in done.output
    assert os.listdir() == ["crawl.jsonl"]


def test_errors_are_rows_and_the_exit_code_says_so(folder: Path) -> None:
    table(folder / "crawl.jsonl", 4)
    lines = Path("crawl.jsonl").read_text("utf-8").splitlines()
    lines.insert(2, '{"id": "cut", "text": "The')
    Path("crawl.jsonl").write_text("\n".join(lines), "utf-8")
    done = run("crawl.jsonl", "-o", "out.jsonl.gz")
    assert done.exit_code == 1
    found = rows(folder / "out.jsonl.gz")
    assert [row["status"] for row in found] == ["ok", "ok", "error", "ok", "ok"]
    assert "crawl.jsonl, line 3: not JSON" in found[2]["error"]
    assert "error" in done.stderr


def test_standard_input(folder: Path) -> None:
    table(folder / "crawl.jsonl", 3)
    data = Path("crawl.jsonl").read_bytes()
    assert run("-", "-o", "out.jsonl", "--quiet", stdin=data).exit_code == 0
    assert [row["id"] for row in rows(folder / "out.jsonl")] == ["doc-0", "doc-1", "doc-2"]


def test_what_the_user_says_that_pages_are_comes_before_their_names(folder: Path) -> None:
    Path("page.html").write_text(story(1), "utf-8")
    assert run("page.html", "-o", "as_named.jsonl", "-q").exit_code == 0
    assert run("page.html", "-o", "as_said.jsonl", "-q", "--as", "text").exit_code == 0
    assert rows(folder / "as_named.jsonl")[0]["body"] == clean(story(1), as_="html").body
    assert rows(folder / "as_said.jsonl")[0]["body"] == clean(story(1), as_="text").body != clean(story(1), as_="html").body


def test_the_log_is_json(folder: Path) -> None:
    table(folder / "crawl.jsonl", 3)
    with Path("crawl.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "no-page"}\n')
    done = run("crawl.jsonl", "-o", "out.jsonl", "--json-log")
    assert done.exit_code == 1
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert [event["event"] for event in events if event["event"] != "progress"] == ["start", "error", "end"]
    assert "crawl.jsonl" in next(event for event in events if event["event"] == "error")["name"]


def command(*arguments: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(HOSTILE)])}
    called = [sys.executable, "-m", "stripper", "batch", *arguments]
    return subprocess.Popen(called, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed_interrupts)


def committed(output: Path) -> int:
    """The bytes of its finished blocks."""
    manifest = output.with_name(output.name + ".manifest")
    return int(json.loads(manifest.read_bytes())["committed"]) if manifest.exists() else 0


@pytest.fixture
def memory(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the pack `hostile`: a page that says so waits until a file `go` lies there."""
    memory = tmp_path_factory.mktemp("memory")
    monkeypatch.syspath_prepend(str(HOSTILE))
    monkeypatch.setenv("HOSTILE_MEMORY", str(memory))
    return memory


@pytest.mark.slow
@pytest.mark.parametrize(("name", "stop"), [("out.jsonl.gz", signal.SIGINT), ("out.parquet", signal.SIGKILL), ("out", signal.SIGTERM)])
def test_a_stopped_batch_goes_on_and_ends_with_the_same_bytes(folder: Path, memory: Path, name: str, stop: signal.Signals) -> None:
    """It is stopped while its last page but one holds it up, so it can be neither too early nor too late."""
    table(folder / "crawl.jsonl", 180)
    lines = Path("crawl.jsonl").read_text("utf-8").splitlines()
    lines[-2] = json.dumps({"id": "waits", "text": story(0) + "\ndo wait\n"})
    Path("crawl.jsonl").write_text("\n".join(lines), "utf-8")
    waits = ("--pack", "hostile", "--timeout", str(PATIENCE))
    Path("whole").mkdir()
    (memory / "go").touch()
    assert run("crawl.jsonl", "-o", f"whole/{name}", "--quiet", *waits).exit_code == 0
    (memory / "go").unlink()
    process = command("crawl.jsonl", "-o", name, "-j", "1", *waits)
    until(lambda: committed(folder / name) or process.poll() is not None, "a block is committed")
    assert process.poll() is None, process.communicate()
    process.send_signal(stop)
    _, said = process.communicate(timeout=PATIENCE)
    (memory / "go").touch()
    assert process.returncode == (-9 if stop == signal.SIGKILL else 130)
    assert not Path(name).exists()
    if stop != signal.SIGKILL:
        assert b"--resume goes on" in said
    refused = run("crawl.jsonl", "-o", name, *waits)
    assert refused.exit_code == 2
    assert "--resume goes on with it" in refused.output
    changed = run("crawl.jsonl", "-o", name, "--resume", "--keep", "comments", *waits)
    assert changed.exit_code == 2
    assert "policy" in changed.output
    assert run("crawl.jsonl", "-o", name, "--resume", "--quiet", "-j", "2", *waits).exit_code == 0
    for path in [*Path("whole", name).rglob("*"), Path("whole", name)]:
        if path.is_file():
            assert path.read_bytes() == Path(name, path.relative_to(Path("whole", name))).read_bytes(), path
    assert sorted(os.listdir()) == sorted(["crawl.jsonl", "whole", name, f"{name}.manifest"])
