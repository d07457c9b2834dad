"""The scorer as PyTorch trains it; the same layers as `stripper.locate.scorer` runs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn

from stripper.locate.features import NAMES, TEXT_COLUMNS, words_in
from stripper.locate.scorer import Stage, Weights
from stripper.locate.windows import Array

HIDDEN, TAPS, FIRST, SECOND = 32, 3, (1, 2, 4), (1, 4, 8)
EPOCHS, BATCH, RATE, DECAY = 16, 24, 3e-3, 0.02
_DROPOUT, _DROPOUT_MARKUP = 0.1, 0.2
"""Features and channels that are missing from a page in training; of pages with markup, whose features are many, more."""
_GUESS_COUNTS, _KIND_COUNTS = 0.4, 0.1
"""How much the first guesses, and those of the page's kind, count in the loss, beside the last word."""
_NO_KIND = -1
_LONGEST = 1500
"""Blocks of a longer page beyond this are left out of training."""
KINDS = ("article", "documentation", "service", "forum", "product", "listing", "collection")
UNBENT = np.array([[0.0, 1.0], [0.0, 1.0]], np.float32)
"""The curve of a scorer whose expected F1 has not been measured yet."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One page as training sees it: features (N x F), labels (N), and how much each block counts (N; the sum over a page is 1)."""

    rows: Any
    labels: Array
    weights: Array
    kind: str = ""
    """One of `KINDS`, or empty where it isn't known; the network learns to tell them, because what counts as content depends on it."""


class Answer(NamedTuple):
    """What a network says of B pages of up to N blocks."""

    logits: Any
    """B x N"""
    guesses: Any
    """B x N: the first guesses, as logits"""
    kinds: Any
    """B x kinds, as logits; None from a network that doesn't tell them"""


