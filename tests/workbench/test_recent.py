"""What is kept is what was asked for last."""

from __future__ import annotations

import pytest

from stripper.workbench.recent import Recent


def test_the_value_that_nobody_asked_for_the_longest_time_goes() -> None:
    made = []

    def value(name: str) -> str:
        return kept.get(name, lambda: made.append(name) or name.upper())

    kept: Recent[str] = Recent(2)
    assert [value(name) for name in "abacab"] == list("ABACAB")
    assert made == ["a", "b", "c", "b"]


def test_nothing_is_kept_of_what_failed() -> None:
    kept: Recent[int] = Recent(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 1) == 1
