"""Rebuild the list of markup words that the locator knows.

    python -m stripper.locate.train.vocabulary CORPUS... [--out FILE]

A word counts for each site by how evenly it parts the blocks of a page: most where half of them bear it. The words with the highest sums over all
sites win. Nothing is asked about which blocks are the story, so pages that are held out from training lend the list nothing but the names that people
give to elements. The feature names change with the list, so the weights must be made anew after it.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from stripper.errors import ReadError
from stripper.locate.train.corpus import load
from stripper.read import read
from stripper.types import Page

_SIZE = 512
"""Words on the list. Mean F1 of one fold, learned from HTML alone: 0.847; with twice as many 0.841, with 256 buckets of hashed words 0.835."""
_FEWEST_SITES = 12
"""Words of fewer sites would be those sites' own."""
_FILE = Path(__file__).parent.parent / "markup_words.txt"


def main() -> None:
    arguments = argparse.ArgumentParser(
        prog="python -m stripper.locate.train.vocabulary", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("corpus", nargs="+", type=Path)
    arguments.add_argument("--out", type=Path, default=_FILE)
    chosen = arguments.parse_args()
    words = vocabulary(_pages(chosen.corpus))
    chosen.out.write_text("".join(f"{word}\n" for word in words), "utf-8", newline="\n")


def vocabulary(pages: Iterable[tuple[str, Page]]) -> list[str]:
    """The words that part the blocks of pages best, in alphabetical order. `pages`: each with the name of its site."""
    parting: dict[str, dict[str, float]] = defaultdict(dict)
    for site, page in pages:
        count = len(page.blocks)
        for word, times in Counter(word for block in page.blocks for word in block.words).items():
            share = times / count
            parting[word][site] = max(parting[word].get(site, 0.0), math.sqrt(share * (1 - share)))
    sums = {word: math.fsum(sites.values()) for word, sites in parting.items() if sum(value > 0 for value in sites.values()) >= _FEWEST_SITES}
    return sorted(sorted(sums, key=lambda word: (-sums[word], word))[:_SIZE])


def _pages(folders: Iterable[Path]) -> Iterator[tuple[str, Page]]:
    for folder in folders:
        for case in load(folder):
            try:
                yield case.site, read(case.html, as_="html")
            except ReadError as problem:
                print(f"{case.id}: {problem}")


if __name__ == "__main__":
    main()
