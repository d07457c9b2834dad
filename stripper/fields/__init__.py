"""The article's fields: which spans of the page hold them, and what every witness says.

`head` shows where the story begins; each reader looks there and at what the page declares. `byline`, `dates` and `names` read single lines and know
nothing of pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stripper.fields.authors import find_authors
from stripper.fields.dateline import READER as DATE_LINE
from stripper.fields.dateline import Stamp
from stripper.fields.head import Head, view
from stripper.fields.headline import READER as HEADLINE
from stripper.fields.headline import find_headline
from stripper.fields.paywall import find_paywall
from stripper.fields.printed import Printed
from stripper.fields.published import find_dates
from stripper.fields.section import find_section
from stripper.fields.site import find_address, find_site
from stripper.fields.stamps import PREFIX as DATE_PREFIX
from stripper.fields.standfirst import READER as STANDFIRST
from stripper.fields.standfirst import find_standfirst
from stripper.fields.thread import READER as FIRST_POST
from stripper.fields.thread import find_first_post
from stripper.fields.told import told, told_byline, told_date
from stripper.fields.witnesses import AT_END
from stripper.types import Block, Kind, Mark, Page, Story, Witness

_SURE = 0.9
_TAIL = 40
_LINE = 90
"""A longer block below the story is a paragraph, not a line."""
_COMMENTS = re.compile(
    r"[ |·•,–-]{1,4}(?P<count>(?:\d[\d.,]{0,6}|no|add a|leave a) (?:comments?|responses?|replies|reply|kommentare?|commentaires?|comentarios?|"
    r"comentários?|commenti|reacties|komentarzy|комментариев))$",
    re.I,
)
_READING = re.compile(
    r"[ |·•⋅,/–-]{1,4}(?P<time>(?:(?:reading time|read time|time to read|lesezeit|lesedauer|leestijd|temps de lecture|tiempo de lectura|"
    r"tempo de leitura|tempo di lettura|czas czytania)\s?:?\s?(?:ca\. )?)?"
    r"\d{1,3}[ -]?min(?:\.|ute[ns]?|utos|uti|uter|s)?(?:[ -](?:read|lesezeit|de lecture|de lectura|de leitura|di lettura|leestijd|läsning))?)$",
    re.I,
)


class Found(NamedTuple):
    """Marks on the spans that are fields, and for each field its witnesses, the believed one first."""

    marks: tuple[Mark, ...]
    witnesses: Mapping[str, tuple[Witness, ...]]


def find_fields(page: Page, marks: Sequence[Mark], story: Story) -> Found:
    """What a page says of itself: headline, standfirst, byline, authors, dates, section, site, address, language and paywall.

    `marks` are the rules', `story` the locator's verdict. Values: str, but `authors` a tuple of str, `date` and `modified` a date or aware datetime.
    """
    if not page.blocks and not page.declared:
        return Found((), {})
    head = view(page, marks, story)
    headline, titles = find_headline(head)
    if title := told(head, Kind.HEADLINE):
        headline, titles = title.block, title.before(titles)
    printed, bylines, authors = find_authors(head, headline)
    stamps, dates, changes = find_dates(head, headline)
    first = find_first_post(head, headline)
    if first:
        authors, dates, _ = first.before(authors, dates)
        printed, bylines = None, tuple(w._replace(field="byline", value=w.value[0]) for w in authors[:1])
    if byline := told_byline(head):
        printed, bylines, authors = None, byline.before(bylines), byline.authors_before(authors)
    if day := told_date(head):
        dates = day.before(dates)
    dated = [s.block for s in stamps] + ([day.block] if day else [])
    first_date = min((block for block in dated if headline is not None and block > headline), default=None)
    signed = byline.block if byline else printed.first if printed else None
    decks, standfirsts = find_standfirst(head, headline, signed, first_date)
    if deck := told(head, Kind.STANDFIRST):
        decks, standfirsts = (), deck.before(standfirsts)
    labels, sections = find_section(head, headline, titles[0].value if titles else None)
    if label := told(head, Kind.SECTION):
        labels, sections = (), label.before(sections)
    witnesses = {
        "headline": titles,
        "standfirst": standfirsts,
        "byline": bylines,
        "authors": authors,
        "date": dates,
        "modified": changes,
        "section": sections,
        "language": head.languages,
        "paywall": () if first else find_paywall(head),
        "site": find_site(head),
        "canonical_url": find_address(head),
    }
    spans = [
        *_headline_marks(head, headline),
        *_block_marks(head, decks, Kind.STANDFIRST, STANDFIRST),
        *_byline_marks(head, printed),
        *_date_marks(head, stamps, printed),
        *_block_marks(head, [first.block] if first and first.block >= 0 and head.kinds[first.block] is None else [], Kind.BYLINE, FIRST_POST),
    ]
    spans += [Mark(m.start, m.end, Kind.SECTION, m.rule, m.score, m.why) for m in labels]
    spans += [mark for field in (title, byline, day, deck, label) if field for mark in field.spans(head)]
    return Found(tuple(spans), {name: found for name, found in witnesses.items() if found})


def _block_marks(head: Head, indices: Sequence[int], kind: Kind, reader: str) -> list[Mark]:
    blocks = head.page.blocks
    return [Mark(blocks[i].start, blocks[i].end, kind, reader, _SURE) for i in indices]


def _headline_marks(head: Head, headline: int | None) -> list[Mark]:
    """The headline's block, and blocks before the story that print the same again; but no item of a list, which is the last of a breadcrumb."""
    if headline is None:
        return []
    said = head.said(headline)
    near = range(max(0, headline - 3), min(headline + 4, head.body, len(head.kinds)))
    again = [i for i in near if i != headline and not _is_crumb(head, i) and head.said(i) == said]
    return _block_marks(head, [headline, *again], Kind.HEADLINE, HEADLINE)


