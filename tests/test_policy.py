"""Policies: what is removed, kept or flagged, and the floor below which nothing is."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from patience import PATIENCE

from stripper import Action, Cleaner, Kind, Outcome, Policy, PolicyError, Status
from stripper.types import FIELD_KINDS

STORY = """Pier at Oxley Bay to be repaired before winter

The council of Oxley Bay met on Tuesday and agreed to repair the pier before the winter, which took it four hours and a vote by show of hands.

“We have waited for nine years,” said Marta Engel, who sells ice cream at its end and has done so since the last repair.

Leave a Reply

Your email address will not be published. Required fields are marked *
"""
FORM = "Leave a Reply\n\nYour email address will not be published. Required fields are marked *"


def test_everything_is_removed_by_default() -> None:
    policy = Policy()
    assert all(policy.action(k) is Action.REMOVE for k in Kind if not k.is_field)


def test_one_line_keeps_a_kind() -> None:
    policy = Policy(keep={"caption"}, flag={Kind.PAYWALL})
    assert policy.action(Kind.CAPTION) is Action.KEEP
    assert policy.action(Kind.PAYWALL) is Action.FLAG
    assert policy.action(Kind.COMMENTS) is Action.REMOVE


@pytest.mark.parametrize("keep", [{"caption"}, ["caption"], ("caption",), "caption", {Kind.CAPTION}, frozenset({Kind.CAPTION})])
def test_kinds_come_in_any_form(keep: object) -> None:
    assert Policy(keep=keep) == Policy(keep=frozenset({Kind.CAPTION}))  # type: ignore[arg-type]


def test_policies_are_values() -> None:
    assert len({Policy(keep={"caption"}), Policy(keep=["caption"]), Policy()}) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"keep": {"captoin"}}, "captoin"),
        ({"flag": {"captoin", "advrt"}}, "advrt, captoin"),
        ({"keep": {"headline"}}, "headline"),
        ({"keep": {"share"}, "flag": {"share"}}, "share"),
        ({"threshold": 1.5}, "1.5"),
        ({"threshold": -0.1}, "-0.1"),
        ({"floor": -1}, "-1"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: dict[str, object], said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        Policy(**arguments)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=said):
        Policy(**arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_it_pickles_to_the_same_bytes_in_every_process(seed: str) -> None:
    made = 'Policy(keep={"caption", "credit", "share", "topics"}, flag={"paywall", "related", "advert"}, threshold=0.4, floor=10)'
    policy = eval(made)
    code = f"import pickle, sys; from stripper import Policy; sys.stdout.buffer.write(pickle.dumps({made}))"
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])}
    assert subprocess.run([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, check=True, timeout=PATIENCE).stdout == pickle.dumps(policy)
    assert pickle.loads(pickle.dumps(policy)) == policy


def test_an_unknown_kind_is_answered_with_the_known() -> None:
    with pytest.raises(PolicyError) as caught:
        Policy(keep={"x"})
    assert all(str(k) in str(caught.value) for k in set(Kind) - FIELD_KINDS)


def test_removed_kept_and_flagged() -> None:
    removed = Cleaner().clean(STORY)
    kept = Cleaner(policy=Policy(keep={"comments"})).clean(STORY)
    flagged = Cleaner(policy=Policy(flag={"comments"})).clean(STORY)
    assert "Leave a Reply" not in removed.body
    assert kept.body == flagged.body == removed.body + "\n\n" + FORM
    for article, outcome in ((removed, Outcome.REMOVED), (kept, Outcome.KEPT), (flagged, Outcome.FLAGGED)):
        assert {m.outcome for m in article.marks if m.kind is Kind.COMMENTS and m.outcome is not Outcome.OVERRULED} == {outcome}
    assert kept.removed == flagged.removed == ()


def test_marks_below_the_threshold_remove_nothing() -> None:
    article = Cleaner(policy=Policy(threshold=1.0)).clean(STORY)
    assert not any(m.kind is Kind.COMMENTS for m in article.removed)
    assert any(m.kind is Kind.COMMENTS and m.outcome is Outcome.WEAK for m in article.marks)


def test_too_little_left_comes_back_whole() -> None:
    text = "It rained.\n\n" + FORM + "\n"
    article = Cleaner(policy=Policy(floor=40)).clean(text)
    assert article.status in (Status.FLOOR, Status.NO_ARTICLE)
    whole = Cleaner(policy=Policy(keep=frozenset(Kind) - FIELD_KINDS)).clean(text)
    assert whole.removed == ()


def test_the_floor_is_the_callers() -> None:
    assert Cleaner(policy=Policy(floor=10_000)).clean(STORY).status is Status.FLOOR
    article = Cleaner(policy=Policy(floor=10_000)).clean(STORY)
    assert article.removed == ()
    assert FORM in article.body
    assert {m.outcome for m in article.marks if m.kind is Kind.COMMENTS} == {Outcome.SPARED}
    assert Cleaner(policy=Policy(floor=0)).clean(STORY).status is Status.OK


@pytest.mark.slow
def test_a_users_type_checker_accepts_any_collection_of_kinds(tmp_path: Path) -> None:
    api = pytest.importorskip("mypy.api")
    user = tmp_path / "user.py"
    user.write_text(
        "from stripper import Kind, Policy\n"
        'Policy(keep={"caption"}, flag=["paywall"])\n'
        "Policy(keep=frozenset({Kind.CAPTION}), flag=(Kind.PAYWALL,))\n"
        "Policy(keep={7})\n"
    )
    said, _, _ = api.run(["--strict", "--follow-imports=silent", "--cache-dir", str(tmp_path / "cache"), str(user)])
    assert [line.split(":")[1] for line in said.splitlines() if ": error:" in line] == ["4"]
