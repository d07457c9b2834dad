"""Overlapping marks to outcomes: pure, with a total order, so that neither the order of rules nor of packs matters.

Every non-blank character ends up under exactly one settled mark. Field readers come before rules, rules before the locator; among equals the higher
score wins, then the longer span. What a mark loses in part it keeps in part.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from stripper.article import Status
from stripper.types import Action, Block, Kind, Mark, Outcome, Page, Policy, Story

LOCATOR = "locator"


def resolve(page: Page, marks: Sequence[Mark], fields: Sequence[Mark], story: Story, policy: Policy) -> tuple[Mark, ...]:
    """All marks with their outcomes, in the page's order.

    `marks` are the rules', `fields` those of the field readers. A rule's mark of a field kind only proposes: it takes no text by itself.
    """
    settled: list[Mark] = []
    contenders: list[Mark] = []
    for mark in sorted(marks, key=_strength):
        if mark.score < policy.threshold:
            settled.append(mark.settle(Outcome.WEAK, page.text[mark.start : mark.end]))
        elif mark.kind.is_field:
            taken_by = next((f.rule for f in sorted(fields, key=_strength) if f.start < mark.end and mark.start < f.end), "")
            settled.append(mark.settle(Outcome.OVERRULED, page.text[mark.start : mark.end], over=taken_by))
        else:
            contenders.append(mark)
    contenders = sorted(fields, key=_strength) + contenders
    per_block = _per_block(page, contenders)
    winners: set[Mark] = set()
    for index, block in enumerate(page.blocks):
        verdict = _verdict(block, index, story)
        for start, end, mark in _segments(page, block, [*per_block[index], verdict]):
            winners.add(mark)
            settled.append(_piece(mark, start, end).settle(_outcome(mark, policy), page.text[start:end]))
    taken = sorted((m.start, m.end, m.rule) for m in settled if m.outcome not in (Outcome.WEAK, Outcome.OVERRULED))
    losers = [m for m in contenders if m not in winners]
    settled += [m.settle(Outcome.OVERRULED, page.text[m.start : m.end], over=_taker(taken, m.start)) for m in losers]
    return tuple(sorted(settled, key=_position))


def spare(settled: Sequence[Mark]) -> tuple[Mark, ...]:
    """The same marks with nothing removed: for a document of which too little would be left."""
    return tuple(m.settle(Outcome.SPARED, m.text) if m.outcome is Outcome.REMOVED else m for m in settled)


def status_of(page: Page, settled: Sequence[Mark], story: Story, policy: Policy) -> Status:
    """How the cut would end: no text at all, no article, too little left, or well."""
    if not page.blocks:
        return Status.EMPTY
    if not story.found:
        return Status.NO_ARTICLE
    left = removed = 0
    for mark in settled:
        if mark.outcome in (Outcome.BODY, Outcome.KEPT, Outcome.FLAGGED):
            left += _weight(mark.text)
            if left >= policy.floor:
                return Status.OK
        elif mark.outcome is Outcome.REMOVED:
            removed += 1
    return Status.FLOOR if removed else Status.OK


def _weight(text: str) -> int:
    """Letters and digits; a character of a script without blanks between words counts as three."""
    return sum(3 if "\u2e80" <= char <= "\uffdc" or "\u0e00" <= char <= "\u0eff" else 1 for char in text if char.isalnum())


def _strength(mark: Mark) -> tuple[float, int, int, str, str]:
    return -mark.score, mark.start - mark.end, mark.start, mark.kind, mark.rule


def _position(mark: Mark) -> tuple[int, int, str, str, str]:
    return mark.start, -mark.end, mark.outcome or "", mark.kind, mark.rule


def _per_block(page: Page, marks: Sequence[Mark]) -> dict[int, list[Mark]]:
    """The marks on each block, strongest first."""
    first_at: dict[int, int] = {}
    ends = [block.end for block in page.blocks]
    found: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        index = first_at.get(mark.start)
        if index is None:
            index = first_at[mark.start] = bisect_right(ends, mark.start)
        while index < len(ends) and page.blocks[index].start < mark.end:
            found[index].append(mark)
            index += 1
    return found


def _verdict(block: Block, index: int, story: Story) -> Mark:
    score = story.scores[index]
    if index in story.chosen:
        return Mark(block.start, block.end, Kind.SUBHEADING if block.level else Kind.BODY, LOCATOR, score)
    reason = story.reasons[index] if story.reasons else ""
    return Mark(block.start, block.end, Kind.OFF_STORY, LOCATOR, 1 - score, reason)


def _outcome(mark: Mark, policy: Policy) -> Outcome:
    if mark.rule == LOCATOR and mark.kind is not Kind.OFF_STORY:
        return Outcome.BODY
    if mark.kind.is_field:
        return Outcome.FIELD
    return {Action.REMOVE: Outcome.REMOVED, Action.KEEP: Outcome.KEPT, Action.FLAG: Outcome.FLAGGED}[policy.action(mark.kind)]


def _segments(page: Page, block: Block, marks: Sequence[Mark]) -> list[tuple[int, int, Mark]]:
    """Which mark each stretch of a block goes to; `marks` come strongest first, and the last covers the whole block."""
    if marks[0].start <= block.start and marks[0].end >= block.end:
        return [(block.start, block.end, marks[0])]
    owners = [len(marks) - 1] * (block.end - block.start)
    for number in range(len(marks) - 2, -1, -1):
        start, end = max(marks[number].start, block.start), min(marks[number].end, block.end)
        owners[start - block.start : end - block.start] = [number] * (end - start)
    runs = _runs(owners)
    texts = [page.text[block.start + start : block.start + end] for start, end, _ in runs]
    said = [i for i, text in enumerate(texts) if any(c.isalnum() for c in text)]
    joined: list[tuple[int, int, Mark]] = []
    for i in said or [0]:
        # punctuation between two owners goes to the earlier one, before the first owner to that one
        start = runs[i][0] if joined else 0
        following = next((j for j in said if j > i), None)
        end = runs[following][0] if following is not None else runs[-1][1]
        mark = marks[runs[i][2]]
        if joined and joined[-1][2] is mark:
            joined[-1] = (joined[-1][0], block.start + end, mark)
        else:
            joined.append((block.start + start, block.start + end, mark))
    return [(*_trimmed(page.text, start, end), mark) for start, end, mark in joined]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its ends."""
    end = start + len(text[start:end].rstrip())
    return end - len(text[start:end].lstrip()), end


def _runs(owners: Sequence[int]) -> list[tuple[int, int, int]]:
    runs: list[tuple[int, int, int]] = []
    for at, owner in enumerate(owners):
        if runs and runs[-1][2] == owner:
            runs[-1] = (runs[-1][0], at + 1, owner)
        else:
            runs.append((at, at + 1, owner))
    return runs


def _piece(mark: Mark, start: int, end: int) -> Mark:
    return Mark(start, end, mark.kind, mark.rule, mark.score, mark.why)


def _taker(taken: Sequence[tuple[int, int, str]], at: int) -> str:
    """The rule that a character went to; "" for a blank between two spans."""
    index = bisect_right(taken, at, key=lambda span: span[0]) - 1
    return taken[index][2] if index >= 0 and at < taken[index][1] else ""
