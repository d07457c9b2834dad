"""What a thousand rules cost beside a hundred, on the same pages in the same process: `make bench` prints the ratio for each sort of rules.

Rules are generated, the same in every run, from words of the pages themselves, so that keywords do occur. BENCH_PAGES=FOLDER takes a folder of .html
or .txt files instead of the fixtures.
"""

from __future__ import annotations

import functools
import os
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from stripper.read import read
from stripper.rules.base import Pack
from stripper.rules.match import Matcher
from stripper.rules.schema import parse
from stripper.types import Page

FIXTURES = Path(__file__).parents[2] / "fixtures" / "pages"
FEW, MANY = 100, 1000
HEAD = 'kind = "widget"\nmarks = "Generated."\nwhy = "To measure."\nmisses = "Everything."\n\n'
CHINESE = re.compile("[\u4e00-\u9fff]{4,}")
Draw = Callable[[random.Random], Sequence[str]]


@functools.cache
def pages() -> tuple[Page, ...]:
    """The pages' visible text, as crawls and datasets hold it."""
    folder = Path(os.environ.get("BENCH_PAGES") or FIXTURES)
    files = sorted(file for file in folder.rglob("*") if file.suffix in (".html", ".txt") and file.name != "marks.txt")
    assert files, f"no pages in {folder}"
    return tuple(read(read(file.read_bytes()).text, as_="text") for file in files)


@functools.cache
def words() -> tuple[str, ...]:
    """The pages' words of Latin letters, the most frequent first."""
    counts = Counter(word for page in pages() for word in page.folded.split() if word.isalpha() and word.isascii())
    return tuple(sorted(counts, key=lambda word: (-counts[word], word)))


@functools.cache
def pairs() -> tuple[str, ...]:
    """Two words that stand side by side on a page."""
    return tuple(sorted({f"{a} {b}" for page in pages() for a, b in pairwise(page.folded.split()) if f"{a}{b}".isalpha() and f"{a}{b}".isascii()}))


@functools.cache
def chinese() -> tuple[str, ...]:
    """All that stands in Chinese on the pages, in runs without a sign between."""
    return tuple(run for page in pages() for run in CHINESE.findall(page.folded))


def chinese_keyword(draw: random.Random) -> str:
    run = draw.choice(chinese())
    at = draw.randrange(len(run) - 3)
    return run[at : at + 4]


SORTS: dict[str, Draw] = {
    "two words, drawn at random": lambda draw: [" ".join(draw.sample(words(), 2))],
    "two of the commonest 500 words": lambda draw: [" ".join(draw.sample(words()[:500], 2))],
    "three words, the first two always the same": lambda draw: [f"subscribe to {draw.choice(words())}", f"sign up {draw.choice(words())}"],
    "four Chinese characters of a page": lambda draw: [chinese_keyword(draw)],
    "two words that stand on a page": lambda draw: [draw.choice(pairs())],
    "one word of a page": lambda draw: [draw.choice(words())],
}
"""Keywords of a rule; in the last two sorts they do stand on a page, so each rule has to be tried there."""


def generated(rules: int, sort: str) -> Pack:
    draw = random.Random(4)
    tables = []
    for number in range(rules):
        keywords = SORTS[sort](draw)
        listed = ", ".join(f'"{keyword}"' for keyword in keywords)
        tables.append(
            f'[[rule]]\nid = "rule-{number}"\nkeywords = [{listed}]\n'
            f'block = \'({"|".join(keywords)})( {draw.choice(words())}){{1,2}}.{{0,40}}\'\nexamples = ["⟦{keywords[0]}⟧", "..."]\n'
        )
    parsed = parse((HEAD + "\n".join(tables)).encode(), "generated.toml")
    assert not parsed.defects
    return Pack("generated", "0", "0" * 12, (parsed.rule_set,))


@pytest.mark.parametrize("sort", SORTS)
def test_prefilter(benchmark: Any, capsys: pytest.CaptureFixture[str], sort: str) -> None:
    few, many = (Matcher([generated(rules, sort)]) for rules in (FEW, MANY))
    benchmark.group = "prefilter"
    benchmark.pedantic(lambda: [many.mark(page) for page in pages()], rounds=1)
    spent: dict[Matcher, list[float]] = {few: [], many: []}
    for _ in range(20 if benchmark.enabled else 1):
        for matcher, times in spent.items():
            started = time.process_time()
            for page in pages():
                matcher.mark(page)
            times.append(1000 * (time.process_time() - started) / len(pages()))
    least = {matcher: min(times) for matcher, times in spent.items()}
    if benchmark.enabled:
        with capsys.disabled():
            print(
                f"\nprefilter, {sort}: {FEW} rules {least[few]:.3f} ms a page, {MANY} rules {least[many]:.3f}, ratio {least[many] / least[few]:.2f}"
            )


@pytest.mark.parametrize("sort", ["two words, drawn at random", "three words, the first two always the same"])
def test_rules_whose_words_stand_nowhere_are_not_tried(monkeypatch: pytest.MonkeyPatch, sort: str) -> None:
    """The same by counting: of a thousand rules hardly one is tried on a page."""
    from stripper.rules import match

    tried = []
    monkeypatch.setitem(match._FINDERS, "block", lambda compiled, page, indices, cores: tried.append(compiled.name) or ())
    matcher = Matcher([generated(MANY, sort)])
    for page in pages():
        matcher.mark(page)
    assert len(tried) < len(pages())
