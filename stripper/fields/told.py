"""Fields that a rule is certain of: it knows the site, and says which element is the headline, the author or the date."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from stripper.fields.head import Head, printable
from stripper.fields.line.byline import MAX_LINE, parse
from stripper.fields.line.dates import dates_in, day_of, parse_moment
from stripper.fields.line.names import declared_names
from stripper.fields.line.relative import ago
from stripper.fields.witnesses import persons
from stripper.types import CERTAIN, Kind, Mark, Page, Witness

_LONGEST = 2_000
"""Characters of an element that is a field; more is a mistake of the rule's."""
_MOST = 20
"""Elements of one field that are read."""
_REST = 0.9
"""How sure it is that a line belongs to the field that a part of it is."""


@dataclass(frozen=True, slots=True)
class Told:
    """A field as a rule tells it."""

    witness: Witness
    marks: tuple[Mark, ...]
    """Its spans."""
    block: int
    """Index of the block in which it begins."""
    names: tuple[str, ...] = ()
    """The persons that a byline names."""

    def before(self, others: Sequence[Witness]) -> tuple[Witness, ...]:
        """The witness before those that would be believed without it."""
        return self.witness, *(w._replace(why="") for w in others)

    def authors_before(self, others: Sequence[Witness]) -> tuple[Witness, ...]:
        """The same for the authors whom a byline names; where it names none, the others stand."""
        named = replace(self, witness=self.witness._replace(field="authors", value=self.names))
        return named.before(others) if self.names else tuple(others)

    def spans(self, head: Head) -> list[Mark]:
        """The marks of the field: its spans, and what stands beside them in a line ("By", "Updated") that is no sentence of the story."""
        found: dict[Mark, None] = dict.fromkeys(self.marks)
        for mark in self.marks:
            index = _block_at(head.page, mark.start)
            start, end = head.page.blocks[index][:2]
            own = mark.end - mark.start
            if own < end - start <= MAX_LINE and mark.end <= end and (index not in head.story.chosen or 2 * own >= end - start):
                found[Mark(start, end, mark.kind, mark.rule, _REST, mark.why)] = None
        return list(found)


def told(head: Head, kind: Kind) -> Told | None:
    """A headline, standfirst or section: the first element that holds text. None where no rule is certain of it."""
    for mark in certain(head.certain, kind)[:1]:
        value = printable(head.page.text[mark.start : mark.end])
        return Told(_witness(kind, value, mark), (mark,), _block_at(head.page, mark.start))
    return None


def told_byline(head: Head) -> Told | None:
    """The byline: all elements, since each may be one author's."""
    marks = certain(head.certain, Kind.BYLINE)
    texts = [printable(head.page.text[mark.start : mark.end]) for mark in marks]
    if not marks:
        return None
    read = [parse(text, head.language) for text in texts]
    names = [name for line, text in zip(read, texts, strict=True) for name in (line.names if line else declared_names(text, None))]
    value = ", ".join(dict.fromkeys(line.printed if line else text for line, text in zip(read, texts, strict=True)))
    return Told(_witness(Kind.BYLINE, value, marks[0]), marks, _block_at(head.page, marks[0].start), persons(tuple(dict.fromkeys(names))))


def told_date(head: Head) -> Told | None:
    """The day of publication: the first element that holds text; None where that is no date, because others may be those of other stories."""
    for mark in certain(head.certain, Kind.DATE)[:1]:
        text = printable(head.page.text[mark.start : mark.end])
        moment = next(iter((*dates_in(text, head.language, most=1), *ago(text, head.page.crawled))), None) or parse_moment(text, head.language)
        if moment is not None and (head.page.crawled is None or day_of(moment.value) <= day_of(head.page.crawled)):
            return Told(_witness(Kind.DATE, moment.value, mark), (mark,), _block_at(head.page, mark.start))
    return None


def certain(marks: Iterable[Mark], kind: Kind) -> tuple[Mark, ...]:
    """The marks of the rule that is certain of a field; of several rules the first by name is heard."""
    found = [mark for mark in marks if mark.kind is kind and mark.score >= CERTAIN and mark.end - mark.start <= _LONGEST]
    first = min((mark.rule for mark in found), default="")
    return tuple(mark for mark in found if mark.rule == first)[:_MOST]


def _witness(kind: Kind, value: object, mark: Mark) -> Witness:
    return Witness(str(kind), value, mark.rule, mark.start, mark.end, mark.why)


def _block_at(page: Page, at: int) -> int:
    return max(0, bisect_right([block.start for block in page.blocks], at) - 1)
