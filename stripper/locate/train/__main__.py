"""Cross-validate the locator, and rebuild its weights.

    python -m stripper.locate.train CORPUS... [--cross-validate] [--bake-off] [--jobs N] [--seed N] [--cache FOLDER] [--out FILE]

CORPUS is a folder with cases.jsonl and html/ID.html.gz. Five models are trained, each on four fifths of the sites, and every page is cleaned by the
model that saw no page of its site. Printed are the mean word F1 per corpus, form and kind of page, and what was measured where an F1 was expected.
Then, unless --cross-validate asks for no more, a model is trained on all pages and written to the package (or to --out).
"""

from __future__ import annotations

import argparse
import dataclasses
import functools
import json
import multiprocessing
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np

from stripper.article import Article
from stripper.build import build
from stripper.fields import find_fields
from stripper.locate import verdict, verdict_of
from stripper.locate.scorer import Weights, save
from stripper.locate.train.bakeoff import RIVALS
from stripper.locate.train.corpus import Case, load
from stripper.locate.train.dataset import Example, examples
from stripper.locate.train.mixtures import Donor, donors
from stripper.locate.train.network import UNBENT, train
from stripper.locate.train.score import curve, word_f1
from stripper.resolve import resolve, status_of
from stripper.rules.load import load_packs
from stripper.rules.match import Matcher
from stripper.types import Policy, Story

FOLDS = 5
_SHIPPED = Path(__file__).parent.parent / "weights.npz"

Scored = tuple[float, float]
"""Measured and expected F1 of a page."""


def main() -> None:
    arguments = argparse.ArgumentParser(
        prog="python -m stripper.locate.train", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("corpus", nargs="+", type=Path)
    arguments.add_argument("--cross-validate", action="store_true", help="write no weights")
    arguments.add_argument("--bake-off", action="store_true", help="compare with other scorers, on flat text and one fold")
    arguments.add_argument("--jobs", type=int, default=2, help="processes; each holds one training (default: 2)")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--cache", type=Path, help="keeps flattened texts between runs")
    arguments.add_argument("--out", type=Path, default=_SHIPPED)
    chosen = arguments.parse_args()
    found = dict(_prepared({folder.name: list(load(folder)) for folder in chosen.corpus}, chosen.seed, chosen.cache, chosen.jobs))
    everything = [example for corpus in found.values() for example in corpus]
    _print(pages=len({e.case.id for e in everything}), samples=sum(1 + len(e.copies) for e in everything))
    wanted = [*range(FOLDS), *([] if chosen.cross_validate else [None])]
    trained = list(_in_processes(_train_and_score, wanted, (everything, chosen.seed), chosen.jobs))
    scores = {index: scored for _, part in trained for index, scored in part.items()}
    _report(found, {id(everything[index]): scored for index, scored in scores.items()})
    _report_curve(everything, scores)
    if chosen.bake_off:
        for compared in _in_processes(_compare, RIVALS, (everything, chosen.seed), chosen.jobs):
            _print(**compared)
    if not chosen.cross_validate:
        weights = dataclasses.replace(trained[-1][0], curve=curve(*_columns(scores.values())))
        save(weights, chosen.out)
        _print(written=str(chosen.out), bytes=chosen.out.stat().st_size)


def fold_of(case: Case) -> int:
    """The fold of a case's site: pages of one site never stand on both sides."""
    return zlib.crc32(case.site.encode()) % FOLDS


def _prepared(corpora: dict[str, list[Case]], seed: int, cache: Path | None, jobs: int) -> Iterator[tuple[str, list[Example]]]:
    """Each corpus with its examples; a page's donors come from its own fold."""
    cases = [case for corpus in corpora.values() for case in corpus]
    givers = [donors([case for case in cases if not case.silver and fold_of(case) == fold]) for fold in range(FOLDS)]
    for name, corpus in corpora.items():
        made = _in_processes(_make, range(len(corpus)), (corpus, givers, Matcher(load_packs(["core"])), seed, cache), jobs)
        yield name, [example for some in made for example in some]


def _make(
    index: int, corpus: Sequence[Case], givers: Sequence[Callable[[Case], Sequence[Donor]]], matcher: Matcher, seed: int, cache: Path | None
) -> list[Example]:
    case = corpus[index]
    return examples(case, givers[fold_of(case)](case), matcher, seed, cache)


def _train_and_score(held_out: int | None, everything: Sequence[Example], seed: int) -> tuple[Weights, dict[int, Scored]]:
    """Weights trained without one fold, and what they make of its pages, by their places in `everything`; None holds nothing out."""
    weights = train([sample for e in everything if fold_of(e.case) != held_out for sample in (e.sample, *e.copies)], seed)
    scored = {i: _scored(e, weights) for i, e in enumerate(everything) if fold_of(e.case) == held_out and not e.case.silver}
    if held_out is not None:
        _print(fold=held_out, f1=round(mean(f1 for f1, _ in scored.values()), 4))
    return weights, scored


def _scored(example: Example, weights: Weights) -> Scored:
    """Measured and expected F1 of the body that a user would get with these weights."""
    article = _article(example, verdict(example.sample.rows.astype("float32"), weights))
    return word_f1(article.body, example.case), article.score


def _article(example: Example, story: Story) -> Article:
    fields = find_fields(example.page, example.marks, story)
    policy = Policy()
    settled = resolve(example.page, example.marks, fields.marks, story, policy)
    return build(example.page, settled, fields.witnesses, story, status_of(example.page, settled, story, policy), ())


def _compare(name: str, everything: Sequence[Example], seed: int) -> dict[str, Any]:
    """Mean word F1 of a scorer on the articles of the first fold, its size, and its time a page without that of the features."""
    flat = [e for e in everything if e.form != "html"]
    rival = RIVALS[name]([sample for e in flat if fold_of(e.case) != 0 for sample in (e.sample, *e.copies)], seed)
    held_out = [e for e in flat if fold_of(e.case) == 0 and e.case.kind == "article" and not e.case.silver]
    pages = [e.sample.rows.astype("float32") for e in held_out]
    forms: dict[str, list[float]] = defaultdict(list)
    for example, rows in zip(held_out, pages, strict=True):
        forms[example.form].append(word_f1(_article(example, verdict_of(rival.score(rows), rows, UNBENT)).body, example.case))
    started = time.process_time()
    for rows in pages:
        rival.score(rows)
    spent = 1000 * (time.process_time() - started) / len(pages)
    return {"scorer": name, **{form: round(mean(values), 4) for form, values in forms.items()}, "bytes": rival.size, "ms": round(spent, 2)}


def _in_processes(function: Callable[..., Any], items: Iterable[Any], shared: tuple[Any, ...], jobs: int) -> Iterator[Any]:
    """function(item, *shared) for each item, in their order. What is shared is inherited by the processes, never copied."""
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, context, _inherit, (functools.partial(_with, function, shared),)) as pool:
        yield from pool.map(_run, items)


