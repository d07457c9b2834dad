"""Pages that parsers and programs choke on. Each gives an Article with the page's text, in bounded time and memory, in a process of its own."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

import stripper
from stripper.read import read

SENTENCE = "The ferry to Marholm will sail twice a day from May, the harbour board said after its meeting on Tuesday. "
STORY = "".join(f"<p>{SENTENCE}It was meeting number {n} of the year, and the tickets will cost as much as before.</p>" for n in range(12))
LAST = "It was meeting number 11 of the year"
MANY = 100_000

TRAPS = {
    "nested div": "'<div>' * MANY + STORY + '</div>' * MANY",
    "nested div behind": "STORY + '<div>' * MANY",
    "nested span": "'<span>' * MANY + STORY",
    "nested formatting": "'<font>' * MANY + STORY",
    "nested paragraphs": "'<div><p>' * (MANY // 2) + STORY",
    "nested quotes": "'<blockquote>' * MANY + STORY",
    "nested lists": "'<ul><li>' * (MANY // 2) + STORY",
    "nested tables": "'<table><tr><td>' * (MANY // 3) + STORY",
    "nested drawing": "'<svg>' + '<g>' * MANY + '</svg>' + STORY",
    "nested links": "'<a href=x>' * MANY + STORY",
    "nested hidden panels": "'<div hidden class=panel>' * MANY + '</div>' * MANY + STORY",
    "nested templates": "'<template>' * MANY + '</template>' * MANY + STORY",
    "nested shadow roots": "'<template shadowrootmode=open>' * MANY + STORY",
    "attributes": "'<div ' + ' '.join(f'a{n}=1' for n in range(MANY)) + '>' + STORY",
    "quoted attributes": "'<div ' + ' '.join(f'a{n}=\">\"' for n in range(MANY)) + '>' + STORY",
    "classes": "'<div class=\"' + ' '.join(f'c{n}' for n in range(MANY)) + '\">' + STORY",
    "options": "'<select>' + '<option>Choice' * (MANY // 2) + '</select>' + STORY",
    "options without end": "STORY + '<select>' + '<option>x' * (MANY // 2)",
    "formatting bomb": "('<b>' * 3000 + '<i>' * 3000 + '<p>' * 7000)[:40_000] + STORY",
    "formatting bomb of names": "''.join(f'<p><b c{n}>x' for n in range(3000)) + STORY",
    "formatting bomb in a table": "('<a><b><i><u><s>' * 2700)[:40_000] + '<table>' + STORY",
    "comment without end": "STORY + '<!-- ' + '<p>x</p>' * MANY",
    "page in a comment without end": "'<html><body><!-- ' + STORY",
    "script without end": "STORY + '<script>' + '<p>x</p>' * MANY",
    "page in a script without end": "'<html><body><script>var x = 1;' + STORY",
    "title without end": "'<html><head><title>Ferry' + STORY",
    "less-than": "'<' * 500_000 + STORY",
    "ampersands": "'&' * 500_000 + STORY",
    "hidden panels": "'<div hidden class=panel>Text of a panel that is hidden.</div>' * (MANY // 2) + STORY",
    "deep data": "'<script type=application/ld+json>' + '[' * 500_000 + '</script>' + STORY",
    "meta": "'<head>' + '<meta name=author content=x>' * (MANY // 2) + '</head>' + STORY",
    "NUL": "'\\0' * 1000 + STORY",
    "half characters": "'\\ud800' * 1000 + STORY",
    "UTF-16 without mark": "STORY.encode('utf-16-le')",
    "broken UTF-8": "STORY.encode().replace(b'May', b'M\\xff\\xfe\\xe9y')",
    "wrong charset": "b'<meta charset=utf-16>' + STORY.encode()",
    "unknown charset": "b'<meta charset=x-klingon>' + STORY.encode()",
    "half Shift_JIS": "b'<meta charset=shift_jis>' + b'\\x81' * 5000 + STORY.encode()",
    "300 levels": "'<div>' * 300 + STORY + '</div>' * 300",
    "300 levels of quotes": "'<blockquote><div>' * 150 + STORY",
}
"""Expressions of pages, so that only the process that reads a page holds it."""

PROGRAM = """
import json, os, resource, sys
import stripper

def peak():  # in MiB; what getrusage says would be inherited from the process that started this one
    with open("/proc/self/status") as status:
        return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1024

