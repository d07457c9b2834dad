"""A workbench that really answers: uvicorn in a thread, on a port of its own."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="no Starlette; pip install 'scrape-stripper[serve]'")

import uvicorn

from stripper.rules.base import Pack
from stripper.rules.load import load_packs
from stripper.workbench.bench import Bench
from stripper.workbench.server import Door, open_door, server

PATIENCE = 120
"""Seconds that anything may take, on a machine that starts engines meanwhile."""
FIXTURES = Path(__file__).parents[2] / "fixtures"
STORY, LUMI = ((FIXTURES / "workbench" / name).read_text("utf-8") for name in ("story.txt", "lumi.toml"))
OTHER = """Weir below Tarn is mended
By Odo Brandt
9 June 2023
The weir below Tarn holds again after two summers of work, and the river stands a hand higher at the old bridge than it did in spring.
Boats may pass it from Monday, the water office said, between eight in the morning and the hour at which the lamps are lit.
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Running:
    """A workbench that answers; `lumi` is the text of its pack."""

    root: Path
    door: Door
    bench: Bench
    server: uvicorn.Server
    thread: threading.Thread
    lumi: str = LUMI

    def stop(self) -> None:
        """What Ctrl-C does; it returns when the server has ended."""
        self.server.should_exit = True
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()
        self.door.socket.close()

    def raw(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        """What is answered to exactly this."""
        connection = http.client.HTTPConnection("127.0.0.1", self.door.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host="Host" in (headers or {}), skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None and "Content-Length" not in (headers or {}):
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def line(self) -> socket.socket:
        """A line on which anything can be said."""
        return socket.create_connection(("127.0.0.1", self.door.port), timeout=PATIENCE)

    @property
    def key(self) -> dict[str, str]:
        return {"X-Stripper-Token": self.door.token, "Content-Type": "application/json"}

    def ask(self, what: str, values: object, method: str = "POST", **headers: str) -> Answer:
        """What the page itself would be answered."""
        return self.raw(method, f"/api/{what}", json.dumps(values).encode(), {**self.key, **{k.replace("_", "-"): v for k, v in headers.items()}})


@pytest.fixture(scope="session")
def core() -> Pack:
    """The pack that comes along, loaded once."""
    return load_packs(["core"])[0]


@pytest.fixture(scope="session")
def serving(core: Pack) -> Iterator[Callable[..., Running]]:
    """Starts workbenches for folders, and stops them at the end."""
    started = []

    def start(root: Path, opened: str = "") -> Running:
        bench, door = Bench(root, [core]), open_door(0)
        running = server(bench, door, opened)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [door.socket]}, daemon=True)
        thread.start()
        started.append(Running(root, door, bench, running, thread))
        return started[-1]

    yield start
    for desk in started:
        desk.stop()


@pytest.fixture(scope="module")
def desk(serving: Callable[..., Running], tmp_path_factory: pytest.TempPathFactory) -> Running:
    """A workbench for two pages and a pack; tests may add files of their own."""
    root = tmp_path_factory.mktemp("desk")
    (root / "story.txt").write_text(STORY, "utf-8")
    (root / "river").mkdir()
    (root / "river" / "weir.txt").write_text(OTHER, "utf-8")
    (root / "lumi.toml").write_text(LUMI, "utf-8")
    return serving(root)


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], None]:
    """Waits for something to come true."""

    def waited(true: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, "it never came true"
            time.sleep(0.01)

    return waited


@pytest.fixture
def lumi() -> str:
    """A sound pack with one rule, which marks a line of the story."""
    return LUMI
