"""Who isn't let in: other sites, other names, other accounts of this machine, and whoever sends too much."""

from __future__ import annotations

import collections
import html
import itertools
import json
import logging
import secrets

import pytest

from stripper.report.html.page import page_policy
from stripper.workbench.guard import MAX_BODY
from stripper.workbench.server import open_door

EVERYTHING = [
    ("POST", "/api/folder"),
    ("POST", "/api/pack"),
    ("PUT", "/api/pack"),
    ("POST", "/api/rule"),
    ("POST", "/api/check"),
    ("POST", "/api/look"),
    ("POST", "/api/survey"),
    ("GET", "/api/folder"),
    ("GET", "/story.txt"),
    ("GET", "/nowhere"),
    ("POST", "/"),
    ("OPTIONS", "/api/pack"),
    ("DELETE", "/api/pack"),
    ("TRACE", "/"),
]


@pytest.mark.parametrize(("method", "path"), EVERYTHING)
@pytest.mark.parametrize("token", ["", "wrong", "é", None], ids=["empty", "wrong", "not-ascii", "none"])
def test_without_the_token_nothing_is_told_but_that_it_is_missing(desk, method: str, path: str, token: str | None) -> None:
    headers = {"Content-Type": "application/json"} | ({} if token is None else {"X-Stripper-Token": token.encode("utf-8").decode("latin-1")})
    answer = desk.raw(method, path, b"{}", headers)
    assert answer.status == 401
    assert set(answer.json) == {"error"}
    assert "token" in answer.json["error"]


def test_the_token_counts_as_a_header_only(desk) -> None:
    token = desk.door.token
    for path, headers in [
        (f"/api/folder?token={token}", {}),
        (f"/api/folder?x-stripper-token={token}", {}),
        ("/api/folder", {"Cookie": f"token={token}; x-stripper-token={token}"}),
        ("/api/folder", {"Authorization": f"Bearer {token}"}),
        ("/api/folder", {"X-Stripper-Token": token[:-1]}),
        ("/api/folder", {"X-Stripper-Token": token + "a"}),
    ]:
        answer = desk.raw("POST", path, b"{}", {"Content-Type": "application/json", **headers})
        assert answer.status == 401, (path, headers)


def test_each_start_has_a_token_of_its_own_that_nobody_guesses() -> None:
    with open_door(0).socket as one, open_door(0).socket as two:
        assert one.getsockname()[0] == two.getsockname()[0] == "127.0.0.1"
    doors = [open_door(0) for _ in range(4)]
    for door in doors:
        door.socket.close()
    assert len({door.token for door in doors}) == 4
    assert all(len(door.token) >= len(secrets.token_urlsafe(32)) for door in doors)
    assert all(door.address.partition("#")[2] == f"token={door.token}" for door in doors)


@pytest.mark.parametrize(
    "host",
    [
        "rebound.example",
        "rebound.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:{port}.rebound.example",
        "localhost.rebound.example:{port}",
        "0.0.0.0:{port}",
        "[::1]:{port}",
        "127.1:{port}",
        "2130706433:{port}",
        "me@127.0.0.1:{port}",
        "127.0.0.1:{port},127.0.0.1:{port}",
        "",
    ],
)
def test_it_answers_to_its_own_names_only(desk, host: str) -> None:
    for method, path, headers in [("GET", "/", {}), ("POST", "/api/folder", desk.key)]:
        answer = desk.raw(method, path, b"{}", {**headers, "Host": host.format(port=desk.door.port)})
        assert answer.status in (400, 421), path  # the server itself refuses what is no host at all
        assert b"mill" not in answer.body
        assert b"<script>" not in answer.body


def test_two_hosts_or_none_are_refused(desk) -> None:
    for head in (
        f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{desk.door.port}\r\nHost: rebound.example\r\n",
        f"GET / HTTP/1.1\r\nHost: rebound.example\r\nHost: 127.0.0.1:{desk.door.port}\r\n",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.0\r\n",
        f"GET / HTTP/1.1\r\nHost: rebound.example\r\nX-Forwarded-Host: 127.0.0.1:{desk.door.port}\r\n",
    ):
        with desk.line() as line:
            line.sendall(f"{head}Connection: close\r\n\r\n".encode())
            status = int(line.makefile("rb").readline().split()[1])
        assert status in (400, 421), head


def test_both_of_its_names_are_good(desk) -> None:
    for name in ("127.0.0.1", "localhost"):
        host = f"{name}:{desk.door.port}"
        assert desk.raw("GET", "/", headers={"Host": host}).status == 200
        assert desk.raw("POST", "/api/folder", b"{}", {**desk.key, "Host": host, "Origin": f"http://{host}"}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://127.0.0.1:{port}/"},
        {"Origin": "http://127.0.0.1:{port}, http://evil.example"},
        {"Origin": "http://localhost:{port}"},  # a page at the other name is another site
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},  # another server of this machine
        {"Sec-Fetch-Site": "none"},  # typed by hand, which can't bring the token
    ],
)
def test_what_other_sites_send_is_refused_even_with_the_token(desk, headers: dict[str, str]) -> None:
    sent = {name: value.format(port=desk.door.port) for name, value in headers.items()}
    for method, path in EVERYTHING[:7]:
        answer = desk.raw(method, path, b"{}", {**desk.key, **sent})
        assert answer.status == 403, (method, path)
        assert "another site" in answer.json["error"]


