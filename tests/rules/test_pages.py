"""What rules ask of a page as a whole: is it a forum's, is it a list?"""

from __future__ import annotations

import pytest

from stripper import Cleaner, Outcome, Policy
from stripper.read import read
from stripper.rules.base import Lines
from stripper.rules.threads import is_thread

TITLES = [f"The harbour office sells the {thing} that stood on the quay" for thing in ("old crane", "iron lamp", "green boat", "long rope", "clock")]
CARDS = "".join(f"<article><h2><a href='/{n}'>{title}</a></h2><p>It rained for all of that week.</p></article>" for n, title in enumerate(TITLES))
SENTENCE = "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn."


def lines(source: str, as_: str = "html") -> Lines:
    return Lines.of(read(source, as_=as_))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "printed",
    [
        ["joined: mar 4, 2019", "posts: 1,204", "messages: 12"],
        ["#1 · mar 4, 2019", "#2 · mar 4, 2019", "#3 · mar 5, 2019"],
        ["quill77 march 4, 2019, 6:28am 1", "oakapple march 4, 2019, 7:01am 2", "quill77 march 4, 2019, 7:12am 3"],
        ["thread starter", "click to expand..."],
        ["ask question", "asked 3 years, 2 months ago", "3 answers"],
        ["themenstarter", "registriert seit: 4. märz 2019"],
    ],
)
def test_lines_of_forums(printed: list[str]) -> None:
    assert is_thread(printed)


@pytest.mark.parametrize(
    "printed",
    [
        ["#1", "#2", "#3", "#4"],  # a ranking
        ["re: ferries", "re: lamps", "re: boats"],
        ["beth says:", "reply", "2 comments", "leave a reply"],
        ["499 views", "341 views", "252 views"],
        ["thread starter"],
        [],
    ],
)
def test_lines_of_other_pages(printed: list[str]) -> None:
    assert not is_thread(printed)


def test_a_thread_may_be_declared() -> None:
    assert lines('<script type="application/ld+json">{"@type": "QAPage"}</script><p>Why does the lamp hum?</p>').is_thread
    assert not lines('<script type="application/ld+json">{"@type": "FAQPage"}</script><p>Why does the lamp hum?</p>').is_thread


def test_an_index_has_titles_and_no_date() -> None:
    assert lines(f"<body>{CARDS}</body>").is_index
    assert lines(f"<body>{CARDS}<time datetime='2024-05-04'></time><time datetime='2024-05-05'></time></body>").is_index
    assert not lines(f"<body><time datetime='2024-05-04'></time>{CARDS}</body>").is_index
    assert not lines(f"<meta property='article:published_time' content='2024-05-04'><body>{CARDS}</body>").is_index
    assert not lines(f"<body><p>{SENTENCE}</p><p>{SENTENCE}</p>{CARDS}</body>").is_index
    assert not lines("\n".join(TITLES), "text").is_index


def test_posts_of_a_thread_are_its_content() -> None:
    posts = "Mara Q.\n2 years ago\nMy uncle carried that oak.\nReply\ntidewater\nNov 4, 2021, 1:12 PM\nHe said it was wet.\nReply\nLeave a Reply"
    story = f"{SENTENCE}\n{SENTENCE}\n2 Comments\n{posts}"
    cleaner = Cleaner(policy=Policy(floor=0))
    below_story, in_forum = cleaner.clean(story), cleaner.clean(f"Thread starter\n#1\n{story}")
    assert any(m.rule == "comment-thread/timed-post" for m in below_story.removed)
    assert {m.outcome for m in in_forum.marks if m.rule == "comment-thread/timed-post"} == {Outcome.WEAK}


@pytest.mark.parametrize(("declared", "outcome"), [("DiscussionForumPosting", Outcome.WEAK), ("NewsArticle", Outcome.REMOVED)])
def test_what_a_forum_calls_comments_may_be_its_posts(declared: str, outcome: Outcome) -> None:
    posts = f"<div class='comment-body'><p>{SENTENCE}</p></div>" * 3
    script = f'<script type="application/ld+json">{{"@type": "{declared}"}}</script>'
    article = Cleaner(policy=Policy(floor=0)).clean(f"<html><head>{script}</head><body><p>{SENTENCE}</p>{posts}</body></html>")
    assert {m.outcome for m in article.marks if m.rule == "comment-thread/comment-markup"} == {outcome}
