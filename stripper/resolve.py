"""Overlapping marks to outcomes: pure, with a total order, so that neither the order of rules nor of packs matters.

Every non-blank character ends up under exactly one settled mark. Field readers come before rules, rules before the locator; among equals the higher
score wins, then the longer span. What a mark loses in part it keeps in part.

One exception: posts are what a forum is about, and entries what a listing is. Where such a kind would take a good part of what the locator chose, it
is no boilerplate of this page, and the locator comes before its marks, other than those of score 1, whose rules are certain.
"""

from __future__ import annotations

import heapq
import itertools
import math
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from stripper.article import Status
from stripper.types import CERTAIN, FIELD_KINDS, Action, Block, Kind, Mark, Outcome, Page, Policy, Story

_OFF_STORY = Kind.OFF_STORY  # looking a member up costs as much as a small call
_STORY = {Kind.BODY: Outcome.BODY, Kind.SUBHEADING: Outcome.BODY}
_STAYS = frozenset({Outcome.BODY, Outcome.KEPT, Outcome.FLAGGED})
_MAYBE_CONTENT = frozenset({Kind.COMMENTS, Kind.RELATED, Kind.NAVIGATION, Kind.CAPTION})
"""Kinds that some pages are about."""
_GOOD_PART, _SEVERAL = 0.1, 5
"""Share of the chosen blocks' text, weighed by their scores, and number of these blocks, from which on a page is about a kind."""
_STRETCH = 200
_SAID = re.compile(r"[^\W_]")
_DENSE = re.compile(r"(?=[\u2e80-\uffdc\u0e00-\u0eff])[^\W_]")


def resolve(page: Page, marks: Sequence[Mark], fields: Sequence[Mark], story: Story, policy: Policy) -> tuple[Mark, ...]:
    """All marks with their outcomes, in the page's order.

    `marks` are the rules', `fields` those of the field readers. A rule's mark of a field kind only proposes: it takes no text by itself. One that is
    certain is believed, so that a field's mark or the verdict bears its name.
    """
    settled: list[Mark] = []
    contenders, strongest = list(fields), sorted(fields, key=_strength)
    believed = {mark.rule for mark in fields} | {story.by}
    for mark in marks:
        if mark.score < policy.threshold:
            settled.append(mark.settle(Outcome.WEAK, page.text[mark.start : mark.end]))
        elif mark.kind in FIELD_KINDS and mark.score >= CERTAIN and mark.rule in believed:
            continue
        elif mark.kind in FIELD_KINDS:
            taken_by = next((f.rule for f in strongest if f.start < mark.end and mark.start < f.end), "")
            settled.append(mark.settle(Outcome.OVERRULED, page.text[mark.start : mark.end], over=taken_by))
        else:
            contenders.append(mark)
    pieces, winners = _cut(page, contenders, len(fields), story, policy)
    losers = [mark for number, mark in enumerate(contenders) if number not in winners]
    starts = [piece.start for piece in pieces]
    settled += [m.settle(Outcome.OVERRULED, page.text[m.start : m.end], over=_taker(pieces, starts, m.start)) for m in losers]
    return tuple(sorted(pieces + settled, key=_position))


def _cut(page: Page, contenders: Sequence[Mark], fields: int, story: Story, policy: Policy) -> tuple[list[Mark], set[int]]:
    """The page's text block by block under settled marks, in its order, and the numbers of the contenders that won any of it.

    The first `fields` contenders come before all others. Most blocks have no contender, or one that covers them.
    """
    text = page.text
    outcomes = _outcomes(policy)
    pieces: list[Mark] = []
    winners: set[int] = set()
    contested = _contested(page, contenders)
    content = _content(page, contenders, contested, story)
    for index, block in enumerate(page.blocks):
        numbers = contested.get(index)
        if numbers is None:
            pieces.append(_verdict(page, block, index, story, outcomes))
            continue
        start, end = block.start, block.end
        if len(numbers) > 1:
            numbers.sort(key=lambda n: (n >= fields, _strength(contenders[n])))
        first = contenders[numbers[0]]
        if first.start <= start and first.end >= end:
            if first.kind in content and index in story.chosen and first.score < CERTAIN:
                pieces.append(_verdict(page, block, index, story, outcomes))
                continue
            winners.add(numbers[0])
            pieces.append(Mark(start, end, first.kind, first.rule, first.score, first.why, outcomes[first.kind], "", text[start:end]))
            continue
        ranked = [*(contenders[n] for n in numbers), _verdict(page, block, index, story, outcomes)]
        for a, b, place in _segments(page, block, ranked):
            winners.update(numbers[place : place + 1])  # none where the place is the verdict's
            mark = ranked[place]
            pieces.append(Mark(a, b, mark.kind, mark.rule, mark.score, mark.why, outcomes[mark.kind], "", text[a:b]))
    return pieces, winners


def _content(page: Page, contenders: Sequence[Mark], contested: Mapping[int, Sequence[int]], story: Story) -> frozenset[Kind]:
    """The kinds that would be boilerplate elsewhere, and are what this page is about."""
    taken: dict[Kind, list[float]] = {kind: [] for kind in _MAYBE_CONTENT}
    for index in story.chosen & contested.keys():
        block = page.blocks[index]
        for kind in {contenders[n].kind for n in contested[index] if contenders[n].start <= block.start and contenders[n].end >= block.end}:
            if kind in taken:
                taken[kind].append((block.end - block.start) * story.scores[index])
    if not any(len(sizes) >= _SEVERAL for sizes in taken.values()):
        return frozenset()
    whole = sum(page.blocks[index].end - page.blocks[index].start for index in story.chosen)
    return frozenset(kind for kind, sizes in taken.items() if len(sizes) >= _SEVERAL and math.fsum(sizes) >= _GOOD_PART * whole)


