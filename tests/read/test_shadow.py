"""Shadow roots that stand in the page."""

from __future__ import annotations

import pytest

from stripper.read import read
from stripper.read.shadow import unrooted


def told(source: str) -> list[str]:
    page = read(source, as_="html")
    return [page.text[b.start : b.end] for b in page.blocks]


def test_shadow_roots_are_shown_and_other_templates_are_not() -> None:
    root = "<template shadowrootmode=open><style>p{}</style><p>Inside.</p><template><p>Secret</p></template><slot></slot></template>"
    assert told(f"<p>Before.</p><x-story>{root}<p>For the slot.</p></x-story><template><p>Secret</p></template><p>After.</p>") == [
        "Before.",
        "Inside.",
        "For the slot.",
        "After.",
    ]


def test_roots_within_roots() -> None:
    inner = "<y-b><template shadowrootmode='closed'><p>Two.</p></template></y-b>"
    assert told(f"<x-a><template class=t shadowRootMode = open shadowrootclonable><p>One.</p>{inner}</template></x-a><p>Three.</p>") == [
        "One.",
        "Two.",
        "Three.",
    ]


@pytest.mark.parametrize(
    "source", ["<template shadowrootmode", "</template>", "<template shadowrootmode=open>", "<p>shadowroot</p>", "<template " * 50_000]
)
def test_any_source_is_fine(source: str) -> None:
    assert "Seen." in read(f"<p>Seen.</p>{unrooted(source)}", as_="html").text
