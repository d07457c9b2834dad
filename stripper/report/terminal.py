"""An article's source in the terminal: what became body, what became a field, what was left out, and which rule said so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from stripper.article import Article
from stripper.report.spans import BODY, owners, rows
from stripper.report.words import agree, named, printable, said
from stripper.types import Kind, Mark, Outcome, Witness

OPEN, CLOSE = "⟦", "⟧"
"""Stand around every span that isn't body where there are no colours."""

_NOTE_SHARE, _NOTE_MOST = 0.4, 46
"""Columns for the notes beside the text: this share of the width, and never more than the longest ids need."""

_MOST_WITNESSES = 8

_FIELD_STYLE = "bold bright_white on color(24)"
_STYLES = {
    # what asks the reader for something: reds and oranges
    Kind.PAYWALL: "color(203)",
    Kind.NEWSLETTER: "color(209)",
    Kind.LOGIN: "color(173)",
    Kind.APP_PROMO: "color(215)",
    Kind.COOKIE: "color(137)",
    Kind.ADVERT: "color(197)",
    # ways to other pages: blues
    Kind.NAVIGATION: "color(39)",
    Kind.BREADCRUMB: "color(74)",
    Kind.RELATED: "color(75)",
    Kind.TOPICS: "color(44)",
    Kind.PAGINATION: "color(67)",
    # things to press, and other readers: purples
    Kind.SHARE: "color(141)",
    Kind.ICON_ALT: "color(176)",
    Kind.WIDGET: "color(133)",
    Kind.COMMENTS: "color(169)",
    # said about the story: greens and yellows
    Kind.CAPTION: "color(108)",
    Kind.CREDIT: "color(71)",
    Kind.TIMESTAMP: "color(179)",
    Kind.AUTHOR_BIO: "color(143)",
    Kind.DISCLAIMER: "color(106)",
    Kind.COPYRIGHT: "color(100)",
    Kind.OFF_STORY: "color(244)",
}


def explain(article: Article, console: Console, kinds: Collection[Kind] = (), summary: bool = False, why: bool = False) -> None:
    """Print the fields, the source with its spans, and a table of what was found, by kind.

    Where the console has no colours, ⟦ and ⟧ stand around every span that isn't body. `kinds` limits the source to the paragraphs that hold one of
    these kinds; `summary` leaves the source out, `why` adds each mark's reason, and each field's with the witnesses that say otherwise.
    """
    pieces = owners(article)
    console.print(_fields(article, why))
    if not summary:
        console.rule("source", style="dim", characters="─")
        end = 0
        for row in rows(article.text, pieces):
            if not kinds or any(piece.kind in kinds for piece in row):
                if end and article.text.count("\n", end, row[0].start) > 1:
                    console.print()
                _print_row(article.text, row, _notes(row, why), console)
                end = row[-1].end
        console.rule("by kind", style="dim", characters="─")
    console.print(_legend(article, pieces) if any(piece.outcome not in BODY for piece in pieces) else "Nothing is marked: all of the text is body.")


def style_of(kind: Kind) -> str:
    """The colour of a kind."""
    return _FIELD_STYLE if kind.is_field else _STYLES[kind]


def _print_row(text: str, row: Sequence[Mark], notes: Text, console: Console) -> None:
    """One line of the page, wrapped, with the notes beside it."""
    note_width = min(_NOTE_MOST, int(console.width * _NOTE_SHARE))
    width = console.width - note_width - 2
    coloured = _coloured(console)
    printed = Text(no_wrap=False)
    for number, piece in enumerate(row):
        if number:
            printed.append(" " if text[row[number - 1].end : piece.start] else "")
        shown = printable(text[piece.start : piece.end])
        marked = piece.outcome not in BODY and not coloured
        printed.append(f"{OPEN}{shown}{CLOSE}" if marked else shown, _style(piece))
    for left, right in zip_longest(printed.wrap(console, width), notes.wrap(console, note_width), fillvalue=Text()):
        left.rstrip()
        if right:
            left.truncate(width + 2, pad=True)
        console.print(left + right, soft_wrap=True)


def _coloured(console: Console) -> bool:
    return console.color_system is not None and not console.no_color


def _style(piece: Mark) -> str:
    if piece.outcome in BODY:
        return ""
    return style_of(piece.kind)


def _notes(row: Sequence[Mark], why: bool) -> Text:
    """A note on every span that isn't body, with the reason for it below where that is asked."""
    left_out = [piece for piece in row if piece.outcome not in BODY]
    return Text("\n").join(Text("\n").join([_note(piece), *([Text(piece.why, "dim")] if why and piece.why else [])]) for piece in left_out)


def _note(piece: Mark) -> Text:
    if piece.kind.is_field:
        return Text(f"← {piece.kind}", "bold")
    kept = f" ({piece.outcome})" if piece.outcome is not Outcome.REMOVED else ""
    return Text(f"{named(piece.kind, piece.rule)}{kept}", _style(piece))


def _fields(article: Article, why: bool) -> Padding:
    """Every field that was read, one a row."""
    values: dict[str, Any] = {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "byline": article.byline,
        "authors": ", ".join(article.authors),
        "date": article.date,
        "modified": article.modified,
        "section": article.section,
        "site": article.site,
        "canonical_url": article.canonical_url,
        "language": article.language,
        "paywall": article.paywall,
        "status": f"{article.status} (expected F1 of the body: {article.score:.2f})",
        "body": f"{len(article.body):,} of {len(article.text):,} characters in {len(article.parts)} blocks",
    }
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in values.items():
        if value:
            grid.add_row(name, Text(said(value)))
            for line in _witnesses(article.evidence.get(name, ())) if why else ():
                grid.add_row("", Text(line, "dim"))
    for warning in article.warnings:
        grid.add_row("warning", Text(printable(warning)))
    return Padding(grid, (0, 0, 1, 0))


def _witnesses(witnesses: Sequence[Witness]) -> Iterator[str]:
    """Who was believed and why, and who says otherwise."""
    for number, witness in enumerate(witnesses[:_MOST_WITNESSES]):
        if number == 0:
            yield printable(f"{witness.origin}: {witness.why}".rstrip(": "))
        elif not agree(witness.value, witnesses[0].value):
            yield printable(f"but {witness.origin}: {said(witness.value)}" + (f" ({witness.why})" if witness.why else ""))


def _legend(article: Article, pieces: Sequence[Mark]) -> Table:
    """For each kind that isn't body: spans, characters, their share of the page's, and the rules that marked them."""
    by_kind: dict[tuple[Kind, str], list[Mark]] = defaultdict(list)
    for piece in pieces:
        if piece.outcome not in BODY:
            by_kind[piece.kind, str(piece.outcome)].append(piece)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("kind", "outcome", "spans", "characters", "share", "rules"):
        table.add_column(name, justify="right" if name in ("spans", "characters", "share") else "left", no_wrap=name != "rules", overflow="fold")
    total = len(article.text) or 1
    for (kind, outcome), found in sorted(by_kind.items(), key=lambda item: (-_chars(item[1]), item[0])):
        rules = Counter(piece.rule for piece in found)
        listed = ", ".join(rule if count == 1 else f"{rule} ×{count}" for rule, count in sorted(rules.items(), key=lambda r: (-r[1], r[0])))
        chars = _chars(found)
        table.add_row(Text(kind, _style(found[0])), outcome, f"{len(found)}", f"{chars:,}", f"{chars / total:.1%}", Text(listed))
    return table


def _chars(pieces: Sequence[Mark]) -> int:
    return sum(piece.end - piece.start for piece in pieces)
