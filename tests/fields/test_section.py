"""The section of a page: its label, what it declares, the way that leads to it."""

from __future__ import annotations

import json

import pytest

from stripper.fields import find_fields
from stripper.read import read
from stripper.types import Kind, Mark, Story

TITLE = "Old ferry finds a new harbour"
BODY = "The old ferry of Marholm will lie in the new harbour from May on, the port said on Monday, and visitors may board it for free."


def section_of(head: str, body: str = f"<h1>{TITLE}</h1><p>{BODY}</p>", marks: tuple[Mark, ...] = ()) -> tuple[str | None, str]:
    """The believed section and why."""
    page = read(f"<html><head>{head}</head><body>{body}</body></html>")
    chosen = frozenset(i for i, b in enumerate(page.blocks) if page.text[b.start : b.end] == BODY)
    found = find_fields(page, marks, Story(tuple(float(i in chosen) for i in range(len(page.blocks))), chosen, 1.0)).witnesses.get("section", ())
    assert not any(w.why for w in found[1:])
    return (found[0].value, found[0].why) if found else (None, "")


def way(*names: str) -> str:
    steps = [{"@type": "ListItem", "position": n, "name": name} for n, name in enumerate(names, 1)]
    return f'<script type="application/ld+json">{json.dumps({"@type": "BreadcrumbList", "itemListElement": steps})}</script>'


def meta(value: str) -> str:
    return f'<meta property="article:section" content="{value}">'


SITE = '<meta property="og:site_name" content="The Bell">'


@pytest.mark.parametrize(
    ("head", "section"),
    [
        (meta("Harbour"), "Harbour"),
        (meta("Harbour, Boats, Ferries"), "Harbour"),
        (meta("Harbour, Sea"), "Harbour, Sea"),
        (meta("Category: Harbour"), "Harbour"),
        (meta("harbour"), "harbour"),
        (meta("harbour") + way("Home", "Harbour", "Boats"), "Harbour / Boats"),
        (meta("Harbour") + way("Home", "Travel", "Boats"), "Harbour"),
        (meta("17"), None),
        (meta("Uncategorized"), None),
        (meta("Uncategorized") + way("Home", "Travel"), "Travel"),
        (meta("https://bell.example/harbour"), None),
        (meta("The Bell") + SITE, None),
        (meta(TITLE), None),
        (meta("x" * 10_000), None),
        (way("Startseite", "Hafen", "Fähren", TITLE), "Hafen / Fähren"),
        (way("The Bell", "Harbour", TITLE[:35]) + SITE, "Harbour"),
        (way("Home"), None),
        (way(*"abcdefghijkl"), None),
        (way("Harbour", *["A long name of a section, nearly too long"] * 3), "Harbour"),
    ],
)
def test_declared(head: str, section: str | None) -> None:
    assert section_of(head)[0] == section


@pytest.mark.parametrize(
    ("crumbs", "section"),
    [
        ('<ol class="breadcrumb"><li>Home</li><li>Travel</li><li>Boats</li></ol>', "Travel / Boats"),
        ('<nav class="breadcrumbs">Home › Travel › Boats</nav>', "Travel / Boats"),
        (f'<ul class="Breadcrumb-list"><li>Blog</li><li>{TITLE}</li></ul>', None),
        ("<ul class=menu><li>Travel</li><li>Boats</li></ul>", None),
    ],
)
def test_printed_breadcrumbs(crumbs: str, section: str | None) -> None:
    assert section_of("", f"{crumbs}<h1>{TITLE}</h1><p>{BODY}</p>")[0] == section


def test_a_label_is_believed_where_another_place_confirms_it() -> None:
    label = Mark(0, 5, Kind.SECTION, "section/above-headline", 0.8)
    body = f"<p>Boats</p><h1>{TITLE}</h1><p>{BODY}</p>"
    assert section_of("", body, (label,)) == ("Boats", "The page's own label above the headline says so.")
    assert section_of(meta("boats"), body, (label,)) == ("Boats", "The page's own label above the headline says so, and another place names it too.")
    assert section_of(way("Home", "Travel"), body, (label,)) == ("Travel", "JSON-LD says so.")
    assert section_of("", body.replace("Boats", "Live!"), (label,))[0] is None


def test_a_date_beside_the_label_is_no_part_of_it() -> None:
    label = "Harbour / January 11, 2024"
    mark = Mark(0, len(label), Kind.SECTION, "section/above-headline", 0.8)
    assert section_of("", f"<p>{label}</p><h1>{TITLE}</h1><p>{BODY}</p>", (mark,))[0] == "Harbour"
