"""The scorer's layers, its weights and the errors that they can give."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from stripper.errors import WeightsError
from stripper.locate.features import NAMES, TEXT_COLUMNS
from stripper.locate.scorer import VERSION, calibrated, load, logits, save, score, shipped


def rows(seed: int, count: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, TEXT_COLUMNS)).astype(np.float32)


def test_scores_are_probabilities_one_a_block() -> None:
    scores = score(rows(1, 30), shipped())
    assert scores.shape == (30,)
    assert ((scores >= 0) & (scores <= 1)).all()


def test_missing_markup_columns_count_as_zero() -> None:
    text = rows(2, 12)
    padded = np.hstack([text, np.zeros((12, len(NAMES) - TEXT_COLUMNS), np.float32)])
    assert np.allclose(score(text, shipped()), score(padded, shipped()), atol=1e-5)


def test_far_blocks_change_a_score_only_by_the_second_look() -> None:
    weights = shipped()
    nothing = np.zeros_like(weights.page)
    near = dataclasses.replace(weights, page=nothing, place=np.zeros_like(weights.place))
    text = rows(3, 120)
    changed = text.copy()
    changed[80:] = 0
    reach = sum(len(taps) // 2 * d for stage in (near.first, near.second) for taps, d in zip(stage.taps, stage.dilations, strict=True))
    assert np.allclose(logits(text, near)[: 80 - reach], logits(changed, near)[: 80 - reach], atol=1e-4)
    assert not np.allclose(logits(text, weights)[: 80 - reach], logits(changed, weights)[: 80 - reach], atol=1e-4)


def test_saved_weights_come_back(tmp_path: Path) -> None:
    save(shipped(), tmp_path / "w.npz")
    assert np.allclose(score(rows(4, 9), load(tmp_path / "w.npz")), score(rows(4, 9), shipped()), atol=1e-3)


def test_expected_f1_is_bent_along_the_curve() -> None:
    curve = np.array([[0.2, 0.8], [0.4, 0.6]], np.float32)
    assert [round(calibrated(x, curve), 3) for x in (0.0, 0.5, 1.0)] == [0.4, 0.5, 0.6]


def test_the_shipped_weights_are_small_and_their_curve_never_falls() -> None:
    file = Path(__file__).parents[2] / "stripper" / "locate" / "weights.npz"
    assert file.stat().st_size < 1_000_000
    assert (np.diff(shipped().curve, axis=1) >= 0).all()


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
