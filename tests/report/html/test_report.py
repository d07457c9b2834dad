"""The page of a report: it holds what the table says, never more than a browser takes, and nothing of the table gets out of its element."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from stripper.batch.rows import Row
from stripper.errors import InputError
from stripper.report import rows as rows_module
from stripper.report.html.report import report_page
from stripper.report.rows import read_rows

MOST = 5_000_000
BAD = "</script></style></svg></title>\"'<script>window.ran = 1</script><img src=x onerror=window.ran=1>\u202e\0\x1b\ud800\uffff{{ 7 * 7 }}"
"""Said by hosts, rules, messages, ids, addresses and pages."""


@pytest.fixture
def report(tmp_path: Path) -> Callable[[Iterable[Row]], str]:
    def reported(rows: Iterable[Row]) -> str:
        table = tmp_path / "table.jsonl"
        table.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return report_page(table)

    return reported


def hostile(make) -> list[Row]:
    """Every value that a row has is hostile; half of the surrogate pairs come as escapes."""
    values = {name: BAD for name, value in make().items() if isinstance(value, str) and name not in ("status", "date")}
    span = {"kind": BAD, "rule": BAD, "start": 0, "end": 9, "score": 0.5, "text": BAD * 100}
    rows = [
        make(n, **{**values, "id": f"{n}{BAD}", "url": f"https://{n}{BAD}.example/"}, removed=[span] * 20, packs=[BAD], warnings=[BAD])
        for n in range(9)
    ]
    rows += [make(n, status="error", error=BAD * n, body="", url=f"javascript:alert({n})") for n in range(4)]
    return [*rows, make(9, status=BAD, paywall=BAD, language=BAD, authors=[BAD], byline=BAD, modified=BAD, section=BAD, site=BAD, canonical_url=BAD)]


def test_what_it_holds(make, report) -> None:
    rows = [make(n, [("share/a", 20), ("related/b", n)], url=f"https://isle-{n % 3}.example/", score=0.5 + n / 400) for n in range(200)]
    rows[17] = make(17, status="error", error="took longer than 20 s", body="")
    rows[18] = make(18, [("share/a", 5_000)])
    page = LexborHTMLParser(report(rows))
    tiles = [" ".join(tile.text(separator=" ").split()) for tile in page.css(".tiles li")]
    assert tiles[:4] == ["200 rows 4 hosts", "99.5% ok 199 rows", "0.5% errors 1 row", "0% no article 0 rows"]
    assert [item.text(strip=True) for item in page.css(".findings li")] == ["1 row (0.5%) is an error: took longer than 20 s"]
    assert len(page.css("svg.chart")) == len(page.css(".chart-box")) == 9
    headings = [heading.text() for heading in page.css(".samples h3")]
    assert headings[:2] == ["Errors", "Lowest scores"]
    assert "Rules that were unlike themselves" in headings
    links = [link.attributes["href"] or "" for link in page.css(".samples a")]
    shown = {f"#{article.attributes['id']}" for article in page.css("article.explained")}
    assert set(links) == shown
    assert {link.attributes["href"] for link in page.css("nav a")} == shown | {"#overview"}
    assert "share/a took 5,000 characters; it usually takes" in page.html  # type: ignore[operator]


def test_several_processes_give_the_same_page(make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_module, "_CHUNK", 4_000)
    table = tmp_path / "table.jsonl"
    table.write_text("".join(json.dumps(make(n, [(f"share/{n % 3}", 20 + n)], score=n / 80)) + "\n" for n in range(80)))
    assert len([*rows_module.chunks(table)]) > 10
    assert report_page(table, jobs=2) == report_page(table)
    with table.open("a") as file:
        file.write("tide\n")
    with pytest.raises(InputError, match="line 81: not JSON"):
        report_page(table, jobs=2)


def test_a_table_that_gets_shorter_meanwhile(make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "table.jsonl"
    table.write_text("".join(json.dumps(make(n)) + "\n" for n in range(9)))
    reads = iter([rows_module.read_rows(table), iter(())])
    monkeypatch.setattr("stripper.report.html.report.read_rows", lambda *_: next(reads))
    with pytest.raises(InputError, match="rows are gone"):
        report_page(table)


def test_every_id_is_there_once(make, report) -> None:
    page = LexborHTMLParser(report([make(n, [("share/a", 20)]) for n in range(30)]))
    ids = [element.attributes["id"] for element in page.css("[id]")]
    assert len(ids) == len(set(ids)) > 40
    assert {element.attributes["aria-labelledby"] for element in page.css("[aria-labelledby]")} <= set(ids)


def test_nothing_of_a_hostile_table_gets_out(make, report) -> None:
    html = report(hostile(make))
    page = LexborHTMLParser(html)
    assert len(page.css("script")) == len(page.css("style")) == 1
    assert not page.css("img, iframe, object, embed, link, base, form, [onerror], [style]")
    assert {link.attributes["href"][:1] for link in page.css("[href]")} == {"#"}  # type: ignore[index]
    assert not page.css("[src]")
    assert not set("\u202e\0\x1b") & set(html)
    assert "{{ 7 * 7 }}" in html
    assert re.search(r'http-equiv="Content-Security-Policy" content="default-src (&#39;|\')none', html)
    html.encode()


def test_rows_without_what_was_removed(make, report) -> None:
    rows = [make(n) for n in range(5)]
    for row in rows:
        del row["removed"]
    html = report(rows)
    assert "The table doesn&#39;t list what was removed; stripper batch --removed does." in html
    assert "Removed, by" not in html
    assert "of text removed" not in html


def test_a_table_without_rows(report) -> None:
    html = report([])
    assert "The table has no rows." in html
    assert "There is no row to look at." in html


def test_huge_rows_make_no_huge_page(make, report) -> None:
    spans = [{"kind": f"kind-{n}", "rule": f"{n}" * 40, "start": n * 9, "end": n * 9 + 8, "score": 0.5, "text": "<&\"'>日本"} for n in range(20_000)]
    rows = [make(0, body='Say "tide" & <wait>. ' * 250_000, headline="<" * 50_000, removed=spans, warnings=['"' * 9_000] * 90)]
    rows += [make(n + 1, [(f"{'r' * 300}-{m}/x", 1_200) for m in range(40)], url=f"https://{'h' * 240}{n}.example/") for n in range(60)]
    rows += [make(n, status="error", error=f"{chr(97 + n % 26)}{chr(97 + n // 26)}" + "<" * 5_000, body="", id="i" * 9_000) for n in range(60)]
    html = report(rows)
    assert len(html.encode()) < MOST
    assert "Removed: only " in html
    assert "of 5,250,000 characters are shown here." in html


def test_a_full_report_stays_below_its_limit(make, report) -> None:
    """As many samples as there can be, all of them long."""
    names = [f"kind-{n % 30}/rule-{n}" for n in range(40)]
    rows = [
        make(n, [(name, 900 + (n * 7 + m) % 400) for m, name in enumerate(names)], body="tide & time " * 3_000, score=n / 400) for n in range(400)
    ]
    rows += [make(n, status=("no-article", "floor")[n % 2], took=[(name, 2_000) for name in names]) for n in range(40)]
    size = len(report(rows).encode())
    assert 3_000_000 < size < MOST


def test_table_is_only_read(make, tmp_path: Path) -> None:
    table = tmp_path / "table.jsonl"
    table.write_text(json.dumps(make()) + "\n")
    report_page(table)
    assert [path.name for path in tmp_path.iterdir()] == ["table.jsonl"]
    assert len(list(read_rows(table))) == 1
