"""What a process keeps between batches, alone, in threads and when it is forked, and jobs that are isolated."""

from __future__ import annotations

import math
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from stripper.errors import BatchError, PackError, WorkerError
from stripper.etl import options as described
from stripper.etl import state
from stripper.etl.arrow import clean_batch, cleaned
from stripper.etl.options import Options, begun, job

HOSTILE = Path(__file__).parents[1] / "batch" / "hostile"


@pytest.fixture(autouse=True)
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HOSTILE))
    monkeypatch.setenv("HOSTILE_MEMORY", str(tmp_path))


@pytest.fixture
def fresh() -> Iterator[None]:
    """A process that hasn't cleaned anything."""
    state._loaded.cache_clear()
    yield
    state._loaded.cache_clear()


def page(number: int, trouble: str = "") -> str:
    lines = [
        f"Ferry {number} sails again",
        f"The ferry of pier {number} sailed for the first time in {number + 2} weeks, and the harbour office said that it was about time.",
        f"do {trouble}" if trouble else "Leave a Reply",
        "Engineers had replaced both shafts. They had found far more rust than anyone on the island had feared, the office said on Monday.",
    ]
    return "\n\n".join(lines)


def pages(*troubles: str) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"id": list(range(len(troubles))), "text": [page(number, trouble) for number, trouble in enumerate(troubles)]})


def test_rules_are_loaded_once(fresh: None) -> None:
    for options in ({}, {"removed": True}, {}, {"prefix": "a_"}):
        clean_batch(pages(""), **options)
    assert state._loaded.cache_info().misses == 2  # with and without removed spans


