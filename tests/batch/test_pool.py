"""Worker processes, with pages that crash, hang and exhaust them for real. tests/batch/hostile holds the rules that do it when a page asks."""

from __future__ import annotations

import contextlib
import gc
import math
import os
import queue
import random
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from patience import PATIENCE, heed_interrupts, until

from stripper.batch.document import Cleaning, Document, Place, Result
from stripper.batch.forms import article_output, error_output
from stripper.batch.pool import Pool
from stripper.batch.process import Process
from stripper.cleaner import Cleaner
from stripper.errors import PackError, PolicyError, WorkerError

HOSTILE = Path(__file__).parent / "hostile"
MANNERS = Cleaning(packs=("hostile",), timeout=8, memory=512 << 20)
"""A page that is no trouble takes hundredths of a second, and one that takes longer than this makes a test fail by chance: so it may take several
hundred times as long. A page that hangs costs the test all of it."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are ended as POSIX does it")


@pytest.fixture(scope="module", autouse=True)
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(HOSTILE))
        patch.setenv("HOSTILE_MEMORY", str(tmp_path_factory.mktemp("memory")))
        yield


@pytest.fixture(scope="module")
def pool(hostile: None) -> Iterator[Pool]:
    with Pool(MANNERS, 2) as pool:
        yield pool


def story(number: int, trouble: str = "") -> Document:
    lines = [
        f"Ferry {number} sails again",
        f"The ferry of pier {number} sailed for the first time in {number + 2} weeks, and the harbour office said that it was about time.",
        f"do {trouble}" if trouble else "See the timetable",
        "Engineers had replaced both shafts. They had found far more rust than anyone on the island had feared, the office said on Monday.",
    ]
    return Document(f"page-{number}", f"pages/{number}.txt", Place(number), "\n\n".join(lines), url=f"https://ferry.example/{number}")


def expected(documents: Iterable[Document], cleaning: Cleaning = MANNERS) -> list[bytes]:
    """What a loop without processes makes of pages that are no trouble."""
    cleaner = Cleaner(cleaning.packs)
    return [article_output(cleaning.form, d, cleaner.clean(d.content or "", d.url), cleaning.removed) for d in documents]


def outputs(results: Iterable[Result]) -> list[bytes]:
    return [result.output for result in results]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def gone(pids: Iterable[int]) -> bool:
    return not any(map(is_alive, pids))


def test_it_does_what_a_loop_does_in_the_same_order(pool: Pool) -> None:
    documents = [story(n) for n in range(100)]
    results = list(pool.results(iter(documents)))
    assert outputs(results) == expected(documents)
    assert [r.document for r in results] == [d._replace(content=None) for d in documents]
    assert {r.status for r in results} == {"ok"}
    assert [r.size for r in results] == [len(d.content or "") for d in documents]
    assert all(r.seconds > 0 and not r.error for r in results)


def test_it_may_be_used_again_with_the_same_processes(pool: Pool) -> None:
    before = pool.pids
    for documents in ([story(1)], [], [story(2), story(3)]):
        assert outputs(pool.results(documents)) == expected(documents)
    assert pool.pids == before


def test_what_is_no_page_keeps_its_place(pool: Pool) -> None:
    documents = [
        story(0)._replace(content=None, error="pages/0.txt: it can't be read"),
        story(1),
        story(2)._replace(content=None, passed="a file of type .png"),
        story(3)._replace(content=None),
        story(4)._replace(content=b"\x89PNG\r\n\x1a\n" + bytes(50)),
        story(5),
    ]
    unreadable, _, passed, empty, picture, _ = results = list(pool.results(documents))
    assert [r.status for r in results] == ["error", "ok", "passed", "empty", "error", "ok"]
    assert unreadable.output == error_output("line", documents[0], "pages/0.txt: it can't be read", pool.packs, False)
    assert passed.output is None
    assert b'"body":""' in empty.output
    assert b'"section":null' in empty.output
    assert "PNG" in picture.error
    assert picture.output == error_output("line", documents[4], picture.error, pool.packs, False)


def test_what_it_says_of_removed_text(pool: Pool) -> None:
    """Characters by kind, as the article's marks have them."""
    document = story(7, "nothing at all")._replace(content=(story(7).content or "") + "\n\nShare on Facebook\n\n" * 3)
    (result,) = pool.results([document])
    article = Cleaner(MANNERS.packs).clean(document.content or "", document.url)
    assert result.removed == {str(k): sum(m.end - m.start for m in article.removed if m.kind == k) for k in {m.kind for m in article.removed}}
    assert result.removed


