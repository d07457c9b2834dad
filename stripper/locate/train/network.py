"""The scorer as PyTorch trains it; the same layers as `stripper.locate.scorer` runs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from stripper.locate.features import NAMES, TEXT_COLUMNS
from stripper.locate.scorer import Weights
from stripper.locate.windows import Array

HIDDEN, TAPS, DILATIONS = 32, 3, (1, 2, 4, 8)
EPOCHS, BATCH, RATE, DECAY, DROPOUT = 12, 24, 3e-3, 0.02, 0.15
_LONGEST = 1500
"""Blocks of a longer page beyond this are left out of training."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One page as training sees it: features (N x F), labels (N), and how much each block counts (N; the sum over a page is 1)."""

    rows: Any
    labels: Array
    weights: Array


class Network(nn.Module):
    """Projection, dilated convolutions with residuals, page mean, logit."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.project = nn.Linear(width, HIDDEN)
        self.taps = nn.ModuleList(nn.Conv1d(HIDDEN, HIDDEN, TAPS, padding=d * (TAPS // 2), dilation=d) for d in DILATIONS)
        self.page = nn.Linear(HIDDEN, HIDDEN)
        self.out = nn.Linear(2 * HIDDEN, 1)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, rows: Any, present: Any) -> Any:
        """Logits (B x N) for rows (B x N x F, or its text columns); `present` (B x N) is 0 where a page is padded."""
        projected = nn.functional.linear(self.drop(rows), self.project.weight[:, : rows.shape[2]], self.project.bias)
        hidden = torch.relu(projected) * present[..., None]
        hidden = hidden.transpose(1, 2)
        for convolution in self.taps:
            hidden = (hidden + torch.relu(convolution(self.drop(hidden)))) * present[:, None]
        hidden = hidden.transpose(1, 2)
        mean = hidden.sum(1) / present.sum(1, keepdim=True)
        page = torch.relu(self.page(mean))[:, None].expand(-1, hidden.shape[1], -1)
        return self.out(torch.cat([hidden, page], -1))[..., 0]


def train(samples: Sequence[Sample], seed: int) -> Weights:
    """Weights learned from samples; the same samples and seed give the same weights on the same machine."""
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    mean, scale = _moments(samples)
    network = Network(len(NAMES))
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * -(-len(samples) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    loss_of = nn.BCEWithLogitsLoss(reduction="none")
    network.train()
    for epoch in range(EPOCHS):
        for rows, labels, weights, present in _batches(samples, mean, scale, random.Random(1000 * seed + epoch)):
            loss = (loss_of(network(rows, present), labels) * weights).sum() / len(rows)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return _exported(network, mean, scale)


def _moments(samples: Sequence[Sample]) -> tuple[Array, Array]:
    """Mean and spread of each feature; a markup column counts only on pages that have markup."""
    text = np.concatenate([s.rows[:, :TEXT_COLUMNS] for s in samples]).astype(np.float32)
    html = [s.rows[:, TEXT_COLUMNS:] for s in samples if s.rows.shape[1] > TEXT_COLUMNS]
    extra = np.concatenate(html).astype(np.float32) if html else np.zeros((1, len(NAMES) - TEXT_COLUMNS), np.float32)
    mean = np.concatenate([text.mean(axis=0), np.zeros(extra.shape[1], np.float32)])
    # rare markup words must not grow to huge values: their spread has a floor, and their zero stays zero, as flat text has it
    scale = np.concatenate([text.std(axis=0) + 1e-3, np.maximum(extra.std(axis=0), 0.2)])
    return mean.astype(np.float32), scale.astype(np.float32)


def _batches(samples: Sequence[Sample], mean: Array, scale: Array, chance: random.Random) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Pages of the same form and similar length together, in random order."""
    order = sorted(range(len(samples)), key=lambda i: (samples[i].rows.shape[1], len(samples[i].labels) + 40 * chance.random()))
    groups = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    chance.shuffle(groups)
    for group in groups:
        longest = min(_LONGEST, max(len(samples[i].labels) for i in group))
        rows = np.zeros((len(group), longest, max(samples[i].rows.shape[1] for i in group)), np.float32)
        labels, weights, present = (np.zeros((len(group), longest), np.float32) for _ in range(3))
        for at, i in enumerate(group):
            count, columns = min(longest, len(samples[i].labels)), samples[i].rows.shape[1]
            rows[at, :count, :columns] = np.clip((samples[i].rows[:count] - mean[:columns]) / scale[:columns], -5, 5)
            labels[at, :count] = samples[i].labels[:count]
            weights[at, :count] = samples[i].weights[:count]
            present[at, :count] = 1
        yield tuple(torch.from_numpy(x) for x in (rows, labels, weights, present))  # type: ignore[misc]  # four of them


def _exported(network: Network, mean: Array, scale: Array) -> Weights:
    def array(tensor: Any) -> Array:
        return np.asarray(tensor.detach().numpy(), np.float32)

    return Weights(
        mean=mean,
        scale=scale,
        project=array(network.project.weight.T),
        project_bias=array(network.project.bias),
        taps=tuple(array(c.get_parameter("weight").permute(2, 1, 0)) for c in network.taps),
        tap_bias=tuple(array(c.bias) for c in network.taps),
        dilations=DILATIONS,
        page=array(network.page.weight.T),
        page_bias=array(network.page.bias),
        out=array(network.out.weight[0]),
        out_bias=float(network.out.bias.item()),
        threshold=0.5,
    )
