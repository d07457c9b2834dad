"""The learned scorer: a small convolution over the sequence of blocks, in numpy.

Layers: a projection of each block's features; dilated convolutions over its neighbours (Yu and Koltun, 2016, arXiv:1511.07122), each added to what it
read (He et al., 2016, arXiv:1512.03385); the mean over the page beside each block; one logit a block. `stripper.locate.train` makes the weights;
docs/locator.md says from what, and why this shape.
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
from stripper.locate.features import NAMES
from stripper.locate.windows import Array

VERSION = 1
"""Version of the features and layers; weights of another one are refused."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What training learned. Shapes: features F, hidden H, taps K (always odd)."""

    mean: Array  # F
    scale: Array  # F
    project: Array  # F, H
    project_bias: Array  # H
    taps: tuple[Array, ...]  # each K, H, H
    tap_bias: tuple[Array, ...]  # each H
    dilations: tuple[int, ...]
    page: Array  # H, H
    page_bias: Array  # H
    out: Array  # 2 H
    out_bias: float
    threshold: float


def score(rows: Array, weights: Weights) -> Array:
    """For each block how likely it is part of the page's article, 0 to 1. `rows` come from `stripper.locate.features`."""
    if not len(rows):
        return np.zeros(0, np.float32)
    used = rows.shape[1]  # flat text has no markup columns: they would all be zero
    scaled = np.clip((rows - weights.mean[:used]) / weights.scale[:used], -5, 5)
    hidden = np.maximum(_product(scaled, weights.project[:used]) + weights.project_bias, 0)
    for taps, bias, dilation in zip(weights.taps, weights.tap_bias, weights.dilations, strict=True):
        hidden = hidden + np.maximum(_convolved(hidden, taps, dilation) + bias, 0)
    page = np.maximum(hidden.mean(axis=0) @ weights.page + weights.page_bias, 0)
    size = hidden.shape[1]
    logits = hidden @ weights.out[:size] + page @ weights.out[size:] + weights.out_bias
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)


def _convolved(hidden: Array, taps: Array, dilation: int) -> Array:
    reach = len(taps) // 2 * dilation
    padded = np.pad(hidden, ((reach, reach), (0, 0)))
    count = len(hidden)
    windows = np.hstack([padded[number * dilation : number * dilation + count] for number in range(len(taps))])
    return _product(windows, taps.reshape(-1, taps.shape[2]))


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
    layers = len(about["dilations"])
    full = {name: np.asarray(value, np.float32) for name, value in arrays.items()}
    return Weights(
        taps=tuple(full.pop(f"taps{i}") for i in range(layers)),
        tap_bias=tuple(full.pop(f"tap_bias{i}") for i in range(layers)),
        dilations=tuple(about["dilations"]),
        out_bias=about["out_bias"],
        threshold=about["threshold"],
        **full,
    )


def save(weights: Weights, file: Any) -> None:
    """Write weights as half-precision numbers, with their version and the names of their features."""
    about = {
        "version": VERSION,
        "features": list(NAMES),
        "dilations": list(weights.dilations),
        "out_bias": weights.out_bias,
        "threshold": weights.threshold,
    }
    arrays = {name: getattr(weights, name) for name in ("mean", "scale", "project", "project_bias", "page", "page_bias", "out")}
    for i, (taps, bias) in enumerate(zip(weights.taps, weights.tap_bias, strict=True)):
        arrays |= {f"taps{i}": taps, f"tap_bias{i}": bias}
    half: dict[str, Any] = {name: np.asarray(value, np.float32 if name in ("mean", "scale") else np.float16) for name, value in arrays.items()}
    half["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
    np.savez_compressed(file, **half)
