"""What PyTorch trains is what numpy runs."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

# ruff: noqa: E402
from stripper.locate.features import NAMES, PROSE, TEXT_COLUMNS
from stripper.locate.scorer import score
from stripper.locate.train import network
from stripper.locate.train.network import Sample, train


def samples(count: int) -> list[Sample]:
    """Pages whose story is what reads like a paragraph."""
    drawn = np.random.default_rng(5)
    made = []
    for number in range(count):
        rows = drawn.normal(size=(20 + number % 7, TEXT_COLUMNS if number % 3 else len(NAMES))).astype(np.float16)
        rows[:, PROSE] = drawn.random(len(rows)) < 0.5
        labels = (rows[:, PROSE] > 0).astype(np.float32)
        made.append(Sample(rows, labels, np.full(len(rows), 1 / len(rows), np.float32)))
    return made


@pytest.mark.slow
def test_training_learns_and_gives_the_same_weights_again() -> None:
    weights, again = train(samples(60), 3), train(samples(60), 3)
    assert np.array_equal(weights.out, again.out)
    right = [float(((score(s.rows.astype(np.float32), weights) > 0.5) == (s.labels > 0)).mean()) for s in samples(12)]
    assert np.mean(right) > 0.9


def test_numpy_runs_what_was_trained() -> None:
    torch.manual_seed(1)
    net = network.Network(len(NAMES)).eval()
    mean, scale = np.zeros(len(NAMES), np.float32), np.ones(len(NAMES), np.float32)
    rows = np.abs(np.random.default_rng(6).normal(size=(40, TEXT_COLUMNS))).astype(np.float32).clip(0, 2)
    words = torch.from_numpy(network.words_in(rows))[None]
    with torch.no_grad():
        logits = net(torch.from_numpy(rows)[None], words, torch.ones(1, 40)).logits
    assert np.allclose(score(rows, network._exported(net, mean, scale)), torch.sigmoid(logits[0]).numpy(), atol=1e-4)
