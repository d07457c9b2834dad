"""First posts of threads, in the ways that forums print them; and pages that are no threads."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stripper.fields import find_fields
from stripper.fields.thread import READER
from stripper.read import read
from stripper.types import Mark, Story

POST = "My sloop takes on a bucket of water every night, and I can't find out where it comes in. Has anybody seen the like?"
REPLY = "Mine did that for a year. It was the stern tube in the end, and a new seal for a few coins cured it for good."
TITLE = "Where does the water come from?"


def fields_of(source: str, marks: tuple[Mark, ...] = ()) -> dict[str, Any]:
    """The believed authors and day of a page whose story are the two posts."""
    page = read(source)
    chosen = frozenset(i for i, b in enumerate(page.blocks) if page.text[b.start : b.end] in (POST, REPLY))
    found = find_fields(page, marks, Story(tuple(float(i in chosen) for i in range(len(page.blocks))), chosen, 1.0)).witnesses
    day = found["date"][0].value if "date" in found else None
    return {"authors": found["authors"][0].value if "authors" in found else (), "day": str(day)[:10] if day else None}


PHPBB = f"""<h2 class="topic-title">{TITLE}</h2><div class="pagination">2 posts • Page 1 of 1</div>
<div class="post"><dl class="postprofile"><dt class="no-profile-rank"><a class="username">bilge_rat</a></dt><dd class="profile-rank">Deckhand</dd>
<dd class="profile-posts">Posts: 12</dd><dd class="profile-joined">Joined: Mon Jan 08, 2018 9:12 am</dd></dl>
<div class="postbody"><h3>{TITLE}</h3><p class="author">
Post by <a class="username">bilge_rat</a> » Tue May 14, 2024 7:41 am</p><p>{POST}</p></div></div>
<div class="post"><dl class="postprofile"><dt>old_salt</dt><dd>Posts: 900</dd><dd>Joined: Mon Jan 02, 2012 9:12 am</dd></dl>
<div class="postbody"><p class="author">Post by <a>old_salt</a> » Wed May 15, 2024 8:00 am</p><p>{REPLY}</p></div></div>"""
XENFORO = f"""<h1>{TITLE}</h1><ul><li>Thread starter <a>bilge_rat</a></li><li>Start date
<time datetime="2024-05-14T07:41:00+0000">May 14, 2024</time></li></ul>
<article class="message"><div class="message-avatar">B</div><h4 class="message-name">bilge_rat</h4><h5 class="userTitle">New member</h5>
<dl class="message-userExtras"><dt>Joined</dt><dd>Jan 8, 2018</dd><dt>Messages</dt><dd>12</dd></dl>
<ul><li>May 14, 2024</li><li>#1</li></ul><p>{POST}</p></article>
<article class="message"><h4 class="message-name">old_salt</h4><h5 class="userTitle">Well-known member</h5>
<ul><li>May 15, 2024</li><li>#2</li></ul><p>{REPLY}</p></article>"""
OLD_XENFORO = f"""<h1>{TITLE}</h1><p id="pageDescription">Discussion in '<a>Leaks and pumps</a>' started by <a>bilge_rat</a>, <a>May 14, 2024</a>.</p>
<div class="message"><h3>bilge_rat</h3><p>{POST}</p></div><div class="message"><h3>old_salt</h3><p>{REPLY}</p><p>old_salt, May 15, 2024 #2</p></div>
<p>(You must log in or sign up to reply here.)</p><p>Joined: Jan 8, 2018</p><p>Joined: Jan 2, 2012</p><p>Joined: Mar 3, 2013</p>"""
VBULLETIN = f"""<ul><li>Thread Tools</li><li>Search this Thread</li></ul>
<h1>{TITLE}</h1><table class="tborder"><tr><td>14th May 2024, 07:41</td><td>#1</td></tr>
<tr><td><a class="bigusername">bilge_rat</a><div>Junior Member</div>
<div>Join Date: Jan 2018</div><div>Posts: 12</div></td></tr><tr><td><p>{POST}</p></td></tr></table>
<table><tr><td>15th May 2024, 08:00</td><td>#2</td></tr>
<tr><td><a>old_salt</a><div>Join Date: Jan 2012</div></td></tr><tr><td><p>{REPLY}</p></td></tr></table>"""
CRAWLED = f"""<div id="topic-title"><h1>{TITLE}</h1><div class="topic-category">Leaks and Pumps</div></div><div itemscope
itemtype="http://schema.org/DiscussionForumPosting"><meta itemprop="datePublished" content="2024-05-14T07:41:00Z"><div class="crawler-post"><div><span
class="creator" itemprop="author" itemscope><span itemprop="name">bilge_rat</span></span>
<time datetime="2024-05-14T07:41:00Z">May 14, 2024, 7:41am</time> 1</div>
<p>{POST}</p></div><div class="crawler-post" itemprop="comment" itemscope itemtype="http://schema.org/Comment"><span itemprop="author">old_salt</span>
<time datetime="2024-05-15T08:00:00Z">May 15, 2024, 8:00am</time><p>{REPLY}</p></div></div>"""
EXCHANGE = f"""<div itemscope itemtype="https://schema.org/QAPage"><div itemprop="mainEntity" itemscope itemtype="https://schema.org/Question"><h1>{TITLE}</h1>
<div>Asked 2 years ago</div><div>Modified 1 year ago</div><div class="question"><p itemprop="text">{POST}</p>
<div class="user-action-time">edited Jun 2, 2024</div>
<div class="user-details">tidy_hand</div><time itemprop="dateCreated" datetime="2024-05-14T07:41:00Z"></time>
<div class="user-action-time">asked May 14, 2024</div>
<div class="user-details" itemprop="author" itemscope><span itemprop="name">bilge_rat</span></div></div>
<div itemprop="suggestedAnswer" itemscope itemtype="https://schema.org/Answer"><p>{REPLY}</p><div class="user-details" itemprop="author" itemscope>
<span itemprop="name">old_salt</span></div></div></div></div>"""
TEXTS = [
    f"{TITLE}\nThread starter bilge_rat\nStart date May 14, 2024\n"
    f"New member\nJoined\nJan 8, 2018\n#1\n{POST}\nold_salt\nJoined\nJan 2, 2012\n#2\n{REPLY}\n",
    f"{TITLE}\n2 posts • Page 1 of 1\nPost by bilge_rat » Tue May 14, 2024 7:41 am\n{POST}\nPost by old_salt » Wed May 15, 2024 8:00 am\n{REPLY}\n"
    "Joined: Mon Jan 08, 2018 9:12 am\nJoined: Mon Jan 02, 2012 9:12 am\nPosts: 12\n",
    f"{TITLE}\n#1 2024-05-14 07:41:02\nbilge_rat\nMember\nRegistered: 2018-01-08\nPosts: 12\n{POST}\n"
    f"#2 2024-05-15 08:00:00\nold_salt\nRegistered: 2012-01-02\n{REPLY}\n",
    f"{TITLE}\n• Thread starter Thread starter bilge_rat\n• Start date Start date May 14, 2024\n{POST}\nold_salt\nJoined\nJan 2, 2012\n#2\n{REPLY}\n",
    f"{TITLE}\nJoined: 2012\nB\nbilge_rat\nNewcomer\n#1\n14 May 2024\n{POST}\nO\nold_salt\n#2\n15 May 2024\n{REPLY}\n",
    f"{TITLE}\nbilge_rat\nbilge_rat\nMay 14, 2024\n{POST}\nold_salt\nold_salt\nMay 15, 2024\n{REPLY}\nSimilar threads\n12 replies\n",
    f"{TITLE}\nAsked 2 years ago\nViewed 90 times\n{POST}\nShare\nImprove this question\nedited Jun 2, 2024 at 8:00\ntidy_hand\n"
    f"asked May 14, 2024 at 7:41\nbilge_rat's user avatar\nbilge_rat\n9 1 silver badge\n1 Answer\n{REPLY}\n",
    f"{TITLE}\nPosted by bilge_rat on 14 May 2024 02:57 PM\n{POST}\nPosted by old_salt on 15 May 2024 09:57 AM\n{REPLY}\n2 replies\nReply to topic\n",
    f"{TITLE}\nbilge_rat May 14, 2024, 7:41am 1\n{POST}\n"
    f"old_salt May 15, 2024, 8:00am 2\n{REPLY}\n3 Replies\n120 Views\n#2\nRelated topics\n12 replies\n",
]


