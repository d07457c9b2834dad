"""Packs load whole or not at all, and every defect is named with its file, line and rule."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from stripper.cleaner import Cleaner
from stripper.errors import PackError
from stripper.rules.base import PatternRule
from stripper.rules.load import installed_names, load_packs
from stripper.types import Kind

BAD = Path(__file__).parents[2] / "fixtures" / "packs_bad"
ONE_DEFECT = sorted(path for path in BAD.glob("*.toml") if path.stem != "many" and not path.stem.startswith("fails_"))

GOOD = """
kind = "share"
marks = "Rows of buttons."
why = "They spread the page."
misses = "Buttons without words."

[[rule]]
id = "pass-it-on"
keywords = ["pass it on", "hand it on"]
block = ['pass it on', 'hand it (on|over)[.!]?']
max_chars = 40
examples = ["⟦Pass it on⟧", "⟦Hand it over, hand it on⟧", "They pass it on to the young."]
"""


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "pass_on.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", ONE_DEFECT, ids=lambda path: path.stem)
def test_a_broken_file_names_its_defect(path: Path) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expected: ")
    with pytest.raises(PackError) as caught:
        load_packs([path])
    assert len(caught.value.defects) == 1
    assert expected in caught.value.defects[0].reason
    assert caught.value.defects[0].file == str(path)
    assert str(path) in str(caught.value)


def test_all_defects_of_a_file_are_told_at_once() -> None:
    path = BAD / "many.toml"
    source = path.read_text(encoding="utf-8").splitlines()
    starts = [n for n, line in enumerate(source, 1) if line == "[[rule]]"]
    with pytest.raises(PackError) as caught:
        load_packs([path])
    told = [(d.line, d.rule, d.reason.split(":")[0].split(";")[0]) for d in caught.value.defects]
    assert {t for t in told if not t[1]} == {(2, "", "kind is 'sharing'"), (1, "", "why is missing"), (4, "", "misses is missing")}
    first, second, _, fourth = starts
    assert {(d.line, source[d.line - 1].split()[0]) for d in caught.value.defects if d.rule == "rule 4"} == {
        (fourth, "[[rule]]"), (fourth + 2, "block"), (fourth + 3, "reach"), (fourth + 4, "examples"),
    }  # fmt: skip
    assert {(d.line, source[d.line - 1].split()[0]) for d in caught.value.defects if d.rule == "pass-it-on"} == {
        (first + 2, "keywords"), (first + 3, "block"), (first + 4, "score"), (first + 5, "examples"), (second + 1, "id"), (second + 2, "inline"),
    }  # fmt: skip
    reasons = " | ".join(d.reason for d in caught.value.defects)
    for part in (
        "'Pass it on' can never occur",
        "'P' can never match",
        "score is 2",
        "no example of what it leaves",
        "stands twice",
        "found block, inline",
    ):
        assert part in reasons
    for part in ("id is None", "RE2 refuses", "reach is 'page'", "don't pair up"):
        assert part in reasons
    assert len(str(caught.value).splitlines()) == len(caught.value.defects) + 1


def test_defects_of_several_packs_are_told_together(good: Path) -> None:
    with pytest.raises(PackError) as caught:
        load_packs([BAD / "bad_id.toml", good, BAD / "no_rule.toml", "no-such-pack", good.with_name("nowhere.toml")])
    assert {Path(d.file).name for d in caught.value.defects} == {"bad_id.toml", "no_rule.toml", "no-such-pack", "nowhere.toml"}


def test_pack_errors_survive_pickling() -> None:
    with pytest.raises(PackError) as caught:
        load_packs([BAD / "many.toml"])
    assert pickle.loads(pickle.dumps(caught.value)).defects == caught.value.defects


def test_a_good_file_becomes_a_pack(good: Path) -> None:
    (pack,) = load_packs([good])
    assert (pack.name, pack.version, len(pack.hash)) == ("pass_on", "0", 12)
    (rule_set,) = pack.sets
    assert (rule_set.name, rule_set.kind) == ("pass-on", Kind.SHARE)
    (rule,) = rule_set.rules
    assert isinstance(rule, PatternRule)
    assert (rule.id, rule.form, rule.reach, rule.where, rule.score, rule.line) == ("pass-it-on", "block", "match", "anywhere", 0.9, 7)


def test_a_folder_is_a_pack_and_an_empty_one_is_not(good: Path, tmp_path: Path) -> None:
    (pack,) = load_packs([tmp_path])
    assert [s.name for s in pack.sets] == ["pass-on"]
    (tmp_path / "none").mkdir()
    with pytest.raises(PackError, match=r"holds no \.toml file"):
        load_packs([tmp_path / "none"])


def test_the_hash_follows_every_byte_of_the_files(good: Path) -> None:
    (before,) = load_packs([good])
    (again,) = load_packs([good])
    good.write_text(GOOD + "\n# a note\n", encoding="utf-8")
    (after,) = load_packs([good])
    assert before.hash == again.hash != after.hash


def test_two_packs_of_one_name_are_refused(good: Path, tmp_path: Path) -> None:
    twin = tmp_path / "other" / "pass_on.toml"
    twin.parent.mkdir()
    twin.write_text(GOOD, encoding="utf-8")
    with pytest.raises(PackError, match="two packs are named 'pass_on'"):
        load_packs([good, twin])


def test_packs_that_are_loaded_already_are_taken_as_they_are(good: Path) -> None:
    core, mine = load_packs(["core", good])
    good.unlink()
    assert load_packs([mine, core]) == (core, mine)
    assert Cleaner([mine, "core"]).packs == (core.label, mine.label)
    assert pickle.loads(pickle.dumps(Cleaner([mine]))).clean("Pass it on").marks[0].rule == "pass_on:pass-on/pass-it-on"
    with pytest.raises(PackError, match=f"{mine.label}: two packs are named 'pass_on'"):
        load_packs([mine, mine])


def test_packs_come_in_the_order_of_their_names(good: Path) -> None:
    assert load_packs([good, "core"]) == load_packs(["core", good])


def test_bytes_that_are_no_utf8_are_a_defect(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes(b"\nkind = '\xff'")
    with pytest.raises(PackError, match=r"latin\.toml:2: not UTF-8.*0xff"):
        load_packs([path])


def test_an_unknown_pack_names_the_installed_ones() -> None:
    with pytest.raises(PackError, match="no pack of this name is installed") as caught:
        load_packs(["no-such-pack"])
    for name in installed_names():
        assert name in str(caught.value)
