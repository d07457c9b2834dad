"""The scorer's layers, its weights and the errors that they can give."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from stripper.errors import WeightsError
from stripper.locate.decode import choose, confidence, reasons
from stripper.locate.features import NAMES, TEXT_COLUMNS
from stripper.locate.scorer import VERSION, load, save, score, shipped


def test_scores_are_probabilities_one_a_block() -> None:
    rows = np.random.default_rng(1).normal(size=(30, TEXT_COLUMNS)).astype(np.float32)
    scores = score(rows, shipped())
    assert scores.shape == (30,)
    assert ((scores >= 0) & (scores <= 1)).all()


def test_missing_markup_columns_count_as_zero() -> None:
    rows = np.random.default_rng(2).normal(size=(12, TEXT_COLUMNS)).astype(np.float32)
    padded = np.hstack([rows, np.zeros((12, len(NAMES) - TEXT_COLUMNS), np.float32)])
    assert np.allclose(score(rows, shipped()), score(padded, shipped()), atol=1e-5)


def test_far_blocks_change_a_score_only_through_the_page_mean() -> None:
    weights = dataclasses.replace(shipped(), page=np.zeros_like(shipped().page))
    rows = np.random.default_rng(3).normal(size=(80, TEXT_COLUMNS)).astype(np.float32)
    changed = rows.copy()
    changed[60:] = 0
    reach = sum(len(t) // 2 * d for t, d in zip(weights.taps, weights.dilations, strict=True))
    assert np.allclose(score(rows, weights)[: 60 - reach], score(changed, weights)[: 60 - reach])
    assert not np.allclose(score(rows, weights)[59], score(changed, weights)[59])


def test_saved_weights_come_back(tmp_path: Path) -> None:
    save(shipped(), tmp_path / "w.npz")
    rows = np.random.default_rng(4).normal(size=(9, TEXT_COLUMNS)).astype(np.float32)
    assert np.allclose(score(rows, load(tmp_path / "w.npz")), score(rows, shipped()), atol=1e-3)


def test_the_shipped_weights_are_small() -> None:
    file = Path(__file__).parents[2] / "stripper" / "locate" / "weights.npz"
    assert file.stat().st_size < 1_000_000


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=rf"gone\.npz.*missing.*version {VERSION}"):
        load(tmp_path / "gone.npz")


def test_damaged_weights_are_named(tmp_path: Path) -> None:
    (tmp_path / "bad.npz").write_bytes(b"PK\x03\x04 not an archive")
    with pytest.raises(WeightsError, match=r"bad\.npz.*damaged"):
        load(tmp_path / "bad.npz")


def test_weights_of_another_version_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stripper.locate.scorer.VERSION", VERSION + 1)
    save(shipped(), tmp_path / "new.npz")
    monkeypatch.undo()
    with pytest.raises(WeightsError, match=rf"new\.npz.*version {VERSION + 1}, expected version {VERSION}"):
        load(tmp_path / "new.npz")


def test_a_long_page_without_a_likely_block_has_no_article() -> None:
    assert choose(np.full(20, 0.1, np.float32), [100] * 20, [True] * 20, 0.5) == (frozenset(), False)


def test_a_short_text_keeps_what_it_has() -> None:
    assert choose(np.full(3, 0.1, np.float32), [100] * 3, [True] * 3, 0.5) == (frozenset({0, 1, 2}), True)


def test_doubtful_blocks_beside_the_story_are_the_story() -> None:
    scores = np.array([0.4, 0.1, 0.9, 0.4, 0.4, 0.1, 0.4], np.float32)
    assert choose(scores, [100] * 7, [True] * 7, 0.5) == (frozenset({2, 3, 4}), True)


def test_a_few_short_lines_of_a_large_page_are_no_article() -> None:
    scores = np.array([0.9] + [0.1] * 19, np.float32)
    assert choose(scores, [20] * 20, [False] * 20, 0.5) == (frozenset(), False)
    assert choose(scores, [20] * 20, [True] * 20, 0.5) == (frozenset({0}), True)
    assert choose(scores, [400] + [20] * 19, [False] * 20, 0.5) == (frozenset({0}), True)


def test_confidence_is_high_where_scores_are_clear() -> None:
    sizes = [100, 100]
    assert confidence(np.array([0.99, 0.01], np.float32), sizes) > 0.9
    assert confidence(np.array([0.5, 0.5], np.float32), sizes) == 0
    assert confidence(np.zeros(0, np.float32), []) == 0


def test_every_block_that_is_left_out_has_a_reason() -> None:
    why = reasons(frozenset({1, 3}), [False, True, False, True, True])
    assert [bool(x) for x in why] == [True, False, True, False, True]
    assert "above" in why[0]
    assert "between" in why[2]
    assert why[4] == "a paragraph below the story that isn't part of it"
    assert reasons(frozenset(), [True]) == ("the page has no story",)
