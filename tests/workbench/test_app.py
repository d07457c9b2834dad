"""What the page asks for, over HTTP, and what it is answered."""

from __future__ import annotations

import base64
import logging
import re
import socket

import pytest

from stripper.rules.skeleton import skeleton
from stripper.types import Kind


def test_the_folder_is_listed(desk) -> None:
    answer = desk.ask("folder", {}).json
    assert answer == {
        "folder": desk.root.name, "pages": ["river/weir.txt", "story.txt"], "packs": ["lumi.toml"], "whole": True, "opened": "",
    }  # fmt: skip


def test_a_pack_is_opened_edited_and_saved(desk) -> None:
    (desk.root / "mine.toml").write_text(desk.lumi, "utf-8")
    opened = desk.ask("pack", {"name": "mine.toml"}).json
    assert opened["text"] == desk.lumi
    text = desk.lumi.replace("aloud", "loudly")
    saved = desk.ask("pack", {"name": "mine.toml", "text": text, "tag": opened["tag"]}, "PUT")
    assert saved.status == 200
    assert (desk.root / "mine.toml").read_text("utf-8") == text
    assert desk.ask("pack", {"name": "mine.toml"}).json == {"text": text, "tag": saved.json["tag"]}
    stale = desk.ask("pack", {"name": "mine.toml", "text": "", "tag": opened["tag"]}, "PUT")
    assert stale.status == 412
    assert "changed by somebody else" in stale.json["error"]
    twice = desk.ask("pack", {"name": "mine.toml", "text": "", "tag": None}, "PUT")
    assert (twice.status, (desk.root / "mine.toml").read_text("utf-8")) == (412, text)
    (desk.root / "mine.toml").unlink()


@pytest.mark.parametrize("name", ["../lumi.toml", "/tmp/lumi.toml", ".lumi.toml", "lumi.txt", "pack.toml", "a\\b.toml", "a\0.toml"])
def test_nothing_is_read_or_written_outside_of_the_folder(desk, name: str) -> None:
    assert desk.ask("pack", {"name": name}).status == 403
    assert desk.ask("pack", {"name": name, "text": "a = 1", "tag": None}, "PUT").status == 403
    assert desk.ask("check", {"pack": {"name": name, "text": desk.lumi}}).status == 403
    assert desk.ask("look", {"name": "story.txt", "pack": {"name": name, "text": desk.lumi}}).status == 403
    page = name.replace(".toml", ".html")
    assert desk.ask("look", {"name": page}).status in (403, 404)
    (row,) = desk.ask("survey", {"names": [page]}).json["rows"]
    assert row["error"]
    assert not (desk.root.parent / "lumi.toml").exists()


def test_a_draft_is_checked_line_by_line(desk) -> None:
    answer = desk.ask("check", {"pack": {"name": "lumi.toml", "text": desk.lumi}}).json
    assert answer["can_run"] is True
    assert re.search(r"1 rule, 2 examples,\s*<strong class=\"good\">0 defects", answer["html"])
    text = desk.lumi.replace('kind = "widget"', 'kind = "<script>alert(1)</script>"')
    answer = desk.ask("check", {"pack": {"name": "lumi.toml", "text": text}}).json
    assert answer["can_run"] is False
    assert 'data-line="1">line 1</button>' in answer["html"]
    assert "<script" not in answer["html"]
    assert "&lt;script&gt;" in answer["html"]


def test_long_reports_are_cut(desk) -> None:
    rules = "".join(f'[[rule]]\nid = "Rule {number}"\n' for number in range(300))
    html = desk.ask("check", {"pack": {"name": "many.toml", "text": rules}}).json["html"]
    assert html.count("<li>") == 200
    assert re.search(r"and \d+ more", html)


def test_a_page_is_shown_with_the_drafts_marks(desk) -> None:
    answer = desk.ask("look", {"name": "story.txt", "pack": {"name": "lumi.toml", "text": desk.lumi}}).json
    assert answer["rules"] == ["lumi:lumi/read-aloud"]
    assert 'data-rule="lumi:lumi/read-aloud"' in answer["html"]
    assert "1 mark;" in answer["trials"]
    assert "509 → 389 characters" in answer["trials"]
    assert 'data-goto="lumi:lumi/read-aloud" data-nth="0">line 6</button>' in answer["trials"]
    assert "without the pack: body" in answer["trials"]
    plain = desk.ask("look", {"name": "story.txt"}).json
    assert (plain["rules"], plain["trials"]) == ([], "")
    assert "lumi:lumi" not in plain["html"]


def test_a_page_may_come_along(desk) -> None:
    for sent in ({"text": "Old mill\nIn Tarn."}, {"base64": base64.b64encode(b"Old mill\nIn Tarn.").decode()}):
        assert "Old mill" in desk.ask("look", {"name": "pasted", **sent}).json["html"]
    assert "Grüße" in desk.ask("look", {"name": "a", "base64": base64.b64encode("<p>Grüße an alle".encode("latin-1")).decode()}).json["html"]


def test_what_a_page_says_is_text_in_every_answer(desk, lumi: str) -> None:
    evil = "<img src=x onerror=alert(1)>\"'</script>"
    text = f"A story\n{evil} let lumi read this story {evil}\n" * 3
    draft = {"name": "lumi.toml", "text": lumi.replace("(press play and )?", ".*")}
    answer = desk.ask("look", {"name": evil, "text": text, "as": "text", "pack": draft}).json
    assert "3 marks" in answer["trials"]
    assert "onerror" in answer["html"]
    for said in (answer["html"], answer["trials"]):
        assert "<img" not in said
        assert "</script" not in said


