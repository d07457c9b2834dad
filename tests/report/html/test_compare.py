"""The page of a comparison: how large it may become, and what it tells of what it leaves out."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from stripper.batch.rows import FIELDS, Row
from stripper.report.compare.comparison import MOST_LONE, MOST_NAMED, MOST_SHOWN, Lone, compare
from stripper.report.html.compare import compare_page

MOST = 5_000_000


def row(name: str, body: str, spans: int = 0, text: str = "") -> Row:
    row = {"schema": 1, "id": name, "url": None, "status": "ok", "error": None} | dict.fromkeys(FIELDS)
    removed = [{"kind": "advert", "rule": text or "a/b", "start": n, "end": n + 1, "score": 1.0, "text": f"{text}{n}"} for n in range(spans)]
    return row | {"body": body, "score": 0.5, "authors": [], "packs": [], "warnings": [], "removed": removed}


SORTS = {
    "quotes": ("", "'\"" * 20_000, 0, ""),
    "many places": (" ".join(f"{m}" for m in range(3_000)), " ".join(f"{m}{'' if m % 60 else '&'}" for m in range(3_000)), 0, ""),
    "many words": ("\n".join(f"one {m} & two" for m in range(500)), "\n".join(f"one {m} < two" for m in range(500)), 0, ""),
    "many spans": ("", "x", 60, "&" * 500),
    "many lines": ("", "&\n" * 9_000, 0, ""),
}


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_stays_below_five_megabytes(sort: str) -> None:
    old, new, spans, text = SORTS[sort]
    one = compare(iter([row("a", old)]), iter([row("a", new, spans, text)]))
    changes = [replace(one.changes[0], id=f"{number}{'<' * 400}") for number in range(MOST_SHOWN + MOST_NAMED)]
    lones = [Lone(f"{number}{'&' * 500}", "ok", number) for number in range(MOST_LONE)]
    result = replace(
        one,
        compared=9_000,
        changed=9_000,
        changes=tuple(changes[:MOST_SHOWN]),
        named=tuple(change.bare for change in changes[MOST_SHOWN:]),
        only=(tuple(lones), tuple(lones)),
        only_counts=(8_000, 8_000),
    )
    page = compare_page(result, "a" * 5_000, "b.jsonl")
    assert 2_000_000 < len(page.encode()) < MOST
    details = page.count('<details class="change"')
    assert 20 < details < 1_000
    assert f"{9_000 - details:,} smaller changes without details" in page
    assert "8,000 documents, the first " in page


def test_large_changes_say_how_much_is_left_out() -> None:
    page = compare_page(compare(iter([row("a", "")]), iter([row("a", "word " * 10_000, 50)])), "a", "b")
    assert "42,000 more characters of changed text aren&#39;t shown" in page.replace("aren't", "aren&#39;t")
    assert "10 more spans aren" in page
    assert re.search(r'<span class="number size">50,000</span>', page)


def test_the_same_rows_give_the_same_page() -> None:
    pages = [compare_page(compare(iter([row("a", "one two")]), iter([row("a", "one three", 3)])), "a", "b") for _ in range(2)]
    assert pages[0] == pages[1]


def test_blanks_that_changed_can_be_seen() -> None:
    page = compare_page(compare(iter([row("a", "one two three four\nfive")]), iter([row("a", "one  two three four\n\nfive")])), "a", "b")
    assert "<ins>␣</ins>" in page
    assert "<ins>↵\n</ins>" in page