def test_threads_share_them(fresh: None) -> None:
    made: list[Any] = []

    def clean() -> None:
        made.append(clean_batch(pages("", "", "")))

    threads = [threading.Thread(target=clean) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert state._loaded.cache_info().misses == 1
    assert len(made) == 6
    assert all(batch.equals(made[0]) for batch in made)


def test_isolated_or_not_is_the_same() -> None:
    batch = pa.RecordBatch.from_pydict({"text": [page(1), None, "", page(2)], "html": [None, None, b"\x89PNG\r\n\x1a\n", b"<p>" + page(3).encode()]})
    told: list[Any] = []
    both = {"html": "html", "text": "text", "removed": True, "tell": told.append}
    assert clean_batch(batch, isolate=True, **both).equals(clean_batch(batch, **both))
    assert (told[0].statuses, told[0].removed) == (told[1].statuses, told[1].removed)


def test_what_pages_do_costs_their_own_rows() -> None:
    troubles = ("", "segfault", "", "loop", "leave", "allocate", "")
    batch = pages(*troubles)
    out = clean_batch(batch, packs=["hostile"], isolate=True, timeout=5, memory=512 << 20).to_pylist()
    assert [row["status"] for row in out] == ["error" if trouble else "ok" for trouble in troubles]
    assert [row["id"] for row in out] == list(range(len(troubles)))
    assert "5 s" in out[3]["error"]
    assert out[5]["error"] == "needed more than 512 MiB of memory"
    fine = clean_batch(pages(*["" for _ in troubles]), packs=["hostile"]).to_pylist()
    assert [row for row, trouble in zip(out, troubles, strict=True) if not trouble] == [
        row for row, trouble in zip(fine, troubles, strict=True) if not trouble
    ]


def test_what_python_can_catch_needs_no_isolation() -> None:
    out = clean_batch(pages("", "leave-politely", ""), packs=["hostile"]).to_pylist()
    assert [row["status"] for row in out] == ["ok", "error", "ok"]
    assert out[1]["error"] == "SystemExit: 4"


def test_an_isolated_job_goes_on_after_one_that_was_left() -> None:
    todo = job({"isolate": True})
    documents = [document for batch in [pages(*[""] * 40)] for document in _documents(batch)]
    abandoned = state.results(todo, documents)
    assert next(abandoned).status == "ok"
    abandoned.close()
    assert [result.status for result in state.results(todo, documents[:3])] == ["ok"] * 3


def _documents(batch: pa.RecordBatch) -> list[Any]:
    from stripper.etl.options import Columns
    from stripper.etl.pages import documents

    return list(documents(batch, Columns()))


FORKED = """
import os, sys, threading
import pyarrow as pa
from stripper.etl import state
from stripper.etl.arrow import clean_batch

batch = pa.RecordBatch.from_pydict({"text": [PAGE] * 3})
before = clean_batch(batch, isolate=ISOLATE)
held = threading.Event()

def hold():  # as a thread does that is just loading rules
    with state._lock:
        held.set()
        threading.Event().wait()

threading.Thread(target=hold, daemon=True).start()
held.wait()
child = os.fork()
if not child:
    os._exit(0 if clean_batch(batch, isolate=ISOLATE).equals(before) else 9)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
if ISOLATE:
    assert clean_batch(batch, isolate=True).equals(before)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes can't be forked here")
@pytest.mark.parametrize("isolate", [False, True])
def test_a_forked_process_cleans_for_itself(isolate: bool) -> None:
    program = FORKED.replace("PAGE", repr(page(1))).replace("ISOLATE", str(isolate))
    subprocess.run([sys.executable, "-W", "ignore", "-c", program], check=True, timeout=600)


# --- jobs on their way


def test_a_job_travels() -> None:
    todo = begun({"html": "page", "removed": True, "packs": ["core"], "isolate": True, "timeout": 3})
    assert pickle.loads(pickle.dumps(todo)) == todo
    assert todo.begun_with[0].startswith("stripper ")
    assert todo.begun_with[1].startswith("core ")
    assert todo.cleaning.timeout == 3


def test_no_process_goes_on_with_other_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: None) -> None:
    todo = begun({})
    assert cleaned(pages(""), todo).num_rows == 1
    other = begun({"packs": ["hostile"]})
    for wrong in (_with(todo, begun_with=other.begun_with), _with(todo, begun_with=("stripper 0.0.1", *todo.begun_with[1:]))):
        with pytest.raises(BatchError, match="install the same everywhere"):
            cleaned(pages(""), wrong)


def _with(todo: Any, **changes: Any) -> Any:
    import dataclasses

    return dataclasses.replace(todo, **changes)


def test_packs_that_are_wrong_end_it_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text("kind = 3", "utf-8")
    with pytest.raises(PackError):
        begun({"packs": [tmp_path / "acme.toml"]})
    for isolate in (False, True):
        with pytest.raises(PackError):
            clean_batch(pages(""), packs=[tmp_path / "acme.toml"], isolate=isolate)


def test_too_little_memory_is_said_before_it_begins() -> None:
    with pytest.raises(WorkerError, match="too little for a worker"):
        begun({"isolate": True, "memory": 1 << 20})


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"htlm": "page"}, TypeError, "unknown option 'htlm'; there are html, text, url, id, crawled, "),
        ({"html": 3}, TypeError, "html is 3, expected the name of a column"),
        ({"timeout": 3}, ValueError, "timeout: this limits a process of its own, so it needs isolate=True"),
        ({"memory": 1 << 30, "timeout": 3}, ValueError, "timeout and memory: this limits"),
        ({"isolate": True, "timeout": 0}, ValueError, "timeout is 0, expected a limit above 0"),
        ({"isolate": True, "timeout": math.nan}, ValueError, "timeout is nan, expected a limit above 0"),
        ({"isolate": True, "timeout": math.inf}, ValueError, "timeout is inf, expected .* a machine can count to"),
        ({"isolate": True, "memory": 1 << 70}, ValueError, "expected .* a machine can count to"),
        ({"isolate": True, "timeout": "20"}, TypeError, "timeout is '20', expected seconds"),
        ({"isolate": True, "memory": 2e9}, TypeError, "memory is 2000000000.0, expected bytes, a whole number"),
        ({"isolate": True, "memory": True}, TypeError, "memory is True"),
        ({"removed": "no"}, TypeError, "removed is 'no', expected True or False"),
        ({"prefix": 3}, TypeError, "prefix is 3, expected text"),
        ({"policy": {"keep": ["caption"]}}, TypeError, "policy is .*, expected a Policy"),
        ({"packs": 3}, TypeError, "packs is 3, expected names and paths of packs"),
        ({"packs": ["core", 3]}, TypeError, "packs holds 3, expected names and paths of packs"),
    ],
)
def test_options_that_cant_be(options: dict[str, Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        job(options)


def test_one_pack_is_a_pack(tmp_path: Path) -> None:
    assert job({"packs": "core"}).cleaning.packs == ("core",)
    assert job({"packs": tmp_path}).cleaning.packs == (tmp_path,)
    assert job({"packs": iter(["core", "acme"])}).cleaning.packs == ("core", "acme")
    assert job({"packs": Path("acme.toml")}).cleaning.packs == (Path.cwd() / "acme.toml",)
    assert job({}) == job(dict.fromkeys(Options.__annotations__)) == job({"packs": ["core"]})


def test_every_option_says_what_it_is() -> None:
    """The docs' table has them all."""
    table = (Path(__file__).parents[2] / "docs" / "etl.md").read_text("utf-8")
    for option in Options.__annotations__:
        assert f"| `{option}`" in table, option
    assert described.__doc__


def test_processes_outlive_the_threads_that_began_them() -> None:
    """Engines such as Polars start a thread anew for each batch, and loading rules takes longer than a batch."""
    made: list[Any] = []
    options: Options = {"packs": ["hostile"], "isolate": True, "timeout": 7}
    for _ in range(3):
        thread = threading.Thread(target=lambda: made.append(clean_batch(pages("", ""), **options)))
        thread.start()
        thread.join()
    assert len(made) == 3
    (idle,) = [pools for key, pools in state._idle.items() if job(options).cleaning in key]
    assert len(idle) == 1
