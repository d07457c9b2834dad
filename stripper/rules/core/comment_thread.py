"""What readers wrote, between the lines that name them and the buttons below."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from stripper.rules.base import UNSURE, Example, Lines, RuleSet
from stripper.types import Hit, Kind, Mark

_AUTHORS = ("/commenter-says", "/commenter-wrote-on", "/commenter-on")
"""Rules that find who wrote a post."""
_NAMES = frozenset(
    {"comment-respond", "comments-area", "commentlist", "comment-list", "disqus_thread", "disqus-thread", "wpdiscuz", "wpd-comment", "fb-comments"}
    | {"commentform", "comment-form", "comments-section", "comment-body", "comment-content", "coral_thread", "coral-thread", "viafoura"}
    | {"hyvor-talk-view", "utterances", "giscus", "openweb", "spot-im", "spotim", "comments__list"}
)
"""What comments are called in HTML by the software that shows them."""
_POST_BLOCKS = 15
_THREAD_BLOCKS = 40
"""Between two names that many blocks may stand; more are something else."""
_POST_CHARS = 6000
"""A longer stretch is no post: it is the story, or the end of the page."""
_NAME_CHARS = 40
_TIME_CHARS = 45
_TIME = re.compile(
    r"\b(?:19|20)\d\d(?:\b|edited)|\b\d{1,2}:\d\d\b|\d{1,2} ?(?:年|月|日|時間前|分前)|\b(?:\d{1,3}|an?) (?:\w{1,8} )?ago\b|^(?:vor|il y a|hace|há) |"
    r"\d{1,3} \w{2,9} (?:fa|geleden|temu|önce|назад)$"
)
_SIGNED = re.compile(r"[^.,;!?\":]{1,40} (?:says|said|sagt|dit|dice|disse|diz|zegt)|by [^.,;!?\":]{1,40} \(? ?\d{3,9} ?\)?(?: on .{6,60})?")
"""A line that names who wrote a post, and nothing else: of a numbered list of posts, or with the number of a reader's account."""
_SAYS = re.compile(
    r"[^.,;!?\":]{1,40}(?:\.[^.,;!?\": ]{0,20})? (?:says|said|writes|wrote|sagt|sagte|schreibt|schrieb|dit|a dit|a écrit|écrit|dice|dijo|escribió"
    r"|disse|diz|escreveu"
    r"|ha detto|ha scritto|scrive|zegt|schreef|schrijft|mówi|pisze|napisał|napisała|dedi ki|diyor ki|yazdı|пишет|говорит|написал|написала"
    r"|säger|skriver|siger|sier)"
    r" ?[:：]|[^.,;!?\":。、]{1,20}(?:より|さん)[:：]|[^.,;!?\":。，]{1,20}(?:说|說|写道|寫道)(?:道)?[:：]"
)
"""A line that says who speaks, in the words of comment forms; folded."""
_TOLD = re.compile(
    r"\b(?:what|here|who|which|this|that|as|it|he|she|they|we|was|wer|er|sie|es|wie|ce|que|qui|il|elle|lo|ella|él|ele|ela|così|wat|hij|zij|co|on|что|он|она|vad)\b"
)
"""Words of sentences that lead to a quotation."""
_LEAST_SIGNED = 3
_BEFORE = 6
"""In so many blocks before a post something else of the thread must stand: its heading, or the buttons of the post before."""


