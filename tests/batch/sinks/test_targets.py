"""Where documents' files stand in a folder of outputs."""

from __future__ import annotations

import os
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.batch.sinks.targets import INDEX, place_in_folder
from stripper.errors import OutputError

ODD = ["a", "a.txt", "a.txt.d", "a.TXT", "a.txt.d.d", INDEX, f"{INDEX}.d", "...", "é" * 200, "x" * 250, "x" * 251, "\udce9", "\udcea", "\ud800"]
LETTERS = st.characters(exclude_characters="/\0", exclude_categories=["Cs"])
NAMES = st.sampled_from(ODD) | st.text(LETTERS, min_size=1, max_size=20).filter(lambda name: name not in (".", ".."))
TARGETS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("a", "a.txt"),
        ("news/2024/tarn", "news/2024/tarn.txt"),
        ("crawl.jsonl/000017-an-id", "crawl.jsonl/000017-an-id.txt"),
        ("a.txt", "a.txt.txt"),
        ("a.txt/b", "a.txt.d/b.txt"),
        ("a.txt.d/b", "a.txt.d.d/b.txt"),
        ("notes.d/b", "notes.d/b.txt"),
        ("Index.jsonl/000001", "Index.jsonl.d/000001.txt"),
        ("..a/b..", "..a/b...txt"),
    ],
)
def test_a_file_stands_where_its_target_says(target: str, place: str) -> None:
    assert place_in_folder(target, ".txt") == place


@given(st.lists(TARGETS, unique=True, max_size=12), st.sampled_from([".txt", ".md", ".json"]))
def test_no_two_files_share_a_place_and_no_folder_is_a_file(targets: list[str], suffix: str) -> None:
    places = [place_in_folder(target, suffix) for target in targets]
    assert len(set(places)) == len(places)
    folders = {str(folder) for place in places for folder in PurePosixPath(place).parents}
    assert folders.isdisjoint([*places, INDEX])
    for place in places:
        assert place.endswith(suffix)
        assert len(place.encode()) <= 900
        assert all(len(part.encode()) <= 240 for part in place.split("/"))
        assert os.path.normpath(f"out/{place}") == f"out/{place}"


def test_what_is_too_long_keeps_its_beginning_and_stays_apart() -> None:
    long, longer = "tide-" * 60, "tide-" * 60 + "s"
    places = [place_in_folder(target, ".md") for target in (long, longer, f"{long}/a", f"{longer}/a", "/".join(["deep"] * 300))]
    assert len(set(places)) == 5
    assert all(place.startswith("tide-tide-") for place in places[:4])
    assert places[4].startswith("deep_deep_")
    assert places == [place_in_folder(target, ".md") for target in (long, longer, f"{long}/a", f"{longer}/a", "/".join(["deep"] * 300))]


def test_what_is_no_unicode_gets_a_name_that_is() -> None:
    assert place_in_folder("caf\udce9/\ud800", ".txt").startswith("caf~")
    assert place_in_folder("caf\udce9", ".txt") != place_in_folder("caf\udcea", ".txt")


@pytest.mark.parametrize("target", ["../a", "a/../../b", "/etc/passwd", "a//b", "a/", "", ".", "a/./b", "a\0b", ".."])
def test_no_target_leads_out_of_the_folder(target: str) -> None:
    with pytest.raises(OutputError, match="isn't in the folder"):
        place_in_folder(target, ".txt")