def _is_crumb(head: Head, index: int) -> bool:
    block = head.page.blocks[index]
    return block.lead > 0 or block.tag == "li" or head.kinds[index] in (Kind.BREADCRUMB, Kind.NAVIGATION)


def _byline_marks(head: Head, printed: Printed | None) -> list[Mark]:
    """The byline's lines; where a rule says what the line is, the value is evidence and the line stays the rule's.

    A number of comments or a time for reading at a line's end is none of the byline. Of a paragraph that ends with names in brackets, or tells of
    the author, only the names are.
    """
    if printed is None:
        return []
    found: list[Mark] = []
    for index in range(printed.first, printed.last + 1):
        if head.kinds[index] is not None:
            continue
        block = head.page.blocks[index]
        if printed.reader == AT_END and (index in head.story.chosen or block.end - block.start > _LINE):
            found.append(_names_mark(head.page.text, block, printed))
            continue
        tail, kind, why = _tail(head.page.text[block.start : block.end])
        end = block.start + tail.start() if tail else block.end
        found.append(Mark(block.start, end, Kind.BYLINE, printed.reader, _SURE))
        if tail:
            found.append(Mark(block.start + tail.start(1), block.end, kind, printed.reader, _SURE, why))
    return found


def _names_mark(text: str, block: Block, printed: Printed) -> Mark:
    """The names in a paragraph, with the brackets around them and the date that may stand there too."""
    bracketed = text[printed.start - 1] == "(" and text[block.end - 1] == ")"
    start, end = (printed.start - 1, block.end) if bracketed else (printed.start, printed.end)
    return Mark(max(block.start, start), min(block.end, end), Kind.BYLINE, printed.reader, _SURE)


def _tail(text: str) -> tuple[re.Match[str] | None, Kind, str]:
    """What stands at a byline's end and is none of it, with its kind and the reason."""
    start = max(0, len(text) - _TAIL)
    if reading := _READING.search(text, start):
        return reading, Kind.TIMESTAMP, "It says how long it takes to read."
    return _COMMENTS.search(text, start), Kind.COMMENTS, "It says how many readers commented."


def _date_marks(head: Head, stamps: Sequence[Stamp], printed: Printed | None) -> list[Mark]:
    """Lines that are nothing but a date, and dates in front of the text."""
    taken = set(range(printed.first, printed.last + 1)) if printed else set()
    alone = sorted({s.block for s in stamps if s.alone and s.block >= 0 and s.block not in taken and head.kinds[s.block] is None})
    found = _block_marks(head, alone, Kind.DATE, DATE_LINE)
    return found + [Mark(s.start, s.end, Kind.DATE, s.reader, _SURE) for s in stamps if s.block < 0 or s.reader == DATE_PREFIX]