class Network(nn.Module):
    """Projection, convolutions, first guesses; the page and each block's place in it by those guesses; convolutions, logits."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.project = nn.Linear(width, HIDDEN)
        self.first = convolutions(FIRST)
        self.guess = nn.Linear(HIDDEN, 1)
        self.page = nn.Linear(2 * HIDDEN, HIDDEN)
        self.place = nn.Linear(6, HIDDEN)
        self.second = convolutions(SECOND)
        self.out = nn.Linear(HIDDEN, 1)
        self.kind = nn.Linear(HIDDEN, len(KINDS))

    def forward(self, rows: Any, words: Any, present: Any) -> Answer:
        """What it makes of rows (B x N x F, or their text columns).

        `words` (B x N) says how many words each block has; `present` (B x N) is 0 where a page is padded.
        """
        missing = dropout(rows) if self.training else 0.0
        hidden = convolved(projected(rows, self.project, present, missing), self.first, present, missing)
        guesses = self.guess(hidden)[..., 0]
        likely = torch.sigmoid(guesses)
        share = likely * likely * torch.sqrt(words + 1) * present
        total = share.sum(1, keepdim=True) + 1e-3
        share = share / total
        story = torch.einsum("bn,bnh->bh", share, hidden)
        mean = hidden.sum(1) / present.sum(1, keepdim=True)
        page = torch.relu(self.page(torch.cat([story, mean], -1)))
        before = share.cumsum(1) - share
        after = 1 - before - share
        surest = (likely * present).max(1, keepdim=True).values
        size = (torch.log1p(total) / 4).expand_as(likely)
        places = torch.stack([before, after, likely, surest - likely, size, 2 * torch.minimum(before, after)], -1)
        hidden = (hidden + page[:, None] + self.place(places)) * present[..., None]
        return Answer(self.out(convolved(hidden, self.second, present, missing))[..., 0], guesses, self.kind(page))


def dropout(rows: Any) -> float:
    """The share of features and channels that is missing in training."""
    return _DROPOUT if rows.shape[2] == TEXT_COLUMNS else _DROPOUT_MARKUP


def projected(rows: Any, project: nn.Linear, present: Any, missing: float) -> Any:
    """The first layer, without a share of the features, page by page."""
    dropped = rows * nn.functional.dropout(torch.ones(rows.shape[0], 1, rows.shape[2]), missing)
    return torch.relu(nn.functional.linear(dropped, project.weight[:, : rows.shape[2]], project.bias)) * present[..., None]


def convolved(hidden: Any, convolutions: nn.ModuleList, present: Any, missing: float) -> Any:
    """Hidden values (B x N x H) through convolutions with residuals, without a share of the channels, page by page."""
    hidden = hidden.transpose(1, 2)
    for convolution in convolutions:
        hidden = (hidden + torch.relu(convolution(nn.functional.dropout1d(hidden, missing)))) * present[:, None]
    return hidden.transpose(1, 2)


def convolutions(dilations: Sequence[int]) -> nn.ModuleList:
    """One convolution for each dilation."""
    return nn.ModuleList(nn.Conv1d(HIDDEN, HIDDEN, TAPS, padding=d * (TAPS // 2), dilation=d) for d in dilations)


def train(samples: Sequence[Sample], seed: int) -> Weights:
    """Weights learned from samples; the same samples and seed give the same weights on the same machine."""
    torch.manual_seed(seed)
    network = Network(len(NAMES))
    mean, scale = fit(network, samples, seed)
    return _exported(network, mean, scale)


def fit(network: nn.Module, samples: Sequence[Sample], seed: int) -> tuple[Array, Array]:
    """Train a network that answers as `Network` does; returned are the mean and the spread by which features are scaled for it."""
    torch.set_num_threads(1)  # the matrices are small, and several trainings run side by side
    torch.use_deterministic_algorithms(True)
    mean, scale = _moments(samples)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * -(-len(samples) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    loss_of, kind_loss_of = nn.BCEWithLogitsLoss(reduction="none"), nn.CrossEntropyLoss(ignore_index=_NO_KIND, reduction="sum")
    network.train()
    for epoch in range(EPOCHS):
        for rows, words, labels, weights, present, kinds in _batches(samples, mean, scale, random.Random(1000 * seed + epoch)):
            answer = network(rows, words, present)
            losses = loss_of(answer.logits, labels) + _GUESS_COUNTS * loss_of(answer.guesses, labels)
            loss = (losses * weights).sum() / len(rows)
            if answer.kinds is not None:
                loss = loss + _KIND_COUNTS * kind_loss_of(answer.kinds, kinds) / len(rows)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    network.eval()
    return mean, scale


def _moments(samples: Sequence[Sample]) -> tuple[Array, Array]:
    """Mean and spread of each feature; a markup column counts only on pages that have markup."""
    text = np.concatenate([s.rows[:, :TEXT_COLUMNS] for s in samples]).astype(np.float32)
    html = [s.rows[:, TEXT_COLUMNS:] for s in samples if s.rows.shape[1] > TEXT_COLUMNS]
    extra = np.concatenate(html).astype(np.float32) if html else np.zeros((1, len(NAMES) - TEXT_COLUMNS), np.float32)
    mean = np.concatenate([text.mean(axis=0), np.zeros(extra.shape[1], np.float32)])
    # rare markup words must not grow to huge values: their spread has a floor, and their zero stays zero, as flat text has it
    scale = np.concatenate([text.std(axis=0) + 1e-3, np.maximum(extra.std(axis=0), 0.2)])
    return mean.astype(np.float32), scale.astype(np.float32)


def _batches(samples: Sequence[Sample], mean: Array, scale: Array, chance: random.Random) -> Iterator[tuple[Any, ...]]:
    """Rows, words, labels, weights, presence, kinds: pages of the same form and similar length together, in random order."""
    order = sorted(range(len(samples)), key=lambda i: (samples[i].rows.shape[1], len(samples[i].labels) + 40 * chance.random()))
    groups = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    chance.shuffle(groups)
    for group in groups:
        longest = min(_LONGEST, max(len(samples[i].labels) for i in group))
        rows = np.zeros((len(group), longest, max(samples[i].rows.shape[1] for i in group)), np.float32)
        words, labels, weights, present = (np.zeros((len(group), longest), np.float32) for _ in range(4))
        for at, i in enumerate(group):
            count, columns = min(longest, len(samples[i].labels)), samples[i].rows.shape[1]
            here = samples[i].rows[:count].astype(np.float32)
            rows[at, :count, :columns] = np.clip((here - mean[:columns]) / scale[:columns], -5, 5)
            words[at, :count] = words_in(here)
            labels[at, :count] = samples[i].labels[:count]
            weights[at, :count] = samples[i].weights[:count]
            present[at, :count] = 1
        kinds = np.array([KINDS.index(samples[i].kind) if samples[i].kind else _NO_KIND for i in group])
        yield tuple(torch.from_numpy(x) for x in (rows, words, labels, weights, present, kinds))


def array(tensor: Any) -> Array:
    """A tensor's numbers, for numpy."""
    return np.asarray(tensor.detach().numpy(), np.float32)


def stage(convolutions: nn.ModuleList, dilations: tuple[int, ...]) -> Stage:
    """Convolutions as numpy runs them."""
    taps = tuple(array(c.get_parameter("weight").permute(2, 1, 0)) for c in convolutions)
    return Stage(taps, tuple(array(c.get_parameter("bias")) for c in convolutions), dilations)


def _exported(network: Network, mean: Array, scale: Array) -> Weights:
    return Weights(
        mean=mean,
        scale=scale,
        project=array(network.project.weight.T),
        project_bias=array(network.project.bias),
        first=stage(network.first, FIRST),
        guess=array(network.guess.weight[0]),
        guess_bias=float(network.guess.bias.item()),
        page=array(network.page.weight.T),
        page_bias=array(network.page.bias),
        place=array(network.place.weight.T),
        place_bias=array(network.place.bias),
        second=stage(network.second, SECOND),
        out=array(network.out.weight[0]),
        out_bias=float(network.out.bias.item()),
        curve=UNBENT,
    )