def _with(function: Callable[..., Any], shared: tuple[Any, ...], item: Any) -> Any:
    return function(item, *shared)


def _inherit(function: Callable[[Any], Any]) -> None:
    global _inherited
    _inherited = function


_inherited: Callable[[Any], Any]


def _run(item: Any) -> Any:
    return _inherited(item)


def _report(found: dict[str, list[Example]], scores: dict[int, Scored]) -> None:
    for corpus, chosen in found.items():
        groups: dict[tuple[str, str], list[float]] = defaultdict(list)
        for example in chosen:
            if id(example) in scores:
                groups[example.form, example.case.kind].append(scores[id(example)][0])
                groups[example.form, "all"].append(scores[id(example)][0])
        for (form, kind), values in sorted(groups.items()):
            _print(corpus=corpus, form=form, kind=kind, n=len(values), f1=round(mean(values), 4))


def _report_curve(everything: Sequence[Example], scores: dict[int, Scored]) -> None:
    """What was measured where an F1 was predicted, in tenths of the pages; each prediction is bent by the curve of the other folds."""
    predicted: list[Scored] = []
    for fold in range(FOLDS):
        bent = curve(*_columns(scored for i, scored in scores.items() if fold_of(everything[i].case) != fold))
        here = [scored for i, scored in scores.items() if fold_of(everything[i].case) == fold]
        predicted += [(f1, float(np.interp(expected, *bent))) for f1, expected in here]
    predicted.sort(key=lambda scored: scored[1])
    for part in np.array_split(np.array(predicted), 10):
        _print(predicted=round(float(part[:, 1].mean()), 4), measured=round(float(part[:, 0].mean()), 4), pages=len(part))


def _columns(scored: Iterable[Scored]) -> tuple[list[float], list[float]]:
    """Expected and measured F1."""
    pairs = list(scored)
    return [expected for _, expected in pairs], [f1 for f1, _ in pairs]


def _print(**values: Any) -> None:
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    main()
