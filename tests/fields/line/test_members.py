"""Nicknames, and what isn't one."""

from __future__ import annotations

import pytest

from stripper.fields.line.members import nickname


@pytest.mark.parametrize("name", ["bilge_rat", "Ana Lima", "x9", "Käpt'n Blau", "潮の人", "Mod Sharon", "posts4ever"])
def test_nicknames(name: str) -> None:
    assert nickname(f" {name} ") == name


@pytest.mark.parametrize(
    "line",
    ["", "x", "12", "@handle", "#1", "https://x.example", "a@b.example", "New member", "Joined: Jan 2018", "Thread starter", "n" * 41, "a b c d e"],
)
def test_lines_that_are_no_nicknames(line: str) -> None:
    assert nickname(line) is None
