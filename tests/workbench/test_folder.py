"""Names lead to files in the folder and nowhere else, and what is saved is saved whole, over nobody's work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stripper.rules.limits import MAX_BYTES
from stripper.workbench import folder
from stripper.workbench.folder import is_whole_pack, listing, name_in, read_pack, read_page, stamp, tag_of, whole_pack, write_pack
from stripper.workbench.refusal import Refusal


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a secret beside it."""
    made = tmp_path / "folder"
    (made / "news").mkdir(parents=True)
    (made / "news" / "story.html").write_text("<p>A story.</p>")
    (made / "page.txt").write_text("A page.")
    (made / "rules.toml").write_text('kind = "share"\n')
    (tmp_path / "secret.txt").write_text("a secret")
    (tmp_path / "secret.toml").write_text("a secret")
    (tmp_path / "folder-beside").mkdir()
    (tmp_path / "folder-beside" / "secret.txt").write_text("a secret")
    return made


def refused(status: int, work, *values: object) -> str:
    with pytest.raises(Refusal) as caught:
        work(*values)
    assert caught.value.status == status, caught.value.reason
    return caught.value.reason


def test_pages_and_packs_are_listed_by_their_names(root: Path) -> None:
    for name in ("A.HTM", "b.xhtml", "c.text", "d.shtml", "picture.png", "crawl.jsonl", "old.html.gz", "pack.toml", "news/more.toml"):
        (root / name).write_text("")
    found = listing(root)
    assert found.pages == ("A.HTM", "b.xhtml", "c.text", "d.shtml", "news/story.html", "page.txt")
    assert found.packs == ("news/more.toml", "rules.toml")
    assert found.whole


def test_what_is_hidden_is_not_listed_and_links_to_folders_are_not_followed(root: Path) -> None:
    (root / ".git").mkdir()
    (root / ".git" / "page.html").write_text("")
    (root / ".page.html").write_text("")
    (root / "round").symlink_to(root)
    (root / "beside").symlink_to(root.parent / "folder-beside")
    (root / "dead.txt").symlink_to(root / "nothing.txt")
    (root / "a\\b.txt").write_text("")
    with open(os.fsencode(root) + b"/\xff.txt", "w"):  # no text in UTF-8
        pass
    assert listing(root).pages == ("news/story.html", "page.txt")


