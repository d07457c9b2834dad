"""Pages that parsers and programs choke on. Each gives an Article with the page's text, in bounded time and memory, in a process of its own."""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import time
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
import json, sys, time
import stripper

def peak():  # in MiB; what getrusage says would be inherited from the process that started this one
    with open("/proc/self/status") as status:
        return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1024

STORY, MANY = sys.stdin.read(), 100_000
stripper.clean("<p>The first page pays for loading.</p>")
source = eval(sys.argv[1])
start = time.process_time()
article = stripper.clean(source, as_="html")
seconds = time.process_time() - start
print(json.dumps([seconds, peak(), sys.argv[2] in article.text, sys.argv[2] in article.body]))
"""


def measured(expression: str, wanted: str = LAST, gibibytes: int = 2) -> tuple[float, float, bool, bool]:
    """CPU seconds, MiB at the peak, and whether text and body hold what is wanted. Address space is limited, so a bomb can't take the machine."""
    limits = (gibibytes << 30, gibibytes << 30)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, expression, wanted],
        input=STORY,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limits),
        env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )
    seconds, peak, told, in_body = json.loads(done.stdout)
    return seconds, peak, told, in_body


@pytest.mark.slow
@pytest.mark.parametrize("name", TRAPS)
def test_traps_give_the_text_in_three_seconds_and_500_mebibytes(name: str) -> None:
    seconds, peak, told, in_body = measured(TRAPS[name])
    assert told
    assert in_body
    assert seconds < 3
    assert peak < 500


@pytest.mark.slow
def test_ten_megabytes_in_fifteen_seconds_and_one_gibibyte() -> None:
    page = "(''.join(f'<ul><li><a href=/n{n}>Home and news {n}</a></li></ul>' + STORY[:330] + '</p>' for n in range(26_000)))[:10_000_000] + STORY"
    seconds, peak, told, _ = measured(page, gibibytes=4)
    assert told
    assert seconds < 15
    assert peak < 1024


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
    start = time.process_time()
    for _ in range(200):
        read(page, as_="html")
    assert resident() - before < 50
    assert time.process_time() - start < 20
