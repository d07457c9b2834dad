"""trafilatura's choice of the body, and what happens where it has none."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from patience import PATIENCE

import stripper
from stripper import Cleaner, Kind, PolicyError
from stripper.locate import second
from stripper.read import read
from stripper.types import Mark, Page, Story

FIRST = "The cable car at Grell will run again from the first of May, the county said on Monday, after two winters in which nobody could ride it."
SECOND = "Its rope was changed in the autumn by a crew from Tarrow, who hauled three tonnes of steel up the mountain with a winch and eleven mules."
THIRD = "The manager, Odile Pramm, expects nine hundred guests on the first day. “We’ll serve soup until it runs out,” she said at the lower station."
PITCH = "Sign up for our newsletter and get the best stories in your inbox every morning."
MENU = "".join(f'<li><a href="/{i}">{name}</a></li>' for i, name in enumerate(["Home", "Sport", "Weather", "Jobs", "Contact", "Shop"]))
STORY = f"""<!DOCTYPE html><html lang="en"><head><title>Cable car at Grell runs again</title></head><body><nav><ul>{MENU}</ul></nav>
<main><article><h1>Cable car at Grell runs again</h1><p>{FIRST}</p><p>{SECOND}</p><p>{PITCH}</p><p>{THIRD}</p></article></main>
<footer><p>Grell Courier, Market Street 4</p></footer></body></html>"""


@pytest.fixture
def saying(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], list[str]]:
    """Makes trafilatura say this, or raise it; gives the sources that it is asked about."""

    def say(answer: Any) -> list[str]:
        asked = []

        def extract(source: str, **options: Any) -> Any:
            asked.append(source)
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr("trafilatura.extract", extract)
        return asked

    return say


def test_the_body_is_trafilaturas_less_what_rules_take() -> None:
    import trafilatura

    article = Cleaner(engine="trafilatura").clean(STORY)
    said = trafilatura.extract(STORY, include_comments=False)
    assert PITCH in said
    assert article.body == "\n\n".join([FIRST, SECOND, THIRD])
    assert all(part in said for part in article.body.split("\n\n"))
    assert article.headline == "Cable car at Grell runs again"
    assert [m.kind for m in article.removed if m.text == PITCH] == [Kind.NEWSLETTER]
    assert not article.warnings


def test_only_what_it_takes_stays(saying: Callable[[Any], list[str]]) -> None:
    saying(SECOND)
    article = Cleaner(engine="trafilatura").clean(STORY)
    assert article.body == SECOND
    assert {m.text: m.why for m in article.removed}[THIRD] == "trafilatura leaves it out"


def test_explain_gives_the_same_article(saying: Callable[[Any], list[str]]) -> None:
    saying(SECOND)
    cleaner = Cleaner(engine="trafilatura")
    assert cleaner.explain(STORY) == cleaner.clean(STORY)


@pytest.mark.parametrize(
    ("answer", "warning"),
    [
        (None, "trafilatura found no article"),
        ("", "trafilatura found no article"),
        (RecursionError(), "trafilatura failed (RecursionError)"),
        (ValueError("odd"), "trafilatura failed (ValueError)"),
        ("Words that stand nowhere in the page, such as those of a data block.", "trafilatura's text is not what the page shows"),
        (f"{SECOND} {' '.join(str(i) for i in range(500))}", "trafilatura's text is not what the page shows"),
    ],
)
def test_without_an_answer_the_locator_chooses(saying: Callable[[Any], list[str]], answer: Any, warning: str) -> None:
    saying(answer)
    article = Cleaner(engine="trafilatura").clean(STORY)
    assert article.body == stripper.clean(STORY).body
    assert article.warnings == (f"{warning}, so the locator chose the body",)


def test_text_is_the_locators() -> None:
    text = "\n\n".join(["Cable car at Grell runs again", FIRST, SECOND, THIRD])
    article = Cleaner(engine="trafilatura").clean(text)
    assert article.body == stripper.clean(text).body
    assert article.warnings == ("trafilatura reads HTML only, so the locator chose the body",)
    assert Cleaner(engine="both").clean(text) == stripper.clean(text)


@pytest.mark.parametrize("padding", ["<!-- " + "x" * 4_000_000 + " -->", "<br>" * 25_000])
def test_a_monster_is_not_given_to_it(saying: Callable[[Any], list[str]], padding: str) -> None:
    asked = saying(FIRST)
    article = Cleaner(engine="trafilatura").clean(STORY.replace("</footer>", padding + "</footer>"))
    assert not asked
    assert article.warnings == ("the page is too large for trafilatura, so the locator chose the body",)


def test_markup_that_parsers_choke_on_is_made_harmless_for_it(saying: Callable[[Any], list[str]]) -> None:
    asked = saying(FIRST)
    Cleaner(engine="trafilatura").clean("<div>" * 30_000 + STORY)
    assert asked[0].count("<div>") < 1000


def found(indices: set[int]) -> tuple[Page, Story]:
    """The story's page, and a locator's verdict that takes these of its blocks."""
    page = read(STORY)
    return page, Story((0.3,) * len(page.blocks), frozenset(indices), 0.2, bool(indices), ("no",) * len(page.blocks))


def test_both_do_not_ask_where_the_locator_finds_something(saying: Callable[[Any], list[str]]) -> None:
    asked = saying("\n".join([FIRST, SECOND]))
    page, story = found({i for i, block in enumerate(read(STORY).blocks) if block.tag == "p"})
    assert second.advised(page, (), story, "both", STORY, None) == (page, story)
    assert Cleaner(engine="both").clean(STORY) == Cleaner(engine="locator").clean(STORY)
    assert not asked


@pytest.mark.parametrize("indices", [set(), {0, 1}])
def test_both_take_its_word_where_the_locator_finds_next_to_nothing(saying: Callable[[Any], list[str]], indices: set[int]) -> None:
    asked = saying("\n".join([FIRST, SECOND]))
    page, story = found(indices)
    page, story = second.advised(page, (), story, "both", STORY, None)
    assert len(asked) == 1
    assert [page.text[page.blocks[i].start : page.blocks[i].end] for i in sorted(story.chosen)] == [FIRST, SECOND]
    assert story.found
    assert page.warnings == ("the locator found next to nothing, so trafilatura chose the body",)


@pytest.mark.parametrize("answer", [None, FIRST, ValueError()])
def test_next_to_nothing_does_not_win(saying: Callable[[Any], list[str]], answer: Any) -> None:
    saying(answer)
    page, story = found(set())
    assert second.advised(page, (), story, "both", STORY, None) == (page, story)


def test_what_rules_take_away_counts_for_nothing(saying: Callable[[Any], list[str]]) -> None:
    saying("\n".join([FIRST, SECOND]))
    page, story = found(set())
    start = page.text.index(FIRST)
    mark = Mark(start, start + len(FIRST), Kind.COOKIE, "a-rule", 1.0)
    assert second.advised(page, (mark,), story, "both", STORY, None) == (page, story)
    partly = Mark(start, start + len(FIRST) - 1, Kind.COOKIE, "a-rule", 1.0)
    assert second.advised(page, (partly,), story, "both", STORY, None) != (page, story)
    headline = mark._replace(kind=Kind.HEADLINE)
    assert second.advised(page, (headline,), story, "both", STORY, None) != (page, story)


def test_it_reads_the_letters_that_the_reader_reads() -> None:
    story = STORY.replace("Odile", "Zoë").replace(' lang="en"', "")
    article = Cleaner(engine="trafilatura").clean(story.encode("cp1252"), encoding="windows-1252")
    assert "Zoë Pramm" in article.body
    assert "“We’ll serve soup" in article.body
    assert "\ufffd" in Cleaner(engine="trafilatura").clean(STORY.replace("Odile", "Odi\ud800le")).body


def test_an_unknown_engine_is_refused_with_the_known_ones() -> None:
    with pytest.raises(PolicyError, match="unknown engine 'traf'; the engines are locator, both, trafilatura"):
        Cleaner(engine="traf")  # type: ignore[arg-type]
    with pytest.raises(PolicyError):
        Cleaner(engine=None)  # type: ignore[arg-type]


def test_the_engine_survives_pickling() -> None:
    cleaner = pickle.loads(pickle.dumps(Cleaner(engine="trafilatura")))
    assert cleaner.engine == "trafilatura"
    assert cleaner.clean(STORY) == Cleaner(engine="trafilatura").clean(STORY)


def test_threads_share_it() -> None:
    cleaner = Cleaner(engine="trafilatura")
    pages = [STORY.replace("nine hundred", f"{n} dozen") for n in range(40)]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(cleaner.clean, pages)) == [cleaner.clean(page) for page in pages]


def test_trafilatura_loads_only_where_it_is_asked() -> None:
    program = (
        "import sys; from stripper import Cleaner; page = '<!DOCTYPE html><p>' + 'A line of prose, with a comma. ' * 9;"
        "Cleaner().clean(page); Cleaner(engine='both').clean(page); print('trafilatura' in sys.modules);"
        "Cleaner(engine='trafilatura').clean(page); print('trafilatura' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE)
    assert done.stdout.split() == ["False", "True"], done.stderr


def test_the_default_is_an_engine() -> None:
    assert Cleaner().engine == second.DEFAULT
    assert second.DEFAULT in second.ENGINES