def test_long_folders_are_listed_in_part(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MOST_FILES", 1)
    assert listing(root) == (("news/story.html",), ("rules.toml",), False)
    monkeypatch.undo()
    monkeypatch.setattr(folder, "_MOST_SEEN", 2)
    assert listing(root) == (("page.txt",), ("rules.toml",), False)
    monkeypatch.setattr(folder, "_DEEPEST", 0)
    assert listing(root).pages == ("page.txt",)


OUTSIDE = [
    "../secret.{x}",
    "news/../../secret.{x}",
    "/etc/secret.{x}",
    "//secret.{x}",
    "./page.{x}",
    "news//story.{x}",
    "news/./story.{x}",
    "..\\secret.{x}",
    "C:\\secret.{x}",
    "page\0.{x}",
    "page.{x}/../../secret.{x}",
    ".hidden.{x}",
    ".hidden/page.{x}",
    "",
    ".",
    "..",
    "/",
    "news/",
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_names_that_lead_elsewhere_are_refused(root: Path, name: str) -> None:
    for ending, work in [("txt", read_page), ("html", read_page), ("toml", read_pack), ("toml", whole_pack)]:
        with pytest.raises(Refusal) as caught:
            work(root, name.format(x=ending))
        assert caught.value.status in (403, 404)
    with pytest.raises(Refusal):
        write_pack(root, name.format(x="toml"), "mine", None)
    assert sorted(path.name for path in root.parent.iterdir()) == ["folder", "folder-beside", "secret.toml", "secret.txt"]
    assert (root.parent / "secret.toml").read_text() == "a secret"


def test_links_count_as_what_they_lead_to(root: Path) -> None:
    (root / "out.txt").symlink_to(root.parent / "secret.txt")
    (root / "out.toml").symlink_to(root.parent / "secret.toml")
    (root / "new.toml").symlink_to(root.parent / "new.toml")
    (root / "beside").symlink_to(root.parent / "folder-beside")
    (root / "loop.txt").symlink_to(root / "loop.txt")
    (root / ".kept").mkdir()
    (root / ".kept" / "key.txt").write_text("a secret")
    (root / "key.txt").symlink_to(root / ".kept" / "key.txt")
    (root / "in.txt").symlink_to(root / "page.txt")
    for name in ("out.txt", "beside/secret.txt", "key.txt"):
        refused(403, read_page, root, name)
    refused(404, read_page, root, "loop.txt")
    refused(403, read_pack, root, "out.toml")
    refused(403, write_pack, root, "out.toml", "mine", tag_of(b"a secret"))
    refused(404, write_pack, root, "new.toml", "mine", None)
    refused(403, write_pack, root, "beside/mine.toml", "mine", None)
    assert (root.parent / "secret.toml").read_text() == "a secret"
    assert not (root.parent / "new.toml").exists()
    assert read_page(root, "in.txt") == b"A page."


def test_a_folder_that_is_reached_by_a_link_is_as_good(root: Path) -> None:
    (root.parent / "link").symlink_to(root)
    assert read_page(root.parent / "link", "news/story.html") == b"<p>A story.</p>"


def test_only_pages_are_read_as_pages_and_only_rules_as_rules(root: Path) -> None:
    (root / "notes.md").write_text("private")
    (root / "pack.toml").write_text('name = "it"')
    refused(404, read_page, root, "notes.md")
    refused(404, read_page, root, "rules.toml")
    refused(403, read_pack, root, "page.txt")
    refused(403, read_pack, root, "pack.toml")
    refused(403, write_pack, root, "page.txt", "mine", tag_of(b"A page."))
    refused(403, write_pack, root, "pack.toml", "mine", None)


def test_what_is_no_file_is_refused_at_once(root: Path) -> None:
    os.mkfifo(root / "pipe.txt")
    (root / "folder.txt").mkdir()
    refused(403, read_page, root, "pipe.txt")
    refused(403, read_page, root, "folder.txt")
    refused(404, read_page, root, "page.txt/page.txt")
    refused(404, read_page, root, "nowhere.txt")
    refused(404, read_page, root, "nowhere/page.txt")
    refused(404, read_page, root, "a" * 300 + ".txt")


def test_sizes_are_bounded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MAX_PAGE", 7)
    assert read_page(root, "page.txt") == b"A page."
    monkeypatch.setattr(folder, "MAX_PAGE", 6)
    assert "more than 6 bytes" in refused(413, read_page, root, "page.txt")
    refused(413, write_pack, root, "large.toml", "#" * (MAX_BYTES + 1), None)
    assert not (root / "large.toml").exists()


def test_a_pack_is_read_with_its_tag(root: Path) -> None:
    stored = read_pack(root, "rules.toml")
    assert stored.text == 'kind = "share"\n'
    (root / "latin.toml").write_bytes(b"kind = '\xff'")
    refused(422, read_pack, root, "latin.toml")


def test_saving_needs_the_tag_of_what_is_there(root: Path) -> None:
    tag = read_pack(root, "rules.toml").tag
    after = write_pack(root, "rules.toml", "mine ä\n", tag)
    assert (root / "rules.toml").read_bytes() == "mine ä\n".encode()
    assert after == read_pack(root, "rules.toml").tag != tag
    for wrong in (tag, None, "", "*"):
        refused(412, write_pack, root, "rules.toml", "again", wrong)
    assert (root / "rules.toml").read_bytes() == "mine ä\n".encode()
    (root / "rules.toml").unlink()
    refused(412, write_pack, root, "rules.toml", "again", after)
    assert list(root.glob("*.toml")) == []


def test_a_new_pack_is_written_where_nothing_is(root: Path) -> None:
    write_pack(root, "news/new.toml", "mine", None)
    assert (root / "news" / "new.toml").read_text() == "mine"
    refused(412, write_pack, root, "news/new.toml", "again", None)
    assert refused(404, write_pack, root, "nowhere/new.toml", "mine", None) == "there is no folder nowhere"
    refused(404, write_pack, root, "page.txt/new.toml", "mine", None)
    (root / "folder.toml").mkdir()
    refused(412, write_pack, root, "folder.toml", "mine", None)
    assert [path.name for path in root.rglob(".*")] == []


def test_saving_keeps_permissions_and_links_and_leaves_no_draft(root: Path) -> None:
    (root / "rules.toml").chmod(0o640)
    (root / "other.toml").symlink_to("rules.toml")
    write_pack(root, "other.toml", "mine", read_pack(root, "other.toml").tag)
    assert (root / "other.toml").is_symlink()
    assert (root / "rules.toml").read_text() == "mine"
    assert (root / "rules.toml").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in root.rglob(".*")] == []


def test_a_read_only_file_is_left_alone(root: Path) -> None:
    (root / "rules.toml").chmod(0o444)
    assert "read-only" in refused(403, write_pack, root, "rules.toml", "mine", read_pack(root, "rules.toml").tag)
    assert (root / "rules.toml").read_text() == 'kind = "share"\n'
    assert [path.name for path in root.rglob(".*")] == []


def test_a_file_is_never_half_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    tag = read_pack(root, "rules.toml").tag
    monkeypatch.setattr(folder.os, "fsync", full)
    assert "No space left" in refused(409, write_pack, root, "rules.toml", "mine", tag)
    refused(409, write_pack, root, "new.toml", "mine", None)
    assert read_pack(root, "rules.toml").tag == tag
    assert [path.name for path in root.iterdir() if path.name not in ("news", "page.txt", "rules.toml")] == []


def test_a_folder_with_a_pack_toml_is_one_pack(root: Path) -> None:
    assert not is_whole_pack(root)
    (root / "pack.toml").write_text('name = "all"')
    assert is_whole_pack(root)
    assert whole_pack(root, "new.toml") == {"pack.toml": b'name = "all"', "rules.toml": b'kind = "share"\n'}


def test_names_in_the_folder(root: Path) -> None:
    assert name_in(root, root / "rules.toml") == "rules.toml"
    assert name_in(root, root.parent / "secret.toml") == ""
    assert name_in(root, root / "page.txt") == ""
    assert name_in(root, root / "nowhere.toml") == ""
    assert name_in(root, root) == ""


def test_a_stamp_changes_with_the_file(root: Path) -> None:
    first = stamp(root / "rules.toml")
    whole = stamp(root)
    assert first == stamp(root / "rules.toml") != ()
    (root / "rules.toml").write_text("something longer")
    assert stamp(root / "rules.toml") != first
    assert stamp(root) != whole
    assert stamp(root / "nowhere.toml") == ()
