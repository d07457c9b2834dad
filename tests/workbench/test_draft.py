"""A draft is checked as it would be once saved, by itself or as a file of its pack's folder."""

from __future__ import annotations

import functools

import pytest

from stripper.rules.check import check
from stripper.workbench.draft import Draft, checked


def test_a_sound_draft_is_a_pack_of_its_name(lumi: str) -> None:
    found = checked(Draft("rules/lumi.toml", lumi))
    assert (found.pack.name, found.rules, found.examples, found.defects, found.can_run) == ("lumi", 1, 2, (), True)
    assert found.own == {"lumi:lumi/read-aloud"}


def test_it_is_told_what_a_check_of_the_file_would_tell(lumi: str, tmp_path) -> None:
    text = lumi.replace("widget", "gadget").replace("Her mother let", "⟦Her mother let")
    (tmp_path / "lumi.toml").write_text(text, "utf-8")
    expected = check(tmp_path / "lumi.toml").defects
    found = checked(Draft("lumi.toml", text))
    assert [defect._replace(file="lumi.toml") for defect in expected] == list(found.defects) != []


@pytest.mark.parametrize(
    ("change", "can_run"),
    [
        (("", ""), True),
        (('why = "It advertises a function of the page."', 'why = ""'), True),  # only its documentation is missing
        ((', "Her mother let Lumi read in bed until nine."', ""), True),  # only an example
        (("Press play and let Lumi read this story to you.⟧", "Press⟧ play and let Lumi read this story."), True),  # an example fails
        (("this (story", "this story"), False),
        (('kind = "widget"', 'kind = "gadget"'), False),
        (('kind = "widget"', "kind = "), False),
        (("[[rule]]", ""), False),
        (('id = "read-aloud"', 'id = "Read Aloud"'), False),
    ],
)
def test_it_can_run_where_only_what_is_said_about_the_rules_is_missing(lumi: str, change: tuple[str, str], can_run: bool) -> None:
    found = checked(Draft("lumi.toml", lumi.replace(*change)))
    assert found.can_run is can_run
    assert bool(found.defects) is (change != ("", ""))


def test_one_broken_rule_of_two_keeps_both_from_running(lumi: str) -> None:
    second = lumi[lumi.index("[[rule]]") :].replace("read-aloud", "read-again").replace("this (story", "this story")
    found = checked(Draft("lumi.toml", lumi + second))
    assert (found.rules, found.can_run) == (1, False)


def test_an_empty_draft_and_one_that_is_no_text_of_rules_are_told(lumi: str) -> None:
    for text in ("", "\n\n", "a = 1", "]]", "\0", "rule = 1", lumi + lumi):
        found = checked(Draft("lumi.toml", text))
        assert found.defects
        assert not found.can_run


def test_a_file_of_a_folder_is_checked_with_the_files_beside_it(lumi: str) -> None:
    swaps = {
        "read-aloud": "other",
        "(press play and )?let lumi read this (story|article).{0,120}": "hand it.*",
        "Press play and let Lumi read this story to you.": "Hand it on.",
        "Her mother let Lumi read": "She reads",
        "lumi read": "hand it",
    }
    beside = functools.reduce(lambda text, swap: text.replace(*swap), swaps.items(), lumi)
    others = {"beside.toml": beside.encode(), "lumi.toml": b"what was saved", "pack.toml": b'name = "tarn"\nversion = "2"'}
    found = checked(Draft("sites/lumi.toml", lumi), "sites", others)
    assert (found.pack.label.split()[:2], found.rules, found.defects, found.can_run) == (["tarn", "2"], 2, (), True)
    assert found.own == {"tarn:lumi/read-aloud"}
    broken = checked(Draft("sites/lumi.toml", lumi), "sites", {**others, "beside.toml": b"]"})
    assert [defect.file for defect in broken.defects] == ["beside.toml"]
    assert broken.can_run


def test_the_name_core_is_taken(lumi: str) -> None:
    found = checked(Draft("core.toml", lumi))
    assert "belongs to the pack that comes along" in found.defects[0].reason
