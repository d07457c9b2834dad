"""Cross-validate the locator, and rebuild its weights.

    python -m stripper.locate.train CORPUS... [--cross-validate] [--bake-off] [--jobs N] [--seed N] [--cache FOLDER] [--out FILE]

CORPUS is a folder with cases.jsonl and html/ID.html.gz. Five models are trained, each on four fifths of the sites, and every page is cleaned by the
model that saw no page of its site. Printed are the mean word F1 per corpus, form and kind of page, and what was measured where an F1 was expected.
Then, unless --cross-validate asks for no more, a model is trained on all pages and written to the package (or to --out).
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np

from stripper.locate.scorer import save
from stripper.locate.train.bakeoff import RIVALS
from stripper.locate.train.corpus import Case, load
from stripper.locate.train.dataset import Example, examples
from stripper.locate.train.evaluate import FOLDS, Scored, compare, fold_of, train_and_score
from stripper.locate.train.mixtures import Donor, donors
from stripper.locate.train.score import curve
from stripper.locate.windows import Array
from stripper.measure.processes import in_processes
from stripper.rules.load import load_packs
from stripper.rules.match import Matcher

_SHIPPED = Path(__file__).parent.parent / "weights.npz"


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
    held_out = [*range(FOLDS), *([] if chosen.cross_validate else [None])]
    trained = list(in_processes(train_and_score, held_out, (everything, chosen.seed), chosen.jobs))
    scores = {place: scored for _, part in trained for place, scored in part.items()}
    _report(found, {id(everything[place]): scored for place, scored in scores.items()})
    _report_curve(everything, scores)
    if chosen.bake_off:
        for compared in in_processes(compare, RIVALS, (everything, chosen.seed), chosen.jobs):
            _print(**compared)
    if not chosen.cross_validate:
        save(dataclasses.replace(trained[-1][0], curve=_curve(scores.values())), chosen.out)
        _print(written=str(chosen.out), bytes=chosen.out.stat().st_size)


def _prepared(corpora: dict[str, list[Case]], seed: int, cache: Path | None, jobs: int) -> Iterator[tuple[str, list[Example]]]:
    """Each corpus with its examples; a page's donors come from its own fold."""
    cases = [case for corpus in corpora.values() for case in corpus]
    givers = [donors([case for case in cases if not case.silver and fold_of(case) == fold]) for fold in range(FOLDS)]
    for name, corpus in corpora.items():
        made = in_processes(_made, range(len(corpus)), (corpus, givers, Matcher(load_packs(["core"])), seed, cache), jobs)
        yield name, [example for some in made for example in some]


def _made(
    place: int, corpus: Sequence[Case], givers: Sequence[Callable[[Case], Sequence[Donor]]], matcher: Matcher, seed: int, cache: Path | None
) -> list[Example]:
    case = corpus[place]
    return examples(case, givers[fold_of(case)](case), matcher, seed, cache)


def _report(found: dict[str, list[Example]], scores: dict[int, Scored]) -> None:
    for corpus, chosen in found.items():
        groups: dict[tuple[str, str], list[float]] = defaultdict(list)
        for example in chosen:
            if id(example) in scores:
                groups[example.form, example.case.kind].append(scores[id(example)].f1)
                groups[example.form, "all"].append(scores[id(example)].f1)
        for (form, kind), values in sorted(groups.items()):
            _print(corpus=corpus, form=form, kind=kind, n=len(values), f1=round(mean(values), 4))


def _report_curve(everything: Sequence[Example], scores: dict[int, Scored]) -> None:
    """What was measured where an F1 was predicted, in tenths of the pages; each prediction is bent by the curve of the other folds."""
    predicted: list[tuple[float, float]] = []
    for fold in range(FOLDS):
        here = [scored for place, scored in scores.items() if fold_of(everything[place].case) == fold]
        bent = _curve(scored for place, scored in scores.items() if fold_of(everything[place].case) != fold)
        predicted += [(float(np.interp(scored.expected, *bent)), scored.f1) for scored in here]
    for part in np.array_split(np.array(sorted(predicted)), 10):
        _print(predicted=round(float(part[:, 0].mean()), 4), measured=round(float(part[:, 1].mean()), 4), pages=len(part))


def _curve(scored: Iterable[Scored]) -> Array:
    measured, expected = zip(*scored, strict=True)
    return curve(expected, measured)


def _print(**values: Any) -> None:
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    main()
