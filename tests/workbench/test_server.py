"""How the server ends."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest


def test_it_ends_without_waiting_for_a_page_in_work(serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, released = threading.Event(), threading.Event()
    desk = serving(tmp_path)

    def works(*_: object) -> None:
        begun.set()
        released.wait()

    monkeypatch.setattr(type(desk.bench), "look", works)
    answers: list[int] = []
    asking = threading.Thread(target=lambda: answers.append(desk.ask("look", {"name": "a.txt"}).status), daemon=True)
    asking.start()
    try:
        assert begun.wait(120)
        desk.stop()
        asking.join(120)
        assert answers == [503]
    finally:
        released.set()