@pytest.mark.parametrize("source", [PHPBB, XENFORO, OLD_XENFORO, VBULLETIN, CRAWLED, EXCHANGE, *TEXTS])
def test_first_posts(source: str) -> None:
    assert fields_of(source) == {"authors": ("bilge_rat",), "day": "2024-05-14"}


def test_who_edited_a_question_did_not_ask_it() -> None:
    plain = EXCHANGE.replace("itemscope", "").replace("Asked 2 years ago", "Viewed 90 times")
    assert fields_of(plain + "<p>Ask Question</p><p>Improve this question</p>")["authors"] == ("bilge_rat",)


DATA = {"@type": "DiscussionForumPosting", "headline": TITLE, "author": {"name": "bilge_rat"}, "datePublished": "2024-05-14"}


@pytest.mark.parametrize(
    ("data", "authors"),
    [
        (DATA, ("bilge_rat",)),
        ({"@type": "QAPage", "mainEntity": {"@type": "Question", "author": {"name": "x y"}, "dateCreated": "2024-05-14"}}, ("x y",)),
        (DATA | {"author": {"name": "bilge@boats.example"}}, ()),
        (DATA | {"author": {"name": "Guest"}}, ()),
        (DATA | {"author": "https://boats.example/members/7"}, ()),
        (DATA | {"author": [[["deep"]], None, 7]}, ()),
    ],
)
def test_what_a_page_states_of_its_thread(data: dict[str, Any], authors: tuple[str, ...]) -> None:
    source = f'<script type="application/ld+json">{json.dumps(data)}</script><h1>{TITLE}</h1><p>Featured Replies</p><p>{POST}</p><p>{REPLY}</p>'
    assert fields_of(source) == {"authors": authors, "day": "2024-05-14"}