def test_the_folder_is_surveyed(desk) -> None:
    rows = desk.ask("survey", {"names": ["story.txt"], "pack": {"name": "lumi.toml", "text": desk.lumi}, "url": None}).json["rows"]
    assert rows == [{"name": "story.txt", "marks": 1, "removed": 119, "before": 509, "after": 389, "fields": [], "error": ""}]


def test_a_new_rule_is_a_skeleton(desk) -> None:
    answer = desk.ask("rule", {"kind": "widget", "line": "Press play"}).json
    assert answer["pack"] == skeleton(Kind.WIDGET, "Press play")
    assert answer["rule"].startswith("[[rule]]\n")
    assert answer["pack"].endswith(answer["rule"])


DEEP = b'{"a": ' + b"[" * 700 + b"]" * 700 + b"}"
"""What the parser can still read, but not who walks over its values."""


@pytest.mark.parametrize("body", [b"", b"[]", b"1", b"null", b'"a"', b"{", b"\xff", b"[" * 100_000, b'{"a": ' * 50_000, DEEP, b"NaN"])
def test_what_is_no_object_is_refused(desk, body: bytes) -> None:
    answer = desk.raw("POST", "/api/look", body, desk.key)
    assert answer.status == 400
    assert answer.json == {"error": "expected an object of JSON"}


@pytest.mark.parametrize(
    ("what", "values"),
    [
        ("look", {}),
        ("look", {"name": 1}),
        ("look", {"name": "a", "text": 1}),
        ("look", {"name": "a", "text": "a", "as": "pdf"}),
        ("look", {"name": "a", "base64": "é"}),
        ("look", {"name": "a", "base64": "a"}),
        ("look", {"name": "a", "text": "a", "pack": "core"}),
        ("look", {"name": "a", "text": "a", "pack": {"name": "a.toml"}}),
        ("look", {"name": "a", "text": "a", "pack": {"name": "a.toml", "text": ""}}),
        ("look", {"name": "a", "text": "a", "url": ["https://a.example"]}),
        ("look", {"name": "a", "base64": base64.b64encode(b"%PDF-1.7 " + bytes(99)).decode()}),
        ("survey", {}),
        ("survey", {"names": []}),
        ("survey", {"names": "story.txt"}),
        ("survey", {"names": [1]}),
        ("survey", {"names": ["story.txt"] * 201}),
        ("check", {}),
        ("check", {"pack": None}),
        ("rule", {"kind": "widgets", "line": ""}),
        ("rule", {"kind": "widget"}),
        ("pack", {"name": None}),
    ],
)
def test_values_that_make_no_sense_are_refused_with_a_reason(desk, what: str, values: dict[str, object]) -> None:
    answer = desk.ask(what, values)
    assert answer.status == 422
    assert len(answer.json["error"]) > 10


def test_half_of_a_character_is_no_failure(desk) -> None:
    answer = desk.raw("POST", "/api/look", b'{"name": "a", "text": "A \\ud800 story"}', desk.key)
    assert answer.status == 200
    assert "A ? story" in answer.json["html"]


def test_nor_is_half_of_one_in_the_data_of_a_page(desk) -> None:
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A \\ud800 story"}</script>'
    answer = desk.ask("look", {"name": "a", "text": f"<html><head>{data}</head><body><h1>A story</h1><p>It has a line.</p></body></html>"})
    assert answer.status == 200
    assert "A story" in answer.json["html"]


@pytest.mark.parametrize("url", ["http://[", "https://a.example:port/", "javascript:alert(1)", "\0", "x" * 100_000, "http://\ud800.example/"])
def test_addresses_that_are_none_are_no_failure(desk, url: str) -> None:
    draft = {"name": "lumi.toml", "text": 'hosts = ["a.example"]\n' + desk.lumi}
    assert desk.ask("look", {"name": "story.txt", "url": url, "pack": draft}).status == 200
    assert desk.ask("survey", {"names": ["story.txt"], "url": url, "pack": draft}).json["rows"][0]["error"] == ""


def test_what_is_asked_for_in_a_wrong_way_is_refused(desk) -> None:
    for method, path, status in [("GET", "/api/look", 405), ("PUT", "/api/look", 405), ("DELETE", "/api/pack", 405), ("POST", "/api/none", 404)]:
        answer = desk.raw(method, path, b"{}", desk.key)
        assert (answer.status, set(answer.json)) == (status, {"error"})


def test_pages_and_packs_that_are_too_large_are_refused(desk) -> None:
    with (desk.root / "large.txt").open("wb") as file:
        file.truncate((20 << 20) + 1)
    answer = desk.ask("look", {"name": "large.txt"})
    (desk.root / "large.txt").unlink()
    assert answer.status == 413
    assert "20,971,520 bytes" in answer.json["error"]


def test_a_request_that_is_cut_off_is_no_failure(desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    log = logging.getLogger("uvicorn.error")
    monkeypatch.setattr(log, "handlers", [*log.handlers, caplog.handler])
    lines = [f"Host: 127.0.0.1:{desk.door.port}", *(f"{name}: {value}" for name, value in desk.key.items()), "Content-Length: 100"]
    with desk.line() as line:
        line.sendall(("POST /api/look HTTP/1.1\r\n" + "\r\n".join(lines) + '\r\n\r\n{"name": ').encode())
        line.shutdown(socket.SHUT_WR)
        line.recv(1)  # it hangs up as well
    assert desk.ask("folder", {}).status == 200
    assert "Traceback" not in caplog.text
