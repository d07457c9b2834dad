"""A comparison of two runs as a page of bounded size: what changed in sum, and the documents, the largest changes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, NamedTuple

from stripper.report.compare.change import NOTICED, Change
from stripper.report.compare.comparison import Comparison, Lone, by_count, notes, verdict
from stripper.report.compare.diff import Stretch
from stripper.report.html.families import family
from stripper.report.html.page import page
from stripper.report.progress import counted
from stripper.report.words import cut_inside, printable

BUDGET = 4_000_000
"""Bytes that documents with their changes may take; with all else the page stays below 5 MB."""
_MOST_RULES, _MOST_PACKS, _MOST_STATUSES, _MOST_LISTED = 200, 40, 20, 1_000
"""Rows of tables."""
_LISTED_BUDGET = 250_000
"""Bytes that the names in each such list of documents may take."""
_MOST_NAME = 300
"""Characters of names that are shown: ids, rules, packs."""
_DOCUMENT, _PLACE, _PIECE, _SPAN, _ROW = 1_500, 900, 30, 400, 120
"""Bytes of markup around each of them, at most."""
_VISIBLE = {0x20: "␣", 0x0A: "↵\n"}


class OneSide(NamedTuple):
    """Documents of one table alone."""

    side: str
    name: str
    documents: int
    listed: Sequence[Lone]


def compare_page(result: Comparison, old: str, new: str) -> str:
    """The page. `old` and `new` name the tables."""
    names = _name(old), _name(new)
    shown = list(_within_budget(result.changes))
    named = _listed([*(change.bare for change in result.changes[len(shown) :]), *result.named])
    lones = [OneSide(side, name, count, _listed(rows)) for side, name, count, rows in zip("AB", names, result.only_counts, result.only, strict=True)]
    helpers: dict[str, Any] = {"by_count": by_count, "family": family, "printable": printable, "visible": _visible, "name": _name}
    helpers |= {"rated": _rated, "counted": counted, "told_spans": _told_spans}
    return page(
        "compare.html",
        f"{names[0]} → {names[1]}",
        scripts=("compare.js",),
        styles=("compare.css",),
        names=names,
        result=result,
        verdict=verdict(result),
        notes=list(notes(result)),
        packs=[(_name(pack), result.packs[0][pack], result.packs[1][pack]) for pack in sorted(result.packs[0] | result.packs[1])[:_MOST_PACKS]],
        statuses=[(*pair, count) for pair, count in by_count(result.statuses) if pair[0] != pair[1]][:_MOST_STATUSES],
        rules=result.rules[:_MOST_RULES],
        shown=shown,
        shown_names=Counter(name for change in shown for name in change.names),
        named=named,
        lones=[side for side in lones if side.documents],
        **helpers,
    )


def _within_budget(changes: Sequence[Change]) -> Iterator[Change]:
    left = BUDGET
    for change in changes:
        left -= _bytes(change)
        if left < 0:
            return
        yield change


def _bytes(change: Change) -> int:
    """How large a document's changes are on the page, at most."""
    texts = sum(_text_bytes(text) for text in (change.id, change.url, *change.warnings[0], *change.warnings[1]))
    places = [(place.stretch, (*place.gone[:3], *place.come[:3])) for place in change.body]
    places += [(stretch, ()) for field in change.fields for stretch in field.stretches]
    body = sum(_PLACE + _stretch_bytes(stretch) + sum(_SPAN + _text_bytes(reason.label.rule) for reason in reasons) for stretch, reasons in places)
    spans = [(span.text, span.label.rule) for span in (*change.removals.lost, *change.removals.gained)]
    spans += [(span.text, span.old.rule + span.new.rule) for span in change.removals.renamed]
    return _DOCUMENT + texts + body + sum(_SPAN + _text_bytes(text) + _text_bytes(rule) for text, rule in spans)


def _stretch_bytes(stretch: Stretch) -> int:
    """Text that is the same stands on both sides."""
    return sum(_PIECE + _text_bytes(piece.text) * (2 if piece.side == "same" else 1) for piece in stretch.pieces)


def _text_bytes(text: str) -> int:
    return sum(len(escape(part).encode("utf-8", "replace")) for part in _visible(text))


def _listed(rows: Sequence[Any]) -> list[Any]:
    """The first rows of a list, as many as fit."""
    left = _LISTED_BUDGET
    kept = []
    for row in rows[:_MOST_LISTED]:
        left -= _ROW + _text_bytes(row.id)
        if left < 0:
            break
        kept.append(row)
    return kept


def _name(said: str) -> str:
    """A name in one printable line of bounded length."""
    return cut_inside(" ".join(printable(said).split()), _MOST_NAME)


def _visible(text: str) -> tuple[str, str, str]:
    """Changed text as it can be seen, blanks alone as signs, between the line breaks around it, which aren't to be drawn as changed text."""
    shown = printable(text)
    if shown.isspace():
        return "", shown.translate(_VISIBLE), ""
    line = shown.strip("\n")
    before = shown.index(line)
    return shown[:before], line, shown[before + len(line) :]


def _rated(change: Change) -> bool:
    return abs(change.scores[0] - change.scores[1]) >= NOTICED


def _told_spans(change: Change) -> str:
    """How many removed spans there are of each sort."""
    lost, gained, renamed = map(len, change.removals)
    told = [f"{count} {said}" for count, said in ((lost, "in A only"), (gained, "in B only"), (renamed, "as another")) if count]
    return ", ".join(told)