@dataclass(frozen=True, slots=True)
class Markup:
    """A block in what HTML calls comments. Where a forum's posts are called so, as most of the page's sentences stand there, that is only a hint."""

    id: str = "comment-markup"
    score: float = 0.9
    examples: tuple[Example, ...] = (
        Example(
            '<html><body><article><p>The pier was built of oak.</p></article><div class="comments-area"><p>⟦My uncle carried that oak.⟧</p></div>'
            "</body></html>"
        ),
        Example('<html><body><article class="comment"><p>The pier was built of oak.</p></article></body></html>'),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks."""
        named = page.named(_NAMES)
        if not named:
            return
        score = UNSURE if page.is_thread and _is_most(page, named) else None
        for index in named:
            yield Hit(page.blocks[index].start, page.blocks[index].end, score)


def _is_most(page: Lines, indices: Sequence[int]) -> bool:
    """Whether most of the page's sentences stand in these blocks."""
    said = set(indices).intersection(page.sentences)
    return 2 * sum(map(page.size, said)) > sum(map(page.size, page.sentences))


@dataclass(frozen=True, slots=True)
class Says:
    """A line that names a reader and says that they speak ("Beth says:"). In a forum it stands above a quotation."""

    id: str = "commenter-says"
    score: float = 0.86
    examples: tuple[Example, ...] = (
        Example("It rained for a week.\n⟦Maryam K. says:⟧\nThe rest of us waited."),
        Example("⟦Jens sagt:⟧\nDas Holz war nass."),
        Example("⟦Ömer diyor ki:⟧\nTahta ıslaktı."),
        Example("⟦Мара пишет:⟧\nДерево было мокрым."),
        Example("Nobody else, the ministry says, will be paid: the money is gone."),
        Example("What the report says\nHere is what the report says:\nNobody will be paid."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks."""
        for index, line in page.short.items():
            if line[-1] in ":：" and _SAYS.fullmatch(line) and not _TOLD.search(line):
                yield Hit(page.blocks[index].start, page.blocks[index].end, _score(page))


class Posts:
    """The blocks from a line that names a reader to the next line of the thread: a button, a name, a form."""

    id = "post"
    score = 0.8
    examples = (
        Example(
            "It rained for a week.\n2 Comments\nBeth says:\n⟦My uncle carried that oak.⟧\n⟦He said it was wet.⟧\nReply\n"
            "Jo says:\n⟦So was he.⟧\nReply\nLeave a Reply"
        ),
        Example("Kommentare (1)\nJens sagt:\n⟦Das Holz war nass.⟧\nAntworten\nEs regnet seit Montag."),
        Example("Beth says:\nMy uncle carried that oak.\nHe said it was wet.\nThe pier was built in a year.\nReply"),
        Example("2 Comments\nBeth says:\nMy uncle carried that oak."),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        """Hits on whole blocks."""
        thread = [mark for mark in marks if mark.kind is Kind.COMMENTS]
        if not any(mark.rule.endswith(_AUTHORS) for mark in thread):
            return
        starts = page.starts
        lines = {bisect_right(starts, mark.start) - 1 for mark in thread}
        authors = sorted(bisect_right(starts, mark.start) - 1 for mark in thread if mark.rule.endswith(_AUTHORS))
        for author in authors:
            if not any(index in lines for index in range(author - _BEFORE, author)):
                continue
            end = next((i for i in range(author + 1, min(author + 1 + _POST_BLOCKS, len(starts))) if i in lines), None)
            if end is not None and starts[end] - starts[author] <= _POST_CHARS:
                for block in page.blocks[author + 1 : end]:
                    yield Hit(block.start, block.end, _score(page))


@dataclass(frozen=True, slots=True)
class TimedPosts:
    """In a thread, a line with a reader's name, a line with a time, and the text under them, up to the next name or the thread's next line."""

    id: str = "timed-post"
    score: float = 0.8
    examples: tuple[Example, ...] = (
        Example(
            "It rained for a week, and nobody went out.\n2 Comments\n⟦Mara Q.\n2 years ago\nMy uncle carried that oak.⟧\nReply\n"
            "⟦tidewater\nNov 4, 2021, 1:12 PM\nHe said it was wet.\nSo was he.⟧\nReply\nLeave a Reply"
        ),
        Example("It rained for a week.\n2 Comments\nThe mill\nIt was built in 1931.\nOn Monday it opened its doors again."),
        Example("Mara Quill\nNov 4, 2021, 1:12 PM\nIt rained for a week.\n2 Comments"),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        """Hits on whole blocks."""
        starts = page.starts
        thread = {bisect_right(starts, mark.start) - 1 for mark in marks if mark.kind is Kind.COMMENTS and mark.score >= 0.5}
        if not thread:
            return
        others = {bisect_right(starts, mark.start) - 1 for mark in marks if not mark.kind.is_field and mark.kind is not Kind.TIMESTAMP}
        at, end, last = min(thread) + 1, len(starts), min(thread)
        while at + 2 < end:
            last = at - 1 if at - 1 in thread else last
            if at - last > _BEFORE or at in others or not (_is_name(page, at) and _is_time(page, at + 1)):
                at += 1
                continue
            after = next((i for i in range(at + 2, min(at + 2 + _POST_BLOCKS, end)) if _ends_post(page, i, others)), None)
            if after is None or after == at + 2 or (page.story is not None and at < page.story[0] < after):  # the byline of a story
                at += 1
                continue
            for block in page.blocks[at:after]:
                yield Hit(block.start, block.end, _score(page))
            last, at = after - 1, after


@dataclass(frozen=True, slots=True)
class SignedPosts:
    """Three lines or more that name readers in the same way: all from the first to the last, and the last post up to what follows the thread."""

    id: str = "signed-posts"
    score: float = 0.8
    examples: tuple[Example, ...] = (
        Example(
            "It rained for a week, and nobody went out.\n⟦1. Mara Quill says\nMy uncle carried that oak.\n2. Jo says\nHe said it was wet.\n"
            "Was it?\n• Beth says\nSo was he.⟧\nLeave a Reply"
        ),
        Example(
            "It rained for a week, and nobody went out.\n⟦• by tidewater ( 40213 ) on Friday March 1, 2024 @08:12PM\nMy uncle carried that oak.\n"
            "• by quill77 ( 5513 )\nHe said it was wet.\n• by oakapple ( 88120 ) on Friday March 1, 2024 @09:40PM\nSo was he.⟧\nLeave a Reply"
        ),
        Example("What the mayor says\nNobody will be paid.\nWhat the report says\nThe money is gone.\nWhat the baker thinks\nShe has left."),
        Example("It rained for a week.\nMara Quill says\nMy uncle carried that oak.\nJo says\nHe said it was wet.\nLeave a Reply"),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        """Hits on whole blocks."""
        signed = [index for index, line in page.short.items() if page.blocks[index].lead and _SIGNED.fullmatch(line)]
        if len(signed) < _LEAST_SIGNED:
            return
        starts = page.starts
        others = sorted({bisect_right(starts, mark.start) - 1 for mark in marks if mark.score >= 0.5 and not mark.kind.is_field})
        after = next((index for index in others if index > signed[-1]), len(page.blocks))
        last = after if after - signed[-1] <= _POST_BLOCKS else signed[-1] + 1
        for author, following in zip(signed, [*signed[1:], last], strict=True):
            if following - author <= _THREAD_BLOCKS:
                for block in page.blocks[author:following]:
                    yield Hit(block.start, block.end, _score(page))


def _score(page: Lines) -> float | None:
    """Where the page is a thread of a forum, its posts are what it is about; an index has no readers' posts."""
    return UNSURE if page.is_thread or page.is_index else None


def _ends_post(page: Lines, index: int, others: Set[int]) -> bool:
    return index in others or (index + 1 < len(page.blocks) and _is_name(page, index) and _is_time(page, index + 1))


def _is_name(page: Lines, index: int) -> bool:
    line = page.short.get(index, "")
    return 1 < len(line) <= _NAME_CHARS and line.count(" ") < 4 and line[-1] not in ",!?:;…"


def _is_time(page: Lines, index: int) -> bool:
    line = page.short.get(index, "")
    return len(line) <= _TIME_CHARS and _TIME.search(line) is not None


RULE_SET = RuleSet(
    name="comment-thread",
    kind=Kind.COMMENTS,
    marks="The posts of a thread under a story, where a line names who wrote each, or where HTML says what they are.",
    why="Readers wrote it, not the story's author.",
    misses='Posts without a line such as "Beth says:" or a name and a time above them, and the last post of a thread that nothing follows.',
    rules=(Markup(), Says(), Posts(), TimedPosts(), SignedPosts()),
)
