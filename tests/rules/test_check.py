"""A check names every defect of a pack in one report: what keeps it from loading, and what only shows when examples run."""

from __future__ import annotations

from pathlib import Path

import pytest

from stripper.errors import PackError
from stripper.rules.check import check
from stripper.rules.load import load_packs

BAD = Path(__file__).parents[2] / "fixtures" / "packs_bad"
ONE_DEFECT = sorted(path for path in BAD.glob("*.toml") if path.stem != "many")

HEAD = """
kind = "share"
marks = "Rows of buttons."
why = "They spread the page."
misses = "Buttons without words."
"""
RULE = """
[[rule]]
id = "{id}"
keywords = ["{keyword}"]
block = '{pattern}'
examples = {examples}
"""


def pack(folder: Path, **sets: list[tuple[str, str, str, str]]) -> Path:
    """A folder of rule sets; a rule is its id, keyword, pattern and examples."""
    for name, rules in sets.items():
        tables = (RULE.format(id=rule[0], keyword=rule[1], pattern=rule[2], examples=rule[3]) for rule in rules)
        (folder / f"{name}.toml").write_text(HEAD + "".join(tables), encoding="utf-8")
    return folder


def expected(path: Path) -> str:
    return path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expected: ")


@pytest.mark.parametrize("path", ONE_DEFECT, ids=lambda path: path.stem)
def test_a_check_finds_the_one_defect_and_no_other(path: Path) -> None:
    (defect,) = check(path).defects
    assert expected(path) in defect.reason
    assert defect.file == str(path)
    assert defect.line > 0


def test_one_report_names_the_defects_of_all_files_and_nothing_is_loaded() -> None:
    report = check(BAD)
    told = {(Path(defect.file).name, defect.reason) for defect in report.defects}
    for path in ONE_DEFECT:
        said = expected(path).replace(f"{path.stem}:", f"{BAD.name}:")
        assert any(name == path.name and said in reason for name, reason in told), path.name
    assert len({name for name, _ in told}) == len(ONE_DEFECT) + 1
    assert [(d.file, d.line) for d in report.defects] == sorted((d.file, d.line) for d in report.defects)
    with pytest.raises(PackError) as caught:
        load_packs([BAD])
    assert set(caught.value.defects) < set(report.defects)


def test_examples_of_sound_rules_run_beside_broken_ones(tmp_path: Path) -> None:
    good, bad = ("pass", "pass it", "pass it", '["⟦Pass it on⟧", "No."]'), ("hand", "hand it", "hand (it", '["⟦Hand it⟧", "No."]')
    reasons = [d.reason for d in check(pack(tmp_path, both=[good, bad])).defects]
    assert len(reasons) == 2
    assert "fails: it leaves 'Pass it on'" in reasons[0]
    assert "parentheses don't pair up" in reasons[1]


def test_a_rule_whose_examples_do_not_suffice_is_sound_otherwise(tmp_path: Path) -> None:
    report = check(pack(tmp_path, one=[("pass", "pass it", "pass it", '["⟦Pass it on⟧"]')]))
    assert [d.reason for d in report.defects] == ["no example of what it leaves: a text without ⟦"]
    assert (report.rules, report.examples) == (1, 0)


def test_a_sentence_that_one_set_leaves_no_other_set_may_take(tmp_path: Path) -> None:
    sentence = "The mayor gave the key to the youngest of them."
    one = ("give-key", "key", "key", f'["⟦Key⟧", "{sentence}"]')
    other = ("mayor", "mayor", ".*mayor.*", '["⟦Mayor⟧", "Nobody came."]')
    (defect,) = check(pack(tmp_path, one=[one], other=[other])).defects
    assert (defect.rule, Path(defect.file).name) == ("give-key", "one.toml")
    assert f"{tmp_path.name}:other/mayor marks it" in defect.reason


def test_a_short_line_may_be_another_sets(tmp_path: Path) -> None:
    one = ("give-key", "key", "key", '["⟦Key⟧", "The mayor"]')
    other = ("mayor", "mayor", "the mayor", '["⟦The mayor⟧", "Nobody came."]')
    report = check(pack(tmp_path, one=[one], other=[other]))
    assert (report.defects, report.rules, report.examples) == ((), 2, 4)


def test_a_pack_that_is_not_there_is_a_defect(tmp_path: Path) -> None:
    (defect,) = check(tmp_path / "nowhere.toml").defects
    assert "no such file" in defect.reason
