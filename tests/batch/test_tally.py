"""The tally: what became of the documents, and whether it adds up."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from stripper.batch.document import Document, Place, Result
from stripper.batch.tally import MOST_MESSAGES, OTHER, SLOWEST, Tally


def result(number: int, status: str = "ok", **values: object) -> Result:
    document = Document(f"{number}", values.pop("name", f"crawl.jsonl:{number}"), Place(0, number), consumed=number * 100)  # type: ignore[arg-type]
    return Result(document._replace(passed=values.pop("passed", "")), b"{}\n", status, **values)  # type: ignore[arg-type]


def tally_of(*results: Result) -> Tally:
    tally = Tally()
    for each in results:
        tally.add(each)
    return tally


@st.composite
def some_result(draw: st.DrawFn) -> Result:
    number, passed = draw(st.integers(0, 10_000)), draw(st.sampled_from(["", "", "", "a file of type .png"]))
    status = "passed" if passed else draw(st.sampled_from(["ok", "empty", "no-article", "floor", "error"]))
    removed = draw(st.dictionaries(st.sampled_from(["share", "related"]), st.integers(0, 500), max_size=2))
    error = draw(st.text(max_size=30)) if status == "error" else ""
    return result(number, status, passed=passed, seconds=draw(st.floats(0, 20)), removed=removed, size=number, error=error)


RESULTS = st.lists(some_result(), max_size=40)


@given(RESULTS, st.integers(0, 40))
def test_a_tally_that_was_stored_half_way_ends_with_the_same_counts(results: list[Result], half: int) -> None:
    whole, resumed = tally_of(*results), Tally.from_dict(json.loads(json.dumps(tally_of(*results[:half]).to_dict())))
    for each in results[half:]:
        resumed.add(each)
    assert resumed == whole
    assert json.dumps(resumed.to_dict()) == json.dumps(whole.to_dict())


@given(RESULTS)
def test_every_document_is_counted_once(results: list[Result]) -> None:
    tally = tally_of(*results)
    assert tally.adds_up(), tally.amiss()
    assert tally.documents == len(results)
    assert tally.rows == sum(not each.document.passed for each in results) == tally.statuses.total()
    assert tally.errors == sum(each.status == "error" for each in results)
    assert tally.removed == sum((tally_of(each).removed for each in results), Tally().removed)


def test_what_was_passed_over_is_counted_by_reason_and_is_no_row() -> None:
    tally = tally_of(result(0), *(result(n, "passed", passed="a file of type .png") for n in (1, 2)), result(3, "passed", passed="a hidden file"))
    assert tally.passed == {"a file of type .png": 2, "a hidden file": 1}
    assert (tally.documents, tally.rows, tally.statuses) == (4, 1, {"ok": 1})


def test_counts_that_dont_add_up_are_told() -> None:
    stored = tally_of(result(0), result(1, "error", error="it is broken"), result(2, "passed", passed="a hidden file")).to_dict()
    assert Tally.from_dict(stored).adds_up()
    assert Tally.from_dict(stored | {"documents": 4}).amiss() == ["4 documents, but 3 are rows and what was passed over"]
    assert Tally.from_dict(stored | {"statuses": {"ok": 2, "error": 1}}).amiss() == ["2 rows, but 3 are rows by status"]
    assert Tally.from_dict(stored | {"failures": {}}).amiss() == ["1 errors, but 0 are errors by message"]


def test_errors_of_one_sort_are_one_failure_with_its_first_example() -> None:
    tally = tally_of(
        result(17, "error", error="crawl.jsonl, line 17: not JSON: Expecting ',' delimiter at 40, expected an object"),
        result(18, "error", error="crawl.jsonl, line 18: not JSON: Expecting ':' delimiter at 1,207, expected an object"),
        result(19, "error", error="took longer than 20 s"),
        result(2, "error", name="b.warc.gz, record 2 at byte 88", error="b.warc.gz, record 2 at byte 88: the record is cut"),
        result(3, "error", name="c.warc.gz, record 3 at byte 9", error="c.warc.gz, record 3 at byte 9: the record is cut"),
        result(4, "error", name="pages/a.html", error="pages/a.html: Permission denied"),
    )
    assert [(f.count, f.name, f.message) for f in tally.failures.values()] == [
        (2, "crawl.jsonl:17", "line 17: not JSON: Expecting ',' delimiter at 40, expected an object"),
        (1, "crawl.jsonl:19", "took longer than 20 s"),
        (2, "b.warc.gz, record 2 at byte 88", "the record is cut"),
        (1, "pages/a.html", "Permission denied"),
    ]


def test_a_message_that_only_begins_like_the_file_is_kept() -> None:
    tally = tally_of(result(1, "error", name="took", error="took longer than 20 s"), result(2, "error", name="a", error="a: b"))
    assert [f.message for f in tally.failures.values()] == ["took longer than 20 s", "b"]


def test_there_is_an_end_to_what_is_remembered() -> None:
    sorts = ("x" * (n % 190) + "abcdefghij"[n // 190] for n in range(MOST_MESSAGES + 300))
    tally = tally_of(*(result(n, "error", error=sort) for n, sort in enumerate(sorts)))
    assert len(tally.failures) == MOST_MESSAGES + 1
    assert tally.failures[OTHER].count == 300
    assert tally.adds_up()
    tally.add(result(0, "error", name="n" * 5_000, error="e" * 5_000))
    assert len(json.dumps(tally.to_dict())) < 500_000


def test_the_slowest_documents_are_named_slowest_first() -> None:
    tally = tally_of(*(result(n, seconds=(n * 7 % 40) / 10) for n in range(40)))
    assert [seconds for seconds, _ in tally.slowest] == [n / 10 for n in range(39, 39 - SLOWEST, -1)]
    assert all(int(name.partition(":")[2]) * 7 % 40 / 10 == seconds for seconds, name in tally.slowest)
    assert tally_of(result(0)).slowest == []  # it took no worker any time
