"""Who wrote it: the byline near the headline, together with what the page declares."""

from __future__ import annotations

import re
from typing import NamedTuple

from stripper.fields.byline import MAX_LINE, Byline, parse
from stripper.fields.dates import has_time
from stripper.fields.head import Head, normal
from stripper.fields.names import declared_names, is_agency, is_person, is_role
from stripper.fields.witnesses import agree, persons, ranked
from stripper.types import Kind, Witness

READER = "text:byline-line"
AT_END = "text:byline-at-end"

_ABOVE, _BELOW = 6, 5
"""A byline stands at most so many blocks above the headline or into the story."""
_OPEN = frozenset({None, Kind.TIMESTAMP, Kind.AUTHOR_BIO, Kind.CREDIT, Kind.SHARE, Kind.TOPICS, Kind.CAPTION})
"""Kinds of blocks in which a byline may stand all the same."""
_OTHERS = re.compile(
    r"(?:fact[- ]check(?:ed)?|(?:medically )?reviewed|edited|photos?|photographs?|photography|illustrations?|illustrated|translated|"
    r"presented|produced|sponsored) by:?$|"
    r"(?:redigiert|übersetzt|fotos?|illustration(?:en)?) von:?$|(?:photos?|traduit|illustrations?) (?:par|de):?$"
)
"""A line that ends so introduces someone who did not write the story."""
_LOOK = 100_000
_BEFORE_ADDRESS, _BEHIND_ADDRESS = frozenset("@/_."), frozenset("@/_")
"""What joins words to mail addresses and paths."""
_CREDITED = re.compile(r"[\u3400-\u9fff々\u3040-\u30ff]{3,8}")
_CREDIT_WORDS = "(?:写真|撮影|文|取材|記者|摄影|攝影|记者)"
_LABELS = 8
_LABEL = re.compile(r"[^\W\d_]{3,14}: ?\S")
_SIGNED = (
    "written",
    "reporting",
    "story",
    "words",
    "text",
    "autor",
    "author",
    "por",
    "par",
    "von",
    "by",
    "door",
    "di",
    "auteur",
    "автор",
    "yazan",
    "記者",
    "文",
)


class Printed(NamedTuple):
    """A byline on the page: the blocks it fills, the span of its names, and what it says."""

    first: int
    last: int
    start: int
    end: int
    line: Byline
    reader: str = READER


def find_authors(head: Head, headline: int | None) -> tuple[Printed | None, tuple[Witness, ...], tuple[Witness, ...]]:
    """The byline that the page prints, or None, and the witnesses of `byline` and of `authors`."""
    printed = _at_head(head, headline) or _at_end(head)
    site = next((str(w.value) for w in head.page.declared if w.field == "site"), None)
    declared = _declared(head, site)
    if printed is None:
        printed = _credited(head, headline)
    if printed is None and not declared and site:
        declared = _declared(head, None)  # the site names itself and nobody else does
    if printed is None and declared:
        printed = _confirmed(head, headline, declared[0].value)
    authors = list(declared)
    bylines: list[Witness] = []
    if printed:
        bylines.append(Witness("byline", printed.line.printed, printed.reader, printed.start, printed.end))
        authors.append(Witness("authors", persons(printed.line.names), printed.reader, printed.start, printed.end))
    authors = ranked(authors, printed.line.strength if printed else 0.0, READER)
    if authors and (not bylines or not agree(authors[0].value, printed.line.names if printed else ())):
        bylines.insert(0, Witness("byline", ", ".join(authors[0].value), authors[0].origin))
    return printed, tuple(bylines), tuple(authors)


def _declared(head: Head, site: str | None) -> list[Witness]:
    """The authors that the page declares, but for `site`."""
    found = []
    for w in head.page.declared:
        if w.field != "authors":
            continue
        values = [w.value] if isinstance(w.value, str) else w.value if isinstance(w.value, list | tuple) else []
        names = tuple(dict.fromkeys(n for v in values[:20] if isinstance(v, str) for n in declared_names(v, site)))
        if names:
            found.append(Witness("authors", persons(names[:20]), w.origin, w.start, w.end))
    return found


def _zone(head: Head, headline: int | None) -> range:
    blocks = len(head.page.blocks)
    first = max(0, headline - _ABOVE) if headline is not None else max(0, head.body - _ABOVE)
    return range(first, min(blocks, head.body + _BELOW))