TOO_LONG = f"took longer than {MANNERS.timeout:g} s"
TROUBLE = {
    "segfault": "the process crashed (SIGSEGV)",
    "abort": "the process crashed (SIGABRT)",
    "loop": TOO_LONG,
    "loop-in-c": TOO_LONG,
    "parse": TOO_LONG,
    "allocate": "needed more than 512 MiB of memory",
    "allocate-array": "needed more than 512 MiB of memory",
    "allocate-pieces": "needed more than 512 MiB of memory",
    "leave": "the process ended (exit code 3)",
    "leave-politely": "SystemExit: 4",
    "fail": "rule hostile:trouble/fail failed: ValueError: no such thing: <object object at 0x…>",
    "recurse": "rule hostile:trouble/recurse failed: RecursionError: maximum recursion depth exceeded",
    "leak-files": f"rule hostile:trouble/leak-files failed: OSError: [Errno 24] Too many open files: '{os.devnull}'",
    "die": "the process was killed (SIGKILL), perhaps because the system ran out of memory",
    "fork": "the process ended (exit code 5)",
    "garble": "the process broke its connection",
    "hang-up": "the process ended (exit code 0)",
}
HARMLESS = ("chat", "die-once", "crash-once", "fork-here")
QUICK = ("segfault", "loop-in-c", "allocate", "die-once", "chat")


def hostile_run(pool: Pool, troubles: Iterable[str]) -> tuple[list[Document], list[Result]]:
    """A run in which three harmless pages stand before each page that makes trouble."""
    documents: list[Document] = []
    for trouble in troubles:
        documents += [story(len(documents) + n, trouble if n == 3 else "") for n in range(4)]
    documents += [story(len(documents) + n) for n in range(3)]
    return documents, list(pool.results(iter(documents)))


def check_that_each_costs_its_own_row(documents: list[Document], results: list[Result], packs: tuple[str, ...]) -> None:
    assert [r.document.id for r in results] == [d.id for d in documents]
    asked = [trouble if (trouble := (d.content or "").split("\n\n")[2].removeprefix("do ")) in TROUBLE else None for d in documents]
    assert [r.error for r in results] == [TROUBLE[trouble] if trouble else "" for trouble in asked]
    calm = [(d, r) for d, r, trouble in zip(documents, results, asked, strict=True) if trouble is None and "\n\ndo " not in (d.content or "")]
    assert outputs(r for _, r in calm) == expected(d for d, _ in calm)
    assert {r.status for _, r in calm} == {"ok"}
    for document, result, trouble in zip(documents, results, asked, strict=True):
        if trouble:
            assert result.output == error_output("line", document, TROUBLE[trouble], packs, False)


def test_trouble_costs_its_own_row(pool: Pool) -> None:
    documents, results = hostile_run(pool, QUICK)
    check_that_each_costs_its_own_row(documents, results, pool.packs)
    where = {r.error: r.where for r in results if r.error}
    assert where["the process crashed (SIGSEGV)"].startswith("hostile_rules/trouble.py:")
    assert where["the process crashed (SIGSEGV)"].endswith(" segfault")
    assert where[TOO_LONG].endswith(" loop_in_c")


