"""The closing table: what it says, how much room it takes, and that no page speaks through it."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from rich.console import Console

from stripper.batch.tally import Failure, Tally
from stripper.report.batch import closing
from stripper.types import Kind


def printed(tally: Tally, width: int = 80, encoding: str = "utf-8") -> list[str]:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True)
    closing(tally, Console(file=stream, width=width, highlight=False))
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return [line.rstrip() for line in raw.getvalue().decode(encoding).splitlines()]


def tally() -> Tally:
    return Tally(
        documents=2_050,
        rows=2_000,
        statuses=Counter({"error": 20, "ok": 1_900, "no-article": 80}),
        passed=Counter({"a file of type .png": 40, "a hidden file": 10}),
        removed=Counter({"share": 25_000, "related": 75_000}),
        failures={"a": Failure(5, "b.jsonl:3", "not JSON"), "b": Failure(15, "pages/x.html", "took longer than 20 s")},
        slowest=[(19.25, "pages/x.html"), (3.5, "b.jsonl:17")],
        elapsed=400.0,
    )


def test_what_the_table_says() -> None:
    assert printed(tally()) == [
        "2,000 documents in 0:06:40 (5.0 a second)",
        "",
        "status      documents  share    removed  characters  share",
        "ok              1,900  95.0%    related      75,000  75.0%",
        "no-article         80   4.0%    share        25,000  25.0%",
        "error              20   1.0%",
        "",
        "passed over",
        "a file of type .png  40",
        "a hidden file        10",
        "",
        "seconds  slowest",
        "  19.25  pages/x.html",
        "   3.50  b.jsonl:17",
        "",
        "documents  error, and where it came first",
        "       15  took longer than 20 s",
        "           pages/x.html",
        "        5  not JSON",
        "           b.jsonl:3",
    ]


def test_short_batches_have_tenths_of_seconds() -> None:
    assert printed(Tally(rows=1, statuses=Counter(ok=1), elapsed=2.54))[0] == "1 document in 2.5 s (0.4 a second)"


def test_a_batch_of_nothing_has_a_table() -> None:
    assert printed(Tally()) == ["0 documents", "", "status  documents  share"]


def test_a_status_that_is_new_here_is_shown_too() -> None:
    assert any(line.startswith("retried") for line in printed(Tally(rows=3, statuses=Counter(ok=1, retried=2))))


def crowded() -> Tally:
    full = tally()
    full.passed.update({f"a file of type .x{n}": n for n in range(1, 50)})
    full.removed.update({str(kind): 1_000 * n for n, kind in enumerate(Kind) if not kind.is_field})
    full.failures |= {f"{n}": Failure(n, f"crawl-{n}/" + "deep/" * 99, f"a reason of its own, {n}: " + "very " * 99) for n in range(1, 200)}
    full.slowest = [(20.0 - n, "crawl/" + "a-long-name-" * 30 + f"{n}.html") for n in range(10)]
    return full


def test_it_stays_on_a_screen_whatever_happened() -> None:
    lines = printed(crowded())
    assert len(lines) <= 42
    assert max(map(len, lines)) <= 80
    assert sum("other" in line for line in lines) == 3  # reasons, kinds and errors that aren't shown are at least counted
    shown = next(int(line.split()[0].replace(",", "")) for line in lines if "other errors" in line)
    assert shown == sum(failure.count for failure in sorted(crowded().failures.values(), key=lambda f: -f.count)[5:])


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_names_and_messages_reach_the_terminal_as_text(encoding: str) -> None:
    hostile = "a\x1b]0;owned\x07\x9b31m\u202e\r\n[red]b[/red] Ж\udcff.html"
    said = Tally(failures={"x": Failure(1, hostile, hostile)}, slowest=[(1.0, hostile)], passed=Counter({hostile: 1}))
    text = "\n".join(printed(said, 200, encoding))
    assert not set(text) & {"\x1b", "\x07", "\x9b", "\u202e", "\r"}
    assert text.count("[red]b[/red]") == 4
    assert ("Ж" in text) == (encoding == "utf-8")
    assert "\\udcff.html" in text


def test_colours_only_where_there_is_a_terminal() -> None:
    stream = io.StringIO()
    closing(tally(), Console(file=stream, force_terminal=True, color_system="256", width=80))
    assert "\x1b[32mok" in stream.getvalue()
    stream = io.StringIO()
    closing(tally(), Console(file=stream, width=80))
    assert "\x1b" not in stream.getvalue()


def test_it_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    closing(tally())
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("2,000 documents")
