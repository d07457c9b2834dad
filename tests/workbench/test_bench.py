"""What the workbench works out is what the commands would say of the same files."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from stripper.cleaner import Cleaner
from stripper.errors import PackError
from stripper.report.trial import trials
from stripper.rules.base import Pack
from stripper.workbench import bench as module
from stripper.workbench.bench import Bench, Row, Source
from stripper.workbench.draft import Draft
from stripper.workbench.refusal import Refusal


@pytest.fixture(scope="module")
def plain(core: Pack) -> Cleaner:
    return Cleaner([core])


@pytest.fixture
def root(tmp_path: Path, desk) -> Path:
    for name in ("story.txt", "river/weir.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((desk.root / name).read_bytes())
    return tmp_path


@pytest.fixture
def bench(root: Path, core: Pack) -> Bench:
    return Bench(root, [core])


def test_a_look_is_what_the_cleaners_with_the_pack_and_without_it_say(bench: Bench, core: Pack, plain: Cleaner, lumi: str) -> None:
    look = bench.look(Source("story.txt"), Draft("lumi.toml", lumi))
    (bench.root / "lumi.toml").write_text(lumi, "utf-8")
    content = (bench.root / "story.txt").read_bytes()
    before, after = plain.clean(content), Cleaner([core, bench.root / "lumi.toml"]).explain(content)
    assert look.before == before
    assert look.after == after
    assert look.trials == trials(before, after, {"lumi:lumi/read-aloud"}) != ()


def test_without_a_draft_there_is_the_page(bench: Bench, plain: Cleaner) -> None:
    look = bench.look(Source("story.txt"))
    assert look.after == plain.explain((bench.root / "story.txt").read_bytes())
    assert look.trials == ()


def test_what_is_pasted_or_sent_is_looked_at_as_it_is(bench: Bench, plain: Cleaner) -> None:
    for content in ("A page.\nWith lines.", "<p>A page.</p>", "<p>Übung</p>".encode("latin-1")):
        assert bench.look(Source("pasted", content)).after == plain.explain(content)
    assert bench.look(Source("pasted", "<p>A</p>", as_="text")).after.text == "<p>A</p>"


def test_a_draft_that_can_not_run_is_refused(bench: Bench, lumi: str) -> None:
    with pytest.raises(Refusal) as caught:
        bench.look(Source("story.txt"), Draft("lumi.toml", lumi.replace("(story", "story")))
    assert caught.value.status == 422


def test_pages_that_can_not_be_read_are_refused(bench: Bench) -> None:
    (bench.root / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    for name, said in [("picture.txt", "PNG"), ("nowhere.txt", "there is no")]:
        with pytest.raises(Refusal, match=said):
            bench.look(Source(name))


def test_a_survey_tells_what_a_draft_does_to_each_page(bench: Bench, plain: Cleaner, lumi: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 1_000_000)
    (bench.root / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    names = ["story.txt", "river/weir.txt", "picture.txt", "nowhere.txt"]
    story, weir, picture, nowhere = bench.survey(names, Draft("lumi.toml", lumi))
    sizes = [len(plain.clean((bench.root / name).read_bytes()).body) for name in names[:2]]
    assert story == Row("story.txt", 1, 119, sizes[0], sizes[0] - 120)
    assert weir == Row("river/weir.txt", before=sizes[1], after=sizes[1])
    assert "PNG" in picture.error
    assert "there is no nowhere.txt" in nowhere.error
    assert bench.survey(names[:1])[0] == Row("story.txt", before=sizes[0], after=sizes[0])


def test_a_survey_tells_which_fields_change(bench: Bench, lumi: str) -> None:
    text = (
        lumi.replace("widget", "headline")
        .replace('"read-aloud"', '"read-aloud"\nscore = 1')
        .replace("let lumi read this (story|article)", "its wheel")
    )
    text = text.replace('"lumi read"', '"its wheel"').replace("Press play and let Lumi read this story to you.", "Its wheel still turns.")
    assert bench.check(Draft("wheel.toml", text)).can_run
    (row,) = bench.survey(["story.txt"], Draft("wheel.toml", text))
    assert row.fields == ("headline",)


def test_a_survey_answers_in_parts(bench: Bench, lumi: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0)
    assert [row.name for row in bench.survey(["story.txt", "river/weir.txt"], Draft("lumi.toml", lumi))] == ["story.txt"]


def test_an_edited_page_is_read_again(bench: Bench, lumi: str) -> None:
    (first,) = bench.survey(["story.txt"], Draft("lumi.toml", lumi))
    with (bench.root / "story.txt").open("a", encoding="utf-8") as file:
        file.write("The mayor will cut the ribbon herself, she said, with the shears that once cut the belt of the mill's wheel.\n")
    (second,) = bench.survey(["story.txt"], Draft("lumi.toml", lumi))
    assert second.before > first.before


def test_rules_of_sites_ask_for_the_address(bench: Bench, lumi: str) -> None:
    draft = Draft("lumi.toml", 'hosts = ["gazette.example"]\n' + lumi)
    assert bench.look(Source("story.txt"), draft).trials == ()
    assert bench.look(Source("story.txt", url="https://www.gazette.example/mill"), draft).trials != ()
    assert [bench.survey(["story.txt"], draft, url)[0].marks for url in (None, "https://gazette.example/", "https://other.example/")] == [0, 1, 0]


def test_the_draft_takes_the_place_of_the_pack_in_use(root: Path, core: Pack, lumi: str) -> None:
    (root / "lumi.toml").write_text(lumi, "utf-8")
    bench = Bench(root, [core, root / "lumi.toml"])
    assert bench.look(Source("story.txt")).after.removed[0].rule == "lumi:lumi/read-aloud"
    look = bench.look(Source("story.txt"), Draft("lumi.toml", lumi.replace("read-aloud", "aloud")))
    assert look.before.removed == ()
    assert [trial.mark.rule for trial in look.trials] == ["lumi:lumi/aloud"]
    other = bench.look(Source("story.txt"), Draft("other.toml", lumi))
    assert other.before.removed[0].rule == "lumi:lumi/read-aloud"


def test_a_pack_in_use_that_changes_is_loaded_again_and_left_out_while_it_is_broken(root: Path, core: Pack, lumi: str) -> None:
    (root / "lumi.toml").write_text(lumi, "utf-8")
    bench = Bench(root, [core, root / "lumi.toml"])
    (root / "lumi.toml").write_text(lumi.replace("read-aloud", "aloud-2"), "utf-8")
    assert bench.look(Source("story.txt")).after.removed[0].rule == "lumi:lumi/aloud-2"
    (root / "lumi.toml").write_text("]", "utf-8")
    assert bench.look(Source("story.txt")).after.removed == ()
    with pytest.raises(PackError):
        Bench(root, [core, root / "lumi.toml"])


def test_two_packs_of_one_name_are_a_defect(root: Path, core: Pack, lumi: str) -> None:
    (root / "river" / "lumi.toml").write_text(lumi, "utf-8")
    bench = Bench(root, [core, root / "river" / "lumi.toml"])
    found = bench.check(Draft("lumi.toml", lumi))
    assert "a pack of the name 'lumi' is in use" in found.defects[0].reason
    assert not found.can_run
    assert bench.check(Draft("river/lumi.toml", lumi)).can_run


def test_a_file_of_a_folder_that_is_a_pack_is_tried_with_the_others(root: Path, core: Pack, lumi: str) -> None:
    (root / "sites").mkdir()
    (root / "sites" / "lumi.toml").write_text("what was saved", "utf-8")
    other = lumi.replace("read-aloud", "weir").replace("let lumi read this (story|article)", "boats may").replace("lumi read", "boats may")
    other = other.replace("Press play and let Lumi read this story to you.", "Boats may pass.").replace("Her mother let", "She lets")
    (root / "sites" / "river.toml").write_text(other, "utf-8")
    draft = Draft("sites/lumi.toml", lumi)
    assert Bench(root, [core]).check(draft).pack.name == "lumi"
    (root / "sites" / "pack.toml").write_text('name = "tarn"', "utf-8")
    found = Bench(root, [core]).check(draft)
    assert (found.pack.name, found.rules, found.defects) == ("tarn", 2, ())
    (root / "sites" / "pack.toml").unlink()
    (root / "sites" / "lumi.toml").write_text(lumi, "utf-8")
    bench = Bench(root, [core, root / "sites"])
    assert bench.check(draft).pack.name == "sites"
    assert bench.look(Source("story.txt"), draft).before.removed == ()


def test_answers_do_not_depend_on_what_was_asked_before(root: Path, core: Pack, lumi: str) -> None:
    drafts = [None, Draft("lumi.toml", lumi), Draft("lumi.toml", lumi.replace("{0,120}", "{0,130}")), Draft("other.toml", lumi)]
    once = [Bench(root, [core]).look(Source("story.txt"), draft) for draft in drafts]
    bench = Bench(root, [core])
    again = {at: bench.look(Source("story.txt"), drafts[at]) for at in (3, 1, 2, 0, 2, 1, 3, 0)}
    assert [again[at] for at in range(4)] == once


def test_it_may_be_asked_from_many_threads(bench: Bench, lumi: str) -> None:
    drafts = [Draft("lumi.toml", lumi.replace("0,120", f"0,{120 + number}")) for number in range(3)]
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda draft=draft: found.append(bench.survey(["story.txt", "river/weir.txt"], draft)[0])) for draft in drafts * 4
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(found) == 12
    assert len(set(found)) == 1


def test_of_two_who_save_at_once_one_is_told(bench: Bench, lumi: str) -> None:
    tag = bench.save(Draft("new.toml", lumi), None)
    told: list[str] = []

    def save(number: int) -> None:
        try:
            told.append(bench.save(Draft("new.toml", f"{lumi}# {number}\n"), tag))
        except Refusal as refusal:
            told.append(refusal.reason)

    threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sum("changed by somebody else" in said for said in told) == 7


def test_an_edit_takes_less_than_the_core_pack_takes_to_load(bench: Bench, lumi: str) -> None:
    """Checked, loaded beside the core pack, and the page cleaned twice: a quarter of the time in which the core pack alone is ready."""
    bench.look(Source("story.txt"), Draft("lumi.toml", lumi))
    edits, loads = [], []
    for number in range(5):
        draft = Draft("lumi.toml", lumi.replace("0,120", f"0,{100 + number}"))
        start = time.process_time()
        bench.check(draft)
        bench.look(Source("story.txt"), draft)
        edits.append(time.process_time() - start)
        Cleaner()
        loads.append(time.process_time() - start - edits[-1])
    assert min(edits) < min(loads)
