"""What a pack would change: its marks in a page, beside what the packs in use make of the same places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from stripper.article import Article
from stripper.report.terminal import style_of
from stripper.report.words import printable
from stripper.types import Mark, Outcome

_SHOWN = 160
"""Characters of a span that are printed."""
_FIELDS = ("headline", "standfirst", "byline", "date", "section", "status")


class Trial(NamedTuple):
    """One mark of the pack on trial."""

    line: int
    """The line of the page's text where it begins, from 1."""
    mark: Mark
    before: Mark | None
    """What stood there without the pack; None for a mark between two blocks."""


def trials(before: Article, after: Article, rules: Collection[str]) -> tuple[Trial, ...]:
    """The marks of some rules in `after`, in the page's order; `before` is the article of the same page, cleaned without them."""
    whole = [mark for mark in before.marks if mark.outcome not in (Outcome.OVERRULED, Outcome.WEAK)]
    starts = [mark.start for mark in whole]
    return tuple(
        Trial(after.text.count("\n", 0, mark.start) + 1, mark, _covering(whole, starts, mark.start)) for mark in after.marks if mark.rule in rules
    )


def show(source: str, before: Article, after: Article, found: tuple[Trial, ...], console: Console) -> None:
    """Print the trials of one source, and what they do to its body."""
    console.print(Text(f"==> {source} <==", "bold"))
    for trial in found:
        console.print(_line(trial), soft_wrap=True)
        console.print(Text("    " + printable(" ".join(trial.mark.text.split())[:_SHOWN]), style_of(trial.mark.kind)), soft_wrap=True)
    console.print(Text(printable(_summary(before, after, found))), soft_wrap=True)


def changed_fields(before: Article, after: Article) -> tuple[str, ...]:
    """The fields whose values differ, and "status"."""
    return tuple(name for name in _FIELDS if getattr(before, name) != getattr(after, name))


def _line(trial: Trial) -> Text:
    mark = trial.mark
    outcome = f"{mark.outcome} by {mark.over}" if mark.over else f"{mark.outcome}"
    return Text(f"line {trial.line}  {mark.rule}  {mark.kind} {mark.score:.2f}  {outcome}  (without the pack: {_said(trial.before)})")


def _said(mark: Mark | None) -> str:
    if mark is None:
        return "nothing"
    return f"{mark.kind} by {mark.rule}, {mark.outcome}" if mark.outcome is Outcome.REMOVED else f"{mark.kind}"


def _summary(before: Article, after: Article, found: tuple[Trial, ...]) -> str:
    if not found:
        return "the pack marks nothing here"
    changes = [f"{name}: {getattr(before, name)} -> {getattr(after, name)}" for name in changed_fields(before, after)]
    return "\n".join([f"body: {len(before.body)} -> {len(after.body)} characters", *changes])


def _covering(marks: list[Mark], starts: list[int], at: int) -> Mark | None:
    index = bisect_right(starts, at) - 1
    return marks[index] if index >= 0 and at < marks[index].end else None
