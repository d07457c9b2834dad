"""Rebuild the locator's weights, or cross-validate them.

    python -m stripper.locate.train CORPUS... [--cross-validate] [--seed N] [--cache FOLDER] [--out FILE]

CORPUS is a folder with cases.jsonl and html/ID.html.gz. Without --cross-validate the weights are written to the package (or to --out).
With it, five models are trained, each on four fifths of the sites, and every page is cleaned by the model that saw no page of its site; printed is
the mean word F1 per corpus, form and kind of page.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import defaultdict
from pathlib import Path
from statistics import mean

from stripper.build import build
from stripper.fields import find_fields
from stripper.locate import verdict
from stripper.locate.scorer import Weights, save
from stripper.locate.train.corpus import FLATTENED, load
from stripper.locate.train.dataset import Example, examples, thinned, word_f1
from stripper.locate.train.network import train
from stripper.resolve import resolve, status_of
from stripper.rules.load import load_packs
from stripper.rules.match import Matcher
from stripper.types import Policy

FORMS = ("html", *FLATTENED)
FOLDS = 5
_SHIPPED = Path(__file__).parent.parent / "weights.npz"


def main() -> None:
    arguments = argparse.ArgumentParser(
        prog="python -m stripper.locate.train", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("corpus", nargs="+", type=Path)
    arguments.add_argument("--cross-validate", action="store_true")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--cache", type=Path, help="keeps flattened texts between runs")
    arguments.add_argument("--out", type=Path, default=_SHIPPED)
    chosen = arguments.parse_args()
    matcher = Matcher(load_packs(["core"]))
    found = {folder.name: list(examples(list(load(folder)), FORMS, matcher, chosen.cache)) for folder in chosen.corpus}
    everything = [example for corpus in found.values() for example in corpus]
    print(json.dumps({"pages": len({e.case.id for e in everything}), "samples": len(everything)}), flush=True)
    if chosen.cross_validate:
        _report(found, _cross_validated(everything, matcher, chosen.seed))
    else:
        save(_trained(everything, matcher, chosen.seed), chosen.out)
        print(json.dumps({"written": str(chosen.out), "bytes": chosen.out.stat().st_size}))


def _trained(chosen: list[Example], matcher: Matcher, seed: int) -> Weights:
    copies = [copy for e in chosen if e.form == "full" for copy in thinned(e, matcher, seed)]
    return train([e.sample for e in chosen + copies], seed)


def _fold(example: Example) -> int:
    return zlib.crc32(example.case.site.encode()) % FOLDS


def _cross_validated(everything: list[Example], matcher: Matcher, seed: int) -> dict[int, float]:
    """Word F1 of each example (by identity), from the model that saw no page of its site."""
    scores: dict[int, float] = {}
    for fold in range(FOLDS):
        weights = _trained([e for e in everything if _fold(e) != fold], matcher, seed)
        for example in everything:
            if _fold(example) == fold:
                scores[id(example)] = word_f1(_body(example, weights), example.case)
        print(json.dumps({"fold": fold, "f1": round(mean(scores[id(e)] for e in everything if _fold(e) == fold), 4)}), flush=True)
    return scores


def _body(example: Example, weights: Weights) -> str:
    """The body that a user would get with these weights."""
    story = verdict(example.page, example.sample.rows.astype("float32"), weights)
    fields = find_fields(example.page, example.marks, story)
    policy = Policy()
    settled = resolve(example.page, example.marks, fields.marks, story, policy)
    return build(example.page, settled, fields.witnesses, story, status_of(example.page, settled, story, policy), ()).body


def _report(found: dict[str, list[Example]], scores: dict[int, float]) -> None:
    for corpus, chosen in found.items():
        groups: dict[tuple[str, str], list[float]] = defaultdict(list)
        for example in chosen:
            groups[example.form, example.case.kind].append(scores[id(example)])
            groups[example.form, "all"].append(scores[id(example)])
        for (form, kind), values in sorted(groups.items()):
            print(json.dumps({"corpus": corpus, "form": form, "kind": kind, "n": len(values), "f1": round(mean(values), 4)}))


if __name__ == "__main__":
    main()
