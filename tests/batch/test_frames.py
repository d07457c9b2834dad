"""Messages between a batch and its workers."""

from __future__ import annotations

import io
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.batch.frames import Answer, Frames, packed, read

MESSAGES = st.lists(st.one_of(st.text(st.characters()), st.binary(), st.none(), st.lists(st.integers())), max_size=5)


@given(MESSAGES, st.data())
def test_messages_arrive_whole_in_whatever_pieces(messages: list[object], data: st.DataObject) -> None:
    stream = b"".join(map(packed, messages))
    frames, arrived = Frames(), []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        arrived += frames.of(stream[:size])
        stream = stream[size:]
    assert [each.message for each in arrived] == messages
    assert sum(each.size for each in arrived) == sum(len(packed(message)) for message in messages)


@given(MESSAGES)
def test_a_stream_that_blocks_is_read_to_its_end(messages: list[object]) -> None:
    stream = io.BytesIO(b"".join(map(packed, messages)))
    assert [read(stream) for _ in messages] == messages
    with pytest.raises(EOFError):
        read(stream)


@pytest.mark.parametrize("missing", [1, 5, 20])
def test_the_middle_of_a_message_is_an_end_too(missing: int) -> None:
    whole = packed("the ferry sails on Monday")
    with pytest.raises(EOFError):
        read(io.BytesIO(whole[:-missing]))
    assert list(Frames().of(whole[:-missing])) == []


@pytest.mark.parametrize("stream", [(5).to_bytes(8, "little") + b"\xff" * 5, b"\xff" * 8, b"what a page! what a page!"])
def test_damage_is_noticed(stream: bytes) -> None:
    with pytest.raises((pickle.UnpicklingError, ValueError)):
        list(Frames().of(stream))


def test_an_answer_is_a_message() -> None:
    """With its defaults, too."""
    answer = Answer(None, "error", "no such thing")
    assert next(Frames().of(packed(answer))).message == answer
