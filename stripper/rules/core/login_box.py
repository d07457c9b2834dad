"""The fields, hints and messages of a form for accounts, between lines that other rules know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.rules.boxes import blocks_of, groups
from stripper.types import Hit, Kind, Mark

_BRIDGE = 2
"""Most lines between two of a form."""
_LINE_CHARS = 160
_FORM = 0.86
"""How sure a mark must be to be a form's line; a label such as "Log in" stands in menus as well."""
_LEAST = 2
_NOT_THERE = frozenset(
    {Kind.NAVIGATION, Kind.BREADCRUMB, Kind.SHARE, Kind.TOPICS, Kind.COPYRIGHT, Kind.COOKIE, Kind.PAGINATION, Kind.PAYWALL, Kind.COMMENTS, Kind.DATE}
)
"""Kinds of lines that a form doesn't hold."""


@dataclass(frozen=True, slots=True)
class Box:
    """Short lines between those of a form, where at least two of it are known that are no mere labels."""

    id: str = "box"
    score: float = 0.9
    examples: tuple[Example, ...] = (
        Example(
            "The vote is on Monday.\nLog in\n⟦At least six letters and a number⟧\nForgot your password?\n⟦Or⟧\n"
            "Don't have an account? Register here\nThe ferry sails in May."
        ),
        Example("The vote is on Monday.\nLog in\nThe ferry sails in May.\nRegister\nThe mill is shut."),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        """Hits on whole blocks."""
        forms = blocks_of(page, marks, (Kind.LOGIN,), _FORM)
        if len(forms) < _LEAST:
            return
        known = blocks_of(page, marks, (Kind.LOGIN,))
        for group in groups(known, blocks_of(page, marks, _NOT_THERE), _BRIDGE, lambda at, lines: page.size(at) <= _LINE_CHARS):
            if len(forms.intersection(group)) >= _LEAST:
                for index in range(group[0], group[-1]):
                    if index not in known:
                        yield Hit(page.blocks[index].start, page.blocks[index].end)


RULE_SET = RuleSet(
    name="login-box",
    kind=Kind.LOGIN,
    marks="Fields, hints and messages between the known lines of a form for accounts.",
    why="It serves the site's accounts.",
    misses="Forms of which fewer than two lines are known.",
    rules=(Box(),),
)
