"""Bodies that witnesses agree on."""

import json

from stripper.locate.train.corpus import Case
from stripper.locate.train.silver import with_silver

SENTENCES = [
    f"On day {n} the expedition crossed another ridge and found {n + 3} cairns which nobody had drawn on any of the older maps." for n in range(14)
]


def case(html: str) -> Case:
    return Case("a", "example.org", "article", "", "", "", "", None, True, html.encode())


def page(declared: str | None, body: str) -> str:
    data = f'<script type="application/ld+json">{json.dumps({"@graph": [{"articleBody": declared}]})}</script>' if declared is not None else ""
    return f"<html><head><title>Ridges</title>{data}</head><body><nav><a href=/>Home</a></nav><article><h1>Ridges</h1>{body}</article></body></html>"


PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def test_a_declared_body_counts_where_the_page_shows_it() -> None:
    declared = " ".join(SENTENCES)
    found = with_silver(case(page(declared, PARAGRAPHS)))
    assert found is not None
    assert found.body == declared


def test_a_declared_body_that_the_page_does_not_show_is_not_believed() -> None:
    found = with_silver(case(page("Something else altogether. " * 40, PARAGRAPHS)))
    assert found is not None
    assert "On day 0" in found.body


def test_damaged_data_is_passed_over() -> None:
    found = with_silver(case(page(None, PARAGRAPHS).replace("</head>", '<script type="application/ld+json">{"articleBody": </script></head>')))
    assert found is not None
    assert "On day 13" in found.body


def test_a_short_page_gives_nothing() -> None:
    assert with_silver(case(page(None, "<p>Only a line.</p>"))) is None