def test_of_two_origins_both_count(desk) -> None:
    own = f"127.0.0.1:{desk.door.port}"
    for name, good, evil in (("Origin", f"http://{own}", "http://evil.example"), ("Sec-Fetch-Site", "same-origin", "cross-site")):
        for values in ((good, evil), (evil, good)):
            head = [f"Host: {own}", *(f"{key}: {value}" for key, value in desk.key.items()), *(f"{name}: {value}" for value in values)]
            with desk.line() as line:
                line.sendall(("POST /api/folder HTTP/1.1\r\n" + "\r\n".join(head) + "\r\nContent-Length: 2\r\n\r\n{}").encode())
                assert line.makefile("rb").readline().split()[1] == b"403", (name, values)


def test_a_link_to_its_page_opens_it_and_shows_nothing(desk) -> None:
    answer = desk.raw("GET", "/", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status == 200
    for word in (b"story.txt", b"lumi", desk.root.name.encode(), desk.door.token.encode()):
        assert word not in answer.body


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jsonp", "text/json"]
)
def test_what_a_form_can_send_is_refused(desk, kind: str) -> None:
    answer = desk.raw("PUT", "/api/pack", b'{"name": "form.toml", "text": ""}', {**desk.key, "Content-Type": kind})
    assert answer.status == 415
    assert not (desk.root / "form.toml").exists()


def test_a_charset_beside_the_type_is_fine(desk) -> None:
    assert desk.raw("POST", "/api/folder", b"{}", {**desk.key, "Content-Type": "Application/JSON; charset=utf-8"}).status == 200


@pytest.mark.parametrize("length", [str(MAX_BODY + 1), "9" * 19, "9" * 4000])
def test_a_request_that_says_it_is_too_long_is_not_read(desk, length: str) -> None:
    answer = desk.raw("POST", "/api/check", None, {**desk.key, "Content-Length": length})  # what came behind it would reset the line
    assert answer.status in (400, 413)


def test_nor_is_one_that_does_not_say_it(desk) -> None:
    with desk.line() as line:
        head = [f"Host: 127.0.0.1:{desk.door.port}", *(f"{name}: {value}" for name, value in desk.key.items()), "Transfer-Encoding: chunked"]
        line.sendall(("POST /api/check HTTP/1.1\r\n" + "\r\n".join(head) + "\r\n\r\n").encode())
        piece = b"100000\r\n" + b" " * (1 << 20) + b"\r\n"
        with pytest.raises(OSError, match=r"reset|Broken pipe"):  # nobody reads on, so the line is cut
            collections.deque(map(line.sendall, itertools.repeat(piece, 3 * MAX_BODY // len(piece))), 0)
    assert desk.ask("folder", {}).status == 200


def test_heads_are_bounded(desk) -> None:
    with desk.line() as line:
        line.sendall(b"GET / HTTP/1.1\r\n" + b"A: " + b"a" * 20_000)
        assert line.makefile("rb").readline().split()[1] in (b"400", b"431")


def test_every_answer_says_that_it_is_for_its_own_page(desk) -> None:
    answers = [
        desk.raw("GET", "/"),
        desk.ask("folder", {}),
        desk.ask("nowhere", {}),
        desk.ask("check", []),
        desk.raw("POST", "/api/folder", b"{}"),
        desk.raw("GET", "/", headers={"Host": "rebound.example"}),
        desk.raw("OPTIONS", "/api/pack", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "PUT"}),
    ]
    assert [answer.status for answer in answers] == [200, 200, 404, 400, 401, 421, 403]
    for answer in answers:
        headers = answer.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert not [name for name in headers if name.lower().startswith("access-control-")]
        assert "server" not in headers


def test_the_header_has_the_policy_of_the_page(desk) -> None:
    answer = desk.raw("GET", "/")
    policy = page_policy(("marks.js", "workbench.js"), ("workbench.css",), connect=True)
    assert answer.headers["Content-Security-Policy"] == f"{policy}; frame-ancestors 'none'"
    assert policy in html.unescape(answer.body.decode())
    assert "connect-src 'self'" in policy


def test_a_web_socket_is_refused(desk) -> None:
    headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version": "13"}
    answer = desk.raw("GET", "/api/folder", headers=headers)
    assert answer.status == 401


def test_failures_are_told_to_the_terminal_and_not_to_the_page(
    desk, until, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setattr(type(desk.bench), "check", fails)
    log = logging.getLogger("uvicorn.error")
    monkeypatch.setattr(log, "handlers", [*log.handlers, caplog.handler])
    answer = desk.ask("check", {"pack": {"name": "a.toml", "text": ""}})
    assert answer.status == 500
    assert json.loads(answer.body) == {"error": "the workbench failed at this; its terminal says more"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    until(lambda: "a secret of the inside" in caplog.text)  # it is logged after the answer
