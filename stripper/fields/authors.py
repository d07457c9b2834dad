"""Who wrote it: the byline near the headline, together with what the page declares."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from stripper.fields.backing import dated_block
from stripper.fields.head import Head, normal
from stripper.fields.line.byline import MAX_LINE
from stripper.fields.line.names import declared_names, is_person
from stripper.fields.line.people import Byline
from stripper.fields.printed import Printed, at_head, farther, zone
from stripper.fields.signature import signature
from stripper.fields.witnesses import AT_END, BY_WORD, agree, believed_because, persons, printed_because, ranked
from stripper.types import Witness

_LOOK = 100_000
"""Characters of a page in which a credit is looked for."""
_NEAR = 20
_CREDITED = re.compile(r"[\u3400-\u9fff々\u3040-\u30ff]{3,8}")
_CREDIT_WORDS = "(?:写真|撮影|文|取材|記者|摄影|攝影|记者)"

_ARTICLES, _GOODS = ("article", "posting"), ("product", "collectionpage", "itemlist", "offer", "searchresultspage")
"""How the types of articles end, and how those of goods and lists begin (schema.org, OpenGraph), in small letters."""


def find_authors(head: Head, headline: int | None) -> tuple[Printed | None, tuple[Witness, ...], tuple[Witness, ...]]:
    """The byline that the page prints, or None, and the witnesses of `byline` and of `authors`."""
    printed = at_head(head, headline)
    if printed is None or not any(is_person(name) for name in printed.line.names):
        printed = _better(signature(head), printed) or farther(head, headline)
    if printed is not None and _is_anybodys(head, printed):
        printed = None
    site = next((str(w.value) for w in head.page.declared if w.field == "site"), None)
    declared = _declared(head, site)
    if printed is None:
        printed = _credited(head, headline)
    if printed is None and not declared and site:
        declared = _declared(head, None)  # the site names itself and nobody else does
    if printed is None and declared:
        printed = _confirmed(head, headline, declared[0].value)
    printed = _as_declared(printed, declared) if printed else None
    authors = list(declared)
    bylines: list[Witness] = []
    if printed:
        why = printed_because(printed.line.strength, printed.reader == AT_END)
        bylines.append(Witness("byline", printed.line.printed, printed.reader, printed.start, printed.end, why))
        authors.append(Witness("authors", persons(printed.line.names), printed.reader, printed.start, printed.end))
    authors = ranked(authors, printed.line.strength if printed else 0.0)
    if authors:
        authors[0] = authors[0]._replace(why=believed_because(authors))
    if authors and (not bylines or not agree(authors[0].value, printed.line.names if printed else ())):
        why = "The byline on the page names someone else, with less weight." if bylines else "The page prints none; these are the authors' names."
        bylines = [Witness("byline", ", ".join(authors[0].value), authors[0].origin, why=why), *(b._replace(why="") for b in bylines)]
    return printed, tuple(bylines), tuple(authors)


def _is_anybodys(head: Head, printed: Printed) -> bool:
    """Whether a page has no author whom its lines could name: the front page of a site has those of its teasers, a shop has goods and customers."""
    types = {str(w.value).lower() for w in head.page.declared if w.field == "type"}
    if any(name.endswith(_ARTICLES) for name in types):
        return False
    return _is_front(head.page.url) or (printed.line.strength < BY_WORD and any(name.startswith(_GOODS) for name in types))


def _is_front(url: str | None) -> bool:
    """Whether an address is that of a site's front page; one that isn't written as addresses are is no page's at all."""
    try:
        return url is not None and not urlsplit(url).path.strip("/")
    except ValueError:
        return False


def _as_declared(printed: Printed, declared: list[Witness]) -> Printed:
    """The byline with names cut to those that are declared and begin like them: what stands behind is the outlet."""
    said = [name for w in declared for name in w.value]
    if all(name in said for name in printed.line.names):
        return printed
    known = [name for name in said if is_person(name)]
    names = tuple(next((k for k in known if name.startswith(f"{k} ")), name) for name in printed.line.names)
    if names == printed.line.names or len(names) > 1:
        return printed._replace(line=printed.line._replace(names=names))
    line = printed.line._replace(names=names, printed=names[0])
    return printed._replace(line=line, end=printed.start + len(names[0]))


def _better(below: Printed | None, above: Printed | None) -> Printed | None:
    """The signature below the story, where there is no byline above it, or one of an organisation while the signature names persons."""
    return below if below and (above is None or (below.line.strength >= 3 and any(is_person(name) for name in below.line.names))) else above


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


def _credited(head: Head, headline: int | None) -> Printed | None:
    """A line of a few Han or kana characters beside the date is a name where a credit of the page names the same; nothing else would tell it."""
    if headline is None or head.language not in ("ja", "zh"):
        return None
    for index in range(headline + 1, min(head.body, headline + _NEAR, len(head.kinds))):
        text = head.text(index)
        if head.kinds[index] is not None or not _CREDITED.fullmatch(text):
            continue
        dated = any(headline < i < len(head.kinds) and dated_block(head, i) for i in (index - 1, index + 1))
        if dated and re.search(rf"{_CREDIT_WORDS}\s?[:：/／=＝]\s?{text}", head.page.text[:_LOOK]):
            line = Byline((text,), text, 0, len(text), 1.5)
            return Printed(index, index, head.start(index), head.page.blocks[index].end, line)
    return None


def _confirmed(head: Head, headline: int | None, names: tuple[str, ...]) -> Printed | None:
    """The block near the headline that prints nothing but the declared authors."""
    wanted = {normal(n) for n in names}
    for index in zone(head, headline):
        block = head.page.blocks[index]
        if block.end - block.start <= MAX_LINE and index != headline and head.said(index) in wanted:
            text = head.text(index).strip()
            line = Byline((text,), text, 0, len(text), 2)
            return Printed(index, index, head.start(index), block.end, line)
    return None
