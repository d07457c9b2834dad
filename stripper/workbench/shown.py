"""What the workbench shows of a draft, as pieces of HTML: what is wrong with it, and what it marks in a page."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from stripper.report.html.explained import explained
from stripper.report.html.families import family
from stripper.report.html.page import fragment
from stripper.report.trial import Trial, changed_fields
from stripper.report.words import printable, said
from stripper.types import Outcome
from stripper.workbench.bench import Look
from stripper.workbench.draft import Checked, Draft

_MOST = 200
"""Defects, and marks, that are listed; nobody reads more before mending the first."""
_CHARS = 160
"""Characters of a mark's text that are shown."""
_NOT_SHOWN = frozenset({Outcome.OVERRULED, Outcome.WEAK})
"""Marks that have no span in the page's picture."""


class _Defect(NamedTuple):
    line: int
    """The line in the editor; 0 where it has none there."""
    reason: str


class _Marked(NamedTuple):
    """A mark of the draft."""

    line: int
    rule: str
    nth: int
    """Which of the rule's spans in the page's picture it is, from 0; -1 where it has none."""
    kind: str
    family: str
    score: float
    outcome: str
    before: str
    """What stood there without the draft."""
    new: bool
    """Whether it takes away what was left without the draft."""
    text: str


def report(draft: Draft, found: Checked) -> str:
    """What `stripper rules check` says of a draft, with the lines that are meant."""
    own = draft.name.rpartition("/")[2]
    defects = [
        _Defect(
            defect.line if defect.file == own else 0,
            printable(": ".join(filter(None, [defect.file if defect.file != own else "", defect.rule, defect.reason]))),
        )
        for defect in found.defects
    ]
    return fragment("workbench_report.html", checked=found, defects=defects[:_MOST], more=len(defects[_MOST:]))


def picture(look: Look, name: str) -> str:
    """The page explained."""
    return fragment("workbench_page.html", page=explained(look.after, name))


def marked(look: Look) -> str:
    """The draft's marks in a page, and what they change."""
    spans: Counter[str] = Counter()
    rows = []
    for trial in look.trials:
        shown = trial.mark.outcome not in _NOT_SHOWN
        rows.append(_row(trial, spans[trial.mark.rule] if shown else -1))
        spans[trial.mark.rule] += shown
    fields = [
        (name, *(said(getattr(article, name)) or "none" for article in (look.before, look.after))) for name in changed_fields(look.before, look.after)
    ]
    sizes = len(look.before.body), len(look.after.body)
    return fragment("workbench_trials.html", count=len(rows), rows=rows[:_MOST], fields=fields, sizes=sizes)


def _row(trial: Trial, nth: int) -> _Marked:
    mark, before = trial.mark, trial.before
    stood = "nothing" if before is None else str(before.kind) + (f", removed by {before.rule}" if before.outcome is Outcome.REMOVED else "")
    return _Marked(
        trial.line,
        printable(mark.rule),
        nth,
        str(mark.kind),
        family(mark.kind),
        mark.score,
        f"{mark.outcome} by {mark.over}" if mark.over else str(mark.outcome),
        printable(stood),
        mark.outcome is Outcome.REMOVED and before is not None and before.outcome is not Outcome.REMOVED,
        printable(" ".join(mark.text.split())[:_CHARS]),
    )
