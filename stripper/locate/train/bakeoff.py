"""Other scorers than the one in use, for comparison: the same features, samples and decoder.

Each is a function from samples and a seed to a Rival; docs/locator.md shows what they reached.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np
import torch
from torch import nn

from stripper.locate.features import NAMES, TEXT_COLUMNS
from stripper.locate.scorer import convolve, scaled, score, sigmoid
from stripper.locate.train.network import Answer, Sample, array, convolutions, convolved, dropout, fit, projected, stage, train
from stripper.locate.windows import Array

_HIDDEN, _DILATIONS = 32, (1, 2, 4, 8)
_LINEAR_REACH, _TREES_REACH = 2, 1
"""Blocks to either side that a windowed scorer sees."""
_SWEEPS, _RATE, _DECAY, _AT_ONCE = 4, 0.01, 1e-4, 4096
_TREES, _LEAVES, _SHRINKAGE = 300, 31, 0.08
_MOST_ROWS = 700_000
"""Rows that the trees learn from; more than these don't fit in memory side by side."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A trained scorer: from a page's rows to its blocks' scores, and the bytes that its parameters take in half precision."""

    score: Callable[[Array], Array]
    size: int


def two_looks(samples: Sequence[Sample], seed: int) -> Rival:
    """The scorer in use."""
    weights = train(samples, seed)
    count = sum(np.size(part) for stage in (weights.first, weights.second) for part in (*stage.taps, *stage.bias))
    count += sum(np.size(part) for part in (weights.project[:TEXT_COLUMNS], weights.page, weights.place, weights.guess, weights.out))
    return Rival(lambda rows: score(rows, weights), 2 * count)


class OneLook(nn.Module):
    """Projection, convolutions, the page's mean beside each block, logits."""

    def __init__(self) -> None:
        super().__init__()
        self.project = nn.Linear(len(NAMES), _HIDDEN)
        self.convolutions = convolutions(_DILATIONS)
        self.page = nn.Linear(_HIDDEN, _HIDDEN)
        self.out = nn.Linear(2 * _HIDDEN, 1)

    def forward(self, rows: Any, words: Any, present: Any) -> Answer:
        """Logits (B x N) twice: there is no first guess."""
        missing = dropout(rows) if self.training else 0.0
        hidden = convolved(projected(rows, self.project, present, missing), self.convolutions, present, missing)
        page = torch.relu(self.page(hidden.sum(1) / present.sum(1, keepdim=True)))[:, None].expand_as(hidden)
        logits = self.out(torch.cat([hidden, page], -1))[..., 0]
        return Answer(logits, logits, None)


def one_look(samples: Sequence[Sample], seed: int) -> Rival:
    """A convolution that decides at once."""
    torch.manual_seed(seed)
    network = OneLook()
    mean, scale = fit(network, samples, seed)
    project, bias, page, out = (
        array(part) for part in (network.project.weight.T, network.project.bias, network.page.weight.T, network.out.weight[0])
    )
    layers = stage(network.convolutions, _DILATIONS)

    def scored(rows: Array) -> Array:
        hidden = convolve(np.maximum(scaled(rows, mean, scale) @ project[: rows.shape[1]] + bias, 0), layers)
        whole = np.maximum(hidden.mean(axis=0) @ page + array(network.page.bias), 0)
        return sigmoid(hidden @ out[:_HIDDEN] + whole @ out[_HIDDEN:] + network.out.bias.item())

    return Rival(scored, 2 * (project[:TEXT_COLUMNS].size + page.size + out.size + sum(part.size for part in (*layers.taps, *layers.bias))))


def linear(samples: Sequence[Sample], seed: int) -> Rival:
    """Logistic regression on each block and its neighbours."""
    torch.manual_seed(seed)
    drawn = np.random.default_rng(seed)
    rows, labels, weights = _stacked(samples, _LINEAR_REACH)
    mean, scale = rows.mean(axis=0, dtype=np.float32), rows.std(axis=0, dtype=np.float32) + 1e-3
    model = nn.Linear(rows.shape[1], 1)
    optimizer = torch.optim.Adam(model.parameters(), lr=_RATE, weight_decay=_DECAY)
    loss_of = nn.BCEWithLogitsLoss(reduction="none")
    for _ in range(_SWEEPS):
        for chosen in np.array_split(drawn.permutation(len(rows)), -(-len(rows) // _AT_ONCE)):
            logits = model(torch.from_numpy((rows[chosen].astype(np.float32) - mean) / scale))[:, 0]
            loss = (loss_of(logits, torch.from_numpy(labels[chosen])) * torch.from_numpy(weights[chosen])).sum() / float(weights[chosen].sum())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    slope = (model.weight.detach().numpy()[0] / scale).astype(np.float32)
    offset = float(model.bias.item() - (slope * mean).sum())
    return Rival(lambda page: sigmoid(_windowed(page, _LINEAR_REACH) @ slope + offset), 2 * len(slope))


def trees(samples: Sequence[Sample], seed: int) -> Rival:
    """Gradient-boosted trees (LightGBM) on each block and its neighbours."""
    order = np.random.default_rng(seed).permutation(len(samples))
    chosen: list[Sample] = []
    for i in order:
        if sum(len(s.labels) for s in chosen) + len(samples[i].labels) > _MOST_ROWS:
            break
        chosen.append(samples[i])
    rows, labels, weights = _stacked(chosen, _TREES_REACH)
    settings = {
        "objective": "binary", "num_leaves": _LEAVES, "learning_rate": _SHRINKAGE, "min_data_in_leaf": 100, "feature_fraction": 0.5,
        "num_threads": 1, "seed": seed, "deterministic": True, "verbosity": -1,
    }  # fmt: skip
    model = lightgbm.train(settings, lightgbm.Dataset(rows.astype(np.float32), labels, weight=weights), _TREES)
    return Rival(lambda page: np.asarray(model.predict(_windowed(page, _TREES_REACH), num_threads=1), np.float32), len(model.model_to_string()))


RIVALS: dict[str, Callable[[Sequence[Sample], int], Rival]] = {"two looks": two_looks, "one look": one_look, "linear": linear, "trees": trees}


def _windowed(rows: Array, reach: int) -> Array:
    """Each row with those before and after it, zeros beyond the ends."""
    padded = np.pad(np.asarray(rows[:, :TEXT_COLUMNS]), ((reach, reach), (0, 0)))
    return np.hstack([padded[number : number + len(rows)] for number in range(2 * reach + 1)])


def _stacked(samples: Sequence[Sample], reach: int) -> tuple[Array, Array, Array]:
    rows = np.concatenate([_windowed(s.rows, reach) for s in samples])
    return rows, np.concatenate([s.labels for s in samples]), np.concatenate([s.weights for s in samples])