def test_it_says_what_decided() -> None:
    both = f'<script type="application/ld+json">{json.dumps(DATA)}</script>{PHPBB}'
    for source, why in (
        (PHPBB, "The first post of the thread stands under this name."),
        (both, "The thread's own data says so, and its first post stands under this name."),
        (both.replace(">bilge_rat<", ">old_salt<"), "The thread's own data says who wrote its first post."),
    ):
        page = read(source)
        assert find_fields(page, (), Story((0.0,) * len(page.blocks), frozenset(), 0.0)).witnesses["authors"][0].why == why


def test_a_guest_s_thread_has_no_author() -> None:
    assert fields_of(PHPBB.replace("bilge_rat", "Guest"))["authors"] == ()


def test_the_name_alone_on_its_line_is_the_byline() -> None:
    page = read(VBULLETIN)
    chosen = frozenset(i for i, b in enumerate(page.blocks) if page.text[b.start : b.end] in (POST, REPLY))
    marks = find_fields(page, (), Story((0.0,) * len(page.blocks), chosen, 1.0)).marks
    assert [page.text[m.start : m.end] for m in marks if m.rule == READER] == ["bilge_rat"]


@pytest.mark.parametrize(
    "types",
    ['<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Ada Quill"}}</script>', ""],
)
def test_comments_make_no_thread_of_an_article(types: str) -> None:
    comments = "<h2>2 comments</h2><div class=comment><h4 class=username>old_salt</h4><p>May 15, 2024</p><p>Nice.</p></div>"
    source = f"{types}<h1>Harbour to get a pump</h1><p>By Ada Quill</p><p>14 May 2024</p><p>{POST}</p><p>{REPLY}</p>{comments}"
    assert fields_of(source) == {"authors": ("Ada Quill",), "day": "2024-05-14"}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["#1", "by", "»", "x" * 300, "Thread starter", "2024-05-14", "bilge_rat", "Joined", " 1", "started by", ",", "\n"]),
        max_size=60,
    )
)
def test_any_lines_are_read(pieces: list[str]) -> None:
    page = read(" ".join(pieces) + "\nJoined: 2018\n#2\n", as_="text")
    find_fields(page, (), Story((0.0,) * len(page.blocks), frozenset(), 0.0, False))


def test_days_before_the_web_and_after_the_page_was_fetched_are_none() -> None:
    assert fields_of(PHPBB.replace("May 14, 2024", "May 14, 1912"))["day"] is None
    page = read(PHPBB, crawled=date(2024, 5, 1))
    found = find_fields(page, (), Story((0.0,) * len(page.blocks), frozenset(), 0.0)).witnesses
    assert found["authors"][0].value == ("bilge_rat",)
    assert "date" not in found


def test_a_day_is_taken_as_the_page_s_times_read_it() -> None:
    source = PHPBB.replace("Tue May 14, 2024 7:41 am", "05/06/2024").replace("<h2", '<time datetime="2024-06-05T07:00:00Z"></time><h2')
    assert fields_of(source)["day"] == str(date(2024, 6, 5))