def _labelled(head: Head, first: int) -> list[int]:
    """The lines "Date: ...", "Author: ..." with which a text may begin, however far above its headline, but for those from `first` on."""
    found: list[int] = []
    for index in range(min(first, _LABELS)):
        if head.page.source != "text" or not _LABEL.match(head.text(index)):
            break
        found.append(index)
    return found


def _at_head(head: Head, headline: int | None) -> Printed | None:
    best: tuple[float, Printed] | None = None
    near = _zone(head, headline)
    zone = [*_labelled(head, near.start), *near]
    dated = any(_is_dated(head, i) for i in zone if i != headline)
    for index in zone:
        if index == headline or head.kinds[index] not in _OPEN:
            continue
        found = _read(head, index)
        if found is None or not _believable(head, found, headline, dated):
            continue
        distance = abs(index - (headline if headline is not None else head.body))
        points = (
            found.line.strength - 0.1 * distance - (0.5 if headline is not None and index < headline else 0.0) - (1.0 if index > head.body else 0.0)
        )
        if best is None or points > best[0]:
            best = points, found
    return _with_next(head, best[1]) if best else None


def _with_next(head: Head, found: Printed) -> Printed:
    """Names on the lines below belong to the byline where it too is a line of nothing but a name."""
    line = found.line
    while line.strength <= 2.5 and not line.dates and found.last + 1 < min(head.body, found.first + 6):
        index = found.last + 1
        below = head.byline(index)
        if below is None or below.strength > 1.5 or len(below.printed) != len(head.text(index)) or _common_words(head, below.names):
            break
        names = tuple(dict.fromkeys((*line.names, *below.names)))
        if len(names) > len(line.names):
            line = line._replace(names=names, printed=f"{line.printed}, {below.printed}")
            found = found._replace(end=head.page.blocks[index].end)
        found = found._replace(last=index, line=line)
    return found


def _is_dated(head: Head, index: int) -> bool:
    """Whether a block says when the page was published, be it a time alone."""
    text = head.text(index)
    return head.kinds[index] is Kind.TIMESTAMP or (len(text) < 100 and (bool(head.dates(index)) or (len(text) < 40 and has_time(text))))


def _read(head: Head, index: int) -> Printed | None:
    """The byline in a block, or in a by-word's block and the one after it."""
    block = head.page.blocks[index]
    start = head.start(index)
    if block.end - start > MAX_LINE:
        return None
    if index + 1 < len(head.page.blocks) and head.only_by(index):
        after = head.page.blocks[index + 1]
        if after.end - after.start > MAX_LINE:
            return None
        itself = head.byline(index + 1)
        if itself is not None and itself.strength >= 3:  # a label above a line with a by-word of its own
            return Printed(index, index + 1, head.start(index + 1) + itself.start, head.start(index + 1) + itself.end, itself)
        line = parse("by " + head.page.text[after.start : after.end], head.language)
        if line is None:
            return None
        return Printed(index, index + 1, after.start + line.start - 3, after.start + line.end - 3, line)
    line = head.byline(index)
    return Printed(index, index, start + line.start, start + line.end, line) if line else None


def _believable(head: Head, found: Printed, headline: int | None, dated: bool) -> bool:
    """Whether a line that could be a byline is one, here.

    Names alone could be those of a caption, a menu or a topic: they need a date nearby, must not be in the headline, and stand before the story.
    """
    line, index = found.line, found.first
    if index and _OTHERS.search(head.text(index - 1)[-60:].lower()):
        return False
    if line.strength >= 3:
        return index <= head.body + 2 or (head.kinds[index] is None and index <= head.body + _BELOW)
    if headline is None and line.strength < 2.5:
        return False
    title = set(normal(head.text(headline)).split()) if headline is not None else set()
    if any(set(normal(name).split()) <= title for name in line.names):
        return False
    if head.kinds[index] is Kind.CREDIT or (head.kinds[index] is Kind.CAPTION and not _has_portrait(head, found)):
        return False
    if _common_words(head, line.names):
        return False
    if line.strength >= 2.5:
        return index <= head.body + 1
    if line.strength >= 2:
        return headline is not None and headline < index <= head.body
    words = [w for name in line.names for w in normal(name).split()]
    about = sum(w[:5] in head.stems for w in words if len(w) > 3)
    below = index + 1 < head.body and (_is_dated(head, index + 1) or (len(head.text(index + 1)) < 60 and is_role(head.text(index + 1))))
    if line.strength < 1 and not below:
        return False
    near = headline is not None and headline - (4 if below else 2) <= index <= head.body
    if near and _has_bio(head, line.names):
        return True
    return near and (dated or below or line.strength > 1 or _has_portrait(head, found)) and about < max(1, len(words) / 2)


