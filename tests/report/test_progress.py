"""What is seen of a batch while it runs: speed and time left, the line on a terminal, and the log."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from patience import PATIENCE

from stripper.batch.document import Document, Place, Result
from stripper.batch.tally import Tally
from stripper.batch.watcher import Unwatched
from stripper.report.progress import LOG_EVERY, WINDOW, Bar, JsonLog, Meter, duration, watcher


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def result(consumed: int, status: str = "ok", passed: str = "", error: str = "") -> Result:
    return Result(Document("an-id", "pages/a\x1b.html", Place(), consumed=consumed, passed=passed), None, status, error)


def stopped_before(rows: int, consumed: int, errors: int = 0) -> Tally:
    return Tally(documents=rows, rows=rows, consumed=consumed, statuses=Counter(ok=rows - errors, error=errors))


def test_speed_and_time_left_count_what_was_done_in_this_run() -> None:
    clock = Hand()
    meter = Meter(10_000_000, stopped_before(5_000, 4_000_000), clock)
    assert meter.rates() == (0, 0)
    assert meter.seconds_left() is None
    for step in range(1, 11):
        clock.now += 1
        meter.saw(result(4_000_000 + step * 100_000))
    assert meter.rows == 5_010
    assert meter.rates() == pytest.approx((1, 100_000))
    assert meter.share == pytest.approx(0.5)
    assert meter.seconds_left() == pytest.approx(50)
    assert meter.said() == "5,010 documents  1/s  0.1 MB/s  0:00:50 left"


def test_speed_is_that_of_the_last_half_minute() -> None:
    clock = Hand()
    meter = Meter(0, Tally(), clock)
    for step in range(200):
        clock.now += 1 if step < 100 else 0.1
        meter.saw(result(step))
    while clock.now < 1110 + WINDOW:
        clock.now += 0.5
        meter.saw(result(200))
    rows, bytes_ = meter.rates()
    assert rows == pytest.approx(2, rel=0.05)
    assert bytes_ == pytest.approx(0, abs=0.5)
    clock.now += 1000  # nothing comes any more
    assert meter.rates()[0] < 0.1


def test_what_is_passed_over_is_no_document_but_its_bytes_are_done() -> None:
    meter = Meter(1000, Tally(), Hand())
    meter.saw(result(300, "passed", passed="a WARC record of type request"))
    meter.saw(result(500, "error", error="it is broken"))
    assert (meter.rows, meter.errors, meter.share) == (1, 1, 0.5)


def test_without_sizes_there_is_no_share_and_no_end() -> None:
    clock = Hand()
    meter = Meter(0, Tally(), clock)
    clock.now += 2
    meter.saw(result(3_000_000))
    assert (meter.share, meter.seconds_left()) == (None, None)
    assert meter.said() == "1 document  0/s  1.5 MB/s"


def test_inputs_that_grow_are_done_and_no_more_than_that() -> None:
    clock = Hand()
    meter = Meter(1000, Tally(), clock)
    clock.now += 2
    meter.saw(result(3000))
    assert (meter.share, meter.seconds_left()) == (1.0, 0)


@pytest.mark.parametrize(("seconds", "said"), [(0.4, "0:00:00"), (59.6, "0:01:00"), (3599.7, "1:00:00"), (360_000, "100:00:00")])
def test_durations(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_who_looks_on() -> None:
    assert isinstance(watcher(stream=Terminal()), Bar)
    assert isinstance(watcher(quiet=True, stream=Terminal()), Unwatched)
    assert isinstance(watcher(stream=io.StringIO()), Unwatched)
    assert isinstance(watcher(json_log=True, stream=Terminal()), JsonLog)
    assert isinstance(watcher(json_log=True, quiet=True, stream=io.StringIO()), JsonLog)


@pytest.mark.parametrize("total", [10_000_000, 0])
def test_the_line_shows_figures_and_leaves_nothing(total: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")
    stream, clock = Terminal(), Hand()
    bar = Bar(stream, clock)
    bar.start(total, stopped_before(5_000, 4_000_000, errors=3))
    for step in range(1, 21):
        clock.now += 0.5
        bar.saw(result(4_000_000 + step * 50_000))
    bar.finish(Tally())
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", stream.getvalue())
    assert "5,020 documents  2/s  0.1 MB/s  3 errors" in shown
    assert ("0:00:50 left" in shown) == ("50%" in shown) == bool(total)
    assert stream.getvalue().endswith("\x1b[1A\x1b[2K")  # the cursor goes up and the line is cleared
    assert stream.getvalue().count("\x1b[?25l") == stream.getvalue().count("\x1b[?25h") == 1


def test_a_line_that_never_began_can_end() -> None:
    stream = Terminal()
    Bar(stream).finish(Tally())
    Bar(stream).stopped("interrupted")
    assert stream.getvalue() == ""


def events(stream: io.StringIO) -> list[dict[str, Any]]:
    assert stream.getvalue().isascii()
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_the_log_tells_of_the_start_errors_progress_and_the_end() -> None:
    stream, clock = io.StringIO(), Hand()
    log, tally = JsonLog(stream, clock), Tally()
    log.start(10_000_000, stopped_before(1_000, 1_000_000, errors=1))
    for step in range(1, 26):
        clock.now += 1
        each = result(1_000_000 + step * 100_000, *(("error", "", "it is “broken”") if step == 5 else ("ok",)))
        tally.add(each)
        log.saw(each)
    log.finish(tally)
    said = events(stream)
    assert [event["event"] for event in said] == ["start", "error", "progress", "progress", "end"]
    assert said[0] == {"event": "start", "rows": 1_000, "errors": 1, "bytes": 1_000_000, "total_bytes": 10_000_000}
    assert said[1] == {"event": "error", "id": "an-id", "name": "pages/a\x1b.html", "error": "it is “broken”"}
    assert said[2] == {
        "event": "progress",
        "seconds": LOG_EVERY,
        "rows": 1_010,
        "errors": 2,
        "bytes": 2_000_000,
        "share": 0.2,
        "rows_per_second": 1.0,
        "bytes_per_second": 100_000,
        "seconds_left": 80,
    }
    assert said[3]["seconds"] == 2 * LOG_EVERY
    assert said[4]["statuses"] == {"ok": 24, "error": 1}
    assert said[4]["failures"] == [{"count": 1, "name": "pages/a\x1b.html", "error": "it is “broken”"}]
    assert said[4]["seconds"] == 25


def test_the_log_says_why_a_batch_was_stopped_even_before_it_began() -> None:
    stream = io.StringIO()
    log = JsonLog(stream, Hand())
    log.stopped("interrupted")
    log.start(0, stopped_before(7, 70))
    log.stopped("can't write out.jsonl: No space left on device")
    first, _, last = events(stream)
    assert (first["event"], first["reason"], first["rows"]) == ("stopped", "interrupted", 0)
    assert (last["reason"], last["rows"], last["share"]) == ("can't write out.jsonl: No space left on device", 7, None)


def test_the_log_says_where_a_process_hung_if_that_is_known() -> None:
    stream = io.StringIO()
    log = JsonLog(stream)
    log.start(0, Tally())
    log.saw(result(1, "error", error="took longer than 20 s")._replace(where="rules/match.py:120 mark"))
    assert events(stream)[-1]["where"] == "rules/match.py:120 mark"


def test_a_log_that_nobody_reads_stops_nothing() -> None:
    read, write = os.pipe()
    os.close(read)
    stream = os.fdopen(write, "w")
    log = JsonLog(stream)
    log.start(0, Tally())
    log.saw(result(1, "error", error="x"))
    log.finish(Tally())
    with pytest.raises(BrokenPipeError):
        stream.close()


def test_without_a_line_rich_is_not_even_loaded() -> None:
    code = "import io, sys; from stripper.report.progress import watcher; from stripper.batch.tally import Tally\n"
    code += "w = watcher(stream=io.StringIO()); w.start(1, Tally()); w.finish(Tally()); print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2], timeout=PATIENCE)
    assert done.stdout.strip() == "False", done.stderr
