"""What readers wrote, between the lines that name them and the buttons below."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind, Mark

_AUTHORS = ("/commenter-says", "/commenter-wrote-on", "/commenter-on")
"""Rules that find who wrote a post."""
_POST_BLOCKS = 15
_POST_CHARS = 6000
"""A longer stretch is no post: it is the story, or the end of the page."""
_BEFORE = 6
"""In so many blocks before a post something else of the thread must stand: its heading, or the buttons of the post before."""


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
                    yield Hit(block.start, block.end)


RULE_SET = RuleSet(
    name="comment-thread",
    kind=Kind.COMMENTS,
    marks="The posts of a thread under a story, where a line names who wrote each.",
    why="Readers wrote it, not the story's author.",
    misses='Posts without a line such as "Beth says:", and the last post of a thread that nothing follows.',
    rules=(Posts(),),
)
