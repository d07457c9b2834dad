"""What two sequences have in common, in the same order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

_MOST_CHANGES = 64
"""Changes that a search for the shortest list of them may find."""

Match = tuple[int, int, int]
"""From where in the old, from where in the new, how many are equal."""


def matches(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Runs that are equal, in the order of both, as many and as long as the effort allows.

    That is the shortest list of changes where it is short; elsewhere what occurs once in both holds the two together, and the parts between are
    searched in the same way. Steps are at most some hundred times the items of both.
    """
    head, tail = _ends(old, new)
    middle, there = old[head : len(old) - tail], new[head : len(new) - tail]
    found = _shortest(middle, there)
    if found is None:
        found = []
        i = j = 0
        for at, above in (*_anchors(middle, there), (len(middle), len(there))):
            if at > i and above > j:
                found += [(i + a, j + b, count) for a, b, count in _shortest(middle[i:at], there[j:above]) or ()]
            found += [(at, above, 1)] if at < len(middle) else []
            i, j = at + 1, above + 1
    inner = [(head + a, head + b, count) for a, b, count in found]
    return [match for match in ((0, 0, head), *inner, (len(old) - tail, len(new) - tail, tail)) if match[2]]


def _ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many both begin with, and how many of the others both end with."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    tail = next((n for n in range(most - head) if old[-1 - n] != new[-1 - n]), most - head)
    return head, tail


def _shortest(old: Sequence[str], new: Sequence[str]) -> list[Match] | None:
    """What is left equal by the shortest list of changes (Myers, "An O(ND) difference algorithm", 1986); None where it is too long."""
    ends, aims = len(old), len(new)
    if not ends or not aims:
        return []
    reach = {1: 0}  # diagonal to the farthest place in old that so many changes come to
    trace: list[dict[int, int]] = []
    for changes in range(min(_MOST_CHANGES, ends + aims) + 1):
        before = dict(reach)
        trace.append(before)
        for diagonal in range(-changes, changes + 1, 2):
            down = _comes_down(before, diagonal, changes)
            i = before[diagonal + 1] if down else before[diagonal - 1] + 1
            j = i - diagonal
            while i < ends and j < aims and old[i] == new[j]:
                i += 1
                j += 1
            reach[diagonal] = i
            if i >= ends and j >= aims:
                return _way_back(trace, ends, aims)
    return None


def _comes_down(reach: Mapping[int, int], diagonal: int, changes: int) -> bool:
    """Whether the best way to a diagonal takes one from new rather than leaves out one of old."""
    return diagonal == -changes or (diagonal != changes and reach[diagonal - 1] < reach[diagonal + 1])


def _way_back(trace: Sequence[Mapping[int, int]], i: int, j: int) -> list[Match]:
    found: list[Match] = []
    for changes in range(len(trace) - 1, -1, -1):
        reach = trace[changes]
        down = _comes_down(reach, i - j, changes)
        begin = reach[i - j + 1] if down else reach[i - j - 1] + 1  # behind the change, where the equal run begins
        if i > begin:
            found.append((begin, begin - (i - j), i - begin))
        i, j = (begin, begin - (i - j) - 1) if down else (begin - 1, begin - (i - j))
    return found[::-1]


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of what occurs once in both, as many as stand in the same order in both."""
    once = {item for item, count in Counter(new).items() if count == 1}
    places = {item: at for at, item in enumerate(old) if item in once}
    repeated = {item for item, count in Counter(item for item in old if item in once).items() if count > 1}
    ends: list[int] = []  # for each length the smallest place in old that such a row ends at
    last: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for above, item in enumerate(new):
        if item not in places or item in repeated:
            continue
        pair = places[item], above
        length = bisect_left(ends, pair[0])
        ends[length : length + 1] = [pair[0]]
        last[length : length + 1] = [pair]
        before[pair] = last[length - 1] if length else None
    row = []
    pair_or_none = last[-1] if last else None
    while pair_or_none:
        row.append(pair_or_none)
        pair_or_none = before[pair_or_none]
    return row[::-1]
