"""`stripper serve` as a process: its address, how it ends, and what it refuses to begin with."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from patience import PATIENCE

from stripper.cli import main

pytest.importorskip("starlette", reason="no Starlette; pip install 'scrape-stripper[serve]'")

FERRY = """kind = "widget"
marks = "The timetable's door."
why = "It is a service of the site."
misses = "Other wordings."

[[rule]]
id = "ferry-times"
keywords = ["ferry times"]
block = "see the ferry times"
examples = ["⟦See the ferry times⟧", "She knows the ferry times by heart."]
"""
STARTED = re.compile(r"http://127\.0\.0\.1:(\d+)/#token=([\w-]{43})")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "story.txt").write_text("A story\nIt has two lines.\n")
    (tmp_path / "rules.toml").write_text("]")
    (tmp_path / "ferry.toml").write_text(FERRY, "utf-8")
    return tmp_path


@pytest.fixture
def running(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "stripper", "serve", str(folder), "--port", "0", "--pack", str(folder / "ferry.toml")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def ask(port: str, token: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=PATIENCE)
    connection.request("POST", "/api/folder", "{}", {"X-Stripper-Token": token, "Content-Type": "application/json"})
    answer = connection.getresponse()
    try:
        return answer.status, answer.read()
    finally:
        connection.close()


def test_it_answers_at_the_address_that_it_prints_until_ctrl_c(running: subprocess.Popen[str], folder: Path) -> None:
    assert running.stdout
    assert running.stderr
    printed = [running.stdout.readline() for _ in range(5)]
    assert str(folder) in printed[0]
    found = STARTED.search(printed[2])
    assert found
    status, body = ask(found[1], found[2])
    assert status == 200
    told = json.loads(body)
    assert (told["pages"], told["packs"], told["opened"]) == (["story.txt"], ["ferry.toml", "rules.toml"], "ferry.toml")
    assert ask(found[1], "guessed")[0] == 401
    with socket.create_connection(("127.0.0.1", int(found[1]))):  # a browser keeps its line open
        running.send_signal(signal.SIGINT)
        assert running.wait(PATIENCE) == 0
    assert running.stdout.read() == ""
    assert found[2] not in running.stderr.read()  # no log has the token


def serve(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["serve", *map(str, arguments)])
    return done.exit_code, done.output


def test_a_port_that_is_taken_is_wrong_use(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, said = serve(folder, "--port", taken.getsockname()[1])
    assert code == 2
    assert "Address already in use; --port names another one" in said


def test_what_can_not_be_begun_with_is_wrong_use(folder: Path) -> None:
    for arguments, reason in [
        ([folder / "nowhere"], "does not exist"),
        ([folder / "story.txt"], "is a file"),
        ([folder, "--pack", folder / "rules.toml"], "not TOML"),
        ([folder, "--pack", "no-such-pack"], "no pack of this name is installed"),
        ([folder, "--port", "70000"], "70000"),
        ([folder, "--host", "0.0.0.0"], "No such option"),
    ]:
        code, said = serve(*arguments)
        assert code == 2, arguments
        assert reason in said


def test_without_its_packages_it_says_how_to_install_them(folder: Path) -> None:
    code = f"import sys; sys.modules['starlette'] = None; from stripper.cli import main; main(['serve', {str(folder)!r}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 2
    assert "the workbench needs a package that isn't installed; pip install 'scrape-stripper[serve]'" in done.stderr
