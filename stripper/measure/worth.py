"""What each rule is worth, and how often rules cut into the story.

Each page is cleaned as HTML and as flat text, which is its visible text as the reader gives it; a page that is given as text, as text only. The gold
body is cut into sentences, and looked for on the page without regard to blanks. A sentence of it is *cut* where at every place at which it stands
more than half of its characters are removed by the word of rules, not by that of the locator.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from stripper.article import Status
from stripper.errors import CorpusError, StripperError
from stripper.fields import find_fields
from stripper.locate import locate
from stripper.locate.told import told_story
from stripper.measure.corpus import Source, sources
from stripper.measure.processes import in_processes
from stripper.read import read
from stripper.resolve import resolve, spare, status_of
from stripper.rules.base import Pack
from stripper.rules.match import Matcher, full_id
from stripper.rules.worth import CutWorth, Input, RuleWorth, Worth
from stripper.types import Kind, Mark, Outcome, Page, Policy

_SENTENCE = re.compile(r'(?<=[.!?。！？…])[\s"”»’)]+|\n+|(?<=[。！？])')
_SHORTEST = 10
"""Fewest characters of a sentence: shorter ones, labels mostly, stand anywhere."""
_STORY = frozenset({Kind.BODY, Kind.SUBHEADING})
"""Rules of these kinds tell what the story is; their marks are right inside of it."""
_RUN = re.compile(r"\S+")


@dataclass(slots=True)
class _Tally:
    """The counts of one rule, of a page or of all."""

    pages: int = 0
    spans: int = 0
    marked: int = 0
    removed: int = 0
    shared: int = 0
    partners: Counter[str] = field(default_factory=Counter)
    judged: int = 0
    outside: int = 0
    cut: int = 0

    def add(self, other: _Tally) -> None:
        """Count another page's."""
        for name in ("pages", "spans", "marked", "removed", "shared", "judged", "outside", "cut"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.partners.update(other.partners)


@dataclass(frozen=True, slots=True)
class _Measured:
    """One page in one form; `cuts` is None where its gold is unknown."""

    rules: dict[str, _Tally]
    cuts: CutWorth | None


def measure(corpora: Iterable[Path], packs: Sequence[Pack], processes: int = 1) -> Worth:
    """What the rules of `packs`, used together, are worth on the pages of these corpora; `stripper.measure.corpus` says what a corpus is.

    Pages are read one after another, so a corpus may be larger than the memory. A page that can't be read, or on which a rule raises, is named in
    `Worth.failed`, and the others are still measured. Raises CorpusError where a corpus can't be read.
    """
    tallies: dict[Input, dict[str, _Tally]] = {}
    cuts: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    failed: list[str] = []
    found = (source for corpus in corpora for source in sources(corpus))
    for forms, failure in in_processes(_of_source, found, (Matcher(packs),), processes):
        failed += [failure] if failure else []
        for form, measured in forms.items():
            rules = tallies.setdefault(form, defaultdict(_Tally))
            for rule, tally in measured.rules.items():
                rules[rule].add(tally)
            if (line := measured.cuts) is not None:
                sums = cuts[form, line.corpus, line.kind]
                sums[:] = [a + b for a, b in zip(sums, (line.pages, line.sentences, line.cut, line.outside, line.removed), strict=True)]
    kinds = {full_id(pack, s, rule.id): str(s.kind) for pack in packs for s in pack.sets for rule in s.rules}
    worths = [_worth(rule, kinds[rule], form, tallies[form].get(rule, _Tally())) for form in sorted(tallies) for rule in sorted(kinds)]
    lines = [CutWorth(corpus, kind, form, *sums) for (form, corpus, kind), sums in sorted(cuts.items())]  # type: ignore[arg-type]  # form is an Input
    return Worth(tuple(pack.label for pack in packs), tuple(worths), tuple(lines), tuple(failed))


def _worth(rule: str, kind: str, form: Input, tally: _Tally) -> RuleWorth:
    partner = min(tally.partners, key=lambda other: (-tally.partners[other], other), default="")
    counted = (tally.pages, tally.spans, tally.marked, tally.removed, tally.shared)
    return RuleWorth(rule, kind, form, *counted, partner, tally.judged, tally.outside, tally.cut)


def _of_source(source: Source, matcher: Matcher) -> tuple[dict[Input, _Measured], str]:
    """A page in each form, and why it failed."""
    forms: dict[Input, _Measured] = {}
    try:
        page = read(source.content(), source.url, source.form, selectors=matcher.selectors(source.url))
        if page.source == "html":
            forms["html"] = _of_page(page, source, matcher)
            page = read(page.text, source.url, "text")
        forms["text"] = _of_page(page, source, matcher)
    except CorpusError as error:
        return {}, str(error)
    except StripperError as error:
        return {}, f"{source.file}: {error}"
    return forms, ""


def _of_page(page: Page, source: Source, matcher: Matcher) -> _Measured:
    marks = matcher.mark(page)
    dense = _Dense(page.text)
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for mark in marks:
        spans[mark.rule].append((dense.at(mark.start), dense.at(mark.end)))
    tellers = {mark.rule for mark in marks if mark.kind in _STORY}
    rules = {rule: _Tally(pages=1, spans=len(found)) for rule, found in spans.items()}
    _count_marked(rules, spans)
    removed = [mark for mark in _settled(page, marks) if mark.outcome is Outcome.REMOVED and mark.rule in rules]  # not the locator's, nor a field's
    pieces = [(dense.at(mark.start), dense.at(mark.end), mark.rule) for mark in removed]
    for start, end, rule in pieces:
        rules[rule].removed += end - start
    accused = {rule: found for rule, found in spans.items() if rule not in tellers}
    judged = None if source.body is None else _judge(rules, accused, pieces, dense.text, source.body)
    return _Measured(rules, CutWorth(source.corpus, source.kind, page.source, 1, *judged) if judged else None)


def _settled(page: Page, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """What becomes of the marks under the default policy."""
    located, policy = locate(page, marks), Policy()
    story = told_story(page, marks, located) or located
    settled = resolve(page, marks, find_fields(page, marks, story).marks, story, policy)
    return spare(settled) if status_of(page, settled, story, policy) is Status.FLOOR else settled


class _Dense:
    """A text without its blanks, and where its offsets lie there."""

    def __init__(self, text: str) -> None:
        self.text = "".join(text.split())
        self._starts: list[int] = []
        self._before: list[int] = []
        count = 0
        for run in _RUN.finditer(text):
            self._starts.append(run.start())
            self._before.append(count)
            count += run.end() - run.start()
        self._before.append(count)

    def at(self, offset: int) -> int:
        """How many characters stand before an offset."""
        run = bisect_right(self._starts, offset) - 1
        return min(self._before[run] + offset - self._starts[run], self._before[run + 1]) if run >= 0 else 0


def _count_marked(rules: dict[str, _Tally], spans: dict[str, list[tuple[int, int]]]) -> None:
    """Characters under each rule's marks, and those under another's, too."""
    opened: dict[int, list[str]] = defaultdict(list)
    closed: dict[int, list[str]] = defaultdict(list)
    for rule, found in spans.items():
        for start, end in _merged(found):
            opened[start].append(rule)
            closed[end].append(rule)
    here: set[str] = set()
    for at, then in pairwise(sorted({*opened, *closed})):
        here.difference_update(closed[at])
        here.update(opened[at])
        for rule in here:
            rules[rule].marked += then - at
            if len(here) > 1:
                rules[rule].shared += then - at
                for other in here - {rule}:
                    rules[rule].partners[other] += then - at


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that neither overlap nor touch."""
    first, last = -1, -1
    for start, end in sorted(spans):
        if start > last:
            if last > first:
                yield first, last
            first, last = start, end
        last = max(last, end)
    if last > first:
        yield first, last


def _judge(
    rules: dict[str, _Tally], spans: dict[str, list[tuple[int, int]]], pieces: list[tuple[int, int, str]], text: str, body: str
) -> tuple[int, int, int, int]:
    """What the gold body says of the marks. Counted in `rules`, and returned: sentences, those cut, characters outside, those removed."""
    gold, gone = bytearray(len(text)), bytearray(len(text))
    for start, end, _ in pieces:
        gone[start:end] = b"\1" * (end - start)
    sentences = cut = 0
    for sentence in _sentences(body):
        places = list(_places(text, sentence))
        for at in places:
            gold[at : at + len(sentence)] = b"\1" * len(sentence)
        sentences += bool(places)
        if places and all(2 * gone.count(1, at, at + len(sentence)) > len(sentence) for at in places):
            cut += 1
            rules[_taker(pieces, places[0], places[0] + len(sentence))].cut += 1
    for rule, found in spans.items():
        for start, end in _merged(found):
            rules[rule].judged += end - start
            rules[rule].outside += gold.count(0, start, end)
    inside = sum(gold.count(1, start, end) for start, end, _ in pieces)
    return sentences, cut, gold.count(0), gone.count(1) - inside


def _sentences(body: str) -> Iterator[str]:
    """The sentences of a body, without blanks."""
    for sentence in _SENTENCE.split(body):
        dense = "".join(sentence.split())
        if len(dense) >= _SHORTEST:
            yield dense


def _places(text: str, sentence: str) -> Iterator[int]:
    at = text.find(sentence)
    while at >= 0:
        yield at
        at = text.find(sentence, at + len(sentence))


def _taker(pieces: list[tuple[int, int, str]], start: int, end: int) -> str:
    """The rule that removed most of a stretch."""
    took: Counter[str] = Counter()
    for a, b, rule in pieces:
        if a < end and start < b:
            took[rule] += min(b, end) - max(a, start)
    return min(took, key=lambda rule: (-took[rule], rule))
