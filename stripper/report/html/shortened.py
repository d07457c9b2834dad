"""Explained pages that fit into one page of HTML, whatever they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from markupsafe import escape

from stripper.report.html.explained import Explained, Field, Line, Paragraph, Span
from stripper.report.words import cut_inside

_SPAN, _LINE, _FIELD = 190, 40, 220
"""About how many bytes of markup stand around each."""
_NAME, _VALUE, _NOTES, _COUNTS, _OTHERS = 200, 600, 8, 40, 4
"""Characters of a name and of a field's value, and how many notes, kinds and other witnesses of a field are shown."""
_SOURCE_SHARE = 0.85
"""What the source may take, where source and article don't fit together: most of the article stands in it, too."""


_LEFT_OUT = Line((Span("[…]"),), True)
"""Stands where lines are left out."""


class Piece(NamedTuple):
    """A page, or the beginning of one."""

    page: Explained
    source: int
    """Characters of the source's lines before anything was cut."""
    article: int
    """The same of the article."""
    rule: str = ""
    """A rule for whose sake the page is shown: the lines from its first span on stay, too."""


def whole(page: Explained, rule: str = "") -> Piece:
    """A page of which nothing is cut, but for what stands above it: that takes no more than some kilobytes."""
    return Piece(_short_head(page), _chars(page.lines), _said(page.body), rule)


def shortened(piece: Piece, most: int) -> Piece:
    """Its beginning, so that it takes about `most` bytes; what stands above it is there in any case. Reasons are told once before anything is cut."""
    page = piece.page
    left = max(0, most - _head(page))
    lines, body = sum(map(_line, page.lines)), sum(map(_paragraph, page.body))
    if lines + body <= left:
        return piece
    page = replace(page, lines=tuple(_without_repetitions(page.lines)))
    lines = sum(map(_line, page.lines))
    for_body = min(body, left - min(lines, int(left * _SOURCE_SHARE)))
    shown = replace(page, lines=_cut_lines(page.lines, left - for_body, piece.rule), body=tuple(_first_paragraphs(page.body, for_body)))
    return piece._replace(page=shown)


def fitting(pieces: Sequence[Piece], most: int) -> list[Explained]:
    """The pages so that they take about `most` bytes together: short ones as they are, and the rest is shared evenly by the others. A note says how
    much of a page isn't shown."""
    left, waiting = most, len(pieces)
    allowed = [0] * len(pieces)
    for size, number in sorted((_size(piece.page), number) for number, piece in enumerate(pieces)):
        allowed[number] = min(size, left // waiting)
        left -= allowed[number]
        waiting -= 1
    return [_noted(shortened(piece, size)) for piece, size in zip(pieces, allowed, strict=True)]


def _noted(piece: Piece) -> Explained:
    page = piece.page
    shown_lines = [line for line in page.lines if line != _LEFT_OUT]
    parts = ((page.heading, _chars(shown_lines), piece.source), ("Article", _said(page.body), piece.article))
    notes = [f"{what}: only {shown:,} of {there:,} characters are shown here." for what, shown, there in parts if shown < there]
    return replace(page, notes=(*page.notes, *notes))


def cut(text: str, most: int) -> str:
    """A text of no more than so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _short_head(page: Explained) -> Explained:
    return replace(
        page,
        name=cut_inside(page.name, _NAME),
        status=cut(page.status, _NAME),
        fields=tuple(
            Field(field.name, cut(field.value, _VALUE), cut(field.origin, _NAME), tuple(cut(other, _NAME) for other in field.others[:_OTHERS]))
            for field in page.fields
        ),
        counts=tuple(count._replace(kind=cut(count.kind, _NAME)) for count in page.counts[:_COUNTS]),
        notes=tuple(cut(note, _VALUE) for note in page.notes[:_NOTES]),
        headline=cut(page.headline, _VALUE),
        standfirst=cut(page.standfirst, _VALUE),
        signed=tuple(cut(part, _VALUE) for part in page.signed),
    )


def _size(page: Explained) -> int:
    return _head(page) + sum(map(_line, page.lines)) + sum(map(_paragraph, page.body))


def _head(page: Explained) -> int:
    fields = sum(_FIELD + _bytes(field.value) + _bytes(field.origin) + sum(map(_bytes, field.others)) for field in page.fields)
    return fields + sum(map(_bytes, (page.name, page.headline, page.standfirst, *page.signed, *page.notes))) + _SPAN * (4 + len(page.counts))


def _line(line: Line) -> int:
    return _LINE + sum(map(_span, line.spans))


def _span(span: Span) -> int:
    around = _SPAN + 2 * _bytes(span.kind) + 2 * _bytes(span.rule) + _bytes(span.why) if span.kind else 0
    return around + _bytes(span.text)


def _paragraph(part: Paragraph) -> int:
    return _LINE + _bytes(part.text)


def _bytes(text: str) -> int:
    """What a text takes in HTML."""
    return len(escape(text).encode("utf-8", "replace"))


def _without_repetitions(lines: Iterable[Line]) -> Iterator[Line]:
    """The same lines, where the reason of a rule stands at its first span only."""
    told: set[tuple[str, str]] = set()
    for line in lines:
        spans = []
        for span in line.spans:
            spans.append(span._replace(why="") if (span.rule, span.why) in told else span)
            told.add((span.rule, span.why))
        yield line._replace(spans=tuple(spans))


def _cut_lines(lines: Sequence[Line], most: int, rule: str) -> tuple[Line, ...]:
    """The first lines, and where a rule spoke behind them only, half as many of these and the lines from there on."""
    first = tuple(_first_lines(lines, most))
    spoke = next((at for at, line in enumerate(lines) if any(span.rule == rule for span in line.spans)), 0) if rule else 0
    if spoke < len(first):
        return first
    return (*_first_lines(lines, most // 2), _LEFT_OUT, *_first_lines(lines[spoke:], most // 2))


def _first_lines(lines: Iterable[Line], most: int) -> Iterator[Line]:
    for line in lines:
        size = _line(line)
        if size > most:
            if spans := tuple(_first_spans(line.spans, most - _LINE)):
                yield line._replace(spans=spans)
            return
        most -= size
        yield line


def _first_spans(spans: Iterable[Span], most: int) -> Iterator[Span]:
    for span in spans:
        size = _span(span)
        if size > most:
            if text := _beginning(span.text, most - (size - _bytes(span.text))):
                yield span._replace(text=text)
            return
        most -= size
        yield span


def _first_paragraphs(parts: Iterable[Paragraph], most: int) -> Iterator[Paragraph]:
    for part in parts:
        size = _paragraph(part)
        if size > most:
            if text := _beginning(part.text, most - _LINE):
                yield part._replace(text=text)
            return
        most -= size
        yield part


def _beginning(text: str, most: int) -> str:
    """As much of a text as takes `most` bytes in HTML."""
    text = text[: max(0, most)]
    while text and (size := _bytes(text)) > most:
        text = text[: len(text) * most // size]
    return text


def _chars(lines: Iterable[Line]) -> int:
    return sum(len(span.text) for line in lines for span in line.spans)


def _said(parts: Iterable[Paragraph]) -> int:
    return sum(len(part.text) for part in parts)
