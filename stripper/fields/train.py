"""Fit the two tables of weights that choose the headline, and say how often they are right.

    python -m stripper.fields.train CORPUS...

CORPUS is a folder with cases.jsonl and html/ID.html.gz, as for `python -m stripper.locate.train`. Each page is read as HTML and as flat text, the
latter where it holds the headline; where a case has none, the one that two kinds of the page's metadata agree on is taken for the text. Printed are,
for each corpus and form, how often weights that saw no page of the site choose the headline, and how often it is a candidate at all; then the weights
for `headline_lines` and `headline_choice`. Needs the extra `train`.

A score is a sum of weights times features. So the features of a line are its score where the weights are unit vectors.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple
from unittest.mock import patch

import numpy as np
import torch

from stripper.fields import headline, headline_choice, headline_lines
from stripper.fields.head import Head, normal, view
from stripper.fields.titles import Place, place_of
from stripper.locate import locate
from stripper.locate.train.corpus import Case, load, whole
from stripper.locate.train.evaluate import FOLDS, fold_of
from stripper.read import read
from stripper.rules.load import load_packs
from stripper.rules.match import Matcher
from stripper.types import Witness

_PULL = 3e-3
"""Weight of the squared weights in the loss; from 1e-3 to 1e-2 the figures are the same."""
_ROUNDS = 200
_EVEN = 0.5
"""How evenly corpora weigh for lines, whatever their sizes: 0 as their pages, 1 all the same."""
_LONGEST = 1_000
"""Characters of a block in which a headline is looked for."""
_LINES, _VALUES = list(headline_lines.WEIGHTS), list(headline_choice.WEIGHTS)


class Example(NamedTuple):
    """A page's candidates for its headline: their features (candidates x weights), and which are right; how much the page weighs."""

    fold: int
    weight: float
    features: np.ndarray
    right: np.ndarray


def main() -> None:
    arguments = argparse.ArgumentParser(
        prog="python -m stripper.fields.train", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("corpus", nargs="+", type=Path)
    matcher = Matcher(load_packs(["core"]))
    heads: dict[str, list[tuple[int, Head, str]]] = defaultdict(list)
    for folder in arguments.parse_args().corpus:
        for case in load(folder):
            for form, head, wanted in _heads(case, matcher):
                heads[f"{folder.name}, {form}"].append((fold_of(case), head, wanted))
    lines = {name: [Example(fold, len(found) ** -_EVEN, *_lines(head, wanted)) for fold, head, wanted in found] for name, found in heads.items()}
    _report("headline_lines", lines, _LINES)
    values = {
        name: [Example(fold, 1.0, *_values(head, wanted)) for fold, head, wanted in found] for name, found in heads.items() if name.endswith("html")
    }
    _report("headline_choice", values, _VALUES)


def _heads(case: Case, matcher: Matcher) -> Iterator[tuple[str, Head, str]]:
    """A case as HTML and as flat text, with the normal form of its headline."""
    html, text = read(case.html, as_="html"), read(whole(case.html), as_="text")
    known, silver = normal(case.headline), normal(case.headline) or _agreed(html.declared)
    is_there = any(silver in normal(text.text[b.start : b.end]) for b in text.blocks if b.end - b.start <= _LONGEST)
    for form, page, wanted in (("html", html, known), ("text", text, silver if is_there else "")):
        if wanted and page.blocks:
            marks = matcher.mark(page)
            yield form, view(page, marks, locate(page, marks)), wanted


def _agreed(declared: Sequence[Witness]) -> str:
    """The headline that two kinds of a page's metadata give; "" where none do."""
    origins: dict[str, set[str]] = defaultdict(set)
    for witness in declared:
        if witness.field == "headline" and witness.origin != "html":
            origins[normal(str(witness.value))].add(witness.origin)
    return next((said for said, found in origins.items() if len(found) > 1), "")


def _lines(head: Head, wanted: str) -> tuple[np.ndarray, np.ndarray]:
    titles = {normal(w.value) for w in headline.declared_titles(head, place_of(head))}
    with patch.dict(headline_lines.WEIGHTS, zip(_LINES, np.eye(len(_LINES)), strict=True)):
        found = [line for line in headline_lines.lines(head, titles) if not headline_lines.is_other(head, line.block, line.text)]
        features = [line.score + headline_lines.beside(head, line.block) for line in found]
    return np.array(features).reshape(len(found), len(_LINES)), np.array([normal(line.text) == wanted for line in found], bool)


def _values(head: Head, wanted: str) -> tuple[np.ndarray, np.ndarray]:
    asked: list[tuple[Sequence[headline_choice.Candidate], headline_choice.Own | None, Head, Place]] = []
    with patch.object(headline, "best_of", lambda *question: asked.append(question)):
        headline.find_headline(head)
    with patch.dict(headline_choice.WEIGHTS, zip(_VALUES, np.eye(len(_VALUES)), strict=True)):
        features = [sum(weights.values()) for weights in headline_choice.weighed(*asked[0])]
    right = [frozenset(wanted.split()) == value.words for value in asked[0][0]]
    return np.array(features).reshape(len(right), len(_VALUES)), np.array(right, bool)


def _report(table: str, examples: dict[str, list[Example]], names: Sequence[str]) -> None:
    everything = [e for found in examples.values() for e in found]
    held_out = {fold: _fitted([e for e in everything if e.fold != fold]) for fold in range(FOLDS)}
    print(table)
    for name, found in examples.items():
        chosen = mean(_is_right(e, held_out[e.fold]) for e in found)
        print(f"  {name}: {len(found)} pages, chosen {chosen:.3f}, a candidate {mean(bool(e.right.any()) for e in found):.3f}")
    for name, weight in zip(names, _fitted(everything), strict=True):
        print(f'    "{name}": {weight:.2f},')


def _fitted(examples: Sequence[Example]) -> np.ndarray:
    """The weights under which the right candidates are likeliest, those of each page sharing a probability of 1."""
    usable = [e for e in examples if e.right.any()]
    spread = np.concatenate([e.features for e in usable]).std(0) + 1e-6
    features = torch.from_numpy(np.concatenate([e.features for e in usable]) / spread)
    page = torch.from_numpy(np.repeat(np.arange(len(usable)), [len(e.right) for e in usable]))
    right = torch.from_numpy(np.concatenate([e.right for e in usable]))
    share = torch.tensor([e.weight for e in usable], dtype=features.dtype)
    weights = torch.zeros(len(spread), dtype=features.dtype, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=_ROUNDS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = features @ weights
        missed = _log_sums(scores, page, len(usable)) - _log_sums(scores[right], page[right], len(usable))
        total = (share * missed).sum() / share.sum() + _PULL * (weights**2).sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return np.asarray(weights.detach().numpy() / spread)


def _log_sums(scores: torch.Tensor, page: torch.Tensor, pages: int) -> torch.Tensor:
    """The logarithm of each page's sum of exponentials."""
    highest = torch.full((pages,), -torch.inf, dtype=scores.dtype).scatter_reduce(0, page, scores, "amax").detach()
    return highest + torch.log(torch.zeros(pages, dtype=scores.dtype).index_add(0, page, torch.exp(scores - highest[page])))


def _is_right(example: Example, weights: np.ndarray) -> bool:
    return bool(len(example.right)) and bool(example.right[int((example.features @ weights).argmax())])


if __name__ == "__main__":
    main()
