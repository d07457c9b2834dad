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
CHINESE = re.compile("[\u4e00-\u9fff]")
Draw = Callable[[random.Random], Sequence[str]]


@functools.cache
def pages() -> tuple[Page, ...]:
    """The pages' visible text, as crawls and datasets hold it; fixtures are short, so several of them make a page of the usual 16 kB."""
    folder = Path(os.environ.get("BENCH_PAGES") or FIXTURES)
    files = sorted(file for file in folder.rglob("*") if file.suffix in (".html", ".txt") and file.name != "marks.txt")
    assert files, f"no pages in {folder}"
    texts = [read(file.read_bytes()).text for file in files]
    if folder == FIXTURES:
        texts = ["\n\n".join(texts[at : at + 8]) for at in range(0, len(texts), 8)]
    return tuple(read(text, as_="text") for text in texts)


@functools.cache
def words() -> tuple[str, ...]:
    """The pages' words of Latin letters, the most frequent first."""
    counts = Counter(word for page in pages() for word in page.folded.split() if word.isalpha() and word.isascii())
    return tuple(sorted(counts, key=lambda word: (-counts[word], word)))


@functools.cache
def chinese() -> tuple[str, ...]:
    """The pages' Chinese characters, as often as they stand there."""
    return tuple(character for page in pages() for character in CHINESE.findall(page.folded))


SORTS: dict[str, Draw] = {
    "two words": lambda draw: [" ".join(draw.sample(words(), 2))],
    "two of the commonest 500 words": lambda draw: [" ".join(draw.sample(words()[:500], 2))],
    "phrases that begin alike": lambda draw: [f"subscribe to {draw.choice(words())}", f"sign up for {draw.choice(words())}"],
    "three Chinese characters": lambda draw: ["".join(draw.sample(chinese(), 3))],
    "one word": lambda draw: [draw.choice(words())],
}
"""A rule's keywords, drawn from what stands on the pages. The last sort is the worst: all of its rules have to be tried."""


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


@pytest.mark.parametrize("sort", ["two words", "phrases that begin alike", "three Chinese characters"])
def test_rules_whose_words_stand_nowhere_are_not_tried(monkeypatch: pytest.MonkeyPatch, sort: str) -> None:
    """The same by counting: of a thousand rules not five are tried on a page."""
    from stripper.rules import match

    tried = []
    monkeypatch.setitem(match._FINDERS, "block", lambda compiled, page, indices, cores: tried.append(compiled.name) or ())
    matcher = Matcher([generated(MANY, sort)])
    for page in pages():
        matcher.mark(page)
    assert len(tried) < 5 * len(pages())
