"""The learned scorer: a small convolution over the sequence of blocks, in numpy, that looks twice.

Layers: a projection of each block's features; dilated convolutions over its neighbours (Yu and Koltun, 2016, arXiv:1511.07122), each added to what
it read (He et al., 2016, arXiv:1512.03385); a first guess for each block. From the guesses: what the likely story looks like as a whole, and how
much of it stands before and after each block. Added to what each block holds, that goes through convolutions once more, to one logit a block. So a
second run of fine paragraphs below the story can be told from the story. `stripper.locate.train` makes the weights; docs/locator.md says from what,
and why this shape.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np

from stripper.errors import WeightsError
from stripper.locate.features import NAMES, words_in
from stripper.locate.windows import Array

VERSION = 3
"""Version of the features and layers; weights of another one are refused."""
_ARRAYS = ("mean", "scale", "project", "project_bias", "guess", "page", "page_bias", "place", "place_bias", "out", "curve")
_EXACT = ("mean", "scale", "curve")
_STAGES = ("first", "second")


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """Convolutions, one after the other. Shapes: hidden H, taps K (always odd)."""

    taps: tuple[Array, ...]  # each K, H, H
    bias: tuple[Array, ...]  # each H
    dilations: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What training learned. Shapes: features F, hidden H, places P (see `_places`), points C."""

    mean: Array  # F
    scale: Array  # F
    project: Array  # F, H
    project_bias: Array  # H
    first: Stage
    guess: Array  # H
    guess_bias: float
    page: Array  # 2 H, H
    page_bias: Array  # H
    place: Array  # P, H
    place_bias: Array  # H
    second: Stage
    out: Array  # H
    out_bias: float
    curve: Array  # 2, C: expected F1 as the scores alone have it, and as it was measured


def score(rows: Array, weights: Weights) -> Array:
    """For each block how likely it is part of the page's article, 0 to 1. `rows` come from `stripper.locate.features`."""
    return sigmoid(logits(rows, weights))


def calibrated(expected: float, curve: Array) -> float:
    """The F1 that was measured where this one was expected."""
    return float(np.interp(expected, curve[0], curve[1]))


def logits(rows: Array, weights: Weights) -> Array:
    """The same as log odds."""
    if not len(rows):
        return np.zeros(0, np.float32)
    hidden = convolve(_projected(rows, weights), weights.first)
    guesses = sigmoid(hidden @ weights.guess + weights.guess_bias)
    share = guesses * guesses * np.sqrt(words_in(rows) + 1)
    total = share.sum() + 1e-3
    share /= total
    page = np.maximum(np.concatenate([share @ hidden, hidden.mean(axis=0)]) @ weights.page + weights.page_bias, 0)
    hidden = hidden + page + _places(guesses, share, float(total)) @ weights.place + weights.place_bias
    return np.asarray(convolve(hidden, weights.second) @ weights.out + weights.out_bias, np.float32)


def _projected(rows: Array, weights: Weights) -> Array:
    """The first layer, part by part: rows are wide, and a page may have a hundred thousand."""
    project = weights.project[: rows.shape[1]]  # flat text has no markup columns: they would all be zero
    parts = [rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE)]
    return np.concatenate([np.maximum(_product(scaled(part, weights.mean, weights.scale), project) + weights.project_bias, 0) for part in parts])


def scaled(rows: Array, mean: Array, scale: Array) -> Array:
    """Features as the layers want them: around 0, and never far from it."""
    used = rows.shape[1]
    return np.asarray(np.clip((rows - mean[:used]) / scale[:used], -5, 5), np.float32)


def _places(guesses: Array, share: Array, total: float) -> Array:
    """Where each block stands in the story that the first guesses see: its shares before and after, and how sure the guesses are here and at best."""
    before = np.cumsum(share) - share
    after = 1 - before - share
    size = np.full(len(share), np.log1p(total) / 4)
    return np.stack([before, after, guesses, guesses.max() - guesses, size, 2 * np.minimum(before, after)], axis=1).astype(np.float32)