@pytest.mark.slow
def test_all_trouble_at_once(pool: Pool) -> None:
    documents, results = hostile_run(pool, (*TROUBLE, *HARMLESS))
    check_that_each_costs_its_own_row(documents, results, pool.packs)


def test_a_process_that_stands_still_is_ended_from_outside(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own clock stands still, too."""
    monkeypatch.setattr("stripper.batch.process._GRACE", 0.5)
    documents = [story(0), story(1, "stop"), story(2)]
    results = list(pool.results(documents))
    assert [r.error for r in results] == ["", TOO_LONG, ""]


def test_a_process_that_no_longer_reads_holds_up_nobody(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than a pipe holds waits for it."""
    monkeypatch.setattr("stripper.batch.process._GRACE", 0.5)
    _ = pool.packs
    for pid in pool.pids:
        os.kill(pid, signal.SIGSTOP)
    documents = [story(n)._replace(content=(story(n).content or "") + "\n\n" + "x" * 1_000_000) for n in range(3)]
    assert outputs(pool.results(documents)) == expected(documents)


def has_spoken(process: Process) -> bool:
    """Whether something lies in its pipe; so it counts as heard of as soon as the pool looks again."""
    return bool(select.select([process], [], [], 0)[0])


def test_a_slow_consumer_costs_nobody_his_time(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time that passes between two results is no document's. Here it passes on the parent's clock alone."""
    late = 0.0
    monkeypatch.setattr("stripper.batch.process.time", SimpleNamespace(monotonic=lambda: time.monotonic() + late))
    monkeypatch.setattr("stripper.batch.pool.time", SimpleNamespace(monotonic=lambda: time.monotonic() + late))
    documents = [story(n) for n in range(60)]
    results = []
    for result in pool.results(documents):
        results.append(result)
        if len(results) in (5, 30):
            until(lambda: all(has_spoken(process) for process in pool._processes if process.work), "the workers have answered")
            late += 10 * MANNERS.timeout
    assert outputs(results) == expected(documents)


@pytest.mark.slow
def test_processes_that_are_killed_at_random_change_nothing(pool: Pool) -> None:
    """How far the results are says when one is killed, not a clock: so there are as many kills on any machine, and work is done between them."""
    documents = [story(n) for n in range(300)]
    chance, kills = random.Random(7), 0
    orders: queue.SimpleQueue[float | None] = queue.SimpleQueue()

    def kill() -> None:
        nonlocal kills
        while (pause := orders.get()) is not None:
            time.sleep(pause)
            for pid in chance.sample(pids := pool.pids, min(1, len(pids))):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    kills += 1

    killer = threading.Thread(target=kill)
    killer.start()
    results = []
    try:
        for result in pool.results(documents):
            results.append(result)
            if len(results) % 40 == 20:
                orders.put(chance.uniform(0, 0.1))
    finally:
        orders.put(None)
        killer.join()
    assert outputs(results) == expected(documents)
    assert kills > 5


@pytest.mark.slow
def test_what_hangs_holds_back_a_bounded_amount(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a page hangs, its successors are read and cleaned only as far as the window goes, which holds twenty of these."""
    monkeypatch.setattr("stripper.batch.intake._WINDOW", 1 << 18)
    read = 0

    def documents() -> Iterator[Document]:
        nonlocal read
        yield story(0, "loop")
        for read in range(1, 1000):
            yield story(read)._replace(content=(story(read).content or "") + "\n\n" + "x" * 10_000)

    results = pool.results(documents())
    assert next(results).error == TOO_LONG
    assert 2 < read < 40
    results.close()  # type: ignore[attr-defined]


def test_closing_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    gc.collect()  # whatever lies about and would be closed in between
    descriptors = len(os.listdir("/dev/fd"))
    with Pool(MANNERS, 2) as pool:
        results = pool.results([story(0), story(1, "loop"), *(story(n) for n in range(2, 50))])
        next(results)
        first = pool.pids
        assert all(map(is_alive, first))
        results.close()  # type: ignore[attr-defined]
        assert gone(first)
        assert outputs(pool.results([story(2)])) == expected([story(2)])
        second = pool.pids
    assert gone(second)
    assert len(os.listdir("/dev/fd")) == descriptors


def test_an_error_of_the_consumer_or_of_the_input_leaves_nothing(pool: Pool) -> None:
    def documents() -> Iterator[Document]:
        yield story(0)
        yield story(1)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(pool.results(documents()))
    assert pool.pids == ()
    assert outputs(pool.results([story(0)])) == expected([story(0)])


def test_an_abandoned_run_makes_room_for_the_next(pool: Pool) -> None:
    abandoned = pool.results(story(n) for n in range(100))
    next(abandoned)
    assert outputs(pool.results([story(5)])) == expected([story(5)])
    with pytest.raises(RuntimeError, match="other documents"):
        list(abandoned)


PARENT = """
import sys, time
from stripper.batch.document import Cleaning, Document, Place
from stripper.batch.pool import Pool

def documents():
    yield Document("a", "a", Place(0), "A page.\\n\\ndo wait")
    time.sleep(3600)  # so that it doesn't end by itself before somebody ends it

with Pool(Cleaning(packs=("hostile",), timeout=2), 2) as pool:
    pool.packs
    print(*pool.pids, flush=True)
    list(pool.results(documents()))
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_a_parent_that_dies_leaves_no_worker(tmp_path: Path, end: signal.Signals) -> None:
    """One is idle and sees that its input ends; the other one is ended by its own clock."""
    root = Path(__file__).parents[2]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(HOSTILE)]), "HOSTILE_MEMORY": str(tmp_path)}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen([sys.executable, "-c", PARENT], env=env, preexec_fn=heed_interrupts, **pipes) as parent:
        assert parent.stdout is not None
        workers = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(workers) == 2
        until((tmp_path / "waits").exists, "a worker is at the page that doesn't end")
        parent.send_signal(end)
        assert parent.wait(PATIENCE) in (-end, 130)
        until(lambda: gone(workers), "the workers have ended")


def test_threads_have_pools_of_their_own() -> None:
    found: dict[int, list[bytes]] = {}

    def work(number: int) -> None:
        with Pool(MANNERS, 1) as pool:
            found[number] = outputs(pool.results(story(n) for n in range(number, number + 20)))

    threads = [threading.Thread(target=work, args=(number,)) for number in (0, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: expected(story(n) for n in range(number, number + 20)) for number in (0, 100)}


def test_what_is_wrong_with_packs_and_policy_arrives_as_itself(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("kind = 'nonsense'\n")
    with Pool(Cleaning(packs=(broken,)), 2) as pool, pytest.raises(PackError, match=r"broken\.toml"):
        list(pool.results([story(0)]))
    with Pool(replace(MANNERS, engine="oracle"), 1) as pool, pytest.raises(PolicyError, match="oracle"):  # type: ignore[arg-type]
        _ = pool.packs
    assert pool.pids == ()


def test_processes_that_die_before_they_are_ready_are_given_up() -> None:
    with Pool(Cleaning(packs=("hostile-start",)), 2) as pool, pytest.raises(WorkerError, match=r"(?s)exit code 7.*nothing but trouble"):
        _ = pool.packs


def test_too_little_memory_is_said_at_the_start() -> None:
    with Pool(replace(MANNERS, memory=1 << 20), 1) as pool, pytest.raises(WorkerError, match="1 MiB of memory is too little"):
        _ = pool.packs


@pytest.mark.parametrize(("processes", "timeout"), [(0, 1.0), (1, 0.0), (1, math.inf), (1, math.nan)])
def test_a_pool_without_processes_or_time_is_refused(processes: int, timeout: float) -> None:
    with pytest.raises(ValueError, match="expected at least one"):
        Pool(Cleaning(timeout=timeout), processes)