def spare(settled: Sequence[Mark]) -> tuple[Mark, ...]:
    """The same marks with nothing removed: for a document of which too little would be left."""
    return tuple(m.settle(Outcome.SPARED, m.text) if m.outcome is Outcome.REMOVED else m for m in settled)


def status_of(page: Page, settled: Sequence[Mark], story: Story, policy: Policy) -> Status:
    """How the cut would end: no text at all, no article, too little left, or well."""
    if not page.blocks:
        return Status.EMPTY
    if not story.found:
        return Status.NO_ARTICLE
    left = 0
    for mark in settled:
        if mark.outcome in _STAYS:
            left += _weight(mark.text, policy.floor - left)
            if left >= policy.floor:
                return Status.OK
    return Status.FLOOR if any(mark.outcome is Outcome.REMOVED for mark in settled) else Status.OK


def _weight(text: str, enough: int) -> int:
    """Letters and digits, counted until there are enough; a character of a script without blanks between words counts as three."""
    weight = 0
    for at in range(0, len(text), _STRETCH):
        stretch = text[at : at + _STRETCH]
        weight += len(_SAID.findall(stretch)) + 2 * len(_DENSE.findall(stretch))
        if weight >= enough:
            break
    return weight


def _strength(mark: Mark) -> tuple[float, int, int, str, str]:
    return -mark.score, mark.start - mark.end, mark.start, mark.kind, mark.rule


def _position(mark: Mark) -> tuple[int, int, str, str, str]:
    return mark.start, -mark.end, mark.outcome or "", mark.kind, mark.rule


def _contested(page: Page, marks: Sequence[Mark]) -> dict[int, list[int]]:
    """For each block that has marks on it the numbers of these."""
    blocks = page.blocks
    ends = [block.end for block in blocks]
    found: dict[int, list[int]] = {}
    for number, mark in enumerate(marks):
        index = bisect_right(ends, mark.start)
        while index < len(ends) and blocks[index].start < mark.end:
            if index in found:
                found[index].append(number)
            else:
                found[index] = [number]
            index += 1
    return found


def _verdict(page: Page, block: Block, index: int, story: Story, outcomes: Mapping[Kind, Outcome]) -> Mark:
    """The mark on a block of the locator, or of the rule in its place."""
    start, end, score = block.start, block.end, story.scores[index]
    if index in story.chosen:
        return Mark(start, end, Kind.SUBHEADING if block.level else Kind.BODY, story.by, score, "", Outcome.BODY, "", page.text[start:end])
    reason = story.reasons[index] if story.reasons else ""
    return Mark(start, end, _OFF_STORY, story.by, 1 - score, reason, outcomes[_OFF_STORY], "", page.text[start:end])


def _outcomes(policy: Policy) -> dict[Kind, Outcome]:
    """What becomes of the text under a mark of each kind."""
    named = {Action.REMOVE: Outcome.REMOVED, Action.KEEP: Outcome.KEPT, Action.FLAG: Outcome.FLAGGED}
    return {kind: Outcome.FIELD if kind in FIELD_KINDS else named[policy.action(kind)] for kind in Kind} | _STORY


def _segments(page: Page, block: Block, marks: Sequence[Mark]) -> list[tuple[int, int, int]]:
    """Which mark each stretch of a block goes to, by its place in `marks`: these come strongest first, and the last covers the whole block."""
    runs = _runs(block, marks)
    said = [i for i, (start, end, _) in enumerate(runs) if _SAID.search(page.text, start, end)]
    joined: list[tuple[int, int, int]] = []
    for number, i in enumerate(said or [0]):
        # punctuation between two owners goes to the earlier one, before the first owner to that one
        start = runs[i][0] if joined else block.start
        end = runs[said[number + 1]][0] if number + 1 < len(said) else block.end
        owner = runs[i][2]
        if joined and joined[-1][2] == owner:
            joined[-1] = (joined[-1][0], end, owner)
        else:
            joined.append((start, end, owner))
    return [(*_trimmed(page.text, start, end), owner) for start, end, owner in joined]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its ends."""
    end = start + len(text[start:end].rstrip())
    return end - len(text[start:end].lstrip()), end


def _runs(block: Block, marks: Sequence[Mark]) -> list[tuple[int, int, int]]:
    """The block between the borders of its marks, each stretch with the place of the strongest mark over it."""
    spans = [(max(m.start, block.start), min(m.end, block.end)) for m in marks]
    opening = sorted(range(len(spans)), key=lambda place: -spans[place][0])
    here: list[int] = []
    runs: list[tuple[int, int, int]] = []
    for start, end in itertools.pairwise(sorted({at for span in spans for at in span})):
        while opening and spans[opening[-1]][0] <= start:
            heapq.heappush(here, opening.pop())
        while spans[here[0]][1] <= start:
            heapq.heappop(here)
        owner = here[0]
        if runs and runs[-1][2] == owner:
            runs[-1] = (runs[-1][0], end, owner)
        else:
            runs.append((start, end, owner))
    return runs


def _taker(pieces: Sequence[Mark], starts: Sequence[int], at: int) -> str:
    """The rule that a character went to; "" for a blank between two spans."""
    index = bisect_right(starts, at) - 1
    return pieces[index].rule if index >= 0 and at < pieces[index].end else ""
