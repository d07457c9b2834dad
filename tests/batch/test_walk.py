"""Walks meet exactly what belongs to a tree, in the order of names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.batch.walk import Tree, below, pattern, walk

FILES = ("a", "b", "ab", ".h", "a/a", "a/b", "a/.h", "a/b/a", "a/b/ab", "b/a/b", ".d/a", "b/a/a/b", "b/ab")
PARTS = st.sampled_from(["**", "*", "a", "b", "?b", "[!a]", "a*", ".*", "*b"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    for name in FILES:
        path = folder.joinpath(*(f"{part}_" for part in name.split("/")[:-1]), name.split("/")[-1])  # folders are a_, files a
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


def everything(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file()]


@given(st.lists(st.one_of(PARTS, st.sampled_from(["a_", "b_", "*_"])), max_size=4))
def test_a_walk_meets_what_the_tree_holds(folder: Path, parts: list[str]) -> None:
    tree = Tree(str(folder), tuple(parts))
    met = [entry.path for entry in walk(tree)]
    assert met == sorted(met, key=lambda path: path.split(os.sep))
    assert set(met) == {path for path in everything(folder) if tree.holds(path)}
    assert not tree.holds(str(folder.parent / "a"))


@given(st.lists(PARTS, min_size=1, max_size=4))
def test_patterns_match_what_they_do_in_a_shell(folder: Path, parts: list[str]) -> None:
    """The standard library's glob agrees, where folders that match are not entered."""
    import glob

    parts = [part if part == "**" or at == len(parts) - 1 else part + "_" for at, part in enumerate(parts)]
    if parts[-1] == "**":
        parts.append("*")
    found = {path for path in glob.glob(str(folder.joinpath(*parts)), recursive=True) if os.path.isfile(path)}
    tree = Tree(str(folder), tuple(parts))
    named = {entry.path for entry in walk(tree) if entry.named}
    assert named == found


def test_where_a_pattern_begins() -> None:
    here = os.getcwd()
    assert pattern("pages/a.html") is None
    assert pattern("pages/20*/./x//?.html") == ("pages", Tree(f"{here}/pages", ("20*", "x", "?.html")))
    assert pattern("*.html") == ("", Tree(here, ("*.html",)))
    assert pattern("/*.html") == ("/", Tree("/", ("*.html",)))


def test_paths_below() -> None:
    assert below("/a/b/c", "/a") == "b/c"
    assert below("/a", "/") == "a"
