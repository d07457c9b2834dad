"""Stories that stand in a page's data only."""

from __future__ import annotations

import json

import pytest

from stripper.read import read
from stripper.types import Page

FIRST = "The ferry to Marholm will sail twice a day from May, the harbour board said after its meeting on Tuesday."
SECOND = "Until now the old boat left at nine in the morning and came back whenever its captain had finished his lunch."
THIRD = "Shopkeepers on the island asked for the change in March, and two hundred people signed their letter to the board."
FOURTH = "Tickets will cost as much as before, and children who go to school on the mainland will travel for nothing."
STORY = [FIRST, SECOND, THIRD, FOURTH]
SHELL = "<html><body><nav><a href=/>Home</a><a href=/n>News</a></nav><div id=root>Loading</div>"


def page(inside: str, shown: str = SHELL) -> Page:
    return read(shown + inside, as_="html")


def found(inside: str, shown: str = SHELL) -> list[str]:
    """The blocks behind those that the page shows."""
    read_page = page(inside, shown)
    texts = [read_page.text[b.start : b.end] for b in read_page.blocks]
    return texts[len(page("", shown).blocks) :]


def ld(**value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def script(source: str, attributes: str = "") -> str:
    return f"<script {attributes}>{source}</script>"


def test_article_body() -> None:
    assert found(ld(**{"@type": "NewsArticle", "headline": "H", "description": "A teaser.", "articleBody": "\n\n".join(STORY)})) == STORY
    assert "JSON-LD" in page(ld(**{"@type": "NewsArticle", "articleBody": "\n\n".join(STORY)})).warnings[0]


def test_markup_in_texts_is_read_as_markup() -> None:
    body = f"<h2>Twice a day</h2><p>{FIRST}</p><ul><li>{SECOND}</li></ul><p>{THIRD}</p><p>{FOURTH}"
    told = page(ld(**{"@type": "Article", "articleBody": body}))
    assert [(b.tag, b.level) for b in told.blocks[-5:]] == [("h2", 2), ("p", 0), ("li", 0), ("p", 0), ("p", 0)]
    escaped = body.replace("<", "&lt;").replace(">", "&gt;")
    assert found(ld(**{"@type": "Article", "articleBody": escaped})) == ["Twice a day", *STORY]


def test_questions_and_answers() -> None:
    answers = [{"@type": "Answer", "text": text, "author": {"@type": "Person", "name": "Ada", "description": "Sails " * 20}} for text in STORY[2:]]
    question = {"@type": "Question", "name": "When does it sail?", "text": FIRST, "acceptedAnswer": {"@type": "Answer", "text": SECOND}}
    assert found(ld(**{"@type": "QAPage", "mainEntity": question | {"suggestedAnswer": answers}})) == ["When does it sail?", *STORY]


def test_recipes() -> None:
    steps = [{"@type": "HowToSection", "name": "Dough", "itemListElement": [{"@type": "HowToStep", "text": text} for text in STORY[1:]]}]
    recipe = {"@type": "Recipe", "name": "Island bread", "description": FIRST, "recipeIngredient": ["Flour", "Salt"], "recipeInstructions": steps}
    assert found(ld(**{"@graph": [{"@type": "WebSite", "description": "A site. " * 60}, recipe]})) == [
        "Island bread",
        FIRST,
        "Flour",
        "Salt",
        "Dough",
        *STORY[1:],
    ]


@pytest.mark.parametrize("kind", ["Product", "Event", "JobPosting", "Course"])
def test_descriptions_of_what_is_offered(kind: str) -> None:
    thing = {"@type": kind, "name": "Ferry", "description": " ".join(STORY), "offers": {"@type": "Offer", "description": "No refunds. " * 40}}
    assert found(ld(**thing)) == ["Ferry", " ".join(STORY)]


def test_posts_of_a_thread() -> None:
    comments = [{"@type": "Comment", "text": text} for text in STORY[1:]]
    assert found(ld(**{"@type": "DiscussionForumPosting", "headline": "H", "text": FIRST, "comment": comments})) == STORY


@pytest.mark.parametrize(
    "block",
    [
        script(json.dumps({"props": {"page": {"title": "Ferry", "body": STORY}}}), "id=__NEXT_DATA__ type=application/json"),
        script(json.dumps([["Reactive", 1], {"story": 2}, *STORY, "https://bell.example/a.jpg"]), "type=application/json"),
        script(f"window.__STATE__ = {json.dumps({'article': {'paragraphs': STORY}})};"),
        script(f"window['state']={json.dumps({'article': {'paragraphs': STORY, 'lead': 0}}).replace('0}', 'undefined}').replace(': und', ':und')};"),
        script(f"var x = 1; const state = {json.dumps({'blocks': [{'kind': 'p', 'text': text} for text in STORY]})}; start(state)"),
        script(f"window.__STATE__ = JSON.parse({json.dumps(json.dumps({'body': STORY}))});"),
        script(f"window.__STATE__ = JSON.parse('{json.dumps({'body': STORY})}');"),
        script(json.dumps({"cache": json.dumps({"body": STORY})}), "type=application/json"),
        f"<div data-page='{json.dumps({'props': {'body': STORY}})}'></div>",
        script(json.dumps({"type": "doc", "content": [{"type": "paragraph", "content": [{"text": t}]} for t in STORY]}), "type=application/json"),
    ],
)
def test_states_of_scripts(block: str) -> None:
    assert found(block) == STORY
    assert "data for its scripts" in page(block).warnings[0]


def test_a_paragraph_in_pieces_is_joined() -> None:
    start, link, end = FIRST[:20], FIRST[20:40], FIRST[40:]
    tree = [{"name": "p", "children": [{"data": start}, {"name": "a", "children": [{"data": link}]}, {"data": end}]}]
    tree += [{"name": "p", "children": [{"data": text}]} for text in STORY[1:]]
    assert found(script(json.dumps({"body": tree}), "type=application/json")) == STORY


def test_keys_serve_as_names() -> None:
    told = page(script(json.dumps({"mainStory": {"bodyText": STORY, "x" * 99: 0}}), "type=application/json"))
    assert {"mainstory", "story", "bodytext", "body"} <= told.blocks[-1].words


@pytest.mark.parametrize(
    "block",
    [
        script(json.dumps({f"message{n}": text for n, text in enumerate(STORY)}), "type=application/json"),  # labels
        script(json.dumps({"items": ["/images/ferry-at-the-pier-in-the-morning-" + "x" * 40 + ".jpg"] * 20}), "type=application/json"),
        script(json.dumps({"css": [".a { color: red; margin: 0 auto 0 auto; padding: 1px 2px 3px 4px. }" * 9]}), "type=application/json"),
        script(f"window.__STATE__ = {{body: '{' '.join(STORY)}'}}"),  # no JSON
        script(f"window.__STATE__ = {json.dumps({'body': STORY})[:-9]}"),
        script(f"fetch('/x', {json.dumps({'body': STORY})})", "src=/a.js"),
        ld(**{"@type": "Organization", "description": " ".join(STORY)}),
        ld(**{"@type": "Article", "description": " ".join(STORY)}),
    ],
)
def test_what_is_no_story_is_left(block: str) -> None:
    assert found(block) == []
    assert page(block).warnings == ()


def test_data_is_not_asked_where_the_page_shows_its_story() -> None:
    shown = "".join(f"<p>{text}</p>" for text in STORY * 2)
    state = script(json.dumps({"body": [text.replace("ferry", "boat") for text in STORY] * 2}), "type=application/json")
    assert found(state, shown) == []
    assert page(state, shown).warnings == ()


def test_what_the_page_shows_is_not_doubled() -> None:
    assert found(ld(**{"@type": "Recipe", "recipeIngredient": ["Salt and flour"], "recipeInstructions": STORY * 2}), "<p>Salt and flour</p>") == STORY


def test_lists_hide_no_story_that_they_do_not_declare() -> None:
    shown = "".join(f"<li><a href=/{n}>Story number {n} of the day</a></li>" for n in range(80))
    assert found(script(json.dumps({"teasers": STORY}), "type=application/json"), shown) == []
    assert found(ld(**{"@type": "Article", "articleBody": "\n".join(STORY)}), shown) == STORY


@pytest.mark.parametrize(
    "block",
    [
        script("[" * 200_000, "type=application/json"),
        script("window.a = " + '{"a":' * 100_000),
        script('window.a = {"b": ' * 50_000),
        script('var a = "' * 50_000),
        script(json.dumps(["<p>" + FIRST] * 20_000), "type=application/json"),
        script(json.dumps([FIRST + str(n) for n in range(50_000)]), "type=application/json"),
        "<i data-a='[{'>" * 2000 + f"<i data-a='{'[' * 100_000}'>",
    ],
)
def test_hostile_data_is_harmless(block: str) -> None:
    assert "Loading" in page(block).text