def read(expression, wanted, gibibytes):
    resource.setrlimit(resource.RLIMIT_CPU, (300, 300))
    resource.setrlimit(resource.RLIMIT_AS, (gibibytes << 30, gibibytes << 30))
    article = stripper.clean(eval(expression), as_="html")
    print(json.dumps([peak(), wanted in article.text, wanted in article.body]), flush=True)

STORY, MANY = json.loads(sys.stdin.readline()), 100_000
stripper.clean("<p>The first page pays for loading.</p>")
for line in sys.stdin:
    if child := os.fork():
        if ended := os.waitpid(child, 0)[1]:
            print(json.dumps(f"the process ended with {os.waitstatus_to_exitcode(ended)}"), flush=True)
    else:
        code = 1
        try:
            read(*json.loads(line))
            code = 0
        finally:
            os._exit(code)
"""
"""Reads each page in a child of its own, which need not load anything, within five minutes of the processor: a hundred times what the slowest takes,
and much less than anything quadratic. Address space is limited, so a bomb can't take the machine."""

Measured = Callable[..., tuple[float, bool, bool]]


@pytest.fixture(scope="module")
def measured() -> Iterator[Measured]:
    """MiB at the peak, and whether text and body hold what is wanted."""
    env = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        ask, answers = reader.stdin, reader.stdout
        print(json.dumps(STORY), file=ask, flush=True)

        def measure(expression: str, wanted: str = LAST, gibibytes: int = 2) -> tuple[float, bool, bool]:
            print(json.dumps([expression, wanted, gibibytes]), file=ask, flush=True)
            answer = json.loads(answers.readline())
            assert isinstance(answer, list), answer
            peak, told, in_body = answer
            return peak, told, in_body

        yield measure
        ask.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", TRAPS)
def test_traps_give_the_text_in_500_mebibytes(measured: Measured, name: str) -> None:
    peak, told, in_body = measured(TRAPS[name])
    assert told
    assert in_body
    assert peak < 500


@pytest.mark.slow
def test_ten_megabytes_in_one_gibibyte(measured: Measured) -> None:
    page = "(''.join(f'<ul><li><a href=/n{n}>Home and news {n}</a></li></ul>' + STORY[:330] + '</p>' for n in range(26_000)))[:10_000_000] + STORY"
    peak, told, _ = measured(page, gibibytes=4)
    assert told
    assert peak < 1024


@pytest.mark.slow
def test_what_takes_too_much_is_seen(measured: Measured) -> None:
    with pytest.raises(AssertionError, match="the process ended with 1"):
        measured("'x' * (3 << 30)")
    with pytest.raises(AssertionError, match="the process ended with -9"):
        measured("resource.setrlimit(resource.RLIMIT_CPU, (1, 1)) or '' * sum(1 for _ in iter(int, 1))")
    assert measured("STORY")[1]


def test_nothing_recurses() -> None:
    limit = sys.getrecursionlimit()
    depth = len(list(iter_frames()))
    sys.setrecursionlimit(depth + 120)
    try:
        for source in ("<div>" * 2000 + STORY, "<b>" * 2000 + STORY, '<script type="application/ld+json">' + "[" * 90 + "</script>" + STORY):
            assert LAST in read(source, as_="html").text
    finally:
        sys.setrecursionlimit(limit)


def iter_frames() -> list[object]:
    frame, frames = sys._getframe(), []
    while frame is not None:
        frames.append(frame)
        frame = frame.f_back  # type: ignore[assignment]
    return frames


@pytest.mark.slow
def test_eight_threads_give_what_one_gives() -> None:
    pages = [f"<h1>Ferry {n}</h1>{'<div>' * (n % 40)}{STORY.replace('May', f'May {n}')}" for n in range(400)]
    cleaner = stripper.Cleaner()
    alone = [cleaner.clean(page).to_json() for page in pages[:40]]
    with ThreadPoolExecutor(8) as pool:
        together = [article.to_json() for article in pool.map(cleaner.clean, pages)]
    assert together[:40] == alone
    assert all(f"May {n}" in together[n] for n in range(400))


def resident() -> float:
    """MiB that this process has in memory."""
    with open("/proc/self/status") as status:
        return int(next(line for line in status if line.startswith("VmRSS")).split()[1]) / 1024


def test_trees_are_freed() -> None:
    page = "<div>" * 300 + STORY * 20
    read(page, as_="html")
    gc.collect()
    before = resident()
    for _ in range(200):
        read(page, as_="html")
    assert resident() - before < 30  # 200 trees take 65, and less than one stays