def sigmoid(values: Array) -> Array:
    """Log odds as chances."""
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))), np.float32)


def convolve(hidden: Array, stage: Stage) -> Array:
    """What a stage makes of hidden values (N x H): beyond the page's ends there is nothing but zeros."""
    count = len(hidden)
    for taps, bias, dilation in zip(stage.taps, stage.bias, stage.dilations, strict=True):
        reach = len(taps) // 2 * dilation
        padded = np.zeros((count + 2 * reach, hidden.shape[1]), np.float32)
        padded[reach : reach + count] = hidden
        windows = np.hstack([padded[number * dilation : number * dilation + count] for number in range(len(taps))])
        hidden = hidden + np.maximum(_product(windows, taps.reshape(-1, taps.shape[2])) + bias, 0)
    return hidden


_AT_ONCE = 4096
"""Rows that are scaled and projected at once."""
_SINGLE_THREADED = 1 << 18
"""Multiplications up to which OpenBLAS stays on one thread (its SMP_THRESHOLD_MIN times GEMM_MULTITHREAD_THRESHOLD, 65,536 times 4)."""


def _product(rows: Array, matrix: Array) -> Array:
    """rows @ matrix, a few rows at a time: on matrices as small as a page's, threads cost more than they bring."""
    count, width = rows.shape
    step = max(1, _SINGLE_THREADED // matrix.size)
    padded = np.zeros((-(-count // step) * step, width), np.float32)
    padded[:count] = rows
    return np.asarray(np.matmul(padded.reshape(-1, step, width), matrix).reshape(len(padded), -1)[:count], np.float32)


@functools.cache
def shipped() -> Weights:
    """The weights in the package. Raises WeightsError where they are missing, damaged or of another version."""
    return load(files("stripper.locate") / "weights.npz")


def load(file: Traversable) -> Weights:
    """Weights from a file that `save` wrote. Raises WeightsError, naming the file and both versions."""
    if not file.is_file():
        raise WeightsError(f"{file}: the locator's weights are missing (expected version {VERSION})")
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        about = json.loads(bytes(arrays.pop("about")).decode("utf-8"))
    except Exception as error:
        raise WeightsError(f"{file}: not the locator's weights, or damaged ({error}); expected version {VERSION}") from error
    if about.get("version") != VERSION or about.get("features") != list(NAMES):
        raise WeightsError(f"{file}: weights of version {about.get('version')}, expected version {VERSION} with {len(NAMES)} features")
    full = {name: np.asarray(value, np.float32) for name, value in arrays.items()}
    stages: dict[str, Any] = {}
    for name, dilations in about["dilations"].items():
        numbers = range(len(dilations))
        stages[name] = Stage(tuple(full[f"{name}_taps{i}"] for i in numbers), tuple(full[f"{name}_bias{i}"] for i in numbers), tuple(dilations))
    settings: dict[str, Any] = {name: full[name] for name in _ARRAYS} | stages
    return Weights(guess_bias=about["guess_bias"], out_bias=about["out_bias"], **settings)


def save(weights: Weights, file: Any) -> None:
    """Write weights as half-precision numbers, with their version and the names of their features."""
    stages = {name: getattr(weights, name) for name in _STAGES}
    about = {
        "version": VERSION,
        "features": list(NAMES),
        "dilations": {name: stage.dilations for name, stage in stages.items()},
        "guess_bias": weights.guess_bias,
        "out_bias": weights.out_bias,
    }
    arrays = {name: getattr(weights, name) for name in _ARRAYS}
    for name, stage in stages.items():
        for i, (taps, bias) in enumerate(zip(stage.taps, stage.bias, strict=True)):
            arrays |= {f"{name}_taps{i}": taps, f"{name}_bias{i}": bias}
    stored: dict[str, Any] = {name: np.asarray(value, np.float32 if name in _EXACT else np.float16) for name, value in arrays.items()}
    stored["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
    np.savez_compressed(file, **stored)
