"""What is read ahead, and in which chunks it goes to workers."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from stripper.batch.document import Document, Place
from stripper.batch.frames import Answer
from stripper.batch.intake import Intake, Item

DONE = Answer(b"{}\n", "ok")


def document(number: int, size: int = 10) -> Document:
    return Document(f"{number}", f"{number}", Place(number), "x" * size)


def filled(intake: Intake) -> Intake:
    while intake.wants_more:
        intake.read()
    return intake


def names(chunk: Iterable[Item] | None) -> list[str]:
    return [item.document.id for item in chunk or ()]


def test_the_first_chunks_are_small_so_that_all_workers_get_some() -> None:
    intake = filled(Intake(map(document, range(60)), 16))
    assert [names(intake.work(False)) for _ in range(16)] == [[f"{n}"] for n in range(16)]


def test_later_chunks_are_larger() -> None:
    intake, sizes = Intake(map(document, range(1000)), 2), []
    while filled(intake) and (chunk := intake.work(False)):
        sizes.append(len(chunk))
    assert sizes[:16] == [1] * 15 + [2]
    assert sum(sizes) == 1000
    assert max(sizes) == 16


def test_large_documents_make_small_chunks() -> None:
    intake, sizes = Intake((document(n, 1 << 20) for n in range(400)), 1), []
    while filled(intake) and (chunk := intake.work(False)):
        sizes.append(len(chunk))
        for item in chunk:
            intake.settle(item, DONE, 3)
    assert max(sizes) == 4


def test_a_worker_that_waits_gets_what_is_there() -> None:
    intake = Intake(map(document, range(1000)), 1)
    for _ in range(100):
        intake.read()
        while chunk := intake.work(False):
            assert len(chunk) == 1


def test_reading_stops_where_the_window_is_full() -> None:
    intake = Intake((document(n, 1 << 20) for n in range(400)), 2)
    hanging = None
    while filled(intake) and (chunk := intake.work(False)):
        hanging = hanging or chunk[0]
        for item in chunk:
            if item is not hanging:
                intake.settle(item, Answer("y" * (1 << 20), "ok"), 1 << 20)
    assert hanging is not None
    assert not intake.wants_more
    assert not list(intake.done())
    intake.settle(hanging, DONE, 3)
    assert 60 <= len(list(intake.done())) <= 64
    assert intake.wants_more


def test_one_document_for_each_worker_is_read_whatever_its_size() -> None:
    intake = filled(Intake((document(n, 40 << 20) for n in range(10)), 4))
    assert [names(intake.work(False)) for _ in range(5)] == [["0"], ["1"], ["2"], ["3"], []]


def test_a_suspect_goes_alone_to_a_fresh_worker() -> None:
    intake = filled(Intake(map(document, range(4)), 2))
    (first,) = intake.work(True) or ()
    intake.suspect(first)
    assert names(intake.work(False)) == ["1"]
    assert names(intake.work(True)) == ["0"]


@given(st.lists(st.sampled_from(["page", "error", "passed"]), max_size=40), st.randoms(use_true_random=False))
def test_everything_comes_out_once_and_in_order(kinds: list[str], chance: object) -> None:
    """Whatever the order in which workers finish, and die."""
    documents = [document(n)._replace(**{} if kind == "page" else {"content": None, kind: "why"}) for n, kind in enumerate(kinds)]
    intake, at_work, out = Intake(documents, 3), [], []
    while not intake.finished:
        out += [(item.document.id, answer.status) for item, answer in intake.done()]
        if intake.wants_more:
            intake.read()
        elif (chunk := intake.work(fresh=chance.random() < 0.5)) is not None:  # type: ignore[attr-defined]
            at_work.append(chunk)
        elif at_work:
            first, *rest = at_work.pop(chance.randrange(len(at_work)))  # type: ignore[attr-defined]
            if chance.random() < 0.2:  # type: ignore[attr-defined]
                intake.suspect(first)
                intake.put_back(rest)
            else:
                intake.settle(first, DONE, 3)
                if rest:
                    at_work.append(rest)
    assert out == [(f"{n}", "ok" if kind == "page" else kind) for n, kind in enumerate(kinds)]
