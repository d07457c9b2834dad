"""Panels that a click opens are content; what else is hidden is not."""

from __future__ import annotations

import pytest

from stripper.read import read
from stripper.types import Page

ANSWER = "Dogs travel for nothing, but they have to stay on the lower deck with whoever brought them."
SHOWN = "".join(f"<p>The ferry sails in month {n}, and the harbour board pays for its coal until the month after that.</p>" for n in range(9))


def html(source: str) -> Page:
    return read(SHOWN + source, as_="html")


def told(source: str) -> list[str]:
    page = html(source)
    return [page.text[b.start : b.end] for b in page.blocks][9:]


@pytest.mark.parametrize(
    "source",
    [
        "<div role=tabpanel hidden>{}</div>",
        "<section role=region aria-labelledby=q1 style='display:none'>{}</section>",
        "<div class='faq__answer' style='display: none'>{}</div>",
        "<div class=tab-pane style='visibility:hidden'>{}</div>",
        "<div class=accordion><div hidden>{}</div></div>",
        "<dd class=collapse hidden>{}</dd>",
        "<div hidden aria-labelledby=tab-2>{}</div>",
        "<button aria-expanded=false><svg></svg></button><div hidden>{}</div>",
        "<h3><span aria-controls=x></span></h3> <!-- x --> <div id=x hidden>{}</div>",
        "<div style='visibility: hidden'><p>{}</p></div>",
        "<details><summary></summary>{}</details>",
        "<div class=tabs><div class=tab-panel hidden><div class=accordion-panel hidden>{}</div>" + "And more of it. " * 3 + "</div></div>",
    ],
)
def test_panels_are_taken(source: str) -> None:
    assert told(source.format(ANSWER))[0] == ANSWER


def test_answers_stand_behind_their_questions() -> None:
    assert told(f"<div>May I bring my dog?</div><div style='display:none'>{ANSWER}</div><p>End.</p>") == ["May I bring my dog?", ANSWER, "End."]


def test_their_blocks_say_so() -> None:
    page = html(f"<div role=tabpanel hidden><p>{ANSWER}</p></div><p>End.</p>")
    assert ["collapsed" in b.words for b in page.blocks[8:]] == [False, True, False]
    assert "tabpanel" in page.blocks[9].words


@pytest.mark.parametrize(
    "source",
    [
        "<div hidden>{}</div>",
        "<dialog class=panel>{}</dialog>",
        "<div class='modal panel' hidden>{}</div>",
        "<div class=cookie-banner><div><div role=tabpanel hidden>{}</div></div></div>",
        "<div role=dialog aria-labelledby=t hidden>{}</div>",
        "<nav><div class=panel hidden>{}</div></nav>",
        "<span class=toggle hidden>{}</span>",
        "<div class=panel hidden><a href=/>{}</a></div>",
        "<div class=panel hidden>{}" + "<input>" * 9 + "</div>",
        "<div class=panel hidden>Loading…</div>",
        "<button>Menu</button><div style='display:none'>{}</div>",
    ],
)
def test_what_is_hidden_for_other_reasons_is_left_out(source: str) -> None:
    assert ANSWER not in told(source.format(ANSWER))


def test_copies_for_other_screens_are_left_out() -> None:
    assert told(f"<p>{ANSWER}</p><div class=accordion-panel hidden><p>{ANSWER}</p></div>") == [ANSWER]
    assert told(f"<div class=panel hidden><p>{ANSWER}</p></div><div class=accordion-panel hidden><p>{ANSWER}</p></div>") == [ANSWER]


def test_a_hidden_story_and_a_panel() -> None:
    page = read(f"<p>Menu</p><div class=panel hidden>{ANSWER}</div><div style='display:none'>{SHOWN}</div>", as_="html")
    assert [page.text[b.start : b.end] for b in page.blocks[:2]] == ["Menu", ANSWER]
    assert len(page.blocks) == 11
