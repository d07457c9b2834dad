"""A pack of third parties, installed as its users would install it, and used by name in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from patience import PATIENCE

ROOT = Path(__file__).parents[2]
ACME = Path(__file__).parent / "acme"
STORY = """\
Ferry to Orsay sails again after nine weeks

By Mara Quill

The ferry between Hallin and Orsay will sail again on Monday, the harbour office said, after nine weeks with no other link than a fishing boat.

Engineers at the yard replaced both shafts. "We found far more rust than we had feared," said Ines Bram, who runs the yard on the mainland.

The islanders had asked for a second ship in every year since 2011. The council will vote on the money for it in May, and the vote will be close.

See our tide table for Hallin

Hallin 06:15
Orsay 07:40
Ansel 09:05
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages into which the pack is installed; nothing is fetched for it."""
    pytest.importorskip("hatchling", reason="the pack's build backend; it comes with the extra dev")
    source = shutil.copytree(ACME, tmp_path_factory.mktemp("source") / "acme")
    target = tmp_path_factory.mktemp("site")
    options = ["--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--target", str(target)]
    subprocess.run([sys.executable, "-m", "pip", "install", "-qq", *options, str(source)], check=True, timeout=PATIENCE)
    return target


def run(site: Path, *arguments: str, stdin: str = STORY, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), str(ROOT)]), "LC_ALL": "C.UTF-8"}
    return subprocess.run([sys.executable, *arguments], input=stdin, capture_output=True, encoding="utf-8", env=env, cwd=cwd, timeout=PATIENCE)


def cleaned(site: Path, *options: str) -> dict[str, object]:
    done = run(site, "-m", "stripper", "clean", "-", "--format", "json", *options)
    assert done.returncode == 0, done.stderr
    article: dict[str, object] = json.loads(done.stdout)
    return article


def test_its_own_tests_pass(site: Path) -> None:
    done = run(site, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(ACME), str(ACME / "tests"))
    assert "8 passed" in done.stdout, done.stdout + done.stderr


def test_installing_it_changes_nothing(site: Path, tmp_path: Path) -> None:
    assert cleaned(site) == cleaned(tmp_path)


def test_it_is_used_by_name_and_the_article_names_it(site: Path) -> None:
    article = cleaned(site, "--pack", "acme")
    core, acme = sorted(article["packs"], reverse=True)  # type: ignore[call-overload]
    assert core.split()[0] == "core"
    assert acme.split()[:2] == ["acme", "2.1.0"]
    assert len(acme.split()[2]) == 12
    by_acme = {mark["rule"] for mark in article["removed"] if mark["rule"].startswith("acme:")}  # type: ignore[attr-defined]
    assert by_acme == {"acme:tide-table/see-the-tides", "acme:ferry-board/departures"}
    assert str(article["body"]).endswith("the vote will be close.")


def test_a_cleaner_that_names_it_survives_pickling(site: Path) -> None:
    program = (
        "import pickle, sys\nfrom stripper import Cleaner\ncleaner = Cleaner(packs=['core', 'acme'])\nstory = sys.stdin.read()\n"
        "again = pickle.loads(pickle.dumps(cleaner))\nassert again.packs == cleaner.packs and len(again.packs) == 2\n"
        "assert again.clean(story).to_json() == cleaner.clean(story).to_json()\nprint('same')\n"
    )
    done = run(site, "-c", program)
    assert done.stdout == "same\n", done.stderr


def test_its_rules_are_listed_shown_checked_and_tried(site: Path, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    said = [
        run(site, "-m", "stripper", "rules", *arguments, cwd=tmp_path)
        for arguments in (
            ["list", "--pack", "acme"],
            ["show", "--pack", "acme", "acme:ferry-board/departures"],
            ["check", "acme"],
            ["try", "acme", "story.txt"],
        )
    ]
    assert [done.returncode for done in said] == [0, 0, 0, 0], [done.stderr for done in said]
    listed, shown, checked, tried = (done.stdout for done in said)
    assert [line.split()[0] for line in listed.splitlines()] == [
        "acme:ferry-board/departures", "acme:tide-table/see-the-tides", "acme:tide-table/tide-markup",
    ]  # fmt: skip
    assert "a single one may be part of a story's list" in shown
    assert "3 rules, 7 examples, 0 defects" in checked
    assert "acme:tide-table/see-the-tides  widget 0.97  removed" in tried