def _has_bio(head: Head, names: tuple[str, ...]) -> bool:
    """Whether a paragraph at the story's end begins with the first name, which the story itself doesn't mention: it says who that is."""
    blocks, text = head.page.blocks, head.page.text
    first = min(head.story.chosen, default=len(blocks))
    for index in range(max(first + 1, head.last - 2), min(len(blocks), head.last + 4)):
        block = blocks[index]
        if text.startswith(names[0] + " ", block.start) and block.end - block.start > len(names[0]) + 12:
            return text.find(names[0], blocks[first + 1].start, block.start) < 0
    return False


def _has_portrait(head: Head, found: Printed) -> bool:
    """Whether the name stands in the line above or below too: as the alternative text of a portrait."""
    name = found.line.printed
    near = [head.text(i) for i in (found.first - 1, found.last + 1) if 0 <= i < len(head.kinds)]
    return any(name in text and len(text) <= len(name) + 30 for text in near)


def _common_words(head: Head, names: tuple[str, ...]) -> bool:
    """Whether half of the words of what looks like names are written small elsewhere on the page: "Key Takeaways" is nobody."""
    doubtful = [name for name in names if not is_agency(name) and name.lower() not in head.page.text]
    words = [w for name in doubtful for w in re.findall(r"[^\W\d_]{3,}", name)]
    small = sum(_occurs(head.page.text, w.lower()) for w in words[:8] if w[0].isupper())
    return 2 * small >= max(2, len(words[:8]))


def _occurs(text: str, word: str) -> bool:
    """Whether a word stands in a text as it is, within its first part; not as a part of an address ("ana.lima@", "/ana-lima/")."""
    at = text.find(word, 0, _LOOK)
    while at >= 0:
        before, after, next_one = text[at - 1 : at], text[at + len(word) : at + len(word) + 1], text[at + len(word) + 1 : at + len(word) + 2]
        inside = before.isalnum() or before in _BEFORE_ADDRESS or after.isalnum() or after in _BEHIND_ADDRESS
        if not inside and not (after == "." and next_one.isalnum()):
            return True
        at = text.find(word, at + 1, _LOOK)
    return False


def _at_end(head: Head) -> Printed | None:
    """A signature after the story: only with a by-word."""
    blocks = len(head.page.blocks)
    for index in range(max(head.body + 1, head.last - 1), min(blocks, head.last + 3)):
        if index < 0 or head.kinds[index] not in (None, Kind.CREDIT, Kind.AUTHOR_BIO) or not head.text(index)[:12].lower().startswith(_SIGNED):
            continue
        found = _read(head, index)
        if found and found.line.strength >= 3 and all(is_person(n) for n in found.line.names):
            return found._replace(reader=AT_END)
    return None


def _credited(head: Head, headline: int | None) -> Printed | None:
    """A line of a few Han or kana characters beside the date is a name where a credit of the page names the same; nothing else would tell it."""
    if headline is None or head.language not in ("ja", "zh"):
        return None
    for index in range(headline + 1, min(head.body, len(head.kinds))):
        text = head.text(index)
        if head.kinds[index] is not None or not _CREDITED.fullmatch(text):
            continue
        dated = any(headline < i < len(head.kinds) and _is_dated(head, i) for i in (index - 1, index + 1))
        if dated and re.search(rf"{_CREDIT_WORDS}\s?[:：/／=＝]\s?{text}", head.page.text[:_LOOK]):
            line = Byline((text,), text, 0, len(text), 1.5)
            return Printed(index, index, head.start(index), head.page.blocks[index].end, line)
    return None


def _confirmed(head: Head, headline: int | None, names: tuple[str, ...]) -> Printed | None:
    """The block near the headline that prints nothing but the declared authors."""
    wanted = {normal(n) for n in names}
    for index in _zone(head, headline):
        block = head.page.blocks[index]
        if block.end - block.start <= MAX_LINE and index != headline and normal(head.text(index)) in wanted:
            text = head.text(index).strip()
            line = Byline((text,), text, 0, len(text), 2)
            return Printed(index, index, head.start(index), block.end, line)
    return None
